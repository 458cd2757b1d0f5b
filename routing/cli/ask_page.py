"""What an interview shows: questions, their reasons, and the review of what is assumed. Lines fit the
terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from routing.core.lines import lines_of, shortened, terminal_width
from routing.core.printable import inside_sentence, printable
from routing.phrasing.of_facts import fact_name
from routing.rulebook.measures_meant import OTHERWISE

if TYPE_CHECKING:
    from routing.analyse.interview import Interview, Question
    from routing.core.errors import Problems
    from routing.rulebook.model import Rulebook

WIDEST = 100
IN_GROUPS = ("group", "more", "measure")
"""The questions that show, or follow, the groups of what can be asked for."""
LONGEST = 90  # characters of what an answer means that are shown before `?` is typed
HELP = "Type a number, a word, `unknown`, `?` (why it is asked), `back`, `plan` (the plan so far) or `stop`."
OF_WHICH = "Say of which line, as `3: unknown`."
REVIEW_HELP = (
    "Press Enter to go on. Type `fact: value` to change an assumption, `fact: unknown` to assume nothing, the"
    " number of a line to see its answers, `back` to return to the last question, `plan` or `stop`."
)


def say(words: str, lead: str = "", hang: str | None = None, bold: bool = False) -> None:
    """Print words to standard error, wrapped to the terminal. hang: how further lines begin."""
    width = terminal_width(WIDEST)
    text = "\n".join(lines_of(printable(words), width, lead, 0 if hang is None else hang))
    click.secho(text, bold=bold or None, err=True)


def show(question: Question, number: int) -> None:
    unit = f" (in {question.unit})" if question.unit else ""
    about = f" ({question.about})" if question.about else ""
    say(f"{question.asks}{unit}{about}", f"{number}. ", bold=True)
    if question.type in ("number", "date"):
        say("a whole number" if question.type == "number" else "year-month-day", "   ")
    if question.type == "state":
        say(question.means, "   ")
    groups = question.in_groups()
    for group in groups:
        say(f"{group}: {numbered(question, group)}", "   ", " " * 6)
    for place, option in enumerate(question.options if not groups else (), 1):
        means = f": {shortened(option.means, LONGEST)}" if option.means else ""
        leads = f"  -> {option.leads_to}" if option.leads_to else ""
        say(f"{option.value.replace('_', ' ')}{means}{leads}", f"   {place:>2} ", " " * 6)
    if question.type == "many":
        say("several: separate with commas; your own words will do", "   ")
    if number == 1:
        say(HELP, "   ")


def numbered(question: Question, group: str, means: bool = False) -> str:
    """The answers of a group, each with its number. means: with what each means."""
    places = ((place, option) for place, option in enumerate(question.options, 1) if option.group == group)
    return "; ".join(
        f"{place} {option.value.replace('_', ' ')}{f' ({option.means})' if means and option.means else ''}"
        for place, option in places
    )


def show_group(question: Question, word: str, whole: bool) -> None:
    """Raise CaseProblems with the answers of the group that a word names; it is not an answer itself.

    whole: only where the word is all the words of the group.
    """
    from routing.analyse.interview.opening import group_meant
    from routing.core.errors import CaseProblems
    from routing.rulebook.spelling import tidy

    groups = question.in_groups()
    group = group_meant(word, groups)
    if group is not None and (not whole or tidy(group) == tidy(word)):
        fix = f"write the number or the words of one or several: {numbered(question, group, means=True)}"
        raise CaseProblems.of(f"{group}: which of these?", fix=fix)


def explain(question: Question) -> None:
    if question.means and question.type != "state":  # which was shown with the question
        say(f"It means: {question.means}", "   ")
    for option in question.options:
        if len(option.means) > LONGEST:
            say(f"{option.value.replace('_', ' ')}: {option.means}", "   ", " " * 6)
    for why in question.why:
        say(
            f"Asked because {inside_sentence(why)}.".replace("..", "."),
            "   ",
            " " * 6,
        )
    if not question.why:
        say("Asked because nothing can be planned before it is known.", "   ")
    say(HELP, "   ")


def tell(error: Problems, question: Question | None = None) -> None:
    """What is wrong with an answer. question: the one it is for, whose list of groups is not told again."""
    for problem in error.problems:
        fix = problem.fix
        if question is not None and question.fact in IN_GROUPS and fix and fix.startswith(OTHERWISE):
            fix = f"{OTHERWISE}, or type the number of a group"
        say(f"{problem.message} ({fix})" if fix else problem.message, "   ")


def review(interview: Interview) -> tuple[str, ...]:
    """Show what is assumed, numbered; returns the facts in the order of their numbers."""
    rulebook = interview.router.rulebook
    given = {
        item.fact: f"{_assumption(rulebook, item.fact, item.value)} ({item.because})"
        for item in interview.presumptions()
    }
    shut = {
        item.fact: (
            f"{_assumption(rulebook, item.fact, item.value)} ({_plain(item.because)})"
            f" Another answer could open: {', '.join(item.opens)}."
        )
        for item in interview.shut()
    }
    facts = (*(fact for fact in given if fact not in shut), *shut)
    if not facts:
        return ()
    say(f"Assumed so far. {REVIEW_HELP}", bold=True)
    _print_numbered((given[fact] for fact in facts if fact not in shut), 1)
    if shut:
        say("These assumptions keep a channel shut:", bold=True)
        _print_numbered(shut.values(), len(facts) - len(shut) + 1)
    return facts


def _assumption(rulebook: Rulebook, fact: str, value: str) -> str:
    """What is assumed in plain words, with the key to type where it is another: `role of the person
    [person_role]: witness`."""
    name = fact_name(rulebook, fact)
    key = "" if name == fact else f" [{fact}]"
    return f"{name}{key}: {value.replace('_', ' ')}"


def _print_numbered(lines: Iterable[str], first: int) -> None:
    for number, line in enumerate(lines, first):
        say(line, f"   {number:>2} ", " " * 6)


def _plain(because: str) -> str:
    return because.rstrip(".") + "."


def tell_no_plan(interview: Interview) -> None:
    say(f"{interview.without_plan()}, so there is no plan yet")
    _tell_what_fits(interview)


def print_left_out(interview: Interview) -> None:
    """Tell on standard error which needs have no part in the plan; the plan alone is printed."""
    for missing in interview.left_out():
        say(f"Left out of the plan: {missing}.")
    if interview.left_out():
        _tell_what_fits(interview)


def _tell_what_fits(interview: Interview) -> None:
    names = interview.router.rulebook.measures
    for need in interview.needs:
        left = interview.may_be_meant(str(need["id"]))
        if need.get("measure") == "unknown" and len(left) < len(names):
            say(f"What was said fits: {'; '.join(names[measure].name for measure in left)}.")
