"""A told story at a terminal: what it leaves open is asked, by the interview and with its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.ask_page import say, show
from routing.cli.ask_person import BACK, STOP, Person, Terminal, typed_line
from routing.cli.cases import text_in
from routing.cli.outputs import refuse_unsafe, write_output
from routing.cli.prose import HeadedCase, sentences_in
from routing.core.answer_date import today
from routing.core.domain import REQUEST, SAYS_OF_KIND, SHARE, UNKNOWN
from routing.core.errors import Problems
from routing.core.printable import in_quotes, printable
from routing.core.records import Record, replace
from routing.phrasing.of_facts import fact_name
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.needs import Want
from routing.story.offered import WITH
from routing.story.open_parts import OpenPart, completed
from routing.story.provider_seat import with_seats

if TYPE_CHECKING:
    from routing.analyse.interview.from_story import StoryInterview
    from routing.opened import Router
    from routing.story.offered import Offered

PARTS = {STATE: "our State", MEASURE: "what is needed", KIND: "who asks whom", WITH: "the other State"}
CONFIRM_HELP = (
    "Press Enter if all is right. Type `number: value` to change a line, `number: unknown` to leave it open,"
    " `number: no` to drop a need, the number alone to see its answers, or `stop`."
)
KEEP = "Save the case? Type the name of a file, or press Enter to go on without."
NOW = "now"  # when a step is taken
SURE, IF_AVAILABLE = "confirmed", " (only if available)"
MOST = 4
"""So many questions are asked before a page."""


def at_once(router: Router, offer: Offered, name: str, day: date) -> tuple[str, ...]:
    """What is done now in a danger whatever else is needed, each step in a line: what the plan for a word
    between police, who are told of it or asked, has done at once, and the plan for what a provider may have
    to tell. Nothing where they have nothing of that kind."""
    kinds = tuple(dict.fromkeys(item.value for item in offer.facts if item.fact == KIND)) or (REQUEST,)
    facts = tuple(item for item in offer.facts if item.fact != KIND)
    beside = replace(offer, facts=facts, dealing=None)  # what is told, of whatever kind
    steps: dict[str, str] = {}
    given = (it for it in router.rulebook.measures.values() if it.kinds == (SHARE,))
    if word := next((it.otherwise.get(kinds[0], it.id) for it in given), None):
        steps |= _done_now(router, replace(beside, wants=()), name, day, kinds[0], word)
    if REQUEST in kinds and (want := _of_provider(router, beside)):
        steps |= _done_now(router, replace(beside, wants=(want,)), name, day, REQUEST, want.measures[0])
    return ("Now, whatever else you need:", *steps.values()) if steps else ()


def _done_now(
    router: Router, offer: Offered, name: str, day: date, kind: str, measure: str
) -> dict[str, str]:
    """What a plan for one measure has done at once, by its pathway. offer: what is told beside it."""
    from routing.render.case_told import interview_of

    interview = interview_of(router, offer, name, day)
    interview.answer(KIND, kind)
    interview.answer(MEASURE, measure)
    return {
        step.pathway: f"{step.action}{'' if step.certainty == SURE else IF_AVAILABLE}: {step.tells}"
        for step in interview.plan().steps
        if step.when == NOW
    }


def _of_provider(router: Router, offer: Offered) -> Want | None:
    """What may be needed of a provider abroad that the story names, at its seat. offer: without a kind."""
    wants = tuple(replace(want, asked=False) for want in offer.perhaps if want.measures)
    return next(
        (want for want in with_seats(router, replace(offer, wants=wants)).wants if want.provider), None
    )


class StoryText(Record):
    """A story that somebody tells. name: where it stands; text: what it says."""

    name: str
    text: str


def story_in(router: Router, case: Path | None, story_file: Path | None) -> StoryText | None:
    """The story that is told in a file: of one that is named as a case, where it is sentences. None where
    there is none."""
    if case is not None and story_file is not None:
        raise click.UsageError("--told reads all of it from the story: leave CASE out")
    file = story_file or case
    if file is None or (story_file is None and not file.exists()):
        return None
    name = "FILE" if str(file) == "-" else printable(str(file))
    try:
        text = text_in(file)
    except Problems:
        if story_file is not None:
            raise
        return None  # said by the reader of cases
    story = sentences_in(router, text) or (text if story_file is not None else "")
    return StoryText(name, story) if story else None


def begun_of(router: Router, story: StoryText, day: date | None) -> StoryInterview:
    """The interview that goes on from what a story says; the call that cannot wait is told first."""
    from routing.core.limits import limited
    from routing.render.case_told import interview_of
    from routing.render.told_head import in_danger
    from routing.story.offered import offered_by

    as_of = day or today()
    with limited(router.limits):
        offer = completed(router, offered_by(router, story.text, as_of))
    if call := in_danger(router, offer, story.text, as_of):
        say(call, bold=True)
    return interview_of(router, offer, story.name, as_of)


def confirm(router: Router, interview: StoryInterview, person: Person) -> bool:
    """Show what was read of a story, once, and take what is to be changed. False when the person stopped."""
    from routing.cli.ask import corrections
    from routing.render.told_head import not_used

    if interview.offer.rest:
        say(interview.offer.cut_off, bold=True)
    if unused := "; ".join(not_used(router, interview.offer)):
        say(f"Of your story, {unused}.")
    while lines := dict(_lines(router, interview)):
        say(f"Read from your story. {CONFIRM_HELP}", bold=True)
        for number, line in enumerate(lines.values(), 1):
            say(line, f"   {number:>2} ", " " * 6)
        word = corrections(interview, person, router, tuple(lines), CONFIRM_HELP)
        if word in ("", STOP):
            return word == ""
    return True


def _lines(router: Router, interview: StoryInterview) -> Iterator[tuple[str, str]]:
    """What is known of a case, each as the key by which it is changed and a line."""
    data, facts, wrote = interview.data(), router.rulebook.facts, interview.offer.phrases()
    needs = data["needs"]
    for need_id, stated in (("", data), *((need["id"], need) for need in needs)):
        lead = f"{need_id}." if need_id and len(needs) > 1 else ""
        for part, value in stated.items():
            if (part not in PARTS and part not in facts) or value in (None, UNKNOWN):
                continue
            name = PARTS.get(part) or fact_name(router.rulebook, part)
            key = f" [{lead}{part}]"
            values = [str(it) for it in (value if isinstance(value, list) else [value])]
            says = ", ".join(_in_words(router, part, it) for it in values)
            quotes = [in_quotes(wrote[part, it]) for it in values if (part, it) in wrote]
            of = f" ({', '.join(quotes)})" if quotes else ""
            yield f"{lead}{part}", f"{name}{key}: {says}{of}"


def keep_asked(interview: StoryInterview) -> None:
    """Ask under which name the case is saved, and save it; nothing is written over."""
    say(KEEP)
    while name := typed_line():
        try:
            refuse_unsafe({"--save": Path(name)}, (), False)
            write_output(Path(name), interview.file_text(), False)
        except (Problems, OSError) as error:
            say(str(error), "   ")
            continue
        say(f"written to {printable(name)}; route it with: routing route {printable(name)}", "   ")
        return


def asked_case(
    router: Router, offer: Offered, parts: tuple[OpenPart, ...], text: str, name: str, day: date
) -> HeadedCase | tuple[OpenPart, ...]:
    """The case that a story tells and the answers of whoever sits at the terminal; the parts that are still
    open where no plan can be made of them."""
    from routing.render.case_told import interview_of
    from routing.render.told_head import in_danger, told_head

    interview = interview_of(router, offer, name, day)
    if call := in_danger(router, offer, text, day):
        say(call, bold=True)
    asked = _ask(interview, Terminal(), router)
    case = interview.case
    states = {*_values(interview, STATE), *_values(interview, WITH)}
    left = tuple(
        replace(part, candidates=tuple(it for it in part.candidates if it.value not in states))
        for part in parts
        if UNKNOWN in _values(interview, part.part, part.need)
    )
    if case is None:
        return left
    head = told_head(router, offer, name, left, _answers(router, interview, asked))
    return HeadedCase(case, head, frozenset(part.part for part in left), not offer.rest)


def _ask(interview: StoryInterview, person: Person, router: Router) -> list[str]:
    """Ask for what a plan is made of, at most a few questions; returns the parts that were asked for."""
    from routing.analyse.interview.opening import GROUP
    from routing.cli.ask import answered

    asked: list[tuple[str, str]] = []
    while question := interview.essential():
        key = (MEASURE if question.fact == GROUP else question.fact, question.need)
        if key not in asked:
            if len(asked) == MOST:
                break
            asked.append(key)
        show(question, len(asked))
        word = answered(interview, question, person, router)
        if word == STOP:
            asked.pop()
            break
        if word == BACK:
            del asked[-2:]
    return [part for part, _ in asked]


def _values(interview: StoryInterview, part: str, need: int | None = None) -> list[str]:
    """What is known of a part, of all needs or of one; `unknown` where nothing is."""
    data = interview.data()
    ids = [f"need-{need + 1}"] if need is not None else []
    needs = [each for each in data["needs"] if each["id"] in ids] or data["needs"]
    return [str(each.get(part, UNKNOWN)) for each in ([data] if part == STATE else needs)]


def _answers(router: Router, interview: StoryInterview, asked: Iterable[str]) -> dict[str, str]:
    """What is known in words of each part that was asked for."""
    return {
        part: ", ".join(dict.fromkeys(_in_words(router, part, value) for value in values))
        for part in dict.fromkeys(asked)
        if UNKNOWN not in (values := _values(interview, part))
    }


def _in_words(router: Router, part: str, value: str) -> str:
    if part in (STATE, WITH):
        return router.law.states.name(value)
    if part == MEASURE:
        return router.rulebook.measures[value].name
    return SAYS_OF_KIND[value] if part == KIND else value.replace("_", " ")
