"""A rulebook with some of its parts changed, written out anew; for planted faults and mutants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from routing.frozen import replace
from routing.rulebook.expand import expand
from routing.rulebook.model import Rule, Rulebook


def changed(rulebook: Rulebook, **parts: Any) -> Rulebook:
    """The rulebook with other rules, pathways, measures, facts or codes, and the plain rules they make.

    Its hash is empty: it stands in no folder.
    """
    new = replace(rulebook, hash="", **parts)
    return replace(new, plain=expand(new.rules, new.pathways, new.measures, new.last_resort))


def with_rule(rulebook: Rulebook, rule: Rule) -> Rulebook:
    """With one rule instead of the one of the same id, or added."""
    others = tuple(rule if old.id == rule.id else old for old in rulebook.rules)
    return changed(rulebook, rules=others if rule in others else (*others, rule))


def without(rulebook: Rulebook, ids: Iterable[str]) -> Rulebook:
    """Without some rules."""
    gone = set(ids)
    return changed(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.id not in gone))
