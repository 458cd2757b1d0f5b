"""Who answers for a territory whose criminal justice is a matter of its State: that State, by its offices."""

from __future__ import annotations

from routing.core.records import replace
from routing.law import Law
from routing.law.territories import answers_for
from routing.plan.model import Party


def answered_by_parent_state(party: Party, own: str | None, law: Law) -> Party:
    """The party as one of the State that answers for the territory where it is. own: the State of the case,
    whose parties stay as they are."""
    if party.state is None or party.state == own:
        return party
    return replace(party, state=answers_for(party.state, law.states, law.groups))


def naming_territory(party: Party, place: str | None, law: Law) -> Party:
    """The party, with the territory for which it answers beside its office. place: where it was asked; where
    that is its own State, nothing is said."""
    if place is None or party.state in (None, place):
        return party
    says = law.offices().wording.get("ask.its_state", "").format(state=law.states.name(place))
    likely = party.likely
    if likely is not None:
        likely = replace(likely, remark="; ".join(filter(None, (says, likely.remark))))
    return replace(party, likely=likely, remark="; ".join(filter(None, (says, party.remark))))


def written_to_itself(state: str, law: Law) -> str:
    """That a territory of another State is written to itself, and not to the offices of that State; empty for
    any other place."""
    parent = law.states[state].parent if state in law.states else None
    if parent is None:
        return ""
    says = law.offices().wording.get("ask.territory", "")
    return says.format(state=law.states.name(state), parent=law.states.name(parent))
