"""Every presumption that shuts a channel is told, though only those behind the closing are tried."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from routing import opened
from routing.case.facts import facts_for
from routing.core import conclusion
from routing.core.domain import PRESERVE
from routing.evaluate.batch import BatchEvaluator
from routing.evaluate.findings import Findings
from routing.plan import weighed
from routing.plan.completions import answers_of
from routing.plan.shut_channels import ShutBy, shut_channels

DAY = date(2026, 11, 24)
EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "examples").glob("*/case.yaml"))
ROUTER = opened.shared_router()


def _opened_by_any(findings: Findings) -> set[tuple[str, str]]:
    """The presumptions, with the channels that another answer opens, when every one of them is tried."""
    rulebook, facts = findings.rulebook, findings.facts
    saving = {way for way, pathway in rulebook.pathways.items() if pathway.role == PRESERVE}
    atoms = {way: conclusion.chosen(way) for way in saving}
    atoms |= {way: conclusion.delivers(way) for way in findings.ways if way != rulebook.last_resort}
    opened = set()
    for name in findings.bearing:
        fact, value = rulebook.facts.get(name), facts.get(name)
        told = fact is not None and fact.statable and facts.need.kind in fact.asked_in
        if not told or value is None or value.origin != "presumed":
            continue
        changes = [{name: answer} for answer in answers_of(rulebook, name) if answer.words != value.words]
        variants = BatchEvaluator.of(rulebook.heads, facts, changes)
        opened |= {
            (name, rulebook.pathways[way].name)
            for way, atom in atoms.items()
            if not findings.possibly(atom) and variants.atom(atom)[1]
        }
    return opened


def test_trying_only_what_shuts_a_channel_finds_all_that_opens_it() -> None:
    found = 0
    for file in EXAMPLES:
        case = ROUTER.read(file)
        for need in case.needs:
            findings = ROUTER.judge.findings(facts_for(case, need, ROUTER.rulebook, ROUTER.law, DAY))
            opened = {(shut.fact, way) for shut in shut_channels(findings) for way in shut.opens}
            assert opened == _opened_by_any(findings), (file, need.id)
            found += len(opened)
    assert found


def test_what_shuts_a_channel_is_looked_for_while_the_conditions_of_its_need_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of several needs they are forgotten one after another; to work them out again takes as long as the
    reference did."""
    conditions: list[int] = []

    def noting(findings: Findings) -> tuple[ShutBy, ...]:
        conditions.append(len(findings.reference._read))
        return shut_channels(findings)

    monkeypatch.setattr(weighed, "shut_channels", noting)
    case = next(case for case in map(ROUTER.read, EXAMPLES) if len(case.needs) > 1)
    ROUTER.route(case, DAY)
    assert len(conditions) == len(case.needs) and all(count > 100 for count in conditions)
