"""Twenty stories, their variants and some for the channels left over: the plan is the one written from the story.

`scenarios/waiting.yaml` names each difference that still stands, with the reason. A difference that is
not listed fails, and so does a listed one that has gone.
"""

from __future__ import annotations

import pytest
from scenario_check import HERE, Comparison, expectations, kept_plan, read, scenarios

pytestmark = pytest.mark.xdist_group("scenarios")  # so that each plan is made once
MOST_WAITING = 0  # may only fall

WAITING = read(HERE / "waiting.yaml") or {}


@pytest.mark.parametrize(("folder", "name"), scenarios(), ids=lambda word: word)
def test_the_plan_is_the_one_the_story_asks_for(folder: str, name: str) -> None:
    plan = kept_plan(folder, name)
    expected = expectations(folder)[name]
    found = set(Comparison(plan, expected).differences())
    known = set(WAITING.get(f"{folder}/{name}", {}))
    told = [f"  {one}" for one in sorted(found - known)]
    gone = [f"  gone, strike it from waiting.yaml: {one}" for one in sorted(known - found)]
    assert not told + gone, "\n".join([f"{folder}/{name}: {expected['text']}", *told, *gone])


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
