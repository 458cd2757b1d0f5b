"""The least changes of a case that would make a pathway its answer, each confirmed by running that case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from routing.analyse.whatif.candidates import FIND, FIXED, OBTAIN, OTHERWISE, OtherValue
from routing.analyse.whatif.changed_case import changed
from routing.analyse.whatif.counterfactual import SmallestSets, smallest, values_of
from routing.case.facts import Facts, facts_for
from routing.case.model import Case
from routing.core import conclusion
from routing.core.records import Record, replace
from routing.evaluate.findings import CrossCheckedEvaluator, Findings
from routing.law import Law
from routing.phrasing.of_facts import fact_name, value_words
from routing.plan.primary import primary_of

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

    def data(self) -> list[dict[str, str]]:
        """The changes as JSON-ready values."""
        return [{"fact": c.fact, "now": c.now, "to": c.to, "group": c.group} for c in self.changes]


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
) -> tuple[SmallestSets, tuple[Counterfactual, ...], bool]:
    """The least changes that reach a goal, each confirmed by running the changed case.

    Changes of what cannot change are named only where no others lead there, or fewer are needed.
    """
    if findings.surely(goal):
        return SmallestSets((), True, 0), (), False
    if goal not in judge.network(findings.facts.need.measure, findings.facts.need.kind).heads:
        others = _other_measures(case, findings, pathway, judge, law, as_of)
        if conclusion.kind_of(goal) == conclusion.PRIMARY:
            name = findings.rulebook.pathways[pathway].name
            others = tuple(opening for opening in others if opening.leads_to.startswith(name))
        return SmallestSets((), False, 0), others, False
    trial = _Trial(case, findings, goal, judge, law, as_of)
    search = smallest(findings, goal)
    openings = trial.openings(search)
    if openings and search.proved and len(openings[0].changes) == 1:
        return search, openings, False
    wider = smallest(findings, goal, fixed=True)
    more = trial.openings(wider)
    if not openings:
        return (wider if more else search), more, bool(more)
    fewer = tuple(opening for opening in more if len(opening.changes) < len(openings[0].changes))
    return search, (*openings, *fewer)[: MOST_SHOWN + 2], False


class _Trial(Record):
    """Runs changed cases through both evaluators and keeps those that lead where they should."""

    case: Case
    findings: Findings
    goal: str
    judge: CrossCheckedEvaluator
    law: Law
    as_of: date

    def openings(self, search: SmallestSets) -> tuple[Counterfactual, ...]:
        confirmed: dict[tuple[object, ...], list[tuple[tuple[OtherValue, ...], str]]] = {}
        for chosen in search.sets[:MOST_TRIED]:
            leads = self.leads(chosen)
            if leads:
                # Sets that differ only in the value of their last fact are told together.
                chosen = tuple(sorted(chosen, key=lambda c: (list(GROUPS).index(c.group), c.fact)))
                key = (*((c.fact, c.value) for c in chosen[:-1]), chosen[-1].fact, leads)
                confirmed.setdefault(key, []).append((chosen, leads))
        return tuple(self._counterfactual(alike) for alike in list(confirmed.values())[:MOST_SHOWN])

    def leads(self, chosen: tuple[OtherValue, ...]) -> str:
        """Where a change leads; nothing where it does not reach the goal."""
        need_id = self.findings.facts.need.id
        supposed = changed(self.case, need_id, values_of(chosen), self.findings.rulebook)
        return outcome(supposed, need_id, self.goal, self.judge, self.law, self.as_of)

    def _counterfactual(self, alike: list[tuple[tuple[OtherValue, ...], str]]) -> Counterfactual:
        chosen, leads = alike[0]
        changes = [change_of(self.findings, candidate) for candidate in chosen]
        values = [changes[-1].value for changes, _ in alike]
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
    if not _main_step(Findings.by_reference(judge.rulebook, facts), goal):
        return ""
    return _main_step(judge.findings(facts), goal)


def _main_step(findings: Findings, goal: str) -> str:
    """The main step in words, if the goal surely holds."""
    if not findings.surely(goal):
        return ""
    primary, status = primary_of(findings)
    name = findings.rulebook.pathways[primary].name
    return name if status in ("routed", "no_lawful_route") else f"{name}, still {status}"


def _other_measures(
    case: Case, findings: Findings, pathway: str, judge: CrossCheckedEvaluator, law: Law, as_of: date
) -> tuple[Counterfactual, ...]:
    """For a pathway that no rule can call for this measure: what else would have to be asked for, each
    confirmed."""
    goal, now = conclusion.delivers(pathway), judge.rulebook.measures[findings.facts.need.measure].name
    openings: list[Counterfactual] = []
    for facts, words in _leading_measures(case, findings, pathway, law, as_of):
        leads = _main_step(judge.findings(facts), goal)
        if leads:
            change = Change(MEASURE, "what is asked for", now, words, MEASURE)
            openings.append(Counterfactual((change,), leads))
        if len(openings) == MOST_SHOWN:
            break
    return tuple(openings)


def _leading_measures(
    case: Case, findings: Findings, pathway: str, law: Law, as_of: date
) -> Iterator[tuple[Facts, str]]:
    """By the reference, the measures for which a pathway surely delivers, each with the facts of the need
    that asks for it; those of which it is the main step come first. They are tried as they are asked for."""
    rulebook, need = findings.rulebook, findings.facts.need
    goal, name = conclusion.delivers(pathway), rulebook.pathways[pathway].name
    beside: list[tuple[Facts, str]] = []
    for measure in rulebook.measures.values():
        if pathway not in measure.ways:
            continue
        needs = tuple(replace(n, measure=measure.id) if n.id == need.id else n for n in case.needs)
        stated = next(n for n in needs if n.id == need.id)
        facts = facts_for(replace(case, needs=needs), stated, rulebook, law, as_of)
        leads = _main_step(Findings.by_reference(rulebook, facts), goal)
        if leads.startswith(name):
            yield facts, measure.name
        elif leads:
            beside.append((facts, measure.name))
    yield from beside


def change_of(findings: Findings, candidate: OtherValue) -> Change:
    now = findings.facts.get(candidate.fact)
    return Change(
        candidate.fact,
        fact_name(findings.rulebook, candidate.fact),
        value_words(now),
        value_words(candidate.value),
        candidate.group,
    )
