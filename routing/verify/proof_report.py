"""A proof told: one line a claim, the cases that break it, and a table to keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from routing.core.writing import PUBLIC, write_file
from routing.rulebook.model import Rulebook
from routing.verify.proof_page import NOT_PROVED, proved_hash
from routing.verify.prove import Verdict
from routing.verify.solver.session import Broken
from routing.verify.solver.witness import written

MOST_TOLD = 20
Paths = Mapping[int, tuple[Path, ...]]
"""The case files of a failure, by the identity of the failure."""


def kept_cases(verdicts: Iterable[Verdict], rulebook: Rulebook, folder: Path) -> dict[int, tuple[Path, ...]]:
    """Write the cases that break a claim, one file each; before and after where a change breaks it."""
    kept: dict[int, tuple[Path, ...]] = {}
    for verdict in verdicts:
        for broken in verdict.broken:
            names = [""] if len(broken.cases) == 1 else ["-before", "-after"]
            paths = []
            for case, end in zip(broken.cases, names, strict=False):
                folder.mkdir(parents=True, exist_ok=True)
                path = (
                    folder
                    / f"{_plain(verdict.claim)}-{_plain(broken.item)}-{_plain(broken.measure)}{end}.yaml"
                )
                note = (
                    f"{verdict.claim}: {broken.says}",
                    *(("Ties under `assume` are ones that no pair tried has.",) if case.assume.ties else ()),
                )
                write_file(path, written(case, rulebook, note), replace=True, mode=PUBLIC)
                paths.append(path)
            if paths:
                kept[id(broken)] = tuple(paths)
    return kept


def _plain(word: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "-", word)[:60]


def line(verdict: Verdict, paths: Paths) -> Iterator[str]:
    """One line for a claim, and below it what breaks it."""
    count = f"  {verdict.shown} of {verdict.items}" if verdict.items else ""
    yield (
        f"{'holds' if verdict.holds else 'FALLS'}  {verdict.claim:<26} {verdict.seconds:7.2f} s "
        f" {verdict.says}{count}"
    )
    for broken in verdict.broken[:MOST_TOLD]:
        yield from _lines_of(broken, paths.get(id(broken), ()))
    if len(verdict.broken) > MOST_TOLD:
        yield f"         ... and {len(verdict.broken) - MOST_TOLD} more"


def _lines_of(broken: Broken, paths: Sequence[Path]) -> Iterator[str]:
    where = f" ({broken.measure})" if broken.measure else ""
    name = "" if broken.item in broken.says else f"{broken.item}: "
    yield f"       - {name}{broken.says}{where}"
    for path in paths:
        yield f"         routing route {path}"


def table_of(verdicts: Sequence[Verdict], rulebook: Rulebook) -> str:
    """The table that is kept with a release: what was proved of which rules."""
    lines = [
        f"# Proof of rulebook {rulebook.version}",
        "",
        f"Rules but for the words of `{NOT_PROVED}`: hash `{proved_hash(rulebook)}`, law data as of"
        f" {rulebook.data_date}.",
        "",
        "| Claim | Holds | Shown | Seconds |",
        "|---|---|---|---|",
    ]
    for verdict in verdicts:
        shown = f"{verdict.shown} of {verdict.items}" if verdict.items else "every case"
        lines.append(
            f"| {verdict.says} (`{verdict.claim}`) | {'yes' if verdict.holds else 'NO'} | {shown} |"
            f" {verdict.seconds:.1f} |"
        )
    total = sum(verdict.seconds for verdict in verdicts)
    lines += [
        "",
        f"{sum(v.holds for v in verdicts)} of {len(verdicts)} claims hold; {total:.1f} seconds of one core.",
    ]
    return "\n".join(lines) + "\n"


def as_data(verdicts: Sequence[Verdict], rulebook: Rulebook, paths: Paths) -> dict[str, Any]:
    """The same for machines."""
    return {
        "rulebook": {"version": rulebook.version, "hash": rulebook.hash},
        "holds": all(verdict.holds for verdict in verdicts),
        "claims": [
            {
                "claim": verdict.claim,
                "says": verdict.says,
                "holds": verdict.holds,
                "seconds": round(verdict.seconds, 3),
                "shown": verdict.shown,
                "items": verdict.items,
                "broken": [
                    {
                        "item": broken.item,
                        "says": broken.says,
                        "measure": broken.measure or None,
                        "gave_up": broken.gave_up,
                        "cases": [str(path) for path in paths.get(id(broken), ())],
                    }
                    for broken in verdict.broken
                ],
            }
            for verdict in verdicts
        ],
    }
