"""Nothing is set to `no` by what a story leaves open: a question, a doubt, a fear, a hope, a condition, a wish."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.story.offered import offered_by

pytestmark = pytest.mark.when_changed("rules", "routing")

DAY = date(2026, 12, 1)
WE = "We are police in Kenya. We want the arrest of a man in Ghana."


def denied(router: Router, text: str) -> set[str]:
    return {it.fact for it in offered_by(router, f"{WE} {text}", DAY).facts if it.value in ("no", "none")}


@pytest.mark.parametrize(
    "text",
    [
        "We just want they know it quick.",
        "Does he know about the investigation?",
        "We fear that he knows already about it.",
        "Maybe he knows about the case.",
        "If he knows about the case he will run.",
        "We do not know if he knows about the case.",
        "Whenever he drinks he beats her.",
        "The child lives on her own in the flat.",
        "He said he can wait for the money, else he shoots.",
        "Is there no arrest warrant for him?",
        "Is this legal there?",
        "We ask if it is not a crime there.",
        "Is he not a diplomat?",
        "There may be no treaty, we must check.",
        "Perhaps he had no lawyer.",
        "Maybe nobody is in danger.",
        "We hope nobody is in danger.",
        "Nobody is in danger, we think.",
        "The girl was not kidnapped by the father but by the uncle.",
    ],
)
def test_what_is_left_open_is_not_denied(router: Router, text: str) -> None:
    assert not denied(router, text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Nobody is in danger.", "emergency"),
        ("No danger to anyone.", "emergency"),
        ("There is no arrest warrant for him yet.", "arrest_warrant"),
        ("No treaty binds us.", "both_bound_by"),
        ("He knows about the investigation.", "confidentiality_needed"),
        ("He acted alone.", "organised_group"),
        ("It is no crime there.", "dual_criminality"),
        ("He has no immunity.", "immunity"),
        ("We do not know where he is, he has no immunity.", "immunity"),
    ],
)
def test_a_plain_denial_is_read(router: Router, text: str, fact: str) -> None:
    assert denied(router, text) == {fact}


def test_that_no_asylum_was_asked_for_denies_no_risk(router: Router) -> None:
    assert "persecution_risk" not in denied(router, "He has not asked for asylum yet.")
