"""What a story leaves open of what a plan is made of: who asks whom, what is needed and the two States; each
with what it may be by the story, and with a sentence that would say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from routing.core.domain import ANSWER, KINDS_OF_NEED, REQUEST, SAYS_OF_KIND, SHARE
from routing.core.records import Record, replace
from routing.rulebook.measures_meant import ASKED_OF_A_STATE, only_measure_of
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.by_dealing import by_dealing
from routing.story.dealing_sentences import DEALING_SENTENCES, SAYS
from routing.story.needs import Want
from routing.story.offered import WITH, Offered, tells_danger
from routing.story.person_told import with_person
from routing.story.provider_seat import with_seats
from routing.story.readings import Reading
from routing.story.sides import NAMED_BY, OWN, THEIRS

if TYPE_CHECKING:
    from routing.opened import Router

SENTENCES = {
    MEASURE: ("We want", ".."),
    STATE: (NAMED_BY[OWN], "[State]"),
    WITH: (NAMED_BY[THEIRS], "[State]"),
}
"""How a sentence begins that says a part, and how it ends where nothing comes into question."""
SPEAKS_OF_SIDES = frozenset(
    {"i", "we", "us", "me", "our", "my", "they", "them", "somebody", "someone", "anybody"}
)
"""Of which one stands in words that say that we ask somebody else."""
OF_ANSWERS = "They want"
"""How it begins for what another State asks us for."""
MENTIONED = 2
"""How many needs are taken together where a story only mentions them."""


class Candidate(Record):
    """What a part may be. phrase: the words of the story for it; empty where it has none."""

    value: str
    says: str
    phrase: str = ""


class OpenPart(Record):
    """A part that a story does not say.

    part: `kind`, `measure`, `state` or `with`. need: the place of its need among those that are needed.
    candidates: what it may be by the story, several or none. about: the words for what is sought, or for who
    holds it. is_asked: whether another State asks us for it. presumed: whether it is taken as needed, where
    the story names it and says of nothing that it is needed.
    """

    part: str
    need: int
    candidates: tuple[Candidate, ...]
    about: str = ""
    is_asked: bool = False
    presumed: bool = False

    @property
    def stops(self) -> bool:
        """Whether no plan can be made while it is open: one can where a State is not named, and of what is
        sought beside a wish that is not read."""
        return self.part == KIND or (self.part == MEASURE and not self.about)

    def sentences(self) -> tuple[str, ...]:
        """A sentence that would say it, for each that it may be; one with a gap where nothing comes into
        question."""
        if self.part == KIND:
            return tuple(DEALING_SENTENCES[it.value] for it in self.candidates)
        begins, gap = SENTENCES[self.part]
        begins = OF_ANSWERS if self.is_asked else begins
        return tuple(f"{begins} {it}." for it in ([it.says for it in self.candidates] or [gap]))

    def sentence(self) -> str:
        """The first of its sentences."""
        return self.sentences()[0]


def open_parts(router: Router, offer: Offered) -> tuple[OpenPart, ...]:
    """The parts that a story leaves open, in the order in which they are asked for."""
    return (*_kinds(router, offer), *_measure(router, offer), *_own(offer), *_others(offer))


def completed(router: Router, offer: Offered) -> Offered:
    """The same offer with who deals with whom decided, and with what follows of itself: the State of a
    service's company, and what its kind means, where it tells one kind and no need, and one measure alone is
    offered in no other: who tells another State something unasked gives it information."""
    offer = with_person(router, with_seats(router, by_dealing(router, offer)))
    kinds = kinds_told(offer)
    only = only_measure_of(router.rulebook, next(iter(kinds))) if len(kinds) == 1 else None
    if only is None:
        return offer
    (kind,) = kinds.values()
    if offer.needed and not _tells_beside(offer, kind, only.id):
        return offer
    given = Want(kind.phrase, (only.id,), "", "", "", "", kind=kind.value)
    unread = tuple(it for it in offer.wishes_unread if not kind.phrase or kind.phrase not in it)
    rest = (it for it in offer.perhaps if it.measures != given.measures)
    return replace(offer, wants=(given, *offer.needed, *rest), wishes_unread=unread)


def with_presumed_needs(router: Router, offer: Offered) -> tuple[Offered, tuple[OpenPart, ...]]:
    """The same offer with what the story names taken as needed, where it says who deals with whom: what we
    wish in words that may mean several measures, of which the first is taken; what is told by what was done,
    where that presses (`the money landed there`); and all where the story says of nothing that it is needed,
    or the one that it only mentions, or of which alone clues tell; and each such need as a part that it
    leaves open."""
    if set(kinds_told(offer)) - {REQUEST, ANSWER} or any(_kinds(router, offer)):
        return offer, ()
    read = {name for want in offer.needed for name in want.measures}
    by_deeds = router.rulebook.words.story.get("told_by_deeds", ())
    done = set(by_deeds if tells_danger(router, offer.facts) else ())
    named: dict[str, Want] = {}
    for want in offer.perhaps:
        named_so = (
            (want.wished or not read or done.issuperset(want.measures))
            and not want.by_clues
            and read.isdisjoint(want.measures)
        )
        if named_so and named.keys().isdisjoint(want.measures):
            named[want.measures[0]] = want
    wants = offer.wants
    if not (read or named):
        named = {want.measures[0]: want for want in _only_mentioned(router, offer)}
        wants = (*(it for it in named.values() if it not in wants), *wants)
    taken_up = {id(want) for want in named.values()}
    wants = tuple(replace(it, asked=False) if id(it) in taken_up else it for it in wants)
    measures, is_asked = router.rulebook.measures, ANSWER in kinds_told(offer)
    numbers = {want.phrase: at for at, want in enumerate(it for it in wants if it.measures and not it.asked)}
    parts = (
        OpenPart(
            MEASURE,
            numbers[want.phrase],
            (Candidate(name, measures[name].name),),
            want.phrase,
            is_asked,
            presumed=True,
        )
        for name, want in named.items()
    )
    asked = (it for it in offer.asked if not any(want.phrase in it for want in named.values()))
    return replace(offer, wants=wants, asked=tuple(asked)), tuple(parts)


def _only_mentioned(router: Router, offer: Offered) -> Sequence[Want]:
    """The needs that a story may have, which it only mentions, or the one of which clues alone tell; none
    where more come into question, of those that its kinds have."""
    presses = tells_danger(router, offer.facts)
    asks = offer.questions or offer.asked
    if offer.dealing is None or not (offer.dealing.marks or asks or presses):
        return ()  # who asks whom is told by no words, what is needed by none; nothing is asked, or presses
    kinds = set(kinds_told(offer))
    fitting = [it for it in offer.perhaps if any(_is_had_by(router, name, kinds) for name in it.measures)]
    named = [
        Want(phrase, (name,), "", "", "", "", asked=True)
        for name, phrase in _mentioned(router, offer).items()
    ]
    if len(named) > 1:  # `extradited` is there by chance beside `charge him with these other matters`
        named = [it for it in named if len(it.phrase.split()) > 1] or named
    wished = not (offer.dealing.only_by_question or presses)  # it may be another than what clues tell
    most, among = (MENTIONED, named) if named else (1, [] if wished else fitting)
    return among if len(among) <= most and all(len(it.measures) == 1 for it in among) else ()


def _mentioned(router: Router, offer: Offered) -> dict[str, str]:
    """The measures that a story only mentions, of those that its kinds of need have, each with its words."""
    kinds = set(kinds_told(offer))
    named = {it.value: it.phrase for it in offer.mentioned if it.topic == MEASURE}
    return {name: phrase for name, phrase in named.items() if _is_had_by(router, name, kinds)}


def _is_had_by(router: Router, measure: str, kinds: Collection[str]) -> bool:
    """Whether one of some kinds of need has a measure."""
    return not set(kinds).isdisjoint(router.rulebook.measures[measure].kinds or ASKED_OF_A_STATE)


def _tells_beside(offer: Offered, kind: Reading, measure: str) -> bool:
    """Whether a story tells another State something in words of their own, beside a need that is another
    thing: `we want to pass this to them, maybe they let it run`."""
    apart = not any(it.phrase in kind.phrase or kind.phrase in it.phrase for it in offer.needed)
    named = any(measure in it.measures for it in offer.needed)
    return kind.value == SHARE and bool(kind.phrase) and apart and not named


def settled(router: Router, offer: Offered) -> Offered:
    """The same offer without the States that may be on either side, and with the kind of each need whose
    measure is offered in one of those told alone: a case of it says nothing that is open. Where one need does
    not say its State, none comes into question for it."""
    is_open = not all(other_state(offer, it) for it in offer.needed)
    sides = {offer.own, offer.partner, *(want.state for want in offer.wants)}
    kinds = kinds_told(offer)
    return replace(
        offer,
        states=() if is_open else tuple(it for it in offer.states if it.value in sides),
        wants=tuple(_of_kind(want, _fitting(router, want, kinds)) for want in offer.wants),
    )


def other_state(offer: Offered, want: Want) -> str:
    """The State of a need; empty where the story does not say it."""
    state = "" if want.state == offer.own else want.state
    return state or ("" if want.anywhere else offer.partner)


def kinds_told(offer: Offered) -> dict[str, Reading]:
    """The kinds of need that a story tells, each with its reading."""
    return {item.value: item for item in offer.facts if item.fact == KIND}


def words_for_kind(offer: Offered, kind: str) -> str:
    """The words of a story that say who deals with whom; empty where none do."""
    mark = offer.dealing.mark(kind) if offer.dealing is not None else None
    reading = kinds_told(offer).get(kind)
    return mark.phrase if mark else reading.phrase if reading else ""


def is_weakly_told(offer: Offered) -> bool:
    """Whether a story tells that we ask another State only in what we wonder, in words that name neither side
    (`can you find her`), or in none; or that we warn one, in none."""
    kinds = list(kinds_told(offer))
    if kinds == [SHARE]:
        return not words_for_kind(offer, SHARE)
    if kinds != [REQUEST]:
        return False
    if offer.dealing is not None and offer.dealing.only_by_question:
        return True
    words = {word.partition("'")[0] for word in words_for_kind(offer, REQUEST).casefold().split()}
    return SPEAKS_OF_SIDES.isdisjoint(words)


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
    """Who deals with whom: of all where that is open, else of each need where lines tell of several."""
    if offer.dealing is not None and offer.dealing.is_open:
        marks = ((kind, offer.dealing.mark(kind)) for kind in offer.dealing.marks)
        dealings = tuple(Candidate(kind, SAYS[kind], it.phrase if it else "") for kind, it in marks)
        yield from (OpenPart(KIND, number, dealings) for number in range(max(1, len(offer.needed))))
        return
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
    """What is needed: of all where no need is read, else each wish of ours that none of them answers."""
    measures = router.rulebook.measures
    is_asked = list(kinds_told(offer)) == [ANSWER]
    if offer.needed:
        for number, (phrase, names) in enumerate(offer.left.items(), len(offer.needed)):
            also = tuple(Candidate(name, measures[name].name, phrase) for name in names)
            yield OpenPart(MEASURE, number, also, phrase, is_asked)
        return
    named = _mentioned(router, offer) if all(it.by_clues for it in offer.perhaps) else {}
    named |= {name: want.phrase for want in offer.perhaps for name in want.measures}
    among = tuple(Candidate(name, measures[name].name, phrase) for name, phrase in named.items())
    yield OpenPart(MEASURE, 0, among, is_asked=is_asked)


def _own(offer: Offered) -> Iterator[OpenPart]:
    if offer.own:
        return
    others = {offer.partner, *offer.away, *(want.state for want in offer.needed)}
    yield OpenPart(STATE, 0, tuple(_candidates(it for it in offer.states if it.value not in others)))


def _others(offer: Offered) -> Iterator[OpenPart]:
    away = sorted(offer.states, key=lambda it: it.value not in offer.away)  # where somebody is goes first
    where = tuple(_candidates(it for it in away if it.value != offer.own))
    for number, want in enumerate(offer.needed):
        if not other_state(offer, want):
            yield OpenPart(WITH, number, where, want.where_named)
    if not offer.needed and not offer.partner:
        yield OpenPart(WITH, 0, where)


def _candidates(readings: Iterable[Reading]) -> Iterator[Candidate]:
    """Readings as what a part may be, each value once."""
    for value, item in {item.value: item for item in readings}.items():
        yield Candidate(value, SAYS_OF_KIND.get(value, item.says), item.phrase)
