"""A test that is left out where nothing changed rests on what it says, and on nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import when_changed
from compiled import compiled
from when_changed import OPENED, content, imported, inputs_of, unnamed

TREE = {
    "pyproject.toml": "",
    "requirements/test.txt": "z3-solver==4.13",
    "tests/conftest.py": "import pytest\nimport helper\n"
    "@pytest.fixture\ndef asked():\n    import routing.asked\n"
    "@pytest.fixture(autouse=True)\ndef given():\n    import routing.given\n"
    "def plain():\n    import routing.plain",
    "tests/unit/conftest.py": "import near",
    "tests/support/near.py": "",
    "routing/asked.py": "",
    "routing/given.py": "",
    "routing/plain.py": "",
    "tests/support/helper.py": "",
    "tests/unit/test_it.py": "from routing.opened import Router\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import routing.typed",
    "routing/__init__.py": "def __getattr__(name): ...",
    "routing/opened.py": "class Router:\n    def go(self):\n        try:\n            from routing.plan import steps\n        except ImportError:\n            pass",
    "routing/plan/__init__.py": "",
    "routing/plan/steps.py": "",
    "routing/typed.py": "",
    "routing/cli.py": "",
    "rules/rulebook.yaml": "version: 1",
}
TEST = "tests/unit/test_it.py"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, text in TREE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    with monkeypatch.context() as patch:
        patch.setattr(when_changed, "ROOT", tmp_path)
        forget()
        yield tmp_path
    forget()


def forget() -> None:
    for kept in (content, imported, inputs_of):
        kept.cache_clear()
    for kept in (when_changed.files, when_changed.hash_of, when_changed.imports_of):
        kept.cache_clear()
    for kept in (when_changed.modules, when_changed.sources):
        kept.cache_clear()


def now(*named: str, fixtures: frozenset[str] | None = None) -> str:
    forget()
    return content(inputs_of(TEST, named, fixtures))


def test_what_a_long_run_writes_counts_where_it_is_named_alone(tree: Path) -> None:
    (tree / "rules").mkdir(exist_ok=True)
    (tree / "rules/one.yaml").write_text("1")
    (tree / "rules/PROOF.md").write_text("before")
    of_rules, of_both = now("rules"), now("rules", "rules/PROOF.md")
    (tree / "rules/PROOF.md").write_text("after")
    assert now("rules") == of_rules
    assert now("rules", "rules/PROOF.md") != of_both
    (tree / "rules/one.yaml").write_text("2")
    assert now("rules") != of_rules


def test_what_decides_nothing_is_left_out_of_what_is_named(tree: Path) -> None:
    (tree / "rules/words").mkdir(parents=True, exist_ok=True)

    def left(*but: str) -> str:
        forget()
        return content(inputs_of(TEST, ("rules",)), but)

    (tree / "rules/words/some.yaml").write_text("before")
    without, whole = left("rules/words"), left()
    (tree / "rules/words/some.yaml").write_text("after")
    assert left("rules/words") == without and left() != whole
    (tree / "rules/rulebook.yaml").write_text("after")
    assert left("rules/words") != without


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        (TEST, True),
        ("tests/support/helper.py", True),  # what every test starts with
        ("tests/support/near.py", True),  # what those of its folder start with
        ("routing/asked.py", True),  # a fixture that it may ask for
        ("routing/__init__.py", True),
        ("routing/opened.py", True),
        ("routing/plan/__init__.py", True),
        ("routing/plan/steps.py", True),  # imported in a function
        ("routing/typed.py", False),  # for the checker of types alone
        ("routing/cli.py", False),
        ("rules/rulebook.yaml", True),
        ("requirements/test.txt", True),
    ],
)
def test_what_a_test_rests_on_decides_and_nothing_else(tree: Path, name: str, counts: bool) -> None:
    before = now("rules")
    assert now("rules") == before
    (tree / name).write_text(TREE[name] + "\n# changed")
    assert (now("rules") != before) == counts


def test_a_fixture_counts_for_those_who_ask_for_it(tree: Path) -> None:
    some, other = frozenset({"asked", "request"}), frozenset({"request"})
    for name, fixtures, counts in (
        ("asked", some, True),
        ("asked", other, False),
        ("given", other, True),  # to every test
        ("plain", other, True),  # no fixture: it may be called
    ):
        before = now("rules", fixtures=fixtures)
        (tree / f"routing/{name}.py").write_text(f"# changed for {fixtures}")
        assert (now("rules", fixtures=fixtures) != before) == counts, (name, fixtures)
    (tree / TEST).write_text("def test_it(request): request.getfixturevalue('asked')")
    forget()
    assert "routing/asked.py" in inputs_of(TEST, (), other)


def test_a_file_more_or_under_another_name_is_a_change(tree: Path) -> None:
    before = now("rules")
    (tree / "rules" / "more.yaml").write_text("")
    more = now("rules")
    (tree / "rules" / "more.yaml").rename(tree / "rules" / "other.yaml")
    assert len({before, more, now("rules")}) == 3


def test_whoever_asks_the_package_itself_for_a_name_rests_on_all_of_it(tree: Path) -> None:
    (tree / TEST).write_text("from routing import Router")
    forget()
    assert {"routing/cli.py", "routing/typed.py"} <= imported(TEST)


def test_a_place_that_is_not_there_is_a_mistake(tree: Path) -> None:
    with pytest.raises(FileNotFoundError, match="rulez"):
        now("rulez")


def test_a_file_that_was_read_and_not_named_is_told(tree: Path) -> None:
    opened = [str(tree / name) for name in ("rules/rulebook.yaml", "routing/cli.py", TEST)]
    (tree / "routing" / "__pycache__").mkdir()
    for name in ("typed", "opened"):
        (tree / "routing" / "__pycache__" / f"{name}.cpython-311.pyc").write_text("")
        opened.append(str(tree / "routing" / "__pycache__" / f"{name}.cpython-311.pyc"))
    forget()
    assert unnamed(opened, inputs_of(TEST, ("rules",))) == ["routing/cli.py", "routing/typed.py"]
    assert unnamed([__file__], inputs_of(TEST, ())) == []


def test_every_file_that_is_opened_while_a_test_runs_is_seen(tmp_path: Path) -> None:
    file, later = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_text("")
    OPENED.watch()
    file.read_bytes()
    with open(os.fsencode(file)):
        pass
    seen = OPENED.ended()
    later.write_text("")
    assert str(file) in seen and str(later) not in seen and OPENED.ended() == set()


def test_compiled_rules_of_other_code_are_gone(tmp_path: Path) -> None:
    code, kept = tmp_path / "routing", tmp_path / "kept"
    code.mkdir()
    (code / "api.py").write_text("1")
    first = compiled(kept, code)
    (first / "entry").write_text("")
    assert compiled(kept, code) == first and (first / "entry").exists()
    (code / "api.py").write_text("2")
    assert compiled(kept, code) != first and not first.exists()


@pytest.mark.parametrize(("behind", "group"), [("", "together"), ("@together", "together"), ("", None)])
def test_a_test_has_one_name_alone_and_in_a_group(behind: str, group: str | None) -> None:
    class Item:
        nodeid = f"tests/test_it.py::test_it[a@b]{behind}"

        def get_closest_marker(self, name: str) -> pytest.Mark | None:
            return pytest.mark.xdist_group(group).mark if group else None

    assert when_changed.name_of(Item()) == "tests/test_it.py::test_it"  # type: ignore[arg-type]


def test_a_test_is_recorded_once_all_its_parameters_passed() -> None:
    passed = when_changed.Passed()
    passed.note("whole", "hash", 2)
    passed.note("part", "hash", 2)
    assert passed.whole == {}
    passed.note("whole", "hash", 2)
    assert passed.whole == {"whole": "hash"}
