"""Files into trees of text that remember their lines.

Every scalar is kept as the text that was written; the field it lands in gives it meaning.
That is how a State's code `NO` or `NA` and article `12.10` survive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from contextlib import suppress
from datetime import date
from typing import Any

import yaml

from routing.core.errors import Problem, Problems, quoted
from routing.core.files import LARGEST, read_bounded, too_large
from routing.core.printable import UNPRINTABLE, small_first
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.yaml.free_lines import BULLET, EQUALS, NAME, NUMBER, lines_named

DEEPEST = 24
FEWEST_WORDS = 3  # of a line that is a sentence
MOST_ITEMS = 100_000
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|.)")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Text(Record):
    """A scalar as written. `absent` marks an empty or null value."""

    value: str
    line: int
    absent: bool = False


class Items(Record):
    values: tuple[Node, ...]
    line: int


class Mapping(Record):
    entries: tuple[tuple[Text, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        for name, node in self.entries:
            if name.value == key:
                return node
        return None

    def keys(self) -> list[str]:
        return [name.value for name, _ in self.entries]


Node = Text | Items | Mapping


def read_file(path: Location, largest: int = LARGEST, free: bool = False) -> Node:
    """The tree in a YAML or JSON file. free: as for `read_text`.

    Raises Problems with file and line for anything that is not such a tree.
    """
    return read_bytes(read_bounded(path, largest), str(path), largest, free)


def read_bytes(data: bytes, name: str, largest: int = LARGEST, free: bool = False) -> Node:
    """The tree in the bytes of a YAML or JSON document called `name`. free: as for `read_text`."""
    if len(data) > largest:
        raise Problems([too_large(name, len(data), largest)])
    return read_text(decoded(data, name), name, largest, free)


def decoded(data: bytes, name: str) -> str:
    """The text in some bytes. Raises Problems for what is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Problems.of("the file is not UTF-8 text", name, line, "save it as UTF-8") from None


def read_text(text: str, name: str, largest: int = LARGEST, free: bool = False) -> Node:
    """The tree in a YAML or JSON document; JSON is read as the YAML it is.

    free: whether, where it cannot be read otherwise, a line that is a sentence gets a name, `line 7`; dashes
    before lines are left out; a colon or a sign of YAML in what a line says is part of it; and a name that
    stands there again gets its number.
    """
    try:
        tree = _read(text, name, largest)
        shaped = isinstance(tree, Mapping) or not (free and _has_names(text))
        return _unnumbered(tree) if free and shaped else tree if shaped else _as_lines(text, name, largest)
    except Problems:
        if free:
            with suppress(Problems):
                return _as_lines(text, name, largest)
        raise


def _has_names(text: str) -> bool:
    """Whether a text that is no block of lines has lines with a name all the same."""
    return any(EQUALS.fullmatch(line) or BULLET.match(line) for line in text.split("\n"))


def _as_lines(text: str, name: str, largest: int) -> Node:
    return _unnumbered(_read(lines_named(text), name, largest))


def _unnumbered(tree: Node) -> Node:
    """A block whose lines are called without the number before their names, where none are alike then."""
    if not isinstance(tree, Mapping):
        return tree
    entries = tuple((Text(NUMBER.sub("", key.value), key.line), value) for key, value in tree.entries)
    alike = len({key.value for key, _ in entries}) < len(entries)
    return tree if alike else Mapping(entries, tree.line)


def _read(text: str, name: str, largest: int) -> Node:
    if len(text) > largest:
        raise Problems([too_large(name, len(text), largest)])
    bad = UNPRINTABLE.search(text)
    if bad:
        raise Problems([_unseen(bad.group(), name, text.count("\n", 0, bad.start()) + 1)])
    if text.lstrip()[:1] in ("{", "["):
        text = _plain_json(text)
    try:
        _refuse_bombs(text, name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        _refuse_as_json(text, name)
        mark = error.problem_mark or error.context_mark
        message = (error.problem or error.context or "not readable as YAML").split("\n")[0]
        if (
            mark
            and (text.splitlines() or [""])[min(mark.line, len(text.splitlines()) - 1)][
                : mark.column + 1
            ].lstrip(" ")[:1]
            == "\t"
        ):
            raise Problems.of(
                "not readable as YAML: the line begins with a tab", name, mark.line + 1, "use spaces"
            ) from None
        if mark and (sentence := _sentence(text.splitlines()[: mark.line + 1])):
            number, words = sentence
            message = f"{quoted(words)} is a sentence, not `name: value`"
            fix = "write what it says as such lines, danger first; nothing is read while it stands there"
            raise Problems([Problem(message, name, number, fix, own_words=True)]) from None
        raise Problems.of(
            f"not readable as YAML: {message}",
            name,
            min(mark.line, text.count("\n")) + 1 if mark else None,
            "check indentation, colons and quotes",
        ) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        raise Problems.of("not readable as YAML", name) from None
    if root is None:
        raise Problems.of(
            "the file is empty", name, 1, "fill it in; `routing new` writes a case to start from"
        )
    problems: list[Problem] = []
    tree = _convert(root, name, problems)
    if problems:
        raise Problems(problems)
    return tree


def _sentence(lines: list[str]) -> tuple[int, str] | None:
    """The last of some lines that is a sentence and has no name, with its number."""
    numbered = reversed(tuple(enumerate(lines, 1)))
    return next(((number, line.strip()) for number, line in numbered if _is_sentence(line)), None)


def _is_sentence(line: str) -> bool:
    return line[:1].isalpha() and len(line.split()) >= FEWEST_WORDS and not NAME.match(line)


def _refuse_as_json(text: str, name: str) -> None:
    """Tell the fault of a file that is called `.json` in the words of JSON."""
    if name.lower().endswith(".json"):
        try:
            json.loads(text)
        except json.JSONDecodeError as error:
            message = small_first(error.msg)
            raise Problems.of(
                f"not readable as JSON: {message}", name, error.lineno, "check commas, quotes and brackets"
            ) from None


def _plain_json(text: str) -> str:
    """JSON is nearly YAML: only tabs between values and two kinds of escapes differ. Its lines stay as they
    are."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text  # flow-style YAML, or a fault that the YAML reader reports with its line
    return _ESCAPE.sub(_unescaped, text.replace("\t", "    "))


def _unescaped(match: re.Match[str]) -> str:
    """A slash, or one character beyond the first 65,536, that JSON wrote as an escape; others stand."""
    escape = match.group()
    return str(json.loads(f'"{escape}"')) if escape == "\\/" or len(escape) > 2 else escape


def _unseen(character: str, name: str, line: int) -> Problem:
    return Problem(
        f"character U+{ord(character):04X} cannot be seen and is not allowed", name, line, "delete it"
    )


def _refuse_bombs(text: str, name: str) -> None:
    """Refuse aliases, tags, deep nesting and endless lists before a tree is built from them."""
    depth = items = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Problems.of(
                "anchors and aliases (`&`, `*`) are not allowed",
                name,
                line,
                "write the value out, or quote the text",
            )
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            items += 1
            if items > MOST_ITEMS:
                raise Problems.of(f"more than {MOST_ITEMS:,} values", name, line, "split the file")
            if event.tag is not None:
                raise Problems.of(
                    "tags (`!`) are not allowed", name, line, "write the value alone, or quote the text"
                )
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST:
                raise Problems.of(f"nested more than {DEEPEST} levels deep", name, line, "flatten it")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Problems.of("a second document begins here", name, line, "keep one document in a file")


def _convert(node: Any, name: str, problems: list[Problem]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        _see(node, name, problems)
        plain = not node.style  # the two loaders write "plain" differently
        return Text(node.value, line, plain and node.value in ("", "~", "null", "Null", "NULL"))
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_convert(item, name, problems) for item in node.value), line)
    entries: list[tuple[Text, Node]] = []
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(
                Problem("a key must be a word", name, key_line, "quote it if it holds punctuation")
            )
            continue
        _see(key_node, name, problems)
        key = Text(key_node.value, key_line)
        if key.value in seen:
            problems.append(
                Problem(
                    f"`{key.value}` is given twice, first on line {seen[key.value]}",
                    name,
                    key_line,
                    "keep one of them",
                )
            )
            continue
        seen[key.value] = key_line
        entries.append((key, _convert(value_node, name, problems)))
    return Mapping(tuple(entries), line)


def _see(node: Any, name: str, problems: list[Problem]) -> None:
    """An escape may stand for a character that the text itself may not hold."""
    bad = UNPRINTABLE.search(node.value)
    if bad:
        problems.append(_unseen(bad.group(), name, node.start_mark.line + 1))


def blank(node: Node) -> bool:
    """Whether nothing was written: a line of a form that was left empty."""
    return isinstance(node, Text) and node.absent


def each_of(node: Node | None) -> tuple[Node, ...]:
    """The members of a list, or the only node where it is none; nothing where there is no node."""
    return node.values if isinstance(node, Items) else () if node is None else (node,)


def words_of_text(node: Node | None) -> str:
    """What is written, without the blanks around it; empty where it is not a text."""
    return node.value.strip() if isinstance(node, Text) else ""


def plain(node: Node) -> Any:
    """The tree as dictionaries, lists and text, without its lines."""
    if isinstance(node, Text):
        return None if node.absent else node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.values]
    return {key.value: plain(value) for key, value in node.entries}


def to_tree(data: object, depth: int = 1) -> Node:
    """A program's dictionaries and lists as a tree, so that they are read like a file.

    Raises Problems for what no file can hold.
    """
    if isinstance(data, AbstractMapping | list | tuple | set | frozenset) and depth > DEEPEST:
        raise Problems.of(f"nested more than {DEEPEST} levels deep", fix="flatten it")
    if isinstance(data, AbstractMapping):
        entries = tuple((_text(key), to_tree(value, depth + 1)) for key, value in data.items())
        seen: set[str] = set()
        for key, _ in entries:
            if key.value in seen:
                raise Problems.of(
                    f"`{' '.join(key.value.split())[:60]}` is given twice", fix="keep one of them"
                )
            seen.add(key.value)
        return Mapping(entries, 0)
    if isinstance(data, list | tuple):
        return Items(tuple(to_tree(value, depth + 1) for value in data), 0)
    if isinstance(data, set | frozenset):
        return Items(tuple(sorted((to_tree(value, depth + 1) for value in data), key=repr)), 0)
    return _text(data)


def _text(data: object) -> Text:
    if data is None:
        return Text("", 0, absent=True)
    if isinstance(data, bool):
        return Text("yes" if data else "no", 0)
    try:
        word = data.isoformat() if isinstance(data, date) else str(data)
    except ValueError:  # a number of more than some thousand digits
        raise Problems.of(
            "a number is too large to be read", fix="write a whole number, or `unknown`"
        ) from None
    if fault := hidden_sign(word):
        raise Problems.of(fault, fix="delete it")
    return Text(word, 0)


def hidden_sign(text: str) -> str:
    """What is wrong with a text in which a character stands that cannot be seen; empty where none does."""
    bad = UNPRINTABLE.search(text)
    return f"character U+{ord(bad.group()):04X} cannot be seen and is not allowed" if bad else ""


def load_plain(path: Location, largest: int = 20_000_000) -> Any:
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
