"""A case told in sentences, read as the same case file that `routing new --told` writes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from routing.core.errors import CaseProblems, Problem, Problems

if TYPE_CHECKING:
    from routing.api import Router
    from routing.case.model import Case
    from routing.story.offered import Offered

Fault = TypeVar("Fault", bound=Problems)
LINED = re.compile(r"^\s*(?:[-#{\[]|[^\s.,:][^.,:]{0,40}:(?:\s|$))", re.MULTILINE)
"""A line of a case, or of a list: a name and what it says."""
SENTENCE = 5  # words


def is_prose(text: str) -> bool:
    """Whether a text is sentences alone, with no line of a case among them."""
    return len(text.split()) >= SENTENCE and not LINED.search(text)


def case_in_prose(router: Router, text: str, name: str, day: date) -> tuple[Case, str] | None:
    """The case that sentences tell, with what stands above its plan; None where they tell of no State and no
    need. Raises CaseProblems with the one question that is open. name: of the file that they stand in."""
    from routing.render.case_told import case_of
    from routing.render.told_head import open_question, told_head
    from routing.story.offered import offered_by

    offer = offered_by(router, text, day)
    if not (offer.states or offer.needed):
        return None
    head = told_head(router, offer, name)
    question, fix = open_question(router, offer)
    if question:
        fault = with_danger_first(router, CaseProblems.of(question, name, fix=fix), text, offer, day)
        for line in head.splitlines():
            fault.add_note(line)
        raise fault
    return router.read(case_of(router, offer), name, day), head


def with_danger_first(router: Router, error: Fault, text: str, offer: Offered, day: date) -> Fault:
    """The faults of a text that is refused, behind the call that cannot wait, where the text tells of a
    danger. offer: what it tells as a story."""
    from routing.render.told_head import in_danger

    call = in_danger(router, offer, text, day)
    if not call:
        return error
    first = type(error)((Problem(call), *error.problems))
    for note in getattr(error, "__notes__", ()):
        first.add_note(note)
    return first
