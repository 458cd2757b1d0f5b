"""Work that several processes share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(
    work: Sequence[T],
    jobs: int,
    begin: Callable[..., None],
    given: tuple[Any, ...],
    do: Callable[..., R],
    arguments: Callable[[T], tuple[Any, ...]],
    ahead: int = 1,
) -> Iterator[tuple[T, R]]:
    """Each piece of work with what came of it, as soon as it is done.

    begin: called once in each process, with `given`. do: called for each piece, with the `arguments` that it
    has when it is handed out. ahead: how many pieces for each process are handed out at once.
    """
    with ProcessPoolExecutor(jobs, get_context("spawn"), begin, given) as pool:
        left = list(reversed(work))
        running: dict[Future[R], T] = {}
        while left or running:
            while left and len(running) < ahead * jobs:
                piece = left.pop()
                running[pool.submit(do, *arguments(piece))] = piece
            for future in wait(running, return_when=FIRST_COMPLETED)[0]:
                yield running.pop(future), future.result()
