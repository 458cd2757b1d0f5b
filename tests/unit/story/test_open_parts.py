"""What a story leaves open, and the sentences that would say it."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from offers import read
from story_cases import STORIES
from sweeps import each

from routing.opened import Router
from routing.story.offered import WITH
from routing.story.open_parts import OpenPart, completed, open_parts, other_state, settled

pytestmark = pytest.mark.when_changed("rules", "tests/unit/story/stories.yaml")

KIND, MEASURE, STATE = "kind", "measure", "state"
GONE = "A boy of nine is missing since noon. Find the missing boy."


def parts(router: Router, text: str) -> dict[str, OpenPart]:
    return {part.part: part for part in open_parts(router, completed(router, read(router, text)))}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"We are police in Kenya. {GONE} We ask Norway.", set()),
        (f"We are police in Kenya. {GONE}", {WITH}),
        (f"{GONE} The other State is Norway.", {STATE}),
        (GONE, {STATE, WITH}),
        ("We are police in Quito. A man has an account in Panama.", {KIND, MEASURE}),
        (
            "We are police in Luxembourg. We found a plan of a robbery, nobody asked us, Belgium must know.",
            set(),
        ),
    ],
)
def test_what_a_story_does_not_say_is_open_and_nothing_else(
    router: Router, text: str, left: set[str]
) -> None:
    assert set(parts(router, text)) == left


def test_a_state_that_may_be_on_either_side_is_named_and_taken_for_neither(router: Router) -> None:
    text = "It is about Ghana and Peru. We want the bank records of a firm."
    left = parts(router, text)
    for part in (STATE, WITH):
        assert [it.says for it in left[part].candidates] == ["Ghana", "Peru"]
    assert not settled(router, read(router, text)).states


@pytest.mark.parametrize(
    "text",
    [
        GONE,
        f"We are police in Kenya. {GONE}",
        "We are police in Quito. The bank records of a firm in Panama are wanted.",
        "We are police in Quito. A man has an account in Panama.",
        "I am a prosecutor in Sofia. A driver went back to Turkey, we want his call records or his bank account.",
    ],
)
def test_the_sentence_that_is_named_says_the_part(router: Router, text: str) -> None:
    """What a page tells somebody to add is read as what it is for."""
    for part in parts(router, text).values():
        sentence = part.sentence().replace("[State]", "Peru")
        if part.part == MEASURE and not part.candidates:
            continue
        after = parts(router, f"{text} {sentence}")
        assert part.part not in after, (sentence, after)


def test_who_tells_unasked_gives_information_without_a_word_for_it(router: Router) -> None:
    text = "We want the Austrians to know that three shops will be robbed. Nobody asked us."
    offer = completed(router, read(router, text))
    (want,) = offer.needed
    assert router.rulebook.measures[want.measures[0]].kinds == ("share",)
    assert other_state(offer, want) == "AUT"


SENTENCES = {STATE: "We are police in Peru.", WITH: "The other State is Peru."}


def settles(router: Router, told: dict[str, Any]) -> None:
    """Nothing else in a story takes back what the sentence says that is offered for it."""
    text = told["story"].rstrip().rstrip(".") + "."
    for part in {STATE, WITH} & parts(router, text).keys():
        offer = completed(router, read(router, f"{text} {SENTENCES[part]}"))
        assert part not in {it.part for it in open_parts(router, offer)}, (text, part)
        assert (offer.own if part == STATE else offer.partner) == "PER", (text, part)


def test_the_sentence_settles_it_whatever_else_a_story_tells(router: Router) -> None:
    lined = [told for told in STORIES if ": " not in told["story"]]
    longest = sorted(lined, key=lambda told: len(told["story"]))[-25:]
    each(partial(settles, router), [*lined[::40], *longest])


@pytest.mark.parametrize(
    "opening",
    [
        "good morning, i am adjudant in the brigade de recherches Ziguinchor, senegal.",
        "Sir/Maam, from the fraud desk, Ziguinchor senegal.",
        "boa noite, delegado da polícia civil, Ziguinchor, Senegal.",
    ],
)
def test_who_opens_a_story_says_which_state_is_ours(router: Router, opening: str) -> None:
    """Also after a greeting, in small letters, and where the story names other States."""
    rest = "The boss is from Mali and goes to Guinea. We want the chats of a firm in the USA. Canada knows."
    assert read(router, f"{opening} {rest}").own == "SEN"
