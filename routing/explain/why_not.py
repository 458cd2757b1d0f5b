"""Why a pathway is not the answer for a need, and the least that would change that."""

from __future__ import annotations

from datetime import date

from routing.analyse.whatif.candidates import FIND, FIXED, OBTAIN, OTHERWISE, Candidate
from routing.analyse.whatif.changed_case import changed
from routing.analyse.whatif.counterfactual import Found, smallest, values_of
from routing.case.facts import facts_for
from routing.case.model import Case
from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.domain import Route
from routing.core.records import Record, replace
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.explain.of_conditions import Reasons
from routing.explain.tree import Reason
from routing.law import Law
from routing.phrasing.of_facts import fact_name, provisions, value_words
from routing.plan.need import primary_of

MOST_SHOWN = 4
MOST_TRIED = 12
MEASURE = "measure"
GROUPS = {
    MEASURE: "if something else were asked for",
    FIND: "if it is found out",
    OBTAIN: "if it is obtained",
    OTHERWISE: "only if the case were otherwise than told",
    FIXED: "cannot be changed",
}


class Change(Record):
    """One fact that would have to be otherwise, and whether one can find it out, obtain it, or not change
    it."""

    fact: str
    says: str
    now: str
    to: str
    group: str


class Counterfactual(Record):
    """A set of changes, confirmed by running the changed case, and where it leads."""

    changes: tuple[Change, ...]
    leads_to: str


class WhyNot(Record):
    """The answer. openings: the least that would open it; smallest: whether that is shown. tried: up to how
    many at once."""

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
                {
                    "leads_to": opening.leads_to,
                    "changes": [
                        {"fact": c.fact, "now": c.now, "to": c.to, "group": c.group} for c in opening.changes
                    ],
                }
                for opening in self.openings
            ],
        }


def why_not(
    case: Case, need_id: str, pathway: str, judge: CrossCheckedEvaluator, law: Law, as_of: date
) -> WhyNot:
    """Why a pathway is not the main step of a need (or no step of it), and what would make it so."""
    need = next(need for need in case.needs if need.id == need_id)
    findings = judge.findings(facts_for(case, need, judge.rulebook, law, as_of))
    verdict, reasons = _verdict(findings, Reasons(findings, law), pathway)
    goal = goal_of(findings, pathway)
    missing = tuple(Reasons(findings, law).open_on(AtomRef(goal)))
    found, openings, fixed_only = openings_of(case, findings, pathway, goal, judge, law, as_of)
    return WhyNot(
        pathway,
        need_id,
        verdict,
        reasons,
        missing,
        _goal_words(findings, pathway, goal),
        openings,
        found.proved,
        found.tried,
        fixed_only,
    )


def goal_of(findings: Findings, pathway: str) -> str:
    """What would have to hold: that it delivers, then that it is the main step; else that it is a step."""
    if pathway in findings.ways:
        return (
            conclusion.delivers(pathway)
            if not findings.surely(conclusion.delivers(pathway))
            else conclusion.primary(pathway)
        )
    return conclusion.chosen(pathway)


def openings_of(
    case: Case,
    findings: Findings,
    pathway: str,
    goal: str,
    judge: CrossCheckedEvaluator,
    law: Law,
    as_of: date,
) -> tuple[Found, tuple[Counterfactual, ...], bool]:
    """The least changes that reach a goal, each confirmed by running the changed case.

    Changes of what cannot change are named only where no others lead there, or fewer are needed.
    """
    if findings.surely(goal):
        return Found((), True, 0), (), False
    if goal not in judge.network(findings.facts.need.measure, findings.facts.need.kind).heads:
        others = _other_measures(case, findings, pathway, judge, law, as_of)
        if conclusion.kind_of(goal) == conclusion.PRIMARY:
            name = findings.rulebook.pathways[pathway].name
            others = tuple(opening for opening in others if opening.leads_to.startswith(name))
        return Found((), False, 0), others, False
    trial = _Trial(case, findings, goal, judge, law, as_of)
    found = smallest(findings, goal)
    openings = trial.openings(found)
    if openings and found.proved and len(openings[0].changes) == 1:
        return found, openings, False
    wider = smallest(findings, goal, fixed=True)
    more = trial.openings(wider)
    if not openings:
        return (wider if more else found), more, bool(more)
    fewer = tuple(opening for opening in more if len(opening.changes) < len(openings[0].changes))
    return found, (*openings, *fewer)[: MOST_SHOWN + 2], False


class _Trial(Record):
    """Runs changed cases through both evaluators and keeps those that lead where they should."""

    case: Case
    findings: Findings
    goal: str
    judge: CrossCheckedEvaluator
    law: Law
    as_of: date

    def openings(self, found: Found) -> tuple[Counterfactual, ...]:
        confirmed: dict[tuple[object, ...], list[tuple[tuple[Candidate, ...], str]]] = {}
        for chosen in found.sets[:MOST_TRIED]:
            leads = self.leads(chosen)
            if leads:
                # Sets that differ only in the value of their last fact are told together.
                chosen = tuple(sorted(chosen, key=lambda c: (list(GROUPS).index(c.group), c.fact)))
                key = (*((c.fact, c.value) for c in chosen[:-1]), chosen[-1].fact, leads)
                confirmed.setdefault(key, []).append((chosen, leads))
        return tuple(self._told(alike) for alike in list(confirmed.values())[:MOST_SHOWN])

    def leads(self, chosen: tuple[Candidate, ...]) -> str:
        """Where a change leads; nothing where it does not reach the goal."""
        need_id = self.findings.facts.need.id
        other = changed(self.case, need_id, values_of(chosen), self.findings.rulebook)
        return outcome(other, need_id, self.goal, self.judge, self.law, self.as_of)

    def _told(self, alike: list[tuple[tuple[Candidate, ...], str]]) -> Counterfactual:
        chosen, leads = alike[0]
        changes = [change_of(self.findings, candidate) for candidate in chosen]
        values = [other[-1].value for other, _ in alike]
        numbers = [value.number for value in values if value.number is not None]
        words = (
            str(min(numbers))
            if numbers
            else " or ".join(dict.fromkeys(value_words(value) for value in values))
        )
        return Counterfactual((*changes[:-1], replace(changes[-1], to=words)), leads)


def outcome(case: Case, need_id: str, goal: str, judge: CrossCheckedEvaluator, law: Law, as_of: date) -> str:
    """The main step of a need in words, if the goal surely holds in the case; nothing where it does not."""
    need = next(need for need in case.needs if need.id == need_id)
    facts = facts_for(case, need, judge.rulebook, law, as_of)
    # A network takes long to build, so that only what leads there by the reference is confirmed.
    if not _leading(Findings.by_reference(judge.rulebook, facts), goal):
        return ""
    return _leading(judge.findings(facts), goal)


def _leading(findings: Findings, goal: str) -> str:
    """The main step in words, if the goal surely holds."""
    if not findings.surely(goal):
        return ""
    primary, status = primary_of(findings)
    name = findings.rulebook.pathways[primary].name
    return name if status in ("routed", "no_lawful_route") else f"{name}, still {status}"


def _other_measures(
    case: Case, findings: Findings, pathway: str, judge: CrossCheckedEvaluator, law: Law, as_of: date
) -> tuple[Counterfactual, ...]:
    """For a pathway that no rule can call for this measure: what else would have to be asked for.

    Those that lead to it come first, by the reference; what is shown is confirmed.
    """
    rulebook, need = judge.rulebook, findings.facts.need
    likely: list[tuple[bool, int, Case, str]] = []
    goal, name = conclusion.delivers(pathway), rulebook.pathways[pathway].name
    for measure in rulebook.measures.values():
        if pathway not in measure.ways:
            continue
        needs = tuple(replace(n, measure=measure.id) if n.id == need.id else n for n in case.needs)
        other = replace(case, needs=needs)
        stated = next(n for n in needs if n.id == need.id)
        trial = Findings.by_reference(rulebook, facts_for(other, stated, rulebook, law, as_of))
        leads = _leading(trial, goal)
        if leads:
            likely.append((not leads.startswith(name), len(likely), other, measure.name))
    found: list[Counterfactual] = []
    for _, _, other, words in sorted(likely, key=lambda item: item[:2]):
        leads = outcome(other, need.id, goal, judge, law, as_of) if len(found) < MOST_SHOWN else ""
        if leads:
            change = Change(
                MEASURE, "what is asked for", rulebook.measures[need.measure].name, words, MEASURE
            )
            found.append(Counterfactual((change,), leads))
    return tuple(found)


def change_of(findings: Findings, candidate: Candidate) -> Change:
    now = findings.facts.get(candidate.fact)
    return Change(
        candidate.fact,
        fact_name(findings.rulebook, candidate.fact),
        value_words(now),
        value_words(candidate.value),
        candidate.group,
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
    parts = [
        Reason(
            f"It cannot obtain {rulebook.measures[findings.facts.need.measure].name}"
            + (
                f"; it serves: {', '.join(serves[:5])}" + (", ..." if len(serves) > 5 else "")
                if serves
                else ""
            )
            + (f". {what}" if what else "")
        )
    ]
    callers = [
        rule for rule in rulebook.rules if rule.form in ("first_open", "include") and pathway in rule.values
    ]
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
    found = []
    for surely in (True, False):
        for rule in findings.blocking_rules(pathway, surely):
            if findings.surely(conclusion.fired(rule.id)) is not surely:
                continue
            told = (
                reasons.rule(rule, True, 2)
                if surely
                else Reason(
                    rule.says,
                    provisions(findings.rulebook, rule.basis),
                    rule.id,
                    reasons.open_on(AtomRef(conclusion.fired(rule.id))),
                )
            )
            verb = (
                "not the last step"
                if rule.form == "bar"
                else "held until this is cured"
                if rule.how == "curable"
                else "excluded"
            )
            verb = verb.capitalize() if surely else f"Perhaps {verb}"
            found.append(Reason(f"{verb}: {told.says}", told.basis, told.rule, told.parts))
    return tuple(found)


def _bases(reasons: Reasons, pathway: str) -> tuple[Reason, ...]:
    """Each legal basis: missing, excluded or open to doubt."""
    findings = reasons.findings
    found = []
    for route in findings.rulebook.pathways[pathway].routes:
        surely, possibly = findings.reference.truth(route.opens)
        if not possibly:
            found.append(reasons.no_basis(route))
        elif not surely:
            found.append(
                Reason(
                    f"Open: {route.says}",
                    provisions(findings.rulebook, route.lead[:2]),
                    parts=reasons.open_on(route.opens),
                )
            )
        else:
            found.extend(_excluded_basis(reasons, route))
    return tuple(found)


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
    measure, found = rulebook.measures[findings.facts.need.measure], []
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
            found.append(
                Reason(
                    f"{rulebook.pathways[way].name} goes before it{sure}",
                    parts=tuple(reasons.rule(rule, True) for rule in rules),
                )
            )
        elif number < place and not lifted:
            because = f": {measure.because}" if measure.because else ""
            found.append(
                Reason(
                    f"{rulebook.pathways[way].name} goes before it{sure}; for {measure.name} it is the better"
                    f" way{because}",
                    rule=f"ways.{measure.id}",
                )
            )
    return tuple(found)


def _goal_words(findings: Findings, pathway: str, goal: str) -> str:
    name = findings.rulebook.pathways[pathway].name
    return {
        "delivers": f"{name} would deliver this",
        "primary": f"{name} would be the main step",
        "available": f"{name} would be open",
        "chosen": f"{name} would be a step of the plan",
    }[conclusion.kind_of(goal)]
