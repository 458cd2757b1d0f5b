"""The way of a step is allowed by the treaty that the step rests on, where that treaty has a rule on it."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.plan.offices import channel_between

ON = date(2026, 11, 30)
ASSISTANCE = (
    "mla",
    "urgent_mla",
    "video_hearing",
    "detainee_transfer",
    "asset_freezing",
    "confiscation",
    "electronic_surveillance",
)
NOT_READ = {
    "eu-uk-tca"
}  # the title on freezing and confiscation has a channel of its own; its text was not reached
NO_TREATY = "national-law"


def instrument(provision: str) -> str:
    return provision.split(" ")[0]


def test_no_way_is_that_of_national_law_where_the_treaty_has_one(router: Router) -> None:
    rows = [row for row in router.law.offices().channels if row.pathway in ASSISTANCE]
    having = {instrument(ref) for row in rows for ref in row.basis} - {NO_TREATY, *NOT_READ}
    wrong = []
    for pathway in ASSISTANCE:
        for route in router.rulebook.pathways[pathway].routes:
            lead = instrument(route.lead[0])
            channel = channel_between(pathway, route.id, "GBR", "CHE", router.law, ON)
            if lead in having and channel is not None and NO_TREATY in map(instrument, channel.basis):
                wrong.append(route.id)
    assert len(having) > 20 and wrong == []


@pytest.mark.parametrize("treaty", ["ets30", "cets198", "ets141"])
def test_urgent_requests_go_as_their_treaty_lets_them(router: Router, treaty: str) -> None:
    channel = channel_between("urgent_mla", f"urgent_mla/{treaty}", "MKD", "MDA", router.law, ON)
    assert channel is not None and channel.via == "direct"
    assert channel.sender_party == channel.receiver_party == "judicial_authority"
    assert [instrument(ref) for ref in channel.basis] == [treaty]


def test_a_hearing_by_video_goes_between_the_offices_that_the_treaty_names(router: Router) -> None:
    channel = channel_between("video_hearing", "video_hearing/asean-mlat", "PHL", "VNM", router.law, ON)
    assert channel is not None and channel.via == "central_authorities"
    assert channel.sender_party == channel.receiver_party == "central_authority"
    assert "asean-mlat" in [instrument(ref) for ref in channel.basis]
