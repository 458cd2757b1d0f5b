"""What next: the questions that matter, in the order in which they settle most."""

from routing.analyse.interview.question import Option, Question
from routing.analyse.interview.session import Interview

__all__ = ["Interview", "Option", "Question"]
