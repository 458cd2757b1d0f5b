"""Many needs: ours beside what one would pick instead, on the same needs from the real rulebook.

    python benchmarks/scale.py [--networks 6] [--needs 100] [--rows 1000000] [--write]

The needs are drawn at random, as the comparison of the evaluators draws them, a hundred for each measure and
kind of need. Every evaluator is given the facts beforehand and works out, on both rails, every conclusion of
the network; all conclusions are compared. Peers that are not installed are left out: `pip install zen-engine
clipspy`. `--write` puts the tables into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from peers import Holding, bare_numpy, clips, generated_python, zen

from routing.batch import Batch
from routing.batch.job import run
from routing.batch.sources import BatchSource
from routing.case.facts import Facts, facts_for
from routing.core.paths import rules_folder
from routing.evaluate.columnar.evaluator import MAIN, WHOLE, ColumnarEvaluator
from routing.evaluate.columnar.machine import WordMachine, as_words, flags_of
from routing.evaluate.columnar.needs import Needs, needs_of
from routing.evaluate.columnar.program import Program, compile_program
from routing.evaluate.engine.compiler import Network, compile_network
from routing.evaluate.reference import Reference
from routing.opened import Router
from routing.plan.columnar.answers import ColumnarAnswers
from routing.verify.cross_check import drawer_for

ROOT = Path(__file__).resolve().parents[1]
BLOCK = 65_536  # needs at once in the last rows of the table


def message(network: Network, facts: Facts) -> dict[str, bool]:
    """The facts of a need as the booleans that the rules read."""
    found = {}
    for key, test in network.tests.items():
        found[key + "+s"], found[key + "+p"] = facts.truth(test)
    return found


def timed(action: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> tuple[float, Any]:
    """The seconds that this process was at work, which other work on the machine changes little, and the
    result."""
    started = clock()
    result = action()
    return clock() - started, result


def peers(router: Router, networks: int, size: int) -> list[str]:
    """The table of evaluators side by side."""
    day = date.fromisoformat(router.rulebook.data_date)
    drawer = drawer_for(router, 3)
    spent: dict[str, float] = {}
    differ: dict[str, int] = {}
    missing: set[str] = set()
    count = 0
    for block in range(networks):
        cases = [drawer.case(block * 700 + number) for number in range(size)]
        need = cases[0].needs[0]
        cases = [
            case for case in cases if (case.needs[0].measure, case.needs[0].kind) == (need.measure, need.kind)
        ]
        count += len(cases)
        network = compile_network(
            router.rulebook.plain, need.measure, need.kind, router.rulebook.properties(need.measure)
        )
        facts = [facts_for(case, case.needs[0], router.rulebook, router.law, day) for case in cases]
        said = [message(network, known) for known in facts]
        expected = []

        def note(
            name: str, seconds: float, results: list[Holding], expected: list[Holding] = expected
        ) -> None:
            spent[name] = spent.get(name, 0) + seconds
            differ[name] = differ.get(name, 0) + sum(
                one != other for one, other in zip(results, expected, strict=True)
            )

        router.judge.findings(facts[0])
        seconds, live = timed(lambda facts=facts: [router.judge.findings(known).truths for known in facts])
        expected += [
            frozenset(
                f"{head}+{rail}"
                for head, truth in truths.items()
                for rail, holds in zip("sp", truth, strict=True)
                if holds
            )
            for truths in live
        ]
        note("ours, live (engine, reference, compared)", seconds, list(expected))
        router.judge.engine.evaluate(network, facts[0])
        seconds, results = timed(
            lambda facts=facts, network=network: [
                router.judge.engine.evaluate(network, known) for known in facts
            ]
        )
        note("durable_rules alone, answers remembered", seconds, [_holding(truths) for truths in results])
        seconds, results = timed(
            lambda facts=facts, network=network: [
                Reference(router.rulebook.heads, known).holding(network.heads) for known in facts
            ]
        )
        note("our reference alone", seconds, [_holding(truths) for truths in results])
        for name, make in (
            ("generated Python function", generated_python),
            ("zen-engine", zen),
            ("clipspy", clips),
        ):
            try:
                decide = make(network)
            except ImportError:
                missing.add(name)
                continue
            decide(said[0])
            seconds, results = timed(partial(list, map(decide, said)))
            note(name, seconds, results)
        known = {**router.rulebook.properties(need.measure), "measure": need.measure, "kind": need.kind}
        program = compile_program(router.rulebook.heads, [network.heads], known)
        columns = [
            [[truth[rail] for truth in truths] for rail in (0, 1)] for truths in _truths(program, facts)
        ]
        words = -(-len(cases) // 64)
        machine = WordMachine(program, words)
        seconds, results = timed(partial(_columnar, program, machine, columns, words, len(cases)))
        note("ours, columnar", seconds, results)
        # The same needs over and over, as many at once as a long file brings; read out as columns of bits.
        wide = [[np.resize(np.array(flags), BLOCK) for flags in rails] for rails in columns]
        long = WordMachine(program, BLOCK // 64)
        seconds, _ = timed(partial(_load_and_run, program, long, wide, BLOCK // 64))
        results = _conclusions(program, long, len(cases))
        note(f"ours, columnar, {BLOCK:,} at a time", seconds / BLOCK * len(cases), results)
        arrays = {key: np.resize(np.array([one[key] for one in said]), BLOCK) for key in said[0]}
        arrays["none"] = np.zeros(BLOCK, bool)
        decide_all = bare_numpy(network)
        seconds, columns_of = timed(partial(decide_all, arrays))
        results = [
            frozenset(head for head, column in columns_of.items() if column[place])
            for place in range(len(cases))
        ]
        note(f"bare numpy, {BLOCK:,} at a time", seconds / BLOCK * len(cases), results)
    base = spent["ours, live (engine, reference, compared)"]
    lines = ["| evaluator | needs a second | times live | needs that differ |", "|---|---|---|---|"]
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        lines.append(f"| {name} | {count / seconds:,.0f} | {base / seconds:,.1f} | {differ[name]} |")
    lines += [f"| {name} | not installed | | |" for name in sorted(missing)]
    return [
        f"{count} needs over {networks} networks, facts read beforehand, one process, by its processor time.",
        "",
        *lines,
    ]


def _holding(truths: Mapping[str, tuple[bool, bool]]) -> Holding:
    return frozenset(
        f"{head}+{rail}"
        for head, truth in truths.items()
        for rail, holds in zip("sp", truth, strict=True)
        if holds
    )


def _truths(program: Program, facts: list[Facts]) -> list[list[tuple[bool, bool]]]:
    return [[known.truth(test) for known in facts] for test, _, _ in program.inputs[0]]


def _columnar(
    program: Program, machine: WordMachine, columns: list[list[list[bool]]], words: int, count: int
) -> list[Holding]:
    _load_and_run(program, machine, columns, words)
    return _conclusions(program, machine, count)


def _load_and_run(program: Program, machine: WordMachine, columns: list[list[Any]], words: int) -> None:
    for (_, *registers), rails in zip(program.inputs[0], columns, strict=True):
        for register, flags in zip(registers, rails, strict=True):
            if register >= 0:
                machine.load(register, as_words(np.asarray(flags), words))
    machine.run(0)


def _conclusions(program: Program, machine: WordMachine, count: int) -> list[Holding]:
    """Read out need by need, for the first ones."""
    found: list[list[str]] = [[] for _ in range(count)]
    for head, rails in program.outputs[0].items():
        for rail, register in zip("sp", rails, strict=True):
            for place in np.flatnonzero(flags_of(machine.bits(register), count)).tolist():
                found[place].append(f"{head}+{rail}")
    return [frozenset(atoms) for atoms in found]


def many(router: Router, rows: int, networks: int) -> Needs:
    """Coded columns: drawn needs of some networks, over and over, the pairs of States drawn anew."""
    day = date.fromisoformat(router.rulebook.data_date)
    evaluator = ColumnarEvaluator(router.rulebook, router.law)
    drawer = drawer_for(router, 3)
    cases = [drawer.case(block * 100 + number) for block in range(networks) for number in range(0, 100, 4)]
    needs = needs_of([(case, case.needs[0]) for case in cases], evaluator.tables, day)
    order = np.argsort(needs.measure * 4 + needs.kind, kind="stable")
    rows_of = np.repeat(order, -(-rows // len(order)))[:rows]
    needs = needs.take(rows_of)
    dice = np.random.default_rng(1)
    states = len(evaluator.tables.states)
    needs.own[:] = dice.integers(1, states + 1, rows)
    needs.partner[:] = needs.own % states + 1
    return needs


_here: dict[str, Any] = {}


def _main_steps(given: tuple[int, int]) -> float:
    """Sure and possible main step of so many coded needs over so many networks; gives back the seconds it
    took."""
    rows, networks = given
    router = _here.setdefault("router", Router.open())
    needs = many(router, rows, networks)
    evaluator = ColumnarEvaluator(router.rulebook, router.law)

    def go() -> int:
        total = 0
        for result in evaluator.run(needs, MAIN):
            total += int(
                sum(int(np.bitwise_count(bits).sum()) for bits in ColumnarAnswers(result).status.values())
            )
        return total

    go()
    return timed(go)[0]


def scale(rows: int) -> list[str]:
    """How the columnar evaluator grows."""
    lines = [
        "| coded columns, status and main step, by processor time | 1 process | 2 processes at once |",
        "|---|---|---|",
    ]
    for count, networks in ((10_000, 10), (rows, 10), (2 * rows, 10), (rows, 252), (4 * rows, 252)):
        one = count / _main_steps((count, networks))
        with ProcessPoolExecutor(2, get_context("spawn")) as pool:
            two = 2 * count / max(pool.map(_main_steps, [(count, networks)] * 2))
        lines.append(f"| {count:,} needs, {networks} networks | {one / 1e6:.2f} M/s | {two / 1e6:.2f} M/s |")
    return lines


def parquet(rows: int) -> list[str]:
    """From a Parquet file of words to a Parquet file of answers."""
    router = Router.open()
    dice = np.random.default_rng(2)
    measures, states = (
        list(router.rulebook.measures)[:10],
        ["FRA", "DEU", "USA", "KEN", "BRA", "GBR", "CHE", "ITA"],
    )

    def words(known: list[str]) -> Any:
        return pa.array(np.array(known, object)[dice.integers(0, len(known), rows)], pa.string())

    table = pa.table(
        {
            "measure": words(measures),
            "state": words(states[:4]),
            "with": words(states[4:]),
            "offence": words(["cybercrime", "corruption", "drugs"]),
            "max_penalty_months": pa.array(dice.integers(1, 200, rows), pa.int32()),
        }
    )
    lines = ["| Parquet to Parquet, by the clock, start included | 1 worker | 2 workers |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        for what, told, times in (
            (MAIN, "status, main step, certainty", 1),
            (MAIN, "status, main step, certainty", 10),
            (WHOLE, "everything", 1),
        ):
            source = Path(folder) / f"{times}.parquet"
            with pq.ParquetWriter(source, table.schema) as writer:
                for _ in range(times):
                    writer.write_table(table)
            count, rates = rows * times, []
            for workers in (1, 2):
                day = date.fromisoformat(router.rulebook.data_date)
                seconds, done = timed(
                    lambda source=source, what=what, workers=workers, day=day: run(  # type: ignore[misc]
                        BatchSource.of(source),
                        Path(folder) / "out.parquet",
                        Path(folder) / "rejects",
                        "parquet",
                        rules=rules_folder(None),
                        day=day,
                        what=what,
                        workers=workers,
                    ),
                    time.perf_counter,
                )
                assert done.answers == count
                rates.append(f"{count / seconds / 1e3:,.0f} k/s")
            lines.append(f"| {count:,} needs, {told} | {' | '.join(rates)} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--networks", type=int, default=6)
    parser.add_argument("--needs", type=int, default=100)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    Batch.open()
    load = os.getloadavg()[0]
    command = (
        f"python benchmarks/scale.py --networks {options.networks} --needs {options.needs} --rows "
        f"{options.rows}"
    )
    lines = [
        "# How fast it is",
        "",
        f"Made by `{command} --write` (`make bench`) with CPython {platform.python_version()} on "
        f"{os.cpu_count()} cores; "
        f"load average {load:.1f} when it began, so that a quiet machine does better where this is above 0.",
        "",
        *peers(Router.open(), options.networks, options.needs),
        "",
        *scale(options.rows),
        "",
        *parquet(options.rows),
        "",
    ]
    print("\n".join(lines))
    if options.write:
        (ROOT / "benchmarks" / "README.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
