"""What a case tells and no rule weighs for its needs: said, so that nobody believes that it moved the answer.

A fact counts as weighed where a rule that can matter for the measure and the kind of need tests it, or
something else that such a test is worked out from, and where anything read it for this plan.
"""

from __future__ import annotations

from collections.abc import Iterable

from routing.case.model import Case
from routing.core.domain import UNKNOWN
from routing.core.grouping import grouped
from routing.evaluate.findings import Findings
from routing.rulebook.model import Rulebook


def unweighed(case: Case, needs: Iterable[Findings]) -> tuple[str, ...]:
    """What was told and weighs nothing, in plain words; with the ids of the needs if not so for all."""
    every = tuple(needs)
    if not every:
        return ()
    rulebook = every[0].rulebook
    reads = {findings.facts.need.id: _read(rulebook, findings) for findings in every}
    stated = grouped(
        (name, need.id)
        for need in case.needs
        for name, value in {**case.facts, **need.facts}.items()
        if value != UNKNOWN
        and rulebook.facts[name].type not in ("instruments", "text")
        and rulebook.measures[need.measure].presumes.get(name) != value  # the measure says so itself
    )
    named = []
    for name, ids in stated.items():
        idle = [id for id in ids if name not in reads[id]]
        if name in case.facts and len(idle) < len(ids):
            continue
        which = f" (for {', '.join(idle)})" if idle and len(idle) < len(case.needs) else ""
        named += [f"{rulebook.facts[name].name or name.replace('_', ' ')}{which}"] if idle else []
    routes = {fact.id for fact in rulebook.facts.values() if "via" in (fact.looked_up or {})}
    crossing = [need.id for need in case.needs if need.via]
    idle = [id for id in crossing if not routes & reads[id]]
    which = f" (for {', '.join(idle)})" if len(idle) < len(case.needs) else ""
    return (*named, f"States on the route{which}") if idle else tuple(named)


def _read(rulebook: Rulebook, findings: Findings) -> set[str]:
    """The facts that were read for a need, or that a rule could read, each with those behind it."""
    read: set[str] = set()
    left = [*findings.bearing, *findings.facts.read]
    while left:
        name = left.pop()
        if name not in read:
            read.add(name)
            left += rulebook.taken_from.get(name, ())
    return read
