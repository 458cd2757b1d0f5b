"""What several needs of a case share stands once on its page, so that there is room for what each needs."""

from __future__ import annotations

from typing import Any

from click import unstyle

from routing.opened import Router
from routing.render.text import text


def page(router: Router, *needs: dict[str, Any], **facts: object) -> str:
    case = {"state": "ESP", "as_of": "2026-11-30", "actor": "judge", "stage": "investigation"}
    plan = router.route({**case, "offence": "drugs", "needs": [*needs], **facts})
    return " ".join(unstyle(text(plan, router, width=100)).split())


def test_a_proposal_is_answered_once_for_all_its_needs(router: Router) -> None:
    ask = {"with": "CHL", "proposed_channel": "european investigation order"}
    shown = page(
        router,
        {"id": "bank", "measure": "bank_records", **ask},
        {"id": "flat", "measure": "search", **ask},
        {"id": "calls", "measure": "interception", **ask},
    )
    assert shown.count("As proposed") == 1
    assert "bank: As proposed (European Investigation Order; also for flat, calls): no." in shown


def test_words_read_as_others_stand_in_one_sentence(router: Router) -> None:
    shown = page(
        router,
        {"id": "bank", "measure": "bank statements", "with": "CHL"},
        {"id": "man", "measure": "extradition", "with": "CHL", "danger_place": "abroad"},
    )
    assert (
        "Note: `bank statements` is read as bank records, `extradition` as surrender. `danger_place: abroad` also"
        in shown
    )


def test_what_decides_two_needs_is_listed_once(router: Router) -> None:
    man = {"with": "PRY", "person_role": "suspect"}
    shown = page(
        router,
        {"id": "arrest", "measure": "arrest", **man},
        {"id": "back", "measure": "surrender", **man},
        state="COL",
    )
    assert "Needed to decide: as for arrest." in shown
    assert shown.count("Needed to decide: extradition treaty between the two States,") == 1


def test_a_hold_says_what_its_paper_contains_also_on_a_full_page(router: Router) -> None:
    needs = [
        {"id": f"n{number}", "measure": measure, "with": "CHL", "days_until_needed": 30}
        for number, measure in enumerate(
            (
                "bank_records",
                "search",
                "video_hearing",
                "joint_investigation",
                "asset_freezing",
                "business_records",
            )
        )
    ]
    shown = page(router, *needs, {"id": "man", "measure": "arrest", "with": "CHL", "arrest_warrant": "yes"})
    assert "passport number, photograph" in shown and "offence, date and place, and penalty" in shown


def test_what_comes_too_late_names_no_way_that_was_not_asked_for(router: Router) -> None:
    shown = page(
        router,
        {"id": "bank", "measure": "bank_records", "with": "CHL", "days_until_needed": 20},
        {"id": "flat", "measure": "search", "with": "CHL"},
    )
    assert "as a rule nothing comes before" in shown and "usual time is longer" not in shown


def test_what_another_sentence_says_more_closely_waits_for_the_full_plan(router: Router) -> None:
    case = {
        "state": "IND",
        "as_of": "2026-12-01",
        "offence": "fraud",
        "needs": [{"measure": "surrender", "with": "ARE"}],
    }
    plan = router.route(case)
    short = " ".join(unstyle(text(plan, router, width=100)).split())
    assert "that State keeps its own, or surrenders them only on conditions" in short
    assert "many States keep their own" not in short
    assert "many States keep their own" in " ".join(unstyle(text(plan, router, full=True, width=100)).split())
    # Where nothing closer is said it stays.
    elsewhere = router.route({**case, "needs": [{"measure": "surrender", "with": "USA"}]})
    assert "many States keep their own" in " ".join(unstyle(text(elsewhere, router, width=100)).split())
