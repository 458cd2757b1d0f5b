"""What has to be tidied away when the process ends, however it ends short of being killed."""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from contextlib import suppress

_actions: dict[Callable[[], None], int] = {}


def at_end(action: Callable[[], None]) -> None:
    """Do this once when this process ends; a process that it forks does not do it."""
    if not _actions:
        atexit.register(tidy)
    _actions[action] = os.getpid()


def do_now(action: Callable[[], None]) -> None:
    """Do something before the end that was left for it; a process that was forked since does not do it."""
    if _actions.pop(action, None) == os.getpid():
        with suppress(OSError):
            action()


def tidy() -> None:
    """Do now what was left for the end."""
    while _actions:
        action, process = _actions.popitem()
        if process == os.getpid():
            with suppress(OSError):
                action()
