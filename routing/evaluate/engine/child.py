"""The process in which `isolated` runs the engine. It reads questions until its input ends."""

from __future__ import annotations

import os
import resource
import signal
from typing import IO

import msgspec

from routing.core.errors import EngineFailure
from routing.core.remembered import Remembered
from routing.evaluate.engine.compiler import Network, NetworkPart
from routing.evaluate.engine.driver import Engine
from routing.evaluate.engine.isolated import HEADER, packed
from routing.evaluate.engine.rule_sets import RuleSet

Question = tuple[str, list[list[tuple[str, str, int]]] | None, tuple[set[str], set[str]]]
MOST_NETWORKS = 64  # that are remembered; one that gave way is sent again


def main() -> None:
    """Answer until there are no more questions. Whatever the C code prints goes nowhere."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)  # it ends with the process that asks
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    with open(0, "rb", closefd=False) as asked:
        answer_all(asked, out)


def answer_all(asked: IO[bytes], out: IO[bytes]) -> None:
    engine, networks = Engine(), Remembered[str, Network](MOST_NETWORKS)
    while len(header := asked.read(HEADER)) == HEADER:
        body = asked.read(int.from_bytes(header, "big"))
        name, layers, tested = msgspec.json.decode(body, type=Question)
        if layers is not None:
            networks.keep(name, network_of(name, layers))
        network = networks.get(name)
        if network is None:
            out.write(packed(["unknown", ""]))
            continue
        try:
            answer: list[object] = ["found", engine.concluded(network, tested)]
        except EngineFailure as error:
            answer = ["failed", str(error)]
        except MemoryError:
            answer = ["memory", ""]
        data = memoryview(packed(answer))
        while data:
            data = data[out.write(data) :]


def network_of(name: str, layers: list[list[tuple[str, str, int]]]) -> Network:
    """As much of a network as it takes to run it: of each part the rule set as written, and the bits."""
    parts = tuple(
        tuple([NetworkPart(RuleSet(ruleset, written.encode(), ()), own) for ruleset, written, own in layer])
        for layer in layers
    )
    return Network(name, {}, parts, (), (), ())
