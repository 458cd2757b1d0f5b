"""What is still open for a need, which unknown facts it hangs on, and which of them can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from routing.analyse.whatif.candidates import BUILT_IN
from routing.case.facts import Facts, Value
from routing.case.model import Case, Need
from routing.core import conclusion
from routing.core.cached import cached_property
from routing.core.conditions import All, AtLeast, AtomRef, Condition, Is, leaf_tests
from routing.core.domain import Fact
from routing.evaluate.facts_behind import facts_open
from routing.evaluate.reference import Reference
from routing.plan.completions import answers_of
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

PRIMARY = "primary:"
PRESERVE = "preserve"
"""The role of a step that keeps data or property from being lost."""


@dataclass
class Topics:
    """What of a rulebook an interview needs to know, worked out once."""

    rulebook: Rulebook
    _targets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _choices: dict[str, tuple[Value, ...]] = field(default_factory=dict)

    def targets(self, measure: str) -> tuple[str, ...]:
        """The conclusions that make an answer: the main step, what keeps a thing from being lost, and
        warnings that say stop.

        Which steps help beside the main one is not a reason to ask: every answer would lead to the same
        channel.
        """
        if measure not in self._targets:
            rulebook = self.rulebook
            ways = [*rulebook.measures[measure].ways, rulebook.last_resort]
            atoms = [conclusion.primary(way) for way in ways] + [
                conclusion.chosen(way)
                for way, pathway in rulebook.pathways.items()
                if pathway.role == PRESERVE
            ]
            for rule in rulebook.rules:
                if rule.form == "warn" and any(
                    rulebook.warnings[code].level == "stop" for code in rule.values
                ):
                    atoms.append(conclusion.fired(rule.id))
                elif rule.if_none and rulebook.warnings[rule.if_none].level == "stop":
                    atoms.append(conclusion.no_step(rule.id))
            self._targets[measure] = tuple(dict.fromkeys(atom for atom in atoms if atom in rulebook.heads))
        return self._targets[measure]

    @cached_property
    def tests(self) -> dict[str, tuple[Is | AtLeast, ...]]:
        """Every test that some rule makes of a fact."""
        tested: dict[str, dict[Is | AtLeast, None]] = {}
        for line in self.rulebook.plain:
            for leaf in leaf_tests(line.when):
                if not isinstance(leaf, AtomRef):
                    tested.setdefault(leaf.fact, {})[leaf] = None
        return {name: tuple(tests) for name, tests in tested.items()}

    def choices(self, name: str) -> tuple[Value, ...]:
        """One value for each answer that rules tell apart."""
        if name not in self._choices:
            kinds: dict[tuple[bool, ...], Value] = {}
            for value in answers_of(self.rulebook, name):
                kinds.setdefault(tuple(_passes(value, test) for test in self.tests.get(name, ())), value)
            self._choices[name] = tuple(kinds.values())
        return self._choices[name]

    def kind(self, name: str, value: Value) -> Value:
        """The value of `choices` that rules cannot tell from this one."""
        tests = self.tests.get(name, ())
        own = tuple(_passes(value, test) for test in tests)
        return next(
            (
                choice
                for choice in self.choices(name)
                if tuple(_passes(choice, test) for test in tests) == own
            ),
            value,
        )


def _passes(value: Value, test: Is | AtLeast) -> bool:
    """Whether a test holds of a value that is known."""
    if isinstance(test, AtLeast):
        return value.number is not None and value.number >= test.bound
    return not value.words.isdisjoint(test.values)


def open_facts(reference: Reference, atoms: Iterable[str]) -> tuple[str, ...]:
    """The unknown facts on which conclusions hang that are neither sure nor ruled out."""
    return _hanging(reference, map(AtomRef, atoms))


def _hanging(reference: Reference, conditions: Iterable[Condition]) -> tuple[str, ...]:
    """The unknown facts on which conditions hang that are neither sure nor ruled out."""
    return tuple(name for name in facts_open(reference, conditions) if name not in BUILT_IN)


def asked_as(rulebook: Rulebook, name: str) -> str:
    """The fact to ask for: a number of days is asked as the date it is counted from."""
    how = rulebook.facts[name].looked_up or {} if name in rulebook.facts else {}
    return how.get("days_until") or how.get("days_since") or name


def may_ask(rulebook: Rulebook, name: str, case: Case, need: Need, facts: Facts) -> bool:
    """Whether a person can be asked for a fact that is not known."""
    if name in BUILT_IN:
        return False
    if name.startswith(TIE):
        # Without both States there is nothing that could bind them.
        return bool(facts.requesting and facts.requested) and name.removeprefix(TIE) not in case.assume.ties
    fact: Fact = rulebook.facts[name]
    if need.kind not in fact.asked_in:
        return False
    if (
        fact.derived
        or fact.type not in ("choice", "many", "number")
        or {"from", "states", "count"} & set(fact.looked_up or {})
    ):
        return False
    stated = {**case.facts, **need.facts}
    return name not in stated and asked_as(rulebook, name) not in stated


def always_asked(rulebook: Rulebook, case: Case, need: Need, facts: Facts) -> Iterator[str]:
    """The facts that the rules want asked of a need of its kind, though nothing open hangs on them."""
    for name, fact in rulebook.facts.items():
        if need.kind in fact.always_asked_in and may_ask(rulebook, name, case, need, facts):
            yield name


def asked_before(rulebook: Rulebook, name: str, case: Case, need: Need, reference: Reference) -> str | None:
    """A fact that may be asked and from which the one that is open may be presumed: a person knows the
    offence, not its lists."""
    fact = rulebook.facts.get(name)
    for presumption in fact.usual if fact else ():
        whole = All(tuple(presumption.when))
        for asked in _hanging(reference, [whole]):
            if asked in rulebook.facts and may_ask(rulebook, asked, case, need, reference.facts):
                return asked
    return None


def askable(
    rulebook: Rulebook, case: Case, need: Need, reference: Reference, targets: Iterable[str]
) -> tuple[str, ...]:
    """The unknown facts on which open conclusions hang and for which a person can be asked.

    Whether an instrument binds the States is asked only while the main step hangs on it: a person has to look
    it up.
    """
    open_targets = tuple(targets)
    names = [
        name
        for name in open_facts(reference, open_targets)
        if may_ask(rulebook, name, case, need, reference.facts)
    ]
    if any(name.startswith(TIE) for name in names):
        deciding = set(open_facts(reference, (atom for atom in open_targets if atom.startswith(PRIMARY))))
        names = [name for name in names if not name.startswith(TIE) or name in deciding]
    return tuple(names)
