"""The file in which an interview keeps its answers, after every one of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from routing.cli.outputs import write_output
from routing.core.printable import printable

if TYPE_CHECKING:
    from routing.analyse.interview import Interview


class SavedAnswers:
    """Where the answers go. path: the file; None for none. own: it is the case that the interview goes on
    from.

    A file of its own is touched only when there is an answer more to keep.
    """

    def __init__(self, path: Path | None, interview: Interview, own: bool, force: bool) -> None:
        self._path = path
        self._replace = own or force
        self._kept = interview.file_text() if own else ""

    def keep(self, interview: Interview) -> None:
        """Write what is new. A disk that is full now may have room later, so the interview goes on."""
        try:
            self._write(interview)
        except OSError as error:
            click.echo(
                f"the answers cannot be saved yet: {(error.strerror or 'unwritable').lower()}", err=True
            )

    def finish(self, interview: Interview, finished: bool) -> None:
        """Write what is left and say how to go on. Raises OSError where it cannot be written."""
        if self._path is None:
            return
        self._write(interview)
        name = printable(str(self._path))
        then = "run: routing route" if finished else "go on with: routing ask"
        with suppress(OSError):  # nobody reads it where the terminal was closed
            click.echo(f"written to {name}; {then} {name}", err=True)

    def _write(self, interview: Interview) -> None:
        text = interview.file_text()
        if self._path is not None and text != self._kept:
            write_output(self._path, text, self._replace)
            self._kept, self._replace = text, True
