"""Lines that are for a danger by their name: what they say decides, and never the name alone.

    danger to persons: 0

tells no danger; `danger: perhaps, who knows` leaves it open.
"""

from __future__ import annotations

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
    """The facts for a danger for which a line is by its name."""
    meant = (as_id(key), *rulebook.words.line(key))
    told = (line.split(":")[0] for line in danger_in(rulebook, key.replace("_", " ")))
    return tuple(dict.fromkeys((*(name for name in meant if name in urgent_facts(rulebook)), *told)))


def tells_no_danger(rulebook: Rulebook, key: str, says: str) -> bool:
    """Whether a line is for a danger and its answer is no, or leaves it open: its name tells nothing then."""
    return bool(dangers_named(rulebook, key)) and answer_in(rulebook.words, says)[0] != YES


def denies_danger(rulebook: Rulebook, key: str, says: str) -> bool:
    """Whether a line is for a danger and says that there is none."""
    named = dangers_named(rulebook, key)
    if not named or says_unknown(says):
        return False
    if answer_in(rulebook.words, says)[0] == NO:
        return True
    meant = (value for name in named for value in rulebook.words.whole(name, says))
    values = set(meant)
    urgent = {value for name in named for value in rulebook.facts[name].urgent}
    return bool(values) and values.isdisjoint(urgent)
