"""One plain question of an interview, with its answers."""

from __future__ import annotations

from routing.core.records import Record


class Option(Record):
    """An allowed answer, what it means, and the main step it would lead to, where that is known."""

    value: str
    means: str = ""
    leads_to: str = ""


class Question(Record):
    """One plain question.

    fact: a fact, a tie, a part of a need (kind, measure, state, with), or one of danger, group, keep and
    more. about: what the need is about, where there are several. type: choice, many, number, date, state.
    why: the rules and bases that wait for it. also: other facts whose answer answers it.
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
