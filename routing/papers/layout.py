"""A draft as the rows that every form of it prints: Markdown, HTML and DOCX say the same words."""

from __future__ import annotations

from typing import Literal

from routing.core.printable import capital_first
from routing.core.records import Record
from routing.papers.model import Draft, DraftField, DraftSection, MissingItem
from routing.rulebook.documents import Weight

EMPTY_BOX, TICKED_BOX = "\u2610", "\u2612"
UNREAD = {
    "text": "",
    "copy": "Read in a private copy; check the official text",
    "secondary": "Known from a handbook or summary; check it",
    "unverified": "Layout from practice; no text was read",
}
"""What the sheet for the officer says of the sections of a mark; it is no business of the addressee."""
HELD = "\u00a0"
"""A blank at which no line ends: a box stays with its words."""
MANY = 30
"""So many boxes stand one after the other and not one below the other."""
BY_HAND = "." * 60
"""Where something is written by hand."""
FORM = "form"
"""The template that prints every section, used or not; a letter has only what it says."""
Own = Literal["", "corrected", "left blank"]
FREE_LEFT_OUT = "Left out, as they are free and empty"
UNUSED = "Not used: the plan asks for nothing that this section is for."


class PrintedField(Record, kw_only=True):
    """A field as printed. blank: whether it is one that matters. own: what the officer made of the program's
    words: `corrected` or `left blank`; else empty."""

    name: str
    lines: tuple[str, ...]
    blank: bool
    own: Own = ""


class PrintedSection(Record, kw_only=True):
    """A section as printed. remark: who demands it."""

    heading: str
    remark: str
    says: str
    rows: tuple[PrintedField, ...]


class PrintedDraft(Record, kw_only=True):
    """A draft as printed: the sheet for the officer, then the paper.

    complete: whether it can be signed once its notice is deleted; the paper then has neither face nor foot.
    about, origins: pairs of a name and a text, on the sheet.
    """

    title: str
    notice: str
    complete: bool
    face: str
    step: str
    foot: str
    missing: tuple[str, ...]
    doubtful: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    origins: tuple[tuple[str, str], ...]
    parts: tuple[PrintedSection, ...]


def page(draft: Draft) -> PrintedDraft:
    """What is printed of a draft. A letter that is complete has no place for what may be left out."""
    ready = draft.complete and draft.template != FORM
    parts = [
        _part(section, draft, ready) for section in draft.sections if section.used or draft.template == FORM
    ]
    return PrintedDraft(
        title=draft.title,
        notice=draft.notice,
        complete=draft.complete,
        face=draft.face,
        step=f"For the step: {draft.step}.",
        foot=draft.foot,
        missing=tuple(map(missing_line, draft.missing)),
        doubtful=draft.doubtful,
        about=(*draft.notes, *_unread(draft), *(_left_out(draft) if ready else ())),
        origins=_origins(draft),
        parts=tuple(part for part in parts if part.rows or part.says or not ready),
    )


def _unread(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Which sections rest on no text that was read, with what they rest on; of all of them the note on the
    form tells it."""
    used = [section for section in draft.sections if section.used]
    unread = []
    for mark, says in UNREAD.items():
        of_mark = [_place(section.id) for section in used if section.mark == mark]
        if says and 0 < len(of_mark) < len(used):
            unread.append((says, "; ".join(of_mark)))
    return tuple(unread)


def missing_line(item: MissingItem) -> str:
    """A blank that matters, as a line of the list."""
    return f"{_place(item.section)}, {item.name} ({_how(item.weight, item.when, item.asked_by)}): {item.asks}"


def _place(section: str) -> str:
    """A section as the list of what is missing names it."""
    if len(section) > 2:
        return section
    return f"Box ({section})" if section.islower() else f"Section {section}"


def _heading(section: DraftSection, template: str) -> str:
    """A section as its form is headed: `Section A: Urgency`, `(a) Identity`; in a letter by its number."""
    if len(section.id) > 2:
        return section.name
    if section.id.islower():
        return f"({section.id}) {section.name}"
    return f"Section {section.id}: {section.name}" if template == FORM else f"{section.id}. {section.name}"


def _how(weight: Weight, when: str, asked_by: tuple[str, ...]) -> str:
    """How much a blank matters, and by which provisions."""
    refs = ", ".join(asked_by)
    if weight == "required":
        return f"demanded by {refs}" if refs else "part of the form"
    if weight == "if":
        return "needed" + (f" where {when}" if when else "") + (f"; {refs}" if refs else "")
    return "usual" if weight == "expected" else "free"


def _free(each: DraftField) -> bool:
    """Whether a field may be left out and holds nothing."""
    unticked = each.status == "ticks" and not each.lines and not any(c.ticked for c in each.choices)
    return each.weight == "optional" and not each.hint and (each.status == "blank" or unticked)


def _left_out(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Which free places a complete letter does not print, for the officer."""
    free = [
        f"{_place(section.id)}, {each.name}"
        for section in draft.sections
        if section.used
        for each in section.fields
        if _free(each)
    ]
    return ((FREE_LEFT_OUT, "; ".join(free)),) if free else ()


def _part(section: DraftSection, draft: Draft, ready: bool) -> PrintedSection:
    if not section.used or draft.complete:  # who demands it is no business of the addressee
        by = ""
    elif section.weight in ("required", "if"):
        how = _how(section.weight, section.when, section.asked_by)
        by = f"{capital_first(how)}."
    else:
        by = f"See {', '.join(section.asked_by)}." if section.asked_by else ""
    return PrintedSection(
        heading=_heading(section, draft.template),
        remark=by,
        says=section.says if section.used else UNUSED,
        rows=tuple(_row(each) for each in section.fields if not (ready and _free(each))),
    )


def _row(each: DraftField) -> PrintedField:
    lines = [*each.lines]
    marked = [f"{TICKED_BOX if choice.ticked else EMPTY_BOX} {choice.says}" for choice in each.choices]
    lines += marked if len(marked) < MANY else ["; ".join(box.replace(" ", HELD, 1) for box in marked)]
    blank = each.status == "blank"
    when = f" where {each.when}" if each.weight == "if" and each.when else ""
    if each.status == "by_hand":
        lines.append(BY_HAND)
    if blank:
        lines.append(
            f"[{'if needed' if each.weight == 'optional' else 'to be filled in'}{when}: {each.asks}]"
        )
    elif each.status == "ticks" and not each.lines and not any(choice.ticked for choice in each.choices):
        blank = True
        lines.append(f"[to be ticked by the authority{when}: {each.asks}]")
    if each.hint and blank:
        lines.append(f"[the case or the plan says: {each.hint}]")
    own: Own = "" if not each.corrected else "left blank" if each.status == "blank" else "corrected"
    return PrintedField(
        name=each.name, lines=tuple(lines), blank=blank and each.weight != "optional", own=own
    )


def _origins(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Where the values that were filled in are from, and what the officer corrected."""
    return tuple(
        (f"{_place(section.id)}, {each.name}", _origin(each))
        for section in draft.sections
        for each in section.fields
        if each.corrected or (each.status in ("filled", "answered") and each.source)
    )


def _origin(each: DraftField) -> str:
    """Where a value is from; of a correction also what it stands in place of."""
    if not each.corrected:
        return each.source
    note = f"{'; '.join(each.program)} ({each.program_source})"
    if each.status == "blank":
        return f"left blank by the officer, where the program had: {note}"
    return f"the officer's own words, not the program's, which had: {note}"
