"""What the page remembers: for each browser that was let in, the states of its cases, in memory only.

A state never changes: an answer makes a new one under a new address. So `back`, `reload` and a second tab
show what they showed before. What is written in the papers of a case belongs to the case and to no state of
it: the newest words are found from each of its states, also after a fact was changed, and whatever is saved
or shared of a state is without them.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

from routing.core.domain import UNKNOWN
from routing.core.records import Record, field, replace

MOST_SESSIONS = 50
MOST_STATES = 500
MOST_CASES = 100  # of which the papers are remembered


class Answered(Record):
    """An answer. need: the id of the need; empty for the first."""

    fact: str
    value: str | tuple[str, ...]
    need: str = ""


class CaseDraft(Record):
    """A case in the making: the file it began from, and the answers since.

    day: the answer is for. case: the name of the first state, by which all states of a case know each other.
    at_start: how many of the answers were given on the first page, before the first question. undone: the
    answer that was taken back last, to be shown where it is asked again.
    """

    day: str
    file: Mapping[str, Any] = field(default_factory=dict)
    answers: tuple[Answered, ...] = ()
    case: str = ""
    at_start: int = 0
    undone: Answered | None = None

    @property
    def number(self) -> int:
        """The number of the question that is next; those of the first page have none."""
        return len(self.answers) - self.at_start + 1

    def begun(self) -> CaseDraft:
        """The same, where all that it holds was told on the first page."""
        return replace(self, at_start=len(self.answers))

    def with_answer(self, fact: str, value: str | tuple[str, ...], need: str = "") -> CaseDraft:
        return replace(self, answers=(*self.answers, Answered(fact, value, need)), undone=None)

    def back(self) -> CaseDraft:
        return replace(self, answers=self.answers[:-1], undone=self.answers[-1] if self.answers else None)

    def taken_back(self, fact: str, need: str) -> tuple[str, ...]:
        """What was answered to a question that is asked again, as its form says it."""
        if self.undone is None or (self.undone.fact, self.undone.need) != (fact, need):
            return ()
        value = self.undone.value
        return () if value == UNKNOWN else (value,) if isinstance(value, str) else value


class FieldWords(Record):
    """What an officer wrote in a field of a paper. lines: `unknown` alone where the field is to stay blank.

    instead: what the program had there; the words hold as long as it is the same.
    """

    lines: tuple[str, ...]
    instead: tuple[str, ...] = ()


Place = tuple[str, str]
"""Where something is written: a need, and a field of its papers."""
WHOLE_CASE = ""
"""Stands for a need where words hold for the papers of all of them, as long as none has its own."""


class Store:
    """The sessions, each with its states. The oldest are dropped where there are too many."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, OrderedDict[str, CaseDraft | str]] = OrderedDict()
        self._papers: OrderedDict[tuple[str, str], dict[Place, FieldWords]] = OrderedDict()
        self._lock = Lock()

    def admit(self) -> str:
        """The secret of a new session."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[secret] = OrderedDict()
            while len(self._sessions) > MOST_SESSIONS:
                self._forget(self._sessions.popitem(last=False)[0])
        return secret

    def _forget(self, session: str) -> None:
        for of_case in [key for key in self._papers if key[0] == session]:
            del self._papers[of_case]

    def session(self, secret: str) -> str | None:
        """The session of a cookie; None where there is none."""
        return secret if secret in self._sessions else None

    def keep(self, session: str, draft: CaseDraft | str) -> str:
        """The name under which a state, or what was told in somebody's own words, is found again."""
        name = secrets.token_urlsafe(9)
        if isinstance(draft, CaseDraft) and not draft.case:
            draft = replace(draft, case=name)
        with self._lock:
            kept = self._sessions[session]
            kept[name] = draft
            while len(kept) > MOST_STATES:
                kept.popitem(last=False)
        return name

    def find(self, session: str, name: str) -> CaseDraft | str | None:
        with self._lock:
            return self._sessions.get(session, OrderedDict()).get(name)

    def write(self, session: str, case: str, changes: Iterable[tuple[Place, FieldWords | None]]) -> None:
        """Keep what was written in papers of a case; None takes away what stood there."""
        with self._lock:
            kept = self._papers.setdefault((session, case), {})
            self._papers.move_to_end((session, case))
            for place, written in changes:
                kept.pop(place, None)
                if written is not None:
                    kept[place] = written
            while len(self._papers) > MOST_CASES:
                self._papers.popitem(last=False)

    def written(self, session: str, case: str) -> Mapping[Place, FieldWords]:
        """What is written in the papers of a case."""
        with self._lock:
            return dict(self._papers.get((session, case), {}))
