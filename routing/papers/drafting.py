"""The papers of a plan, and the draft of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from routing.case.model import Case
from routing.core.limits import limited
from routing.core.records import replace
from routing.core.remembered import MadeOf
from routing.evaluate.findings import Findings
from routing.opened import Router, given_day
from routing.papers.answers import read_answers
from routing.papers.choose import Paper, chosen_paper, papers_of, sent_ahead, without_paper
from routing.papers.fill import filled
from routing.papers.model import Draft
from routing.papers.sources import Sources
from routing.plan.model import Plan
from routing.rulebook.documents import Document
from routing.rulebook.parse.documents import documents_of, without_of

DOCUMENTS = MadeOf(4, documents_of)
"""The documents of the law data that were used last, which take longer to read than a paper to draft."""
WITHOUT = MadeOf(4, without_of)
"""What they say of steps that no paper carries."""


class Desk:
    """A case with its plan, and the papers that go with it.

    plan: of the case on that day, where it is made already.
    """

    def __init__(
        self,
        case: Case | Path | str | bytes | Mapping[str, object],
        router: Router,
        as_of: date | str | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.router = router
        self._sources_of: dict[int, Sources] = {}
        self._findings: dict[str, Findings] = {}
        self.case = router.read(case, as_of=given_day(as_of))
        with limited(router.limits):
            self.plan: Plan = plan or router.route(self.case, as_of)
            self.documents: dict[str, Document] = DOCUMENTS(router.law)
            self.papers: tuple[Paper, ...] = sent_ahead(
                tuple(
                    paper
                    for number, step in enumerate(self.plan.steps, 1)
                    for paper in papers_of(number, step, self._sources(number), self.documents)
                )
            )

    def without(self, number: int) -> str:
        """What serves in place of a paper of its own for the step of that number, from 1; empty where it has
        one, or nothing is said of it."""
        if any(paper.main and paper.number == number for paper in self.papers):
            return ""
        step, without = self.plan.steps[number - 1], WITHOUT(self.router.law)
        return without_paper(step, self._sources(number), without)

    def listed(self) -> list[dict[str, Any]]:
        """Every step with its papers, the one that carries it first.

        `number`, from 1; `step`, its id; `action`; `papers`, each with `document` (the id), `name` and `main`
        (whether it carries the step); `without`, what serves where none carries it, else empty.
        """
        return [
            {
                "number": number,
                "step": step.id,
                "action": step.action,
                "papers": [
                    {"document": paper.document.id, "name": paper.document.name, "main": paper.main}
                    for paper in self.papers
                    if paper.step.id == step.id
                ],
                "without": self.without(number),
            }
            for number, step in enumerate(self.plan.steps, 1)
        ]

    def choose(self, step: str | int | None = None, document: str | None = None) -> Paper:
        """The paper that is meant. Raises Problems where there is none."""
        return chosen_paper(
            self.plan, self.papers, None if step is None else str(step), document, self.documents
        )

    def draft(self, paper: Paper, answers: Mapping[str, tuple[str, ...]]) -> Draft:
        own = paper.own(self.papers)
        with limited(self.router.limits):
            draft = filled(paper.document, self._sources(own.number), answers)
        if not paper.ahead:
            return draft
        return replace(
            draft,
            step=f"{paper.step.action} ({self.router.rulebook.pathways[paper.step.pathway].name})",
            doubtful=(paper.ahead, *draft.doubtful),
        )

    def read_answers(self, source: Path | Mapping[str, object] | None) -> dict[str, tuple[str, ...]]:
        """The officer's answers. Raises Problems for keys that no paper asks for."""
        keys = (
            each.id for doc in self.documents.values() for section in doc.sections for each in section.fields
        )
        return read_answers(source, keys)

    def _sources(self, number: int) -> Sources:
        """What a step gives to its papers, worked out once for all of them."""
        kept = self._sources_of.get(number)
        if kept is None:
            step = self.plan.steps[number - 1]
            kept = Sources(self.plan, step, self.case, self.router, self._findings)
            self._sources_of[number] = kept
        return kept
