"""What the law data and the rulebook both read of an instrument and of a provision is the same: docs/decisions/16."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import routing
from routing.core.errors import Problems
from routing.opened import Router

PACKAGE = Path(routing.__file__).parent


@pytest.fixture(scope="module")
def opened() -> Router:
    return Router.open()


def test_an_instrument_has_the_same_name_and_kind_in_both(opened: Router) -> None:
    listed = {**opened.law.cited(), **opened.law.instruments}
    both = listed.keys() & opened.rulebook.instruments.keys()
    assert len(both) > 300 and opened.law.instruments.keys() <= opened.rulebook.instruments.keys()
    assert [
        id
        for id in sorted(both)
        for law, cited in [(listed[id], opened.rulebook.instruments[id])]
        if (law.short, law.name, law.kind) != (cited.short, cited.name, cited.kind)
    ] == []


def test_a_provision_is_the_same_in_both(opened: Router) -> None:
    cited = opened.rulebook.provisions
    alike = 0
    for id in sorted(opened.rulebook.instruments):
        try:
            read = opened.law.provisions(id)
        except Problems:  # cited by name alone
            continue
        for provision in read.values():
            assert cited[provision.ref] == provision
            alike += 1
    assert alike == len(cited) > 3000


def test_provisions_have_one_maker() -> None:
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Provision" and node.keywords
    }
    assert makers == {"law/provisions.py"}
