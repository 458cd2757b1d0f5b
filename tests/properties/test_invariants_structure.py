"""Invariants of the rulebook and of what is printed: citations, soft law, marks, one-sided rules, the notice."""

from __future__ import annotations

from datetime import date

import pytest
from explained import SAMPLE, for_every_kept_case, in_folder, plan_of
from invariant_tools import World, added, pathway, planted, without, world
from invariants_listed import reviewed
from strategies import ask, clear
from sweeps import each

from routing.core.conditions import All, Any, Condition, Is, Not
from routing.core.records import replace
from routing.opened import shared_router
from routing.plan.model import Plan, Step
from routing.render import rendered
from routing.rulebook.model import Rulebook

NOTICE = "A central authority or prosecutor confirms the route."
MARKS = ("text", "copy", "secondary", "unverified")
LETTERS = {
    # what is asked for, by treaty: the one letter that provides for it
    "liaison_officer": {"untoc": "27(1)(d)", "uncac": "48(1)(e)", "un1988": "9(1)(e)"},
    "methods_exchange": {"untoc": "27(1)(e)", "uncac": "48(1)(d)"},
    "early_coordination": {"untoc": "27(1)(f)", "uncac": "48(1)(f)"},
    "item_transfer": {"untoc": "27(1)(c)", "uncac": "48(1)(c)", "un1988": "9(1)(d)"},
    "police_to_police": {"untoc": "27(1)(b)", "uncac": "48(1)(b)", "un1988": "9(1)(b)"},
}
ARTICLES = {"untoc": "27(1)(", "uncac": "48(1)(", "un1988": "9(1)("}
SOFT = frozenset({"harare", "egmont", "fatf", "g7-247", "paper"})
"""What binds nobody: schemes, principles, standards and papers of working groups."""
RESTS_ON_NOTHING_FOREIGN = (
    "fiu_exchange",
    "own_fiu",
    "domestic_order",
    "refer",
    "capacity_referral",
    "acknowledgement",
    "word_on_the_request",
)
"""Exchange of units under their charter, steps taken wholly at home, referral, and the courtesy of
saying that a request has come, or which request must come: neither gives anything that was asked."""


# INV-19


CHANNELS_OF_1988 = ("un1988 9(1)", "un1988 9(1)(a)", "un1988 9(1)(e)", "un1988 11(1)")
"""Its articles on channels between police and on liaison officers, on which a tip between them goes too, and on
letting goods run, which is agreed with a tip on goods that are on their way."""


def un1988_for_unasked(book: Rulebook) -> list[str]:
    found = [
        f"{route.id} cites {ref}"
        for route in book.pathways["spontaneous_transmission"].routes
        for ref in (*route.lead, *route.support)
        if ref.startswith("un1988") and ref not in CHANNELS_OF_1988
    ]
    found += [
        f"{rule.id} cites {ref}"
        for rule in book.rules
        if rule.parent.startswith("spontaneous.")
        for ref in rule.basis
        if ref.startswith("un1988") and ref not in CHANNELS_OF_1988
    ]
    found += [f"{ref} is cited" for ref in cited(book) if ref.startswith("un1988 9(1)(f)")]
    return found


def cited(book: Rulebook) -> set[str]:
    found = {ref for rule in book.rules for ref in rule.basis}
    return found | {ref for route in book.routes.values() for ref in (*route.lead, *route.support)}


def test_the_drug_convention_is_not_cited_for_unasked_sending() -> None:
    assert un1988_for_unasked(world().rulebook) == []


def test_a_citation_of_it_for_unasked_sending_is_found() -> None:
    faulty = planted(
        pathway("spontaneous_transmission", routes=lambda route: replace(route, support=("un1988 7(1)",)))
    )
    assert un1988_for_unasked(faulty.rulebook)


# INV-20


def wrong_letters(book: Rulebook) -> list[str]:
    """Letters of the articles on police cooperation that lead a route they are not for."""
    faults = []
    for name, table in LETTERS.items():
        for route in book.pathways[name].routes:
            for ref in route.lead:
                instrument, _, article = ref.partition(" ")
                if (
                    article.startswith(ARTICLES.get(instrument, "?"))
                    and instrument in table
                    and article.split("(i")[0] != table[instrument]
                ):
                    faults.append(f"{route.id} leads with {ref}, the letter is {table[instrument]}")
    faults += [
        f"{ref} is on no table"
        for ref in cited(book)
        if ref.startswith(("un1988 9(1)(f)", "un1988 9(1)(g)", "untoc 27(1)(g)", "uncac 48(1)(g)"))
    ]
    return faults


def test_letters_match_the_treaty() -> None:
    assert wrong_letters(world().rulebook) == []
    leads = {
        ref for name in LETTERS for route in world().rulebook.pathways[name].routes for ref in route.lead
    }
    for name in ("liaison_officer", "methods_exchange"):
        for instrument, article in LETTERS[name].items():
            assert f"{instrument} {article}" in leads


def test_a_wrong_letter_is_found() -> None:
    swapped = planted(
        pathway("liaison_officer", routes=lambda route: replace(route, lead=("untoc 27(1)(e)",)))
    )
    assert wrong_letters(swapped.rulebook)


# INV-21: the opt-outs as dated data


@pytest.mark.parametrize(
    ("instrument", "outside"), [("eio", ("DNK", "IRL")), ("fco", ("DNK", "IRL")), ("e-evidence", ("DNK",))]
)
def test_opt_outs_hold_on_every_day(instrument: str, outside: tuple[str, ...]) -> None:
    for year in range(2017, 2027):
        for state in outside:
            assert world().law.between(instrument, state, "DEU", date(year, 9, 1)).status != "in_force"
    assert world().law.between(instrument, "FRA", "DEU", date(2026, 11, 24)).status == "in_force"


# INV-34: rules that name one side


def names_one_side(condition: Condition, turned: bool = False) -> bool:
    """Whether a condition tells a request from an answer."""
    if isinstance(condition, Is):
        return condition.fact == "kind" and len(condition.values & {"request", "answer"}) == 1
    if isinstance(condition, Not):
        return names_one_side(condition.part, not turned)
    return isinstance(condition, (All, Any)) and any(names_one_side(part) for part in condition.parts)


def unreviewed(book: Rulebook) -> list[str]:
    return sorted(
        {rule.parent for rule in book.rules if rule.form == "close" and names_one_side(rule.when)}
        - reviewed()
    )


def test_every_closing_rule_for_one_side_was_reviewed() -> None:
    assert unreviewed(world().rulebook) == []
    known = {rule.parent for rule in world().rulebook.rules}
    assert sorted(reviewed() - known) == []


def test_an_unreviewed_one_is_found() -> None:
    assert unreviewed(planted(added("close", Is("kind", frozenset({"answer"})), ["mla"])).rulebook)


# INV-35, INV-36, INV-48: what every plan shows


@pytest.fixture(scope="module")
def shown() -> list[Plan]:
    return [plan_of(name) for name in SAMPLE]


def unmarked(plan: Plan) -> list[str]:
    return [basis.provision for step in plan.steps for basis in step.basis if basis.mark not in MARKS]


def citations_carry_their_marks(name: str) -> int:
    plan = plan_of(name)
    assert unmarked(plan) == []
    return sum(len(step.basis) for step in plan.steps)


def test_every_citation_carries_its_mark() -> None:
    assert each(citations_carry_their_marks, SAMPLE) >= 100
    assert all(provision.mark in MARKS for provision in world().rulebook.provisions.values())


def test_a_missing_mark_is_found(shown: list[Plan]) -> None:
    step = shown[0].steps[0]
    bare = replace(step, basis=tuple(replace(basis, mark="") for basis in step.basis))
    assert unmarked(replace(shown[0], steps=(bare,)))


def test_a_plan_that_rests_on_unread_provisions_alone_says_so(shown: list[Plan]) -> None:
    step = shown[0].steps[0]
    unread = replace(
        shown[0],
        steps=(replace(step, basis=tuple(replace(basis, mark="unverified") for basis in step.basis)),),
    )
    read = replace(
        shown[0], steps=(replace(step, basis=tuple(replace(basis, mark="text") for basis in step.basis)),)
    )
    for form in ("text", "markdown"):
        assert "not checked against text" in flat(shown_as(unread, form)).lower()
        assert "not checked against text" not in flat(shown_as(read, form)).lower()


def test_a_step_that_rests_on_unread_provisions_alone_says_so(shown: list[Plan]) -> None:
    plan = next(plan for plan in shown if len(plan.steps) >= 2 and len(plan.steps[0].basis) >= 2)
    step, rest = plan.steps[0], tuple(marked(step, "text") for step in plan.steps[1:])
    mixed = replace(
        step, basis=(replace(step.basis[0], mark="secondary"), *marked(step, "unverified").basis[1:])
    )
    for form in ("text", "markdown"):
        assert (
            flat(shown_as(replace(plan, steps=(marked(step, "unverified"), *rest)), form)).count(
                "(not checked against the text)"
            )
            == 1
        )
        for known in (mixed, marked(step, "secondary")):
            assert "(not checked against the text)" not in flat(
                shown_as(replace(plan, steps=(known, *rest)), form)
            )


def marked(step: Step, mark: str) -> Step:
    return replace(step, basis=tuple(replace(basis, mark=mark) for basis in step.basis))


def shown_as(plan: Plan, form: str) -> str:
    return rendered(plan, shared_router(), form)


def flat(text: str) -> str:
    return " ".join(text.split())


def soft_alone(place: World) -> list[str]:
    """Steps of every measure that nothing but soft law carries."""
    faults = []
    for measure in place.rulebook.measures:
        for own, other in (("KEN", "GHA"), ("FRA", "DEU")):
            for tree in (
                clear(measure, own, other),
                ask(measure, own, other, liaison_officer="own_post", parallel_investigations="yes"),
                ask(measure, own, other, kind="share"),
                ask(measure, own, other, kind="answer"),
            ):
                for step in place.see(tree).steps:
                    if (
                        step.pathway not in RESTS_ON_NOTHING_FOREIGN
                        and {basis.provision.split(" ")[0] for basis in step.basis} <= SOFT
                    ):
                        faults.append(
                            f"{step.id} for {measure} rests on {[basis.provision for basis in step.basis]}"
                        )
    return faults


@pytest.mark.when_changed("rules", "tests/invariants.yaml")
def test_soft_law_never_stands_alone() -> None:
    assert soft_alone(world()) == []
    for name in SOFT & set(world().law.instruments):
        assert not world().law.instruments[name].binding


def test_soft_law_alone_is_found() -> None:
    faulty = planted(
        without("basis.soft-law-only-supports"),
        pathway(
            "mla",
            routes=lambda route: (
                replace(route, opens=Is("kind", frozenset({"never"}))) if route.id != "mla/harare" else route
            ),
        ),
        pathway(
            "letters_rogatory", routes=lambda route: replace(route, opens=Is("kind", frozenset({"never"})))
        ),
    )
    assert soft_alone_in(faulty, "search", "ZMB", "UGA")


def soft_alone_in(place: World, measure: str, own: str, other: str) -> bool:
    return any(
        {basis.provision.split(" ")[0] for basis in step.basis} <= SOFT
        for step in place.see(clear(measure, own, other)).steps
        if step.pathway not in RESTS_ON_NOTHING_FOREIGN
    )


def unconfirmed(plan: Plan) -> list[str]:
    """Forms in which a plan does not say that a person confirms it, or says that it is approved."""
    faults = [] if plan.notice == NOTICE else ["notice"]
    for form in ("text", "markdown", "json"):
        said = flat(shown_as(plan, form))
        if NOTICE not in said:
            faults.append(form)
    return faults + (
        [plan.status] if plan.status not in ("routed", "conditional", "undecided", "no_lawful_route") else []
    )


def outputs_say_that_a_person_confirms(name: str) -> None:
    assert unconfirmed(plan_of(name)) == []


def test_every_output_says_that_a_person_confirms() -> None:
    each(outputs_say_that_a_person_confirms, SAMPLE)


@for_every_kept_case
def test_the_plan_of_every_kept_case_shows_its_marks_and_who_confirms(folder: str) -> None:
    each(citations_carry_their_marks, in_folder(folder))
    each(outputs_say_that_a_person_confirms, in_folder(folder)[::5])


def test_output_without_that_sentence_is_found(shown: list[Plan]) -> None:
    assert unconfirmed(replace(shown[0], notice="Approved."))
