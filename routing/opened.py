"""An opened rulebook that reads and routes cases as records: what every command and `routing.library` stand
on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from routing.case.checked import checked
from routing.case.danger_lines import tells_no_danger
from routing.case.in_part import read_in_part
from routing.case.model import Case, freeze
from routing.case.narrative import NOTHING, Narrative
from routing.case.reader import read_case
from routing.case.sentence_lines import as_lines, has_long_lines, has_sentences
from routing.case.unfinished import unfinished
from routing.core.answer_date import day_fault
from routing.core.cached import cached_property
from routing.core.errors import CaseProblems, Problem, Problems, RulebookProblems
from routing.core.limits import Limits, check_needs, limited
from routing.core.paths import rules_folder
from routing.core.records import replace
from routing.core.remembered import Remembered
from routing.evaluate.engine import new_engine
from routing.evaluate.findings import CrossCheckedEvaluator
from routing.law import Law
from routing.plan.build import build_plan
from routing.plan.model import Plan
from routing.proof.of_plan import check_need
from routing.rulebook.cache import open_rulebook
from routing.rulebook.files import still_says
from routing.rulebook.model import Rulebook
from routing.yaml.remarks import remarks_of
from routing.yaml.tree import Mapping as Tree
from routing.yaml.tree import Node, read_bytes, read_file, read_text, to_tree

PATH = re.compile(r"(?![{\[])(?!.*:\s).+\.(?:yaml|yml|json)")
"""Text that is the name of a file rather than a document: one line without a key and its value."""


@dataclass
class Router:
    """A rulebook with its law data, ready to route cases. Make one and keep it: it compiles rules once.

    limits: how much one answer may take; LimitReached is raised beyond them. evaluators: those that decide;
    made when they are first needed unless given.
    """

    rulebook: Rulebook
    law: Law
    limits: Limits = field(default_factory=Limits)
    evaluators: CrossCheckedEvaluator | None = field(default=None, repr=False, compare=False)
    _read_here: WeakValueDictionary[int, Case] = field(
        default_factory=WeakValueDictionary, init=False, repr=False, compare=False
    )
    """The cases that were read here and are still in use, by identity: they are not read again."""

    @classmethod
    def open(cls, rules: Path | None = None, *, cached: bool = True, isolate: bool = False) -> Router:
        """The router for a rules folder, or for the rules that come with the program.

        cached: whether what was compiled before may be used; otherwise all is read and compiled anew.
        isolate: whether the engine runs in a process of its own. Raises RulebookProblems when the rules
        cannot be used.
        """
        folder = rules_folder(rules)
        if cached:
            rulebook, law = open_rulebook(folder)
        else:
            from routing.rulebook.load import load_checked

            rulebook, law = load_checked(folder)
        if cached and not isolate:
            return cls(rulebook, law)
        return cls(rulebook, law, evaluators=CrossCheckedEvaluator(rulebook, new_engine(isolate), cached))

    @cached_property
    def strict(self) -> Router:
        """The same rules and data, of which nothing is presumed to go on after the day it was last seen."""
        return Router(self.rulebook, self.law.strictly(), self.limits, self.judge)

    @cached_property
    def judge(self) -> CrossCheckedEvaluator:
        return self.evaluators or CrossCheckedEvaluator(self.rulebook)

    def read(
        self,
        source: Case | Path | str | bytes | Mapping[str, object],
        name: str = "case",
        as_of: date | None = None,
    ) -> Case:
        """A case from a file, a document or a dictionary.

        source: a path; the bytes or text of a YAML or JSON document; a dictionary; or a Case. Text of one
        line that ends in `.yaml`, `.yml` or `.json` is a path; `key: value` makes it a document.
        as_of: the day from which weekdays are counted where the case gives none of its own.
        Raises CaseProblems naming every fault, LimitReached for a case of too many needs.
        """
        if isinstance(source, Case) and self._read_here.get(id(source)) is source:
            case = source
        else:
            with limited(self.limits):
                case = self._read(source, name, as_of)
            freeze(case)
            self._read_here[id(case)] = case
        check_needs(len(case.needs), self.limits)
        return case

    def read_in_part(
        self,
        source: Path | str | bytes | Mapping[str, object],
        name: str = "case",
        as_of: date | None = None,
    ) -> tuple[Case, tuple[Problem, ...]]:
        """A case without the lines that are not understood, where the answer can stand without them: of a
        file in our form those that tell no danger and no State, and are none of ours with a slip of the pen;
        of lines that somebody typed in a form of their own all. A note of the case says which were left out,
        and a fact of which the words are not read is open.

        source, name, as_of: as for `read`. With the case comes the fault of each line that was left out, none
        where every line was read. Raises CaseProblems with every fault where one of them cannot wait,
        LimitReached for a case of too many needs.
        """
        with limited(self.limits):
            case, left = self._read_in_part(source, name, as_of)
        freeze(case)
        self._read_here[id(case)] = case
        check_needs(len(case.needs), self.limits)
        return case, left

    def _read_in_part(
        self, source: Path | str | bytes | Mapping[str, object], name: str, as_of: date | None
    ) -> tuple[Case, tuple[Problem, ...]]:
        tree, name = self._tree(source, name, free=True)
        narrative = self._narrative(tree, as_of)
        written = Path(source) if isinstance(source, str) and PATH.fullmatch(source) else source
        remarks = () if isinstance(written, Mapping) else remarks_of(written)
        unsorted: Tree | None = None
        if isinstance(tree, Tree) and not narrative.read and has_long_lines(tree, self.rulebook.facts):
            unsorted = tree
        try:
            case, left = read_in_part(tree, name, self.rulebook, self.law.states, as_of, narrative, remarks)
        except CaseProblems:
            if unsorted is None:
                raise
            narrative = self._as_story(unsorted, as_of)  # no word shows a sentence, no line is understood
            case, left = read_in_part(tree, name, self.rulebook, self.law.states, as_of, narrative, remarks)
        else:
            if unsorted is not None and not all(problem.aside for problem in left):
                narrative = self._as_story(unsorted, as_of)
                as_story = read_in_part(tree, name, self.rulebook, self.law.states, as_of, narrative, remarks)
                case, left = min((case, left), as_story, key=lambda read: len(read[1]))
        return case, left

    def _read(
        self, source: Case | Path | str | bytes | Mapping[str, object], name: str, as_of: date | None
    ) -> Case:
        if isinstance(source, Case):
            return checked(source, name, self.rulebook, self.law.states)
        tree, name = self._tree(source, name)
        whole = self._narrative(tree, as_of)
        narrative = Narrative(kind=whole.kind, kind_words=whole.kind_words)
        return read_case(tree, name, self.rulebook, self.law.states, as_of, narrative)

    def _narrative(self, tree: Node, as_of: date | None) -> Narrative:
        """What the sentences among the lines of a case tell as a story."""
        if not isinstance(tree, Tree) or not has_sentences(
            tree, self.rulebook.facts, self.rulebook.words.story
        ):
            return NOTHING
        return self._as_story(tree, as_of)

    def _as_story(self, tree: Tree, as_of: date | None) -> Narrative:
        from routing.story.narrative import narrative_of

        unnamed = partial(tells_no_danger, self.rulebook)
        lines = as_lines(tree, self.rulebook.facts, self.rulebook.words.story, unnamed)
        return narrative_of(self, lines, as_of)

    def _tree(
        self, source: Path | str | bytes | Mapping[str, object], name: str, free: bool = False
    ) -> tuple[Node, str]:
        """The tree of a case in a source, and what the source is called. free: whether sentences may stand
        among its lines. Raises CaseProblems."""
        if isinstance(source, str) and PATH.fullmatch(source):
            source = Path(source)
        if not isinstance(source, (Path, Mapping, str, bytes)):
            message = (
                f"a case is a path, text, bytes, a dictionary or a Case, and this is {type(source).__name__}"
            )
            raise CaseProblems.of(message, name, fix="pass one of these")
        try:
            if isinstance(source, Path):
                tree, name = read_file(source, free=free), str(source)
            elif isinstance(source, Mapping):
                tree = to_tree(source)
            else:
                tree = (
                    read_text(source.removeprefix("\ufeff"), name, free=free)
                    if isinstance(source, str)
                    else read_bytes(source, name, free=free)
                )
        except Problems as error:
            raise not_read(error, source) from None
        return tree, name

    def begun(
        self, tree: Node, name: str, today: date
    ) -> tuple[dict[str, Any], date | None, tuple[str, ...]]:
        """What a file says of a case that may be unfinished, its lines under our own names; the day that it
        gives, if any; and notes on both.

        today: the day from which `yesterday` is counted. Raises CaseProblems for what is not a case, for a
        line that may mean several things, and for a day that is none.
        """
        if not isinstance(tree, Tree) or not tree.entries:
            fix = "write `key: value` lines; `routing new` writes a case to start from"
            raise CaseProblems.of("this is not a case", name, getattr(tree, "line", None), fix)
        return unfinished(tree, name, self.rulebook, self.law.states, today)

    def route(
        self,
        source: Case | Path | str | bytes | Mapping[str, object],
        as_of: date | str | None = None,
        strict_dates: bool = False,
    ) -> Plan:
        """The plan for a case.

        as_of: the day the answer is for, also as text; else the case's own. One of them must be given.
        strict_dates: take what a list last showed as not known of the days after it, as an auditor would;
        otherwise it goes on holding, and the plan tells its age.
        Raises CaseProblems, EvaluatorsDisagree, ProofFails, EngineFailure.
        """
        given = given_day(as_of)
        case = self.read(source, as_of=given)
        day = given or case.as_of
        if day is None:
            raise no_day()
        law = self.law.strictly() if strict_dates else self.law
        with limited(self.limits):
            return build_plan(case, self.judge, law, day, check_need)


def not_read(error: Problems, source: object) -> CaseProblems:
    """The faults of a case that cannot be read, with what to do where there is no such file."""
    gone = (
        isinstance(source, Path) and not any(problem.fix for problem in error.problems) and _is_gone(source)
    )
    fix = "name a case file that is there; `routing new FILE` writes one to fill in"
    return CaseProblems([replace(it, fix=fix) for it in error.problems] if gone else error.problems)


def _is_gone(path: Path) -> bool:
    try:
        return not path.exists()
    except (OSError, ValueError):
        return True


def given_day(given: object) -> date | None:
    """The day that a program gives. Raises CaseProblems for what is none."""
    if given is None:
        return None
    day = given.date() if isinstance(given, datetime) else given
    fault = day_fault(day) if isinstance(day, (date, str)) else "is not a day"
    if fault is not None:
        try:
            shown = " ".join(str(given).split())[:40]
        except ValueError:  # a number of more than some thousand digits
            shown = type(given).__name__
        raise CaseProblems.of(f"as_of: `{shown}` {fault}", fix="give the day that the answer is for")
    return date.fromisoformat(str(day))


def no_day() -> CaseProblems:
    """The fault of a case for which no day is given."""
    fix = "add `as_of: 2026-11-24` to the case, or pass as_of"
    return CaseProblems.of("no day is given to answer for", fix=fix)


_shared: Remembered[Path, Router] = Remembered(8)


def shared_router(rules: Path | str | None = None) -> Router:
    """The router for a rules folder, made once in a process for as long as the folder says the same."""
    folder = rules_folder(Path(rules) if isinstance(rules, str) else rules)
    kept = _shared.get(folder)
    if kept is None or not still_says(folder, kept.rulebook.hash):
        kept = _shared.keep(folder, Router.open(folder))
    return kept


def check_same_rules(rulebook: Rulebook, content: str) -> None:
    """Raises RulebookProblems where a worker opened other rules than those whose work it shares."""
    if rulebook.hash != content:
        message = "the rules changed while the work was shared out"
        raise RulebookProblems.of(message, rulebook.folder, fix="begin the work again")
