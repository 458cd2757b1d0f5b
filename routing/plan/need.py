"""One need's findings read into its answer: primary, alternatives, steps, exclusions and terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.domain import ASSUMED_MAIN_STEP, CONSULT, DELIVER
from routing.core.grouping import grouped
from routing.core.records import Record, field, replace
from routing.evaluate.findings import Findings
from routing.plan.applicable import applicable, cited, footing_of, shown, unsettled
from routing.plan.manner import manner
from routing.plan.model import (
    Alternative,
    Certainty,
    CodedTerm,
    Exclusion,
    NeedAnswer,
    Primary,
    Shut,
    Status,
    SupportingFact,
    Warned,
)
from routing.plan.primary import lead_route
from routing.plan.shut_channels import ShutBy
from routing.plan.terms import is_settled, limits_of_steps, terms
from routing.rulebook.lower import CURABLE
from routing.rulebook.model import STEP_FORMS, Rule

Term = TypeVar("Term", CodedTerm, Warned)


class DraftStep(Record):
    """A step of one need before the needs are joined."""

    pathway: str
    route: str
    role: str
    certainty: Certainty
    why: tuple[str, ...]
    because: tuple[SupportingFact, ...]
    waits_for: tuple[str, ...] = ()
    after: tuple[str, ...] = ()  # pathways of the same need
    together: tuple[str, ...] = ()
    urgency: int = 0  # 0 where it can wait; of those that start at once the lowest goes first


class NeedPlan(Record):
    """Everything the plan takes from one need."""

    findings: Findings
    answer: NeedAnswer
    drafts: tuple[DraftStep, ...]
    excluded: tuple[Exclusion, ...]
    warnings: tuple[Warned, ...]
    duties: tuple[CodedTerm, ...]
    limits: dict[str, tuple[CodedTerm, ...]] = field(
        default_factory=dict
    )  # by pathway; "" for the need as a whole
    bearing: tuple[
        str, ...
    ] = ()  # the facts that make the main step, the other steps and the terms what they are
    shut: tuple[ShutBy, ...] = ()  # the presumptions that keep a channel shut
    past_horizon: Warned | None = None  # that a list on which a step rests is old


def plan_need(findings: Findings, status: Status, primary: str) -> NeedPlan:
    """Read the findings; they were made with `primary` taken as the main step where it was undecided.

    A need whose primary is not sure counts as not settled here; whether every answer to what it waits for
    leads to the same is for the plan to ask.
    """
    pathway = findings.rulebook.pathways[primary]
    certainty: Certainty = "confirmed" if findings.surely(conclusion.primary(primary)) else "conditional"
    waits = _waits(findings, primary) if certainty == "conditional" else ()
    need = findings.facts.need
    answer = NeedAnswer(
        id=need.id,
        kind=need.kind,
        measure=need.measure,
        partner=need.partner,
        status=status,
        settled=status in ("routed", "no_lawful_route"),
        primary=Primary(
            pathway=primary, route=lead_route(findings, primary), family=pathway.family, certainty=certainty
        ),
        alternatives=tuple(_alternatives(findings, primary)),
        waits_for=waits,
        open_anyway=bool(waits) and findings.surely(conclusion.delivers(primary)),
    )
    drafts = tuple(_ordered(findings, list(_drafts(findings, primary, certainty, waits))))
    return NeedPlan(
        findings,
        replace(answer, first=_first(findings, drafts), stands=_stands(findings, primary)),
        drafts,
        tuple(_excluded(findings, {draft.pathway for draft in drafts})),
        tuple(_said_alike(findings, warnings_of_rules(findings))),
        tuple(_said_alike(findings, duties_of_rules(findings))),
        limits_of_steps(findings, [(draft.pathway, draft.role) for draft in drafts]),
    )


def _first(findings: Findings, drafts: tuple[DraftStep, ...]) -> str:
    """What a step that starts at once has to be told before all else, the main step first; empty where none
    has."""
    for draft in drafts:
        if draft.urgency:
            first = manner(findings.rulebook.pathways[draft.pathway], findings.facts).get("first")
            if first:
                return str(first)
    return ""


def _stands(findings: Findings, primary: str) -> str:
    """How the main step stands where what was told speaks against it; empty where nothing does."""
    return str(manner(findings.rulebook.pathways[primary], findings.facts).get("stands", ""))


def supporting_facts(findings: Findings, names: tuple[str, ...]) -> tuple[SupportingFact, ...]:
    """Facts by name with their values and origins."""
    supporting = []
    for name in names:
        value = findings.facts.get(name)
        if value is not None and name != ASSUMED_MAIN_STEP:
            supporting.append(
                SupportingFact(fact=name, value=value.text(), origin=value.origin, source=value.source)
            )
    return tuple(supporting)


def _waits(findings: Findings, primary: str) -> tuple[str, ...]:
    atoms = [conclusion.primary(way) for way in findings.candidates] or [conclusion.primary(primary)]
    names = dict.fromkeys(name for atom in atoms for name in findings.open_facts(AtomRef(atom)))
    return tuple(names)


def _alternatives(findings: Findings, primary: str) -> Iterator[Alternative]:
    for way in findings.ways[:-1]:
        surely, possibly = findings.truth(conclusion.delivers(way))
        if way != primary and possibly:
            yield Alternative(
                pathway=way,
                family=findings.rulebook.pathways[way].family,
                certainty="confirmed" if surely else "conditional",
                waits_for=() if surely else findings.open_facts(AtomRef(conclusion.delivers(way))),
            )


def _drafts(
    findings: Findings, primary: str, certainty: Certainty, waits: tuple[str, ...]
) -> Iterator[DraftStep]:
    because = supporting_facts(
        findings, findings.support(AtomRef(conclusion.primary(primary))) if certainty == "confirmed" else ()
    )
    yield DraftStep(
        primary,
        lead_route(findings, primary),
        DELIVER,
        certainty,
        (f"ways.{findings.facts.need.measure}",),
        because,
        waits,
    )
    drafts: dict[tuple[str, str], DraftStep] = {}
    for form in STEP_FORMS:
        for rule in findings.fired_rules(form):
            for way in _ways(findings, rule):
                if way == primary or way == findings.rulebook.last_resort:
                    continue
                surely = findings.surely(conclusion.available(way))
                draft = DraftStep(
                    way,
                    lead_route(findings, way),
                    rule.role,
                    "confirmed" if surely else "conditional",
                    (rule.id,),
                    supporting_facts(findings, findings.support(rule.when)),
                    () if surely else findings.open_facts(AtomRef(conclusion.available(way))),
                )
                earlier = drafts.get((way, rule.role))
                if earlier is not None:
                    draft = replace(
                        earlier,
                        why=(*earlier.why, rule.id),
                        because=tuple(dict.fromkeys((*earlier.because, *draft.because))),
                    )
                drafts[way, rule.role] = draft
    yield from _one_role_each(findings, drafts.values())


def _one_role_each(findings: Findings, drafts: Iterable[DraftStep]) -> Iterator[DraftStep]:
    """A pathway called for in several parts is one step, in the earliest part."""
    order = list(findings.rulebook.roles)
    by_pathway: dict[str, DraftStep] = {}
    for draft in sorted(drafts, key=lambda draft: order.index(draft.role)):
        first = by_pathway.get(draft.pathway)
        by_pathway[draft.pathway] = (
            draft if first is None else replace(first, why=tuple(dict.fromkeys((*first.why, *draft.why))))
        )
    yield from by_pathway.values()


def _ways(findings: Findings, rule: Rule) -> tuple[str, ...]:
    possible = [way for way in rule.values if findings.possibly(conclusion.step(rule.id, way))]
    if rule.form == "include":
        return tuple(possible)
    sure = [way for way in possible if findings.surely(conclusion.available(way))]
    return tuple((sure or possible)[:1])


def _ordered(findings: Findings, drafts: list[DraftStep]) -> Iterator[DraftStep]:
    """Add the order between the steps of the need, what starts together, and what starts at once.

    A step waits where the roles or a rule put another first. One that starts at once waits only where a rule
    says so, and only for a step that starts at once too. If that one asks for leave, it starts after the
    answer. Where several rules list what starts at once, their lists go on in the order in which they are
    written.
    """
    present = {draft.pathway for draft in drafts}
    written = sorted(findings.fired_rules("at_once"), key=lambda rule: (rule.file, rule.line))
    listed = dict.fromkeys(way for rule in written for way in rule.values)
    at_once = {way: number for number, way in enumerate((way for way in listed if way in present), 1)}
    together: dict[str, set[str]] = {}
    for rule in findings.fired_rules("together"):
        for first in present & set(rule.values):
            for second in present & set(rule.over) - {first}:
                together.setdefault(first, set()).add(second)
                together.setdefault(second, set()).add(first)
    before: dict[str, set[str]] = {draft.pathway: set() for draft in drafts}
    for earlier in drafts:
        for later in drafts:
            if (
                earlier.certainty == "confirmed"
                and later.pathway not in at_once
                and findings.rulebook.by_roles(earlier.pathway, earlier.role, later.pathway, later.role)
            ):
                before[later.pathway].add(earlier.pathway)
    for rule in findings.fired_rules("before"):
        for over in present & set(rule.over):
            first_steps = present & set(rule.values) - {over}
            before[over] |= first_steps & at_once.keys() if over in at_once else first_steps
    asking = {draft.pathway for draft in drafts if draft.role == CONSULT}
    for draft in drafts:
        mates = together.get(draft.pathway, set())
        yield replace(
            draft,
            after=tuple(sorted(before[draft.pathway] - mates)),
            together=tuple(sorted(mates)),
            urgency=0 if asking & before[draft.pathway] - mates else at_once.get(draft.pathway, 0),
        )


def _excluded(findings: Findings, planned: set[str]) -> Iterator[Exclusion]:
    """Pathways with a basis, or tried in vain, that a rule surely takes away, for this measure or for police
    as a whole."""
    rulebook = findings.rulebook
    in_vain = (
        rulebook.measures[findings.facts.need.measure].not_by if findings.facts.need.kind == "request" else ()
    )
    held = {
        rule.id
        for pathway in planned
        if findings.possibly(conclusion.available(pathway))
        for rule in findings.blocking_rules(pathway)
        if rule.form == "close" and rule.how == CURABLE
    }
    police_told = findings.surely(conclusion.DANGER) and any(
        rulebook.pathways[way].informal for way in planned
    )
    for pathway in rulebook.pathways.values():
        if pathway.id in planned and findings.surely(conclusion.main(pathway.id)):
            continue
        rules = list(findings.blocking_rules(pathway.id))
        if not rules:
            continue
        relevant = pathway.id in findings.ways or pathway.informal or pathway.id in planned
        closing = [rule for rule in rules if rule.form == "close"]
        if not (closing and pathway.id in in_vain) and not (
            relevant and any(findings.based(route.id) for route in pathway.routes)
        ):
            continue
        if closing and {rule.id for rule in closing} <= held:
            continue  # what the main step waits for is told there
        if not closing and pathway.id not in findings.ways and pathway.id != _front(findings):
            continue
        if not closing and pathway.id not in findings.ways and police_told:
            continue  # in danger police are in the plan, by a channel of theirs
        yield _exclusion(
            findings, pathway.id, None, closing or rules, "closed" if closing else "not_the_last_step"
        )
    closed = ((target, rule) for rule in findings.fired_rules("close") for target in rule.targets)
    for route_id, rules in sorted(grouped(pair for pair in closed if "/" in pair[0]).items()):
        pathway_id = rulebook.routes[route_id].pathway
        if findings.based(route_id) and pathway_id in (*findings.ways, *planned):
            yield _exclusion(findings, pathway_id, route_id, rules, "closed")


def _front(findings: Findings) -> str:
    """The plain police channel, which people try first."""
    return findings.rulebook.groups.get("police_channels", ("",))[0]


def _exclusion(
    findings: Findings,
    pathway: str,
    route: str | None,
    rules: list[Rule],
    how: Shut,
) -> Exclusion:
    if findings.facts.need.kind == "request":
        # who asks hears what the States or the act bar before what a decision at home could still open
        rules = sorted(rules, key=lambda rule: rule.how == CURABLE)
    facts = tuple(dict.fromkeys(name for rule in rules for name in findings.support(rule.when)))
    basis = applicable(findings, rules[0].basis)
    return Exclusion(
        pathway=pathway,
        route=route,
        need=findings.facts.need.id,
        how=how,
        says=rules[0].says,
        why=tuple(rule.id for rule in rules),
        basis=basis,
        unsettled=unsettled(findings, basis),
        because=supporting_facts(findings, facts),
    )


def _said_alike(findings: Findings, terms: Iterable[Term]) -> Iterator[Term]:
    """The duties or warnings of a need; where several rules say the same, without a convention that is not
    shown to cover the case beside another rule's that does."""
    for alike in grouped(((term.code, term.says), term) for term in terms).values():
        if len(alike) == 1:
            yield from alike
            continue
        best = set(shown(findings, tuple(dict.fromkeys(ref for term in alike for ref in term.basis))))
        for term in alike:
            basis = tuple(ref for ref in term.basis if ref in best)
            if basis or not term.basis:
                yield replace(
                    term, basis=basis, unsettled=tuple(ref for ref in term.unsettled if ref in best)
                )


def warnings_of_rules(findings: Findings) -> Iterator[Warned]:
    """What every rule that fires warns of, each by itself."""
    codes = findings.rulebook.warnings
    for rule in findings.fired_rules("warn"):
        yield from _warned(findings, rule, rule.values)
    for form in STEP_FORMS:
        for rule in findings.fired_rules(form):
            if rule.if_none and findings.surely(conclusion.no_step(rule.id)):
                yield from _warned(findings, rule, (codes[rule.if_none].id,))


def _warned(findings: Findings, rule: Rule, names: tuple[str, ...]) -> Iterator[Warned]:
    basis = cited(findings, rule)
    for name in names if basis is not None else ():
        code = findings.rulebook.warnings[name]
        if is_settled(findings, code):
            continue
        yield Warned(
            code=code.id,
            level=code.level,
            says=code.wording(findings.facts.need.kind),
            why=rule.id,
            basis=basis or (),
            unsettled=unsettled(findings, basis or ()),
            standing=footing_of(rule, basis or ()),
            needs=(findings.facts.need.id,),
        )


def duties_of_rules(findings: Findings) -> Iterator[CodedTerm]:
    """The duties of every rule that fires, each by itself."""
    for rule in findings.fired_rules("duty"):
        yield from terms(findings, rule, needs=(findings.facts.need.id,))
