"""The library: its public names, what it accepts, what it answers and how it fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import routing
from routing.json_schema import case_schema, plan_schema

EXAMPLES = Path(__file__).parent.parent / "examples"
CASE = {
    "as_of": "2026-11-24",
    "state": "KEN",
    "needs": [{"measure": "locate_person", "with": "FRA", "purpose": "locate"}],
}


def test_the_public_names_are_these() -> None:
    assert sorted(routing.__all__) == [
        "Case",
        "CaseProblems",
        "EngineFailure",
        "EvaluatorsDisagree",
        "LimitReached",
        "Limits",
        "Need",
        "Plan",
        "Problem",
        "Problems",
        "Router",
        "RulebookProblems",
        "__version__",
        "load_rulebook",
        "route",
    ]
    for name in routing.__all__:
        assert getattr(routing, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no `rout`"):
        routing.rout  # noqa: B018


def test_a_dictionary_a_document_a_file_and_a_case_give_the_same_plan(tmp_path: Path) -> None:
    plan = routing.route(CASE)
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE))
    router = routing.load_rulebook()
    assert routing.route(json.dumps(CASE)) == plan
    assert routing.route(json.dumps(CASE).encode()) == plan
    assert routing.route(file) == plan
    assert routing.route(router.read(CASE)) == plan


def test_the_day_passed_in_goes_before_the_case_s_own() -> None:
    assert routing.route(CASE, as_of=date(2020, 1, 1)).as_of == date(2020, 1, 1)


def test_a_case_without_a_day_is_refused_because_the_library_has_no_clock() -> None:
    with pytest.raises(routing.CaseProblems, match="no day is given"):
        routing.route({"needs": CASE["needs"]})


def test_every_fault_of_a_case_is_told_at_once() -> None:
    with pytest.raises(routing.CaseProblems) as caught:
        routing.route(
            {
                "as_of": "24/11/2026",
                "state": "Kenia",
                "needs": [{"measure": "locate_prson", "coercive": "perhaps"}],
            }
        )
    told = "\n".join(str(problem) for problem in caught.value.problems)
    assert len(caught.value.problems) == 4
    for words in (
        "`24/11/2026` is no date",
        "`Kenia` is not a State",
        "did you mean `locate_person`",
        "`perhaps` is not a value of `coercive`",
    ):
        assert words in told


CONTRACT = {
    "plan": "format rulebook as_of status assumptions needs steps excluded warnings obligations questions notice",
    "rulebook": "version hash source overlays",
    "need": "id measure with status primary alternatives",
    "primary": "pathway route family certainty",
    "step": "id needs pathway route family action sender receiver basis why because limits deadline after together certainty waits_for",
    "party": "role state name",
    "basis": "provision instrument article role kind in_force_since mark",
    "because": "fact value origin",
    "limit": "code says basis",
    "deadline": "date limit source",
    "exclusion": "pathway route need why because",
    "warning": "code level says why",
    "question": "fact asks why answers",
}
"""The fields that other programs may count on, by the part of a plan they stand in."""


def parts(plan: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of a plan with the name of its kind."""
    yield from (("plan", plan), ("rulebook", plan["rulebook"]))
    for need in plan["needs"]:
        yield from (("need", need), ("primary", need["primary"]))
    for step in plan["steps"]:
        yield from (("step", step), ("party", step["sender"]), ("party", step["receiver"]))
        for kind, key in (("basis", "basis"), ("because", "because"), ("limit", "limits")):
            yield from ((kind, part) for part in step[key])
        yield from (("deadline", part) for part in [step["deadline"]] if part)
    for exclusion in plan["excluded"]:
        yield from (("exclusion", exclusion), *(("because", part) for part in exclusion["because"]))
    yield from (("warning", part) for part in plan["warnings"])
    yield from (("question", part) for part in plan["questions"])


def test_every_part_of_every_plan_keeps_its_contract() -> None:
    router = routing.load_rulebook()
    asking = {
        **CASE,
        "needs": [{"measure": "locate_person", "with": "FRA", "purpose": "locate", "coercive": "unknown"}],
    }
    plans = [router.route(case) for case in [asking, *sorted(EXAMPLES.glob("*/case.yaml"))]]
    seen = set()
    for plan in plans:
        for kind, part in parts(json.loads(plan.json_text())):
            seen.add(kind)
            assert set(CONTRACT[kind].split()) <= part.keys(), kind
    assert seen == set(CONTRACT)


def test_the_status_of_a_plan_is_the_worst_of_its_needs_and_a_refusal_is_a_referral() -> None:
    router = routing.load_rulebook()
    statuses = ["routed", "conditional", "undecided", "no_lawful_route"]
    for file in sorted(EXAMPLES.glob("*/case.yaml")):
        plan = router.route(file)
        assert plan.status == max((need.status for need in plan.needs), key=statuses.index), file
        for need in plan.needs:
            refused = need.status == "no_lawful_route"
            assert (need.primary.pathway, need.primary.family) == (
                "refer",
                "refuse_or_adapt",
            ) or not refused, file


def test_every_example_keeps_the_schema_of_a_case_and_of_a_plan() -> None:
    import yaml

    router = routing.load_rulebook()
    schema = case_schema(router.rulebook)
    files = sorted(EXAMPLES.glob("*/case.yaml"))
    assert len(files) >= 8
    for file in files:
        data = yaml.load(file.read_text(), Loader=yaml.BaseLoader)
        jsonschema.validate(data, schema)
        jsonschema.validate(json.loads(router.route(file).json_text()), plan_schema())


def test_a_schema_refuses_what_the_program_refuses() -> None:
    schema = case_schema(routing.load_rulebook().rulebook)
    for wrong in (
        {"needs": []},
        {"needs": [{"measure": "nothing"}]},
        {"needs": CASE["needs"], "measur": "x"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)
        with pytest.raises(routing.CaseProblems):
            routing.route({"as_of": "2026-11-24", **wrong})


def test_the_order_of_needs_facts_and_lists_does_not_matter() -> None:
    one = {
        "id": "one",
        "measure": "bank_records",
        "with": "CHE",
        "purpose": "evidence",
        "dual_criminality": "yes",
    }
    two = {
        "id": "two",
        "measure": "locate_person",
        "with": "MDA",
        "purpose": "locate",
        "person_role": "suspect",
    }
    first = {
        "as_of": "2026-11-24",
        "state": "SRB",
        "offence": ["fraud", "money_laundering"],
        "needs": [one, two],
    }
    second = {
        "needs": [dict(reversed(two.items())), dict(reversed(one.items()))],
        "offence": ["money_laundering", "fraud"],
        "state": "SRB",
        "as_of": "2026-11-24",
    }
    a, b = routing.route(first), routing.route(second)
    assert {need.id: need for need in a.needs} == {need.id: need for need in b.needs}
    assert a.steps == b.steps
    assert set(a.warnings) == set(b.warnings)


def test_damage_to_the_cache_is_repaired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from routing.core.paths import rules_folder
    from routing.rulebook.cache import open_rulebook

    folder = rules_folder()
    fresh, _ = open_rulebook(folder, tmp_path)
    kept, _ = open_rulebook(folder, tmp_path)
    assert kept.plain == fresh.plain and kept.rules == fresh.rules and dict(kept.facts) == dict(fresh.facts)
    assert dict(kept.provisions) == dict(fresh.provisions) and list(kept.provisions) == list(fresh.provisions)
    assert (
        len(kept.provisions) == len(fresh.provisions)
        and "untoc" not in kept.provisions
        and "nothing 1" not in kept.provisions
    )
    for entry in list(tmp_path.iterdir()):
        entry.write_bytes(entry.read_bytes()[:-20] + b"x" * 20)
    again, _ = open_rulebook(folder, tmp_path)
    assert again.plain == fresh.plain


def test_a_cache_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    from routing.core.paths import rules_folder
    from routing.rulebook.cache import open_rulebook

    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    rulebook, law = open_rulebook(rules_folder(), blocked)
    assert rulebook.rules and law.instruments


def test_a_text_with_half_a_character_is_told_and_no_traceback() -> None:
    with pytest.raises(
        routing.CaseProblems, match=r"case:2: character U\+D800 cannot be seen and is not allowed"
    ):
        routing.load_rulebook().read("title: a case\nstate: \ud800KEN\n")


@pytest.mark.parametrize("written", ["ß", "\ud800", "ﬁ", "İ", ""])
def test_what_is_no_code_in_any_case_of_letters_finds_no_state(written: str) -> None:
    assert routing.load_rulebook().law.states.find(written) is None
