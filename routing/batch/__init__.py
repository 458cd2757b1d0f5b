"""Thousands to millions of needs at once: tables in, tables out, by the columnar evaluator.

    from routing.batch import Batch
    answers = Batch.open().evaluate(table)        # an Arrow table, or a data frame of pandas or polars

`routing batch` does the same for files, resumably. Needs the extra `batch`.
"""

from __future__ import annotations

from routing.batch.extra import need_extra

need_extra()

from routing.batch.function import Batch, evaluate_batches  # noqa: E402 - asked for before it is imported

__all__ = ["Batch", "evaluate_batches"]
