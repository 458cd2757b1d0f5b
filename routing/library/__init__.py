"""The program as a library: what the command line offers, for programs.

Cases and plans are the models of `routing.model`; reasons, differences and changes are frozen records with a
`data()` for JSON; law look-ups give plain data. Days may be dates or text (`2026-11-24`), files paths or
text. The library has no clock: the day comes from the case or from `as_of`.
"""

from routing.library.arguments import CaseSource, Day
from routing.library.comparison import Comparison
from routing.library.functions import draft, load_rulebook, route
from routing.library.interview import Interview
from routing.library.router import Router
from routing.render import Format

__all__ = [
    "CaseSource",
    "Comparison",
    "Day",
    "Format",
    "Interview",
    "Router",
    "draft",
    "load_rulebook",
    "route",
]
