"""Where what a story needs is: the State beside a phrase, else the one that other sentences tell."""

from __future__ import annotations

from collections.abc import Iterable

from routing.core.records import Record
from routing.rulebook.mentions import matches
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import ACTED_ON, PERSON_ACTED_ON
from routing.rulebook.words import LINKING, SAME
from routing.story.adjacent_states import adjoins, goes_on, state_beside, stayed
from routing.story.lines import FIRST, Line
from routing.story.places import Place
from routing.story.sentences import Phrase
from routing.story.signatures import MARKS

QUESTIONS = frozenset({"who", "what", "which", "where", "whose"})
NO_THINGS = LINKING | QUESTIONS | {"it", "be", "was", "has", "have", "him", "them", "as"}
NO_THINGS |= {"one", "first", "second", "third", "other", "both", "two", "which", "take", "taken"}
POINTS = ACTED_ON  # what points back to somebody or something
THEM = "them"
BOTH = 2  # States
COMPANY, IS_IN = frozenset({"company", "provider", "operator", "platform"}), 3  # words of `company is in`
AGO = 2  # sentences back in which it is told where somebody is
THERE, FROM = "there", "from"
GONE_FROM = frozenset({"left", "leaves", "leaving", "departed"})  # `the truck left this town`
ONTO = frozenset({"to", "into", "for"})
GOES_ON = (("it",), ("they",), ("this",), ("these",))


class Discourse(Record):
    """What the sentences of a story say of States and holders.

    ours: our own State; only: the other one, where there is one alone; home: the one where somebody lives;
    asker: the one that asks us; elsewhere: the sentences that name only States of which
    nothing is wanted.
    """

    lines: tuple[Line, ...]
    places: tuple[tuple[Place, ...], ...]
    ours: frozenset[str]
    only: str
    home: str
    asker: str
    elsewhere: frozenset[int] = frozenset()

    @property
    def only_of_firms(self) -> frozenset[str]:
        """The States that a story names only as where a company is, and so not as where somebody is."""
        named = [place for of_line in self.places for place in of_line]
        return frozenset(it.state for it in named) - {it.state for it in named if not it.of_a_firm}

    @property
    def seat_of_company(self) -> str:
        """The one State in which a story says that the company is: `the company is in`."""
        return only_state(
            {
                it.state
                for line, of_line in zip(self.lines, self.places, strict=True)
                for it in of_line
                if it.of_a_firm
                and not COMPANY.isdisjoint(line.sentence.words[max(0, it.start - IS_IN) : it.start])
            }
        )

    def states_near(
        self, rulebook: Rulebook, phrase: Phrase, number: int, near: bool, of_person: bool = False
    ) -> tuple[str, ...]:
        """The State in the words beside a phrase of a sentence, several where they are joined (`in one and
        the other`); near: only what is surely said of it; of_person: not the one that somebody left for
        another (`from here to there`)."""
        line, places = self.lines[number], self.places[number]
        left = rulebook.words.story.get("left", ()) if of_person else ()
        gone = tuple((start, end) for _, start, end in matches(line.sentence.words, left))
        there = tuple(stayed(places, line.sentence.words, gone))
        return state_beside(rulebook, phrase, line, there, self.ours, near)

    def each_of_them(self, rulebook: Rulebook, phrase: Phrase, number: int) -> tuple[str, ...]:
        """The two States that words as `in both places` stand for: those of the story before them, where it
        has two beside our own."""
        sentence = self.lines[number].sentence
        each = rulebook.words.story.get("each_of_them", ())
        parts = {sentence.parts[start] for _, start, _ in matches(sentence.words, each)}
        if sentence.part_of(phrase.mention) not in parts:
            return ()
        named = [place for of_line in self.places[: number + 1] for place in of_line if not place.aside]
        states = tuple(dict.fromkeys(it.state for it in named if it.state not in self.ours))
        return states if len(states) == BOTH else ()

    def state_elsewhere(
        self, rulebook: Rulebook, phrase: Phrase, number: int, near: bool, of_person: bool
    ) -> str:
        """The State of a need that the words beside it do not give; nothing where a company works in many."""
        if near:
            return ""
        return (
            self.state_there(phrase, number)
            or (self.state_of_person(phrase, number) if of_person else "")
            or self.state_before(rulebook, phrase, number)
            or self.state_else(rulebook, number, of_person)
            or self.state_next(number)
            or self.state_pointed(phrase, number)
        )

    def state_before(self, rulebook: Rulebook, phrase: Phrase, number: int) -> str:
        """The one State of a sentence before in which the same thing stands: `bought a boat in one`, then
        `freeze the boat`; where it goes, not from where it came."""
        mention = phrase.mention
        words = self.lines[number].sentence.words[mention.start : mention.end]
        same = rulebook.words.by_topic.get(SAME, {})
        things = {same.get(word, (word,))[0] for word in (*words, *mention.phrase.split())} - NO_THINGS
        for line, places in zip(self.lines[:number][::-1], self.places[:number][::-1], strict=True):
            sentence = line.sentence
            where = [
                place for place, word in enumerate(sentence.words) if same.get(word, (word,))[0] in things
            ]
            parts = {sentence.parts[place] for place in where}
            there = [place for place in places if place.part in parts and not place.denied]
            there = [place for place in there if sentence.before(place.start) not in GONE_FROM]
            if where and not there:  # `two men on a motorbike were here, it had a plate of that State`
                there = [place for place in places if place.only_of and not place.denied]
            toward = [place for place in there if sentence.before(place.start) in ONTO]
            sources = [place for place in there if sentence.before(place.start) == FROM]
            there = [place for place in there if not toward or place not in sources]
            close = {place.state for place in there if any(adjoins(place, thing) for thing in where)}
            if there:
                return only_state(close - self.ours) or only_state(
                    {place.state for place in there} - self.ours
                )
        return ""

    def state_there(self, phrase: Phrase, number: int) -> str:
        """The State that `there` stands for in the part of a phrase: the last one before."""
        sentence, part = self.lines[number].sentence, self.lines[number].sentence.part_of(phrase.mention)
        if not any(
            word == THERE and sentence.parts[place] == part for place, word in enumerate(sentence.words)
        ):
            return ""
        before = [place for of_line in self.places[:number] for place in of_line]
        before += [place for place in self.places[number] if place.end <= phrase.mention.start]
        return next((place.state for place in before[::-1] if place.state not in self.ours), "")

    def state_of_person(self, phrase: Phrase, number: int) -> str:
        """The State where somebody is told to be in the last sentence that says so, where `him` stands in the
        words for what is done with them; empty where it says that of several States."""
        sentence = self.lines[number].sentence
        part = sentence.part_of(phrase.mention)
        raws = [sentence.raws[place] for place, of in enumerate(sentence.parts) if of == part]
        words = {raw.casefold().strip(MARKS) for raw in sentence.run[raws[0] : raws[-1] + 1]}
        if PERSON_ACTED_ON.isdisjoint(words) or self.places[number]:
            return ""
        for places in self.places[max(0, number - AGO) : number][::-1]:
            homes = {place.state for place in places if place.home and not place.denied} - self.ours
            if homes:
                return only_state(homes)
        return ""

    def asked_of(self, rulebook: Rulebook) -> set[str]:
        """The States named in questions and wishes, but for one where something may go on to."""
        reaches = rulebook.words.story.get("reaches", ())
        return {
            place.state
            for line, places in zip(self.lines, self.places, strict=True)
            for place in (places if line.wishes else ())
            if not place.aside and not goes_on(line.sentence.words, 0, place, reaches)
        } - self.ours

    def state_pointed(self, phrase: Phrase, number: int) -> str:
        """The one State of the sentence before, where `it` or `him` in a phrase points there."""
        words = self.lines[number].sentence.words[phrase.mention.start : phrase.mention.end]
        if POINTS.isdisjoint(words) or not number:
            return ""
        first = {it.state for it in self.places[number - 1] if not (it.start or it.denied or it.only_of)}
        if THEM in words and first - self.ours:
            return only_state(first - self.ours)  # `that State did not ask us. We would like to warn them`
        if not FIRST.isdisjoint(self.lines[number - 1].sentence.words):
            return ""
        there = (place for place in self.places[number - 1] if not (place.denied or place.asks))
        return only_state({place.state for place in there} - self.ours)

    def state_next(self, number: int) -> str:
        """The one State of the next sentence, where that goes on about the same thing: `our order is signed.
        It must reach ...`."""
        then = number + 1
        if then == len(self.lines) or self.lines[then].sentence.words[:1] not in GOES_ON:
            return ""
        return only_state({place.state for place in self.places[then] if not place.denied} - self.ours)

    def state_else(self, rulebook: Rulebook, number: int, of_person: bool = False) -> str:
        """The one State of the sentence, else of the story; what is done with somebody, also their home."""
        words = self.lines[number].sentence.words
        there = (place for place in self.places[number] if not (place.denied or place.asks))
        reaches = rulebook.words.story.get("reaches", ())
        named = {place.state for place in there if not goes_on(words, 0, place, reaches)} - self.ours
        return only_state(named) or self.only or (self.home if of_person else "")


def only_state(states: Iterable[str]) -> str:
    """The one State there is; empty where there are several or none."""
    named = tuple(states)
    return named[0] if len(named) == 1 else ""
