"""Many decisions inside another program: by threads, by processes and from a loop, all as one thread makes them."""

from __future__ import annotations

import asyncio
import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from multiprocessing import get_context

import msgspec
import pytest
from when_changed import WHOLE_PROGRAM

from routing.opened import shared_router
from routing.verify.cross_check import drawer_for

pytestmark = [pytest.mark.xdist_group("embedded"), WHOLE_PROGRAM]  # so that one thread decides each case once
NUMBERS = range(40)
FEW = range(12)  # as many as two processes, or a loop, need to come in each other's way


def decided(number: int) -> bytes:
    """The plan for the case of a number, as bytes. A negative number kills the process, as a fault in C would."""
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    router = shared_router()
    case = drawer_for(router, 11).case(number)
    return msgspec.json.encode(router.route(case, date.fromisoformat(router.rulebook.data_date)))


@pytest.fixture(scope="module")
def expected() -> list[bytes]:
    return [decided(number) for number in NUMBERS]


def test_eight_threads_decide_as_one(expected: list[bytes]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(decided, NUMBERS)) == expected


def test_processes_decide_as_one_and_a_crash_takes_no_case_with_it(expected: list[bytes]) -> None:
    found: dict[int, bytes] = {}
    crashes = 0
    while len(found) < len(FEW):
        left = [number for number in FEW if number not in found]
        with ProcessPoolExecutor(2, get_context("fork")) as pool:
            running = {number: pool.submit(decided, number) for number in left}
            if not crashes:
                pool.submit(decided, -1)
            try:
                for number, future in running.items():
                    found[number] = future.result()
            except BrokenProcessPool:
                crashes += 1
                assert crashes < 3
    assert [found[number] for number in FEW] == expected[: len(FEW)]


def test_a_loop_goes_on_between_decisions(expected: list[bytes]) -> None:
    async def all_of_them() -> tuple[list[bytes], int]:
        turns, over = 0, False

        async def count() -> None:
            nonlocal turns
            while not over:
                turns += 1
                await asyncio.sleep(0)

        counting = asyncio.create_task(count())
        found = await asyncio.gather(*(asyncio.to_thread(decided, number) for number in FEW))
        over = True
        await counting
        return found, turns

    found, turns = asyncio.run(all_of_them())
    assert found == expected[: len(FEW)] and turns > len(FEW)
