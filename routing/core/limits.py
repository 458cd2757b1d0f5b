"""How much one answer may take: needs, time and memory. What is reached is told in one sentence."""

from __future__ import annotations

import os
import re
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from routing.core.errors import LimitReached, Problem, Problems
from routing.core.records import Record, asdict

WRITTEN = re.compile(r"(needs|seconds|megabytes)=([1-9][0-9]{0,6})")


UNBOUNDED = 9_999_999
ROOM = 32_000_000  # bytes


class Limits(Record):
    """needs: of one case. seconds: of one answer. megabytes: of memory that the answer takes."""

    needs: int = 100
    seconds: int = 120
    megabytes: int = 4000

    @classmethod
    def of_a_batch(cls) -> Limits:
        """What holds for a batch where nothing is written: it takes the time and the memory that it takes."""
        return cls(seconds=UNBOUNDED, megabytes=UNBOUNDED)

    def with_written(self, words: tuple[str, ...]) -> Limits:
        """These limits with those written as `seconds=10`. Raises Problems for what is none."""
        written = asdict(self)
        for word in words:
            match = WRITTEN.fullmatch(word)
            if match is None:
                fix = "write needs=N, seconds=N or megabytes=N"
                raise Problems.of(f"`{word[:60]}` is not a limit", fix=fix)
            written[match[1]] = int(match[2])
        return Limits(**written)


_current: ContextVar[tuple[Limits, float, float] | None] = ContextVar("limits", default=None)


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Hold what is done inside to limits; inside another such block the outer one holds."""
    if _current.get() is not None:
        yield
        return
    token = _current.set((limits, time.monotonic(), _megabytes()))
    try:
        yield
    finally:
        _current.reset(token)


def check_limits() -> None:
    """Raise LimitReached if time or memory is used up. Called before each piece of work."""
    current = _current.get()
    if current is None:
        return
    limits, began, held = current
    if time.monotonic() - began > limits.seconds:
        raise _reached("seconds", limits.seconds, "the answer takes more than")
    if _megabytes() - held > limits.megabytes:
        raise _reached("megabytes", limits.megabytes, "the answer takes more memory than")


def seconds_left() -> float | None:
    """How long what is done now may still take; None where nothing limits it."""
    current = _current.get()
    if current is None:
        return None
    limits, began, _ = current
    return max(0.0, began + limits.seconds - time.monotonic()) + 0.01  # then the time is surely up


def check_needs(count: int, limits: Limits) -> None:
    """Raise LimitReached for a case of too many needs."""
    if count > limits.needs:
        raise _reached("needs", limits.needs, f"the case has {count} needs, more than")


def _reached(name: str, limit: int, message: str) -> LimitReached:
    return LimitReached(
        [Problem(f"{message} {limit} {name}", fix=f"split the case, or set --limit {name}=N")]
    )


def check_room() -> None:
    """Raise MemoryError where the system lets this process have little more.

    Called before the work of libraries that do not look whether they were given what they asked for.
    """
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit != resource.RLIM_INFINITY and _held(0) + ROOM > limit:
        raise MemoryError


def _megabytes() -> float:
    """What the process holds in memory now; 0 where the system does not tell."""
    return _held(1) / 1e6


def _held(which: int) -> int:
    """The bytes of this process: 0 for its addresses, 1 for what stands in memory."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[which]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
