"""The world is what the live path says of every pair, and a ratification changes what it should."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq
from click.testing import CliRunner
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core import writing
from routing.law.supposed import supposed
from routing.opened import shared_router
from routing.plan.build import findings_of
from routing.world.change import gained, ranking
from routing.world.grid import CONFIRMED, NONE, OPEN, Grid, sovereign, world
from routing.world.output import heat_map, page, regions, write_parquet
from routing.world.tile_map import coordinates, placed, tile_map

pytestmark = WHOLE_PROGRAM

DAY = date(2026, 11, 1)
MEASURES = ("search", "stored_content")
KEPT: list[Grid] = []


def grid() -> Grid:
    if not KEPT:
        router = shared_router()
        KEPT.append(world(router, router.law, DAY, measures=MEASURES))
    return KEPT[0]


def test_pairs_drawn_at_random_are_as_the_live_path_says() -> None:
    router, found, dice = shared_router(), grid(), random.Random(7)
    for _ in range(25):
        place = dice.randrange(len(MEASURES))
        one, other = dice.sample(range(len(found.states)), 2)
        need = {"measure": MEASURES[place], "with": found.states[other]}
        case = router.read({"state": found.states[one], "needs": [need]})
        _live, primary, status = findings_of(case, case.needs[0], router.judge, router.law, DAY)
        expected = {"routed": CONFIRMED, "no_lawful_route": NONE}.get(status, OPEN)
        assert found.status[place, one, other] == expected, (case.state, need)
        route = list(router.rulebook.routes)[found.route[place, one, other]]
        assert router.rulebook.routes[route].pathway == primary


def test_a_state_that_joins_is_bound_and_loses_nothing() -> None:
    router = shared_router()
    law = router.law
    outside = next(s for s in ("KEN", "IND", "VNM") if law.standing("budapest", s, DAY).status != "in_force")
    after = supposed(law, [("budapest", outside)], {})
    assert after.between("budapest", outside, "FRA", DAY).status == "in_force"
    assert law.between("budapest", outside, "FRA", DAY).status != "in_force"
    changed = world(router, after, DAY, measures=MEASURES)
    own = grid().states.index(outside)
    moved = (changed.status != grid().status).any(axis=0)
    moved[own, :] = moved[:, own] = False
    assert not moved.any()
    assert sum(item.confirmed for item in gained(grid(), changed)) > 0
    rank = {item.instrument: item for item in ranking(router, law, outside, DAY, measures=MEASURES)}
    around = [
        (g.status[:, own] == CONFIRMED).sum() + (g.status[:, :, own] == CONFIRMED).sum()
        for g in (grid(), changed)
    ]
    assert (rank["budapest"].now, rank["budapest"].then) == tuple(around)


def test_an_instrument_binds_its_parties_from_the_day_supposed() -> None:
    law = shared_router().law
    later = supposed(law, [], {"untoc": date(2030, 1, 1)})
    assert law.between("untoc", "FRA", "KEN", DAY).status == "in_force"
    assert later.between("untoc", "FRA", "KEN", DAY).status != "in_force"
    assert later.between("untoc", "FRA", "KEN", date(2030, 1, 1)).status == "in_force"


def test_file_picture_and_page_tell_the_same(tmp_path: Path) -> None:
    found = grid()
    rows = write_parquet(found, tmp_path / "world.parquet")
    states = len(found.states)
    assert rows == len(MEASURES) * states * (states - 1)
    data = pq.read_table(tmp_path / "world.parquet").to_pydict()
    assert sum(word == "confirmed" for word in data["route_exists"]) == sum(found.confirmed().values())
    ElementTree.fromstring(heat_map(found))
    drawn = ElementTree.fromstring(tile_map(found))
    told = [title.text for title in drawn.iter("{http://www.w3.org/2000/svg}title")][1:]
    share = (found.status[:, found.states.index("KEN")] == CONFIRMED).mean() * states / (states - 1)
    assert len(told) == states - 1, "Antarctica has no tile"
    assert f"Kenya: {share:.0%}" in told
    assert sorted(place for places in regions(found).values() for place in places) == list(range(states))
    assert "| asks |" in page(found, "KEN")


def test_nothing_is_replaced_but_by_force(tmp_path: Path) -> None:
    """It is told before the work begins."""
    file = tmp_path / "FRA.md"
    file.write_text("precious")
    for words in (("-o", str(file)), ("--svg", str(file)), ("--pages", str(tmp_path))):
        refused = CliRunner().invoke(main, ["world", *words])
        assert refused.exit_code == 2 and "--force" in refused.output and file.read_text() == "precious"
    made = ["world", "--measure", "search", "-o", str(file), "--svg", str(tmp_path / "map.svg"), "--force"]
    assert CliRunner().invoke(main, made).exit_code == 0
    assert file.read_bytes()[:4] == b"PAR1" and sorted(each.name for each in tmp_path.iterdir()) == [
        "FRA.md",
        "map.svg",
    ]
    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}


def test_pages_and_table_that_came_while_it_worked_are_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one was replaced, the others were written over, with what was there lost where the disk was full."""
    pages, made = tmp_path / "pages", tmp_path / "made.parquet"
    real = writing.write_file

    def meanwhile(path: Path, *given: Any, **more: Any) -> None:
        path.write_text("precious")
        real(path, *given, **more)

    monkeypatch.setattr(writing, "write_file", meanwhile)
    for words in (("-o", str(made)), ("--pages", str(pages))):
        told = CliRunner().invoke(main, ["world", "--measure", "search", *words])
        assert told.exit_code == 2 and "file exists" in told.output
    assert made.read_text() == "precious"
    assert [page.read_text() for page in pages.iterdir()] == ["precious"]


def test_each_state_has_a_tile_of_its_own_near_its_place() -> None:
    router = shared_router()
    where = coordinates(router.law.folder)
    assert set(where) == set(sovereign(router.law)) - {"ATA"}
    tiles = placed(where)
    assert len(set(tiles.values())) == len(tiles) == len(where)
    for state, other, axis, before in (
        ("PRT", "ESP", 0, True), ("FIN", "GRC", 1, True), ("IRL", "GBR", 0, True), ("TUN", "ITA", 0, True),
        ("GTM", "PAN", 0, True), ("KEN", "TZA", 1, True), ("NZL", "AUS", 0, False), ("NOR", "DNK", 1, True),
    ):  # fmt: skip
        assert (tiles[state][axis] < tiles[other][axis]) is before, (state, other)
