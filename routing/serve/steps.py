"""What the interface and the tools share: facts as data, and one step of an interview without memory."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from routing.law import Law, Standing
from routing.library import Router
from routing.look_ups.ties import side_data
from routing.model.base import Model
from routing.papers.drafting import Desk
from routing.rulebook.model import Rulebook
from routing.serve.asked import MOST_ANSWERS, PaperOfStep, Reply

Given = TypeVar("Given", bound=Model)
Case = dict[str, Any]
"""A case as a case file says it."""


def next_step(router: Router, case: Case | None, answers: list[Reply], as_of: str | None) -> dict[str, Any]:
    """The next question after some answers, the case so far as a file, and whether there can be a plan.

    Raises CaseProblems for an answer that is none.
    """
    interview = router.interview(case, as_of)
    for answer in answers[:MOST_ANSWERS]:
        interview.answer(answer.fact, answer.value, answer.need)
    question = interview.next_question()
    return {
        "question": None
        if question is None
        else {
            "fact": question.fact,
            "need": question.need,
            "about": question.about,
            "asks": question.asks,
            "type": question.type,
            "unit": question.unit,
            "means": question.means,
            "why": list(question.why),
            "options": [
                {
                    "value": option.value,
                    "means": option.means,
                    "leads_to": option.leads_to,
                    "group": option.group,
                }
                for option in question.options
            ],
        },
        "case_file": interview.file_text(),
        "can_be_routed": interview.case is not None,
    }


def standing_data(law: Law, standing: Standing) -> dict[str, Any]:
    """What an instrument is to one State on a day, as the look-ups tell a side of a tie."""
    side = side_data(law, law.instruments[standing.instrument], standing)
    return {"instrument": standing.instrument, "on": standing.on.isoformat(), **side}


def fact_list(rulebook: Rulebook, words: str = "") -> dict[str, Any]:
    """The facts that a case can state and the measures, all or those with some words."""
    wanted = words.casefold().split()

    def meant(*parts: str) -> bool:
        text = " ".join(parts).replace("_", " ").casefold()
        return all(word in text for word in wanted)

    return {
        "facts": [
            {
                "id": fact.id,
                "of": fact.of,
                "asks": fact.asks,
                "type": fact.type,
                "unit": fact.unit,
                "values": dict(fact.values),
                "means": fact.means,
                "presumed": fact.presumed.value if fact.presumed else None,
            }
            for fact in rulebook.facts.values()
            if fact.statable
            and not fact.looked_up
            and meant(fact.id, fact.asks, *fact.values, *fact.values.values())
        ],
        "measures": [
            {"id": measure.id, "name": measure.name, "group": measure.group}
            for measure in rulebook.measures.values()
            if meant(measure.id, measure.name)
        ],
    }


def papers_of_plan(desk: Desk) -> list[PaperOfStep]:
    """The papers that go with each step of a plan."""
    return [
        PaperOfStep(step=each.number, document=each.document.id, name=each.document.name, main=each.main)
        for each in desk.papers
    ]


def given(model: type[Given], data: object) -> Given:
    """Plain data as the model that describes them, days as text."""
    return model.model_validate_json(json.dumps(data, default=str))
