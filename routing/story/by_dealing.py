"""What a story offers, once it is read who deals with whom: its kind, the other State and the needs of that
kind; where who deals with whom is open, all that hangs on it is open too."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from routing.core.domain import ANSWER, REQUEST, SAYS_OF_KIND, SHARE, YES
from routing.core.records import replace
from routing.rulebook.measures_meant import ASKED_OF_A_STATE
from routing.rulebook.words import KIND, MEASURE
from routing.story.dealing import Dealing, DealingMark
from routing.story.dealing_sentences import CHASE, DEALING_SENTENCES, DEALINGS
from routing.story.needs import Want
from routing.story.offered import Offered
from routing.story.readings import Reading
from routing.story.sides import OWN, THEIRS, Side

if TYPE_CHECKING:
    from routing.opened import Router

EMBASSY = "embassy"
EMERGENCY, OF_LIFE = "emergency", frozenset({"threat_to_life"})
THEY, US = frozenset({"they", "he", "she"}), frozenset({"us", "me"})
REQUEST_SENT, NOTICE = "request_already_sent", "notice_received"
"""The facts that a request waits for its answer, and that a notice came and no request."""


def by_dealing(router: Router, offer: Offered) -> Offered:
    """The same offer, of the one kind that its marks tell; with that open where they tell several that its
    needs do not settle, and where neither a mark nor a wish of ours tells one."""
    wants = tuple(replace(it, asked=it.asked or it.phrase in offer.unsure) for it in offer.wants)
    offer = replace(offer, wants=wants)
    dealing, kinds = offer.dealing, {it.value for it in offer.facts if it.fact == KIND}
    if dealing is None:
        return offer
    if dealing.not_asked and any(_is_asked_for(router, it) for it in offer.needed):
        marks = {kind: its for kind, its in dealing.marks.items() if kind != SHARE}
        dealing = replace(dealing, marks=marks, kind=next(iter(marks)) if len(marks) == 1 else "")
        facts = (it for it in offer.facts if it.fact != KIND or it.value != SHARE)
        offer = replace(offer, dealing=dealing, facts=tuple(facts))
        kinds -= {SHARE}
    if not dealing.kind and set(dealing.marks) <= {REQUEST}:
        dealing = _of_what_is_read(router, offer, dealing, kinds)
    if _is_to_be_warned(router, offer, dealing):
        offer, dealing = _with_the_only_state(offer), Dealing(SHARE, {SHARE: ()})
    if dealing.kind == ANSWER and not offer.own and REQUEST in kinds and not _of_us(dealing):
        return _open(offer, replace(dealing, kind="", marks={REQUEST: (), **dealing.marks}))
    if not dealing.kind:
        return offer if _is_settled(offer, dealing, kinds) else _open(offer, dealing)
    kind = REQUEST if dealing.kind == CHASE else dealing.kind
    mark = dealing.mark(dealing.kind)
    if dealing.kind == ANSWER:
        offer = _with_own(offer, mark)
    of_embassy = mark is not None and not mark.state and EMBASSY in mark.phrase.casefold()
    if (dealing.kind == SHARE or of_embassy) and _only_guessed(offer, of_embassy):
        offer = replace(offer, sides=())
    elif dealing.kind != REQUEST:
        offer = _with_partner(offer, mark)
    if kinds | {it.kind for it in offer.needed if it.kind} != {kind}:
        offer = _of_one_kind(router, offer, kind, mark)
    if kind == ANSWER and any(it.fact == NOTICE and it.value == YES for it in offer.facts):
        offer = _asked_by_notice(router, offer)
    return _sent(router, offer, mark, dealing) if dealing.kind == CHASE else offer


def _is_to_be_warned(router: Router, offer: Offered, dealing: Dealing) -> bool:
    """Whether somebody is in danger in a State that is not ours, and no words say surely what is asked of
    whom: its police are told first."""
    if (dealing.marks and not dealing.only_by_question) or not all(it.by_clues for it in offer.needed):
        return False
    dangers = {it.value for it in offer.facts if it.fact == EMERGENCY}
    there = offer.partner or len(_elsewhere(offer)) == 1
    return bool(offer.own and there) and not OF_LIFE.isdisjoint(dangers)


def _elsewhere(offer: Offered) -> set[str]:
    """The States that a story names, but ours and those of which somebody is only a citizen."""
    return {it.value for it in offer.states} - {offer.own} - {it.value for it in offer.people}


def _with_the_only_state(offer: Offered) -> Offered:
    """The same with the one State that is left as the other one, where none is told."""
    if offer.partner:
        return offer
    (state,) = _elsewhere(offer)
    return _with_other_state(offer, state)


def _of_us(dealing: Dealing) -> bool:
    """Whether words say that `they` ask, or that it is us whom somebody asks, whichever State is ours."""
    words = [it.phrase.casefold().split() for it in dealing.marks.get(ANSWER, ())]
    return any(it[0] in THEY or not US.isdisjoint(it) for it in words if it)


def _is_asked_for(router: Router, want: Want) -> bool:
    """Whether a need is one for which we ask another State."""
    return any(REQUEST in (router.rulebook.measures[it].kinds or ASKED_OF_A_STATE) for it in want.measures)


def _of_what_is_read(router: Router, offer: Offered, dealing: Dealing, kinds: set[str]) -> Dealing:
    """What is told of who deals with whom where at most a wish of ours is marked: a request that was sent, by
    what is read of it; a request of ours, where the way is asked for and something may be needed; the one
    kind in which all that is needed is offered."""
    asks = offer.questions or (offer.asked and offer.own)
    named = {it.value for it in offer.mentioned if it.topic == MEASURE}
    sought = any(_is_asked_for(router, it) for it in (*offer.perhaps, *offer.needed)) or len(named) == 1
    if not dealing.marks and asks and sought:
        return replace(dealing, kind=REQUEST)  # `what do we do first` asks for help of ours
    if kinds <= {REQUEST} and any(it.fact == REQUEST_SENT and it.value == YES for it in offer.facts):
        return replace(dealing, kind=CHASE)
    measures = router.rulebook.measures
    offered_in = {measures[name].kinds for want in offer.needed for name in want.measures}
    (only, *others) = offered_in or {()}
    return replace(dealing, kind=only[0]) if len(only) == 1 and not others else dealing


def _is_settled(offer: Offered, dealing: Dealing, kinds: set[str]) -> bool:
    """Whether each need has its kind, of those that marks tell, and what else they tell is with another
    State; or a wish of ours alone is told, without a mark. Where the same is wanted of us and by us, it is
    open who wants it, unless words say which State is ours."""
    if not dealing.marks:
        doubtful = {it.phrase for it in offer.perhaps}
        return kinds == {REQUEST} and any(it.fact == KIND and it.phrase not in doubtful for it in offer.facts)
    of_needs = {want.kind for want in offer.needed}
    ours = any(it.side == OWN and it.phrase for it in offer.sides)
    sought = [{name for it in offer.needed if it.kind == kind for name in it.measures} for kind in of_needs]
    if not ours and sum(map(len, sought)) > len(set().union(*sought)):
        return False
    states = {"", offer.partner, *(want.state for want in offer.needed)}
    beside = {mark.state for kind, its in dealing.marks.items() if kind not in of_needs for mark in its}
    return bool(of_needs) and of_needs <= set(dealing.marks) and states.isdisjoint(beside)


def _open(offer: Offered, dealing: Dealing) -> Offered:
    """An offer of which it is open who deals with whom."""
    marks = dealing.marks or dict.fromkeys(DEALINGS, ())
    opened = replace(dealing, marks=marks, is_open=True)
    kinds = dict.fromkeys(REQUEST if it == CHASE else it for it in marks)
    readings = tuple(_reading(kind, opened.mark(kind)) for kind in kinds)
    facts = (*readings, *(it for it in offer.facts if it.fact != KIND))
    wants = tuple(replace(want, kind="", kind_words="") for want in offer.wants)
    return replace(offer, dealing=opened, facts=facts, wants=wants)


def _of_one_kind(router: Router, offer: Offered, kind: str, mark: DealingMark | None) -> Offered:
    """An offer of one kind, with those needs that it has; of the use of what was given, with none else. What
    else was read as a need is named as not used."""
    facts = (_reading(kind, mark), *(it for it in offer.facts if it.fact != KIND))
    measures = router.rulebook.measures
    kept: list[Want] = []
    left: list[str] = []
    for want in offer.wants:
        fitting = tuple(it for it in want.measures if kind in (measures[it].kinds or ASKED_OF_A_STATE))
        if fitting or not want.measures:
            state = want.state if kind == REQUEST else ""
            doubted = kind == REQUEST and want.kind not in ("", REQUEST)  # `how long may we keep him`
            asked = want.asked or doubted
            kept.append(replace(want, measures=fitting, state=state, kind="", kind_words="", asked=asked))
        else:
            left.append(want.phrase)
    over = tuple(dict.fromkeys((*offer.passed_over, *left)))
    return replace(offer, facts=facts, wants=tuple(kept), passed_over=over)


def _asked_by_notice(router: Router, offer: Offered) -> Offered:
    """The same, in which a notice that came is no need: what it asks of us is."""
    rows = (row.split() for row in router.rulebook.words.story.get("asked_by_notice", ()))
    instead: dict[tuple[str, ...], tuple[str, ...]] = {(named,): (asks,) for named, asks in rows}
    asked = {instead[it.measures] for it in offer.wants if it.measures in instead}
    rest = (it for it in offer.wants if it.measures not in asked)
    return replace(
        offer, wants=tuple(replace(it, measures=instead.get(it.measures, it.measures)) for it in rest)
    )


def _with_own(offer: Offered, mark: DealingMark | None) -> Offered:
    """The same, where the State that asks us was only taken as our own, without words for it: then ours is
    the other one (`received in Utrecht: an order from Lille`)."""
    own, theirs = (next((it for it in offer.sides if it.side == side), None) for side in (OWN, THEIRS))
    if mark is None or own is None or own.phrase or own.state != mark.state:
        return offer
    rest = tuple(it for it in offer.sides if it not in (own, theirs))
    ours = () if theirs is None or offer.partner != theirs.state else (replace(theirs, side=OWN),)
    return replace(offer, sides=(*ours, *rest, replace(own, side=THEIRS)))


def _only_guessed(offer: Offered, anywhere: bool = False) -> bool:
    """Whether the State that was taken as our own, without words for it, is one in which somebody else is:
    whom we tell may be an office of ours (`he is in Tampere. Do I send it to the capital`). anywhere: whether
    it is a guess wherever somebody is, as an embassy asks that no words say of which State it is."""
    own = next((it for it in offer.sides if it.side == OWN), None)
    return own is not None and not own.phrase and (anywhere or own.state in offer.away)


def _with_partner(offer: Offered, mark: DealingMark | None) -> Offered:
    """The same with the State that its marks name as the other one."""
    if mark is None or not mark.state or mark.state == offer.own:
        return offer
    return _with_other_state(offer, mark.state)


def _with_other_state(offer: Offered, state: str) -> Offered:
    """The same with a State as the other one."""
    sides = tuple(it for it in offer.sides if it.side != THEIRS)
    return replace(offer, sides=(*sides, Side(state, THEIRS, "")))


def _sent(router: Router, offer: Offered, mark: DealingMark | None, dealing: Dealing) -> Offered:
    """The same with the fact that the request was sent, and since when where it is told; without what only
    the words that no answer came were read as (`no word from them` of somebody missing)."""
    fact = router.rulebook.facts[REQUEST_SENT]
    phrase = mark.phrase if mark else DEALING_SENTENCES[CHASE]
    if dealing.since and dealing.since not in phrase:
        phrase = f"{phrase}, {dealing.since}"
    sent = Reading(phrase, REQUEST_SENT, YES, fact.asks, fact.values[YES] or YES)
    rest = (it for it in offer.facts if it.fact != REQUEST_SENT)
    silence = [it.phrase.casefold() for it in dealing.silence]
    wants = tuple(it for it in offer.wants if not _is_within(it.phrase, silence))
    return replace(offer, facts=(*rest, sent), wants=wants)


def _is_within(phrase: str, wider: Collection[str]) -> bool:
    """Whether words stand in others, or these in them."""
    words = phrase.casefold()
    return any(words in it or it in words for it in wider)


def _reading(kind: str, mark: DealingMark | None) -> Reading:
    return Reading(mark.phrase if mark else "", KIND, kind, "Who asks whom?", SAYS_OF_KIND[kind])
