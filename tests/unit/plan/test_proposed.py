"""What is proposed is answered by who would act and by each part of it, not by one word in it."""

from __future__ import annotations

import pytest

from routing.opened import Router
from routing.plan.model import Proposed


def answers(router: Router, channel: str | list[str], measure: str = "find_missing_person") -> list[Proposed]:
    need = {"measure": measure, "with": "PER", "emergency": "threat_to_life", "proposed_channel": channel}
    case = {"state": "CHL", "as_of": "2026-11-30", "offence": ["kidnapping"], "needs": [need]}
    answer = router.route(case).needs[0]
    return [item for item in (answer.proposed, *answer.also_proposed) if item is not None]


@pytest.mark.parametrize(
    "channel",
    [
        "a private negotiator who has friends in the Tacna police",
        "a friend in the police",
        "a journalist asks the police",
        "his cousin at the embassy",
        "the consul demands it from the police",
        "deportation by the police",
    ],
)
def test_who_is_no_authority_is_not_the_channel_that_is_named_with_them(channel: str, router: Router) -> None:
    (answer,) = answers(router, channel)
    assert (answer.answer, answer.pathway) == ("not_as_proposed", None), answer.says


def test_a_channel_that_is_named_first_is_what_is_proposed(router: Router) -> None:
    (answer,) = answers(router, "police to police to visit the family")
    assert answer.pathway == "police_to_police"


def test_each_item_of_a_list_is_answered(router: Router) -> None:
    told = answers(router, ["police to police", "the singing telegram", "ask the moon"])
    assert told[0].pathway == "police_to_police"
    assert told[1].channel == "the singing telegram; ask the moon"
    assert told[1].answer == "depends" and "No channel is known here" in told[1].says


def test_what_is_not_known_of_a_proposal_is_named(router: Router) -> None:
    (answer,) = answers(router, "police to police and the singing telegram")
    assert answer.pathway == "police_to_police" and "“the singing telegram”" in answer.says


def test_no_item_of_a_list_is_dropped_however_many_there_are(router: Router) -> None:
    channels = [
        "police to police",
        "INTERPOL message",
        "diplomatic note",
        "liaison officer",
        "the moon",
        "Europol",
    ]
    told = answers(router, channels)
    assert {"police_to_police", "interpol", "letters_rogatory", "liaison_officer", "europol"} <= {
        item.pathway for item in told
    }
    assert any(item.channel == "the moon" for item in told)


def test_two_channels_with_one_reason_are_both_answered(router: Router) -> None:
    told = answers(router, ["police to police", "red notice"], "arrest")
    assert [item.pathway for item in told] == ["police_to_police", "interpol_notice"]
    assert "same holds of it as of direct police cooperation" in told[1].says


@pytest.mark.parametrize(
    ("measure", "channel", "sentence"),
    [
        ("arrest", "abduct the broker", "on an understanding between officers"),
        ("arrest", "an understanding to bring the broker over at Tacna at night", "on an understanding"),
        ("arrest", "put him in a car and drive him over the border", "on an understanding between officers"),
        ("arrest", "hand him over at the border", "on an understanding between officers"),
        ("arrest", "lure him to Santiago by a fake job", "A pretext or an invitation"),
        ("arrest", "invite him to a meeting here and arrest him", "A pretext or an invitation"),
        ("arrest", "fly with four colleagues and take him", "Nobody acts for us in another State"),
        ("arrest", "our own officers arrest him there", "Nobody acts for us in another State"),
        ("hot_pursuit", "follow across the border and stop the car at Tacna", "Nobody acts for us"),
        ("vessel_boarding", "rely on the captain's nod", "with the leave of its flag State"),
        ("vessel_boarding", "board without leave of the flag State", "with the leave of its flag State"),
        ("vessel_boarding", "board now, since the flag is painted", "with the leave of its flag State"),
        ("controlled_delivery", "let it go and tell Peru when it is in Lima", "agreement of each State"),
        ("controlled_delivery", "let it cross Peru without telling Peru", "agreement of each State"),
        ("bank_records", "ask the compliance officer of the bank by phone", "only on an order of its own"),
        ("asset_freezing", "send the order by e-mail to the Lima bank", "only on an order of its own"),
        ("bank_records", "the unit's report is enough to write in the request", "is a lead"),
    ],
)
def test_what_is_never_a_way_is_answered_with_no_and_its_reason(
    measure: str, channel: str, sentence: str, router: Router
) -> None:
    (answer,) = answers(router, channel, measure)
    assert (answer.answer, answer.pathway) == ("not_as_proposed", None), answer.says
    assert sentence in answer.says


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ("tell the FBI nothing until a paper on assurance is agreed", "is told at once"),
        ("board now", "Once the flag State has given it, board within its terms"),
    ],
)
def test_what_depends_on_terms_is_answered_with_them(channel: str, sentence: str, router: Router) -> None:
    (answer,) = answers(router, channel, "vessel_boarding")
    assert answer.answer == "depends" and sentence in answer.says


@pytest.mark.parametrize(
    ("measure", "channel", "pathway"),
    [
        ("arrest", "bring him by extradition over the border", "extradition"),
        (
            "arrest",
            "hand him over at the border under the European arrest warrant",
            "european_arrest_warrant",
        ),
        (
            "controlled_delivery",
            "let the police there know and inform us when it arrives",
            "police_to_police",
        ),
        ("bank_records", "mutual legal assistance request for the papers of the bank in Lima", "mla"),
    ],
)
def test_a_lawful_way_is_not_taken_for_what_is_none(
    measure: str, channel: str, pathway: str, router: Router
) -> None:
    (answer,) = answers(router, channel, measure)
    assert answer.pathway == pathway, answer.says


def first(router: Router, state: str, other: str, measure: str, channel: str) -> Proposed:
    need = {"measure": measure, "with": other, "proposed_channel": [channel], "arrest_warrant": "yes"}
    case = {"state": state, "as_of": "2026-11-30", "offence": ["fraud"], "needs": [need]}
    answer = router.route(case).needs[0].proposed
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("state", "other", "pathway"),
    [
        ("ESP", "ITA", "european_arrest_warrant"),
        ("GBR", "POL", "eu_uk_surrender"),
        ("NOR", "FIN", "nordic_warrant"),
        ("CAN", "JPN", None),
        ("URY", "PRY", None),
    ],
)
def test_an_arrest_warrant_is_the_one_that_binds_the_two_states(
    state: str, other: str, pathway: str | None, router: Router
) -> None:
    answer = first(router, state, other, "surrender", "arrest warrant sent abroad")
    assert answer.pathway == pathway, answer.says
    assert pathway or (answer.answer == "depends" and "no force in another State by itself" in answer.says)


@pytest.mark.parametrize(
    "channel", ["warrant of Mercosur", "Orden MERCOSUR de detención", "Mercosul arrest warrant"]
)
def test_the_warrant_of_mercosur_is_no_european_one(channel: str, router: Router) -> None:
    answer = first(router, "URY", "PRY", "surrender", channel)
    assert (answer.answer, answer.pathway) == ("depends", None)
    assert "no source was read that says it is in force" in answer.says


@pytest.mark.parametrize(
    ("measure", "pathway", "sentence"),
    [
        ("stored_content", "provider_voluntary_disclosure", "on a voluntary basis"),
        ("business_records", None, "Nobody of ours asks"),
    ],
)
def test_a_letter_to_a_company_is_read_by_what_is_asked_of_it(
    measure: str, pathway: str | None, sentence: str, router: Router
) -> None:
    answer = first(router, "ITA", "IRL", measure, "a request to the firm directly")
    assert (answer.answer, answer.pathway) == ("not_as_proposed", pathway)
    assert sentence in answer.says


def test_a_letter_to_a_state_that_is_not_asked_is_told_so(router: Router) -> None:
    answer = first(router, "ITA", "ALB", "witness_hearing", "a note handed to the Greek side in Athens")
    assert answer.answer == "depends" and "Greece, which is not the State that is asked" in answer.says


@pytest.mark.parametrize(
    ("other", "channel", "verdict", "sentence"),
    [
        ("DNK", "the certificate of Regulation (EU) 2018/1805", "not_as_proposed", "does not bind Denmark"),
        ("IRL", "European freezing certificate", "not_as_proposed", "goes under Freezing Framework Decision"),
        ("IRL", "freezing order with the certificate of 2003/577", "as_proposed", "delivers"),
        ("BEL", "freezing certificate", "as_proposed", "delivers"),
        (
            "BEL",
            "freezing order under Framework Decision 2003/577",
            "not_as_proposed",
            "Confiscation Regulation instead",
        ),
    ],
)
def test_a_certificate_of_an_act_that_does_not_bind_is_refused_with_the_act_that_does(
    other: str, channel: str, verdict: str, sentence: str, router: Router
) -> None:
    answer = first(router, "ITA", other, "asset_freezing", channel)
    assert answer.pathway == "eu_freezing_order"
    assert answer.answer == verdict and sentence in answer.says, answer.says


@pytest.mark.parametrize(
    ("state", "other", "channel", "sentence"),
    [
        ("IRL", "CAN", "an alert in the Schengen system", "Canada takes no part in SIS."),
        ("GBR", "ESP", "flag in Schengen", "United Kingdom takes no part in SIS."),
        ("JPN", "TWN", "message between INTERPOL bureaus", "Taiwan takes no part in INTERPOL."),
        ("XKX", "ALB", "INTERPOL message", "Kosovo takes no part in INTERPOL."),
    ],
)
def test_a_network_that_a_state_never_joined_is_refused_for_that_first(
    state: str, other: str, channel: str, sentence: str, router: Router
) -> None:
    answer = first(router, state, other, "surrender", channel)
    assert answer.answer == "not_as_proposed" and answer.says.startswith(sentence), answer.says


def test_a_network_that_both_joined_is_refused_for_what_it_cannot_do(router: Router) -> None:
    answer = first(router, "JPN", "PER", "surrender", "red notice")
    assert answer.says.startswith("Police can prepare or locate.")
