"""The law as data: instruments, members, territories, declarations, ties and provisions."""

from routing.law.bilateral import BilateralTreaty
from routing.law.declarations import Declaration
from routing.law.instruments import Instrument
from routing.law.membership import MembershipList, MembershipRow
from routing.law.partial_dates import PartialDate
from routing.law.registry import Law
from routing.law.relation_names import TieName
from routing.law.standing import LastSeen, Standing, Status, Tie
from routing.law.states import StateEntry, StateMatch, States

__all__ = [
    "BilateralTreaty",
    "Declaration",
    "Instrument",
    "LastSeen",
    "Law",
    "MembershipList",
    "MembershipRow",
    "PartialDate",
    "Standing",
    "StateEntry",
    "StateMatch",
    "States",
    "Status",
    "Tie",
    "TieName",
]
