"""The reference evaluator: reads plain rules as they stand, by recursion, on two rails.

It shares no evaluation, ordering or negation code with the engine, and runs beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from routing.case.facts import Facts
from routing.core.conditions import All, AtLeast, AtomRef, Clause, Condition, Is, Not
from routing.core.conditions import Any as AnyOf
from routing.core.records import Record, field
from routing.core.truth import BY_RAILS, FALSE, TRUE, UNDECIDED, Truth
from routing.rulebook.model import Rulebook


class Reference(Record):
    """Answers whether a conclusion holds for one need's facts."""

    heads: Mapping[str, tuple[Clause, ...]]
    facts: Facts
    _truths: dict[str, Truth] = field(default_factory=dict)
    _read: dict[int, Truth] = field(default_factory=dict)
    _conditions: list[Condition] = field(default_factory=list)  # that were read: kept, so that their ids are

    def atom(self, name: str) -> Truth:
        """Whether a conclusion holds, surely and possibly."""
        return self._truths.get(name) or self._concluded(name)

    def _concluded(self, name: str) -> Truth:
        """Whether a conclusion holds that was not asked for before."""
        lines = self.heads.get(name, ())
        if len(lines) != 1:
            truth = self._any_of([line.when for line in lines])
        elif type(when := lines[0].when) is All:
            truth = self._all_of(when.parts)
        else:
            truth = self.truth(when)
        self._truths[name] = truth
        return truth

    def keep(self, earlier: Reference, but: Set[str]) -> None:
        """Take over what was found for facts that differ in nothing on which other conclusions than `but`
        rest."""
        self._truths.update(earlier._truths)
        for name in but & self._truths.keys():
            del self._truths[name]

    def forget_conditions(self) -> None:
        """Give back what conditions came to, several times the room of what conclusions came to, from which
        they are soon worked out again."""
        self._read.clear()
        self._conditions.clear()

    def holding(self, heads: Iterable[str]) -> dict[str, Truth]:
        """Those of the conclusions that hold at least possibly."""
        truths, concluded = self._truths, self._concluded
        return {head: truth for head in heads if (truth := truths.get(head) or concluded(head))[1]}

    def truth(self, condition: Condition) -> Truth:
        if type(condition) is AtomRef:  # several times as quick as isinstance where it is not
            return self._truths.get(condition.atom) or self._concluded(condition.atom)
        if type(condition) is Not:
            surely, possibly = self.truth(condition.part)
            return BY_RAILS[not possibly][not surely]
        return self._read.get(id(condition)) or self._worked_out(condition)

    def _worked_out(self, condition: Is | AtLeast | All | AnyOf) -> Truth:
        """What a condition comes to that was not read before."""
        if type(condition) is All:
            truth = self._all_of(condition.parts)
        elif type(condition) is AnyOf:
            truth = self._any_of(condition.parts)
        else:
            assert type(condition) is Is or type(condition) is AtLeast
            truth = self.facts.truth(condition)
        self._read[id(condition)] = truth
        self._conditions.append(condition)
        return truth

    def settled(self, condition: Condition, wanted: bool) -> bool:
        """Whether a condition surely holds, or surely fails where that is wanted."""
        surely, possibly = self.truth(condition)
        return surely if wanted else not possibly

    # Most of the time goes into these two: what is known of a part is looked up where it stands, the most
    # frequent kinds of parts first, and what parts come to is kept only where several conditions share them.

    def _all_of(self, parts: Iterable[Condition]) -> Truth:
        truths, read, all_ = self._truths, self._read, TRUE
        for part in parts:
            settling = FALSE
            if type(part) is Is:
                truth = read.get(id(part)) or self._worked_out(part)
            else:
                if type(part) is Not:
                    part, settling = part.part, TRUE
                if type(part) is AtomRef:
                    truth = truths.get(part.atom) or self._concluded(part.atom)
                else:
                    truth = self.truth(part)
            if truth is settling:
                return FALSE
            if truth is UNDECIDED:
                all_ = UNDECIDED
        return all_

    def _any_of(self, parts: Iterable[Condition]) -> Truth:
        truths, any_ = self._truths, FALSE
        for part in parts:
            if type(part) is All:
                truth = self._all_of(part.parts)
            elif type(part) is AtomRef:
                truth = truths.get(part.atom) or self._concluded(part.atom)
            else:
                truth = self.truth(part)
            if truth is TRUE:
                return TRUE
            if truth is UNDECIDED:
                any_ = UNDECIDED
        return any_


def evaluate(rulebook: Rulebook, facts: Facts, heads: Iterable[str] | None = None) -> dict[str, Truth]:
    """The conclusions, of the whole rulebook or of those asked for, that hold at least possibly."""
    return Reference(rulebook.heads, facts).holding(rulebook.heads if heads is None else heads)
