"""A case with some facts changed, and the case as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from routing.case.facts import Value
from routing.case.model import Assumptions, Case, Stated
from routing.core.domain import UNKNOWN
from routing.core.records import replace
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE


def changed(case: Case, need_id: str, values: Mapping[str, Value], rulebook: Rulebook) -> Case:
    """The case in which one need's facts have these values. Facts of the whole case change for every need."""
    shared, ties, own = dict(case.facts), dict(case.assume.ties), {}
    for name, value in values.items():
        if name.startswith(TIE):
            ties[name.removeprefix(TIE)] = next(iter(value.words))
        elif rulebook.facts[name].of == "case":
            shared[name] = stated(value, rulebook, name)
        else:
            own[name] = stated(value, rulebook, name)
    needs = tuple(
        replace(need, facts={**need.facts, **own}) if need.id == need_id else need for need in case.needs
    )
    return replace(case, facts=shared, assume=Assumptions(ties=ties), needs=needs)


def stated(value: Value, rulebook: Rulebook, name: str) -> Stated:
    """A value as a case states it."""
    if value.number is not None:
        return value.number
    if rulebook.facts[name].type in ("many", "instruments"):
        return tuple(sorted((*value.words, *(() if value.closed else (UNKNOWN,)))))
    return next(iter(value.words))


def case_data(case: Case) -> dict[str, Any]:
    """The case as a case file would say it."""
    data: dict[str, Any] = {}
    if case.title:
        data["title"] = case.title
    if case.state:
        data["state"] = case.state
    if case.as_of:
        data["as_of"] = case.as_of.isoformat()
    data.update(_plain(case.facts))
    if case.assume.ties:
        data["assume"] = {"ties": dict(case.assume.ties)}
    data["needs"] = []
    for need in case.needs:
        entry: dict[str, Any] = {"id": need.id, "kind": need.kind, "measure": need.measure}
        if need.partner:
            entry["with"] = need.partner
        if need.via:
            entry["via"] = dict(need.via)
        data["needs"].append({**entry, **_plain(need.facts)})
    return data


def _plain(facts: Mapping[str, Stated]) -> dict[str, Any]:
    return {
        name: list(value)
        if isinstance(value, tuple)
        else value
        if isinstance(value, (str, int))
        else value.isoformat()
        for name, value in facts.items()
    }
