"""An interview, for programs: one question at a time, and the plan so far."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from routing.case.model import Case as CaseRecord
from routing.library.arguments import checked_arguments
from routing.model.case import Case
from routing.model.convert import case_model, plan_model
from routing.model.plan import Plan
from routing.opened import Router as Opened

if TYPE_CHECKING:
    from routing.analyse.interview.question import Question
    from routing.analyse.interview.session import Interview as Session


@checked_arguments
class Interview:
    """One question at a time, until nothing that is unknown can change the answer. Raises as Router does."""

    def __init__(self, session: Session, remarks: tuple[str, ...] = ()) -> None:
        self._session, self._remarks = session, remarks

    @classmethod
    def _of_case(cls, opened: Opened, case: CaseRecord | None, as_of: date | None) -> Interview:
        """From the beginning, or from what a case leaves open."""
        from routing.analyse.interview.session import Interview as Begun

        return cls(Begun(opened, case, as_of))

    @classmethod
    def _of_story(cls, opened: Opened, story: str, as_of: date) -> Interview:
        """From what somebody tells, with what they have to hear first."""
        from routing.core.limits import limited
        from routing.render.case_told import interview_of
        from routing.render.told_head import in_danger, not_used
        from routing.story.offered import offered_by
        from routing.story.open_parts import completed

        with limited(opened.limits):
            offer = completed(opened, offered_by(opened, story, as_of))
        cut_off = offer.cut_off if offer.rest else ""
        first = (in_danger(opened, offer, story, as_of), cut_off, *not_used(opened, offer))
        return cls(interview_of(opened, offer, "story", as_of), tuple(filter(None, first)))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What somebody who told a story has to hear first: the call that cannot wait where somebody is in
        danger, and what of the story was not used. Empty for an interview that begins without one."""
        return self._remarks

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
