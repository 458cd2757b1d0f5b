"""An interview, for programs: one question at a time, and the plan so far."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from routing.api import Router as Opened
from routing.case.model import Case as CaseRecord
from routing.library.arguments import checked_arguments
from routing.model.case import Case
from routing.model.convert import case_model, plan_model
from routing.model.plan import Plan

if TYPE_CHECKING:
    from routing.analyse.interview.question import Question


@checked_arguments
class Interview:
    """One question at a time, until nothing that is unknown can change the answer. Raises as Router does."""

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
        """Take an answer. An earlier answer is replaced.

        fact: as the question names it. value: one of its options, or the words, the number or the day that
        its type wants; `unknown` is always allowed. need: the id of the need that it is of; else of all.
        Raises CaseProblems, and takes nothing, where the value is not allowed.
        """
        self._session.answer(fact, value, need)

    def back(self) -> bool:
        """Take the last answer back; False when there is none."""
        return self._session.back()

    def left_out(self) -> tuple[str, ...]:
        """The needs that the plan leaves out, each with what is not known of it, in words."""
        return self._session.left_out()

    def plan(self) -> Plan:
        """The plan so far. Raises CaseProblems while there can be none."""
        return plan_model(self._session.plan())

    def file_text(self) -> str:
        """The case so far as a case file."""
        return self._session.file_text()
