"""The own law of a State on taking evidence is cited for a hearing by video link too, not only for assistance."""

from __future__ import annotations

import pytest

from routing.opened import Router
from routing.plan.model import Plan


def asked(router: Router, own: str, other: str, measure: str) -> Plan:
    need = {"id": "a", "kind": "request", "measure": measure, "with": other, "purpose": "evidence"}
    need["person_role"] = "witness"
    case = {
        "state": own,
        "as_of": "2026-12-02",
        "actor": "prosecutor",
        "stage": "trial",
        "offence": ["fraud"],
    }
    return router.route({**case, "needs": [need]})


def cited(plan: Plan, pathway: str) -> set[str]:
    return {item.provision for step in plan.steps if step.pathway == pathway for item in step.basis}


@pytest.mark.parametrize(
    ("own", "other", "provisions"),
    [
        ("VUT", "FJI", {"fiji-macma 5", "fiji-macma 11(2)(a)"}),
        ("NZL", "FJI", {"fiji-macma 5", "fiji-macma 11(2)(a)"}),
        ("LKA", "SGP", {"singapore-macma 21(1)"}),
        ("JAM", "CAN", {"canada-mla-act 22.1(1)"}),
        ("MUS", "GGY", {"guernsey-ic-law 4"}),
        ("KEN", "ZAF", {"sa-iccma 8"}),
    ],
)
def test_a_hearing_by_video_rests_on_the_law_there(
    router: Router, own: str, other: str, provisions: set[str]
) -> None:
    assert provisions <= cited(asked(router, own, other, "video_hearing"), "video_hearing")


@pytest.mark.parametrize("measure", ["bank_records", "business_records", "witness_hearing"])
def test_evidence_from_fiji_is_authorised_by_its_attorney_general(router: Router, measure: str) -> None:
    assert {"fiji-macma 5", "fiji-macma 11(1)"} <= cited(asked(router, "TON", "FJI", measure), "mla")


@pytest.mark.parametrize("measure", ["video_hearing", "service_of_documents"])
def test_who_reads_a_draft_in_fiji_is_told(router: Router, measure: str) -> None:
    remarks = [step.receiver.remark or "" for step in asked(router, "SLB", "FJI", measure).steps]
    assert any("Director of Public Prosecutions" in remark for remark in remarks)
    assert any("not through diplomatic channels" in remark for remark in remarks)
