"""Words of a practitioner that were refused: read where there is such help, else told what governs it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from routing.case.model import Case
from routing.case.reader import read_case
from routing.core.errors import Problems
from routing.opened import shared_router
from routing.yaml.tree import read_bytes

ROUTER = shared_router()


def read(text: str) -> Case:
    return read_case(read_bytes(text.encode(), "case.yaml"), "case.yaml", ROUTER.rulebook, ROUTER.law.states)


def case(measure: str, purpose: str = "evidence") -> str:
    return dedent(
        f"""\
        title: One word
        state: FRA
        as_of: 2026-11-26
        actor: prosecutor
        stage: investigation
        offence: [fraud]
        max_penalty_months: 60
        needs:
          - id: one
            measure: {measure}
            with: DEU
            purpose: {purpose}
        """
    )


@pytest.mark.parametrize(
    ("words", "instrument"),
    [
        ("bail", "2009/829"),
    ],
)
def test_what_is_not_planned_is_refused_with_what_governs_it(words: str, instrument: str) -> None:
    with pytest.raises(Problems) as refused:
        read(case(words))
    assert "is not covered" in str(refused.value)
    assert instrument in str(refused.value)


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("testimony", "witness_hearing"),
        ("hot pursuit", "hot_pursuit"),
        ("testimony of a witness", "witness_hearing"),
        ("return of stolen public money", "restitution"),
        ("stolen painting", "restitution"),
        ("supervision of bail", "pretrial_supervision"),
    ],
)
def test_what_there_is_is_read(words: str, measure: str) -> None:
    assert read(case(words)).needs[0].measure == measure


def test_letters_rogatory_is_asked_what_for() -> None:
    with pytest.raises(Problems) as asked:
        read(case("letters rogatory"))
    assert "it could mean `witness_hearing`" in str(asked.value)


@pytest.mark.parametrize("words", ["prosecute", "enforce sentence"])
def test_the_measure_tells_what_a_purpose_means(words: str) -> None:
    assert read(case("extradition", words)).needs[0].facts["purpose"] == "surrender"


def test_without_such_a_measure_it_is_asked_which_purpose() -> None:
    with pytest.raises(Problems) as asked:
        read(case("bank records", "prosecute"))
    assert "it could mean `evidence` or `surrender`" in str(asked.value)


@pytest.mark.parametrize(
    ("written", "instead"),
    [("about to be deleted", "write `data_volatility: imminent_loss`; "), ("witness", "allowed: ")],
)
def test_words_for_another_fact_say_where_they_belong(written: str, instead: str) -> None:
    """But words that tell several facts, or none, are sent nowhere."""
    with pytest.raises(Problems) as refused:
        read(case("arrest") + f"    emergency: {written}\n")
    (problem,) = refused.value.problems
    assert problem.message == f"`{written}` is not a value of `emergency`"
    assert problem.fix is not None
    assert problem.fix.startswith(instead)
