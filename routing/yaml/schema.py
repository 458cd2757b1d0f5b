"""What a tree may look like: shapes, and the reading of a tree against one.

Whatever does not fit is told with its line and left out, so that who reads the rest meets no surprise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from datetime import date

from routing.core.domain import NO, YES
from routing.core.errors import Problem, one_of
from routing.core.records import Record
from routing.yaml.tree import Items, Mapping, Node, Text

EMPTY = "give it a value, or take the line out"


class Word(Record):
    """One line of text. allowed: the words it may be; form: what it must match, and `like` how to write
    it."""

    allowed: tuple[str, ...] = ()
    form: Callable[[str], object] | None = None  # raises ValueError for what does not fit
    like: str = ""
    blank: bool = False


class WordOrList(Record):
    """A word, or a list of words. at: how many the list has to hold, where that is fixed."""

    allowed: tuple[str, ...] = ()
    blank: bool = False
    at: int | None = None


class Listed(Record):
    of: Schema
    blank: bool = False


class MapOf(Record):
    """A block with keys of the writer's choice."""

    of: Schema
    blank: bool = False


class Block(Record):
    """A block with fixed keys. what: how such a block is called."""

    what: str
    keys: AbstractMapping[str, Schema]
    needed: tuple[str, ...] = ()


class Open(Record):
    """Anything but nothing: it is read elsewhere."""

    blank: bool = False


class NameOrBlock(Record):
    """A word that stands for a block, or the block itself."""

    block: Block
    blank: bool = False


Schema = Word | WordOrList | Listed | MapOf | Block | Open | NameOrBlock


def _whole(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text):
        raise ValueError(text)
    return int(text)


def words_of(node: Node | None) -> tuple[str, ...]:
    """The words in a node that fits Words."""
    members = node.values if isinstance(node, Items) else (node,)
    return tuple(item.value.strip() for item in members if isinstance(item, Text) and not item.absent)


def _add(key: str, shape: Schema) -> str:
    allowed = shape.allowed if isinstance(shape, Word) else ()
    return f"add `{key}:`" + (f", {one_of('', allowed)}" if allowed else "")


TEXT = Word()
FLAG = Word((YES, NO))
DAY = Word(form=date.fromisoformat, like="a day, as 2013-05-17")
NUMBER = Word(form=_whole, like="a whole number")


@dataclass
class Validator:
    """The reading of one file against its shape. faults: what did not fit."""

    file: str
    faults: list[Problem] = field(default_factory=list)

    def fit(self, node: Node, shape: Schema, name: str = "this file", line: int = 0) -> Node | None:
        """The node without what does not fit; None where nothing of it does.

        name: what it is called in a fault. line: where its name stands, if not where it begins.
        """
        if isinstance(node, Text) and node.absent and not isinstance(shape, Block):
            if not shape.blank:
                self._tell("shape.empty", f"`{name}` is empty", node.line, EMPTY)
            return node if shape.blank else None
        if isinstance(shape, Word):
            return self._word(node, shape, name)
        if isinstance(shape, WordOrList):
            return self._words(node, shape, name)
        if isinstance(shape, Listed):
            return self._listed(node, shape, name)
        if isinstance(shape, MapOf):
            return self._each(node, shape, name)
        if isinstance(shape, NameOrBlock):
            return node if isinstance(node, Text) else self._block(node, shape.block, name, line)
        return self._block(node, shape, name, line) if isinstance(shape, Block) else node

    def _tell(self, id: str, message: str, line: int, fix: str) -> None:
        self.faults.append(Problem(message, self.file, line, fix, id))

    def _word(self, node: Node, shape: Word, name: str) -> Text | None:
        if not isinstance(node, Text):
            self._tell(
                "shape.word",
                f"`{name}` takes one word or line of text",
                node.line,
                "write it on the same line",
            )
            return None
        word = node.value.strip()
        if not word and not shape.blank:
            self._tell("shape.empty", f"`{name}` is empty", node.line, EMPTY)
            return None
        if shape.allowed and word not in shape.allowed:
            self._tell("shape.choice", f"`{word}` is not a `{name}`", node.line, one_of(word, shape.allowed))
            return None
        if shape.form is not None:
            try:
                shape.form(word)
            except ValueError:
                self._tell("shape.form", f"`{name}` is `{word}`", node.line, f"write {shape.like}")
                return None
        return node

    def _words(self, node: Node, shape: WordOrList, name: str) -> Node | None:
        if isinstance(node, Mapping):
            self._tell(
                "shape.words", f"`{name}` takes a word or a list of words", node.line, "write `[one, two]`"
            )
            return None
        members = node.values if isinstance(node, Items) else (node,)
        if isinstance(node, Text) and shape.at is None:
            return self._word(node, Word(shape.allowed), name)
        if not members and not shape.blank:
            self._tell("shape.empty", f"`{name}` is empty", node.line, EMPTY)
            return None
        if shape.at is not None and len(members) != shape.at:
            self._tell(
                "shape.form", f"`{name}` has {len(members)} words", node.line, f"write a list of {shape.at}"
            )
            return None
        kept = [self._word(item, Word(shape.allowed), name) for item in members]
        return Items(tuple(item for item in kept if item is not None), node.line)

    def _listed(self, node: Node, shape: Listed, name: str) -> Items | None:
        if not isinstance(node, Items):
            self._tell("shape.list", f"`{name}` takes a list", node.line, "start each line of it with `- `")
            return None
        if not node.values and not shape.blank:
            self._tell("shape.empty", f"`{name}` is empty", node.line, EMPTY)
        kept = [self.fit(item, shape.of, "" if isinstance(shape.of, Block) else name) for item in node.values]
        return Items(tuple(item for item in kept if item is not None), node.line)

    def _each(self, node: Node, shape: MapOf, name: str) -> Mapping | None:
        if not isinstance(node, Mapping):
            self._tell(
                "shape.block",
                f"`{name}` takes a block of `key: value` lines",
                node.line,
                "write `key: value` on each line",
            )
            return None
        if not node.entries and not shape.blank:
            self._tell("shape.empty", f"`{name}` is empty", node.line, EMPTY)
        return self._entries(node, [(key, value, shape.of) for key, value in node.entries])

    def _block(self, node: Node, shape: Block, name: str, line: int) -> Mapping | None:
        called = f"`{name}`" if name else shape.what
        if not isinstance(node, Mapping):
            self._tell(
                "shape.block",
                f"{called} takes a block of `key: value` lines",
                node.line,
                f"give {', '.join(shape.needed or shape.keys)}",
            )
            return None
        for key, _ in node.entries:
            if key.value not in shape.keys:
                self._tell(
                    "shape.key",
                    f"`{key.value}` is not part of {shape.what}",
                    key.line,
                    one_of(key.value, shape.keys),
                )
        for wanted in shape.needed:
            if node.get(wanted) is None:
                self._tell(
                    "shape.missing",
                    f"{called} has no `{wanted}`",
                    line or node.line,
                    _add(wanted, shape.keys[wanted]),
                )
        return self._entries(
            node,
            [(key, value, shape.keys[key.value]) for key, value in node.entries if key.value in shape.keys],
        )

    def _entries(self, node: Mapping, shaped: list[tuple[Text, Node, Schema]]) -> Mapping:
        kept = []
        for key, value, shape in shaped:
            fitted = self.fit(value, shape, key.value, key.line)
            if fitted is not None:
                kept.append((key, fitted))
        return Mapping(tuple(kept), node.line)
