"""Tools for an assistant, over the Model Context Protocol.

An assistant may write the case. It never decides: each tool gives what the library gives, with its bases, and
a fault comes back in the same words as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any, ParamSpec

from mcp.server import MCPServer

from routing.core.errors import NoAnswer, Problems
from routing.core.printable import printable
from routing.library import Router
from routing.serve.asked import Reply
from routing.serve.steps import Case, fact_list, next_step

INSTRUCTIONS = (
    "Which channel of international criminal cooperation to use, in which order, on what legal basis."
    " You may write the case from what the user tells; leave out or set `unknown` whatever they did not say."
    " The route is decided here: give it as it stands, with its bases, marks and open questions."
    " A central authority or prosecutor confirms it."
)
P = ParamSpec("P")


def tools(router: Router) -> MCPServer:
    """The server of the tools over a rulebook."""
    server = MCPServer("cooperation-routing", instructions=INSTRUCTIONS)
    lock = RLock()

    def tool(function: Callable[P, dict[str, Any]]) -> Callable[P, dict[str, Any]]:
        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
            try:
                with lock:
                    return function(*args, **kwargs)
            except Problems as error:
                told = [(printable(item.said), printable(item.fix or "") or None) for item in error.problems]
                return {"problems": [{"said": said, "fix": fix} for said, fix in told]}
            except NoAnswer as error:
                return {"problems": [{"said": str(error), "fix": None}]}

        server.add_tool(guarded)
        return guarded

    @tool
    def facts(words: str = "") -> dict[str, Any]:
        """Which facts a case can state, with the question and the allowed values of each, and the measures.

        words: only facts and measures with these words; everything without.
        """
        return fact_list(router.rulebook, words)

    @tool
    def route(case: Case, as_of: str | None = None) -> dict[str, Any]:
        """The plan for a case: steps in order, legal basis, what not to do, what is missing.

        case: as a case file: state, as_of, facts by their id, and needs, each with id, measure, with, facts.
        as_of: the day the answer is for, year-month-day, where the case has none.
        """
        return {"plan": router.route(case, as_of).model_dump(mode="json", by_alias=True)}

    @tool
    def next_question(
        case: Case | None = None, answers: list[Reply] | None = None, as_of: str = ""
    ) -> dict[str, Any]:
        """The question that settles most of what is open, to be put to the user; none when all is settled.

        case: what is known, as a case file; may be left out. answers: those so far, in order.
        """
        return next_step(router, case, answers or [], as_of or None)

    @tool
    def explain(
        case: Case, pathway: str | None = None, need: str | None = None, why_not: bool = False
    ) -> dict[str, Any]:
        """Why a pathway is in the plan, or why it is not, with rules and provisions.

        pathway: its id, name or a usual word; the main step without. why_not: what stands in its way instead.
        """
        if why_not:
            return router.why_not(case, pathway or "", need).data()
        reason = router.why(case, pathway, need)
        return {"why": reason.data() if reason else None}

    @tool
    def law_between(state: str, other_state: str, as_of: str) -> dict[str, Any]:
        """Which instruments bind two States on a day, since when, and where that is known from."""
        return router.between(state, other_state, as_of)

    @tool
    def law_who(
        state: str, as_of: str, pathway: str | None = None, asking: str | None = None
    ) -> dict[str, Any]:
        """How the authorities of a State are reached: office, way and language, with the source of each."""
        return router.who(state, as_of, pathway, asking)

    return server
