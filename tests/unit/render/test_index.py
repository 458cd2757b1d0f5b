"""The index of the rules is current, and a rule is shown with what it lifts, what lifts it and what exercises it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from small_rules import write_rules
from when_changed import KEPT_CASES, WHOLE_PROGRAM

from devtools.coverage import applies, cases_of
from routing.cli import main
from routing.opened import shared_router
from routing.render.index import index_page
from routing.render.rules import rule_data, rule_text

pytestmark = [WHOLE_PROGRAM, KEPT_CASES]

ROUTER = shared_router()
BOOK = ROUTER.rulebook
FOLDER = Path(BOOK.folder)
DAY = date(2026, 11, 24)


@cache
def documents() -> dict[str, dict[str, Any]]:
    return dict(cases_of(FOLDER.parent))


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["rules", *words])
    return result.exit_code, result.stdout, result.stderr


def test_the_index_page_is_what_the_rules_give_today() -> None:
    written = (FOLDER / "INDEX.md").read_text(encoding="utf-8")
    assert written == index_page(BOOK), (
        "rules/INDEX.md is out of date; refresh it with `routing rules index --write` and commit it"
    )


def test_the_index_names_every_rule_paragraph_pathway_instrument_and_fact() -> None:
    page = index_page(BOOK)
    topics, rest = page.split("## By paragraph of the background paper", 1)
    assert not [rule.parent for rule in BOOK.rules if f"| [{rule.parent}](" not in topics]
    assert "- **paragraph 27**: " in rest and "basis.agreement-without-case-data" in rest
    assert all(f"- **{name}**" in rest for name in ("Direct police cooperation", "UNTOC", "dual criminality"))


def test_write_puts_the_page_into_the_folder_of_the_rules(tmp_path: Path) -> None:
    folder = write_rules(tmp_path / "rules")
    result = CliRunner().invoke(main, ["--rules", str(folder), "rules", "index", "--write"])
    assert result.exit_code == 0 and (folder / "INDEX.md").read_text().startswith("# Index of the rules")
    shown = CliRunner().invoke(main, ["--rules", str(folder), "rules", "index"])
    assert shown.stdout == (folder / "INDEX.md").read_text()


def test_a_rule_tells_what_it_lifts_and_the_other_what_lifts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routing.cli.checkout.exercising", lambda *_: [])
    winner = next(rule for rule in BOOK.rules if rule.defeats)
    loser = next(rule for rule in BOOK.rules if winner.defeats[0] in (rule.id, rule.parent))
    assert (
        winner.defeats[0] in rule_data(BOOK, winner)["defeats"]
        and winner.id in rule_data(BOOK, loser)["defeated_by"]
    )
    assert f"lifts   {winner.defeats[0]}" in rule_text(BOOK, [winner]) and "lifted by" in rule_text(
        BOOK, [loser]
    )
    assert "defeated_by" in json.loads(run("show", loser.parent, "--format", "json")[1])[0]


def test_the_cases_of_the_checkout_are_examples_scenarios_and_published_cases() -> None:
    places = {name.split("/")[0] + "/" + name.split("/")[1] for name in documents()}
    assert {"tests/scenarios", "tests/published"} <= places and any(
        place.startswith("examples/") for place in places
    )
    assert not any(name.endswith("expected.yaml") for name in documents())


@pytest.mark.parametrize(
    ("rule", "case", "other"),
    [
        (
            "preservation.before-production",
            "examples/cloud-mailbox/case.yaml",
            "examples/early-whereabouts/case.yaml",
        ),
        ("political.closes-interpol", None, "examples/cloud-mailbox/case.yaml"),
        (
            "spontaneous.not-after-a-request",
            "examples/tip-already-requested/case.yaml",
            "examples/spontaneous-tip/case.yaml",
        ),
    ],
)
def test_a_rule_is_exercised_by_the_cases_in_which_it_applies(
    rule: str, case: str | None, other: str
) -> None:
    rules = [row for row in BOOK.rules if row.parent == rule]
    assert case is None or applies(ROUTER, rules, documents()[case], DAY)
    assert not applies(ROUTER, rules, documents()[other], DAY)


def test_without_a_checkout_no_cases_are_spoken_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel has no cases; what lies beside a folder of rules that somebody gives is not run."""
    rule = "preservation.before-production"
    monkeypatch.setattr("routing.cli.checkout.PACKAGE", tmp_path / "routing")
    code, shown, _ = run("show", rule)
    assert code == 0 and "xercise" not in shown


def test_what_a_plan_says_agrees_with_what_exercises() -> None:
    path = FOLDER.parent / "examples" / "cloud-mailbox" / "case.yaml"
    plan = ROUTER.route(path, DAY)
    document = documents()["examples/cloud-mailbox/case.yaml"]
    said = {one.why for one in (*plan.warnings, *plan.obligations) if one.why in BOOK.rule}
    assert said and not [why for why in said if not applies(ROUTER, [BOOK.rule[why]], document, DAY)]


def test_show_names_the_cases_or_says_that_there_are_none(tmp_path: Path) -> None:
    code, out, _ = run("show", "preservation.before-production")
    assert code == 0 and "Exercised by" in out and "  examples/cloud-mailbox/case.yaml" in out
    folder = write_rules(tmp_path / "rules")
    rule = shared_router(folder).rulebook.rules[0].parent
    alone = CliRunner().invoke(main, ["--rules", str(folder), "rules", "show", rule])
    assert "No case of this checkout exercises it." in alone.stdout
