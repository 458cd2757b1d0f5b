"""What a story says in doubt, by hearsay, for later or of something else is not taken as told."""

from __future__ import annotations

from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from sweeps import each

from routing.opened import Router
from routing.rulebook.model import Rulebook
from routing.rulebook.words import KIND
from routing.story import reader as read_story
from routing.story.acts import Acts
from routing.story.analysis import Analysis
from routing.story.asked_needs import MayNeed
from routing.story.firmness import firm_sentences
from routing.story.lines import lines
from routing.story.needs import Want
from routing.story.reader import story_of
from routing.story.readings import readings_of
from routing.story.sides import OWN, THEIRS, sides_of
from routing.story.wants import wants_of
from routing.yaml.tree import plain, read_file

pytestmark = pytest.mark.when_changed("rules", "routing", "tests/unit/story/stories.yaml")

STORIES: list[dict[str, Any]] = plain(read_file(Path(__file__).with_name("stories.yaml")))["stories"]
BANK = "We are police in Chile and investigate a fraud. We need the bank records from Panama."
SETTLED = "Five years ago Brazil asked us for the same documents and we refused."


def offered(router: Router, text: str) -> set[str]:
    """All that is offered of a story: facts with their values, measures and measures with their State."""
    story = story_of(router, text)
    told = {f"{item.fact}={item.value}" for item in readings_of(router, story)}
    wanted = {name for want in story.wants for name in want.measures}
    return told | wanted | {f"{name}: {want.state}" for want in story.wants for name in want.measures}


@pytest.mark.parametrize(
    "aside",
    [
        "Maybe the director also buys cocaine.",
        "The accountant thinks that he deals with cocaine too.",
        "There is a rumour that it was cocaine.",
        "He buys cocaine, but there is no proof of it.",
        "Somebody wrote of cocaine. It is not confirmed.",
        "He was convicted of cocaine smuggling, which is not the subject.",
        "I am with the drug squad of Arica.",
    ],
)
def test_a_crime_told_in_doubt_yields_to_one_that_is_investigated(router: Router, aside: str) -> None:
    assert "offence=fraud" in offered(router, f"{BANK} {aside}")
    assert "offence=drugs" not in offered(router, f"{BANK} {aside}")


def test_a_crime_that_is_only_suspected_is_told_where_no_other_is(router: Router) -> None:
    told = "We are police in Chile. Maybe the man also sells cocaine. We need the bank records from Panama."
    assert "offence=drugs" in offered(router, told)


@pytest.mark.parametrize(
    ("aside", "never"),
    [
        ("His wife says that the police are going to arrest him.", {"arrest", "purpose=surrender"}),
        ("A journalist claims that he is charged already.", {"stage=charged"}),
        ("Maybe he is charged there already.", {"stage=charged"}),
        ("The freezing of the account can come later.", {"asset_freezing"}),
        ("If the bank refuses, a search could follow.", {"search"}),
        ("Should the bank refuse, its office must be searched.", {"search"}),
        ("Whether we confiscate it is another question.", {"confiscation"}),
        ('The judge there wrote "for your trial".', {"stage=trial"}),
        ("Later we will ask for confiscation, that is not for now.", {"confiscation"}),
        ("An arrest is not contemplated.", {"arrest"}),
        ("An extradition was never asked.", {"surrender"}),
    ],
)
def test_a_measure_or_a_stage_of_others_or_for_later_is_not_ours_now(
    router: Router, aside: str, never: set[str]
) -> None:
    """What is needed stays, whether the other is told before or after it."""
    for told in (f"{BANK} {aside}", f"{aside} {BANK}"):
        read = offered(router, told)
        assert "bank_records: PAN" in read
        assert read.isdisjoint(never), read & never


@pytest.mark.parametrize(
    "danger",
    [
        "Maybe he will kill his wife tonight.",
        "His mother says that he will kill himself today.",
        "We are not sure, but the neighbour fears that he will kill the child.",
    ],
)
def test_a_danger_is_told_also_by_who_doubts_or_fears_it(router: Router, danger: str) -> None:
    assert "emergency=threat_to_life" in offered(router, f"{danger} We need to know where he is in Spain.")


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (
            "From our joint team with the Czechs we have the recordings. I am a judge in Slovakia. "
            "May I hand them over to Austria?",
            "use",
        ),
        (
            "The Irish executed our order last spring, so we hold the hard disk. We sit in Gdansk. "
            "Must we ask Dublin again?",
            "use",
        ),
        (
            "Colombia answered our letter rogatory with the contracts. Can we give them to the tax office?",
            "use",
        ),
        (f"We are prosecutors in Lisbon. {SETTLED} Now we need the bank records from there.", "request"),
        (
            "A colleague from Sweden phones me. He would be glad if we observe a house in Finland. "
            "What paper do I need from him?",
            "answer",
        ),
        ("We Peru police need the position of a phone in Chile.", "request"),
    ],
)
def test_who_holds_or_was_asked_does_not_ask(router: Router, told: str, kind: str) -> None:
    kinds = {item.value for item in readings_of(router, story_of(router, told)) if item.fact == KIND}
    assert kinds == {kind}


@pytest.mark.parametrize(
    ("told", "never"),
    [
        ("Police of Rotterdam told us that a container will leave Guayaquil.", "emergency=imminent_flight"),
        ("Ireland executed a European Investigation Order for us.", "stage=investigation"),
        ("A prisoner told his guard of a plan. We want to warn Albania of it.", "person_role=convicted"),
        ("He says he would be beaten in prison there. Kazakhstan asks us to arrest him.", "offence=violence"),
        ("Latvia sent us a report only for intelligence. May we use it in court?", "purpose=intelligence"),
        ("Nobody in Ireland asked us. I want to give them the invoices we found.", "business_records"),
        (
            "He is in for robbery, but the matter is a rape. Chile asks us to hear him.",
            "offence=property_crime",
        ),
        ("We need the bank records of a firm that cheated our victims, from Spain.", "person_role=victim"),
        ("Ireland gave us a disk. May we use it, as photos of his victim are on it?", "person_role=victim"),
        (
            "An Egyptian court sent a request to our ministry in Jordan. "
            "The court wants to know which accounts she holds in Amman.",
            "kind=request",
        ),
    ],
)
def test_a_word_in_another_sense_tells_nothing(router: Router, told: str, never: str) -> None:
    assert never not in offered(router, told)


@pytest.mark.parametrize(
    ("told", "need"),
    [
        (
            "The trawler sails under the flag of Sierra Leone. "
            "We would like to go on board before it reaches the waters of Senegal.",
            "vessel_boarding: SLE",
        ),
        (
            "Her father took the girl to Jordan. The mother fears that he could take her further to Syria. "
            "We would like to know at which address they live.",
            "locate_person: JOR",
        ),
        (
            "A father in Hamilton, New Zealand reports his daughter not heard of since she went to Myanmar. "
            "We wish to have her found.",
            "find_missing_person: MMR",
        ),
    ],
)
def test_nothing_is_sought_where_somebody_only_reports_or_fears(router: Router, told: str, need: str) -> None:
    read = offered(router, told)
    assert need in read
    measure = need.partition(":")[0]
    assert {item for item in read if item.startswith(f"{measure}: ")} == {need}


@pytest.mark.parametrize(
    ("told", "own", "other"),
    [
        ("The trawler is 60 miles from our coast (Cape Verde). Norway asks us for the log.", "CPV", ["NOR"]),
        ("Our court in Puerto Viejo (Costa Rica) needs the bank records from Panama.", "CRI", ["PAN"]),
        (
            "Customs here, port of Constanta in Romania. A firm in Turkey sends precursors to a farm in Poland. "
            "Nobody asked us. I would like to tell the colleagues in Poland.",
            "ROU",
            ["POL"],
        ),
    ],
)
def test_a_state_in_brackets_and_the_one_to_be_told_have_their_sides(
    router: Router, told: str, own: str, other: list[str]
) -> None:
    sides = sides_of(router.rulebook, story_of(router, told))
    assert [it.state for it in sides if it.side == OWN] == [own]
    assert [it.state for it in sides if it.side == THEIRS] == other


def _only_put_aside(router: Router, told: dict[str, Any]) -> None:
    raw = lines(router, told["story"])
    for before, after in zip(
        raw, firm_sentences(router.rulebook, raw, Acts(router.rulebook, raw)), strict=True
    ):
        there = (*before.phrases, *before.denied)
        kept = [found for found in (*after.phrases, *after.denied, *after.aside) if found in there]
        assert sorted(map(repr, kept)) == sorted(map(repr, there))
        assert set(after.denied) <= set(before.denied)
        added = [found for found in after.phrases if found not in before.phrases]
        assert all(found.topic == KIND for found in added)


def test_weighing_loses_nothing_and_adds_only_who_asks_whom(router: Router) -> None:
    each(partial(_only_put_aside, router), STORIES[::30])


def test_what_is_not_taken_is_said_on_the_page(client: TestClient) -> None:
    page = client.post("/told", data={"story": f"{BANK} Maybe the director also buys cocaine."}).text
    assert "Not used, as the story says it in doubt" in page and "“cocaine”" in page
    assert "Not used" not in client.post("/told", data={"story": BANK}).text


def test_the_needs_of_a_story_are_worked_out_once_for_a_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(rulebook: Rulebook, listed: Analysis, met: MayNeed) -> tuple[Want, ...]:
        made.append(len(listed.lines))
        return wants_of(rulebook, listed, met)

    monkeypatch.setattr(read_story, "wants_of", counted)
    assert client.post("/told", data={"story": BANK}).status_code == 200
    assert len(made) == 1


@pytest.mark.parametrize(
    "aside",
    [
        "His brother was once fined for smuggling.",
        "He smuggled cigarettes once, that plays no role.",
        "The firm smuggles too, which is another department.",
    ],
)
def test_a_crime_of_the_background_is_no_crime_of_the_case(router: Router, aside: str) -> None:
    story = f"We are police in Chile. We need the bank records from Panama. {aside}"
    assert "offence=customs" not in offered(router, story)


def test_what_is_only_mentioned_is_shown_apart_to_be_ticked(client: TestClient) -> None:
    page = unescape(
        client.post("/told", data={"story": f"{BANK} His brother was once fined for smuggling."}).text
    )
    assert "Also mentioned" in page and 'value="offence=customs"' in page
    assert page.index("Also mentioned") < page.index('value="offence=customs"')
    assert "Also mentioned" not in client.post("/told", data={"story": BANK}).text


def test_two_things_with_an_and_between_are_two(router: Router) -> None:
    told = offered(
        router,
        "The prosecutor in Antwerp has written to us that he wants the account records of a dealer and the "
        "money frozen. The dealer banks in our city, Windhoek. May we tell the dealer about it?",
    )
    assert {"bank_records: BEL", "asset_freezing: BEL", "kind=answer"} <= told and "kind=share" not in told


def test_what_we_may_do_with_what_came_is_not_what_we_are_asked_for(router: Router) -> None:
    told = offered(
        router,
        "The court of Pristina writes that it wants to have a judgment served on a baker in Munich. "
        "I am a clerk at the court in Munich. Can I send it back?",
    )
    assert "service_of_documents" in told and "restitution" not in told
