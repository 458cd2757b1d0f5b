"""The dates of a plan as a calendar that any calendar program reads (RFC 5545).

An entry tells the action and the channel, and nothing else of the case, unless the whole is asked for:
calendars are shared, synchronised and shown on screens. A last day has an alarm two days before; each entry
has one on its morning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from routing.core.domain import DELIVER
from routing.phrasing.of_plans import Wording, sentence
from routing.plan.deadlines import ENDINGS
from routing.plan.model import DerivedDate, Plan, Step
from routing.render.page import Page, StepSection
from routing.render.sections import sections
from routing.version import VERSION

if TYPE_CHECKING:
    from routing.opened import Router

LONGEST = 75  # octets in a line, the line break not counted
CALLED = {
    "act_now": "Now",
    "file_by": "Last day",
    "answer_due": "Answer due",
    "answer_owed": "Our answer due",
    "needed": "Needed by",
    "needed_there": "They need it by",
    "objection_until": "Objection possible until",
    "hold_ends": "Kept at least until this day",
    "hold_ends_if_prolonged": "Kept at least until this day, if prolonged",
    "may_end": "May end after this day",
    "ends": "Ends on this day at the latest",
    "expected_by": "Result expected by",
}
"""The dates that are entered. A result is entered for the steps that deliver one."""
LAST_DAYS = ("file_by", "hold_ends", "hold_ends_if_prolonged", "may_end", "ends", "objection_until")
ALARMS = ("-P1DT15H", "PT8H")  # at nine in the morning two days before, and at eight on the day


def calendar(plan: Plan, router: Router, full: bool = False) -> str:
    """What is done at once, every deadline, answer due, end of a hold and expected result, one day each."""
    page = sections(plan, Wording(router))
    name = page.title if full else "International cooperation"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//routing//{VERSION}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    shown = {step.id: step for step in page.steps}
    for step in plan.steps:
        before: list[str] = []
        for what, day, why in entries(step):
            of_more = f"{what} {day}" if what in before else what
            before.append(what)
            uid = _uid(plan, step, of_more)
            lines += _event(plan, page, step, shown[step.id], what, day, why, full, uid)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def entries(step: Step) -> Iterator[tuple[str, date, str]]:
    """What is entered for a step: the kind of date, the day, and what it is counted from."""
    if step.when == "now" and step.start:
        yield "act_now", step.start, "this step starts at once"
    if step.deadline and step.deadline.date:
        yield "file_by", step.deadline.date, step.deadline.reason
    for due in step.dates:
        if due.what in CALLED and (due.what != "expected_by" or step.role == DELIVER):
            yield due.what, due.date, _counted(due)


def _counted(due: DerivedDate) -> str:
    counted = due.runs_from if due.what in ENDINGS else "the day of the plan"
    return f"counted from {counted}: {due.limit}"


def _event(
    plan: Plan,
    page: Page,
    step: Step,
    shown: StepSection,
    what: str,
    day: date,
    why: str,
    full: bool,
    uid: str,
) -> list[str]:
    summary = f"{CALLED[what]}: {shown.title} (step {shown.number})"
    parts = [f"Channel: {shown.channel}.", sentence(why)]
    if full:
        needs = f"For {', '.join(step.needs)}."
        parts = [
            page.title,
            f"{page.sides}. {needs}",
            f"Who: {shown.who}",
            f"How: {shown.how}",
            sentence(why),
            shown.what,
            *(remark.says for remark in shown.remarks if remark.weight in ("limit", "needed")),
        ]
    parts.append(page.notice)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{plan.as_of:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(chr(10).join(part for part in parts if part))}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
    ]
    for before in ALARMS if what in LAST_DAYS else ALARMS[1:]:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:{before}",
            f"DESCRIPTION:{escaped(summary)}",
            "END:VALARM",
        ]
    return [*lines, "END:VEVENT"]


def _uid(plan: Plan, step: Step, what: str) -> str:
    """The same for the same case, step and kind of date, so that a later plan moves the entry instead of
    doubling it."""
    parts = [
        plan.title,
        plan.state or "",
        *(f"{n.id} {n.kind} {n.measure} {n.partner}" for n in plan.needs),
        step.id,
        what,
    ]
    return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@routing"


def escaped(text: str) -> str:
    """Text as a value: commas, semicolons, backslashes and line ends are marked."""
    for mark, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(mark, written)
    return text


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets; what goes on begins with a space, and no character is cut in
    two."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return "\r\n".join((*pieces, piece))
