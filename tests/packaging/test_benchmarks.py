"""The table of peers tells something only where they are given the same rules: their answers are ours."""

from __future__ import annotations

import ast
import importlib.util
from datetime import date
from importlib import import_module
from types import ModuleType

import numpy as np
import pytest
from places import ROOT
from shipped import router

from routing.case.facts import facts_for
from routing.evaluate.engine.compiler import compile_network
from routing.verify.cross_check import drawer_for


@pytest.fixture(scope="module")
def peers() -> ModuleType:
    spec = importlib.util.spec_from_file_location("peers", ROOT / "benchmarks" / "peers.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_functions_conclude_what_we_do(peers: ModuleType) -> None:
    ours = router()
    day = date.fromisoformat(ours.rulebook.data_date)
    turned = 0
    for number in (0, 700, 1400):
        case = drawer_for(ours, 3).case(number)
        need = case.needs[0]
        network = compile_network(
            ours.rulebook.plain, need.measure, need.kind, ours.rulebook.properties(need.measure)
        )
        turned += sum(clause.unless for layer in network.layers for part in layer for clause in part.clauses)
        facts = facts_for(case, need, ours.rulebook, ours.law, day)
        message = {
            key + rail: holds
            for key, test in network.tests.items()
            for rail, holds in zip(("+s", "+p"), facts.truth(test), strict=True)
        }
        expected = {
            f"{head}+{rail}"
            for head, truth in ours.judge.findings(facts).truths.items()
            for rail, holds in zip("sp", truth, strict=True)
            if holds
        }
        assert peers.generated_python(network)(message) == expected
        arrays = {key: np.array([holds, False]) for key, holds in message.items()}
        found = peers.bare_numpy(network)({**arrays, "none": np.zeros(2, bool)})
        assert {head for head, column in found.items() if column[0]} == expected
    assert turned, "no clause says `unless`, so nothing shows that the peers read it"


@pytest.mark.parametrize(("folder", "names"), [("benchmarks", 20), ("devtools", 20), ("tests/fuzz", 10)])
def test_what_stands_beside_the_program_asks_it_only_for_what_it_has(folder: str, names: int) -> None:
    asked = {
        (node.module or "", name.name)
        for file in (ROOT / folder).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("routing")
        for name in node.names
    }
    assert len(asked) > names
    missing = [(module, name) for module, name in sorted(asked) if not _has(module, name)]
    assert missing == []


def _has(module: str, name: str) -> bool:
    return hasattr(import_module(module), name) or importlib.util.find_spec(f"{module}.{name}") is not None
