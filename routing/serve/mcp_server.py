"""Tools for an assistant, over the Model Context Protocol.

An assistant may write the case. It never decides: each tool gives what the library gives, with its bases, and
a fault comes back in the same words as everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from inspect import signature
from threading import RLock
from typing import Annotated, Any, ParamSpec, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, InputRequiredResult, TextContent
from pydantic import ValidationError

from routing.core.errors import NoAnswer, Problem, Problems
from routing.library import Router
from routing.model.asking import FactList, InterviewStep
from routing.model.base import Model, Sentence, described
from routing.model.law import BetweenStates
from routing.model.plan import Plan
from routing.model.reaching import WhoReceives
from routing.model.reasons import ReasonGiven, WhyNotGiven
from routing.opened import Router as Opened
from routing.papers.drafting import Desk
from routing.serve.asked import PaperOfStep, Reply
from routing.serve.steps import Case, fact_list, given, next_step, papers_of_plan
from routing.serve.wrongly_sent import wrongly_sent
from routing.version import VERSION

INSTRUCTIONS = (
    "Which channel of international criminal cooperation to use, in which order, on what legal basis."
    " You may write the case from what the user tells; leave out or set `unknown` whatever they did not say."
    " The route is decided here: give it as it stands, with its bases, marks and open questions."
    " A central authority or prosecutor confirms it."
)
P = ParamSpec("P")
T = TypeVar("T")


class Routed(Model):
    """The answer to a case."""

    plan: Annotated[Plan, described("The plan.")]


class Explained(Model):
    """Why a pathway is in the plan, or why it is not."""

    why: Annotated[
        ReasonGiven | None,
        described("The chain from the facts to it; null where it is not in the plan, or that was not asked."),
    ] = None
    why_not: Annotated[
        WhyNotGiven | None, described("What stands in its way; null where that was not asked.")
    ] = None


class Blank(Model):
    """A field of a paper that is still blank, which only the officer can fill in."""

    key: Annotated[str, described("The name under which to answer it, in `answers`.")]
    name: Annotated[str, described("What the field is called.")]
    asks: Annotated[Sentence, described("The question to put to the user.")]
    demanded: Annotated[bool, described("Whether law or form demands it; else it is usual.")]
    choices: Annotated[tuple[str, ...], described("The boxes to tick from; empty for free words.")]


class Drafted(Model):
    """The draft of a paper. It is never signed or sent from here."""

    document: Annotated[str, described("Id of the paper.")]
    name: Annotated[str, described("What the paper is called.")]
    face: Annotated[Sentence, described("What its first page says of the gaps.")]
    missing: Annotated[tuple[Blank, ...], described("What is still blank, the demanded first.")]
    text: Annotated[str, described("The whole paper as Markdown.")]
    papers: Annotated[
        tuple[PaperOfStep, ...],
        described("Every paper that goes with a step of the plan."),
    ]


class ToolServer(MCPServer):
    """The tools as a server, which tells in our words what is wrong with a call that reaches none of them.

    takes: the names that each tool takes.
    """

    def __init__(self) -> None:
        super().__init__("cooperation-routing", instructions=INSTRUCTIONS, version=VERSION)
        self.takes: dict[str, tuple[str, ...]] = {}

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        if name not in self.takes:
            return _faults([(f"`{name}` is not a tool", f"call one of these: {', '.join(self.takes)}")])
        takes = self.takes[name]
        fix = f"`{name}` takes {', '.join(f'`{each}`' for each in takes)}"
        if unknown := [each for each in arguments if each not in takes]:
            return _faults([(f"`{each}` is not known here", fix) for each in unknown])
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            messages = wrongly_sent(dict(each) for each in error.__cause__.errors())
            return _faults([(each, fix) for each in messages])


def tools(opened: Opened) -> MCPServer:
    """The server of the tools over a rulebook. A fault is an error of the tool, with its cure."""
    server = ToolServer()
    router, lock = Router(opened), RLock()

    def tool(function: Callable[P, T]) -> Callable[P, T | CallToolResult]:
        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T | CallToolResult:
            try:
                with lock:
                    return function(*args, **kwargs)
            except Problems as error:
                return _faults([(item.message, item.fix) for item in error.problems])
            except NoAnswer as error:
                return _faults([(str(error), None)])

        server.add_tool(guarded)
        server.takes[function.__name__] = tuple(signature(function).parameters)
        return guarded

    @tool
    def facts(words: str = "") -> FactList:
        """Which facts a case can state, with the question and the allowed values of each, and the measures.

        words: only facts and measures with these words; everything without.
        """
        return given(FactList, fact_list(router.rulebook, words))

    @tool
    def route(case: Case, as_of: str | None = None) -> Routed:
        """The plan for a case: steps in order, legal basis, what not to do, what is missing.

        case: as a case file: state, as_of, facts by their id, and needs, each with id, measure, with, facts.
        as_of: the day the answer is for, year-month-day, where the case has none.
        """
        return Routed(plan=router.route(case, as_of))

    @tool
    def next_question(
        case: Case | None = None, answers: list[Reply] | None = None, as_of: str = ""
    ) -> InterviewStep:
        """The question that settles most of what is open, to be put to the user; none when all is settled.

        case: what is known, as a case file; may be left out. answers: those so far, in order.
        """
        return given(InterviewStep, next_step(router, case, answers or [], as_of or None))

    @tool
    def explain(
        case: Case, pathway: str | None = None, need: str | None = None, why_not: bool = False
    ) -> Explained:
        """Why a pathway is in the plan, or why it is not, with rules and provisions.

        pathway: its id, name or a usual word; the main step without. why_not: what stands in its way instead.
        """
        if why_not:
            return given(Explained, {"why_not": router.why_not(case, pathway or "", need).data()})
        reason = router.why(case, pathway, need)
        return given(Explained, {"why": reason.data() if reason else None})

    @tool
    def draft(
        case: Case,
        step: str | int | None = None,
        document: str | None = None,
        answers: dict[str, str | list[str]] | None = None,
        as_of: str | None = None,
    ) -> Drafted:
        """The draft of a paper for a step of the plan: a letter, a form or a note, with what is missing.

        step: its number or id; the main step without. document: the id of a paper; the one that carries the
        step without. answers: what the user said, by the key of the field; leave out what they did not say.
        """
        desk = Desk(case, opened, as_of)
        paper = desk.choose(step, document)
        made = desk.draft(paper, desk.read_answers(answers))
        return Drafted(
            document=made.document,
            name=made.name,
            face=made.face,
            missing=tuple(
                Blank(
                    key=item.key,
                    name=item.name,
                    asks=item.asks,
                    demanded=item.weight == "required",
                    choices=item.choices,
                )
                for item in made.missing
            ),
            text=router.written(made).decode(),
            papers=tuple(papers_of_plan(desk)),
        )

    @tool
    def law_between(state: str, other_state: str, as_of: str) -> BetweenStates:
        """Which instruments bind two States on a day, since when, and where that is known from."""
        return given(BetweenStates, router.between(state, other_state, as_of))

    @tool
    def law_who(state: str, as_of: str, pathway: str | None = None, asking: str | None = None) -> WhoReceives:
        """How the authorities of a State are reached: office, way and language, with the source of each."""
        return given(WhoReceives, router.who(state, as_of, pathway, asking))

    return server


def _faults(faults: list[tuple[str, str | None]]) -> CallToolResult:
    """Faults as an assistant is told of them: that the call failed, what is wrong, and the cure."""
    problems = [Problem(message, fix=fix) for message, fix in faults]
    body: dict[str, Any] = {"problems": [{"message": each.message, "fix": each.fix} for each in problems]}
    text = json.dumps(body, ensure_ascii=False, indent=2)
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=body, is_error=True
    )
