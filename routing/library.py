"""The program as a library: what the command line offers, for programs.

Cases and plans are the models of `routing.model`; reasons, differences and changes are frozen records with a
`data()` for JSON; law look-ups give plain data. Days may be dates or text (`2026-11-24`), files paths or
text. The library has no clock: the day comes from the case or from `as_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from routing.api import Router as Opened
from routing.api import given_day, no_day
from routing.api import load_rulebook as open_shared
from routing.case.model import Case as CaseRecord
from routing.core.errors import CaseProblems, Problems, RulebookProblems, one_of
from routing.core.limits import Limits, limited
from routing.core.paths import rules_folder
from routing.core.records import Record
from routing.law import Law
from routing.model.case import Case
from routing.model.convert import case_model, case_record, plan_model, plan_record
from routing.model.plan import Plan
from routing.render import Format
from routing.rulebook.model import Rulebook

if TYPE_CHECKING:
    from routing.analyse.interview.question import Question
    from routing.analyse.whatif.law_changes import Turned
    from routing.analyse.whatif.plan_diff import Difference
    from routing.batch import Batch
    from routing.explain.change import ChangeAnswer
    from routing.explain.tree import Reason
    from routing.explain.why_not import WhyNot
    from routing.law import Standing
    from routing.papers.model import Draft

CaseSource = Case | CaseRecord | Path | str | bytes | Mapping[str, object]
"""A case: a model; a path; text or bytes of a YAML or JSON document; or a dictionary."""
Day = date | str


class Comparison(Record):
    """Two plans side by side.

    before, after: the plans. differences: what the second says otherwise, main things first. law: for a
    comparison of days, what the law data give otherwise and whether that decides an answer; else empty.
    """

    before: Plan
    after: Plan
    differences: tuple[Difference, ...]
    law: tuple[Turned, ...] = ()


P = ParamSpec("P")
R = TypeVar("R")


def _limited(method: Callable[Concatenate[Router, P], R]) -> Callable[Concatenate[Router, P], R]:
    """A method of a router whose answer is held to the limits of the router."""

    @wraps(method)
    def held(self: Router, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with limited(self._opened.limits):
            return method(self, *args, **kwargs)

    return held


class Router:
    """A rulebook with its law data, ready to route cases. Open one and keep it: it compiles rules once."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @classmethod
    def open(
        cls,
        rules: Path | str | None = None,
        overlays: Iterable[Path | str] = (),
        limits: Limits | None = None,
        isolate: bool = False,
    ) -> Router:
        """The router for a rules folder, or for the rules that come with the program.

        overlays: files with your own agreements, profiles and rules, laid over the folder in this order.
        limits: how much one answer may take; LimitReached is raised beyond them. isolate: whether the rule
        engine runs in a process of its own, so that a crash of it raises EngineFailure and ends nothing else.
        Raises RulebookProblems when the rules or an overlay cannot be used.
        """
        folder, files = (
            rules_folder(None if rules is None else Path(rules)),
            [Path(file) for file in overlays],
        )
        if files:
            from routing.rulebook.overlay.merge import laid_over

            try:
                folder = laid_over(folder, files)
            except Problems as error:
                raise RulebookProblems(error.problems) from None
        opened = Opened.open(folder, isolate=isolate)
        return cls(opened if limits is None else replace(opened, limits=limits))

    @property
    def rulebook(self) -> Rulebook:
        """The rules: facts, measures, pathways, routes and rules by id."""
        return self._opened.rulebook

    @property
    def law(self) -> Law:
        """The law data: instruments, lists of members, declarations, profiles and offices."""
        return self._opened.law

    # Cases and plans

    def read(self, case: CaseSource, name: str = "case", as_of: Day | None = None) -> Case:
        """A case, checked against the rulebook.

        name: what faults call the document. as_of: the day from which weekdays are counted where the case
        gives none. Raises CaseProblems naming every fault.
        """
        return case_model(self._opened.read(_source(case), name, given_day(as_of)))

    def route(self, case: CaseSource, as_of: Day | None = None, strict_dates: bool = False) -> Plan:
        """The plan for a case.

        as_of: the day the answer is for; else the case's own. strict_dates: take what a list last showed as
        not known of the days after it. Raises CaseProblems, EvaluatorsDisagree, ProofFails, EngineFailure,
        LimitReached.
        """
        return plan_model(self._opened.route(_source(case), as_of, strict_dates))

    def render(self, plan: Plan, form: Format = "text", full: bool = False) -> str:
        """A plan as text, Markdown, JSON, a Mermaid or SVG picture, or calendar entries. full: however
        long."""
        from routing.render import FORMS, rendered

        if form not in FORMS:
            raise Problems.of(f"`{form}` is not a format of plans", fix=one_of(form, FORMS))
        return rendered(plan_record(plan), self._opened, form, full)

    def draft(
        self,
        case: CaseSource,
        step: str | int | None = None,
        document: str | None = None,
        answers: Path | str | Mapping[str, object] | None = None,
        as_of: Day | None = None,
    ) -> Draft:
        """The draft of the paper that carries a step of the plan, with a list of what is missing.

        step: its number or id; else the main step. document: the id of a paper; else the one that carries the
        step. answers: what only the officer knows, by key, as text or lists of text, or a file of them.
        Raises CaseProblems for the case, Problems for a step, a paper or an answer that there is not.
        """
        from routing.papers.drafting import Desk

        desk = Desk(_source(case), self._opened, as_of)
        given = desk.read_answers(Path(answers) if isinstance(answers, str) else answers)
        return desk.draft(desk.choose(step, document), given)

    # Reasons, and what would change them

    @_limited
    def why(
        self,
        case: CaseSource,
        pathway: str | None = None,
        need: str | None = None,
        as_of: Day | None = None,
    ) -> Reason | None:
        """The chain from facts through rules to a pathway of the plan; None where the pathway is not in the
        plan.

        pathway: by id, name or a usual word; without it the main step. need: id of the need; may be left out
        where the case has one. Raises CaseProblems and Problems.
        """
        from routing.explain.why import why
        from routing.plan.build import findings_of

        read, day = self._read(case, as_of)
        stated = next(item for item in read.needs if item.id == _need(read, need))
        findings, primary, _ = findings_of(read, stated, self._opened.judge, self.law, day)
        return why(findings, self.law, primary if pathway is None else self._pathway(pathway))

    @_limited
    def why_not(
        self, case: CaseSource, pathway: str, need: str | None = None, as_of: Day | None = None
    ) -> WhyNot:
        """What stands in the way of a pathway, and the least that would change that. Arguments as for
        `why`."""
        from routing.explain.why_not import why_not

        read, day = self._read(case, as_of)
        return why_not(read, _need(read, need), self._pathway(pathway), self._opened.judge, self.law, day)

    @_limited
    def change(
        self, case: CaseSource, pathway: str, need: str | None = None, as_of: Day | None = None
    ) -> ChangeAnswer:
        """The smallest change of facts that makes a pathway the main step. Arguments as for `why`."""
        from routing.explain.change import change_to

        read, day = self._read(case, as_of)
        return change_to(read, _need(read, need), self._pathway(pathway), self._opened.judge, self.law, day)

    @_limited
    def what_if(self, case: CaseSource, settings: Iterable[str], as_of: Day | None = None) -> Comparison:
        """The plan beside the plan with other facts.

        settings: each as `fact=value`, `need.fact=value` or `ties.instrument=in_force`; an empty value takes
        a fact out. Raises CaseProblems.
        """
        from routing.analyse.whatif.plan_diff import differences
        from routing.analyse.whatif.settings import with_settings

        read, day = self._read(case, as_of)
        settings = list(settings)
        changed = with_settings(read, settings, self._opened)
        later = changed.as_of if any(word.startswith("as_of") for word in settings) else None
        before, after = self._opened.route(read, day), self._opened.route(changed, later or day)
        return Comparison(plan_model(before), plan_model(after), differences(before, after))

    @_limited
    def compare(self, case: CaseSource, first: Day, second: Day) -> Comparison:
        """The plan on two days: what differs, and the instrument or membership that changed it."""
        from routing.analyse.whatif.law_changes import turned
        from routing.analyse.whatif.plan_diff import differences

        read, day = self._read(case, first)
        later = given_day(second) or day
        before, after = self._opened.route(read, day), self._opened.route(read, later)
        law = turned(read, self._opened.judge, self.law, day, later)
        return Comparison(plan_model(before), plan_model(after), differences(before, after), law)

    def interview(self, case: CaseSource | None = None, as_of: Day | None = None) -> Interview:
        """An interview from the beginning, or from what a case leaves open."""
        return Interview(self._opened, None if case is None else self._read(case, as_of)[0], given_day(as_of))

    # Law

    def between(self, state: str, other_state: str, as_of: Day, everything: bool = False) -> dict[str, Any]:
        """What ties two States on a day. everything: also what does not bind them."""
        from routing.look_ups import between

        return between(self.law, (self._state(state), self._state(other_state)), _needed(as_of), everything)

    def standing(self, instrument: str, state: str, as_of: Day) -> Standing:
        """What an instrument, by its id, is to one State on a day, and where that is known from."""
        return self.law.standing(instrument, self._state(state), _needed(as_of))

    def who(
        self, state: str, as_of: Day, pathway: str | None = None, asking: str | None = None
    ) -> dict[str, Any]:
        """How the authorities of a State are reached: office, way and language for each kind of help.

        pathway: one channel only. asking: the State that asks.
        """
        from routing.look_ups import who

        asks = None if asking is None else self._state(asking)
        return who(self._opened, self._state(state), pathway, asks, _needed(as_of))

    def state(self, state: str, as_of: Day) -> dict[str, Any]:
        """What is known of a State and changes a route, gaps included."""
        from routing.look_ups import state as state_data

        return state_data(self._opened, self._state(state), _needed(as_of))

    def show(self, reference: str) -> dict[str, Any] | list[dict[str, Any]]:
        """An instrument, or the provisions of an article, as `INSTRUMENT 18(9)`. Raises Problems."""
        from routing.look_ups import show

        return show(self.law, reference)

    # Many needs at once

    def batch(self, as_of: Day | None = None) -> Batch:
        """A batch over these rules: tables in, tables out. Needs the extra `batch`. as_of: the day of rows
        without."""
        from routing.batch import Batch

        return Batch(self._opened, given_day(as_of))

    def _read(self, case: CaseSource, as_of: Day | None) -> tuple[CaseRecord, date]:
        given = given_day(as_of)
        read = self._opened.read(_source(case), as_of=given)
        day = given or read.as_of
        if day is None:
            raise no_day()
        return read, day

    def _pathway(self, word: str) -> str:
        from routing.rulebook.pathway_names import pathway_of

        return pathway_of(self.rulebook, word)

    def _state(self, written: str) -> str:
        from routing.look_ups import state_code

        return state_code(self._opened, written)[0]


class Interview:
    """One question at a time, until nothing that is unknown can change the answer."""

    def __init__(self, opened: Opened, case: CaseRecord | None, as_of: date | None) -> None:
        from routing.analyse.interview.session import Interview as Session

        self._session = Session(opened, case, as_of)

    @property
    def case(self) -> Case | None:
        """The case so far; None before it is known what is sought and who asks whom."""
        case = self._session.case
        return None if case is None else case_model(case)

    def next_question(self) -> Question | None:
        """The question that settles most of what is open; None when nothing that is unknown matters any
        more."""
        return self._session.next_question()

    def answer(self, fact: str, value: object, need: str | None = None) -> None:
        """Take an answer. `unknown` is always allowed; an earlier answer is replaced.

        Raises CaseProblems, and takes nothing, where the value is not allowed.
        """
        self._session.answer(fact, value, need)

    def back(self) -> bool:
        """Take the last answer back; False when there is none."""
        return self._session.back()

    def plan(self) -> Plan:
        """The plan so far. Raises CaseProblems while there can be none."""
        return plan_model(self._session.plan())

    def file_text(self) -> str:
        """The case so far as a case file."""
        return self._session.file_text()


_shared: dict[Path, Router] = {}


def load_rulebook(rules: Path | str | None = None) -> Router:
    """The router for a rules folder. A second call in the process gives the same router while the folder says
    the same, and opens it anew after an edit. Raises RulebookProblems."""
    opened = open_shared(rules)
    folder = Path(opened.rulebook.folder)
    if folder not in _shared or _shared[folder]._opened is not opened:
        _shared[folder] = Router(opened)
    return _shared[folder]


def _own_rules() -> Router:
    """The rules that come with the program, which no program edits: they are opened once and not looked at
    again."""
    return _shared.get(rules_folder(None)) or load_rulebook()


def route(
    case: CaseSource,
    *,
    rulebook: Router | None = None,
    as_of: Day | None = None,
    strict_dates: bool = False,
) -> Plan:
    """The plan for a case: which channel, in which order, on what basis, and what is open.

    rulebook: from load_rulebook(); by default the rules that come with the program. as_of, strict_dates: as
    for `Router.route`. Raises CaseProblems when the case cannot be read, RulebookProblems when the rules
    cannot be used, EvaluatorsDisagree, ProofFails and EngineFailure when there is no answer to trust.
    """
    if rulebook is not None and not isinstance(rulebook, Router):
        said = f"`rulebook` takes what load_rulebook() gives, and this is {type(rulebook).__name__}"
        raise RulebookProblems.of(said, fix="pass `rulebook=load_rulebook(FOLDER)`")
    return (rulebook or _own_rules()).route(case, as_of, strict_dates)


def draft(
    case: CaseSource,
    *,
    step: str | int | None = None,
    document: str | None = None,
    answers: Path | str | Mapping[str, object] | None = None,
    rulebook: Router | None = None,
    as_of: Day | None = None,
) -> Draft:
    """The draft of the paper that carries a step of the plan. Arguments as for `Router.draft` and `route`."""
    return (rulebook or _own_rules()).draft(case, step, document, answers, as_of)


def _source(case: CaseSource) -> CaseRecord | Path | str | bytes | Mapping[str, object]:
    return case_record(case) if isinstance(case, Case) else case


def _needed(as_of: Day) -> date:
    day = given_day(as_of)
    if day is None:
        raise no_day()
    return day


def _need(case: CaseRecord, id: str | None) -> str:
    """The need that is meant. Raises CaseProblems where it is none, or where several are there to choose
    from."""
    ids = [need.id for need in case.needs]
    if id is None and len(ids) == 1:
        return ids[0]
    if id not in ids:
        said = "the case has several needs" if id is None else f"`{id}` is not a need of this case"
        raise CaseProblems.of(said, fix="pass `need=` with " + one_of(id or "", ids))
    return id
