"""The pages of the manual name what there is, and the changelog keeps to its form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from places import ROOT

import routing

MARKDOWN = sorted(
    path
    for place in (".", "docs", "examples", "rules", "tests", "benchmarks")
    for path in (ROOT / place).glob("*.md" if place == "." else "**/*.md")
    if not {"drafts", "wheelhouse", ".venv", ".pytest_cache"} & set(path.parts)
)
ROOMS = ("", "routing", "rules", "tests", "docs", "rules/reasoning")  # where a path in a page may begin
EXAMPLE = re.compile(r"CODE|RULE|OLD|NEW|FILE|NAME|^(?:case|needs|answers|my|your|expected)\b")
LINK = re.compile(r"\]\(([^)\s]+)\)")
TICKED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|md|yaml|toml|csv|json|sh|docx))`")


def prose(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def dead_links(text: str, page: Path) -> list[str]:
    """The relative links of a page behind which there is nothing."""
    return [
        link
        for link in LINK.findall(prose(text))
        if not re.match(r"[a-z]+:|#", link) and not (page.parent / link.split("#")[0]).exists()
    ]


def dead_paths(text: str, page: Path) -> list[str]:
    """The paths between backticks that are nowhere."""
    return [
        path
        for path in TICKED.findall(prose(text))
        if not EXAMPLE.search(path)
        if not any((ROOT / room / path).exists() for room in ROOMS) and not (page.parent / path).exists()
    ]


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_paths_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert dead_links(text, page) == []
    if page.name != "CHANGELOG.md":  # which may speak of what is gone
        assert dead_paths(text, page) == []


def test_a_dead_link_and_a_dead_path_are_noticed() -> None:
    page = ROOT / "docs" / "x.md"
    assert dead_links("[a](b.md) [c](style.md#x) [d](https://e.org)", page) == ["b.md"]
    assert dead_paths("`plan/no.py` `plan/build.py` `states/CODE.yaml`", page) == ["plan/no.py"]


# The tree of tests


def test_the_folders_of_unit_tests_are_the_rooms_of_the_program() -> None:
    package = Path(routing.__file__).parent
    rooms = {
        path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert {
        path.name for path in (ROOT / "tests" / "unit").iterdir() if list(path.glob("test_*.py"))
    } <= rooms


# The changelog

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSION = re.compile(r"\[(?:Unreleased|\d+\.\d+\.\d+)\](?: - \d{4}-\d\d-\d\d)?")
HEADING = re.compile(
    r"(?:Added|Changed|Deprecated|Removed|Fixed|Security|Law: rulebook (\d+\.\d+\.\d+) \((.+)\))"
)


def headings(level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.+)$", CHANGELOG, flags=re.MULTILINE)


def test_the_changelog_keeps_to_its_form() -> None:
    assert [name for name in headings(2) if not VERSION.fullmatch(name)] == []
    assert headings(2)[0] == "[Unreleased]"
    assert all(" - " in name for name in headings(2)[1:])
    assert f"[{routing.__version__}]" in " ".join(headings(2))
    assert [name for name in headings(3) if not HEADING.fullmatch(name)] == []


def test_a_change_of_law_stands_under_the_version_of_the_rulebook() -> None:
    written = yaml.safe_load((ROOT / "rules" / "rulebook.yaml").read_text(encoding="utf-8"))
    matches = [match for name in headings(3) if (match := HEADING.fullmatch(name)) and match[1]]
    assert (matches[0][1], matches[0][2]) == (str(written["version"]), str(written["data_date"]))
    versions = [tuple(map(int, match[1].split("."))) for match in matches]
    assert versions == sorted(set(versions), reverse=True)


def test_one_command_writes_every_golden_file() -> None:
    switch = "ROUTING_WRITE_" + "GOLDEN"
    writers = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "tests").rglob("test_*.py")
        if switch in file.read_text(encoding="utf-8")
    }
    listed = re.search(r"^WRITTEN := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert writers and listed and writers == set(listed[1].split())
