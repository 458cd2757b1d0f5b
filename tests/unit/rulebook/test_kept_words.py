"""Words of a kept rulebook are read as far as a case needs them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.core.records import names, replace
from routing.opened import Router
from routing.rulebook.kept_words import kept_words, words_from

pytestmark = WHOLE_PROGRAM

CASES = sorted(ROOT.glob("examples/*/case.yaml"))


def no_story() -> bytes:
    raise AssertionError("the words of stories are read for a case of lines")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.parent.name)
def test_a_case_of_lines_reads_no_words_of_stories(case: Path, router: Router) -> None:
    kept = router.rulebook.words
    tables = {name: getattr(kept, name) for name in names(kept)}
    whole = {name: dict(table) for name, table in tables.items() if isinstance(table, Mapping)}
    lines, _, towns = kept_words(replace(kept, **whole))
    words = words_from(lines, no_story, lambda: towns)
    opened = Router(replace(router.rulebook, words=words), router.law)
    assert opened.read(case) == router.read(case)
    assert opened.read_in_part(case) == router.read_in_part(case)
