"""From a case to a plan: findings for each need, joined, ordered and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal, TypeVar

from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.domain import LEVELS, UNKNOWN
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.core.unsearched import unsearched
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.law import Law
from routing.plan import may_bind
from routing.plan.applicable import applicable, unsettled
from routing.plan.language import language_duties
from routing.plan.last_seen import last_seen_assumption
from routing.plan.late import late
from routing.plan.model import (
    LAW,
    WORST_FIRST,
    Assumption,
    CodedTerm,
    Contested,
    Future,
    Plan,
    Question,
    RulebookMark,
    Status,
    Unknown,
    Warned,
)
from routing.plan.need import NeedPlan
from routing.plan.primary import primary_of
from routing.plan.steps import join
from routing.plan.unweighed import unweighed
from routing.plan.weighed import weighed
from routing.rulebook.model import Rule
from routing.rulebook.parse.conditions import TIE

NOTICE = "A central authority or prosecutor confirms the route."
Coded = TypeVar("Coded", Warned, CodedTerm)
NOTE = LEVELS.index("note")
AT_TOP = -1
"""How grave it is what a page says at its top: before every warning."""


def findings_of(
    case: Case, need: Need, judge: CrossCheckedEvaluator, law: Law, as_of: date
) -> tuple[Findings, str, Status]:
    """The findings of a need, the pathway shown as primary, and the status.

    Where the primary is undecided the rules run once more with that pathway taken as the main
    step, so that its terms are known.
    """
    findings = judge.findings(facts_for(case, need, judge.rulebook, law, as_of))
    primary, status = primary_of(findings)
    if not findings.surely(conclusion.primary(primary)):
        findings = judge.findings(findings.facts.taking(primary), first=findings)
    return findings, primary, status


Check = Callable[[NeedPlan, Case, Law], None]


@unsearched()
def build_plan(
    case: Case, judge: CrossCheckedEvaluator, law: Law, as_of: date, check: Check | None = None
) -> Plan:
    """The plan for every need of a case on a day. check: called for every need before anything is shown."""
    rulebook = judge.rulebook
    judge.prepare(case.needs)
    # Measures of one group share most of their rule sets, and are weighed one after another.
    place = {measure: number for number, measure in enumerate(rulebook.measures)}
    by_need: dict[str, tuple[NeedPlan, tuple[Question, ...]]] = {}
    for need in sorted(case.needs, key=lambda need: (place[need.measure], need.kind)):
        plan, _ = by_need[need.id] = weighed(*findings_of(case, need, judge, law, as_of), law)
        if check is not None:
            check(plan, case, law)
        if len(case.needs) > 1:  # of a hundred needs, what their conditions came to would take much room
            plan.findings.reference.forget_conditions()
    plans = [by_need[need.id][0] for need in case.needs]
    answers = tuple(plan.answer for plan in plans)
    plans.sort(
        key=lambda plan: plan.answer.id
    )  # what is told of all needs together must not hang on their order
    steps = join(tuple(plans), rulebook, law, as_of)
    regional = may_bind.leads(plans, law)
    return Plan(
        title=case.title,
        state=case.state,
        as_of=as_of,
        rulebook=RulebookMark(
            version=rulebook.version, hash=rulebook.hash, source="rules", overlays=rulebook.overlays
        ),
        status=next(status for status in WORST_FIRST if any(answer.status == status for answer in answers)),
        needs=answers,
        steps=steps,
        excluded=tuple(exclusion for plan in plans for exclusion in plan.excluded),
        warnings=_merged(
            (
                *_late(plans, as_of),
                *(warning for plan in plans for warning in plan.warnings),
                *(plan.past_horizon for plan in plans if plan.past_horizon is not None),
                *may_bind.warnings_of(regional),
            )
        ),
        obligations=tuple(
            _as_settled(duty, plans)
            for duty in language_duties(
                steps,
                _merged((*(duty for plan in plans for duty in plan.duties), *may_bind.duties_of(regional))),
                case.state,
                law,
            )
        ),
        questions=_joined_questions(question for need in case.needs for question in by_need[need.id][1]),
        assumptions=_assumptions(plans),
        unknowns=_unknowns(plans),
        contested=_contested(plans),
        future=_future(plans, law),
        data_reach=_reach(plans, law),
        data_sources=_sources(plans, law),
        strict_dates=law.strict_dates,
        unweighed=unweighed(case, (plan.findings for plan in plans)),
        notes=case.notes,
        notice=NOTICE,
    )


def _late(plans: list[NeedPlan], as_of: date) -> tuple[Warned, ...]:
    return tuple(warning for plan in plans if (warning := late(plan, as_of)) is not None)


def _merged(items: Iterable[Coded]) -> tuple[Coded, ...]:
    """One line for each code and way to say it, naming every need it concerns; the gravest first.

    What the law says and practice says too is told by the law.
    """
    merged = {
        key: replace(
            same[0],
            needs=tuple(dict.fromkeys(need for item in same for need in item.needs)),
            basis=tuple(dict.fromkeys(ref for item in same for ref in item.basis)),
            unsettled=_unsettled_in_all(same),
        )
        for key, alike in grouped(((item.code, item.says), item) for item in items).items()
        for same in [sorted(alike, key=lambda item: item.standing != LAW)]
    }
    return tuple(sorted(merged.values(), key=lambda item: LEVELS.index(getattr(item, "level", "note"))))


def _unsettled_in_all(items: Iterable[Coded]) -> tuple[str, ...]:
    """The provisions of which every item that names them leaves open whether they apply."""
    items = tuple(items)
    settled = {ref for item in items for ref in item.basis if ref not in item.unsettled}
    return tuple(dict.fromkeys(ref for item in items for ref in item.unsettled if ref not in settled))


def _as_settled(duty: CodedTerm, plans: list[NeedPlan]) -> CodedTerm:
    """A duty with those provisions that each of its needs leaves open, where none was looked at yet."""
    open_ = [unsettled(plan.findings, duty.basis) for plan in plans if plan.answer.id in duty.needs]
    if duty.unsettled or not open_:
        return duty
    return replace(duty, unsettled=tuple(ref for ref in duty.basis if all(ref in refs for refs in open_)))


def _joined_questions(asked: Iterable[Question]) -> tuple[Question, ...]:
    by_fact: dict[str, Question] = {}
    for question in asked:
        old = by_fact.get(question.fact)
        by_fact[question.fact] = (
            question if old is None else replace(old, needs=(*old.needs, *question.needs))
        )
    return tuple(by_fact.values())


def _unknowns(plans: list[NeedPlan]) -> tuple[Unknown, ...]:
    """Core facts, and facts said to be unknown, that alone keep open a warning, or what a page would say at
    its top, which the plan does not give anyway; the gravest first."""
    unknowns: dict[str, Unknown] = {}
    may_come: dict[str, dict[str, int]] = {}
    for plan in plans:
        findings = plan.findings
        kind = findings.facts.need.kind
        given = {warned.code for warned in plan.warnings} | {duty.code for duty in plan.duties}
        for rule, says in _open_words(findings):
            if findings.surely(conclusion.fired(rule.id)):
                continue
            hinges = findings.open_facts(AtomRef(conclusion.fired(rule.id)))
            fact = findings.rulebook.facts.get(hinges[0]) if len(hinges) == 1 else None
            if (
                fact is None
                or not (fact.core or _said_unknown(plan, fact.id))
                or all(code in given or says[code][1] == NOTE for code in rule.values)
            ):
                continue
            old = unknowns.get(fact.id) or Unknown(
                fact=fact.id, asks=fact.question(kind), may_come=(), why=()
            )
            graves = may_come.setdefault(fact.id, {})
            graves.update(says[code] for code in rule.values)
            spared = (*old.does_not_stop, *_never_closed_by(plan, fact.id))
            unknowns[fact.id] = replace(
                old,
                does_not_stop=tuple({spared_step.why: spared_step for spared_step in spared}.values()),
                may_come=tuple(sorted(graves, key=graves.__getitem__)),
                why=tuple(dict.fromkeys((*old.why, rule.id))),
                needs=tuple(dict.fromkeys((*old.needs, plan.answer.id))),
            )
    return tuple(sorted(unknowns.values(), key=lambda it: (min(may_come[it.fact].values()), it.fact)))


def _open_words(findings: Findings) -> Iterator[tuple[Rule, dict[str, tuple[str, int]]]]:
    """The rules that may yet warn or say what stands at the top of a page; for each of their codes the
    sentence, and how grave it is."""
    kind = findings.facts.need.kind
    top = findings.rulebook.page.get("said_at_top", ())
    for rule in findings.fired_rules("duty", surely=False):
        if set(rule.values) <= set(top):
            duties = findings.rulebook.duties
            yield rule, {code: (duties[code].wording(kind), AT_TOP) for code in rule.values}
    for rule in findings.fired_rules("warn", surely=False):
        codes = findings.rulebook.warnings
        yield (
            rule,
            {code: (codes[code].wording(kind), LEVELS.index(codes[code].level)) for code in rule.values},
        )


def _never_closed_by(plan: NeedPlan, fact: str) -> tuple[CodedTerm, ...]:
    """What the rules say of the steps of a plan that this fact, whatever it turns out to be, never closes."""
    planned = {draft.pathway for draft in plan.drafts}
    guards = (
        (guard, applicable(plan.findings, guard.basis))
        for guard in plan.findings.rulebook.guards
        if fact in guard.values and planned & set(guard.targets)
    )
    return tuple(
        CodedTerm(
            code="never",
            says=guard.says,
            basis=basis,
            unsettled=unsettled(plan.findings, basis),
            why=guard.id,
        )
        for guard, basis in guards
    )


def _said_unknown(plan: NeedPlan, fact: str) -> bool:
    return plan.findings.facts.need.facts.get(fact) == UNKNOWN


def _assumptions(plans: list[NeedPlan]) -> tuple[Assumption, ...]:
    """What was presumed, stipulated or as last seen, and bears on what the plan holds."""
    assumptions: dict[tuple[str, str, date | None], Assumption] = {}
    for plan in plans:
        facts = plan.findings.facts
        for name in plan.bearing:
            value = facts.get(name)
            if value is None:
                continue
            day = value.as_last_seen.day if value.as_last_seen else None
            key = (name, value.text(), day)
            old = assumptions.get(key)
            needs = (*(old.needs if old else ()), facts.need.id)
            origin = _assumed(value.origin)
            if origin is not None:
                assumptions[key] = Assumption(
                    fact=name, value=value.text(), because=value.source, origin=origin, needs=needs
                )
            elif (item := last_seen_assumption(name, value, needs)) is not None:
                assumptions[key] = item
        for shut in plan.shut:
            key = (shut.fact, shut.value, None)
            old = assumptions.get(key)
            opens = f"{shut.because.rstrip('.')}. Another answer could open: {', '.join(shut.opens)}."
            needs = tuple(dict.fromkeys((*(old.needs if old else ()), shut.need)))
            assumptions[key] = Assumption(
                fact=shut.fact, value=shut.value, because=opens, origin="presumed", needs=needs
            )
    return tuple(assumptions.values())


def _assumed(origin: str) -> Literal["presumed", "stipulated"] | None:
    """The origin of a value that a plan tells as assumed."""
    return "presumed" if origin == "presumed" else "stipulated" if origin == "stipulated" else None


def _contested(plans: list[NeedPlan]) -> tuple[Contested, ...]:
    """Contested rules that decided something about a pathway of the plan, one that could deliver, or one that
    is told to be closed."""
    contested = {}
    for plan in plans:
        near = (
            {draft.pathway for draft in plan.drafts}
            | set(plan.findings.ways)
            | {item.pathway for item in plan.excluded}
        )
        for rule in plan.findings.rulebook.contested:
            if not plan.findings.surely(conclusion.fired(rule.id)):
                continue
            touched = {target.split("/")[0] for target in rule.targets}
            if not touched or touched & near:
                contested[rule.parent] = Contested(
                    rule=rule.parent,
                    a=rule.views.get("a", ""),
                    b=rule.views.get("b", ""),
                    default=rule.views.get("default", ""),
                )
    return tuple(contested.values())


def _future(plans: list[NeedPlan], law: Law) -> tuple[Future, ...]:
    """Instruments that the rules for the need ask about and that are only signed; with which State, where the
    plan has several."""
    partners = {plan.findings.facts.partner for plan in plans}
    signed: dict[str, dict[str, None]] = {}
    shorts: dict[str, str] = {}
    for plan in plans:
        instruments, facts = plan.findings.rulebook.instruments, plan.findings.facts
        partner = facts.partner
        for name in sorted(name for name in plan.findings.bearing if name.startswith(TIE)):
            value = facts.get(name)
            if value is not None and value.words == {"signed"}:
                shorts[name] = instruments[name.removeprefix(TIE)].short
                signed.setdefault(name, {})[law.states.name(partner) if partner else ""] = None
    return tuple(
        Future(
            instrument=shorts[name],
            status="signed, not in force "
            + (f"with {' and '.join(filter(None, states))}" if len(partners) > 1 else "between these States"),
        )
        for name, states in signed.items()
    )


def _reach(plans: list[NeedPlan], law: Law) -> dict[str, str]:
    """The day that the membership data of each leading instrument reach."""
    reach: dict[str, str] = {}
    for plan in plans:
        for draft in plan.drafts:
            for ref in plan.findings.rulebook.routes[draft.route].lead[:1]:
                instrument = ref.split(" ")[0]
                day = law.reach(instrument) if instrument in law.instruments else None
                if day:
                    reach[plan.findings.rulebook.instruments[instrument].short] = str(day)
    return reach


def _sources(plans: list[NeedPlan], law: Law) -> dict[str, str]:
    """The official address of who is bound by each leading instrument, as far as one is known."""
    refs = [plan.findings.rulebook.routes[draft.route].lead[0] for plan in plans for draft in plan.drafts]
    instruments = [law.instruments[id] for ref in refs if (id := ref.split(" ")[0]) in law.instruments]
    return {entry.short: entry.status_url for entry in instruments if entry.reaches and entry.status_url}
