"""What a story was read as, in one sentence that its writer can check at a glance: who asks whom, of which
State, for what, by which words; and what to add where it is the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.core.printable import in_quotes as quote
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.dealing_sentences import DEALING_SENTENCES
from routing.story.offered import WITH, Offered
from routing.story.open_parts import is_weakly_told, kinds_told, other_state, words_for_kind

if TYPE_CHECKING:
    from routing.opened import Router

NOT_NAMED = "a State not named"
WHO: Mapping[str, str] = MappingProxyType(
    {
        REQUEST: "we{own} ask {partner} for",
        ANSWER: "{partner} asks us{own} for",
        SHARE: "we{own} tell {partner}, unasked",
        USE: "we{own} use what {partner} gave us",
    }
)
"""Who deals with whom, before what is sought."""
TURNED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        REQUEST: ("If they ask us", ANSWER),
        ANSWER: ("If we ask them", REQUEST),
        SHARE: ("If we ask them for something", REQUEST),
        USE: ("If we ask them for something new", REQUEST),
    }
)
"""What else it is most easily, with the kind of which the sentence says it."""
ANSWERED = "your answer"


def told_sentence(router: Router, offer: Offered, answered: Mapping[str, str]) -> str:
    """Who asks whom for what by a story, with the words that say so, or that none do, and what to add where
    it is otherwise. An answer goes before what was read. answered: what was asked for, each with its
    answer."""
    own, partner = _states(router, offer, answered)
    sought = ", ".join(_sought(router, offer))
    sought = f"{answered[MEASURE]} ({ANSWERED})" if MEASURE in answered else sought
    kinds = list(kinds_told(offer)) if not {it.kind for it in offer.needed} - {""} else _of_needs(offer)
    is_open = offer.dealing is not None and offer.dealing.is_open
    if is_open or len(kinds) != 1 or kinds[0] not in WHO:
        who = f" Who asks whom: {answered[KIND]} ({ANSWERED})." if KIND in answered else ""
        says = "; ".join(WHO[kind].format(own="", partner="them") for kind in kinds if kind in WHO)
        who = who or (f" Of who asks whom: {says}." if says and not is_open else " Who asks whom is open.")
        return (
            f"Read as: we: {own or 'not said'}; other State: {partner}; sought: {sought or 'not said'}.{who}"
        )
    kind = kinds[0]
    who = WHO[kind].format(own=f" ({own})" if own else " (our State is not said)", partner=partner)
    return f"Read as: {who}: {sought or 'not said'}. {_carried_by(offer, kind, answered)}"


def _sought(router: Router, offer: Offered) -> Iterator[str]:
    """What a story needs, each with the words for it."""
    for want in offer.needed:
        by = f" ({quote(want.phrase)})" if want.phrase else ""
        yield f"{router.rulebook.measures[want.measures[0]].name}{by}"


def _carried_by(offer: Offered, kind: str, answered: Mapping[str, str]) -> str:
    """The words that say who asks whom, and how to turn it."""
    if KIND in answered:
        return f"Who asks whom: {ANSWERED}."
    words = words_for_kind(offer, kind)
    if_not, opposite = TURNED[kind]
    only = "only " if is_weakly_told(offer) else ""
    says = f"Who asks whom is read {only}from {quote(words)}." if words else "No words say who asks whom."
    return f"{says} {if_not}, add a sentence: {quote(DEALING_SENTENCES[opposite])}"


def _of_needs(offer: Offered) -> list[str]:
    return list(dict.fromkeys(it.kind for it in offer.needed if it.kind))


def _states(router: Router, offer: Offered, answered: Mapping[str, str]) -> tuple[str, str]:
    """Our own State and the other ones, by name."""
    name = router.law.states.name
    others = dict.fromkeys(state for want in offer.needed if (state := other_state(offer, want)))
    read = ", ".join(map(name, others)) or (name(offer.partner) if offer.partner else NOT_NAMED)
    own = name(offer.own) if offer.own else ""
    return (
        f"{answered[STATE]}, {ANSWERED}" if STATE in answered else own,
        f"{answered[WITH]} ({ANSWERED})" if WITH in answered else read,
    )
