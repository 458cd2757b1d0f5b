"""Each command of the program has its twin in the library, or is for those who run the program or write rules."""

from __future__ import annotations

import ast
import inspect
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pytest
from click.testing import CliRunner
from places import ROOT
from when_changed import WHOLE_PROGRAM

import routing
from routing.cli import main

pytestmark = WHOLE_PROGRAM

TWINS = {
    "route": ("Router.route", "Router.render", "Router.stage"),
    "explain": ("Router.why", "Router.why_not"),
    "whatif": ("Router.what_if",),
    "compare": ("Router.compare",),
    "change": ("Router.change",),
    "ask": ("Router.interview", "Interview.remarks"),
    "draft": ("Router.draft", "Router.written", "Router.papers"),
    "replay": ("Router.receipt", "Router.replay", "Router.verify_proof"),
    "batch": ("Router.batch",),
    "new": ("Router.template", "Router.told"),
    "law between": ("Router.between",),
    "law coverage": ("Router.coverage", "Router.missing", "Router.coverage_by_state"),
    "law list": ("Router.instruments",),
    "law show": ("Router.show", "Router.parties", "Router.standing"),
    "law stale": ("Router.stale",),
    "law state": ("Router.state",),
    "law who": ("Router.who",),
    "pathway": ("Router.pathway",),
    "term": ("Router.term",),
    "schema": ("Router.schema",),
}
FOR_PEOPLE = {"--format", "--save", "--output", "--force", "--ask", "--receipt", "--help", "--answers"}
"""How an answer is shown, kept or typed."""
OPENING = {"--with": "overlays", "--isolate": "isolate", "--strict-dates": "strict_dates"}
"""Arguments of `Router.open`."""
OPTIONS = {
    "route": {
        "--as-of": "route(as_of)", "--full": "render(full)", "--stage": "stage(stage)",
        "--every-line": "route(in_part)",
    },
    "explain": {"--as-of": "why(as_of)", "--why": "why(pathway)", "--why-not": "why_not(pathway)", "--need": "why(need)"},
    "whatif": {"--as-of": "what_if(as_of)", "--set": "what_if(settings)"},
    "compare": {"--as-of": "compare(second)"},
    "change": {"--as-of": "change(as_of)", "--to": "change(pathway)", "--need": "change(need)"},
    "ask": {"--as-of": "interview(as_of)", "--told": "interview(story)"},
    "draft": {
        "--as-of": "draft(as_of)", "--step": "draft(step)", "--document": "draft(document)", "--list": "papers(case)",
    },
    "replay": {"--verify-proof": "verify_proof(receipt)"},
    "batch": {"--as-of": "batch(as_of)", "--only": "batch(what)"},
    "new": {
        "--kind": "template(kind)", "--measure": "template(measures)", "--told": "told(story)",
        "--all": "template(everything)",
    },
    "law between": {"--as-of": "between(as_of)", "--all": "between(everything)"},
    "law coverage": {"--as-of": "coverage(as_of)", "--missing": "missing(role)", "--by-state": "coverage_by_state(as_of)"},
    "law list": {},
    "law show": {"--parties": "parties(instrument)", "--as-of": "parties(as_of)"},
    "law stale": {"--as-of": "stale(as_of)", "--older-than": "stale(older_than)"},
    "law state": {"--as-of": "state(as_of)"},
    "law who": {"--as-of": "who(as_of)", "--for": "who(pathway)", "--from": "who(asking)"},
    "pathway": {"--full": "pathway(full)"},
    "term": {},
    "schema": {},
}  # fmt: skip
"""Which argument of which method of a router an option of a command is."""
OF_FILES = {
    "batch": {
        "--from": "a table in memory has its own form", "--to": "the answers are an Arrow table",
        "--workers": "a program shares the work itself, by `evaluate_batches` or a cluster",
        "--rejects": "`evaluate_with_rejects` gives them back",
    },
}  # fmt: skip
"""Options that a program has no use for, each with what it has in their place."""
ON_THE_MACHINE = "does something to this machine, and answers nothing about a case"
FOR_RULES = "tells how far rules and law data are checked, to those who write them"
WITHOUT_TWIN = {
    "cache clear": ON_THE_MACHINE,
    "mcp": ON_THE_MACHINE,
    "serve": ON_THE_MACHINE,
    "receipt key": "makes a file with a key; signing is done to files, so that no key passes through a program",
    "receipt sign": "signs the bytes of a file",
    "receipt verify": "verifies the bytes of a file",
    "world": "writes tables and maps of every pair of States to a folder",
    "law audit": FOR_RULES,
    "law marks": FOR_RULES,
    **dict.fromkeys(("rules pack", "rules use", "rules verify"), "packs, verifies and takes up files of rules"),
    **dict.fromkeys(
        (
            "rules check", "rules compare", "rules diff", "rules finding", "rules index", "rules list", "rules prove",
            "rules show",
        ),
        FOR_RULES,
    ),
}  # fmt: skip
"""Commands without a twin in the library, each with the reason."""


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
    assert sorted(commands(main)) == sorted([*TWINS, *WITHOUT_TWIN])
    assert TWINS.keys() == OPTIONS.keys()
    for name in (name for twins in TWINS.values() for name in twins):
        found, _, method = name.partition(".")
        assert hasattr(getattr(routing, found), method), name


@pytest.mark.parametrize("name", OPTIONS)
def test_each_option_of_a_command_has_its_argument(name: str) -> None:
    given = {
        option
        for each in command_called(name).params
        if isinstance(each, click.Option)
        for option in each.opts
        if option[:2] == "--"
    }
    assert given - FOR_PEOPLE - OPENING.keys() == {*OPTIONS[name], *OF_FILES.get(name, ())}
    for argument in (*OPTIONS[name].values(), *(f"open({each})" for each in OPENING.values())):
        method, _, wanted = argument.removesuffix(")").partition("(")
        assert wanted in inspect.signature(getattr(routing.Router, method)).parameters, argument


def command_called(name: str) -> click.Command:
    command: click.Command | None = main
    for word in name.split():
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None
    return command


@pytest.mark.parametrize(
    ("name", "option", "method", "argument"),
    [
        ("schema", "what", "schema", "what"),
        ("route", "stage", "stage", "stage"),
        ("batch", "what", "batch", "what"),
    ],
)
def test_what_can_be_chosen_is_the_same(name: str, option: str, method: str, argument: str) -> None:
    choice = next(each.type for each in command_called(name).params if each.name == option)
    assert isinstance(choice, click.Choice)
    described = str(inspect.signature(getattr(routing.Router, method)).parameters[argument].annotation)
    allowed = ast.literal_eval(described.removeprefix("Literal"))
    left_out = {"plan", "whole"}  # what the command gives without the option
    assert {*choice.choices} - left_out == {*allowed} - left_out


def test_a_pathway_and_a_word_say_what_the_commands_say() -> None:
    router = routing.load_rulebook()
    assert router.pathway() == told("pathway") and router.term() == told("term")
    assert router.pathway("mla") == told("pathway", "mla")
    full = router.pathway("mla", full=True)
    assert full == told("pathway", "mla", "--full") and len(full["rules"]) > 3
    text = " ".join(CliRunner().invoke(main, ["pathway", "mla", "--full"]).stdout.split())
    said = [rule["says"] for rules in full["rules"].values() for rule in rules]
    assert all(" ".join(says.split()) in text for says in said) and len(said) > 20


def test_a_batch_of_the_main_step_has_its_columns_alone() -> None:
    router = routing.load_rulebook()
    table = pa.table({"measure": ["bank_records"], "state": ["KEN"], "with": ["FRA"]})
    main_step, whole = (router.batch(DAY, what=what).evaluate(table) for what in ("main", "whole"))
    assert main_step.column_names == ["row", "id", "status", "primary", "certainty"]
    assert whole.select(main_step.column_names).equals(main_step) and "steps" in whole.column_names
    with pytest.raises(routing.Problems, match="`half` is not"):
        router.batch(DAY, what="half")  # type: ignore[arg-type]


def told(*command: str, text: str | None = None) -> Any:
    done = CliRunner().invoke(main, [*command, "--format", "json"], input=text)
    assert done.exit_code in (0, 4), done.output
    return json.loads(done.stdout)


CASE = str(ROOT / "examples" / "cloud-mailbox" / "case.yaml")
DAY = "2026-11-24"


def test_gaps_in_the_law_data_are_those_of_the_command() -> None:
    router = routing.load_rulebook()
    assert router.missing("central_authority_mla", DAY) == told(
        "law", "coverage", "--missing", "central_authority_mla", "--as-of", DAY
    )
    bound = router.coverage(DAY)[-1]["of_states_bound"][0]
    assert router.missing(bound["kind"], DAY) == bound["missing"]
    by_state = router.coverage_by_state(DAY)
    assert by_state == told("law", "coverage", "--by-state", "--as-of", DAY) and len(by_state) > 20
    with pytest.raises(routing.Problems, match="`plumbers` is not counted"):
        router.missing("plumbers", DAY)
    assert CliRunner().invoke(main, ["law", "coverage", "--missing", "plumbers"]).exit_code == 2


def test_the_papers_of_a_plan_are_those_that_the_command_lists() -> None:
    papers = routing.load_rulebook().papers(CASE)
    listed = CliRunner().invoke(main, ["draft", CASE, "--list"], catch_exceptions=False).stdout
    assert [step["number"] for step in papers] == [*range(1, len(papers) + 1)]
    for paper in (paper for step in papers for paper in step["papers"]):
        assert paper["document"] in listed and paper["name"] in listed
    carrying = next(step for step in papers if any(paper["main"] for paper in step["papers"]))
    main_paper = next(paper for paper in carrying["papers"] if paper["main"])
    assert routing.draft(CASE, step=carrying["step"]).document == main_paper["document"]


@pytest.mark.parametrize("stage", ["facts", "findings"])
def test_a_stage_is_the_one_of_the_command(stage: Any) -> None:
    shown = routing.load_rulebook().stage(CASE, stage)
    assert shown == told("route", CASE, "--stage", stage) and all(shown.values())


def test_a_stage_that_is_none_is_told() -> None:
    with pytest.raises(routing.Problems, match="`plan` is not a stage"):
        routing.load_rulebook().stage(CASE, "plan")  # type: ignore[arg-type]


def test_a_comparison_has_the_form_that_the_commands_print() -> None:
    router = routing.load_rulebook()
    days = ("2025-01-01", "2026-11-24")
    two_days = router.compare(CASE, *days)
    assert {"days": list(days), **two_days.data()} == told(
        "compare", CASE, "--as-of", days[0], "--as-of", days[1]
    )
    changed = router.what_if(CASE, "coercive=yes", DAY)
    shown = told("whatif", CASE, "--set", "coercive=yes", "--as-of", DAY)
    assert {"set": ["coercive=yes"], **changed.data()} == {**shown, "law": []}
    assert [item.data()["fact"] for item in two_days.law] == [item.fact for item in two_days.law]


def test_a_receipt_is_replayed_and_its_proof_checked(tmp_path: Path) -> None:
    router = routing.load_rulebook()
    receipt = router.receipt(CASE)
    (tmp_path / "receipt.json").write_text(receipt, encoding="utf-8")
    shown = told("replay", str(tmp_path / "receipt.json"), "--verify-proof")
    assert shown == {"proof": "holds", "lines": router.verify_proof(receipt)} and shown["lines"] > 10
    data = router.replay(receipt).data()
    assert data == told("replay", str(tmp_path / "receipt.json")) and data["same"] is True
    with pytest.raises(routing.Problems):
        router.verify_proof(receipt.replace("true", "false", 1))


IN_PART = """state: KEN
as_of: 2026-11-24
measure: find a person
with: FRA
zxqv: plugh
"""


def test_a_case_is_read_in_part_where_that_is_asked_for_and_the_plan_says_so() -> None:
    with pytest.raises(routing.CaseProblems):
        routing.route(IN_PART)
    plan = routing.route(IN_PART, in_part=True)
    assert plan.needs and any("zxqv" in note for note in plan.notes)
    case = routing.load_rulebook().read(IN_PART, in_part=True)
    assert any("zxqv" in note for note in case.notes)


STORY = "We are police in Kenya. A man is missing in France and we want to know where he is."


def test_an_interview_may_begin_with_a_story() -> None:
    router = routing.load_rulebook()
    begun = router.interview(story=STORY, as_of=DAY)
    assert begun.case is not None and begun.case.state == "KEN"
    assert {need.partner for need in begun.case.needs} == {"FRA"} and "locate_person" in str(begun.case.needs)
    assert router.interview(as_of=DAY).remarks == ()
    danger = "We are police in Kenya. A girl was kidnapped and is in danger of her life. Perhaps they also want the flurb."
    call, *rest = router.interview(story=danger, as_of=DAY).remarks
    assert "telephone" in call and any("flurb" in remark for remark in rest)
    with pytest.raises(routing.Problems, match="a case or a story"):
        router.interview(CASE, story=STORY)
    with pytest.raises(routing.CaseProblems):
        router.interview(story=STORY)


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
