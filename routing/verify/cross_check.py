"""The two evaluators run side by side on many random cases, and what the cases reached."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from routing.case.facts import facts_for
from routing.core import conclusion
from routing.core.errors import EngineFailure, EvaluatorsDisagree
from routing.opened import Router, check_same_rules
from routing.verify.case_generator import BLOCK, CaseGenerator
from routing.verify.pool import shared_out
from routing.version import build_id


@dataclass
class Reached:
    """What some cases reached. fired: rule -> the rules that fired with it, one bit each; differ: numbers of
    cases."""

    cases: int = 0
    fired: dict[str, int] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    primaries: set[str] = field(default_factory=set)
    differ: list[int] = field(default_factory=list)

    def add(self, more: Reached) -> None:
        self.cases += more.cases
        for rule, mates in more.fired.items():
            self.fired[rule] = self.fired.get(rule, 0) | mates
        self.chosen |= more.chosen
        self.primaries |= more.primaries
        self.differ += more.differ

    @property
    def pairs(self) -> int:
        """How many pairs of rules fired in one case."""
        return sum(mates.bit_count() for mates in self.fired.values()) // 2


@dataclass
class Progress:
    """A comparison that can be stopped and taken up again, kept in a file."""

    rules: str  # hash of the rules and mark of this copy of the program
    seed: int
    done: set[int] = field(default_factory=set)  # numbers of blocks
    reached: Reached = field(default_factory=Reached)

    @classmethod
    def read(cls, path: Path, rules: str, seed: int) -> Progress:
        """What was done already for these rules and this seed; nothing where the file speaks of others."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if (data["rules"], data["seed"]) != (rules, seed):
                return cls(rules, seed)
            reached = Reached(
                data["cases"],
                {rule: int(mates, 16) for rule, mates in data["fired"].items()},
                set(data["chosen"]),
                set(data["primaries"]),
                data["differ"],
            )
            return cls(rules, seed, set(data["done"]), reached)
        except (OSError, ValueError, KeyError, TypeError):
            return cls(rules, seed)

    def write(self, path: Path) -> None:
        trial = path.with_name(f".{path.name}.{os.getpid()}")
        trial.write_text(
            json.dumps(
                {
                    "rules": self.rules,
                    "seed": self.seed,
                    "done": sorted(self.done),
                    "cases": self.reached.cases,
                    "fired": {rule: hex(mates) for rule, mates in sorted(self.reached.fired.items())},
                    "chosen": sorted(self.reached.chosen),
                    "primaries": sorted(self.reached.primaries),
                    "differ": self.reached.differ,
                }
            ),
            encoding="utf-8",
        )
        os.replace(trial, path)


_worker: dict[str, Any] = {}


def compare_evaluators(
    router: Router,
    cases: int,
    seed: int,
    jobs: int = 1,
    kept: Path | None = None,
    progress: Callable[[Reached], None] = lambda reached: None,
) -> Reached:
    """Run cases through both evaluators.

    kept: a file in which the work is kept, so that it can be taken up again.
    """
    of = f"{router.rulebook.hash} {build_id()}"
    done = Progress.read(kept, of, seed) if kept else Progress(of, seed)
    drawer = drawer_for(router, seed)
    blocks = [number for number in range(-(-cases // BLOCK)) if number not in done.done]
    blocks.sort(key=lambda number: (drawer.turn(number), number))
    for count, (number, reached) in enumerate(_run(router, drawer, blocks, jobs, cases)):
        done.done.add(number)
        done.reached.add(reached)
        progress(done.reached)
        if kept and count % 20 == 0:
            done.write(kept)
    if kept:
        done.write(kept)
    return done.reached


def drawer_for(router: Router, seed: int) -> CaseGenerator:
    """Draws the cases that a comparison with this seed runs."""
    return CaseGenerator(
        router.rulebook, sorted(place.alpha3 for place in router.law.states if place.parent is None), seed
    )


def _run(
    router: Router, drawer: CaseGenerator, blocks: Sequence[int], jobs: int, cases: int
) -> Iterator[tuple[int, Reached]]:
    if jobs == 1:
        for number in blocks:
            yield number, _block(router, drawer, number, cases)
        return
    folder = Path(router.rulebook.folder)
    yield from shared_out(
        blocks,
        jobs,
        _open,
        (folder, drawer.seed, router.rulebook.hash),
        _block_here,
        lambda number: (number, cases),
        ahead=2,
    )


def _open(folder: Path, seed: int, content: str) -> None:
    router = Router.open(folder)
    _worker.update(router=router, drawer=drawer_for(router, seed), content=content)


def _block_here(number: int, cases: int) -> Reached:
    check_same_rules(_worker["router"].rulebook, _worker["content"])
    return _block(_worker["router"], _worker["drawer"], number, cases)


def _block(router: Router, drawer: CaseGenerator, number: int, cases: int) -> Reached:
    """The cases of one block."""
    day = date.fromisoformat(router.rulebook.data_date)
    bits = {rule.id: 1 << index for index, rule in enumerate(router.rulebook.rules)}
    reached = Reached()
    for index in range(number * BLOCK, min((number + 1) * BLOCK, cases)):
        case = drawer.case(index)
        reached.cases += 1
        try:
            findings = router.judge.findings(facts_for(case, case.needs[0], router.rulebook, router.law, day))
        except (EvaluatorsDisagree, EngineFailure):
            reached.differ.append(index)
            continue
        fired = [
            conclusion.name_of(head)
            for head, truth in findings.truths.items()
            if truth[0] and conclusion.kind_of(head) == conclusion.FIRED
        ]
        mask = sum(bits[rule] for rule in fired)
        for rule in fired:
            reached.fired[rule] = reached.fired.get(rule, 0) | (mask ^ bits[rule])
        for head, truth in findings.truths.items():
            if truth[0] and conclusion.kind_of(head) == conclusion.CHOSEN:
                reached.chosen.add(conclusion.name_of(head))
            elif truth[0] and conclusion.kind_of(head) == conclusion.PRIMARY:
                reached.primaries.add(conclusion.name_of(head))
    return reached
