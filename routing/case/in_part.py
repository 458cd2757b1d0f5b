"""A case without the lines that were not understood, where the answer can stand without them.

    goods: frozen shrimp, the weight is wrong

is no line of a case, and tells no danger and no State: it is left out and said back. A fact of which the
words are not read is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from routing.case.danger_lines import for_dangers_alone
from routing.case.fitting_lines import danger_in
from routing.case.lifted import NEEDS
from routing.case.line_names import PARTNER
from routing.case.model import Case
from routing.case.narrative import NOTHING, Narrative
from routing.case.reader import read_case
from routing.case.running_times import with_arrest_day
from routing.case.unread_words import told_once
from routing.core.domain import DANGER_UNREAD, FIRST_OF_ALL, LEFT_OUT, UNKNOWN
from routing.core.errors import CaseProblems, Problem, quoted
from routing.core.printable import either_of
from routing.core.records import replace
from routing.law.states import States
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import as_id
from routing.rulebook.state_names import states_in
from routing.rulebook.words import JOINED, KIND, LONGEST, MEASURE, STATE
from routing.yaml.free_lines import UNNAMED
from routing.yaml.tree import Items, Mapping, Node, Text, each_of, walk, words_of_text

TITLE = "title"
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
    typed = _typed_by_hand(tree)
    tree = with_arrest_day(tree, rulebook.words) if typed else tree
    cut = _Cut(rulebook, typed, narrative)
    while True:
        try:
            case = read_case(tree, name, rulebook, states, as_of, narrative)
        except CaseProblems as error:
            whole = whole or error
            rest = cut.without(tree, error.problems) if len(left) < MOST else None
            if rest is None:
                raise whole from None
            tree, words = rest
            left += (problem for problem in error.problems if problem not in cut.as_title)
            notes += (f"{LEFT_OUT}{line}" for line in words)
            notes += _not_covered(rulebook, error.problems)
        else:
            unread = (narrative.still(words) for words in cut.unread)
            notes += _dangers_unread(rulebook, case, unread)
            if typed:
                case = _with_dangers_open(rulebook, case, cut.dangers)
            return replace(case, notes=told_once((*notes, *case.notes), rulebook.measures)), tuple(left)


def _typed_by_hand(tree: Node) -> bool:
    """Whether somebody typed the lines of a case in a shape of their own: the form of the program lists needs
    as blocks under `needs`. Of what is typed no line stands in the way of the others."""
    listed = tree.get(NEEDS) if isinstance(tree, Mapping) else None
    return not any(isinstance(need, Mapping) for need in (*each_of(listed),))


def _with_dangers_open(rulebook: Rulebook, case: Case, dangers: Collection[str]) -> Case:
    """The case with each danger open of which a line tells that was not read, and no line that was."""
    stated = {*case.facts, *(name for need in case.needs for name in need.facts)}
    unread = {fact: UNKNOWN for fact in dangers if fact not in stated and fact in rulebook.facts}
    return replace(case, facts={**case.facts, **unread}) if unread else case


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


class _Cut:
    """What is cut out of the lines of a case. unread: the words of it; as_title: the faults of a first line
    that serves as the title; dangers: the facts for a danger that lines are for by their name."""

    def __init__(self, rulebook: Rulebook, typed: bool, narrative: Narrative) -> None:
        self.rulebook, self.typed, self.narrative = rulebook, typed, narrative
        self.unread: list[str] = []
        self.as_title: list[Problem] = []
        self.dangers: dict[str, None] = {}

    def without(self, tree: Node, problems: Iterable[Problem]) -> tuple[Node, tuple[str, ...]] | None:
        """The tree without what some problems are about, and what was left out; None where one of them
        cannot wait. Of lines that somebody typed each can, and only what the case lacks as a whole cannot.

        problems: of one reading of the tree.
        """
        left_out: list[str] = []
        lines: set[int] = set()
        changed = False
        every = tuple(problems)
        of_lines = tuple(it for it in every if not it.of_whole) if self.typed else every
        for problem in of_lines:
            line = problem.line or 0
            titled = _titled(tree, line) if self.typed else None
            if titled is not None:
                tree, changed = titled, True
                self.as_title.append(problem)
                self._note_danger([words_of_text(titled.get(TITLE))])
                continue
            cut_out: list[str] = []
            words = problem.aside or (problem.unread if self.typed else "")
            if words:
                tree = _cut(tree, words, line, cut_out)
            if not cut_out and self.typed and line not in lines:
                tree = self._without_line(tree, line, cut_out)
            if not cut_out and line not in lines:
                return None
            lines.add(line)
            self.unread += cut_out
            self._note_danger(cut_out)
            written = (it for it in cut_out if not it.endswith(f": {UNKNOWN}"))  # else told when it was cut
            left_out += (f"{quoted(it)} (line {line})" for it in written)
        return (tree, tuple(left_out)) if lines or changed else None

    def _note_danger(self, cut_out: Iterable[str]) -> None:
        """Note the dangers that lines are for by their name."""
        for text in cut_out:
            self.dangers |= dict.fromkeys(for_dangers_alone(self.rulebook, text.partition(":")[0]))

    def _without_line(self, node: Node, line: int, cut_out: list[str]) -> Node:
        """A block without what stands on a line: its value unknown where its name is that of a line, so that
        no other line takes its place; nothing of it where it says what is sought, or its name says none."""
        if not isinstance(node, Mapping):
            return node
        entries: list[tuple[Text, Node]] = []
        for key, value in node.entries:
            blocks = each_of(value)
            if not cut_out and any(isinstance(it, Mapping) for it in blocks) and isinstance(value, Items):
                within = tuple(self._without_line(it, line, cut_out) for it in blocks)
                if cut_out:
                    filled = tuple(it for it in within if not isinstance(it, Mapping) or it.entries)
                    entries.append((key, Items(filled, value.line)))
                    continue
            here = line in (key.line, *(it.line for it in each_of(value)))
            if here and not cut_out and not isinstance(value, Mapping) and not _is_unknown(value):
                value_words = "; ".join(filter(None, map(words_of_text, each_of(value)))) or "..."
                cut_out.append(f"{key.value}: {value_words}")
                meant = (as_id(key.value), *self.rulebook.words.line(key.value))
                if MEASURE not in meant and any(self._is_line(name) for name in meant):
                    entries.append((key, Text(UNKNOWN, key.line)))
            elif here and not cut_out:
                cut_out.append(f"{key.value}: {_all_text(value)}")
            else:
                entries.append((key, value))
        return Mapping(tuple(entries), node.line)

    def _is_line(self, name: str) -> bool:
        """Whether a case has a line of that name in which `unknown` can stand."""
        fact = self.rulebook.facts.get(name)
        return name in (STATE, PARTNER) or (fact is not None and fact.statable and fact.type != "text")


def _titled(tree: Node, line: int) -> Mapping | None:
    """A case with its first line, which is no `key: value`, as its title; None where that is another."""
    if not isinstance(tree, Mapping) or not tree.entries or tree.get(TITLE) is not None:
        return None
    first, value = tree.entries[0]
    if first.value != f"{UNNAMED} {line}" or not isinstance(value, Text):
        return None
    return Mapping(((Text(TITLE, line), value), *tree.entries[1:]), tree.line)


def _is_unknown(value: Node) -> bool:
    return words_of_text(value) == UNKNOWN


def _all_text(node: Node) -> str:
    """Everything that is written in a block, on one line."""
    return "; ".join(it.value for it in walk(node) if isinstance(it, Text) and it.value) or "..."


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
