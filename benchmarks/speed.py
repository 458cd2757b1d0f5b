"""How fast a decision is: `python benchmarks/speed.py [--decisions 100000]`.

Prints medians of processor time, which other work on the machine changes less than the time of the clock;
quote them from a quiet machine all the same.
 - one need through both evaluators after loading with nothing remembered, and the engine's share of it
 - a whole plan of the stories, and of random cases each of which comes once
 - the whole command, beside a process that imports click and validates one pydantic model
 - memory over many decisions
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from routing.case.facts import facts_for
from routing.case.model import Case
from routing.evaluate.engine import driver
from routing.evaluate.engine.sharing import SharedRuleSets
from routing.evaluate.reference import evaluate
from routing.opened import Router
from routing.testing import cases

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
EXAMPLES = sorted(ROOT.glob("examples/*/case.yaml"))
BASELINE = """
import click, pydantic
class Model(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True, frozen=True, extra="forbid")
    number: int
    word: str
Model.model_validate({"number": 1, "word": "one"})
"""


def median(action: Callable[[], object], runs: int = 50) -> float:
    """The median time of an action, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def evaluators(router: Router) -> None:
    """Each need many times over, so that the engine must not remember what it answered."""
    remembered, driver.MOST_ANSWERED = driver.MOST_ANSWERED, 0
    driver._shared = SharedRuleSets(driver.CompiledRuleSet)
    engine, reference, plans = [], [], []
    for file in EXAMPLES:
        case = router.read(file)
        assert case.as_of is not None
        for need in case.needs:
            facts = facts_for(case, need, router.rulebook, router.law, case.as_of)
            network = router.judge.network(need.measure, need.kind)
            router.judge.engine.evaluate(network, facts)
            engine.append(median(partial(router.judge.engine.evaluate, network, facts)))
            reference.append(median(partial(evaluate, router.rulebook, facts, network.heads)))
        plans.append(median(partial(router.route, case), 10))
    all_of = [one + other for one, other in zip(engine, reference, strict=True)]
    share = statistics.median(engine) / statistics.median(all_of)
    print(
        f"one need, both evaluators  {statistics.median(all_of):6.2f} ms median, "
        f"{max(all_of):6.2f} ms slowest; the engine's share {share:.0%}"
    )
    print(f"one plan of a story        {statistics.median(plans):6.2f} ms median")
    driver.MOST_ANSWERED = remembered
    driver._shared = SharedRuleSets(driver.CompiledRuleSet)


def random_cases(router: Router, count: int = 150) -> None:
    """Cases that come once each, after fifty others."""
    drawn: list[Case] = []

    @seed(0)
    @settings(
        max_examples=count + 50,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=cases(router))
    def draw(case: Case) -> None:
        drawn.append(case)

    draw()
    times = []
    for case in drawn:
        start = time.process_time()
        router.route(case, as_of=DAY)
        times.append((time.process_time() - start) * 1000 / len(case.needs))
    times = sorted(times[50:])
    print(
        f"one need of a random case  {statistics.mean(times):6.2f} ms in the mean, "
        f"{times[len(times) * 9 // 10]:.2f} ms at the 90th percentile"
    )


def processes(runs: int = 15) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
    command = [sys.executable, "-m", "routing", "route", str(EXAMPLES[0])]
    baseline = [sys.executable, "-c", BASELINE]
    times: dict[str, list[float]] = {"command": [], "baseline": []}
    for name, line in (("command", command), ("baseline", baseline)) * (runs + 1):
        start = _of_children()
        subprocess.run(line, check=False, **quiet)  # type: ignore[call-overload]
        times[name].append(_of_children() - start)
    ours, theirs = (statistics.median(times[name][1:]) * 1000 for name in ("command", "baseline"))
    print(
        f"the whole command          {ours:6.0f} ms median; click and one pydantic model "
        f"{theirs:.0f} ms; ratio {ours / theirs:.2f}"
    )


def _of_children() -> float:
    """The processor time of the processes that were started and have ended, in seconds."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def memory(router: Router, decisions: int) -> None:
    cases = [router.read(file) for file in EXAMPLES]
    needs = [(case, need) for case in cases for need in case.needs]
    for case, need in needs:
        _decide(router, case, need)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    for number in range(decisions):
        _decide(router, *needs[number % len(needs)])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    rate = decisions / (time.process_time() - start)
    print(
        f"memory                     {before / 1024:.0f} MiB, grown by {grown / 1024:.1f} MiB "
        f"over {decisions:,} decisions ({rate:.0f} a second)"
    )


def _decide(router: Router, case: object, need: object) -> None:
    router.judge.findings(facts_for(case, need, router.rulebook, router.law, case.as_of))  # type: ignore[arg-type, attr-defined]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--decisions", type=int, default=2_000)
    chosen = parser.parse_args()
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    opened = Router.open()
    evaluators(opened)
    random_cases(opened)
    processes()
    memory(opened, chosen.decisions)
