"""Mutate every rule in turn and say which tests notice: python devtools/mutate.py --resume mutants.jsonl

The mutants come in a fixed random order, so that the first ones are a fair sample of all. What is done is
kept in the file, and taken up again where the rules and the tests are still the same.
  kept case       a scenario, example, published or blind case, or a row of the paper, would fail
  boundary table  only a table under tests/boundaries would fail, on a case
  pinned text     only the text in a table would differ: what a rule does, and the provisions it rests on
  equivalent      proved by the solver to conclude the same in every possible case; not counted
  survives        nothing notices; the list says what would

Held by `tests/slow/test_mutation.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Iterable, Mapping
from math import sqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from boundary_tables import trials
from mutation import BOUNDARY, EQUIVALENT, NOTICED, OUTCOMES, PINNED, SURVIVES, Examiner

from devtools.changed_rulebook import rewritten
from devtools.distinguish import told_apart
from devtools.mutants import KINDS, Mutant, mutants_of
from routing.verify.solver.session import GaveUp

ROOT = Path(__file__).resolve().parents[1]
LEAST_KILLED = 0.98
Row = Mapping[str, object]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--resume", type=Path, metavar="FILE", help="keep what is done in this file, and take it up again"
    )
    parser.add_argument("--most", type=int, metavar="N", help="only the first N mutants of the random order")
    parser.add_argument(
        "--rule",
        action="append",
        metavar="ID",
        help="only the mutants of this rule; may be given several times",
    )
    parser.add_argument(
        "--kept-first",
        action="store_true",
        help="try the kept cases before the tables, to see what they notice by themselves; slow",
    )
    asked = parser.parse_args()
    rules = [
        rule for rule in trials().rulebook.rules if not asked.rule or {rule.id, rule.parent} & set(asked.rule)
    ]
    mutants = list(mutants_of(trials().rulebook, rules))
    random.Random(1).shuffle(mutants)
    wanted = mutants[: asked.most]
    state = digest() + (" kept first" if asked.kept_first else "")
    rows = taken_up(asked.resume, state)
    examiner = Examiner(asked.kept_first)
    out = asked.resume.open("a", encoding="utf-8") if asked.resume else None
    if out and not rows:
        out.write(json.dumps({"state": state}) + "\n")
    for mutant in wanted:
        if mutant.id in rows:
            continue
        start = time.process_time()
        verdict = examiner.put(mutant)
        rows[mutant.id] = {
            "id": mutant.id,
            "kind": mutant.kind,
            "became": verdict.became,
            "by": verdict.by,
            "ms": round(1000 * (time.process_time() - start)),
        }
        if out:
            out.write(json.dumps(rows[mutant.id]) + "\n")
            out.flush()
        if sys.stderr.isatty() or len(rows) % 500 == 0:
            survivors = sum(row["became"] == SURVIVES for row in rows.values())
            print(
                f"{len(rows)} of {len(wanted)} mutants, {survivors} survive",
                end="\r" if sys.stderr.isatty() else "\n",
                file=sys.stderr,
            )
    done = [rows[mutant.id] for mutant in wanted if mutant.id in rows]
    print(table(done, len(mutants), asked.kept_first))
    for mutant in wanted:
        if rows[mutant.id]["became"] == SURVIVES:
            print(f"- {mutant.id}\n    {cure(examiner, mutant)}")
    return 0 if killed(done) >= LEAST_KILLED else 1


def digest() -> str:
    """Of the rules and of everything under tests."""
    hashed = hashlib.sha256(trials().rulebook.hash.encode())
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix in (".yaml", ".py", ".json"):
            hashed.update(path.read_bytes())
    return hashed.hexdigest()


def taken_up(path: Path | None, state: str) -> dict[str, Row]:
    if path is None or not path.exists():
        return {}
    head, *lines = path.read_text(encoding="utf-8").splitlines() or ["{}"]
    if json.loads(head).get("state") != state:
        print(f"{path} speaks of other rules or tests; it is begun anew", file=sys.stderr)
        path.unlink()
        return {}
    return {row["id"]: row for row in map(json.loads, lines)}


def killed(rows: Iterable[Row]) -> float:
    """The share of the real mutants that are noticed."""
    real = [row for row in rows if row["became"] != EQUIVALENT]
    return 1 - sum(row["became"] == SURVIVES for row in real) / max(len(real), 1)


def table(rows: list[Row], every: int, kept_first: bool) -> str:
    """What became of the mutants of each kind. every: how many there are in all."""
    lines = [f"{'':12} {'mutants':>8} " + " ".join(f"{word:>14}" for word in OUTCOMES) + f" {'killed':>8}"]
    for kind in (*KINDS, "all"):
        of = [row for row in rows if kind in ("all", row["kind"])]
        counts = [sum(row["became"] == word for row in of) for word in OUTCOMES]
        lines.append(
            f"{kind:12} {len(of):8} " + " ".join(f"{count:14}" for count in counts) + f" {killed(of):8.1%}"
        )
    real = [row for row in rows if row["became"] != EQUIVALENT]
    ranks = (
        ("kept cases alone", (NOTICED,)),
        ("kept cases and boundary tables", (NOTICED, BOUNDARY)),
        ("with the text of the tables", (NOTICED, BOUNDARY, PINNED)),
    )
    for words, names in ranks[0 if kept_first else 1 :]:
        hits = sum(row["became"] in names for row in real)
        lines.append(
            f"{words}: {hits} of {len(real)} real mutants"
            + (
                f", {_interval(hits, len(real))}"
                if len(rows) < every
                else f", {hits / max(len(real), 1):.1%}"
            )
        )
    lines.append(
        f"{len(rows)} of {every} mutants, {sum(int(str(row['ms'])) for row in rows) / 60_000:.1f} minutes of"
        " one core"
    )
    return "\n".join(lines)


def _interval(hits: int, of: int) -> str:
    """The share with its interval of 95 % (Wilson)."""
    share, z = hits / max(of, 1), 1.96
    middle, spread = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (
        f"{share:.1%} ({(middle - spread) / (1 + z * z / of):.1%} to"
        f" {(middle + spread) / (1 + z * z / of):.1%})"
    )


def cure(examiner: Examiner, mutant: Mutant) -> str:
    """What would notice a survivor."""
    lines = rewritten(examiner.rulebook, mutant.old, mutant.new)
    if not lines:
        return "the text of its table: run tools/boundaries.py"
    try:
        said = examiner.apart.said(examiner.apart.at_all(lines))
    except GaveUp:
        return "the solver found no case in time"
    if said is None:
        return "nothing: it is equivalent"
    short = trials().shortest(said, lambda reference: bool(told_apart(reference, lines)))
    return f"a case that says {short}, where {told_apart(trials().reference(short), lines)[0]} differs"


if __name__ == "__main__":
    sys.exit(main())
