"""Two plans side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from routing.analyse.whatif.plan_diff import Difference
from routing.core.lines import lines_of
from routing.phrasing.of_plans import STATUS, Wording
from routing.plan.model import Plan

COLUMN = 40
LABEL = 24
MOST_RULES = 3


def sides(
    before: Plan, after: Plan, differences: tuple[Difference, ...], words: Wording, headings: tuple[str, str]
) -> str:
    """Only the differences, in two columns, with the rules that made them."""
    return "\n".join(line.rstrip() for line in _lines(before, after, differences, words, headings)) + "\n"


def _lines(
    before: Plan, after: Plan, differences: tuple[Difference, ...], words: Wording, headings: tuple[str, str]
) -> Iterator[str]:
    yield from _row("", headings[0], headings[1])
    yield "-" * (LABEL + 2 * COLUMN + 2)
    if not differences:
        for need in before.needs:
            yield from _row(need.id, words.pathway(need.primary.pathway), "the same")
        yield "Nothing differs."
        return
    many = len(before.needs) > 1 or len(after.needs) > 1
    for item in differences:
        label = f"{label_of(item.what, words)}" + (f" ({item.need})" if many and item.need else "")
        yield from _row(label, said_of(item.what, item.before, words), said_of(item.what, item.after, words))
        for rule in item.why[:MOST_RULES]:
            entry = words.rulebook.rule.get(rule)
            if entry is not None:
                yield from lines_of(f"by: {entry.says} ({rule})", 2 * COLUMN + LABEL, " " * LABEL, 4)


def label_of(what: str, words: Wording) -> str:
    first, _, last = what.rpartition(" ")
    return f"{first} {words.pathway(last)}" if last in words.rulebook.pathways else what


def said_of(what: str, value: str, words: Wording) -> str:
    """Ids in words; what is missing as a dash."""
    if what.startswith("order of "):
        return f"after {', '.join(words.pathway(name) for name in value.split(', '))}" if value else "at once"
    if not value:
        return "-"
    if what.endswith(" State"):
        return words.state(value)
    if what == "status":
        return STATUS[value]
    if what == "measure":
        return words.measure(value)
    if what == "needed to decide":
        return ", ".join(words.fact(name) for name in value.split(", "))
    if "/" in value and value in words.rulebook.routes:
        route = words.rulebook.routes[value]
        return f"{words.pathway(route.pathway)}: {route.says}"
    return words.pathway(value) if value in words.rulebook.pathways else value


def _row(label: str, left: str, right: str) -> Iterator[str]:
    columns = (
        lines_of(label, LABEL - 2, cut=True),
        lines_of(left, COLUMN - 2, cut=True),
        lines_of(right, COLUMN, cut=True),
    )
    for cells in zip_longest(*columns, fillvalue=""):
        yield cells[0].ljust(LABEL) + cells[1].ljust(COLUMN) + cells[2]
