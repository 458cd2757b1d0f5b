"""What is drawn at random hangs on the test alone, not on what else is loaded beside it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import Theme, Tree, cases


def drawn() -> list[tuple[Tree, int]]:
    found: list[tuple[Tree, int]] = []

    @settings(max_examples=150, derandomize=True, database=None, phases=[Phase.generate])
    @given(cases(Theme()), st.integers(0, 10**9))
    def gather(tree: Tree, number: int) -> None:
        found.append((tree, number))

    gather()
    return found


def test_a_module_loaded_beside_it_changes_no_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn()
    (tmp_path / "loaded_beside.py").write_text(f"NUMBERS = {list(range(7, 9000, 13))!r}\n")
    monkeypatch.syspath_prepend(tmp_path)
    __import__("loaded_beside")
    try:
        assert len(before) > 100
        assert drawn() == before
    finally:
        del sys.modules["loaded_beside"]
