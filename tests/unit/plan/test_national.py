"""The requested State's own law stands among the provisions of a step that its profile names it for."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rule_folders import read_rulebook
from small_rules import write_rules

from routing.law import Law
from routing.law.profiles import national_law
from routing.opened import shared_router as open_rules
from routing.plan.model import Basis
from routing.plan.national import with_national_law


def facts_of(requested: str | None) -> SimpleNamespace:
    return SimpleNamespace(
        requested=requested, own=None, need=SimpleNamespace(kind="request", measure="record")
    )


CITES = """\
cites:
  - {pathway: assistance, provision: "alpha 2"}
  - {pathway: police, provision: "alpha 4"}
  - {pathway: assistance, provision: "alpha 5"}
"""


def support(ref: str, certainty: str, role: str = "support") -> Basis:
    return Basis(
        provision=ref, instrument="x", article="1", role=role, kind="treaty", mark="text", certainty=certainty
    )  # type: ignore[arg-type]


LEAD = support("alpha 1(1)", "confirmed", "lead")
OPEN_LEAD = support("alpha 1(1)", "conditional", "lead")
SURE, OPEN = support("club 4", "confirmed"), support("paper 1", "conditional")
MORE = tuple(support(f"paper {n}", "confirmed") for n in (2, 3))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((LEAD,), ["alpha 1(1)", "alpha 2", "alpha 5"]),
        ((LEAD, SURE, OPEN), ["alpha 1(1)", "club 4", "alpha 2", "alpha 5"]),
        ((OPEN_LEAD, OPEN), ["alpha 1(1)", "alpha 2", "alpha 5", "paper 1"]),
        ((LEAD, SURE, *MORE), ["alpha 1(1)", "club 4", "paper 2", "alpha 2"]),
        ((LEAD, OPEN, SURE), ["alpha 1(1)", "alpha 2", "alpha 5", "paper 1"]),
        ((support("alpha 2", "confirmed", "lead"),), ["alpha 2", "alpha 5"]),
    ],
    ids=[
        "alone",
        "after what is sure, before what is open",
        "a lead that is open leads",
        "one place is kept for it",
        "from the first that is open",
        "not twice",
    ],
)
def test_national_law_has_its_place_and_the_limit_is_kept(
    tmp_path: Path, found: tuple[Basis, ...], expected: list[str]
) -> None:
    folder = write_rules(tmp_path / "rules", {"states/DEU.yaml": CITES})
    rulebook, law = read_rulebook(folder), Law.load(folder)
    findings: Any = SimpleNamespace(facts=facts_of("DEU"), rulebook=rulebook)
    merged = with_national_law(found, findings, rulebook.pathways["assistance"], law, 3)
    assert [basis.provision for basis in merged] == expected
    assert merged[0] == found[0]


@pytest.mark.parametrize(
    ("requested", "pathway"), [("BEL", "assistance"), (None, "assistance"), ("DEU", "letters")]
)
def test_nothing_changes_where_no_profile_names_anything(
    tmp_path: Path, requested: str | None, pathway: str
) -> None:
    folder = write_rules(tmp_path / "rules", {"states/DEU.yaml": CITES})
    rulebook, law = read_rulebook(folder), Law.load(folder)
    findings: Any = SimpleNamespace(facts=facts_of(requested), rulebook=rulebook)
    assert with_national_law((LEAD, OPEN, SURE), findings, rulebook.pathways[pathway], law, 3) == (
        LEAD,
        OPEN,
        SURE,
    )


def test_a_provision_named_for_the_measure_stands_in_place_of_the_general_one(tmp_path: Path) -> None:
    cites = CITES + '  - {pathway: assistance, provision: "alpha 4", measures: [record]}\n'
    folder = write_rules(tmp_path / "rules", {"states/DEU.yaml": cites})
    read_rulebook(folder)
    law = Law.load(folder)
    assert national_law(law, "DEU", "assistance", "record") == ("alpha 4",)
    assert national_law(law, "DEU", "assistance", "other") == ("alpha 2", "alpha 5")


# With our rules


def provisions(own: str, other: str, kind: str = "request") -> list[dict[str, Any]]:
    """What the formal request of a need rests on."""
    case = {
        "state": own,
        "as_of": "2026-11-24",
        "actor": "prosecutor",
        "stage": "investigation",
        "offence": ["fraud"],
        "max_penalty_months": 60,
        "needs": [
            {
                "id": "n",
                "kind": kind,
                "with": other,
                "measure": "search",
                "purpose": "evidence",
                "dual_criminality": "yes",
            }
        ],
    }
    plan = json.loads(open_rules().route(json.dumps(case).encode()).json_text())
    step = next(step for step in plan["steps"] if step["pathway"] == "mla")
    return step["basis"]  # type: ignore[no-any-return]


def test_a_request_cites_the_law_of_the_requested_state_never_that_of_the_requesting_one() -> None:
    found = provisions("FRA", "CHE")
    assert [one["kind"] for one in found if one["provision"] == "swiss-imac 27(2)"] == ["law"]
    assert len(found) <= 4 and found[0]["role"] == "lead" and found[0]["provision"].startswith("ets30")
    own = next(n for n, one in enumerate(found) if one["provision"] == "swiss-imac 27(2)")
    assert all(one["certainty"] == "confirmed" for one in found[:own])
    assert not [one for one in provisions("CHE", "POL") if one["provision"].startswith("swiss-imac")]


def test_one_who_is_asked_cites_its_own_law() -> None:
    assert "swiss-imac 27(2)" in [one["provision"] for one in provisions("CHE", "POL", "answer")]
