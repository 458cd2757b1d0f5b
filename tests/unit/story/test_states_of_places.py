"""Of which State somebody tells by a place: a small town, a part of a federation, a town in small letters; and
who is only mentioned."""

from __future__ import annotations

import pytest
from offers import facts, needs, read

from routing.opened import Router
from routing.rulebook.words import KIND


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("We at Słubice police station need to know who owns a phone number from Guben.", "POL", "DEU"),
        ("we are police in hamburg and we need the account of a man in lisbon frozen.", "DEU", "PRT"),
        (
            "cieszyn police. the parts are in a barn in karvina, we want the czech police to search the barn.",
            "POL",
            "CZE",
        ),
        (  # whom we hold, and of which nationality he is
            "We have at Nairobi a Nigerian man in the cell, his name came up with a red notice of Oman.",
            "KEN",
            "OMN",
        ),
        (  # a State that begins a part of a sentence is not that of the town before it
            "We have a Peruvian in custody in Arica, Peru must send the papers before Friday.",
            "CHL",
            "PER",
        ),
        (  # the pronoun in capitals
            "OUR MAN SITS IN DUBAI JAIL, THEY WILL LET HIM GO IF NO PAPERS COME FROM US. WE ARE POLICE OF PUNE.",
            "IND",
            "ARE",
        ),
        (  # where the company is, is never ours
            "The judge in Tucumán wants the IP logs of the numbers. The company is in USA. We sent nothing.",
            "ARG",
            "USA",
        ),
    ],
)
def test_a_place_tells_of_its_state(router: Router, text: str, own: str, other: str) -> None:
    offer = read(router, text)
    assert (offer.own, offer.partner) == (own, other)


@pytest.mark.parametrize(
    "text",
    [
        "We are police in Lima. Mr Guben and Mrs Cieszyn have an account.",
        "We are police in Lima. The statement for Guben is ready, we want him heard.",
    ],
)
def test_a_small_town_is_one_only_where_a_place_is_told(router: Router, text: str) -> None:
    assert {it.value for it in read(router, text).states} == {"PER"}


def test_the_data_of_a_provider_are_sought_where_the_company_is(router: Router) -> None:
    text = "Police in Lima need the subscriber of a WhatsApp number. The company is in USA. We wait for it."
    assert {want.state for want in read(router, text).needed} == {"USA"}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Police of Cluj. The money is in a bank in Lisbon, only the money must not go.", "asset_freezing"),
        ("Police of Manila. We need Norway to tell who pays.", "bank_account_holder"),
        (
            "Police of Busan. Thailand asks us for the bank statements of a man, but it came by mail.",
            "bank_records",
        ),
        (
            "Police of Ipiales. The stolen statues stand in a shop in Tulcán, we want them back.",
            "restitution",
        ),
    ],
)
def test_what_is_needed_is_read_without_a_wish(router: Router, text: str, measure: str) -> None:
    assert list(needs(read(router, text))) == [measure]


@pytest.mark.parametrize(
    "text",
    [
        "Armenia put a red notice and we in Batumi have the man in the cell, what must we do now?",
        "The court of Mendoza sent us in Los Andes a summons and asks that we give it to him.",
        "The police of Quito write to us in Puno, they ask if a man lives in our town. What way do we answer?",
    ],
)
def test_who_sends_or_asks_is_answered(router: Router, text: str) -> None:
    assert {value for fact, value in facts(read(router, text)) if fact == KIND} == {"answer"}
