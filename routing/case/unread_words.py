"""Words of a line that are not read, and which of them may change the plan.

    want: keep the log files, and give us the papers of the ship's doctor

If only the log files are read, the papers may be a second need: that is said above the plan. That the name of
the State of the case stands in the line once more loses nothing, and is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from routing.case.faults import FaultReader
from routing.case.fitting_lines import danger_in
from routing.case.line_names import PURPOSE
from routing.case.several import SUBJECTS
from routing.case.times import days_in_words
from routing.core.domain import FIRST_OF_ALL, LEFT_OUT
from routing.core.errors import quoted
from routing.rulebook.denial import denies
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.state_names import find_state, states_in
from routing.rulebook.words import LONGEST, MEASURE, STATE

FEWEST = 2  # words that say something which may be lost
FEWEST_BESIDE = 5  # the same beside words of which something was read
OF_A_NEED = (MEASURE, PURPOSE)
DECIDING = (
    re.compile(r"`kind: |of kind `|`with` is |`state` is "),
    re.compile(r"is read as [^`]*\([A-Z]{3}\)|, which is asked$|named: it is asked"),
    re.compile(r"(?:read as|also tells|told as).*(?:emergency|danger|threat to life|death_penalty)"),
    re.compile(r"is read as one need for each"),
)
"""What the notes say that decide most: who asks whom, the States, a danger, how many needs there are."""
READ_AS = re.compile(r"` is read as ([a-z ]+?)(?:;|$)")


class UnreadReader(FaultReader):
    """Reads a case, and tells the words of it that are not read."""

    def weighs(self, part: str, topic: str = MEASURE) -> bool:
        """Whether words that are not read may change the plan: they tell a danger, or a State that the case
        does not; in a line for what is sought also anything else that several words say. topic: what
        the line is for."""
        text = part[:LONGEST]
        own_states = set(self.sides.values())
        stated = {name for name, _, _ in self.narrative.facts}
        dangers = {it.split(":")[0] for it in danger_in(self.rulebook, self.narrative.still(text))}
        if dangers - stated or states_in(text, self.rulebook.words, self.states) - own_states:
            return True
        if topic not in OF_A_NEED or find_state(text, self.rulebook.words, self.states):
            return False
        if days_in_words(self.rulebook.words, text, self.as_of) is not None:
            return False  # a time is read by itself
        compared = tidy(text)
        if denies(compared.split()):
            return False  # what is denied is not needed
        beside = {word for it in self._phrases_told() if it in compared for word in it.split()}
        read = beside | SUBJECTS | {word for it in self._known_in(text, own_states) for word in it.split()}
        left = sum(word not in read and not word.isdigit() for word in compared.split())
        return left >= (FEWEST_BESIDE if beside else FEWEST)

    def _known_in(self, text: str, own_states: Collection[str]) -> Iterable[str]:
        """The words of a text for the States of the case, and for which way a request went."""
        words = self.rulebook.words
        yield from (it.phrase for it in words.mentions(STATE, text) if set(it.targets) <= set(own_states))
        yield from (cue for cue in words.story.get("came_to_us", ()) if cue in tidy(text))

    def _phrases_told(self) -> Iterable[str]:
        yield from (tidy(phrase) for _, _, phrase in self.narrative.facts)
        yield from (tidy(need.phrase) for need in self.narrative.needs)

    def say_unread(self, parts: Iterable[str]) -> None:
        """Say above the plan which parts of a line have no part in it."""
        self.notes += (f"{LEFT_OUT}{quoted(it)}" for it in parts)


def _place(note: str, measures: Collection[str]) -> int:
    """Where a note stands: what decides the plan goes before the rest."""
    read = READ_AS.search(note)
    if read and as_id(read[1]) in measures:
        return len(DECIDING)
    return next((at for at, cue in enumerate(DECIDING) if cue.search(note)), len(DECIDING) + 1)


def told_once(notes: Iterable[str], measures: Collection[str]) -> tuple[str, ...]:
    """Notes: what cannot wait first; then in one everything that has no part in the plan, and no part of what
    it says as a whole; then what decides most. measures: the names of what may be sought."""
    every = dict.fromkeys(notes)
    left = [it.removeprefix(LEFT_OUT) for it in every if it.startswith(LEFT_OUT)]
    left_out = [it for it in left if not any(it != longer and it.strip("`") in longer for longer in left)]
    first = tuple(it for it in every if it.startswith(FIRST_OF_ALL))
    rest = sorted(
        (it for it in every if not it.startswith((FIRST_OF_ALL, LEFT_OUT))),
        key=lambda it: _place(it, measures),
    )
    return (*first, *((LEFT_OUT + ", ".join(left_out),) if left_out else ()), *rest)
