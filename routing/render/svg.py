"""The plan as an SVG picture: lanes with steps, clocks and arrows, and under them what decided."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import cycle
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from routing.core.printable import day
from routing.phrasing.of_plans import STATUS, Wording
from routing.plan.model import Plan
from routing.render.swimlanes import Card, Decision, cards, decision, lanes

if TYPE_CHECKING:
    from routing.api import Router

LABEL, CARD, GAP, PAD = 130, 250, 60, 18
LINE, SIZE = 16, 12.5
LETTERS = 33  # that fit on a line of a card
INK, SOFT, PAPER = "#1c2733", "#5b6875", "#ffffff"
SHADES = (  # the ground and the line of each lane, in their order
    ("#eef3f8", "#4a6a8a"),
    ("#eaf4ee", "#3f7d56"),
    ("#eef1e4", "#66752a"),
    ("#f6f0e6", "#9a6b1f"),
    ("#f5ecf4", "#8a4b80"),
    ("#eff0f2", "#666f7a"),
)


def svg(plan: Plan, router: Router) -> str:
    """The picture as text. It needs no other file and no script."""
    page = _Page(plan, router)
    body = "\n".join(page.lines())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width}" height="{page.height}" viewBox="0 0'
        f' {page.width} {page.height}" '
        f'font-family="DejaVu Sans, Verdana, sans-serif" font-size="{SIZE}" role="img">\n'
        f"<title>{escape(plan.title or 'Plan')}</title>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto-start-reverse">'
        f'<path d="M0 0L8 4L0 8z" fill="{SOFT}"/></marker></defs>\n'
        f'<rect width="{page.width}" height="{page.height}" fill="{PAPER}"/>\n{body}\n</svg>\n'
    )


class _Page:
    def __init__(self, plan: Plan, router: Router) -> None:
        self.plan, self.words = plan, Wording(router)
        self.cards = cards(plan, router)
        self.shades = dict(zip(lanes(router), cycle(SHADES)))
        self.texts = {card.id: _card_lines(card) for card in self.cards}
        self.decision = decision(plan, router)
        self.columns = 1 + max((card.column for card in self.cards), default=0)
        self.width = max(LABEL + self.columns * (CARD + GAP) + PAD, 3 * 330 + 2 * 90 + 2 * PAD)
        self.places: dict[str, tuple[float, float, float]] = {}  # x, y, height
        self.head = 64 + 20 * len(plan.needs)
        self.lane_tops: list[tuple[str, float, float]] = []
        self._place()
        self.height = 0.0
        self.decided = list(_decision(self.decision, self.bottom + 46))
        self.height = max(self.bottom + 46 + _decision_height(self.decision), self.bottom) + PAD

    def _place(self) -> None:
        y = float(self.head)
        for name in self.shades:
            own = [card for card in self.cards if card.lane == name]
            if not own:
                continue
            top, fills = y, [y + 12.0] * self.columns
            for card in own:
                height = len(self.texts[card.id]) * LINE + 18.0
                self.places[card.id] = (LABEL + card.column * (CARD + GAP), fills[card.column], height)
                fills[card.column] += height + 14
            y = max(fills) + 2
            self.lane_tops.append((name, top, y - top))
            y += 6
        self.bottom = y

    def lines(self) -> Iterator[str]:
        yield from self._heading()
        for name, top, height in self.lane_tops:
            yield (
                f'<rect x="{PAD}" y="{top}" width="{self.width - 2 * PAD}" height="{height}" rx="6"'
                f' fill="{self.shades[name][0]}"/>'
            )
            yield from _text(
                PAD + 10, top + 24, textwrap.wrap(name, 12), weight="bold", fill=self.shades[name][1], size=14
            )
        for card in self.cards:
            yield from self._arrows(card)
        for card in self.cards:
            yield from self._card(card)
        yield from _text(
            PAD,
            self.bottom + 28,
            ["What decided: facts, rules that applied, pathways (dashed: near, but not this way)"],
            weight="bold",
            size=14,
        )
        yield from self.decided

    def _heading(self) -> Iterator[str]:
        where = f"{self.words.state(self.plan.state)}, as of {day(self.plan.as_of)}"
        yield from _text(PAD, 30, [self.plan.title or "Case"], weight="bold", size=19)
        yield from _text(
            self.width - PAD,
            30,
            [where, "thick edge: main step of a need; dashed edge: not sure yet"],
            fill=SOFT,
            anchor="end",
            step=22,
        )
        for number, need in enumerate(self.plan.needs):
            says = (
                f"{self.words.pathway(need.primary.pathway)} ({self.words.need(need)}):"
                f" {STATUS[need.status].lower()}"
            )
            yield from _text(PAD, 52 + 20 * number, [says], size=13)

    def _card(self, card: Card) -> Iterator[str]:
        x, y, height = self.places[card.id]
        edge, dash = self.shades[card.lane][1], "" if card.sure else ' stroke-dasharray="6 4"'
        yield (
            f'<rect x="{x}" y="{y}" width="{CARD}" height="{height}" rx="6" fill="{PAPER}" stroke="{edge}"'
            f' stroke-width="{3 if card.main else 1.4}"{dash}/>'
        )
        baseline, clocked = y + 20, False
        for kind, words in self.texts[card.id]:
            look = {
                "title": {"weight": "bold", "size": 13.5},
                "name": {},
                "basis": {"fill": SOFT},
                "clock": {"fill": "#a3341f", "weight": "bold"},
            }[kind]
            if kind == "clock" and not clocked:
                clocked = True
                yield _clock(x + 17, baseline - 4)
            yield from _text(x + (28 if kind == "clock" else 12), baseline, [words], **look)  # type: ignore[arg-type]
            baseline += LINE

    def _arrows(self, card: Card) -> Iterator[str]:
        x, y, height = self.places[card.id]
        for before in card.after:
            if before not in self.places:
                continue
            bx, by, bh = self.places[before]
            x1, y1, x2, y2 = bx + CARD, by + bh / 2, x - 2, y + height / 2
            middle, bend = (
                x2 - GAP / 2,
                max(-8.0, min(8.0, (y2 - y1) / 2)),
            )  # a bend is never longer than the way it turns
            side = abs(bend)
            yield (
                f'<path d="M{x1} {y1}H{middle - side}Q{middle} {y1} {middle} {y1 + bend}V{y2 - bend}Q{middle}'
                f' {y2} {middle + side} {y2}H{x2}" fill="none" stroke="{SOFT}" stroke-width="1.5"'
                ' marker-end="url(#tip)"/>'
            )


def _card_lines(card: Card) -> list[tuple[str, str]]:
    title = f"{card.number}. {card.title}" + ("" if card.sure else " (only if available)")
    lines = [("title", line) for line in textwrap.wrap(title, LETTERS - 6)]
    lines += [("name", line) for line in textwrap.wrap(card.parties, LETTERS)]
    lines += [("basis", line) for line in textwrap.wrap(card.basis, LETTERS)]
    lines += [("clock", line) for line in textwrap.wrap(card.clock, LETTERS - 5)] if card.clock else []
    return lines


def _clock(x: float, y: float) -> str:
    return (
        f'<g stroke="#a3341f" stroke-width="1.3" fill="none"><circle cx="{x}" cy="{y}" r="5"/>'
        f'<path d="M{x} {y - 3}V{y}L{x + 2.4} {y + 1.6}"/></g>'
    )


BOX, SPACE, LEFT = 330, 90, PAD
ROW = 14


def _rows(words: str) -> list[str]:
    return textwrap.wrap(words, 50)


def _column(items: dict[str, str], x: float, top: float) -> dict[str, tuple[float, float, float, list[str]]]:
    placed: dict[str, tuple[float, float, float, list[str]]] = {}
    y = top
    for key, says in items.items():
        lines = _rows(says)
        height = len(lines) * ROW + 14
        placed[key] = (x, y, height, lines)
        y += height + 10
    return placed


def _decision_height(decision: Decision) -> float:
    return max(
        (
            sum(len(_rows(says)) * ROW + 24 for says in group.values())
            for group in (decision.facts, decision.rules, decision.pathways)
        ),
        default=0,
    )


def _decision(decision: Decision, top: float) -> Iterator[str]:
    placed = {}
    for number, group in enumerate((decision.facts, decision.rules, decision.pathways)):
        placed.update(_column(group, LEFT + number * (BOX + SPACE), top))
    missed = {link.source for link in decision.links if link.near} - {
        link.source for link in decision.links if not link.near
    }
    for link in decision.links:
        x1, y1, h1, _ = placed[link.source]
        x2, y2, h2, _ = placed[link.target]
        a, b = y1 + h1 / 2, y2 + h2 / 2
        dash, colour = (' stroke-dasharray="5 4"', "#b98a80") if link.near else ("", "#8fa1b3")
        yield (
            f'<path d="M{x1 + BOX} {a}C{x1 + BOX + 45} {a} {x2 - 45} {b} {x2} {b}" fill="none"'
            f' stroke="{colour}" stroke-width="1.2"{dash}/>'
        )
    for key, (x, y, height, lines) in placed.items():
        near = key in decision.near or (key in missed and key in decision.rules)
        dash, edge = (' stroke-dasharray="5 4"', "#a3341f") if near else ("", SHADES[0][1])
        yield (
            f'<rect x="{x}" y="{y}" width="{BOX}" height="{height}" rx="5" fill="{PAPER}" stroke="{edge}"'
            f' stroke-width="{2 if key in decision.pathways and not near else 1}"{dash}/>'
        )
        yield from _text(
            x + 9, y + 18, lines, size=11.5, weight="bold" if key in decision.pathways else "normal", step=ROW
        )


def _text(
    x: float,
    y: float,
    lines: list[str],
    weight: str = "normal",
    fill: str = INK,
    size: float = SIZE,
    anchor: str = "start",
    step: float = LINE,
) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (
            f'<text x="{x}" y="{y + number * step}" font-size="{size}" font-weight="{weight}" fill="{fill}"'
            f' text-anchor="{anchor}">{escape(line)}</text>'
        )
