"""The way that an agreement of two States sets for them, where treaties of many or of others have another."""

from __future__ import annotations

import pytest

from routing.opened import shared_router
from routing.render.text import text

WAYS = {
    ("ARE", "IND", "surrender", "fraud"): "Extradition, through diplomatic channels.",
    ("IND", "ARE", "surrender", "fraud"): "Extradition, through diplomatic channels.",
    ("CHE", "FRA", "asset_freezing", "corruption"): "our judicial authority -> judicial authority, France",
    (
        "FRA",
        "CHE",
        "asset_freezing",
        "corruption",
    ): "our judicial authority -> judicial authority, Switzerland",
}


@pytest.mark.parametrize(("ours", "theirs", "measure", "offence"), WAYS)
def test_a_request_goes_by_the_way_of_the_agreement_of_the_two(
    ours: str, theirs: str, measure: str, offence: str
) -> None:
    router = shared_router()
    need = {"id": "one", "kind": "request", "measure": measure, "with": theirs, "dual_criminality": "yes"}
    if measure == "surrender":
        need["arrest_warrant"] = "yes"
    else:
        need |= {"asset_located": "yes", "property_kind": "money"}
    case = {"state": ours, "as_of": "2026-12-02", "actor": "prosecutor", "stage": "investigation"}
    plan = router.route({**case, "offence": [offence], "needs": [need]})
    assert WAYS[ours, theirs, measure, offence] in " ".join(text(plan, router).split())
