"""A rulebook with some of its parts changed, written out anew; for planted faults and mutants.

Held by `tests/slow/test_mutation.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from routing.core.conditions import Clause
from routing.core.dependencies import by_head
from routing.core.records import replace
from routing.rulebook.lower import expand
from routing.rulebook.model import STEP_FORMS, Rule, Rulebook

ACTING = ("close", "bar")


def changed(rulebook: Rulebook, **parts: Any) -> Rulebook:
    """The rulebook with other rules, pathways, measures, facts or codes, and the plain rules they make.

    Its hash is empty: it stands in no folder.
    """
    new = replace(rulebook, hash="", **parts)
    return replace(new, plain=expand(new.rules, new.pathways, new.measures, new.last_resort, new.reach))


def with_rule(rulebook: Rulebook, rule: Rule) -> Rulebook:
    """With one rule instead of the one of the same id, or added."""
    others = tuple(rule if old.id == rule.id else old for old in rulebook.rules)
    return changed(rulebook, rules=others if rule in others else (*others, rule))


def without(rulebook: Rulebook, ids: Iterable[str]) -> Rulebook:
    """Without some rules."""
    gone = set(ids)
    return changed(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.id not in gone))


def rewritten(rulebook: Rulebook, old: Rule, new: Rule) -> dict[str, tuple[Clause, ...]]:
    """The plain rules of every conclusion that they change for, where one rule stands instead of another of
    the same id.

    Only what the two rules can reach is written out anew. A conclusion that nothing leads to any more has
    none.
    """
    own = {
        rule.id
        for rule in rulebook.rules
        if rule.id == old.id or {rule.id, rule.parent} & (set(old.defeats) ^ set(new.defeats))
    }
    near = {way: rulebook.pathways[way] for way in _touched(old, new)}
    rules = tuple(new if rule.id == old.id else rule for rule in rulebook.rules)
    now = by_head(expand(rules, near, rulebook.measures, rulebook.last_resort, {}, own))
    rewriting = own | near.keys() | {route.id for pathway in near.values() for route in pathway.routes}
    for head, lines in rulebook.heads.items():
        if any(line.rule in rewriting for line in lines):
            now[head] = (*(line for line in lines if line.rule not in rewriting), *now.get(head, ()))
    return {head: lines for head, lines in now.items() if set(lines) != set(rulebook.heads.get(head, ()))}


def _touched(old: Rule, new: Rule) -> set[str]:
    """The pathways whose own plain rules the change of a rule can reach."""
    if old.form != new.form or old.how != new.how:
        targets = {*old.targets, *new.targets}
    else:
        targets = set(old.targets) ^ set(new.targets)
    ways = {target.split("/")[0] for target in targets if old.form in ACTING or "/" in target}
    if old.form in STEP_FORMS:
        ways |= set(old.values) ^ set(new.values)
    elif old.form == "prefer" and (old.values, old.over) != (new.values, new.over):
        ways |= {*old.values, *old.over}
    return ways


def with_lines(rulebook: Rulebook, old: Rule, new: Rule, lines: Mapping[str, tuple[Clause, ...]]) -> Rulebook:
    """The rulebook with one rule instead of another, and the plain rules that `rewritten` gave. Nothing else
    is written out."""
    heads = {head: clauses for head, clauses in {**rulebook.heads, **lines}.items() if clauses}
    plain = tuple(line for clauses in heads.values() for line in clauses)
    return replace(
        rulebook,
        hash="",
        rules=tuple(new if rule.id == old.id else rule for rule in rulebook.rules),
        plain=plain,
    )
