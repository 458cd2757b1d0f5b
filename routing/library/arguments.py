"""What the library takes: cases, days and needs in any of the forms in which a program has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from routing.api import given_day, no_day
from routing.case.model import Case as CaseRecord
from routing.core.errors import CaseProblems, one_of
from routing.model.case import Case
from routing.model.convert import case_record

CaseSource = Case | CaseRecord | Path | str | bytes | Mapping[str, object]
"""A case: a model; a path; text or bytes of a YAML or JSON document; or a dictionary."""
Day = date | str


def source_of(case: CaseSource) -> CaseRecord | Path | str | bytes | Mapping[str, object]:
    """A case as records are read from."""
    return case_record(case) if isinstance(case, Case) else case


def needed_day(as_of: Day) -> date:
    """The day that is given. Raises CaseProblems where none is."""
    day = given_day(as_of)
    if day is None:
        raise no_day()
    return day


def need_of(case: CaseRecord, id: str | None) -> str:
    """The need that is meant. Raises CaseProblems where it is none, or where several are there to choose
    from."""
    ids = [need.id for need in case.needs]
    if id is None and len(ids) == 1:
        return ids[0]
    if id not in ids:
        said = "the case has several needs" if id is None else f"`{id}` is not a need of this case"
        raise CaseProblems.of(said, fix="pass `need=` with " + one_of(id or "", ids))
    return id
