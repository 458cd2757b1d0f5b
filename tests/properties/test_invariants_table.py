"""The table of invariants is whole: each has its exceptions, how it is held, and tests that exist."""

from __future__ import annotations

import ast

import yaml
from invariants_data import CASES as DATA
from invariants_formal import CASES as FORMAL
from invariants_listed import table
from invariants_order import CASES as ORDER
from invariants_police import CASES as POLICE
from places import TESTS

from routing.verify.claims.registry import every_claim

HELD_BY = {"property", "pair", "check of the rulebook", "check of the output", "proof"}


def functions(module: str) -> set[str]:
    """What a test module defines; the table names a module by its file, whichever room of the tests it stands in."""
    (path,) = TESTS.rglob(module)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_they_stand_in_the_table_in_order() -> None:
    count = len(table())
    assert count >= 49
    assert [entry["number"] for entry in table().values()] == [
        f"INV-{number:02}" for number in range(1, count + 1)
    ]
    for entry in table().values():
        assert set(entry) <= {"number", "id", "says", "exceptions", "held", "tests", "proofs", "one_sided"}
        assert entry["says"] and isinstance(entry["exceptions"], list)
        assert set(entry["held"]) <= HELD_BY and entry["held"]  # type: ignore[arg-type]


def test_every_named_test_exists() -> None:
    from invariants_pairs import PAIRS_OF_CASES

    cases = {item.id for item in (*DATA, *FORMAL, *POLICE, *ORDER)}
    pairs = {item.id for item in PAIRS_OF_CASES}
    for entry in table().values():
        for name in entry["tests"]:  # type: ignore[attr-defined]
            module, _, test = name.partition("::")
            function, _, parameter = test.partition("[")
            assert function in functions(module), name
            if module == "test_invariants_case.py" and parameter:
                assert parameter.rstrip("]") in cases, name
            if module == "test_invariants_pairs.py" and parameter:
                assert parameter.rstrip("]") in pairs, name


def test_every_property_is_in_the_table() -> None:
    from invariants_pairs import PAIRS_OF_CASES

    named = {name for entry in table().values() for name in entry["tests"]}  # type: ignore[attr-defined]
    of_all = {entry["number"]: entry["tests"] for entry in table().values()}
    for item in (*DATA, *FORMAL, *POLICE, *ORDER):
        assert "test_invariants_case.py::test_every_invariant_holds_of_every_case" in of_all[item.id]  # type: ignore[operator]
        assert f"test_invariants_case.py::test_a_planted_fault_turns_it_red[{item.id}]" in named
    for item in PAIRS_OF_CASES:
        assert f"test_invariants_pairs.py::test_it_holds_of_every_pair[{item.id}]" in named


def test_every_invariant_has_a_planted_fault() -> None:
    for entry in table().values():
        red = [
            name for name in entry["tests"] if "planted" in name or "is_found" in name or "are_found" in name
        ]  # type: ignore[attr-defined]
        assert red, f"{entry['number']} has no test that it can fail"


def test_every_named_proof_is_claimed() -> None:
    path = TESTS.parent / "rules" / "invariants.yaml"
    claimed = {entry["id"] for entry in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)}
    claimed |= {claim.id for claim in every_claim()}
    for entry in table().values():
        assert set(entry.get("proofs", ())) <= claimed  # type: ignore[call-overload]
        assert ("proof" in entry["held"]) == ("proofs" in entry)  # type: ignore[operator]
