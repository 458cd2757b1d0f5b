"""Hypothesis strategies for cases and facts, for those who embed the program or write rules of their own.

A property of an overlay, say that our agency never asks a liaison officer to compel anyone:

    from datetime import date

    from hypothesis import given
    from routing import Router
    from routing.testing import cases

    router = Router.open(overlays=["examples/your-own-data/memorandum.yaml"])

    @given(case=cases(router, kinds=["request"]))
    def test_liaison_officers_compel_nobody(case):
        plan = router.route(case, as_of=date(2026, 11, 24))
        for need in plan.needs:
            if need.primary.pathway == "liaison_officer" and need.primary.certainty == "confirmed":
                assert case.needs[0].facts.get("coercive") != "yes"

Hypothesis shrinks what it finds to few facts. For a property that must hold of every case and not of
a sample, write it into the rules folder as an invariant and run `routing rules prove`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol

from hypothesis import strategies as st

from routing.case.model import Assumptions, Case, Need, Stated
from routing.core.domain import KINDS_OF_NEED, UNKNOWN, Fact
from routing.law import Law
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE_VALUES
from routing.rulebook.state_names import answering_state
from routing.verify.solver.domains import shapes_of

MOST_FACTS = 12


CONSENT = ("yes", "no", "requested", "not_asked", UNKNOWN)


class Opened(Protocol):
    """A router, of the library or of the program's own."""

    @property
    def rulebook(self) -> Rulebook:
        """The rules from which facts are drawn."""
        ...

    @property
    def law(self) -> Law:
        """The law data from which States are drawn."""
        ...


def values(fact: Fact, as_of: date, numbers: Sequence[int] = ()) -> st.SearchStrategy[Stated]:
    """What a case can say of a fact, `unknown` among it.

    as_of: the day around which days are drawn, 400 either way. numbers: bounds that rules test, so that both
    sides of each are drawn. Every value is drawn equally often: of yes, no and `unknown` each in a third.
    """
    unknown: st.SearchStrategy[Stated] = st.just(UNKNOWN)
    if fact.type == "number":
        near = sorted({max(bound + step, 0) for bound in numbers for step in (-1, 0, 1)}) or [0, 1]
        return st.one_of(st.sampled_from(near), unknown)
    if fact.type == "many":
        words = st.lists(st.sampled_from([*fact.values, UNKNOWN]), unique=True, max_size=3)
        return words.map(tuple)
    if fact.type == "date":
        return st.one_of(st.integers(-400, 400).map(lambda days: as_of + timedelta(days=days)), unknown)
    if fact.type == "choice":
        return st.sampled_from([*fact.values, UNKNOWN])
    return st.text("abc ", max_size=8)


def facts(
    rulebook: Rulebook, as_of: date | None = None, only: Iterable[str] | None = None
) -> st.SearchStrategy[dict[str, Stated]]:
    """Some facts that a case may state, with their values.

    rulebook: whose facts are drawn, at most twelve at once. as_of: the day around which days are drawn; else
    that of the law data. only: names to draw from; of four names each is told in 8 of 10 draws.
    """
    day = as_of or date.fromisoformat(rulebook.data_date)
    bounds = _bounds(rulebook)
    statable = [
        fact
        for fact in rulebook.facts.values()
        if fact.statable
        and fact.type not in ("text", "state", "instruments")
        and not (fact.looked_up and "from" in fact.looked_up)
        and (only is None or fact.id in set(only))
    ]
    if not statable:
        return st.just({})
    by_name = {fact.id: values(fact, day, bounds.get(fact.id, ())) for fact in statable}

    def filled(names: list[str]) -> st.SearchStrategy[dict[str, Stated]]:
        return st.fixed_dictionaries({name: by_name[name] for name in names})

    return st.lists(st.sampled_from(sorted(by_name)), unique=True, max_size=MOST_FACTS).flatmap(filled)


def ties(rulebook: Rulebook, instruments: Iterable[str] | None = None) -> st.SearchStrategy[dict[str, str]]:
    """Standings of a few instruments between two States, as a case assumes them: at most four.

    rulebook: whose instruments are drawn. instruments: ids to draw from; one that is named alone is told in
    80 of 100 draws, and in force in 20 of 100.
    """
    names = sorted(instruments if instruments is not None else rulebook.instruments)
    return (
        st.dictionaries(st.sampled_from(names), st.sampled_from((*TIE_VALUES, UNKNOWN)), max_size=4)
        if names
        else st.just({})
    )


@st.composite
def cases(
    draw: st.DrawFn,
    router: Opened,
    measures: Sequence[str] | None = None,
    kinds: Sequence[str] = KINDS_OF_NEED,
    states: Sequence[str] | None = None,
    most_needs: int = 1,
    assume: bool = True,
) -> Case:
    """Cases that the program accepts.

    router: by whose rules; measures, kinds: those to draw from; states: codes of States (all by default), a
    part of a State without powers of its own for that State;
    most_needs: how many needs at most; assume: whether ties may be assumed. A case tells five facts in the
    mean, so that a given fact stands in 1 of 100 cases; the other State is named in 86 of 100, and a tie
    assumed in 48 of 100 (300 draws: docs/reviewers.md). A premise that is rare is better built in.
    """
    rulebook = router.rulebook
    places = list(states) if states is not None else sorted(place.alpha3 for place in router.law.states)
    asked = (
        answering_state(router.law.states.code(place), rulebook.words, router.law.states) for place in places
    )
    codes = list(dict.fromkeys(asked))
    stated = draw(facts(rulebook))
    shared = {name: value for name, value in stated.items() if rulebook.facts[name].of == "case"}
    own = {name: value for name, value in stated.items() if name not in shared}
    state = draw(st.none() | st.sampled_from(codes))
    needs = []
    for number in range(draw(st.integers(1, most_needs))):
        others = (
            own
            if number == 0
            else {
                name: value
                for name, value in draw(facts(rulebook)).items()
                if rulebook.facts[name].of != "case"
            }
        )
        needs.append(
            Need(
                id=f"need-{number + 1}",
                kind=draw(st.sampled_from(list(kinds))),
                measure=draw(
                    st.sampled_from(list(measures) if measures is not None else sorted(rulebook.measures))
                ),
                partner=draw(st.sampled_from([None, *(code for code in codes if code != state)])),
                via=draw(_via(codes)),
                facts=others,
            )
        )
    assumed = draw(ties(rulebook)) if assume else {}
    return Case(
        state=state,
        as_of=date.fromisoformat(rulebook.data_date),
        facts=shared,
        needs=tuple(needs),
        assume=Assumptions(ties=assumed),
    )


def _via(states: Sequence[str]) -> st.SearchStrategy[Mapping[str, str]]:
    return st.just({}) | st.dictionaries(st.sampled_from(list(states)), st.sampled_from(CONSENT), max_size=2)


def _bounds(rulebook: Rulebook) -> dict[str, tuple[int, ...]]:
    """The bounds that rules test each number against."""
    return {name: shape.cuts for name, shape in shapes_of(rulebook).items() if shape.cuts}
