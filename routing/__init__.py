"""Which channel of international cooperation, in which order, on what legal basis.

>>> from routing import route
>>> needs = [{"measure": "locate_person", "with": "FRA"}]
>>> plan = route({"as_of": "2026-11-24", "state": "KEN", "needs": needs})
>>> plan.needs[0].primary.family
'informal_le'
"""

TYPE_CHECKING = False  # what type checkers take for true; importing it would cost more than all else here
if TYPE_CHECKING:
    from routing.analyse.interview.question import Question
    from routing.analyse.whatif.law_changes import LawDelta
    from routing.analyse.whatif.plan_diff import Difference
    from routing.core.errors import (
        CaseProblems,
        EngineFailure,
        EvaluatorsDisagree,
        LimitReached,
        NoAnswer,
        Problem,
        Problems,
        ProofFails,
        RoutingError,
        RulebookProblems,
    )
    from routing.core.limits import Limits
    from routing.explain.change import ChangeAnswer
    from routing.explain.tree import Reason
    from routing.explain.why_not import WhyNot
    from routing.law import Standing
    from routing.library import Comparison, Interview, Router, draft, load_rulebook, route
    from routing.model.case import Assumptions, Case, Need
    from routing.model.plan import Plan
    from routing.papers.model import Draft
    from routing.receipt import Replay
    from routing.version import VERSION as __version__  # noqa: N811 - a name of the language

_MODULE_OF = {
    **dict.fromkeys(
        ("Comparison", "Interview", "Router", "draft", "load_rulebook", "route"), "routing.library"
    ),
    **dict.fromkeys(("Assumptions", "Case", "Need"), "routing.model.case"),
    "ChangeAnswer": "routing.explain.change",
    "Difference": "routing.analyse.whatif.plan_diff",
    "LawDelta": "routing.analyse.whatif.law_changes",
    "Limits": "routing.core.limits",
    "Question": "routing.analyse.interview.question",
    "Reason": "routing.explain.tree",
    "Replay": "routing.receipt",
    "Standing": "routing.law",
    "WhyNot": "routing.explain.why_not",
    "Draft": "routing.papers.model",
    "Plan": "routing.model.plan",
    **dict.fromkeys(
        (
            "CaseProblems",
            "EngineFailure",
            "EvaluatorsDisagree",
            "LimitReached",
            "NoAnswer",
            "Problem",
            "Problems",
            "ProofFails",
            "RoutingError",
            "RulebookProblems",
        ),
        "routing.core.errors",
    ),
}

__all__ = [
    "Assumptions",
    "Case",
    "CaseProblems",
    "ChangeAnswer",
    "Comparison",
    "Difference",
    "Draft",
    "EngineFailure",
    "EvaluatorsDisagree",
    "Interview",
    "LawDelta",
    "LimitReached",
    "Limits",
    "Need",
    "NoAnswer",
    "Plan",
    "Problem",
    "Problems",
    "ProofFails",
    "Question",
    "Reason",
    "Replay",
    "Router",
    "RoutingError",
    "RulebookProblems",
    "Standing",
    "WhyNot",
    "__version__",
    "draft",
    "load_rulebook",
    "route",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that the command starts quickly, and heeds an interrupt
    before anything is loaded."""
    if name == "__version__":
        from routing.version import VERSION

        return VERSION
    if name in _MODULE_OF:
        from importlib import import_module

        return getattr(import_module(_MODULE_OF[name]), name)
    raise AttributeError(f"module `routing` has no `{name}`")
