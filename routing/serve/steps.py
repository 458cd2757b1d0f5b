"""What the interface and the tools share: facts as data, and one step of an interview without memory."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from routing.library import Router
from routing.rulebook.model import Rulebook

Case = dict[str, Any]
"""A case as a case file says it."""
MOST_ANSWERS = 500


class Reply(BaseModel):
    """An answer of an interview."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact: Annotated[str, Field(max_length=100, description="What was asked: the `fact` of the question.")]
    value: Annotated[str | int | list[str], Field(description="The answer: a value, several, or `unknown`.")]
    need: Annotated[str | None, Field(max_length=100, description="The `need` of the question.")] = None


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
            if fact.told
            and not fact.looked_up
            and meant(fact.id, fact.asks, *fact.values, *fact.values.values())
        ],
        "measures": [
            {"id": measure.id, "name": measure.name, "group": measure.group}
            for measure in rulebook.measures.values()
            if meant(measure.id, measure.name)
        ],
    }
