"""Long tests that run only when what they rest on has changed since they last passed.

    @pytest.mark.when_changed("rules", "tests/scenarios")

The test, every module that it comes to import, the pinned requirements and the files named are hashed, and the
hash is kept in `tests/slow/passed.json` once the test passes with each of its parameters. Modules are found by
following imports, so that only data are named, and code that is run otherwise: by a command in a process of its
own, or by name. What a fixture of a `conftest.py` imports counts for the tests that ask for it. A test that opens
another file of the checkout fails, so that none can be forgotten. `make test-all`
(or `ROUTING_TEST_ALL=1`) runs them whatever is recorded. `but=("rules/words",)` leaves out what is opened and
decides nothing.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from places import ROOT

RECORD = ROOT / "tests" / "slow" / "passed.json"
HASH = "inputs"
FROM = ("", "tests/support", "tests/golden", "tests/properties")  # `pythonpath` of pytest
ALWAYS = ("pyproject.toml", "requirements")
WRITTEN = ("rules/PROOF.md",)
"""What a long run writes about the inputs, and a test of it names: of a folder it is no part."""
NOT_READ = (".pytest_cache", ".hypothesis", ".venv", ".git")  # no part of the checkout
WHOLE_PROGRAM = pytest.mark.when_changed("rules", "routing", "examples")
"""For the tests of a module that start the program, kill it or open the rules from nothing: they rest on all of it."""
KEPT_CASES = pytest.mark.when_changed("tests/scenarios", "tests/published")
"""Beside it, for those that go over the kept cases."""
PACKAGE = "routing"  # which finds its public names in modules that it imports when they are asked for


@cache
def content(places: tuple[str, ...], but: tuple[str, ...] = ()) -> str:
    """One hash over every file of some folders, by name and content. but: of these folders none."""
    digest = hashlib.sha256()
    left_out = {path for place in but for path in files(place)}
    for path in sorted({path for place in places for path in files(place)} - left_out, key=parts_of):
        digest.update("/".join(parts_of(path)).encode() + b"\0" + hash_of(path))
    return digest.hexdigest()


@cache
def parts_of(path: Path) -> tuple[str, ...]:
    """Where a file stands in the checkout; a run asks for that of each a hundred times."""
    return path.relative_to(ROOT).parts


@cache
def files(place: str) -> tuple[Path, ...]:
    """The files of a folder, or the one file. Raises FileNotFoundError where there is neither."""
    top = ROOT / place
    found = (top,) if top.is_file() else tuple(path for path in top.rglob("*") if path.is_file())
    if not found:
        raise FileNotFoundError(f"`{place}`, on which a test is said to rest, is not there")
    if place not in WRITTEN:
        found = tuple(path for path in found if path.relative_to(ROOT).as_posix() not in WRITTEN)
    return tuple(path for path in found if "__pycache__" not in path.parts)


@cache
def hash_of(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


@cache
def imported(file: str, unused: frozenset[str] = frozenset()) -> frozenset[str]:
    """The files of this checkout that a module comes to import, wherever in it the import stands.

    unused: functions of the module that are never called.
    """
    first = ROOT / file
    seen = {first}
    todo = [*imports_of(first, unused)]
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += imports_of(path) if path.suffix == ".py" else ()
    return frozenset("/".join(parts_of(path)) for path in seen)


@cache
def imports_of(path: Path, unused: frozenset[str] = frozenset()) -> tuple[Path, ...]:
    names: set[str] = set()
    tree = parsed(path)
    tree.body = [node for node in tree.body if getattr(node, "name", None) not in unused]
    for node in executed(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            names.add(PACKAGE)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # What is imported may be a module of the package.
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    if PACKAGE in names:
        names.remove(PACKAGE)
        return tuple({*files(PACKAGE), *(path for name in names for path in modules(name))})
    return tuple({path for name in names for path in modules(name)})


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def executed(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that is ever run: not what stands there for the checker of types alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.stmt):
            yield node
            yield from executed(node)
        elif isinstance(node, (ast.ExceptHandler, ast.match_case)):
            yield from executed(node)


@cache
def modules(name: str) -> tuple[Path, ...]:
    """The files that are run when a module is imported: the packages that hold it, and its own."""
    parts = name.split(".")
    inner = (".".join(parts[:number]) for number in range(1, len(parts) + 1))
    return tuple(path for each in inner for path in sources().get(each, ()))


@cache
def sources() -> dict[str, tuple[Path, ...]]:
    """The files of the checkout that are run under the name of a module: one, or more where several folders of
    `pythonpath` have it."""
    kept: dict[str, tuple[Path, ...]] = {}
    for top in FROM:
        for folder, below, names in os.walk(ROOT / top):
            below[:] = [each for each in below if each.isidentifier()]
            package = Path(folder).relative_to(ROOT / top).parts
            for name in names:
                if name.endswith(".py"):
                    stem = name.removesuffix(".py")
                    parts = package if stem == "__init__" else (*package, stem)
                    module = ".".join(parts)
                    kept[module] = (*kept.get(module, ()), Path(folder, name))
    return kept


@cache
def inputs_of(file: str, named: tuple[str, ...], fixtures: frozenset[str] | None = None) -> tuple[str, ...]:
    """What a test of a file rests on: files, and folders with all that is in them; a table of numbers beside a
    module, under its name, is of the module. fixtures: those that it asks for, by itself or by another; None: it
    may ask for any."""
    if b"getfixturevalue" in (ROOT / file).read_bytes():
        fixtures = None
    modules = set(imported(file))
    for conftest in conftests(file):
        modules |= imported(conftest, not_asked(conftest, fixtures))
    modules |= {
        data for module in modules if (ROOT / (data := f"{module.removesuffix('.py')}.npz")).is_file()
    }
    return (*sorted(modules), *ALWAYS, *named)


def conftests(file: str) -> Iterator[str]:
    """What pytest runs before the tests of a file: of its folder, and of those that hold it."""
    for folder in Path(file).parents:
        path = folder / "conftest.py"
        if (ROOT / path).is_file():
            yield path.as_posix()


def not_asked(conftest: str, fixtures: frozenset[str] | None) -> frozenset[str]:
    """The fixtures of a `conftest.py` that nobody is given who asks for some alone: none that is given to all, or
    goes by another name."""
    if fixtures is None:
        return frozenset()
    there = (node for node in parsed(ROOT / conftest).body if isinstance(node, ast.FunctionDef))
    return frozenset(
        node.name
        for node in there
        if node.name not in fixtures
        and any(is_fixture(mark) for mark in node.decorator_list)
        and not any(
            word.arg in ("autouse", "name") for mark in node.decorator_list for word in words_of(mark)
        )
    )


def is_fixture(mark: ast.expr) -> bool:
    made = mark.func if isinstance(mark, ast.Call) else mark
    return ast.unparse(made) == "pytest.fixture"


def words_of(mark: ast.expr) -> list[ast.keyword]:
    return mark.keywords if isinstance(mark, ast.Call) else []


def rests_on(item: pytest.Item, named: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs of a test that names some places."""
    asked = frozenset(getattr(item, "fixturenames", ()))
    return inputs_of(item.path.relative_to(ROOT).as_posix(), named, asked)


def unnamed(opened: Iterable[str], inputs: tuple[str, ...]) -> list[str]:
    """The files of the checkout among those opened that are none of the inputs.

    The source of a module that another test has imported is no input: Hypothesis looks for constants in whatever
    is loaded.
    """
    loaded = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    found = set()
    for name in opened:
        path = Path(os.path.abspath(name))
        if not path.is_relative_to(ROOT) or not path.is_file() or str(path) in loaded:
            continue
        inside = path.relative_to(ROOT)
        if "__pycache__" in inside.parts:
            inside = inside.parent.parent / f"{inside.name.split('.')[0]}.py"
        if inside.parts[0] not in NOT_READ and not any(inside.is_relative_to(each) for each in inputs):
            found.add(inside.as_posix())
    return sorted(found)


class Opened:
    """Every file that this process opens while it watches."""

    def __init__(self) -> None:
        self.names: set[str] | None = None
        self.installed = False

    def __call__(self, event: str, words: tuple[object, ...]) -> None:
        if event == "open" and self.names is not None and isinstance(words[0], (str, bytes, os.PathLike)):
            self.names.add(os.fsdecode(words[0]))

    def watch(self) -> None:
        if not self.installed:
            sys.addaudithook(self)
            self.installed = True
        self.names = set()

    def ended(self) -> set[str]:
        names, self.names = self.names or set(), None
        return names


OPENED = Opened()


def recorded() -> dict[str, str]:
    """By test, whatever its parameters, the hash with which it last passed."""
    return dict(json.loads(RECORD.read_text(encoding="utf-8"))) if RECORD.is_file() else {}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "when_changed(places, but=()): run only when what it rests on changed")


def named_by(item: pytest.Item) -> tuple[str, ...] | None:
    """The places that the marks of a test name, or None for a test that always runs."""
    marks = list(item.iter_markers("when_changed"))
    return tuple(sorted({place for mark in marks for place in mark.args})) if marks else None


def left_out(item: pytest.Item) -> tuple[str, ...]:
    """The places that all marks of a test leave out of what they name."""
    marks = [frozenset(mark.kwargs.get("but", ())) for mark in item.iter_markers("when_changed")]
    return tuple(sorted(frozenset.intersection(*marks))) if marks else ()


def name_of(item: pytest.Item) -> str:
    """The name of a test, without its parameters and the group that xdist puts behind it."""
    group = item.get_closest_marker("xdist_group")
    name = item.nodeid.removesuffix(f"@{group.args[0]}") if group else item.nodeid
    return name.partition("[")[0]


class Passed:
    """The tests that passed in this run with every one of their parameters, each with its hash."""

    def __init__(self) -> None:
        self.whole: dict[str, str] = {}
        self._left: dict[str, int] = {}

    def note(self, name: str, inputs: str, parameters: int) -> None:
        """One parameter passed, of so many."""
        self._left[name] = self._left.get(name, parameters) - 1
        if not self._left[name]:
            self.whole[name] = inputs


PASSED = Passed()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    if named_by(item) is not None:
        OPENED.watch()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    done = yield
    named = named_by(item)
    if named is not None:
        told = unnamed(OPENED.ended(), rests_on(item, named))
        assert not told, f"name in `when_changed` what the test reads as well: {', '.join(told)}"
    return done


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    known = recorded()
    marked = [(item, named) for item in items if (named := named_by(item)) is not None]
    parameters = Counter(name_of(item) for item, _ in marked)
    some_alone = any("[" in each for each in config.args)  # of which a pass says nothing of the others
    for item, named in marked:
        name, inputs = name_of(item), content(rests_on(item, named), left_out(item))
        if known.get(name) == inputs and not os.environ.get("ROUTING_TEST_ALL"):
            item.add_marker(
                pytest.mark.skip(reason="passed on the same rules and code; make test-all runs it")
            )
        if not some_alone:
            item.user_properties.append((HASH, [name, inputs, parameters[name]]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    passed = dict(report.user_properties).get(HASH)
    if passed is not None and report.when == "call" and report.passed:
        PASSED.note(*passed)  # type: ignore[misc]


def pytest_sessionfinish() -> None:
    if PASSED.whole and "PYTEST_XDIST_WORKER" not in os.environ:
        known = {**recorded(), **PASSED.whole}
        RECORD.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
