"""What may import what, and that no law stands in the code."""

from __future__ import annotations

import ast
import csv
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml
from places import ROOT

import routing

pytestmark = pytest.mark.when_changed("rules", "routing", "devtools")

PACKAGE = Path(routing.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


# Layers


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of pyproject.toml, held against the package in a folder."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", command, "--no-cache"], capture_output=True, text=True, cwd=folder, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"})  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts in a folder where a test may break them."""
    shutil.copytree(PACKAGE, tmp_path / "routing", ignore=shutil.ignore_patterns("__pycache__", "rules"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_module_imports_only_what_lies_below_it(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0 and " 0 broken" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("core/errors.py", "from routing.core.domain import Fact"),
        ("core/conditions.py", "import routing.yaml.tree"),
        ("law/partial_dates.py", "import routing.rulebook.model"),
        ("evaluate/reference.py", "import routing.evaluate.engine"),
        ("evaluate/engine/compiler.py", "import routing.evaluate.reference"),
        ("evaluate/engine/compiler.py", "import routing.evaluate.batch"),
        ("evaluate/engine/compiler.py", "import routing.evaluate.columnar.evaluator"),
        ("evaluate/engine/driver.py", "def late():\n    import routing.evaluate.stated_ties"),
        ("evaluate/engine/driver.py", "import routing.rulebook.lower"),
        ("evaluate/reference.py", "import routing.evaluate.facts_behind"),
        ("evaluate/reference.py", "import routing.evaluate.bits"),
        ("proof/checker.py", "import routing.evaluate.bits"),
        ("case/facts.py", "import routing.case.reader"),
        ("plan/need.py", "import routing.render.text"),
        ("rulebook/lower.py", "import routing.evaluate.findings"),
        ("proof/checker.py", "import routing.evaluate.reference"),
        ("proof/checker.py", "import routing.proof.writer"),
        ("proof/definitions.py", "import routing.rulebook.lower"),
        ("proof/model.py", "def late():\n    import routing.plan.need"),
        ("opened.py", "import routing.cli"),
        ("evaluate/findings.py", "def late():\n    import routing.opened"),
    ],
)
def test_an_import_upwards_is_noticed(copy: Path, module: str, statement: str) -> None:
    path = copy / "routing" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{statement}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode != 0 and " broken" in done.stdout, done.stdout + done.stderr


def test_a_new_module_must_be_given_its_place(copy: Path) -> None:
    for room in ("", "evaluate"):
        (copy / "routing" / room / f"nowhere{room}.py").write_text("", encoding="utf-8")
    done = lint(copy)
    assert done.returncode != 0, done.stdout
    assert {"routing.nowhere", "routing.evaluate.nowhereevaluate"} <= set(
        re.findall(r"[\w.]*nowhere\w*", done.stdout)
    )


def test_every_folder_of_code_is_a_package() -> None:
    """Import-linter and others pass over a folder that is none."""
    assert {path.parent for path in MODULES} == {
        path.parent for path in MODULES if path.name == "__init__.py"
    }


# No law in Python


# Names that are words of their own as well, in lower case or in a sentence.
ORDINARY = {"cites", "paper", "tip", "led", "lex", "som", "eu", "EU", "firearms"}


def names() -> frozenset[str]:
    """The ids and names of instruments and the names of States and territories."""
    instruments = yaml.load(
        (ROOT / "rules" / "instruments.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )["instruments"]
    found = {
        name
        for id, entry in instruments.items()
        for name in (id, entry.get("short"), entry.get("name"))
        if name
    }
    with (ROOT / "rules" / "states" / "names.csv").open(encoding="utf-8", newline="") as file:
        found |= {row["name"] for row in csv.DictReader(file)}
    return frozenset(found - ORDINARY)


WORD = re.compile(r"[\w-]+")


@cache
def first_words(found: frozenset[str]) -> frozenset[str]:
    return frozenset(WORD.findall(name)[0] for name in found)


@cache
def pattern_of(found: frozenset[str]) -> re.Pattern[str]:
    """Any of the names as whole words; a hyphen or an underscore makes another word."""
    return re.compile(
        r"(?<![\w-])(?:"
        + "|".join(re.escape(name) for name in sorted(found, key=len, reverse=True))
        + r")(?![\w-])"
    )


def named(text: str, found: frozenset[str]) -> list[str]:
    """The names in a module, but for the examples in its docstrings. Most modules have the first word of none."""
    if first_words(found).isdisjoint(WORD.findall(text)):
        return []
    pattern = pattern_of(found)
    return [
        hit
        for line in text.splitlines()
        if not line.lstrip().startswith(">>>")
        for hit in pattern.findall(line)
    ]


def test_no_treaty_state_or_network_is_named_in_the_code() -> None:
    found = names()
    assert len(found) >= 450
    hits = {
        path.relative_to(ROOT).as_posix(): hit
        for path in MODULES
        if (hit := named(path.read_text(encoding="utf-8"), found))
    }
    assert hits == {}


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ('"""As the Alpha Treaty says."""', True), ("if state == 'Norway':", True), ("# see alpha-t", True), ("alpha_treaty = 1", False),
        ("    >>> route('Norway')", False), ("x = 'Norwayish'", False), ("x = 'pre-Norway'", False), ("see the paper", False),
    ],
)  # fmt: skip
def test_a_name_in_the_code_is_noticed_as_a_whole_word(text: str, hit: bool) -> None:
    assert bool(named(text, frozenset({"Alpha Treaty", "Norway", "alpha-t"}))) is hit


def test_names_are_looked_for_in_every_module() -> None:
    assert len(MODULES) >= 60
    assert all(ast.parse(path.read_text(encoding="utf-8")) for path in MODULES)


# The form of a conclusion is known to one module


KINDS = ("available", "based", "chosen", "delivers", "fired", "lead", "main", "primary", "reach", "step")


def handmade(text: str) -> list[int]:
    """The lines on which a conclusion is put together, or its kind looked for, by hand."""
    lines = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            first = node.values[0] if node.values else None
            if isinstance(first, ast.Constant) and str(first.value).removesuffix(":") in KINDS:
                lines.append(node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.endswith(":") and node.value[:-1] in KINDS:
                lines.append(node.lineno)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "AtomRef":
            lines += [part.lineno for part in node.args if isinstance(part, ast.JoinedStr)]
    return lines


def test_conclusions_are_made_and_taken_apart_in_one_module() -> None:
    hits = {
        path.relative_to(PACKAGE).as_posix() for path in MODULES if handmade(path.read_text(encoding="utf-8"))
    }
    # An interview looks for what decides the main step by the beginning of the word.
    assert hits <= {"analyse/interview/open_facts.py"}
    assert not [path for path in (ROOT / "devtools").glob("*.py") if handmade(path.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("text", "hit"),
    [('x = f"delivers:{way}"', True), ('x.startswith("step:")', True), ('AtomRef(f"{a}:{b}")', True), ('x = f"{file}:{line}"', False),
     ('"""main: what it says."""', False)],
)  # fmt: skip
def test_a_conclusion_made_by_hand_is_noticed(text: str, hit: bool) -> None:
    assert bool(handmade(text)) is hit


# What is asked or written in one place


@cache
def attributes(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))


@pytest.mark.parametrize(
    ("folder", "attribute", "places"),
    [
        ("", "isatty", {"cli/terminal.py"}),
        ("cli", "dumps", {"cli/outputs.py", "cli/receipt.py"}),  # the second writes a file of another form
        ("cli", "ljust", {"cli/outputs.py"}),
    ],
)
def test_each_thing_is_asked_in_one_place(folder: str, attribute: str, places: set[str]) -> None:
    """Whether somebody sits at a terminal; how an answer for programs is printed; how a table is."""
    asking = {
        path.relative_to(PACKAGE).as_posix()
        for path in sorted((PACKAGE / folder).rglob("*.py"))
        if attribute in attributes(path)
    }
    assert asking == places


def test_only_what_people_use_has_a_clock() -> None:
    """The day of an answer comes from the case or from whoever asks: docs/reference/library.md."""
    clock = r"\b(date|datetime)\.(today|now|utcnow)\b"
    sources = {path.relative_to(PACKAGE): path.read_text(encoding="utf-8") for path in MODULES}
    asking = {
        path.parts[0] for path, text in sources.items() if re.search(r"answer_date(\.| import )today", text)
    }
    assert asking == {"cli", "serve"}
    assert [str(path) for path, text in sources.items() if re.search(clock, text)] == ["core/answer_date.py"]
