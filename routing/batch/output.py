"""The answers of a batch as Arrow columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from routing.evaluate.columnar.machine import flags_of
from routing.plan.columnar.answers import ColumnarAnswers, Lines
from routing.plan.model import Certainty

WORD = pa.string()
READ_AS = "read_as"
"""The column that says what was read differently from what was written."""
STEP = pa.struct([(name, WORD) for name in ("pathway", "route", "role", "certainty", "basis")])
RULED = pa.struct([("code", WORD), ("rule", WORD)])
LIMIT = pa.struct([(name, WORD) for name in ("pathway", "code", "rule")])
EXCLUDED = pa.struct([(name, WORD) for name in ("pathway", "route", "rule")])
MAIN_STEP = [
    ("row", pa.int64()),
    ("id", WORD),
    ("status", pa.dictionary(pa.int8(), WORD)),
    ("primary", pa.dictionary(pa.int16(), WORD)),
    ("certainty", pa.dictionary(pa.int8(), WORD)),
]
SCHEMA_MAIN = pa.schema(MAIN_STEP)
SCHEMA = pa.schema(
    [
        *MAIN_STEP,
        ("route", pa.dictionary(pa.int16(), WORD)),
        ("steps", pa.list_(STEP)),
        ("warnings", pa.list_(RULED)),
        ("duties", pa.list_(RULED)),
        ("limits", pa.list_(LIMIT)),
        ("exclusions", pa.list_(EXCLUDED)),
        ("questions", pa.list_(WORD)),
        (READ_AS, pa.list_(WORD)),
    ]
)
WORKED_OUT = tuple(each.name for each in SCHEMA if pa.types.is_list(each.type) and each.name != READ_AS)
"""The columns of lists that the rules give."""
CERTAINTIES: tuple[Certainty, ...] = ("conditional", "confirmed")


def main_step(answers: ColumnarAnswers) -> dict[str, Any]:
    """status, primary and certainty as places: in STATUSES, in the pathways of the rulebook, in
    CERTAINTIES."""
    result, count = answers.result, answers.result.count
    status = np.zeros(count, np.int8)
    for place, bits in enumerate(answers.status.values()):
        status[flags_of(bits, count)] = place
    primary = np.zeros(count, np.int16)
    pathways = {name: place for place, name in enumerate(result.rulebook.pathways)}
    for way, bits in result.shown.items():
        primary[flags_of(bits, count)] = pathways[way]
    return {"status": status, "primary": primary, "certainty": flags_of(result.sure, count).astype(np.int8)}


def whole_answer(answers: ColumnarAnswers) -> dict[str, Any]:
    """The columns of SCHEMA past those of the main step."""
    result, count = answers.result, answers.result.count
    routes = {name: place for place, name in enumerate(result.rulebook.routes)}
    route = np.zeros(count, np.int16)
    for (_, name, _), bits in answers.primary():
        route[flags_of(bits, count)] = routes[name]
    return {
        "route": route,
        "steps": lists(answers.steps(), STEP, count),
        "warnings": lists(answers.warnings(), RULED, count),
        "duties": lists(answers.duties(), RULED, count),
        "limits": lists(answers.limits(), LIMIT, count),
        "exclusions": lists(answers.exclusions(), EXCLUDED, count),
        "questions": lists([((name,), bits) for name, bits in answers.open_questions()], WORD, count),
    }


def lists(lines: Lines, kind: pa.DataType, count: int) -> pa.ListArray:
    """For each need the list of what is said of it, in the order of the lines."""
    needs, items = [], []
    for place, (_, bits) in enumerate(lines):
        rows = np.flatnonzero(flags_of(bits, count))
        needs.append(rows)
        items.append(np.full(len(rows), place, np.int32))
    if pa.types.is_struct(kind):
        words = [pa.array([words[place] for words, _ in lines], WORD) for place in range(kind.num_fields)]
        sentences: Any = pa.StructArray.from_arrays(words, fields=list(kind))
    else:
        sentences = pa.array([words[0] for words, _ in lines], WORD)
    return grouped_by_need(needs, items, sentences, count)


def grouped_by_need(needs: list[Any], items: list[Any], sentences: Any, count: int) -> pa.ListArray:
    """For each of `count` needs the list of what is said of it. needs, items: places of needs, and what is
    said of each, as a place in `sentences`."""
    if not needs:
        return pa.ListArray.from_arrays(np.zeros(count + 1, np.int32), sentences.slice(0, 0))
    need, item = np.concatenate(needs), np.concatenate(items)
    order = np.argsort(need, kind="stable")
    ends = np.cumsum(np.bincount(need, minlength=count), dtype=np.int32)
    return pa.ListArray.from_arrays(
        np.concatenate(([np.int32(0)], ends)), sentences.take(pa.array(item[order]))
    )
