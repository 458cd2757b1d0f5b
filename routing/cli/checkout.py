"""The checkout that the program runs from, where it does: what only its developers have.

A wheel has no such thing, and nothing of a folder that is only worked in, or given by `--rules`, is run.
"""

from __future__ import annotations

from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

from routing.core.paths import PACKAGE

if TYPE_CHECKING:
    from routing.opened import Router
    from routing.rulebook.model import Rule


def exercising(router: Router, rules: list[Rule], as_of: date) -> list[str] | None:
    """The cases of the checkout in which one of these rules surely applies; None where there is none."""
    place = PACKAGE.parent / "devtools" / "coverage.py"
    spec = spec_from_file_location("devtools_coverage", place) if place.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    cases: list[str] = module.exercising(router, rules, as_of)
    return cases
