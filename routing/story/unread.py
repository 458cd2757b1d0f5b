"""What of a story was not understood or not used, in its own words, so that nobody takes it as read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from routing.core.domain import REQUEST
from routing.core.grouping import grouped
from routing.rulebook.words import KIND, LINKING
from routing.story.lines import HOLDER, Line
from routing.story.sentences import Phrase
from routing.story.signatures import MARKS, PLACES

SHORTEST = 4  # words of a part that may tell something: not `good morning`, `thank you`


def unread(
    lines: Iterable[Line],
    times: Iterable[str] = (),
    needs: Iterable[str] = (),
    frame: Collection[str] = (),
) -> tuple[str, ...]:
    """The parts of sentences in which nothing is read, those side by side as one; and sentences in which we
    wish something and of which no need is read. times: what is read as the time by which something must be
    there; needs: the words for every need; frame: words of a wish that do not say what is wished."""
    read = tuple(times)
    needed, frame = tuple(needs), frozenset(frame)
    every = (text for line in lines for text in (*_unread_of(line), *_wished(line, read, needed, frame)))
    return tuple(text for text in every if not any(time in text for time in read))


def passed_over(lines: Iterable[Line]) -> tuple[str, ...]:
    """What a story names and does not tell, as what is doubted or for another time, in its order."""
    return tuple(
        dict.fromkeys(
            line.sentence.quoted(phrase.mention)
            for line in lines
            for phrase in line.aside
            if phrase.topic != HOLDER
        )
    )


def _wished(line: Line, times: Iterable[str], needs: Iterable[str], frame: Collection[str]) -> Iterator[str]:
    """A sentence that says no more than that we wish something, where nothing of what is wished is read."""
    sentence = line.sentence
    if not sentence.wishes or any(
        phrase.topic != HOLDER and not _is_frame(phrase)
        for phrase in (*line.phrases, *line.denied, *line.aside)
    ):
        return
    text = " ".join(sentence.run)
    named = {place for phrase in line.phrases if phrase.topic in PLACES for place in phrase.places}
    rest = {word for place, word in enumerate(sentence.words) if place not in named} - LINKING - set(frame)
    if rest and not any(words in text for words in (*times, *needs)):
        yield text.strip(MARKS)


def _is_frame(phrase: Phrase) -> bool:
    """Whether words only say that something is wished, and of which State."""
    return phrase.topic in PLACES or (phrase.topic == KIND and phrase.mention.targets == (REQUEST,))


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
            first = sentence.raws[run[0] - 1] + 1 if run[0] else 0
            yield " ".join(sentence.run[first : sentence.raws[run[-1]] + 1]).strip(MARKS)
        run = []
