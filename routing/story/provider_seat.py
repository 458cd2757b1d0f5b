"""Where the company of a service sits that works in many States, for a need of which no State is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routing.core.domain import REQUEST
from routing.core.records import replace
from routing.law.providers import Provider, provider_of, read_providers
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND
from routing.story.needs import Want
from routing.story.offered import Offered

if TYPE_CHECKING:
    from routing.api import Router


def with_seats(router: Router, offer: Offered) -> Offered:
    """The same offer, in which what is asked of a service abroad stands in the State whose company answers us
    for it, as a presumption: where the story names the service and no State, and our own is no seat of it."""
    kinds = {item.value for item in offer.facts if item.fact == KIND}
    if not (offer.own and kinds <= {REQUEST} and any(_lacks_state(want) for want in offer.wants)):
        return offer
    providers, groups = read_providers(router.law.folder), router.law.groups

    def seated(want: Want) -> Want:
        provider = _named(want) if _lacks_state(want) else None
        return replace(want, state=provider.state, provider=provider) if provider else want

    def _named(want: Want) -> Provider | None:
        words = tidy(f"{want.held_by} {want.phrase}").split()
        answering = (provider_of(providers, word, offer.own, groups) for word in words)
        return next((it for it in answering if it and it.state != offer.own), None)

    return replace(offer, wants=tuple(map(seated, offer.wants)))


def _lacks_state(want: Want) -> bool:
    return want.anywhere and not want.state
