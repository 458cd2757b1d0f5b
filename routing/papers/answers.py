"""What the officer answers: text, or a list of texts, by the key of a field; read from a file or a
dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from routing.core.errors import Problem, Problems, one_of
from routing.core.printable import printable
from routing.papers.model import Draft
from routing.yaml.tree import Items, Node, Text, plain, read_file, to_tree
from routing.yaml.tree import Mapping as Tree

LONGEST = 20_000
Answers = Mapping[str, tuple[str, ...]]


def read_answers(
    source: Path | Mapping[str, object] | None, fields: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """The answers in a YAML or JSON file, or a dictionary, each as its lines.

    A person or a thing may be a block of `key: value` lines, which is read as one line.
    fields: the keys that some document asks for. Raises Problems, all of them.
    """
    if source is None:
        return {}
    name = str(source) if isinstance(source, Path) else "the answers"
    tree = read_file(source) if isinstance(source, Path) else to_tree(source)
    if not isinstance(tree, Tree):
        fix = "write `file_no: 12/2026`"
        raise Problems.of("answers are lines of `key: value`", name, tree.line or None, fix)
    keys = tuple(dict.fromkeys(fields))
    answers: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for key, node in tree.entries:
        lines = tuple(_lines(node))
        if key.value not in keys:
            message = f"`{key.value}` is asked for by no paper"
            problems.append(Problem(message, name, key.line or None, one_of(key.value, keys, 6)))
        elif sum(map(len, lines)) > LONGEST:
            message = f"`{key.value}` is longer than {LONGEST} characters"
            problems.append(Problem(message, name, key.line or None, "attach it as an enclosure"))
        elif lines:
            answers[key.value] = lines
    if problems:
        raise Problems(problems)
    return answers


def _lines(node: Node) -> Iterable[str]:
    if isinstance(node, Text):
        return [line.strip() for line in node.value.splitlines() if line.strip()]
    if isinstance(node, Items):
        return [line for item in node.values for line in _item(item)]
    return _item(node)


def _item(node: Node) -> Iterable[str]:
    if not isinstance(node, Tree):
        return _lines(node)
    pairs = [(key.value.replace("_", " "), _word(plain(value))) for key, value in node.entries]
    return ["; ".join(f"{key}: {value}" for key, value in pairs if value)]


def _word(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_word(each)}" for key, each in value.items())
    return ", ".join(map(_word, value)) if isinstance(value, list) else " ".join(str(value or "").split())


def answers_text(answers: Answers, draft: Draft | None = None) -> str:
    """The answers as a file that `read_answers` reads.

    draft: the paper they are for; what it lacks, and what the program filled in, then follow as remarks to
    be made answers.
    """
    text = "".join(f"{key}: {_written(lines)}\n" for key, lines in answers.items()) or "{}\n"
    return text if draft is None else text + "".join(f"{line}\n" for line in _remarks(draft))


def _written(lines: tuple[str, ...]) -> str:
    return json.dumps(lines[0] if len(lines) == 1 else list(lines), ensure_ascii=False)


def _remarks(draft: Draft) -> Iterator[str]:
    """What is missing and what was filled in, a field a line, each under its key."""
    if draft.missing:
        yield "# Missing. Take the `# ` away and write the answer behind the colon, in quotes."
        yield from (f'# {item.key}: ""  # {printable(item.asks)}' for item in draft.missing)
    filled = {each.key: each for each in draft.fields() if each.status == "filled"}
    if filled:
        yield "# Filled in by the program. Correct what is wrong in the same way; `unknown` leaves it blank."
        yield from (f"# {key}: {_written(each.lines)}" for key, each in filled.items())
