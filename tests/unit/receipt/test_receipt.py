"""A receipt records a decision, shows every change of a byte, and is replayed."""

from __future__ import annotations

import json
import random
import shutil
import tracemalloc
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from explained import DAY, ROOT, SAMPLE, case_of, for_every_kept_case, in_folder
from receipt_order import ORDER
from rule_folders import read_rulebook
from shipped import router
from sweeps import each
from when_changed import KEPT_CASES, WHOLE_PROGRAM

from routing.cli import main
from routing.core.errors import Problems
from routing.core.records import replace
from routing.law import Law
from routing.opened import Router
from routing.receipt import FORMAT, read_receipt, receipt_of, receipt_schema, receipt_text, replay

pytestmark = [WHOLE_PROGRAM, KEPT_CASES]


def text_of(case: object) -> str:
    return receipt_text(router().read(case), router(), DAY)[1]  # type: ignore[arg-type]


def test_a_receipt_fits_its_schema_and_holds_the_plan() -> None:
    plan, text = receipt_text(router().read(ORDER), router(), DAY)
    data = json.loads(text)
    jsonschema.validate(data, receipt_schema())
    assert data["format"] == FORMAT == "routing-receipt/2"
    assert data["plan"] == json.loads(plan.json_text()) and data["rulebook"]["hash"] == router().rulebook.hash
    assert data["facts"]["content"]["tie:e-evidence"]["value"] == "in_force" and data["proof"][0]["lines"]


def receipt_replays_to_the_same_result(name: str) -> None:
    found = replay(read_receipt(text_of(case_of(name)), name), router())
    assert found.same and found.rulebook_same and not found.changes and not found.facts and not found.rules


def test_a_receipt_replays_to_the_same_result() -> None:
    each(receipt_replays_to_the_same_result, SAMPLE[::3])


@for_every_kept_case
def test_receipts_of_kept_cases_replay_to_the_same_result(folder: str) -> None:
    each(receipt_replays_to_the_same_result, in_folder(folder)[::6])


@pytest.mark.parametrize("written", ["Vietnam", "UK", "Holland", "England"])
def test_a_receipt_of_a_state_in_everyday_words_replays(written: str) -> None:
    case = router().read({"state": "KEN", "needs": [{"measure": "search", "with": written}]})
    assert any(f"`{written}` is read as" in note for note in case.notes)
    assert replay(read_receipt(text_of(case), "r"), router()).same


def test_a_receipt_of_a_case_in_everyday_lines_replays_and_its_note_is_checked() -> None:
    written = {
        "our country": "Kenya",
        "other country": "FRA",
        "what we need": "search",
        "deadline": "in 10 days",
    }
    receipt = json.loads(text_of(written))
    assert replay(receipt, router()).same
    receipt["plan"]["notes"].append(
        "lines called otherwise here: `crime` as `offence`, `deadline` as `purpose`"
    )
    assert replay(receipt, router()).differs == ("notes",)


@pytest.mark.parametrize(
    "written",
    [
        {"id": "by video", "what we need": "hear a witness by video"},
        {"what we need": "extradition", "nationality": "French"},
        {"what we need": "seize the mobile phones and laptops", "prisoner_agrees": "yes"},
        {"what we need": "house search", "warrant": "yes"},
        {"what we need": "house search", "deadline": "tonight"},
        {"note": f"We need the bank statements. {'He is a man. ' * 40}"},
    ],
)
def test_what_was_said_back_replays(written: dict[str, str]) -> None:
    receipt = json.loads(text_of({"our country": "Kenya", "needs": [{"other country": "FRA", **written}]}))
    assert receipt["plan"]["notes"] and replay(receipt, router()).same
    receipt["plan"]["notes"].append("told, weighed by no rule for this kind of need: offence")
    assert replay(receipt, router()).differs == ("notes",)


@pytest.mark.parametrize(
    ("written", "forged"),
    [
        ({"from": "Kenya", "to": "FRA"}, "as of a need of kind `request` these lines are read: `to` as `state`"),
        ({"our country": "Kenya", "who asks": "FRA"}, "`who asks` is read as `kind: use`; write `kind:` with another if that is wrong"),
        ({"my unit is in": "Kenya", "country of the provider": "FRA"}, "lines called otherwise here: `country of the provider` as `state`"),
        ({"state": "KEN", "with": "FRA", "amount": "5 euro"}, "kept as a note and not read: `crime`"),
    ],
)  # fmt: skip
def test_a_receipt_of_lines_for_who_asks_and_of_what_is_beside_the_point_replays(
    written: dict[str, str], forged: str
) -> None:
    receipt = json.loads(text_of({**written, "what we need": "search"}))
    assert receipt["plan"]["notes"] and replay(receipt, router()).same
    receipt["plan"]["notes"].append(forged)
    assert replay(receipt, router()).differs == ("notes",)


def test_any_changed_byte_is_detected() -> None:
    text, dice = text_of(ORDER), random.Random("bytes")
    for _ in range(300):
        place = dice.randrange(len(text))
        other = dice.choice([c for c in "0aZ \n}" if c != text[place]])
        with pytest.raises(Problems):
            read_receipt(text[:place] + other + text[place + 1 :], "r")
    for spoilt in (text + " ", text[:-1], text.replace("\n", "\r\n"), "", "{}"):
        with pytest.raises(Problems):
            read_receipt(spoilt, "r")


def changed_rules(tmp_path: Path, file: str, old: str, new: str) -> Router:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Router(read_rulebook(folder), Law.load(folder))


def test_a_changed_membership_is_named(tmp_path: Path) -> None:
    other = changed_rules(
        tmp_path, "membership/e-evidence.csv", "DEU,participant,2026-08-18", "DEU,participant,2027-08-18"
    )
    found = replay(read_receipt(text_of(ORDER), "r"), other)
    assert not found.same and not found.rulebook_same
    assert any("e-evidence" in line and "2027-08-18" in line for line in found.facts)
    assert any(line.startswith("needs[content].primary.pathway") for line in found.changes)


def test_a_changed_rule_is_named(tmp_path: Path) -> None:
    cited = json.loads(text_of(ORDER))["rules"]
    rule = next(
        rule
        for rule in router().rulebook.rules
        if rule.id in cited and rule.form == "duty" and rule.id == rule.parent
    )
    file = rule.file.removeprefix("rules/")
    other = changed_rules(tmp_path, file, f"- id: {rule.id}\n", f"- id: {rule.id}-renamed\n")
    found = replay(read_receipt(text_of(ORDER), "r"), other)
    assert f"{rule.id}: is not there any more" in found.rules


def test_whatever_the_plan_names_is_named_when_it_is_reworded() -> None:
    receipt, ours = read_receipt(text_of(ORDER), "r"), router()
    step, warning = receipt["plan"]["steps"][-1], receipt["plan"]["warnings"][0]
    rules, pathway = ours.rulebook.rules, ours.rulebook.pathways[step["pathway"]]
    routes = tuple(
        replace(route, says="Reworded.") if route.id == step["route"] else route for route in pathway.routes
    )
    reworded = {
        warning["why"]: {
            "rules": tuple(
                replace(rule, says="Reworded.") if rule.id == warning["why"] else rule for rule in rules
            )
        },
        step["route"]: {"pathways": {**ours.rulebook.pathways, pathway.id: replace(pathway, routes=routes)}},
        pathway.id: {"pathways": {**ours.rulebook.pathways, pathway.id: replace(pathway, name="Reworded.")}},
    }
    for name, change in reworded.items():
        assert replay(receipt, Router(replace(ours.rulebook, **change), ours.law)).rules == (
            f"{name}: says something else now: Reworded.",
        )


def test_the_command_writes_privately_and_replays(tmp_path: Path) -> None:
    case, path = tmp_path / "case.json", tmp_path / "r.json"
    case.write_text(json.dumps(ORDER))
    run = CliRunner().invoke(main, ["route", str(case), "--receipt", str(path)])
    assert run.exit_code == 0 and path.stat().st_mode & 0o777 == 0o600
    run = CliRunner().invoke(main, ["replay", str(path)])
    assert run.exit_code == 0 and run.stdout == "The result is the same.\n"
    path.write_text(path.read_text().replace("content", "contents", 1))
    run = CliRunner().invoke(main, ["replay", str(path)])
    assert run.exit_code == 2 and "changed after it was written" in run.stderr
    run = CliRunner().invoke(main, ["schema", "receipt"])
    assert json.loads(run.stdout) == receipt_schema()


def test_how_a_case_was_read_replays_and_a_forged_note_does_not() -> None:
    needs = [{"id": "papers", "measure": "bank records", "with": ["Spain", "Italy"], "offence": "fraud"}]
    text = receipt_text(router().read({"state": "FIN", "needs": needs}), router(), DAY)[1]
    read = read_receipt(text, "r")
    notes = read["plan"]["notes"]
    assert any("one need for each State" in note for note in notes) and any(
        "whole case" in note for note in notes
    )
    assert replay(read, router()).same
    for forged in ("need `papers` is read as one need for each State: `papers-kenya`",
                   "`stage` of a need is read as said of the whole case"):  # fmt: skip
        said = {**read, "plan": {**read["plan"], "notes": [*notes, forged]}}
        assert "notes" in replay(said, router()).differs


def test_a_receipt_is_never_held_whole_while_it_is_written() -> None:
    """What it holds more than once, as what a conclusion comes down to, is far more as text."""
    needs = [{"measure": "search", "with": state} for state in ("FRA", "USA", "BRA", "JPN")]
    _, receipt = receipt_of(router().read({"state": "FIN", "needs": needs}), router(), DAY)
    whole = json.dumps(json.loads("".join(receipt)), ensure_ascii=False, indent=1) + "\n"
    tracemalloc.start()
    try:
        assert sum(map(len, receipt)) == len(whole)
        assert tracemalloc.get_traced_memory()[1] < len(whole) / 2
    finally:
        tracemalloc.stop()
