"""What is proposed is answered by who would act and by each part of it, not by one word in it."""

from __future__ import annotations

import pytest

from routing.api import Router
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
    assert told[1].channel == "the singing telegram; ask the moon" and told[1].answer == "depends"


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
