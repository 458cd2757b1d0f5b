"""The times on a pathway's card, as they read in a case.

A card's `time` may hold:
  least_days, most_days    the usual time until there is a result
  limit                    the limit in words
  holds_days, prolonged_days   how long what is held is kept, and how long if that is prolonged
  answers, objections      rows of `days` or `hours`, the first whose `when` surely holds
  runs_from                the event from which the limit runs
  wished_from_days         from so many days on, the day that a case names is a wish; a nearer one tells
                           that somebody may be gone, and is none for our papers
  wished_says              what is said of that day, where it may be another than the one of an answer
  may_end, ends            rows of `days` after which what was done may end, and ends; `runs_from` there
                           names the event in words
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from routing.case.facts import Facts
from routing.core.domain import Pathway
from routing.evaluate.findings import Findings
from routing.plan.applicable import applicable
from routing.plan.manner import holds, manner
from routing.plan.model import Deadline

Speaks = Callable[[tuple[str, ...]], tuple[str, ...]]
WISHED = 180
"""Days from which a day that is named is a wish for which nobody hurries, where the usual time is longer."""


def time_of(pathway: Pathway, facts: Facts | None = None) -> Mapping[str, object]:
    """The times on a card, in the manner of a case if one is given; empty where it gives none."""
    time = (pathway.card if facts is None else manner(pathway, facts)).get("time")
    return time if isinstance(time, dict) else {}


def days(time: Mapping[str, object], key: str) -> int | None:
    word = str(time.get(key) or "")
    return int(word) if word.isdigit() else None


def expected(time: Mapping[str, object]) -> str:
    """The usual time in words, as `3 to 30 days` or `up to 1 day`."""
    least, most = days(time, "least_days"), days(time, "most_days")
    if most is None:
        return ""
    if most == 0:
        return "hours"
    number = f"{most} day{'s' if most != 1 else ''}"
    if least == 0:
        return f"up to {number}"
    return number if least in (None, most) else f"{least} to {number}"


def limit_of(time: Mapping[str, object], speaks: Speaks) -> Deadline | None:
    """The limit and the usual time of a pathway, in words.

    speaks: which of the provisions behind it reach the case. A limit whose provisions do not reach it is not
    told.
    """
    if not time:
        return None
    limit, refs = str(time.get("limit") or ""), references(time.get("basis"))
    source = speaks(refs)
    reaches = bool(source) or not refs
    return Deadline(
        limit=limit if limit != "none" and reaches else "",
        source=", ".join(source),
        expected=expected(time),
        runs_from=str(time.get("runs_from") or "") if limit != "none" and reaches else "",
    )


def number_of(facts: Facts, name: str) -> int | None:
    value = facts.get(name)
    return value.number if value is not None else None


def row_of(rows: object, findings: Findings) -> tuple[int, str, str] | None:
    """The first row that surely applies and whose provision reaches the case: hours, the term in words, and
    the provision."""
    applying = _applying_row(rows, findings)
    return applying and applying[1]


def _applying_row(
    rows: object, findings: Findings
) -> tuple[Mapping[str, object], tuple[int, str, str]] | None:
    """The first row that surely applies and whose provision reaches the case, with what `row_of` gives."""
    for row in rows if isinstance(rows, list) else ():
        refs = references(row.get("basis"))
        reaching = applicable(findings, refs)
        if holds(row.get("when"), findings.facts) and (reaching or not refs):
            unit = "hours" if "hours" in row else "days"
            count = int(row[unit])
            hours = count if unit == "hours" else count * 24
            return row, (hours, str(row.get("says") or f"{count} {unit}"), ", ".join(reaching))
    return None


def owed_on(rows: object, findings: Findings, as_of: date) -> tuple[date, str, str, str] | None:
    """The day on which we owe the answer, its term, its provision, and the event from which it runs in words;
    None while it is not told how many days ago that was."""
    applying = _applying_row(rows, findings)
    if applying is None:
        return None
    row, (hours, words, where) = applying
    since = number_of(findings.facts, str(row["from"])) if row.get("from") else None
    if since is None:
        return None
    return as_of + timedelta(days=hours // 24 - since), words, where, str(row.get("runs_from") or "")


def longest_of(pathway: Pathway, findings: Findings) -> int:
    """The days that a result can take: the limit that applies where there is one, else the usual time at its
    longest."""
    time = time_of(pathway, findings.facts)
    row = row_of(time.get("answers"), findings)
    return -(-row[0] // 24) if row is not None else days(time, "most_days") or days(time, "least_days") or 0


def soonest_of(pathway: Pathway, findings: Findings) -> int | None:
    """The fewest days until a result, in the manner of the case; a limit in hours that applies counts."""
    time = time_of(pathway, findings.facts)
    least, row = days(time, "least_days"), row_of(time.get("answers"), findings)
    return min(least, row[0] // 24) if least is not None and row is not None else least


def references(basis: object) -> tuple[str, ...]:
    return (basis,) if isinstance(basis, str) else tuple(basis) if isinstance(basis, (list, tuple)) else ()


def speaks_of_a_person(needed: int, time: Mapping[str, object]) -> bool:
    """Whether the day that is named is one on which somebody may be gone, and none for our papers."""
    least = days(time, "wished_from_days")
    return least is not None and needed < least


def wished(needed: int, longest: int, time: Mapping[str, object]) -> bool:
    """Whether the day that is named is a wish: so far off that nothing is lost if it passes a while, or named
    for what nobody has by a day."""
    least = days(time, "wished_from_days")
    return (WISHED if least is None else least) <= needed < longest
