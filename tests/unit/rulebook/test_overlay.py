"""A user's own data laid over ours: what they add, how they are shown, and what they may not touch."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core.conditions import AtomRef, leaf_tests
from routing.core.errors import RulebookProblems
from routing.core.paths import rules_folder
from routing.core.records import replace
from routing.json_schema import plan_schema
from routing.library import Router as PublicRouter
from routing.opened import Router, shared_router
from routing.render.text import text
from routing.rulebook.overlay.merge import apply_overlays
from routing.rulebook.overlay.protected import protected_problems
from routing.rulebook.validate.profiles import profile_facts

pytestmark = WHOLE_PROGRAM

EXAMPLE = ROOT / "examples" / "your-own-data"
MEMORANDUM = EXAMPLE / "memorandum.yaml"
HEAD = "overlay: mine\nsays: Invented for a test.\n"


@pytest.fixture(scope="module")
def theirs() -> Router:
    return Router.open(apply_overlays(rules_folder(), [MEMORANDUM]))


def run(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def faults(tmp_path: Path, body: str, head: str = HEAD) -> list[str]:
    """What is said of an overlay, each fault as `line: words`; all must stand in the user's own file."""
    file = tmp_path / "mine.yaml"
    file.write_text(head + body)
    with pytest.raises(RulebookProblems) as caught:
        Router.open(apply_overlays(rules_folder(), [file], tmp_path / "cache"))
    assert {problem.file for problem in caught.value.problems} == {str(file)}, caught.value
    return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]


@pytest.mark.xdist_group("harbour")
def test_the_example_is_shown_as_the_users_own(theirs: Router) -> None:
    plan = theirs.route(EXAMPLE / "case.yaml")
    shown = re.sub(r"harbour [0-9a-f]{16}", "harbour (digest)", click.unstyle(text(plan, theirs, width=100)))
    file = EXAMPLE / "plan-with.txt"
    if os.environ.get("ROUTING_WRITE_GOLDEN"):
        file.write_text(shown)
    assert shown == file.read_text()
    data = json.loads(plan.json_text())
    jsonschema.validate(data, plan_schema())
    step = next(step for step in data["steps"] if step["pathway"] == "police_to_police")
    assert step["route"] == "police_to_police/harbour-memorandum"
    assert step["basis"][0]["instrument"] == "Port memorandum (own data: harbour)"
    assert [overlay.split()[0] for overlay in data["rulebook"]["overlays"]] == ["harbour"]


def test_without_the_file_nothing_of_it_is_known() -> None:
    plan = shared_router().route(EXAMPLE / "case.yaml")
    assert "harbour" not in plan.json_text() and not plan.rulebook.overlays


@pytest.mark.xdist_group("harbour")
def test_what_an_overlay_closes_is_closed_under_its_own_rule(theirs: Router) -> None:
    case = (EXAMPLE / "case.yaml").read_text() + "    harbour_minor: yes\n"
    plan = theirs.route(case)
    assert all(step.route != "police_to_police/harbour-memorandum" for step in plan.steps)
    assert any(
        item.why == ("harbour.no-records-of-minors",) and item.route == "police_to_police/harbour-memorandum"
        for item in plan.excluded
    )
    with pytest.raises(Exception, match="harbour_minor"):
        shared_router().route(case)


def test_every_command_takes_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routing.cli.checkout.exercising", lambda *_: [])
    own = ("--with", str(MEMORANDUM))
    assert "Port memorandum" in run("route", str(EXAMPLE / "case.yaml"), *own).stdout
    assert run("rules", "check", *own).exit_code == 0
    assert "no-records-of-minors" in run("rules", "show", "harbour.no-records-of-minors", *own).stdout
    assert "Port memorandum" in run("law", "between", "KEN", "MUS", "--as-of", "2026-11-24", *own).stdout


@pytest.mark.xdist_group("harbour")
def test_it_stands_between_its_own_states_alone(theirs: Router) -> None:
    between = [str(PublicRouter(theirs).between("KEN", other, "2026-11-24")) for other in ("MUS", "FRA")]
    assert ["Port memorandum" in told for told in between] == [True, False]


def test_a_receipt_names_the_overlay_and_is_replayed_with_it(tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    own = ("--with", str(MEMORANDUM))
    assert run("route", str(EXAMPLE / "case.yaml"), "--receipt", str(receipt), *own).exit_code == 0
    assert [overlay.split()[0] for overlay in json.loads(receipt.read_text())["rulebook"]["overlays"]] == [
        "harbour"
    ]
    assert "same" in run("replay", str(receipt), *own).stdout
    assert "harbour-memorandum" in run("replay", str(receipt)).stdout


def test_an_accession_of_the_users_own_binds_from_its_day(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        HEAD
        + """membership:
  budapest:
    - {state: KEN, status: party, since: 2026-09-01, since_basis: eif, source: "https://example.org/x", confidence: high, checked: 2026-11-24}
"""
    )
    law = Router.open(apply_overlays(rules_folder(), [file], tmp_path / "cache")).law
    assert law.between("budapest", "KEN", "FRA", date(2026, 9, 1)).status == "in_force"
    assert law.between("budapest", "KEN", "FRA", date(2026, 8, 31)).status != "in_force"
    assert shared_router().law.between("budapest", "KEN", "FRA", date(2026, 9, 1)).status != "in_force"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            "rules:\n  - id: mine.one\n    says: Closes.\n    close: [mla]\n    when: {no_such_fact: yes}\n    basis: [untoc 18(1)]\n",
            r"7: `no_such_fact`",
        ),
        (
            "rules:\n  - id: mine.one\n    says: Closes.\n    close: [mla]\n    when: {coercive: yes}\n    basis: [untoc 999]\n",
            r"\d: .*`untoc 999`",
        ),
        (
            "rules:\n  - id: other.one\n    says: Closes.\n    close: [mla]\n",
            r"4: `other.one` does not begin with `mine\.`",
        ),
        (
            "facts:\n  coercive:\n    asks: Again?\n    of: need\n    values: {yes: , no: }\n",
            r"4: `coercive` does not begin with `mine_`",
        ),
        (
            "routes:\n  no_such_way:\n    - id: no_such_way/mine-x\n      opens: {coercive: no}\n      lead: [untoc 27(1)(b)]\n",
            r"4: `no_such_way`",
        ),
        (
            "membership:\n  budapest:\n    - {state: XXX, status: party, source: unsourced, confidence: high, checked: 2026-11-24}\n",
            r"5: `XXX` is not a code of a State",
        ),
        (
            "membership:\n  budapest:\n\n    - {state: FRA, status: party, since: 2020-01-01, source: unsourced, confidence: high, checked: 2026-11-24}\n",
            r"6: `FRA` is listed twice",
        ),
        ("membership:\n  budapest:\n    - {state: KEN, stature: party}\n", r"5: `stature` is not a cell"),
        (
            "states:\n  KEN:\n    facts:\n      treaty_required: {value: yes, source: unsourced, mark: unverified, checked: 2026-11-24}\n",
            r"6: the profile of `KEN` has `treaty_required` already",
        ),
        (
            "instruments:\n  mine-pact:\n    name: A pact\n    kind: wish\n    checked: 2026-11-24\n",
            r"6: `wish`",
        ),
        ("wishes: 1\n", r"3: `wishes` is not a section"),
    ],
)
def test_a_fault_stands_at_its_place_in_the_users_file(tmp_path: Path, body: str, said: str) -> None:
    found = faults(tmp_path, body)
    assert any(re.match(said, fault) for fault in found), found


def test_a_list_that_no_instrument_has_is_told_in_the_users_file(tmp_path: Path) -> None:
    """It was told of a file in a folder for temporary files, which is gone by then."""
    row = (
        "{state: KEN, status: party, since: 2025-04-01, since_basis: eif, source: unsourced, "
        "confidence: low, checked: 2026-10-01}"
    )
    told = faults(tmp_path, f"membership:\n  mine-list:\n    - {row}\n")
    assert any("`mine-list` is not an instrument" in fault for fault in told)


def test_a_file_that_is_no_overlay_is_told_so(tmp_path: Path) -> None:
    assert faults(tmp_path, "", "rules: []\n") and faults(tmp_path, "", "- one\n")
    assert any("is not a name" in fault for fault in faults(tmp_path, "", "overlay: Not A Name\nsays: x\n"))
    result = run("route", str(EXAMPLE / "case.yaml"), "--with", str(tmp_path / "absent.yaml"))
    assert result.exit_code == 5 and "absent.yaml" in result.stderr and "Traceback" not in result.output


def test_a_protected_rule_is_not_defeated(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """rules:
  - id: mine.away
    says: Away with it.
    warn: [no_compulsion]
    defeats: [detainee.must-consent]
    when: {coercive: yes}
    basis: [untoc 18(10)]
""",
    )
    assert found[0].endswith("`detainee.must-consent/1`") or "which is protected" in found[0]
    assert "4: `mine.away` defeats `detainee.must-consent`, which is protected" in found


def test_what_a_protected_rule_looks_up_is_not_filled_in(tmp_path: Path) -> None:
    rulebook = shared_router().rulebook
    facts = {
        leaf.fact
        for rule in rulebook.rules
        if rule.protected
        for leaf in leaf_tests(rule.when)
        if not isinstance(leaf, AtomRef)
    }
    key, fact = next((key, fact) for key, fact in profile_facts(rulebook).items() if fact.id in facts)
    found = faults(
        tmp_path,
        f"states:\n  NRU:\n    facts:\n      {key}: {{value: {next(iter(fact.values))}, source: unsourced, mark: unverified, checked: 2026-11-24}}\n",
    )
    assert found and all(
        f"`{key}` fills in `{fact.id}`, on which the protected rule" in fault and fault.startswith("6: ")
        for fault in found
    )


def test_what_a_protected_rule_rests_on_is_not_concluded(tmp_path: Path) -> None:
    """None of ours rests on a derived fact today, so one that does is called protected here."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        HEAD
        + "rules:\n  - id: mine.covered\n    says: It is covered.\n    is: untoc_covered\n    when: {coercive: yes}\n    basis: [untoc 3(1)]\n"
    )
    rulebook = Router.open(apply_overlays(rules_folder(), [file], tmp_path / "cache")).rulebook
    assert not list(protected_problems(rulebook, ()))
    resting = next(
        rule
        for rule in rulebook.rules
        if any(getattr(leaf, "atom", "") == "is:untoc_covered" for leaf in leaf_tests(rule.when))
    )
    rules = tuple(replace(rule, protected=True) if rule is resting else rule for rule in rulebook.rules)
    found = list(protected_problems(replace(rulebook, rules=rules), ()))
    assert [problem.message for problem in found] == [
        f"`mine.covered` concludes `untoc_covered`, on which the protected rule `{resting.id}` rests"
    ]


def test_two_overlays_stand_side_by_side_and_need_two_names(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(HEAD)
    all_of = Router.open(apply_overlays(rules_folder(), [MEMORANDUM, other], tmp_path / "cache"))
    assert [overlay.split()[0] for overlay in all_of.rulebook.overlays] == ["harbour", "mine"]
    with pytest.raises(RulebookProblems, match="two overlays are called `mine`"):
        apply_overlays(rules_folder(), [other, other], tmp_path / "cache")


def test_an_overlay_without_a_name_is_told_so_and_not_that_nothing_is_not_a_name(tmp_path: Path) -> None:
    overlay = tmp_path / "ours.yaml"
    overlay.write_text("name: mine\nsays: Ours.\n")
    case = ROOT / "examples" / "cloud-mailbox" / "case.yaml"
    told = CliRunner().invoke(main, ["route", str(case), "--with", str(overlay)])
    assert told.exit_code != 0
    assert "the overlay has no name (write `overlay: NAME`" in told.output
    assert "``" not in told.output


def test_a_route_where_one_law_allows_the_way_is_told_at_its_own_line(tmp_path: Path) -> None:
    """Not in our table of ways, in a private copy that is gone when somebody looks for it."""
    told = faults(
        tmp_path,
        "routes:\n  fine_certificate:\n    - {id: fine_certificate/mine-own, opens: {coercive: yes}, lead: [untoc 3(1)], says: Mine.}\n",
    )
    assert any(
        each.startswith("5: ") and "would allow the way of `fine_certificate/mine-own`" in each
        for each in told
    )


@pytest.mark.parametrize("name", ["ken", "KEN-x", "Kenya"])
def test_a_profile_that_is_called_by_no_code_is_told(small_rules: Path, tmp_path: Path, name: str) -> None:
    """It was once left out without a word, whatever stood in it."""
    file = tmp_path / "mine.yaml"
    file.write_text(f"{HEAD}states:\n  {name}: {{facts: {{penalty_kept: {{value: yes}}}}}}\n")
    with pytest.raises(RulebookProblems, match=f"mine.yaml:.*`{name}` is not a code of a State"):
        Router.open(apply_overlays(small_rules, [file], tmp_path / "place"))


def test_an_overlay_says_what_it_is(tmp_path: Path) -> None:
    assert faults(tmp_path, "", "overlay: mine\nsays: ' '\n") == ["2: the overlay does not say what it is"]
