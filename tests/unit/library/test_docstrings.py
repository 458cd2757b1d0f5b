"""What a program calls is described: each argument and each field by its name, and what is raised."""

from __future__ import annotations

import doctest
import inspect
import pickle
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

import routing
import routing.batch
import routing.batch.cluster
import routing.testing
from routing.core.records import Record, names

WITH_METHODS = (routing.Router, routing.Interview, routing.batch.Batch)


def of_class(item: type) -> str:
    """What the docstring of a class says of all its methods, and of those that it has from others."""
    return " ".join(base.__doc__ or "" for base in item.__mro__ if base.__module__.startswith("routing"))


def callables() -> Iterator[tuple[str, Any, str]]:
    """Each public function and method by its name, with all that is said of it."""
    for item in WITH_METHODS:
        for name, member in inspect.getmembers(item, inspect.isroutine):
            if not name.startswith("_"):
                yield f"{item.__name__}.{name}", member, f"{member.__doc__} {of_class(item)}"
    for module in (routing, routing.batch, routing.batch.cluster, routing.testing):
        for name in getattr(module, "__all__", ("values", "facts", "ties", "cases")):
            if inspect.isfunction(function := getattr(module, name)):
                yield name, function, function.__doc__ or ""


CALLABLES = {name: (item, says) for name, item, says in callables()}
RECORDS = {
    name: item
    for name in routing.__all__
    if isinstance(item := getattr(routing, name), type) and issubclass(item, Record)
}


def undescribed(wanted: Iterable[str], says: str) -> list[str]:
    return [name for name in wanted if not re.search(rf"\b{name}\b", says)]


@pytest.mark.parametrize("name", CALLABLES)
def test_each_argument_is_described(name: str) -> None:
    item, says = CALLABLES[name]
    assert undescribed((each for each in inspect.signature(item).parameters if each != "self"), says) == []


@pytest.mark.parametrize("name", RECORDS)
def test_each_field_of_an_answer_is_described(name: str) -> None:
    assert undescribed(names(RECORDS[name]), RECORDS[name].__doc__ or "") == []


@pytest.mark.parametrize("name", [name for name in CALLABLES if name.split(".")[0] in ("Router", "Interview", "route", "draft", "load_rulebook", "evaluate_batches")])  # fmt: skip
def test_what_is_raised_is_said(name: str) -> None:
    assert "Raises" in CALLABLES[name][1]


def nodes_without(schema: Any, path: str = "") -> Iterator[str]:
    """The properties, items and definitions below a node of a schema of which nothing is said."""
    if isinstance(schema, dict):
        for kind in ("properties", "$defs", "additionalProperties"):
            below = schema.get(kind)
            nodes = {"": below} if kind == "additionalProperties" else below
            for name, node in (nodes or {}).items():
                if isinstance(node, dict) and not {"description", "$ref"} & set(node):
                    yield f"{path}/{name}"
        for name, node in schema.items():
            yield from nodes_without(node, f"{path}/{name}")
    elif isinstance(schema, list):
        for node in schema:
            yield from nodes_without(node, path)


@pytest.mark.parametrize("what", ["case", "plan", "batch", "receipt"])
def test_each_node_of_a_schema_is_described(what: str) -> None:
    assert [*nodes_without(routing.load_rulebook().schema(what))] == []


def test_an_error_keeps_its_notes_on_the_way_to_another_process() -> None:
    for name in ("Problems", "CaseProblems", "RulebookProblems", "LimitReached", "NoAnswer"):
        kind = getattr(routing, name)
        error = kind("no") if name == "NoAnswer" else kind.of("no state", "case.yaml", 3, "write one")
        error.add_note("Read as a story, this tells more.")
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is kind and str(again) == str(error)
        assert again.__notes__ == error.__notes__ and vars(again) == vars(error)


def test_the_example_of_the_package_is_true() -> None:
    tried = doctest.testmod(routing)
    assert tried.attempted >= 3 and tried.failed == 0


def test_there_is_enough_to_look_at() -> None:
    assert len(CALLABLES) > 40 and len(RECORDS) > 10
    assert undescribed(("as_of", "case"), "case: what is read") == ["as_of"]
