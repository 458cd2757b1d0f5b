"""What changes in the plans between two rulebooks, or two days: kinds, cases that can be run, or a proof that nothing does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from small_rules import FILES, replaced, write_rules
from when_changed import WHOLE_PROGRAM

from devtools.changed_rulebook import with_rule
from routing.analyse.whatif.plan_diff import differences
from routing.cli import main
from routing.core.conditions import All, Not
from routing.core.conditions import Any as AnyOf
from routing.core.records import replace
from routing.opened import Router, shared_router
from routing.verify.diff.paired_models import RulebookVersion
from routing.verify.diff.rulebooks import ShownElsewhere, examine
from routing.verify.statements import load_statements

pytest.importorskip("z3")
pytestmark = WHOLE_PROGRAM
RULES = "reasoning/rules.yaml"


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def compared(tmp_path: Path) -> Any:
    """A comparison of the small rulebook with itself changed: exit code, the answer as data, and the two folders."""

    def compare(
        changes: dict[str, str | None], before: dict[str, str | None] | None = None
    ) -> tuple[int, dict[str, Any], Path, Path]:
        old, new = write_rules(tmp_path / "old", before), write_rules(tmp_path / "new", changes)
        code, out, err = run(
            "rules",
            "diff",
            str(old),
            str(new),
            "--jobs",
            "1",
            "--cases",
            str(tmp_path / "found"),
            "--format",
            "json",
        )
        assert not err, err
        return code, json.loads(out), old, new

    return compare


def kinds(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {change["kind"]: change for change in data["changes"]}


def plans(change: dict[str, Any]) -> list[Any]:
    """The plans that the printed commands show."""
    found = []
    for command in change["commands"]:
        words = command.split()
        assert words[:2] == ["routing", "--rules"] and words[3] == "route"
        router = Router.open(Path(words[2]))
        found.append(router.route(Path(words[4])))
    assert len(found) == 2
    return found


def test_the_same_rules_change_nothing(compared: Any) -> None:
    code, data, *_ = compared({})
    assert (
        code == 0
        and data["nothing_changes"]
        and data["same_plain_rules"] == 3
        and data["law_data"]["nothing_changes"]
    )


def test_reordered_rules_change_nothing(compared: Any) -> None:
    rules = yaml.load(FILES[RULES], yaml.BaseLoader)
    code, data, *_ = compared({RULES: yaml.safe_dump(rules[::-1], sort_keys=False)})
    assert code == 0 and data["nothing_changes"], data


def test_a_condition_said_in_other_words_is_proved_to_be_the_same(compared: Any) -> None:
    code, data, *_ = compared(
        replaced(
            RULES,
            "{any: [{max_penalty_months: {at_least: 48}}, {offence: [trafficking]}]}",
            "{not: {all: [{max_penalty_months: {below: 48}}, {not: {offence: [trafficking]}}]}}",
        )
    )
    assert code == 0 and data["nothing_changes"] and data["same_plain_rules"] < data["measures"]


def test_a_changed_threshold_changes_steps_and_the_case_shows_it(compared: Any) -> None:
    code, data, *_ = compared(replaced(RULES, "at_least: 48", "at_least: 36"))
    assert code == 6 and not data["nothing_changes"]
    change = kinds(data)["main-step"]
    assert change["rules"] == ["offence.grave"] and change["cases_touched"] > 0
    before, after = plans(change)
    assert (before.needs[0].primary.pathway, before.needs[0].status) != (
        after.needs[0].primary.pathway,
        after.needs[0].status,
    )
    assert (
        "max_penalty_months: 36" in Path(change["commands"][0].split()[-1]).read_text()
        or "47" in Path(change["commands"][0].split()[-1]).read_text()
    )


def test_a_rule_that_closes_a_way_is_named(compared: Any) -> None:
    code, data, *_ = compared(replaced(RULES, "  close: formal\n", "  close: [formal, police]\n"))
    change = kinds(data)["route-closed"]
    assert (
        code == 6 and "police/custom" in change["items"] and change["rules"] == ["assistance.grave-penalty"]
    )
    assert {item.split("/")[0].split()[0] for item in kinds(data)["route-opened"]["items"]} == {
        "refer"
    }  # nothing else is left
    before, after = plans(change)
    assert differences(before, after)


@pytest.mark.parametrize(
    ("old", "new", "kind", "item"),
    [
        ("  duty: say_why\n", "  warn: may_be_refused\n", "duty-removed", "say_why"),
        ("  duty: say_why\n", "  warn: may_be_refused\n", "warning-added", "may_be_refused"),
        ("  limit: only_this_case\n", "  duty: say_why\n", "limit-removed", "only_this_case"),
        (
            "  include: [police]\n  as: inform",
            "  include: [letters]\n  as: inform",
            "step-added",
            "letters as inform",
        ),
        (
            "  include: [police]\n  as: inform",
            "  include: [letters]\n  as: inform",
            "step-removed",
            "police as inform",
        ),
        (
            "  before: preservation\n  over: assistance",
            "  before: preservation\n  over: letters",
            "order",
            "preservation before assistance",
        ),
        (
            "  duty: say_why\n  basis: [alpha 1(1)]",
            "  duty: say_why\n  basis: [alpha 4]",
            "provision",
            "alpha 4 for duty say_why",
        ),
        ("  says: Say why.\n", "  says: Tell them why.\n", "words", "rule duty.say-why"),
    ],
)
def test_each_kind_of_change_is_found_and_shown(
    compared: Any, old: str, new: str, kind: str, item: str
) -> None:
    code, data, *_ = compared(replaced(RULES, old, new))
    change = kinds(data)[kind]
    assert code == 6 and item in change["items"]
    before, after = plans(change)
    assert change["rules"] and (differences(before, after) or kind in ("words", "order", "provision"))


def test_what_is_no_longer_presumed_is_shown_by_a_silent_case(compared: Any) -> None:
    code, data, *_ = compared(
        replaced(
            "facts/need.yaml",
            "    presumed: not_sought\n    because: Consent must be shown.",
            "    presumed: given\n    because: People consent.",
        )
    )
    change = kinds(data)["taken-as-given"]
    assert code == 6 and change["items"] == ["consent"]
    before, after = plans(change)
    assert (
        before != after
        and "consent" not in Path(change["commands"][0].split()[-1]).read_text().split("needs:")[1]
    )


def test_another_law_is_read_by_pairs_of_states(compared: Any) -> None:
    code, data, *_ = compared(
        {
            "membership/club.csv": FILES["membership/club.csv"]
            + "FRA,member,2001-01-01,,,unsourced,high,2026-01-01,\n"
        }
    )
    assert code == 6 and data["nothing_changes"] and not data["law_data"]["nothing_changes"]
    assert data["law_data"]["moves"][0]["facts"] == {"in_club": ["no", "yes"]}
    before, after = plans(kinds(data["law_data"])["route-opened"])
    assert "FRA" in (before.state, before.needs[0].partner)
    assert differences(before, after)


def test_what_only_one_of_the_two_can_read_is_said(compared: Any) -> None:
    code, data, *_ = compared(
        replaced(
            "facts/case.yaml",
            "values: {investigation: , trial: }",
            "values: {investigation: , trial: , appeal: }",
        )
    )
    assert code == 6 and data["read_by_one_only"] == ["fact stage can now be appeal"] and not data["changes"]


def test_a_membership_that_begins_changes_plans_from_that_day(small_rules: Path, tmp_path: Path) -> None:
    words = ["--rules", str(small_rules), "rules", "diff", "--cases", str(tmp_path / "found")]
    code, out, _ = run(*words, "--as-of", "2004-01-01", "--as-of", "2005-01-01", "--format", "json")
    data = json.loads(out)
    assert code == 6 and {name for move in data["moves"] for name in move["facts"]} == {"tie:alpha"}
    assert sum(move["pairs"] for move in data["moves"]) == 3  # Kenya with each State that was a party before
    change = kinds(data)["route-opened"]
    assert change["because_of"] == ["alpha none -> in_force"]
    command = change["commands"][0].split()
    assert command[:2] == ["routing", "compare"]
    code, out, _ = run("--rules", str(small_rules), *command[1:], "--format", "json")
    assert code == 0 and json.loads(out)["differences"]


def test_days_between_which_nothing_happened_change_nothing(small_rules: Path, tmp_path: Path) -> None:
    words = ["--rules", str(small_rules), "rules", "diff", "--cases", str(tmp_path / "found")]
    code, out, _ = run(*words, "--as-of", "2005-01-01", "--as-of", "2006-01-01")
    assert code == 0 and "change nothing: proved" in out and not (tmp_path / "found").exists()


# The rules that ship


def test_a_real_rule_in_other_words_is_the_same_and_with_less_is_not() -> None:
    """Of one measure only: all of them take minutes."""
    sound = shared_router().rulebook
    statements = load_statements(sound)
    rule = sound.rule["spontaneous.must-be-able-to-help"]
    assert isinstance(rule.when, All)
    twisted = replace(rule, when=Not(AnyOf(tuple(Not(part) for part in rule.when.parts))))
    looser = replace(rule, when=All(rule.when.parts[:-1]))
    old = RulebookVersion(sound, statements)
    same = examine(
        old,
        RulebookVersion(with_rule(sound, twisted), statements),
        "information_sharing",
        30_000,
        ShownElsewhere({}, {}),
    )
    assert not same.alike and not same.changes and not same.gave_up
    looser_examined = examine(
        old,
        RulebookVersion(with_rule(sound, looser), statements),
        "information_sharing",
        30_000,
        ShownElsewhere({}, {}),
    )
    closed = next(change for change in looser_examined.changes if change.kind == "route-closed")
    assert closed.rules == (rule.id,) and closed.cases and looser_examined.sampled > 100


# Revisions


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org", *words],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two revisions of the small rulebook, in the folder `law` of a repository."""
    top = tmp_path / "repository"
    write_rules(top / "law")
    git(top.parent, "init", "-q", str(top))
    git(top, "add", ".")
    git(top, "commit", "-qm", "first")
    git(top, "tag", "first")
    write_rules(top / "law", replaced(RULES, "at_least: 48", "at_least: 36"))
    git(top, "commit", "-qam", "second")
    return top


def test_revisions_are_compared_and_their_rules_kept_beside_the_cases(
    repository: Path, tmp_path: Path
) -> None:
    words = [
        "--rules",
        str(repository / "law"),
        "rules",
        "diff",
        "--jobs",
        "1",
        "--cases",
        str(tmp_path / "found"),
        "--format",
        "json",
    ]
    code, out, _ = run(*words, "first", "HEAD")
    assert code == 6
    before, after = plans(kinds(json.loads(out))["main-step"])
    assert before.rulebook.hash != after.rulebook.hash
    code, out, _ = run(*words[:-2], str(repository / "law"), "HEAD")
    assert code == 0 and "the rules change nothing" in out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no-such-revision", "neither a folder nor a revision"),
        ("--help-me", "No such option"),
        ("wording", "is not a folder of rules"),
    ],
)
def test_a_name_that_stands_for_no_rules_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(repository / "law")
    code, _, err = run("--rules", str(repository / "law"), "rules", "diff", name, "HEAD")
    assert code in (2, 5) and said in err


def test_without_git_a_revision_is_an_error_that_says_so(
    small_rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    code, _, err = run("--rules", str(small_rules), "rules", "diff", "first", "HEAD")
    assert code == 5 and "git" in err and "is not installed" in err


def test_rules_outside_a_repository_have_no_revisions(small_rules: Path) -> None:
    code, _, err = run("--rules", str(small_rules), "rules", "diff", "first", "HEAD")
    assert code == 5 and "stand in no git repository" in err


@pytest.mark.parametrize(
    "words", [(), ("one",), ("one", "two", "--as-of", "2026-01-01"), ("--as-of", "2026-01-01")]
)
def test_wrong_usage_is_said(words: tuple[str, ...]) -> None:
    code, _, err = run("rules", "diff", *words)
    assert code == 2 and "--as-of twice" in err
