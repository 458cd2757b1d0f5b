"""What several tests need: a rulebook in miniature, written into a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from small_rules import write_rules

from routing.law import Law
from routing.library import Router
from routing.rulebook.load import load_rulebook

# A slow machine is no fault of the code.
settings.register_profile("routing", deadline=None)
settings.load_profile("routing")


@pytest.fixture
def small_rules(tmp_path: Path) -> Path:
    """A folder with a minimal valid rulebook and the law data it needs."""
    return write_rules(tmp_path / "rules")


@pytest.fixture(scope="session")
def small_router(tmp_path_factory: pytest.TempPathFactory) -> Router:
    """The small rulebook, loaded once. Nothing may change it."""
    folder = write_rules(tmp_path_factory.mktemp("small") / "rules")
    return Router(load_rulebook(folder), Law.load(folder))
