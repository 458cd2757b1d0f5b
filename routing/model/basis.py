"""What a step rests on: the facts that decided it, and the provisions."""

from __future__ import annotations

from typing import Annotated

from routing.case.facts import ORIGINS
from routing.core.domain import MARKS
from routing.core.kinds import OF_ROUTES
from routing.model.base import (
    FactName,
    Model,
    StateCode,
    described,
)
from routing.model.sources import SAYS_OF_ORIGIN
from routing.plan.model import Certainty, Part


class SupportingFact(Model):
    """A fact that decided something."""

    fact: Annotated[str, described("Id of the fact, or `tie:` and an instrument.")]
    value: Annotated[str, described("Its value, as the rulebook spells it.")]
    origin: Annotated[
        str,
        described(
            SAYS_OF_ORIGIN,
            json_schema_extra={"enum": list(ORIGINS)},
        ),
    ]
    source: Annotated[
        str,
        described(
            "For a looked-up value, the list or profile and its date; for a presumption, its reason; "
            "else empty."
        ),
    ] = ""


class Basis(Model):
    """A provision on which a step rests."""

    provision: Annotated[
        str,
        described(
            "Reference: id of the instrument and article, as `treaty 18(9)`; `routing law show` prints "
            "its text."
        ),
    ]
    instrument: Annotated[str, described("Short name of the instrument, for reading.")]
    article: Annotated[str, described("The article as it is cited, as `art. 18(9)`.")]
    role: Annotated[
        Part,
        described("`lead`: the power to ask or act; `support`: what goes with it."),
    ]
    kind: Annotated[
        str,
        described(
            "What the route under this provision rests on: `treaty`, also an agreement or a network; `law`; "
            "`arrangement`, what States or offices do without an instrument; `practice`; `policy`.",
            json_schema_extra={"enum": list(OF_ROUTES)},
        ),
    ]
    in_force_since: Annotated[
        str | None,
        described(
            "First day (year-month-day, or a year or month) on which it binds both States: the later "
            "of the two; null where it is not a treaty or the day is not known."
        ),
    ] = None
    source: Annotated[
        str | None,
        described(
            "Address that shows that the two States have this treaty of their own, `unsourced` where none "
            "is held; null for what `routing law show` prints."
        ),
    ] = None
    mark: Annotated[
        str,
        described(
            "How the provision was read: `text`, from the text itself; `copy`, from a private copy of it, "
            "as no official text is known; `secondary`, from another source; `unverified`.",
            json_schema_extra={"enum": list(MARKS)},
        ),
    ]
    certainty: Annotated[
        Certainty,
        described("`conditional` while it is open whether it binds or covers the case; else `confirmed`."),
    ] = "confirmed"
    waits_for: Annotated[
        tuple[FactName, ...],
        described("Facts and ties that decide whether it binds or covers; empty when confirmed."),
    ] = ()
    states: Annotated[
        tuple[StateCode, ...],
        described("Of several receiving States, the codes of those for which it is; empty where for all."),
    ] = ()
