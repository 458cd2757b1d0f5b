"""Claim that time alone changes nothing: rules read the day through the law data and told dates alone, and
those last."""

from __future__ import annotations

from datetime import date

from routing.law import Law
from routing.verify.claims.registry import Claim
from routing.verify.lasting import departures, later_days
from routing.verify.solver.session import Broken, Examined, SolverSession


def _lasting(session: SolverSession) -> Examined:
    """No State's standing under any instrument changes after the data date but on a known day.

    A plan reads the day it is for through standings, profiles and the dates that a case tells, and through
    nothing else, so what lasts here lasts in every plan.
    """
    rulebook = session.rulebook
    if not rulebook.data_date:
        return Examined()
    first = date.fromisoformat(rulebook.data_date)
    law = Law.load(rulebook.source)
    return Examined(
        broken=[
            Broken(f"{departure.instrument} {departure.state}", f"time alone changes it: {departure}")
            for departure in departures(law, first, later_days(first))
        ]
    )


CLAIMS = (
    Claim(
        "lasting",
        "what the law data say on their day they say on every later day, but for known dates (INV-49)",
        _lasting,
        whole=True,
    ),
)
