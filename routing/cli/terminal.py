"""Whether a person sits at a terminal, who types what is read or sees what is said."""

from __future__ import annotations

import sys


def typed() -> bool:
    """Whether what stands on standard input is typed by a person."""
    return sys.stdin is not None and sys.stdin.isatty()


def watched() -> bool:
    """Whether a person sees standard error as it comes."""
    return sys.stderr is not None and sys.stderr.isatty()


def at_terminal() -> bool:
    """Whether a person sees a question and can answer it."""
    return typed() and watched()
