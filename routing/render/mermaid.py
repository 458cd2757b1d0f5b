"""The plan as Mermaid text: lanes with steps and clocks, then what decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from routing.plan.model import Plan
from routing.render.swimlanes import cards, decision, lanes

if TYPE_CHECKING:
    from routing.opened import Router


def mermaid(plan: Plan, router: Router) -> str:
    """Two flowcharts in one: lanes with steps from left to right, and beside them facts, rules and
    pathways."""
    return "\n".join([WIDE, "flowchart LR", *_decision(plan, router), *_lanes(plan, router), *STYLES]) + "\n"


WIDE = '%%{init: {"flowchart": {"wrappingWidth": 300}}}%%'


STYLES = (
    "  classDef main stroke-width:3px",
    "  classDef open stroke-dasharray:5 4",
    "  classDef near stroke-dasharray:5 4,color:#777",
)


def _lanes(plan: Plan, router: Router) -> Iterator[str]:
    placed = cards(plan, router)
    ids = {card.id: f"s{card.number}" for card in placed}
    for number, name in enumerate(lanes(router)):
        own = [card for card in placed if card.lane == name]
        if own:
            yield f'  subgraph lane{number}["{name}"]'
            for card in own:
                lines = [
                    f"{card.number}. {card.title}",
                    card.parties,
                    card.basis,
                    *([f"⏱ {card.clock}"] if card.clock else []),
                ]
                kind = ":::main" if card.main and card.sure else ":::open" if not card.sure else ""
                yield f'    {ids[card.id]}["{"<br/>".join(_plain(line) for line in lines)}"]{kind}'
            yield "  end"
    for card in placed:
        for before in card.after:
            yield f"  {ids[before]} --> {ids[card.id]}"


def _decision(plan: Plan, router: Router) -> Iterator[str]:
    shown = decision(plan, router)
    ids: dict[str, str] = {}
    for letter, heading, group in (
        ("f", "Facts", shown.facts),
        ("r", "Rules", shown.rules),
        ("p", "Pathways", shown.pathways),
    ):
        yield f'  subgraph {heading.lower()}["{heading}"]'
        for number, (key, says) in enumerate(group.items()):
            ids[key] = f"{letter}{number}"
            kind = ":::near" if key in shown.near else ""
            yield f'    {ids[key]}["{_plain(says)}"]{kind}'
        yield "  end"
    for link in shown.links:
        yield f"  {ids[link.source]} {'-.->' if link.near else '-->'} {ids[link.target]}"


def _plain(words: str) -> str:
    """Words that Mermaid takes as words: of its signs none, and no directive of its own, which it looks for
    everywhere."""
    return (
        " ".join(words.split())
        .replace("#", "#35;")
        .replace("%%", "#37;#37;")
        .replace("&", "#amp;")
        .replace('"', "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;")
        .replace("`", "'")
    )
