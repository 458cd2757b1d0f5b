"""Two rulebooks on one measure, over the cases that both can read."""

from __future__ import annotations

from collections.abc import Iterable

from routing.core.domain import ASSUMED_MAIN_STEP, NO_STEP_ASSUMED, UNKNOWN, Fact
from routing.core.records import Record, replace
from routing.rulebook.model import Rulebook
from routing.verify.solver.domains import FactShape, shapes_of
from routing.verify.solver.encoding import SolverModel, View
from routing.verify.solver.sampled_worlds import SampledWorlds
from routing.verify.solver.session import Questions
from routing.verify.solver.witness import silent
from routing.verify.statements import Statements


class RulebookVersion(Record):
    """A rulebook with what it says of the rules as a whole."""

    rulebook: Rulebook
    statements: Statements


class PairedModels(Questions[str]):
    """The models of two rulebooks in one solver, and one crowd of cases read by both.

    A fact that only one of them knows is silent; a value that only one knows is never told.
    """

    def __init__(self, old: RulebookVersion, new: RulebookVersion, measure: str, milliseconds: int) -> None:
        self.old, self.new, self.measure = old.rulebook, new.rulebook, measure
        self.rulebook = replace(self.new, hash="", facts={**self.old.facts, **self.new.facts})
        shapes = _shared_shapes(old, new)
        self.model = SolverModel(
            self.old,
            measure,
            shapes,
            tuple(constraint.holds for constraint in old.statements.constraints),
            milliseconds,
            self._silent(self.old, self.new),
            taking=True,
        )
        self.later = SolverModel(
            self.new,
            measure,
            shapes,
            tuple(constraint.holds for constraint in new.statements.constraints),
            milliseconds,
            self._silent(self.new, self.old),
            taking=True,
            beside=self.model,
        )
        self.samples = SampledWorlds(self.model)
        own = {
            name: domain
            for name, domain in self.later.view.facts.items()
            if self.later.fixed_value(name) is not None
        }
        self.samples_later = SampledWorlds(
            self.later, base=self.samples, facts=own, reached=self.later.view.reached
        )

    @property
    def views(self) -> tuple[View, View]:
        return self.model.view, self.later.view

    @property
    def unlike(self) -> frozenset[str]:
        """The conclusions that the two may draw otherwise."""
        return self.later.view.reached

    def _silent(self, mine: Rulebook, others: Rulebook) -> dict[str, str | None]:
        """Facts that a case both can read does not tell, and what they then are."""
        return {
            name: _word(silent(mine, self.measure, name))
            for name, fact in mine.facts.items()
            if not fact.derived and fact.looked_up is None and not _readable(others.facts.get(name), fact)
        }


def _readable(old: Fact | None, new: Fact) -> bool:
    return old is not None and old.type == new.type and not old.derived


def _word(stated: object) -> str | None:
    word = stated[0] if isinstance(stated, tuple) else stated
    return None if word == UNKNOWN else str(word)


def _shared_shapes(old: RulebookVersion, new: RulebookVersion) -> dict[str, FactShape]:
    """What each fact can be in a case that both can read."""
    before, after = (shapes_of(edition.rulebook, *edition.statements.conditions()) for edition in (old, new))
    shapes = {**before, **after}
    for name in before.keys() & after.keys():
        a, b = before[name], after[name]
        if a.type == b.type:
            shapes[name] = replace(
                a, values=_kept(a.values, b.values), cuts=tuple(sorted({*a.cuts, *b.cuts}))
            )
    pathways = dict.fromkeys((*old.rulebook.pathways, *new.rulebook.pathways))
    return {
        **shapes,
        ASSUMED_MAIN_STEP: FactShape(ASSUMED_MAIN_STEP, "choice", (NO_STEP_ASSUMED, *pathways), always=True),
    }


def _kept(values: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    present = set(others)
    return tuple(value for value in values if value in present)


def readable_by_one(old: Rulebook, new: Rulebook) -> list[str]:
    """What a case can say to one of the two rulebooks only, and what both read otherwise, in words."""
    reasons = []
    for name, before, after in (
        ("measure", old.measures, new.measures),
        ("fact", _stated_facts(old), _stated_facts(new)),
    ):
        reasons += [f"{name} {word} is gone" for word in before if word not in after]
        reasons += [f"{name} {word} is new" for word in after if word not in before]
    for name in _stated_facts(old).keys() & _stated_facts(new).keys():
        a, b = old.facts[name], new.facts[name]
        reasons += [f"fact {name} can no longer be {value}" for value in a.values if value not in b.values]
        reasons += [f"fact {name} can now be {value}" for value in b.values if value not in a.values]
        reasons += [f"fact {name} has another type" for _ in range(a.type != b.type)]
        reasons += [f"fact {name} is looked up otherwise" for _ in range(a.looked_up != b.looked_up)]
    return sorted(reasons)


def _stated_facts(rulebook: Rulebook) -> dict[str, Fact]:
    return {name: fact for name, fact in rulebook.facts.items() if not fact.derived}
