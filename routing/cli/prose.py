"""A case told in sentences, read as the same case file that `routing new --told` writes. What it leaves open
is asked at a terminal; elsewhere the page says so in its first lines, or the one question is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from routing.core.errors import CaseProblems, Problem, Problems
from routing.core.records import Record
from routing.rulebook.words import KIND, MEASURE

if TYPE_CHECKING:
    from routing.case.model import Case
    from routing.opened import Router
    from routing.story.offered import Offered

Fault = TypeVar("Fault", bound=Problems)
LINED = re.compile(r"\s*(?:[#{\[]|(?:[-*\u2022]\s*)?[^\s.,:*\u2022-][^.,:]{0,40}:(?:\s|$))")
"""A line of a case, or of a list: a name and what it says."""
ITEM, SHORT_ITEM, LONG_ITEM = re.compile(r"\s*[-*\u2022]"), 5, 12
"""A line of a list. Outside a list that has a name, one of up to so many words is part of a case, and one of
more than so many is a note, also where a colon stands in it: `- the airline confirms: both are aboard`."""
GOES_ON = re.compile(r"^[^\s.,:][^.,:]{0,40}:.*\n[ \t]+\S", re.MULTILINE)
"""A line of a case that goes on below it: a list, a block, a long value."""
SENTENCE = 5  # words
MOSTLY = 3
"""A text is sentences where at most one of so many of its words stands in lines of a case."""
ENDED = re.compile(r"[^\W\d_]{3,}[.!?](?=\s|$)")
"""The end of a sentence, and not of a shortened word or a number."""
AFTER_NAME = re.compile(r":(?=\s)")


class HeadedCase(Record):
    """A case with what stands above its plan. head: the call that cannot wait, and what was read of a case
    that is told in sentences. left_open: the parts that are left open, a State, who asks whom, or an offence
    in words that are not read. whole: whether all of it was read, which a long one is not."""

    case: Case
    head: str
    left_open: frozenset[str] = frozenset()
    whole: bool = True


def is_prose(text: str) -> bool:
    """Whether a text is sentences, among which at most a few look like a line of a case: `We did so far: her
    statement`; a single line is, where several sentences end in it, or it asks."""
    words = len(text.split())
    single = len([line for line in text.splitlines() if line.strip()]) == 1
    if single and (len(ENDED.findall(text)) > 1 or text.rstrip().endswith("?")):
        return words >= SENTENCE  # `The judge there writes: search it.`; `Patrol Linz: whose number is that?`
    of_lines = sum(len(line.split()) for line in _lines_of_a_case(text))
    return words >= SENTENCE and MOSTLY * of_lines <= words and not GOES_ON.search(text)


def _lines_of_a_case(text: str) -> Iterator[str]:
    """The lines that look like those of a case, or of a list below the name of one."""
    under_a_name = False
    for line in filter(str.strip, text.splitlines()):
        item = ITEM.match(line) is not None
        words = len(line.split())
        note = item and not under_a_name and words > LONG_ITEM
        if (LINED.match(line) and not note) or (item and (under_a_name or words <= SHORT_ITEM)):
            yield line
        under_a_name = line.rstrip().endswith(":") or (item and under_a_name)


def sentences_in(router: Router, text: str) -> str:
    """The sentences of a file that is told in them, alone or under a name for what happened; empty where it
    is no such file."""
    from routing.case.under_a_name import told_under_a_name

    story = told_under_a_name(router.rulebook.words, text)
    return story if is_prose(story) else ""


def mostly_unread(text: str, lines: Collection[int]) -> bool:
    """Whether half of the lines of a text or more, these, were not understood as lines of a case."""
    return 2 * len(lines) >= sum(bool(line.strip()) for line in text.splitlines())


def case_in_prose(router: Router, text: str, name: str, day: date, ask: bool = False) -> HeadedCase | None:
    """The case that sentences tell, with what stands above its plan; None where nothing is read of
    them and nobody can be asked. Raises CaseProblems with the one question without which no plan can be made.

    name: of the file that they stand in. ask: whether somebody sits at a terminal who can be asked.
    """
    from routing.render.case_told import case_of
    from routing.render.told_head import blocking, in_danger, told_head, unanswered, wrapped
    from routing.story.offered import offered_by
    from routing.story.open_parts import completed, is_weakly_told, open_parts, settled, with_presumed_needs

    offer = completed(router, offered_by(router, text, day))
    if not offer.needed:  # what a line is called may be the beginning of its sentence
        in_sentences = completed(router, offered_by(router, AFTER_NAME.sub(",", text), day))
        offer = in_sentences if in_sentences.needed else offer
    if not (offer.states or offer.wants or offer.facts) and not is_prose(text):
        return None
    parts = open_parts(router, offer)
    if ask and parts:
        from routing.cli.story import asked_case

        answered = asked_case(router, offer, parts, text, name, day)
        if isinstance(answered, HeadedCase):
            return answered
        parts = answered
    offer, presumed = with_presumed_needs(router, offer)
    parts = (*presumed, *open_parts(router, offer)) if presumed else parts
    call = in_danger(router, offer, text, day) if parts else ""
    if question := blocking(parts, name):
        from routing.cli.story import at_once

        asks, fix = question
        fault = CaseProblems((*([Problem(call)] if call else []), Problem(asks, name, fix=fix)))
        for line in (
            *(line for step in (at_once(router, offer, name, day) if call else ()) for line in wrapped(step)),
            *told_head(router, offer, name, planned=False).splitlines(),
        ):
            fault.add_note(line)
        raise fault
    case = router.read(case_of(router, settled(router, offer)), name, day)
    head = told_head(router, offer, name, parts)
    left_open = frozenset(part.part for part in parts) | ({KIND} if is_weakly_told(offer) else set())
    left_open |= {MEASURE} if offer.leaves_wish or unanswered(router, offer) else set()
    return HeadedCase(case, "\n".join((*wrapped(call), head)), left_open, not offer.rest)


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
