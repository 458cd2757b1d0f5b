"""Who sits at a terminal, and the line that tells them how far long work is."""

from __future__ import annotations

import io
import sys

import pytest

from routing.cli.progress import PassingLine, ProgressBar
from routing.cli.terminal import at_terminal, typed, watched


class Stream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


SORTS = {"closed": None, "terminal": True, "file": False}


@pytest.mark.parametrize("read", SORTS)
@pytest.mark.parametrize("errors", SORTS)
def test_a_stream_that_is_closed_is_no_terminal(
    read: str, errors: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, sort in (("stdin", read), ("stderr", errors)):
        terminal = SORTS[sort]
        monkeypatch.setattr(sys, name, None if terminal is None else Stream(terminal))
    assert typed() is (read == "terminal") and watched() is (errors == "terminal")
    assert at_terminal() is (read == errors == "terminal")


@pytest.mark.parametrize(("form", "sort", "shown"), [("text", "terminal", True), ("json", "terminal", False), ("text", "file", False)])  # fmt: skip
def test_a_passing_line_is_for_whoever_reads_text_at_a_terminal(
    form: str, sort: str, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Stream(bool(SORTS[sort]))
    monkeypatch.setattr(sys, "stderr", stream)
    line = PassingLine(form)
    line.tell("3 of 5")
    assert ("3 of 5" in stream.getvalue()) is shown
    line.end()
    assert stream.getvalue().endswith("\r\033[K" if shown else "")


def test_long_work_is_told_to_nobody_where_standard_error_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    for line in (PassingLine("text"), ProgressBar("pairs")):
        line.end()
    PassingLine("text").tell("a")
    ProgressBar("pairs").tell(1, 1.0)
