"""The law to browse: States, pairs of States on a day, instruments, provisions, pathways, rules and terms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from routing.core import answer_date, kinds
from routing.core.domain import CitedInstrument
from routing.core.errors import Problems
from routing.core.grouping import grouped
from routing.look_ups.instruments import show
from routing.look_ups.named import state_code
from routing.look_ups.states import state, who
from routing.look_ups.ties import between
from routing.opened import given_day
from routing.render.pathway import pathway_data
from routing.render.rules import rule_data
from routing.rulebook.model import Rule
from routing.rulebook.parse.glossary import Glossary
from routing.serve.cases import Cases, today_written
from routing.serve.shown import Pages
from routing.serve.visit import go

if TYPE_CHECKING:
    from routing.world.grid import Grid

MOST = 400
KINDS = {
    kinds.TREATY: "Treaties",
    kinds.LAW: "Laws",
    kinds.AGREEMENT: "Agreements and arrangements",
    kinds.NETWORK: "Networks",
    kinds.PRACTICE: "Guides and practice",
    kinds.POLICY: "Standards",
    kinds.REFERENCE: "Judgments, declarations and lists",
}
"""How the instruments of a kind are headed."""


def law_pages(cases: Cases, pages: Pages) -> APIRouter:
    """The addresses under `/law`."""
    api = APIRouter(prefix="/law", include_in_schema=False)
    router, rulebook, law = cases.router, cases.router.rulebook, cases.router.law
    glossary = Glossary.load(rulebook.source)
    grids = cache(lambda measure: _grid(cases, measure))
    maps = cache(lambda measure: _map(grids(measure)))

    def shown(request: Request, template: str, **values: Any) -> HTMLResponse:
        return pages.show(request, f"law/{template}", **values)

    def on(day: str) -> date:
        return (given_day(day) if day else None) or answer_date.today()

    @api.get("")
    def contents(request: Request) -> HTMLResponse:
        return shown(
            request,
            "contents",
            states=cases.states,
            today=today_written(),
            instruments=_by_kind(rulebook.instruments.values()),
            pathways=rulebook.pathways.values(),
            measures=rulebook.in_groups(),
        )

    @api.get("/between")
    def pair(request: Request, a: str = "", b: str = "", day: str = "", everything: str = "") -> HTMLResponse:
        first, second = _state(cases, a), _state(cases, b)
        if first == second:
            raise Problems.of(f"{cases.state_named(first)} is named twice", fix="choose two States")
        data = between(law, (first, second), on(day), bool(everything))
        return shown(
            request, "between", data=data, a=first, b=second, day=on(day), everything=bool(everything)
        )

    @api.get("/state")
    def chosen(request: Request, code: str = "", day: str = "") -> HTMLResponse:
        alpha3 = _state(cases, code)
        with cases.lock:
            data = state(router, alpha3, on(day))
        return shown(request, "state", data=data)

    @api.get("/who")
    def offices(
        request: Request, state: str, pathway: str = "", asking: str = "", day: str = ""
    ) -> HTMLResponse:
        asks = _state(cases, asking) if asking else None
        data = who(router, _state(cases, state), pathway or None, asks, on(day))
        return shown(request, "who", data=data)

    @api.get("/instrument/{id}")
    def instrument(request: Request, id: str) -> HTMLResponse:
        entry = rulebook.instruments.get(id)
        if id in law.instruments:
            data = show(law, id)
        elif entry is not None:
            data = {"name": entry.name, "short": entry.short, "kind": entry.kind}
        else:
            raise Problems.of(f"`{id[:60]}` is not an instrument")
        provisions = [item for item in rulebook.provisions.values() if item.instrument == id]
        members = law.members(id) if id in law.instruments else None
        listed = (
            [(place, law.states.name(place), members.rows(place)) for place in members.states]
            if members
            else []
        )
        return shown(request, "instrument", id=id, data=data, provisions=provisions, listed=listed)

    @api.get("/provision")
    def provision(request: Request, ref: str) -> Response:
        parts = show(law, ref)
        if isinstance(parts, dict):  # no article is named
            return go(f"/law/instrument/{parts['id']}")
        refs = {str(part.get("ref")) for part in parts}
        citing = [rule for rule in rulebook.rules if refs & set(rule.basis)]
        routes = [route for route in rulebook.routes.values() if refs & {*rulebook.citable(route)}]
        return shown(request, "provision", ref=ref, parts=parts, citing=_alike(citing), routes=routes)

    @api.get("/pathways")
    def pathways(request: Request) -> HTMLResponse:
        return shown(request, "pathways", pathways=rulebook.pathways.values())

    @api.get("/pathway/{id}")
    def pathway(request: Request, id: str) -> HTMLResponse:
        if id not in rulebook.pathways:
            raise Problems.of(f"`{id[:60]}` is not a pathway")
        return shown(request, "pathway", data=pathway_data(rulebook, rulebook.pathways[id]))

    @api.get("/rules")
    def rules(request: Request, words: str = "") -> HTMLResponse:
        wanted = words.casefold().split()
        matching = [
            rule
            for rule in rulebook.rules
            if all(word in f"{rule.id} {rule.says}".casefold() for word in wanted)
        ]
        alike = _alike(matching)
        return shown(request, "rules", rules=alike[:MOST], count=len(alike), words=words)

    @api.get("/rule/{id:path}")
    def rule(request: Request, id: str) -> HTMLResponse:
        parts = (item for item in rulebook.rules if item.parent == id)
        definition = rulebook.rule.get(id) or next(parts, None)
        if definition is None:
            raise Problems.of(f"`{id[:60]}` is not a rule")
        return shown(request, "rule", data=rule_data(rulebook, definition))

    @api.get("/terms")
    def terms(request: Request) -> HTMLResponse:
        listed = sorted(glossary.terms.values(), key=lambda term: term.name.casefold())
        return shown(request, "terms", terms=listed)

    def grid_of(measure: str) -> Grid:
        """Raises Problems for what is no measure, and where an extra is missing."""
        if measure not in rulebook.measures:
            raise Problems.of(f"`{measure[:60]}` is not a measure")
        from routing.batch.extra import need_extra

        need_extra()
        with cases.lock:
            return grids(measure)

    @api.get("/world")
    def world(request: Request, measure: str) -> HTMLResponse:
        grid = grid_of(measure)
        rows = _regions(grid)
        return shown(request, "world", measure=rulebook.measures[measure], data=rows, day=grid.day)

    @api.get("/world.svg")
    def world_map(measure: str) -> Response:
        grid_of(measure)
        return Response(maps(measure), media_type="image/svg+xml")

    return api


def _state(cases: Cases, written: str) -> str:
    if not written.strip():
        raise Problems.of("no State is named", fix="choose one")
    return state_code(cases.router, written)[0]


def _alike(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Rules, the rows of one that say the same together: a reader meets a sentence once."""
    return list(grouped(((rule.parent or rule.id, rule.says), rule) for rule in rules).values())


def _by_kind(instruments: Iterable[CitedInstrument]) -> dict[str, list[CitedInstrument]]:
    """Instruments under the heading of their kind, each list by name."""
    by_name = sorted(instruments, key=lambda item: item.short.casefold())
    return grouped(
        (KINDS[kind], item) for kind in kinds.OF_INSTRUMENTS for item in by_name if item.kind == kind
    )


def _grid(cases: Cases, measure: str) -> Grid:
    """Where a route for a measure is confirmed, in the usual case, on the day of the law data."""
    from routing.world.grid import world

    router = cases.router
    return world(router, router.law, date.fromisoformat(router.rulebook.data_date), {}, (measure,))


def _map(grid: Grid) -> str:
    from routing.world.tile_map import tile_map

    return tile_map(grid)


def _regions(grid: Grid) -> list[tuple[str, str, int, int, int]]:
    """For each State that asks: code, name, and of how many others a route is confirmed, open, or none."""
    from routing.world.grid import CONFIRMED, OPEN

    rows = []
    for place, code in enumerate(grid.states):
        line = grid.status[0][place]
        confirmed, perhaps = int((line == CONFIRMED).sum()), int((line == OPEN).sum())
        rest = len(grid.states) - 1 - confirmed - perhaps
        rows.append((code, grid.router.law.states.name(code), confirmed, perhaps, rest))
    return sorted(rows, key=lambda row: row[1].casefold())
