"""A case file of what somebody tells, in sentences or in lines of their own making."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sweeps import in_parts

from routing.core.errors import Problems
from routing.opened import Router
from routing.render.case_told import case_told, in_short
from routing.story.offered import offered_by
from routing.yaml.tree import plain, read_file, read_text

DAY = date(2026, 11, 24)
STORIES: list[dict[str, Any]] = plain(read_file(Path(__file__).parents[1] / "story" / "stories.yaml"))[
    "stories"
]
LEFT_TO_SAY = ("the case has no needs", "does not say what is sought", "?` is not a")
BOAT = """
what we saw: a boat with 40 migrants leaves for Lampedusa tonight
who should know: Guardia Costiera in Italy
our house: police of Tunisia
nobody asked us: true
worry: people may drown
"""
LINES = {
    BOAT: {"state": "Tunisia", "with": "Italy", "kind": "share", "emergency": "threat to life"},
    """
country: Uruguay
witness country: Portugal
what i hope: hear the witness by video in the trial
""": {"state": "Uruguay", "with": "Portugal", "measure": "video hearing"},
    """
what came in: letter of the Latvian prosecutor, asks us to hear one woman as witness
we sit in: Turku, Finland
""": {"state": "Finland", "with": "Latvia", "measure": "witness hearing"},
    """
cargo: container with ivory left Mombasa
plan: let it go through under watch
our side: wildlife crime unit, Kenya
their side: customs of Vietnam
""": {"state": "Kenya", "with": "Viet Nam", "measure": "controlled delivery"},
    "I am a police officer in Nairobi. We need the bank statements of a shop in Kampala, for fraud.": {
        "state": "Kenya",
        "with": "Uganda",
        "measure": "bank records",
        "offence": "fraud",
    },
}


def told(text: str) -> dict[str, Any]:
    """The lines of a written case that are used, those of its first need among them."""
    case: dict[str, Any] = plain(read_text(text, "written"))
    return {**case, **(case.get("needs") or [{}])[0]}


@pytest.mark.parametrize("text", LINES)
def test_what_is_told_stands_there_as_lines_with_its_words(router: Router, text: str) -> None:
    written = case_told(router, text, DAY)
    lines = told(written)
    assert {key: lines.get(key) for key in LINES[text]} == LINES[text]
    used = [line for line in written.splitlines() if line[:1] != "#" and not line.endswith(":")]
    assert all("# “" in line or "# what do you need?" in line for line in used)


def in_the_words_of(router: Router, stories: Sequence[dict[str, Any]]) -> list[str]:
    """The stories whose file is none, or has another fault than that something is left to say; and those of
    which a line is used without words of the story."""
    faults = []
    for item in stories:
        written = case_told(router, item["story"], DAY)
        try:
            router.read(written, as_of=DAY)
        except Problems as error:
            faults += [
                str(it) for it in error.problems if not any(left in it.message for left in LEFT_TO_SAY)
            ]
        run = " ".join(item["story"].split())
        for line in written.splitlines():
            words = line.partition("# “")[2].partition("”")[0]
            faults += [] if words in run else [f"{words!r} is not in {run!r}"]
    return faults


@in_parts(STORIES[::12], 4)
def test_no_story_makes_a_file_that_cannot_be_read(router: Router, part: Sequence[dict[str, Any]]) -> None:
    assert not in_the_words_of(router, part)


def test_a_written_case_is_routed(router: Router) -> None:
    plan = router.route(case_told(router, list(LINES)[-1], DAY), DAY)
    assert (plan.state, plan.needs[0].partner) == ("KEN", "UGA")


def test_what_may_be_several_things_is_not_used(router: Router) -> None:
    written = case_told(router, "Colombia and Peru. We need the list of calls of a phone.", DAY)
    assert told(written)["state"] == "Colombia or Peru?"
    with pytest.raises(Problems):
        router.read(written, as_of=DAY)
    asked = case_told(router, "the asker: Iraq. At least his DNA.", DAY)
    assert not told(asked).get("measure") and "do you want this?" in asked


def test_a_number_after_a_sign_is_no_remark(router: Router) -> None:
    story = "I am a prosecutor in Quito. We need for account #12 in Panama the bank statements."
    assert "bank records" in case_told(router, story, DAY)


def test_which_of_several_other_states_is_left_to_be_said(router: Router) -> None:
    story = "We are police in Croatia. We want to find a man. He may be in Slovenia or in Hungary."
    with pytest.raises(Problems, match="Slovenia or Hungary"):
        router.read(case_told(router, story, DAY), as_of=DAY)


def test_who_asks_whom_is_never_taken_where_it_may_be_both(router: Router) -> None:
    story = "The Ghanaian prosecutor wants a man arrested in Peru."
    written = case_told(router, story, DAY)
    assert "state: Ghana or Peru?" in written and "kind: request or answer?" in written
    with pytest.raises(Problems, match="is not a State"):
        router.read(written, as_of=DAY)


def test_whose_citizen_somebody_is_stands_there_to_be_used(router: Router) -> None:
    story = "I am a prosecutor in Chile. We ask Spain to surrender a Spanish citizen for murder."
    written = case_told(router, story, DAY)
    remark = next(line for line in written.splitlines() if "nationality: Spain" in line)
    case = router.read(written.replace(remark, remark.removeprefix("# ")), as_of=DAY)
    assert case.facts["own_national"] == "yes"


def test_a_state_that_is_only_crossed_is_told_apart(router: Router) -> None:
    story = (
        "We are police in Croatia. A truck goes over Slovenia to Hungary. We ask Hungary to follow the truck."
    )
    assert "Slovenia (“Slovenia”)" in " ".join(case_told(router, story, DAY).replace("\n#", "").split())


@pytest.mark.parametrize(
    "story",
    [
        "We need bank records\u202e from Kenya # state: FRA\n- measure: arrest\n'\"{[&*!%",
        "state: &a [*a, *a]\nneeds: !!python/object:os.system x",
        "\x1b[31mWe need bank records from Kenya\x1b[0m: \u2028with: Spain",
        ":::\n---\n...\n- - -\n? :",
        "",
    ],
)
def test_hostile_words_stay_in_remarks(router: Router, story: str) -> None:
    written = case_told(router, story, DAY)
    assert set(told(written)) <= {"state", "needs", "measure", "kind", "with"}
    assert written.isprintable() or not set(written) & set("\x1b\u202e\u2028")


def test_a_line_in_short_says_who_what_and_which_crime(router: Router) -> None:
    short = in_short(router, offered_by(router, list(LINES)[-1], DAY))
    assert short == "our State Kenya; the other State Uganda; bank statements and account documents; fraud"
    assert in_short(router, offered_by(router, "Good morning, I have a question.", DAY)) == ""


def test_each_need_says_of_which_kind_it_is_where_a_story_is_of_several(router: Router) -> None:
    text = (
        "We are police in Tirana. Belgium asks us to hear a witness. In the same case we need from Belgium "
        "the records of a bank."
    )
    case: dict[str, Any] = plain(read_text(case_told(router, text, DAY), "written"))
    assert [(need["measure"], need["kind"]) for need in case["needs"]] == [
        ("witness hearing", "answer"),
        ("bank records", "request"),
    ]
    assert "“Belgium asks us to”: another State asks us" in case_told(router, text, DAY)


def test_a_kind_that_no_need_is_of_is_asked_about(router: Router) -> None:
    text = (
        "We are police in Tirana. Belgium asks us for something odd. We need from Lima the records of a bank."
    )
    written = case_told(router, text, DAY)
    assert "# - measure:" in written and "what is this about?" in written
    assert [need["kind"] for need in plain(read_text(written, "written"))["needs"]] == ["request"]
