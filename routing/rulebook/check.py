"""Faults that only show when the whole rulebook is seen together."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from routing.conditions import Holds, leaves
from routing.errors import Problem, one_of
from routing.rulebook.model import Rule, Rulebook


def check(rulebook: Rulebook) -> Iterator[Problem]:
    """Every fault, lazily."""
    yield from _ids(rulebook)
    for rule in rulebook.rules:
        yield from _citations(rule, rulebook)
        yield from _codes(rule, rulebook)
        yield from _links(rule, rulebook)
    yield from _route_citations(rulebook)
    yield from _guards(rulebook)
    yield from _cycles(rulebook)


def _ids(rulebook: Rulebook) -> Iterator[Problem]:
    seen: dict[str, Rule] = {}
    for rule in rulebook.rules:
        first = seen.setdefault(rule.id, rule)
        if first is not rule:
            yield Problem(f"rule `{rule.id}` is defined twice, first in {first.file}:{first.line}", rule.file, rule.line, "give it another id")
        if not rule.says:
            yield Problem(f"rule `{rule.id}` does not say what it means", rule.file, rule.line, "add `says:`")
    for name, members in rulebook.groups.items():
        for member in members:
            if member not in rulebook.pathways:
                yield Problem(f"`{member}` in group `{name}` is no pathway", "rules/rulebook.yaml", None, one_of(member, rulebook.pathways))


def _citations(rule: Rule, rulebook: Rulebook) -> Iterator[Problem]:
    if not rule.basis and rule.standing != "design":
        yield Problem(f"rule `{rule.id}` has no basis", rule.file, rule.line, "cite a provision or a practice source, or say `standing: design`")
    if rule.standing == "contested" and not {"a", "b", "default"} <= set(rule.views):
        yield Problem(f"contested rule `{rule.id}` does not give both views", rule.file, rule.line, "add `views: {a: ..., b: ..., default: ...}`")
    for ref in rule.basis:
        if ref not in rulebook.provisions:
            yield _unresolved(ref, f"rule `{rule.id}`", rule.file, rule.line, rulebook)
    for paragraph in rule.paper:
        if f"paper {paragraph}" not in rulebook.provisions:
            yield _unresolved(f"paper {paragraph}", f"rule `{rule.id}`", rule.file, rule.line, rulebook)


def _route_citations(rulebook: Rulebook) -> Iterator[Problem]:
    for route in rulebook.routes.values():
        for ref in (*route.lead, *route.support):
            if ref not in rulebook.provisions:
                yield _unresolved(ref, f"route `{route.id}`", route.file, route.line, rulebook)


def _unresolved(ref: str, where: str, file: str, line: int, rulebook: Rulebook) -> Problem:
    instrument = ref.split(" ")[0]
    same = [known for known in rulebook.provisions if known.startswith(instrument + " ")]
    return Problem(f"`{ref}` in {where} is no provision", file, line, one_of(ref, same or rulebook.instruments, limit=6))


def _codes(rule: Rule, rulebook: Rulebook) -> Iterator[Problem]:
    by_form = {"warn": rulebook.warnings, "duty": rulebook.duties, "limit": rulebook.limits}
    known = by_form.get(rule.form, {})
    for code in rule.values if rule.form in by_form else ():
        if code not in known:
            yield Problem(f"`{code}` is no {rule.form} code", rule.file, rule.line, one_of(code, known))
    if rule.if_none and rule.if_none not in rulebook.warnings:
        yield Problem(f"`{rule.if_none}` is no warning code", rule.file, rule.line, one_of(rule.if_none, rulebook.warnings))


def _links(rule: Rule, rulebook: Rulebook) -> Iterator[Problem]:
    ids = {other.id for other in rulebook.rules} | {other.parent for other in rulebook.rules}
    for loser in rule.defeats:
        if loser not in ids:
            yield Problem(f"`{loser}`, which `{rule.id}` defeats, is no rule", rule.file, rule.line, one_of(loser, ids))


def _guards(rulebook: Rulebook) -> Iterator[Problem]:
    """No rule may close or bar a guarded pathway because of a guarded fact."""
    for guard in (rule for rule in rulebook.rules if rule.form == "never"):
        for rule in rulebook.rules:
            if rule.form not in ("close", "bar"):
                continue
            hit = set(rule.targets) & set(guard.targets)
            asked = {leaf.fact for leaf in leaves(rule.when) if not isinstance(leaf, Holds)} & set(guard.values)
            if hit and asked:
                yield Problem(
                    f"rule `{rule.id}` closes `{sorted(hit)[0]}` because of `{sorted(asked)[0]}`, which `{guard.id}` forbids",
                    rule.file, rule.line, "remove that pathway or that condition")


def _cycles(rulebook: Rulebook) -> Iterator[Problem]:
    graph: dict[str, set[str]] = {}
    for line in rulebook.plain:
        graph.setdefault(line.head, set()).update(leaf.atom for leaf in leaves(line.when) if isinstance(leaf, Holds))
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        ring = " <- ".join(error.args[1])
        fired = [rulebook.rule.get(atom[6:]) for atom in error.args[1] if atom.startswith("fired:")]
        rule = next((r for r in fired if r), None)
        yield Problem(f"conclusions depend on one another in a ring: {ring}", rule.file if rule else "rules", rule.line if rule else None,
                      "let one of these rules ask something else")
