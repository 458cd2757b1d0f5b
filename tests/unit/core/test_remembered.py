"""What was made of an object is made once, and not kept for ever."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from places import ROOT
from small_rules import write_rules
from when_changed import WHOLE_PROGRAM

from routing import Router
from routing.core.remembered import MadeOf, Remembered
from routing.opened import shared_router
from routing.rulebook.spelling import tidy


class Source:
    """Equal to all others, so that only identity tells them apart."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_the_last_few_are_kept_and_what_was_unused_longest_gives_way() -> None:
    kept: Remembered[str, int] = Remembered(2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1
    kept.keep("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_it_is_made_once_of_each_object_though_they_are_equal() -> None:
    count = iter(range(9))
    made: MadeOf[Source, int] = MadeOf(2, lambda _: next(count))
    first, second = Source(), Source()
    assert [made(first), made(second), made(first)] == [0, 1, 0]
    assert [made(Source()), made(first), made(second)] == [2, 0, 3]


def test_routers_of_many_folders_are_let_go(tmp_path: Path) -> None:
    """Whoever opens a folder after another, and asks and routes with each, does not fill the memory."""
    gone = []
    for number in range(10):
        router = shared_router(write_rules(tmp_path / str(number)))
        gone.append(weakref.ref(router))
    del router
    gc.collect()
    assert [each() is None for each in gone] == [True, True] + [False] * 8


@WHOLE_PROGRAM
def test_what_was_asked_and_proved_does_not_keep_a_router() -> None:
    case = ROOT / "examples" / "cloud-mailbox" / "case.yaml"
    kept = []
    for _ in range(5):
        router = Router.open()
        router.route(case)
        router.interview(case).next_question()
        kept.append(weakref.ref(router._opened))
    del router
    gc.collect()
    assert kept[0]() is None


def test_texts_are_remembered_up_to_a_bound() -> None:
    for number in range(20_000):
        tidy(f"text {number}")
    information = tidy.cache_info()
    assert information.maxsize and information.currsize <= information.maxsize < 20_000
