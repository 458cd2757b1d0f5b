"""Receipts: what was decided, from which facts, by which rules and data, with the proof; and their replay.

The digest shows that a receipt is as it was written. It is no signature: it does not show who wrote it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from routing.analyse.whatif.changed_case import case_data
from routing.case.facts import Value
from routing.case.model import Case
from routing.core.conditions import Condition, to_data
from routing.core.domain import Pathway, Route
from routing.core.errors import Problem, Problems
from routing.core.records import Record, names
from routing.law import Law
from routing.plan.build import build_plan
from routing.plan.model import Plan, as_json
from routing.plan.need import NeedPlan
from routing.proof.checker import check_proof
from routing.proof.model import Proof
from routing.proof.of_plan import proof_of
from routing.rulebook.model import Rule, Rulebook
from routing.version import VERSION

if TYPE_CHECKING:
    from routing.api import Router

FORMAT = "routing-receipt/1"
MOST_SHOWN = 200


class Replay(Record):
    """same: whether the plan came out as before. changes: where it did not. rules, facts: what changed behind it."""

    same: bool
    rulebook_same: bool
    changes: tuple[str, ...]
    rules: tuple[str, ...]
    facts: tuple[str, ...]


def receipt_text(case: Case, router: Router, as_of: date) -> tuple[Plan, str]:
    """The plan for a case, and its receipt as text. The proof is made and checked on the way."""
    plan, proofs, read = _proved(case, router, as_of)
    rulebook = router.rulebook
    body: dict[str, Any] = {
        "format": FORMAT,
        "program": VERSION,
        "as_of": as_of.isoformat(),
        "rulebook": {
            "version": rulebook.version,
            "hash": rulebook.hash,
            "overlays": list(rulebook.overlays),
            "data_date": rulebook.data_date,
        },
        "rules": {
            name: _digest(_data(_stated(name, rulebook))) for name in sorted(_cited(plan, proofs, rulebook))
        },
        "data_reach": dict(plan.data_reach),
        "case": case_data(case),
        "facts": read,
        "plan": as_json(plan),
        "proof": [proof.data() for proof in proofs],
    }
    return plan, _text({**body, "digest": _digest(body)})


def read_receipt(text: str, name: str) -> dict[str, Any]:
    """A receipt that is as it was written. Raises Problems where a byte was changed, or it is none."""
    try:
        data = json.loads(text)
    except ValueError:
        raise Problems(
            [Problem("the receipt is not readable as JSON: it was changed or cut off", name)]
        ) from None
    if not isinstance(data, dict) or not str(data.get("format", "")).startswith("routing-receipt/"):
        raise Problems(
            [Problem("this is no receipt", name, None, "`routing route CASE --receipt FILE` writes one")]
        )
    if data["format"] != FORMAT:
        raise Problems(
            [Problem(f"the receipt has format `{data['format']}`; this program reads `{FORMAT}`", name)]
        )
    body = {key: value for key, value in data.items() if key != "digest"}
    if data.get("digest") != _digest(body) or text != _text(data):
        raise Problems(
            [
                Problem(
                    "the receipt was changed after it was written: its digest does not fit its content", name
                )
            ]
        )
    return data


def replay(receipt: Mapping[str, Any], router: Router) -> Replay:
    """Decide again from the facts of a receipt, and say what differs and why."""
    as_of = date.fromisoformat(receipt["as_of"])
    router = router.strict if receipt["plan"].get("strict_dates") else router
    case = router.read(receipt["case"], "receipt")
    plan, proofs, read = _proved(case, router, as_of)
    now = {
        key: value
        for key, value in json.loads(_text(as_json(plan))).items()
        if key not in ("rulebook", "notes")
    }
    then = {key: value for key, value in receipt["plan"].items() if key not in ("rulebook", "notes")}
    changes = tuple(_differences(then, now))[:MOST_SHOWN]
    rulebook = router.rulebook
    return Replay(
        not changes,
        receipt["rulebook"]["hash"] == rulebook.hash,
        changes,
        tuple(_rules_changed(receipt["rules"], rulebook, _cited(plan, proofs, rulebook))),
        tuple(_facts_changed(receipt["facts"], read)),
    )


def _proved(case: Case, router: Router, as_of: date) -> tuple[Plan, list[Proof], dict[str, dict[str, Any]]]:
    proofs: list[Proof] = []
    read: dict[str, dict[str, Any]] = {}

    def check(plan: NeedPlan, case: Case, law: Law) -> None:
        proof = proof_of(plan)
        facts = plan.findings.facts
        check_proof(proof, router.rulebook, facts, case, law)
        proofs.append(proof)
        read[facts.need.id] = {name: _value(value) for name, value in plan.findings.known().items()}

    return build_plan(case, router.judge, router.law, as_of, check), proofs, read


def _value(value: Value) -> dict[str, Any]:
    return {"value": value.text(), "origin": value.origin, "source": value.source}


def _cited(plan: Plan, proofs: list[Proof], rulebook: Rulebook) -> set[str]:
    """Every rule, pathway and route that the plan names or its proof rests on."""
    found = {line.by for proof in proofs for line in proof.lines} | {
        line.atom.removeprefix("fired:")
        for proof in proofs
        for line in proof.lines
        if line.atom.startswith("fired:")
    }
    found |= set(_words(as_json(plan)))
    return {name for name in found if _stated(name, rulebook) is not None}


def _words(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (word for part in data.values() for word in _words(part))
    elif isinstance(data, (list, tuple)):
        yield from (word for part in data for word in _words(part))


def _stated(name: str, rulebook: Rulebook) -> Rule | Route | Pathway | None:
    return rulebook.rule.get(name) or rulebook.routes.get(name) or rulebook.pathways.get(name)


def _data(stated: Rule | Route | Pathway | None) -> dict[str, Any]:
    """What a rule, a route or a pathway says, apart from where it stands."""
    skipped = ("line", "file", "owner", "routes")
    data = {name: getattr(stated, name) for name in names(stated) if name not in skipped}
    return {
        name: to_data(value)
        if isinstance(value, Condition)
        else dict(value)
        if isinstance(value, Mapping)
        else value
        for name, value in data.items()
    }


def _rules_changed(then: Mapping[str, str], rulebook: Rulebook, cited_now: set[str]) -> Iterator[str]:
    for name, digest in then.items():
        known = _stated(name, rulebook)
        if known is None:
            yield f"{name}: is not there any more"
        elif _digest(_data(known)) != digest:
            yield f"{name}: says something else now: {_says(known)}"
    for name in sorted(cited_now - set(then)):
        if (known := _stated(name, rulebook)) is not None:
            yield f"{name}: was not needed then: {_says(known)}"


def _says(stated: Rule | Route | Pathway) -> str:
    return stated.name if isinstance(stated, Pathway) else stated.says


def _facts_changed(
    then: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    for need, facts in then.items():
        later = now.get(need, {})
        for name in dict.fromkeys((*facts, *later)):
            old, new = facts.get(name), later.get(name)
            if (old or {}).get("value") != (new or {}).get("value"):
                source = (new or old or {}).get("source", "")
                yield (
                    f"{need}: {name.removeprefix('tie:').replace('_', ' ')}: {_said(old)}, now {_said(new)}"
                    + (f" ({source})" if source else "")
                )


def _said(value: Mapping[str, Any] | None) -> str:
    return str(value["value"]).replace("_", " ") if value else "not known"


def _differences(then: Any, now: Any, place: str = "") -> Iterator[str]:
    """Where two plans differ, down to the single value."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*then, *now)):
            yield from _differences(then.get(key), now.get(key), f"{place}.{key}" if place else key)
    elif isinstance(then, list) and isinstance(now, list):
        before, after = _keyed(then), _keyed(now)
        for key in dict.fromkeys((*before, *after)):
            if key not in after:
                yield f"{place}: {key} is gone"
            elif key not in before:
                yield f"{place}: {key} is new"
            else:
                yield from _differences(before[key], after[key], f"{place}[{key}]")
    elif then != now:
        yield f"{place}: {_short(then)} then, {_short(now)} now"


def _keyed(items: list[Any]) -> dict[str, Any]:
    """The entries of a list by what names them; by their place where nothing does."""

    def name(item: Any) -> str:
        if not isinstance(item, dict):
            return json.dumps(item, ensure_ascii=False)
        parts = [
            str(item[key])
            for key in (
                "need",
                "id",
                "code",
                "pathway",
                "route",
                "fact",
                "provision",
                "rule",
                "instrument",
                "value",
            )
            if item.get(key)
        ]
        return " ".join(parts[:1] if "id" in item else parts)

    names = [name(item) for item in items]
    return dict(zip(names if len(set(names)) == len(names) else map(str, range(len(items))), items))


def _short(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 120 else words[:117] + "..."


def _digest(data: Any) -> str:
    return (
        "sha256:"
        + hashlib.sha256(
            json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()
        ).hexdigest()
    )


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def receipt_schema() -> dict[str, Any]:
    """The JSON Schema of a receipt."""
    text = {"type": "string"}
    claim = {"type": "array", "prefixItems": [text, {"type": "boolean"}], "minItems": 2, "maxItems": 2}
    fact = {
        "type": "object",
        "required": ["value", "origin", "source"],
        "properties": {"value": text, "origin": text, "source": text, "complete": {"type": "boolean"}},
    }
    line = {
        "type": "object",
        "required": ["claim", "holds", "by", "facts", "claims"],
        "properties": {
            "claim": text,
            "holds": {"type": "boolean"},
            "by": text,
            "facts": {"type": "array", "items": text},
            "claims": {"type": "array", "items": claim},
        },
    }
    proof = {
        "type": "object",
        "required": ["need", "goals", "facts", "lines"],
        "properties": {
            "need": text,
            "goals": {"type": "array", "items": claim},
            "facts": {"type": "object", "additionalProperties": fact},
            "lines": {"type": "array", "items": line},
        },
    }
    properties = {
        "format": {"const": FORMAT},
        "program": text,
        "as_of": {"type": "string", "format": "date"},
        "rulebook": {
            "type": "object",
            "required": ["version", "hash", "overlays", "data_date"],
            "properties": {
                "version": text,
                "hash": text,
                "overlays": {"type": "array", "items": text},
                "data_date": text,
            },
        },
        "rules": {
            "type": "object",
            "description": "Every rule, pathway and route the decision rests on, with a digest of what it says.",
            "additionalProperties": text,
        },
        "data_reach": {"type": "object", "additionalProperties": text},
        "case": {"type": "object"},
        "facts": {
            "type": "object",
            "description": "By need: every fact that bears on it and is known.",
            "additionalProperties": {"type": "object", "additionalProperties": fact},
        },
        "plan": {"type": "object"},
        "proof": {"type": "array", "items": proof},
        "digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Receipt",
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
