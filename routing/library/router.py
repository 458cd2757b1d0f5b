"""The router: a rulebook with its law data, and every question that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar

from routing.case.model import Case as CaseRecord
from routing.core.errors import Problems, RulebookProblems, one_of
from routing.core.limits import Limits, limited
from routing.core.paths import rules_folder
from routing.core.private_folder import remove_private
from routing.library.arguments import (
    CaseSource,
    Day,
    checked_arguments,
    files_of,
    need_of,
    needed_day,
    source_of,
    texts_of,
)
from routing.library.comparison import Comparison
from routing.library.interview import Interview
from routing.library.law_look_ups import LawLookUps
from routing.model.case import Case
from routing.model.convert import case_model, plan_model, plan_record
from routing.model.plan import Plan
from routing.opened import Router as Opened
from routing.opened import given_day, no_day
from routing.render import Format

if TYPE_CHECKING:
    from routing.batch import Batch
    from routing.explain.change import ChangeAnswer
    from routing.explain.tree import Reason
    from routing.explain.why_not import WhyNot
    from routing.papers.model import Draft
    from routing.receipt import Replay

P = ParamSpec("P")
R = TypeVar("R")


def _limited(method: Callable[Concatenate[Router, P], R]) -> Callable[Concatenate[Router, P], R]:
    """A method of a router whose answer is held to the limits of the router."""

    @wraps(method)
    def held(self: Router, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with limited(self._opened.limits):
            return method(self, *args, **kwargs)

    return held


@checked_arguments
class Router(LawLookUps):
    """A rulebook with its law data, ready to route cases. Open one and keep it: it compiles rules once.

    Of every method: case is a model, a path, text or bytes of YAML or JSON, or a dictionary. as_of, first and
    second are days, each a date or text as `2026-11-24`; where as_of may be left out the case has to give it.
    need is the id of a need, and may be left out where the case has one. pathway is an id, a name or a usual
    word. Raises CaseProblems for a case, a need or a day that cannot be used and Problems for any other
    argument; EvaluatorsDisagree, ProofFails or EngineFailure where there is no answer to trust; LimitReached
    beyond the limits.
    """

    @classmethod
    def open(
        cls,
        rules: Path | str | None = None,
        overlays: Iterable[Path | str] = (),
        limits: Limits | None = None,
        isolate: bool = False,
        strict_dates: bool = False,
    ) -> Router:
        """The router for a rules folder, or for the rules that come with the program.

        overlays: files with your own agreements, profiles and rules, laid over the folder in this order.
        limits: how much one answer may take; LimitReached is raised beyond them. isolate: whether the rule
        engine runs in a process of its own, so that a crash of it raises EngineFailure and ends nothing else.
        strict_dates: whether every answer takes what a list last showed as not known of the days after it.
        Raises RulebookProblems when the rules or an overlay cannot be used.
        """
        folder, files = rules_folder(None if rules is None else Path(rules)), files_of(overlays)
        if files:
            from routing.rulebook.overlay.merge import apply_overlays

            try:
                folder = apply_overlays(folder, files)
            except Problems as error:
                raise RulebookProblems(error.problems) from None
        try:
            opened = Opened.open(folder, isolate=isolate)
        finally:
            if files:  # all of it is read, and a program may open many
                remove_private(folder.parent)
        opened = opened if limits is None else replace(opened, limits=limits)
        return cls(opened.strict if strict_dates else opened)

    # Cases and plans

    def read(
        self, case: CaseSource, name: str = "case", as_of: Day | None = None, in_part: bool = False
    ) -> Case:
        """A case, checked against the rulebook.

        name: what faults call the document. as_of: the day from which weekdays are counted where the case
        gives none. in_part: whether lines that are not understood are left out where the answer can stand
        without them; a note of the case names each. Raises CaseProblems naming every fault.
        """
        return case_model(self._record(case, name, given_day(as_of), in_part))

    def told(self, story: str, as_of: Day) -> str:
        """The text of a case file of what somebody tells in sentences, or in lines of no known form.

        story: of any length. Each line has the words it was read from; what is not sure is a remark. as_of:
        the day on which it is told, from which weekdays and times are counted.
        """
        from routing.render.case_told import case_told

        return case_told(self._opened, story, needed_day(as_of))

    def route(
        self, case: CaseSource, as_of: Day | None = None, strict_dates: bool = False, in_part: bool = False
    ) -> Plan:
        """The plan for a case.

        as_of: the day the answer is for; else the case's own. strict_dates: take what a list last showed as
        not known of the days after it. in_part: as for `read`; the notes of the plan name what was left out.
        Raises CaseProblems, EvaluatorsDisagree, ProofFails, EngineFailure, LimitReached.
        """
        source = self._record(case, "case", given_day(as_of), True) if in_part else source_of(case)
        return plan_model(self._opened.route(source, as_of, strict_dates))

    @_limited
    def stage(
        self, case: CaseSource, stage: Literal["facts", "findings"], as_of: Day | None = None
    ) -> dict[str, Any]:
        """How far a case has come, by need. stage: facts, each with value, origin and source, or findings,
        each `surely` or `possibly`. Raises Problems for another stage, CaseProblems, and as `route` does."""
        from routing.render.dump_stage import stage_data

        if stage not in ("facts", "findings"):
            raise Problems.of(f"`{stage}` is not a stage", fix=one_of(stage, ("facts", "findings")))
        read, day = self._read(case, as_of)
        return dict(stage_data(read, self._opened, day, stage))

    def render(self, plan: Plan, form: Format = "text", full: bool = False) -> str:
        """A plan as a page.

        plan: as `route` gives it. form: text, markdown, json, a picture (mermaid, svg) or ics, calendar
        entries. full: all that stands behind the plan, however long; else one page. Raises Problems for
        another form.
        """
        from routing.render import FORMS, rendered

        if form not in FORMS:
            raise Problems.of(f"`{form}` is not a format of plans", fix=one_of(form, FORMS))
        return rendered(plan_record(plan), self._opened, form, full, styled=False)

    def papers(self, case: CaseSource, as_of: Day | None = None) -> list[dict[str, Any]]:
        """The papers of each step of the plan, as `draft` takes them.

        Of each: `number`, `step` (its id), `action`, `papers` (`document`, `name`, and `main` where it
        carries the step), and `without`: what serves where none carries it. Raises as `route` does.
        """
        from routing.papers.drafting import Desk

        return Desk(source_of(case), self._opened, as_of).listed()

    def draft(
        self,
        case: CaseSource,
        step: str | int | None = None,
        document: str | None = None,
        answers: Path | str | Mapping[str, object] | None = None,
        as_of: Day | None = None,
    ) -> Draft:
        """The draft of the paper that carries a step of the plan, with a list of what is missing.

        step: its number from 1, or its id; else the main step. document: the id of a paper; else the one that
        carries the step. answers: what only the officer knows, by key, as text or lists of text, or a file of
        them. Raises CaseProblems for the case, Problems for a step, a paper or an answer that there is not.
        """
        from routing.papers.drafting import Desk

        desk = Desk(source_of(case), self._opened, as_of)
        given = desk.read_answers(Path(answers) if isinstance(answers, str) else answers)
        return desk.draft(desk.choose(step, document), given)

    def written(self, draft: Draft, form: Literal["md", "html", "docx"] = "md") -> bytes:
        """A draft as a file to send or to work on.

        draft: from `draft`. form: Markdown, HTML, or docx by the templates of these rules, which needs the
        extra `papers`. Raises Problems for another form, a missing extra, and a template that cannot be
        filled in.
        """
        from routing.papers.written import SUFFIXES, written

        forms = tuple(suffix.removeprefix(".") for suffix in SUFFIXES)
        if form not in forms:
            raise Problems.of(f"`{form}` is not a form of a draft", fix=one_of(form, forms))
        return written(draft, f".{form}", self.rulebook.source)

    # Reasons, and what would change them

    @_limited
    def why(
        self,
        case: CaseSource,
        pathway: str | None = None,
        need: str | None = None,
        as_of: Day | None = None,
    ) -> Reason | None:
        """The chain from facts through rules to a pathway of the plan, without it to the main step; None
        where the pathway is not in the plan."""
        from routing.explain.why import why
        from routing.plan.build import findings_of

        read, day = self._read(case, as_of)
        stated = next(item for item in read.needs if item.id == need_of(read, need))
        findings, primary, _ = findings_of(read, stated, self._opened.judge, self.law, day)
        return why(findings, self.law, primary if pathway is None else self._pathway(pathway))

    @_limited
    def why_not(
        self, case: CaseSource, pathway: str, need: str | None = None, as_of: Day | None = None
    ) -> WhyNot:
        """What stands in the way of a pathway, and the least that would change that."""
        from routing.explain.why_not import why_not

        read, day = self._read(case, as_of)
        return why_not(read, need_of(read, need), self._pathway(pathway), self._opened.judge, self.law, day)

    @_limited
    def change(
        self, case: CaseSource, pathway: str, need: str | None = None, as_of: Day | None = None
    ) -> ChangeAnswer:
        """The smallest change of facts that makes a pathway the main step."""
        from routing.explain.change import change_to

        read, day = self._read(case, as_of)
        return change_to(read, need_of(read, need), self._pathway(pathway), self._opened.judge, self.law, day)

    @_limited
    def what_if(self, case: CaseSource, settings: Iterable[str], as_of: Day | None = None) -> Comparison:
        """The plan beside the plan with other facts.

        settings: each, or one alone, as `fact=value`, `need.fact=value` or `ties.instrument=in_force`; an
        empty value takes a fact out.
        """
        from routing.analyse.whatif.plan_diff import differences
        from routing.analyse.whatif.settings import with_settings

        read, day = self._read(case, as_of)
        settings = texts_of("settings", settings, "fact=value")
        changed = with_settings(read, settings, self._opened)
        later = changed.as_of if any(word.startswith("as_of") for word in settings) else None
        before, after = self._opened.route(read, day), self._opened.route(changed, later or day)
        return Comparison(plan_model(before), plan_model(after), differences(before, after))

    @_limited
    def compare(self, case: CaseSource, first: Day, second: Day) -> Comparison:
        """The plan on two days, the first and the second: what differs, and the instrument or membership that
        changed it."""
        from routing.analyse.whatif.law_changes import law_deltas
        from routing.analyse.whatif.plan_diff import differences

        read, day = self._read(case, first)
        later = given_day(second) or day
        before, after = self._opened.route(read, day), self._opened.route(read, later)
        law = law_deltas(read, self._opened.judge, self.law, day, later)
        return Comparison(plan_model(before), plan_model(after), differences(before, after), law)

    def interview(
        self, case: CaseSource | None = None, as_of: Day | None = None, story: str | None = None
    ) -> Interview:
        """An interview from the beginning, from what a case leaves open, or from what somebody tells.

        as_of: needed without a case. story: what happened, in sentences; what it says is not asked, what it
        may mean is offered first. Raises Problems where a case and a story are given.
        """
        if story is not None:
            if case is not None:
                raise Problems.of("an interview begins with a case or a story", fix="leave one of them out")
            return Interview._of_story(self._opened, story, needed_day(as_of))
        read = None if case is None else self._read(case, as_of)[0]
        return Interview._of_case(self._opened, read, given_day(as_of))

    # Words

    def template(
        self, measures: Iterable[str] = (), kind: str | None = None, everything: bool = False
    ) -> str:
        """A commented case to fill in, as YAML text.

        measures: what is needed, in your own words, one or several. kind: who asks: request (we ask), answer
        (we are asked), share (nobody asked) or use, or usual words for it. everything: also the facts that
        few cases turn on.
        """
        from routing.render.case_template import blank_case
        from routing.rulebook.measures_meant import kind_meant, measure_meant, needs_meant

        words = texts_of("measures", measures, "bank statement")
        meant = {word: measure_meant(self.rulebook, word, "give each by itself") for word in words}
        needs, _ = needs_meant(self.rulebook, kind and kind_meant(self.rulebook, kind), meant)
        return blank_case(self.rulebook, needs, everything)

    def schema(self, what: Literal["case", "plan", "batch", "receipt"] = "case") -> dict[str, Any]:
        """A JSON Schema. what: case, with every fact of the rulebook, plan, batch, for a row of it, or
        receipt."""
        from routing.json_schema import batch_schema, case_schema, plan_schema
        from routing.receipt import receipt_schema

        if what in ("case", "batch"):
            return (case_schema if what == "case" else batch_schema)(self.rulebook)
        if what not in ("plan", "receipt"):
            fix = one_of(what, ("case", "plan", "batch", "receipt"))
            raise Problems.of(f"`{what}` has no schema", fix=fix)
        return plan_schema() if what == "plan" else receipt_schema()

    # Receipts

    @_limited
    def receipt(self, case: CaseSource, as_of: Day | None = None) -> str:
        """What is decided for a case, from which facts, by which rules, with the proof; as JSON text."""
        from routing.receipt import receipt_text

        read, day = self._read(case, as_of)
        return receipt_text(read, self._opened, day)[1]

    @_limited
    def replay(self, receipt: str) -> Replay:
        """Decide again what a receipt records: the same, or what differs and why.

        receipt: JSON text as `receipt` gives it. Raises Problems for what is not a receipt.
        """
        from routing import receipt as receipts

        return receipts.replay(receipts.read_receipt(receipt, "receipt"), self._opened)

    @_limited
    def verify_proof(self, receipt: str) -> int:
        """Check the proof from a receipt alone, without rules, law data or engine; how many lines it has.

        receipt: JSON text as `receipt` gives it. Raises Problems for what is not a receipt and for each line
        that does not stand.
        """
        from routing.receipt import read_receipt
        from routing.receipt.proof_check import check_recorded_proof

        return check_recorded_proof(read_receipt(receipt, "receipt"))

    # Many needs at once

    def batch(self, as_of: Day | None = None, what: Literal["main", "whole"] = "whole") -> Batch:
        """Tables in, tables out, by these rules; needs the extra `batch`.

        as_of: the day of rows without. what: main, for status, main step and certainty alone, which is much
        faster, or whole. Raises Problems for another.
        """
        from routing.batch import Batch

        if what not in ("main", "whole"):
            raise Problems.of(f"`{what}` is not what a batch answers", fix=one_of(what, ("main", "whole")))
        return Batch(self._opened, given_day(as_of), what)

    def _record(self, case: CaseSource, name: str, day: date | None, in_part: bool) -> CaseRecord:
        source = source_of(case)
        if in_part and not isinstance(source, CaseRecord):
            return self._opened.read_in_part(source, name, day)[0]
        return self._opened.read(source, name, day)

    def _read(self, case: CaseSource, as_of: Day | None) -> tuple[CaseRecord, date]:
        given = given_day(as_of)
        read = self._opened.read(source_of(case), as_of=given)
        day = given or read.as_of
        if day is None:
            raise no_day()
        return read, day
