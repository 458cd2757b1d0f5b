"""The States of a story, and which of them it names only in passing: for what somebody wishes who is no
office, of another case, or as where somebody may go next.

A long story names many States, and most of them only once. What is said of a State where it is named first
holds on: one that is named in passing is no party of the case, until the story wishes something of it, or
tells what an office of it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from routing.case.deeds import OFFICE, SOMEBODY, US, WISHES, Deed
from routing.core.records import replace
from routing.rulebook.mentions import matches
from routing.rulebook.model import Rulebook
from routing.story.acts import Acts
from routing.story.coreference import spans_of
from routing.story.lines import Line
from routing.story.places import EITHER, Place, places_of

THEM, NEAR = frozenset({"them", "him"}), 3  # words from `moves` to whom
SIDES = 2  # States, ours and the other one
PASSIVE = (("is",), ("are",), ("was",), ("were",))


def places_in(rulebook: Rulebook, lines: Sequence[Line], acts: Acts) -> tuple[tuple[Place, ...], ...]:
    """The States of each sentence, those named in passing marked as such, where another one is left."""
    places = without_guesses(rulebook, lines, tuple(tuple(places_of(rulebook, line)) for line in lines))
    named_states = {place.state for of_line in places for place in of_line}
    if len(named_states) < SIDES:
        return places
    meant: set[str] = set()
    passing: set[str] = set()
    left = {
        state for line, named in zip(lines, places, strict=True) for state in _left_out(rulebook, line, named)
    }
    for line, of_line, deeds in zip(lines, places, acts.deeds, strict=True):
        in_passing = {id(place) for place in _in_passing(rulebook, line, of_line, deeds)}
        if len(named_states) > SIDES:
            in_passing |= {id(place) for place in _offered(rulebook, line, of_line)}
        for place in of_line:
            is_placed = place.state in meant or place.state in passing
            if id(place) in in_passing:
                passing |= set() if is_placed else {place.state}
            elif not is_placed or _is_meant(line, place, deeds):
                meant.add(place.state)
    passing = (passing - meant) | left
    return tuple(
        tuple(
            replace(place, passing=True, left_out=place.state in left)
            if place.state in passing and not place.ours
            else place
            for place in of_line
        )
        for of_line in places
    )


def without_guesses(
    rulebook: Rulebook, lines: Sequence[Line], places: tuple[tuple[Place, ...], ...]
) -> tuple[tuple[Place, ...], ...]:
    """The States of each sentence without those that a story only guesses at (`maybe in the south, we do not
    know`): one that it tells elsewhere without a doubt stays. What is guessed is asked, and never taken."""
    guesses = rulebook.words.story.get("guesses", ())
    guessed: list[set[int]] = []
    for line, of_line in zip(lines, places, strict=True):
        ends = {end for _, end in spans_of(line.sentence, of_line, guesses)}
        here: set[int] = set()
        for before, place in zip((None, *of_line), of_line, strict=False):
            joined = line.sentence.words[before.end : place.start] if before else ()
            goes_on = before is not None and before.start in here and joined in EITHER
            if place.end in ends or goes_on:
                here.add(place.start)
        guessed.append(here)
    sure = {
        place.state
        for of_line, here in zip(places, guessed, strict=True)
        for place in of_line
        if place.start not in here
    }
    return tuple(
        tuple(place for place in of_line if place.start not in here or place.state in sure)
        for of_line, here in zip(places, guessed, strict=True)
    )


def _left_out(rulebook: Rulebook, line: Line, places: Sequence[Place]) -> Iterator[str]:
    """The State of which a sentence says that nothing is wanted there: `from that one we want nothing`."""
    others = {place.state for place in places if not place.ours}
    for start, end in spans_of(line.sentence, places, rulebook.words.story.get("wants_nothing", ())):
        near = {it.state for it in places if start <= it.start < end} & others
        yield from near or (others if len(others) == 1 else ())


def _is_meant(line: Line, place: Place, deeds: Sequence[Deed]) -> bool:
    """Whether a sentence wishes something where it names a State, or an office of it does something."""
    there = [deed for deed in deeds if deed.start <= place.start < deed.end]
    return (
        line.wishes
        or place.office
        or place.ours
        or any(deed.who in (US, OFFICE) and not deed.denied for deed in there)
    )


def _in_passing(
    rulebook: Rulebook, line: Line, places: Sequence[Place], deeds: Sequence[Deed]
) -> Iterator[Place]:
    """The States of a sentence that it names for another case, for what somebody else wishes, or as where
    somebody goes next."""
    sentence, story = line.sentence, rulebook.words.story
    of_another = any(matches(sentence.words, story.get("another_case", ()))) and not line.wishes
    onward = {
        end
        for _, start, end in matches(sentence.words, story.get("onward", ()))
        if _of_a_person(rulebook, line, start, deeds)
    }
    wished = set(_wished_by_others(line, deeds))
    theirs = {deed.who for deed in deeds if deed.says == WISHES} == {SOMEBODY} and not sentence.asks
    for place in places:
        relative = theirs and place.of_a_relative
        if relative or of_another or place.start in onward or place.start in wished:
            yield place


def _offered(rulebook: Rulebook, line: Line, places: Sequence[Place]) -> Iterator[Place]:
    """The States where somebody was only offered something: `a job in Bangkok`, and is held elsewhere."""
    ends = {end for _, _, end in matches(line.sentence.words, rulebook.words.story.get("offered_there", ()))}
    yield from (place for place in places if place.start in ends)


def _of_a_person(rulebook: Rulebook, line: Line, place: int, deeds: Sequence[Deed]) -> bool:
    """Whether somebody goes on, and no thing: what is sent on is sought where it goes."""
    story, words = rulebook.words.story, line.sentence.words
    if not (THEM.isdisjoint(words[place : place + NEAR]) or line.wishes):
        return True  # `they say that she moves them to another State`
    things = {*story.get("things", ()), *story.get("firms", ()), "it"}
    for deed in deeds:
        if deed.start <= place < deed.end:
            return deed.who == SOMEBODY and things.isdisjoint(words[deed.start : place])
    return False


def _wished_by_others(line: Line, deeds: Sequence[Deed]) -> Iterator[int]:
    """The words of what somebody wishes who is no office, with what goes on with it: `her son wants
    that we sue a bank in`."""
    theirs = False
    for deed in deeds:
        passive = line.sentence.words[deed.verb : deed.verb + 1] in PASSIVE  # `he is wanted by one`
        if deed.who == SOMEBODY and deed.says == WISHES and not (deed.of_wish or passive):
            theirs = True
        elif not deed.of_wish:
            theirs = False
        if theirs:
            yield from range(max(deed.start, deed.verb), deed.end)
