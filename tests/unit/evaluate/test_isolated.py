"""The engine in a process of its own: the same answers, and a crash of it loses nothing."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from places import ROOT
from when_changed import WHOLE_PROGRAM

import routing
from routing.cli import main
from routing.evaluate.engine import isolated
from routing.evaluate.engine.isolated import IsolatedEngine

pytestmark = WHOLE_PROGRAM

CASE = ROOT / "examples" / "three-needs-two-states" / "case.yaml"
BEGIN = isolated.START.rpartition(" from ")[0]
DIES = BEGIN + " import os; os.abort()"
DIES_AT_WORK = (
    BEGIN
    + " import os, durable_rules_engine as native; native.assert_fact = lambda *a: os.abort();"
    + isolated.START.rpartition(";")[0].rpartition(";")[2] + "; main()"
)  # fmt: skip
HANGS = BEGIN + " import pathlib, time; time.sleep(600); pathlib.Path({!r}).touch()"
LIES = BEGIN + " import os; os.write(1, b'x' * 100); [None for _ in iter(lambda: os.read(0, 65536), b'')]"


@pytest.fixture(scope="module")
def plan() -> routing.Plan:
    return routing.load_rulebook().route(CASE)


@pytest.fixture
def router() -> Iterator[routing.Router]:
    router = routing.Router.open(isolate=True)
    yield router
    engine_of(router).close()


def engine_of(router: routing.Router) -> IsolatedEngine:
    engine = router._opened.judge.engine
    assert isinstance(engine, IsolatedEngine)
    return engine


def test_the_answer_is_the_same(router: routing.Router, plan: routing.Plan) -> None:
    assert router.route(CASE) == plan == router.route(CASE)


def test_a_network_that_gave_way_is_sent_again(
    router: routing.Router, plan: routing.Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = BEGIN + " from routing.evaluate.engine import child; child.MOST_NETWORKS = 1; child.main()"
    monkeypatch.setattr(isolated, "START", few)
    assert router.route(CASE) == plan == router.route(CASE)


def test_nothing_of_the_engine_is_built_in_our_process(
    router: routing.Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routing.evaluate.engine.driver.native.create_ruleset", None)
    router.route(CASE)
    assert engine_of(router).process not in (None, os.getpid())


def test_a_killed_process_loses_no_answer(router: routing.Router, plan: routing.Plan) -> None:
    router.route(CASE)
    first = engine_of(router).process
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert router.route(CASE) == plan and engine_of(router).process != first


def test_a_process_killed_at_any_moment_loses_no_answer(router: routing.Router, plan: routing.Plan) -> None:
    """Once in each answer, a little later each time."""
    router.route(CASE)

    def kill() -> None:
        process = engine_of(router).process
        if process is not None:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGSEGV)

    for number in range(12):
        killer = threading.Timer(number / 100, kill)
        killer.start()
        try:
            assert router.route(CASE) == plan
        finally:
            killer.join()
        assert router.route(CASE) == plan, "also where it was killed between two answers"


@pytest.mark.parametrize("start", [DIES, DIES_AT_WORK, LIES])
def test_a_process_that_always_dies_is_told_in_one_sentence(
    router: routing.Router, plan: routing.Plan, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(isolated, "START", start)
        with pytest.raises(routing.EngineFailure, match="are as they were"):
            router.route(CASE)
        told = CliRunner().invoke(main, ["route", "--isolate", str(CASE)])
    assert told.exit_code == 1 and len(told.output.splitlines()) == 1
    assert "SIGABRT" in told.output or "gave an answer that is none" in told.output
    assert router.route(CASE) == plan, "the same router goes on"


def test_a_process_that_hangs_is_ended_when_the_time_is_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    waited_for = tmp_path / "waited for"
    monkeypatch.setattr(isolated, "START", HANGS.format(str(waited_for)))
    told = CliRunner().invoke(main, ["--limit", "seconds=2", "route", "--isolate", str(CASE)])
    assert told.exit_code == 2 and "more than 2 seconds" in told.output
    assert not waited_for.exists()


def test_no_process_can_be_started(router: routing.Router, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(routing.EngineFailure, match="cannot be started: no such file"):
        router.route(CASE)


def test_a_fork_has_a_process_of_its_own(router: routing.Router, plan: routing.Plan) -> None:
    router.route(CASE)
    ours = engine_of(router).process
    child = os.fork()
    if not child:
        signal.alarm(60)
        same = router.route(CASE) == plan and engine_of(router).process != ours
        engine_of(router).close()
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert router.route(CASE) == plan and engine_of(router).process == ours


def test_threads_take_turns(router: routing.Router, plan: routing.Plan) -> None:
    found: list[bool] = []
    threads = [threading.Thread(target=lambda: found.append(router.route(CASE) == plan)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 6


def test_the_process_goes_with_its_router() -> None:
    router = routing.Router.open(isolate=True)
    router.route(CASE)
    process = engine_of(router).process
    assert process is not None
    del router
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("saved", [False, True])
def test_an_interview_keeps_its_answers_when_the_engine_dies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: bool
) -> None:
    monkeypatch.setattr(isolated, "START", DIES_AT_WORK)
    file = tmp_path / "case.yaml"
    words = ["ask", "--isolate", "--as-of", "2026-11-24", *(["--save", str(file)] if saved else [])]
    told = CliRunner().invoke(main, words, input="none\nrequest\nsearch\nKEN\nFRA\nstop\n")
    assert told.exit_code == 1 and "SIGABRT" in told.stderr and "Traceback" not in told.output
    kept = yaml.safe_load(file.read_text() if saved else told.stdout)
    assert (kept["state"], kept["needs"][0]["with"]) == ("KEN", "FRA")
    assert ("written to" if saved else "printed as a case") in told.stderr
