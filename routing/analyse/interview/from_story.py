"""An interview that begins with what a story was read as: what the story may mean is offered first, and what
it says is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from routing.analyse.interview import opening
from routing.analyse.interview.opening import DANGER, MORE, PARTS
from routing.analyse.interview.question import Option, Question
from routing.analyse.interview.session import Interview
from routing.core.domain import NO, UNKNOWN
from routing.core.printable import in_quotes
from routing.core.records import replace
from routing.rulebook.measures_meant import ASKED_OF_A_STATE
from routing.rulebook.words import KIND, MEASURE, STATE
from routing.story.dealing_sentences import CHASE
from routing.story.offered import WITH, Offered
from routing.story.open_parts import kinds_told, open_parts

if TYPE_CHECKING:
    from datetime import date

    from routing.opened import Router

NONE_OF_THESE = "other"
SHARED = ("kind", "with")
"""The parts of which one answer holds for all needs of which the story leaves the same open."""
Part = tuple[str, str]
"""A part of a case, and the need that it is of."""


class StoryInterview(Interview):
    """An interview over what a story tells."""

    offer: Offered
    _suggested: Mapping[Part, tuple[Option, ...]]
    _further: tuple[Option, ...]

    @classmethod
    def of_story(cls, router: Router, offer: Offered, data: Mapping[str, Any], as_of: date) -> Self:
        """An interview over what a story offers. data: the case that it was read as, which says nothing that
        is open."""
        parts, measures = open_parts(router, offer), router.rulebook.measures
        needs = [dict(need) for need in data.get("needs") or ()] if offer.needed else [_of_no_need(offer)]
        suggested: dict[Part, tuple[Option, ...]] = {}
        for part in parts:
            if part.need >= len(needs):
                continue  # a wish that no need answers: offered where it is asked what else is needed
            need = needs[part.need]
            need.pop(part.part, None)
            if part.part == KIND and MEASURE in need:
                need[KIND] = None  # left open, where `kind` left out would be a request
            if part.candidates:
                options = tuple(
                    _option(it.value, it.says, it.phrase) for it in part.candidates if it.value != CHASE
                )
                suggested[part.part, f"need-{part.need + 1}"] = options
        shared = {name: value for name, value in data.items() if name != STATE or value}
        interview = cls.resumed(router, {**shared, "needs": needs}, as_of)
        interview.offer, interview._suggested = offer, suggested
        also = {name: it.phrase for it in offer.perhaps for name in it.measures if offer.needed}
        interview._further = tuple(_option(name, measures[name].name, also[name]) for name in also)
        dangerous = any(fact in data for fact, _, _ in opening.dangers(router.rulebook))
        interview._done = frozenset(([DANGER] if dangerous else []) + ([] if also or offer.left else [MORE]))
        return interview

    def essential(self) -> Question | None:
        """The next part that must be asked for before a plan is made, last what else is needed where a wish
        of the story is left out; None where none is."""
        asked = next((asked for asked in map(self.open_part, self._data["needs"]) if asked), None)
        if asked is None and self.offer.left and MORE not in self._done:
            last = self._data["needs"][-1]
            return self._with_further(opening.more(self.router.rulebook, last["id"], last.get(KIND)))
        return asked

    def _part(self, name: str, need: Mapping[str, Any]) -> Question:
        asked = super()._part(name, need)
        measure = self.router.rulebook.measures.get(need.get(MEASURE, ""))
        if name == KIND and measure:
            kinds = measure.kinds or ASKED_OF_A_STATE
            asked = replace(asked, options=tuple(it for it in asked.options if it.value in kinds))
        across = {STATE: need.get(WITH), WITH: self._data.get(STATE)}.get(name)
        suggested = tuple(it for it in self._suggested.get((name, need["id"]), ()) if it.value != across)
        if not suggested or self._mark(name, need["id"]) in self._done:
            return asked
        named = {option.value for option in suggested}
        listed = tuple(option for option in asked.options if asked.type == "state")
        options = (*suggested, *(option for option in listed if option.value not in named))
        return replace(
            asked if asked.fact == name else opening.measure(need["id"], need.get(KIND), ()),
            options=(
                *options,
                Option(NONE_OF_THESE, "none of these; you may also write it in your own words"),
                Option(UNKNOWN, "go on without it"),
            ),
        )

    def question_of(self, fact: str) -> Question | None:
        need_id, _, name = fact.rpartition(".")
        if name not in PARTS:
            return super().question_of(name)
        return next(
            (self._part(name, each) for each in self._data["needs"] if need_id in ("", each["id"])), None
        )

    def _opening(self) -> Question | None:
        asked = super()._opening()
        return asked if asked is None or asked.fact != MORE else self._with_further(asked)

    def _with_further(self, asked: Question) -> Question:
        """What else is needed, first what the story may mean."""
        no, *groups = asked.options
        return replace(asked, options=(no, *self._further, *groups))

    def _put(self, fact: str, value: object, need_id: str | None) -> None:
        need = next((each["id"] for each in self._data["needs"] if need_id in (None, each["id"])), "")
        if fact in PARTS and value == NONE_OF_THESE:
            self._done |= {self._mark(fact, need)}
            return
        if fact == MEASURE and value == NO and len(self._data["needs"]) > 1:
            self._data["needs"] = [each for each in self._data["needs"] if each["id"] != need]
            return
        super()._put(fact, value, need_id)
        for each in self._data["needs"] if fact in SHARED else ():
            alike = self._suggested.get((fact, each["id"])) == self._suggested.get((fact, need))
            if alike and fact not in each:
                each[fact] = value

    @staticmethod
    def _mark(name: str, need: str) -> str:
        """What is noted once something else than what the story may mean is chosen."""
        return f"{NONE_OF_THESE}:{name}:{need}"


def _of_no_need(offer: Offered) -> dict[str, Any]:
    """What is known of a need of which the story does not say what it is."""
    kinds = tuple(kinds_told(offer))
    return {
        **({KIND: kinds[0]} if len(kinds) == 1 else {}),
        **({WITH: offer.partner} if offer.partner else {}),
    }


def _option(value: str, says: str, phrase: str) -> Option:
    return Option(value, f"{says} ({in_quotes(phrase)})" if phrase else says)
