"""A case without the lines that were not understood, where the answer can stand without them.

    goods: frozen shrimp, the weight is wrong

is no line of a case, and tells no danger and no State: it is left out and said back. A fact of which the
words are not read is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from routing.case.fitting_lines import danger_in
from routing.case.model import Case
from routing.case.narrative import NOTHING, Narrative
from routing.case.reader import read_case
from routing.case.unread_words import told_once
from routing.core.domain import DANGER_UNREAD, FIRST_OF_ALL, LEFT_OUT, UNKNOWN
from routing.core.errors import CaseProblems, Problem, quoted
from routing.core.records import replace
from routing.law.states import States
from routing.rulebook.measures_meant import either_of
from routing.rulebook.model import Rulebook
from routing.rulebook.state_names import states_in
from routing.rulebook.words import JOINED, KIND, LONGEST, MEASURE
from routing.yaml.tree import Items, Mapping, Node, Text, words_of_text

MOST = 20
"""Lines of a case without which it is still read; one of which more are not understood is not that case."""


def read_in_part(
    tree: Node,
    name: str,
    rulebook: Rulebook,
    states: States,
    as_of: date | None = None,
    narrative: Narrative = NOTHING,
    remarks: Iterable[str] = (),
) -> tuple[Case, tuple[Problem, ...]]:
    """The case in a tree without the lines that are not understood, where the answer can stand without them,
    with a note that says which; and what each of them lacks.

    remarks: what stands in the file after `#`, which is not read.

    Raises CaseProblems with every fault of the whole where one of them cannot wait.
    """
    whole: CaseProblems | None = None
    left: list[Problem] = []
    notes = list(_remarks_that_tell(rulebook, states, remarks))
    unread: list[str] = []
    while True:
        try:
            case = read_case(tree, name, rulebook, states, as_of, narrative)
        except CaseProblems as error:
            whole = whole or error
            rest = _without(tree, error.problems) if len(left) < MOST else None
            if rest is None:
                raise whole from None
            tree, words = rest
            left += error.problems
            unread += words
            notes += (f"{LEFT_OUT}{line}" for line in words)
            notes += _not_covered(rulebook, error.problems)
        else:
            notes += _dangers_unread(rulebook, case, map(narrative.still, unread))
            return replace(case, notes=told_once((*notes, *case.notes), rulebook.measures)), tuple(left)


def _remarks_that_tell(rulebook: Rulebook, states: States, remarks: Iterable[str]) -> Iterator[str]:
    """A note on the remarks that name a State, a danger, a kind of need or what is sought."""
    words = rulebook.words
    for remark in remarks:
        named = any(words.mentions(topic, remark) for topic in (MEASURE, KIND))
        if named or danger_in(rulebook, remark) or states_in(remark[:LONGEST], words, states):
            yield f"{LEFT_OUT}{quoted(f'# {remark}')} (what stands after # is not read)"


def _not_covered(rulebook: Rulebook, problems: Iterable[Problem]) -> Iterator[str]:
    """What to do about that which a line asks for and no measure covers, as a rescue at sea."""
    for problem in problems:
        if beyond := rulebook.words.outside(problem.aside):
            yield f"{FIRST_OF_ALL}{rulebook.warnings[beyond].says}"


def _dangers_unread(rulebook: Rulebook, case: Case, unread: Iterable[str]) -> tuple[str, ...]:
    """A note on the dangers that a line may tell which is not used, where nothing else tells of one."""
    stated = {*case.facts, *(name for need in case.needs for name in need.facts)}
    read = (line for text in unread for line in danger_in(rulebook, text))
    dangers = tuple(dict.fromkeys(line for line in read if line.split(":")[0] not in stated))
    where = "in a line that is not used"
    return (f"{DANGER_UNREAD}, {where}: write {either_of(dangers)} if it is so",) if dangers else ()


def _without(tree: Node, problems: Iterable[Problem]) -> tuple[Node, tuple[str, ...]] | None:
    """The tree without what some problems are about, and what was left out; None where one
    of them cannot wait.

    problems: of one reading of the tree.
    """
    left_out: list[str] = []
    for problem in problems:
        if not problem.aside:
            return None
        cut_out: list[str] = []
        tree = _cut(tree, problem.aside, problem.line or 0, cut_out)
        if not cut_out:
            return None
        left_out += (f"{quoted(words)} (line {problem.line})" for words in cut_out if words not in left_out)
    return tree, tuple(left_out)


def _cut(node: Node, words: str, line: int, cut_out: list[str]) -> Node:
    """A block without the line of that name, or with the words after a name made unknown.

    cut_out: gets them."""
    if not isinstance(node, Mapping):
        return node
    entries: list[tuple[Text, Node]] = []
    for key, value in node.entries:
        if key.line == line and key.value == words:
            cut_out.append(f"{words}: {words_of_text(value) or '...'}")
        elif isinstance(value, Items):
            entries.append((key, _of_list(value, words, line, cut_out)))
        elif isinstance(value, Text) and value.line == line and words in value.value:
            cut_out.append(f"{key.value}: {words}")
            entries.append((key, Text(_rest(value.value, words) or UNKNOWN, line)))
        else:
            entries.append((key, _cut(value, words, line, cut_out)))
    return Mapping(tuple(entries), node.line)


def _of_list(listed: Items, words: str, line: int, cut_out: list[str]) -> Node:
    """A list without what is written there; unknown where nothing is left of it."""
    values: list[Node] = []
    for value in listed.values:
        if isinstance(value, Text) and value.line == line and words in value.value:
            cut_out.append(words)
            if rest := _rest(value.value, words):
                values.append(Text(rest, line))
        else:
            cut = _cut(value, words, line, cut_out)
            sought = cut.get(MEASURE) if isinstance(cut, Mapping) else None
            nothing = sought is not None and cut != value and words_of_text(sought) == UNKNOWN
            if not (nothing and len(listed.values) > 1):  # a need of which nothing was understood
                values.append(cut)
    return Items(tuple(values), listed.line) if values else Text(UNKNOWN, listed.line)


def _rest(text: str, words: str) -> str:
    """A text without one of the parts that are joined in it; empty where it is no such part."""
    parts = [part.strip() for part in JOINED.split(text.strip()) if part and part.strip()]
    return ", ".join(part for part in parts if part != words) if words in parts else ""
