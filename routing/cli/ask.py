"""`routing ask`: the interview, on a terminal or from a list of answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.case.doubt import says_unknown
from routing.cli.ask_page import (
    OF_WHICH,
    REVIEW_HELP,
    explain,
    print_left_out,
    review,
    say,
    show,
    show_group,
    tell,
    tell_no_plan,
)
from routing.cli.ask_person import BACK, PLAN, STOP, WHY, Person, Terminal, WrittenAnswers
from routing.cli.exit_codes import guarded
from routing.cli.options import as_of_option, force_option
from routing.cli.outputs import refuse_unsafe
from routing.cli.saved_answers import SavedAnswers, hand_over
from routing.cli.terminal import typed
from routing.core.answer_date import today
from routing.core.errors import LimitReached, NoAnswer, quoted
from routing.core.printable import printable

if TYPE_CHECKING:
    from routing.analyse.interview import Interview, Question
    from routing.opened import Router

GIVEN_UP = (NoAnswer, LimitReached, MemoryError)


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=False), required=False)
@click.option(
    "--told",
    "story_file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="STORY",
    help="Begin with what is read of this file (or -), in which somebody tells what happened.",
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path, allow_dash=True),
    help=(
        "Take the answers from this file, one a line: an answer to each question in turn, or `fact: answer`."
    ),
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    help="Write the case to this file, also when you stop; take it up again with `routing ask FILE`.",
)
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@force_option
@click.pass_obj
def ask(
    obj: dict[str, Path],
    case: Path | None,
    story_file: Path | None,
    answers: Path | None,
    save: Path | None,
    force: bool,
    as_of: str | None,
    form: str,
) -> None:
    """Be asked only what matters, one question at a time, then see the plan.

    Begins from nothing, from CASE, or from what happened in your own sentences (CASE or --told): what was
    read of them is shown first, to be changed. The order follows from the rules: the question that settles
    most comes first, and what can no longer change the answer is not asked. At a question:
    the number or the words of an answer, `unknown`, `?`, `back`, `plan` or `stop`. Without a
    terminal answers are read from --answers or from standard input.
    """
    with guarded():
        from routing.analyse.interview.from_story import StoryInterview
        from routing.cli.opening import open_router
        from routing.cli.options import read_day
        from routing.cli.route import exit_code
        from routing.cli.story import begun_of, confirm, keep_asked, story_in
        from routing.core.writing import same_file
        from routing.render import rendered

        router = open_router(obj, whole=False)
        story = story_in(router, case, story_file)
        own = save is not None and case is not None and story is None and same_file(save, case)
        refuse_unsafe({"--save": save}, (answers, story_file, None if own else case), force or own)
        interview = _begun(router, case, as_of) if story is None else begun_of(router, story, read_day(as_of))
        person: Person = Terminal() if answers is None and typed() else WrittenAnswers(answers)
        saved = SavedAnswers(save, interview.file_text, own, force)
        finished = False
        try:
            right = not isinstance(interview, StoryInterview) or confirm(router, interview, person)
            finished = right and run_interview(interview, person, router, saved)
            finished = finished and interview.case is not None
        except GIVEN_UP:
            if save is None:
                hand_over(interview.file_text())
            raise
        finally:
            # What was answered is not lost because one answer was wrong.
            saved.finish("run: routing route" if finished else "go on with: routing ask")
        for word in person.left_over():
            click.echo(f"{quoted(word)} was left over: nothing more was asked", err=True)
        if interview.case is None:
            tell_no_plan(interview)
            sys.exit(0)
        if isinstance(interview, StoryInterview) and save is None and isinstance(person, Terminal):
            keep_asked(interview)
        try:
            plan = interview.plan()
        except GIVEN_UP:
            if save is None:
                hand_over(interview.file_text())
            raise
        click.echo(rendered(plan, router, form), nl=False)
        print_left_out(interview)
        sys.exit(exit_code(plan))


def _begun(router: Router, case: Path | None, as_of: str | None) -> Interview:
    from routing.analyse.interview import Interview
    from routing.cli.options import read_day
    from routing.core.errors import Problems
    from routing.opened import not_read
    from routing.yaml.tree import read_file

    day = read_day(as_of)
    if case is None:
        return Interview(router, as_of=day or today())
    try:
        tree = read_file(case)
    except Problems as error:
        raise not_read(error, case) from None
    now = today()
    data, stated, notes = router.begun(tree, str(case), now)
    for note in notes:
        click.echo(printable(note), err=True)
    return Interview.resumed(router, data, day or stated or now)


def run_interview(
    interview: Interview, person: Person, router: Router, saved: SavedAnswers | None = None
) -> bool:
    """Ask until nothing matters any more. False when the person stopped."""
    number = 0
    while True:
        if saved:
            saved.keep()
        question = interview.next_question()
        if question is None:
            reviewed = _review(interview, person, router)
            if reviewed in (STOP, ""):
                return reviewed == ""
            number = max(number - 1, 0) if reviewed == BACK else number
            continue
        number += 1
        show(question, number)
        asked = answered(interview, question, person, router)
        if asked == STOP:
            return False
        if asked == BACK:
            number = max(number - 2, 0)


def answered(interview: Interview, question: Question, person: Person, router: Router) -> str:
    """Take the answer to one question; returns STOP or BACK where the person said so."""
    from routing.core.errors import Problems

    while True:
        word = person.answer(question)
        if word is None or word == STOP:
            return STOP
        if word == WHY:
            explain(question)
        elif word == PLAN:
            _show_plan(interview, router)
        elif word == BACK:
            say("back" if interview.back() else "this is the first question")
            return BACK
        else:
            try:
                _take(interview, question, word)
            except Problems as error:
                if not person.patient:
                    raise
                tell(error, question)
                continue
            for note in interview.notes:
                say(note, "   ")
            return ""


def _take(interview: Interview, question: Question, word: str) -> None:
    """Give an answer to the interview. The words of a group are answered with what is in it."""
    from routing.core.errors import Problems

    show_group(question, word, whole=True)
    try:
        interview.answer(question.fact, _value(question, word), question.need)
    except Problems:
        show_group(question, word, whole=False)
        raise


def _show_plan(interview: Interview, router: Router) -> None:
    from routing.render import rendered

    click.echo(
        rendered(interview.plan(), router, "text")
        if interview.case
        else f"no plan yet: {interview.without_plan()}",
        err=True,
    )


def _value(question: Question, word: str) -> object:
    """What was written, with numbers of the list taken as its answers, and the words of an answer as that
    answer."""
    listed = {option.value.replace("_", " ").casefold(): option.value for option in question.options}

    def option_value(part: str) -> str:
        numbered = part.isascii() and part.isdigit() and question.type not in ("number", "date")
        if numbered and 0 < int(part) <= len(question.options):
            return question.options[int(part) - 1].value
        return listed.get(part.replace("_", " ").casefold(), part)

    whole = option_value(word.strip())
    if question.type != "many" or whole == "unknown":
        return whole
    return [option_value(part.strip()) for part in word.split(",") if part.strip()] or "unknown"


def _review(interview: Interview, person: Person, router: Router) -> str:
    """Take what was answered without being asked, then show what is assumed.

    Returns empty when nothing is left to do, STOP, BACK, or another word when something was corrected.
    """
    lines = person.unasked()
    if lines:
        _corrected(interview, lines, person)
        return "corrected"
    return corrections(interview, person, router, review(interview) if interview.case else ())


def corrections(
    interview: Interview, person: Person, router: Router, facts: tuple[str, ...], means: str = REVIEW_HELP
) -> str:
    """Take corrections of a numbered list of facts; returns as a review does. means: what can be typed."""
    while facts:
        word = person.correction()
        if word in ("", STOP):
            return word
        if word == BACK:
            if interview.back():
                return BACK
            say("there is no question to go back to", "   ")
        elif word == PLAN:
            _show_plan(interview, router)
        elif word == WHY:
            say(means, "   ")
        elif says_unknown(word):
            say(OF_WHICH, "   ")
        elif ":" not in word:
            _explain_fact(interview, word, facts)
        elif _corrected(interview, [_named(word, facts)], person):
            return "corrected"
    return ""


def _named(line: str, facts: tuple[str, ...]) -> str:
    """A correction with the number of its line put in the name of its fact."""
    name, _, value = line.partition(":")
    number = name.strip()
    listed = number.isascii() and number.isdigit() and 0 < int(number) <= len(facts)
    return f"{facts[int(number) - 1]}:{value}" if listed else line


def _explain_fact(interview: Interview, word: str, facts: tuple[str, ...]) -> None:
    name = _named(f"{word}:", facts).rstrip(":").strip().replace(" ", "_")
    question = interview.question_of(name)
    if question is None:
        say(f"`{word}` is not a line of this list. {REVIEW_HELP}", "   ")
        return
    say(question.asks, "   ")
    if question.means:
        say(question.means, "   ")
    for option in question.options:
        means = f": {option.means}" if option.means else ""
        say(f"{name}: {option.value}{means}", "      ")


def _corrected(interview: Interview, lines: list[str], person: Person) -> bool:
    """Take corrections; whether any was taken."""
    from routing.core.errors import CaseProblems

    done = False
    for line in lines:
        try:
            _correct(interview, line)
            done = True
        except CaseProblems as error:
            if not person.patient:
                raise
            tell(error)
    return done


def _correct(interview: Interview, line: str) -> None:
    """Take `fact: value`, for every need, or `need.fact: value`, for one."""
    name, value = line.rsplit(":", 1) if ":" in line else (line, "")
    need, _, fact = name.strip().rpartition(".")
    definition = interview.router.rulebook.facts.get(fact)
    parts = [part.strip() for part in value.split(",") if part.strip()]
    stated = parts if definition and definition.type == "many" and parts != ["unknown"] else value.strip()
    for need_id in [need] if need else [str(item["id"]) for item in interview.data()["needs"]]:
        interview.answer(fact, stated, need_id)
