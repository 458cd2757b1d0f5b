"""`routing pathway`: every card is whole, and what a pathway is not for is enforced by the rule it names."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from routing.cli import main
from routing.opened import shared_router
from routing.render.pathway import acting, pathway_data, pathway_text

BOOK = shared_router().rulebook
BY_ANOTHER = {
    ("consular_return", "victim-return.out-of-their-hands"),
    ("sentence_transfer", "detainee.not-to-serve-the-sentence"),
    ("european_investigation_order", "eu_freezing_order/fco"),
    ("electronic_surveillance", "informal.coercion-needs-formal"),
    ("detainee_transfer", "informal.not-given-by-police"),
    ("witness_relocation", "relocation.units-only"),
    ("judgment_enforcement", "enforcement.not-by-assistance"),
    ("surrender_consent", "surrender-consent.the-person-is-there"),
    ("own_protection", "protection.at-home-by-our-own"),
    ("notified_production_order", "production-order.a-notified-order-is-not-executed"),
}
"""Lines that name a rule which acts on the other channel: there the measure goes, or from there it is kept away."""
PARTS = ("is", "right_when", "sender", "receiver", "action", "tells", "put_in", "safeguards")


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["pathway", *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("name", BOOK.pathways)
def test_a_card_says_everything_a_card_must_say(name: str) -> None:
    data = pathway_data(BOOK, BOOK.pathways[name])
    assert not [part for part in PARTS if not data[part]]
    assert data["not_for"] or BOOK.pathways[name].card.get("last_resort") == "yes"
    text = pathway_text(BOOK, BOOK.pathways[name])
    assert max(map(len, text.splitlines())) <= 110
    told = " ".join(text.split())
    for route in BOOK.pathways[name].routes:
        assert route.says.split()[0] in told and all(
            ref.split(" ", 1)[1] in told for ref in (*route.lead, *route.support)
        )


@pytest.mark.parametrize(
    ("name", "rule"),
    [(p.id, item["rule"]) for p in BOOK.pathways.values() for item in p.card.get("not_for") or ()],
)  # type: ignore[attr-defined]
def test_what_a_pathway_is_not_for_is_kept_from_it_by_the_rule_named(name: str, rule: str) -> None:
    assert rule in BOOK.routes or rule in BOOK.rule or rule in {item.parent for item in BOOK.rules}
    acts = rule in {found.parent for rules in acting(BOOK, name).values() for found in rules}
    acts |= rule in BOOK.routes and BOOK.routes[rule].pathway == name
    acts |= rule in BOOK.rule and name in {target.split("/")[0] for target in BOOK.rule[rule].targets}
    assert acts != ((name, rule) in BY_ANOTHER), (
        "the rule does not act on this pathway, or BY_ANOTHER has a line too many"
    )


@pytest.mark.parametrize(
    ("word", "pathway"),
    [
        ("24/7", "budapest_preservation"),
        ("red notice", "interpol_notice"),
        ("Mutual legal assistance", "mla"),
        ("EIO", "european_investigation_order"),
        ("GlobE Network", "anticorruption_network"),
        ("police_to_police", "police_to_police"),
        ("polise to police", "police_to_police"),
        ("mutual assistance", "mla"),
        ("legal assistance", "mla"),
    ],
)
def test_a_card_is_found_by_the_names_people_use(word: str, pathway: str) -> None:
    code, out, _ = run(*word.split(), "--format", "json")
    assert code == 0 and json.loads(out)["id"] == pathway


def test_a_card_shows_time_with_its_mark_and_the_measures_it_delivers() -> None:
    _, out, _ = run("european_production_order")
    assert "usually 1 to 10 days" in out and "; text)" in out and "stored traffic data" in out


def test_without_a_name_every_pathway_has_its_line() -> None:
    code, out, _ = run()
    assert code == 0 and [line.split()[0] for line in out.splitlines()] == [*BOOK.pathways]
    assert list(json.loads(run("--format", "json")[1])) == [*BOOK.pathways]


def test_a_name_nobody_knows_is_answered_with_what_there_is() -> None:
    code, out, err = run("carrier", "pigeon")
    assert code == 2 and not out and "`carrier pigeon` is not a pathway" in err and "allowed:" in err


def test_full_adds_what_each_rule_says() -> None:
    short, full = run("interpol")[1], run("interpol", "--full")[1]
    rule = next(rule for rule in BOOK.rules if rule.parent == "political.closes-interpol")
    assert rule.says.split(".")[0] in " ".join(full.split()) and rule.says.split(".")[0] not in " ".join(
        short.split()
    )
