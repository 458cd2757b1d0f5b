"""The pictures hold every step, stay on the page, and are well formed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from explained import DAY, ROOT, SAMPLE, for_every_kept_case, in_folder
from explained import plan_of as plan
from shipped import router
from sweeps import each

from routing.cli import main
from routing.core.records import replace
from routing.render.mermaid import mermaid
from routing.render.svg import svg
from routing.render.svg_parts import ALARM, INK, NIGHT, PAPER, SHADES, SOFT, width_of, wrapped
from routing.render.swimlanes import cards, decision, lanes

SVG = "{http://www.w3.org/2000/svg}"


def svg_is_well_formed_and_nothing_leaves_the_page(name: str) -> None:
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


def no_two_cards_overlap(name: str) -> None:
    root = ET.fromstring(svg(plan(name), router()))
    boxes = [
        tuple(float(rect.get(key)) for key in ("x", "y", "width", "height"))
        for rect in root.iter(f"{SVG}rect")
        if rect.get("rx") in ("5", "6") and rect.get("stroke")
    ]  # type: ignore[arg-type]
    for number, (x, y, w, h) in enumerate(boxes):
        for ox, oy, ow, oh in boxes[number + 1 :]:
            assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y


def labels(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """The place of each line of text: left, top, right and foot, by the letters it has."""
    found = []
    for line in root.iter(f"{SVG}text"):
        x, y, size = (float(line.get(key) or 0) for key in ("x", "y", "font-size"))
        wide = width_of(line.text or "", size, line.get("font-weight") == "bold")
        left = x - wide if line.get("text-anchor") == "end" else x
        found.append((left, y - size * 0.76, left + wide, y + size * 0.2))
    return found


LONG = "The title of a case that somebody wrote at length, as people do who copy the heading of their file into it"


def no_label_lies_over_another_or_leaves_its_box(name: str) -> None:
    root = ET.fromstring(svg(replace(plan(name), title=f"{LONG}, {LONG}"), router()))
    placed, width = labels(root), float(root.get("width") or 0)
    for number, (left, top, right, foot) in enumerate(placed):
        assert left >= 0 and right <= width
        for other_left, other_top, other_right, other_foot in placed[number + 1 :]:
            apart = right <= other_left or other_right <= left or foot <= other_top or other_foot <= top
            assert apart, (name, number)
    boxes = [
        tuple(float(rect.get(key) or 0) for key in ("x", "y", "width", "height"))
        for rect in root.iter(f"{SVG}rect")
        if rect.get("rx") in ("5", "6") and rect.get("stroke")
    ]
    for x, y, w, h in boxes:
        for left, top, right, foot in placed:
            if x <= left < x + w and y <= top < y + h:
                assert right <= x + w and foot <= y + h, name


def every_colour_has_one_for_the_dark(name: str) -> None:
    text = svg(plan(name), router())
    used = set(
        re.findall(
            r'(?:fill|stroke)="(#[0-9a-f]+)"',
            text.replace(text[text.index("<style>") : text.index("</style>")], ""),
        )
    )
    assert used and used <= set(NIGHT)
    assert "prefers-color-scheme:dark" in text
    assert all(f'[fill="{day}"]{{fill:{night}}}' in text for day, night in NIGHT.items())


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as the guidelines on web content count it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_label_can_be_read_by_day_and_by_night() -> None:
    pairs = [*SHADES, *((ink, PAPER) for ink in (INK, SOFT, ALARM))]
    for one, other in pairs:
        assert contrast(one, other) >= 4.5 and contrast(NIGHT[one], NIGHT[other]) >= 4.5, (one, other)


def test_a_text_is_broken_where_it_no_longer_fits() -> None:
    lines = wrapped("Ask the police at once " + "x" * 80, 120)
    assert "".join(lines).replace(" ", "") == "Askthepoliceatonce" + "x" * 80
    assert all(width_of(line) <= 120 for line in lines) and wrapped("", 120) == []


def no_arrow_turns_back(name: str) -> None:
    arrows = re.findall(
        r'<path d="M(\S+) (\S+)H(\S+)Q(\S+) (\S+) (\S+) (\S+)V(\S+)Q(\S+) (\S+) (\S+) (\S+)H(\S+)" fill="none" stroke="[^"]+" stroke-width="1.5"',
        svg(plan(name), router()),
    )
    assert arrows or not any(card.after for card in cards(plan(name), router()))
    for x1, y1, h1, mx, _, _, a, b, _, y2, h2, _, x2 in (map(float, arrow) for arrow in arrows):
        assert x1 <= h1 <= mx <= h2 <= x2 and sorted((y1, a, b, y2)) in ([y1, a, b, y2], [y2, b, a, y1])


def every_step_is_drawn_after_what_it_waits_for(name: str) -> None:
    found = plan(name)
    placed = {card.id: card for card in cards(found, router())}
    assert [card.id for card in placed.values()] == [step.id for step in found.steps]
    for card in placed.values():
        assert card.lane in lanes(router())
        assert all(placed[before].column < card.column for before in card.after)
    text = mermaid(found, router())
    assert "\nflowchart LR\n" in text and text.count("subgraph") == text.count("\n  end\n")
    assert all(f"{card.number}. {card.title}" in text for card in placed.values())


def near_misses_are_dashed_and_only_they(name: str) -> int:
    found = decision(plan(name), router())
    planned = {step.pathway for step in plan(name).steps}
    assert not found.near & planned
    for link in found.links:
        assert link.near == (link.target in found.near or (link.target in found.rules and link.near))
    return len(found.near)


CHECKS: dict[Callable[[str], int | None], int] = {
    svg_is_well_formed_and_nothing_leaves_the_page: 1,
    no_two_cards_overlap: 5,
    no_label_lies_over_another_or_leaves_its_box: 3,
    every_colour_has_one_for_the_dark: 10,
    no_arrow_turns_back: 5,
    every_step_is_drawn_after_what_it_waits_for: 1,
    near_misses_are_dashed_and_only_they: 1,
}
"""Each thing that holds of every picture, and of how many one is looked at."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_picture_is_drawn_well(check: Callable[[str], int | None]) -> None:
    seen = each(check, SAMPLE)
    assert check is not near_misses_are_dashed_and_only_they or seen > 5


@for_every_kept_case
def test_the_picture_of_every_kept_case_is_drawn_well(folder: str) -> None:
    for check, apart in CHECKS.items():
        each(check, in_folder(folder)[::apart])


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
    assert behind["provider.non-content-only"] == {"data_category", "emergency"}
    assert behind["provider.tip-off"] == {
        "confidentiality_needed",
        "provider_notifies_user",
        "provider_promises_silence",
    }


def test_what_a_person_wrote_cannot_break_the_picture() -> None:
    found = replace(plan(SAMPLE[0]), title='</title><script>alert("x")</script> & "`]')
    root = ET.fromstring(svg(found, router()))
    assert not list(root.iter(f"{SVG}script"))
    assert "<script" not in mermaid(found, router())


def test_words_give_mermaid_no_directive_and_no_sign() -> None:
    from routing.render.mermaid import _plain

    evil = "%%{init: {'themeCSS': 'x'}}%% #quot;] --> a[ `x` \n  click a\n"
    assert _plain(evil) == "#37;#37;{init: {'themeCSS': 'x'}}#37;#37; #35;quot;] --#gt; a[ 'x' click a"


def test_the_command_draws() -> None:
    path = str(ROOT / "tests/scenarios/cloud-content-about-to-vanish/base.yaml")
    assert CliRunner().invoke(main, ["route", path, "--format", "svg"]).stdout.startswith("<svg")
    assert (
        CliRunner().invoke(main, ["route", path, "--format", "mermaid"]).stdout.splitlines()[1]
        == "flowchart LR"
    )


def test_only_a_private_person_has_no_lane_of_its_own() -> None:
    assert set(router().rulebook.parties) - set(router().rulebook.lanes) == {
        "applicant",
        "data_owner",
        "private_party",
    }
