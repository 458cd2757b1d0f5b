"""Which facts tell that material of one State is wanted by another is said by the rules, under names of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_folders import read_rulebook
from small_rules import FILES, write_rules

from routing.case.model import Need, Stated
from routing.core.errors import RulebookProblems
from routing.law import Law
from routing.opened import Router

PASSED_ON = """\
passed_on:
  kinds: [answer]
  measures: keep_data
  handed_on: coercive
  of_another: police_can_give
  owner_asked: dual_criminality
  owner_agrees: consent
"""
FACTS = FILES["facts/need.yaml"].replace(
    "looked_up: {from: measure, otherwise: no}", "presumed: no\n    because: It says so."
)
CASE = """\
state: FRA
needs:
- {id: in-use, kind: use, measure: find_person, with: DEU, coercive: yes, consent: given}
- {id: wanted, kind: answer, measure: keep_data, with: BEL%s}
- {id: a-search, kind: answer, measure: take_statement, with: BEL}
- {id: given-back, kind: answer, measure: keep_data, with: DEU}
"""


def rules(folder: Path, block: str) -> Path:
    return write_rules(
        folder / "rules", {"rulebook.yaml": FILES["rulebook.yaml"] + block, "facts/need.yaml": FACTS}
    )


def read(folder: Path, more: str = "") -> tuple[dict[str, dict[str, Stated]], tuple[str, ...]]:
    """What is told of each need, and what the reader notes."""
    router = Router(read_rulebook(folder), Law.load(folder))
    case = router.read(CASE % more)
    needs: tuple[Need, ...] = case.needs
    return {need.id: dict(need.facts) for need in needs}, case.notes


def test_a_need_to_use_material_tells_the_need_for_it_alone(tmp_path: Path) -> None:
    told, notes = read(rules(tmp_path, PASSED_ON))
    assert told["wanted"] == {"police_can_give": "yes", "dual_criminality": "yes", "consent": "given"}
    assert told["a-search"] == {} == told["given-back"]
    assert [note for note in notes if "`police_can_give: no`" in note]


def test_what_the_need_says_itself_goes_first(tmp_path: Path) -> None:
    folder = rules(tmp_path, PASSED_ON)
    assert read(folder, ", police_can_give: no")[0]["wanted"] == {"police_can_give": "no"}
    told, notes = read(folder, ", police_can_give: yes, consent: refused")
    assert told["wanted"]["consent"] == "refused" and not notes


def test_rules_that_say_nothing_of_it_pass_nothing_on(tmp_path: Path) -> None:
    told, notes = read(rules(tmp_path, ""))
    assert told["wanted"] == {} and not notes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("handed_on: coercive", "handed_on: coercion", "`coercion` under `passed_on` is not a fact"),
        ("measures: keep_data", "measures: keep_dates", "`keep_dates` under `passed_on` is not a measure"),
        ("kinds: [answer]", "kinds: [ansver]", "`ansver`"),
        ("  owner_agrees: consent\n", "", "owner_agrees"),
    ],
)
def test_a_name_that_there_is_not_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = rules(tmp_path, PASSED_ON.replace(old, new))
    with pytest.raises(RulebookProblems) as told:
        read_rulebook(folder)
    (problem,) = told.value.problems
    assert said in str(problem) and problem.file == "rules/rulebook.yaml"
