"""Which papers go with a step, and which step and paper are meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from routing.core.errors import Problems, one_of
from routing.core.records import Record
from routing.papers.sources import Sources
from routing.plan.model import Plan, Step
from routing.rulebook.documents import Document, Without, carrying, exactness


class Paper(Record, kw_only=True):
    """A paper that goes with a step. number: of the step, from 1. main: whether it carries the step, or goes
    beside it. ahead: what is told where it goes out before its own step; else empty."""

    number: int
    step: Step
    document: Document
    main: bool
    ahead: str = ""

    def own(self, papers: Iterable[Paper]) -> Paper:
        """The paper of the step of which this one speaks: itself, unless it goes out ahead of it."""
        if not self.ahead:
            return self
        needs = set(self.step.needs)
        later = (
            each
            for each in papers
            if each.main and each.document.id == self.document.id and not needs.isdisjoint(each.step.needs)
        )
        return next(later, self)


def papers_of(
    number: int, step: Step, sources: Sources, documents: Mapping[str, Document]
) -> tuple[Paper, ...]:
    """The papers of one step: the one that carries it first, the most exact before others, then those beside
    it."""

    situation = (step.pathway, sources.measures(), sources.kinds(), sources.instruments())

    def ahead(document: Document) -> str:
        fitting = (entry for entry in document.beside if entry.fits(*situation))
        return next((entry.ahead for entry in fitting if entry.ahead), "")

    papers = [
        Paper(number=number, step=step, document=each, main=True)
        for each in carrying(documents.values(), *situation)
    ]
    chosen = {paper.document.id for paper in papers}
    others = (each for each in documents.values() if each.id not in chosen)
    beside = (each for each in others if exactness(each.beside, *situation) >= 0)
    return (
        *papers,
        *(Paper(number=number, step=step, document=each, main=False, ahead=ahead(each)) for each in beside),
    )


def without_paper(step: Step, sources: Sources, without: Iterable[Without]) -> str:
    """What the most exact entry says of a step that no paper carries; empty where none speaks of it."""
    situation = (step.pathway, sources.measures(), sources.kinds(), sources.instruments())
    fitting = [each for each in without if each.steps.fits(*situation)]
    return max(fitting, key=lambda each: each.steps.exactness).says if fitting else ""


def sent_ahead(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """The papers of a plan. Of those that go out ahead of their own step only the ones that have such a step,
    and the first where none has."""
    ahead: dict[int, list[Paper]] = {}
    for paper in papers:
        if paper.ahead:
            ahead.setdefault(paper.number, []).append(paper)
    kept = {
        (number, each.document.id)
        for number, several in ahead.items()
        for each in [each for each in several if each.own(papers) is not each] or several[:1]
    }
    return tuple(paper for paper in papers if not paper.ahead or (paper.number, paper.document.id) in kept)


def chosen_paper(
    plan: Plan,
    papers: tuple[Paper, ...],
    step: str | None,
    document: str | None,
    documents: Mapping[str, Document],
) -> Paper:
    """The paper that is meant.

    step: the number or the id of a step; else the main step of the first need that has a paper, or the step
    of its family that cannot wait for it; else the first step that has one. document: the id of a document;
    else the one that carries the step. Raises Problems where there is none.
    """
    if document is not None and document not in documents:
        raise Problems.of(f"`{document}` is not a paper", fix=one_of(document, documents, 30))
    if step is not None:
        numbers = {str(place): each.id for place, each in enumerate(plan.steps, 1)}
        wanted = numbers.get(step, step)
        if wanted not in numbers.values():
            fix = f"give a number from 1 to {len(plan.steps)}" if plan.steps else "the plan has no steps"
            raise Problems.of(f"`{step}` is not a step of this plan", fix=fix)
        papers = tuple(paper for paper in papers if paper.step.id == wanted)
        if document is None and not any(paper.main for paper in papers):
            beside = ", ".join(paper.document.id for paper in papers) or "none"
            message = f"step `{step}` needs no paper of its own"
            raise Problems.of(message, fix=f"name one that can go beside it with --document: {beside}")
    if document is not None:
        fitting = tuple(paper for paper in papers if paper.document.id == document)
        if not fitting:
            others = ", ".join(dict.fromkeys(paper.document.id for paper in papers)) or "none"
            where = f"step `{step}`" if step is not None else "this plan"
            raise Problems.of(
                f"`{document}` goes with no step of {where}"
                if step is None
                else f"`{document}` does not go with {where}",
                fix=f"papers that do: {others}",
            )
        papers = fitting
    if not papers:
        raise Problems.of("no step of this plan needs a paper", fix="`routing route` shows its steps")
    return min(papers, key=lambda paper: (not paper.main, *_rank(plan, paper.step)))


def _rank(plan: Plan, step: Step) -> tuple[int, int]:
    """How near a step is to what is asked for: the first need before the others; of one need the step of the
    main step's family that cannot wait, where the main step can, then the main step."""
    for place, need in enumerate(plan.needs):
        if need.id not in step.needs:
            continue
        if step.pathway == need.primary.pathway:
            return (place, 1)
        carries = (
            each for each in plan.steps if each.pathway == need.primary.pathway and need.id in each.needs
        )
        main = next(carries, step)
        if step.when == "now" and main.when != "now" and step.family == main.family:
            return (place, 0)
    return (len(plan.needs), 0)
