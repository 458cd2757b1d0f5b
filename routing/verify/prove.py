"""The proof of a whole rulebook: every claim on every measure, then what was never shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from routing.core.errors import RulebookProblems, one_of
from routing.core.records import Record
from routing.rulebook.model import Rulebook
from routing.verify.claims.registry import Claim, every_claim
from routing.verify.pool import cores, shared_out
from routing.verify.solver.session import Broken, Examined, GaveUp, SolverSession
from routing.verify.statements import Statements

WHOLE = "every measure at once"
MOST_BROKEN = 3  # failures of one item that are kept; the others say the same of other measures


@dataclass
class Verdict:
    """What became of a claim. seconds: of one core. shown: how many items were shown, of `items`."""

    claim: str
    says: str
    seconds: float = 0.0
    shown: int = 0
    items: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.broken


class Measured(Record):
    """One claim on one measure."""

    claim: str
    seconds: float
    examined: Examined


_shared: dict[str, tuple[Rulebook, Statements]] = {}


def prove(
    rulebook: Rulebook,
    statements: Statements,
    only: Iterable[str] = (),
    measures: Iterable[str] = (),
    seconds: float = 10.0,
    jobs: int | None = None,
    progress: Callable[[str], None] = lambda measure: None,
) -> list[Verdict]:
    """The verdict on every claim.

    only: ids of claims; measures: those to look at, for a quick look (what must be shown
    somewhere is then not asked for); seconds: for one question to the solver.
    """
    claims = _picked(only)
    chosen = tuple(measures) or tuple(rulebook.measures)
    verdicts = {claim.id: Verdict(claim.id, claim.says) for claim in claims}
    shown: dict[str, set[str]] = {claim.id: set() for claim in claims}
    for measure, results in _examined(rulebook, statements, claims, chosen, int(seconds * 1000), jobs, shown):
        for result in results:
            verdict = verdicts[result.claim]
            verdict.seconds += result.seconds
            shown[result.claim] |= result.examined.shown
            _keep(verdict, result.examined.broken)
        progress(measure)
    for claim in claims:
        if claim.items is not None and not tuple(measures):
            _unshown(
                claim, verdicts[claim.id], claim.items(rulebook, statements), shown[claim.id], statements
            )
        if claim.excusing and not tuple(measures):
            verdicts[claim.id].broken += _not_needed(claim, shown[claim.id], statements)
    return list(verdicts.values())


def _picked(only: Iterable[str]) -> tuple[Claim, ...]:
    claims = every_claim()
    names = tuple(only)
    ids = [claim.id for claim in claims]
    for name in names:
        if name not in ids:
            raise RulebookProblems.of(f"`{name}` is not a claim", fix=one_of(name, ids, 20))
    return tuple(claim for claim in claims if not names or claim.id in names)


def _keep(verdict: Verdict, broken: list[Broken]) -> None:
    for item in broken:
        if sum(old.item == item.item for old in verdict.broken) < MOST_BROKEN:
            verdict.broken.append(item)


def _unshown(
    claim: Claim, verdict: Verdict, items: frozenset[str], shown: set[str], statements: Statements
) -> None:
    listed = {item: entry for entry in statements.expected(claim.id) for item in entry.items}
    verdict.items, verdict.shown = len(items), len(items & shown)
    for item in sorted(items - shown - listed.keys()):
        verdict.broken.append(Broken(item, f"`{item}`: {claim.unshown}"))
    for item in sorted(listed.keys() & (shown | (listed.keys() - items))):
        verdict.broken.append(
            Broken(item, f"`{item}` is excused by `{listed[item].id}`, which is not needed")
        )


def _not_needed(claim: Claim, met: set[str], statements: Statements) -> list[Broken]:
    return [
        Broken(item, f"`{item}` is excused by `{entry.id}`, which is not needed")
        for entry in statements.expected(claim.id)
        for item in sorted(entry.items - met)
    ]


def _examined(
    rulebook: Rulebook,
    statements: Statements,
    claims: tuple[Claim, ...],
    measures: tuple[str, ...],
    milliseconds: int,
    jobs: int | None,
    shown: dict[str, set[str]],
) -> Iterator[tuple[str, list[Measured]]]:
    work = (WHOLE, *measures) if any(claim.whole for claim in claims) else measures
    count = min(jobs or cores(), len(work))
    names = tuple(claim.id for claim in claims)
    if count == 1:
        for measure in work:
            yield measure, examine(rulebook, statements, names, measure, milliseconds, shown)
        return
    yield from shared_out(
        work,
        count,
        _share,
        (rulebook, statements),
        _examine_shared,
        lambda measure: (names, measure, milliseconds, {claim: set(items) for claim, items in shown.items()}),
    )


def _share(rulebook: Rulebook, statements: Statements) -> None:
    _shared["now"] = (rulebook, statements)


def _examine_shared(
    names: tuple[str, ...], measure: str, milliseconds: int, shown: dict[str, set[str]]
) -> list[Measured]:
    return examine(*_shared["now"], names, measure, milliseconds, shown)


def examine(
    rulebook: Rulebook,
    statements: Statements,
    names: tuple[str, ...],
    measure: str,
    milliseconds: int,
    shown: dict[str, set[str]],
) -> list[Measured]:
    """The claims on one measure, or those on all of them at once."""
    claims = [claim for claim in every_claim() if claim.id in names and claim.whole == (measure == WHOLE)]
    if not claims:
        return []
    session = SolverSession(rulebook, statements, None if measure == WHOLE else measure, milliseconds, shown)
    results = []
    for claim in claims:
        started = time.process_time()
        try:
            examined = claim.examine(session)
        except GaveUp:
            examined = Examined(broken=[Broken(claim.id, "the solver gave up", measure, gave_up=True)])
        results.append(Measured(claim.id, time.process_time() - started, examined))
    return results
