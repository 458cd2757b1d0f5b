"""The data as programs see them: cases and plans as frozen pydantic models, every field described.

Inside, the program passes leaner records (`routing.case.model`, `routing.plan.model`), which a command builds
in a small part of the time. What a field means is written here and nowhere else; a test holds both forms
equal.
"""

from routing.model.case import Assumptions, Case, Need, Stated
from routing.model.plan import Plan

__all__ = ["Assumptions", "Case", "Need", "Plan", "Stated"]
