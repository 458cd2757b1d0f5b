"""The card of a pathway, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routing.core.domain import Pathway, Route
from routing.core.lines import lines_of
from routing.phrasing.of_basis import how_read
from routing.plan.card_times import expected, time_of
from routing.render.rules import spoken
from routing.rulebook.model import STEP_FORMS, Rule, Rulebook

WIDTH, LABEL = 100, 16
ACTS = {
    "close": "excludes it",
    "bar": "keeps it from being the last step",
    "first_open": "calls it as a step",
    "include": "calls it as a step",
    "prefer": "ranks it",
    "before": "orders it",
    "together": "orders it",
    "at_once": "orders it",
    "duty": "adds a duty",
    "warn": "adds a warning",
    "limit": "limits use",
    "never": "protects it",
}
"""What a rule of each form does to a pathway; `is` acts on facts alone."""
NAMING = (*STEP_FORMS, "prefer", "before", "together", "at_once")
"""The forms whose conclusion is a list of pathways."""


def pathway_lines(rulebook: Rulebook) -> list[str]:
    """Every pathway in one line."""
    width = max(map(len, rulebook.pathways))
    return [f"{pathway.id:<{width}}  {pathway.name}" for pathway in rulebook.pathways.values()]


def acting(rulebook: Rulebook, pathway: str) -> dict[str, list[Rule]]:
    """The rules that act on a pathway or its routes, by what they do; a table or a list of needs counts
    once."""
    acts: dict[str, dict[str, Rule]] = {}
    for rule in rulebook.rules:
        named = (
            *rule.targets,
            *rule.over,
            *(rule.values if rule.form in NAMING else ()),
        )
        if rule.form in ACTS and any(target.split("/")[0] == pathway for target in named):
            acts.setdefault(ACTS[rule.form], {}).setdefault(rule.parent, rule)
    return {act: list(acts[act].values()) for act in dict.fromkeys(ACTS.values()) if act in acts}


def pathways_by_name(rulebook: Rulebook) -> dict[str, Any]:
    """The name of every pathway by its id."""
    return {pathway.id: pathway.name for pathway in rulebook.pathways.values()}


def pathway_data(rulebook: Rulebook, pathway: Pathway, full: bool = False) -> dict[str, Any]:
    """The card for machines; with `full`, in place of the id of each rule that acts on it, its id with what
    it says."""
    card = pathway.card
    return {
        "id": pathway.id,
        "name": pathway.name,
        "family": pathway.family,
        "informal": pathway.informal,
        "is": card.get("is"),
        "right_when": card.get("right_when"),
        "sender": pathway.sender,
        "receiver": pathway.receiver,
        "action": card.get("action"),
        "tells": card.get("tells"),
        "answering": card.get("answering"),
        "put_in": card.get("put_in") or [],
        "time": {**time_of(pathway), "expected": expected(time_of(pathway))},
        "safeguards": card.get("safeguards") or [],
        "not_for": [_not_for(rulebook, item) for item in _items(card.get("not_for"))],
        "routes": [_route(rulebook, route) for route in pathway.routes],
        "delivers": [measure.id for measure in rulebook.measures.values() if pathway.id in measure.ways],
        "rules": {
            act: [{"rule": rule.parent, "says": rule.says} if full else rule.parent for rule in rules]
            for act, rules in acting(rulebook, pathway.id).items()
        },
    }


def _items(given: object) -> list[Any]:
    return given if isinstance(given, list) else []


def _not_for(rulebook: Rulebook, item: dict[str, str]) -> dict[str, str]:
    """What the pathway is not for, the rule (or the route whose basis is missing) that enforces it, and what
    that says."""
    name = item["rule"]
    rule = next((rule for rule in rulebook.rules if name in (rule.id, rule.parent)), None)
    route = rulebook.routes.get(name)
    return {"what": item["what"], "rule": name, "says": rule.says if rule else route.says if route else ""}


def _route(rulebook: Rulebook, route: Route) -> dict[str, Any]:
    return {
        "id": route.id,
        "says": route.says,
        "opens": spoken(route.opens, rulebook),
        "kind": route.kind,
        "lead": [_basis(rulebook, ref) for ref in route.lead],
        "support": [_basis(rulebook, ref) for ref in route.support],
    }


def _basis(rulebook: Rulebook, ref: str) -> dict[str, str]:
    provision = rulebook.provisions[ref]
    return {
        "provision": ref,
        "instrument": rulebook.instruments[provision.instrument].short,
        "says": provision.says,
        "mark": provision.mark,
    }


def pathway_text(rulebook: Rulebook, pathway: Pathway, full: bool = False) -> str:
    """The card for a reader; with `full` what each rule says too."""
    return (
        "\n".join(line.rstrip() for line in _lines(rulebook, pathway, pathway_data(rulebook, pathway), full))
        + "\n"
    )


def _lines(rulebook: Rulebook, pathway: Pathway, data: dict[str, Any], full: bool) -> Iterator[str]:
    kind = "informal: no compulsion can come of it" if pathway.informal else "formal"
    yield pathway.name
    yield f"{pathway.id}; {rulebook.families[pathway.family]}; {kind}"
    yield ""
    yield from _entry("What it is", data["is"])
    yield from _entry("Right when", data["right_when"])
    yield from _entry(
        "Who to whom", f"{rulebook.parties[pathway.sender]} to {rulebook.parties[pathway.receiver]}"
    )
    yield from _entry("As asker", f"{data['action']}. {data['tells']}")
    answering = data["answering"] if isinstance(data["answering"], dict) else {}
    if answering:
        yield from _entry("As answerer", f"{answering.get('action', '')}. {answering.get('tells', '')}")
    yield from _list("Put in", data["put_in"])
    yield from _time(data["time"])
    yield from _list("Safeguards", data["safeguards"])
    yield from _list(
        "Not for", [f"{item['what']}: {item['says']} [{item['rule']}]" for item in data["not_for"]]
    )
    yield from _list(
        "Delivers",
        [rulebook.measures[measure].name for measure in data["delivers"]]
        or ["nothing by itself; a rule calls it beside another step"],
    )
    yield ""
    yield "Routes, best basis first"
    for route in data["routes"]:
        refs = [
            f"{item['instrument']} {item['provision'].split(' ', 1)[1]} ({how_read(item['mark'])})"
            for item in (*route["lead"], *route["support"])
        ]
        yield from lines_of(f"{route['id'].split('/')[1]}: {route['says']}", WIDTH, "  ", 2)
        yield from lines_of(f"opens if {route['opens']}", WIDTH, "    ", 2)
        yield from lines_of(f"{route['kind']}: {'; '.join(refs)}", WIDTH, "    ", 2)
    yield ""
    yield "Rules that act on it"
    for act, rules in acting(rulebook, pathway.id).items():
        if full:
            yield f"  {act}"
            for rule in rules:
                yield from lines_of(f"{rule.parent}: {rule.says}", WIDTH, "    ", 2)
        else:
            yield from lines_of(f"{act}: {', '.join(rule.parent for rule in rules)}", WIDTH, "  ", 2)
    yield f"stands in {pathway.file}:{pathway.line}"


def _time(time: dict[str, Any]) -> Iterator[str]:
    parts = [
        f"usually {time['expected']}" if time.get("expected") else "",
        "" if time.get("limit") in (None, "none") else str(time["limit"]),
    ]
    basis = time.get("basis") or []
    words = "; ".join(part for part in parts if part)
    refs = basis if isinstance(basis, str) else ", ".join(basis)
    yield from _entry("Time", f"{words} ({refs + '; ' if refs else ''}{time.get('mark') or 'unverified'})")


def _entry(label: str, words: object) -> list[str]:
    entry = str(words or "not said").strip()
    return lines_of(entry, WIDTH, label.ljust(LABEL))


def _list(label: str, items: list[str]) -> Iterator[str]:
    for number, item in enumerate(items):
        yield from lines_of(f"- {item}", WIDTH, (label if number == 0 else "").ljust(LABEL), 2)
