"""Each rule against its boundary table: it does what the table says, and fires on one side of each of its conditions and not on the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from boundary_tables import HERE, VERDICTS, Table, effect, tables, tables_of, trials

from routing.core.records import replace

pytestmark = pytest.mark.when_changed("rules", "tests/boundaries")
pytest.importorskip("z3")  # the constraints are read by the part that proves

REFRESH = "read the difference against the law, then refresh the tables with `python devtools/boundaries.py`"
FILES = sorted(path.stem for path in HERE.glob("*.yaml"))


def of(file: str) -> list[Table]:
    """The tables of the rules of one file."""
    return [table for rule, table in tables_of(file).items() if rule in trials().rulebook.rule]


def test_every_rule_has_its_table_and_every_table_its_rule() -> None:
    rules = {rule.id for rule in trials().rulebook.rules}
    assert sorted(rules - tables().keys()) == [], REFRESH
    assert sorted(tables().keys() - rules) == [], REFRESH
    assert {Path(rule.file).stem for rule in trials().rulebook.rules} == set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_rule_does_what_its_table_says_on_the_provisions_it_names(file: str) -> None:
    rulebook = trials().rulebook
    other = {
        table.rule: (effect(rulebook.rule[table.rule], rulebook), rulebook.rule[table.rule].basis)
        for table in of(file)
        if (table.does, table.rests_on)
        != (effect(rulebook.rule[table.rule], rulebook), rulebook.rule[table.rule].basis)
    }
    assert not other, f"{REFRESH}: {other}"


@pytest.mark.parametrize("file", FILES)
def test_a_rule_fires_on_its_own_side_of_each_boundary_alone(file: str) -> None:
    wrong = [
        f"{entry.rule} {entry.verdict} {entry.heads}: {dict(entry.said)}"
        for table in of(file)
        for entry in table.entries
        if not entry.holds(trials().reference(entry.said))
    ]
    assert not wrong, "\n".join([REFRESH, *wrong])


def test_every_case_of_a_table_is_a_possible_one_and_every_rule_but_a_guard_has_some() -> None:
    ground = trials()
    for table in tables().values():
        assert table.entries or ground.rulebook.rule[table.rule].form == "never", table.rule
        for entry in table.entries[:1]:
            assert ground.possible(ground.reference(entry.said)), (table.rule, dict(entry.said))


def test_a_case_on_the_wrong_side_is_noticed() -> None:
    for table in list(tables().values())[::20]:
        for entry in table.entries:
            for verdict in VERDICTS.keys() - {entry.verdict}:
                assert not replace(entry, verdict=verdict).holds(trials().reference(entry.said))
