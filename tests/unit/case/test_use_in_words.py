"""What material that is held is to be used for is read from the words for its use, and said back."""

from __future__ import annotations

import pytest

from routing.case.model import Case
from routing.opened import shared_router

ROUTER = shared_router()
PLANNED, HANDED = "planned_use_differs", "onward_transfer_planned"


def held(measure: str, **told: str) -> Case:
    need = {"kind": "use", "measure": measure, "with": "GBR", "material_channel": "mla", **told}
    return ROUTER.read({"state": "KEN", "needs": [need]})


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("use it for another purpose", PLANNED), ("use as evidence in another case", PLANNED), ("use in a different trial", PLANNED),
        ("use in a civil claim", PLANNED), ("pass on to a third country", HANDED), ("share with the tax authority", HANDED),
        ("give it to Uganda", HANDED), ("send the statements to the Ugandan police", HANDED), ("forward it to Tanzania", HANDED),
        ("hand over to the tax office", "use_for_taxes"), ("use for a tax case", "use_for_taxes"), ("disclose to the defence", "for_the_defence"),
    ],
)  # fmt: skip
def test_another_use_or_reader_is_read_from_the_words(words: str, fact: str) -> None:
    case = held(words)
    assert case.needs[0].facts[fact] == "yes"
    assert any(f"`{fact}: yes`" in note for note in case.notes)


@pytest.mark.parametrize(
    "words", ["bank records", "material held", "use the bank records in our trial", "records of the UK", "use the Kenyan file in court"]
)  # fmt: skip
def test_nothing_is_read_into_the_use_for_which_it_was_given(words: str) -> None:
    assert not {PLANNED, HANDED} & held(words).needs[0].facts.keys()


def test_what_the_case_says_goes_before_a_state_that_is_named() -> None:
    assert held("give it to Uganda", onward_transfer_planned="no").needs[0].facts[HANDED] == "no"


def test_a_state_is_read_as_a_reader_of_what_is_held_alone() -> None:
    case = ROUTER.read(
        {"state": "KEN", "needs": [{"measure": "bank records of a man of Uganda", "with": "GBR"}]}
    )
    assert HANDED not in case.needs[0].facts
