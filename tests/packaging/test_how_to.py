"""Each page under docs/how-to is carried out as it is written, on a copy of the tree."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

PAGES = sorted(path for path in (ROOT / "docs" / "how-to").glob("*.md") if path.name != "README.md")
FENCE = re.compile(r"^```(\w+)(?: (\w+) (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PARTS = ("routing", "rules", "examples", "devtools", "tests/support", "tests/boundaries")


def change(text: str, block: str, file: str) -> str:
    """Replace the lines that begin with `-` by those that begin with `+`."""
    old = "\n".join(line[1:] for line in block.splitlines() if line.startswith("-"))
    new = "\n".join(line[1:] for line in block.splitlines() if line.startswith("+"))
    assert text.count(old) == 1, f"`{old}` stands {text.count(old)} times in {file}"
    return text.replace(old, new)


def run(command: str, tree: Path) -> str:
    words = shlex.split(command)
    program = {"routing": [sys.executable, "-m", "routing"], "python": [sys.executable]}[words[0]]
    environment = {**os.environ, "PYTHONPATH": str(tree), "XDG_CACHE_HOME": str(tree / "cache")}
    done = subprocess.run(
        [*program, *words[1:]], cwd=tree, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.when_changed(*PARTS, "docs/how-to")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_followed_as_written(page: Path, tmp_path: Path) -> None:
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    printed, commands = "", 0
    for language, action, file, block in FENCE.findall(page.read_text(encoding="utf-8")):
        path = tmp_path / file
        if action == "create":
            assert not path.exists(), f"{file} is there already"
            path.write_text(block, encoding="utf-8")
        elif action == "append":
            path.write_text(path.read_text(encoding="utf-8") + block, encoding="utf-8")
        elif language == "change":
            raise AssertionError("write `diff change FILE`")
        elif action == "change":
            path.write_text(change(path.read_text(encoding="utf-8"), block, file), encoding="utf-8")
        elif language == "sh":
            printed = "".join(run(command, tmp_path) for command in block.splitlines())
            commands += 1
        elif language == "text":
            shown = path.read_text(encoding="utf-8") if action == "shows" else printed
            squeezed = " ".join(shown.split())
            assert all(" ".join(line.split()) in squeezed for line in block.splitlines()), shown
    assert commands >= 1


def test_the_list_of_pages_is_whole() -> None:
    text = (ROOT / "docs" / "how-to" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES] == sorted(set(re.findall(r"\]\((\S+\.md)\)", text)))
