"""Who asks whom for each need of a story: the words near it tell it, else the story does, else it is open."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_rules import write_rules

from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.opened import Router
from routing.story.reader import Story, story_of
from routing.story.readings import readings_of

pytestmark = pytest.mark.when_changed("rules", "routing")

HOME = "We are police in Tirana."
ASKED = "Belgium asks us to hear a witness."
WISHED = "We need the records of a bank in Lima."
TOLD = "We want to tell Italy that a bomb is on a train."
HELD = "May we use in court the report that Spain gave us in 2024?"
CLAUSES = {ASKED: ANSWER, WISHED: REQUEST, TOLD: SHARE, HELD: USE}


def kinds_of(story: Story) -> dict[str, str]:
    return {"/".join(want.measures): want.kind for want in story.wants if not want.asked}


def needs(story: Story) -> set[tuple[tuple[str, ...], str, str]]:
    return {(want.measures, want.state, want.kind) for want in story.wants if not want.asked}


def general(router: Router, story: Story) -> set[str]:
    return {it.value for it in readings_of(router, story) if it.fact == "kind"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"{HOME} {ASKED} {WISHED}", {"witness_hearing": ANSWER, "bank_records": REQUEST}),
        (
            f"{HOME} Belgium asks us to hear a witness, and we need a flat in Antwerp searched.",
            {"witness_hearing": ANSWER, "search": REQUEST},
        ),
        (
            f"{HOME} {ASKED} We need a flat in Antwerp searched. Also the records of a bank there.",
            {"witness_hearing": ANSWER, "search": REQUEST, "bank_records": REQUEST},
        ),
        (
            f"{HOME} Colleagues in Niamey wrote us: they look for a truck driver and want to know where he "
            "lives. Now we ask Niger for his criminal record. We would also like to warn Algeria that his "
            "brother brings guns.",
            {"locate_person": ANSWER, "criminal_record": REQUEST, "information_sharing": SHARE},
        ),
        (
            f"{HOME} {ASKED} We on our side need from Belgium the records of a bank.",
            {"witness_hearing": ANSWER, "bank_records": REQUEST},
        ),
        (f"{HOME} {TOLD} {WISHED}", {"information_sharing": SHARE, "bank_records": REQUEST}),
        (
            f"{HOME} Spain gave us a report in 2024. May we use it in court? {WISHED}",
            {"bank_records": REQUEST, "material_held": USE},
        ),
        (
            f"{HOME} Belgium sent to us a request for surrender of a man. We ourselves ask Spain for bank papers.",
            {"surrender": ANSWER, "bank_records": REQUEST},
        ),
    ],
)
def test_a_kind_belongs_to_each_need_as_the_words_near_it_tell(
    router: Router, text: str, kinds: dict[str, str]
) -> None:
    found = kinds_of(story_of(router, text))
    assert kinds.items() <= found.items(), found


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_story_of_one_kind_leaves_the_kind_to_the_story(router: Router, clause: str) -> None:
    story = story_of(router, f"{HOME} {clause}")
    assert general(router, story) == {CLAUSES[clause]}
    assert not any(want.kind for want in story.wants)


def test_a_need_of_which_nothing_near_tells_the_kind_is_open(router: Router) -> None:
    story = story_of(
        router, f"{HOME} {ASKED} {WISHED} He is rich. He has no car. A search of his flat in Rome."
    )
    found = [(want.kind, want.state) for want in story.wants if want.measures == ("search",)]
    assert found in ([("", "ITA")], [("", "")])  # not the State that asks us


@given(order=st.permutations(list(CLAUSES)), many=st.integers(2, 4))
@settings(max_examples=12, deadline=None)
def test_the_order_of_independent_sentences_changes_no_need(
    router: Router, order: list[str], many: int
) -> None:
    chosen = sorted(order[:many])
    among = {frozenset(needs(story_of(router, " ".join((HOME, *each))))) for each in permutations(chosen)}
    assert len(among) == 1
    assert {kind for _, _, kind in among.pop()} == {CLAUSES[it] for it in chosen}


@given(
    clause=st.sampled_from([ASKED, WISHED]),
    beside=st.sampled_from(["Nobody is hurt.", "The man has a green car.", "It rained the whole night."]),
)
@settings(max_examples=6, deadline=None)
def test_a_sentence_that_asks_for_nothing_changes_no_need(router: Router, clause: str, beside: str) -> None:
    assert needs(story_of(router, f"{HOME} {clause} {beside}")) == needs(story_of(router, f"{HOME} {clause}"))


def states(router: Router, text: str, measure: str) -> list[str]:
    return [want.state for want in story_of(router, text).wants if measure in want.measures]


@pytest.mark.parametrize(
    ("text", "measure", "where"),
    [
        ("We need bank statements from Lima. The same from Quito.", "bank_records", ["PER", "ECU"]),
        ("We need bank statements from Lima, the same from Quito.", "bank_records", ["PER", "ECU"]),
        ("He is in Bolivia, no wait, in Brazil. We want him arrested.", "arrest", ["BRA"]),
        ("He sits in Bolivia. No, wait, it's Brazil not Bolivia. We want him arrested.", "arrest", ["BRA"]),
        ("One of them sits in Lima, his brother in Quito. We want both arrested.", "arrest", ["PER", "ECU"]),
        ("Romania got one of ours, need him back.", "surrender", ["ROU"]),
        (
            "One prisoner: Mexican citizen, in prison in Toronto. We would like to hear him by video. "
            "His friend lives in Montevideo, we want the house searched.",
            "video_hearing",
            ["CAN"],
        ),
        ("From Singapore we only want to know who opened the bank account.", "bank_account_holder", ["SGP"]),
    ],
)
def test_a_need_is_of_the_state_that_is_meant(
    router: Router, text: str, measure: str, where: list[str]
) -> None:
    assert states(router, f"We are police in Madrid. {text}", measure) == where


def test_who_is_left_out_after_a_comma_is_us_and_not_they(router: Router) -> None:
    ours = story_of(router, "I write from Chisinau, border police. Albania got one of ours, need him back.")
    assert general(router, ours) == {REQUEST}
    theirs = story_of(router, "Police in Graz. The Swiss phoned, need the address of a woman.")
    assert general(router, theirs) == {ANSWER}
    both = story_of(router, "Police in Graz. We phoned the Swiss, need the address of a woman.")
    assert general(router, both) == {REQUEST}


@pytest.mark.parametrize(
    "text",
    [
        "He has no lawyer and no criminal record.",
        "Find the thief is not needed anymore.",
    ],
)
def test_what_somebody_has_not_is_not_what_is_needed(router: Router, text: str) -> None:
    assert not story_of(router, f"We are police in Oslo. {text}").wants


def test_what_thieves_may_do_is_no_need_and_the_hurry_is_kept(router: Router) -> None:
    story = story_of(
        router, "We are police in Suva. In Malaysia we need it blocked before the thieves take it out."
    )
    assert {want.measures for want in story.wants} == {("asset_freezing",)}
    assert any(it.value == "imminent_dissipation" for it in readings_of(router, story))


def test_a_thief_who_is_sought_is_no_register_of_land(router: Router) -> None:
    story = story_of(router, "We are police in Lublin. He lives near Brno. Please find the thief.")
    assert [(want.measures, want.state) for want in story.wants] == [(("locate_person",), "CZE")]


def test_a_rulebook_without_words_for_stories_reads_one_of_several_kinds(tmp_path: Path) -> None:
    small = Router.open(write_rules(tmp_path / "rules"))
    story = story_of(
        small, f"{HOME} {' '.join(CLAUSES)} The same from Quito. No, wait, it is Brazil not Peru."
    )
    assert all(not want.kind for want in story.wants)
