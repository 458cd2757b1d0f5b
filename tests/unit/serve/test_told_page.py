"""A story told on the page: its needs are confirmed one by one, and its offences are found in plain groups."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
import yaml
from starlette.testclient import TestClient
from when_changed import WHOLE_PROGRAM

from routing.opened import Router
from routing.story.deadline import due
from routing.story.lines import lines
from routing.story.reader import story_of
from routing.story.readings import readings

STORY = (
    "We are police in Finland. The seller has a Gmail account, and we need the statements of a Spanish bank. "
    "He is about to delete all messages."
)


def test_each_need_of_a_story_keeps_its_own_state(client: TestClient) -> None:
    text = unescape(client.post("/told", data={"story": STORY}).text)
    wants = re.findall(r'name="want" value="(\d{1,3})\|(\w*)\|([^"]*)"', text)
    places = dict(re.findall(r'name="from(\d+)" value="([^"]*)"', text))
    assert (
        "Where is “Gmail”? The story does not say. Google Ireland Limited answers for it in Ireland" in text
    )
    ticked = {
        "want": ["|".join(want) for want in wants],
        "fact": ["kind=request", "data_volatility=imminent_loss", "actor=police"],
        "S:FIN": "own",
        **{f"from{number}": place for number, place in places.items()},
    }
    asked = client.post("/confirm", data=ticked)
    case = yaml.safe_load(client.get(f"/plan/{asked.url.path.rpartition('/')[2]}/case.yaml").text)
    assert case["state"] == "FIN" and case["data_volatility"] == "imminent_loss" and case["actor"] == "police"
    measures = {need.get("measure"): need.get("with") for need in case["needs"]}
    assert measures["bank_records"] == "ESP" and len(case["needs"]) == len(wants)
    assert "danger or" not in asked.text  # that something may be lost was said


@pytest.mark.parametrize(("elsewhere", "where"), [(["2"], None), ([], "PHL")])
def test_who_may_be_in_any_state_is_not_taken_to_be_in_the_other_one(
    client: TestClient, elsewhere: list[str], where: str | None
) -> None:
    ticked = {
        "want": ["1|subscriber_data|", "2|data_preservation|"],
        "elsewhere": elsewhere,
        "fact": ["kind=request"],
        "S:IRL": "own",
        "S:PHL": "with",
        "from1": "",
        "from2": "",
    }
    asked = client.post("/confirm", data=ticked)
    case = yaml.safe_load(client.get(f"/plan/{asked.url.path.rpartition('/')[2]}/case.yaml").text)
    states = {need.get("measure"): need.get("with", case.get("with")) for need in case["needs"]}
    assert states == {"subscriber_data": "PHL", "data_preservation": where}


@WHOLE_PROGRAM
def test_what_is_left_unread_of_a_long_story_is_said(client: TestClient) -> None:
    filler = "We are police in Finland. " * 400
    whole = filler[: filler.rindex("We", 0, 10_000)]  # what is read ends with a sentence
    told = unescape(client.post("/told", data={"story": f"{whole}A bomb is in the station."}).text)
    assert "Only the first 10,000 letters are read. Not read: “A bomb is in the station....”." in told
    assert "letters are read" not in client.post("/told", data={"story": filler[:10_000]}).text


@pytest.mark.parametrize(
    ("story", "fact", "value"),
    [
        ("Nobody is in danger.", "emergency", "none"),
        ("We have no order and the man is not a refugee.", "refugee_status", "none"),
        ("There is no treaty between us.", "both_bound_by", "none"),
        ("He has no liaison officer in our capital.", "liaison_officer", "none"),
    ],
)
def test_what_is_denied_is_offered_as_denied(router: Router, story: str, fact: str, value: str) -> None:
    read = {(item.fact, item.value) for item in readings(router, story)}
    assert (fact, value) in read and not {item for item in read if item[0] == fact} - {(fact, value)}


@pytest.mark.parametrize(
    ("story", "state"),
    [
        ("The papers must be in Spanish.", ""),
        ("The Spanish police has the papers.", "ESP"),
        ("he ate turkey in a restaurant", ""),
        ("He lives in Turkey.", "TUR"),
        ("It gives us a lead.", ""),
    ],
)
def test_a_state_is_read_only_where_one_is_named(router: Router, story: str, state: str) -> None:
    read = {item.value for item in readings(router, story) if item.fact == "state"}
    assert read == ({state} if state else set())


def test_offences_are_offered_in_plain_groups(client: TestClient, router: Router) -> None:
    groups = router.rulebook.facts["offence"].in_groups()
    assert 7 <= len(groups) <= 9
    assert {value for values in groups.values() for value in values} == set(
        router.rulebook.facts["offence"].values
    )
    form = unescape(client.get("/form").text)
    assert all(f'<optgroup label="{group}">' in form for group in groups)


def test_a_time_that_was_ticked_is_how_soon_the_answer_is_needed(client: TestClient) -> None:
    text = unescape(
        client.post("/told", data={"story": "Bank statements from Spain are needed in 10 days."}).text
    )
    assert 'value="days_until_needed=10"' in text and "You wrote “10 days”." in text
    asked = client.post(
        "/confirm", data={"fact": ["kind=request", "days_until_needed=10"], "want": "1|bank_records|"}
    )
    case = yaml.safe_load(client.get(f"/plan/{asked.url.path.rpartition('/')[2]}/case.yaml").text)
    assert case["needs"][0]["days_until_needed"] == 10


@pytest.mark.parametrize(
    ("story", "chosen", "phrase"),
    [
        ("We wait for papers from Nigeria. We are Ireland.", {"IRL": "own", "NGA": "with"}, "We are Ireland"),
        ("Italian police ask us in Malta who he is.", {"MLT": "own", "ITA": "with"}, "us in Malta"),
        ("I am at the police in Zagreb.", {"HRV": "own"}, "I am at the police in Zagreb"),
        ("We are police of Peru.", {"PER": "own"}, "We are police of Peru"),
        (
            "We in Norway have a tip for Poland and Spain.",
            {"NOR": "own", "POL": "", "ESP": ""},
            "We in Norway",
        ),
        ("We are Malta. The suspect is a French citizen.", {"MLT": "own", "FRA": ""}, "We are Malta"),
        ("A bank in Cyprus has the papers, the victim is in Greece.", {"CYP": "", "GRC": ""}, "Cyprus"),
        ("We are looking for a man in Spain.", {"ESP": ""}, "Spain"),
        ("The papers were sent to us from Spain.", {"ESP": ""}, "Spain"),
        ("Our consul in Lima has the papers.", {"PER": ""}, "Lima"),
        ("I am a bank clerk in Porto.", {"PRT": "own"}, "I am a bank clerk in Porto"),
        (
            "I write from the juvenile police in Bari.",
            {"ITA": "own"},
            "I write from the juvenile police in Bari",
        ),
        ("This is a case in Spain.", {"ESP": ""}, "Spain"),
        ("I am with a witness in Bari.", {"ITA": ""}, "Bari"),
        ("We are the victim of a fraud in Spain.", {"ESP": ""}, "Spain"),
        ("We are asking the police in Spain.", {"ESP": ""}, "Spain"),
        ("We are sure that he is in Spain.", {"ESP": ""}, "Spain"),
        ("We work in Lyon. We work in Rome.", {"FRA": "", "ITA": ""}, "Lyon"),
    ],
)
def test_only_a_state_that_a_story_calls_ours_is_preselected(
    client: TestClient, story: str, chosen: dict[str, str], phrase: str
) -> None:
    text = unescape(client.post("/told", data={"story": story}).text)
    checked = re.findall(r'name="S:(\w+)" value="(\w*)" checked', text)
    assert dict(checked) == chosen and len(checked) == len(chosen)
    assert f"You wrote “{phrase}”." in text


def test_a_town_of_several_states_is_offered_as_each(client: TestClient) -> None:
    text = client.post("/told", data={"story": "We are police in Oslo. He lives in Valencia."}).text
    assert dict(re.findall(r'name="S:(\w+)" value="(\w*)" checked', text)) == {
        "NOR": "own",
        "ESP": "",
        "VEN": "",
    }


@pytest.mark.parametrize("ticked", [{"S:IDN": "with"}, {"S:IDN": ""}])
def test_our_own_state_beside_a_need_gives_way_to_the_other(
    client: TestClient, ticked: dict[str, str]
) -> None:
    form = {"want": "1|arrest|", "from1": "Australia", "S:AUS": "own", "fact": "kind=request", **ticked}
    asked = client.post("/confirm", data=form)
    case = yaml.safe_load(client.get(f"/plan/{asked.url.path.rpartition('/')[2]}/case.yaml").text)
    assert case["state"] == "AUS" and case["needs"][0]["with"] == "IDN"


@pytest.mark.parametrize(
    ("story", "days"),
    [
        ("Court in Sydney wants to hear her on 14 March.", "110"),
        ("The parcel is coming from Brazil to Lisbon on Thursday.", "2"),
        ("The suspect is in Bali until Sunday.", "5"),
        ("He wrote that he kill my client tomorrow.", "1"),
        ("He will shoot him on Friday.", "3"),
        ("He was in Bali until Sunday.", ""),
        ("She came from Brazil on Thursday.", ""),
        ("He wanted to kill him on Friday.", ""),
    ],
)
def test_the_day_of_what_comes_is_read_not_that_of_what_was(router: Router, story: str, days: str) -> None:
    read = due(router.rulebook, lines(router, story), date(2026, 11, 24))
    assert [item.value for item in read] == [days] * bool(days)


SPANISH = "We are police in Finland. We need the bank statements of a man who owns a shop from Spain."


@pytest.mark.parametrize(
    "written",
    [
        "We are police in Fin\u00adland. We need the bank\u200b state\u00adments of a man who owns a shop from Spain\u200f.",
        "\ufeffWe are police in Finland.\x00 We need the bank\x1b statements of a man who owns a shop from Spain.",
        "We are police in Finland. We need the bank\nstatements of a man who owns a shop from Spain.",
        "> We are police in Finland. We need the bank\u2028statements of a man who owns a shop from Spain.",
        "We are police in Finland. We need the bank\r\n  statements of a man who owns a shop from Spain.",
    ],
)
def test_what_a_mail_or_a_page_adds_to_a_story_parts_no_word_and_no_sentence(
    router: Router, written: str
) -> None:
    """A broken line once lost the need, and a soft hyphen made land of Finland."""
    told = [story_of(router, text) for text in (SPANISH, written)]
    wants = [[(want.measures, want.state) for want in each.wants] for each in told]
    assert wants[0] == wants[1] == [(("bank_records",), "ESP")]
    read = [{(item.fact, item.value) for item in readings(router, text)} for text in (SPANISH, written)]
    assert read[0] == read[1]


def test_what_stands_on_lines_of_its_own_is_not_put_together(router: Router) -> None:
    story = "From Spain we need:\nbank statements\narrest of the man"
    assert len(lines(router, story)) == 3


def test_no_character_that_hides_or_moves_text_reaches_the_page(client: TestClient) -> None:
    page = client.post(
        "/told", data={"story": "We need the bank\u202e statements\x1b[31m from Spain\x00."}
    ).text
    assert not re.search("[\x00\x1b\u202e]", page)


@pytest.mark.parametrize(
    ("story", "chosen"),
    [
        ("Suspect fled to Lima, we want him. The murder was in Turin.", {"PER": "with", "ITA": "own"}),
        (
            "A letter came from Oslo. They ask for the record of a man in Turin.",
            {"NOR": "with", "ITA": "own"},
        ),
        ("We are asked from Oslo. A man is in Turin.", {"NOR": "with", "ITA": "own"}),
        ("A bank is in Oslo. A man was killed in Turin.", {"NOR": "", "ITA": ""}),
        ("The prosecutor in Turin wants him. He lives in Oslo.", {"ITA": "", "NOR": ""}),
    ],
)
def test_the_state_that_is_left_is_ours_where_the_other_one_is_sure(
    client: TestClient, story: str, chosen: dict[str, str]
) -> None:
    text = client.post("/told", data={"story": story}).text
    assert dict(re.findall(r'name="S:(\w+)" value="(\w*)" checked', text)) == chosen
    assert ("taken as our own as no other one is left" in text) == ("own" in chosen.values())


@pytest.mark.parametrize(
    ("story", "left"),
    [
        ("We are police in Finland. The dog of his aunt was very ill.", ["The dog of his aunt was very ill"]),
        (
            "Police of Finland, the dog of his aunt was ill, he robbed a bank.",
            ["the dog of his aunt was ill"],
        ),
        ("We are police in Finland. Good morning!", []),
    ],
)
def test_what_is_not_understood_is_said_back(client: TestClient, story: str, left: list[str]) -> None:
    text = unescape(client.post("/told", data={"story": story}).text)
    said = re.search(r"Not understood, and not used: (.*?)\. Say it in other words", text)
    assert (re.findall(r"“([^”]*)”", said[1]) if said else []) == left


def test_a_story_that_names_no_need_says_so(client: TestClient) -> None:
    text = client.post("/told", data={"story": "We are police in Finland. He was robbed in Spain."}).text
    assert "does not say, in words known here, what is needed" in text


@pytest.mark.parametrize(
    ("story", "measures"),
    [
        ("The owner wants it. The car stands in our yard in Oslo.", set()),
        ("We must know the owner of two accounts in Lima, a man from Oslo put there money.", {"PER"}),
        ("Their man, who knows who they are, is in Lima.", set()),
    ],
)
def test_what_somebody_else_wishes_knows_or_does_is_no_need(
    router: Router, story: str, measures: set[str]
) -> None:
    wanted = story_of(router, story).wants
    assert {want.state for want in wanted if want.measures and not want.asked} == measures


@pytest.mark.parametrize(
    ("story", "kinds"),
    [
        ("The prosecutor in Turin wants him. He lives in Oslo.", {"request", "answer"}),
        ("The prosecutor in Turin wants him. He lives with us in Oslo.", {"answer"}),
        ("We want that the Norwegians ask him.", {"request"}),
        ("What if they kill him there? We want to know.", {"request"}),
    ],
)
def test_who_asks_is_open_where_a_story_is_told_of_others_alone(
    router: Router, story: str, kinds: set[str]
) -> None:
    read = readings(router, story)
    assert {item.value for item in read if item.fact == "kind"} == kinds
    assert not {item.value for item in read if item.fact == "offence"}


def test_each_need_of_a_story_keeps_its_own_kind(client: TestClient) -> None:
    text = unescape(
        client.post(
            "/told",
            data={
                "story": "We are police in Tirana. Belgium asks us to hear a witness. "
                "In the same case we need from Belgium the records of a bank."
            },
        ).text
    )
    wants = re.findall(r'name="want" value="(\d{1,3}\|\w*\|[^"]*)"', text)
    selected = re.findall(r'name="kind(\d+)">.*?<option value="(\w*)" selected', text, re.S)
    asked = client.post(
        "/confirm",
        data={
            "want": wants,
            "S:ALB": "own",
            "S:BEL": "with",
            **{f"kind{number}": kind for number, kind in selected},
        },
    )
    case = yaml.safe_load(client.get(f"/plan/{asked.url.path.rpartition('/')[2]}/case.yaml").text)
    kinds = {need.get("measure"): need.get("kind", "request") for need in case["needs"]}
    assert kinds == {"witness_hearing": "answer", "bank_records": "request"}


@pytest.mark.parametrize(("ticked", "kind"), [("", None), ("answer", "answer")])
def test_a_need_with_no_kind_of_its_own_is_of_the_kind_that_was_ticked_or_open(
    client: TestClient, ticked: str, kind: str | None
) -> None:
    asked = client.post(
        "/confirm",
        data={
            "want": ["1|bank_records|", "2|information_sharing|"],
            "kind2": "share",
            "S:ALB": "own",
            "S:BEL": "with",
            **({"fact": f"kind={ticked}"} if ticked else {}),
        },
    )
    assert asked.status_code == 200
    case = yaml.safe_load(client.get(f"/plan/{asked.url.path.rpartition('/')[2]}/case.yaml").text)
    kinds = {need.get("measure"): need.get("kind") for need in case["needs"]}
    assert kinds == {"bank_records": kind, "information_sharing": "share"}
