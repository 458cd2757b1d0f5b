"""What of a story was not understood or not used, in its own words, so that nobody takes it as read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.core.grouping import grouped
from routing.story.lines import HOLDER, Line
from routing.story.signatures import MARKS

SHORTEST = 4  # words of a part that may tell something: not `good morning`, `thank you`


def unread(lines: Iterable[Line], times: Iterable[str] = ()) -> tuple[str, ...]:
    """The parts of sentences in which nothing is read; those side by side as one. times: what is read as the
    time by which something must be there."""
    read = tuple(times)
    every = (text for line in lines for text in _unread_of(line))
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
