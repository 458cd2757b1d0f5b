"""The checked rulebook kept in the user's cache folder, so that the next start is quick.

The entry is named after the content of the rules and the program's version, carries its own
digest, and is plain JSON. A damaged entry is built again; a folder that cannot be written is
no fault.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

from routing.conditions import PlainRule, restored, stored
from routing.places import cache_folder
from routing.rulebook.load import load_rulebook, source_hash
from routing.rulebook.model import Rule, Rulebook
from routing.vocabulary import Code, Fact, Instrument, Measure, Pathway, Presumption, Provision, Route

FORM = "4"


def open_rulebook(folder: Path, program: str, cache: Path | None = None) -> Rulebook:
    """The rulebook in a folder, from the cache when its content has not changed.

    Raises RulebookProblems as load_rulebook does.
    """
    content = source_hash(folder)
    entry = (cache or cache_folder()) / f"rulebook-{FORM}-{program}-{content[:32]}.json"
    found = _read(entry)
    if found is not None and found.hash == content:
        return Rulebook(**{**_shallow(found), "folder": str(folder)})
    rulebook = load_rulebook(folder)
    _write(entry, rulebook)
    return rulebook


def _shallow(rulebook: Rulebook) -> dict[str, Any]:
    return {field.name: getattr(rulebook, field.name) for field in fields(rulebook)}


def _read(entry: Path) -> Rulebook | None:
    try:
        digest, _, body = entry.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        return _thaw(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _write(entry: Path, rulebook: Rulebook) -> None:
    body = json.dumps(_freeze(rulebook), ensure_ascii=False, separators=(",", ":")).encode()
    try:
        entry.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=entry.parent, prefix=".rulebook-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            os.replace(name, entry)
        except OSError:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return


def _freeze(rulebook: Rulebook) -> dict[str, Any]:
    plain = {field.name: getattr(rulebook, field.name) for field in fields(rulebook)}
    plain["facts"] = [_fact(fact) for fact in rulebook.facts.values()]
    plain["measures"] = [_row(measure) for measure in rulebook.measures.values()]
    plain["pathways"] = [
        {**_row(pathway), "routes": [{**_row(route), "opens": stored(route.opens)} for route in pathway.routes]}  # type: ignore[arg-type]
        for pathway in rulebook.pathways.values()]
    for key in ("warnings", "duties", "limits", "provisions", "instruments"):
        plain[key] = [_values(item) for item in plain[key].values()]
    plain["rules"] = [{**_row(rule), "when": stored(rule.when)} for rule in rulebook.rules]
    plain["plain"] = [[line.head, stored(line.when), line.rule] for line in rulebook.plain]
    return plain


def _row(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


def _values(item: Any) -> list[Any]:
    return [getattr(item, name) for name in item.__slots__]


def _fact(fact: Fact) -> dict[str, Any]:
    row = _row(fact)
    if fact.presumed is not None:
        row["presumed"] = [fact.presumed.value, fact.presumed.because, [stored(part) for part in fact.presumed.unless]]
    return row


def _thaw(data: dict[str, Any]) -> Rulebook:
    facts = {}
    for row in data["facts"]:
        if row["presumed"] is not None:
            value, because, unless = row["presumed"]
            row["presumed"] = Presumption(value, because, tuple(restored(part) for part in unless))
        facts[row["id"]] = Fact(**row)
    pathways = {}
    for row in data["pathways"]:
        routes = tuple(
            Route(**{**route, "opens": restored(route["opens"]), "lead": tuple(route["lead"]), "support": tuple(route["support"])})
            for route in row["routes"])
        pathways[row["id"]] = Pathway(**{**row, "routes": routes})
    rules = tuple(Rule(**{
        **row, "when": restored(row["when"]),
        **{key: tuple(row[key]) for key in ("targets", "values", "basis", "paper", "defeats", "over")}}) for row in data["rules"])
    return Rulebook(**{
        **data, "facts": facts, "pathways": pathways, "rules": rules,
        "measures": {row["id"]: Measure(**{**row, "ways": tuple(row["ways"])}) for row in data["measures"]},
        "groups": {name: tuple(members) for name, members in data["groups"].items()},
        "role_order": tuple((a, b) for a, b in data["role_order"]),
        "overlays": tuple(data["overlays"]),
        **{key: {row[0]: Code(row[0], row[1], row[2], tuple(row[3])) for row in data[key]} for key in ("warnings", "duties", "limits")},
        "provisions": {row[0]: Provision(*row) for row in data["provisions"]},
        "instruments": {row[0]: Instrument(*row) for row in data["instruments"]},
        "plain": tuple(PlainRule(head, restored(when), rule) for head, when, rule in data["plain"])})
