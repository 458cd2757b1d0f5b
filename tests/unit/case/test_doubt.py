"""How people say that they do not know, and what only looks like it."""

from __future__ import annotations

import pytest
from places import ROOT

from routing.case.doubt import in_doubt, says_unknown


def test_no_name_of_a_state_is_a_doubt() -> None:
    lines = (ROOT / "rules" / "states" / "names.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = {name for line in lines for name in line.split(",")[:3]}
    assert "DK" in names
    assert not [name for name in names if says_unknown(name)]


@pytest.mark.parametrize(
    "words", ["I don't know yet", "no idea", "We are not sure", "idk", "Sorry, I cannot tell"]
)
def test_a_doubt_is_heard(words: str) -> None:
    assert in_doubt(words)


@pytest.mark.parametrize("words", ["yes", "nobody", "not sought", "known", "certain", "Unknown Street 5"])
def test_an_answer_is_none(words: str) -> None:
    assert not in_doubt(words)
