"""A user's own data: one file, taken apart into the files of a rules folder.

So it is read and checked as strictly as our own. Each piece keeps the line numbers of the user's file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from routing.core.errors import Problem, Problems, RulebookProblems, one_of
from routing.core.files import read_bounded
from routing.core.records import Record
from routing.law.membership import HEAD
from routing.law.office_rows import AUTHORITIES, LANGUAGES
from routing.yaml.tree import Items, Mapping, Node, Text, read_bytes

NAME = re.compile(r"[a-z][a-z0-9]{1,30}")
WHOLE = {  # a section, and the file it becomes
    "facts": "facts/with-{}.yaml",
    "routes": "routes/with-{}.yaml",
    "rules": "reasoning/with-{}.yaml",
    "warnings": "wording/with-{}-warnings.yaml",
    "duties": "wording/with-{}-duties.yaml",
    "limits": "wording/with-{}-limits.yaml",
}
EACH = {"provisions": "instruments/{1}.yaml", "states": "states/{1}.with-{0}.yaml"}  # one file for each entry
TABLES = {  # a section of rows, the table it becomes, and the cells of a row
    "offices": ("offices/authorities.with-{}.csv", AUTHORITIES),
    "languages": ("offices/languages.with-{}.csv", LANGUAGES),
}
MORE = {
    "instruments": "instruments.yaml",
    "membership": "membership/{}.csv",
}  # what follows on a file of ours
BEGINS = {  # how the names that an overlay adds begin
    "facts": "{}_",
    "warnings": "{}_",
    "duties": "{}_",
    "limits": "{}_",
    "instruments": "{}-",
    "provisions": "{}-",
}
HEADLINE = ("overlay", "says")


Fault = Callable[[str, int, str], None]


class Overlay(Record):
    """name: begins every name that it adds. says: what it is. files: what it becomes, by path inside the
    folder.

    more: what follows on files of ours, each line at the number that it has in the user's file.
    """

    name: str
    says: str
    path: Path
    digest: str
    files: dict[str, str]
    more: dict[str, str]


def read_overlay(path: Path) -> Overlay:
    """The pieces of a user's file. Raises RulebookProblems, all of them, with their lines."""
    try:
        data = read_bounded(path)
        tree = read_bytes(data, str(path))
    except Problems as error:
        raise RulebookProblems(error.problems) from None
    problems: list[Problem] = []

    def fault(message: str, line: int, fix: str) -> None:
        problems.append(Problem(message, str(path), line, fix, "overlay.form"))

    if not isinstance(tree, Mapping):
        raise RulebookProblems.of(
            "an overlay is a list of sections", str(path), 1, "begin with `overlay: NAME`", "overlay.form"
        )
    head = {key: tree.get(key) for key in HEADLINE}
    name = head["overlay"].value if isinstance(head["overlay"], Text) else ""
    if not NAME.fullmatch(name):
        fault(
            f"`{name}` is not a name for an overlay" if name else "the overlay has no name",
            head["overlay"].line if head["overlay"] else 1,
            "write `overlay: NAME` with 2 to 31 letters a to z and digits, a letter first",
        )
    if not isinstance(head["says"], Text) or not head["says"].value.strip():
        fault(
            "the overlay does not say what it is",
            head["says"].line if head["says"] else 1,
            "add `says:` with one sentence",
        )
    files: dict[str, str] = {}
    more: dict[str, str] = {}
    for key, node in tree.entries:
        _begins(key, node, name, fault)
        if key.value in WHOLE:
            whole = node if key.value == "rules" else Mapping(((key, node),), key.line)
            files[WHOLE[key.value].format(name)] = _yaml(whole)
        elif key.value in EACH or key.value == "membership":
            for entry, body in _named(key, node, fault):
                if key.value == "membership":
                    more[MORE["membership"].format(entry.value)] = _table(body, fault, HEAD)
                else:
                    files[EACH[key.value].format(name, entry.value)] = _yaml(
                        _owned(entry, body) if key.value == "provisions" else body
                    )
        elif key.value in TABLES:
            file, cells = TABLES[key.value]
            files[file.format(name)] = _table(node, fault, cells, ",".join(cells))
        elif key.value == "instruments":
            more[MORE["instruments"]] = _entries(_named(key, node, fault), name)
        elif key.value not in HEADLINE:
            fault(
                f"`{key.value}` is not a section of an overlay",
                key.line,
                one_of(key.value, (*HEADLINE, *WHOLE, *EACH, *TABLES, *MORE)),
            )
    if problems:
        raise RulebookProblems(problems)
    says = head["says"].value if isinstance(head["says"], Text) else ""
    return Overlay(
        name,
        " ".join(says.split()),
        path.resolve(),
        hashlib.sha256(data).hexdigest(),
        files,
        more,
    )


def _begins(key: Text, node: Node, name: str, fault: Fault) -> None:
    """Every name that an overlay adds begins with its own, so that it can take no name of ours and is always
    seen to be the user's."""
    if key.value in BEGINS:
        begin, names = (
            BEGINS[key.value].format(name),
            [entry for entry, _ in node.entries] if isinstance(node, Mapping) else [],
        )
    elif key.value == "rules":
        begin, names = f"{name}.", list(_ids(node))
    elif key.value == "routes":
        begin, names = (
            f"{name}-",
            [id for _, routes in (node.entries if isinstance(node, Mapping) else ()) for id in _ids(routes)],
        )
    else:
        return
    for word in names:
        if not word.value.rpartition("/")[2].startswith(begin):
            fault(
                f"`{word.value}` does not begin with `{begin}`",
                word.line,
                f"begin the names that this overlay adds with `{begin}`",
            )


def _ids(node: Node) -> Iterator[Text]:
    for item in node.values if isinstance(node, Items) else ():
        id = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(id, Text):
            yield id


def _named(key: Text, node: Node, fault: Fault) -> Iterator[tuple[Text, Node]]:
    """The entries of a section that lists things by name."""
    if not isinstance(node, Mapping):
        fault(
            f"`{key.value}` lists nothing by name",
            key.line,
            "write each entry under its name, as `KEN:` or `harbour-treaty:`",
        )
        return
    for entry, body in node.entries:
        if re.fullmatch(r"[A-Za-z0-9-]+", entry.value):
            yield entry, body
        else:
            fault(f"`{entry.value}` is not a name", entry.line, "use letters, digits and dashes")


def _entries(entries: Iterator[tuple[Text, Node]], name: str) -> str:
    """Entries of instruments, each on the line it came from; the short name says whose they are."""
    lines: list[str] = []
    for entry, body in entries:
        if isinstance(body, Mapping):
            body = Mapping(
                tuple(
                    (
                        key,
                        Text(f"{node.value} (own data: {name})", node.line)
                        if key.value == "short" and isinstance(node, Text)
                        else node,
                    )
                    for key, node in body.entries
                ),
                body.line,
            )
        text = _yaml(body, entry.line)
        lines += [""] * (entry.line - 1 - len(lines)) + f"  {json.dumps(entry.value)}: {text}".splitlines()
    # A flow that goes over several lines must be indented deeper than its key.
    return "".join(f"{line if line.startswith('  ') or not line else '    ' + line}\n" for line in lines)


def _owned(entry: Text, body: Node) -> Node:
    """Provisions say in their file which instrument they are of."""
    if not isinstance(body, Mapping) or body.get("instrument") is not None:
        return body
    return Mapping(((Text("instrument", entry.line), entry), *body.entries), body.line)


def _yaml(node: Node, at: int = 1) -> str:
    """A tree as YAML that puts everything on the line it came from, from a line on."""
    parts: list[str] = []

    def put(text: str, line: int) -> None:
        nonlocal at
        if line > at:
            parts.append("\n" * (line - at))
            at = line
        parts.append(text)

    def write(node: Node) -> None:
        if isinstance(node, Text):
            put("null" if node.absent else json.dumps(node.value, ensure_ascii=False), node.line)
            return
        put("[" if isinstance(node, Items) else "{", node.line)
        for number, item in enumerate(node.values if isinstance(node, Items) else node.entries):
            if number:
                parts.append(", ")
            if isinstance(item, tuple):
                write(item[0])
                parts.append(": ")
                item = item[1]
            write(item)
        parts.append("]" if isinstance(node, Items) else "}")

    write(node)
    return "".join(parts) + "\n"


def _table(node: Node, fault: Fault, cells: tuple[str, ...], head: str | None = None) -> str:
    """Rows of a table, each on the line it came from. head: the line to begin with; none for what follows on
    ours."""
    lines: list[str] = [] if head is None else [head]
    for row in node.values if isinstance(node, Items) else ():
        if not isinstance(row, Mapping):
            fault("a row names its cells", row.line, f"write `{{state: KEN, {cells[1]}: ..., ...}}`")
            continue
        for key, _ in row.entries:
            if key.value not in cells:
                fault(f"`{key.value}` is not a cell of this table", key.line, one_of(key.value, cells))
        lines += [""] * (row.line - 1 - len(lines)) + [",".join(_cell(row.get(cell)) for cell in cells)]
    if not isinstance(node, Items):
        fault("a table is a list of rows", node.line, "begin each with a dash")
    return "\n".join(lines) + "\n"


def _cell(node: Node | None) -> str:
    value = " ".join(node.value.split()) if isinstance(node, Text) else ""
    return '"' + value.replace('"', '""') + '"' if re.search(r'[",]', value) else value
