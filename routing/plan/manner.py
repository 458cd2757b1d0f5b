"""How a step is done in the case at hand: as asked, as answered, as told unasked, and how fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from routing.case.facts import Facts
from routing.core.conditions import Is
from routing.core.domain import Pathway
from routing.law.standing import IN_FORCE, MAY_BIND
from routing.rulebook.parse.conditions import TIE

TIMES = ("least_days", "most_days", "limit")
"""The lines of a manner that stand in for those of the card's `time`."""
LAW = "basis"
"""The provisions of the limit of a manner; those of the card stay where a manner names none."""

BINDS = frozenset({IN_FORCE})


def manner(pathway: Pathway, facts: Facts) -> Mapping[str, object]:
    """The card of a pathway as it reads in the case.

    `answering` stands over it when we answer, `sharing` when we tell unasked, and over both the first row of
    `manners` whose `when` surely holds, then that of the manners it shares with others. The times of a row
    stand in the `time` of the card. What a question contains is not what is told unasked, nor what we answer:
    an informal channel takes the one from `sharing` alone, any channel the other from `answering` where its
    card has that.
    """
    made = facts.manners.get(pathway.id)
    if made is None:
        made = facts.manners[pathway.id] = _manner(pathway, facts)
    return made


def _manner(pathway: Pathway, facts: Facts) -> Mapping[str, object]:
    card = dict(pathway.card)
    kind = facts.need.kind
    if (kind == "share" and pathway.informal) or (kind == "answer" and "answering" in card):
        card.pop("put_in", None)
    side = card.get({"answer": "answering", "share": "sharing"}.get(kind, ""))
    if isinstance(side, dict):
        card.update(side)
    for rows in (card.get("manners"), card.get("shared_manners")):
        row = next((row for row in _rows(rows) if holds(row.get("when"), facts)), {})
        card.update({key: value for key, value in row.items() if key not in ("when", LAW, *TIMES)})
        if any(key in row for key in TIMES):
            time = card.get("time")
            kept = time if isinstance(time, dict) else {}
            card["time"] = {
                **{key: value for key, value in kept.items() if key not in TIMES},
                **{key: row[key] for key in (*TIMES, LAW) if key in row},
            }
    return card


def holds(when: object, facts: Facts) -> bool:
    """Whether every line of a `when` block of a card surely holds: a fact and its values, one of which it
    has, or `in_force` and instruments, one of which binds both States. Under `may_bind` stand instruments of
    which one may bind them."""
    return not isinstance(when, dict) or all(
        _line_holds(line, _words(values), facts) for line, values in when.items()
    )


def _line_holds(line: str, values: Iterable[str], facts: Facts) -> bool:
    if line in (IN_FORCE, MAY_BIND):
        asked = facts.possibly if line == MAY_BIND else facts.surely
        return any(asked(Is(TIE + instrument, BINDS)) for instrument in values)
    value = facts.get(line)
    return value is not None and not value.words.isdisjoint(values)


def _words(values: object) -> list[str]:
    return [values] if isinstance(values, str) else list(values) if isinstance(values, (list, tuple)) else []


def _rows(rows: object) -> list[dict[str, object]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, (list, tuple)) else []
