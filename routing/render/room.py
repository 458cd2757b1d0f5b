"""What a page leaves out for want of room, and how the room that is left is given back.

What stops or limits an act is never cut. What is needed beside it is cut last, where the lowest level
is too long.

A level of detail cuts all steps alike, so that a page a little too long for one level and with lines to
spare in the next leaves out what would have had its place. `filled` gives those lines away: to what the
main step says of how it is done, to steps that do not say yet what to do, those that ask abroad before those
that only prepare, to the duties and warnings that are wanted, to what the request must contain, and to the
other duties and warnings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from routing.core.domain import CONSULT, DELIVER
from routing.core.records import Record, replace
from routing.render.detail_levels import LEADING, DetailLevel
from routing.render.page import Page, Remark, StepSection


class More(Record, kw_only=True):
    """What a page tells beyond its level of detail.

    fuller: the steps, by number, that say one sentence more of how they are done, main ones all. remarks: the
    steps and codes of duties and warnings that the level cuts. contents: the steps that list what the
    request must contain. unsaid: the steps and codes of what is needed and has no room even so.
    """

    fuller: frozenset[int] = frozenset()
    remarks: frozenset[tuple[int, str]] = frozenset()
    contents: frozenset[int] = frozenset()
    unsaid: frozenset[tuple[int, str]] = frozenset()


NO_MORE = More()


def parted(
    step: StepSection, detail: DetailLevel, more: More = NO_MORE
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """What a step tells of its duties, warnings and limits on a page of this level, and what not."""
    shown: list[Remark] = []
    left: list[Remark] = []
    room = detail.remarks
    for item in step.remarks:
        place = step.number, item.code
        if place in more.unsaid:
            left.append(item)
        elif item.weight in ("limit", "needed") or place in more.remarks:
            shown.append(item)
        elif room > 0 and detail.tells(item.weight):
            room -= 1
            shown.append(item)
        else:
            left.append(item)
    return tuple(shown), tuple(left)


def asking(page: Page) -> frozenset[int]:
    """The steps that surely ask or tell somebody abroad beside the main one: without what is asked they are
    of no use."""
    return frozenset(s.number for s in page.steps if s.role not in (DELIVER, CONSULT) and not s.only_if)


def filled(
    page: Page,
    detail: DetailLevel,
    lines: list[str],
    most: int,
    drawn: Callable[[More], list[str]],
) -> list[str]:
    """The lines of a page, with as much of what the level leaves out as has room in `most` lines.

    drawn: the lines of the page with something more.
    """
    added = NO_MORE
    for offer in _offers(page, detail):
        if len(lines) >= most:
            break
        tried = More(
            fuller=added.fuller | offer.fuller,
            remarks=added.remarks | offer.remarks,
            contents=added.contents | offer.contents,
        )
        longer = drawn(tried)
        if len(longer) <= most:
            added, lines = tried, longer
    return lines


def shortened(page: Page, most: int, drawn: Callable[[More], list[str]]) -> list[str]:
    """The lines of a page that is too long at the lowest level, in at most `most` lines if what limits an
    act leaves that room.

    What goes is what further steps say of how they are done, then what is needed beside what limits an
    act: at the steps that press least first, and no more of it than must; what has room after all comes back.
    Duties go before warnings, and of several needs the steps with which the plan begins keep what they need.
    Last go, of a page for one need, the empty lines.
    """
    lines = drawn(replace(NO_MORE, fuller=asking(page)))
    if len(lines) <= most:
        return lines
    needed = [
        (step.number, item.code)
        for duties in (True, False)
        for step in reversed(_pressing_first(page.steps))
        for item in reversed(step.remarks)
        if item.weight == "needed" and (item.kind == "duty") == duties
        if step.number > LEADING or not page.many
    ]

    def cut(count: int) -> More:
        return replace(NO_MORE, unsaid=frozenset(needed[:count]))

    enough = bisect_left(range(len(needed)), True, key=lambda count: len(drawn(cut(count))) <= most)
    shown = cut(enough)
    lines = drawn(shown)
    places = [*((number, "") for number in sorted(asking(page))), *reversed(needed[:enough])]
    for number, code in places:
        if len(lines) >= most:
            break
        back = {"unsaid": shown.unsaid - {(number, code)}} if code else {"fuller": shown.fuller | {number}}
        tried = replace(shown, **back)
        if len(fuller := drawn(tried)) <= most:
            shown, lines = tried, fuller
    return lines if len(lines) <= most or page.many else [line for line in lines if line]


def _offers(page: Page, detail: DetailLevel) -> Iterator[More]:
    """What could be told beyond the level, the weightiest first."""
    main = [step for step in page.steps if step.role == DELIVER]
    awaited = {number for step in main for number in step.after}
    others = sorted(
        (s for s in page.steps if s.role != DELIVER),
        key=lambda step: (step.role == CONSULT, step.number not in awaited),
    )
    cut = [(step, item) for step in _pressing_first(page.steps) for item in parted(step, detail)[1]]
    by_weight = {
        weight: [
            replace(NO_MORE, remarks=frozenset({(step.number, item.code)}))
            for step, item in cut
            if item.weight == weight
        ]
        for weight in ("wanted", "usual")
    }
    fuller = [replace(NO_MORE, fuller=frozenset({step.number})) for step in (*main, *others)]
    yield from fuller[: len(main)]
    yield from fuller[len(main) :] if detail.what <= 0 else ()
    yield from by_weight["wanted"]
    if detail.contents == "none":
        for step in main:
            if step.contents:
                yield replace(NO_MORE, contents=frozenset({step.number}))
    yield from by_weight["usual"]


def _pressing_first(steps: Sequence[StepSection]) -> list[StepSection]:
    """The main steps, then those that start now, then the others."""
    return sorted(steps, key=lambda step: (step.role != DELIVER, step.when != "Now", step.number))
