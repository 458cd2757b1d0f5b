"""What a step cites: of a list of purposes the paragraph that names what is asked for."""

from __future__ import annotations

import pytest

from routing.opened import Router

CRIMES: dict[str, dict[str, object]] = {
    "drugs": {"offence": "drugs"},
    "corruption": {"offence": "corruption"},
    "a group": {
        "offence": "other",
        "organised_group": "yes",
        "max_penalty_months": 60,
        "transnational": ["several_states"],
    },
}


def cited(router: Router, crime: str, *measures: str) -> list[list[str]]:
    """The provisions of each step that is a request for assistance, from Kenya to Brazil."""
    needs = [{"id": f"n{number}", "measure": measure} for number, measure in enumerate(measures)]
    common = {"state": "KEN", "as_of": "2026-11-28", **CRIMES[crime]}
    case = {**common, "needs": [{"with": "BRA", **need} for need in needs]}
    steps = router.route(router.read(case)).steps
    return [[item.provision for item in step.basis] for step in steps if step.pathway == "mla"]


@pytest.mark.parametrize(
    ("crime", "measure", "paragraph", "whole"),
    [
        ("drugs", "witness_hearing", "un1988 7(2)(a)", "un1988 7(2)"),
        ("drugs", "bank_records", "un1988 7(2)(f)", "un1988 7(2)"),
        ("corruption", "search", "uncac 46(3)(c)", "uncac 46(3)"),
        ("corruption", "service_of_documents", "uncac 46(3)(b)", "uncac 46(3)"),
        ("a group", "object_transfer", "untoc 18(3)(e)", "untoc 18(3)"),
        ("a group", "site_examination", "untoc 18(3)(d)", "untoc 18(3)"),
    ],
)
def test_a_request_cites_the_paragraph_that_names_its_measure(
    router: Router, crime: str, measure: str, paragraph: str, whole: str
) -> None:
    (refs,) = cited(router, crime, measure)
    assert paragraph in refs[:2] and whole not in refs


def test_what_no_paragraph_names_rests_on_the_whole_list(router: Router) -> None:
    (refs,) = cited(router, "a group", "biometric_sample")
    assert "untoc 18(3)" in refs


def test_one_request_for_several_measures_cites_the_paragraph_of_each_in_order(router: Router) -> None:
    (refs,) = cited(router, "a group", "search", "bank_records", "witness_hearing")
    assert refs[:4] == ["untoc 18(1)", "untoc 18(3)(a)", "untoc 18(3)(c)", "untoc 18(3)(f)"]


@pytest.mark.parametrize(
    ("states", "measure", "refs"),
    [
        (("DEU", "UKR"), "bank_records", ["ets30 1(1)", "ets30 3(1)"]),
        (("ZAF", "ZMB"), "search", ["sadc-mla 2", "sadc-mla 17"]),
        (("MYS", "VNM"), "witness_hearing", ["asean-mlat 1", "asean-mlat 11"]),
        (("ARG", "BRA"), "search", ["san-luis 1", "san-luis 23(1)"]),
    ],
)
def test_the_article_on_the_measure_stands_beside_the_duty_to_assist(
    router: Router, states: tuple[str, str], measure: str, refs: list[str]
) -> None:
    need = {"id": "a", "with": states[1], "measure": measure}
    case = {"state": states[0], "as_of": "2026-11-28", "offence": "fraud", "needs": [need]}
    steps = router.route(router.read(case)).steps
    assert refs in [[item.provision for item in step.basis][:2] for step in steps]
