"""What somebody wrote is said back in short and without a sign that moves the cursor, whoever says it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

import routing
from routing.cli import main
from routing.core.errors import Problem
from routing.core.printable import LONGEST, LONGEST_SAID

WORDS = (
    "x" * 5000,
    "two words " * 500,
    "back`tick" * 2000,
    "a\nb" * 3000,
    "\x1b[2J" * 300,
    "\u202eabc" * 900,
    "a/b" * 3000,
    "`" * 5000,
    "`a b/c d` " * 900,
)


@pytest.mark.parametrize("word", WORDS)
def test_a_fault_is_short_whatever_is_said_back(word: str) -> None:
    problem = Problem(f"`{word}` is not a fact", fix=f"write `{word}`")
    for said in (problem.message, problem.fix or "", str(problem)):
        assert len(said) <= 2 * LONGEST_SAID + 10 and said.isprintable()
    if "`" not in word and "/" not in word:
        assert len(problem.message) < 10 * LONGEST, "an escape takes up to six letters"


def test_a_sentence_of_ours_stays_as_it_is() -> None:
    said = "`a` is closed, since the treaty that is named in the case does not bind both States of it, and `b` does"
    assert Problem(said).message == said
    path = "/a/long/path" * 20
    assert path in Problem(f"cannot read `{path}`").message, "a file is found by its whole path"


@pytest.mark.parametrize(
    "line",
    [
        ("--{}",),
        ("route", "--format", "{}"),
        ("route", "--as-of", "{}"),
        ("{}",),
        ("term", "{}"),
        ("rules", "show", "{}"),
        ("rules", "finding", "{}"),
        ("pathway", "{}"),
        ("law", "state", "{}"),
        ("law", "show", "{}"),
        ("law", "between", "{}", "{}"),
        ("new", "{}"),
        ("--limit", "{}", "term"),
    ],
)
@pytest.mark.parametrize("word", ["x" * 5000, "two words " * 500, "\x1b[2J\u202e" * 200])
def test_a_command_says_back_in_short_what_was_written(line: tuple[str, ...], word: str) -> None:
    told = CliRunner().invoke(main, [part.format(word) for part in line])
    assert told.exit_code == 2, told.output
    assert len(told.output) < 3000 and told.output.replace("\n", "").isprintable()
    assert "internal" not in told.output and "Traceback" not in told.output


def test_no_other_error_is_raised_with_words_of_others() -> None:
    """What a person is told goes through `Problem`, or through click, which are held above. Elsewhere nothing is
    raised or printed to standard error with a word in backticks that is not fit for it."""
    found = []
    for path in sorted(Path(routing.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "click.echo" and _bare(node):
                found.append(f"{path.name}:{node.lineno}")
    assert {name.partition(":")[0] for name in found} <= {"new.py"}, (
        "which says the ids of measures and kinds"
    )


def _bare(call: ast.Call) -> bool:
    """Whether a call prints to standard error what stands between backticks as it was written."""
    if not any(word.arg == "err" for word in call.keywords) or not call.args:
        return False
    text = ast.unparse(call.args[0])
    fit = ("Problem(", "printable(", "quoted(")
    return "`{" in text and not any(word in text for word in fit)


def test_a_message_still_answers_to_its_old_name() -> None:
    """docs/stability.md: a name goes with a major version and not before."""
    with pytest.warns(DeprecationWarning, match=r"Problem\.message"):
        assert Problem("a fault").said == "a fault"
