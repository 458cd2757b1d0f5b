"""Who tells a story, as its first words present him: an office and its place, and nothing that happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from routing.case.months import english_number
from routing.core.grouping import grouped
from routing.rulebook.mentions import matches, stands_in
from routing.rulebook.model import Rulebook
from routing.rulebook.words import AGENCY, LINKING, NATIONALITY
from routing.story.in_context import tells_something
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import AWAY, MARKS, OTHERS, PLACES, US, only_greets

LONGEST = 14  # words of an opening
SHORTEST, LONGEST_NAME = 2, 6  # letters of an office in capitals: as most are written
MOST_UNKNOWN = 2  # words of what an office deals with: `women and children`
HAPPENS = ("past", "did", "wishing", "acts")
BE = frozenset({"is", "are", "was", "were", "has", "have", "had", "be", "been", "do", "does", "can", "will"})
DOES = ("ing", "ed")
ARTICLES = frozenset({"the", "a", "an"})
BREAKS = tuple((mark,) for mark in "/-|\u2013\u2014")


def presents(rulebook: Rulebook, sentence: Sentence, every: Iterable[Phrase]) -> frozenset[int]:
    """The parts of a first sentence that name the one place of an office that presents itself; none where
    the sentence says that anything happens, or names two States: an office in capitals, a town, its desk."""
    story = rulebook.words.story
    every = [it for it in every if tells_something(rulebook, sentence, it, frozenset())]
    places = [it for it in every if it.topic in PLACES and it.topic != NATIONALITY]
    states = {state for it in places for state in it.mention.targets if len(it.mention.targets) == 1}
    addressed = stands_in(sentence.words, story.get("addressed", ()))
    if sentence.asks or addressed or len(sentence.words) > LONGEST or len(states) != 1:
        return frozenset()
    lead = _who_speaks(rulebook, sentence)
    parts = grouped((part, place) for place, part in enumerate(sentence.parts) if place >= lead)
    speaks = [it for it in parts.values() if not only_greets(rulebook, sentence, it)]
    offices = {word for key in ("signs", "authorities", "units", "signs_too") for word in story.get(key, ())}
    named = {place for it in places for place in it.places}
    rest = [place for it in speaks for place in it if place not in named]
    words = {sentence.words[place] for place in rest} - offices
    opens = set(story.get("opens", ()))
    happens = {*BE, *OTHERS, *(word for [word] in US), *(it for key in HAPPENS for it in story.get(key, ()))}
    unknown = [it for it in rest if sentence.words[it] in words - LINKING and sentence.written[it].islower()]
    headed = _headed(sentence, places)
    if len(unknown) > MOST_UNKNOWN and not headed:
        return frozenset()
    away = not AWAY.isdisjoint(sentence.words[lead:])
    if away or not words.isdisjoint(happens) or any(word.endswith(DOES) for word in words - opens):
        return frozenset()
    agency = any(it.topic == AGENCY for it in places)
    spoken = [place for it in speaks for place in it] if lead else speaks[0] if speaks else ()
    if headed and not away and _only_dated(sentence, named):
        return frozenset(sentence.parts[it.mention.start] for it in places)
    spoken = [place for it in speaks for place in it] if headed else spoken
    if not speaks or not (agency or _of_office(rulebook, sentence, spoken, named)):
        return frozenset()
    return frozenset(
        sentence.parts[it.mention.start] for it in places if states.issuperset(it.mention.targets)
    )


def _headed(sentence: Sentence, places: Iterable[Phrase]) -> bool:
    """Whether a sentence begins with its place as a letter does, alone or after an office in capitals, with
    a mark after it: `Cairo, office of antiquities`, `SERNIC, Maputo / free text`."""
    first = next((it.mention for it in places if it.mention.start < 2), None)
    prose = not ARTICLES.isdisjoint(word.casefold() for word in sentence.run)
    if first is None or prose or (first.start and not _in_capitals(sentence.written[0])):
        return False
    at = sentence.raws[first.end - 1] + 1
    return sentence.written[first.end - 1].endswith((",", ":", ";")) or sentence.run[at : at + 1] in BREAKS


def _in_capitals(written: str) -> bool:
    bare = written.strip(MARKS)
    return bare.isupper() and bare.isalpha() and SHORTEST <= len(bare) <= LONGEST_NAME


def _only_dated(sentence: Sentence, named: set[int]) -> bool:
    """Whether beside its place a sentence tells only a day: `Kathmandu, 30 Nov`."""
    rest = [place for place in range(len(sentence.words)) if place not in named]
    dated = [at for at in rest if sentence.words[at].isdigit() or english_number(sentence.words[at][:3])]
    return bool(dated) and all(at in dated or not sentence.written[at].islower() for at in rest)


def _who_speaks(rulebook: Rulebook, sentence: Sentence) -> int:
    """How many words at the beginning only say that who tells it is of what follows: `I am`, `from`."""
    story = rulebook.words.story
    cues, greetings = story.get("who_speaks", ()), story.get("greetings", ())
    first = next((at for at, word in enumerate(sentence.words) if word not in greetings), 0)
    return max((end for _, start, end in matches(sentence.words, cues) if start in (0, first)), default=0)


def _of_office(rulebook: Rulebook, sentence: Sentence, places: Sequence[int], named: set[int]) -> bool:
    """Whether a part names an office, in words for one or as its letters in capitals."""
    story = rulebook.words.story
    offices = {*story.get("signs", ()), *story.get("units", ()), *story.get("authorities", ())}
    rest = [place for place in places if place not in named]
    return any(sentence.words[place] in offices for place in rest) or any(
        _in_capitals(sentence.written[place]) for place in rest if place == places[0]
    )
