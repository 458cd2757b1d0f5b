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

FEW_ITEMS = 5
"""The items of what a step must contain that are told where room is shortest; the rest are counted."""
FEWEST = 2
"""The same where a page fits with no more of them."""
CONTENTS = "contents"
"""What stands for what a step must contain, among the codes of what has no room."""


class More(Record, kw_only=True):
    """What a page tells beyond its level of detail.

    fuller: the steps, by number, that say one sentence more of how they are done, main ones all.
    remarks: the steps and codes of duties and warnings that the level cuts. contents: the main steps
    that say what is attached and who signs, and further ones that say what they must contain.
    forbidden: whether one thing that must not be done is told. unled: whether a question of several
    needs does not say where its answers lead. items: of what a step must contain so many at most; all
    where there is none; first_items: the same of the steps with which the plan begins. unsaid: the
    steps and codes of what is needed and has no room even so, `CONTENTS` for what a main step must
    contain. practice_named: whether the page says beside what it leaves out that practice alone is behind
    what names no law.
    """

    fuller: frozenset[int] = frozenset()
    remarks: frozenset[tuple[int, str]] = frozenset()
    contents: frozenset[int] = frozenset()
    forbidden: bool = False
    unled: bool = False
    items: int | None = None
    first_items: int | None = None
    unsaid: frozenset[tuple[int, str]] = frozenset()
    practice_named: bool = True


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
            forbidden=added.forbidden or offer.forbidden,
        )
        longer = drawn(tried)
        if len(longer) <= most:
            added, lines = tried, longer
    return lines


def shortened(page: Page, most: int, drawn: Callable[[More], list[str]]) -> list[str]:
    """The lines of a page that is too long at the lowest level, in at most `most` lines if what limits an
    act leaves that room.

    What goes is all but the first items of what a step must contain, of several needs where the answers to
    a question lead, what further steps say of how they are done, then what is needed beside what limits an
    act: at the steps that press least first, and no more of it than must; what has room after all comes
    back. Duties go before warnings, and of several needs the steps with which the plan begins keep longest
    what they need, longer than later ones what they contain; main ones tell the first of it always, and
    where the page is too long all the same each tells it. Last go, of a page for one need, what the steps
    must contain and the empty lines.
    """
    fewest = FEW_ITEMS if page.many else FEWEST
    for items in (None, *range(FEW_ITEMS, fewest - 1, -1)):
        for unled in (False, True) if page.many else (False,):
            lines = drawn(replace(NO_MORE, fuller=asking(page), unled=unled, items=items, first_items=items))
            if len(lines) <= most:
                return lines
    at_steps = [
        (step.number, item.code, item.kind == "duty")
        for step in reversed(_in_order(page.steps, page.many))
        for item in reversed(step.remarks)
        if item.weight == "needed"
    ]
    duties, warnings = ([(n, code) for n, code, duty in at_steps if duty == kind] for kind in (True, False))
    if page.many:
        later = [
            (step.number, CONTENTS)
            for step in page.steps
            if step.number > LEADING and step.role != DELIVER and step.with_what()
        ]
        needed = sorted((*duties, *warnings, *later), key=lambda place: place[0] <= LEADING)
    else:
        contents = ((step.number, CONTENTS) for step in page.steps if step.with_what())
        needed = [*duties, *warnings, *contents]

    def cut(count: int) -> More:
        return replace(
            NO_MORE, unsaid=frozenset(needed[:count]), unled=page.many, items=fewest, first_items=fewest
        )

    enough = bisect_left(range(len(needed)), True, key=lambda count: len(drawn(cut(count))) <= most)
    shown = cut(enough)
    lines = drawn(shown)
    if page.many and len(lines) > most:
        for first in (FEW_ITEMS, FEWEST):
            for items in range(FEW_ITEMS, FEWEST - 1, -1):
                fewer = drawn(replace(shown, items=items, first_items=max(first, items)))
                if len(fewer) <= most:
                    return fewer
        but_contents = frozenset(place for place in needed if place[1] != CONTENTS)
        for items in range(FEW_ITEMS, FEWEST - 1, -1):  # what limits an act alone is too long
            lines = drawn(replace(shown, unsaid=but_contents, items=items, first_items=items))
            if len(lines) <= most:
                break
        return lines
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
    cut = [(step, item) for step in _in_order(page.steps) for item in parted(step, detail)[1]]
    by_weight = {
        weight: [
            replace(NO_MORE, remarks=frozenset({(step.number, item.code)}))
            for step, item in cut
            if item.weight == weight
        ]
        for weight in ("wanted", "usual")
    }
    if not detail.forbidden and page.forbidden:
        yield replace(NO_MORE, forbidden=True)
    fuller = [replace(NO_MORE, fuller=frozenset({step.number})) for step in (*main, *others)]
    yield from fuller[: len(main)]
    yield from fuller[len(main) :] if detail.what <= 0 else ()
    yield from by_weight["wanted"]
    asked = [step for step in others if step.role != CONSULT]
    listing = {"main": asked, "bare": [*main, *asked]}.get(detail.contents, [])
    yield from (replace(NO_MORE, contents=frozenset({step.number})) for step in listing if step.with_what())
    yield from by_weight["usual"]


def _in_order(steps: Sequence[StepSection], now_first: bool = False) -> list[StepSection]:
    """The main steps, then those that start now, then the others.

    now_first: whether those that start now go before main ones.
    """

    def weight(step: StepSection) -> tuple[bool, bool, int]:
        rest, later = step.role != DELIVER, step.when != "Now"
        return (later, rest, step.number) if now_first else (rest, later, step.number)

    return sorted(steps, key=weight)
