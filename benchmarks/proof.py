"""How long the whole proof takes and how much memory it needs. Run it from the checkout: python
benchmarks/proof.py [JOBS]"""

from __future__ import annotations

import resource
import sys
import time

from routing.opened import Router
from routing.verify.prove import prove
from routing.verify.statements import load_statements


def main(jobs: int) -> None:
    rulebook = Router.open().rulebook
    started = time.perf_counter()
    verdicts = prove(rulebook, load_statements(rulebook), seconds=60, jobs=jobs)
    wall = time.perf_counter() - started
    for verdict in sorted(verdicts, key=lambda one: -one.seconds):
        print(f"{verdict.seconds:7.2f} s  {'holds' if verdict.holds else 'FALLS'}  {verdict.claim}")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    memory = (
        used[0].ru_maxrss + jobs * used[1].ru_maxrss * (jobs > 1)
    ) / 1024  # the largest child, for each process
    print(
        f"\n{wall:.1f} s on the clock with {jobs} processes, {cpu:.1f} s of processor time, at "
        f"most {memory:.0f} MiB"
    )
    print("limits: 60 s on two cores, 2048 MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
