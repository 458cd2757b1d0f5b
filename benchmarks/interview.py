"""How many questions the interview asks, and how long it takes to find the next one.

    python benchmarks/interview.py [--generated 1000] [--seed 6]

Over every example, scenario and published case, and over generated cases: each is blanked to its
measure, kind and States, and interviewed with the answers it had. Compared with

- the shortest set of the case's facts that settles it in hindsight; where too many sets would have
  to be tried, the lower bound is taken;
- form order: the fields of the form that `routing new --all` prints, from the top, until the case is settled;
  then without the fields that the form fills by itself with what is usual; then, of these, only the facts
  that
  can matter to the case, which no form could know.

A fact that the case does not state is answered `unknown`, in the interview and in the form.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from routing.analyse.interview import Interview
from routing.analyse.interview.most_informative import relevant
from routing.analyse.interview.open_facts import Topics, askable, asked_as
from routing.analyse.whatif.changed_case import case_data
from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.core.domain import UNKNOWN
from routing.core.errors import Problems
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.opened import Router, shared_router

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 24)
WORST = 8
MOST_TRIES = 400


@dataclass
class Count:
    """What one case took."""

    name: str
    asked: int
    least: int  # the lower bound of the shortest set
    most: int  # and the upper one
    form: int
    form_open: int
    form_relevant: int


def single(case: Case) -> Iterator[Case]:
    """The case once for each of its needs."""
    for need in case.needs:
        yield replace(case, needs=(need,))


def written() -> Iterator[tuple[str, Path]]:
    for pattern in ("examples/*/case.yaml", "tests/scenarios/*/*.yaml", "tests/published/cases/*.yaml"):
        for path in sorted(ROOT.glob(pattern)):
            if path.stem not in ("expected", "waiting", "plan"):
                yield f"{path.parent.name}/{path.stem}", path


def generated(router: Router, count: int, seed: int) -> Iterator[tuple[str, Case]]:
    """Cases with every fact that a person could be asked for, drawn at random where nothing is presumed."""
    dice, topics = random.Random(seed), Topics(router.rulebook)
    states = [place.alpha3 for place in router.law.states if place.parent is None]
    near = (
        "FRA",
        "DEU",
        "ITA",
        "AUT",
        "GBR",
        "USA",
        "CHE",
        "KEN",
        "NGA",
        "URY",
        "CRI",
        "BRA",
        "JPN",
        "THA",
        "ZAF",
        "TUR",
    )
    for number in range(count):
        measure = dice.choice(list(router.rulebook.measures))
        one = dice.choice(near if dice.random() < 0.7 else states)
        other = dice.choice([state for state in (near if dice.random() < 0.7 else states) if state != one])
        need: dict[str, Any] = {
            "id": "n",
            "kind": dice.choice(("request", "request", "request", "answer")),
            "measure": measure,
            "with": other,
        }
        data: dict[str, Any] = {"state": one, "as_of": DAY.isoformat(), "needs": [need]}
        for fact in router.rulebook.facts.values():
            if (
                fact.derived
                or fact.looked_up
                or fact.type not in ("choice", "number", "many")
                or (fact.presumed and dice.random() < 0.9)
            ):
                continue
            if dice.random() < 0.15:
                continue
            value = dice.choice(topics.choices(fact.id) or (None,))
            if value is None:
                continue
            word: Any = (
                value.number
                if value.number is not None
                else sorted(value.words)
                if fact.type == "many"
                else next(iter(value.words))
            )
            (data if fact.of == "case" else need)[fact.id] = word
        yield f"generated/{number}", router.read(data)


class Full:
    """What a full case knows, and what it answers when asked."""

    def __init__(self, router: Router, case: Case) -> None:
        self.router, self.case, self.need = router, case, case.needs[0]
        self.stated = {**case.facts, **self.need.facts}

    def answer(self, fact: str) -> object:
        if fact.startswith("tie:"):
            return self.case.assume.ties.get(fact[4:], UNKNOWN)
        value = self.stated.get(fact, UNKNOWN)
        return list(value) if isinstance(value, tuple) else value

    def blank(self, keep_presumed: bool = True) -> dict[str, Any]:
        """Measure, kind, States and ties stay, with what corrects a presumption: nobody is asked for that."""
        data = case_data(self.case)
        need = data["needs"][0]
        for where in (data, need):
            for name in list(where):
                fact = self.router.rulebook.facts.get(name)
                if fact is not None and not (keep_presumed and self._given(name)):
                    del where[name]
        data.setdefault("state", UNKNOWN)
        need.setdefault("with", UNKNOWN)
        return data

    def _given(self, name: str) -> bool:
        """Whether a fact would be presumed or looked up if the case were silent: it is no question, but a
        correction."""
        need = replace(self.need, facts={})
        silent = replace(self.case, facts={}, needs=(need,))
        facts = facts_for(silent, need, self.router.rulebook, self.router.law, self.case.as_of or DAY)
        return facts.get(name) is not None


def interviewed(full: Full, latencies: list[float]) -> list[str]:
    """The facts that the interview asked for."""
    interview = Interview.resumed(full.router, full.blank(), full.case.as_of or DAY)
    asked: list[str] = []
    while True:
        start = time.perf_counter()
        question = interview.next_question()
        latencies.append((time.perf_counter() - start) * 1000)
        if question is None:
            return asked
        asked.append(question.fact)
        answer = full.answer(question.fact)
        try:
            interview.answer(question.fact, answer, question.need)
        except Problems:
            interview.answer(question.fact, UNKNOWN, question.need)


def settled(full: Full, topics: Topics, known: Mapping[str, object]) -> bool:
    """Whether the answer cannot change any more, once these facts are known (or known not to be known)."""
    data = full.blank()
    need = data["needs"][0]
    for name, value in known.items():
        if name.startswith("tie:"):
            data.setdefault("assume", {}).setdefault("ties", {})[name[4:]] = value
        else:
            (data if full.router.rulebook.facts[name].of == "case" else need)[name] = value
    case = full.router.read(data)
    facts = facts_for(case, case.needs[0], full.router.rulebook, full.router.law, full.case.as_of or DAY)
    return not _left(full, topics, case, case.needs[0], facts)


def _left(full: Full, topics: Topics, case: Case, need: Need, facts: Any) -> tuple[str, ...]:
    reference = Reference(full.router.rulebook.heads, facts)
    targets = [atom for atom in topics.targets(need.measure) if reference.atom(atom) == (False, True)]
    names = askable(full.router.rulebook, case, need, reference, targets)
    return relevant(topics, facts, targets, names) if targets and names else ()


def shortest(full: Full, topics: Topics, asked: list[str]) -> tuple[int, int]:
    """The least number of facts that settle the case in hindsight, as a lower and an upper bound.

    A fact without which the case stays open though all others are known is in every settling set;
    to these are added as few others as it takes, up to a number of tries.
    """
    pool = candidates(full, topics, asked)
    needed = [
        name
        for name in pool
        if not settled(full, topics, {other: full.answer(other) for other in pool if other != name})
    ]
    rest, tries = [name for name in pool if name not in needed], 0
    for size in range(len(asked) - len(needed)):
        for chosen in combinations(rest, size):
            tries += 1
            if tries > MOST_TRIES:
                return len(needed) + size, len(asked)
            if settled(full, topics, {name: full.answer(name) for name in (*needed, *chosen)}):
                return len(needed) + size, len(needed) + size
    return len(asked), len(asked)


def candidates(full: Full, topics: Topics, asked: list[str]) -> list[str]:
    """The facts that could be part of a settling set: open at the start, or asked on some way there."""
    case = full.router.read(full.blank())
    facts = facts_for(case, case.needs[0], full.router.rulebook, full.router.law, full.case.as_of or DAY)
    reference = Reference(full.router.rulebook.heads, facts)
    targets = [atom for atom in topics.targets(full.need.measure) if reference.atom(atom) == (False, True)]
    names = [
        asked_as(full.router.rulebook, name)
        for name in askable(full.router.rulebook, case, case.needs[0], reference, targets)
    ]
    return list(dict.fromkeys([*asked, *names]))


def form(full: Full, every_field: bool = True, only: set[str] | None = None) -> list[str]:
    """The fields of the form that `routing new --all` prints, in its order.

    every_field: also those for which the form gives what is usual, and which the case leaves as they are.
    """
    told = [
        fact
        for fact in full.router.rulebook.facts.values()
        if fact.told and "from" not in (fact.looked_up or {})
    ]
    fields = [fact.id for case_first in (True, False) for fact in told if (fact.of == "case") is case_first]
    ties = sorted(name for name in (only or ()) if name.startswith("tie:"))
    return [
        name for name in fields if (every_field or not full._given(name)) and (only is None or name in only)
    ] + ties


def filled_in(full: Full, topics: Topics, fields: list[str]) -> int:
    """How many of the fields are gone through, in their order, until the case is settled."""
    low, high = 0, len(fields)
    # Filling in more never unsettles, so the first settling point is found by halving.
    while low < high:
        middle = (low + high) // 2
        if settled(
            full, topics, {name: full.answer(name) for name in fields[:middle] if not full._given(name)}
        ):
            high = middle
        else:
            low = middle + 1
    return low


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--generated", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=6)
    options = parser.parse_args()
    router = shared_router()
    topics = Topics(router.rulebook)
    latencies: list[float] = []
    groups: dict[str, list[Count]] = {"written": [], "generated": []}
    sources = [(name, case) for name, path in written() for case in single(router.read(path))]
    for group, cases in (
        ("written", iter(sources)),
        ("generated", generated(router, options.generated, options.seed)),
    ):
        for name, case in cases:
            full = Full(router, case)
            asked = interviewed(full, latencies)
            least, most = shortest(full, topics, asked)
            near = set(candidates(full, topics, asked))
            groups[group].append(
                Count(
                    name,
                    len(asked),
                    least,
                    most,
                    *(
                        filled_in(full, topics, fields)
                        for fields in (form(full), form(full, False), form(full, False, near))
                    ),
                )
            )
    for group, counts in groups.items():
        report(group, counts)
    report("all", [count for counts in groups.values() for count in counts])
    latencies.sort()
    real = [value for value in latencies if value > 1]
    print(
        f"next question: {len(real)} measured, median {statistics.median(real):.1f} ms, 95th "
        f"percentile {real[int(len(real) * 0.95)]:.1f} ms, most {real[-1]:.1f} ms"
    )


def report(group: str, counts: list[Count]) -> None:
    if not counts:
        return
    with_questions = [c for c in counts if c.asked]
    size, asked, least, most = (
        len(counts),
        sum(c.asked for c in counts),
        sum(c.least for c in counts),
        sum(c.most for c in counts),
    )
    print(f"{group}: {size} cases, {len(with_questions)} with questions")
    print(
        f"  mean questions {asked / size:.2f}, at most {max(c.asked for c in counts)}; shortest "
        f"set in hindsight {least / size:.2f} "
        f"(upper bound {most / size:.2f}, exact in {sum(c.least == c.most for c in counts)}); "
        f"ratio {asked / max(least, 1):.2f}"
    )
    for what, gone_through in (
        ("the form", lambda c: c.form),
        ("the form without what is usual", lambda c: c.form_open),
        ("the same, only facts that can matter", lambda c: c.form_relevant),
    ):
        fewer, same = (
            sum(test(c.asked, gone_through(c)) for c in with_questions) for test in (int.__lt__, int.__eq__)
        )
        able = [c for c in with_questions if c.least < gone_through(c)]
        print(
            f"  {what}: {sum(map(gone_through, counts)) / size:.2f}; fewer asked on "
            f"{100 * fewer / max(len(with_questions), 1):.1f} % of those with questions, "
            f"as many on {100 * same / max(len(with_questions), 1):.1f} %; on "
            f"{100 * sum(c.asked < gone_through(c) for c in able) / max(len(able), 1):.1f} % "
            f"of the {len(able)} where fewer can be asked at all"
        )
    for count in sorted(with_questions, key=lambda c: c.form - c.asked)[:WORST]:
        print(f"    {count.name}: asked {count.asked}, shortest {count.least}, form {count.form}")


if __name__ == "__main__":
    main()
