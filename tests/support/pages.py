"""The page of a plan as one line of words, whatever the width at which it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from scenario_check import read

from routing.opened import Router
from routing.render.text import text


def page_of(router: Router, case: dict[str, Any], full: bool = False) -> str:
    """The page of a case on one line."""
    return " ".join(click.unstyle(text(router.route(case), router, full=full, width=100)).split())


def page(router: Router, full: bool = False, **case: Any) -> str:
    """The page of a case, given by its keys, on one day of November 2026."""
    return page_of(router, {"as_of": "2026-11-27", **case}, full)


def page_of_story(folder: Path, router: Router, story: str, **changed: Any) -> str:
    """The page of a story on one line; `changed` is said of its first need instead of what it says."""
    case = read(folder / f"{story}.yaml")
    case["needs"][0].update(changed)
    return page_of(router, case)
