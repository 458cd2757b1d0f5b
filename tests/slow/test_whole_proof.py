"""The whole proof of the rules that ship. It stands alone, so that it rests on no more code than it runs.

With ROUTING_WRITE_PROOF=1 it writes the table of the proof as well, as `routing rules prove --write` does, so that
rules which changed are proved once and not twice.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rule_folders import read_rulebook

from routing.core.paths import rules_folder
from routing.core.records import replace
from routing.rulebook.model import Rulebook
from routing.verify.proof_page import NAME, NOT_PROVED
from routing.verify.proof_report import table_of
from routing.verify.prove import prove
from routing.verify.solver.session import SolverSession
from routing.verify.solver.witness import written
from routing.verify.statements import Statements, load_statements

pytest.importorskip("z3")

RESTS = pytest.mark.when_changed("rules", but=(f"rules/{NOT_PROVED}",))


@pytest.fixture(scope="module")
def real() -> tuple[Rulebook, Statements]:
    rulebook = read_rulebook(rules_folder(None))
    return rulebook, load_statements(rulebook)


@RESTS
def test_every_constraint_shuts_out_its_example_and_nothing_else_is_needed(
    real: tuple[Rulebook, Statements],
) -> None:
    """The example is possible without the constraint and impossible with it."""
    rulebook, statements = real
    for constraint in statements.constraints:
        others = tuple(one for one in statements.constraints if one is not constraint)
        for kept, possible in ((others, True), ((*others, constraint), False)):
            session = SolverSession(rulebook, replace(statements, constraints=kept), "search")
            assert (
                session.satisfiable(session.model.specialise(session.view, constraint.excludes)[0])
                is possible
            ), constraint.id


@pytest.mark.timeout(7200)
@RESTS
def test_the_whole_proof_holds(real: tuple[Rulebook, Statements]) -> None:
    rulebook, statements = real
    verdicts = prove(rulebook, statements, seconds=1800)  # other tests may have the cores meanwhile
    falls = [
        f"{v.claim}: {b.says} ({b.measure})\n{''.join(written(c, rulebook) for c in b.cases)}"
        for v in verdicts
        for b in v.broken
    ]
    assert not falls, "\n".join(falls)
    if os.environ.get("ROUTING_WRITE_PROOF"):
        (Path(rulebook.folder) / NAME).write_text(table_of(verdicts, rulebook), encoding="utf-8")
