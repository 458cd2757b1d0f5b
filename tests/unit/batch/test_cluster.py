"""Several machines: two workers, one killed while it works, and nothing is lost."""

from __future__ import annotations

import os
import signal
from datetime import date

import distributed
import pyarrow as pa
import pytest
from when_changed import WHOLE_PROGRAM

from routing.batch import Batch
from routing.batch.cluster import on_cluster

DAY = date(2026, 11, 1)
SIZE, PIECE = 120, 10
pytestmark = [pytest.mark.filterwarnings("default"), WHOLE_PROGRAM]


def test_a_worker_killed_in_the_middle_loses_nothing() -> None:
    states = ("FRA", "DEU", "USA", "KEN", "unknown")
    given = pa.table(
        {
            "measure": [("search", "bank_records", "serch")[n % 3] for n in range(SIZE)],
            "state": [states[n % 5] for n in range(SIZE)],
            "with": [states[(n // 5 + 1) % 5] for n in range(SIZE)],
        }
    )
    answers, rejects = Batch.open(day=DAY, what="main").evaluate_with_rejects(given)
    assert answers.num_rows and rejects.num_rows
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = list(client.run(os.getpid).values())
        found, bad = [], []
        for place, (good, rejected) in enumerate(
            on_cluster(given.to_batches(max_chunksize=PIECE), client, day=DAY, what="main")
        ):
            if place == 1:
                os.kill(pids[0], signal.SIGKILL)
            found += good.to_pylist()
            bad += rejected.to_pylist()
    assert found == answers.to_pylist() and bad == rejects.to_pylist()
