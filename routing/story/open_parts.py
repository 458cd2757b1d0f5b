"""What a story leaves open of what a plan is made of: who asks whom, what is needed and the two States; each
with what it may be by the story, and with a sentence that would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from routing.core.domain import ANSWER, KINDS_OF_NEED, REQUEST, SAYS_OF_KIND, SHARE, USE
from routing.core.records import Record, replace
from routing.rulebook.measures_meant import ASKED_OF_A_STATE
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.needs import Want
from routing.story.offered import WITH, Offered
from routing.story.provider_seat import with_seats
from routing.story.readings import Reading
from routing.story.sides import NAMED_BY, OWN, THEIRS

if TYPE_CHECKING:
    from routing.api import Router

KIND_SENTENCE = {
    REQUEST: "We ask them.",
    ANSWER: "They ask us.",
    SHARE: "We want to tell them, nobody asked us.",
    USE: "They gave it to us and we want to use it.",
}

SENTENCES = {
    MEASURE: ("We want", ".."),
    STATE: (NAMED_BY[OWN], "[State]"),
    WITH: (NAMED_BY[THEIRS], "[State]"),
}
"""How a sentence begins that says a part, and how it ends where nothing comes into question."""


class Candidate(Record):
    """What a part may be. phrase: the words of the story for it; empty where it has none."""

    value: str
    says: str
    phrase: str = ""


class OpenPart(Record):
    """A part that a story does not say.

    part: `kind`, `measure`, `state` or `with`. need: the place of its need among those that are needed.
    candidates: what it may be by the story, several or none. about: the words for what is sought, or for who
    holds it.
    """

    part: str
    need: int
    candidates: tuple[Candidate, ...]
    about: str = ""

    @property
    def stops(self) -> bool:
        """Whether no plan can be made while it is open: of States that are not named one can."""
        return self.part == MEASURE or (self.part == KIND and bool(self.candidates))

    def sentence(self) -> str:
        """A sentence that would say it, with the first that it may be."""
        first = self.candidates[0] if self.candidates else None
        if self.part == KIND:
            return KIND_SENTENCE[first.value if first else ANSWER]
        begins, else_says = SENTENCES[self.part]
        return f"{begins} {first.says if first else else_says}."


def open_parts(router: Router, offer: Offered) -> tuple[OpenPart, ...]:
    """The parts that a story leaves open, in the order in which they are asked for."""
    return (*_kinds(router, offer), *_measure(router, offer), *_own(offer), *_others(offer))


def completed(router: Router, offer: Offered) -> Offered:
    """The same offer with what follows of itself: the State of a service's company, and what its kind means,
    where it tells one kind and no need, and one measure alone is offered in no other: who tells another State
    something unasked gives it information."""
    offer = with_seats(router, offer)
    kinds = kinds_told(offer)
    only = [it.id for it in router.rulebook.measures.values() if it.kinds == tuple(kinds)]
    if len(kinds) != 1 or len(only) != 1 or offer.wants:
        return offer
    (kind,) = kinds.values()
    return replace(offer, wants=(Want(kind.phrase, (only[0],), "", "", "", "", kind=kind.value),))


def settled(router: Router, offer: Offered) -> Offered:
    """The same offer without the States that may be on either side, and with the kind of each need whose
    measure is offered in one of those told alone: a case of it says nothing that is open."""
    sides = {offer.own, offer.partner, *(want.state for want in offer.wants)}
    kinds = kinds_told(offer)
    return replace(
        offer,
        states=tuple(it for it in offer.states if it.value in sides),
        wants=tuple(_of_kind(want, _fitting(router, want, kinds)) for want in offer.wants),
    )


def other_state(offer: Offered, want: Want) -> str:
    """The State of a need; empty where the story does not say it."""
    state = "" if want.state == offer.own else want.state
    return state or ("" if want.anywhere else offer.partner)


def kinds_told(offer: Offered) -> dict[str, Reading]:
    """The kinds of need that a story tells, each with its reading."""
    return {item.value: item for item in offer.facts if item.fact == KIND}


def _fitting(router: Router, want: Want, kinds: Mapping[str, Reading]) -> list[str]:
    """The kinds of need of which what is wanted may be: those told in which it is offered; where it is
    offered in none of them, all that are told."""
    usual = router.rulebook.measures[want.measures[0]].kinds if want.measures else ()
    among = [kind for kind in kinds or KINDS_OF_NEED if kind in (usual or ASKED_OF_A_STATE)]
    return among or list(kinds)


def _of_kind(want: Want, fitting: Sequence[str]) -> Want:
    settles = want.measures and not want.kind and len(fitting) == 1
    return replace(want, kind=fitting[0]) if settles else want


def _kinds(router: Router, offer: Offered) -> Iterator[OpenPart]:
    """Who asks whom: of each need where the story tells of several, and of all where it tells of none."""
    kinds = kinds_told(offer)
    if len(kinds) == 1:
        return
    for number, want in enumerate(offer.needed):
        among = _fitting(router, want, kinds)
        if not want.kind and len(among) > 1:
            named = (kinds[kind] for kind in among if kind in kinds)
            yield OpenPart(KIND, number, tuple(_candidates(named)), want.phrase)
    if not offer.needed:
        yield OpenPart(KIND, 0, tuple(_candidates(kinds.values())))


def _measure(router: Router, offer: Offered) -> Iterator[OpenPart]:
    if offer.needed:
        return
    measures = router.rulebook.measures
    named = {name: want.phrase for want in offer.perhaps for name in want.measures}
    yield OpenPart(
        MEASURE, 0, tuple(Candidate(name, measures[name].name, phrase) for name, phrase in named.items())
    )


def _own(offer: Offered) -> Iterator[OpenPart]:
    if offer.own:
        return
    others = {offer.partner, *offer.away, *(want.state for want in offer.needed)}
    yield OpenPart(STATE, 0, tuple(_candidates(it for it in offer.states if it.value not in others)))


def _others(offer: Offered) -> Iterator[OpenPart]:
    where = tuple(_candidates(it for it in offer.states if it.value != offer.own))
    for number, want in enumerate(offer.needed):
        if not other_state(offer, want):
            yield OpenPart(WITH, number, where, want.where_named)
    if not offer.needed and not offer.partner:
        yield OpenPart(WITH, 0, where)


def _candidates(readings: Iterable[Reading]) -> Iterator[Candidate]:
    """Readings as what a part may be, each value once."""
    for value, item in {item.value: item for item in readings}.items():
        yield Candidate(value, SAYS_OF_KIND.get(value, item.says), item.phrase)
