"""Words and phrases of everyday life that were written before they were tried: each understood, or refused well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sweeps import each, in_parts
from word_meanings import ROUTER, understood

from routing.core.errors import CaseProblems
from routing.yaml.tree import plain, read_file

LISTED: dict[str, dict[str, Any]] = plain(read_file(Path(__file__).with_name("more-words.yaml")))
ALL = [(topic, phrase, meant) for topic, table in LISTED.items() for phrase, meant in table.items()]
TIMES = {"time": "days_until_needed"}


def named(fix: str) -> set[str]:
    """What a refusal suggests."""
    suggestion = re.match(r"(?:did you mean|it could mean) (.*?)[?:]", fix)
    return set(re.findall(r"`([^`]+)`", suggestion[1])) if suggestion else set()


def right(topic: str, phrase: str, meant: str) -> bool:
    """Whether a phrase is understood so, or refused with what was meant among what is suggested, or with nothing."""
    read = understood(TIMES.get(topic, topic), phrase)
    wanted = set(meant.split(" | ")) - {"?"}
    if set(read) <= wanted and read:
        return True
    suggested = set().union(*map(named, read))
    refused = all(" " in fix for fix in read)
    return refused and (suggested <= wanted and (bool(suggested) or meant == "?"))


def amiss() -> list[str]:
    return [
        f"{phrase}: {understood(TIMES.get(topic, topic), phrase)}"
        for topic, phrase, meant in ALL
        if not right(topic, phrase, meant)
    ]


def understood_or_refused_well(words: tuple[str, str, str]) -> None:
    topic, phrase, _ = words
    assert right(*words), understood(TIMES.get(topic, topic), phrase)


def test_a_phrase_is_understood_or_refused_well() -> None:
    each(understood_or_refused_well, ALL[::20])


@pytest.mark.when_changed("rules", "tests/unit/rulebook/everyday.yaml", "tests/unit/rulebook/more-words.yaml")
@in_parts(ALL)
def test_every_phrase_is_understood_or_refused_well(part: Sequence[tuple[str, str, str]]) -> None:
    each(understood_or_refused_well, part)


def test_there_are_four_hundred_of_them() -> None:
    assert len(ALL) >= 400 and ROUTER.rulebook.words


@pytest.mark.parametrize("town", ["Birmingham", "Tripoli", "Córdoba"])
def test_a_town_of_several_states_is_refused_with_their_names(town: str) -> None:
    (fix,) = understood_partner(town)
    assert "have this name: write which State" in fix


def test_a_town_of_one_state_is_said_back() -> None:
    case = ROUTER.read({"state": "KEN", "needs": [{"measure": "search", "with": "Frankfurt"}]})
    assert case.needs[0].partner == "DEU" and any(
        "`Frankfurt` is read as Germany" in note for note in case.notes
    )


def understood_partner(word: str) -> tuple[str, ...]:
    """The fix where the other State is not understood."""
    with pytest.raises(CaseProblems) as found:
        ROUTER.read({"state": "KEN", "needs": [{"measure": "search", "with": word}]})
    return tuple(str(problem.fix) for problem in found.value.problems)
