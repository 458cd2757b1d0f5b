"""A Case that a program built, read again as a file would be, so that no word of it goes unchecked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from routing.case.model import Assumptions, Case, Need
from routing.case.reader import IN_NEED, TOP, read_case
from routing.core.errors import CaseProblems, Problem, Problems
from routing.core.records import replace
from routing.law.states import States
from routing.rulebook.model import Rulebook
from routing.yaml.tree import hidden_sign, to_tree


def checked(case: Case, name: str, rulebook: Rulebook, states: States) -> Case:
    """The same case with every word as the rulebook knows it, its notes and lines kept.

    Raises CaseProblems naming every fault.
    """
    if misshapen := list(_misshapen(case, name)):
        raise CaseProblems(misshapen)
    hidden = list(_hidden(case, name))
    try:
        read = read_case(to_tree(_data(case)), name, rulebook, states)
    except Problems as error:
        raise CaseProblems([*hidden, *error.problems]) from None
    if hidden:
        raise CaseProblems(hidden)
    lines = {need.id: need.line for need in case.needs}
    needs = tuple(replace(need, line=lines.get(need.id, 0)) for need in read.needs)
    notes = tuple(dict.fromkeys((*case.notes, *read.notes)))
    return replace(read, needs=needs, notes=notes)


def _misshapen(case: Case, name: str) -> Iterator[Problem]:
    """Parts that have not the form in which a case holds them, and notes that could not be shown."""
    given: list[tuple[str, object, type | tuple[type, ...], str]] = [
        ("facts", case.facts, Mapping, "a dictionary"),
        ("assume", case.assume, Assumptions, "Assumptions"),
        ("needs", case.needs, (tuple, list), "a tuple of Need"),
        ("notes", case.notes, (tuple, list), "a tuple of texts"),
    ]
    if isinstance(case.needs, (tuple, list)):
        for need in case.needs:
            given.append(("needs", need, Need, "a tuple of Need"))
            if isinstance(need, Need):
                given.append(("facts", need.facts, Mapping, "a dictionary"))
    notes = case.notes if isinstance(case.notes, (tuple, list)) else ()
    given += (("notes", note, str, "a tuple of texts") for note in notes)
    for part, value, form, takes in given:
        if not isinstance(value, form):
            message = f"`{part}` takes {takes}, and here is {type(value).__name__}"
            yield Problem(message, name, fix=f"give {takes}")
    for note in notes:
        if isinstance(note, str) and (fault := hidden_sign(note)):
            yield Problem(f"`notes`: {fault}", name, fix="delete it")


def _hidden(case: Case, name: str) -> Iterator[Problem]:
    """Facts under the name of a part of the case, which would take its place."""
    for facts, reserved, where in (
        (case.facts, TOP, "the case"),
        *((need.facts, IN_NEED, f"need `{need.id:.60}`") for need in case.needs if isinstance(need.id, str)),
    ):
        for fact in facts:
            if fact in reserved:
                yield Problem(f"`{fact}` is a part of {where} and no fact", name, fix="give it as that part")


def _data(case: Case) -> dict[Any, Any]:
    data: dict[Any, Any] = dict(case.facts)
    data |= {"title": case.title or None, "state": case.state, "as_of": case.as_of}
    if case.assume.ties:
        data["assume"] = {"ties": case.assume.ties}
    data["needs"] = [_need_data(need) for need in case.needs]
    return data


def _need_data(need: Need) -> dict[Any, Any]:
    plain: Mapping[Any, Any] = {
        "id": need.id,
        "kind": need.kind,
        "measure": need.measure,
        "with": need.partner,
    }
    return {**need.facts, **plain, **({"via": need.via} if need.via else {})}
