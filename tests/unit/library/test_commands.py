"""Each command of the program has its twin in the library, or is for those who run the program or write rules."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from when_changed import WHOLE_PROGRAM

import routing
from routing.cli import main

pytestmark = WHOLE_PROGRAM

TWINS = {
    "route": ("Router.route", "Router.render"),
    "explain": ("Router.why", "Router.why_not"),
    "whatif": ("Router.what_if",),
    "compare": ("Router.compare",),
    "change": ("Router.change",),
    "ask": ("Router.interview",),
    "draft": ("Router.draft", "Router.written"),
    "replay": ("Router.receipt", "Router.replay"),
    "batch": ("Router.batch",),
    "new": ("Router.template", "Router.told"),
    "law between": ("Router.between",),
    "law coverage": ("Router.coverage",),
    "law list": ("Router.instruments",),
    "law show": ("Router.show", "Router.parties", "Router.standing"),
    "law stale": ("Router.stale",),
    "law state": ("Router.state",),
    "law who": ("Router.who",),
    "pathway": ("Router.pathway",),
    "term": ("Router.term",),
    "schema": ("Router.schema",),
}
OF_THE_PROGRAM = {"cache clear", "mcp", "serve", "receipt key", "receipt sign", "receipt verify", "world"}
"""What is done to files and with windows."""
OF_RULE_AUTHORS = {"law audit", "law marks"}
"""Beside `routing rules …`: how far the rules and the law data are checked."""


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The commands below one, each by the words with which it is called."""
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from commands(below, (*path, name))


def test_each_command_has_its_twin_in_the_library() -> None:
    called = {name for name in commands(main) if not name.startswith("rules ")}
    assert called == {*TWINS, *OF_THE_PROGRAM, *OF_RULE_AUTHORS}
    for name in (name for twins in TWINS.values() for name in twins):
        found, _, method = name.partition(".")
        assert callable(getattr(getattr(routing, found), method)), name


@pytest.mark.parametrize(
    ("options", "given"),
    [
        ([], {}),
        (["--measure", "bank statement", "--measure", "freeze the account"], {}),
        (["--kind", "answer", "--measure", "bank statement"], {"kind": "answer"}),
        (["--all"], {"everything": True}),
    ],
    ids=["blank", "measures", "answer", "everything"],
)
def test_a_case_to_fill_in_is_the_one_of_the_command(options: list[str], given: dict[str, object]) -> None:
    measures = [word for flag, word in itertools.pairwise(options) if flag == "--measure"]
    written = CliRunner().invoke(main, ["new", *options], catch_exceptions=False)
    assert written.exit_code == 0
    assert routing.load_rulebook().template(measures, **given) == written.stdout  # type: ignore[arg-type]


def test_what_is_past_its_date_is_what_the_command_tells() -> None:
    options = ["--as-of", "2027-06-01", "--older-than", "100d", "--format", "json"]
    told = CliRunner().invoke(main, ["law", "stale", *options], catch_exceptions=False)
    stale = routing.load_rulebook().stale("2027-06-01", older_than=100)
    assert stale and json.loads(told.stdout) == stale


@pytest.mark.parametrize(
    ("measures", "kind", "said"),
    [
        ("xyzzy", None, "xyzzy"),
        (["bank statement", 5], None, "measures"),
        ([], "plugh", "plugh"),
        (5, None, "texts"),
    ],
)
def test_words_that_stand_for_no_need_are_told(measures: object, kind: str | None, said: str) -> None:
    with pytest.raises(routing.Problems, match=said):
        routing.load_rulebook().template(measures, kind)  # type: ignore[arg-type]
