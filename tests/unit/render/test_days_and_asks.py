"""The day that a case names stands at the step that must meet it; a step that asks abroad says what it asks."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from routing.cli import main
from routing.opened import Router
from routing.render import rendered

HEAD = "title: Case\nas_of: 2026-11-30\nactor: {actor}\nstage: investigation\noffence: [{offence}]\n"
FLAT = (
    "state: MOZ\nneeds:\n  - {id: flat, measure: asset_freezing, with: PRT, purpose: restrain_assets,\n"
    "     property_kind: real_estate, asset_located: yes, own_freezing_order: yes, confiscation_intended: yes,\n"
    "     emergency: imminent_dissipation, days_until_needed: 18}\n"
)
TIP = (
    "state: BRA\nneeds:\n  - {id: box, kind: share, measure: information_sharing, with: SEN, purpose: prevent,\n"
    "     obtained_by_a_court: yes, own_release: not_given, days_until_needed: 4}\n"
)
ACCOUNT = (
    "state: TON\nneeds:\n  - {id: user, measure: subscriber_data, with: USA, purpose: both,\n"
    "     data_holder: foreign_provider, data_volatility: imminent_loss, preserved: none, days_until_needed: 14}\n"
)
FUGITIVE = (
    "state: ECU\narrest_warrant: yes\nneeds:\n  - {id: man, measure: surrender, with: COL, purpose: surrender,\n"
    "     person_role: accused, whereabouts_known: yes, days_until_needed: 51}\n"
)
MAILBOX = (
    "state: SVN\nneeds:\n  - {id: box, measure: stored_content, with: IRL, purpose: evidence,\n"
    "     data_holder: provider_represented_in_eu, own_authorisation: pending}\n"
)


def page(
    folder: Path,
    case: str,
    offence: str = "corruption",
    actor: str = "prosecutor",
    options: tuple[str, ...] = (),
) -> str:
    path = folder / "case.yaml"
    path.write_text(HEAD.format(offence=offence, actor=actor) + case)
    return " ".join(CliRunner().invoke(main, ["route", str(path), *options]).stdout.split())


def test_the_day_stands_at_the_step_that_must_meet_it(tmp_path: Path) -> None:
    assert "Needed by 18 Dec 2026." in page(tmp_path, FLAT)


def test_no_comfortable_time_stands_beside_a_near_day(tmp_path: Path) -> None:
    told = page(tmp_path, TIP, "drugs", "police")
    assert "Needed by 4 Dec 2026." in told
    assert "Usually 1 to 14 days" not in told


def test_what_cannot_wait_has_no_later_day(tmp_path: Path) -> None:
    told = page(tmp_path, ACCOUNT, "extortion", "police")
    assert "Today: before it is gone (14 Dec 2026)." in told
    assert "By 11 Dec 2026" not in told


def test_police_are_told_what_is_asked_of_them(tmp_path: Path) -> None:
    assert "Ask what needs no compulsion: which company holds the data" in page(
        tmp_path, ACCOUNT, "extortion", "police", ("--full",)
    )


def test_who_may_be_held_is_asked_for_and_no_day_of_papers_is_one_of_an_answer(tmp_path: Path) -> None:
    told = page(tmp_path, FUGITIVE, "murder")
    assert "Taken as not held there." in told
    assert "it may come later" not in told
    held = page(tmp_path, FUGITIVE.replace("yes, days", "yes, arrested_on: 2026-11-21, days"), "murder")
    assert "Taken as not held there." not in held


def test_what_the_states_bar_is_told_before_what_a_judge_could_open(tmp_path: Path) -> None:
    told = page(tmp_path, MAILBOX, "fraud", options=("--full",))
    assert "European Investigation Order: Ireland and Denmark take no part" in told


def test_the_release_and_the_call_stand_in_one_order(tmp_path: Path) -> None:
    told = page(tmp_path, TIP, "drugs", "police")
    assert "release in writing today what police need against the coming crime" in told
    assert "before anything goes" not in told


def test_a_day_stands_at_the_steps_of_the_need_for_which_it_was_named(router: Router) -> None:
    """One request carries two needs, and a day was named for one of them."""
    records = {"id": "records", "measure": "bank_records", "with": "KEN", "purpose": "evidence"}
    needs = [
        {**records, "days_until_needed": 150},
        {**records, "id": "papers", "measure": "business_records"},
    ]
    case = {"state": "MOZ", "as_of": "2026-11-30", "offence": ["fraud"], "needs": needs}
    shown = " ".join(rendered(router.route(case), router, "text").split())
    assert "29 Apr 2027" in shown
    days = [date for step in router.route(case).steps for date in step.dates if date.what == "needed"]
    assert all(date.needs == ("records",) for date in days)


def test_a_day_named_for_somebody_in_danger_stands_at_the_call(router: Router) -> None:
    held = {
        "measure": "find_missing_person",
        "with": "KHM",
        "emergency": "threat_to_life",
        "days_until_needed": 6,
    }
    case = {"state": "PHL", "as_of": "2026-11-30", "offence": ["trafficking_in_persons"], "needs": [held]}
    assert "Needed by 6 Dec 2026." in " ".join(rendered(router.route(case), router, "text").split())


def test_a_plain_question_takes_the_place_of_a_conclusion_of_law(router: Router) -> None:
    man = {"measure": "surrender", "with": "BRA", "own_national": "yes"}
    case = {
        "state": "PRY",
        "as_of": "2026-11-30",
        "offence": ["murder"],
        "arrest_warrant": "yes",
        "needs": [man],
    }
    asked = [question.fact for question in router.route(case).questions]
    assert asked[0] == "nationality_by" and "surrenders_own_nationals" not in asked
    answers = {answer.value: answer.leads_to for answer in router.route(case).questions[0].answers}
    assert len(answers) == 3
    elsewhere = {**case, "needs": [{**man, "with": "TZA"}]}
    assert "nationality_by" not in [question.fact for question in router.route(elsewhere).questions]
