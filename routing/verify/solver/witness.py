"""The smallest case that a solver's answer stands for, as a case that can be run."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from routing.case.facts import facts_for
from routing.case.model import Assumptions, Case, Need, Stated
from routing.core.conditions import All, AtLeast, Condition, Is, Not
from routing.core.conditions import Any as AnyOf
from routing.core.domain import ASSUMED_MAIN_STEP, NO, UNKNOWN
from routing.evaluate.reference import Reference
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.verify.solver.domains import MANY, NUMBER, Domain
from routing.verify.solver.terms import Term, conj, neg

if TYPE_CHECKING:
    from routing.law import Law
    from routing.verify.solver.encoding import View
    from routing.verify.solver.session import Goal, Questions

MEASURE = "measure"
MOST_PAIRS, MOST_TRIED = 3000, 8

StatedFacts = Mapping[str, Stated]
"""What a case says of each fact and tie that differs from saying nothing; `kind` and `measure` are of the
need."""


def silent(rulebook: Rulebook, measure: str, name: str) -> Stated:
    """What is taken of a fact where a case says nothing and names no State."""
    if name == "kind":
        return "request"
    if name.startswith(TIE):
        return UNKNOWN
    fact = rulebook.facts[name]
    how = fact.looked_up or {}
    if "states" in how:
        return NO
    if "count" in how:
        return 0
    word = rulebook.measures[measure].presumes.get(name) or UNKNOWN
    usual = (row.value for row in fact.usual if all(_silently(rulebook, measure, when) for when in row.when))
    word = next(usual, UNKNOWN) if word == UNKNOWN else word
    if word == UNKNOWN and fact.presumed and not _lifted(rulebook, measure, fact.presumed.unless):
        word = fact.presumed.value
    if fact.type == MANY:
        return (word,)
    return int(word) if fact.type == NUMBER and word != UNKNOWN else word


def _silently(rulebook: Rulebook, measure: str, condition: Condition) -> bool | None:
    """Whether a condition holds of a case that says nothing; None where silence leaves it open."""
    if isinstance(condition, (All, AnyOf)):
        parts = [_silently(rulebook, measure, part) for part in condition.parts]
        settling = isinstance(condition, AnyOf)  # one part that holds settles `any`, one that fails `all`
        return settling if settling in parts else None if None in parts else not settling
    if isinstance(condition, Not):
        inner = _silently(rulebook, measure, condition.part)
        return None if inner is None else not inner
    if not isinstance(condition, (Is, AtLeast)):
        return None
    word = measure if condition.fact == MEASURE else silent(rulebook, measure, condition.fact)
    if word in (UNKNOWN, (UNKNOWN,)):
        return None
    if isinstance(condition, AtLeast):
        return isinstance(word, int) and word >= condition.bound
    return (word[0] if isinstance(word, tuple) else word) in condition.values


def _lifted(rulebook: Rulebook, measure: str, unless: Iterable[Condition]) -> bool:
    """Whether nothing is presumed because of what a silent case leaves open."""
    return any(_silently(rulebook, measure, condition) is not False for condition in unless)


def smallest(
    session: Questions[Any],
    views: tuple[View, ...],
    term: Term,
    kept_facts: Container[str] = (),
    unsaid: Container[str] = (),
) -> tuple[StatedFacts, ...]:
    """What each of the cases says, with as little said as the claim needs to break.

    kept_facts: facts that are said even where they are what silence would mean; unsaid: facts that are not
    for the case to say.
    """
    first = views[0]
    measure, kept = session.measure, [term]
    if measure is None:
        session.satisfiable(term)
        measure = str(value_now(session, first.domain("measure")))
        kept.append(first.domain("measure").bits[measure])
    silence = {
        name: says(domain, silent(session.rulebook, measure, name))
        for name, domain in sorted(first.facts.items())
        if name not in ("measure", ASSUMED_MAIN_STEP)
        and name not in unsaid
        and not of_measure(session, name)
        and not is_fixed(domain)
    }
    _quieten(session, kept, list(silence.values()))
    session.satisfiable(*kept)
    stated = []
    for view in views:
        facts: dict[str, Stated] = {MEASURE: measure}
        for name in silence:
            domain = view.domain(name)
            # What is usual hangs on the kind and the stage, so that silence would not say the same in every
            # case.
            hangs = name in session.rulebook.facts and session.rulebook.facts[name].usual
            if (
                name in kept_facts
                or hangs
                or not session.true_now(says(domain, silent(session.rulebook, measure, name)))
            ):
                facts[name] = value_now(session, domain)
        stated.append(facts)
    return tuple(stated)


def _quieten(session: Questions[Any], kept: list[Term], trial: list[Term]) -> None:
    """Add as many of the terms as stay possible, halving where not all do."""
    if not trial:
        return
    if session.satisfiable(*kept, *trial):
        kept.extend(trial)
    elif len(trial) > 1:
        middle = len(trial) // 2
        _quieten(session, kept, trial[:middle])
        _quieten(session, kept, trial[middle:])


def of_measure(session: Questions[Any], name: str) -> bool:
    fact = session.rulebook.facts.get(name)
    return fact is not None and fact.looked_up is not None and "from" in fact.looked_up


def is_fixed(domain: Domain) -> bool:
    return all(isinstance(bit, bool) for bit in domain.bits.values()) and isinstance(domain.closed, bool)


def says(domain: Domain, stated: Stated) -> Term:
    """That the fact is as stated."""
    if domain.shape.type == NUMBER:
        if stated == UNKNOWN:
            return neg(domain.closed)
        assert isinstance(stated, int)
        cuts = ((cut, bit) for cut, bit in domain.bits.items() if isinstance(cut, int))
        return conj((domain.closed, *(bit if stated >= cut else neg(bit) for cut, bit in cuts)))
    words = set(stated) if isinstance(stated, tuple) else {stated}
    parts = [bit if value in words else neg(bit) for value, bit in domain.bits.items()]
    if domain.shape.type == MANY:
        parts.append(neg(domain.closed) if UNKNOWN in words else domain.closed)
    return conj(parts)


def value_now(session: Questions[Any], domain: Domain) -> Stated:
    """What the case found last says of a fact."""
    held = [key for key, bit in domain.bits.items() if session.true_now(bit)]
    if domain.shape.type == NUMBER:
        if not session.true_now(domain.closed):
            return UNKNOWN
        return max(
            (cut for cut in held if isinstance(cut, int)),
            default=max(min(domain.shape.cuts, default=1) - 1, 0),
        )
    words = tuple(str(word) for word in held)
    if domain.shape.type == MANY:
        return words if session.true_now(domain.closed) else (*words, UNKNOWN)
    return words[0] if words else UNKNOWN


def cases_of(
    stated_facts: tuple[StatedFacts, ...], rulebook: Rulebook, title: str, goal: Goal | None
) -> tuple[Case, ...]:
    """The cases that say this, between two real States where such a pair breaks the claim too, else with
    the ties assumed; nothing where the reference does not find the goal met."""
    from routing.law import Law

    law = Law.load(rulebook.source)
    ties = [name for case in stated_facts for name in case if name.startswith(TIE)]
    if ties and goal is not None and len(stated_facts) == 1:
        for pair in real_pairs(stated_facts[0], rulebook, law):
            case = case_of(stated_facts[0], rulebook, title, pair)
            if goal(reference_on(case, rulebook, law)) is True:
                return (case,)
    cases = tuple(case_of(stated, rulebook, title) for stated in stated_facts)
    if goal is None or goal(*(reference_on(case, rulebook, law) for case in cases)) is True:
        return cases
    return ()


def case_of(
    stated_facts: StatedFacts, rulebook: Rulebook, title: str, pair: tuple[str, str] | None = None
) -> Case:
    """The case that says this. pair: two real States, requesting and requested, whose ties are looked up."""
    kind = str(stated_facts.get("kind", "request"))
    shared: dict[str, Stated] = {}
    own: dict[str, Stated] = {}
    ties: dict[str, str] = {}
    for name, stated in stated_facts.items():
        if name.startswith(TIE):
            ties[name.removeprefix(TIE)] = str(stated)
        elif name not in ("kind", MEASURE):
            (shared if rulebook.facts[name].of == "case" else own)[name] = stated
    state = partner = None
    if pair is not None:
        state, partner = reversed(pair) if kind == "answer" else pair
        ties = {}
        own = {
            name: stated
            for name, stated in own.items()
            if "states" not in (rulebook.facts[name].looked_up or {})
        }
    return Case(
        title=title,
        state=state,
        as_of=date.fromisoformat(rulebook.data_date),
        facts=shared,
        needs=(Need(id="need-1", kind=kind, measure=str(stated_facts[MEASURE]), partner=partner, facts=own),),
        assume=Assumptions(ties=ties),
    )


def reference_on(case: Case, rulebook: Rulebook, law: Law) -> Reference:
    """The reference evaluator on the first need of a case."""
    need = case.needs[0]
    return Reference(
        rulebook.heads, facts_for(case, need, rulebook, law, date.fromisoformat(rulebook.data_date))
    )


def real_pairs(stated_facts: StatedFacts, rulebook: Rulebook, law: Law) -> Iterator[tuple[str, str]]:
    """A few pairs of States, requesting and requested, between whom the ties stand as said."""
    wanted = {
        name.removeprefix(TIE): str(stated) for name, stated in stated_facts.items() if name.startswith(TIE)
    }
    if not set(wanted) <= set(law.instruments):
        return
    day = date.fromisoformat(rulebook.data_date)
    rarest = min(wanted, key=lambda name: (wanted[name] != "in_force", len(law.members(name) or ())))
    states = sorted(place.alpha3 for place in law.states)
    bound = [state for state in states if law.standing(rarest, state, day).status == wanted[rarest]] or states
    given = 0
    for requesting, requested in islice(product(bound, bound), MOST_PAIRS):
        if requesting != requested and all(
            law.between(name, requesting, requested, day).status == status for name, status in wanted.items()
        ):
            yield requesting, requested
            given += 1
            if given == MOST_TRIED:
                return


def written(case: Case, rulebook: Rulebook, note: Iterable[str] = ()) -> str:
    """The case as a file that a person can read and `routing route` can run."""
    lines = [f"# {line}" for line in note]
    lines.append(f"title: {_quoted(case.title)}")
    if case.state:
        lines.append(f"state: {case.state}")
    if case.as_of:
        lines.append(f"as_of: {case.as_of.isoformat()}")
    lines += [f"{name}: {_value(stated)}" for name, stated in sorted(case.facts.items())]
    if case.assume.ties:
        lines.append("assume:")
        lines.append("  ties:")
        lines += [f"    {name}: {status}" for name, status in sorted(case.assume.ties.items())]
    lines.append("needs:")
    for need in case.needs:
        lines.append(f"  - measure: {need.measure}")
        lines.append(f"    kind: {need.kind}")
        if need.partner:
            lines.append(f"    with: {need.partner}")
        lines += [f"    {name}: {_value(stated)}" for name, stated in sorted(need.facts.items())]
    return "\n".join(lines) + "\n"


def _value(stated: Stated) -> str:
    if isinstance(stated, tuple):
        return f"[{', '.join(stated)}]"
    return str(stated)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
