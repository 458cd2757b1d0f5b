"""A plan names an office of the right State, in the right role, and a way and a language by law that holds between the two."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from routing.core.paths import rules_folder
from routing.law import Law
from routing.law.confidence import LOW
from routing.law.standing import NONE
from routing.opened import Router
from routing.plan.model import Party, Plan
from routing.rulebook.validate.offices import office_fit

RULES = rules_folder()
ON = date(2026, 11, 29)
PLANS = 48


def plan(router: Router, own: str, other: str, measure: str, **more: Any) -> Plan:
    need = {"id": "n1", "measure": measure, "with": other, "purpose": "evidence"}
    case = {"state": own, "as_of": ON.isoformat(), "offence": ["fraud"], "max_penalty_months": "10 years"}
    return router.route({**case, **more, "needs": [need]})


def known(router: Router, party: Party) -> bool:
    """Whether every name of a party is that of an office of its State, or of a part of one, and no lead."""
    law = router.law
    offices = [o for o in law.offices().of_state(party.state or "", ON) if o.confidence != LOW]
    names = {o.name for o in offices} | {p.part for o in offices for p in law.offices().parts if p.of(o)}
    for named in law.offices().by_treaty:
        names |= {o.name for o in law.offices().as_named(named.office, offices)}
    return any(name in (party.name or "") for name in names)


def binds_nobody(router: Router, instrument: str, own: str, other: str) -> bool:
    """Whether it is an instrument between States that surely does not bind two of them."""
    law = router.law
    if instrument not in law.instruments or law.members(instrument) is None:
        return False
    return law.between(instrument, own, other, ON).status == NONE


def test_no_plan_names_an_office_of_another_state_or_a_way_of_a_treaty_that_does_not_bind(
    router: Router,
) -> None:
    drawn = random.Random(34)
    states = [place.alpha3 for place in router.law.states if place.parent is None]
    named, wrong = 0, []
    for measure in drawn.sample(sorted(router.rulebook.measures), PLANS):
        own, other = drawn.sample(states, 2)
        for step in plan(router, own, other, measure).steps:
            where = (own, other, measure, step.route)
            for party in (step.sender, step.receiver, *step.also_to):
                named += party.name is not None
                if party.name and not known(router, party):
                    wrong.append((*where, party.name))
            for ref in step.via.basis if step.via and step.sender.state != step.receiver.state else ():
                if binds_nobody(router, ref.split(" ")[0], own, other):
                    wrong.append((*where, ref))
            if step.language and step.language.translate != "unknown" and step.language.needed == "one":
                spoken = router.law.offices().spoken.get(step.sender.state or "", ())
                if bool({*spoken} & {*step.language.accepted}) is (step.language.translate == "yes"):
                    wrong.append((*where, step.language.says))
    assert wrong == []
    assert named > PLANS // 2


def test_a_trace_by_interpol_goes_by_no_treaty_that_does_not_bind(router: Router) -> None:
    steps = plan(router, "LKA", "ALB", "firearm_tracing", organised_group="no").steps
    trace = next(step for step in steps if step.route == "firearms_tracing/interpol")
    assert trace.via is not None and trace.via.channel == "interpol"
    assert [ref.split(" ")[0] for ref in trace.via.basis] == ["practice-firearms"]
    assert trace.receiver.role == "national_bureau"


def test_a_row_for_a_whole_pathway_rests_on_what_leads_each_of_its_routes(
    tmp_path: Path, router: Router
) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    path = tmp_path / "rules" / "offices" / "channels.csv"
    path.write_text(path.read_text() + "vessel_boarding,,,,,,,som,,som 8(6),,\n")
    found = [*office_fit(router.rulebook, Law.load(tmp_path / "rules"))]
    assert {problem.id for problem in found} == {"table.choice"}
    assert all("rests on other law" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("own", "other", "name"),
    [
        ("GEO", "NLD", "Ministry of Justice"),
        ("GHA", "HRV", "Ministry of Justice, Public Administration and Digital Transformation"),
    ],
)
def test_a_unit_that_serves_another_kind_of_help_is_left_out(
    router: Router, own: str, other: str, name: str
) -> None:
    """Where a treaty names the ministry, the unit of it for assistance is not the one for sentences; a comma in
    the State's own name for the ministry is none before a unit."""
    step = next(
        step
        for step in plan(router, own, other, "sentence_transfer").steps
        if step.route == "sentence_transfer/ets112"
    )
    assert step.receiver.name == name


@pytest.mark.parametrize(
    ("own", "other", "route", "into"),
    [
        ("USA", "NIC", "extradition/montevideo", "Spanish"),
        ("ARM", "BLR", "extradition/minsk", "Russian"),
    ],
)
def test_the_language_of_a_treaty_is_that_of_its_extradition(
    router: Router, own: str, other: str, route: str, into: str
) -> None:
    from routing.plan.offices import Correspondence, channel_between, declaring

    channel = channel_between("extradition", route, other, own, router.law, ON)
    assert channel is not None
    under = declaring(channel, router.rulebook.routes[route])
    between = Correspondence(router.rulebook, router.law, ON, "extradition", under)
    language = between.languages.between(channel, own, other)
    assert language is not None and into in language.says
    assert [ref.split(" ")[0] for ref in language.basis] == [
        route.split("/")[1].replace("montevideo", "montevideo-1933")
    ]
