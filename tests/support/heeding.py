"""A child that heeds signals, however the tests themselves were started."""

from __future__ import annotations

import signal


def heed_signals() -> None:
    """Run in the child: what a parent in the background has it ignore has its usual effect again."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
