"""Stories as people tell them: what is offered to confirm, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from story_cases import STORIES
from sweeps import each, in_parts

from routing.opened import Router
from routing.story.reader import story_of
from routing.story.readings import readings_of
from routing.story.sides import OWN, THEIRS, sides_of

NEED = ("measure", "data_holder")
SIDES = (OWN, THEIRS)


def amiss(router: Router, told: dict[str, Any]) -> list[str]:
    """What a person would miss of a story, and what would mislead them."""
    text = told["story"]
    read, wanted = readings_of(router, looked := story_of(router, text)), looked.wants
    offered = {f"{item.fact}={item.value}" for item in read}
    needs = {f"{measure}: {want.state or '?'}" for want in wanted for measure in want.measures}
    holders = {f"{want.holder}: {want.state or '?'}" for want in wanted}
    offered |= {f"measure={need.partition(':')[0]}" for need in needs}
    offered |= {f"data_holder={holder.partition(':')[0]}" for holder in holders}
    missing = [
        *(f"state={state}" for state in told.get("states", ()) if f"state={state}" not in offered),
        *(item for item in told.get("offers", ()) if item not in offered),
        *(item for item in told.get("needs", ()) if item not in needs),
        *(item for item in told.get("holders", ()) if item not in holders),
    ]
    misleading = [item for item in told.get("never", ()) if item in offered | needs | holders]
    sides = sides_of(router.rulebook, looked)
    return [
        *(f"not offered: {item}" for item in missing),
        *(f"offered: {item}" for item in misleading),
        *(
            f"{side}: {chosen}, not {told[side]}"
            for side, chosen in ((side, [one.state for one in sides if one.side == side]) for side in SIDES)
            if chosen != told.get(side, chosen)
        ),
    ]


def read_as_a_person_would_expect(router: Router, told: dict[str, Any]) -> None:
    """One that says why it is not read so is still wrong; else its reason is taken out."""
    assert bool(amiss(router, told)) == ("wrong" in told), amiss(router, told)


def test_a_story_is_read_as_a_person_would_expect(router: Router) -> None:
    each(partial(read_as_a_person_would_expect, router), STORIES[::20])


@pytest.mark.when_changed("rules", "tests/unit/story/stories.yaml")
@in_parts(STORIES)
def test_every_story_is_read_as_a_person_would_expect(router: Router, part: Sequence[dict[str, Any]]) -> None:
    each(partial(read_as_a_person_would_expect, router), part)


def test_nearly_every_story_is_read_right() -> None:
    assert len(STORIES) >= 500 and sum("wrong" not in told for told in STORIES) >= 480
