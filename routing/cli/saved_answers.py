"""The file in which answers are kept, after every one of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from routing.cli.outputs import write_output
from routing.core.printable import printable

CHANGED = "another program changed the file meanwhile"


class SavedAnswers:
    """Where the answers go. path: the file; None for none. text: what is to stand in it now. own: it is the
    file from which the work goes on.

    A file of its own is touched only when there is an answer more to keep, and never where somebody else
    changed it since it was read or written: what they answered would be lost.
    """

    def __init__(self, path: Path | None, text: Callable[[], str], own: bool, force: bool) -> None:
        self._path, self._text = path, text
        self._replace = own or force
        self._kept = text() if own else ""
        self._seen = _content(path) if path is not None and own else None

    def keep(self) -> None:
        """Write what is new. A disk that is full now may have room later, so the work goes on."""
        try:
            self._write()
        except OSError as error:
            with suppress(OSError):
                click.echo(
                    f"the answers cannot be saved yet: {(error.strerror or 'unwritable').lower()}", err=True
                )

    def finish(self, then: str) -> None:
        """Write what is left and say where it is. then: how to go on with the case; empty for answers.

        Raises OSError where it cannot be written; all is printed then, so that it is not lost.
        """
        if self._path is None:
            return
        try:
            self._write()
        except OSError:
            with suppress(OSError):
                hand_over(self._text(), "a case" if then else "`--answers` reads them")
            raise
        name = printable(str(self._path))
        with suppress(OSError):  # nobody reads it where the terminal was closed
            where = f"written to {name}; {then} {name}" if then else f"answers written to {name}"
            click.echo(where, err=True)

    def _write(self) -> None:
        if self._path is None or (text := self._text()) == self._kept:
            return
        if self._seen is not None and _content(self._path) not in (None, self._seen):
            raise OSError(errno.ESTALE, CHANGED, os.fspath(self._path))
        write_output(self._path, text, self._replace)
        self._kept, self._replace = text, True
        self._seen = _content(self._path)


def hand_over(text: str, shape: str = "a case") -> None:
    """Print the answers where no file has them. shape: what they are printed as."""
    click.echo(text, nl=False)
    click.echo(f"your answers are printed as {shape}: keep them in a file", err=True)


def _content(path: Path) -> bytes | None:
    """What stands in a file; None where that cannot be read, as where it is gone."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None
