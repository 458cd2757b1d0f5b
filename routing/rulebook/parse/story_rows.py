"""Whether the lines by which a story is read and that have parts are whole: what together tells a danger, and
the codes of telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from routing.core.domain import Fact
from routing.core.errors import Problem, one_of
from routing.rulebook.parse.sources import Source, of_part
from routing.yaml.schema import words_of

DANGERS, CODES = "dangers_met", "dialling_codes"
CODE = re.compile(r"\d{1,3} [A-Z]{3}")
LEAST = 3
"""Words of a danger that is met: a fact, its value, and groups of words."""


def check_rows(
    sources: tuple[Source, ...], facts: Mapping[str, Fact], groups: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with such lines. groups: the groups of words that stories are read by."""
    for source in of_part(sources, "words"):
        for what, listed in source.block("story"):
            for row in words_of(listed):
                if what.value == DANGERS:
                    message, fix = _danger(row.split(), facts, groups)
                elif what.value == CODES and not CODE.fullmatch(row):
                    message, fix = (
                        f"`{row}` is not the code of a State",
                        "write a number and a State: `254 KEN`",
                    )
                else:
                    continue
                if message:
                    yield Problem(message, source.file, what.line, fix, "word.row")


def _danger(row: list[str], facts: Mapping[str, Fact], groups: Collection[str]) -> tuple[str, str]:
    """What is wrong with a line of dangers, and the cure; both empty where nothing is."""
    if len(row) < LEAST:
        return f"`{' '.join(row)}` tells no danger", "write a fact, its value and the groups that meet"
    name, value, *met = row
    if name not in facts or not facts[name].urgent:
        return f"`{name}` is not a danger", one_of(name, [it.id for it in facts.values() if it.urgent], 6)
    if value not in facts[name].values:
        return f"`{value}` is not a value of `{name}`", one_of(value, facts[name].values, 6)
    strange = next((group for group in met if group not in groups), "")
    return (f"`{strange}` is not a group of words", one_of(strange, groups, 6)) if strange else ("", "")
