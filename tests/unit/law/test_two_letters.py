"""A code of two small letters may be a word: how it was read is told."""

from __future__ import annotations

import pytest

from routing.opened import shared_router


@pytest.mark.parametrize(("written", "code"), [("us", "USA"), ("no", "NOR"), ("it", "ITA"), ("In", "IND")])
def test_a_word_that_is_read_as_the_code_of_a_state_is_told(written: str, code: str) -> None:
    router = shared_router()
    asked = {"measure": "search", "with": written}
    case = router.read({"state": "KEN", "as_of": "2026-11-24", "needs": [asked]})
    assert case.needs[0].partner == code
    assert any(note.startswith(f"`{written}` is read as ") and code in note for note in case.notes)


def test_a_code_as_it_is_written_in_lists_is_not_told() -> None:
    case = shared_router().read({"state": "KE", "needs": [{"measure": "search", "with": "fra"}]})
    assert case.notes == ()
