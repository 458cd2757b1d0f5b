"""What can go wrong, said so that a tired person can act on it.

    RoutingError
    ├── Problems               faults in what a person wrote, all at once
    │   ├── CaseProblems       the case cannot be read
    │   ├── RulebookProblems   the rulebook, or an overlay, cannot be used
    │   └── LimitReached       an answer would take more needs, time or memory than it may
    └── NoAnswer               there is no answer to trust
        ├── EvaluatorsDisagree the two evaluators reached different findings
        ├── ProofFails         a step of the plan's proof does not follow
        └── EngineFailure      the rule engine did not finish

Each can be pickled and is whole in another process.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self
from warnings import warn

from routing.core.printable import LONGEST, printable, said_back
from routing.core.records import Record, force_setattr


class Problem(Record):
    """One fault in something a person wrote.

    message: the fault, lower case, one sentence, the writer's words in backticks.
    file, line: where it stands, when known (line counts from 1).
    fix: what to do about it.
    id: of a fault in the rules, the finding it is an instance of, as `rule.no-basis`.
    own_words: whether a person told something in words of their own where the program knows no such line.
    aside: the words that were not understood, where the answer can stand without them; empty elsewhere.
    unread: the words that were not understood, also where a danger may be among them; empty where not known.
    of_whole: whether it is a fault of the case as a whole, and of no line by itself.
    fact: the fact of which the words that were not understood are no value; empty elsewhere.
    """

    message: str
    file: str | None = None
    line: int | None = None
    fix: str | None = None
    id: str = ""
    own_words: bool = False
    aside: str = ""
    unread: str = ""
    of_whole: bool = False
    fact: str = ""

    def __post_init__(self) -> None:
        """The message is fit for every screen, whoever wrote the words in it and wherever it is shown."""
        for name in ("message", "fix"):
            if text := getattr(self, name):
                force_setattr(self, name, printable(said_back(text)))

    @property
    def said(self) -> str:
        """The message, by the name that it had before; goes with the next major version."""
        warn("`Problem.said` is now `Problem.message`", DeprecationWarning, stacklevel=2)
        return self.message

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        fix, finding = f" ({self.fix})" if self.fix else "", f" [{self.id}]" if self.id else ""
        return printable(place + self.message + fix + finding)


class RoutingError(Exception):
    """Everything that the program raises on purpose."""


class NoAnswer(RoutingError):
    """There is no answer to trust."""


class Problems(RoutingError):
    """Every fault found in one reading, together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of(
        cls,
        fault: str,
        file: str | None = None,
        line: int | None = None,
        fix: str | None = None,
        id: str = "",
    ) -> Self:
        """With a single fault."""
        return cls([Problem(fault, file, line, fix, id)])

    def __reduce__(self) -> tuple[type[Problems], tuple[tuple[Problem, ...]], dict[str, object]]:
        """Whole in another process too, with the notes on it."""
        return type(self), (self.problems,), vars(self)


class CaseProblems(Problems):
    """The case cannot be read."""


class RulebookProblems(Problems):
    """The rulebook cannot be used."""


class LimitReached(Problems):
    """An answer would take more than it may."""


class EvaluatorsDisagree(NoAnswer):
    """The two evaluators reached different findings, so there is no answer."""


class ProofFails(NoAnswer):
    """A step of a plan's proof does not follow, so there is no answer."""


class EngineFailure(NoAnswer):
    """The rule engine did not finish its work, so there is no answer."""


def quoted(word: str) -> str:
    """The writer's own words on one line, at a length that can be read."""
    return f"`{printable(' '.join(word.split())[:LONGEST])}`"


def closest_spelling(word: str, words: Iterable[str]) -> str | None:
    """The known word most like `word`, if one is near enough to be meant."""
    import difflib  # only a fault needs it

    matches = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return matches[0] if matches else None


def one_of(word: str, words: Iterable[str], limit: int = 12) -> str:
    """The fix for a word that is not known: the nearest match, then the allowed ones."""
    allowed = sorted(words)
    near = closest_spelling(word, allowed)
    shown = ", ".join(allowed[:limit]) + (", ..." if len(allowed) > limit else "")
    return (f"did you mean `{near}`? " if near else "") + f"allowed: {shown}"
