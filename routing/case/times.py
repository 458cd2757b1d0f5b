"""A time in words as days from a day: `tonight`, `in 3 hours`, `Monday`, `by 3 March`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from routing.case.written_day import SLASHED, WEEKDAYS, WITHIN, day_before, day_within, nearest_day, two_days
from routing.core.answer_date import day_fault
from routing.rulebook.mentions import matches, stands_in
from routing.rulebook.spans import HOURS, core_time
from routing.rulebook.spelling import tidy
from routing.rulebook.words import Words

END_OF_WEEK = re.compile(r"end (?:this )?(next )?week|before (?:this )?(next )?weekend")
BY_WEEKEND = re.compile(r"(?:by|until|till) (?:this )?(next )?weekend")
FRIDAY = 4  # with which a week of work ends in most States
WEEKDAY = re.compile(
    r"(one week (?:on |from )?)?(?:(?:next|coming|upcoming|following|first) )*"
    r"(mon|tue|wed|thu|fri|sat|sun|tues|thur|[a-z]{3,6}day)( week)?( next week)?"
)
"""A day of the week, also cut short, the one a week later, `Friday week`, or that of the week after this
one."""
OF_THIS_WEEK = re.compile(
    r"(?:by |on |until )?(?:this week (?:on )?([a-z]{3,6}day)|([a-z]{3,6}day) (?:of )?this week)"
)
CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])(?: [0-5]\d)? ?(?:am|pm|a m|p m|h|o clock)|(?:[01]?\d|2[0-3]) [0-5]\d(?: h)?"
)
"""A time of the day, which is one of today: `6 pm`, `18:00`."""
LAST_WEEKDAY = re.compile(
    r"(last |on |this week )?(mon|tue|wed|thu|fri|sat|sun|[a-z]{3,6}day)"
    r"(?: (?:morning|afternoon|evening|night))?"
)
AGO = re.compile(r"(?:about |around |some )?(.+) ago", re.IGNORECASE)
GONE = {
    **dict.fromkeys(("today", "this morning", "this afternoon", "just now", "earlier today"), 0),
    **dict.fromkeys(("yesterday", "last night", "yesterday morning", "yesterday afternoon"), 1),
    **dict.fromkeys(("yesterday evening", "yesterday night"), 1),
    **dict.fromkeys(("day before yesterday", "before yesterday"), 2),
}
"""Days that have passed; `last week` may be seven of them, and is asked back."""
GONE_BY = frozenset({"was", "were", "since"})
"""Words before a day that has passed: `he was taken on Thursday`."""
OF_A_SPAN = frozenset({"from", "to", "until", "till", "since", "after", "of", "dated", "and"})
"""Words before a day that begins or ends a time, or on which something was written."""
NEAR_A_DAY = frozenset({"before", "after", "last", "from", "until", "every", "each", "on"})
"""Words before a day that change it, or are read with it."""
NOT_BY_ITSELF = frozenset({"now", "hour", "day", "urgently"})
"""Words that name no time where they stand among others."""
LONGEST_AGO = 3660  # days
LONGEST_TIME = 5  # words
SIGNS = ",;:()?!."
"""What stands beside the words of a time."""
COUNTS = frozenset({*HOURS, *WEEKDAYS, "before", "after", "weekend"})
LONGEST_TEXT = 40  # words that are searched for a time
COUNTED_FROM = re.compile(r"(.+\D) (?:from|after|since) (.*\d.*)", re.IGNORECASE)
"""A time that runs from a day: `60 days from 9 Nov`."""
BEFORE = re.compile(r"^\s*before\b", re.IGNORECASE)


class NamedTime(NamedTuple):
    """A time that a text names: from which of its words to which, the days to it, and how it is written."""

    start: int
    end: int
    days: int
    phrase: str


def days_in_words(words: Words, text: str, as_of: date | None) -> int | None:
    """The days that a time in words leaves; None where it is none, or a weekday and the day is not known."""
    if _ends_with(tidy(text).split(), words.story.get("so_far", ())):
        return None
    days = words.days(text)
    if days is None and CLOCK.fullmatch(tidy(text).removeprefix("by ").removeprefix("before ")):
        return 0
    if days is not None or as_of is None:
        return days
    core = core_time(text)
    if week := END_OF_WEEK.fullmatch(core) or BY_WEEKEND.fullmatch(tidy(text)):
        left = FRIDAY - as_of.weekday() + 7 * any(week.groups())
        return (
            left if left >= 0 else None
        )  # said on a Saturday, the end of this week may be a day or a week away
    here = OF_THIS_WEEK.fullmatch(tidy(text))
    if here and (day := here[1] or here[2]) in WEEKDAYS:
        left = WEEKDAYS.index(day) - as_of.weekday()
        return left if left >= 0 else None
    named = WEEKDAY.fullmatch(core)
    name = named[2] if named else None
    ahead = next((at for at, day in enumerate(WEEKDAYS) if name and day.startswith(name)), None)
    if named is None or ahead is None:
        return None
    if named[4]:
        return 7 - as_of.weekday() + ahead
    return ((ahead - as_of.weekday()) % 7 or 7) + 7 * bool(named[1] or named[3])


def days_until(words: Words, text: str, as_of: date) -> int | None:
    """The days to a time in words, or to a date; None where it is neither."""
    days = days_in_words(words, text, as_of)
    days = _days_counted(words, text, as_of) if days is None else days
    return days_to(text, as_of) if days is None else days


def _days_counted(words: Words, text: str, as_of: date) -> int | None:
    """The days that are left of a time which runs from a day; of one that can be two, the sooner end that is
    still to come. None where a text tells none."""
    match = COUNTED_FROM.fullmatch(text.strip())
    days = words.days(match[1]) if match else None
    if match is None or days is None or days > LONGEST_AGO:
        return None
    begins = two_days(match[2]) or (day_before(match[2], as_of),)
    left = sorted((begin - as_of).days + days for begin in begins if begin)
    return next((it for it in left if it >= 0), None)


def how_pressing(words: Words, text: str, as_of: date | None) -> tuple[int | None, str] | None:
    """The days that the words for how urgent something is leave, with what was read of them; no days where
    they say only that it is not, or when something is lost, which is read by itself. None where they say
    neither."""
    time_left = _time_within(words, text, as_of) if as_of is not None else None
    if time_left is not None:
        days, phrase = time_left
        rest = "" if tidy(phrase) == tidy(text) else f", of `{phrase}`; the rest is kept as a note"
        return days, f"is read as {in_words(days)}{rest}"
    if any(words.mentions(topic, text) for topic in words.story.get("of_loss", ())):
        return None, "tells when something is lost, and not by when an answer is needed"
    if stands_in(tidy(text).split(), words.story.get("no_hurry", ())):
        return None, "names no time by which it is needed"
    return None


def in_words(days: int) -> str:
    """How many days are left, as a person reads it."""
    return f"{days} day{'' if days == 1 else 's'}" if days else "today"


def soonest_named(words: Words, text: str, as_of: date | None) -> tuple[int, str] | None:
    """The days to the soonest time to come that a line names which is called by when something is needed,
    with what was read of it: `the buyer visits on 4 December, and signs perhaps on the 10th`. None where it
    names none, or counts from something else."""
    tokens = text.split()[:LONGEST_TEXT]
    if as_of is None or len(tokens) < LONGEST_TIME:
        return None
    no_end = (*words.story.get("how_often", ()), *words.story.get("lasting", ()))

    def is_time(start: int, end: int, phrase: str) -> bool:
        return tidy(phrase) not in NOT_BY_ITSELF and ("," not in phrase or end - start == 1)

    def is_end(time: NamedTime) -> bool:
        before = tidy(" ".join(tokens[: time.start])).split()
        led = _ends_with(before, no_end) or not GONE_BY.isdisjoint(before[-2:])
        return not led and not runs_on(words, tokens[time.end :])

    ends = [time for time in times_in(words, tokens, as_of, is_time) if is_end(time)]
    if not ends:
        return None
    days, phrase = min((time.days, time.phrase) for time in ends)
    return days, f"is read as {in_words(days)}, of `{phrase}`, the soonest time that it names"


def pressing_by_name(words: Words, text: str, as_of: date | None) -> tuple[int | None, str] | None:
    """The same of a line that is called by when something is needed, of which the soonest time counts."""
    return how_pressing(words, text, as_of) or soonest_named(words, text, as_of)


def says_when(words: Words, text: str, as_of: date) -> bool:
    """Whether a text says when something is needed or lost, or that there is no hurry."""
    return days_in_words(words, text, as_of) is not None or how_pressing(words, text, as_of) is not None


def names_time_to_come(words: Words, text: str, as_of: date | None) -> bool:
    """Whether a text names a time from a day on by which something may be needed."""
    pressing = how_pressing(words, text, as_of)
    return pressing is not None and pressing[0] is not None


def _time_within(words: Words, text: str, as_of: date) -> tuple[int, str] | None:
    """The days that the one time in a text leaves, with its words: `two months is ok`, `normal, by 3 March`.
    None where it names none or several, where only one word of a part may be one (`before Friday`), and
    where the rest counts time as well (`before lunch next year`)."""
    times: list[NamedTime] = []
    counts = False
    for part in text.split(",")[:LONGEST_TEXT]:
        tokens = part.split()[:LONGEST_TEXT]

        def is_time(start: int, end: int, _: str, tokens: Sequence[str] = tokens) -> bool:
            before = tidy(" ".join(tokens[:start])).split()
            lasts = _ends_with(before, words.story.get("how_often", ()))
            alone = end - start == 1 and len(tokens) > 1
            return (
                not lasts
                and GONE_BY.isdisjoint(before)
                and not (alone and not _ends_with_a_day(words, tokens, start))
            )

        of_part: list[NamedTime] = []
        for time in times_in(words, tokens, as_of, is_time):
            if runs_on(words, tokens[time.end :]):
                days_left = _left_since(time.days, text, as_of)
                return (days_left, time.phrase) if days_left is not None else None
            of_part.append(time)
        spent = {place for time in of_part for place in range(time.start, time.end)}
        rest = [token for place, token in enumerate(tokens) if place not in spent]
        also = not COUNTS.isdisjoint(tidy(" ".join(rest)).split())
        counts = counts or (also and bool(of_part or any(map(str.isdigit, "".join(rest)))))
        times += of_part
    one_time = len({time.days for time in times}) == 1
    return (times[0].days, times[0].phrase) if one_time and not counts else None


def runs_on(words: Words, after: Sequence[str]) -> bool:
    """Whether a time runs from what is named after it: `60 days from the arrest`."""
    compared = tidy(" ".join(after[:3])).split()
    return any(start == 0 for _, start, _ in matches(compared, words.story.get("runs_from", ())))


def spans_in(words: Words, text: str) -> tuple[int, ...]:
    """Where each span of time in a text ends, as the number of its words: `60 days`."""
    tokens = text.split()[:LONGEST_TEXT]
    pairs = (" ".join(tokens[start : start + 2]) for start in range(len(tokens) - 1))
    return tuple(
        start + 2 for start, pair in enumerate(pairs) if pair[:1].isdigit() and words.days(pair) is not None
    )


def _left_since(days: int, text: str, as_of: date) -> int | None:
    """The days that are left of a time which runs from the day gone that a text names; None where it names
    none."""
    tokens = [token.strip(SIGNS) for token in text.split()[:LONGEST_TEXT]]
    spans = (span for start in range(len(tokens)) for _, span in _from(tokens, start))
    for span in spans:
        begins = two_days(span) or ((day_before(span, as_of),) if any(map(str.isdigit, span)) else ())
        left = sorted(days - (as_of - day).days for day in begins if day and day < as_of)
        if left:
            return next((it for it in left if it >= 0), None)
    return None


def _ends_with_a_day(words: Words, tokens: Sequence[str], start: int) -> bool:
    """Whether a part ends with a day that no word before it changes: `he signs Thursday`, `date is 10/12`."""
    led = tidy(" ".join(tokens[start - 1 : start]))
    last = start == len(tokens) - 1
    day = tokens[start].strip(".!?").lower()
    named = day in WEEKDAYS or any(it.fullmatch(day) for it in (SLASHED, WITHIN))
    return last and (named or day in words.story.get("to_come", ())) and led not in NEAR_A_DAY


def days_pressing(words: Words, text: str, as_of: date | None) -> int | None:
    """The days to the time with which the words for a measure end, where they say that it is still to come:
    `freeze it tonight`, `the logs before they are deleted on Friday`. None where they name none, or it may
    have passed: `the transfers on Friday`."""
    for before, rest in _ends(text, LONGEST_TIME):
        days = days_in_words(words, rest, as_of)
        if days is not None:
            if _ends_with(before, words.story.get("lasting", ())):
                return None
            time = tidy(rest).split()
            begins = any(start == 0 for _, start, _ in matches(time, words.story.get("ahead", ())))
            ahead = begins or stands_in(before, words.story.get("ahead_of", ()))
            return days if ahead else None
    return None


def days_to_day_in(text: str, as_of: date) -> int | None:
    """The days to the one day with its year that a text names, where it is to come and ends or begins no
    span of time: `follow the van on 4 Dec 2026`. None elsewhere."""
    wording = " ".join(text.casefold().split())
    named = tuple(WITHIN.finditer(wording))
    day = day_within(text, as_of) if len(named) == 1 else None
    spans = not OF_A_SPAN.isdisjoint(tidy(wording[: named[0].start()]).split()[-1:]) if named else True
    return (day - as_of).days if day and not spans else None


def days_to_event(words: Words, text: str, as_of: date) -> int | None:
    """The days to what a text names with its time, `the hearing on 3 March`; None where it names none."""
    for before, rest in _ends(text):
        if _ends_with(before, words.story.get("due", ())):
            days = days_until(words, rest, as_of)
            if days is not None:
                return max(0, days - 1) if days > 0 and BEFORE.match(text) else days
    return None


def soonest_event(words: Words, text: str, as_of: date) -> int | None:
    """The days to what a line names with its time, or to a sooner time that it names as well."""
    event, named = days_to_event(words, text, as_of), soonest_named(words, text, as_of)
    return min(event, named[0]) if event is not None and named else event


def times_in(
    words: Words, tokens: Sequence[str], as_of: date, is_time: Callable[[int, int, str], bool]
) -> Iterator[NamedTime]:
    """The times to come that words name, from left to right, each as long as it can be; none within another.

    is_time: whether the words from a place to another, as they are written, may be a time."""
    start = 0
    while start < len(tokens):
        for end, written in _from(tokens, start):
            phrase = written.strip(SIGNS)
            days = days_until(words, phrase, as_of)
            if days is not None and days >= 0 and is_time(start, end, phrase):
                yield NamedTime(start, end, days, phrase)
                start = end - 1
                break
        start += 1


def _from(tokens: Sequence[str], start: int) -> Iterator[tuple[int, str]]:
    """Each phrase that may be a time and begins at a place, the longest first, with where it ends."""
    for end in range(min(len(tokens), start + LONGEST_TIME), start, -1):
        yield end, " ".join(tokens[start:end])


def _ends(text: str, longest: int | None = None) -> Iterator[tuple[list[str], str]]:
    """Each way to part a text in two, the longest end first: the words before as they are compared, and the
    end as it is written. longest: of how many words at most."""
    tokens = text.split()
    first = max(1, len(tokens) - longest) if longest else 1
    for place in range(first, len(tokens)):
        yield tidy(" ".join(tokens[:place])).split(), " ".join(tokens[place:])


def _ends_with(words: Sequence[str], cues: Iterable[str]) -> bool:
    return any(end == len(words) for _, _, end in matches(words, cues))


def day_gone(words: Words, text: str, as_of: date) -> date | None:
    """A day that has passed, in words: `yesterday`, `two weeks ago`, `last Friday`, `today`; None where
    it is none."""
    compared = tidy(text)
    named = LAST_WEEKDAY.fullmatch(compared)
    ahead = next((at for at, day in enumerate(WEEKDAYS) if named and day.startswith(named[2])), None)
    if named and ahead is not None and named[1] != "last ":
        later = ahead > as_of.weekday() and named[1] == "this week "
        if later or ahead == as_of.weekday():
            return None  # `on Friday`, said on a Friday, may be today
    ago = AGO.fullmatch(text.strip())
    gone = GONE.get(compared)
    if ahead is not None:
        gone = (as_of.weekday() - ahead) % 7 or 7
    elif ago:
        gone = words.days(ago[1])
    return as_of - timedelta(gone) if gone is not None and gone <= LONGEST_AGO else None


def days_to(text: str, as_of: date) -> int | None:
    """The days to a date, fewer than none to one that has passed; None where the text names no date. Of a day
    and a month that can be read both ways the sooner is meant, and one that was a short while ago is not that
    of next year."""
    meant = nearest_day(text, as_of) if day_fault(text) else date.fromisoformat(text)
    return (meant - as_of).days if meant else None
