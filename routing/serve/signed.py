"""Who tells a story, as what signs it, and the towns that it puts in a State itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from routing.case.written_day import MONTHS
from routing.core.grouping import grouped
from routing.rulebook.model import Rulebook
from routing.rulebook.words import LINKING, NATIONALITY, STATE, TOWN, Mention
from routing.serve.sentences import Found, Sentence

OFFENCE = "offence"
PLACES = (STATE, NATIONALITY, TOWN)
WE = (["we"], ["i"])
US = (*WE, ["us"])
OTHERS = frozenset({"he", "she", "they", "it"})
WHO = 3  # words in which somebody says `we`: `what must we check`
SPEAKS = frozenset({"here", "speaking"})


def which(found: Found, sure: Collection[tuple[str, ...]]) -> Found:
    """What was found; a town of several States is of the one that the story names elsewhere."""
    states = [state for state in found.mention.targets if (state,) in sure]
    if found.topic != TOWN or len(found.mention.targets) < 2 or len(states) != 1:
        return found
    mention = found.mention
    return Found(TOWN, Mention(mention.phrase, (states[0],), mention.start, mention.end))


def towns(
    rulebook: Rulebook, looked: Iterable[tuple[Sentence, tuple[Found, ...]]]
) -> dict[str, tuple[str, ...]]:
    """The towns that a story itself puts in a State (a town, a comma, its State), each with that State."""
    toward = rulebook.words.story.get("toward", ())
    return {
        sentence.words[start - 1]: found.mention.targets
        for sentence, every in looked
        for found in every
        for start in (found.mention.start,)
        if found.topic == STATE and sentence.of_town(start) and sentence.words[start - 1] not in MONTHS
        if start > 1 and sentence.before(start - 1) in toward
    }


def learned(
    sentence: Sentence, every: Iterable[Found], towns: Mapping[str, tuple[str, ...]]
) -> Iterator[Found]:
    """Where such towns stand in a sentence, and are not known anyhow."""
    known = {place for it in every if it.topic in PLACES for place in it.places}
    for place, word in enumerate(sentence.words):
        if word in towns and place not in known:
            yield Found(TOWN, Mention(word, towns[word], place, place + 1))


def signed(
    rulebook: Rulebook, sentence: Sentence, every: tuple[Found, ...], last: bool, answers: bool
) -> frozenset[int]:
    """The parts of a sentence in which somebody signs, with an office and its State and nothing else: as a
    sentence, but not as the answer to a question; at the end of a story; before or after `we`.

    A part with a place alone belongs to the office before it: a court, its town, its State."""
    offices = set(rulebook.words.story.get("signs", ()))
    named = {
        place
        for start, end in ((it.mention.start, it.mention.end) for it in every if it.topic in PLACES)
        for place in range(start - sentence.of_town(start), end)
        if place >= start or sentence.words[place] not in offices
    }
    parts = grouped((part, place) for place, part in enumerate(sentence.parts))
    aside = {OFFENCE, *(fact.id for fact in rulebook.facts.values() if fact.urgent)}
    crimes = {place for it in every if it.topic in aside for place in it.places}
    run: list[int] = []
    told: set[int] = set()
    before: list[str] = []
    for number, (part, places) in enumerate(parts.items()):
        words = [sentence.words[place] for place in places]
        rest = {sentence.words[place] for place in places if place not in named | crimes} - LINKING
        if not rest and run and crimes.intersection(places):
            continue  # `Dutch police, cargo theft`
        signs = bool(rest or run) and rest <= offices and OTHERS.isdisjoint(words)
        ours = any([word] in WE for word in words[:WHO]) and OTHERS.isdisjoint(words[:WHO])
        if ours and len(run) == number:
            told.update(run)  # `Dutch police, we want ...`
        run = [*run, part] if signs else []
        ours = before[-1:] in US or not SPEAKS.isdisjoint(words)
        if signs and rest and ours and named.intersection(places):
            told.add(part)
        before = words
    alone = (
        crimes.issuperset(place for part, places in parts.items() if part not in run for place in places)
        and not answers
    )
    if (last or alone) and any(sentence.parts[place] in run for place in named):
        told.update(run)
    return frozenset(told)
