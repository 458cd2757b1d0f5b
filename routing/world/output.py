"""The world as a Parquet file, a table, a heat map and pages of States."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from routing.world.change import Gained, Ranked
from routing.world.grid import CONFIRMED, NONE, OPEN, Grid
from routing.world.pictures import head, ink_on, shade

WORDS = ("none", "conditional", "confirmed")
LEAST_GROUP = 8  # States, for a group to stand as a region
CELL, LEFT, TOP = 46, 190, 190


def write_parquet(grid: Grid, target: Path | IO[bytes]) -> int:
    """One row for each ordered pair and measure; gives back how many."""
    size = len(grid.states)
    states = pa.array(grid.states)
    asking, asked = (side.ravel() for side in np.indices((size, size)))
    off = asking != asked
    requesting, requested = asking[off].astype(np.int16), asked[off].astype(np.int16)
    routes = pa.array(list(grid.router.rulebook.routes))
    instruments, lead = pa.array(grid.instruments), grid.instrument
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for place, measure in enumerate(grid.measures):
            status, route = grid.status[place].ravel()[off], grid.route[place].ravel()[off]
            batch = pa.table(
                {
                    "measure": pa.DictionaryArray.from_arrays(
                        np.zeros(len(status), np.int8), pa.array([measure])
                    ),
                    "requesting": pa.DictionaryArray.from_arrays(requesting, states),
                    "requested": pa.DictionaryArray.from_arrays(requested, states),
                    "route_exists": pa.DictionaryArray.from_arrays(status, pa.array(WORDS)),
                    "route": pa.DictionaryArray.from_arrays(route, routes),
                    "instrument": pa.DictionaryArray.from_arrays(lead[route], instruments),
                }
            )
            writer = writer or pq.ParquetWriter(target, batch.schema, compression="zstd")
            writer.write_table(batch)
            rows += batch.num_rows
    finally:
        if writer is not None:
            writer.close()
    return rows


def regions(grid: Grid) -> dict[str, list[int]]:
    """The places of States by region: the smallest group of the law data that holds each."""
    groups = {
        name: members for name, members in grid.router.law.groups.items() if len(members) >= LEAST_GROUP
    }
    by_region: dict[str, list[int]] = {}
    for place, state in enumerate(grid.states):
        mine = [name for name, members in groups.items() if state in members]
        name = min(mine, key=lambda group: (len(groups[group]), group)) if mine else "other States"
        by_region.setdefault(name, []).append(place)
    return dict(sorted(by_region.items(), key=lambda item: (item[0] == "other States", item[0])))


def table(grid: Grid) -> Iterator[str]:
    """By measure, for what share of the pairs a route is confirmed, may be there, or is not."""
    pairs = len(grid.states) * (len(grid.states) - 1)
    yield f"{len(grid.states)} States, {pairs:,} ordered pairs, on {grid.day.isoformat()}"
    yield ""
    yield f"{'measure':<28}{'confirmed':>11}{'open':>8}{'none':>8}   leads most often"
    lead = grid.instrument
    for place, measure in enumerate(grid.measures):
        status = grid.status[place]
        sure, may = int((status == CONFIRMED).sum()), int((status == OPEN).sum())
        used = Counter(lead[grid.route[place][status == CONFIRMED]].tolist())
        short = grid.router.rulebook.instruments
        top = ", ".join(short[grid.instruments[number]].short for number, _ in used.most_common(2))
        yield (
            f"{measure:<28}{sure / pairs:>10.1%} {may / pairs:>7.1%} {(pairs - sure - may) / pairs:>7.1%}  "
            f" {top}"
        )


def changes(gains: tuple[Gained, ...]) -> Iterator[str]:
    """What is gained and lost, by measure."""
    moved = [item for item in gains if item.confirmed or item.lost or item.opened]
    if not moved:
        yield "No pair of States gains or loses a confirmed route."
        return
    yield f"{'measure':<28}{'pairs gained':>14}{'lost':>8}{'no longer without':>20}"
    for item in moved:
        yield f"{item.measure:<28}{item.confirmed:>14,}{item.lost:>8,}{item.opened:>20,}"


def ranks(state: str, ranked: tuple[Ranked, ...], grid_names: dict[str, str]) -> Iterator[str]:
    """Which treaty would help a State most."""
    yield (
        f"What joining one treaty more would bring {state}: confirmed routes over all pairs with it and all"
        " measures"
    )
    for item in [item for item in ranked if item.gain][:15] or ranked[:1]:
        yield f"  {grid_names.get(item.instrument, item.instrument):<44}{item.gain:>+8,}  ({item.now:,} now)"


def heat_map(grid: Grid) -> str:
    """The share of pairs and measures with a confirmed route, by region that asks (rows) and is asked
    (columns), as SVG."""
    groups = regions(grid)
    names = list(groups)
    width, height = LEFT + CELL * len(names) + 20, TOP + CELL * len(names) + 60
    lines = [
        *head(width, height, 12, f"Confirmed routes by region on {grid.day.isoformat()}"),
        '<text x="12" y="24" font-size="15">Share of pairs and measures with a confirmed route</text>',
        (
            f'<text x="12" y="44" fill="#5b6875">rows ask, columns are asked; {grid.day.isoformat()},'
            f" {len(grid.measures)} measures</text>"
        ),
    ]
    for row, name in enumerate(names):
        y = TOP + row * CELL
        x = LEFT + row * CELL
        label = escape(name.replace("-", " "))
        lines.append(f'<text x="{LEFT - 8}" y="{y + CELL / 2 + 4}" text-anchor="end">{label}</text>')
        lines.append(f'<text transform="translate({x + CELL / 2 + 4},{TOP - 8}) rotate(-60)">{label}</text>')
        for column, requested in enumerate(names):
            share = _share(grid, groups[name], groups[requested])
            cx = LEFT + column * CELL
            if share is None:
                continue
            lines.append(
                f'<rect x="{cx}" y="{y}" width="{CELL - 2}" height="{CELL - 2}" fill="{shade(share)}"/>'
            )
            lines.append(
                f'<text x="{cx + CELL / 2 - 1}" y="{y + CELL / 2 + 4}" text-anchor="middle"'
                f' fill="{ink_on(share)}">{share:.0%}</text>'
            )
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


def _share(grid: Grid, asking: list[int], asked: list[int]) -> float | None:
    part = grid.status[:, asking][:, :, asked]
    pairs = len(asking) * len(asked) - len(set(asking) & set(asked))
    return float((part == CONFIRMED).sum()) / (pairs * len(grid.measures)) if pairs else None


def page(grid: Grid, state: str) -> str:
    """What a State can ask of others and they of it, measure by measure, as Markdown."""
    own = grid.states.index(state)
    law, rulebook = grid.router.law, grid.router.rulebook
    lead, others = grid.instrument, len(grid.states) - 1
    lines = [
        f"# {law.states.name(state)} ({state})",
        "",
        (
            f"On {grid.day.isoformat()}, of {others} other States. *Asks*: a confirmed route for its"
            " requests; *is asked*: for theirs; *open*: one may be there; *none*: no lawful route."
        ),
        "",
        "| measure | asks | is asked | open | none | leads most often |",
        "|---|---|---|---|---|---|",
    ]
    for place, measure in enumerate(grid.measures):
        out, into = grid.status[place, own], grid.status[place, :, own]
        used = Counter(lead[grid.route[place, own][out == CONFIRMED]].tolist())
        top = ", ".join(rulebook.instruments[grid.instruments[n]].short for n, _ in used.most_common(2))
        lines.append(
            f"| {rulebook.measures[measure].name} | {int((out == CONFIRMED).sum())} |"
            f" {int((into == CONFIRMED).sum())} | {int((out == OPEN).sum())} | {int((out == NONE).sum()) - 1}"
            f" | {top} |"
        )
    total = (grid.status[:, own] == CONFIRMED).sum(axis=0)
    order = sorted((int(total[place]), code) for place, code in enumerate(grid.states) if code != state)

    def tell(some: list[tuple[int, str]]) -> str:
        return ", ".join(f"{law.states.name(code)} ({count})" for count, code in some)

    lines += ["", f"Most measures: {tell(order[::-1][:10])}.", "", f"Fewest: {tell(order[:10])}.", ""]
    return "\n".join(lines)
