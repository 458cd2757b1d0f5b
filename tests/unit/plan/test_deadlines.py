"""Clocks: dates of filing, holds, answers and results, and the warning that nothing comes in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from routing.core.domain import KINDS_OF_NEED
from routing.core.printable import day
from routing.opened import shared_router
from routing.plan.card_times import days, time_of
from routing.plan.model import Plan, Step, as_json
from routing.render import rendered

pytestmark = pytest.mark.when_changed("rules", "examples", "routing")

TODAY = date(2026, 11, 24)
CLOUD: dict[str, Any] = {
    "state": "GHA",
    "actor": "police",
    "stage": "investigation",
    "offence": ["fraud"],
    "max_penalty_months": 120,
    "organised_group": "suspected",
    "transnational": ["several_states", "evidence_in_requested"],
}
CONTENT: dict[str, Any] = {
    "id": "mailbox",
    "measure": "stored_content",
    "with": "CAN",
    "purpose": "evidence",
    "data_volatility": "imminent_loss",
}
UNION: dict[str, Any] = {
    "state": "FRA",
    "actor": "judge",
    "stage": "investigation",
    "offence": ["fraud"],
    "max_penalty_months": 60,
}
ORDER: dict[str, Any] = {
    "id": "data",
    "measure": "stored_traffic_data",
    "with": "IRL",
    "purpose": "evidence",
    "data_holder": "provider_represented_in_eu",
}
POLICE: dict[str, Any] = {"id": "who", "measure": "locate_person", "with": "DEU", "purpose": "intelligence"}


def plan(case: dict[str, Any], *needs: dict[str, Any]) -> Plan:
    return shared_router().route({**case, "needs": list(needs)}, TODAY)


def step(plan: Plan, pathway: str) -> Step:
    return next(step for step in plan.steps if step.pathway == pathway)


def due(plan: Plan, pathway: str, what: str) -> date | None:
    return next((item.date for item in step(plan, pathway).dates if item.what == what), None)


def by(plan: Plan, pathway: str) -> date | None:
    deadline = step(plan, pathway).deadline
    return deadline.date if deadline else None


def late(plan: Plan) -> list[str]:
    return [warning.says for warning in plan.warnings if warning.code == "may_be_too_late"]


def test_a_hold_of_the_network_ends_after_sixty_days_and_the_request_goes_before() -> None:
    found = plan(CLOUD, CONTENT)
    assert due(found, "budapest_preservation", "hold_ends") == TODAY + timedelta(days=60)
    assert due(found, "budapest_preservation", "hold_ends_if_prolonged") is None
    assert by(found, "mla") == TODAY + timedelta(days=59)
    deadline = step(found, "mla").deadline
    assert (
        deadline
        and deadline.reason == "while the preservation is sure to last"
        and deadline.source == "budapest 29(7)"
    )


def test_a_hold_that_runs_already_is_counted_from_its_own_day() -> None:
    found = plan(CLOUD, {**CONTENT, "preserved": "ordered", "preserved_on": date(2026, 10, 14)})
    assert by(found, "mla") == date(2026, 10, 14) + timedelta(days=59)
    voluntary = plan(CLOUD, {**CONTENT, "preserved": "voluntary", "preserved_on": date(2026, 10, 14)})
    assert by(voluntary, "mla") == TODAY + timedelta(days=59)


def test_a_european_hold_lasts_sixty_days_and_thirty_more() -> None:
    found = plan(
        UNION, {**ORDER, "measure": "data_preservation", "coercive": "no", "data_category": "traffic"}
    )
    assert due(found, "european_preservation_order", "hold_ends") == TODAY + timedelta(days=60)
    assert due(found, "european_preservation_order", "hold_ends_if_prolonged") == TODAY + timedelta(days=90)


def test_a_production_order_is_answered_in_ten_days_or_eight_hours() -> None:
    calm = plan(UNION, ORDER)
    assert due(calm, "european_production_order", "answer_due") == TODAY + timedelta(days=10)
    assert due(calm, "european_production_order", "objection_until") == TODAY + timedelta(days=10)
    urgent = plan(UNION, {**ORDER, "emergency": "threat_to_life"})
    assert due(urgent, "european_production_order", "answer_due") == TODAY
    assert due(urgent, "european_production_order", "objection_until") == TODAY + timedelta(days=4)


def test_each_need_of_one_order_has_the_time_that_its_law_gives_it() -> None:
    tonight = {**ORDER, "id": "tonight", "emergency": "threat_to_life"}
    found = step(plan(UNION, ORDER, tonight), "european_production_order")
    terms = {it.needs: it.date for it in found.dates if it.what == "answer_due"}
    assert terms == {("tonight",): TODAY, ("data",): TODAY + timedelta(days=10)}


def test_nobody_objects_to_an_order_for_subscriber_data() -> None:
    found = plan(UNION, {**ORDER, "measure": "subscriber_data", "data_category": "subscriber"})
    assert due(found, "european_production_order", "answer_due") == TODAY + timedelta(days=10)
    assert due(found, "european_production_order", "objection_until") is None


def test_contact_points_answer_in_seven_days_three_days_or_eight_hours() -> None:
    assert due(plan(UNION, POLICE), "eu_contact_point", "answer_due") == TODAY + timedelta(days=7)
    urgent = {"emergency": "threat_to_life"}
    assert due(plan(UNION, {**POLICE, **urgent}), "eu_contact_point", "answer_due") == TODAY + timedelta(
        days=3
    )
    check = {**POLICE, **urgent, "measure": "police_database_check"}
    assert due(plan(UNION, check), "eu_contact_point", "answer_due") == TODAY


def test_our_own_term_runs_from_the_day_of_receipt_or_arrest() -> None:
    asked = {**POLICE, "kind": "answer", "request_came_by": "police"}
    assert due(plan(UNION, asked), "eu_contact_point", "answer_due") is None
    assert due(plan(UNION, asked), "eu_contact_point", "answer_owed") is None
    told = {**asked, "received_on": TODAY - timedelta(days=2)}
    assert due(plan(UNION, told), "eu_contact_point", "answer_owed") == TODAY + timedelta(days=5)
    wanted = {
        **POLICE,
        "kind": "answer",
        "measure": "surrender",
        "purpose": "surrender",
        "consent": "refused",
    }
    held = {**wanted, "arrested_on": TODAY - timedelta(days=6)}
    assert due(plan(UNION, held), "european_arrest_warrant", "answer_owed") == TODAY + timedelta(days=54)
    agreed = {**held, "consent": "given_by_person"}
    assert due(plan(UNION, agreed), "european_arrest_warrant", "answer_owed") is None


def test_a_warrant_under_the_agreement_is_decided_sixty_days_after_the_arrest() -> None:
    wanted = {"id": "held", "kind": "answer", "measure": "surrender", "consent": "refused"}
    held = {**wanted, "with": "POL", "arrested_on": TODAY - timedelta(days=3)}
    for state in ("GBR", "NOR"):
        found = plan({**UNION, "state": state, "actor": "prosecutor"}, held)
        assert due(found, "eu_uk_surrender", "answer_owed") == TODAY + timedelta(days=57)


@pytest.mark.parametrize(("state", "days"), [("NOR", 21), ("SWE", 14), ("FIN", None)])
def test_a_nordic_warrant_is_decided_in_the_time_of_the_law_that_executes_it(
    state: str, days: int | None
) -> None:
    held = {"id": "held", "kind": "answer", "measure": "surrender", "with": "DNK", "consent": "refused"}
    arrested = TODAY - timedelta(days=2)
    found = plan({**UNION, "state": state, "actor": "prosecutor"}, {**held, "arrested_on": arrested})
    owed = None if days is None else arrested + timedelta(days=days)
    assert due(found, "nordic_warrant", "answer_owed") == owed


def test_an_urgent_freeze_is_decided_two_days_after_receipt() -> None:
    asked = {"id": "freeze", "kind": "answer", "measure": "asset_freezing", "with": "DEU"}
    urgent = {**asked, "emergency": "imminent_dissipation", "received_on": TODAY - timedelta(days=1)}
    case = {**UNION, "state": "LTU", "actor": "prosecutor"}
    assert due(plan(case, urgent), "eu_freezing_order", "answer_owed") == TODAY + timedelta(days=1)


def test_where_nobody_is_notified_nobody_objects() -> None:
    asked = {
        "id": "content",
        "measure": "stored_content",
        "with": "IRL",
        "purpose": "evidence",
        "data_holder": "provider_represented_in_eu",
        "offence_in_issuing_state": "yes",
    }
    case = {**UNION, "state": "EST", "actor": "prosecutor", "max_penalty_months": 96}
    abroad = plan(case, asked)
    assert due(abroad, "european_production_order", "objection_until") is not None
    at_home = plan(case, {**asked, "user_in_issuing_state": "yes"})
    assert due(at_home, "european_production_order", "objection_until") is None


def test_the_days_of_a_provisional_arrest_run_from_our_arrest() -> None:
    asked = {
        "id": "held",
        "kind": "answer",
        "measure": "arrest",
        "with": "GEO",
        "persecution_risk": "possible",
    }
    case = {**UNION, "state": "TUR", "actor": "prosecutor", "offence": ["murder"], "max_penalty_months": 240}
    untold = plan(case, asked)
    assert due(untold, "provisional_arrest", "may_end") is None
    told = plan(case, {**asked, "arrested_on": TODAY - timedelta(days=3)})
    assert due(told, "provisional_arrest", "may_end") == TODAY + timedelta(days=15)
    assert due(told, "provisional_arrest", "ends") == TODAY + timedelta(days=37)
    page = " ".join(rendered(told, shared_router(), "text").split())
    assert f"It may end after {day(TODAY + timedelta(days=15))}, counted from the day of the arrest." in page
    assert f"It ends on {day(TODAY + timedelta(days=37))} at the latest." in page
    assert "ETS 24 16(4), 16(5)" in page
    assert "treaty needed there" not in page
    assert "ETS 24 1 (if it applies" in page


def test_the_day_on_which_an_arrest_ends_is_told_in_the_shortest_page() -> None:
    """Where a treaty only may bind, and of a step that is open only under conditions."""
    asked = {"id": "held", "kind": "answer", "measure": "arrest", "with": "NGA", "own_national": "yes"}
    case = {"as_of": TODAY, "state": "GHA", "actor": "police", "offence": ["fraud"], "max_penalty_months": 84}
    held = plan(case, {**asked, "request_came_by": "police", "arrested_on": TODAY - timedelta(days=3)})
    assert due(held, "provisional_arrest", "may_end") == TODAY + timedelta(days=17)
    counted = "counted from the day of the arrest, if the ECOWAS Convention binds both"
    told = f"It may end after {day(TODAY + timedelta(days=17))}, {counted}"
    page = rendered(held, shared_router(), "text")
    assert told in " ".join(page.split())
    late = plan(case, {**asked, "request_came_by": "police", "arrested_on": TODAY - timedelta(days=30)})
    assert f"It may have ended on {day(TODAY - timedelta(days=10))}" in " ".join(
        rendered(late, shared_router(), "text").split()
    )


def test_the_days_of_an_arrest_end_when_the_request_is_here() -> None:
    asked = {"id": "held", "kind": "answer", "measure": "surrender", "with": "CHE"}
    held = {**asked, "arrested_on": TODAY - timedelta(days=10)}
    case = {**UNION, "state": "SRB", "actor": "judge"}
    open_still = plan(case, held)
    assert due(open_still, "extradition", "ends") == TODAY + timedelta(days=30)
    here = plan(case, {**held, "received_on": TODAY - timedelta(days=4)})
    assert due(here, "extradition", "may_end") is None
    assert due(here, "extradition", "ends") is None
    short = plan(case, {**held, "received_on": TODAY - timedelta(days=4), "request_lacks": "facts"})
    assert due(short, "extradition", "ends") == TODAY + timedelta(days=30)


def test_who_holds_the_person_is_not_told_that_a_transfer_does_not_bring_the_person() -> None:
    asked = {"id": "held", "kind": "answer", "measure": "arrest", "with": "GEO"}
    case = {**UNION, "state": "TUR", "actor": "prosecutor", "offence": ["murder"], "max_penalty_months": 240}
    assert "does not bring the person here" not in " ".join(
        rendered(plan(case, asked), shared_router(), "text").split()
    )


def test_a_retention_date_is_a_deadline_of_the_hold() -> None:
    found = plan(CLOUD, {**CONTENT, "retention_until": TODAY + timedelta(days=20)})
    deadline = step(found, "budapest_preservation").deadline
    assert deadline and deadline.source == "retention_until" and deadline.date is not None
    assert TODAY <= deadline.date <= TODAY + timedelta(days=20)
    assert by(found, "mla") == TODAY + timedelta(days=59), "once held, the request has the time of the hold"


@pytest.mark.parametrize(("spare", "today"), [(20, False), (0, False), (-1, True)])
def test_a_day_on_which_the_answer_is_needed_fixes_the_last_day_for_asking(spare: int, today: bool) -> None:
    """The last day leaves the longest usual time; where that is too long, the request goes today."""
    case = {**POLICE, "with": "KEN"}
    primary = plan(UNION, case).needs[0].primary.pathway
    most = days(time_of(shared_router().rulebook.pathways[primary]), "most_days")
    assert most is not None
    found = plan(UNION, {**case, "days_until_needed": most + spare})
    assert by(found, primary) == (TODAY if today else TODAY + timedelta(days=spare))
    deadline = step(found, primary).deadline
    assert deadline and (f"it can take {most} days" in deadline.reason) == today


def test_a_limit_in_the_law_goes_before_the_usual_time() -> None:
    """A Member State has 120 days for an investigation order, however soon it usually answers."""
    order = {"with": "DEU", "measure": "bank_records", "purpose": "evidence"}
    for needed, last in ((150, TODAY + timedelta(days=30)), (100, TODAY)):
        found = plan(
            {**UNION, "actor": "prosecutor", "stage": "investigation"}, {**order, "days_until_needed": needed}
        )
        assert found.needs[0].primary.pathway == "european_investigation_order"
        assert by(found, "european_investigation_order") == last


def test_a_slow_main_way_is_told_though_another_is_quicker() -> None:
    """Service through the ministries takes longer than three weeks, though a letter by post would not."""
    case = {"state": "GEO", "actor": "judge", "stage": "trial", "offence": ["fraud"]}
    need = {"with": "TUR", "measure": "service_of_documents", "person_role": "accused"}
    found = plan(case, {**need, "days_until_needed": 21})
    assert found.needs[0].primary.pathway == "mla"
    assert "this way (Mutual legal assistance)" in late(found)[0] and "Quicker" in late(found)[0]
    assert not late(plan(case, {**need, "days_until_needed": 60}))


def test_results_are_expected_between_the_days_on_the_card() -> None:
    found = plan(CLOUD, {**CONTENT, "first_request_to_state": "yes"})
    time = time_of(shared_router().rulebook.pathways["mla"])
    start = step(found, "mla").start
    assert start == TODAY + timedelta(days=5), "the draft of a first request is shared first"
    assert due(found, "mla", "expected_from") == start + timedelta(days=days(time, "least_days") or 0)
    assert due(found, "mla", "expected_by") == start + timedelta(days=days(time, "most_days") or 0)


@pytest.mark.parametrize(("needed", "warned"), [(0, True), (400, False)])
def test_the_plan_warns_only_where_no_lawful_route_is_fast_enough(needed: int, warned: bool) -> None:
    found = late(plan(CLOUD, {**CONTENT, "days_until_needed": needed}))
    assert bool(found) == warned
    if warned:
        assert day(TODAY) in found[0]


def test_the_warning_names_the_earliest_day_of_the_best_that_remains() -> None:
    router = shared_router()
    found = plan(CLOUD, {**CONTENT, "data_volatility": "within_retention", "days_until_needed": 1})
    ways = [found.needs[0].primary.pathway, *(way.pathway for way in found.needs[0].alternatives)]
    best = min(ways, key=lambda way: days(time_of(router.rulebook.pathways[way]), "least_days") or 0)
    earliest = TODAY + timedelta(days=days(time_of(router.rulebook.pathways[best]), "least_days") or 0)
    assert day(earliest) in late(found)[0]
    assert not [warning for warning in found.warnings if warning.level == "stop"], (
        "a usual time closes nothing"
    )


def test_the_day_on_which_data_go_binds_the_hold_and_not_the_request() -> None:
    found = plan(CLOUD, {**CONTENT, "data_volatility": "imminent_loss", "days_until_needed": 4})
    holds = [one for one in found.steps if one.role == "preserve"]
    assert holds and not late(found)
    assert all(one.deadline and one.deadline.date <= TODAY + timedelta(days=4) for one in holds)


def test_an_arrest_in_time_leaves_the_extradition_its_own_time() -> None:
    found = plan({"state": "SWE"}, {"with": "TUR", "measure": "arrest", "days_until_needed": 0})
    assert step(found, "provisional_arrest") and found.needs[0].primary.pathway == "extradition"
    assert not late(found) and by(found, "extradition") is None


def test_a_hold_in_time_takes_the_warning_away() -> None:
    gone = TODAY + timedelta(days=5)
    assert not late(plan(CLOUD, {**CONTENT, "retention_until": gone}))
    unheld = plan(
        {
            **CLOUD,
            "assume": {
                "ties": {"budapest": "none", "un-cybercrime": "none", "interpol": "none", "g7-247": "none"}
            },
        },
        {**CONTENT, "retention_until": gone, "requested_law_permits_informal": "forbids"},
    )
    assert not any(step.role == "preserve" for step in unheld.steps) and late(unheld)


def test_a_deadline_never_lies_before_the_day_of_the_plan() -> None:
    found = plan(CLOUD, {**CONTENT, "retention_until": TODAY - timedelta(days=3), "days_until_needed": 0})
    assert all(
        step.deadline is None or step.deadline.date is None or step.deadline.date >= TODAY
        for step in found.steps
    )


def test_what_ends_first_is_read_first_among_steps_of_one_part() -> None:
    near = {
        **CONTENT,
        "id": "near",
        "with": "CRI",
        "preserved": "ordered",
        "preserved_on": TODAY - timedelta(days=50),
    }
    found = plan(CLOUD, {**CONTENT, "id": "far"}, near)
    delivering = [step for step in found.steps if step.role == "deliver"]
    dates = [step.deadline.date for step in delivering if step.deadline and step.deadline.date]
    assert len(dates) == 2 and dates == sorted(dates) and delivering[0].needs == ("near",)
    place = {step.id: number for number, step in enumerate(found.steps)}
    assert all(place[earlier] < place[step.id] for step in found.steps for earlier in step.after)


def test_the_page_says_file_by_and_when_a_hold_ends() -> None:
    found = plan(CLOUD, CONTENT)
    router = shared_router()
    assert "by 22 Jan 2027" in " ".join(rendered(found, router, "text").split())
    assert "It is kept at least until 23 Jan 2027." in " ".join(rendered(found, router, "text").split())
    assert as_json(step(found, "mla").dates)[0].keys() == {
        "what",
        "date",
        "limit",
        "source",
        "runs_from",
        "needs",
    }


def rows() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for pathway in shared_router().rulebook.pathways.values():
        for key in ("answers", "objections"):
            for row in time_of(pathway).get(key) or ():  # type: ignore[attr-defined]
                yield pathway.id, key, row


@pytest.mark.parametrize(
    ("pathway", "key", "row"), list(rows()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_every_row_of_a_card_asks_facts_that_exist_and_cites_a_provision(
    pathway: str, key: str, row: dict[str, Any]
) -> None:
    rulebook = shared_router().rulebook
    assert set(row) <= {"hours", "days", "says", "from", "when", "basis"} and ("hours" in row) != (
        "days" in row
    )
    assert "from" not in row or rulebook.facts[row["from"]].type == "number"
    assert all(ref in rulebook.provisions for ref in row["basis"])
    for fact, values in (row.get("when") or {}).items():
        allowed = {
            "measure": rulebook.measures,
            "in_force": rulebook.instruments,
            "kind": KINDS_OF_NEED,
        }.get(fact)
        if allowed is None:
            allowed = rulebook.facts[fact].values
        assert ({values} if isinstance(values, str) else set(values)) <= set(allowed)


def test_every_card_gives_a_usual_time() -> None:
    for pathway in shared_router().rulebook.pathways.values():
        least, most = (days(time_of(pathway), key) for key in ("least_days", "most_days"))
        assert least is not None and most is not None and least <= most, pathway.id


def test_the_day_of_an_arrest_stands_at_the_arrest_and_not_at_the_extradition_that_follows() -> None:
    told = {"state": "ZAF", "offence": ["murder"], "max_penalty_months": "life"}
    gate = {"id": "gate", "kind": "answer", "measure": "arrest", "with": "GBR", "days_until_needed": 0}
    found = plan(told, {**gate, "emergency": "imminent_flight"})
    assert due(found, "provisional_arrest", "needed_there") == TODAY
    assert due(found, "extradition", "needed_there") is None


def test_the_day_of_an_answer_stays_at_the_main_step_where_nothing_is_there_earlier() -> None:
    told = {"id": "papers", "kind": "answer", "measure": "service_of_documents", "with": "TUR"}
    found = plan(
        {"state": "NLD", "stage": "trial", "offence": ["property_crime"]}, {**told, "days_until_needed": 69}
    )
    assert due(found, "mla", "needed_there") == TODAY + timedelta(days=69)


@pytest.mark.parametrize("emergency", ["none", "critical_infrastructure"])
def test_the_day_on_which_data_are_deleted_is_told_at_the_hold(emergency: str) -> None:
    kept = {
        **CONTENT,
        "measure": "data_preservation",
        "with": "USA",
        "emergency": emergency,
        "days_of_retention": 30,
    }
    deadline = step(
        plan(CLOUD, {**kept, "data_holder": "foreign_provider"}), "provider_preservation"
    ).deadline
    assert deadline is not None and day(TODAY + timedelta(days=30)) in deadline.reason
