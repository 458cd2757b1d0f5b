"""A treaty that somebody proposes as the way: which one is meant, and whether it binds and carries what is asked."""

from __future__ import annotations

import pytest

from routing.opened import Router
from routing.plan.model import Proposed
from routing.rulebook.instrument_names import treaty_meant
from routing.rulebook.provision_ranges import within


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Palermo", "untoc"),
        ("UN treaty against cyber crime", "un-cybercrime"),
        ("un-cybercrime", "un-cybercrime"),
        ("Council of Europe cybercrime convention", "budapest"),
        ("Budapest Second Protocol", "budapest-2ap"),
        ("direct order to the provider under the Second Protocol", "budapest-2ap"),
        ("Article 7 of the Second Protocol", "budapest-2ap"),
        ("ECOWAS convention", "ecowas-mla"),
        ("Minsk convention", "minsk"),
        ("European Convention on Extradition", "ets24"),
        ("MLAT", None),
        ("European investigation order", None),
        ("ask the provider", None),
    ],
)
def test_a_treaty_is_known_by_what_people_call_it(said: str, meant: str | None, router: Router) -> None:
    found = treaty_meant(router.rulebook, said)
    assert (found.id if found else None) == meant


def proposed(router: Router, state: str, other: str, channel: str, **need: str) -> Proposed | None:
    case = {
        "state": state,
        "as_of": "2026-11-26",
        "offence": ["fraud"],
        "needs": [
            {
                "measure": "bank_records",
                "purpose": "evidence",
                "with": other,
                "proposed_channel": channel,
                **need,
            }
        ],
    }
    return router.route(case).needs[0].proposed


def test_a_treaty_that_binds_and_carries_is_the_way(router: Router) -> None:
    told = proposed(router, "URY", "PRY", "San Luis Protocol")
    assert (
        told and told.answer == "as_proposed" and told.says.startswith("San Luis Protocol binds both States")
    )


def test_a_treaty_that_binds_and_does_not_carry_it_is_not_the_way(router: Router) -> None:
    told = proposed(router, "NOR", "TUR", "European Convention on Extradition")
    assert told and told.answer == "not_as_proposed" and "does not go under it" in told.says


def test_a_treaty_that_binds_one_alone_or_is_only_signed_is_not_the_way(router: Router) -> None:
    told = proposed(router, "CHL", "USA", "Minsk convention")
    assert told and told.answer == "not_as_proposed" and "does not bind Chile and United States" in told.says
    told = proposed(router, "CHL", "USA", "Budapest Second Protocol")
    assert told and told.answer == "not_as_proposed" and "signed and not in force" in told.says


def test_a_treaty_that_starts_later_tells_its_day(router: Router) -> None:
    starts = router.law.instruments["eu-top"].starts
    assert (
        starts is not None
    )  # a Regulation of the Union is no treaty: its day is told of the channel it opens
    assert treaty_meant(router.rulebook, "eu-top") is None


def test_whether_a_treaty_binds_may_be_unknown(router: Router) -> None:
    told = proposed(router, "BEN", "NER", "ECOWAS convention")
    assert told and told.answer == "depends"


def test_a_provision_named_in_words_lies_in_itself() -> None:
    assert within("bilateral extradition treaty", "bilateral extradition treaty")
    assert not within("bilateral extradition treaty", "bilateral mutual assistance treaty")
    assert within("bilateral extradition treaty", "bilateral")


def listed(router: Router, channel: str | list[str]) -> list[tuple[str, str]]:
    need = {"id": "it", "measure": "bank_records", "with": "MUS", "proposed_channel": channel}
    case = {"state": "SVN", "as_of": "2026-11-26", "offence": ["fraud"], "needs": [need]}
    answer = router.route(case).needs[0]
    assert answer.proposed is not None
    return [(one.pathway or one.channel, one.answer) for one in (answer.proposed, *answer.also_proposed)]


def test_each_channel_of_a_list_is_answered_once(router: Router) -> None:
    assert [name for name, _ in listed(router, "EIO; 24/7 point; EIO")] == [
        "european_investigation_order",
        "budapest_preservation",
    ]
    assert listed(router, ["EIO", "24/7 point"]) == listed(router, "EIO; 24/7 point")


def test_a_list_is_taken_apart_at_semicolons_and_else_only_where_each_part_is_known(router: Router) -> None:
    assert len(listed(router, "EIO; a message in a bottle")) == 2
    assert len(listed(router, "the police and customs cooperation centre there")) == 1
    assert len(listed(router, "certificate under the Freezing and Confiscation Regulation")) == 1


def test_what_is_plainly_no_channel_is_answered_no(router: Router) -> None:
    assert listed(router, "letter to the bank") == [("letter to the bank", "not_as_proposed")]
