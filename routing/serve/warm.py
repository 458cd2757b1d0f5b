"""Made before the first answer: the compiled rules, the documents and the templates.

The engine compiles the rules of a channel when a case first comes near it; so one case of each group of measures is decided.

Who opens the printed address at once finds the program at work on it, and waits no longer than without it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread

from routing.api import Router
from routing.core.errors import RoutingError
from routing.papers.drafting import Desk

AS_OF = "2026-01-01"  # any day: the answer is thrown away


def warm(router: Router, lock: AbstractContextManager[object], more: Callable[[], None]) -> Thread:
    """Begin, beside what is served, to make what every answer needs. lock: of the engine. more: what else to
    make."""

    def work() -> None:
        states = [place.alpha3 for place in router.law.states]
        for measures in router.rulebook.in_groups().values():
            need = {"id": "need-1", "measure": measures[0].id, "with": states[-1]}
            try:
                with lock:  # given back after each, so that who asks meanwhile waits for one at most
                    Desk({"state": states[0], "as_of": AS_OF, "needs": [need]}, router)
            except RoutingError:
                return  # who asks is told
        more()

    thread = Thread(target=work, name="warm", daemon=True)
    thread.start()
    return thread
