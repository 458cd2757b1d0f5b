"""Explanations on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.lines import lines_of
from routing.explain.change import ChangeAnswer
from routing.explain.counterfactuals import GROUPS, MEASURE, Counterfactual
from routing.explain.tree import WIDTH, Reason, tree_text
from routing.explain.why_not import WhyNot

LEAST = {True: "This is the smallest change.", False: "Not shown to be smallest."}


def why_text(need_words: str, reason: Reason) -> str:
    """Why, as an indented tree."""
    return "\n".join([f"Why, for {need_words}", *tree_text(reason)]) + "\n"


def why_not_text(need_words: str, answer: WhyNot) -> str:
    """Why not, and what would change it."""
    return "\n".join(_lines(need_words, answer)) + "\n"


def _lines(need_words: str, answer: WhyNot) -> Iterator[str]:
    yield f"Why not, for {need_words}"
    yield from lines_of(answer.verdict + ".", WIDTH)
    for reason in answer.reasons:
        yield from tree_text(reason, 1)
    if answer.missing:
        yield "What is not known, or can still be had, and bears on it"
        for reason in answer.missing:
            yield from tree_text(reason, 1)
    if not answer.openings:
        if answer.tried and not answer.verdict.endswith("nothing in its way"):
            yield f"No change of up to {answer.tried} facts is known to lead there" + (
                "." if answer.smallest else "; more were not all tried."
            )
        return
    yield answer.goal
    for number, opening in enumerate(answer.openings):
        if number:
            yield "  or"
        yield from opening_lines(opening)
    if answer.openings[0].changes[0].group != "measure":
        yield LEAST[answer.smallest]
    if answer.fixed_only:
        yield "Nothing that one can find out or obtain is enough."


def opening_lines(opening: Counterfactual) -> Iterator[str]:
    """One set of changes, apart by what it takes, and where it leads."""
    for group, heading in GROUPS.items():
        for change in (change for change in opening.changes if change.group == group):
            what = "" if group == MEASURE else f"{change.says}: "
            yield from lines_of(f"{heading}: {what}{change.to} (now: {change.now})", WIDTH, "    ", 4)
    yield from lines_of(f"then the main step is: {opening.leads_to}", WIDTH, "    ", 4)


def change_text(need_words: str, name: str, answer: ChangeAnswer) -> str:
    """The smallest changes that make a pathway, by its name, the main step."""
    lines = [f"For {need_words}"]
    if answer.already:
        lines.append(f"  {name} is the main step already.")
    elif not answer.ways and not answer.tried:
        lines.append(
            f"  {name} cannot obtain this, and nothing else asked for makes it the main step as the other"
            " facts stand."
        )
        lines.append(
            "  Something else asked for together with other facts was not tried; `routing whatif` shows such"
            " a case."
        )
    elif not answer.ways:
        lines.append(
            f"  No change of up to {answer.tried} facts makes {name} the main"
            f" step{'' if answer.smallest else '; larger changes were not all tried'}."
        )
    for number, opening in enumerate(answer.ways):
        lines.append(f"  {name} would be the main step" if number == 0 else "  or")
        lines.extend(opening_lines(opening))
    if answer.ways and answer.ways[0].changes[0].group != "measure":
        lines.append(f"  {LEAST[answer.smallest]}")
    if answer.fixed_only:
        lines.append("  Nothing that one can find out or obtain is enough.")
    return "\n".join(lines) + "\n"
