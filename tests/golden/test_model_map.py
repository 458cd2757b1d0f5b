"""The 150 numbered rules of the draft: each is carried by what the map names, or the map says why by none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from devtools.coverage import cases_of
from routing.opened import shared_router
from routing.yaml.tree import load_plain

ROUTER = shared_router()
BOOK = ROUTER.rulebook
FOLDER = Path(BOOK.folder)
MAP: dict[str, dict[str, Any]] = load_plain(FOLDER / "model-map.yaml")["rows"]
DEFEATS: dict[str, dict[str, Any]] = load_plain(FOLDER / "model-map.yaml")["defeats"]
DAY = date(2026, 11, 24)


def test_the_map_has_every_number_in_its_order() -> None:
    assert list(MAP) == [f"R-{number:03}" for number in range(1, 151)]


@pytest.mark.parametrize("number", MAP)
def test_a_number_has_its_rules_or_the_reason_why_it_has_none(number: str) -> None:
    entry = MAP[number]
    assert entry and set(entry) <= {"rules", "ways", "because"}
    assert entry.get("rules") or entry.get("because"), "name its rules, or say why there is none"
    parents = {rule.parent for rule in BOOK.rules}
    assert not [rule for rule in entry.get("rules", ()) if rule not in parents], "no such rule"
    assert not [
        way for way in entry.get("ways", ()) if way not in BOOK.pathways and way not in BOOK.routes
    ], "no such pathway or route"


@pytest.mark.when_changed("rules", "examples", "tests/scenarios", "tests/published")
def test_every_pathway_is_a_confirmed_step_of_some_kept_case() -> None:
    missing = set(BOOK.pathways)
    for _, document in sorted(
        cases_of(FOLDER.parent), key=lambda item: "channels-the-stories" not in item[0]
    ):
        plan = ROUTER.route(document, as_of=None if "as_of" in document else DAY)
        missing -= {step.pathway for step in plan.steps if step.certainty == "confirmed"}
        if not missing:
            return
    assert not missing, "write a story with realistic facts under tests/scenarios for each"


def test_a_fact_that_is_left_out_is_none_of_ours_and_says_why() -> None:
    left_out = load_plain(FOLDER / "model-map.yaml")["facts_left_out"]
    assert all(reason.strip() for reason in left_out.values()) and not set(left_out) & set(BOOK.facts)


# In the draft what clears the accused overrules a consent that is missing. With us its disclosure is a duty beside the
# request for consent, which another use goes on waiting for: nothing has to be lifted.
BESIDE = {"exculpatory.own-proceedings"}


@pytest.mark.parametrize("winners", DEFEATS)
def test_who_prevails_in_the_draft_does_so_by_a_rule_that_can_or_the_map_says_how(winners: str) -> None:
    entry = DEFEATS[winners]
    assert set(winners.split(" and ")) <= set(MAP) and (entry.get("rules") or entry.get("because"))
    for name in entry.get("rules", ()):
        forms = {rule.form for rule in BOOK.rules if rule.parent == name}
        lifts = any(rule.defeats for rule in BOOK.rules if rule.parent == name)
        if name in BESIDE:
            assert forms == {"duty"} and not lifts, f"{name} is more than a duty: take it from the list"
        else:
            assert lifts or forms & {"close", "bar", "needs", "never", "together"}, (
                f"{name} overrules nothing"
            )
