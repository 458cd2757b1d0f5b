"""The one question to ask next: the unknown fact whose answer settles most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product

from routing.case.facts import Facts, Value
from routing.core import conclusion
from routing.core.domain import Pathway
from routing.core.kinds import NETWORK
from routing.core.remembered import MadeOf
from routing.evaluate.findings import Findings
from routing.evaluate.stated_ties import with_settled_ties
from routing.plan.applicable import applicable, unsettled
from routing.plan.manner import manner
from routing.plan.model import Answer, Question
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE, TIE_VALUES

MOST_COMPLETIONS = 64
Decided = tuple[str, str]  # primary, status
Outcomes = list[tuple[Value, Decided]]
"""Where each answer to a question leads."""
DECIDED = ("routed", "no_lawful_route")


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
        Question(
            fact=name,
            asks=ask(findings.rulebook, name, findings.facts.need.kind),
            why=(why := rules_waiting(findings, name)),
            basis=(basis := applicable(findings, findings.rulebook.rule[why[0]].basis) if why else ()),
            unsettled=unsettled(findings, basis),
            answers=tuple(
                Answer(
                    value=label(value),
                    leads_to=_outcome(findings.rulebook, outcome, findings.facts, {name: value})
                    + (REST if apart is not outcomes and outcome[1] in DECIDED else ""),
                )
                for value, outcome in apart
            ),
            needs=(findings.facts.need.id,),
        )
        for _, _, name, outcomes, apart in sorted(scored, key=lambda item: item[:3])[:limit]
    )


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


def states_to_name(facts: Facts) -> tuple[Question, ...]:
    """The questions for the States of a need that are not named: without both, no law between them is
    known."""
    named = {"state": facts.own, "with": facts.partner}
    return tuple(
        Question(fact=name, asks=asks, why=(), answers=(), needs=(facts.need.id,))
        for name, asks in STATES.items()
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


def answers_of(rulebook: Rulebook, name: str) -> tuple[Value, ...]:
    """One value for each answer that can differ: for a number, one for each stretch between cut-points."""
    made = _answers(rulebook)
    if name not in made:
        made[name] = tuple(_answers_of(rulebook, name))
    return made[name]


_answers: MadeOf[Rulebook, dict[str, tuple[Value, ...]]] = MadeOf(4, lambda _: {})


def _answers_of(rulebook: Rulebook, name: str) -> Iterator[Value]:
    if name.startswith(TIE):
        yield from (Value(frozenset({status})) for status in TIE_VALUES if status != "signed")
        return
    fact = rulebook.facts[name]
    if fact.type == "number":
        cuts = cut_points(rulebook, name)
        yield from (Value(number=number) for number in sorted({max(min(cuts, default=1) - 1, 0), *cuts}))
    elif fact.type in ("choice", "many"):
        yield from (Value(frozenset({word})) for word in fact.values)


def cut_points(rulebook: Rulebook, name: str) -> tuple[int, ...]:
    """The bounds that rules test a number against."""
    return rulebook.bounds.get(name, ())


def decided_with(findings: Findings, changes: Sequence[Mapping[str, Value]]) -> list[Decided]:
    """The primary and status under each set of other values, all of them judged at once; see `primary_of`."""
    from routing.evaluate.batch import BatchEvaluator  # only what is open needs it

    rulebook = findings.rulebook
    variants = BatchEvaluator.of(rulebook.heads, findings.facts, changes)
    last = rulebook.last_resort
    primary = [(way, *variants.atom(conclusion.primary(way))) for way in findings.ways]

    @cache
    def stated(way: str) -> int:
        """The variants in which a way may be open though every tie that is not known did not bind."""
        bits = 0
        for route in rulebook.pathways[way].routes:
            opens = variants.truth(with_settled_ties(route.opens))[1]
            bits |= opens & variants.atom(conclusion.available(route.id))[1]
        return bits

    decided: list[Decided] = []
    for place in range(variants.count):
        bit = 1 << place
        sure = next((way for way, surely, _ in primary if surely & bit), None)
        open_ways = [way for way, _, possibly in primary if possibly & bit and way != last]
        if sure is not None or not open_ways:
            way = sure or last
            decided.append((way, "no_lawful_route" if way == last else "routed"))
            continue
        families = {rulebook.pathways[way].family for way in open_ways}
        able = [way for way in open_ways if variants.atom(conclusion.delivers(way))[0] & bit]
        able += [way for way in open_ways if stated(way) & bit]
        status = "conditional" if len(families) == 1 else "undecided"
        decided.append(((*able, *open_ways)[0], status))
    return decided


def overlaid(facts: Facts, given: Mapping[str, Value | None]) -> Facts:
    """The facts with some values replaced (None: unknown); what depends on looked-up values is read anew."""
    base = facts.get

    def look_up(name: str, _: Facts) -> Value | None:
        return given[name] if name in given else base(name)

    return Facts(
        facts.need, facts.requesting, facts.requested, facts.own, facts.partner, facts.as_of, {}, look_up
    )


def same_everywhere(findings: Findings, waits: tuple[str, ...]) -> bool:
    """Whether the primary is the same, and decided, under every way of answering what it waits for."""
    choices = [answers_of(findings.rulebook, name) for name in waits]
    count = 1
    for choice in choices:
        count *= max(len(choice), 1)
    if not waits or count > MOST_COMPLETIONS:
        return False
    changes = [dict(zip(waits, values, strict=True)) for values in product(*choices)]
    outcomes = decided_with(findings, changes)
    return len({primary for primary, _ in outcomes}) == 1 and all(status in DECIDED for _, status in outcomes)


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
        name = f"{name} ({stands[0].lower()}{stands[1:]})"
    return name if status in DECIDED else f"{name}{STILL}{status}"


def _usual(pathway: Pathway) -> set[str]:
    """The titles of a step where nothing in the case words it otherwise."""
    sides = (pathway.card, pathway.card.get("answering"), pathway.card.get("sharing"))
    return {str(side.get("action") or "") for side in sides if isinstance(side, Mapping)}
