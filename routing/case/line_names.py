"""What the names of lines tell by themselves: who asks whom, a fact of which they say yes, what is beside
the point. Each gives the tree back under our own names, and says what it read so."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from routing.case.lifted import NEEDS
from routing.core.domain import NO, SHARE, YES
from routing.core.errors import quoted
from routing.core.records import Record
from routing.rulebook.denial import denials_in
from routing.rulebook.spelling import as_id, tidy
from routing.rulebook.words import (
    ASIDE,
    IS,
    KIND,
    LINE_KIND,
    LONGEST,
    MEASURE,
    NAME_LINE,
    STATE,
    YES_LINE,
    Words,
)
from routing.yaml.tree import Items, Mapping, Node, Text, blank, each_of, words_of_text

NOTE, PARTNER, PURPOSE = "note", "with", "purpose"
LONGEST_NAME = 6  # words of a State, with its form
SENTENCE = 3  # words from which on the name of a line may be a sentence
SAYS = {"yes": YES, "true": YES, "y": YES, "no": NO, "false": NO, "n": NO}
SET_ASIDE = re.compile(r"[\w ]{1,40}: ")
"""How a line begins that was set aside in the note: with the name that it had."""
Reads = Callable[[str, Node], bool]
"""Whether a line can say what is written after it: `with` a State, `measure` something that is sought."""
WithNotes = tuple[Mapping, tuple[str, ...]]


class Lines(Record):
    """What names of lines stand for.

    own_keys: the keys of a case and of a need. reads: which of them can say what is written. code: the State
    that is written. codes: every one that is named. needed: the line for when an answer is needed;
    tells_time: whether what is written names a time to come.
    """

    words: Words
    own_keys: Collection[str]
    reads: Reads
    code: Callable[[Node], str]
    codes: Callable[[Node], tuple[str, ...]]
    needed: str
    tells_time: Callable[[Node], bool]

    def meant(self, key: str) -> tuple[str, ...]:
        """What a key stands for that is not one of ours; empty where it is, or stands for nothing."""
        if key in self.own_keys:
            return ()
        name = as_id(key)
        singular = name.removesuffix("s")
        return next(((it,) for it in (name, singular) if it in self.own_keys), None) or self.words.line(key)

    def told_by(self, key: str) -> str:
        """What a name tells that is a whole sentence, as `topic=value`: `nobody asked us`, `he will flee
        tonight`; empty where it tells nothing, or may tell several things."""
        name = key.replace("_", " ")
        if key in self.own_keys or self.meant(key) or len(name.split()) < SENTENCE:
            return ""
        meanings = {
            f"{topic}{IS}{values[0]}"
            for topic in (*self.own_keys, KIND)
            for values in (self._whole_sentence(topic, name),)
            if len(values) == 1
        }
        return meanings.pop() if len(meanings) == 1 else ""

    def _whole_sentence(self, topic: str, text: str) -> tuple[str, ...]:
        """What a sentence stands for that is a phrase of the rules but for who does it, and a word at its
        end: `he wants to flee today`. Empty where it denies that."""
        if whole := self.words.whole(topic, text):
            return whole
        words = tidy(text[:LONGEST]).split()
        denied = denials_in(words)
        meanings = {
            mention.targets
            for mention in self.words.mentions(topic, text)
            if mention.start < 2 and len(words) - mention.end < 2 and mention.end - mention.start > 1
            if denied <= set(mention.phrase.split())
        }
        return meanings.pop() if len(meanings) == 1 else ()

    def names(self, key: str) -> tuple[str, ...]:
        return (key, *self.meant(key))

    def told_within(self, key: str, value: Node, stated: Collection[str]) -> tuple[str, ...]:
        """What a name that is none tells by words in it: the one line that can say what is written and that
        no other name says; empty where none or several can."""
        if blank(value) or words_of_text(value).lower() in SAYS:
            return ()
        named = self.words.within(NAME_LINE, key)
        fitting = tuple(name for name in named if name not in stated and self.reads(name, value))
        return fitting if len(fitting) == 1 else ()

    def kinds(self, key: str, value: Node) -> tuple[str, ...]:
        """The kinds of need that the name of a line tells; one that is for a State where that is written."""
        if PARTNER in self.meant(key) and not self.reads(PARTNER, value):
            return ()
        return self.words.whole(LINE_KIND, key.replace("_", " "))

    def asks_for(self, meant: tuple[str, ...], value: Node) -> bool:
        """Whether a line of these meanings says what is sought, and not what is done with what we have."""
        others = [name for name in meant if name not in (MEASURE, PURPOSE)]
        asks = MEASURE in meant and NOTE not in meant and self.reads(MEASURE, value)
        return asks and not any(self.reads(name, value) for name in others)

    def said_elsewhere(self, name: str, value: Node, entries: Collection[tuple[Text, Node]]) -> bool:
        """Whether another line means the same alone, and can say what is written there."""
        return any(
            written is not value and self.meant(key.value) == (name,) and self.reads(name, written)
            for key, written in entries
        )

    def same_place(self, name: str, value: Node, entries: Collection[tuple[Text, Node]]) -> bool:
        """Whether a line for a State names the one that a line of that name says already."""
        code = self.code(value) if name in (STATE, PARTNER) else ""
        return bool(code) and any(key.value == name and self.code(place) == code for key, place in entries)

    def is_state(self, value: Node) -> bool:
        """Whether a State is all that is written."""
        return bool(self.code(value)) and len(words_of_text(value).split()) < LONGEST_NAME

    def beside(self, key: str, value: Node) -> bool:
        """Whether nothing depends on a line: by its name, or as it says nothing of what its name may mean."""
        if key in self.own_keys:
            return False
        if self.words.whole(ASIDE, key.replace("_", " ")):
            return True
        meant = self.meant(key)
        others = [name for name in meant if name != NOTE]
        return NOTE in meant and bool(others) and not any(self.reads(name, value) for name in others)


def in_each_block(tree: Mapping, changed: Callable[[Node], Node]) -> Mapping:
    """The tree with itself and each of its needs changed."""
    top = changed(tree)
    assert isinstance(top, Mapping)
    return Mapping(
        tuple(
            (key, Items(tuple(map(changed, value.values)), value.line))
            if key.value == NEEDS and isinstance(value, Items)
            else (key, value)
            for key, value in top.entries
        ),
        top.line,
    )


def written_lines(tree: Mapping) -> Iterator[tuple[Text, Node]]:
    """Every line of the case and of its needs that is not blank."""
    listed = tree.get(NEEDS)
    for block in (tree, *(listed.values if isinstance(listed, Items) else ())):
        if isinstance(block, Mapping):
            yield from (entry for entry in block.entries if not blank(entry[1]))


def with_yes(tree: Mapping, lines: Lines) -> WithNotes:
    """The tree with each line that says yes to what its name tells as the fact with its value: `life in
    danger: yes`. A no tells nothing, and is said to."""
    read: dict[str, str] = {}
    nothing: dict[str, None] = {}

    def yes_told(key: Text, value: Node) -> str:
        """The fact and the value of a yes; empty where the line is another."""
        if key.value in lines.own_keys or words_of_text(value).lower() not in SAYS:
            return ""
        listed = lines.words.whole(YES_LINE, key.value.replace("_", " "))
        return next(iter(listed), "") or lines.told_by(key.value)

    def renamed(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        entries: list[tuple[Text, Node]] = []
        here = {
            name for key, value in node.entries if not yes_told(key, value) for name in lines.names(key.value)
        }
        for key, value in node.entries:
            meant = yes_told(key, value)
            name, _, says = meant.partition(IS)
            no = bool(meant) and SAYS[words_of_text(value).lower()] == NO
            if no and says in (YES, NO) and name not in here and not lines.meant(key.value):
                says, no = NO if says == YES else YES, False
            if no and not lines.meant(key.value):
                nothing[quoted(key.value)] = None
            elif no or not meant or name in here:
                entries.append((key, value))
            else:
                here.add(name)
                read[quoted(key.value)] = f"{name}: {says}"
                entries.append((Text(name, key.line), Text(says, value.line)))
        return Mapping(tuple(entries), node.line)

    tree = in_each_block(tree, renamed)
    note = f"lines that say yes: {', '.join(f'{key} as `{line}`' for key, line in read.items())}"
    as_nothing = f"a no tells nothing: {', '.join(nothing)}"
    return tree, (*((note,) if read else ()), *((as_nothing,) if nothing else ()))


def with_kind(tree: Mapping, lines: Lines) -> WithNotes:
    """The tree with the kind of need that the names of its lines tell, where it writes none: `they want` is
    of an answer, and `who asks` where a State is written, `we have` where no line says what is sought. It is
    said back; names that tell several kinds tell nothing."""
    written = [(key.value, lines.meant(key.value), value) for key, value in written_lines(tree)]
    if any(KIND in (key, *meant) for key, meant, _ in written):
        return tree, ()
    sought = any(lines.asks_for(meant or (key,), value) for key, meant, value in written)
    sharing = {
        key: kind
        for key, meant, value in written
        if not (sought and {MEASURE, NOTE} <= set(meant))
        for kind in lines.kinds(key, value)
    }
    sharing |= {
        words_of_text(value): kind
        for _, meant, value in written
        if PARTNER in meant and not lines.words.whole(STATE, words_of_text(value))
        for mention in lines.words.mentions(KIND, words_of_text(value))
        for kind in mention.targets
    }
    if len(set(sharing.values())) != 1:
        return tree, ()
    name, kind = next(iter(sharing.items()))
    entry = (Text(KIND, tree.line), Text(kind, tree.line))
    note = f"{quoted(name)} is read as `kind: {kind}`; write `kind:` with another if that is wrong"

    tree = Mapping((*tree.entries, entry), tree.line)
    return with_what_we_tell(tree, sharing) if kind == SHARE else tree, (note,)


def with_what_we_tell(tree: Mapping, names: Collection[str]) -> Mapping:
    """The tree with what is told another State as a note: no words in it are for what is sought. names: of
    the lines that tell it."""

    def noted(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        entries = (
            (Text(NOTE, key.line) if key.value in names and _is_sentence(value) else key, value)
            for key, value in node.entries
        )
        return Mapping(tuple(entries), node.line)

    return in_each_block(tree, noted)


def _is_sentence(value: Node) -> bool:
    return len(words_of_text(value).split()) > SENTENCE


def with_both(tree: Mapping, lines: Lines) -> WithNotes:
    """The tree with a line that says two things at once as both: `we are: police of a State`, of which
    neither the State nor the office is lost; the office alone where another line names the same State."""
    read: list[str] = []

    def parted(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        stated = {name for key, _ in node.entries for name in lines.names(key.value)[: 2 if key.value else 1]}
        entries: list[tuple[Text, Node]] = []
        for key, value in node.entries:
            meant = lines.meant(key.value)
            office = tuple(name for name in meant if name not in (STATE, PARTNER))
            both = len(meant) == 2 and len(office) == 1 and STATE in meant and isinstance(value, Text)
            if both and not blank(value) and all(lines.reads(name, value) for name in meant):
                names = office if _named_besides(node, key, value, lines) else meant
                read.append(", ".join(f"{quoted(key.value)} as `{name}`" for name in names))
                entries += [(Text(name, key.line), value) for name in names]
            else:
                entries.append((key, value))
        return Mapping(tuple(entries), node.line) if stated else node

    tree = in_each_block(tree, parted)
    return tree, (f"lines called otherwise here: {', '.join(read)}",) if read else ()


def _named_besides(block: Mapping, both: Text, value: Node, lines: Lines) -> bool:
    """Whether another line of a block names our State, the same that this one names."""
    return any(
        lines.names(key.value)[-1:] == (STATE,) and lines.code(beside) == lines.code(value)
        for key, beside in block.entries
        if key is not both and isinstance(beside, Text) and not blank(beside)
    )


def with_asides(tree: Mapping, lines: Lines) -> WithNotes:
    """The tree with what its lines tell that no way depends on, as an amount, in the note of their block,
    where also lines stand together that are several names for the note; what was set aside is said back."""
    aside: dict[str, None] = {}

    def gathered(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        noted: list[Node] = []
        entries = []
        first: Text | None = None
        any_aside = False
        named: list[str] = []
        for key, value in node.entries:
            is_aside = not blank(value) and lines.beside(key.value, value)
            if blank(value) or not (is_aside or key.value == NOTE or lines.meant(key.value) == (NOTE,)):
                entries.append((key, value))
                continue
            notes = each_of(value)
            if is_aside:
                any_aside = True
                aside[quoted(key.value)] = None
                notes = tuple(
                    Text(f"{key.value}: {it.value.strip()}", it.line) if isinstance(it, Text) else it
                    for it in notes
                )
            elif key.value != NOTE:
                named.append(quoted(key.value))
            first = first or key
            noted += notes
        if len(noted) > 1:
            aside.update(dict.fromkeys(named))
        if first is None or (len(entries) + 1 == len(node.entries) and not any_aside):
            return node
        note = noted[0] if len(noted) == 1 else Items(tuple(noted), first.line)
        return Mapping((*entries, (Text(NOTE, first.line), note)), node.line)

    tree = in_each_block(tree, gathered)
    return tree, (f"kept as a note and not read: {', '.join(aside)}",) if aside else ()


def kept_in_the_note(block: Mapping) -> tuple[Text, ...]:
    """The lines of other names that were set aside in the note of a block, each with its name."""
    lines = each_of(block.get(NOTE))
    return tuple(line for line in lines if isinstance(line, Text) and SET_ASIDE.match(line.value))
