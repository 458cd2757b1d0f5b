"""Claim that the steps of every plan can be put in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.domain import DELIVER
from routing.rulebook.model import STEP_FORMS, Rulebook
from routing.verify.claims.registry import Claim
from routing.verify.solver.session import Examined, Interpretation, SolverSession
from routing.verify.solver.terms import Term, conj, disj, neg, variable

Edge = tuple[str, str]
ROLES = "roles-in-order"


def _ordered(session: SolverSession) -> Examined:
    """No ring of steps each of which must come before the next.

    A ring exists where some set of steps is not empty and each of its members has a step of the
    set before it; the solver picks the set.
    """
    done = Examined()
    edges = _edges(session.rulebook, session.model.heads)
    inside = _in_rings(edges)
    if not inside:
        return done
    marks = {pathway: variable(f"in-ring:{pathway}") for pathway in inside}

    def ring(reading: Interpretation) -> Term:
        real = {
            edge: _real(reading, edge, rules, session.rulebook)
            for edge, rules in edges.items()
            if set(edge) <= inside
        }
        follows = [
            disj(
                (
                    neg(mark),
                    disj(conj((marks[edge[0]], term)) for edge, term in real.items() if edge[1] == pathway),
                )
            )
            for pathway, mark in marks.items()
        ]
        return conj((disj(marks.values()), *follows))

    def ring_of(reading: Interpretation) -> Term:
        """The same on a case that was found, without a solver: some ring of real edges."""
        graph: dict[str, set[str]] = {}
        for edge, rules in edges.items():
            if _real(reading, edge, rules, session.rulebook) is True:
                graph.setdefault(edge[1], set()).add(edge[0])
        try:
            tuple(TopologicalSorter(graph).static_order())
            return False
        except CycleError:
            return True

    def goal(reading: Interpretation) -> Term:
        return ring(reading) if reading is session.view else ring_of(reading)

    done.broken += session.break_up("ring-of-steps", "steps come before one another in a ring", goal)
    return done


def _edges(rulebook: Rulebook, heads: Mapping[str, object]) -> dict[Edge, list[str]]:
    """Pairs of pathways that some rule, or the order of roles (an empty name), may order."""
    chosen = [pathway for pathway in rulebook.pathways if conclusion.chosen(pathway) in heads]
    roles = {pathway: _roles(rulebook, pathway, heads) for pathway in chosen}
    edges: dict[Edge, list[str]] = {}
    for rule in rulebook.rules:
        if rule.form == "before" and conclusion.fired(rule.id) in heads:
            for earlier in rule.values:
                for later in rule.over:
                    if earlier != later and earlier in roles and later in roles:
                        edges.setdefault((earlier, later), []).append(rule.id)
    for earlier in chosen:
        for later in chosen:
            if earlier != later and any(
                rulebook.by_roles(earlier, a, later, b) for a in roles[earlier] for b in roles[later]
            ):
                edges.setdefault((earlier, later), []).append("")
    return edges


def _roles(rulebook: Rulebook, pathway: str, heads: Mapping[str, object]) -> set[str]:
    roles = {
        rule.role
        for rule in rulebook.rules
        if rule.form in STEP_FORMS and pathway in rule.values and conclusion.step(rule.id, pathway) in heads
    }
    return roles | ({DELIVER} if conclusion.primary(pathway) in heads else set())


def _in_rings(edges: Mapping[Edge, object]) -> set[str]:
    """The pathways that lie on some ring of possible edges, found by peeling off those that cannot."""
    nodes = {pathway for edge in edges for pathway in edge}
    while True:
        kept = {
            node
            for node in nodes
            if any(b == node and a in nodes for a, b in edges)
            and any(a == node and b in nodes for a, b in edges)
        }
        if kept == nodes:
            return nodes
        nodes = kept


def _real(reading: Interpretation, edge: Edge, rules: list[str], rulebook: Rulebook) -> Term:
    """Whether the plan has the edge: both steps are there and something surely orders them.

    Starting together lifts it. A step that starts at once waits only where a rule says so, and only for a
    step that starts at once too.
    """
    earlier, later = edge
    waits = neg(_at_once(reading, rulebook, later))
    waits_for_quick = disj((waits, _at_once(reading, rulebook, earlier)))
    apart = [
        neg(reading.truth(AtomRef(conclusion.fired(rule.id)))[0])
        for rule in rulebook.rules
        if rule.form == "together"
        and (
            (earlier in rule.values and later in rule.over) or (later in rule.values and earlier in rule.over)
        )
    ]
    ways = []
    for rule in rules:
        if rule:
            ways.append(conj((reading.atom(conclusion.fired(rule))[0], waits_for_quick)))
        else:
            by_roles = disj(
                conj((_plays(reading, rulebook, earlier, a), _plays(reading, rulebook, later, b)))
                for a, b in rulebook.role_order
                if rulebook.by_roles(earlier, a, later, b)
            )
            ways.append(conj((by_roles, waits)))
    there = (reading.atom(conclusion.chosen(earlier))[0], reading.atom(conclusion.chosen(later))[0])
    return conj((*there, disj(ways), *apart))


def _plays(reading: Interpretation, rulebook: Rulebook, pathway: str, role: str) -> Term:
    """Whether a step plays this part: the main step delivers; another plays the earliest part it is called
    for."""
    primary = reading.atom(conclusion.primary(pathway))[0]
    if role == DELIVER:
        called = conj(
            (
                neg(primary),
                _called(reading, rulebook, pathway, role),
                *_not_earlier(reading, rulebook, pathway, role),
            )
        )
        return disj((primary, called))
    return conj(
        (
            neg(primary),
            _called(reading, rulebook, pathway, role),
            *_not_earlier(reading, rulebook, pathway, role),
        )
    )


def _called(reading: Interpretation, rulebook: Rulebook, pathway: str, role: str) -> Term:
    return disj(
        reading.atom(conclusion.step(rule, pathway))[0] for rule in rulebook.calling.get((pathway, role), ())
    )


def _not_earlier(reading: Interpretation, rulebook: Rulebook, pathway: str, role: str) -> list[Term]:
    roles = list(rulebook.roles)
    return [neg(_called(reading, rulebook, pathway, earlier)) for earlier in roles[: roles.index(role)]]


def _roles_in_order(session: SolverSession) -> Examined:
    """Steps of two roles that an invariant wants in order are never started together nor the other way round.

    Where the later starts at once the earlier must too.
    """
    done = Examined()
    wanted = {invariant.in_order for invariant in session.statements.invariants if invariant.in_order}
    pairs = _pairs(session, wanted)
    excused = {item for entry in session.statements.expected(ROLES) for item in entry.items}

    def loose(reading: Interpretation, name: str) -> Term:
        (earlier, a), (later, b) = pairs[name]
        return conj(
            (
                _plays(reading, session.rulebook, earlier, a),
                _plays(reading, session.rulebook, later, b),
                disj(
                    (
                        not session.rulebook.by_roles(earlier, a, later, b),
                        _together(reading, session.rulebook, earlier, later),
                        conj(
                            (
                                _at_once(reading, session.rulebook, later),
                                neg(_at_once(reading, session.rulebook, earlier)),
                            )
                        ),
                    )
                ),
            )
        )

    seen = session.shown.get(ROLES, set())
    met = session.reachable({name: loose(session.view, name) for name in pairs if name not in seen})
    for name in sorted(met - excused):
        done.broken += session.break_up(
            name,
            f"of {name}, the second does not wait for the first",
            lambda reading, name=name: loose(reading, name),
        )
    done.shown |= met
    return done


def _pairs(session: SolverSession, wanted: Iterable[tuple[str, ...]]) -> dict[str, tuple[Edge, Edge]]:
    """Pairs of pathways, each with the role that it may play."""
    chosen = [
        pathway for pathway in session.rulebook.pathways if conclusion.chosen(pathway) in session.model.heads
    ]
    roles = {pathway: _roles(session.rulebook, pathway, session.model.heads) for pathway in chosen}
    return {
        f"{earlier} then {later}": ((earlier, a), (later, b))
        for a, b in wanted
        for earlier in chosen
        for later in chosen
        if earlier != later and a in roles[earlier] and b in roles[later]
    }


def _at_once(reading: Interpretation, rulebook: Rulebook, pathway: str) -> Term:
    """Whether some rule surely starts a step at once."""
    return disj(
        reading.truth(AtomRef(conclusion.fired(rule.id)))[0]
        for rule in rulebook.rules
        if rule.form == "at_once" and pathway in rule.values
    )


def _together(reading: Interpretation, rulebook: Rulebook, first: str, second: str) -> Term:
    return disj(
        reading.truth(AtomRef(conclusion.fired(rule.id)))[0]
        for rule in rulebook.rules
        if rule.form == "together"
        and ((first in rule.values and second in rule.over) or (second in rule.values and first in rule.over))
    )


CLAIMS = (
    Claim("no-ring", "the steps of every plan can be put in order", _ordered),
    Claim(
        ROLES,
        "what is to be kept first is kept first, but for what is listed with the reason",
        _roles_in_order,
        excusing=True,
    ),
)
