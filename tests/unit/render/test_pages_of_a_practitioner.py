"""What a practitioner missed or was misled by on the pages of sixteen situations."""

from __future__ import annotations

from functools import partial

from pages import page_of, page_of_story
from scenario_check import HERE

from routing.opened import Router
from routing.yaml.tree import plain, read_file

CASES = HERE / "asked-of-a-practitioner"
page = partial(page_of_story, CASES)


def test_the_treaty_of_the_case_settles_which_office_receives(router: Router) -> None:
    shown = page(router, "japan-asks-portugal")
    assert "our central authority" in shown and "-> Minister of Justice, Japan " in shown
    assert "where a treaty says so" not in shown and "See first whether a treaty" not in shown


def test_an_assurance_on_death_alone_does_not_reach_imprisonment_for_life(router: Router) -> None:
    assert "let us refuse for imprisonment for life as well" in page(router, "japan-asks-portugal")


def test_tokens_are_held_by_exchange_and_issuer_and_no_bank_is_warned(router: Router) -> None:
    shown = page(router, "tether-in-seychelles")
    whole = page_of(router, plain(read_file(CASES / "tether-in-seychelles.yaml")), full=True)
    assert "such as USDT, to its issuer, who can block the address" in whole
    assert "Have the exchange warned" in shown and "warn the bank" not in shown


def test_who_takes_a_prisoner_over_shows_its_own_national_and_asks_the_part_that_sentenced(
    router: Router,
) -> None:
    shown = page(router, "prisoner-in-new-south-wales")
    assert "Check the rest first: our national, an offence here too" in shown
    assert (
        "-> International Crime Cooperation Central Authority of the Attorney-General's Department" in shown
    )
    assert "is moved only if that State or province agrees too" in shown


def test_no_decision_on_custody_is_needed_for_the_return_of_a_child(router: Router) -> None:
    shown = page(router, "girl-taken-to-spain")
    assert "no decision on custody is needed, and the court there should decide in six weeks" in shown
    assert "with the decision on custody" not in shown and "and the address" not in shown


def test_who_gave_the_information_agrees_before_the_receiver_hears_of_it(router: Router) -> None:
    shown = page(router, "container-for-alexandria")
    assert shown.index("Ask the originator first") < shown.index("Ask for an assurance")
    assert "stop and search the goods or the person here on our own law" in shown


def test_the_owners_of_a_company_are_asked_of_the_units_and_of_the_territory_itself(router: Router) -> None:
    shown = page(router, "owners-in-the-virgin-islands")
    assert shown.index("Go to our FIU") < shown.index("Request mutual assistance")
    assert "-> Attorney General's Chambers, British Virgin Islands" in shown
    assert "our central authority: Fiscalía General de la Nación ->" in shown
    assert "Look first at what is public: the company register" in shown


def test_a_territory_of_which_no_office_is_held_is_asked_itself(router: Router) -> None:
    need = {"measure": "bank_records", "with": "AIA"}
    case = {"as_of": "2026-11-27", "state": "KEN", "offence": ["fraud"], "needs": [need]}
    shown = page_of(router, case, full=True)
    assert "Anguilla as a rule answers for itself" in shown


def test_a_wish_half_a_year_away_hurries_nobody(router: Router) -> None:
    shown = page(router, "final-order-for-jersey")
    assert "Wanted by 27 Nov 2027; it may come later. Say in it by when and why." in shown
    assert "Send the request today" not in shown and "too late" not in shown


def test_the_day_of_an_extradition_is_a_wish_and_no_last_day_for_our_papers(router: Router) -> None:
    shown = page(router, "suspect-in-tirana")
    assert (
        "For surrender: wanted by 6 Jan 2027. If that is the day on which an arrest there ends, have the"
        " papers there before." in shown
    )
    assert "papers are due" not in shown
    assert "It may come too late" not in shown
    assert "Use the diplomatic channel, unless" not in shown
    assert "our own or Albanian; ask whether English or French is wanted" in shown


def test_officers_who_follow_in_urgency_read_hours_and_their_own_paragraph(router: Router) -> None:
    shown = page(router, "car-reaches-poland")
    assert "Schengen Convention 40(2), 40(7)" in shown and "up to 5 days" not in shown
    assert "Carry proof that you are officers" in shown
    assert "Officers do nothing on the territory of another State" not in shown


def test_a_refusal_needs_no_order_of_a_judge(router: Router) -> None:
    shown = page(router, "blogger-from-minsk")
    assert "must order it" not in shown and "then we may refuse" not in shown


def test_a_statement_may_be_two_things_and_cloud_content_is_stored_content(router: Router) -> None:
    case = {"as_of": "2026-11-27", "state": "KEN", "needs": [{"measure": "cloud content", "with": "USA"}]}
    assert router.read(case).needs[0].measure == "stored_content"
