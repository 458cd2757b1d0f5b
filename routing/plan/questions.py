"""The one question to ask next: the unknown fact whose answer settles most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, product

from routing.case.facts import Facts, Value, possible
from routing.core.conditions import Is, leaf_tests
from routing.core.domain import Pathway
from routing.core.grouping import grouped
from routing.core.kinds import NETWORK
from routing.core.printable import small_first
from routing.core.truth import UNDECIDED
from routing.evaluate.findings import Findings
from routing.law.providers import NAMED_PROVIDER
from routing.plan.applicable import applicable, unsettled
from routing.plan.completions import DECIDED, MOST_COMPLETIONS, Decided, answers_of, decided_with, overlaid
from routing.plan.manner import manner
from routing.plan.model import Answer, Question
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

Outcomes = list[tuple[Value, Decided]]
"""Where each answer to a question leads."""


def questions(findings: Findings, waits: tuple[str, ...], limit: int = 3) -> tuple[Question, ...]:
    """The questions that would settle the primary of a need, best first.

    What the case tells is not asked again: a judgment that is told not to be final is waited for. Where every
    answer leads to the same while the others are open, it is told what each leads to once they are settled;
    where even then all lead to the same, nothing is asked.
    """
    scored = []
    open_ones = [name for name in waits if not _is_stated(findings.facts, name)]
    answers = {name: answers_of(findings.rulebook, name) for name in open_ones}
    decided = iter(decided_with(findings, [{name: value} for name in open_ones for value in answers[name]]))
    each_alone = {name: [(value, next(decided)) for value in answers[name]] for name in open_ones}
    alike = [name for name, outcomes in each_alone.items() if not _differ(outcomes)]
    told_apart = _told_apart(findings, alike, answers)
    for order, (name, outcomes) in enumerate(each_alone.items()):
        settled = sum(status in DECIDED for _, (_, status) in outcomes) / max(len(outcomes), 1)
        apart = told_apart.get(name, outcomes)
        if apart:
            scored.append((-settled, order, name, outcomes, apart))
    return tuple(
        _question(findings, name, outcomes, apart)
        for _, _, name, outcomes, apart in sorted(scored, key=lambda item: item[:3])[:limit]
    )


def _question(findings: Findings, name: str, outcomes: Outcomes, apart: Outcomes) -> Question:
    """The question for a fact, in plain terms where there are such, with where each answer leads."""
    rulebook, facts = findings.rulebook, findings.facts
    asked, told_by = _in_plain_terms(findings, name)
    return Question(
        fact=asked,
        asks=ask(rulebook, asked, facts.need.kind),
        why=(why := rules_waiting(findings, name)),
        basis=(basis := applicable(findings, rulebook.rule[why[0]].basis) if why else ()),
        unsettled=unsettled(findings, basis),
        answers=tuple(
            Answer(
                value=label(answer),
                leads_to=_outcome(rulebook, outcome, facts, {name: value})
                + (REST if apart is not outcomes and outcome[1] in DECIDED else ""),
            )
            for value, outcome in apart
            for answer in told_by.get(value.text(), ())
        ),
        needs=(facts.need.id,),
    )


def _in_plain_terms(findings: Findings, name: str) -> tuple[str, dict[str, tuple[Value, ...]]]:
    """The fact to ask about for one that a person would have to conclude: a plain one of which each answer
    tells what is usual for the other, with the answers that tell each value of it; else the fact itself."""
    for plain, ends in _telling(findings, name).items():
        values = answers_of(findings.rulebook, plain)
        if values and all(value.text() in ends for value in values):
            return plain, {
                end: tuple(members) for end, members in grouped((ends[v.text()], v) for v in values).items()
            }
    return name, {value.text(): (value,) for value in answers_of(findings.rulebook, name)}


def _telling(findings: Findings, name: str) -> dict[str, dict[str, str]]:
    """The unknown facts that alone may tell the usual value of a fact, as all else of that usual case
    holds: for each of their values the one that it tells."""
    facts, rulebook = findings.facts, findings.rulebook
    telling: dict[str, dict[str, str]] = {}
    for usual in rulebook.facts[name].usual if name in rulebook.facts else ():
        tests = [test for condition in usual.when for test in leaf_tests(condition)]
        left = [test for test in tests if isinstance(test, Is) and facts.truth(test) == UNDECIDED]
        if len(left) == 1 and all(possible(condition, facts) for condition in usual.when):
            values = telling.setdefault(left[0].fact, {})
            values.update({word: usual.value for word in left[0].values if word not in values})
    return telling


def _differ(outcomes: Outcomes) -> bool:
    return len({decided for _, decided in outcomes}) > 1


def _told_apart(
    findings: Findings, names: Iterable[str], answers: Mapping[str, tuple[Value, ...]]
) -> dict[str, Outcomes]:
    """Where each answer to some questions leads under those answers to the other questions that tell most of
    them apart; empty where none does, or the only question is this one."""
    ways = {name: _ways_to_answer_others(name, answers) for name in names}
    changes = [{**way, name: value} for name in ways for way in ways[name] for value in answers[name]]
    decided = iter(decided_with(findings, changes) if changes else ())
    told_apart = {}
    for name in ways:
        ends = [[(value, next(decided)) for value in answers[name]] for _ in ways[name]]
        apart = [outcomes for outcomes in ends if _differ(outcomes)]
        told_apart[name] = max(
            apart, key=lambda each: sum(status in DECIDED for _, (_, status) in each), default=[]
        )
    return told_apart


def _ways_to_answer_others(name: str, answers: Mapping[str, tuple[Value, ...]]) -> list[dict[str, Value]]:
    """The ways to answer every question but one; of more than can be judged at once with its own answers the
    first."""
    others = [fact for fact in answers if fact != name]
    most = max(MOST_COMPLETIONS // max(len(answers[name]), 1), 1)
    given = islice(product(*(answers[fact] for fact in others)), most)
    return [dict(zip(others, each, strict=True)) for each in given]


def _is_stated(facts: Facts, name: str) -> bool:
    value = facts.get(name)
    return value is not None and value.origin == "told"


STILL = ", still "
"""Between the way to which an answer leads and what it leaves open."""
REST = ", once the rest is settled"
"""Behind the way to which an answer leads only with the answers to other questions."""
STATES = {"state": "Which is our own State?", "with": "Which is the other State?"}
"""What is asked for each side of a need."""
OF_PROVIDER = "Which is the other State? Look up where the company is established that answers for {}."
"""What is asked for the other State where a service is named."""


def states_to_name(facts: Facts) -> tuple[Question, ...]:
    """The questions for the States of a need that are not named: without both, no law between them is
    known."""
    named = {"state": facts.own, "with": facts.partner}
    service = facts.get(NAMED_PROVIDER)
    where = OF_PROVIDER.format(service.text()) if service is not None and service.text() else STATES["with"]
    asked = STATES | {"with": where}
    return tuple(
        Question(fact=name, asks=asks, why=(), answers=(), needs=(facts.need.id,))
        for name, asks in asked.items()
        if named[name] is None
    )


def ask(rulebook: Rulebook, name: str, kind: str = "request") -> str:
    """The plain question for a fact or a tie, worded for the side that answers in this kind of need."""
    if name.startswith(TIE):
        instrument = rulebook.instruments[name.removeprefix(TIE)]
        if instrument.kind == NETWORK:
            return f"Do both States take part in {instrument.name}?"
        return f"Does {instrument.name} bind both States?"
    return rulebook.facts[name].question(kind)


def label(value: Value) -> str:
    return value.text() or "none"


def rules_waiting(findings: Findings, name: str) -> tuple[str, ...]:
    """The rules that wait for a fact before they close or bar a way, or conclude something."""
    tested = findings.rulebook.tested_facts
    return tuple(rule.id for rule in findings.undecided_rules if name in tested[rule.id])[:3]


def _outcome(rulebook: Rulebook, decided: Decided, facts: Facts, given: dict[str, Value]) -> str:
    """Where an answer leads: the way, with what the answer says of it; where none is left, what is done."""
    primary, status = decided
    pathway = rulebook.pathways[primary]
    name = pathway.name
    way = manner(pathway, overlaid(facts, given))
    if primary == rulebook.last_resort:
        action = str(way.get("action") or "")
        return name if action in _usual(pathway) else action
    stands = str(way.get("stands") or "")
    if stands and stands != manner(pathway, facts).get("stands"):
        name = f"{name} ({small_first(stands)})"
    return name if status in DECIDED else f"{name}{STILL}{status}"


def _usual(pathway: Pathway) -> set[str]:
    """The titles of a step where nothing in the case words it otherwise."""
    sides = (pathway.card, pathway.card.get("answering"), pathway.card.get("sharing"))
    return {str(side.get("action") or "") for side in sides if isinstance(side, Mapping)}
