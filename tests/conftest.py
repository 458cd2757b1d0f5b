"""What several tests need: a rulebook in miniature, and a cache of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from compiled import compiled
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from small_rules import write_rules
from trees_once import read_once
from when_changed import (
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_runtest_call,
    pytest_runtest_logreport,
    pytest_runtest_setup,
    pytest_sessionfinish,
)

from routing.core import answer_date

if TYPE_CHECKING:
    from routing.opened import Router

# A slow machine is not a fault of the code, and a run must not fail by chance: the same examples are drawn each
# time. To search on, run with ROUTING_EXPLORE=1.
settings.register_profile("routing", deadline=None, derandomize="ROUTING_EXPLORE" not in os.environ)
settings.load_profile("routing")
# Hypothesis draws some values from the constants of whatever modules of ours are loaded. One test run alone would then
# see other cases than the same test among all the others, and pass where the whole suite does not.
if "ROUTING_EXPLORE" not in os.environ:
    vars(providers)["is_local_module_file"] = lambda path: False


read_once()
TODAY = date(2026, 12, 1)
CACHE = compiled()  # here, so that no test is taken to read the code that decides where it is


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What an earlier version of the code compiled must not answer for this one, nor what the user chose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(CACHE))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session", autouse=True)
def a_day_of_our_own() -> Iterator[None]:
    """The day on which the tests are run decides nothing; a test of days gives its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer_date, "CLOCK", lambda: TODAY)
        yield


@pytest.fixture(scope="session", autouse=True)
def a_width_of_our_own() -> Iterator[None]:
    """The terminal in which the tests are started decides nothing; a test of widths sets its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        patch.delenv("LINES", raising=False)
        yield


@pytest.fixture
def small_rules(tmp_path: Path) -> Path:
    """A folder with a minimal valid rulebook and the law data it needs."""
    return write_rules(tmp_path / "rules")


@pytest.fixture(scope="session")
def small_router(tmp_path_factory: pytest.TempPathFactory) -> Router:
    """The small rulebook, loaded once. Nothing may change it."""
    from rule_folders import read_rulebook

    from routing.law import Law
    from routing.opened import Router  # here, so that who does not ask for it does not rest on it

    folder = write_rules(tmp_path_factory.mktemp("small") / "rules")
    return Router(read_rulebook(folder), Law.load(folder))


__all__ = [
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_runtest_call",
    "pytest_runtest_logreport",
    "pytest_runtest_setup",
    "pytest_sessionfinish",
]
