"""Dangers as people tell them in a second language: that somebody is in danger now, that one is over, and by
when; and sentences that sound like one and tell none."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.story.narrative import narrative_of
from routing.story.offered import offered_by

pytestmark = pytest.mark.when_changed("rules", "routing")

MONDAY = date(2026, 11, 30)
WE = "We are police in Kenya."


def read(router: Router, text: str) -> dict[str, str]:
    return {it.fact: it.value for it in offered_by(router, f"{WE} {text}", MONDAY).facts}


@pytest.mark.parametrize(
    "text",
    [
        "A man pushes him to hang himself on camera.",
        "He order her to cut her arms and to jump from the roof, we want the owner of the number in Ghana.",
        "The amounts look like live abuse of children ordered.",
        "The note says tonight same girl.",
        "An old lady with dementia wandered off in nightgown.",
        "The passports are taken and the girls may not leave, one was beaten yesterday.",
        "He promises that he shall shoot the judge on Thursday.",
        "A man has been hired to kill a journalist.",
        "He stands at her door with an axe.",
        "A boy wrote that he will blow himself up at the station.",
        "Four armed men took him in front of the mosque.",
        "Call to his son: 2 million dollars, in 24 hours, or ear.",
        'The mail says 300 000 euro or "you get the fingers".',
        "She wrote to her auntie that she will go in the sea.",
        "They beat one boy with electric stick.",
        "She writes that tomorrow we are sold to another company.",
        "The rifles come before the market day, last time eleven farmers were killed.",
        "Two men fired at his gate.",
        "The caller said next is daughter marriage.",
        'The men came and said "remember you have sister".',
        "If anybody says how we know, he is dead.",
        "A boy of six was taken from the preschool by a man.",
        "The victim is diabetic, without his insulin.",
        "The motor is bad and the sea is big, we want that nobody is drown.",
        "The people are shut behind a door of iron and the guard has the key.",
        "Every evening the boss hits them with a cable.",
        "The trader says he will take out her kidney on Saturday.",
        "He has put poison in the water of the village.",
        "The plane is taken by three men, the pilot must fly where they say.",
        "He stands at the window of the ninth floor and says good bye to his mother.",
        "The gang says the money by midnight or the son is dead.",
        "Her brother-in-law will marry the girl of 13 to an old man on Friday.",
        "The boat sails tonight with maybe 90 people on board, far too many.",
        "The captain has thrown two stowaways into the sea.",
        "Five migrants were pushed overboard when the coast guard came.",
        "Somebody is in danger.",
    ],
)
def test_a_danger_to_life_is_read_in_plain_words(router: Router, text: str) -> None:
    assert read(router, text).get("emergency") == "threat_to_life"


@pytest.mark.parametrize(
    "text",
    [
        "The girl was kidnapped in 2019 and came home in 2020, she is safe, that is finished.",
        "In 2017 the boy was kidnapped and he came back after one week.",
        "The suspect threatened to kill his wife in 2022.",
        "Two years ago he threatened to kill a witness.",
        "He tried to kill himself in 2023, that is long over.",
        "The hostages of the bank were freed at noon today.",
        "The bomb was found in the market, nobody is in danger any more.",
        "He threatens to kill her, but he is in the cell, so no danger.",
    ],
)
def test_a_danger_of_a_past_year_or_that_is_over_is_none(router: Router, text: str) -> None:
    offer = offered_by(router, f"{WE} {text} We want the bank records of a firm in Ghana.", MONDAY)
    dangers = {it.value for it in offer.facts if it.fact == "emergency"}
    assert dangers <= {"none"}
    assert not any("find_missing_person" in want.measures for want in offer.needed)


def test_money_that_is_gone_soon_is_about_to_move_and_money_that_is_gone_is_not(router: Router) -> None:
    soon = "240 thousand euro went to a bank in Ghana, they say tomorow is gone."
    assert read(router, soon).get("emergency") == "imminent_dissipation"
    gone = "The file was lost on a Monday in 2019 and the money was gone then."
    assert "emergency" not in read(router, gone)


@pytest.mark.parametrize(
    "text",
    [
        "The girl was kidnapped in 2019 and they still hold her in the cellar.",
        "She was taken by armed men on Friday.",
        "Tell us if she is safe, he wants to kill her.",
        "The child is locked in a flat, the mother is safe now.",
        "One girl is safe, two others are still held in the house.",
    ],
)
def test_a_danger_that_goes_on_is_not_closed(router: Router, text: str) -> None:
    assert read(router, text).get("emergency") == "threat_to_life"


@pytest.mark.parametrize(
    "text",
    [
        "Who must execute the request and until when?",
        "The customer told to cut the fee and to send the money on order.",
        "Two stolen vans, one was burned last night, the other is still in a garage.",
        "The boat with cigarettes lost its way in snow.",
        "He is hired to paint the house of Mr K.",
        "Children who live in the town were abused, he was sentenced in 2024.",
        "We are confused as the account was not found.",
        "The goods are sold to another company.",
        "The ship will go in the sea on Friday.",
        "She said that they will go in the car.",
        "You get the papers next week.",
        "Last time the request was killed by the ministry.",
        "The crew threw the bales overboard when the coast guard came.",
        "There are too many boats in the harbour of Mombasa and two people have no papers.",
    ],
)
def test_what_sounds_like_a_danger_is_none(router: Router, text: str) -> None:
    assert read(router, text).get("emergency") != "threat_to_life"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The vessel berths there on 9 December.", "9"),
        ("The hearing takes place 9 February 2027.", "71"),
        ("The trial opens on 18 January 2027.", "49"),
        ("The server is with a firm that erases all logs on 4 December.", "4"),
        ("He was arrested there on 9 November 2026. They say 60 days from the arrest.", "39"),
        (
            "They caught him in Accra on 20 November. The bank asked us. The judge says 40 days from the arrest.",
            "30",
        ),
    ],
)
def test_the_day_on_which_something_ends_or_takes_place_is_when_it_is_needed(
    router: Router, text: str, days: str
) -> None:
    assert read(router, f"{text} We ask Ghana for him.").get("days_until_needed") == days


@pytest.mark.parametrize(
    "text",
    [
        "The request of Ghana arrived today.",
        "A letter of the ministry was received yesterday.",
        "We got today an answer of Ghana.",
    ],
)
def test_the_day_of_receipt_is_no_deadline(router: Router, text: str) -> None:
    assert "days_until_needed" not in read(router, f"{text} They want the bank records of a firm.")


def test_a_danger_that_goes_on_is_not_over_beside_a_crime_that_is(router: Router) -> None:
    text = "Armed men took him. The voice is as in two other kidnappings. The first victim is safe now."
    offer = read(router, f"{text} We ask Ghana where the phone is.")
    told = narrative_of(router, f"State: Kenya\n{text}\nWe ask Ghana where the phone is.", MONDAY)
    assert offer.get("emergency") == "threat_to_life"
    assert not told.over


def test_words_that_a_line_only_broke_for_its_length_are_read_together(router: Router) -> None:
    text = "The mother came this afternoon and the girl wrote also to her old auntie\nthat she will go in the sea."
    assert read(router, text).get("emergency") == "threat_to_life"


@pytest.mark.parametrize(
    "away", ["is on leave for a wedding till 5 December", "has vacation until 5 December"]
)
def test_the_end_of_a_leave_is_no_deadline(router: Router, away: str) -> None:
    assert "days_until_needed" not in read(router, f"We ask Ghana for the records. The officer {away}.")


def test_days_counted_in_hours_and_a_day_with_its_hour(router: Router) -> None:
    hours = read(router, "We need the bank records of Ghana within three times twenty-four hours.")
    assert hours.get("days_until_needed") == "3"
    day = read(router, "Deadline: hearing on Wednesday 2/12, 13 hs.\nWe need the bank records of Ghana.")
    assert day.get("days_until_needed") == "2"


@pytest.mark.parametrize(
    "text",
    [
        "In five days the video in Ghana is deleted.",
        "The phone company in Ghana keeps the list only 7 days.",
        "They hold the server like it is before the customer wipes.",
        "The oldest logs will vanish this Friday.",
        "He keeps the chats in the phone until he formats.",
    ],
)
def test_data_that_go_are_read_by_what_is_kept_and_how_it_goes(router: Router, text: str) -> None:
    assert read(router, text).get("data_volatility") == "imminent_loss"


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("The killer will jump in a boat.", "imminent_flight"),
        ("The killer wants to hop on a plane tonight.", "imminent_flight"),
        ("She will jump from the bridge.", "threat_to_life"),
        (
            "He sends dirty movies with children, on one it looks like the kid still lives with him.",
            "threat_to_life",
        ),
    ],
)
def test_where_to_somebody_jumps_tells_which_danger(router: Router, text: str, danger: str) -> None:
    assert read(router, text).get("emergency") == danger
