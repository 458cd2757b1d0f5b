"""docs/reference is what the docstrings, the help and the schemas say now, and says something everywhere."""

from __future__ import annotations

import pytest
from places import ROOT

from devtools.reference import pages

FOLDER = ROOT / "docs" / "reference"
PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_fresh(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name], "run `python devtools/reference.py`"


def test_everything_public_is_described() -> None:
    assert "(no description)" not in "".join(PAGES.values())
    assert all(len(text) > 1000 for text in PAGES.values())
