"""A plan for people and machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from routing.opened import Router
    from routing.plan.model import Plan

Format = Literal["text", "markdown", "json", "mermaid", "svg", "ics"]
"""A format of plans, as the command line, the library and the interface for programs name it."""
FORMS: tuple[Format, ...] = get_args(Format)


def rendered(plan: Plan, router: Router, form: str, full: bool = False, styled: bool = True) -> str:
    """The plan in one of FORMS. styled: text with the colours of a terminal."""
    if form == "json":
        return plan.json_text()
    if form == "markdown":
        from routing.render.markdown import markdown

        return markdown(plan, router)
    if form == "mermaid":
        from routing.render.mermaid import mermaid

        return mermaid(plan, router)
    if form == "svg":
        from routing.render.svg import svg

        return svg(plan, router)
    if form == "ics":
        from routing.render.calendar import calendar

        return calendar(plan, router, full)
    from click import unstyle

    from routing.render.text import text

    made = text(plan, router, full)
    return made if styled else unstyle(made)
