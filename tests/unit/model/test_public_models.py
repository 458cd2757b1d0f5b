"""The models that programs see: the same as the records inside, described in full, and lossless both ways."""

from __future__ import annotations

import json
import pickle
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydantic
import pytest
from places import ROOT

import routing
from routing.api import load_rulebook
from routing.case import model as case_records
from routing.core.records import Record, names
from routing.json_schema import case_schema, plan_schema
from routing.model import case as case_models
from routing.model import plan as plan_models
from routing.model import step as step_models
from routing.model.base import Model
from routing.model.convert import case_model, case_record, plan_model, plan_record
from routing.plan import model as plan_records

EXAMPLES = sorted(ROOT.glob("examples/*/case.yaml"))
PAIRS = [
    (models[name], item)
    for models, records in (
        (vars(plan_models) | vars(step_models), plan_records),
        (vars(case_models), case_records),
    )
    for name, item in vars(records).items()
    if isinstance(item, type) and issubclass(item, Record) and item.__module__ == records.__name__
]


def plain(annotation: Any) -> Any:
    """A type with the models and records in it by their names, so that both can be compared."""
    if isinstance(annotation, type) and issubclass(annotation, (Model, Record)):
        return annotation.__name__
    arguments = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Annotated:
        return plain(arguments[0])
    if not arguments or typing.get_origin(annotation) is typing.Literal:
        return annotation
    origin = typing.get_origin(annotation)
    return (types.UnionType if origin is typing.Union else origin, tuple(map(plain, arguments)))


@pytest.mark.parametrize(("model", "record"), PAIRS, ids=lambda item: item.__name__)
def test_a_model_and_its_record_have_the_same_fields_of_the_same_types(
    model: type[Model], record: type[Record]
) -> None:
    ours, theirs = typing.get_type_hints(model), typing.get_type_hints(record)
    assert list(model.model_fields) == list(names(record))
    assert {name: plain(ours[name]) for name in model.model_fields} == {
        name: plain(theirs[name]) for name in names(record)
    }


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.parent.name)
def test_nothing_is_lost_between_records_models_and_json(file: Path) -> None:
    router = load_rulebook()
    case = router.read(file)
    plan = router.route(case)
    assert case_record(case_model(case)) == case
    model = plan_model(plan)
    assert plan_record(model) == plan
    assert model.json_text() == plan.json_text()
    assert routing.Plan.model_validate_json(model.json_text()) == model
    assert pickle.loads(pickle.dumps(model)) == model


def test_models_do_not_change_and_take_no_other_type_or_name() -> None:
    need = routing.Need(id="a", measure="search")
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        need.measure = "arrest"  # type: ignore[misc]
    for wrong in ({"id": "a", "measure": 3}, {"id": "a", "measure": "search", "measur": "search"}):
        with pytest.raises(pydantic.ValidationError):
            routing.Need.model_validate(wrong)


def nodes(schema: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node of a schema. A reference is described where it leads, and of `this or null` the whole is."""
    if "$ref" not in schema:
        yield place or "(whole)", schema
    for group in ("$defs", "properties", "patternProperties"):
        for name, part in schema.get(group, {}).items():
            yield from nodes(part, f"{place}.{name}")
    for group in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(group), dict):
            yield from nodes(schema[group], f"{place}.{group}")
    for group in ("anyOf", "oneOf", "allOf", "prefixItems"):
        parts = schema.get(group, ())
        if {"type": "null"} not in parts:
            for number, part in enumerate(parts):
                yield from nodes(part, f"{place}.{group}[{number}]")


def test_every_node_of_both_schemas_is_described() -> None:
    for schema in (plan_schema(), case_schema(load_rulebook().rulebook)):
        described = list(nodes(schema))
        assert len(described) > 50
        assert [place for place, node in described if not str(node.get("description", "")).strip()] == []


def test_a_plan_in_json_gives_every_field_that_its_schema_lists() -> None:
    schema = plan_schema()
    plan = json.loads(load_rulebook().route(EXAMPLES[0]).json_text())
    assert set(plan) == set(schema["properties"]) == set(schema["required"])
