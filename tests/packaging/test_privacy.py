"""No word of a case is left in any file, name or folder that was not asked for, whatever becomes of the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

SECRET = ("Quillfeather", "zz-need-77")
CASE = """title: {0} affair
state: DEU
as_of: 2026-11-24
needs:
  - {{id: {1}, measure: stored_content, with: USA, death_penalty_risk: possible}}
"""
OVERLAY = "overlay: mine\nsays: The {0} agreement, told to nobody.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "temporary").mkdir()
    (tmp_path / "work" / "case.yaml").write_text(CASE.format(*SECRET))
    (tmp_path / "work" / "bad.yaml").write_text(CASE.format(*SECRET).replace("USA", "Atlantis"))
    (tmp_path / "work" / "own.yaml").write_text(OVERLAY.format(*SECRET))
    return tmp_path


def run(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home / "home"), "TMPDIR": str(home / "temporary"),
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "routing", *words],
        cwd=home / "work", env=environment, input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def left(home: Path) -> dict[str, bytes]:
    """Every file beside those of the user, with what it holds; folders too."""
    return {
        str(path.relative_to(home)): path.read_bytes() if path.is_file() else b""
        for part in ("home", "temporary")
        for path in (home / part).rglob("*")
    }


def test_no_word_of_a_case_is_left_behind(home: Path) -> None:
    before = sorted((home / "work").iterdir())
    for words in (
        ("route", "case.yaml"),
        ("route", "case.yaml", "--format", "json", "--stage", "facts"),
        ("route", "bad.yaml"),
        ("route", "case.yaml", "--with", "own.yaml"),
        ("explain", "case.yaml", "--why-not", "mla"),
        ("ask", "case.yaml"),
    ):
        ended = run(home, *words, given="stop\n")
        assert ended.returncode != 1, ended.stderr
    assert sorted((home / "work").iterdir()) == before, "nothing was written beside the case"
    found = left(home)
    assert found, "the compiled rules are kept"
    for name, data in found.items():
        for word in (*SECRET, "DEU", "case.yaml", "stored_content"):
            assert word not in name
        for word in SECRET:
            assert word.encode() not in data, name
    assert not list((home / "temporary").iterdir()), "the private copy of the overlay went"


def test_what_cannot_be_kept_leaves_nothing(home: Path) -> None:
    (home / "home" / ".cache").write_text("in the way")
    assert run(home, "route", "case.yaml").returncode in (0, 3, 4)
    assert run(home, "route", "case.yaml", "--with", "own.yaml").returncode in (0, 3, 4)
    assert list(left(home)) == [os.path.join("home", ".cache")]


def test_an_error_quotes_what_was_written_on_standard_error_alone(home: Path) -> None:
    ended = run(home, "route", "bad.yaml")
    assert ended.returncode == 2 and "`Atlantis`" in ended.stderr and ended.stdout == ""
    assert SECRET[0] not in ended.stderr, "only the words at fault"
