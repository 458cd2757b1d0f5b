"""Faults that only show when the whole rulebook is seen together."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from routing.core import conclusion
from routing.core.conditions import AtomRef, leaf_tests
from routing.core.dependencies import conclusions_tested
from routing.core.domain import Pathway, Route
from routing.core.errors import Problem, one_of
from routing.rulebook.model import CLOSING_FORMS, Rule, Rulebook
from routing.rulebook.provision_ranges import within


def check(rulebook: Rulebook) -> Iterator[Problem]:
    """Every fault, lazily."""
    yield from _ids(rulebook)
    for rule in rulebook.rules:
        yield from _citations(rule, rulebook)
        yield from _codes(rule, rulebook)
    yield from _links(rulebook)
    yield from _route_citations(rulebook)
    yield from _lists_of_measures(rulebook)
    yield from _cards(rulebook)
    yield from _reach(rulebook)
    yield from _settings(rulebook)
    yield from _guards(rulebook)
    yield from _cycles(rulebook)


def _ids(rulebook: Rulebook) -> Iterator[Problem]:
    seen: dict[str, Rule] = {}
    before = ""
    for rule in rulebook.rules:
        first = seen.get(rule.id) or seen.get(rule.parent)
        row = rule.parent != rule.id and rule.parent == before and rule.id not in seen
        for id in (rule.id, rule.parent):
            seen.setdefault(id, rule)
        before = rule.parent
        if first is not None and not row:
            yield _fault(
                rule,
                f"rule `{rule.parent}` is defined twice, first in {first.file}:{first.line}",
                "give it another id",
                "rule.twice",
            )
    routes: dict[str, int] = {}
    for pathway in rulebook.pathways.values():
        for route in pathway.routes:
            if route.id in routes:
                yield _fault(
                    route,
                    f"route `{route.id}` is defined twice, first on line {routes[route.id]}",
                    "give it another id",
                    "route.twice",
                )
            routes.setdefault(route.id, route.line)


def _citations(rule: Rule, rulebook: Rulebook) -> Iterator[Problem]:
    if not rule.basis and rule.standing != "design":
        yield _fault(
            rule,
            f"rule `{rule.id}` has no basis",
            "cite a provision or a practice source, or say `standing: design`",
            "rule.no-basis",
        )
    if rule.standing == "contested" and not {"a", "b", "default"} <= set(rule.views):
        yield _fault(
            rule,
            f"contested rule `{rule.id}` does not give both views",
            "add `views: {a: ..., b: ..., default: ...}`",
            "rule.no-views",
        )
    for ref in rule.basis:
        if ref not in rulebook.provisions:
            yield unresolved(ref, f"rule `{rule.id}`", rule.file, rule.line, rulebook)
    for paragraph in rule.paper:
        if f"paper {paragraph}" not in rulebook.provisions:
            yield unresolved(f"paper {paragraph}", f"rule `{rule.id}`", rule.file, rule.line, rulebook)


def _route_citations(rulebook: Rulebook) -> Iterator[Problem]:
    for pathway in rulebook.pathways.values():
        for route in pathway.routes:
            for ref in (*route.lead, *route.support):
                if ref not in rulebook.provisions:
                    yield unresolved(ref, f"route `{route.id}`", route.file, route.line, rulebook)
        for ref in _of_times(pathway):
            if ref not in rulebook.provisions:
                yield unresolved(ref, f"the times of `{pathway.id}`", pathway.file, pathway.line, rulebook)


def _lists_of_measures(rulebook: Rulebook) -> Iterator[Problem]:
    """What names a measure for a provision, and the measure, are known."""
    for provision in rulebook.provisions.values():
        file = f"instruments/{provision.instrument}.yaml"
        for measure, ref in provision.for_measures.items():
            where = f"`for_measures` of `{provision.ref}`"
            if ref not in rulebook.provisions:
                yield unresolved(ref, where, file, 1, rulebook)
            if measure not in rulebook.measures:
                fix = one_of(measure, rulebook.measures)
                yield Problem(
                    f"{where} names `{measure}`, which is not a measure",
                    file,
                    1,
                    fix,
                    "provision.unknown-measure",
                )


def _of_times(pathway: Pathway) -> Iterator[str]:
    """The provisions that the times on a card rest on."""
    time, listed = pathway.card.get("time"), pathway.card.get("manners")
    manners = [row for row in listed if isinstance(row, dict)] if isinstance(listed, (list, tuple)) else []
    if isinstance(time, dict):
        rows = [row for key in ("answers", "objections", "may_end", "ends") for row in time.get(key) or ()]
        under = (time.get("basis"), time.get("holds_basis"), *(row.get("basis") for row in (*rows, *manners)))
        for given in under:
            yield from [given] if isinstance(given, str) else given or ()


def _fault(at: Rule | Route | Pathway, message: str, fix: str, id: str) -> Problem:
    return Problem(message, at.file, at.line, fix, id)


def unresolved(ref: str, where: str, file: str, line: int, rulebook: Rulebook) -> Problem:
    """That a reference leads to no provision. where: in what it stands, where that is not plain."""
    same = [it for it in rulebook.provisions if it.startswith(ref.split(" ")[0] + " ")]
    fix = one_of(ref, same or rulebook.instruments, limit=6)
    message = f"`{ref}`{f' in {where}' if where else ''} is not a provision"
    return Problem(message, file, line, fix, "provision.unresolved")


def _codes(rule: Rule, rulebook: Rulebook) -> Iterator[Problem]:
    by_form = {"warn": rulebook.warnings, "duty": rulebook.duties, "limit": rulebook.limits}
    codes = by_form.get(rule.form, {})
    for code in rule.values if rule.form in by_form else ():
        if code not in codes:
            yield _fault(
                rule, f"`{code}` is not a {rule.form} code", one_of(code, codes), "rule.unknown-code"
            )
    if rule.if_none and rule.if_none not in rulebook.warnings:
        yield _fault(
            rule,
            f"`{rule.if_none}` is not a warning code",
            one_of(rule.if_none, rulebook.warnings),
            "rule.unknown-code",
        )


def _links(rulebook: Rulebook) -> Iterator[Problem]:
    """What a rule defeats is a rule."""
    ids = {id for rule in rulebook.rules for id in (rule.id, rule.parent)}
    for rule in rulebook.rules:
        for loser in rule.defeats:
            if loser not in ids:
                yield _fault(
                    rule,
                    f"`{loser}`, which `{rule.id}` defeats, is not a rule",
                    one_of(loser, ids),
                    "rule.defeats-nothing",
                )


def _cards(rulebook: Rulebook) -> Iterator[Problem]:
    """What a pathway is not for is enforced by the rule, or by the basis of the route, that the card
    names."""
    ids = {id for rule in rulebook.rules for id in (rule.id, rule.parent)} | set(rulebook.routes)
    for pathway in rulebook.pathways.values():
        lines = pathway.card.get("not_for")
        for line in lines if isinstance(lines, list) else ():
            if line.get("rule") is not None and line["rule"] not in ids:
                yield _fault(
                    pathway,
                    f"`{line['rule']}`, which enforces what `{pathway.id}` is not for, is not a rule or"
                    " route",
                    one_of(line["rule"], ids),
                    "pathway.not-enforced",
                )


def _reach(rulebook: Rulebook) -> Iterator[Problem]:
    """Every place lies in some instrument, and every fact it hangs on is derived."""
    derived = [fact.id for fact in rulebook.facts.values() if fact.derived]
    for place, names in rulebook.reach.items():
        if not any(within(ref, place) for ref in rulebook.provisions):
            yield Problem(
                f"`{place}` under `reach` holds no provision",
                "rules/rulebook.yaml",
                None,
                "write `instrument`, `instrument 18` or `instrument 18(9)-(29)`",
                "provision.unresolved",
            )
        for name in names:
            if name not in derived:
                yield Problem(
                    f"`{name}` under `reach` is not a derived fact",
                    "rules/rulebook.yaml",
                    None,
                    one_of(name, derived),
                    "condition.unknown-fact",
                )


def _settings(rulebook: Rulebook) -> Iterator[Problem]:
    """What is passed on, and what times are counted by, is told by facts and measures that there are."""
    passed_on, clocks, beside = rulebook.passed_on, rulebook.clocks, rulebook.told_beside
    for block, what, words, allowed, id in (
        ("passed_on", "fact", passed_on.facts if passed_on else (), rulebook.facts, "condition.unknown-fact"),
        (
            "passed_on",
            "measure",
            passed_on.measures if passed_on else (),
            rulebook.measures,
            "condition.unknown-value",
        ),
        ("graver", "fact", rulebook.graver, rulebook.facts, "condition.unknown-fact"),
        ("own_of_needs", "fact", rulebook.own_of_needs, rulebook.facts, "condition.unknown-fact"),
        (
            "told_beside",
            "fact",
            (name for it in beside for name in (it.fact, it.not_if, it.only_if, it.named_in)),
            rulebook.facts,
            "condition.unknown-fact",
        ),
        (
            "told_beside",
            "duty",
            (it.duty for it in beside),
            rulebook.duties,
            "condition.unknown-value",
        ),
        (
            "told_beside",
            "measure",
            (name for it in beside for name in (*it.by, *it.of)),
            rulebook.measures,
            "condition.unknown-value",
        ),
        ("clocks", "fact", clocks.facts, rulebook.facts, "condition.unknown-fact"),
    ):
        for word in filter(None, words):
            if word not in allowed:
                message = f"`{word}` under `{block}` is not a {what}"
                yield Problem(message, "rules/rulebook.yaml", None, one_of(word, allowed), id)
    for it in beside:
        if not it.named_in and not (it.by and it.of):
            message = f"`{it.fact}` under `told_beside` is told by nobody, or to nobody"
            fix = "write the measures that tell under `by` and those that are told under `of`, or `named_in`"
            yield Problem(message, "rules/rulebook.yaml", None, fix, "shape.missing")


def _guards(rulebook: Rulebook) -> Iterator[Problem]:
    """No rule may close or bar a guarded pathway, or a route of it, because of a guarded fact."""
    for guard in rulebook.guards:
        for rule in rulebook.rules:
            if rule.form not in CLOSING_FORMS:
                continue
            hit = {
                target for target in rule.targets for shielded in guard.targets if _overlap(target, shielded)
            }
            asked = {leaf.fact for leaf in leaf_tests(rule.when) if not isinstance(leaf, AtomRef)} & set(
                guard.values
            )
            if hit and asked:
                yield _fault(
                    rule,
                    f"rule `{rule.id}` closes `{sorted(hit)[0]}` because of `{sorted(asked)[0]}`, which"
                    f" `{guard.id}` forbids",
                    "remove that pathway or that condition",
                    "rule.guard-broken",
                )


def _overlap(first: str, second: str) -> bool:
    """Whether two targets are the same, or one is a route of the other."""
    return first == second or first.startswith(f"{second}/") or second.startswith(f"{first}/")


def _cycles(rulebook: Rulebook) -> Iterator[Problem]:
    try:
        tuple(TopologicalSorter(conclusions_tested(rulebook.plain)).static_order())
    except CycleError as error:
        ring = " <- ".join(error.args[1])
        fired = [
            rulebook.rule.get(conclusion.name_of(atom))
            for atom in error.args[1]
            if conclusion.kind_of(atom) == conclusion.FIRED
        ]
        rule = next((r for r in fired if r), None)
        route = next(
            (
                rulebook.routes[conclusion.name_of(atom)]
                for atom in error.args[1]
                if conclusion.kind_of(atom) == conclusion.AVAILABLE
                and conclusion.name_of(atom) in rulebook.routes
            ),
            None,
        )
        place = rule or route
        yield Problem(
            f"conclusions depend on one another in a ring: {ring}",
            place.file if place else "rules",
            place.line if place else 1,
            "let one of these rules ask something else",
            "rule.ring",
        )
