"""Made before the first answer: the compiled rules, the documents and the templates.

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
        measure, states = next(iter(router.rulebook.measures)), [place.alpha3 for place in router.law.states]
        need = {"id": "need-1", "measure": measure, "with": states[-1]}
        with lock:
            try:
                Desk({"state": states[0], "as_of": AS_OF, "needs": [need]}, router)
            except RoutingError:
                return  # who asks is told
        more()

    thread = Thread(target=work, name="warm", daemon=True)
    thread.start()
    return thread
