"""The outputs in README.md, made by the program: `python tools/readme.py` writes them anew.

A comment above a block of code says what stands in it: `output: COMMAND` what the command prints, `file:
PATH` what the file holds, and `run` a block of Python that is run, with what it prints in the block below it.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from routing.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
MADE = re.compile(r"(<!-- (output|file): (.+?) -->\n```\w*\n)(.*?)(```\n)", re.S)
RUN = re.compile(r"(<!-- run -->\n```python\n(.*?)```\n```\n)(.*?)(```\n)", re.S)


def fresh(text: str) -> str:
    """The text with every block as the program makes it now."""
    text = MADE.sub(lambda found: found[1] + _made(found[2], found[3]) + found[5], text)
    return RUN.sub(lambda found: found[1] + _printed(found[2]) + found[4], text)


def _made(what: str, of: str) -> str:
    if what == "file":
        return (ROOT / of).read_text(encoding="utf-8")
    with contextlib.chdir(ROOT), patch.dict("os.environ", {"COLUMNS": "100"}):
        result = CliRunner().invoke(main, shlex.split(of)[1:])
    if result.exit_code not in (0, 3, 4):
        raise SystemExit(f"`{of}` ended with {result.exit_code}: {result.output}")
    return result.stdout


def _printed(code: str) -> str:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(code, {})
    return told.getvalue()


if __name__ == "__main__":
    README.write_text(fresh(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
