"""The two walks of docs/architecture.md: the modules of the one are called in its order, the commands of the other exist."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from types import FrameType

import pytest
from click.testing import CliRunner
from places import ROOT
from when_changed import WHOLE_PROGRAM

import routing
from routing.cli import main

pytestmark = [WHOLE_PROGRAM, pytest.mark.when_changed("docs", "devtools", "Makefile", "CHANGELOG.md")]

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE = Path(routing.__file__).parent
NOT_EACH_TIME = {"rulebook/load.py"}
"""What is called only where a rulebook is opened for the first time."""
CASE = ROOT / "examples" / "cloud-mailbox" / "case.yaml"


def section(heading: str) -> str:
    return PAGE.split(f"## {heading}")[1].split("\n## ")[0]


def hops(text: str) -> list[list[str]]:
    """The modules that each hop of a walk names, in order."""
    return [re.findall(r"`([a-z_/]+\.py)`", hop) for hop in re.split(r"(?:^|(?<=\s))\d+\. ", text)[1:]]


def called_in(case: Path) -> list[str]:
    """The modules of which a function is called while a case is routed, one after the other."""
    called = [""]

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        path = Path(code.co_filename)
        made = code.co_name.startswith("__")  # an object is made before its turn
        if event == "call" and not made and code.co_flags & inspect.CO_OPTIMIZED and PACKAGE in path.parents:
            name = path.relative_to(PACKAGE).as_posix()
            if called[-1] != name:
                called.append(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        done = CliRunner().invoke(main, ["route", str(case), "--as-of", "2026-11-24"])
    finally:
        sys.setprofile(before)
    assert done.exit_code in (0, 4), done.output
    return called


def test_a_case_passes_the_modules_of_the_walk_in_its_order() -> None:
    walked = hops(section("A case, from file to page"))
    assert len(walked) == 13
    called = called_in(CASE)
    heads = [hop[0] for hop in walked if hop[0] not in NOT_EACH_TIME]
    passed = iter(called)
    assert [name for name in heads if name not in passed] == [], "called, and after the hop before it"
    named = {name for hop in walked for name in hop} - NOT_EACH_TIME
    assert named <= {*called} and all((PACKAGE / name).is_file() for name in NOT_EACH_TIME)


def test_a_change_of_law_has_seven_steps_whose_commands_exist() -> None:
    walk = section("A change of law, from edit to changed plan")
    assert re.findall(r"(?:^|(?<=\s))(\d)\. ", walk) == list("1234567")
    commands = re.findall(r"`routing (rules \w+)[^`]*`", walk)
    assert commands == ["rules check", "rules diff", "rules prove"]
    for command in commands:
        assert CliRunner().invoke(main, [*command.split(), "--help"]).exit_code == 0
    for script in re.findall(r"`python (\S+)", walk):
        assert (ROOT / script).is_file()
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)`", walk):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for file in re.findall(r"`((?:rules/)?\w+(?:\.\w+)+)`", walk):
        assert (ROOT / file).is_file(), file


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("\n1. `a/b.py` and `c.py`. 2. `d/e.py`.", [["a/b.py", "c.py"], ["d/e.py"]]),
        ("no hop: 18.2 `a.py`", []),
    ],
)
def test_hops_are_read_as_they_are_written(text: str, modules: list[list[str]]) -> None:
    assert hops(text) == modules
