"""What feeds the engine under sanitizers keeps running: nothing but `make sanitize` uses it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from places import ROOT
from when_changed import WHOLE_PROGRAM


@WHOLE_PROGRAM
@pytest.mark.parametrize("feed", ["ours", "random", "forged"])
def test_every_feed_runs(feed: str) -> None:
    told = subprocess.run(
        [sys.executable, str(ROOT / "devtools" / "feed_engine.py"), feed, "0"],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.splitlines()[-1].startswith(f"{feed}: 1 networks, ")
