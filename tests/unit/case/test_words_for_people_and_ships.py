"""Words for people, ships and sentences that a desk officer writes on a line of their own, and what each is read as."""

from __future__ import annotations

import pytest

from routing.case.model import Case
from routing.case.reader import read_case
from routing.core.errors import Problems
from routing.opened import shared_router
from routing.yaml.tree import read_bytes

ROUTER = shared_router()
HEAD = "title: t\nstate: BRA\nas_of: 2026-11-24\nactor: police\noffence: [murder]\nneeds:\n  - id: one\n    with: PRT\n"


def read(*lines: str) -> Case:
    text = HEAD + "".join(f"    {line}\n" for line in lines)
    return read_case(read_bytes(text.encode(), "case.yaml"), "case.yaml", ROUTER.rulebook, ROUTER.law.states)


@pytest.mark.parametrize(
    ("lines", "fact", "value"),
    [
        (("kind: answer", "measure: surrender", "asylum: granted here"), "refugee_status", "given_here"),
        (
            ("kind: answer", "measure: surrender", "refugee: by a third country"),
            "refugee_status",
            "given_elsewhere",
        ),
        (("measure: find_missing_person", "abducted by: the father"), "taken_by", "parent"),
        (("measure: find_missing_person", "taken_by: her uncle"), "taken_by", "stranger"),
        (("measure: find_missing_person", "taken_by: ran away"), "taken_by", "nobody"),
        (("measure: vessel_boarding", "flag: none"), "vessel_status", "no_nationality"),
        (("kind: answer", "measure: vessel_boarding", "flag: our flag"), "vessel_status", "own_flag"),
        (
            ("measure: vessel_boarding", "place of the ship: international waters"),
            "vessel_waters",
            "high_seas",
        ),
        (("measure: vessel_boarding", "place of the ship: in our port"), "vessel_waters", "own_waters"),
        (("measure: sentence_transfer", "sentenced by: our court"), "sentenced_in", "ours"),
        (("measure: sentence_transfer", "convicted in: abroad"), "sentenced_in", "other"),
        (("measure: suspect_interview", "whose immunity: third country"), "immunity_of", "third"),
        (("measure: detainee_transfer", "consent: prisoner agrees"), "consent", "given_by_person"),
        (("measure: witness_protection", "emergency: death threats"), "emergency", "threat_to_life"),
        (
            ("measure: sentence_transfer", "sentenced by: our court", "person nationality: Portugal"),
            "national_where_served",
            "yes",
        ),
    ],
)
def test_a_line_of_everyday_words_is_read(lines: tuple[str, ...], fact: str, value: str) -> None:
    (need,) = read(*lines).needs
    assert need.facts[fact] == value


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("DNA samples of seized rhino horn", "object_transfer"),
        ("samples of the ivory", "object_transfer"),
        ("DNA sample of the suspect", "biometric_sample"),
        ("protect a threatened witness", "witness_protection"),
        ("have our sentence enforced there", "sentence_transfer"),
        ("have the judgment enforced there", "judgment_enforcement"),
        ("have the fine enforced there", "fine_enforcement"),
    ],
)
def test_a_measure_in_everyday_words_is_read(words: str, measure: str) -> None:
    (need,) = read(f"measure: {words}").needs
    assert need.measure == measure


@pytest.mark.parametrize("lines", [("asylum: granted",), ("refugee: yes",)])
def test_who_gave_the_protection_is_asked_back(lines: tuple[str, ...]) -> None:
    with pytest.raises(Problems) as refused:
        read("kind: answer", "measure: surrender", *lines)
    assert "given_here" in str(refused.value)
    assert "given_elsewhere" in str(refused.value)
