"""Who writes a story and when, and what is told of one of several things alone."""

from __future__ import annotations

from datetime import date

import pytest

from routing.opened import Router
from routing.render.case_told import case_told
from routing.story.offered import Offered, offered_by

pytestmark = pytest.mark.when_changed("rules", "routing")

MONDAY = date(2026, 11, 30)


def offer(router: Router, text: str) -> Offered:
    return offered_by(router, text, MONDAY)


@pytest.mark.parametrize(
    "head",
    [
        "Georgia, police Batumi, 30.11.2026.",
        "Police of Batumi, Georgia, 30 November 2026:",
        "Georgia, police Batumi.",
    ],
)
def test_the_day_on_which_somebody_writes_is_no_day_by_when(router: Router, head: str) -> None:
    read = offer(router, f"{head} We want the bank statements of a firm in Latvia.")
    facts = {it.fact: it.value for it in read.facts}
    assert (read.own, read.partner) == ("GEO", "LVA") and facts["actor"] == "police"
    assert "days_until_needed" not in facts


def test_a_day_on_which_something_happens_stays(router: Router) -> None:
    read = offer(
        router,
        "We are police in Georgia. The trial in Batumi opens on 14.12.2026. Hear her in Latvia before.",
    )
    assert {it.fact: it.value for it in read.facts}.get("days_until_needed") == "14"


@pytest.mark.parametrize(
    "court", ["our court must give him the summons there", "our prosecutor must have him heard"]
)
def test_where_somebody_lives_is_not_where_our_court_is(router: Router, court: str) -> None:
    read = offer(
        router,
        "Georgia, police Batumi. A van goes over Latvia to Estonia. We want Latvian colleagues let it drive."
        f" One accused lives in Riga, {court}.",
    )
    assert read.own == "GEO"
    assert [want.state for want in read.needed if "controlled_delivery" in want.measures] == ["LVA"]


def test_where_our_officers_are_is_ours(router: Router) -> None:
    read = offer(router, "In Ankara our officers read his messages. We want his account in Berlin frozen.")
    assert (read.own, read.partner) == ("TUR", "DEU")


def test_each_of_several_things_has_the_time_that_is_told_of_it(router: Router) -> None:
    text = (
        "Georgia, police Batumi. We want a controlled delivery of a van through Latvia tonight. Our court must"
        " also serve a summons in Riga for the hearing on 20 January 2027."
    )
    days = {want.measures[0]: want.days for want in offer(router, text).needed}
    assert days == {"controlled_delivery": "", "service_of_documents": "51"}
    written = router.read(case_told(router, text, MONDAY), "story", MONDAY)
    assert [
        need.facts.get("days_until_needed", written.facts.get("days_until_needed")) for need in written.needs
    ] == [0, 51]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "An inspector of the police of Latvia wrote to us. He asks for the images of the telephones that we hold.",
            "answer",
        ),
        ("The prosecutor in Riga asks us for the file that we hold.", "answer"),
    ],
)
def test_what_we_hold_ourselves_is_nothing_that_was_given_to_us(router: Router, text: str, kind: str) -> None:
    read = offer(router, f"We are police in Georgia. {text}")
    assert {it.value for it in read.facts if it.fact == "kind"} == {kind}
    assert not any("material_held" in want.measures for want in read.needed)


@pytest.mark.parametrize(
    "text",
    [
        "They say if no more money comes tonight they cut a finger of the small one.",
        "Unless the ransom is paid they will shoot one of them.",
        "They will break the arm of the boy if the family does not pay.",
    ],
)
def test_what_they_do_if_nobody_pays_is_a_danger(router: Router, text: str) -> None:
    read = offer(router, f"We are police in Georgia. The men hold two boys in Latvia. {text}")
    assert "threat_to_life" in {it.value for it in read.facts if it.fact == "emergency"}


def test_a_bank_that_sells_a_house_unless_it_is_paid_is_no_danger(router: Router) -> None:
    read = offer(
        router,
        "We are police in Georgia. If the money is not paid the bank in Latvia sells the house of the girl.",
    )
    assert "threat_to_life" not in {it.value for it in read.facts if it.fact == "emergency"}
