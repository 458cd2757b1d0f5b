"""Writing a receipt: what was decided, from which facts, by which rules and data, with the proof.

The digest shows that a receipt is as it was written. It is not a signature: it does not show who wrote it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from routing.analyse.whatif.changed_case import case_data
from routing.case.facts import Value
from routing.case.model import Case
from routing.core import conclusion
from routing.core.conditions import Condition, to_data
from routing.core.domain import ASSUMED_MAIN_STEP, Pathway, Route
from routing.core.limits import limited
from routing.core.records import names
from routing.law import Law
from routing.plan.build import build_plan
from routing.plan.model import Plan, as_json
from routing.plan.need import NeedPlan
from routing.proof.checker import check_proof
from routing.proof.definitions import definitions_of
from routing.proof.model import Proof
from routing.proof.of_plan import proof_of
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.words import KIND, MEASURE
from routing.version import VERSION

if TYPE_CHECKING:
    from routing.opened import Router

FORMAT = "routing-receipt/2"

APART = (ASSUMED_MAIN_STEP, MEASURE, KIND)
"""What a proof reads that a receipt holds elsewhere, and not among the facts."""


AT_ONCE = 10_000
"""The words and brackets of a receipt that are put together before they are handed on."""


class Receipt:
    """A receipt, whose text is given piece by piece: whole it takes more memory than the plan."""

    def __init__(self, body: dict[str, Any]) -> None:
        self._data = {**body, "digest": digest_of(body)}

    def __iter__(self) -> Iterator[str]:
        return pieces_of(self._data)


def receipt_of(case: Case, router: Router, as_of: date) -> tuple[Plan, Receipt]:
    """The plan for a case, and its receipt. The proof is made and checked on the way."""
    plan, body = _body(case, router, as_of)
    return plan, Receipt(body)


def receipt_text(case: Case, router: Router, as_of: date) -> tuple[Plan, str]:
    """The plan for a case, and its receipt as text."""
    plan, receipt = receipt_of(case, router, as_of)
    return plan, "".join(receipt)


def receipt_body(case: Case, router: Router, as_of: date) -> tuple[Plan, dict[str, Any]]:
    """The plan for a case, and everything that its receipt records but the digest, as it is read again."""
    plan, body = _body(case, router, as_of)
    return plan, json.loads(text_of(body))


def _body(case: Case, router: Router, as_of: date) -> tuple[Plan, dict[str, Any]]:
    """What a receipt records. Proofs and conditions stand in it as they are, and become plain as they are
    written."""
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
            name: digest_of(data_of(stated))
            for name in sorted(_cited(plan, proofs, rulebook))
            if (stated := stated_as(name, rulebook)) is not None
        },
        "data_reach": dict(plan.data_reach),
        "case": case_data(case),
        "facts": read,
        "plan": as_json(plan),
        "proof": proofs,
        "definitions": _definitions(case, proofs, rulebook),
    }
    return plan, body


def _definitions(case: Case, proofs: list[Proof], rulebook: Rulebook) -> dict[str, dict[str, Condition]]:
    """By measure: what each conclusion of the proofs comes down to, so that they can be checked without the
    rules."""
    definitions: dict[str, dict[str, Condition]] = {}
    measures = {need.id: need.measure for need in case.needs}
    for proof in proofs:
        demands = definitions_of(rulebook, measures[proof.need])
        own = definitions.setdefault(measures[proof.need], {})
        own |= {line.atom: demands.of(line.atom) for line in proof.lines if line.atom not in own}
    return definitions


def _proved(case: Case, router: Router, as_of: date) -> tuple[Plan, list[Proof], dict[str, dict[str, Any]]]:
    proofs: list[Proof] = []
    read: dict[str, dict[str, Any]] = {}

    def check(plan: NeedPlan, case: Case, law: Law) -> None:
        proof = proof_of(plan)
        facts = plan.findings.facts
        check_proof(proof, router.rulebook, facts, case, law)
        proofs.append(proof)
        shown = {
            name: value
            for name, value in proof.facts.items()
            if name not in APART and value.origin != MEASURE
        }
        values = {**plan.findings.values_known(), **shown}
        read[facts.need.id] = {name: _value(values[name]) for name in sorted(values)}

    with limited(router.limits):
        return build_plan(case, router.judge, router.law, as_of, check), proofs, read


def _value(value: Value) -> dict[str, Any]:
    return {"value": value.text(), "origin": value.origin, "source": value.source}


def _cited(plan: Plan, proofs: list[Proof], rulebook: Rulebook) -> set[str]:
    """Every rule, pathway and route that the plan names or its proof rests on."""
    names = {line.by for proof in proofs for line in proof.lines} | {
        conclusion.name_of(line.atom)
        for proof in proofs
        for line in proof.lines
        if conclusion.kind_of(line.atom) == conclusion.FIRED
    }
    names |= set(_words(as_json(plan)))
    return {name for name in names if stated_as(name, rulebook) is not None}


def _words(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (word for part in data.values() for word in _words(part))
    elif isinstance(data, (list, tuple)):
        yield from (word for part in data for word in _words(part))


def stated_as(name: str, rulebook: Rulebook) -> Rule | Route | Pathway | None:
    return rulebook.rule.get(name) or rulebook.routes.get(name) or rulebook.pathways.get(name)


def data_of(stated: Rule | Route | Pathway) -> dict[str, Any]:
    """What a rule, a route or a pathway says, apart from where it stands."""
    skipped = ("line", "file", "owner", "routes", "stays")  # the last is only about what overlays may add
    data = {name: getattr(stated, name) for name in names(stated) if name not in skipped}
    return {
        name: to_data(value)
        if isinstance(value, Condition)
        else dict(value)
        if isinstance(value, Mapping)
        else value
        for name, value in data.items()
    }


def digest_of(data: Any) -> str:
    """The digest of what data say, whatever the order of their names."""
    digest = hashlib.sha256()
    for piece in _compact(data):
        digest.update(piece.encode("utf-8", "surrogatepass"))
    return f"sha256:{digest.hexdigest()}"


def _compact(data: Any, levels: int = 2) -> Iterator[str]:
    """Data on one line with their names in order, in pieces so far down."""
    if not (levels and type(data) is dict and data):
        yield json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
        return
    before = "{"
    for name in sorted(data):
        yield f"{before}{json.dumps(name, ensure_ascii=False)}:"
        yield from _compact(data[name], levels - 1)
        before = ","
    yield "}"


def pieces_of(data: Any) -> Iterator[str]:
    """The text of a receipt. `json.dumps` would keep every word and bracket by itself until the end."""
    words = json.JSONEncoder(ensure_ascii=False, indent=1, default=_plain).iterencode(data)
    while piece := "".join(islice(words, AT_ONCE)):
        yield piece
    yield "\n"


def text_of(data: Any) -> str:
    return "".join(pieces_of(data))


def _plain(data: Any) -> Any:
    """What JSON has no form for: a proof, a condition; of a rule a day and the like."""
    if isinstance(data, Proof):
        return data.data()
    return to_data(data) if isinstance(data, Condition) else str(data)
