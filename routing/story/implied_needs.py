"""What a story may need where it does not say so in words for a measure: what it names, and what is done with
that or will become of it, stand near one another. `The server is wiped on Monday` asks for nothing; it is
asked whether the data are to be kept.

Which words those are, and what may be needed where they meet, stands in the rules (`clues`, `may_need`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import log
from typing import TYPE_CHECKING

from routing.case.deeds import DID, HE, IT, SOMEBODY, THEY, US, WISHES
from routing.core.grouping import grouped
from routing.core.records import Record, replace
from routing.core.remembered import MadeOf
from routing.rulebook.mentions import Mention, matches
from routing.rulebook.model import Rulebook
from routing.rulebook.words import IS, MEASURE, Words
from routing.story.analysis import Analysis
from routing.story.coreference import tokens_of, with_same
from routing.story.dealing_sentences import kind_said
from routing.story.lines import Line
from routing.story.phrases_in import phrases_of
from routing.story.sentences import Phrase, Sentence
from routing.story.word_forms import forms_of

if TYPE_CHECKING:
    from routing.opened import Router

REACH = 20  # words within which clues meet
APART = 0.12  # by how much each word between makes a meeting weaker
FEWEST = 2  # words that stand for a need in a sentence: one alone may be there by chance
NEXT = 1.0  # by how much the end of a sentence between does
DENIED = "denies_need"
NO = "no"
HIM = HE - IT | {THEY, "him", "them"}
NO_NEED = {(SOMEBODY, WISHES), (US, DID)}  # what somebody else wishes, and what we did already


class Clue(Record):
    """Words of a group. at: how many words of the story stand before; line: the number of its sentence;
    start, end: its words in that."""

    at: int
    line: int
    start: int
    end: int


class Meeting(Record):
    """Clues that stand together. weight: how much they tell; phrase: the need as it stands in a sentence."""

    weight: float
    clues: tuple[Clue, ...]
    line: int
    phrase: Phrase


class _Table:
    """The groups of words by their first word, and how much each group tells: the less, the more needs it
    is used for."""

    def __init__(self, words: Words) -> None:
        self.by_first = grouped(
            (phrase.split()[0], (group, tuple(phrase.split())))
            for group, phrases in words.clues.items()
            for phrase in phrases
        )
        self.rows = words.may_need
        used = [group for meeting, _ in self.rows for group in meeting]
        self.tells = {group: log(len(self.rows) / used.count(group)) for group in dict.fromkeys(used)}


_table: MadeOf[Words, _Table] = MadeOf(2, _Table)


class Clues:
    """The clues of a story, found once."""

    def __init__(self, router: Router, analysis: Analysis) -> None:
        self._table, self._lines = _table(router.rulebook.words), analysis.lines
        self._people = frozenset(router.rulebook.words.story.get("groups_of_people", ()))
        self._things = frozenset(router.rulebook.words.story.get("groups_of_things", ()))
        self._wishing = frozenset(router.rulebook.words.story.get("wishing", ()))
        self._clues = tuple(_clues(router, self._table, analysis))

    def meetings(self) -> tuple[Meeting, ...]:
        """The needs of which clues meet in a story, those that tell most first."""
        return self._met(self._clues)

    def meetings_at(self, number: int) -> tuple[Meeting, ...]:
        """The same of one sentence, with the one before it."""
        near = [it for it in self._clues if IS in it[0] or it[1].line in (number - 1, number)]
        near += self._pointed(number, {group for group, _ in near})
        return tuple(self._placed_at(number, it) for it in self._met(near) if self._names(number, it))

    def _names(self, number: int, meeting: Meeting) -> bool:
        """Whether a sentence says more of what clues tell than that something is wished."""
        words = self._lines[number].sentence.words
        own = (words[clue.start : clue.end] for clue in meeting.clues if clue.line == number)
        return any(not self._wishing.issuperset(words_of_clue) for words_of_clue in own)

    def _placed_at(self, number: int, meeting: Meeting) -> Meeting:
        """A meeting with its need as it stands in one sentence."""
        targets = meeting.phrase.mention.targets
        phrase = _phrase(self._lines[number], meeting.clues, number, targets)
        return replace(meeting, line=number, phrase=phrase)

    def _pointed(self, number: int, near: Collection[str]) -> Iterator[tuple[str, Clue]]:
        """What a sentence may point to with `it` or `him`, as if it stood right before: what was named last
        of each group that is not named there."""
        words = set(self._lines[number].sentence.words)
        people, things = not words.isdisjoint(HIM), not words.isdisjoint(IT | {THEY, "them"})
        begins = sum(len(line.sentence.words) for line in self._lines[:number])
        before = {group: clue for group, clue in self._clues if clue.line < number - 1 and group not in near}
        for group, clue in before.items():
            if not ((people and group in self._people) or (things and group in self._things)):
                continue
            yield group, replace(clue, at=begins - 1, line=number - 1)

    def _met(self, clues_near: Iterable[tuple[str, Clue]]) -> tuple[Meeting, ...]:
        clues = grouped(clues_near)
        rows = self._table.rows
        meetings = (_meeting(self._table, clues, self._lines, meeting, needs) for meeting, needs in rows)
        return tuple(sorted((it for it in meetings if it), key=lambda it: -it.weight))


def _clues(router: Router, table: _Table, analysis: Analysis) -> Iterator[tuple[str, Clue]]:
    """Every clue of a story with its group: words, and facts that it tells; none in a part of a sentence that
    says that something is not needed, nor of what somebody else wishes or we did already."""
    at = 0
    deeds = analysis.acts.deeds
    feared = router.rulebook.words.story.get("above_crimes", ())  # of a State, which is no need
    for number, line in enumerate(analysis.lines):
        sentence = line.sentence
        shut = not_needed(router.rulebook, sentence)
        theirs = {deed.verb for deed in deeds[number] if (deed.who, deed.says) in NO_NEED}
        theirs |= {place for phrase in line.of(*feared) for place in phrase.places}
        plain = tokens_of(sentence)
        standing_clues = {
            (group, tokens[place][1], tokens[place + length - 1][2])
            for tokens in (plain, with_same(phrases_of(router), plain))
            for group, place, length in _matches(table, [word for word, _, _ in tokens])
        }
        standing_clues |= {
            (f"{phrase.topic}{IS}{value}", phrase.mention.start, phrase.mention.end)
            for phrase in line.phrases
            for value in phrase.mention.targets
        }
        for group, start, end in sorted(standing_clues):
            places = range(start, end)
            if (
                sentence.parts[start] not in shut
                and sentence.done.isdisjoint(places)
                and theirs.isdisjoint(places)
                and sentence.before(start) != NO
            ):
                yield group, Clue(at + start, number, start, end)
        at += len(sentence.words)


def not_needed(rulebook: Rulebook, sentence: Sentence, *others: str) -> set[int]:
    """The parts of a sentence that say that something is not needed, or no more than who asks whom. others:
    phrases that say so as well."""
    if kind_said(sentence):
        return set(sentence.parts)
    denying = (*rulebook.words.story.get(DENIED, ()), *others)
    return {sentence.parts[start] for _, start, _ in matches(sentence.words, denying)}


def _matches(table: _Table, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    forms = [forms_of(word) for word in words]
    for place, own_forms in enumerate(forms):
        for first in own_forms:
            for group, phrase in table.by_first.get(first, ()):
                rest = forms[place : place + len(phrase)]
                if len(rest) == len(phrase) and all(
                    word in form for word, form in zip(phrase, rest, strict=True)
                ):
                    yield group, place, len(phrase)


def _meeting(
    table: _Table,
    clues: Mapping[str, Sequence[Clue]],
    lines: Sequence[Line],
    groups: Sequence[str],
    needs: tuple[str, ...],
) -> Meeting | None:
    """Where the clues of some groups stand closest; None where one of them is not told, or none are near. A
    fact that is told holds of the whole story."""
    if not all(group in clues for group in groups):
        return None
    order = sorted(groups, key=lambda group: (IS in group, len(clues[group])))
    best: Meeting | None = None
    for begun in clues[order[0]]:
        met: list[Clue] = [begun]
        for group in order[1:]:
            free = [it for it in clues[group] if IS in group or not any(_overlap(it, clue) for clue in met)]
            if not free:
                break
            met.append(min(free, key=lambda it: abs(it.at - begun.at)))
        if len(met) < len(groups):
            continue
        spoken = [it for it, group in zip(met, order, strict=True) if IS not in group] or met
        reach = max(it.at for it in spoken) - min(it.at for it in spoken)
        numbers = [it.line for it in spoken]
        if reach > REACH or max(numbers) - min(numbers) > 1:
            continue
        line = _line_of_most(lines, spoken)
        phrase = _phrase(lines[line], spoken, line, needs)
        wished = lines[line].wishes or lines[line].sentence.pleads
        if len(spoken) == len(groups) and phrase.words < FEWEST and not wished:
            continue
        weight = sum(table.tells[group] for group in groups)
        weight -= APART * reach + NEXT * (max(numbers) - min(numbers))
        if best is None or weight > best.weight:
            best = Meeting(weight, tuple(met), line, phrase)
    return best


def _line_of_most(lines: Sequence[Line], met: Iterable[Clue]) -> int:
    """The number of the sentence in which most words of some clues stand; of several the one that has most of
    the clues, then one that wishes something, then the first."""
    words: Counter[int] = Counter()
    clues: Counter[int] = Counter()
    for it in met:
        words[it.line] += it.end - it.start
        clues[it.line] += 1
    return max(sorted(words), key=lambda number: (words[number], clues[number], bool(lines[number].wishes)))


def _overlap(left: Clue, right: Clue) -> bool:
    return left.line == right.line and left.start < right.end and right.start < left.end


def _phrase(line: Line, met: Iterable[Clue], number: int, needs: tuple[str, ...]) -> Phrase:
    own = [it for it in met if it.line == number]
    start, end = min(it.start for it in own), max(it.end for it in own)
    return Phrase(MEASURE, Mention(" ".join(line.sentence.words[start:end]), needs, start, end))
