"""No way that a page recommends in a sentence stands under `Do not use` of the same page for the same need."""

from __future__ import annotations

import re

from scenario_check import in_each_folder, named, plan_named, sample
from sweeps import each

from routing.core.printable import sentences
from routing.opened import shared_router
from routing.phrasing.of_plans import Wording
from routing.render.page import Page
from routing.render.sections import sections

RECOMMENDS = re.compile(
    r"^(?:[^,:]*[,:] )?(?:hear|send|ask|use|take|offer|propose|suggest|request|telephone|seek|prefer)\b", re.I
)
"""How a sentence begins that tells to do something, after what it says of the case."""
DENIES = re.compile(r"\b(?:not?|nothing|nobody|never|instead of|before|hidden|order|whether|only)\b", re.I)
"""Words of a sentence that recommends no channel: it denies, limits or asks, or the channel is part of an order."""
IN_OTHER_WORDS = {"video_hearing": "by video"}


def recommended(page: Page, names: dict[str, dict[str, str]]) -> list[str]:
    """The sentences of a page that recommend a way which it shuts, for each need with what its ways are called."""
    steps = [
        (step.needs, said) for step in page.steps for said in (step.what, *(r.says for r in step.remarks))
    ]
    shut = [(item.needs or tuple(names), item.says) for item in page.forbidden]
    return [
        f"{channel}: {line}"
        for needs, said in (*steps, *shut)
        for line in sentences(said)
        if RECOMMENDS.match(line) and not DENIES.search(line)
        for need in needs or tuple(names)
        for channel, words in names[need].items()
        if words in line.casefold()
    ]


def no_way_is_recommended_and_shut(name: str) -> None:
    plan, router = plan_named(name), shared_router()
    page = sections(plan, Wording(router))
    shown = {called for item in page.forbidden if not item.far for called in item.few}
    pathways = router.rulebook.pathways
    names = {
        need.id: {
            item.pathway: IN_OTHER_WORDS.get(item.pathway, pathways[item.pathway].name.casefold())
            for item in plan.excluded
            if item.need == need.id and not item.route and pathways[item.pathway].name in shown
        }
        for need in plan.needs
    }
    assert not (contradicting := recommended(page, names)), "\n".join(contradicting)


def test_no_way_is_recommended_and_shut_on_a_page() -> None:
    each(no_way_is_recommended_and_shut, sample())


def test_no_way_is_recommended_and_shut_on_the_page_of_a_prisoner_who_refuses() -> None:
    each(
        no_way_is_recommended_and_shut,
        [
            "what-waits-and-what-goes-at-once/prisoner-who-refuses",
            "what-waits-and-what-goes-at-once/prisoner-who-refuses-and-a-sentence-of-death",
        ],
    )


@in_each_folder
def test_no_way_is_recommended_and_shut_on_the_page_of_any_scenario(folder: str) -> None:
    each(no_way_is_recommended_and_shut, named(folder))
