"""How the parts of the sentences of a story say what they say: in doubt, by hearsay, for later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from routing.core.domain import ANSWER
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.rulebook.mentions import matches
from routing.story.direction import directions_in
from routing.story.lines import Line
from routing.story.sentences import AND, Phrase, Sentence
from routing.story.signatures import OTHERS, WE

DOUBTED, HEARSAY, LATER, TAKEN_BACK = "doubted", "said", "later", "taken_back"
"""In doubt, as what somebody says who is no office, for another time, as what is not meant at all. Keys of
the rules end so: `never_said`."""
ASIDE, CONDITIONAL, LONG_PAST, HAD, ENDED = "aside", "conditional", "long_past", "had", "ended"
"""As what somebody did who was busy with something else or is somebody else, as what may be needed if
something happens, as what was long ago, as what we have already, and as a danger that is over."""
OF_ITS_PART = (
    *(("doubts", DOUBTED), ("later", LATER), ("busy", ASIDE), ("long_past", LONG_PAST)),
    (ENDED, ENDED),
)
OF_WHAT_IS_BEFORE = (
    ("doubts_before", DOUBTED),
    ("later_before", LATER),
    ("takes_back", TAKEN_BACK),
    ("had_before", HAD),
    ("says_before", DOUBTED),
    ("ended_before", ENDED),
)
IF_SO = frozenset({"if", "whether", "until", "unless", "that", "not", "hope"})
"""Words that leave open what stands after them: `tell us if she is safe`."""
STILL = "still"
QUOTES = ('"', "'", "\u2018", "\u2019", "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb")
MARKS_AFTER = ".,;:!?)"
SAYS_SO = 3  # words from who says something to that they say it

Story = Mapping[str, tuple[str, ...]]


class Weighed(Record):
    """A phrase of a story with how it is said. line: the number of its sentence."""

    line: int
    phrase: Phrase
    manners: frozenset[str]
    says: int


def manners_of(story: Story, lines: Sequence[Line]) -> tuple[tuple[frozenset[str], ...], ...]:
    """How each word of each sentence is said."""
    manners_at: list[list[set[str]]] = [[set() for _ in line.sentence.words] for line in lines]
    asked = ANSWER in directions_in(lines)
    for number, line in enumerate(lines):
        _add_of(story, line.sentence, manners_at[number], manners_at[number - 1] if number else [])
        theirs = asked and (line.sentence.pleads or _asks_in_quotes(line.sentence.run))
        _add((manners_at[number][place] for place in (() if theirs else _quoted(line.sentence))), HEARSAY)
    return tuple(tuple(frozenset(manners) for manners in of_line) for of_line in manners_at)


def _asks_in_quotes(run: Sequence[str]) -> bool:
    """Whether what is quoted is what is asked for: `they ask to "send an image"`. run: a sentence in its
    words; one that says `please` asks as well (`they ask "please send an image"`)."""
    return any(before.casefold() == "to" and raw.startswith(QUOTES) for before, raw in pairwise(run))


def _quoted(sentence: Sentence) -> Iterator[int]:
    """The words that a sentence quotes: `he wrote "for your trial"`."""
    inside = False
    quoted: set[int] = set()
    for number, raw in enumerate(sentence.run):
        inside = inside or raw.lstrip("(").startswith(QUOTES)
        if inside:
            quoted.add(number)
        inside = inside and not raw.rstrip(MARKS_AFTER).endswith(QUOTES)
    if not inside:  # a quotation that ends nowhere is none
        yield from (place for place, raw in enumerate(sentence.raws) if raw in quoted)


def _add_of(
    story: Story, sentence: Sentence, manners_at: Sequence[set[str]], before: Sequence[set[str]]
) -> None:
    parts = list(grouped((part, place) for place, part in enumerate(sentence.parts)).values())
    speaks = False
    if_so = {place for places in _conditional(story, sentence, parts) for place in places}
    for order, places in enumerate(parts):
        words = tuple(sentence.words[place] for place in places)
        here = [manners_at[place] for place in places]
        earlier = [manners_at[place] for part in parts[:order] for place in part] or before
        for key, manner in OF_ITS_PART:
            if any(matches(words, story.get(key, ()))):
                _add(here, manner)
        if order and words[0] == AND and LATER in manners_at[parts[order - 1][0]]:
            _add(here, LATER)
        for key, manner in (("denies_before", TAKEN_BACK), ("had_before", HAD)):
            ends = [start for _, start, _ in matches(words, story.get(key, ()))]
            _add(here[: max(ends, default=0)], manner)
        for key, manner in OF_WHAT_IS_BEFORE:
            starts = [start for _, start, _ in matches(words, story.get(key, ()))]
            if any(start == 0 or (start == 1 and words[0] not in IF_SO) for start in starts):
                goes_on = manner == ENDED and any(
                    word == STILL for place, word in enumerate(sentence.words) if place not in places
                )
                _add(earlier if not goes_on else (), manner)
        speaks = (speaks and [words[0]] not in WE) or _speaks(story, words)
        if speaks:
            _add(here, HEARSAY)
        if not if_so.isdisjoint(places):
            _add(here, CONDITIONAL)


def _conditional(story: Story, sentence: Sentence, parts: Sequence[Sequence[int]]) -> Iterator[Sequence[int]]:
    """The parts that tell what may be needed if something else happens: `if he refuses, a search could
    follow`; no wish is one: `if he is there, we want him arrested`."""
    conditions, may_be = set(story.get("conditions", ())), set(story.get("may_be", ()))
    first = [order for order, places in enumerate(parts) if sentence.words[places[0]] in conditions]
    for order, places in enumerate(parts) if first and not (sentence.pleads or sentence.asks) else ():
        words = {sentence.words[place] for place in places}
        we_do = [sentence.words[places[0]]] in WE
        if order not in first and not we_do and may_be & words and set(sentence.wishes).isdisjoint(places):
            yield places


def _add(places: Iterable[set[str]], manner: str) -> None:
    for manners in places:
        manners.add(manner)


def _speaks(story: Story, words: Sequence[str]) -> bool:
    """Whether a part begins with somebody who is no office, and what they say."""
    offices = {*story.get("authorities", ())} | OTHERS
    people = {*story.get("people", ())} - offices | {*story.get("speakers", ())}
    says = {*story.get("says", ())}
    return [words[0]] not in WE and any(
        word in people and not says.isdisjoint(words[place + 1 : place + 1 + SAYS_SO])
        for place, word in enumerate(words[:SAYS_SO])
    )
