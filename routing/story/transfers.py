"""What came to us from another State: a request of theirs (`the prosecutor there remitted to us a letter
rogatory`), or material (`the papers that they sent us`, `we received from our colleague there a report`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.core.records import Record
from routing.rulebook.words import MEASURE
from routing.story.lines import Line
from routing.story.signatures import PLACES

US, OUR, THEY, FROM, TO = frozenset({"us", "me"}), "our", "they", "from", "to"
WE = frozenset({"we", "i"})
RELATIVE = frozenset({"that", "which", "who"})
TO_WHOM = 3  # words from a verb of giving to `us`
GIVER = 8  # words from who gives to the verb
OFFICE = 5  # words from `from` to the office that gave
FAR = 12  # words from `from` to that we received
NEAR = 2  # words before a verb that change what it tells
NOT_YET = ("verbs_will", "verbs_may", "verbs_must", "denies")
NO_REQUEST = frozenset({"our", "without", "no", "my"})
WITHIN = frozenset({"in", "at", "near"})
WHAT = 14  # words from the verb to what is given


class Transfer(Record):
    """Something that came to us. line: the number of its sentence; start, end: the words from who gave it to
    that they did; got: whether it is told as what we got; request: whether it asks something of us."""

    line: int
    start: int
    end: int
    got: bool
    request: bool


def transfers(story: Mapping[str, tuple[str, ...]], lines: Sequence[Line]) -> tuple[Transfer, ...]:
    """What came to us from offices of other States, or from a place abroad, in the order of a story."""
    asks, things = (frozenset(story.get(key, ())) for key in ("asking_papers", "materials"))
    things |= frozenset(story.get("things", ()))
    came: list[Transfer] = []
    for number, line in enumerate(lines):
        words = line.sentence.words
        spans = [(*it, False) for it in _given(story, line)] + [(*it, True) for it in _received(story, line)]
        for start, end, office, got in spans:
            material = not things.isdisjoint(words) or any(
                it.topic == MEASURE for it in (*line.phrases, *line.denied, *line.aside)
            )
            request = _is_asking(words, end, asks)
            if office if request else material:
                came.append(Transfer(number, start, end, got, request))
    return tuple(came)


def _given(story: Mapping[str, tuple[str, ...]], line: Line) -> Iterator[tuple[int, int, bool]]:
    """Where somebody abroad gives something to us, each with whether an office does."""
    sentence, gives = line.sentence, frozenset(story.get("hands_over", ()))
    words, (places, offices) = sentence.words, _who_may(story, line)
    not_yet = {word for key in NOT_YET for word in story.get(key, ())} | {TO}
    for verb, word in enumerate(words):
        if word not in gives or US.isdisjoint(words[verb + 1 : verb + 1 + TO_WHOM]):
            continue
        start = verb
        while start > 0 and verb - start < GIVER and words[start - 1] not in RELATIVE:
            if sentence.parts[start - 1] != sentence.parts[verb]:
                break
            start -= 1
        led = words[start:verb]
        givers = [at for at in range(start, verb) if at in places | offices]
        ours = OUR in words[max(0, givers[-1] - 1) : givers[-1]] if givers else True
        if not ours and WE.isdisjoint(led) and not_yet.isdisjoint(led[-NEAR:]):
            there = any(at in offices or words[at - 1] not in WITHIN for at in givers)
            yield givers[0], verb + 1, there


def _received(story: Mapping[str, tuple[str, ...]], line: Line) -> Iterator[tuple[int, int, bool]]:
    """Where we get something from somebody abroad, each with whether that is an office."""
    words, gets = line.sentence.words, frozenset(story.get("receives", ()))
    places, offices = _who_may(story, line)
    for verb, word in enumerate(words):
        if word not in gets or WE.isdisjoint(words[max(0, verb - TO_WHOM) : verb]):
            continue
        for source in range(max(0, verb - FAR), min(len(words), verb + FAR)):
            of_whom = [
                at
                for at in range(source + 1, min(len(words), source + 1 + OFFICE))
                if at in places | offices and WE.isdisjoint(words[source:at])
            ]
            ours = words[source + 1 : source + 2] == (OUR,) and not places.intersection(of_whom)
            if words[source] == FROM and of_whom and not ours:
                yield min(verb - 1, source), max(verb, *of_whom) + 1, not offices.isdisjoint(of_whom)
                break


def _who_may(story: Mapping[str, tuple[str, ...]], line: Line) -> tuple[set[int], set[int]]:
    """Where a sentence names places that do not sign it, and offices."""
    offices = {word for key in ("authorities", "signs") for word in story.get(key, ())} | {THEY}
    places = {at for it in line.of(*PLACES) if not line.signs(it) for at in it.places}
    return places, {at for at, word in enumerate(line.sentence.words) if word in offices}


def _is_asking(words: Sequence[str], verb: int, asks: frozenset[str]) -> bool:
    """Whether what is given asks something of us: a request, and not what was given upon one of ours, or
    lacks it."""
    return any(
        words[at] in asks and words[at - 1] not in NO_REQUEST
        for at in range(max(1, verb - WHAT), min(len(words), verb + WHAT))
    )
