"""Law that may bind both States is named where lists suggest it; what is only cited has no list to look in."""

from __future__ import annotations

import pytest

from routing.core import records
from routing.law import Law
from routing.opened import Router
from routing.phrasing.of_plans import Wording


def test_what_is_only_cited_is_not_read_for_a_list_of_its_members(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {"state": "GHA", "as_of": "2026-11-24", "actor": "prosecutor", "offence": "fraud"}
    plan = router.route({**case, "needs": [{"measure": "search", "with": "CAN"}]})
    step = next(step for step in plan.steps if step.start and step.sender.state and step.receiver.state)
    cited = next(id for id in router.law.cited() if id not in router.law.instruments)
    basis = records.replace(
        step.basis[0], provision=f"{cited} 1", waits_for=(f"tie:{cited}",), certainty="conditional"
    )
    wording = Wording(router)
    monkeypatch.setattr(Law, "cited", lambda law: pytest.fail("the files of what is only cited were read"))
    assert not wording._likely(basis, step)
