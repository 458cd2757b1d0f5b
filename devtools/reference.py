"""Write docs/reference/ from docstrings, the command line's help and the schemas: python
devtools/reference.py

A test compares the pages with what this writes. `--check` says which page is stale and ends with 1.

Held by `tests/packaging/test_reference.py`.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import click

import routing
import routing.batch
import routing.batch.cluster
import routing.testing
from routing.cli import main as command_line
from routing.core import errors
from routing.json_schema import plan_schema
from routing.model.base import Model, described_with_source
from routing.model.case import Assumptions, Case, Need

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
MADE = "Written by `python devtools/reference.py`; do not edit.\n"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "library.md": "\n".join(_library()),
        "models.md": "\n".join(_models()),
        "commands.md": "\n".join(_commands()),
    }


def _library() -> Iterator[str]:
    yield from ("# The library", "", MADE, "Import these from `routing`.", "")
    for name in sorted(routing.__all__):
        item = getattr(routing, name)
        if isinstance(item, type) and issubclass(item, (Exception, Model)):
            continue
        if inspect.isclass(item):
            yield from (f"## `{name}`", "", _doc(item), "")
            for method, member in _members(item):
                if not method.startswith("_") and (inspect.isfunction(member) or _is_named(member)):
                    yield from (f"### `{name}.{method}{_signature(member)}`", "", _doc(member), "")
        elif inspect.isfunction(item):
            yield from (f"## `{name}{_signature(item)}`", "", _doc(item), "")
    yield from ("## Errors", "", "```text", inspect.cleandoc(errors.__doc__ or ""), "```", "")
    for module in (routing.testing, routing.batch, routing.batch.cluster):
        yield from (f"## Module `{module.__name__}`", "", _doc(module), "")
        for name in _public(module):
            item = getattr(module, name)
            if inspect.isfunction(item):
                yield from (f"### `{name}{_signature(item)}`", "", _doc(item), "")
            else:
                yield from (f"### `{name}`", "", _doc(item), "")
                for method, member in vars(item).items():
                    if not method.startswith("_") and (inspect.isfunction(member) or _is_named(member)):
                        yield from (f"#### `{name}.{method}{_signature(member)}`", "", _doc(member), "")


def _members(item: type) -> Iterator[tuple[str, object]]:
    """What a class has, before what it has from a part of it that stands in a module of its own."""
    for base in item.__mro__:
        if base is item or base.__module__.startswith("routing.library"):
            yield from vars(base).items()


def _public(module: ModuleType) -> list[str]:
    """The functions and classes of a module that programs may use."""
    names = getattr(module, "__all__", None) or [
        name for name, item in vars(module).items() if getattr(item, "__module__", "") == module.__name__
    ]
    items = {name: getattr(module, name) for name in names if not name.startswith("_")}
    return [
        name
        for name, item in items.items()
        if inspect.isfunction(item) or (inspect.isclass(item) and item.__doc__)
    ]


def _is_named(member: object) -> bool:
    return isinstance(member, (classmethod, property))


def _signature(member: object) -> str:
    if isinstance(member, property):
        return ""
    function: Any = member.__func__ if isinstance(member, classmethod) else member
    lines = (
        str(inspect.signature(function))
        .replace("(cls, ", "(")
        .replace("(self, ", "(")
        .replace("(self)", "()")
    )
    return re.sub(r"<function (?:\S*\.)?<?(\w+)>? at 0x\w+>", r"\1", lines.replace("'", ""))


def _doc(item: object) -> str:
    text = inspect.cleandoc(getattr(item, "__doc__", None) or "")
    if not text:
        raise SystemExit(f"{item} has no description")
    return text


def _models() -> Iterator[str]:
    yield from ("# Cases and plans", "", MADE, "`routing schema case` adds every fact of the rulebook.", "")
    for model in (Case, Need, Assumptions):
        fields = {name: described_with_source(model, name) for name in model.model_fields}
        yield from _table(model.__name__, inspect.cleandoc(model.__doc__ or ""), fields)
    schema = plan_schema()
    parts = {"Plan": schema, **schema["$defs"]}
    for name in ("Plan", *sorted(schema["$defs"])):
        properties = {key: part["description"] for key, part in parts[name].get("properties", {}).items()}
        yield from _table(name, parts[name]["description"], properties)


def _table(name: str, says: str, fields: dict[str, str]) -> Iterator[str]:
    yield from (f"## {name}", "", says, "", "| Field | Meaning |", "|---|---|")
    yield from (f"| `{key}` | {text.replace('|', '&#124;')} |" for key, text in fields.items())
    yield ""


def _commands() -> Iterator[str]:
    yield from ("# Commands", "", MADE)
    yield from _command(command_line, "routing", None)


def _command(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    with click.Context(
        command, info_name=name.rpartition(" ")[2], parent=parent, terminal_width=100
    ) as context:
        yield from (f"## `{name}`", "", "```text", command.get_help(context).rstrip(), "```", "")
        if isinstance(command, click.Group):
            for child in command.list_commands(context):
                subcommand = command.get_command(context, child)
                if subcommand is not None:
                    yield from _command(subcommand, f"{name} {child}", context)


def main() -> int:
    """Write the pages, or with `--check` name those that are stale."""
    stale = []
    for name, text in pages().items():
        file = FOLDER / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                FOLDER.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
    print("\n".join(f"{'stale' if '--check' in sys.argv else 'written'}: {name}" for name in stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
