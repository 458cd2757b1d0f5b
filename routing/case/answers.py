"""A yes or a no with words after it, and what is denied: `danger: yes, beaten`, `arrest: not asked`.

The answer is read, and the rest is said back. What a line denies is never read as what it denies.
"""

from __future__ import annotations

import re

from routing.case.danger_words import (
    PARTS,
    at_risk,
    closed_at_its_end,
    goes_on_still,
    in_custody,
    of_a_past_year,
    says_over,
)
from routing.case.denied_lines import answer_in, says_there_is_none
from routing.case.times import how_pressing
from routing.case.unread_words import UnreadReader
from routing.core.domain import NO, UNKNOWN, YES, Fact
from routing.core.errors import quoted
from routing.rulebook.denial import denied_at, denies
from routing.rulebook.spelling import tidy
from routing.rulebook.state_names import find_state
from routing.rulebook.words import ACTOR, JOINED, LONGEST, SIDE

NONE, NOT = "none", "not"
SENTENCE = 3  # words from which on an answer says more than itself
DIGITS = re.compile(r"\d")


def _only_denies(word: str) -> bool:
    """Whether a text denies a word, and does not say no: `not life`."""
    return word.split()[0].casefold() == NOT


class AnswerReader(UnreadReader):
    """Reads a case, and of what a line says the answer that it begins with."""

    def answered(self, fact: Fact, word: str) -> tuple[str, ...] | None:
        """The value that an answer with more words stands for; empty where it says that there is nothing, or
        what it answers no value says; None where the words are no answer."""
        says, rest = answer_in(self.rulebook.words, word)
        if fact.urgent:
            return self._danger(fact, word, says)
        if not says:
            return self._by_paper(fact, word)
        if says in fact.values:
            value = says
        elif says == NO:
            if NONE not in fact.values or _only_denies(word):
                return None  # `not charged` of a stage says no value of it
            value = NONE
        else:
            read = self.rulebook.words.read
            meant = (read(fact.id, rest) if rest else ()) or read(fact.id, says)
            paper = self._by_paper(fact, rest) or ()
            value = (meant if len(meant) == 1 else paper or ("",))[0]
            if not value:
                return None
        self._say_answer(fact, word, says, value, rest)
        return (value,) if value else ()

    def is_answer(self, fact: Fact, word: str) -> bool:
        """Whether what a line says begins with a yes or a no, or says of a danger that it is over."""
        words = self.rulebook.words
        tokens = tidy(word).split()
        over = (
            closed_at_its_end(words, word) or says_over(words, tokens) or of_a_past_year(tokens, self.as_of)
        )
        return bool(fact.urgent and over) or bool(answer_in(words, word)[0])

    def is_none(self, fact: Fact, word: str) -> bool:
        """Whether a line for a number says that there is none."""
        words = self.rulebook.words
        if fact.id == self.rulebook.clocks.needed and how_pressing(words, word, self.as_of):
            return says_there_is_none(words, word)
        return " " in word and answer_in(words, word)[0] == NO

    def tells_danger(self, word: str) -> bool:
        """Whether the words for how urgent something is have one meaning as a danger, which is read too."""
        urgent = (fact for fact in self.rulebook.facts.values() if fact.urgent)
        read = ((fact, self.rulebook.words.read(fact.id, word)) for fact in urgent)
        return any(len(meant) == 1 and meant[0] in fact.urgent for fact, meant in read)

    def _say_answer(self, fact: Fact, word: str, says: str, value: str, rest: str) -> None:
        """Say what was read of an answer, and above the plan the rest of it that may change it."""
        as_value = f"`{fact.id}: {value}`" if value else "that there is none"
        also = "; the rest is kept as a note" if len(rest.split()) > 1 else ""
        self.notes.append(f"of {quoted(word)} the {says} is read, as {as_value}{also}")
        self.say_unread([rest] if rest and self.weighs(rest, fact.id) else [])

    def _danger(self, fact: Fact, word: str, says: str) -> tuple[str, ...] | None:
        """The danger that a sentence tells beside what it denies; none where it only denies one; the
        gravest where it says yes and not which; that of persons where it names some and denies nothing."""
        words = self.rulebook.words
        left: list[str] = []
        still = self.narrative.still(word)
        over = still != " ".join(word.split())
        parts = () if closed_at_its_end(words, word) else PARTS.split(still[:LONGEST])
        for part in parts:
            tokens = tidy(part).split()
            meant = words.whole(fact.id, part)
            past = of_a_past_year(tokens, self.as_of)
            if past or says_over(words, tokens) or (meant and set(meant).isdisjoint(fact.urgent)):
                over = True
                continue
            if over and in_custody(words, tokens):
                continue  # `no, he is locked in`
            left += meant
            for mention in words.mentions(fact.id, part):
                if set(mention.targets).isdisjoint(fact.urgent):
                    continue
                denied = denied_at(tokens, mention.start)
                over = over or denied
                left += () if denied else mention.targets
        dangers = [value for value in fact.urgent if value in left]
        if len(dangers) > 1:
            return None  # which of them it is, is asked
        if over and not dangers and goes_on_still(words, parts):
            return None
        named = () if over or says else at_risk(words, fact.id, tidy(word).split())
        if dangers:
            value = dangers[0]
        elif says == YES and len(word.split()) >= SENTENCE:
            value = fact.urgent[0]
        elif named:
            value = named[0]
        elif over or not parts or (says == NO and not _only_denies(word)):
            value = next((it for it in (NONE, NO) if it in fact.values), UNKNOWN)
        else:
            return None
        self.notes.append(
            f"{quoted(word)} is read as `{fact.id}: {value}`; write `{fact.id}:`"
            " with another value if that is wrong"
        )
        return (value,)

    def _by_paper(self, fact: Fact, word: str) -> tuple[str, ...] | None:
        """The value of a fact of a paper where an office and its day are written: `a court, 21.11.2026`."""
        rows = dict(row.split(" ", 1) for row in self.rulebook.words.story.get("papers", ()))
        words = self.rulebook.words
        if fact.id not in rows or not DIGITS.search(word) or denies(tidy(word).split()):
            return None
        offices = set(words.story.get("authorities", ())) | set(words.story.get("courts", ()))
        named = words.mentions(ACTOR, word) or not offices.isdisjoint(tidy(word).split())
        if not named:
            return None
        self.notes.append(f"{quoted(word)} is read as `{fact.id}: {rows[fact.id]}`")
        return (rows[fact.id],)

    def _compared(self, fact: Fact, word: str) -> tuple[str, ...]:
        """Yes or no where a State is written for it, as for a nationality: whether it is the one that the
        fact is about. Empty where no State is written, or which one it is about is not known."""
        words = self.rulebook.words
        sides = words.sides_of(fact.id, self.written_values)
        if len(sides) != 1 or sides[0] not in self.sides:
            return ()
        text = word[:LONGEST]
        matches = [find_state(part, words, self.states) for part in (text, *JOINED.split(text))]
        codes = {match.place.alpha3 for match in matches if match is not None}
        codes |= {self.sides[side] for side in words.whole(SIDE, text) if side in self.sides}
        if not codes:
            return ()
        value = YES if self.sides[sides[0]] in codes else NO
        self.notes.append(f"{quoted(word)} is read as `{fact.id}: {value}`")
        return (value,)

    def _to_compare(self, fact: Fact, word: str) -> str:
        """What else to write so that a State can be compared that is written for a yes or no."""
        rows = [row.split() for row in self.rulebook.words.story.get("by_state", ())]
        others = [f"`{row[2]}: {row[3]}`" for row in rows if row[0] == fact.id and len(row) > 2]
        named = find_state(word, self.rulebook.words, self.states) if others else None
        return f"write also {' or '.join(others)}; " if named else ""
