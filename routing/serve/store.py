"""What the page remembers: for each browser that was let in, the states of its cases, in memory only.

A state never changes: an answer makes a new one under a new address. So `back`, `reload` and a second tab
show what they showed before.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from routing.core.records import Record, field

MOST_SESSIONS = 50
MOST_STATES = 500


class Answered(Record):
    """An answer. need: the id of the need; empty for the first."""

    fact: str
    value: str | tuple[str, ...]
    need: str = ""


class Draft(Record):
    """A case in the making: the file it began from, and the answers since. day: the answer is for."""

    day: str
    file: Mapping[str, Any] = field(default_factory=dict)
    answers: tuple[Answered, ...] = ()

    def with_answer(self, fact: str, value: str | tuple[str, ...], need: str = "") -> Draft:
        return Draft(self.day, self.file, (*self.answers, Answered(fact, value, need)))

    def back(self) -> Draft:
        return Draft(self.day, self.file, self.answers[:-1])


class Store:
    """The sessions, each with its states. The oldest are dropped where there are too many."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, OrderedDict[str, Draft | str]] = OrderedDict()
        self._lock = Lock()

    def admit(self) -> str:
        """The secret of a new session."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[secret] = OrderedDict()
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return secret

    def session(self, secret: str) -> str | None:
        """The session of a cookie; None where there is none."""
        return secret if secret in self._sessions else None

    def keep(self, session: str, draft: Draft | str) -> str:
        """The name under which a state, or what was told in somebody's own words, is found again."""
        name = secrets.token_urlsafe(9)
        with self._lock:
            kept = self._sessions[session]
            kept[name] = draft
            while len(kept) > MOST_STATES:
                kept.popitem(last=False)
        return name

    def find(self, session: str, name: str) -> Draft | str | None:
        with self._lock:
            return self._sessions.get(session, OrderedDict()).get(name)
