"""Words and phrases of everyday life that were written before they were tried: each understood, or refused well."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from test_words import ROUTER, understood

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


@pytest.mark.parametrize(("topic", "phrase", "meant"), ALL)
def test_a_phrase_is_understood_or_refused_well(topic: str, phrase: str, meant: str) -> None:
    assert right(topic, phrase, meant), understood(TIMES.get(topic, topic), phrase)


def test_there_are_four_hundred_of_them() -> None:
    assert len(ALL) >= 400 and ROUTER.rulebook.words
