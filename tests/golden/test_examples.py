"""The stories under examples/: each has a case, a line about it, and a plan that was checked by hand.

ROUTING_WRITE_GOLDEN=1 writes the plans anew. Read every difference against the law before committing
it, in a commit that has a line for each change.
"""

from __future__ import annotations

import json
import os

import click
import pytest
from example_cases import EXAMPLES, STORIES

from routing.opened import shared_router
from routing.render.text import text

PROMISED = {
    "cloud-mailbox",
    "corruption-without-dual-criminality",
    "early-whereabouts",
    "incoming-request",
    "no-lawful-route",
    "spontaneous-tip",
    "three-needs-two-states",
    "tip-already-requested",
}


def answers(story: str) -> dict[str, str]:
    """The plan of a story as a person and as a program reads it; the digest of the rules is left out."""
    router = shared_router()
    plan = router.route(EXAMPLES / story / "case.yaml")
    data = json.loads(plan.json_text())
    data["rulebook"]["hash"] = "left out"
    return {
        "plan.txt": click.unstyle(text(plan, router, width=100)),
        "plan.json": json.dumps(data, indent=2, ensure_ascii=False) + "\n",
    }


def test_every_promised_story_is_there() -> None:
    assert set(STORIES) >= PROMISED


@pytest.mark.parametrize("story", STORIES)
def test_a_story_has_a_line_and_its_golden_plan(story: str) -> None:
    assert (EXAMPLES / story / "README.md").read_text().startswith("# ")
    for name, found in answers(story).items():
        file = EXAMPLES / story / name
        if os.environ.get("ROUTING_WRITE_GOLDEN"):
            file.write_text(found)
        assert file.read_text() == found, f"{story}/{name} is no longer what the program answers"
