"""Made before the first answer: the compiled rules, the documents and the templates.

The engine compiles the rules of a channel when a case first comes near it; so one case of each group of
measures is decided.

Who opens the printed address at once finds the program at work on it, and waits no longer than without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from threading import Thread

from routing.core.domain import Measure
from routing.core.errors import RoutingError
from routing.core.remembered import MadeOf
from routing.opened import Router
from routing.papers.drafting import Desk
from routing.rulebook.model import Rulebook

AS_OF = "2026-01-01"  # any day: the answer is thrown away


def _first_of_each_group(rulebook: Rulebook) -> Iterator[Measure]:
    return iter([measures[0] for measures in rulebook.in_groups().values()])


LEFT: MadeOf[Rulebook, Iterator[Measure]] = MadeOf(4, _first_of_each_group)
"""The measures of which no case was decided yet, of the rulebooks opened last: each is decided once."""


def warm(router: Router, lock: AbstractContextManager[object], more: Callable[[], None]) -> Thread:
    """Begin, beside what is served, to make what every answer needs. lock: of the engine. more: what else to
    make."""

    def work() -> None:
        states = [place.alpha3 for place in router.law.states]
        for measure in LEFT(router.rulebook):
            need = {"id": "need-1", "measure": measure.id, "with": states[-1]}
            with lock, suppress(RoutingError):  # who asks is told; the lock is given back after each
                Desk({"state": states[0], "as_of": AS_OF, "needs": [need]}, router)
        more()

    thread = Thread(target=work, name="warm", daemon=True)
    thread.start()
    return thread
