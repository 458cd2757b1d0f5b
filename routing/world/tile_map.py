"""A map of the world with one tile for each State, where it lies as far as there is room, as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from xml.sax.saxutils import escape

from routing.core.printable import day
from routing.core.snapshot import Location
from routing.law.tables import read_table
from routing.world.grid import CONFIRMED, Grid
from routing.world.pictures import head, ink_on, shade

HEAD = ("state", "latitude", "longitude", "place")
TILE, LEFT, TOP = 22, 16, 70
DEGREES_WIDE, DEGREES_HIGH = 4.5, 3.6
"""What a tile covers. Where more States lie than tiles, those around move outwards."""
NORTHERNMOST, WESTERNMOST = 72.0, -180.0
COLUMNS, ROWS = 80, 33
NIGHT = (
    "@media screen and (prefers-color-scheme:dark)"
    "{.ground{fill:#1b232c}.said{fill:#e7edf3}.tile{stroke:#8492a0}}"
)
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""The shares that the key shows."""
CROWDED = 3  # tiles, within which others count as neighbours


def tile_map(grid: Grid) -> str:
    """For each State the share of other States and measures for which its requests have a confirmed route."""
    law = grid.router.law
    tiles = placed(coordinates(law.folder))
    only = len(grid.measures) == 1
    what = escape(grid.router.rulebook.measures[grid.measures[0]].name) if only else ""
    share_of = f"share of all other States for {what}"
    if not only:
        share_of = f"share of all other States and of {len(grid.measures)} measures"
    width, height = 2 * LEFT + TILE * COLUMNS, TOP + TILE * ROWS + LEFT
    lines = [
        *head(width, height, 8, f"Confirmed routes by State on {day(grid.day)}", NIGHT),
        '<text class="said" x="16" y="26" font-size="16">How much of what a State asks has a confirmed route'
        "</text>",
        (
            f'<text class="said" x="16" y="48" font-size="12" fill="#4d5a67">{share_of}'
            f", on {day(grid.day)}; one tile for each State, as near to its place as there is room</text>"
        ),
        *_key(width),
    ]
    of_all = len(grid.measures) * (len(grid.states) - 1)
    for place, code in enumerate(grid.states):
        if code not in tiles:
            continue
        column, row = tiles[code]
        share = float((grid.status[:, place] == CONFIRMED).sum()) / of_all
        x, y = LEFT + column * TILE, TOP + row * TILE
        name = escape(law.states.name(code))
        lines.append(
            f'<g><title>{name}: {share:.0%}</title><rect class="tile" x="{x}" y="{y}" width="{TILE - 1}"'
            f' height="{TILE - 1}" fill="{shade(share)}"/><text x="{x + (TILE - 1) / 2}" y="{y + 14}"'
            f' text-anchor="middle" fill="{ink_on(share)}">{code}</text></g>'
        )
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


def _key(width: int) -> Iterator[str]:
    """What each shade stands for."""
    for place, share in enumerate(STEPS):
        x = width - LEFT - (len(STEPS) - place) * 4 * TILE
        yield (
            f'<rect class="tile" x="{x}" y="{LEFT}" width="{TILE - 1}" height="{TILE - 1}"'
            f' fill="{shade(share)}"/><text class="said" x="{x + TILE + 4}" y="{LEFT + 15}" font-size="12">'
            f"{share:.0%}</text>"
        )


def coordinates(folder: Location) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of one place in each State, in degrees."""
    lines = read_table(folder / "states" / "coordinates.csv", HEAD)
    return {state: (float(latitude), float(longitude)) for _, (state, latitude, longitude, _) in lines}


def placed(where: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Column and row of the tile of each State: its own, or one nearby that is free. No two share one.

    Each State takes the nearest free tile, the lonely ones first; then two change places as long as this
    brings them nearer to where they lie.
    """
    wanted = {
        state: ((longitude - WESTERNMOST) / DEGREES_WIDE, (NORTHERNMOST - latitude) / DEGREES_HIGH)
        for state, (latitude, longitude) in where.items()
    }

    def far(state: str, tile: tuple[int, int]) -> float:
        x, y = wanted[state]
        return (tile[0] + 0.5 - x) ** 2 + (tile[1] + 0.5 - y) ** 2

    def nearby(state: str) -> int:
        x, y = wanted[state]
        return sum((a - x) ** 2 + (b - y) ** 2 < CROWDED**2 for a, b in wanted.values())

    free = {(column, row) for column in range(COLUMNS) for row in range(ROWS)}
    tiles: dict[str, tuple[int, int]] = {}
    for state in sorted(wanted, key=lambda state: (nearby(state), state)):
        tiles[state] = min(free, key=lambda tile: (far(state, tile), tile))
        free.remove(tiles[state])
    moved = True
    while moved:
        moved = False
        for first, second in combinations(sorted(tiles), 2):
            here, there = tiles[first], tiles[second]
            if far(first, there) + far(second, here) < far(first, here) + far(second, there) - 1e-9:
                tiles[first], tiles[second] = there, here
                moved = True
    return tiles
