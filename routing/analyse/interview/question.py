"""One plain question of an interview, with its answers."""

from __future__ import annotations

from collections.abc import Mapping

from routing.core.domain import Fact
from routing.core.records import Record


class Option(Record):
    """An allowed answer, what it means, and the main step it would lead to, where that is known.

    group: the plain group in which it is offered, in words; empty where there are none.
    """

    value: str
    means: str = ""
    leads_to: str = ""
    group: str = ""


class Question(Record):
    """One plain question.

    fact: a fact, a tie, a part of a need (kind, measure, state, with), or one of danger, group, keep and
    more. need: the id of the need; empty for the whole case. about: what the need is about, where there are
    several. asks: the question. type: choice, many (several of the options), number, date, text or state.
    options: the answers to choose from, none where it is written. unit: of a number, as months or EUR. means:
    what the question means. why: the rules and bases that wait for it. also: other facts whose answer answers
    it.
    """

    fact: str
    need: str
    asks: str
    type: str
    options: tuple[Option, ...]
    why: tuple[str, ...] = ()
    means: str = ""
    unit: str = ""
    also: tuple[str, ...] = ()
    about: str = ""

    def in_groups(self) -> dict[str, tuple[Option, ...]]:
        """The answers by the group in which they are offered; empty where there are no groups."""
        named = dict.fromkeys(option.group for option in self.options if option.group)
        return {group: tuple(option for option in self.options if option.group == group) for group in named}


def options_of(fact: Fact, leading: Mapping[str, str] | None = None) -> tuple[Option, ...]:
    """The answers to a question for a fact, those of a group together. leading: where each leads."""
    groups = {value: group for group, values in fact.in_groups().items() for value in values}
    ordered = list(groups) or list(fact.values)
    leads = leading or {}
    return tuple(
        Option(value, fact.values[value], leads.get(value, ""), groups.get(value, "")) for value in ordered
    )
