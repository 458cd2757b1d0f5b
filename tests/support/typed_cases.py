"""Case files as people type them, read as leniently as the commands read them."""

from __future__ import annotations

from datetime import date

from routing.case.model import Case
from routing.opened import Router

SUNDAY = date(2026, 11, 29)


def read(router: Router, text: str) -> Case:
    """The case that a text of a Sunday is, without the lines that were not understood."""
    return router.read_in_part(text, as_of=SUNDAY)[0]


def needs(case: Case) -> list[tuple[str, str, str | None]]:
    """Each need with its direction, what is sought and the other State."""
    return [(need.kind, need.measure, need.partner) for need in case.needs]
