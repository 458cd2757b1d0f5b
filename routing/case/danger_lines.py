"""Lines that are for a danger by their name: what they say decides, and never the name alone.

    danger to persons: 0

tells no danger; `danger: perhaps, who knows` leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterable

from routing.case.denied_lines import answer_in
from routing.case.doubt import says_unknown
from routing.case.fitting_lines import danger_in
from routing.core.domain import NO, YES
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import as_id


def urgent_facts(rulebook: Rulebook) -> frozenset[str]:
    """The facts that tell a danger, or a loss that is near."""
    return frozenset(fact.id for fact in rulebook.facts.values() if fact.urgent)


def dangers_named(rulebook: Rulebook, key: str) -> tuple[str, ...]:
    """The facts for a danger of which a line has the name."""
    meant = (as_id(key), *rulebook.words.line(key))
    return tuple(name for name in meant if name in urgent_facts(rulebook))


def for_dangers_alone(rulebook: Rulebook, key: str) -> tuple[str, ...]:
    """The facts for a danger of which a line has the name, where that is the name of nothing else: `flight`
    may be another line."""
    named = dangers_named(rulebook, key)
    return named if set(rulebook.words.line(key)) <= set(named) else ()


def tells_no_danger(rulebook: Rulebook, key: str, says: str) -> bool:
    """Whether the name of a line tells nothing beside what it says: it is that of a line for a danger, and
    its answer is no yes; or it tells a danger, and its answer denies that or leaves it open."""
    if for_dangers_alone(rulebook, key):
        return answer_in(rulebook.words, says)[0] != YES
    dangers = {line.split(":")[0] for line in danger_in(rulebook, key.replace("_", " "))}
    dangers |= set(dangers_named(rulebook, key))
    return bool(dangers) and (says_unknown(says) or _denies(rulebook, dangers, says))


def _denies(rulebook: Rulebook, names: Iterable[str], says: str) -> bool:
    """Whether words say of some dangers that there is none."""
    if answer_in(rulebook.words, says)[0] == NO:
        return True
    values = {(name, value) for name in names for value in rulebook.words.whole(name, says)}
    return bool(values) and not any(value in rulebook.facts[name].urgent for name, value in values)
