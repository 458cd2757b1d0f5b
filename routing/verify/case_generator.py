"""Random cases that look for the rare corners of the rules.

Each case is drawn from a seed and its number alone, so that any of them can be drawn again. Cases
come in blocks of one measure and kind of need, because the engine compiles its rules for these.
Half of them lean towards one rule that the measure leaves open: its condition is walked, and facts
are set so that it may fire.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from routing.case.model import Assumptions, Case, Need, Stated
from routing.core.conditions import (
    NEVER,
    All,
    Any,
    AtLeast,
    AtomRef,
    Condition,
    Is,
    Not,
    leaf_tests,
    specialise,
)
from routing.core.domain import KINDS_OF_NEED, UNKNOWN
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.parse.conditions import TIE, TIE_VALUES
from routing.verify.solver.domains import MANY, NUMBER, FactShape, shapes_of

DEEPEST = 6
BLOCK = 100


class CaseGenerator:
    """Draws cases for a rulebook.

    states: codes of States to name; half of the cases name two of them, the others assume ties.
    """

    def __init__(self, rulebook: Rulebook, states: Sequence[str], seed: int = 0) -> None:
        self.rulebook = rulebook
        self.states = tuple(states)
        self.seed = seed
        self.shapes = {
            name: shape
            for name, shape in shapes_of(rulebook).items()
            if name in rulebook.facts
            and not (rulebook.facts[name].looked_up and "from" in (rulebook.facts[name].looked_up or {}))
        }
        self.ties = tuple(sorted({name for line in rulebook.plain for name in _ties(line.when)}))
        self.rules = tuple(rule for rule in rulebook.rules if rule.form != "never")
        self._blocks = [(measure, kind) for measure in sorted(rulebook.measures) for kind in KINDS_OF_NEED]
        Random(seed).shuffle(self._blocks)
        self._open: dict[tuple[str, str], tuple[Rule, ...]] = {}

    def turn(self, block: int) -> int:
        """The measure and kind of need of a block, as a number: blocks with the same one use the same
        compiled rules."""
        return block % len(self._blocks)

    def case(self, number: int) -> Case:
        """The case of this number."""
        draw = Random(f"{self.seed}/{number}")
        measure, kind = self._blocks[self.turn(number // BLOCK)]
        facts: dict[str, Stated] = {}
        for name in draw.sample(sorted(self.shapes), k=min(draw.choice((0, 2, 5, 12, 30)), len(self.shapes))):
            facts[name] = self._value(self.shapes[name], draw)
        leaning = self.left_open(measure, kind)
        if draw.random() < 0.5 and leaning:
            self._lean(draw.choice(leaning).when, True, facts, draw, DEEPEST)
        pair = draw.sample(self.states, 2) if len(self.states) > 1 and draw.random() < 0.5 else None
        ties = {name.removeprefix(TIE): str(facts[name]) for name in facts if name.startswith(TIE)}
        if pair is None:
            for name in self.ties:
                if draw.random() < 0.5:
                    ties.setdefault(name.removeprefix(TIE), draw.choice((*TIE_VALUES, TIE_VALUES[0])))
        return self._built(facts, measure, kind, pair, ties)

    def left_open(self, measure: str, kind: str) -> tuple[Rule, ...]:
        """The rules that a measure and a kind of need do not rule out by themselves."""
        if (measure, kind) not in self._open:
            values = {**self.rulebook.properties(measure), "measure": measure, "kind": kind}
            self._open[measure, kind] = tuple(
                rule for rule in self.rules if specialise(rule.when, values) != NEVER
            )
        return self._open[measure, kind]

    def _built(
        self,
        facts: Mapping[str, Stated],
        measure: str,
        kind: str,
        pair: Sequence[str] | None,
        ties: Mapping[str, str],
    ) -> Case:
        shared: dict[str, Stated] = {}
        own: dict[str, Stated] = {}
        for name, stated in facts.items():
            if name in self.shapes:
                (shared if self.rulebook.facts[name].of == "case" else own)[name] = stated
        need = Need(id="need-1", kind=kind, measure=measure, partner=pair[1] if pair else None, facts=own)
        return Case(
            state=pair[0] if pair else None, facts=shared, needs=(need,), assume=Assumptions(ties=dict(ties))
        )

    def _value(self, shape: FactShape, draw: Random) -> Stated:
        if draw.random() < 0.15:
            return UNKNOWN if shape.type != MANY else (UNKNOWN,)
        if shape.type == NUMBER:
            cut = draw.choice(shape.cuts or (1,))
            return max(cut + draw.choice((-1, 0, 1)), 0)
        if shape.type == MANY:
            values = tuple(
                value
                for value in shape.values
                if value != "none" and draw.random() < 2.5 / max(len(shape.values), 1)
            )
            return (*values, UNKNOWN) if draw.random() < 0.3 else values
        return draw.choice(shape.values)

    def _lean(
        self, condition: Condition, wanted: bool, facts: dict[str, Stated], draw: Random, depth: int
    ) -> None:
        """Set facts so that the condition tends to hold, or not to."""
        if isinstance(condition, Not):
            self._lean(condition.part, not wanted, facts, draw, depth)
        elif isinstance(condition, (All, Any)):
            every = isinstance(condition, All) == wanted
            parts = (
                condition.parts
                if every
                else tuple(draw.sample(condition.parts, 1))
                if condition.parts
                else ()
            )
            for part in parts:
                self._lean(part, wanted, facts, draw, depth)
        elif isinstance(condition, AtLeast):
            facts[condition.fact] = condition.bound if wanted else max(condition.bound - 1, 0)
        elif isinstance(condition, Is):
            self._set(condition, wanted, facts, draw)
        elif isinstance(condition, AtomRef) and depth:
            lines = self.rulebook.heads.get(condition.atom, ())
            if lines:
                self._lean(
                    draw.choice(lines).when if wanted else lines[0].when, wanted, facts, draw, depth - 1
                )

    def _set(self, test: Is, wanted: bool, facts: dict[str, Stated], draw: Random) -> None:
        if test.fact in ("measure", "kind") or test.fact.startswith(TIE):
            allowed = {"measure": tuple(sorted(self.rulebook.measures)), "kind": KINDS_OF_NEED}.get(
                test.fact, TIE_VALUES
            )
        elif test.fact in self.shapes:
            allowed = self.shapes[test.fact].values
        else:
            return
        values = [value for value in allowed if (value in test.values) == wanted]
        if not values:
            return
        if test.fact in self.shapes and self.shapes[test.fact].type == MANY:
            facts[test.fact] = tuple(draw.sample(values, 1)) if wanted else ()
        else:
            facts[test.fact] = draw.choice(values)


def _ties(condition: Condition) -> set[str]:
    return {leaf.fact for leaf in leaf_tests(condition) if isinstance(leaf, Is) and leaf.fact.startswith(TIE)}
