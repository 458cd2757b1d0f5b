"""The worked examples of docs/reviewers.md run as they are printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from places import ROOT
from when_changed import WHOLE_PROGRAM

BLOCKS = re.findall(r"^```python\n(.*?)^```$", (ROOT / "docs" / "reviewers.md").read_text(), re.M | re.S)


def test_there_are_three() -> None:
    assert len(BLOCKS) == 3


@WHOLE_PROGRAM
@pytest.mark.when_changed("docs/reviewers.md")
@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_worked_example_holds(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {"__name__": f"reviewers_{number}"}
    exec(compile(BLOCKS[number], str(Path("docs/reviewers.md")), "exec"), names)
    tests = [value for name, value in names.items() if name.startswith("test_")]
    assert tests
    for test in tests:
        test()
