"""Where the company of a service sits that works in many States, for a need of which no State is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routing.core.domain import REQUEST
from routing.core.records import replace
from routing.law.providers import Provider, provider_of, read_providers
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND
from routing.story.lines import HOLDER
from routing.story.needs import Want
from routing.story.offered import Offered

if TYPE_CHECKING:
    from routing.api import Router

DATA_TIME, STORED = "data_time", "stored"


def with_seats(router: Router, offer: Offered) -> Offered:
    """The same offer, in which what a service abroad has kept stands in the State whose company answers us
    for it, as a presumption: where the story names the service and no State, and our own is no seat of it. Of
    what is still to come, as where a phone is now, the one who calls by a service has the line elsewhere."""
    kinds = {item.value for item in offer.facts if item.fact == KIND}
    if not (offer.own and kinds <= {REQUEST} and any(it.anywhere and not it.state for it in offer.wants)):
        return offer
    providers, groups = read_providers(router.law.folder), router.law.groups

    def seated(want: Want) -> Want:
        kept = want.anywhere and not want.state and _is_kept(router, want)
        provider = _named(want) if kept else None
        return replace(want, state=provider.state, provider=provider) if provider else want

    def _named(want: Want) -> Provider | None:
        words = tidy(f"{want.held_by} {want.phrase}").split()
        answering = (provider_of(providers, word, offer.own, groups) for word in words)
        return next((it for it in answering if it and it.state != offer.own), None)

    return replace(offer, wants=tuple(map(seated, offer.wants)))


def _is_kept(router: Router, want: Want) -> bool:
    """Whether a need is for what its usual holder has stored."""
    presumes = [router.rulebook.measures[name].presumes for name in want.measures]
    return any(it.get(HOLDER) == want.holder and it.get(DATA_TIME, STORED) == STORED for it in presumes[:1])
