"""What is done with somebody, as the story tells who and where they are: to question her who is only a
witness is to hear a witness, and nobody abroad is asked to arrest a man who is here."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from routing.core.domain import ANSWER
from routing.core.records import replace
from routing.rulebook.model import Rulebook
from routing.story.direction import directions_in
from routing.story.lines import HOLDER, Line
from routing.story.needs import Holder, Needed
from routing.story.whereabouts import Discourse

ROLE, PROPERTY = "person_role", "property_kind"
FEWEST = 2  # words that tell which kind of wallet it is
AGO = 4  # sentences back in which it is told where somebody is


def heard_as(rulebook: Rulebook, lines: Collection[Line], needs: Collection[Needed]) -> Iterator[Needed]:
    """The needs, with each that is only of a suspect as the one of the role that the story tells, where it
    tells one role alone; and with one of crypto-assets as one of an account, where a wallet is told to be of
    mobile money."""
    told_alone = {frozenset(_values(lines, ROLE)), frozenset(_values(lines, PROPERTY, FEWEST))}
    rows = (row.split() for row in rulebook.words.story.get("heard_as", ()))
    instead = {of: read for value, of, read in rows if frozenset((value,)) in told_alone}
    for need in needs:
        measures = tuple(dict.fromkeys(instead.get(name, name) for name in need.want.measures))
        yield replace(need, want=replace(need.want, measures=measures)) if instead else need


def _values(lines: Collection[Line], fact: str, least: int = 1) -> Iterator[str]:
    """What a story tells of a fact in at least so many words."""
    for line in lines:
        for phrase in line.of(fact):
            if phrase.words >= least:
                yield from phrase.mention.targets


def asked_abroad(
    rulebook: Rulebook, discourse: Discourse, needs: Collection[Needed], holders: Collection[Holder]
) -> list[Needed]:
    """The needs, with each that is done with somebody who is told to be in our own State as one to ask about:
    our own office does that. Where somebody is sought who is here, and a company abroad has the account, who
    uses that is needed. What another State asks of us is done here anyway."""
    if ANSWER in directions_in(discourse.lines):
        return list(needs)
    people = frozenset(rulebook.words.story.get("of_people", ()))
    return [
        _of_who_is_here(rulebook, discourse, need, holders)
        if people.issuperset(rulebook.measures[name].group for name in need.want.measures)
        and need.want.measures
        and _is_here(discourse, need, frozenset(rulebook.words.story.get("holders", ())))
        else need
        for need in needs
    ]


def _of_who_is_here(
    rulebook: Rulebook, discourse: Discourse, need: Needed, holders: Collection[Holder]
) -> Needed:
    """A need of somebody who is here: of their account with a company abroad, where the story tells of one
    and the need is to find them; else one to ask about."""
    rows = (row.split() for row in rulebook.words.story.get("sought_by_account", ()))
    by_account = {sought: read for sought, read in rows if need.want.measures == (sought,)}
    for measure in by_account.values():
        usual = rulebook.measures[measure].presumes.get(HOLDER)
        if holder := next((it for it in holders if it.value == usual), None):
            want = replace(
                need.want,
                measures=(measure,),
                holder=holder.value,
                held_by=holder.words,
                state=holder.state or discourse.seat_of_company,
                anywhere=holder.everywhere and not discourse.seat_of_company,
            )
            return replace(need, want=want, holder=holder)
    return replace(need, want=replace(need.want, asked=True, state=""))


def _is_here(discourse: Discourse, need: Needed, holders: frozenset[str]) -> bool:
    """Whether the last sentence that says where somebody is says that it is in our own State: the one of the
    need, or one shortly before it that names nobody who holds something."""
    for number in range(need.line, max(-1, need.line - 1 - AGO), -1):
        line, named = discourse.lines[number], discourse.places[number]
        places = [it for it in named if not it.of_a_firm]
        held = {value for phrase in line.of(HOLDER) for value in phrase.mention.targets}
        if number != need.line and not held.isdisjoint(holders):
            continue
        if any(it.state not in discourse.ours for it in places):
            return False
        homes = [it for it in places if it.home and not it.denied and it.part not in line.signed]
        if homes:
            return True
    return False
