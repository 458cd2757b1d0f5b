"""Forms whose lines are called in other languages, by whoever is in a hurry: who writes, to whom, what is wanted,
by when; what is held or done already asks for nothing."""

from __future__ import annotations

import pytest
from typed_cases import needs, read

from routing.opened import Router


@pytest.mark.parametrize(
    ("text", "own", "sought", "days"),
    [
        (
            "Орган: Prosecutor office Lviv region, Ukraine\nWhere: Czech Republic, Brno\n"
            "Measure: hear by video in our court\nDate of court: 19 January 2027\n",
            "UKR",
            {("request", "video_hearing", "CZE")},
            51,
        ),
        (
            "от кого: СК, Минск, Беларусь\nкому: Армения\nчто нужно: допрос свидетеля и копии договоров\n"
            "срок: 25 декабря\n",
            "BLR",
            {("request", "witness_hearing", "ARM"), ("request", "business_records", "ARM")},
            26,
        ),
        (
            "Absender: Kriminalpolizei St. Gallen, Schweiz\nEmpfänger: Liechtenstein\n"
            "Wir wollen: Kontounterlagen und Sperrung des Kontos\nbereits erledigt: Hausdurchsuchung\n",
            "CHE",
            {("request", "bank_records", "LIE"), ("request", "asset_freezing", "LIE")},
            None,
        ),
        (
            "quien escribe: fiscal federal, Buenos Aires\npais requerido: Uruguay\n"
            "hechos: bribes, bought two apartments\nquiero: that the properties and boat cannot be sold\n"
            "apuro: buyer visit 4 december, sign maybe 10 december\n",
            "ARG",
            {("request", "asset_freezing", "URY")},
            5,
        ),
        (
            "Kimden: Savcılık, Gaziantep, Türkiye\nülke: Irak, Erbil\nistek: free him\n"
            "son tarih: they kill him saturday 18:00\nelimizde: phone number of iraqi operator\n",
            "TUR",
            {("request", "find_missing_person", "IRQ")},
            6,
        ),
        (
            "our office: Policia Federal, Foz do Iguaçu, Brasil\noutro pais: Paraguai\n"
            "precisamos: conta bancária da empresa\nprazo: 9 de dezembro\njá feito: busca domiciliaria\n",
            "BRA",
            {("request", "bank_records", "PRY")},
            10,
        ),
    ],
)
def test_a_form_is_read_in_the_language_of_its_lines(
    router: Router, text: str, own: str, sought: set[tuple[str, str, str]], days: int | None
) -> None:
    case = read(router, text)
    assert case.state == own
    assert set(needs(case)) == sought
    assert case.facts.get("days_until_needed") == days


def test_what_is_held_beside_a_numbered_wish_is_no_use_of_material(router: Router) -> None:
    case = read(
        router,
        "Department: FIA circle Gujrat Pakistan\nForeign country: Turkey\nSituation: 6 boys locked by agents\n"
        "time limit: they say thursday cut ear\nwe have: 2 turkish mobile no, the video files\n"
        "Want 1: rescue\nWant 2: catch the gang there\n",
    )
    assert {(kind, measure) for kind, measure, _ in needs(case)} == {
        ("request", "find_missing_person"),
        ("request", "arrest"),
    }
    assert case.facts["days_until_needed"] == 4
    assert not any("vulnerable_person" in need.facts for need in case.needs if need.measure == "arrest")


def test_what_is_done_already_is_no_need(router: Router) -> None:
    case = read(
        router,
        "dependencia: Fiscalia General del Estado, Sonora, México\notro pais: EEUU Arizona\n"
        "objeto: 3 rifles left in a scene of homicide, with serial numbers\n"
        "necesito: who bought first, where, when\nya hecho: ballistic photos, nothing sent\n",
    )
    assert needs(case) == [("request", "firearm_tracing", "USA")]
