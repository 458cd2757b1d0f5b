"""The plan as an SVG picture: lanes with steps, clocks and arrows, and under them what decided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from routing.core.printable import day
from routing.phrasing.of_plans import Wording, status_of
from routing.plan.model import Plan
from routing.render.svg_parts import (
    ALARM,
    INK,
    LINE,
    LINK,
    MISSED,
    PAPER,
    SHADES,
    SIZE,
    SOFT,
    night,
    text,
    wrapped,
)
from routing.render.swimlanes import Card, Decision, cards, decision, lanes

if TYPE_CHECKING:
    from routing.opened import Router

LABEL, CARD, GAP, PAD = 120, 230, 40, 18
BOX, SPACE, ROW = 258, 50, 14
LANE, NAME, TITLE, HEADING = 12.0, 13.0, 19.0, 14.0  # sizes of letters
Line = tuple[str, str]


def svg(plan: Plan, router: Router) -> str:
    """The picture as text. It needs no other file and no script."""
    page = _Page(plan, router)
    body = "\n".join(page.lines())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width}" height="{page.height}" viewBox="0 0'
        f' {page.width} {page.height}" '
        f'font-family="DejaVu Sans, Verdana, sans-serif" font-size="{SIZE}" role="img">\n'
        f"<title>{escape(plan.title or 'Plan')}</title>\n{night()}\n"
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
        self.width = max(LABEL + self.columns * (CARD + GAP) - GAP + 26, 3 * BOX + 2 * SPACE + 2 * PAD)
        self.places: dict[str, tuple[float, float, float]] = {}  # x, y, height
        self.heading, self.head = self._heading()
        self.lane_tops: list[tuple[str, float, float]] = []
        self._place()
        top = self.bottom + 66
        self.decided = list(_decision(self.decision, top))
        self.height = top + _decision_height(self.decision) + PAD

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
            y = max(*fills, top + 24 + len(_lane_name(name)) * LINE) + 2
            self.lane_tops.append((name, top, y - top))
            y += 6
        self.bottom = y

    def lines(self) -> Iterator[str]:
        yield from self.heading
        for name, top, height in self.lane_tops:
            ground, line = self.shades[name]
            yield (
                f'<rect x="{PAD}" y="{top}" width="{self.width - 2 * PAD}" height="{height}" rx="6"'
                f' fill="{ground}"/>'
            )
            yield from text(PAD + 10, top + 24, _lane_name(name), "bold", line, LANE)
        for card in self.cards:
            yield from self._arrows(card)
        for card in self.cards:
            yield from self._card(card)
        says = "What decided (dashed: near, but not this way)"
        yield from text(PAD, self.bottom + 28, [says], "bold", size=HEADING)
        for number, name in enumerate(("Facts", "Rules that applied", "Ways")):
            yield from text(PAD + number * (BOX + SPACE), self.bottom + 54, [name], "bold", SOFT)
        yield from self.decided

    def _heading(self) -> tuple[list[str], float]:
        """What stands over the lanes, each line under the one before it, and where the lanes begin."""
        where = f"{self.words.state(self.plan.state)}, as of {day(self.plan.as_of)}"
        needs = [
            f"{self.words.pathway(need.primary.pathway)} ({self.words.need(need)}): {status_of(need).lower()}"
            for need in self.plan.needs
        ]
        rows = [
            (self.plan.title or "The steps", "bold", TITLE, 26),
            (where, "soft", SIZE, 20),
            *((says, "normal", NAME, 18) for says in needs),
            ("Thick edge: main step of a need. Dashed edge: not sure yet.", "soft", SIZE, 20),
        ]
        y = 8.0
        drawn: list[str] = []
        for says, look, size, step in rows:
            for line in wrapped(says, self.width - 2 * PAD, size, look == "bold"):
                y += step
                weight, fill = "bold" if look == "bold" else "normal", SOFT if look == "soft" else INK
                drawn += text(PAD, y, [line], weight, fill, size)
        return drawn, y + 14

    def _card(self, card: Card) -> Iterator[str]:
        x, y, height = self.places[card.id]
        edge, dash = self.shades[card.lane][1], "" if card.sure else ' stroke-dasharray="6 4"'
        yield (
            f'<rect x="{x}" y="{y}" width="{CARD}" height="{height}" rx="6" fill="{PAPER}" stroke="{edge}"'
            f' stroke-width="{3 if card.main else 1.4}"{dash}/>'
        )
        baseline, clocked = y + 20, False
        for kind, words in self.texts[card.id]:
            weight = "bold" if kind in ("title", "clock") else "normal"
            fill = {"basis": SOFT, "clock": ALARM}.get(kind, INK)
            if kind == "clock" and not clocked:
                clocked = True
                yield _clock(x + 17, baseline - 4)
            indent = 28 if kind == "clock" else 12
            yield from text(x + indent, baseline, [words], weight, fill, _size(kind))
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


def _lane_name(name: str) -> list[str]:
    return wrapped(name, LABEL - PAD - 16, LANE, bold=True)


def _size(kind: str) -> float:
    return 13.5 if kind == "title" else SIZE


def _card_lines(card: Card) -> list[Line]:
    """The lines of a card, each with what it is: title, name, basis or clock."""
    title = f"{card.number}. {card.title}" + ("" if card.sure else " (only if available)")
    parts = (("title", title), ("name", card.parties), ("basis", card.basis), ("clock", card.clock))
    return [
        (kind, line)
        for kind, says in parts
        for line in wrapped(
            says, CARD - (40 if kind == "clock" else 24), _size(kind), kind in ("title", "clock")
        )
    ]


def _clock(x: float, y: float) -> str:
    return (
        f'<g stroke="{ALARM}" stroke-width="1.3" fill="none"><circle cx="{x}" cy="{y}" r="5"/>'
        f'<path d="M{x} {y - 3}V{y}L{x + 2.4} {y + 1.6}"/></g>'
    )


def _rows(words: str, bold: bool) -> list[str]:
    return wrapped(words, BOX - 18, 11.5, bold)


def _groups(decision: Decision) -> tuple[dict[str, list[str]], ...]:
    """The boxes of each column by their ids, with their lines."""
    columns = ((decision.facts, False), (decision.rules, False), (decision.pathways, True))
    return tuple({key: _rows(says, bold) for key, says in group.items()} for group, bold in columns)


def _column(items: dict[str, list[str]], x: float, top: float) -> dict[str, tuple[float, float, float]]:
    placed: dict[str, tuple[float, float, float]] = {}
    y = top
    for key, lines in items.items():
        height = len(lines) * ROW + 14
        placed[key] = (x, y, height)
        y += height + 10
    return placed


def _decision_height(decision: Decision) -> float:
    heights = (sum(len(lines) * ROW + 24 for lines in group.values()) for group in _groups(decision))
    return max(heights, default=0)


def _decision(decision: Decision, top: float) -> Iterator[str]:
    placed, texts = {}, {}
    for number, group in enumerate(_groups(decision)):
        placed.update(_column(group, PAD + number * (BOX + SPACE), top))
        texts.update(group)
    missed = {link.source for link in decision.links if link.near} - {
        link.source for link in decision.links if not link.near
    }
    for link in decision.links:
        x1, y1, h1 = placed[link.source]
        x2, y2, h2 = placed[link.target]
        a, b = y1 + h1 / 2, y2 + h2 / 2
        dash, colour = (' stroke-dasharray="5 4"', MISSED) if link.near else ("", LINK)
        yield (
            f'<path d="M{x1 + BOX} {a}C{x1 + BOX + 30} {a} {x2 - 30} {b} {x2} {b}" fill="none"'
            f' stroke="{colour}" stroke-width="1.2"{dash}/>'
        )
    for key, (x, y, height) in placed.items():
        near = key in decision.near or (key in missed and key in decision.rules)
        dash, edge = (' stroke-dasharray="5 4"', ALARM) if near else ("", SHADES[0][1])
        yield (
            f'<rect x="{x}" y="{y}" width="{BOX}" height="{height}" rx="5" fill="{PAPER}" stroke="{edge}"'
            f' stroke-width="{2 if key in decision.pathways and not near else 1}"{dash}/>'
        )
        weight = "bold" if key in decision.pathways else "normal"
        yield from text(x + 9, y + 18, texts[key], weight, size=11.5, step=ROW)
