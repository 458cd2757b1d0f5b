"""What changed in the law between two days, and which of it changed an answer."""

from __future__ import annotations

from datetime import date

from routing.case.facts import Value, facts_for
from routing.case.model import Case, Need
from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.records import Record, asdict
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.law import Law
from routing.phrasing.of_facts import fact_name, is_words
from routing.plan.completions import overlaid
from routing.plan.primary import lead_route


class LawDelta(Record):
    """A fact that the law data give otherwise on the second of two days.

    need: the id of the need. fact, name: its id, and what people call it. before, after: what it is on each
    day, in words. source: where that is known from. decisive: whether it alone changes the answer.
    """

    need: str
    fact: str
    name: str
    before: str
    after: str
    source: str
    decisive: bool

    def data(self) -> dict[str, object]:
        """The same in plain words, for JSON."""
        return asdict(self)


def law_deltas(
    case: Case, judge: CrossCheckedEvaluator, law: Law, first: date, second: date
) -> tuple[LawDelta, ...]:
    """The looked-up facts that differ between two days and bear on an answer; those that decide first."""
    facts = [item for need in case.needs for item in _of_need(case, need, judge, law, first, second)]
    return tuple(sorted(facts, key=lambda item: not item.decisive))


def _of_need(
    case: Case, need: Need, judge: CrossCheckedEvaluator, law: Law, first: date, second: date
) -> list[LawDelta]:
    before = judge.findings(facts_for(case, need, judge.rulebook, law, first))
    after = judge.findings(facts_for(case, need, judge.rulebook, law, second))
    names = sorted(before.bearing)
    differing = {
        name: after.facts.get(name)
        for name in names
        if _plain(before.facts.get(name)) != _plain(after.facts.get(name))
    }
    answers = (_answer(before), _answer(after))
    alone = {
        name
        for name in differing
        if answers[0] != answers[1] and _answer(_with(before, {name: differing[name]})) != answers[0]
    }
    if answers[0] != answers[1] and not alone:
        # No single one turns the answer: all do together, except those without which it turns as well.
        alone = {
            name
            for name in differing
            if _answer(
                _with(
                    before,
                    {other_name: value for other_name, value in differing.items() if other_name != name},
                )
            )
            != answers[1]
        }
    facts = []
    for name, value in differing.items():
        source = value.source if value is not None else (before.facts.get(name) or Value()).source
        rulebook = judge.rulebook
        facts.append(
            LawDelta(
                need.id,
                name,
                fact_name(rulebook, name),
                is_words(rulebook, name, before.facts.get(name)),
                is_words(rulebook, name, value),
                source,
                name in alone,
            )
        )
    return facts


def _plain(value: Value | None) -> tuple[object, ...] | None:
    return None if value is None else (value.words, value.number, value.closed)


def _with(findings: Findings, values: dict[str, Value | None]) -> Findings:
    return Findings.by_reference(findings.rulebook, overlaid(findings.facts, values))


def _answer(findings: Findings) -> tuple[object, ...]:
    """What one would call the answer: the main step with its basis, and the other steps, surely or
    perhaps."""
    main = tuple(
        (way, findings.truth(conclusion.primary(way)), lead_route(findings, way))
        for way in findings.ways
        if findings.possibly(conclusion.primary(way))
    )
    steps = tuple(
        (atom, findings.reference.truth(AtomRef(atom)))
        for atom in findings.rulebook.heads
        if conclusion.kind_of(atom) == conclusion.STEP and findings.reference.truth(AtomRef(atom))[1]
    )
    return (main, steps)
