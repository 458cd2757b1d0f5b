"""What a story tells of the person who is sought: of which State he is a national, and on which day he was
arrested. Only what is said of that person, and of nobody else, and nothing that is asked, denied or doubted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from routing.case.measure_words import CITIZENS
from routing.core.domain import ANSWER, REQUEST, YES
from routing.core.records import Record, replace
from routing.rulebook.mentions import Mention
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import PERSON, POSSESSIVE, SPEAKERS
from routing.rulebook.words import KIND, LINKING
from routing.story.deadline import days_gone
from routing.story.lines import Line
from routing.story.places import Place, places_of
from routing.story.readings import Reading
from routing.story.sentences import Sentence

if TYPE_CHECKING:
    from routing.opened import Router
    from routing.story.offered import Offered

OWN_NATIONAL, ARRESTED_ON = "own_national", "arrested_on"
IS, WAS, BEEN = "is", frozenset({"is", "was", "been"}), frozenset({"has", "had"})
HAS = frozenset({"has", "holds", "hold", "have"})
STATUS = frozenset({"nationality", "citizenship"})
HELD, CUSTODY, ARRESTED = "held", "custody", "arrested"
LED_BY = frozenset({"on", "since", "from"})
HERE, THERE = "here", "there"
FREE = frozenset({"released", "freed", "escaped", "fled", "bail"})
NOT, ONLY = frozenset({"not", "never", "no"}), frozenset({"only"})
WOMEN, MEN = frozenset({"woman", "lady", "girl"}), frozenset({"man", "boy", "guy", "gentleman"})
REACH = 6  # words from an arrest to its day
LONGEST = 4  # words of a day
FEW = 3  # words of `he has been`


class OfPerson(Record):
    """What is told of the person sought. nationals: the States of which he is a national, each with its
    words; arrests: the days of his arrest, each with the States in its sentence, `here` and `there`."""

    nationals: tuple[tuple[str, str], ...] = ()
    arrests: tuple[tuple[date, str, frozenset[str]], ...] = ()


def told_of_person(rulebook: Rulebook, lines: Sequence[Line], as_of: date) -> OfPerson:
    """What a story tells of the person sought. as_of: the day of the answer."""
    reader = _Reader(rulebook, lines)
    return OfPerson(tuple(reader.nationals()), tuple(reader.arrests(as_of)))


class _Reader:
    def __init__(self, rulebook: Rulebook, lines: Sequence[Line]) -> None:
        self._rulebook, self._lines = rulebook, lines
        story = rulebook.words.story
        self._sought = frozenset(story.get("who_is_sought", ()))
        offices = {*story.get("authorities", ()), *story.get("persons_in_office", ())}
        private = {it for key in ("people", "relatives", "who_is_protected") for it in story.get(key, ())}
        self._people = (private | self._sought) - offices - PERSON
        self._others = (
            (self._people - self._sought) | set(story.get("things", ())) | set(story.get("firms", ()))
        )
        self._arrests = frozenset(story.get("arrests", ())) | {HELD}
        self._reports = frozenset(story.get("leaves_open", ())) | frozenset(story.get("says", ()))

    def nationals(self) -> Iterator[tuple[str, str]]:
        """The States of which the person is told to be a national, each with its words."""
        for number, line in enumerate(self._lines):
            for place in () if self._is_open(line) else places_of(self._rulebook, line):
                start = self._is_national(number, place)
                if start and not _is_denied(line.sentence, line.sentence.parts[place.start]):
                    mention = Mention("", (), start - 1, place.end)
                    yield place.state, line.sentence.quoted(mention)

    def _is_open(self, line: Line, part: int | None = None) -> bool:
        """Whether a sentence, or one part of it, asks, doubts, or tells what somebody says."""
        return line.sentence.asks or not self._reports.isdisjoint(_words_in(line.sentence, part))

    def _is_national(self, number: int, place: Place) -> int:
        """Where the words begin that say so, counted from 1; 0 where none do."""
        sentence = self._lines[number].sentence
        words, start, end = sentence.words, place.start, place.end
        then = words[end : end + 1] if _is_one(sentence, end) else ()
        if then and then[0] in CITIZENS:
            then = words[end + 1 : end + 2] if _is_one(sentence, end + 1) else ()
        elif then and then[0] in STATUS and start and words[start - 1] in HAS:
            return start if self._is_subject(number, start - 1) else 0
        if then and then[0] not in LINKING | ONLY:
            return 0  # `an Italian lawyer`
        led = start - 1
        led -= led > 0 and words[led] in CITIZENS and sentence.says_of_what(start)
        if led > 0 and words[led] == IS:
            return led if self._is_subject(number, led) else 0
        apart = start > 0 and sentence.parts[start - 1] != sentence.parts[start]
        article = sentence.run[max(0, sentence.raws[start] - 1)].casefold() in ("a", "an")
        if apart and article and words[start - 1] in self._sought:
            return start if self._is_subject(number, start) else 0
        return 0

    def _is_subject(self, number: int, verb: int) -> bool:
        """Whether who stands before a word is the person sought."""
        sentence = self._lines[number].sentence
        who = sentence.before(verb)
        part = sentence.parts[verb - 1] if verb else 0
        led = [word for at, word in enumerate(sentence.words[: verb - 1]) if sentence.parts[at] == part]
        if not verb or not self._others.isdisjoint(led):
            return False
        first = sentence.raws[verb - 1 - len(led)]
        if "of" in map(str.casefold, sentence.run[first : sentence.raws[verb - 1]]):
            return False  # `the lawyer of the suspect`
        if who in PERSON:
            return led in ([], ["and"], ["but"]) and self._stands_for(number, verb - 1)
        return who in self._sought or who in CITIZENS

    def _stands_for(self, number: int, place: int) -> bool:
        """Whether `he` or `she` is the person sought: who was named last, and is of no other sort; not whom
        `he` did something to (`he stabbed a student`), nor who is his (`he lives with his mother`)."""
        pronoun = self._lines[number].sentence.words[place]
        others = MEN if pronoun == "she" else WOMEN
        for at in range(number, -1, -1):
            sentence = self._lines[at].sentence
            words = sentence.words[: place if at == number else None]
            words = words[: words.index(pronoun) if pronoun in words else None]
            named = [
                word
                for where, word in enumerate(words)
                if word in self._people and not _is_owned(sentence, where)
            ]
            if named:
                return named[-1] in self._sought - others and set(named) <= self._sought
        return True

    def arrests(self, as_of: date) -> Iterator[tuple[date, str, frozenset[str]]]:
        """The days on which the person was arrested, each with its words and where that was."""
        if any(not FREE.isdisjoint(line.sentence.words) for line in self._lines):
            return
        for number, line in enumerate(self._lines):
            words = line.sentence.words
            for at, word in enumerate(words):
                part = line.sentence.parts[at]
                open_or_denied = self._is_open(line, part) or _is_denied(line.sentence, part)
                is_told = word in self._arrests and not open_or_denied
                where = self._is_arrest(number, at) if is_told else None
                if where is None:
                    continue
                states = {
                    it.state
                    for it in places_of(self._rulebook, line)
                    if line.sentence.parts[it.start] == line.sentence.parts[at]
                    if not self._is_of_whom(words, it)
                }
                for day, end in self._days(line, at, as_of):
                    quoted = line.sentence.quoted(Mention("", (), at, end))
                    yield day, quoted, frozenset({*states, *where, *({HERE, THERE} & set(words))})

    def _is_of_whom(self, words: Sequence[str], place: Place) -> bool:
        """Whether a State is named as that of somebody: `a Korean national`, `an Italian man`."""
        return not {*CITIZENS, *self._people}.isdisjoint(words[place.end : place.end + 1])

    def _is_arrest(self, number: int, at: int) -> frozenset[str] | None:
        """Where somebody was arrested, as far as that is said by who did it; None where it is no arrest of
        the person sought."""
        words = self._lines[number].sentence.words
        if words[at] == ARRESTED and at and words[at - 1] in SPEAKERS:
            whom = words[at + 1 : at + 2]
            sought = whom == ("him",) or (whom and whom[0] in self._sought)
            return frozenset({HERE}) if sought else None
        verb = at - 1
        if words[at] == CUSTODY and verb > 0 and words[verb] == "in":
            verb -= 1
        if verb < 1 or words[verb] not in WAS:
            return None
        verb -= words[verb] == "been" and words[verb - 1] in BEEN
        return frozenset() if self._is_subject(number, verb) else None

    def _days(self, line: Line, at: int, as_of: date) -> Iterator[tuple[date, int]]:
        """The first day behind an arrest, in its part of the sentence, with where it ends."""
        sentence = line.sentence
        for start in range(at + 1, min(at + 1 + REACH, len(sentence.words))):
            if sentence.parts[start] != sentence.parts[at]:
                return
            for end in range(min(start + LONGEST, len(sentence.words)), start, -1):
                days = days_gone(self._rulebook.words, sentence.quoted(Mention("", (), start, end)), as_of)
                led = sentence.words[start - 1] in LED_BY or not sentence.words[start][:1].isdigit()
                if len(days) == 1 and led:
                    yield days[0], end
                    return


def _words_in(sentence: Sentence, part: int | None) -> Iterator[str]:
    """The words of one part of a sentence, or of all of it."""
    return (word for word, of in zip(sentence.words, sentence.parts, strict=True) if part in (None, of))


def _is_denied(sentence: Sentence, part: int) -> bool:
    """Whether a part of a sentence denies something: `he has never held the other nationality`."""
    return not NOT.isdisjoint(_words_in(sentence, part))


def _is_one(sentence: Sentence, place: int) -> bool:
    """Whether a word goes on with the part of a sentence before it."""
    return 0 < place < len(sentence.words) and sentence.parts[place] == sentence.parts[place - 1]


def _is_owned(sentence: Sentence, place: int) -> bool:
    """Whether a word names somebody by whose they are: `his mother`."""
    return sentence.run[max(0, sentence.raws[place] - 1)].casefold() in POSSESSIVE


def with_person(router: Router, offer: Offered) -> Offered:
    """The same offer with what it tells of the person sought as facts of the case, where somebody is to be
    arrested or surrendered and it is one kind of need: a national of the State that is asked, and when he was
    arrested there."""
    facts = router.rulebook.facts
    kinds = {item.value for item in offer.facts if item.fact == KIND}
    asked = offer.partner if kinds == {REQUEST} else offer.own if kinds == {ANSWER} else ""
    if not asked:
        return offer
    added: list[Reading] = []
    if _is_of(router, offer, OWN_NATIONAL):
        fact = facts[OWN_NATIONAL]
        of = [phrase for state, phrase in offer.told_of.nationals if state == asked]
        added += [Reading(of[0], fact.id, YES, fact.asks, fact.values[YES] or YES)] if of else []
    if _is_of(router, offer, ARRESTED_ON):
        fact, elsewhere = facts[ARRESTED_ON], THERE if kinds == {ANSWER} else HERE
        days = {
            (day, phrase)
            for day, phrase, where in offer.told_of.arrests
            if where <= {asked, HERE, THERE} and elsewhere not in where
        }
        for day, phrase in days if len({day for day, _ in days}) == 1 else ():
            added = [*(it for it in added if it.fact != fact.id)]
            added.append(Reading(phrase, fact.id, day.isoformat(), fact.asks, day.isoformat()))
    named = {item.fact for item in offer.facts}
    added = [it for it in added if it.fact not in named]
    unread = tuple(it for it in offer.unread if not any(_is_all(it, read.phrase) for read in added))
    return replace(offer, facts=(*offer.facts, *added), unread=unread)


def _is_all(words: str, phrase: str) -> bool:
    """Whether words say no more than a phrase with who it is said of."""
    return phrase in words and len(words.split()) - len(phrase.split()) <= FEW


def _is_of(router: Router, offer: Offered, name: str) -> bool:
    """Whether one of the needs is of those to which a fact belongs."""
    of: Collection[str] = router.rulebook.facts[name].form if name in router.rulebook.facts else ()
    return any(not set(of).isdisjoint(want.measures) for want in offer.needed)
