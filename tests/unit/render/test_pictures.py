"""The pictures hold every step, stay on the page, and are well formed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner
from explained import DAY, ROOT, cases, router
from explained import plan_of as plan

from routing.cli import main
from routing.core.records import replace
from routing.render.mermaid import mermaid
from routing.render.svg import svg
from routing.render.swimlanes import cards, decision, lanes

pytestmark = pytest.mark.xdist_group("kept plans")  # so that each is made once
NAMES = sorted(cases())
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", NAMES)
def test_the_svg_is_well_formed_and_nothing_leaves_the_page(name: str) -> None:
    root = ET.fromstring(svg(plan(name), router()))
    width, height = float(root.get("width")), float(root.get("height"))  # type: ignore[arg-type]
    boxes = [
        tuple(float(rect.get(key)) for key in ("x", "y", "width", "height"))
        for rect in root.iter(f"{SVG}rect")
        if rect.get("x")
    ]  # type: ignore[arg-type]
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)
    assert not list(root.iter(f"{SVG}script")) and "http" not in re.sub(
        r'xmlns="[^"]+"', "", ET.tostring(root, encoding="unicode")
    ).replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("name", NAMES[::5])
def test_no_two_cards_overlap(name: str) -> None:
    root = ET.fromstring(svg(plan(name), router()))
    boxes = [
        tuple(float(rect.get(key)) for key in ("x", "y", "width", "height"))
        for rect in root.iter(f"{SVG}rect")
        if rect.get("rx") in ("5", "6") and rect.get("stroke")
    ]  # type: ignore[arg-type]
    for number, (x, y, w, h) in enumerate(boxes):
        for ox, oy, ow, oh in boxes[number + 1 :]:
            assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y


@pytest.mark.parametrize("name", NAMES[::5])
def test_no_arrow_turns_back(name: str) -> None:
    arrows = re.findall(
        r'<path d="M(\S+) (\S+)H(\S+)Q(\S+) (\S+) (\S+) (\S+)V(\S+)Q(\S+) (\S+) (\S+) (\S+)H(\S+)" fill="none" stroke="[^"]+" stroke-width="1.5"',
        svg(plan(name), router()),
    )
    assert arrows or not any(card.after for card in cards(plan(name), router()))
    for x1, y1, h1, mx, _, _, a, b, _, y2, h2, _, x2 in (map(float, arrow) for arrow in arrows):
        assert x1 <= h1 <= mx <= h2 <= x2 and sorted((y1, a, b, y2)) in ([y1, a, b, y2], [y2, b, a, y1])


@pytest.mark.parametrize("name", NAMES)
def test_every_step_is_drawn_after_what_it_waits_for(name: str) -> None:
    found = plan(name)
    placed = {card.id: card for card in cards(found, router())}
    assert [card.id for card in placed.values()] == [step.id for step in found.steps]
    for card in placed.values():
        assert card.lane in lanes(router())
        assert all(placed[before].column < card.column for before in card.after)
    text = mermaid(found, router())
    assert "\nflowchart LR\n" in text and text.count("subgraph") == text.count("\n  end\n")
    assert all(f"{card.number}. {card.title}" in text for card in placed.values())


def test_near_misses_are_dashed_and_only_they() -> None:
    seen = 0
    for name in NAMES:
        found = decision(plan(name), router())
        planned = {step.pathway for step in plan(name).steps}
        assert not found.near & planned
        for link in found.links:
            assert link.near == (link.target in found.near or (link.target in found.rules and link.near))
        seen += len(found.near)
    assert seen > 20


def test_a_near_miss_is_laid_only_to_facts_that_its_own_rule_reads() -> None:
    """Where two rules close one way, each is drawn with its own facts."""
    told = {
        "title": "t",
        "state": "GHA",
        "offence": ["fraud"],
        "needs": [
            {
                "measure": "stored_content",
                "with": "CAN",
                "purpose": "evidence",
                "confidentiality_needed": "yes",
            }
        ],
    }
    found = decision(router().route(router().read(told, "case"), DAY), router())
    behind = {rule: {link.source for link in found.links if link.target == rule} for rule in found.rules}
    assert behind["provider.non-content-only"] == {"data_category"}
    assert behind["provider.tip-off"] == {
        "confidentiality_needed",
        "provider_notifies_user",
        "provider_promises_silence",
    }


def test_what_a_person_wrote_cannot_break_the_picture() -> None:
    found = replace(plan(NAMES[0]), title='</title><script>alert("x")</script> & "`]')
    root = ET.fromstring(svg(found, router()))
    assert not list(root.iter(f"{SVG}script"))
    assert "<script" not in mermaid(found, router())


def test_the_command_draws() -> None:
    path = str(ROOT / "tests/scenarios/cloud-content-about-to-vanish/base.yaml")
    assert CliRunner().invoke(main, ["route", path, "--format", "svg"]).stdout.startswith("<svg")
    assert (
        CliRunner().invoke(main, ["route", path, "--format", "mermaid"]).stdout.splitlines()[1]
        == "flowchart LR"
    )


def test_only_a_private_person_has_no_lane_of_its_own() -> None:
    assert set(router().rulebook.parties) - set(router().rulebook.lanes) == {"data_owner", "private_party"}
