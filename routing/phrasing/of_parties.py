"""Who acts and who receives, in words: each party by its office and State."""

from __future__ import annotations

from collections.abc import Iterator

from routing.law.states import States
from routing.phrasing.of_offices import first_name, remark_beside, seated, short_name
from routing.plan.model import Party, Step
from routing.rulebook.model import Rulebook


def _bracketed(remark: str | None) -> str:
    return f" ({remark})" if remark else ""


class PartyWording:
    """The parties of one rulebook, in words."""

    def __init__(self, rulebook: Rulebook, states: States) -> None:
        self.rulebook = rulebook
        self.states = states

    def party(self, party: Party) -> str:
        role = self.rulebook.parties.get(party.role, party.role)
        return f"{role} {self.states.name(party.state)}" if party.state else role

    def who(self, step: Step, own: str | None = None) -> str:
        """Who acts and who receives, each by office and State; one side only where nobody receives. What our
        side is called is not said again of theirs."""
        sender = self._side(step.sender, step.sender.state == own)
        named = step.sender.role if own is not None and step.sender.state == own else ""
        itself = (step.receiver.role, step.receiver.state) == (step.sender.role, step.sender.state)
        if step.receiver.role == "nobody" or itself:
            return sender
        if own is not None and step.receiver.state == step.sender.state == own and step.also_to:
            to = step.receiver  # of our own, which then writes abroad
            ours = f"our {short_name(to.name)}" if to.name else self._side(to, True)
            return (
                f"{sender} -> {ours} -> {'; '.join(self._onward(party, to.role) for party in step.also_to)}"
            )
        return (
            f"{sender} -> {'; '.join(dict.fromkeys(self._receivers((step.receiver, *step.also_to), named)))}"
        )

    def _onward(self, party: Party, role: str) -> str:
        """Whom an office of our own writes to; where it is of the same kind, that is not said again."""
        state = self.states.name(party.state) if party.state else ""
        return seated(party.name, state) if party.name and party.role == role else self._side(party, False)

    def _receivers(self, parties: tuple[Party, ...], named: str) -> Iterator[str]:
        """Each receiver; of several in one State without a known office the State is named once. named: the
        role of which it is said already."""
        for party, after in zip(parties, (*parties[1:], None), strict=True):
            bare = not party.name and party.likely is None
            if bare and after is not None and after.state == party.state and not after.name:
                yield self.rulebook.parties.get(party.role, party.role)
            else:
                yield self._side(party, False, party.role == named)

    def _side(self, party: Party, ours: bool, role_named: bool = False) -> str:
        """A party by its role and its office. role_named: whether the role of an office is told already."""
        role = self.rulebook.parties.get(party.role, party.role)
        state = self.states.name(party.state) if party.state else ""
        if party.name and party.name.split(" ")[0] == role.split(" ")[0] and not party.text_of:
            # the name says by itself what it is
            return f"our {role}" if ours else f"{seated(party.name, state)}{_bracketed(party.remark)}"
        if party.name and party.name != role:
            text_of = f"text of {party.text_of}" if party.text_of else ""
            called = "" if role_named else role
            beside_it = (
                f"{', '.join(filter(None, (called, text_of)))}{remark_beside(party.remark)}".removeprefix(
                    "; "
                )
            )
            if not ours:
                return f"{seated(party.name, state)}{_bracketed(beside_it)}"
            office = short_name(party.name)
            return f"our {role}" if office == role else f"our {role}: {office}"
        if party.likely is not None and party.likely.only_asked:
            office = first_name(role)
            whose = f"our {office}" if ours else f"{office}, {state}"
            asked = f"ask {first_name(party.likely.name)} which one"
            return f"{whose} ({asked}{remark_beside(party.likely.remark)})"
        if party.likely is not None and not ours:
            called = "" if role_named else role
            beside_it = f"{called}{remark_beside(party.likely.remark)}, to be confirmed".lstrip(";, ")
            return f"probably {seated(party.likely.name, state)} ({beside_it})"
        if ours:
            names = short_name(party.likely.name).replace("; ", " or ") if party.likely is not None else ""
            likely = f": probably {names}" if names else ""
            return f"our {role.removeprefix('own ')}{likely}"
        return f"{role}, {state}{_bracketed(remark_beside(party.remark).lstrip('; '))}" if state else role

    def unsure(self, party: Party) -> str:
        """Of an office that is not held for the step: what to confirm, and whom to ask."""
        if party.name or not party.ask or party.role == "nobody":
            return ""
        return f"{party.likely.says} {party.ask}" if party.likely is not None else party.ask

    def route(self, step: Step, own: str | None = None) -> str:
        """Who writes to whom; the receiver by the name of its office, where that is held and is not the
        reader's own."""
        sender, to = self.party(step.sender), step.receiver
        receiver = (
            seated(to.name, self.states.name(to.state))
            if to.name and to.state not in (None, own)
            else self.party(to)
        )
        further = (self.states.name(party.state) for party in step.also_to if party.state)
        onward = " -> " if to.state == step.sender.state else ", "
        return sender if to.role == "nobody" else f"{sender} -> {onward.join((receiver, *further))}"
