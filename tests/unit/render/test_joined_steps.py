"""Where one step serves several needs, what belongs to one of them names it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from routing.cli import main
from routing.core.records import replace
from routing.render.page import Remark
from routing.render.placement import _said_once

CASE = """
title: A fugitive and a witness
state: KAZ
as_of: 2026-11-27
offence: [property_crime]
needs:
  - {id: hear, measure: witness_hearing, with: RUS}
  - {id: ext, measure: surrender, with: RUS}
"""


def test_what_bars_a_channel_for_one_need_names_it(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    shown = " ".join(CliRunner().invoke(main, ["route", "--full", str(path)]).output.split())
    assert "For ext: Police can prepare or locate." in shown


def test_a_sentence_of_two_needs_stands_once_with_both() -> None:
    first = Remark(kind="caution", code="a", says="Wait.", law="", weight="usual", needs=("one",), why="")
    other = replace(first, needs=("two",))
    (told,) = _said_once((first, other), ("one", "two", "three"))
    assert told.needs == ("one", "two")
    (told,) = _said_once((first, other), ("one", "two"))
    assert told.needs == ()
