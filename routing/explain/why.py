"""Why a pathway stands where it stands in the answer for a need."""

from __future__ import annotations

from routing.core import conclusion
from routing.core.conditions import AtomRef, Not
from routing.core.domain import NEED_FACTS
from routing.evaluate.findings import Findings
from routing.explain.of_conditions import Reasons
from routing.explain.tree import Reason
from routing.law import Law
from routing.phrasing.of_facts import provisions
from routing.plan.primary import lead_route
from routing.rulebook.model import STEP_FORMS, Rule

MOST_RULES = 12


def why(findings: Findings, law: Law, pathway: str) -> Reason | None:
    """The chain from facts through rules to a pathway of the plan; None where it is not in the plan.

    findings: as the plan was built from them, with the main step taken where it is undecided.
    """
    reasons = Reasons(findings, law)
    name = findings.rulebook.pathways[pathway].name
    calling = [
        rule
        for form in STEP_FORMS
        for rule in findings.fired_rules(form)
        if findings.possibly(conclusion.step(rule.id, pathway))
    ]
    if findings.surely(conclusion.main(pathway)):
        sure = findings.surely(conclusion.primary(pathway))
        head = (
            f"{name} is the main step" if sure else f"{name} is shown as the main step; this is not settled"
        )
        parts = (*_call(reasons, pathway), *_open(reasons, pathway), *_why_not_those_before(reasons, pathway))
    elif calling:
        role = findings.rulebook.roles[calling[0].role]
        head = f"{name} is a supporting step ({role})"
        parts = (*(reasons.rule(rule, True) for rule in calling), *_open(reasons, pathway))
    elif findings.possibly(conclusion.delivers(pathway)):
        surely = findings.surely(conclusion.delivers(pathway))
        head = f"{name} {'could deliver this too' if surely else 'may deliver this'}; it is not the main step"
        parts = _open(reasons, pathway)
    else:
        return None
    return Reason(head, parts=parts)


def _call(reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    findings = reasons.findings
    measure = findings.rulebook.measures[findings.facts.need.measure]
    if pathway not in measure.ways:
        return (
            Reason("Nothing else delivers what is asked, so that it is adapted, declined or done at home"),
        )
    place = measure.ways.index(pathway) + 1
    because = f": {measure.because}" if measure.because else ""
    return (
        Reason(
            f"It is number {place} of the {len(measure.ways)} ways to obtain {measure.name}, best"
            f" first{because}"
        ),
    )


def _open(reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    """The basis, and what was looked at that could have excluded it."""
    findings = reasons.findings
    route = findings.rulebook.routes[lead_route(findings, pathway)]
    parts = []
    if findings.reference.truth(route.opens)[0]:
        parts.append(reasons.basis(route))
    else:
        parts.append(
            Reason(
                f"Basis, if it applies: {route.says}",
                provisions(findings.rulebook, (*route.lead, *route.support)[:4]),
                parts=reasons.open_on(route.opens),
            )
        )
    others = [
        sibling
        for sibling in findings.rulebook.pathways[pathway].routes
        if sibling.id != route.id and findings.surely(conclusion.available(sibling.id))
    ]
    if others:
        parts.append(
            Reason(
                "Also on: "
                + "; ".join(provisions(findings.rulebook, (sibling.lead[0],))[0] for sibling in others)
            )
        )
    parts.extend(_exclusions(reasons, pathway, route.id))
    return tuple(parts)


def _exclusions(reasons: Reasons, pathway: str, route: str) -> tuple[Reason, ...]:
    findings = reasons.findings
    weighed, silent, waiting = [], 0, []
    for rule in reasons.closers(findings.rulebook.routes[route]):
        if findings.surely(conclusion.fired(rule.id)):
            continue
        if findings.possibly(conclusion.fired(rule.id)):
            waiting.append(
                Reason(
                    rule.says,
                    provisions(findings.rulebook, rule.basis),
                    rule.id,
                    reasons.open_on(AtomRef(conclusion.fired(rule.id))),
                )
            )
            continue
        reason = reasons.rule(rule, False, 5)
        if reason.parts and _weighed(reasons, rule):
            weighed.append(reason)
        else:
            silent += 1
    parts = []
    if waiting:
        parts.append(
            Reason(
                "It would be excluded, or could not be the last step, under these rules; what they ask is not"
                " known",
                parts=tuple(waiting),
            )
        )
    if weighed:
        more = len(weighed) - MOST_RULES
        shown = tuple(weighed[:MOST_RULES]) + (
            (Reason(f"... and {more} more of the kind"),) if more > 0 else ()
        )
        parts.append(
            Reason(
                (
                    "Nothing known excludes it: what could have, and why it does not"
                    if not waiting
                    else "What could exclude it, and does not"
                ),
                parts=shown,
            )
        )
    if silent:
        parts.append(
            Reason(f"{silent} other grounds of exclusion concern other measures or other situations")
        )
    return tuple(parts)


def _weighed(reasons: Reasons, rule: Rule) -> bool:
    """Whether a rule fails on a fact that could have been otherwise, not on what the need is."""
    names = reasons.findings.support(Not(rule.when))
    origins = {
        value.origin
        for name in names
        if name not in NEED_FACTS and (value := reasons.findings.facts.get(name))
    }
    return bool(origins & {"told", "stipulated"})


def _why_not_those_before(reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    """Why the ways that are ranked before a pathway do not deliver, or yield to it."""
    findings = reasons.findings
    earlier = findings.ways[: findings.ways.index(pathway)] if pathway in findings.ways else ()
    before = []
    for way in earlier:
        if findings.surely(conclusion.delivers(way)):
            preferring = [
                rule for rule in findings.fired_rules("prefer") if pathway in rule.values and way in rule.over
            ]
            before.append(
                Reason(
                    f"{findings.rulebook.pathways[way].name}: delivers, but yields",
                    parts=tuple(reasons.rule(rule, True) for rule in preferring),
                )
            )
        elif findings.possibly(conclusion.delivers(way)):
            before.append(
                Reason(
                    f"{findings.rulebook.pathways[way].name}: not settled",
                    parts=reasons.open_on(AtomRef(conclusion.delivers(way))),
                )
            )
        else:
            before.append(reasons.short(way))
    if not before:
        return ()
    return (Reason("Ways that would go before it", parts=tuple(before)),)
