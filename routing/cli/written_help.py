"""The help of commands where Python leaves out docstrings (`-OO`), read from where they are written."""

from __future__ import annotations

import ast
import inspect

import click


def take_written_help(command: click.Command) -> None:
    """Give a command, and those below it, the help that stands in its function; none where its source is not
    there."""
    if command.callback is not None and not command.help:
        function = inspect.unwrap(command.callback)
        try:
            tree = ast.parse(inspect.cleandoc(inspect.getsource(function)))
        except (OSError, TypeError, SyntaxError):
            tree = ast.Module([], [])
        written = next((ast.get_docstring(it) for it in tree.body if isinstance(it, ast.FunctionDef)), None)
        command.help = written

    for below in command.commands.values() if isinstance(command, click.Group) else ():
        take_written_help(below)
