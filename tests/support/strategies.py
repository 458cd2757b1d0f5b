"""Cases at random, over real States, every measure and kind of need, and facts that may be unknown.

A theme fixes a few things so that what a property speaks of comes up often.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from shipped import router

from routing.core.conditions import AtLeast, leaf_tests
from routing.core.domain import UNKNOWN, Fact

DAY = date(2026, 11, 24)
DAYS = (DAY, DAY, DAY, DAY, date(2024, 6, 1), date(2027, 9, 1))
Tree = dict[str, Any]
Pair = tuple[str | None, str | None]

UNION = (("FRA", "DEU"), ("DEU", "ESP"), ("NLD", "ITA"), ("AUT", "POL"), ("HRV", "GRC"))
OUTSIDE_ORDERS = (("DNK", "DEU"), ("SWE", "DNK"), ("IRL", "FRA"), ("DEU", "IRL"), ("DNK", "IRL"))
TRADE = (("FRA", "GBR"), ("GBR", "NLD"), ("IRL", "GBR"), ("DNK", "GBR"))
WORLD = (
    ("GHA", "CAN"),
    ("KEN", "FRA"),
    ("NGA", "GHA"),
    ("CHE", "ITA"),
    ("DEU", "CHE"),
    ("USA", "GBR"),
    ("GBR", "USA"),
    ("AUS", "USA"),
    ("NLD", "USA"),
    ("USA", "KEN"),
    ("BRA", "ARG"),
    ("SGP", "THA"),
    ("JPN", "DEU"),
    ("KEN", "CHN"),
    ("SRB", "HUN"),
    ("NOR", "DNK"),
)
UNNAMED: tuple[Pair, ...] = (("KEN", None), ("FRA", None), (None, "CHE"), (None, None))
PAIRS: tuple[Pair, ...] = (*UNION, *OUTSIDE_ORDERS, *TRADE, *WORLD, *UNNAMED)


@dataclass(frozen=True, eq=False)
class Theme:
    """What is held fast: a fact may have several values to choose from; None leaves it out.

    loose: how many further facts are drawn at most; avoid: those left out. examples: how many cases are looked at.
    """

    name: str = "anything"
    pairs: tuple[Pair, ...] = PAIRS
    kinds: tuple[str, ...] = ("request", "request", "request", "answer", "answer", "share", "use")
    measures: tuple[str, ...] = ()
    facts: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    days: tuple[date, ...] = DAYS
    loose: int = 12
    avoid: tuple[str, ...] = ()
    examples: int = 225


@cache
def tellable() -> tuple[Fact, ...]:
    """The facts a case may state, texts and States aside."""
    facts = router().rulebook.facts.values()
    return tuple(
        fact
        for fact in facts
        if fact.statable
        and not {"from", "states"}.intersection(fact.looked_up or ())
        and fact.type in ("choice", "many", "number", "date")
    )


@cache
def cuts(name: str) -> tuple[int, ...]:
    rulebook = router().rulebook
    bounds = {
        leaf.bound
        for line in rulebook.plain
        for leaf in leaf_tests(line.when)
        if isinstance(leaf, AtLeast) and leaf.fact == name
    }
    return tuple(sorted({max(bound + step, 0) for bound in bounds for step in (-1, 0, 1)})) or (0, 12)


def values_of(fact: Fact) -> tuple[Any, ...]:
    if fact.type == "number":
        return (*cuts(fact.id), UNKNOWN)
    if fact.type == "date":
        return tuple(
            (DAY + timedelta(days=step)).isoformat() for step in (-70, -45, -3, 0, 2, 5, 20, 90, 200, 600)
        )
    if fact.type == "many":
        return (*((word,) for word in fact.values), UNKNOWN)
    return (*fact.values, UNKNOWN)


@cache
def choices() -> tuple[tuple[Fact, Any], ...]:
    return tuple((fact, value) for fact in tellable() for value in values_of(fact))


@st.composite
def cases(draw: DrawFn, theme: Theme = Theme()) -> Tree:
    """A well-formed case with one need."""
    kind = draw(st.sampled_from(theme.kinds))
    measures = theme.measures or tuple(router().rulebook.measures)
    usual = {"share": ("information_sharing",), "use": ("material_held",)}
    measure = draw(st.sampled_from(usual[kind] if kind in usual and not theme.measures else measures))
    own, partner = draw(st.sampled_from(theme.pairs))
    loose = draw(
        st.lists(st.sampled_from(choices()), max_size=theme.loose, unique_by=lambda pair: pair[0].id)
    )
    tree: Tree = {
        "as_of": draw(st.sampled_from(theme.days)).isoformat(),
        "needs": [{"kind": kind, "measure": measure}],
    }
    if own:
        tree["state"] = own
    if partner:
        tree["needs"][0]["with"] = partner
    for fact, value in loose:
        if fact.id not in theme.avoid:
            state(tree, fact.id, value)
    for name, allowed in theme.facts.items():
        value = draw(st.sampled_from(allowed))
        if value is not None:
            state(tree, name, value)
    return tree


def state(tree: Tree, name: str, value: Any) -> Tree:
    """Write a fact where it belongs; the tree itself is changed and returned."""
    fact = router().rulebook.facts[name]
    place = tree if fact.of == "case" else tree["needs"][0]
    place[name] = list(value) if isinstance(value, tuple) else value
    return tree


def ask(
    measure: str, own: str | None = "KEN", partner: str | None = "FRA", kind: str = "request", **facts: Any
) -> Tree:
    """A case with one need, written briefly."""
    tree: Tree = {"needs": [{"kind": kind, "measure": measure}]}
    if own:
        tree["state"] = own
    if partner:
        tree["needs"][0]["with"] = partner
    for name, value in facts.items():
        state(tree, name, value)
    return tree


CLEAR = {
    "purpose": "evidence",
    "offence": ("corruption",),
    "organised_group": "established",
    "transnational": ("several_states",),
    "max_penalty_months": 60,
    "bilateral_mla_treaty": "no",
}
"""What makes most routes certain one way or the other."""


def clear(measure: str, own: str | None = "KEN", partner: str | None = "GHA", **facts: Any) -> Tree:
    """A case of corruption by a group in which little is left open."""
    return ask(measure, own, partner, **{**CLEAR, **facts})


def several(theme: Theme = Theme(), most: int = 3) -> SearchStrategy[Tree]:
    """Cases with up to three needs, often to the same State."""

    def joined(trees: list[Tree]) -> Tree:
        first = trees[0]
        for tree in trees[1:]:
            need = dict(tree["needs"][0])
            if "with" in first["needs"][0] and need.get("with") in (None, first.get("state")):
                need["with"] = first["needs"][0]["with"]
            first["needs"].append(need)
        for number, need in enumerate(first["needs"]):
            need["id"] = f"n{number}"
        return first

    return st.lists(cases(theme), min_size=1, max_size=most).map(joined)
