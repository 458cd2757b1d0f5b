"""Pathways and the routes that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AbstractMapping
from typing import Any

from routing.core.domain import YES, Pathway, Route
from routing.core.errors import one_of
from routing.core.grouping import grouped
from routing.core.kinds import TREATY
from routing.rulebook.parse.conditions import Reader
from routing.yaml.schema import words_of
from routing.yaml.tree import Items, Mapping, Node, Text, plain

PARTIES = ("sender", "receiver")
LIMITS = ("answers", "objections")


def route_ids(listed: Node | None) -> tuple[str, ...]:
    """The ids of a list of routes."""
    return tuple(word for item in _routes(listed) for word in words_of(item.get("id")))


Manners = AbstractMapping[str, list[dict[str, Any]]]


def shared_manners(listed: Node | None, reader: Reader) -> Manners:
    """The manners that several pathways share, by pathway."""
    _tested(listed, reader)
    return grouped(
        (target, {key: value for key, value in plain(row).items() if key != "on"})
        for row in (listed.values if isinstance(listed, Items) else ())
        if isinstance(row, Mapping)
        for target in reader.targets(row.get("on"), routes=False)
    )


def read_pathway(
    name: Text, node: Mapping, reader: Reader, settings: AbstractMapping[str, Any], shared: Manners
) -> Pathway:
    """A pathway with its routes.

    settings: families, roles, parties and what is said first, where they could be read. shared: manners of
    several pathways, which stand over its own.
    """
    card = {key: value for key, value in plain(node).items() if key != "routes"}
    if name.value in shared:
        card["shared_manners"] = shared[name.value]
    allowed = {"family": "families", "role": "roles", "sender": "parties", "receiver": "parties"}
    for key, setting in allowed.items():
        _among(card.get(key), key, settings.get(setting), name, reader)
    manners = card.get("manners") or ()
    _say_first(manners, settings.get("firsts", {}), name, reader)
    sides = [card.get("answering") or {}, card.get("sharing") or {}, *manners]
    for side in sides:
        for key in PARTIES:
            _among(side.get(key), key, settings.get("parties"), name, reader)
    if not node.get("routes"):
        return _pathway(name, node, card, (), reader)
    routes = read_routes(name.value, node.get("routes"), reader)
    if not routes:
        reader.problem(
            "pathway.no-route",
            f"pathway `{name.value}` has no route",
            name.line,
            "add `routes:`, one for each legal basis",
        )
    _times(node.get("time"), reader)
    _tested(node.get("manners"), reader)
    return _pathway(name, node, card, routes, reader)


def read_routes(pathway: str, listed: Node | None, reader: Reader) -> tuple[Route, ...]:
    """The routes of a pathway in the order of a list."""
    return tuple(_route(pathway, item, reader) for item in _routes(listed))


def _pathway(
    name: Text, node: Mapping, card: dict[str, Any], routes: tuple[Route, ...], reader: Reader
) -> Pathway:
    return Pathway(
        id=name.value,
        name=card.get("name", name.value),
        family=card.get("family", ""),
        informal=card.get("informal") == YES,
        role=card.get("role", ""),
        card=card,
        routes=routes,
        line=name.line,
        file=reader.file,
    )


def _among(
    word: str | None, key: str, allowed: AbstractMapping[str, str] | None, name: Text, reader: Reader
) -> None:
    if word is not None and allowed and word not in allowed:
        reader.problem(
            "pathway.unknown-word",
            f"`{word}` is not a {key} (pathway `{name.value}`)",
            name.line,
            one_of(word, allowed),
        )


def _say_first(
    rows: Iterable[dict[str, Any]], firsts: AbstractMapping[str, str], name: Text, reader: Reader
) -> None:
    """What a manner says first, where it is named by one word for several manners, is put in full."""
    for row in rows:
        word = str(row.get("first", ""))
        if word in firsts:
            row["first"] = firsts[word]
        elif word.isidentifier():
            reader.problem(
                "pathway.unknown-word",
                f"`{word}` is not in `firsts` (pathway `{name.value}`)",
                name.line,
                one_of(word, firsts) if firsts else "write a sentence",
            )


def _routes(listed: Node | None) -> Iterator[Mapping]:
    return (
        (item for item in listed.values if isinstance(item, Mapping))
        if isinstance(listed, Items)
        else iter(())
    )


def _route(pathway: str, node: Mapping, reader: Reader) -> Route:
    route_id = "".join(words_of(node.get("id")))
    if route_id and (route_id.split("/")[0] != pathway or route_id.count("/") != 1):
        reader.problem(
            "route.id",
            f"`{route_id}` does not begin with `{pathway}/`",
            node.line,
            f"write `{pathway}/basis`",
        )
    data = plain(node)
    return Route(
        id=route_id,
        pathway=pathway,
        opens=reader.condition(node.get("opens")),
        lead=words_of(node.get("lead")),
        support=words_of(node.get("support")),
        kind=data.get("kind", TREATY),
        says=data.get("says", ""),
        line=node.line,
        file=reader.file,
    )


def _times(node: Node | None, reader: Reader) -> None:
    """The time limits of a card: each counts days or hours, and asks only for facts and values that there
    are."""
    if not isinstance(node, Mapping):
        return
    for key in LIMITS:
        rows = node.get(key)
        for row in rows.values if isinstance(rows, Items) else ():
            if not isinstance(row, Mapping):
                continue
            if len({"days", "hours"} & set(row.keys())) != 1:
                reader.problem(
                    "pathway.time-limit",
                    f"a row of `{key}` gives no count, or two",
                    row.line,
                    "give `days` or `hours`",
                )
        _tested(rows, reader)


def _tested(rows: Node | None, reader: Reader) -> None:
    """The rows of a card ask only for facts and values that there are, or what is `in_force`."""
    for row in rows.values if isinstance(rows, Items) else ():
        when = row.get("when") if isinstance(row, Mapping) else None
        for fact, value in when.entries if isinstance(when, Mapping) else ():
            reader.line_of_card(fact, value)
