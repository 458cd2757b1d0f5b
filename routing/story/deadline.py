"""By when a story says that something must be there: the soonest day of those it names for it.

A time presses where words lead to it that tell of an end (`the trial is on`), where it ends what is wished or
planned (`hear her before 20 January`, `the car will cross tomorrow`), and where it is that of a danger. What
runs from a day that has passed is counted from there: `within 14 days of receipt, received on Wednesday`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from routing.case.deeds import BE, DID, MUST_BE, PLANS, SOMEBODY, WAS, WISHES, Deed
from routing.case.months import ENGLISH
from routing.case.times import GONE, LONGEST_TIME, day_gone, days_until
from routing.case.written_day import two_days, written_day
from routing.core.records import Record, replace
from routing.rulebook.mentions import Mention, matches
from routing.rulebook.model import Rulebook
from routing.rulebook.words import Words
from routing.story.acts import Acts
from routing.story.lines import Line
from routing.story.needs import Want
from routing.story.readings import Reading
from routing.story.signatures import PLACES

FURTHEST = 400  # days; what is later than that presses nobody
LONGEST_RUN = 120  # days since what runs began
SHORTENED = 3  # letters of the name of a month
OF_MONTHS = frozenset({"in", "before", "by", "early", "beginning"})
ABSENT = 7  # words from `on leave`, or from a promise, to its day
THEN, PAST = "then", "ed"
OUGHT = frozenset({("should", "have"), ("could", "have"), ("would", "have")})
"""What was to be and was not: `he should have brought her back on Sunday`."""
NOT, NOT_BY = ("not",), (("not", "by"), ("not", "on"), ("not", "for"))
UNITS = frozenset({"minute", "hour", "day", "week", "month", "year"})


class _Time(Record):
    """A time in a sentence: in how many days, and where its words begin and end."""

    days: int
    start: int
    end: int


def due(rulebook: Rulebook, lines: Sequence[Line], as_of: date) -> tuple[Reading, ...]:
    """The soonest time by which something must be there, as days from a day; empty where none is told."""
    deeds = Acts(rulebook, lines).deeds
    return _soonest(
        rulebook,
        [
            (days, line.sentence.quoted(Mention("", (), time.start, time.end)))
            for number, line in enumerate(lines)
            for time in _times(rulebook, line, as_of)
            if (days := _pressing(rulebook, lines, number, deeds[number], time, as_of)) is not None
        ],
    )


def with_own_times(
    rulebook: Rulebook, lines: Sequence[Line], wants: Iterable[Want], of_case: Iterable[Reading], as_of: date
) -> Iterator[Want]:
    """The needs, each with the time that its own sentence tells and no other does. of_case: by when something
    must be there, by the whole story."""
    days = {it.value for it in of_case}
    for want in wants:
        there = [line for line in lines if want.phrase in " ".join(line.sentence.run)]
        own = due(rulebook, there, as_of) if days and len(there) == 1 else ()
        yield (
            replace(want, days=own[0].value, due=own[0].phrase) if own and own[0].value not in days else want
        )


def due_by_name(
    rulebook: Rulebook, lines: Sequence[Line], as_of: date, story_lines: Sequence[Line] = ()
) -> tuple[Reading, ...]:
    """The soonest time in what a line says that is called by when something must be there; empty where it
    tells none. Its name alone leads to it. story_lines: everything that is told, where the arrest may stand
    from which a time runs."""
    story = rulebook.words.story
    times: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        for time in _times(rulebook, line, as_of):
            phrase = line.sentence.quoted(Mention("", (), time.start, time.end))
            from_what = matches(line.sentence.words, story.get("runs_from", ()))
            runs = any(start == time.end for _, start, _ in from_what)
            since = _since(rulebook, lines, number, time, as_of) if runs else 0
            if since is None:
                since = _since_arrest(rulebook, story_lines, time, as_of)
            if since is not None and not _is_no_end(line, time, story):
                times.append((max(0, time.days - since), phrase))
    return _soonest(rulebook, times)


def _soonest(rulebook: Rulebook, times: Collection[tuple[int, str]]) -> tuple[Reading, ...]:
    """The soonest of some times, each as its days and its words."""
    if not times:
        return ()
    days, phrase = min(times)
    says = f"in {days} day{'' if days == 1 else 's'}" if days else "today"
    fact = rulebook.facts[rulebook.clocks.needed]
    return (Reading(phrase, fact.id, str(days), fact.asks, says),)


def _pressing(
    rulebook: Rulebook, lines: Sequence[Line], number: int, deeds: Sequence[Deed], time: _Time, as_of: date
) -> int | None:
    """In how many days a time presses; None where it presses nobody."""
    line, story = lines[number], rulebook.words.story
    words = line.sentence.words
    if _is_no_end(line, time, story) or _has_come(line, time, story) or _is_away(line, time, story):
        return None
    runs = any(start == time.end for _, start, _ in matches(words, story.get("runs_from", ())))
    held = _led_to(line, time, story.get("held_for", ()))
    if runs or held:
        since = _since(rulebook, lines, number, time, as_of)
        if since is None and runs:
            since = _since_arrest(rulebook, lines, time, as_of)
        return max(0, time.days - since) if since is not None else time.days if held else None
    presses = _led_to(line, time, story.get("due", ())) or _ends(rulebook, line, deeds, time)
    return time.days if presses else None


def _is_no_end(line: Line, time: _Time, story: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a time ends what lies behind (`from June until now`), or only begins what is said next (`now
    we want`)."""
    words = line.sentence.words
    past = any(end == time.end for _, _, end in matches(words, story.get("looks_back", ())))
    led = words[max(0, time.start - 2) : time.start]
    denied = led[-1:] == NOT or led in NOT_BY  # `by minutes, not by Friday`
    opens = not time.start and any(it.mention.start == time.end for it in line.of(*PLACES))  # `now Lima asks`
    return (
        past
        or denied
        or opens
        or any(start <= time.start < end for _, start, end in matches(words, story.get("not_a_time", ())))
    )


def _has_come(line: Line, time: _Time, story: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a time of today is that at which something came to us: `the request arrived today`, which
    `it must be received today` is not."""
    words = line.sentence.words
    came = {it.split()[0] for it in story.get("came_to_us", ())} - WAS
    led = words[max(0, time.start - 3) : time.start]
    here = bool(led) and led[-1] in came and BE.isdisjoint(led)
    return here and " ".join(words[time.start : time.end]) in GONE


def _is_away(line: Line, time: _Time, story: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a time ends or begins only the absence of somebody, or what somebody promises, as told right
    before it: `he is on leave till the 5th`, `they say the papers come by March`."""
    led = line.sentence.words[max(0, time.start - ABSENT) : time.start]
    return any(matches(led, (*story.get("on_leave", ()), *story.get("promised", ()))))


def _led_to(line: Line, time: _Time, cues: Collection[str]) -> bool:
    """Whether words lead to a time, also as its first (`before the weekend`), or with a place between: `the
    hearing in Lima on`."""
    named = {phrase.mention.start: phrase.mention.end for phrase in line.of(*PLACES)}
    return any(
        time.start in (end - 1, end, named.get(end, end)) for _, _, end in matches(line.sentence.words, cues)
    )


def _ends(rulebook: Rulebook, line: Line, deeds: Sequence[Deed], time: _Time) -> bool:
    """Whether a time is that of a danger, or ends what is wished, planned or must be."""
    sentence, story = line.sentence, rulebook.words.story
    before = sentence.words[max(0, time.start - 2) : time.start]
    ahead = any(end == len(before) for _, _, end in matches(before, story.get("ends_by", ())))
    part = sentence.parts[time.start]
    alone = [at for at, of in enumerate(sentence.parts) if of == part] == [*range(time.start, time.end)]
    if alone and sentence.words[time.end : time.end + 1] == (THEN,):
        return True  # `two hours, then it is dark`
    lasts = any(end == len(before) for _, _, end in matches(before, story.get("lasting", ())))
    often = any(end == len(before) for _, _, end in matches(before, story.get("how_often", ())))
    if lasts or often or (not ahead and not UNITS.isdisjoint(sentence.words[time.start : time.end])):
        return False
    clause = next((it for it in deeds if it.start <= time.start < it.end), None)
    dangers = (
        it
        for it in line.phrases
        if (fact := rulebook.facts.get(it.topic)) and not set(fact.urgent).isdisjoint(it.mention.targets)
    )
    if any(clause and clause.start < it.mention.end and it.mention.start < clause.end for it in dangers):
        return True
    if clause is None or clause.says == DID or clause.denied or sentence.asks:
        return False
    if any(it in OUGHT for it in pairwise(sentence.words[clause.start : time.start])):
        return False
    theirs = clause.who == SOMEBODY and clause.says == WISHES
    was = clause.verb >= 0 and sentence.words[clause.verb].endswith(PAST)  # `we asked them in March`
    comes = any(start == time.start for _, start, _ in matches(sentence.words, story.get("to_come", ())))
    return ahead or comes or (clause.says in (PLANS, WISHES, MUST_BE) and not (theirs or was))


def _times(rulebook: Rulebook, line: Line, as_of: date) -> Iterator[_Time]:
    """The times of a sentence that are still to come, each as the words that leave the same days without
    the word that leads to it (`on Friday`), if that says no more."""
    sentence, story = line.sentence, rulebook.words.story
    leads = {*story.get("leads", ()), *(it for end in story.get("ends_by", ()) for it in end.split())}

    def days(start: int, end: int) -> int | None:
        return days_until(rulebook.words, sentence.quoted(Mention("", (), start, end)), as_of)

    for place, word in enumerate(sentence.words):
        begins = _begins_in(sentence.before(place), word, as_of)
        if begins is not None and days(place, min(place + 2, len(sentence.words))) is None:
            yield _Time(begins, place, place + 1)
    place = 0
    while place < len(sentence.words):
        ends = range(min(place + LONGEST_TIME, len(sentence.words)), place, -1)
        end = next((end for end in ends if days(place, end) is not None), place + 1)
        left = days(place, end)
        if left is not None and 0 <= left <= FURTHEST:
            led = next((it for it in range(place, end) if sentence.words[it] not in leads), end - 1)
            same = (it for it in range(place, led + 1) if days(it, end) == left)
            yield _Time(left, max(same), end)
        place = end


def _begins_in(before: str, word: str, as_of: date) -> int | None:
    """In how many days a month begins that is named alone (`the trial is in January`), the next of that name;
    None of one that runs, and of another word."""
    month = next((at for at, name in enumerate(ENGLISH, 1) if word in (name, name[:SHORTENED])), 0)
    if not month or month == as_of.month or before not in OF_MONTHS:
        return None
    return (date(as_of.year + (month < as_of.month), month, 1) - as_of).days


def _since(rulebook: Rulebook, lines: Sequence[Line], number: int, time: _Time, as_of: date) -> int | None:
    """How many days ago began what runs to a time, as its sentence or one beside it tells; None where none
    does."""
    for at in (number, number - 1, number + 1):
        words = lines[at].sentence.words if 0 <= at < len(lines) else ()
        spans = (
            (start, end)
            for start in range(len(words))
            for end in range(min(start + LONGEST_TIME, len(words)), start, -1)
            if at != number or end <= time.start or time.end <= start
        )
        for start, end in spans:
            quoted = lines[at].sentence.quoted(Mention("", (), start, end))
            if days := _gone(rulebook.words, quoted, as_of):
                return _of_two(days, time)
    return None


def _since_arrest(rulebook: Rulebook, lines: Sequence[Line], time: _Time, as_of: date) -> int | None:
    """The same for what runs from an arrest of which another sentence tells with its day."""
    arrests = frozenset(rulebook.words.story.get("arrests", ()))
    for line in lines:
        words = line.sentence.words
        begins = next((at for at, word in enumerate(words) if word in arrests), len(words))
        for start in range(begins + 1, len(words)):
            for end in range(min(start + LONGEST_TIME, len(words)), start, -1):
                quoted = line.sentence.quoted(Mention("", (), start, end))
                if days := _gone(rulebook.words, quoted, as_of):
                    return _of_two(days, time)
    return None


def _of_two(days: Collection[int], time: _Time) -> int:
    """Of how many days ago something may have begun the most that leave the time to come."""
    return max((it for it in days if it <= time.days), default=min(days))


def _gone(words: Words, text: str, as_of: date) -> tuple[int, ...]:
    """How many days ago a day was that is not long gone, in words or as a date without its year; of one in
    figures that can be two, both."""
    day = day_gone(words, text, as_of) or written_day(text, as_of - timedelta(LONGEST_RUN))
    days = (day,) if day else two_days(text)
    return tuple((as_of - it).days for it in days if 0 <= (as_of - it).days <= LONGEST_RUN)


def days_gone(words: Words, text: str, as_of: date) -> tuple[date, ...]:
    """The days, not long gone, that a text may name."""
    return tuple(as_of - timedelta(days) for days in _gone(words, text, as_of))
