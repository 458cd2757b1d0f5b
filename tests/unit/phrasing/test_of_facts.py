"""Facts, values and codes as a person reads them: never by an id of the program."""

from __future__ import annotations

import re

from routing.case.facts import Value
from routing.opened import shared_router
from routing.phrasing.of_facts import fact_name, is_words, provisions
from routing.rulebook.parse.conditions import TIE

RULEBOOK = shared_router().rulebook
CODE = re.compile(r"\w_\w")


def test_no_fact_and_no_value_is_told_by_its_id() -> None:
    told = {
        words
        for fact in RULEBOOK.facts.values()
        for words in (
            fact_name(RULEBOOK, fact.id),
            *(is_words(RULEBOOK, fact.id, Value(frozenset({value}))) for value in fact.values),
        )
    }
    assert len(told) > 1000 and [words for words in told if CODE.search(words)] == []


def test_no_measure_channel_or_instrument_is_told_by_its_id() -> None:
    told = [item.name for kind in (RULEBOOK.measures, RULEBOOK.pathways) for item in kind.values()]
    told += [fact_name(RULEBOOK, TIE + id) for id in RULEBOOK.instruments]
    told += provisions(RULEBOOK, tuple(RULEBOOK.provisions))
    assert len(told) > 4000 and [words for words in told if CODE.search(words)] == []
