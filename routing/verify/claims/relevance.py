"""Claims that every rule and every fact can change some plan."""

from __future__ import annotations

from collections.abc import Mapping

from routing.core import conclusion
from routing.core.conditions import leaf_tests
from routing.rulebook.model import STEP_FORMS, TERM_FORMS, Rule, Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.verify.claims.registry import Claim
from routing.verify.solver.domains import shapes_of
from routing.verify.solver.encoding import FALSE
from routing.verify.solver.session import Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Rails, Term, conj, differ, disj, neg
from routing.verify.statements import Statements

SEEN = (
    conclusion.PRIMARY,
    conclusion.DELIVERS,
    conclusion.STEP,
    conclusion.NO_STEP,
    conclusion.AVAILABLE,
)  # what a reader sees of the conclusions, beside terms
NEAREST = 8


def _rules_matter(session: SolverSession) -> Examined:
    """Without the rule some plan would be another one."""
    claim = "every-rule-matters"
    rules = [
        rule
        for rule in session.rulebook.rules
        if rule.form != "never" and conclusion.fired(rule.id) in session.model.heads
    ]
    direct = [
        rule for rule in rules if rule.form in (*TERM_FORMS, *STEP_FORMS, "before", "together", "at_once")
    ]
    done = Examined(
        shown=session.harvest(
            claim,
            lambda reading: {rule.id: _seen_directly(session.rulebook, reading, rule) for rule in direct},
        )
    )
    for rule in rules:
        if rule not in direct and rule.id not in session.shown.get(claim, ()):
            atom = conclusion.fired(rule.id)
            if _seen_to_differ(session, claim, rule.id, (atom,), {atom: FALSE}):
                done.shown.add(rule.id)
    return done


def _seen_directly(rulebook: Rulebook, reading: Interpretation, rule: Rule) -> Term:
    """For a rule that a plan shows as such: whether nothing else shows the same."""
    fired = reading.atom(conclusion.fired(rule.id))[0]
    if rule.form in TERM_FORMS:
        return conj(
            (
                fired,
                disj(
                    neg(_said_by_others(rulebook, reading, rule, code, ref))
                    for code in rule.values
                    for ref in rule.basis or ("",)
                ),
            )
        )
    if rule.form in STEP_FORMS:
        added = disj(
            conj(
                (
                    reading.atom(conclusion.step(rule.id, way))[0],
                    neg(reading.atom(conclusion.main(way))[1]),
                    neg(
                        disj(
                            reading.atom(conclusion.step(like.id, way))[1]
                            for like in rulebook.rules
                            if like.form in STEP_FORMS
                            and like.id != rule.id
                            and like.role == rule.role
                            and way in like.values
                        )
                    ),
                )
            )
            for way in rule.values
        )
        return disj((added, reading.atom(conclusion.no_step(rule.id))[0]))
    if rule.form == "at_once":
        alone = (
            conj(
                (
                    reading.atom(conclusion.chosen(way))[0],
                    neg(
                        disj(
                            reading.atom(conclusion.fired(like.id))[0]
                            for like in rulebook.rules
                            if like.form == "at_once" and like.id != rule.id and way in like.values
                        )
                    ),
                )
            )
            for way in rule.values
        )
        return conj((fired, disj(alone)))
    return conj(
        (
            fired,
            disj(
                conj((reading.atom(conclusion.chosen(first))[0], reading.atom(conclusion.chosen(second))[0]))
                for first in rule.values
                for second in rule.over
                if first != second
            ),
        )
    )


def _said_by_others(rulebook: Rulebook, reading: Interpretation, rule: Rule, code: str, ref: str) -> Term:
    """Whether other rules surely put the code into the plan, with the same provision; a limit also on the
    same pathway."""
    places = {target.split("/")[0] for target in rule.targets}
    return disj(
        reading.atom(conclusion.fired(like.id))[0]
        for like in rulebook.rules
        if like.form == rule.form
        and like.id != rule.id
        and code in like.values
        and (not ref or ref in like.basis)
        and (rule.form != "limit" or {target.split("/")[0] for target in like.targets} == places)
    )


def _seen_to_differ(
    session: SolverSession,
    claim: str,
    item: str,
    sources: tuple[str, ...],
    forced: Mapping[str, Rails] | None = None,
) -> bool:
    """Whether what a reader sees can differ: in the crowd first, then for the solver, the nearest conclusions
    first."""
    facts = () if forced else sources
    visible = [head for head in session.model.by_distance(sources) if _visible(session, head)]
    variant = session.samples.variant(facts, forced)
    if any(variant.holds(_differ(session.samples, variant, head)) for head in visible):
        return True
    if any(item in entry.items for entry in session.statements.expected(claim)):
        return False
    with session.model.scope():
        copy = session.model.variant(facts, forced)
        return any(
            session.satisfiable(disj(_differ(session.view, copy, head) for head in heads))
            for heads in (visible[:NEAREST], visible[NEAREST:])
        )


def _differ(before: Interpretation, after: Interpretation, head: str) -> Term:
    a, b = before.atom(head), after.atom(head)
    if conclusion.kind_of(head) == conclusion.AVAILABLE and "/" in head:
        chosen = before.atom(conclusion.chosen(conclusion.name_of(head).split("/")[0]))[0]
        return conj((chosen, disj((differ(a[0], b[0]), differ(a[1], b[1])))))
    return (
        disj((differ(a[0], b[0]), differ(a[1], b[1])))
        if conclusion.kind_of(head) in SEEN
        else differ(a[0], b[0])
    )


def _visible(session: SolverSession, head: str) -> bool:
    """Whether a plan shows a conclusion: steps and their bases, ways, terms, and police channels that are
    closed."""
    if conclusion.kind_of(head) == conclusion.FIRED:
        return session.rulebook.rule[conclusion.name_of(head)].form in (
            *TERM_FORMS,
            "before",
            "together",
            "at_once",
        )
    if conclusion.kind_of(head) == conclusion.AVAILABLE:
        pathway = session.rulebook.pathways.get(conclusion.name_of(head))
        return pathway is None or pathway.informal
    return conclusion.kind_of(head) in SEEN


def _facts_matter(session: SolverSession) -> Examined:
    """Two cases that differ in the fact alone have different plans."""
    claim = "every-fact-matters"
    done = Examined()
    for name in sorted(_facts(session.rulebook, session.statements) - session.shown.get(claim, set())):
        if session.model.fixed_value(name) is not None or _presumption_asks(session.rulebook, name):
            if session.model.asked_of_measures(name) or _presumption_asks(session.rulebook, name):
                done.shown.add(name)
        elif session.model.reached_from((name,)) and _seen_to_differ(session, claim, name, (name,)):
            done.shown.add(name)
    return done


def _presumption_asks(rulebook: Rulebook, name: str) -> bool:
    """Whether some presumption is not taken because of the fact."""
    return any(
        getattr(leaf, "fact", "") == name
        for fact in rulebook.facts.values()
        for presumption in (*fact.usual, *((fact.presumed,) if fact.presumed else ()))
        for condition in (*presumption.unless, *presumption.when)
        for leaf in leaf_tests(condition)
    )


def _facts(rulebook: Rulebook, _: Statements) -> frozenset[str]:
    """Every fact that can be told or that a measure has, and every tie that some rule asks for."""
    asked = {getattr(leaf, "fact", "") for line in rulebook.plain for leaf in leaf_tests(line.when)}
    return frozenset(
        name
        for name in shapes_of(rulebook)
        if name not in ("kind", "measure") and (not name.startswith(TIE) or name in asked)
    )


CLAIMS = (
    Claim(
        "every-rule-matters",
        "removing any rule changes some plan",
        _rules_matter,
        lambda rulebook, _: frozenset(rule.id for rule in rulebook.rules if rule.form != "never"),
        "no plan would differ without it",
    ),
    Claim(
        "every-fact-matters",
        "every fact and every tie can change some plan",
        _facts_matter,
        _facts,
        "no plan depends on it",
    ),
)
