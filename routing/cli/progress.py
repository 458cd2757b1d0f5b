"""A line on standard error that says how far long work is. Shown on a terminal only."""

from __future__ import annotations

import sys
import time

import click

from routing.cli.terminal import watched


class ProgressBar:
    """unit: what is counted, in the plural."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.started = time.monotonic()
        self.first: int | None = None
        self.shown = 0.0
        self.visible = watched()

    def tell(self, done: int, share: float) -> None:
        """done: how many are done. share: how much of the whole that is, 0 to 1."""
        if self.first is None:
            self.first = done
        now = time.monotonic()
        if not self.visible or (now - self.shown < 0.2 and share < 1):
            return
        self.shown = now
        spent = now - self.started
        rate = (done - self.first) / spent if spent > 0 else 0.0
        left = f"{_clock(spent / share * (1 - share))} left" if 0 < share < 1 and spent > 1 else ""
        bar = "#" * int(20 * share)
        print(
            f"\r[{bar:<20}] {share:4.0%}  {done:,} {self.unit}  {rate:,.0f} a second  {left:<14}",
            end="",
            file=sys.stderr,
            flush=True,
        )

    def end(self) -> None:
        """End the line, so that what is printed next begins one of its own."""
        if self.visible and self.shown:
            print(file=sys.stderr, flush=True)


class PassingLine:
    """A line that stands in the place of the one before. form: of the answer; beside one for programs none is
    shown."""

    def __init__(self, form: str) -> None:
        self.visible = form != "json" and watched()

    def tell(self, line: str) -> None:
        """Show a line in the place of the one before."""
        if self.visible:
            click.echo(f"\r\033[K{line}", err=True, nl=False)

    def end(self) -> None:
        """Take the last line away."""
        self.tell("")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
