"""The whole form: every fact of a case at once, and the case that a filled form says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import FormData

from routing.core.domain import Fact
from routing.rulebook.model import Rulebook

MOST_NEEDS = 100
NAME = re.compile(r"n([0-9]{1,3})\.([a-z_]{1,60})")
OF_A_CASE = ("title", "state", "as_of", "needs")
OF_A_NEED = ("id", "kind", "measure", "with")


def fields(rulebook: Rulebook, of: str) -> tuple[list[Fact], list[Fact]]:
    """The facts of a `case` or a `need` that a person may tell: those asked most, and the rest."""
    statable = [
        fact
        for fact in rulebook.facts.values()
        if fact.statable
        and not fact.looked_up
        and (fact.of == "case") == (of == "case")
        and fact.type != "instruments"
    ]
    return [fact for fact in statable if fact.core], [fact for fact in statable if not fact.core]


def case_of(rulebook: Rulebook, form: FormData) -> dict[str, Any]:
    """The case that a form says, as a case file would. What is left empty is left out."""
    of_case = ("title", "state", "as_of", *rulebook.facts)
    data = {name: value for name in of_case if (value := _value(rulebook, form, name, name)) is not None}
    return {**data, "needs": needs_of(rulebook, form) or [{"id": "need-1"}]}


def spread(rulebook: Rulebook, data: Mapping[str, Any]) -> dict[str, Any]:
    """The case with what it says of all its needs said in each, where the form asks for it."""
    common = {name: value for name, value in data.items() if name in _asked(rulebook, "need")}
    rest = {name: value for name, value in data.items() if name not in common}
    return {**rest, "needs": [{**common, **need} for need in data["needs"]]}


def with_unasked(rulebook: Rulebook, stated: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says, with all that the case said before and the form does not ask for."""
    of_case, of_need = _asked(rulebook, "case"), _asked(rulebook, "need")
    unasked = {name: value for name, value in before.items() if name not in {*of_case, *of_need}}
    earlier = {f"need-{number}": need for number, need in enumerate(before["needs"], 1)}
    needs = []
    for need in stated["needs"]:
        old = earlier.get(need["id"], {})
        kept = {name: value for name, value in old.items() if name not in of_need or name == "id"}
        needs.append({**need, **kept})
    return {**unasked, **stated, "needs": needs}


def _asked(rulebook: Rulebook, of: str) -> frozenset[str]:
    asked, more = fields(rulebook, of)
    own = OF_A_CASE if of == "case" else OF_A_NEED
    return frozenset({*own, *(fact.id for fact in (*asked, *more))})


def needs_of(rulebook: Rulebook, form: FormData) -> list[dict[str, Any]]:
    """The needs that a form says; one that says neither what nor of whom is none."""
    needs = []
    for number in sorted(_numbers(form.keys()))[:MOST_NEEDS]:
        names = (*OF_A_NEED, *rulebook.facts)
        need = {
            name: value
            for name in names
            if (value := _value(rulebook, form, f"n{number}.{name}", name)) is not None
        }
        if need.keys() - {"id", "kind"}:
            needs.append({"id": f"need-{number}", **need})
    return needs


def _numbers(keys: Iterable[str]) -> set[int]:
    return {int(match[1]) for key in keys if (match := NAME.fullmatch(key))}


def _value(rulebook: Rulebook, form: FormData, key: str, name: str) -> Any:
    given = [item.strip() for item in form.getlist(key) if isinstance(item, str) and item.strip()]
    if not given:
        return None
    fact = rulebook.facts.get(name)
    return given if fact is not None and fact.type == "many" else given[0]
