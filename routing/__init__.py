"""Which channel of international cooperation, in which order, on what legal basis.

>>> from routing import route
>>> plan = route({"as_of": "2026-11-24", "state": "KEN", "needs": [{"measure": "locate_person", "with": "FRA"}]})
>>> plan.needs[0].primary.family
'informal_le'
"""

from __future__ import annotations

from routing.version import VERSION as __version__

TYPE_CHECKING = False  # what type checkers take for true; importing it would cost more than all else here
if TYPE_CHECKING:
    from routing.api import Router, load_rulebook, route
    from routing.case.model import Case, Need
    from routing.core.errors import (
        CaseProblems,
        EngineFailure,
        EvaluatorsDisagree,
        Problem,
        Problems,
        RulebookProblems,
    )
    from routing.core.limits import LimitReached, Limits
    from routing.plan.model import Plan

_HOMES = {
    "route": "routing.api",
    "load_rulebook": "routing.api",
    "Router": "routing.api",
    "Case": "routing.case.model",
    "Need": "routing.case.model",
    **dict.fromkeys(("Limits", "LimitReached"), "routing.core.limits"),
    "Plan": "routing.plan.model",
    **dict.fromkeys(
        ("Problem", "Problems", "CaseProblems", "RulebookProblems", "EvaluatorsDisagree", "EngineFailure"),
        "routing.core.errors",
    ),
}

__all__ = [
    "Case",
    "CaseProblems",
    "EngineFailure",
    "EvaluatorsDisagree",
    "LimitReached",
    "Limits",
    "Need",
    "Plan",
    "Problem",
    "Problems",
    "Router",
    "RulebookProblems",
    "__version__",
    "load_rulebook",
    "route",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that the command starts quickly."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module `routing` has no `{name}`")
