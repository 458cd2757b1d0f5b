"""`routing ask`: the interview, on a terminal or from a list of answers."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.exit_codes import guarded
from routing.cli.outputs import force_option, refuse_unsafe
from routing.cli.saved_answers import SavedAnswers

if TYPE_CHECKING:
    from routing.analyse.interview import Interview, Question
    from routing.api import Router
    from routing.core.errors import Problems

HELP = "? why it is asked and what it means; back; plan, the plan so far; unknown; stop"
MANY = 12


@click.command()
@click.argument("case", type=click.Path(path_type=Path, allow_dash=False), required=False)
@click.option(
    "--answers",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Take the answers from this file, one a line: an answer to each question in turn, or `fact: answer`.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    help="Write the case to this file, also when you stop; take it up again with `routing ask FILE`.",
)
@click.option("--as-of", metavar="DATE", help="The day the answer is for; else the case's own, else today.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@force_option
@click.pass_obj
def ask(
    obj: dict[str, Path],
    case: Path | None,
    answers: Path | None,
    save: Path | None,
    force: bool,
    as_of: str | None,
    form: str,
) -> None:
    """Be asked only what matters, one question at a time, then see the plan.

    Begins from nothing or from CASE. The order follows from the rules: the question that settles
    most comes first, and what can no longer change the answer is not asked. At a question:
    the number or the word of an answer, `unknown`, `?`, `back`, `plan` or `stop`. Without a
    terminal answers are read from --answers or from standard input.
    """
    with guarded():
        from routing.cli.opening import open_router
        from routing.cli.route import exit_code
        from routing.core.writing import same_file
        from routing.render import rendered

        own = save is not None and case is not None and same_file(save, case)
        refuse_unsafe({"--save": save}, (answers, None if own else case), force or own)
        router = open_router(obj)
        interview = _begun(router, case, as_of)
        person: _Person = (
            _Terminal()
            if answers is None and sys.stdin is not None and sys.stdin.isatty()
            else _Written(answers)
        )
        saved = SavedAnswers(save, interview, own, force)
        finished = False
        try:
            finished = _run(interview, person, router, saved) and interview.case is not None
        finally:
            # What was answered is not lost because one answer was wrong.
            saved.finish(interview, finished)
        for word in person.left_over():
            click.echo(f"`{word}` was left over: nothing more was asked", err=True)
        if interview.case is None:
            _without_plan(interview)
            sys.exit(0)
        plan = interview.plan()
        click.echo(rendered(plan, router, form), nl=False)
        sys.exit(exit_code(plan))


def _begun(router: Router, case: Path | None, as_of: str | None) -> Interview:
    from routing.analyse.interview import Interview
    from routing.cli.route import read_day
    from routing.core.errors import CaseProblems, Problems
    from routing.yaml.tree import load_plain

    day = read_day(as_of)
    if case is None:
        return Interview(router, as_of=day or date.today())
    try:
        data = load_plain(case)
    except Problems as error:
        raise CaseProblems(error.problems) from None
    if not isinstance(data, dict):
        raise click.UsageError(f"`{case}` is not a case; `routing new` writes one")
    stated = data.get("as_of")
    return Interview.resumed(router, data, day or (read_day(str(stated)) if stated else None) or date.today())


def _run(interview: Interview, person: _Person, router: Router, saved: SavedAnswers | None = None) -> bool:
    """Ask until nothing matters any more. False when the person stopped."""
    from routing.core.errors import CaseProblems, Problems
    from routing.render import rendered

    number = 0
    while True:
        if saved:
            saved.keep(interview)
        question = interview.next_question()
        if question is None:
            if not _review(interview, person):
                return True
            continue
        number += 1
        _show(question, number)
        while True:
            word = person.answer(question)
            if word is None or word == "stop":
                return False
            if word == "?":
                _explain(question)
            elif word == "plan":
                click.echo(
                    rendered(interview.plan(), router, "text")
                    if interview.case
                    else f"no plan yet: {interview.without_plan()}",
                    err=True,
                )
            elif word == "back":
                click.echo("back" if interview.back() else "this is the first question", err=True)
                number = max(number - 2, 0)
                break
            else:
                try:
                    interview.answer(question.fact, _value(question, word), question.need)
                    break
                except (CaseProblems, Problems) as error:
                    if not person.patient:
                        raise
                    _tell(error)


def _tell(error: Problems) -> None:
    click.echo(
        "; ".join(
            f"{problem.said} ({problem.fix})" if problem.fix else problem.said for problem in error.problems
        ),
        err=True,
    )


def _without_plan(interview: Interview) -> None:
    click.echo(f"{interview.without_plan()}, so there is no plan yet", err=True)
    names = interview.router.rulebook.measures
    for need in interview.data()["needs"]:
        if need.get("measure") == "unknown" and len(left := interview.may_be_meant(need["id"])) < len(names):
            click.echo(
                click.wrap_text(
                    f"What was said fits: {'; '.join(names[measure].name for measure in left)}.",
                    100,
                    "",
                    "   ",
                ),
                err=True,
            )


def _show(question: Question, number: int) -> None:
    unit = f" (in {question.unit})" if question.unit else ""
    click.secho(f"{number}. {question.asks}{unit}", bold=True, err=True)
    if question.type in ("number", "date"):
        click.echo(f"   {'a whole number' if question.type == 'number' else 'year-month-day'}", err=True)
    shown = question.options[:MANY]
    for place, option in enumerate(shown, 1):
        means = f": {option.means}" if option.means else ""
        leads = f"  -> {option.leads_to}" if option.leads_to else ""
        click.echo(f"   {place:>2} {option.value.replace('_', ' ')}{means}{leads}", err=True)
    if len(question.options) > MANY:
        rest = ", ".join(
            f"{place} {option.value.replace('_', ' ')}"
            for place, option in enumerate(question.options[MANY:], MANY + 1)
        )
        click.echo(click.wrap_text(rest, 100, "      ", "      "), err=True)
    if question.type == "many":
        click.echo("   several: separate with commas", err=True)


def _explain(question: Question) -> None:
    if question.means:
        click.echo(f"   It means: {question.means}", err=True)
    for option in question.options:
        if option.means and len(question.options) <= MANY:
            click.echo(f"   {option.value.replace('_', ' ')}: {option.means}", err=True)
    for why in question.why:
        click.echo(click.wrap_text(f"It matters to: {why}.", 100, "   ", "      "), err=True)
    if not question.why:
        click.echo(
            "   The answer cannot be worked out without it."
            if question.options
            else "   The law that applies depends on it.",
            err=True,
        )
    click.echo(f"   {HELP}", err=True)


def _value(question: Question, word: str) -> object:
    """What was written, with numbers of the list taken as its answers."""

    def one(part: str) -> str:
        listed = (
            question.type in ("choice", "many")
            and part.isascii()
            and part.isdigit()
            and 0 < int(part) <= len(question.options)
        )
        return question.options[int(part) - 1].value if listed else part

    parts = (
        [one(part.strip()) for part in word.split(",") if part.strip()]
        if question.type == "many"
        else [one(word.strip())]
    )
    if question.type == "many" and parts != ["unknown"]:
        return parts
    return parts[0] if parts else "unknown"


def _review(interview: Interview, person: _Person) -> bool:
    """Take what was answered without being asked, then offer what was taken as given. True when anything was corrected."""
    from routing.core.errors import CaseProblems

    lines = person.unasked()
    if not lines:
        given = interview.presumptions() if interview.case else ()
        if not given:
            return False
        click.secho(
            "Taken as given. Correct any of it with `fact: value`, or go on with an empty line.",
            bold=True,
            err=True,
        )
        for item in given:
            click.echo(f"   {item.fact}: {item.value} ({item.because})", err=True)
        lines = [word] if (word := person.correction()) else []
    for line in lines:
        try:
            _correct(interview, line)
        except CaseProblems as error:
            if not person.patient:
                raise
            _tell(error)
    return bool(lines)


def _correct(interview: Interview, line: str) -> None:
    """Take `fact: value`, for every need, or `need.fact: value`, for one."""
    name, value = line.rsplit(":", 1) if ":" in line else (line, "")
    need, _, fact = name.strip().rpartition(".")
    known = interview.router.rulebook.facts.get(fact)
    parts = [part.strip() for part in value.split(",") if part.strip()]
    said = parts if known and known.type == "many" and parts != ["unknown"] else value.strip()
    for one in [need] if need else [str(item["id"]) for item in interview.data()["needs"]]:
        interview.answer(fact, said, one)


class _Person(ABC):
    """Whoever answers. patient: whether a wrong answer may be given again."""

    patient = True

    @abstractmethod
    def answer(self, question: Question) -> str | None:
        """The answer to a question; None to stop."""

    def unasked(self) -> list[str]:
        """Answers, as `fact: value`, to what was not asked; each is given once."""
        return []

    def left_over(self) -> list[str]:
        """Answers that no question took."""
        return []

    @abstractmethod
    def correction(self) -> str:
        """What to change of the presumptions that were shown; nothing to leave them."""


class _Terminal(_Person):
    def answer(self, question: Question) -> str | None:
        try:
            word = click.prompt(
                f"   ({HELP})" if question.fact == "measure" else "  ",
                prompt_suffix=" > ",
                err=True,
                default="",
                show_default=False,
            )
        except click.Abort:
            return "stop"
        return word.strip() or "?"

    def correction(self) -> str:
        try:
            return str(
                click.prompt("  ", prompt_suffix=" > ", err=True, default="", show_default=False)
            ).strip()
        except click.Abort:
            return ""


class _Written(_Person):
    """Answers from a file or from standard input: in turn, or by the name of the fact."""

    patient = False

    def __init__(self, path: Path | None) -> None:
        from routing.cli.route import standard_input
        from routing.core.files import read_bounded

        data = standard_input() if path is None or str(path) == "-" else read_bounded(path)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise click.UsageError("the answers are not UTF-8 text; save them as UTF-8") from None
        lines = [line.split("#")[0].strip() for line in text.splitlines()]
        self.named: dict[str, str] = {}
        self.turns: list[str] = []
        for line in filter(None, lines):
            fact, sign, value = line.rpartition(":")
            if sign:
                self.named[fact.strip()] = value.strip().strip("[]")
            else:
                self.turns.append(line)
        self.only_named = bool(self.named) and not self.turns
        self.left = dict(self.named)

    def answer(self, question: Question) -> str | None:
        for key in (f"{question.need}.{question.fact}", question.fact):
            if key in self.named:
                word = self.named.pop(key) if key != question.fact else self.named[key]
                self.left.pop(key, None)
                click.echo(f"   > {word}", err=True)
                return word
        if self.only_named:
            left_out = (
                "request" if question.fact == "kind" else "unknown"
            )  # as a case file is read that leaves them out
            click.echo(f"   > {left_out}", err=True)
            return left_out
        word = self.turns.pop(0) if self.turns else None
        if word is not None:
            click.echo(f"   > {word}", err=True)
        return word

    def unasked(self) -> list[str]:
        lines = [f"{fact}: {value}" for fact, value in self.left.items()]
        self.left = {}
        for line in lines:
            click.echo(f"   > {line}", err=True)
        return lines

    def left_over(self) -> list[str]:
        return self.turns

    def correction(self) -> str:
        return ""
