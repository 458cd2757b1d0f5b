"""The pages of the manual name what there is, and the changelog keeps to its form."""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import sys
import tomllib
from pathlib import Path
from types import FrameType

import click
import pytest
import yaml
from click.testing import CliRunner
from places import ROOT
from small_rules import write_rules

import routing
from routing.cli import main
from routing.cli.exit_codes import CHANGES
from routing.rulebook.files import snapshot
from routing.rulebook.load import rules_in
from routing.rulebook.story_keys import STORY
from routing.verify.proof_page import proved_hash

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


# What a page says to type

MANUAL = [page for page in MARKDOWN if page.name not in ("CHANGELOG.md", "INDEX.md", "PROOF.md")]
TYPED = re.compile(r"(?:`|^|\$ |; |python -m )routing ((?:[a-z-]|--)[^`\n;|#]*)", re.MULTILINE)
TARGET = re.compile(r"^make ([a-z-]+)|`make ([a-z-]+)", re.MULTILINE)
WITH_VALUE = ("--rules", "--limit")  # of the program itself, before the command


def unknown_words(line: str) -> list[str]:
    """The commands and options of a line, after `routing`, that the program does not have."""
    words, command = line.split(), main
    options = {option for given in command.params for option in (*given.opts, *given.secondary_opts)}
    unknown = []
    while words and isinstance(command, click.Group):
        word = words.pop(0)
        if word.startswith("-"):
            unknown += [] if word in {*options, "--help"} else [word]
            words = words[1:] if word in WITH_VALUE else words
            continue
        below = command.get_command(click.Context(command), word)
        if below is None:
            return [*unknown, word]
        command = below
        options |= {option for given in command.params for option in (*given.opts, *given.secondary_opts)}
    typed = (re.match(r"--[a-z-]+", word) for word in words)
    return [*unknown, *(match[0] for match in typed if match and match[0] not in {*options, "--help"})]


def test_each_command_that_a_page_names_is_there() -> None:
    lines = [(page, line) for page in MANUAL for line in TYPED.findall(page.read_text(encoding="utf-8"))]
    assert len(lines) > 60
    assert [(page.name, line) for page, line in lines if unknown_words(line)] == []


def test_each_target_of_make_that_a_page_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        (page.name, first or second)
        for page in MANUAL
        for first, second in TARGET.findall(page.read_text(encoding="utf-8"))
    }
    assert len(named) > 8
    assert sorted((page, name) for page, name in named if name not in targets) == []


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("rout case.yaml", ["rout"]),
        ("law betwen KEN FRA", ["betwen"]),
        ("route case.yaml --ful", ["--ful"]),
        ("--rules DIR law between KEN FRA --as-of 2026-11-24", []),
        ("--rule DIR route case.yaml", ["--rule", "DIR"]),
    ],
)
def test_a_command_that_is_not_there_is_noticed(line: str, unknown: list[str]) -> None:
    assert unknown_words(line) == unknown


def test_the_page_on_the_architecture_names_each_room_in_the_order_of_the_layers() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [re.findall(r"`(\w+)`", row) for row in rows]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = [
        {name.strip(" ()") for name in layer.split("|")} - {"version"} for layer in contracts[0]["layers"]
    ]
    assert sorted(name for row in named for name in row) == sorted(set().union(*layers))
    height = {name: number for number, layer in enumerate(reversed(layers)) for name in layer}
    order = [[height[name] for name in row] for row in named]
    assert all(max(lower) <= min(upper) for lower, upper in itertools.pairwise(order)), order


# The tree of tests


def test_the_folders_of_unit_tests_are_the_rooms_of_the_program() -> None:
    package = Path(routing.__file__).parent
    rooms = {path.name for path in package.iterdir() if (path / "__init__.py").is_file()}
    folders = {path.name for path in (ROOT / "tests" / "unit").iterdir() if list(path.glob("test_*.py"))}
    assert folders == rooms


# The changelog

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSION = re.compile(r"\[(?:Unreleased|\d+\.\d+\.\d+)\](?: - \d{4}-\d\d-\d\d)?")
HEADING = re.compile(
    r"(?:Added|Changed|Deprecated|Removed|Fixed|Security|Law: rulebook (\d+\.\d+\.\d+) \((.+)\))"
)


def headings(level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.+)$", CHANGELOG, flags=re.MULTILINE)


def test_each_script_for_developers_names_what_holds_it_and_the_page_says_the_same() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    scripts = [path for path in sorted((ROOT / "devtools").glob("*.py")) if path.name != "__init__.py"]
    assert scripts
    for script in scripts:
        held = re.search(r"Held by `([^`]+)`", ast.get_docstring(ast.parse(script.read_text("utf-8"))) or "")
        assert held is not None, script
        assert held[1].startswith("make ") or (ROOT / held[1]).is_file(), held[1]
        row = next(line for line in page.splitlines() if line.startswith("|") and f"`{script.name}`" in line)
        assert held[1] in row, row


def test_the_manual_of_the_rules_tells_of_each_key_of_a_story() -> None:
    manual = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    assert [key for key in STORY if f"`{key}`" not in manual] == []


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


# The walk of a case

NOT_ALWAYS = ("rulebook/load.py",)  # only where the rulebook is not kept


def test_a_case_takes_the_walk_that_the_page_tells() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    walk = page.split("## A case, from file to page")[1].split("\n## ")[0]
    files = [file for file in re.findall(r"`(\w+/\w+\.py)`", walk) if file not in NOT_ALWAYS]
    hops = [int(number) for number in re.findall(r"(?<![\w/])(\d+)\. ", walk)]
    assert hops == [*range(1, len(hops) + 1)] and "thirteen hops" in walk and len(hops) == 13
    package, called = str(Path(routing.__file__).parent), dict[str, int]()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_flags & inspect.CO_OPTIMIZED and code.co_filename.startswith(package):
            called.setdefault(Path(code.co_filename).relative_to(package).as_posix(), len(called))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        result = CliRunner().invoke(main, ["route", str(ROOT / "examples" / "cloud-mailbox" / "case.yaml")])
    finally:
        sys.setprofile(before)
    assert result.exit_code == 0, result.output
    assert [file for file in files if file not in called] == []
    made_for = {"plan/bundles.py", "proof/writer.py", "proof/checker.py"}  # named beside what calls them
    ends = [file for file in files if file.startswith(("plan/", "proof/")) and file not in made_for]
    ends = ["cli/route.py", "case/reader.py", *ends, "render/text.py"]
    assert {"plan/order.py", "plan/offices.py", "plan/named_provider.py"} <= {*ends}
    assert [called[file] for file in ends] == sorted(called[file] for file in ends)


# The walk of a change of law


def test_a_change_of_law_takes_the_walk_that_the_page_tells(tmp_path: Path) -> None:
    """Every step in its order: what was proved is of the rules as they are opened next."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    walk = page.split("## A change of law, from edit to changed plan")[1].split("\n## ")[0]
    steps = (
        "membership/",
        "rules check",
        "rules diff",
        "boundaries.py",
        "rulebook.yaml",
        "prove --write",
        "content id",
    )
    places = [re.search(rf"(?<![\w/]){number}\. [^.]*?{step}", walk) for number, step in enumerate(steps, 1)]
    assert "Seven steps" in walk and None not in places, places
    old, new = (write_rules(tmp_path / name) for name in ("old", "new"))

    def ran(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(main, [*map(str, words)])
        return done.exit_code, done.output

    def planned(rules: Path) -> tuple[str, str]:
        plan = routing.load_rulebook(rules).route(case)
        return plan.rulebook.hash, plan.model_dump_json(exclude={"rulebook"})

    case = {"state": "KEN", "as_of": "2026-06-01", "needs": [{"measure": "take_statement", "with": "DEU"}]}
    before = planned(old)
    row = "DEU,party,2004-01-01,,,unsourced,high,2026-01-01,\n"
    members, top = new / "membership" / "alpha.csv", new / "rulebook.yaml"
    members.write_text(members.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert ran("--rules", new, "rules", "check")[0] == 0
    code, changes = ran("rules", "diff", old, new, "--cases", tmp_path / "cases", "--jobs", "1")
    assert code == CHANGES and "alpha" in changes
    top.write_text(top.read_text(encoding="utf-8").replace("1.2.3", "1.2.4"), encoding="utf-8")
    ran("--rules", new, "rules", "prove", "--jobs", "1", "--cases", tmp_path / "broken", "--write")
    after = planned(new)
    assert proved_hash(rules_in(snapshot(new))[0]) in (new / "PROOF.md").read_text(encoding="utf-8")
    assert before[0] != after[0] and before[1] != after[1]
