"""Files into trees of text that remember their lines.

Every scalar is kept as the text that was written; the field it lands in gives it meaning.
That is how Norway's `NO`, Namibia's `NA` and article `12.10` survive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from routing.errors import Problem, Problems

LARGEST = 1_000_000
DEEPEST = 24
MOST_ITEMS = 100_000
# Control characters and the marks that reorder or hide text on a screen.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written. `absent` marks an empty or null value."""

    value: str
    line: int
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    values: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[tuple[Text, "Node"], ...]
    line: int

    def get(self, key: str) -> "Node | None":
        for name, node in self.entries:
            if name.value == key:
                return node
        return None

    def keys(self) -> list[str]:
        return [name.value for name, _ in self.entries]


Node = Text | Items | Mapping


def read_file(path: Path, largest: int = LARGEST) -> Node:
    """The tree in a YAML or JSON file.

    Raises Problems with file and line for anything that is no such tree.
    """
    try:
        size = path.stat().st_size
        if size > largest:
            raise Problems([_too_large(str(path), size, largest)])
        data = path.read_bytes()
    except OSError as error:
        raise Problems([Problem(f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}", str(path))]) from None
    return read_bytes(data, str(path), largest)


def read_bytes(data: bytes, name: str, largest: int = LARGEST) -> Node:
    """The tree in the bytes of a YAML or JSON document called `name`."""
    if len(data) > largest:
        raise Problems([_too_large(name, len(data), largest)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Problems([Problem("the file is not UTF-8 text", name, line, "save it as UTF-8")]) from None
    return read_text(text, name)


def read_text(text: str, name: str) -> Node:
    """The tree in a YAML or JSON document; JSON is read as the YAML it is."""
    bad = UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise Problems([
            Problem(f"character U+{ord(bad.group()):04X} cannot be seen and is not allowed", name, line, "delete it")
        ])
    if text.lstrip()[:1] in ("{", "["):
        text = _plain_json(text, name)
    try:
        _refuse_bombs(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = (error.problem or error.context or "not readable as YAML").split("\n")[0]
        raise Problems([
            Problem(f"not readable as YAML: {said}", name, mark.line + 1 if mark else None, "check indentation, colons and quotes")
        ]) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Problems([Problem(f"not readable as YAML: {str(error).splitlines()[0]}", name)]) from None
    if root is None:
        raise Problems([Problem("the file is empty", name, 1)])
    problems: list[Problem] = []
    tree = _convert(root, name, problems)
    if problems:
        raise Problems(problems)
    return tree


def _plain_json(text: str, name: str) -> str:
    """JSON is nearly YAML; tabs and escapes differ, so it is checked as JSON and laid out again line by line."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text  # flow-style YAML, or a fault that the YAML reader reports with its line
    return text.replace("\t", "    ").replace("\\/", "/")


def _too_large(name: str, size: int, largest: int) -> Problem:
    return Problem(f"the file has {size:,} bytes; at most {largest:,} are read", name, None, "split it or remove what is not needed")


def _refuse_bombs(text: str, name: str) -> None:
    """Refuse aliases, deep nesting and endless lists before a tree is built from them."""
    depth = items = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Problems([Problem("anchors and aliases (`&`, `*`) are not allowed", name, line, "write the value out, or quote the text")])
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST:
                raise Problems([Problem(f"nested more than {DEEPEST} levels deep", name, line, "flatten it")])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent):
            items += 1
            if items > MOST_ITEMS:
                raise Problems([Problem(f"more than {MOST_ITEMS:,} values", name, line, "split the file")])
        elif isinstance(event, yaml.DocumentStartEvent) and items:
            raise Problems([Problem("a second document begins here", name, line, "keep one document in a file")])


def _convert(node: Any, name: str, problems: list[Problem]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        plain = node.style is None
        return Text(node.value, line, plain and node.value in ("", "~", "null", "Null", "NULL"))
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_convert(item, name, problems) for item in node.value), line)
    entries: list[tuple[Text, Node]] = []
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem("a key must be a word", name, key_line, "quote it if it holds punctuation"))
            continue
        key = Text(key_node.value, key_line)
        if key.value in seen:
            problems.append(Problem(
                f"`{key.value}` is given twice, first on line {seen[key.value]}", name, key_line, "keep one of them"))
            continue
        seen[key.value] = key_line
        entries.append((key, _convert(value_node, name, problems)))
    return Mapping(tuple(entries), line)


def plain(node: Node) -> Any:
    """The tree as dictionaries, lists and text, without its lines."""
    if isinstance(node, Text):
        return None if node.absent else node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.values]
    return {key.value: plain(value) for key, value in node.entries}


def load_plain(path: Path, largest: int = 20_000_000) -> Any:
    """A trusted file of ours as dictionaries, lists and text (every scalar as written)."""
    return plain(read_file(path, largest))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    if isinstance(node, Items):
        for item in node.values:
            yield from walk(item)
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from walk(value)
