"""The program as a library: open a rulebook once, then route cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from routing.case.model import Case
from routing.case.reader import read_case
from routing.core.answer_date import day_fault
from routing.core.errors import CaseProblems, Problem, Problems
from routing.core.paths import rules_folder
from routing.evaluate.findings import CrossCheckedEvaluator
from routing.law import Law
from routing.plan import Plan, build_plan
from routing.proof.of_plan import check_need
from routing.rulebook.cache import open_rulebook
from routing.rulebook.model import Rulebook
from routing.yaml.tree import read_bytes, read_file, read_text, to_tree


@dataclass
class Router:
    """A rulebook with its law data, ready to route cases. Make one and keep it: it compiles rules once."""

    rulebook: Rulebook
    law: Law

    @classmethod
    def open(cls, rules: Path | None = None) -> Router:
        """The router for a rules folder, or for the rules that come with the program.

        Raises RulebookProblems when the rules cannot be used.
        """
        folder = rules_folder(rules)
        return cls(*open_rulebook(folder))

    @cached_property
    def strict(self) -> Router:
        """The same rules and data, of which nothing is presumed to go on after the day it was last seen."""
        strict = Router(self.rulebook, self.law.strictly())
        strict.judge = self.judge
        return strict

    @cached_property
    def judge(self) -> CrossCheckedEvaluator:
        return CrossCheckedEvaluator(self.rulebook)

    def read(
        self,
        source: Case | Path | str | bytes | Mapping[str, object],
        name: str = "case",
        as_of: date | None = None,
    ) -> Case:
        """A case from a file, a document or a dictionary.

        source: a path; the bytes or text of a YAML or JSON document; a dictionary; or a Case, as it is.
        as_of: the day from which weekdays are counted where the case gives none of its own.
        Raises CaseProblems naming every fault.
        """
        if isinstance(source, Case):
            return source
        try:
            if isinstance(source, Path):
                tree, name = read_file(source), str(source)
            elif isinstance(source, Mapping):
                tree = to_tree(source)
            else:
                tree = (
                    read_text(source.removeprefix("\ufeff"), name)
                    if isinstance(source, str)
                    else read_bytes(source, name)
                )
        except Problems as error:
            raise CaseProblems(error.problems) from None
        return read_case(tree, name, self.rulebook, self.law.states, as_of)

    def route(
        self,
        source: Case | Path | str | bytes | Mapping[str, object],
        as_of: date | None = None,
        strict_dates: bool = False,
    ) -> Plan:
        """The plan for a case.

        as_of: the day the answer is for; else the case's own. One of them must be given.
        strict_dates: take what a list last showed as not known of the days after it, as an auditor would;
        otherwise it goes on holding, and the plan tells its age.
        Raises CaseProblems, EvaluatorsDisagree, ProofFails, EngineFailure.
        """
        case = self.read(source, as_of=as_of)
        day = as_of or case.as_of
        if day is None:
            raise CaseProblems(
                [
                    Problem(
                        "no day is given to answer for",
                        fix="add `as_of: 2026-11-24` to the case, or pass as_of",
                    )
                ]
            )
        fault = day_fault(day)
        if fault is not None:
            raise CaseProblems([Problem(f"`{day}` {fault}", fix="give the day that the answer is for")])
        law = self.law.strictly() if strict_dates else self.law
        return build_plan(case, self.judge, law, day, check_need)


_shared: dict[Path, Router] = {}


def load_rulebook(rules: Path | None = None) -> Router:
    """The router for a rules folder, made once in a process for each folder."""
    folder = rules_folder(rules)
    if folder not in _shared:
        _shared[folder] = Router.open(folder)
    return _shared[folder]


def route(
    case: Case | Path | str | bytes | Mapping[str, object],
    *,
    rulebook: Router | None = None,
    as_of: date | None = None,
    strict_dates: bool = False,
) -> Plan:
    """The plan for a case: which channel, in which order, on what basis, and what is open.

    case: a path, a YAML or JSON document, a dictionary, or a Case.
    rulebook: from load_rulebook(); the rules that come with the program by default.
    as_of: the day the answer is for; else the case's own `as_of`.
    strict_dates: take what a list last showed as not known of the days after it.
    Raises CaseProblems when the case cannot be read, RulebookProblems when the rules cannot be
    used, EvaluatorsDisagree and EngineFailure when there is no answer to trust.
    """
    return (rulebook or load_rulebook()).route(case, as_of, strict_dates)
