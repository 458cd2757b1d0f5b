"""The tests of a room stand in a folder of its name, as docs/contributing.md says, and more and more in a file named
after the module."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from places import TESTS

import routing

PACKAGE = Path(routing.__file__).parent
UNIT = TESTS / "unit"
ROOMS = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
MODULES = {path.parent.name if path.stem == "__init__" else path.stem for path in PACKAGE.rglob("*.py")}
IN_THEIR_OWN_ROOM = 90
"""How many test files are named after a module of their own room, at least; it only goes up."""


def own_module(test: Path) -> bool:
    """Whether a test file is named after a module, or a folder of modules, of its room."""
    name = test.stem.removeprefix("test_")
    room = PACKAGE / test.parent.name
    return any(
        path.stem == name or (path.stem == "__init__" and path.parent.name == name)
        for path in room.rglob("*.py")
    )


def test_each_room_has_a_folder_of_tests_and_each_folder_a_room() -> None:
    folders = {path.name for path in UNIT.iterdir() if any(path.glob("test_*.py"))}
    assert folders == ROOMS


def test_no_test_stands_outside_a_room() -> None:
    assert [path.name for path in UNIT.glob("test_*.py")] == []


def test_no_two_test_files_bear_one_name() -> None:
    """pytest imports a test file by its name alone, so the second of two would not be collected with the first."""
    names = Counter(path.name for path in TESTS.rglob("test_*.py"))
    assert [name for name, number in names.items() if number > 1] == []


def test_as_many_test_files_bear_the_name_of_a_module_as_did() -> None:
    named = [path for path in UNIT.rglob("test_*.py") if own_module(path)]
    assert len(named) >= IN_THEIR_OWN_ROOM


def test_a_test_file_that_bears_the_name_of_a_module_stands_in_its_room() -> None:
    """A name that modules of several rooms have says nothing of where the test belongs."""
    rooms = Counter(
        (path.parent.name if path.stem == "__init__" else path.stem) for path in PACKAGE.rglob("*.py")
    )
    astray = {
        path.relative_to(UNIT).as_posix()
        for path in UNIT.rglob("test_*.py")
        if rooms[path.stem.removeprefix("test_")] == 1 and not own_module(path)
    }
    assert astray == ELSEWHERE


ELSEWHERE = {
    "case/test_form.py",
    "cli/test_shown.py",
    "core/test_faults.py",
    "papers/test_corrections.py",
    "render/test_pictures.py",
    "rulebook/test_findings.py",
    "serve/test_page.py",
}
"""Named after their subject, which happens to be the name of a module of another room."""


@pytest.mark.parametrize(
    ("test", "is_one"), [("law/test_standing.py", True), ("law/test_two_letters.py", False)]
)
def test_a_name_is_told_from_a_subject(test: str, is_one: bool) -> None:
    assert own_module(UNIT / test) is is_one
