"""The law as data: instruments, members, territories, declarations, ties and provisions."""

from routing.law.dates import PartialDate
from routing.law.declarations import Declaration
from routing.law.instruments import Instrument
from routing.law.membership import MembershipList, Row
from routing.law.registry import Law
from routing.law.standing import Standing, Status, Tie
from routing.law.states import Found, Place, States
from routing.law.ties import TieName

__all__ = [
    "Declaration",
    "Found",
    "Instrument",
    "Law",
    "MembershipList",
    "PartialDate",
    "Place",
    "Row",
    "Standing",
    "States",
    "Status",
    "Tie",
    "TieName",
]
