"""While a plan is made nothing is looked through for rings; afterwards all is as it was."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.core.unsearched import unsearched
from routing.opened import Router
from routing.plan.build import build_plan


@pytest.fixture(autouse=True)
def on_again() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_it_is_off_meanwhile_and_on_again_also_after_an_error() -> None:
    with pytest.raises(ValueError, match="of the work"), unsearched():
        assert not gc.isenabled()
        raise ValueError("of the work")
    assert gc.isenabled()


def test_the_outermost_switches_it_on_again() -> None:
    with unsearched():
        with unsearched():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_the_program_around_it_switched_off_stays_off() -> None:
    gc.disable()
    with unsearched():
        pass
    assert not gc.isenabled()


def test_it_is_on_in_a_process_that_is_forked_meanwhile() -> None:
    with unsearched():
        child = os.fork()
        if not child:
            os._exit(0 if gc.isenabled() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@WHOLE_PROGRAM
def test_a_plan_is_made_without_a_search(router: Router) -> None:
    seen: list[bool] = []
    case = router.read(ROOT / "examples" / "cloud-mailbox" / "case.yaml")
    assert case.as_of is not None
    build_plan(case, router.judge, router.law, case.as_of, lambda *_: seen.append(gc.isenabled()))
    assert seen == [False] and gc.isenabled()
