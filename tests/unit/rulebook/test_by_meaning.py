"""What no phrase reads is read by its meaning where that is sure, asked back where it is likely, and left else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.core.errors import CaseProblems, Problems
from routing.opened import shared_router
from routing.rulebook.by_meaning import asked_back, may_mean, surely_meant, told_by_words
from routing.rulebook.measures_meant import measure_meant
from routing.rulebook.pathway_names import pathways_meant
from routing.rulebook.words import MEASURE, PATHWAY, Words

ROUTER = shared_router()
RULEBOOK, WORDS = ROUTER.rulebook, ROUTER.rulebook.words
MANY_MORE = {
    f"qq{number}": (f"other {number}",) for number in range(80)
}  # a word of one of many meanings tells much
FEW = Words(
    {
        MEASURE: {
            "let parcel run": ("delivery",),
            "search of house": ("search",),
            "visit office warrant": ("search",),
            "give man to us": ("surrender",),
            "release on bail": ("bail",),
            "do not delete": ("preserve",),
            "delete his mail": ("erase",),
            "call list": ("calls", "records"),
            **MANY_MORE,
        },
        PATHWAY: {"embassy liaison": ("liaison",), "rogatory letter": ("mla",), **MANY_MORE},
        "emergency": {"somebody will be killed": ("life",)},
    }
)


@pytest.mark.parametrize(
    ("topic", "text", "meaning"),
    [
        (MEASURE, "let the shipment run", "delivery"),
        (MEASURE, "searching of houses", "search"),
        (PATHWAY, "the liaison at the embassy", "liaison"),
    ],
)
def test_what_is_very_near_to_one_phrase_word_by_word_is_read_as_it(
    topic: str, text: str, meaning: str
) -> None:
    assert surely_meant(may_mean(FEW, topic, text, (meaning,))) == (meaning,)
    assert may_mean(FEW, topic, text, ()) == (), "only a value that is allowed"


@pytest.mark.parametrize(
    "text", ["give us the photo of the man", "sing in the rain", "???", "", "the of and"]
)
def test_a_text_with_a_word_that_is_near_to_none_of_the_phrase_means_nothing(text: str) -> None:
    near = may_mean(FEW, MEASURE, text, ("surrender", "bail", "delivery"))
    assert near == () and asked_back(near) == ""


def test_what_lacks_a_word_of_the_phrase_is_asked_back_and_not_read() -> None:
    (near,) = may_mean(FEW, MEASURE, "visit with warrant", ("search",))
    assert near.meaning == ("search",) and not near.sure and surely_meant([near]) == ()
    assert asked_back([near]) == "nearest in meaning: `search`"
    assert may_mean(FEW, MEASURE, "visit with warrant", ("bail",)) == ()


def test_what_is_denied_is_compared_with_what_is_denied_alone() -> None:
    assert surely_meant(may_mean(FEW, MEASURE, "does not delete", ("preserve",)))
    assert may_mean(FEW, MEASURE, "do not let the shipment run", ("delivery",)) == ()
    assert may_mean(FEW, MEASURE, "delete his mails not", ("preserve",)) == ()


def test_nothing_but_kinds_of_things_is_compared() -> None:
    assert may_mean(FEW, "emergency", "somebody will be killed", ("life",)) == ()
    with pytest.raises(CaseProblems):
        ROUTER.read(
            {"state": "GHA", "emergency": "the old stamps", "needs": [{"measure": "search", "with": "FRA"}]}
        )


@pytest.mark.parametrize(
    "text", ["mow the lawn", "a recipe for soup", "zzzz qqqq", "money back", "documents"]
)
def test_with_all_words_of_the_rules_what_says_too_little_is_not_suggested(text: str) -> None:
    assert may_mean(WORDS, MEASURE, text, RULEBOOK.measures) == ()
    assert may_mean(WORDS, PATHWAY, text, RULEBOOK.pathways) == ()
    with pytest.raises(Problems) as refused:
        measure_meant(RULEBOOK, text, "")
    assert "nearest in meaning" not in refused.value.problems[0].fix
    assert pathways_meant(RULEBOOK, text) == ()


def test_a_case_says_back_what_was_read_by_its_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "put a padlock on the savings"
    assert not WORDS.read(MEASURE, text)
    monkeypatch.setattr("routing.rulebook.measures_meant.may_mean", lambda *_: SURE)
    case = ROUTER.read({"state": "GHA", "needs": [{"measure": text, "with": "FRA"}]})
    assert case.needs[0].measure == "asset_freezing"
    assert any("by its meaning, as no phrase of the rules has these words" in note for note in case.notes)
    plain = ROUTER.read({"state": "GHA", "needs": [{"measure": "house search", "with": "FRA"}]})
    assert not any("by its meaning" in note for note in plain.notes)


SURE = may_mean(
    Words({MEASURE: {"freeze account": ("asset_freezing",), **MANY_MORE}}),
    MEASURE,
    "freeze accounts",
    ["asset_freezing"],
)


@given(st.text(max_size=60))
def test_a_text_that_is_sure_stands_alone(text: str) -> None:
    near = may_mean(WORDS, PATHWAY, text, ROUTER.rulebook.pathways)
    assert len(near) <= 2
    assert not any(it.sure for it in near) or len(near) == 1


def test_words_of_a_phrase_that_stand_apart_in_a_sentence_tell_of_it() -> None:
    sentence = ["they", "let", "on", "monday", "the", "parcel", "run"]
    (held, *_) = told_by_words(FEW, MEASURE, sentence)
    assert held.meaning == ("delivery",) and sentence[held.place] in ("let", "parcel", "run")
    assert told_by_words(FEW, MEASURE, ["good", "morning"]) == ()
