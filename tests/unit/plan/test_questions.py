"""What is asked tells its answers apart."""

from __future__ import annotations

from routing import load_rulebook

ROUTER = load_rulebook()

TWO_OPEN = {
    "as_of": "2026-11-28",
    "state": "DEU",
    "offence": ["terrorism"],
    "max_penalty_months": 180,
    "needs": [
        {
            "kind": "answer",
            "measure": "surrender",
            "with": "TJK",
            "ill_treatment_risk": "possible",
            "persecution_risk": "possible",
            "dual_criminality": "yes",
        }
    ],
}


def test_an_answer_that_settles_nothing_alone_is_told_with_what_it_leads_to() -> None:
    asked = {question.fact: question for question in ROUTER.route(TWO_OPEN).questions}
    leads = {answer.value: answer.leads_to for answer in asked["death_penalty_risk"].answers}
    assert leads["none"] == leads["assured_away"] == "Extradition, once the rest is settled"
    assert leads["possible"] == leads["after_arrest"] == "Extradition, still conditional"


def test_no_question_has_one_end_for_all_its_answers() -> None:
    for question in ROUTER.route(TWO_OPEN).questions:
        assert len({answer.leads_to for answer in question.answers}) > 1


def test_a_way_that_stays_open_under_some_answer_is_not_settled() -> None:
    """The main step is the same whatever is answered, but under one set of answers another fact still decides it."""
    need = {"kind": "answer", "measure": "arrest", "with": "GIN", "request_came_by": "police"}
    case = {
        "as_of": "2026-11-28",
        "state": "LBR",
        "offence": ["fraud"],
        "max_penalty_months": 84,
        "needs": [need],
    }
    answer = ROUTER.route(case).needs[0]
    assert answer.status == "conditional"
    assert answer.waits_for
    assert not answer.settled
