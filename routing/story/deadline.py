"""By when a story says that something must be there: the soonest day of those it names for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from routing.case.times import LONGEST_TIME, days_until
from routing.rulebook.mentions import Mention, standing
from routing.rulebook.model import Rulebook
from routing.story.lines import Line
from routing.story.readings import Reading
from routing.story.signatures import PLACES

FURTHEST = 400  # days; what is later than that presses nobody


def due(rulebook: Rulebook, told: Iterable[Line], as_of: date) -> tuple[Reading, ...]:
    """The soonest time by which something must be there, as days from a day; empty where none is told."""
    cues = rulebook.words.story.get("due", ())
    times = [
        time for line in told for place in _after(line, cues) if (time := _time(rulebook, line, place, as_of))
    ]
    if not times:
        return ()
    days, phrase = min(times)
    says = f"in {days} day{'' if days == 1 else 's'}" if days else "today"
    fact = rulebook.facts[rulebook.clocks.needed]
    return (Reading(phrase, fact.id, str(days), fact.asks, says),)


def _after(line: Line, cues: Iterable[str]) -> Iterator[int]:
    """The places after words that lead to a time, with the last of them (`before the weekend`), and after a
    place between: `the hearing in Lima on`."""
    words = line.sentence.words
    named = {phrase.mention.start: phrase.mention.end for phrase in line.of(*PLACES)}
    for _, _, end in standing(words, cues):
        yield from (place for place in (end - 1, end, named.get(end, end)) if place < len(words))


def _time(rulebook: Rulebook, line: Line, start: int, as_of: date) -> tuple[int, str] | None:
    """The time of most words that begins at a place, in days, with its words."""
    sentence = line.sentence
    for end in range(min(start + LONGEST_TIME, len(sentence.words)), start, -1):
        phrase = sentence.quoted(Mention("", (), start, end))
        days = days_until(rulebook.words, phrase, as_of)
        if days is not None:
            return (days, phrase) if 0 <= days <= FURTHEST else None
    return None
