"""The law as it would be: States that join an instrument, instruments that enter into force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from routing.core.records import field, replace
from routing.law.instruments import Instrument
from routing.law.partial_dates import exactly
from routing.law.registry import Law
from routing.law.standing import IN_FORCE, Standing, clipped_to_applicability


class SupposedLaw(Law, eq=False):
    """joined: instruments and States that are taken to be bound by them."""

    joined: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def _standing(self, entry: Instrument, code: str, on: date) -> Standing:
        if (entry.id, code) not in self.joined:
            return super()._standing(entry, code, on)
        bound = Standing(entry.id, code, on, IN_FORCE, "taken to have joined, for this question")
        return clipped_to_applicability(entry, bound, on, self.dormant(entry.id, on))


def supposed(law: Law, joined: Iterable[tuple[str, str]], in_force: Mapping[str, date]) -> SupposedLaw:
    """The law with States joined (instrument, State) and instruments in force from a day.

    Raises Problems for an instrument or a State that is not known.
    """
    pairs = frozenset((law.instrument(name).id, law.states.code(state)) for name, state in joined)
    entries = {
        law.instrument(name).id: replace(
            law.instrument(name),
            in_force=exactly(day),
            applies_from=None,
            idle_through=None,
            start_not_set=False,
        )
        for name, day in in_force.items()
    }
    kept = {name: getattr(law, name) for name in law.__struct_fields__}
    kept["instruments"] = {**law.instruments, **entries} if entries else law.instruments
    kept["_standings"], kept["_pairs"] = {}, {}
    kept["joined"] = pairs
    return SupposedLaw(**kept)
