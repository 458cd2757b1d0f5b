"""Other values that a need's facts could have, and what it takes for them to have these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.case.facts import Value
from routing.core.conditions import AtomRef
from routing.core.domain import NEED_FACTS
from routing.core.records import Record
from routing.core.remembered import MadeOf
from routing.evaluate.batch import reached
from routing.evaluate.facts_behind import facts_open
from routing.evaluate.findings import Findings
from routing.plan.completions import answers_of
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

FIND, OBTAIN, OTHERWISE, FIXED = "find_out", "obtain", "otherwise", "fixed"
"""What one can find out, what one can obtain, what was told and would have to be otherwise, what cannot
change."""
BUILT_IN = NEED_FACTS
"""What the need itself is, and what the evaluators alone use; no case states it as a fact."""
_behind: MadeOf[Rulebook, dict[tuple[str, ...], tuple[str, ...]]] = MadeOf(2, lambda _: {})
"""By conclusions, the facts on which they can depend, as far as they were looked for."""


class OtherValue(Record):
    """One other value of one fact. certain: whether the fact surely has another value now."""

    fact: str
    value: Value
    group: str
    certain: bool

    @property
    def cost(self) -> tuple[int, int, int]:
        """What is not known comes before what was told; what cannot change comes last. Of equals, what can be
        obtained comes before what would have to turn out so."""
        return (
            2 if self.group == FIXED else 0,
            1 if self.certain else 0,
            0 if self.group == OBTAIN else 1,
        )


def candidates(findings: Findings, facts: Iterable[str]) -> tuple[OtherValue, ...]:
    """Every other value of these facts that a case could state."""
    candidates = []
    for name in facts:
        if changeable(findings, name):
            group, certain = group_of(findings, name)
            candidates += [OtherValue(name, value, group, certain) for value in _others(findings, name)]
    return tuple(candidates)


def changeable(findings: Findings, name: str) -> bool:
    """Whether a case can state the fact at all."""
    if name in BUILT_IN:
        return False
    if name.startswith(TIE):
        return True
    fact = findings.rulebook.facts[name]
    return (
        not fact.derived
        and fact.type in ("choice", "many", "number")
        and "from" not in (fact.looked_up or {})
        and "states" not in (fact.looked_up or {})
    )


def group_of(findings: Findings, name: str) -> tuple[str, bool]:
    """Whether a fact is found out, obtained, told otherwise or fixed; and whether it is known."""
    value = findings.facts.get(name)
    firm = value is not None and value.origin not in ("presumed", "stipulated")
    if name.startswith(TIE):
        return (FIXED if value is not None else FIND), firm
    fact = findings.rulebook.facts[name]
    if fact.nature == "obtainable":
        return OBTAIN, firm
    presumes = findings.rulebook.measures[findings.facts.need.measure].presumes
    if not firm and value is not None and (name in presumes or (fact.core and fact.of == "case")):
        return OTHERWISE, True  # with another value something else is sought, or somebody else has the case
    return (FIND if not firm else FIXED if fact.nature == "fixed" else OTHERWISE), firm


def _others(findings: Findings, name: str) -> Iterator[Value]:
    now = findings.facts.get(name)
    many = not name.startswith(TIE) and findings.rulebook.facts[name].type == "many"
    for value in answers_of(findings.rulebook, name):
        if many and now is not None:
            if not value.words <= now.words:
                yield Value(now.words | value.words, closed=now.closed)
            elif now.words - value.words:
                yield Value(now.words - value.words, closed=now.closed)
        elif now is None or (value.words, value.number) != (now.words, now.number):
            yield value


def all_facts(findings: Findings, atoms: Iterable[str]) -> tuple[str, ...]:
    """Every fact that these conclusions can depend on."""
    kept, atoms = _behind(findings.rulebook), tuple(atoms)
    names = kept.get(atoms)
    if names is None:
        names = tuple(name for name in reached(findings.rulebook.heads, atoms) if name not in BUILT_IN)
        kept[atoms] = names
    return names


def blocking_facts(findings: Findings, atom: str) -> tuple[str, ...]:
    """The facts that keep a conclusion from surely holding as things stand."""
    names = facts_open(findings.reference, [AtomRef(atom)], wanted=True)
    return tuple(name for name in names if name not in BUILT_IN)
