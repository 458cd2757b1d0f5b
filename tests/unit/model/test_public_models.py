"""The models that programs see: the same as the records inside, described in full, and lossless both ways."""

from __future__ import annotations

import ast
import importlib
import json
import pickle
import pkgutil
import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydantic
import pytest
from places import ROOT

import routing
import routing.model as public
from routing.case import facts as case_facts
from routing.case import model as case_records
from routing.case.facts import ORIGINS
from routing.core.records import Record, names
from routing.json_schema import batch_schema, case_schema, plan_schema
from routing.model import case as case_models
from routing.model import plan as plan_models
from routing.model import step as step_models
from routing.model.base import Model, described
from routing.model.convert import case_model, case_record, plan_model, plan_record
from routing.model.sources import fields_named, models_named
from routing.opened import shared_router
from routing.plan import model as plan_records
from routing.receipt import receipt_schema

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
    router = shared_router()
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


def models(above: type[Model] = Model) -> Iterator[type[Model]]:
    """Every public model."""
    for module in pkgutil.iter_modules(public.__path__, f"{public.__name__}."):
        importlib.import_module(module.name)
    for model in above.__subclasses__():
        if model.__module__.startswith(f"{public.__name__}.") and model.model_fields:
            yield model
        yield from models(model)


def properties_of(model: type[Model]) -> dict[str, dict[str, Any]]:
    schema = model.model_json_schema(by_alias=True, mode="serialization")
    properties: dict[str, dict[str, Any]] = (
        schema if "properties" in schema else schema["$defs"][model.__name__]
    )["properties"]
    return properties


def nodes(schema: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every node of a schema."""
    yield place or "(whole)", schema
    for group in ("$defs", "properties", "patternProperties"):
        for name, part in schema.get(group, {}).items():
            yield from nodes(part, f"{place}.{name}")
    for group in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(group), dict):
            yield from nodes(schema[group], f"{place}.{group}")
    for group in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for number, part in enumerate(schema.get(group, ())):
            yield from nodes(part, f"{place}.{group}[{number}]")


SAYS_NOTHING = ("One of them.", "One value.", "A value.", "The day.", "That day.", "Its consent.")


def test_every_node_of_every_schema_is_described() -> None:
    rulebook = shared_router().rulebook
    for schema in (plan_schema(), case_schema(rulebook), batch_schema(rulebook), receipt_schema()):
        told = [(place, str(node.get("description", "")).strip()) for place, node in nodes(schema)]
        assert len(told) > 40
        assert [place for place, says in told if not says or says in SAYS_NOTHING] == []


def test_where_few_values_are_allowed_the_schema_lists_them_and_the_description_names_each() -> None:
    parts = plan_schema()["$defs"]
    closed = {
        (model, field): parts[model]["properties"][field]
        for model, field in (
            ("SupportingFact", "origin"), ("Basis", "kind"), ("Basis", "mark"), ("NeedAnswer", "kind"),
            ("Party", "confidence"), ("LikelyOffice", "confidence"),
        )
    }  # fmt: skip
    answer = batch_schema(shared_router().rulebook)["$defs"]["answer"]["properties"]
    closed["answer", "certainty"] = answer["certainty"]
    closed["step", "certainty"] = answer["steps"]["items"]["properties"]["certainty"]
    for node in closed.values():
        assert all(f"`{word}`" in node["description"] for word in node["enum"] if word is not None)
    assert closed["SupportingFact", "origin"]["enum"] == list(ORIGINS)
    assert answer["status"]["enum"] == parts["NeedAnswer"]["properties"]["status"]["enum"]
    fact = receipt_schema()["properties"]["facts"]["additionalProperties"]["additionalProperties"]
    assert fact["properties"]["origin"]["enum"] == list(ORIGINS)


def test_no_closed_set_of_a_plan_is_free_text() -> None:
    """A field whose type is a few words lists them in the schema, wherever it stands."""
    for model in models():
        properties = properties_of(model)
        for name, field in model.model_fields.items():
            node = properties[field.alias or name]
            few = [each for each in (field.annotation, *typing.get_args(field.annotation))
                   if typing.get_origin(each) is typing.Literal]  # fmt: skip
            shown = json.dumps(node)
            assert all(json.dumps(word) in shown for each in few for word in typing.get_args(each)), (
                model,
                name,
            )


def test_each_field_that_may_be_null_says_when() -> None:
    """A model whose description does not raises as soon as its schema is asked for."""
    assert len(list(models())) > 60
    for model in models():
        properties = properties_of(model)
        texts = [branch["description"] for part in properties.values() for branch in part.get("anyOf", ())
                 if branch.get("type") == "null"]  # fmt: skip
        assert all(
            re.match(r"(Null (where|when|for|without|if|until|unless|in) |Never null)", text)
            for text in texts
        )

    class Silent(Model):
        part: typing.Annotated[str | None, described("A part.")]

    with pytest.raises(ValueError, match="when the field is null"):
        Silent.model_json_schema()


def test_origins_of_values_are_those_that_are_listed() -> None:
    """What is given as the origin of a value, in the module that makes them."""
    tree = ast.parse(Path(case_facts.__file__).read_text(encoding="utf-8"))
    given = {
        word.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in [*node.args[1:2], *(each.value for each in node.keywords if each.arg == "origin")]
        if ast.unparse(node.func) in ("_word", "Value", "replace", "_number")
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    }
    assert {"looked_up", "presumed", "stipulated", "case"} <= given <= {*ORIGINS}


def test_null_is_described_by_when_it_stands() -> None:
    party = plan_schema()["$defs"]["Party"]["properties"]["confidence"]
    assert {branch["description"] for branch in party["anyOf"]} == {
        "How sure the row is: `high` or `medium`.", "Null without an office."
    }  # fmt: skip


def test_every_field_and_item_says_its_source() -> None:
    case = case_schema(shared_router().rulebook)
    plan = [
        (place, node)
        for place, node in nodes(plan_schema())
        if not re.fullmatch(r"\(whole\)|\.\w+|.*\.anyOf\[\d\]", place)  # a branch says when it stands
        and "$ref" not in node  # each field of what it leads to says it
    ]
    fields = [(place, node) for place, node in nodes(case) if re.fullmatch(r"(\.needs\.items)?\.\w+", place)]
    top = list(plan_schema()["properties"].items())
    for where in (plan, fields, top):
        assert len(where) > 20
        assert [place for place, node in where if "Source: " not in node["description"]] == []
        assert [place for place, node in where if node["description"].count("Source: ") > 1] == []


def test_no_source_is_told_of_a_field_that_is_not_there() -> None:
    models = {**vars(plan_models), **vars(step_models), **vars(case_models)}
    assert all(field in models[name].model_fields for name, field in fields_named())
    ours = {name for name, item in models.items() if isinstance(item, type) and issubclass(item, Model)}
    assert models_named() == ours - {"Model"}


def test_a_plan_in_json_gives_every_field_that_its_schema_lists() -> None:
    schema = plan_schema()
    plan = json.loads(shared_router().route(EXAMPLES[0]).json_text())
    assert set(plan) == set(schema["properties"]) == set(schema["required"])
