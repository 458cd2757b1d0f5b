"""Twenty stories, their variants and some for the channels left over: the plan is the one written from the story.

`scenarios/waiting.yaml` names each difference that still stands, with the reason. A difference that is
not listed fails, and so does a listed one that has gone.
"""

from __future__ import annotations

import pytest
from scenario_check import (
    HERE,
    Comparison,
    expectations,
    in_each_folder,
    kept_plan,
    named,
    plan_named,
    read,
    sample,
    scenarios,
)
from sweeps import each

from routing.core.records import replace
from routing.plan.model import Plan

MOST_WAITING = 0  # may only fall

WAITING = read(HERE / "waiting.yaml") or {}


def plan_is_the_one_the_story_asks_for(name: str) -> None:
    folder, _, file = name.partition("/")
    expected = expectations(folder)[file]
    found = set(Comparison(kept_plan(folder, file), expected).differences())
    known = set(WAITING.get(name, {}))
    told = [f"  {one}" for one in sorted(found - known)]
    gone = [f"  gone, strike it from waiting.yaml: {one}" for one in sorted(known - found)]
    assert not told + gone, "\n".join([expected["text"], *told, *gone])


def test_a_plan_is_the_one_the_story_asks_for() -> None:
    each(plan_is_the_one_the_story_asks_for, sample())


@in_each_folder
def test_the_plan_of_every_scenario_is_the_one_the_story_asks_for(folder: str) -> None:
    each(plan_is_the_one_the_story_asks_for, named(folder))


def test_every_case_file_has_an_expectation_and_every_expectation_a_case_file() -> None:
    for expected in sorted(HERE.glob("*/expected.yaml")):
        files = {path.stem for path in expected.parent.glob("*.yaml")} - {"expected"}
        assert files == set(read(expected)), expected.parent.name


def test_what_still_waits_grows_fewer(capsys: pytest.CaptureFixture[str]) -> None:
    differences = sum(len(entry) for entry in WAITING.values())
    with capsys.disabled():
        print(
            f"\nscenarios: {len(scenarios())} cases, {differences} differences wait in {len(WAITING)} of them"
        )
    assert set(WAITING) <= {f"{folder}/{name}" for folder, name in scenarios()}
    assert all(reason.strip() for entry in WAITING.values() for reason in entry.values())
    assert differences <= MOST_WAITING


# Stops beside a way that is open: what each forbids is something else than that way.
LEAVES_OPEN = {
    "court_reviews_rights_first": {
        "eu_uk_surrender",
        "european_arrest_warrant",
    },  # that way is the court's review
    # the notice is answered with that review: what may not be ordered here must stop
    "fundamental_rights_review": {"interception_notice"},
    "mandatory_ground": {"interception_notice"},
    "no_help_for_tax_evasion": {"mla"},  # for tax fraud alone, which is what is asked
    "no_tap_there_on_notice_alone": {"electronic_surveillance"},  # a request, and no notice
    "keep_it_from_the_tax_office": {"consent_request"},  # nothing goes there before that consent
    "use_nothing_before_consent": {
        "consent_request",
        "use_consent",
        "mla",
        "european_investigation_order",
    },  # consent is asked for; so are the records behind
    "read_the_condition_first": {"consent_request"},  # what the note leaves free needs none, the rest does
    "use_only_in_its_case_before_consent": {"use_consent"},  # consent is asked for
    "only_what_averts_it_before_consent": {"use_consent"},  # so it is, and the danger does not wait for it
    # the step asks for the day of birth, and the headline says so
    "no_arrest_before_the_age_is_known": {
        "european_arrest_warrant",
        "eu_uk_surrender",
        "nordic_warrant",
        "extradition",
    },
    "use_nothing_but_what_helps_before_consent": {"consent_request"},  # consent is asked for
    "notice_and_disclosure_of_what_helps": {"consent_request"},  # so it is, and notice given
}


def under_a_stop(plan: Plan) -> list[str]:
    """Needs whose way is said to be open beside a stop of the same need that does not leave it open."""
    return [
        f"{need.id}: {warning.code} beside {need.primary.pathway}"
        for need in plan.needs
        for warning in plan.warnings
        if need.status == "routed" and warning.level == "stop" and need.id in warning.needs
        if need.primary.pathway not in LEAVES_OPEN.get(warning.code, ())
    ]


def no_way_is_open_that_a_stop_of_the_same_need_forbids(name: str) -> None:
    assert under_a_stop(plan_named(name)) == []


def test_a_way_that_is_open_under_a_stop_is_noticed() -> None:
    plan = kept_plan("taken-by-force-and-immunity", "beaten-suspect")
    need = replace(
        plan.needs[0], status="routed", primary=replace(plan.needs[0].primary, pathway="held_material")
    )
    assert under_a_stop(replace(plan, needs=(need,))) == [
        "statement: nothing_from_ill_treatment beside held_material"
    ]


# What a plan must not say beside another word of the same need: the one takes back what the other tells.
SAYS_MORE = frozenset(
    {
        "acknowledge_and_hold",
        "ask_for_what_is_missing",
        "ask_the_third_state_first",
        "check_that_it_is_genuine",
        "complete_it_once_confirmed",
        "consult_before_refusing",
        "execute_in_the_form_asked",
        "give_reasons_for_refusal",
        "prior_consent_of_sender",
        "settle_the_penalty_once_the_facts_are_here",
        "verify_the_sender",
    }
)
TAKES_BACK = {
    "refuse_and_show_nothing": SAYS_MORE,
    "refuse_and_say_no_more": SAYS_MORE,
    "death_penalty_assurance": {"execute_in_the_form_asked"},
    "look_up_the_assurance": {"execute_in_the_form_asked"},
    "tell_the_owner_at_once": {"prior_consent_of_sender", "ask_the_third_state_first"},
}


def taken_back(plan: Plan) -> list[str]:
    """Words of a need beside another that takes them back."""
    said = [*plan.warnings, *plan.obligations]
    return [
        f"{', '.join(sorted({*one.needs} & {*other.needs}))}: {other.code} beside {one.code}"
        for one in said
        for other in said
        if other.code in TAKES_BACK.get(one.code, ()) and {*one.needs} & {*other.needs}
    ]


def nothing_is_told_that_another_word_of_the_same_need_takes_back(name: str) -> None:
    assert taken_back(plan_named(name)) == []


def test_no_plan_says_what_it_takes_back_or_forbids() -> None:
    each(no_way_is_open_that_a_stop_of_the_same_need_forbids, sample())
    each(nothing_is_told_that_another_word_of_the_same_need_takes_back, sample())


@in_each_folder
def test_no_plan_of_a_scenario_says_what_it_takes_back_or_forbids(folder: str) -> None:
    names = named(folder)
    each(no_way_is_open_that_a_stop_of_the_same_need_forbids, names)
    each(nothing_is_told_that_another_word_of_the_same_need_takes_back, names)


def test_a_word_that_another_takes_back_is_noticed() -> None:
    plan = kept_plan("held-while-it-is-decided", "journalist-of-dakar")
    word = replace(plan.obligations[0], code="verify_the_sender", needs=("home",))
    assert "home: verify_the_sender beside refuse_and_show_nothing" in taken_back(
        replace(plan, obligations=(*plan.obligations, word))
    )


def test_a_plan_that_answers_another_story_is_noticed() -> None:
    plan = kept_plan("early-whereabouts", "base")
    wrong = {
        "primary": {"whereabouts": "mla"},
        "steps": ["budapest_preservation"],
        "absent": ["police_to_police"],
        "excluded": ["extradition"],
        "basis": {"police_to_police": ["uncac 48"]},
        "no_basis": ["untoc"],
        "warnings": ["death_penalty_assurance"],
        "duties": ["som 8"],
        "questions": ["offence"],
        "future": ["un-cybercrime"],
    }
    assert [key for key, value in wrong.items() if not Comparison(plan, {key: value}).differences()] == []
