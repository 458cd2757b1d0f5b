"""Where the company of a service sits that works in many States, for a need of which no State is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routing.core.domain import REQUEST
from routing.core.records import replace
from routing.law.providers import answering, read_providers
from routing.rulebook.spelling import tidy
from routing.rulebook.words import KIND
from routing.story.lines import HOLDER
from routing.story.needs import Want
from routing.story.offered import Offered

if TYPE_CHECKING:
    from routing.opened import Router

DATA_TIME, STORED = "data_time", "stored"


def with_seats(router: Router, offer: Offered) -> Offered:
    """The same offer, in which what a service abroad has kept stands in the State whose company answers us
    for it, as a presumption: where the story names the service and no State, and our own is no seat of it. Of
    what is still to come, as where a phone is now, the one who calls by a service has the line elsewhere."""
    kinds = {item.value for item in offer.facts if item.fact == KIND}
    left = [want for want in offer.wants if want.anywhere and not want.state and _is_kept(router, want)]
    if not (offer.own and kinds <= {REQUEST} and left):
        return offer
    providers, groups = read_providers(router.law.folder), router.law.groups

    def seated(want: Want) -> Want:
        words = tidy(f"{want.held_by} {want.phrase}").split() if want in left else ()
        abroad = (it for it in answering(providers, words, offer.own, groups) if it.state != offer.own)
        provider = next(abroad, None)
        return replace(want, state=provider.state, provider=provider) if provider else want

    return replace(offer, wants=tuple(map(seated, offer.wants)))


def _is_kept(router: Router, want: Want) -> bool:
    """Whether a need is for what its usual holder has stored."""
    if not want.measures:
        return False
    presumes = router.rulebook.measures[want.measures[0]].presumes
    return presumes.get(HOLDER) == want.holder and presumes.get(DATA_TIME, STORED) == STORED
