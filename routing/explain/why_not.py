"""Why a pathway is not the answer for a need, and the least that would change that."""

from __future__ import annotations

from datetime import date

from routing.case.facts import facts_for
from routing.case.model import Case
from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.domain import Route
from routing.core.records import Record
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.explain.counterfactuals import Counterfactual, goal_of, openings_of
from routing.explain.of_conditions import Reasons, effect_words
from routing.explain.tree import Reason
from routing.law import Law
from routing.phrasing.of_facts import provisions
from routing.rulebook.model import STEP_FORMS

MOST_SERVED = 5  # measures that are named which a channel serves


class WhyNot(Record):
    """Why a pathway is not the main step, and what would make it so.

    pathway, need: their ids. verdict: one sentence. reasons: the rules and facts that close it, or go before
    it. missing: what is not known and bears on it. goal: what the openings lead to, in words. openings: the
    smallest changes of facts that do. smallest: whether it is shown that none is smaller. tried: up to how
    many changes at once every combination was tried. fixed_only: whether each opening needs what nobody can
    find out or obtain.
    """

    pathway: str
    need: str
    verdict: str
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    goal: str
    openings: tuple[Counterfactual, ...]
    smallest: bool
    tried: int
    fixed_only: bool

    def data(self) -> dict[str, object]:
        """The same in plain words and lists, for JSON."""
        return {
            "pathway": self.pathway,
            "need": self.need,
            "verdict": self.verdict,
            "reasons": [reason.data() for reason in self.reasons],
            "missing": [reason.data() for reason in self.missing],
            "goal": self.goal,
            "smallest_shown": self.smallest,
            "tried": self.tried,
            "needs_what_cannot_change": self.fixed_only,
            "openings": [
                {"leads_to": opening.leads_to, "changes": opening.data()} for opening in self.openings
            ],
        }


MOST_SERVED = 5  # measures that are named which a channel serves


def why_not(
    case: Case, need_id: str, pathway: str, judge: CrossCheckedEvaluator, law: Law, as_of: date
) -> WhyNot:
    """Why a pathway is not the main step of a need (or no step of it), and what would make it so."""
    need = next(need for need in case.needs if need.id == need_id)
    findings = judge.findings(facts_for(case, need, judge.rulebook, law, as_of))
    verdict, reasons = _verdict(findings, Reasons(findings, law), pathway)
    goal = goal_of(findings, pathway)
    missing = tuple(Reasons(findings, law).open_on(AtomRef(goal)))
    search, openings, fixed_only = openings_of(case, findings, pathway, goal, judge, law, as_of)
    return WhyNot(
        pathway,
        need_id,
        verdict,
        reasons,
        missing,
        _goal_words(findings, pathway, goal),
        openings,
        search.proved,
        search.tried,
        fixed_only,
    )


def _verdict(findings: Findings, reasons: Reasons, pathway: str) -> tuple[str, tuple[Reason, ...]]:
    rulebook = findings.rulebook
    name, measure = rulebook.pathways[pathway].name, rulebook.measures[findings.facts.need.measure]
    if findings.surely(conclusion.primary(pathway)):
        return f"{name} is the main step; there is nothing in its way", ()
    against = _against(findings, reasons, pathway)
    based = _bases(reasons, pathway)
    if pathway in findings.ways and findings.surely(conclusion.delivers(pathway)):
        return f"{name} could deliver this, but another way goes before it", _rivals(
            findings, reasons, pathway
        )
    if not findings.reference.atom(conclusion.available(pathway))[1]:
        closed = [reason for reason in against if reason.says.startswith("Excluded")]
        return f"{name} is {'excluded' if closed else 'without a legal basis here'}", (
            *against,
            *based,
            *_unsuited(findings, reasons, pathway),
        )
    unsuited = _unsuited(findings, reasons, pathway)
    if unsuited:
        return f"{name} does not deliver {measure.name}", (*unsuited, *against)
    if not findings.possibly(conclusion.delivers(pathway)):
        return f"{name} may be used on the way, but not as the step that delivers", against
    if any(reason.says.startswith("Held") for reason in against):
        return f"{name} is held until what stands in its way is cured", (
            *against,
            *based,
            *_rivals(findings, reasons, pathway),
        )
    return f"{name} may be the way; that depends on what is not known", (
        *against,
        *based,
        *_rivals(findings, reasons, pathway),
    )


def _unsuited(findings: Findings, reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    """A pathway that cannot deliver the measure: what it is for, and which rule could call it in support."""
    if pathway in findings.ways:
        return ()
    rulebook = findings.rulebook
    serves = [measure.name for measure in rulebook.measures.values() if pathway in measure.ways]
    what = str(rulebook.pathways[pathway].card.get("is") or "").rstrip(".")
    left = f" and {len(serves) - MOST_SERVED} more" if len(serves) > MOST_SERVED else ""
    served = f"; it serves: {', '.join(serves[:MOST_SERVED])}{left}" if serves else ""
    parts = [
        Reason(
            f"It cannot obtain {rulebook.measures[findings.facts.need.measure].name}{served}"
            + (f". {what}" if what else "")
        )
    ]
    callers = [rule for rule in rulebook.rules if rule.form in STEP_FORMS and pathway in rule.values]
    calling = [rule for rule in callers if findings.surely(conclusion.fired(rule.id))]
    for rule in calling or callers[:3]:
        if rule in calling:
            earlier = (
                [
                    way
                    for way in rule.values[: rule.values.index(pathway)]
                    if findings.possibly(conclusion.available(way))
                ]
                if rule.form == "first_open"
                else []
            )
            says = (
                f"As a supporting step {rulebook.pathways[earlier[0]].name} goes before it: {rule.says}"
                if earlier
                else f"It is a supporting step: {rule.says}"
            )
            parts.append(Reason(says, provisions(rulebook, rule.basis), rule.id))
        else:
            parts.append(reasons.rule(rule, False, 5))
    return tuple(parts)


def _against(findings: Findings, reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    """The rules that exclude it, may exclude it, or keep it from being the last step."""
    against = []
    for surely in (True, False):
        for rule in findings.blocking_rules(pathway, surely):
            if findings.surely(conclusion.fired(rule.id)) is not surely:
                continue
            reason = (
                reasons.rule(rule, True, 2)
                if surely
                else Reason(
                    rule.says,
                    provisions(findings.rulebook, rule.basis),
                    rule.id,
                    reasons.open_on(AtomRef(conclusion.fired(rule.id))),
                )
            )
            effect = effect_words(rule)
            verb = effect.capitalize() if surely else f"Perhaps {effect}"
            against.append(Reason(f"{verb}: {reason.says}", reason.basis, reason.rule, reason.parts))
    return tuple(against)


def _bases(reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    """Each legal basis: missing, excluded or open to doubt."""
    findings = reasons.findings
    bases = []
    for route in findings.rulebook.pathways[pathway].routes:
        surely, possibly = findings.reference.truth(route.opens)
        if not possibly:
            bases.append(reasons.no_basis(route))
        elif not surely:
            bases.append(
                Reason(
                    f"Open: {route.says}",
                    provisions(findings.rulebook, route.lead[:2]),
                    parts=reasons.open_on(route.opens),
                )
            )
        else:
            bases.extend(_excluded_basis(reasons, route))
    return tuple(bases)


def _excluded_basis(reasons: Reasons, route: Route) -> list[Reason]:
    findings = reasons.findings
    own = [rule for rule in findings.fired_rules("close") if route.id in rule.targets]
    return [
        Reason(
            f"Excluded on this basis: {rule.says}",
            provisions(findings.rulebook, rule.basis),
            rule.id,
            tuple(reasons.why(rule.when, True, 3)),
        )
        for rule in own
    ]


def _rivals(findings: Findings, reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    """What goes before a way that delivers."""
    if pathway not in findings.ways:
        return ()
    rulebook, place = findings.rulebook, findings.ways.index(pathway)
    measure, rivals = rulebook.measures[findings.facts.need.measure], []
    for number, way in enumerate(findings.ways[:-1]):
        if way == pathway or not findings.possibly(conclusion.delivers(way)):
            continue
        rules = [
            rule for rule in findings.fired_rules("prefer") if way in rule.values and pathway in rule.over
        ]
        lifted = [
            rule for rule in findings.fired_rules("prefer") if pathway in rule.values and way in rule.over
        ]
        sure = "" if findings.surely(conclusion.delivers(way)) else " (only if available)"
        if rules:
            rivals.append(
                Reason(
                    f"{rulebook.pathways[way].name} goes before it{sure}",
                    parts=tuple(reasons.rule(rule, True) for rule in rules),
                )
            )
        elif number < place and not lifted:
            because = f": {measure.because}" if measure.because else ""
            rivals.append(
                Reason(
                    f"{rulebook.pathways[way].name} goes before it{sure}; for {measure.name} it is the better"
                    f" way{because}",
                    rule=f"ways.{measure.id}",
                )
            )
    return tuple(rivals)


def _goal_words(findings: Findings, pathway: str, goal: str) -> str:
    name = findings.rulebook.pathways[pathway].name
    return {
        conclusion.DELIVERS: f"{name} would deliver this",
        conclusion.PRIMARY: f"{name} would be the main step",
        conclusion.AVAILABLE: f"{name} would be open",
        conclusion.CHOSEN: f"{name} would be a step of the plan",
    }[conclusion.kind_of(goal)]
