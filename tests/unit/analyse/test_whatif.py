"""What if, two days, and the smallest change: true, confirmed, and only what differs."""

from __future__ import annotations

import itertools
import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from explained import (
    DAY,
    KEPT,
    ROOT,
    SAMPLE,
    case_of,
    findings,
    for_every_kept_case,
    in_folder,
    needs,
    plan_of,
)
from rule_folders import read_rulebook
from shipped import router
from small_rules import write_rules
from sweeps import each

from routing.analyse.whatif.candidates import FIXED, all_facts, candidates
from routing.analyse.whatif.changed_case import case_data, changed
from routing.analyse.whatif.counterfactual import smallest, values_of
from routing.analyse.whatif.law_changes import law_deltas
from routing.analyse.whatif.plan_diff import differences
from routing.analyse.whatif.settings import with_settings
from routing.case.facts import Facts, facts_for
from routing.case.model import Case
from routing.cli import main
from routing.core.errors import CaseProblems
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.law import Law
from routing.opened import Router
from routing.plan.completions import overlaid

CLOUD = "cloud-content-about-to-vanish/base"
PATH = str(ROOT / f"tests/scenarios/{CLOUD}.yaml")
VARIED = ("cloud-content-about-to-vanish", "police-tip-and-the-death-penalty", "incoming-tax-charge")
"""Folders of one story with its variants."""


def told(case: Case) -> Case:
    """What a case tells, without where it stands in its file and without how its words were read."""
    return replace(case, needs=tuple(replace(need, line=0) for need in case.needs), notes=())


def case_survives_being_written_out(name: str) -> None:
    """The name of a measure may tell a fact that other words for it left open; that is said back."""
    case = case_of(name)
    again = router().read(case_data(case))
    assert told(router().read(case_data(again))) == told(again)
    by_name = {fact for note in again.notes for fact in re.findall(r"also tells `(\w+): ", note)}
    needs = (
        replace(
            new, facts={id: value for id, value in new.facts.items() if id in old.facts or id not in by_name}
        )
        for new, old in zip(again.needs, case.needs, strict=True)
    )
    assert told(replace(again, needs=tuple(needs))) == told(case)


def written_out_case_has_the_same_plan(name: str) -> None:
    case = case_of(name)
    again = router().read(case_data(case))
    assert not differences(plan_of(name), router().route(again, case.as_of or DAY))


def test_a_case_that_is_written_out_is_the_same_and_has_the_same_plan() -> None:
    each(case_survives_being_written_out, SAMPLE)
    each(written_out_case_has_the_same_plan, SAMPLE[::4])


@for_every_kept_case
def test_every_kept_case_that_is_written_out_is_the_same(folder: str) -> None:
    """Its plan of one in each folder: a plan is a function of what a case tells, and that is the same."""
    each(case_survives_being_written_out, in_folder(folder))
    each(written_out_case_has_the_same_plan, in_folder(folder)[:1])


def test_settings_are_read_like_a_case() -> None:
    case = case_of(CLOUD)
    other = with_settings(
        case,
        [
            "content.dual_criminality=no",
            "offence=fraud, corruption",
            "ties.budapest=none",
            "with=FRA",
            "preserved=",
        ],
        router(),
    )
    assert other.needs[1].facts["dual_criminality"] == "no" and "dual_criminality" not in other.needs[0].facts
    assert other.facts["offence"] == ("fraud", "corruption") and other.assume.ties["budapest"] == "none"
    assert {need.partner for need in other.needs} == {"FRA"} and "preserved" not in other.facts


def test_a_setting_for_the_whole_case_goes_before_what_a_need_says() -> None:
    case = case_of(CLOUD)
    assert "coercive" in case.needs[1].facts
    other = with_settings(case, ["purpose=intelligence"], router())
    assert all(
        facts_for(other, need, router().rulebook, router().law, DAY).get("purpose").text() == "intelligence"
        for need in other.needs
    )  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "setting", ["nonsense", "dual=yes", "elsewhere.purpose=evidence", "purpose=maybe", "with=Atlantis"]
)
def test_a_wrong_setting_is_refused_in_the_writers_words(setting: str) -> None:
    with pytest.raises(CaseProblems):
        with_settings(case_of(CLOUD), [setting], router())


def test_nothing_differs_from_itself() -> None:
    plan = router().route(case_of(CLOUD), DAY)
    assert differences(plan, plan) == ()


def test_a_difference_names_the_rule_that_made_it() -> None:
    case = case_of(CLOUD)
    found = differences(
        router().route(case, DAY), router().route(with_settings(case, ["ties.budapest=none"], router()), DAY)
    )
    main_step = next(item for item in found if item.what == "main step")
    assert (main_step.before, main_step.need) == ("budapest_preservation", "hold")
    assert any(item.what in {"step", "duty"} and item.why for item in found)


def pairs_that_differ(folder: str) -> int:
    """How many pairs of the first cases of a folder have other main steps for the same needs; each shows it."""
    compared = 0
    for one, other in itertools.combinations(in_folder(folder)[:4], 2):
        a, b = plan_of(one), plan_of(other)
        if (
            a.needs != b.needs
            and [n.id for n in a.needs] == [n.id for n in b.needs]
            and [n.primary for n in a.needs] != [n.primary for n in b.needs]
        ):
            assert differences(a, b)
            compared += 1
    return compared


def test_a_pair_of_scenarios_that_differ_shows_a_difference() -> None:
    assert each(pairs_that_differ, VARIED) >= len(VARIED)


@for_every_kept_case
def test_every_pair_of_scenarios_that_differ_shows_a_difference(folder: str) -> None:
    each(pairs_that_differ, [folder])


def test_the_smallest_change_of_the_small_rulebook_is_found_by_hand_too(small_router: Router) -> None:
    """Every combination of changes is tried one by one with the reference; none smaller leads there."""
    case = small_router.read(
        {
            "as_of": "2026-02-01",
            "state": "KEN",
            "needs": [
                {
                    "id": "n",
                    "measure": "take_statement",
                    "with": "FRA",
                    "coercive": "yes",
                    "dual_criminality": "no",
                }
            ],
        }
    )
    found = small_router.judge.findings(
        facts_for(case, case.needs[0], small_router.rulebook, small_router.law, date(2026, 2, 1))
    )
    pool = candidates(found, all_facts(found, ["primary:assistance"]))
    least = smallest(found, "primary:assistance", fixed=True)
    assert least.proved and least.sets

    def leads(chosen: tuple[object, ...]) -> bool:
        facts = overlaid(found.facts, values_of(chosen))  # type: ignore[arg-type]
        return Reference(small_router.rulebook.heads, facts).atom("primary:assistance")[0]

    size = next(
        size
        for size in range(1, 4)
        if any(
            leads(chosen)
            for chosen in itertools.combinations(pool, size)
            if len({c.fact for c in chosen}) == size
        )
    )
    assert {len(chosen) for chosen in least.sets} == {size}
    without = smallest(found, "primary:assistance")
    assert all(c.group != FIXED for chosen in without.sets for c in chosen)


def _fallen(before: Facts, after: Facts) -> list[str]:
    """The facts that were presumed and are presumed no more, or otherwise."""
    return [
        name
        for name in router().rulebook.facts
        if (was := before.get(name)) is not None and was.origin == "presumed" and after.get(name) != was
    ]


@pytest.mark.when_changed(*KEPT)
def test_every_smallest_change_is_confirmed_by_both_evaluators() -> None:
    confirmed = 0
    for name, case, need in list(needs())[::4]:
        _, found = findings(name)
        for way in found.ways[:4]:
            goal = f"primary:{way}"
            if found.surely(goal):
                continue
            for chosen in smallest(found, goal).sets[:1]:
                other = changed(case, need.id, values_of(chosen), router().rulebook)
                changed_need = next(n for n in other.needs if n.id == need.id)
                after = router().judge.findings(
                    facts_for(other, changed_need, router().rulebook, router().law, case.as_of or DAY)
                )
                if not after.surely(goal):  # what a changed fact lets nobody presume any more: not shown then
                    assert _fallen(found.facts, after.facts), (name, way, values_of(chosen))
                    continue
                # and nothing in it could be left out
                for place in range(len(chosen)):
                    fewer = chosen[:place] + chosen[place + 1 :]
                    assert not Reference(
                        router().rulebook.heads, overlaid(found.facts, values_of(fewer))
                    ).atom(goal)[0]
                confirmed += 1
    assert confirmed > 20


TWO_DAYS = {
    "state": "AUT",
    "max_penalty_months": 60,
    "needs": [
        {
            "measure": "stored_content",
            "with": "LUX",
            "coercive": "yes",
            "purpose": "evidence",
            "data_holder": "provider_represented_in_eu",
            "data_category": "content",
        }
    ],
}


def test_two_days_name_the_instrument_that_changed_the_answer() -> None:
    case = router().read(TWO_DAYS)
    found = law_deltas(case, router().judge, router().law, date(2026, 8, 17), DAY)
    assert [(item.fact, item.decisive) for item in found] == [
        ("requesting_bound_by_e_evidence", True),
        ("tie:e-evidence", True),
        ("requested_bound_by_e_evidence", False),
    ] and all("2026-08-18" in item.source for item in found)
    longer = law_deltas(case, router().judge, router().law, date(2024, 12, 31), DAY)
    assert [(item.fact, item.decisive) for item in longer] == [
        ("requesting_bound_by_e_evidence", True),
        ("tie:e-evidence", True),
        ("requested_bound_by_e_evidence", False),
        ("tie:un-cybercrime", False),
    ]


def test_one_day_twice_changes_nothing() -> None:
    assert not law_deltas(router().read(TWO_DAYS), router().judge, router().law, DAY, DAY)


def test_a_membership_that_ends_is_named(tmp_path: object) -> None:
    from pathlib import Path

    folder = write_rules(Path(str(tmp_path)) / "rules")
    rows = folder / "membership" / "alpha.csv"
    rows.write_text(rows.read_text().replace("FRA,party,2003-01-01,,", "FRA,party,2003-01-01,2026-05-31,"))
    own = Router(read_rulebook(folder), Law.load(folder))
    case = own.read(
        {"state": "KEN", "max_penalty_months": 60, "needs": [{"measure": "take_statement", "with": "FRA"}]}
    )
    found = law_deltas(case, own.judge, own.law, date(2026, 2, 1), date(2026, 7, 1))
    assert [(item.fact, item.decisive) for item in found] == [("tie:alpha", True)]


def test_the_commands_run() -> None:
    run = CliRunner().invoke(
        main, ["whatif", PATH, "--set", "content.dual_criminality=no", "--format", "json"]
    )
    assert run.exit_code == 0 and json.loads(run.stdout)["differences"]
    run = CliRunner().invoke(main, ["whatif", PATH, "--set", "title=the same"])
    assert run.exit_code == 0 and "Nothing differs." in run.stdout
    run = CliRunner().invoke(main, ["compare", PATH, "--as-of", "2026-08-17", "--as-of", "2026-11-24"])
    assert run.exit_code == 0 and "on 2026-08-17" in run.stdout
    assert CliRunner().invoke(main, ["compare", PATH, "--as-of", "2026-08-17"]).exit_code == 2
    run = CliRunner().invoke(main, ["change", PATH, "--to", "domestic_order", "--need", "hold"])
    assert run.exit_code == 0 and "This is the smallest change." in run.stdout
    run = CliRunner().invoke(main, ["change", PATH, "--to", "witness_relocation", "--need", "hold"])
    assert run.exit_code in (0, 3)


def test_where_another_thing_is_asked_for_no_more_is_said_than_was_tried(tmp_path: Path) -> None:
    """Something else sought, with two other facts, leads there: that none does must not be said."""
    path = tmp_path / "case.yaml"
    path.write_text(
        "{state: GHA, offence: [fraud], actor: police, needs: [{measure: stored_content, with: CAN, purpose: evidence, confidentiality_needed: yes}]}"
    )
    run = CliRunner().invoke(main, ["change", str(path), "--to", "provider", "--as-of", "2026-11-24"])
    assert run.exit_code == 3 and "as the other facts stand" in run.stdout and "was not tried" in run.stdout
    run = CliRunner().invoke(
        main, ["change", str(path), "--to", "provider", "--as-of", "2026-11-24", "--format", "json"]
    )
    assert json.loads(run.stdout)[0]["smallest_shown"] is False
    sets = [
        word
        for said in (
            "measure=subscriber_data",
            "confidentiality_needed=no",
            "provider_policy=answers_foreign_requests",
        )
        for word in ("--set", said)
    ]
    run = CliRunner().invoke(main, ["whatif", str(path), *sets, "--as-of", "2026-11-24", "--format", "json"])
    assert "provider_voluntary_disclosure" in run.stdout
