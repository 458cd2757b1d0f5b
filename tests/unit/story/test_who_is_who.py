"""Whose State is whose, however it is told: where our people are is ours, where somebody went is not; what is
unknown stays open. And who is meant by a child of which a story tells."""

from __future__ import annotations

from random import Random

import pytest
from offers import facts, needs, read

from routing.opened import Router
from routing.rulebook.words import TOWN

FRAMES = (
    "Our detectives in {own} want to know where the phone is in {other} right now.",
    "Our fraud people in {own} need the bank records of a shop in {other}.",
    "In {own} our officers read in a chat that two men will travel to {other}. We want to tell the police there.",
    "Our XYZ in {own} wants the land title of a villa in {other}.",
    "Customs found in {own} a load of stolen engines, the rest is in {other}. We want nothing from there, only"
    " that they should know it.",
)
PAIRS = 4


def towns(router: Router) -> list[tuple[str, str]]:
    """Towns that one State alone has and whose name is no other word, each with its State."""
    named = router.rulebook.words.by_topic[TOWN]
    story = router.rulebook.words.story
    taken = {word for words in story.values() for word in words}
    every = [(town, states[0]) for town, states in named.items() if len(states) == 1 and town.isalpha()]
    return sorted((town.title(), state) for town, state in every if town not in taken and len(town) > 4)


@pytest.mark.parametrize("frame", FRAMES)
def test_where_our_people_are_is_ours(router: Router, frame: str) -> None:
    some = Random(36).sample(towns(router), 6 * PAIRS)
    pairs = [(own, other) for own, other in zip(some[::2], some[1::2], strict=True) if own[1] != other[1]]
    told = [
        (own, other, read(router, frame.format(own=own[0], other=other[0]))) for own, other in pairs[:PAIRS]
    ]
    assert not [
        (own, other, it.own, it.partner)
        for own, other, it in told
        if (it.own, it.partner) != (own[1], other[1])
    ]


@pytest.mark.parametrize(
    ("story", "never"),
    [
        ("A widow from Lima sent 90,000 US to a man. The money went to a bank in Lagos.", "USA"),
        ("A widow in Lima paid 400 US dollars. The money went to a bank in Lagos.", "USA"),
    ],
)
def test_money_is_not_a_state(router: Router, story: str, never: str) -> None:
    assert never not in {it.value for it in read(router, story).states}


@pytest.mark.parametrize(
    "story",
    [
        "We from Xyzzy parish police. A witness did migrate to Lyon, we only want to know where she is staying.",
        "A German man is serving 25 years in Xyzzy prison. His family asks that he does the rest at home in"
        " Germany.",
        "The husband took the two kids from Gdansk to his mother in Izmir and does not bring them back. The"
        " mother wants them home.",
    ],
)
def test_where_somebody_went_is_never_ours(router: Router, story: str) -> None:
    assert read(router, story).own not in ("FRA", "DEU", "TUR")


def test_a_child_beside_an_arrest_is_the_victim_unless_the_child_did_it(router: Router) -> None:
    victim = "We are police in Manila. A buyer in Brisbane pays, and small children are hurt for it. Please arrest him."
    offender = "We are police in Lyon. A boy of 16 shot a rival and is in Charleroi. We want him arrested."
    grown = (
        "We are police in Lima. On the phone of a drug boy we read of a load to Quito. We want to tell them."
    )
    child = ("vulnerable_person", "child")
    assert child not in facts(read(router, victim))
    assert child in facts(read(router, offender))
    assert child not in facts(read(router, grown))


@pytest.mark.parametrize(
    ("story", "measure"),
    [
        (
            "We don't want any freezing, only to know if the accounts exist, in a bank of Geneva.",
            "bank_account",
        ),
        (
            "A camera of the bus station in Brno shows him. We want the recording if it still exists.",
            "business",
        ),
        (
            "A shop in Kaunas paid money to an account in Hong Kong. The money is still there. We need it stoped.",
            "transaction_suspension",
        ),
        ("Our people in Kampala want the company papers of a villa in Dubai.", "business_records"),
        ("We are needing the log-in IPs for a user hosted with a company in Osaka.", "user_identification"),
    ],
)
def test_what_is_plainly_asked_is_a_need(router: Router, story: str, measure: str) -> None:
    assert any(name.startswith(measure) for name in needs(read(router, story)))
