"""What of a story was not understood or not used, in its own words, so that nobody takes it as read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from routing.case.deeds import SOMEBODY, US, WISHES
from routing.core.domain import REQUEST
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND, LINKING, MEASURE
from routing.story.acts import Acts
from routing.story.lines import FIRST, HOLDER, Line
from routing.story.questions import asks
from routing.story.sentences import AND, Phrase
from routing.story.signatures import MARKS, PLACES

COUNTS = re.compile(r"^[(]?[a-z0-9][)]$", re.I)
"""What counts off a part of a sentence: `(a) the phones, (b) the money`."""
SHORTEST = 4  # words of a part that may tell something: not `good morning`, `thank you`


class Frame(Record):
    """What does not say what is wished where something is. words: those of a wish itself (`need`, `help`);
    names: the facts that only tell of whom or of what something is (a crime, a child)."""

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def leaves_open(self, phrase: Phrase) -> bool:
        """Whether a phrase does not say what is wished in its sentence."""
        return phrase.topic in (HOLDER, *PLACES, *self.names)


NO_FRAME = Frame()


def unread(
    lines: Sequence[Line],
    acts: Acts,
    times: Iterable[str] = (),
    needs: Iterable[str] = (),
    frame: Frame = NO_FRAME,
) -> tuple[str, ...]:
    """The parts of sentences in which nothing is read, those side by side as one; sentences in which we wish
    something and of which no need is read, and parts with which a wish goes on. times: what is read as the
    time by which something must be there; needs: the words for every need."""
    read, needed = tuple(times), tuple(needs)
    return tuple(
        text
        for number, line in enumerate(lines)
        for text in tuple(_wished(line, read, needed, frame))
        or _each_once(
            tuple(
                part
                for part in (*_unread_of(line), *_goes_on(line, acts, number, needed, frame))
                if not any(time in part for time in read)
            )
        )
    )


def unread_wishes(
    lines: Sequence[Line], acts: Acts, times: Iterable[str], needs: Iterable[str], frame: Frame
) -> Iterator[str]:
    """The sentences of which no more is read than that we wish something, with the parameters of `unread`."""
    read, needed, wishing = tuple(times), tuple(needs), frozenset(acts.wishing())
    for number, line in enumerate(lines):
        if number in wishing and not acts.only_somebody_wishes(number):
            yield from _wished(line, read, needed, frame)


def _each_once(texts: Sequence[str]) -> Iterator[str]:
    """Texts without those that another holds."""
    for text in dict.fromkeys(texts):
        if not any(text in longer and text != longer for longer in texts):
            yield text


def passed_over(lines: Iterable[Line]) -> tuple[str, ...]:
    """What a story names and does not tell, as what is doubted or for another time, in its order."""
    return tuple(
        dict.fromkeys(
            line.sentence.quoted(phrase.mention)
            for line in lines
            for phrase in line.aside
            if phrase.topic != HOLDER and not _is_request(phrase)
        )
    )


def _wished(line: Line, times: Iterable[str], needs: Iterable[str], frame: Frame) -> Iterator[str]:
    """A sentence that says no more than that we wish something, where nothing of what is wished is read."""
    sentence = line.sentence
    if not sentence.wishes or not all(
        frame.leaves_open(phrase) or _is_request(phrase)
        for phrase in (*line.phrases, *line.denied, *line.aside)
    ):
        return
    text = " ".join(sentence.run)
    if _says_more(line, range(len(sentence.words)), frame) and not any(it in text for it in (*times, *needs)):
        yield text.strip(MARKS)


def _goes_on(line: Line, acts: Acts, number: int, needs: Iterable[str], frame: Frame) -> Iterator[str]:
    """The parts of a wish of ours, and those with which it goes on, in which nothing of what is wished is
    read: `we want the car back, and dna from it, the papers`."""
    sentence = line.sentence
    every = (*line.phrases, *line.denied, *line.aside)
    needed = " ".join(needs)
    says = {
        place
        for it in every
        if not (frame.leaves_open(it) or _is_request(it))
        if not (_is_alone(it) and sentence.quoted(it.mention) not in needed)
        for place in it.places
    }
    for places in grouped((part, place) for place, part in enumerate(sentence.parts)).values():
        first, last = places[0], places[-1]
        begins = sentence.run[sentence.begins(first) : sentence.raws[first] + 1]
        here = [it for it in acts.deeds[number] if first <= it.verb <= last]
        adds = not here or sentence.words[first] == AND or any(map(COUNTS.match, begins))
        goes_on = adds and acts.listed_wish(number, first)
        goes_on = goes_on or any(it.who == US and it.says == WISHES and not it.denied for it in here)
        theirs = any(it.who == SOMEBODY for it in here)
        if not goes_on or theirs or not says.isdisjoint(places) or not _says_more(line, places, frame):
            continue
        text = " ".join(sentence.run[sentence.raws[first] : sentence.raws[last] + 1]).strip(MARKS)
        if not any(it in text for it in needs):
            yield text


def leaves_wish(texts: Iterable[str], wishing: Collection[str]) -> bool:
    """Whether one of some texts that were not used asks something, or says that we wish something: `and in
    whose name`, `I would like them to be waiting for it`. wishing: the words of a wish."""
    wished = frozenset(wishing)
    return any(
        asks(words) or not (FIRST.isdisjoint(words) or wished.isdisjoint(words))
        for words in (tidy(it).split() for it in texts)
    )


def _is_alone(phrase: Phrase) -> bool:
    """Whether one word names a measure, which may be there by chance."""
    return phrase.topic == MEASURE and phrase.words == 1


def _says_more(line: Line, places: Iterable[int], frame: Frame) -> bool:
    """Whether words of a sentence say more than that something is wished, and of which State."""
    named = {place for phrase in line.phrases if phrase.topic in PLACES for place in phrase.places}
    rest = {line.sentence.words[place] for place in places if place not in named}
    return any(len(word) > 1 and not word.isdigit() for word in rest - LINKING - frame.words)


def _is_request(phrase: Phrase) -> bool:
    """Whether words only say that we wish something."""
    return phrase.topic == KIND and phrase.mention.targets == (REQUEST,)


def _unread_of(line: Line) -> Iterator[str]:
    sentence = line.sentence
    read = {
        sentence.parts[place]
        for phrase in (*line.phrases, *line.denied, *line.aside)
        if phrase.topic != HOLDER
        for place in phrase.places
    } | line.signed
    run: list[int] = []
    parts = grouped((part, place) for place, part in enumerate(sentence.parts))
    for part, places in (*parts.items(), (None, [])):
        if part is not None and part not in read:
            run += places
            continue
        if len(run) >= SHORTEST:
            text = sentence.run[sentence.begins(run[0]) : sentence.raws[run[-1]] + 1]
            yield " ".join(text).strip(MARKS)
        run = []
