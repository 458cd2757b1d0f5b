"""Long stories: which States they name only in passing, whose office opens them, and what a wish points to."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from routing.cli import main
from routing.core.errors import LimitReached
from routing.core.limits import Limits, limited
from routing.opened import Router
from routing.render.case_told import case_told
from routing.render.told_head import told_head
from routing.story.acts import Acts
from routing.story.analysis import analysis_of
from routing.story.lines import lines
from routing.story.offered import offered_by
from routing.story.reader import story_of
from routing.story.readings import readings_of
from routing.story.sides import OWN, THEIRS, sides_of
from routing.story.written import LONGEST_STORY, as_far_as_read, as_seen

pytestmark = pytest.mark.when_changed("rules", "routing")


def sides(router: Router, text: str) -> dict[str, str]:
    return {it.side: it.state for it in sides_of(router.rulebook, story_of(router, text))}


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        ("The money went to a bank in Windhoek. Her son wants to sue a bank in London too.", {"GBR"}),
        ("The account is in Lima. In spring we had a similar case with Zambia.", {"ZMB"}),
        ("He is in Madrid. His lawyer says that he will go on to Moscow on Saturday.", {"RUS"}),
        (
            "A message came from Rotterdam. The father of the girl is in Norway and wants to go there.",
            {"NOR"},
        ),
        (
            "The lorry left Tabriz and goes on to Ankara. We want it watched.",
            set(),
        ),  # a thing is sought there
        ("He is in Madrid. He will go on to Rome. We want him arrested in Rome.", set()),
    ],
)
def test_a_state_that_is_no_part_of_the_matter_is_named_in_passing(
    router: Router, text: str, passing: set[str]
) -> None:
    told = analysis_of(router.rulebook, lines(router, text)).places
    assert {place.state for places in told for place in places if place.passing} == passing


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Customs post Malaba, Kenya side. A truck came to us from Uganda.", "KEN"),
        ("FIU of Malta writes. We need a record from Lima.", "MLT"),
        ("I am from the fraud brigade of Abidjan. The company is in Tallinn.", "CIV"),
        ("FIU of Malta writes. Their letter came on Monday.", None),
        ("Heads-up for Ankara. A lorry is on its way.", None),
        ("Dear colleagues of the police in Zagreb. A driver was here.", None),
    ],
)
def test_a_first_sentence_says_which_office_tells_the_story(
    router: Router, text: str, own: str | None
) -> None:
    assert sides(router, text).get(OWN) == own


def test_what_a_wish_points_to_is_asked_about_where_it_says_itself_from_whom(router: Router) -> None:
    text = (
        "In our city Bratislava we took a pistol. The man says nothing. His flat was empty. "
        "From Zagreb we want to hear to whom it was first sold."
    )
    found = [it for it in story_of(router, text).wants if "firearm_tracing" in it.measures]
    assert [(it.state, it.asked) for it in found] == [("HRV", True)]


def test_what_a_company_wishes_is_not_what_we_need(router: Router) -> None:
    text = "Three tractors stand in a barn near Kaunas. The insurance company wants the tractors back."
    assert all(it.asked for it in story_of(router, text).wants)


def test_they_who_told_us_and_want_something_ask_us(router: Router) -> None:
    text = (
        "We took a pistol in our city Bratislava. The Austrians told us that it was used in Vienna. "
        "They want it for their trial. We also want to hear from Zagreb who bought it."
    )
    story = story_of(router, text)
    kinds = {it.value for it in readings_of(router, story) if it.fact == "kind"}
    assert kinds == {"answer", "request"}
    assert sides(router, text).get(THEIRS) in (None, "AUT")


def test_a_prisoner_who_served_with_us_and_asks_is_no_office(router: Router) -> None:
    told = Acts(router.rulebook, lines(router, "He served two years with us and he asks to go home."))
    assert told.their_wish() is None


def needs(router: Router, text: str) -> set[tuple[str, str, bool]]:
    return {(name, it.state, it.asked) for it in story_of(router, text).wants for name in it.measures}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        (
            "I am prosecutor in Tashkent. What I need first is that the account in Dubai is blocked before they "
            "empty it, and second the bank statements from Almaty.",
            ("bank_records", "KAZ", False),
        ),
        (
            "The money is at a bank in Lima. A part went to a bank in Quito. We need that the money is stopped "
            "in both places.",
            ("transaction_suspension", "ECU", False),
        ),
        (
            "He bought two flats in Lima, a company in Quito paid. We must have the flats held before he sells.",
            ("asset_freezing", "PER", False),
        ),
        (
            "The judge wishes that the man is handed over, and in the meantime that the house is searched.",
            ("search", "", False),
        ),
    ],
)
def test_a_need_is_read_with_its_state_and_how_sure_it_is(
    router: Router, text: str, need: tuple[str, str, bool]
) -> None:
    assert need in needs(router, text)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The Lima bank statements we have since May. We want the flat in Madrid frozen.", "bank_records"),
        ("We told them in August that the court must decide. Madrid wants us to hear him.", "court_file"),
        ("We would like to use it in the arms case before the court. Madrid gave us the list.", "court_file"),
    ],
)
def test_what_we_have_did_or_want_to_use_is_not_asked_for(router: Router, text: str, measure: str) -> None:
    assert measure not in {name for name, _, asked in needs(router, text) if not asked}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("We need the records of a bank in Lima. The Koreans asked us nothing.", {"request"}),
        ("We want the house in Lima searched, nobody asked us for it.", {"request"}),
        (
            "Madrid wants that we hear a witness. I want to know what we may do before the paper comes.",
            {"answer"},
        ),
    ],
)
def test_what_is_said_beside_it_is_no_kind_of_need(router: Router, text: str, kinds: set[str]) -> None:
    story = story_of(router, text)
    assert {it.value for it in readings_of(router, story) if it.fact == "kind"} == kinds


def test_a_state_from_which_nothing_is_wanted_is_no_party(router: Router) -> None:
    text = (
        "We are the police of Malta. The number is Spanish, who pays is in Lima. From Lima we want nothing. "
        "We need the owner of the number."
    )
    assert sides(router, text) == {OWN: "MLT", THEIRS: "ESP"}


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("I'm working at the cybercrime desk, Dhaka. The bank is in Lima.", "BGD"),
        ("A South African was convicted here for rhino horn. He asks for transfer to Pretoria.", None),
        ("FIU Malta writes. A firm here got money from Lima.", "MLT"),
    ],
)
def test_who_tells_it_is_of_the_state_of_the_office_and_of_no_person(
    router: Router, text: str, own: str | None
) -> None:
    assert sides(router, text).get(OWN) == own


def _calls(router: Router, text: str) -> int:
    """How many functions of ours are called to read a story."""
    called = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(count)
    try:
        offered_by(router, text, date(2026, 11, 24))
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize("line", ["(\n", "[ ]\n", "a (b) "])
def test_a_story_twice_as_long_takes_twice_as_long(router: Router, line: str) -> None:
    """Lines of brackets once took fourteen seconds, as each line had all others looked at anew."""
    _calls(router, line * 50)
    first, second = _calls(router, line * 200), _calls(router, line * 400)
    assert second < 3 * first, "four times as long, where each line looks at all others"


@pytest.mark.parametrize("sign", ["\ufe0f", "\u3164", "\U000e0101", "\u200b", "\u00ad"])
def test_a_sign_that_nobody_sees_hides_no_word(sign: str) -> None:
    """A word with the sign in it that chooses the picture of another was not read, though it tells a danger."""
    assert as_seen(f"He may be tor{sign}tured.\n\u26a0{sign} Now.") == "He may be tortured.\n\u26a0 Now."


LONG = (
    "We are the police of Malta. We need bank records from Lima. "
    + "The lorry stood in the yard. " * 400
    + "A child will be killed tonight."
)


def test_what_is_not_read_of_a_long_story_is_told(router: Router) -> None:
    """The end of a story of more than ten thousand letters was once left out without a word, with its danger."""
    read, rest = as_far_as_read(LONG)
    assert read.endswith(". ") and read + rest == LONG and len(read) <= LONGEST_STORY
    offer = offered_by(router, LONG, date(2026, 11, 24))
    assert offer.rest == rest and "Not read" in offer.cut_off
    assert told_head(router, offer, "story.txt").startswith("No more than the first 10,000 letters")
    assert "Not read" in case_told(router, LONG, date(2026, 11, 24)).splitlines()[2]
    assert not offered_by(router, LONG[:300], date(2026, 11, 24)).cut_off


def test_a_plan_of_a_part_of_a_story_is_not_settled(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    codes = []
    for text in (LONG[:300], LONG):
        story.write_text(f"{text}\n")
        ended = CliRunner().invoke(main, ["route", str(story), "--as-of", "2026-11-24"])
        codes.append(ended.exit_code)
    assert codes == [0, 4] and ended.stdout.startswith("No more than the first 10,000 letters")


@pytest.mark.parametrize("text", ["x\n" * 30, "He paid a bill. " * 30])
def test_a_story_takes_no_more_time_than_it_may(router: Router, text: str) -> None:
    """A file of lines of a letter once took minutes, whatever limit was set."""
    with limited(Limits(seconds=0)), pytest.raises(LimitReached):
        offered_by(router, text, date(2026, 11, 24))


@pytest.mark.parametrize(
    "text", ["We are police of Malta. The. Bank records from Lima.", "Our bank is in Lima. A?"]
)
def test_a_sentence_without_words_of_its_own_tells_nothing(router: Router, text: str) -> None:
    """It once ended the reading of a story by an error of the program."""
    assert offered_by(router, text, date(2026, 11, 24)).states
