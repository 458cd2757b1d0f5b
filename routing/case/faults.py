"""What is wrong in a case, gathered while it is read, and what a reader of it knows meanwhile."""

from __future__ import annotations

from datetime import date

from routing.case.fitting_lines import danger_in
from routing.case.narrative import NOTHING, Narrative
from routing.core.errors import CaseProblems, Problem, quoted
from routing.core.printable import either_of
from routing.law.states import States
from routing.rulebook.model import Rulebook
from routing.yaml.tree import Node, Text, words_of_text

MOST_PROBLEMS = 200


class FaultReader:
    """Reads a case. problems: every fault so far. notes: what was read as another word."""

    narrative: Narrative = NOTHING
    """What the sentences of the case tell as a story, a danger among it."""

    def __init__(self, name: str, rulebook: Rulebook, states: States, as_of: date | None) -> None:
        self.name = name
        self.as_of = as_of
        self.rulebook = rulebook
        self.states = states
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.presumed: dict[str, str] = {}
        """What goes with the measure of the need that is read; of several meanings of a word it tells one."""
        self.sides: dict[str, str] = {}
        """The States of the need that is read, by side, as far as they are known: `own`, `requested`."""
        self.written_values: dict[str, str] = {}
        """What the need that is read says, as it is written."""

    def problem(
        self,
        message: str,
        line: int,
        fix: str | None = None,
        own_words: bool = False,
        aside: str = "",
        unread: str = "",
        of_whole: bool = False,
        fact: str = "",
    ) -> None:
        unread = unread or aside
        if aside and not self.narrative.read and (danger := danger_in(self.rulebook, aside)):
            fix, aside = f"write {either_of(danger)}; or {fix}", ""
        problem = Problem(message, self.name, line, fix, "", own_words, aside, unread, of_whole, fact)
        if problem in self.problems:
            return  # told of one need, where each of its measures has the line
        self.problems.append(problem)
        if len(self.problems) == MOST_PROBLEMS:
            # Looking for near words takes time; a file with this many faults is not a case.
            self.problems.append(
                Problem("more faults follow and are not listed", self.name, line, "correct these first")
            )
            raise self.faults()

    def faults(self) -> CaseProblems:
        return CaseProblems(sorted(self.problems, key=lambda problem: problem.line or 0))

    def single_word(self, what: str, node: Node) -> str | None:
        """The word in a node; None, with a fault, where there is none or more than one."""
        word = words_of_text(node)
        if not word:
            if isinstance(node, Text):
                self.problem(f"{quoted(what)} is empty", node.line, "fill it in, or leave it out")
            else:
                self.problem(f"{quoted(what)} takes one value", node.line, "write it on the same line")
        return word or None
