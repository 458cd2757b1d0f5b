"""Faults injected: no memory, no disk, an error at each call that writes. Nothing is lost, and one sentence tells."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.cli import main

pytestmark = WHOLE_PROGRAM

EXAMPLES = ROOT / "examples"
STEPS = ("open", "write", "fchmod", "fsync", "replace", "link", "unlink", "mkdir")
MOST_CALLS = 60
OLD = "what was there before\n"

# Every command that writes, with the files it writes; {0} is the folder.
COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "route": (
        ["route", "{0}/case.yaml", "--save", "{0}/plan", "--receipt", "{0}/receipt", "--force"],
        ["plan", "receipt"],
    ),
    "ask": (["ask", "--as-of", "2026-11-24", "--save", "{0}/plan", "--force"], ["plan"]),
    "ask again": (["ask", "{0}/case.yaml", "--save", "{0}/case.yaml"], ["case.yaml"]),
    "new": (["new", "{0}/plan", "--force"], ["plan"]),
    "draft": (["draft", "{0}/case.yaml", "-o", "{0}/plan.md", "--force"], ["plan.md"]),
    "receipt key": (["receipt", "key", "{0}/plan"], ["plan", "plan.pub"]),
    "batch": (["batch", "{0}/cases", "-o", "{0}/out.jsonl"], ["out.jsonl"]),
}
GIVEN = {"ask": "none\nrequest\nsearch\nKEN\nstop\n", "ask again": "ai_tool_used: yes\nstop\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = EXAMPLES / "early-whereabouts" / "case.yaml"
    shutil.copy(case, tmp_path / "case.yaml")
    (tmp_path / "cases").mkdir()
    shutil.copy(case, tmp_path / "cases" / "one.yaml")
    for name in ("plan", "receipt", "plan.md"):
        (tmp_path / name).write_text(OLD)
    return tmp_path


def run(command: str, folder: Path) -> Result:
    words = [word.format(folder) for word in COMMANDS[command][0]]
    return CliRunner().invoke(main, words, input=GIVEN.get(command, ""))


def held(folder: Path) -> dict[str, bytes]:
    """Every file, apart from the pieces of a batch that another run takes up."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".parts" not in str(file)
    }


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, step: str, number: int, fault: Exception) -> Iterator[list[int]]:
    """The call of `os.step` with this number that is about a file of ours fails. Gives the count of calls."""
    real: Callable[..., Any] = getattr(os, step)
    calls = [0]

    def call(*args: Any, **options: Any) -> Any:
        if step == "open" and not args[1] & (os.O_CREAT | os.O_WRONLY):
            return real(*args, **options)
        calls[0] += 1
        if calls[0] == number:
            raise fault
        return real(*args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, step, call)
        yield calls


def check(command: str, folder: Path, before: dict[str, bytes], told: Result) -> None:
    """One sentence or none, no traceback, every file whole: as before, or as it should be."""
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    assert "internal failure" not in told.output and "Traceback" not in told.output
    after = held(folder)
    written = COMMANDS[command][1]
    if told.exit_code in (1, 2, 5):
        said = [line for line in told.stderr.splitlines() if "cannot" in line]
        assert said, told.stderr
    assert set(after) - set(before) <= set(written), "nothing is left lying about"
    for name, content in before.items():
        assert after.get(name, b"") == content or name in written, name
    for name in written:
        if name in after and after[name] != before.get(name):
            assert after[name].endswith((b"\n", b"}")) and OLD.encode() not in after[name]
            if name.endswith(".yaml"):
                assert yaml.safe_load(after[name])["needs"]


@pytest.mark.when_changed("rules", "routing", "examples")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_each_call_in_turn_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, step: str
) -> None:
    if command == "batch":
        pytest.importorskip("pyarrow")
    start = held(folder)
    if command == "receipt key":
        start.pop("plan")
    for number in range(1, MOST_CALLS):
        for name in COMMANDS[command][1]:
            (folder / name).unlink(missing_ok=True)
        for name, content in start.items():
            (folder / name).write_bytes(content)
        code = (errno.ENOSPC, errno.EIO)[number % 2]
        with failing(monkeypatch, step, number, OSError(code, os.strerror(code))) as calls:
            told = run(command, folder)
        check(command, folder, start, told)
        if calls[0] < number:
            break


@pytest.mark.parametrize(
    "stage",
    [
        "routing.rulebook.cache.open_rulebook", "routing.opened.open_rulebook", "routing.opened.read_case", "routing.opened.build_plan",
        "routing.receipt.written.build_plan", "routing.evaluate.engine.driver.CompiledRuleSet.conclusions",
        "routing.evaluate.engine.driver.CompiledRuleSet.__init__", "routing.evaluate.reference.Reference.holding",
        "routing.proof.of_plan.check_proof", "routing.receipt.written.check_proof", "routing.render.rendered",
        "routing.core.writing._put", "routing.core.writing._write_all",
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["route", "ask", "ask again", "draft"])
def test_no_memory_at_any_stage_is_told_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, stage: str
) -> None:
    start = held(folder)

    def none(*_: Any, **__: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(stage, none)
        told = run(command, folder)
    assert "internal failure" not in told.output and "Please report" not in told.output
    after = held(folder)
    assert set(after) == set(start)
    if told.exit_code == 1:
        assert told.stderr.count("memory ran out") == 1
    for name, content in start.items():
        assert after[name] == content or name in COMMANDS[command][1]


def test_what_the_interpreter_says_for_want_of_memory_is_told_as_such(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise SystemError("error return without exception set")

    def full() -> None:
        raise MemoryError

    monkeypatch.setattr("routing.opened.read_case", fails)
    assert "internal failure (SystemError)" in run("route", folder).stderr
    monkeypatch.setattr("routing.cli.exit_codes.check_room", full)
    told = run("route", folder)
    assert told.exit_code == 1 and "memory ran out" in told.stderr and "internal" not in told.stderr


OUT_AGAIN = """
import sys, types
import routing.cli as command
from routing.cli import exit_codes
def full(*_):
    raise MemoryError
exit_codes.sys = types.SimpleNamespace(exit=full, stderr=sys.stderr, __stderr__=sys.__stderr__)
command.main = full
command.run()
"""


def test_memory_that_runs_out_again_while_it_is_told_is_told_once() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", OUT_AGAIN], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1 and ended.stderr.count("memory ran out") == 1
    assert "Traceback" not in ended.stderr


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the size of a process is not told here")
@pytest.mark.parametrize("isolate", [False, True])
@pytest.mark.parametrize("megabytes", [24, 40, 70, 72, 76, 80, 112])
def test_under_a_limit_on_memory_the_command_ends_in_words(
    folder: Path, megabytes: int, isolate: bool
) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    words = ["route", str(folder / "case.yaml"), "--save", str(folder / "plan"), "--force"]
    ended = subprocess.run(
        [sys.executable, "-m", "routing", *words, *(["--isolate"] if isolate else [])],
        cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=little,
    )  # fmt: skip
    if ended.returncode:
        assert ended.returncode == 1 and "memory ran out" in ended.stderr.splitlines()[-1]
        assert len(ended.stderr.splitlines()) == 1 and (folder / "plan").read_text() == OLD
