"""What the library takes: cases, days and needs in any of the forms in which a program has them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from routing.case.model import Case as CaseRecord
from routing.core.errors import CaseProblems, Problems, RulebookProblems, one_of
from routing.model.case import Case
from routing.model.convert import case_record
from routing.opened import given_day, no_day

CaseSource = Case | CaseRecord | Path | str | bytes | Mapping[str, object]
"""A case: a model; a path; text or bytes of a YAML or JSON document; or a dictionary."""
Day = date | str


def source_of(case: CaseSource) -> CaseRecord | Path | str | bytes | Mapping[str, object]:
    """A case as records are read from."""
    return case_record(case) if isinstance(case, Case) else case


def needed_day(as_of: Day | None) -> date:
    """The day that is given. Raises CaseProblems where none is."""
    day = given_day(as_of)
    if day is None:
        raise no_day()
    return day


def number_of_days(days: int) -> int:
    """How many days there may be between two. Raises Problems for what is no such number."""
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MOST_DAYS:
        raise Problems.of("`older_than` takes a number of days", fix="pass it as 180")
    return days


def need_of(case: CaseRecord, id: str | None) -> str:
    """The need that is meant. Raises CaseProblems where it is none, or where several are there to choose
    from."""
    ids = [need.id for need in case.needs]
    if id is None and len(ids) == 1:
        return ids[0]
    if id not in ids:
        message = "the case has several needs" if id is None else f"`{id}` is not a need of this case"
        raise CaseProblems.of(message, fix="pass `need=` with " + one_of(id or "", ids))
    return id


MOST_DAYS = 1_000_000
LONGEST = 500  # letters of a name, a word or a setting
OTHERWISE = {"Limits | None": "Limits", "Plan": "Plan", "Draft": "Draft"}
"""Arguments that take what the library itself makes, by how they are described."""
Made = TypeVar("Made")


def check_argument(name: str, value: object, described: str) -> None:
    """Raise Problems where an argument is not what its description says: text, a path, or one of our own."""
    if described.endswith("| None") and value is None:
        return
    given = type(value).__name__
    if described in OTHERWISE:
        wanted = OTHERWISE[described]
        if all(base.__name__ != wanted for base in type(value).__mro__):
            raise Problems.of(f"`{name}` takes a {wanted}, and this is {given}", fix=f"pass a {wanted}")
        return
    kinds = described.removesuffix(" | None").split(" | ")
    if "str" not in kinds and not described.startswith(("Literal[", "Format")):
        return
    allowed = (str, *((int,) if "int" in kinds else ()), *((Path,) if "Path" in kinds else ()))
    allowed += (Mapping,) if any(kind.startswith("Mapping") for kind in kinds) else ()
    if not isinstance(value, allowed):
        takes = "text or a path" if "Path" in kinds else "text or a number" if "int" in kinds else "text"
        raise Problems.of(f"`{name}` takes {takes}, and this is {given}", fix=f"pass {takes}")
    if isinstance(value, str) and len(value) > LONGEST and name not in WHOLE:
        message = f"`{name}` has {len(value):,} letters; at most {LONGEST} are read"
        raise Problems.of(message, fix="shorten it")
    if isinstance(value, int) and abs(value) >= 10**9:
        raise Problems.of(f"`{name}` is too large a number", fix="pass the number of a step")


WHOLE = frozenset({"receipt", "story"})
"""Arguments that are a document, or as long a text as somebody writes."""


def checked_arguments(made: type[Made]) -> type[Made]:
    """A class whose public methods check the arguments that they describe as text, paths or parts of ours."""
    for name, method in tuple(vars(made).items()):
        function = method.__func__ if isinstance(method, classmethod) else method
        if name.startswith("_") or not inspect.isfunction(function):
            continue
        checked = _checked(function)
        setattr(made, name, classmethod(checked) if isinstance(method, classmethod) else checked)
    return made


def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(function)
    described = {
        name: str(each.annotation)
        for name, each in signature.parameters.items()
        if each.annotation != each.empty
    }

    @wraps(function)
    def held(*args: Any, **kwargs: Any) -> Any:
        try:
            given = signature.bind(*args, **kwargs).arguments
        except TypeError:
            return function(*args, **kwargs)  # which tells what is wrong
        for name, value in given.items():
            if name in described:
                check_argument(name, value, described[name])
        return function(*args, **kwargs)

    return held


def texts_of(name: str, texts: Iterable[str], example: str) -> list[str]:
    """Texts, of which one may stand alone. Raises Problems for what is none."""
    given = [texts] if isinstance(texts, str) else list(texts) if isinstance(texts, Iterable) else None
    if given is None or not all(isinstance(text, str) for text in given):
        raise Problems.of(f"`{name}` takes texts", fix=f'pass them as `["{example}"]`')
    for text in given:
        check_argument(name, text, "str")
    return given


def files_of(overlays: Iterable[Path | str]) -> list[Path]:
    """The files of overlays, of which one may stand alone. Raises RulebookProblems for what is none."""
    paths = [overlays] if isinstance(overlays, str | Path) else overlays
    listed = list(paths) if isinstance(paths, Iterable) else [None]
    if not all(isinstance(file, str | Path) for file in listed):
        raise RulebookProblems.of("`overlays` takes paths", fix='pass them as `["own.yaml"]`')
    return [Path(file) for file in listed if file is not None]
