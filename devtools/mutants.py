"""Mutants: a rulebook with one small thing wrong in one rule, as a slip of the pen would leave it.

A suite of tests is as good as the mutants it notices. Kinds:
  condition   a part of a condition is left out or turned round, or `all` becomes `any`
  exception   the same for what a rule excepts
  value       a value is left out, added, or taken for its neighbour
  cut-point   a bound is one higher or lower
  effect      a rule does nothing, less, more, or something else
  defeat      a rule no longer lifts another
  provision   a provision is left out, or taken for its neighbour

Held by `tests/unit/verify/test_mutants.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from routing.core.conditions import (
    NEVER,
    All,
    Any,
    AtLeast,
    AtomRef,
    Condition,
    Is,
    Not,
    all_of,
    any_of,
    negate,
)
from routing.core.domain import KINDS_OF_NEED
from routing.core.grouping import grouped
from routing.core.records import Record, replace
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.parse.conditions import TIE, TIE_VALUES

KINDS = ("condition", "exception", "value", "cut-point", "effect", "defeat", "provision")
CODES = {"duty": "duties", "warn": "warnings", "limit": "limits"}
OTHER_FORM = {"close": "bar", "bar": "close"}
COMPARED = ("form", "when", "targets", "values", "basis", "defeats", "how", "role", "over", "if_none")


class Mutant(Record):
    """One rule with one change. kind: one of KINDS. says: the change in a few words, different for each
    mutant of a rule."""

    kind: str
    says: str
    old: Rule
    new: Rule

    @property
    def id(self) -> str:
        """The same for the same change of the same rule, from run to run."""
        return f"{self.old.id} {self.kind}: {self.says}"


Change = tuple[str, str, dict[str, object]]
"""Kind, words, and the parts of the rule that are other."""

Provisions = Mapping[str, Sequence[str]]
"""The provisions of each instrument."""


def mutants_of(rulebook: Rulebook, rules: Iterable[Rule]) -> Iterator[Mutant]:
    """Every mutant of some rules, each change once."""
    provisions = grouped((ref.split(" ")[0], ref) for ref in rulebook.provisions)
    for rule in rules:
        yield from _of_one(rulebook, rule, provisions)


def _of_one(rulebook: Rulebook, rule: Rule, provisions: Provisions) -> Iterator[Mutant]:
    seen = [_compared(rule)]
    words: dict[str, int] = {}
    for kind, says, parts in _changes(rulebook, rule, provisions):
        new = replace(rule, **parts)
        if _compared(new) not in seen:
            seen.append(_compared(new))
            words[says] = words.get(says, 0) + 1
            yield Mutant(kind, says if words[says] == 1 else f"{says} ({words[says]})", rule, new)


def _compared(rule: Rule) -> tuple[object, ...]:
    return tuple(getattr(rule, name) for name in COMPARED)


def _changes(rulebook: Rulebook, rule: Rule, provisions: Provisions) -> Iterator[Change]:
    for kind, says, when in _conditions(rulebook, rule.when, False):
        yield kind, says, {"when": when}
    if rule.form != "never":
        yield "effect", "does nothing", {"when": NEVER}
    yield from _targets(rule)
    yield from _values(rulebook, rule)
    for loser in rule.defeats:
        yield "defeat", f"does not lift {loser}", {"defeats": _less(rule.defeats, loser)}
    for ref in rule.basis:
        if len(rule.basis) > 1:
            yield "provision", f"without {ref}", {"basis": _less(rule.basis, ref)}
        neighbour = _neighbour(ref, provisions[ref.split(" ")[0]]) or next(iter(rulebook.provisions))
        yield (
            "provision",
            f"{neighbour} for {ref}",
            {"basis": tuple(neighbour if cited == ref else cited for cited in rule.basis)},
        )


# Conditions

Changed = tuple[str, str, Condition]


def _conditions(rulebook: Rulebook, condition: Condition, excepted: bool) -> Iterator[Changed]:
    """The condition with one change, at any depth. excepted: whether it stands within an exception."""
    kind = "exception" if excepted else "condition"
    if isinstance(condition, (All, Any)):
        yield from _joined(rulebook, condition, excepted)
    elif isinstance(condition, Not):
        yield "exception", f"not {told(condition.part)} turned round", condition.part
        for inner, says, part in _conditions(rulebook, condition.part, True):
            if part != negate(condition.part):
                yield inner, says, negate(part)
    else:
        yield kind, f"{told(condition)} turned round", negate(condition)
        if isinstance(condition, AtLeast):
            for bound in (condition.bound - 1, condition.bound + 1):
                yield (
                    "cut-point",
                    f"{condition.fact} at least {bound} for {condition.bound}",
                    AtLeast(condition.fact, bound),
                )
        elif isinstance(condition, Is):
            yield from _other_values(rulebook, condition)


def _joined(rulebook: Rulebook, condition: All | Any, excepted: bool) -> Iterator[Changed]:
    join: Callable[..., Condition] = all_of if isinstance(condition, All) else any_of
    for index, part in enumerate(condition.parts):
        before, after = condition.parts[:index], condition.parts[index + 1 :]
        kind = "exception" if excepted or isinstance(part, Not) else "condition"
        yield kind, f"without {told(part)}", join(*before, *after)
        for inner, says, changed in _conditions(rulebook, part, excepted):
            yield inner, says, join(*before, changed, *after)
    if len(condition.parts) > 1:
        written, slip = ("all", "any") if isinstance(condition, All) else ("any", "all")
        yield (
            "exception" if excepted else "condition",
            f"{slip} for {written} of {told(condition)}",
            (Any if written == "all" else All)(condition.parts),
        )


def _other_values(rulebook: Rulebook, test: Is) -> Iterator[Changed]:
    known = known_values(rulebook, test.fact)
    for value in sorted(test.values):
        if len(test.values) > 1:
            yield "value", f"{test.fact} without {value}", Is(test.fact, test.values - {value})
    spare = [value for value in known if value not in test.values]
    if spare:
        last = max((known.index(value) for value in test.values if value in known), default=0)
        extra = next((value for value in known[last + 1 :] if value in spare), spare[0])
        yield "value", f"{test.fact} also {extra}", Is(test.fact, test.values | {extra})
        if len(test.values) == 1:
            yield (
                "value",
                f"{test.fact} is {extra} for {min(test.values)}",
                Is(test.fact, frozenset({extra})),
            )


def known_values(rulebook: Rulebook, fact: str) -> tuple[str, ...]:
    """Every value that a test of a fact can name."""
    if fact.startswith(TIE):
        return TIE_VALUES
    if fact == "measure":
        return tuple(rulebook.measures)
    return KINDS_OF_NEED if fact == "kind" else tuple(rulebook.facts[fact].values)


def told(condition: Condition) -> str:
    """A condition in a few words."""
    if isinstance(condition, Is):
        return f"{condition.fact} is {'|'.join(sorted(condition.values))}"
    if isinstance(condition, AtLeast):
        return f"{condition.fact} at least {condition.bound}"
    if isinstance(condition, AtomRef):
        return condition.atom
    if isinstance(condition, Not):
        return f"not {told(condition.part)}"
    join = " and " if isinstance(condition, All) else " or "
    return f"({join.join(told(part) for part in condition.parts)})"


# Effects


def _targets(rule: Rule) -> Iterator[Change]:
    for target in rule.targets:
        if len(rule.targets) > 1 or rule.form in CODES:
            yield (
                "effect",
                f"{rule.form} not {target}" if len(rule.targets) > 1 else "whatever is in the plan",
                {"targets": _less(rule.targets, target)},
            )
    if rule.form in OTHER_FORM:
        yield "effect", f"{OTHER_FORM[rule.form]} for {rule.form}", {"form": OTHER_FORM[rule.form]}
    if rule.form == "close":
        how = "fixed" if rule.how == "curable" else "curable"
        yield "effect", f"{how} for {rule.how}", {"how": how}


def _values(rulebook: Rulebook, rule: Rule) -> Iterator[Change]:
    for value in rule.values:
        if len(rule.values) > 1:
            yield "effect", f"without {value}", {"values": _less(rule.values, value)}
        if rule.form in CODES:
            neighbour = _neighbour(value, list(getattr(rulebook, CODES[rule.form])))
            yield (
                "effect",
                f"{neighbour} for {value}",
                {"values": tuple(neighbour if said == value else said for said in rule.values)},
            )
    if rule.form == "first_open":
        for index in range(len(rule.values) - 1):
            first, two = rule.values[index], rule.values[index + 1]
            yield (
                "effect",
                f"{two} before {first}",
                {"values": (*rule.values[:index], two, first, *rule.values[index + 2 :])},
            )
    if rule.role:
        neighbour = _neighbour(rule.role, list(rulebook.roles))
        yield "effect", f"to {neighbour} for to {rule.role}", {"role": neighbour}
    if rule.if_none:
        yield "effect", f"silent where there is none, for {rule.if_none}", {"if_none": ""}
    for way in rule.over:
        if len(rule.over) > 1:
            yield "effect", f"not over {way}", {"over": _less(rule.over, way)}
    if rule.form in ("prefer", "before"):
        yield "effect", "the other way round", {"values": rule.over, "over": rule.values}


def _less(items: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(item for item in items if item != gone)


def _neighbour(item: str, items: Sequence[str]) -> str:
    """The next one, or the one before the last; empty where there is no other."""
    if len(items) < 2:
        return ""
    place = items.index(item)
    return items[place + 1] if place + 1 < len(items) else items[place - 1]
