"""The engine in a process of its own, so that a crash of the C code takes nothing with it.

A process that dies is started once more and asked again. What passes between the two is plain data:
rule sets, booleans, names of conclusions.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

import msgspec

from routing.core.errors import EngineFailure
from routing.core.limits import check_limits, seconds_left
from routing.evaluate.engine.compiler import Network
from routing.evaluate.engine.driver import Engine, Held

START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from routing.evaluate.engine.child import main; main()"
)
HEADER = 8  # bytes that say how long a message is
LARGEST = 100_000_000  # bytes of a message
ATTEMPTS = 2
Answer = tuple[str, str | tuple[set[str], set[str]]]
"""How it went, and what surely and what possibly holds, or what went wrong."""
KEPT = "the case, and what was saved, are as they were"


class _Died(Exception):
    """The process ended, and how."""


def packed(message: object) -> bytes:
    """A message as it goes through the pipe."""
    body = msgspec.json.encode(message)
    return len(body).to_bytes(HEADER, "big") + body


@dataclass
class IsolatedEngine(Engine):
    """An engine whose networks live in another process. Safe to use from several threads, one at a time, and
    after a fork."""

    _process: subprocess.Popen[bytes] | None = None
    _owner: int = field(default_factory=os.getpid)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def process(self) -> int | None:
        """The id of the process that runs now."""
        return self._process.pid if self._process is not None else None

    def concluded(self, network: Network, tested: Held) -> Held:
        if self._owner != os.getpid():  # a fork: the process belongs to our parent, and so may the lock
            _leave(self._process)
            self._owner, self._turn, self._process = os.getpid(), threading.Lock(), None
        how = _Died()
        with self._turn:
            for _ in range(ATTEMPTS):
                try:
                    return self._asked(network, tested)
                except _Died as died:
                    self.close()
                    how = died
                except BaseException:
                    self.close()  # an answer that still comes would be taken for that to the next question
                    raise
        raise EngineFailure(f"the process of the rule engine {how}, and a second one did not answer; {KEPT}")

    def close(self) -> None:
        """End the process; it is started anew when it is needed."""
        process, self._process = self._process, None
        if process is not None:
            _end(process, os.getpid())

    def _asked(self, network: Network, tested: Held) -> Held:
        process = self._process = self._process or self._started()
        answer = self._exchanged(process, [network.name, None, tested])
        if answer[0] == "unknown":
            answer = self._exchanged(process, [network.name, _written(network), tested])
        if answer[0] == "memory":
            raise MemoryError
        if isinstance(answer[1], str):
            raise EngineFailure(answer[1])
        return answer[1]

    def _started(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-W", "ignore", "-c", START, json.dumps(sys.path)]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        except OSError as error:
            why = (error.strerror or "unknown").lower()
            raise EngineFailure(f"a process for the rule engine cannot be started: {why}; {KEPT}") from None
        weakref.finalize(self, _end, process, os.getpid())
        return process

    def _exchanged(self, process: subprocess.Popen[bytes], message: object) -> Answer:
        assert process.stdin is not None and process.stdout is not None
        try:
            _send(process.stdin, packed(message))
            size = int.from_bytes(_read_exactly(process.stdout, HEADER), "big")
            if size > LARGEST:
                raise _Died("gave an answer that is none")
            answer: Answer = msgspec.json.decode(_read_exactly(process.stdout, size), type=Answer)
            return answer
        except (BrokenPipeError, ConnectionResetError, EOFError):
            raise _Died(_how(process)) from None
        except msgspec.MsgspecError:
            raise _Died("gave an answer that is none") from None


def _written(network: Network) -> list[list[tuple[str, str, int]]]:
    """The layers of a network as the other process reads them."""
    return [
        [(part.ruleset.name, part.ruleset.written.decode(), part.own) for part in layer]
        for layer in network.layers
    ]


def _send(pipe: IO[bytes], data: bytes) -> None:
    """Write all, in parts that a pipe with room takes at once: a process that reads nothing holds up nobody.
    Raises LimitReached when the time of the answer is up."""
    left = memoryview(data)
    while left:
        _wait(writing=[pipe])
        left = left[pipe.write(left[: select.PIPE_BUF]) :]


def _read_exactly(pipe: IO[bytes], size: int) -> bytes:
    """So many bytes. Raises LimitReached when the time of the answer is up, EOFError at the end."""
    data = bytearray()
    while len(data) < size:
        _wait(reading=[pipe])
        part = pipe.read(size - len(data))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def _wait(reading: Sequence[IO[bytes]] = (), writing: Sequence[IO[bytes]] = ()) -> None:
    """Until a pipe can be read or written. Raises LimitReached when the time of the answer is up."""
    while not any(select.select(reading, writing, (), seconds_left())):
        check_limits()


def _how(process: subprocess.Popen[bytes]) -> str:
    """How a process ended, in words."""
    try:
        code = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return "stopped answering"
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _leave(process: subprocess.Popen[bytes] | None) -> None:
    """Leave a process to our parent: its pipes are closed here, and it is not waited for."""
    if process is not None:
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.returncode = 0


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """End a process, unless we are a fork of the one that started it."""
    if process.returncode is None and owner == os.getpid():
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
