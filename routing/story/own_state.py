"""Our own State where a story does not say it, but tells what an office of ours did: `the court in Oslo has
ordered it, I want him found`."""

from __future__ import annotations

from collections.abc import Sequence

from routing.case.deeds import DID, OFFICE
from routing.core.domain import REQUEST, SHARE
from routing.rulebook.mentions import Mention
from routing.rulebook.model import Rulebook
from routing.story.acts import Acts
from routing.story.direction import directions_in
from routing.story.lines import Line
from routing.story.places import Place

PASSIVE = frozenset({"was", "were", "is", "are", "been"})
MOST = 3  # words of a verb: `has already ordered`


def home_of(
    rulebook: Rulebook, lines: Sequence[Line], places: Sequence[Sequence[Place]], acts: Acts
) -> tuple[str, str]:
    """The one State whose office did what only ours does where we ask another for something or tell it what
    we found, with the words for it; empty where a story says itself which is ours, where somebody asks us or
    gave us something, or where offices of several States did such a thing."""
    kinds, story = directions_in(lines), rulebook.words.story
    if any(place.ours for named in places for place in named) or kinds - {REQUEST, SHARE}:
        return "", ""
    ours = {*story.get("our_acts", ()), *(story.get("our_finds", ()) if SHARE in kinds else ())}
    quotes: dict[str, str] = {}
    for line, named, deeds in zip(lines, places, acts.deeds, strict=True):
        words = line.sentence.words
        for deed in deeds:
            verb = words[deed.verb : min(deed.verb + MOST, deed.end)]
            if deed.who == OFFICE and deed.says == DID and not deed.whom and not ours.isdisjoint(verb):
                for place in named:  # not `a citizen of it was convicted`
                    person = place.of_person or place.citizen or PASSIVE.intersection(verb)
                    in_place = place.start == deed.verb + 2 and not PASSIVE.intersection(verb)  # `found in`
                    if deed.start <= place.start and (place.start < deed.verb or in_place) and not person:
                        quoted = line.sentence.quoted(Mention("", (), deed.start, place.end))
                        quotes.setdefault(place.state, quoted)
    return next(iter(quotes.items())) if len(quotes) == 1 else _beside_a_company(lines, places)


def _beside_a_company(lines: Sequence[Line], places: Sequence[Sequence[Place]]) -> tuple[str, str]:
    """The one State whose office a story tells of, where all else that it tells is where a company is."""
    named = [(line, place) for line, of_line in zip(lines, places, strict=True) for place in of_line]
    firms = {place.state for _, place in named if place.of_a_firm}
    left = [(line, place) for line, place in named if place.state not in firms]
    offices = [(line, place) for line, place in left if place.office]
    if not firms or not offices or len({place.state for _, place in left}) != 1:
        return "", ""
    line, place = offices[0]
    return place.state, line.sentence.quoted(Mention("", (), place.start, place.end))
