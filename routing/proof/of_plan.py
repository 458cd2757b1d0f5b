"""What of a plan has a proof, and the check that every plan passes before it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from routing.case.model import Case
from routing.core import conclusion
from routing.core.domain import DELIVER
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.need import NeedPlan
from routing.proof.checker import check_proof
from routing.proof.model import Claim, Proof
from routing.proof.writer import prove
from routing.rulebook.model import STEP_FORMS


def proof_of(plan: NeedPlan) -> Proof:
    """The proof of everything that a plan says without reservation for one need."""
    return prove(plan.findings, _claims(plan))


def check_need(plan: NeedPlan, case: Case, law: Law) -> None:
    """Prove what the plan says for a need and check the proof. Raises ProofFails."""
    findings = plan.findings
    check_proof(proof_of(plan), findings.rulebook, findings.facts, case, law)


def _claims(plan: NeedPlan) -> Iterator[Claim]:
    findings, answer = plan.findings, plan.answer
    if answer.primary.certainty == "confirmed":
        yield conclusion.primary(answer.primary.pathway), True
        yield conclusion.available(answer.primary.route), True
    for draft in plan.drafts:
        if draft.role == DELIVER and draft.pathway == answer.primary.pathway:
            continue
        if draft.certainty == "confirmed":
            yield conclusion.available(draft.route), True
        yield from (
            (conclusion.fired(rule), True) for rule in draft.why if findings.surely(conclusion.fired(rule))
        )
    for alternative in answer.alternatives:
        if alternative.certainty == "confirmed":
            yield conclusion.delivers(alternative.pathway), True
    for exclusion in plan.excluded:
        yield from ((conclusion.fired(rule), True) for rule in exclusion.why)
    limits = (limit for of_way in plan.limits.values() for limit in of_way)
    for rule in (*(warned.why for warned in plan.warnings), *(term.why for term in (*plan.duties, *limits))):
        yield _term(findings, rule), True


def _term(findings: Findings, rule: str) -> str:
    """The conclusion behind a term: a ladder that found no step warns through its own."""
    ladder = findings.rulebook.rule[rule].form in STEP_FORMS
    return conclusion.no_step(rule) if ladder else conclusion.fired(rule)
