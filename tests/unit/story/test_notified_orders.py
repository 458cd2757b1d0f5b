"""Who is notified of a production order is asked by that State, and has no investigation order before it."""

from __future__ import annotations

import pytest

from routing.core.domain import ANSWER
from routing.opened import Router
from routing.story.reader import story_of
from routing.story.readings import readings_of

pytestmark = pytest.mark.when_changed("rules", "routing")

FORM = ("request_form", "notified_production_order")


@pytest.mark.parametrize(
    "text",
    [
        "We are prosecutors in Zagreb. Spain has notified us of an EPOC for the mailbox of a trader.",
        "We are a court in Riga. Yesterday we were notified of a European Production Order from Malta.",
        "Prosecutor in Brno here. A notice of a production order arrived from Greece, for messages of a user.",
    ],
)
def test_whoever_is_notified_of_an_order_answers(router: Router, text: str) -> None:
    story = story_of(router, text)
    assert any("stored_content" in want.measures for want in story.wants)
    assert {FORM, ("kind", ANSWER)} <= {(it.fact, it.value) for it in readings_of(router, story)}


def test_an_order_of_our_own_notifies_nobody_here(router: Router) -> None:
    text = "We are prosecutors in Zagreb. We need a European Production Order for a mailbox in Spain."
    assert FORM not in {(it.fact, it.value) for it in readings_of(router, story_of(router, text))}
