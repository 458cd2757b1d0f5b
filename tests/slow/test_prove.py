"""The proof: the solver agrees with the reference, and each claim catches a fault that is planted for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rule_folders import read_rulebook

from devtools.changed_rulebook import changed, with_rule, without
from routing.case.facts import Facts, facts_for
from routing.case.model import Assumptions, Case, Need
from routing.cli import main
from routing.core.conditions import ALWAYS, NEVER, All, AtomRef, Clause, Condition, Is, Not
from routing.core.domain import Code, Fact
from routing.core.errors import RulebookProblems
from routing.core.records import replace
from routing.evaluate.reference import Reference
from routing.opened import Router, shared_router
from routing.rulebook.model import Rule, Rulebook
from routing.verify.proof_page import proved_hash, stale
from routing.verify.proof_report import table_of
from routing.verify.prove import Verdict, prove
from routing.verify.solver.domains import Domain
from routing.verify.solver.session import Broken, SolverSession
from routing.verify.solver.terms import conj, neg
from routing.verify.solver.witness import says, silent, written
from routing.verify.statements import (
    Constraint,
    Expectation,
    FactChange,
    Invariant,
    Statements,
    load_statements,
)

pytestmark = pytest.mark.when_changed("rules", "routing")

pytest.importorskip("z3")
UNKNOWN = "unknown"
NOTHING_CLAIMED = Statements()


def yes(fact: str, value: str = "yes") -> Is:
    return Is(fact, frozenset({value}))


LAWFUL = (
    Expectation("x.grave", "complete", "the grave penalty", yes("risk_of_penalty")),
    Expectation("x.club", "complete", "nothing keeps data outside the club", yes("in_club", "no")),
)


@pytest.fixture(scope="module")
def small(small_router: Router) -> Rulebook:
    return small_router.rulebook


def verdict(
    rulebook: Rulebook, claim: str, statements: Statements = NOTHING_CLAIMED, **options: Any
) -> Verdict:
    (found,) = prove(rulebook, statements, [claim], jobs=1, **options)
    return found


def new(planted: Rulebook, sound: Rulebook, claim: str) -> set[str]:
    """What falls with the planted fault and does not without it."""
    return {item.item for item in broken(planted, claim)} - {item.item for item in broken(sound, claim)}


def broken(rulebook: Rulebook, claim: str, statements: Statements = NOTHING_CLAIMED) -> list[Broken]:
    return verdict(rulebook, claim, statements).broken


def caught_with_a_case(rulebook: Rulebook, claim: str, statements: Statements = NOTHING_CLAIMED) -> Broken:
    """The claim falls, and its case can be read and run and breaks nothing in doing so."""
    found = broken(rulebook, claim, statements)
    assert found, f"{claim} did not catch the planted fault"
    assert found[0].cases and "fault of the program" not in found[0].says
    router = Router(rulebook, _law(rulebook))
    for case in found[0].cases:
        read = router.read(written(case, rulebook))
        assert read.needs[0].measure == case.needs[0].measure and read.facts == case.facts
    return found[0]


def _law(rulebook: Rulebook) -> Any:
    from routing.law import Law

    return Law.load(Path(rulebook.folder))


# The model


def _stated(rulebook: Rulebook, fact: Fact) -> st.SearchStrategy[Any]:
    if fact.type == "number":
        return st.one_of(st.just(UNKNOWN), st.sampled_from([0, 12, 47, 48, 60]))
    if fact.type == "many":
        return st.lists(st.sampled_from([*fact.values, UNKNOWN]), unique=True).map(tuple)
    return st.sampled_from([*fact.values, UNKNOWN])


@given(data=st.data())
def test_the_model_agrees_with_the_reference(small: Rulebook, data: st.DataObject) -> None:
    measure = data.draw(st.sampled_from(sorted(small.measures)))
    told = {
        fact.id: data.draw(_stated(small, fact))
        for fact in small.facts.values()
        if not fact.derived
        and fact.type in ("choice", "many", "number")
        and not (fact.looked_up and "from" in fact.looked_up)
    }
    ties = data.draw(
        st.fixed_dictionaries({"alpha": st.sampled_from(["in_force", "signed", "none", UNKNOWN])})
    )
    kind = data.draw(st.sampled_from(["request", "answer", "share", "use"]))
    shared = {name: value for name, value in told.items() if small.facts[name].of == "case"}
    own = {name: value for name, value in told.items() if name not in shared}
    need = Need(id="n", kind=kind, measure=measure, facts=own)
    case = Case(facts=shared, needs=(need,), assume=Assumptions(ties=ties))
    reference = Reference(small.heads, facts_for(case, need, small, _law(small), date(2026, 1, 1)))
    session = SolverSession(small, Statements(), measure)
    said = {**told, "kind": kind, **{f"tie:{name}": status for name, status in ties.items()}}
    fixed = conj(
        says(domain, said[name])
        for name, domain in session.view.facts.items()
        if name in said and session.model.fixed_value(name) is None
    )
    assert session.satisfiable(fixed)
    for head in session.model.heads:
        for rail in (0, 1):
            expected = reference.atom(head)[rail]
            term = session.view.atom(head)[rail]
            assert session.satisfiable(fixed, term if expected else neg(term)), (head, rail, expected)
            assert not session.satisfiable(fixed, neg(term) if expected else term), (head, rail, expected)


@pytest.mark.parametrize("measure", ["find_person", "keep_data"])
def test_the_crowd_agrees_with_the_model(small: Rulebook, measure: str) -> None:
    session = SolverSession(small, Statements(), measure)
    for head in session.model.heads:
        for rail in (0, 1):
            for positive in (True, False):
                met, possible = session.samples.atom(head)[rail], session.view.atom(head)[rail]
                if session.samples.holds(met if positive else neg(met)):
                    assert session.satisfiable(possible if positive else neg(possible)), head


# What each claim catches


def test_the_small_rulebook_holds_where_its_dead_end_is_listed(small: Rulebook) -> None:
    statements = Statements(expectations=LAWFUL)
    for claim in (
        "complete",
        "no-contradiction",
        "one-primary",
        "some-primary",
        "learning",
        "no-ring",
        "guards-hold",
        "signed-is-not-bound",
    ):
        assert verdict(small, claim, statements).holds, claim


def test_a_dead_end_that_is_not_listed_is_caught(small: Rulebook) -> None:
    found = caught_with_a_case(small, "complete")
    assert (
        found.cases[0].needs[0].measure == "find_person"
        and found.cases[0].needs[0].facts["risk_of_penalty"] == "yes"
    )


def test_a_listed_dead_end_that_cannot_come_is_caught(small: Rulebook) -> None:
    idle = Expectation(
        "x.idle", "complete", "never", All((yes("risk_of_penalty"), yes("risk_of_penalty", "no")))
    )
    assert [item.item for item in broken(small, "complete", Statements(expectations=(*LAWFUL, idle)))] == [
        "x.idle"
    ]


def test_two_primaries_are_caught(small: Rulebook) -> None:
    second = replace(
        small, plain=(*small.plain, Clause("primary:letters", AtomRef("delivers:letters"), "planted"))
    )
    caught_with_a_case(second, "one-primary")


def test_a_ring_of_preferences_is_caught(small: Rulebook) -> None:
    rule = Rule(
        "planted.ring", "planted.ring", "says", "prefer", ALWAYS, values=("letters",), over=("police",)
    )
    caught_with_a_case(with_rule(small, rule), "some-primary")


def test_a_ring_of_steps_is_caught(small: Rulebook) -> None:
    rule = Rule(
        "planted.order",
        "planted.order",
        "says",
        "before",
        ALWAYS,
        values=("assistance",),
        over=("preservation",),
    )
    found = caught_with_a_case(with_rule(small, rule), "no-ring")
    assert found.cases[0].assume.ties == {"alpha": "in_force"} or found.cases[0].state


def test_a_route_confirmed_and_excluded_is_caught(small: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    _misread(
        monkeypatch, lambda test, rails: (rails[0], False) if test == yes("tie:alpha", "in_force") else rails
    )
    caught_with_a_case(small, "no-contradiction")


def test_a_rule_that_rests_on_not_knowing_is_caught(small: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unknown read as yes: the conclusion falls once the answer is another one."""
    test = Is("consent", frozenset({"given", "refused"}))
    _misread(monkeypatch, lambda leaf, rails: (rails[1], rails[1]) if leaf == test else rails)
    rule = Rule("planted.guess", "planted.guess", "says", "warn", test, values=("may_be_refused",))
    before, after = caught_with_a_case(with_rule(small, rule), "learning").cases
    assert (
        before.needs[0].facts["consent"] == UNKNOWN
        and after.needs[0].facts.get("consent", "not_sought") == "not_sought"
    )


def _misread(
    monkeypatch: pytest.MonkeyPatch, wrong: Callable[[Condition, tuple[Any, Any]], tuple[Any, Any]]
) -> None:
    """Plant the same misreading of a test in the model and in the facts that the reference reads."""
    domain_test, truth = Domain.test, Facts.truth
    monkeypatch.setattr(Domain, "test", lambda self, leaf: wrong(leaf, domain_test(self, leaf)))
    monkeypatch.setattr(Facts, "truth", lambda self, leaf: wrong(leaf, truth(self, leaf)))


def test_a_signature_that_opens_is_caught(small: Rulebook) -> None:
    pathway = small.pathways["preservation"]
    route = replace(pathway.routes[0], opens=Is("tie:alpha", frozenset({"in_force", "signed"})))
    planted = changed(small, pathways={**small.pathways, "preservation": replace(pathway, routes=(route,))})
    caught_with_a_case(planted, "signed-is-not-bound")


def test_a_rule_that_cannot_fire_is_caught(small: Rulebook) -> None:
    rule = Rule(
        "planted.dead",
        "planted.dead",
        "says",
        "warn",
        All((yes("coercive"), yes("coercive", "no"))),
        values=("may_be_refused",),
    )
    assert new(with_rule(small, rule), small, "every-rule-fires") == {"planted.dead"}


def test_a_pathway_out_of_reach_is_caught(small: Rulebook) -> None:
    measure = small.measures["keep_data"]
    planted = changed(
        without(small, ["preserve.first", "order.preserve-first"]),
        measures={**small.measures, "keep_data": replace(measure, ways=("assistance",))},
    )
    assert [item.item for item in broken(planted, "every-pathway-reached")] == ["preservation"]


def test_a_route_that_never_opens_is_caught(small: Rulebook) -> None:
    pathway = small.pathways["assistance"]
    shut = replace(pathway.routes[1], opens=NEVER)
    planted = changed(
        small, pathways={**small.pathways, "assistance": replace(pathway, routes=(pathway.routes[0], shut))}
    )
    assert [item.item for item in broken(planted, "every-route-used")] == ["assistance/club"]


def test_a_code_that_nothing_carries_is_caught(small: Rulebook) -> None:
    planted = replace(small, warnings={**small.warnings, "idle": Code("idle", "Idle.")})
    assert new(planted, small, "every-code-reached") == {"warn idle"}


def test_a_derived_fact_that_is_always_no_is_caught(small: Rulebook) -> None:
    assert [item.item for item in broken(without(small, ["offence.grave"]), "every-derived-fact-varies")] == [
        "grave yes"
    ]


def test_a_rule_that_changes_nothing_is_caught(small: Rulebook) -> None:
    again = replace(small.rule["police.no-compulsion"], id="planted.twin", parent="planted.twin")
    items = {item.item for item in broken(with_rule(small, again), "every-rule-matters")}
    assert {"planted.twin", "police.no-compulsion"} <= items
    assert "police.no-compulsion" not in {item.item for item in broken(small, "every-rule-matters")}


def test_a_fact_that_no_plan_depends_on_is_caught(small: Rulebook) -> None:
    idle = replace(small.facts["coercive"], id="idle")
    items = {
        item.item
        for item in broken(replace(small, facts={**small.facts, "idle": idle}), "every-fact-matters")
    }
    assert "idle" in items and "coercive" not in items


def test_an_exception_that_never_decides_is_caught(small: Rulebook) -> None:
    rule = Rule(
        "planted.idle",
        "planted.idle",
        "says",
        "warn",
        All((yes("coercive"), Not(yes("coercive", "no")))),
        values=("may_be_refused",),
    )
    assert [item.item for item in broken(with_rule(small, rule), "every-exception-decides")] == [
        "planted.idle unless coercive=no"
    ]


def test_a_defeat_that_never_meets_is_caught(small: Rulebook) -> None:
    rule = Rule(
        "planted.defeat",
        "planted.defeat",
        "says",
        "warn",
        yes("coercive", "no"),
        values=("may_be_refused",),
        defeats=("police.no-compulsion",),
    )
    items = [item.item for item in broken(with_rule(small, rule), "every-defeat-decides")]
    assert items == ["planted.defeat defeats police.no-compulsion"]


def test_a_breach_of_a_guard_through_another_conclusion_is_caught(small: Rulebook) -> None:
    """The check of the loader sees only what a rule asks itself; here the fact comes through a derived one."""
    derived = replace(small.facts["grave"], id="no_offence_there")
    step = Rule(
        "planted.is", "planted.is", "says", "is", yes("dual_criminality", "no"), values=("no_offence_there",)
    )
    shut = Rule(
        "planted.shut", "planted.shut", "says", "close", AtomRef("is:no_offence_there"), targets=("police",)
    )
    planted = with_rule(
        with_rule(replace(small, facts={**small.facts, "no_offence_there": derived}), step), shut
    )
    found = caught_with_a_case(planted, "guards-hold")
    assert found.item == "guard.informal-ways" and len(found.cases) == 2


def test_an_invariant_that_fails_is_caught_with_the_smallest_case(small: Rulebook) -> None:
    wrong = Invariant(
        "i.wrong",
        "police never have to ask",
        surely=yes("coercive", "no"),
        then_possibly=Not(AtomRef("main:police")),
    )
    found = caught_with_a_case(small, "invariants", Statements(invariants=(wrong,)))
    assert found.cases[0].needs[0].measure == "find_person" and not found.cases[0].needs[0].facts


def test_an_invariant_of_change_that_fails_is_caught(small: Rulebook) -> None:
    wrong = Invariant(
        "i.consent",
        "compulsion touches no way",
        change=FactChange("coercive"),
        same=(AtomRef("delivers:police"),),
    )
    found = caught_with_a_case(small, "invariants", Statements(invariants=(wrong,)))
    assert len(found.cases) == 2 and found.cases[0].needs[0].facts != found.cases[1].needs[0].facts


def test_an_invariant_keeps_to_its_exceptions(small: Rulebook) -> None:
    held = Invariant("i.held", "says", surely=yes("coercive"), then_surely=NEVER)
    excused = Invariant(
        "i.excused", "says", surely=yes("coercive"), then_surely=NEVER, unless=yes("coercive")
    )
    assert verdict(small, "invariants", Statements(invariants=(excused,))).holds
    assert not verdict(small, "invariants", Statements(invariants=(held,))).holds


def test_constraints_shut_out_cases(small: Rulebook) -> None:
    never_grave = Constraint(
        "c.none", "no such penalty", Not(yes("risk_of_penalty")), yes("risk_of_penalty"), standing="design"
    )
    statements = Statements(constraints=(never_grave,))
    assert not verdict(small, "complete", measures=["find_person"]).holds
    assert verdict(small, "complete", statements, measures=["find_person"]).holds


def test_running_out_of_time_is_a_failure(small: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SolverSession, "satisfiable", _gives_up)
    found = broken(small, "one-primary")
    assert found and all(item.gave_up for item in found)


def _gives_up(self: SolverSession, *terms: object) -> bool:
    from routing.verify.solver.session import GaveUp

    raise GaveUp


def test_a_way_without_a_basis_in_force_is_caught(small: Rulebook) -> None:
    listed = Expectation(
        "x.no-tie",
        "basis-in-force",
        "these bind no two States",
        items=frozenset({"police/custom", "letters/comity", "refer/home", "assistance/club"}),
    )
    pathway = small.pathways["preservation"]
    loose = replace(pathway.routes[0], opens=ALWAYS)
    planted = changed(small, pathways={**small.pathways, "preservation": replace(pathway, routes=(loose,))})
    statements = Statements(expectations=(listed,))
    assert verdict(small, "basis-in-force", statements).holds
    assert caught_with_a_case(planted, "basis-in-force", statements).item == "preservation/alpha"
    idle = replace(listed, items=listed.items | {"preservation/alpha"})
    assert [item.item for item in broken(small, "basis-in-force", Statements(expectations=(idle,)))] == [
        "preservation/alpha"
    ]


def test_producing_beside_preserving_is_caught(small: Rulebook) -> None:
    ordered = Statements(invariants=(Invariant("i.order", "keep first", in_order=("preserve", "deliver")),))
    assert verdict(small, "roles-in-order", ordered).holds
    for form in ("together", "before"):
        rule = Rule(
            "planted.order",
            "planted.order",
            "says",
            form,
            ALWAYS,
            values=("assistance",),
            over=("preservation",),
        )
        planted = with_rule(small, rule)
        found = caught_with_a_case(planted, "roles-in-order", ordered)
        assert found.item == "preservation then assistance"
        excused = replace(
            ordered,
            expectations=(Expectation("x.one", "roles-in-order", "why", items=frozenset({found.item})),),
        )
        assert verdict(planted, "roles-in-order", excused).holds
        assert [item.item for item in broken(small, "roles-in-order", excused)] == [found.item]  # not needed


# Cases and files


def test_a_counterexample_names_real_states_where_such_a_pair_exists(small: Rulebook) -> None:
    wrong = Invariant("i.tie", "says", surely=yes("tie:alpha", "in_force"), then_surely=NEVER)
    (found,) = broken(small, "invariants", Statements(invariants=(wrong,)))
    case = found.cases[0]
    assert case.state and case.needs[0].partner and not case.assume.ties


def test_ties_that_no_pair_has_are_assumed(small: Rulebook) -> None:
    wrong = Invariant("i.tie", "says", surely=yes("tie:alpha", "signed"), then_surely=NEVER)
    (found,) = broken(small, "invariants", Statements(invariants=(wrong,)))
    assert found.cases[0].assume.ties == {"alpha": "signed"}


def test_silence_is_what_a_bare_case_is_read_as(small: Rulebook) -> None:
    need = Need(id="n", kind="request", measure="find_person")
    facts = facts_for(Case(needs=(need,)), need, small, _law(small), date(2026, 1, 1))
    for fact in small.facts.values():
        if not fact.derived and fact.type == "choice" and not (fact.looked_up and "from" in fact.looked_up):
            value = facts.get(fact.id)
            assert silent(small, "find_person", fact.id) == (value.text() if value else UNKNOWN), fact.id


def test_faults_of_the_statements_are_reported_with_file_and_line(small_rules: Path) -> None:
    (small_rules / "constraints.yaml").write_text(
        "- id: c.one\n  says: a thing\n  holds: {no_such_fact: yes}\n  excludes: {coercive: yes}\n"
        "- id: c.one\n  says: again\n  holds: {coercive: maybe}\n  excludes: {coercive: yes}\n  standing: design\n"
    )
    (small_rules / "expectations.yaml").write_text(
        "- id: e.one\n  claim: complete\n  when: {coercive: yes}\n"
    )
    named = small_rules / "rulebook.yaml"
    named.write_text(named.read_text().replace("top: [", "top: [constraints, expectations, ", 1))
    rulebook = read_rulebook(small_rules)  # what is written later is not looked at
    with pytest.raises(RulebookProblems) as caught:
        load_statements(rulebook)
    said = "\n".join(str(problem) for problem in caught.value.problems)
    for part in (
        "constraints.yaml:3: `no_such_fact` is not a fact",
        "no basis",
        "`maybe` is not a value",
        "id of its own",
        "no `because`",
    ):
        assert part in said, said


def test_the_command_prints_and_writes_what_falls(small_rules: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    arguments = [
        "--rules",
        str(small_rules),
        "rules",
        "prove",
        "--only",
        "complete",
        "--jobs",
        "1",
        "--cases",
        str(tmp_path / "found"),
    ]
    result = runner.invoke(main, arguments)
    assert result.exit_code == 1 and "FALLS  complete" in result.output
    files = sorted((tmp_path / "found").iterdir())
    assert files and all(str(path) in result.output for path in files)
    ran = runner.invoke(main, ["--rules", str(small_rules), "route", str(files[0])])
    assert ran.exit_code == 3, ran.output
    data = json.loads(runner.invoke(main, [*arguments, "--format", "json"]).stdout)
    assert data["holds"] is False and data["claims"][0]["broken"][0]["cases"]


def test_the_command_knows_its_claims(small_rules: Path) -> None:
    result = CliRunner().invoke(main, ["--rules", str(small_rules), "rules", "prove", "--only", "complet"])
    assert result.exit_code == 5 and "did you mean `complete`?" in result.output


# The rules that ship


@pytest.fixture(scope="module")
def real() -> tuple[Rulebook, Statements]:
    rulebook = shared_router().rulebook
    return rulebook, load_statements(rulebook)


def test_every_real_pair_of_states_is_a_possible_case(real: tuple[Rulebook, Statements]) -> None:
    rulebook, statements = real
    law = _law(rulebook)
    states = [
        "FRA",
        "DEU",
        "IRL",
        "DNK",
        "GBR",
        "USA",
        "NOR",
        "CHE",
        "JPN",
        "BRA",
        "KEN",
        "NGA",
        "IND",
        "CHN",
        "AUS",
        "THA",
        "ARE",
        "SRB",
    ]
    for one in states:
        for other in states:
            if one == other:
                continue
            for kind in ("request", "answer"):
                need = Need(id="n", kind=kind, measure="search", partner=other)
                case = Case(state=one, needs=(need,))
                reference = Reference(
                    rulebook.heads,
                    facts_for(case, need, rulebook, law, date.fromisoformat(rulebook.data_date)),
                )
                for constraint in statements.constraints:
                    assert reference.truth(constraint.holds)[1], f"{constraint.id}: {one} {other} {kind}"


CLAIMED = {
    "invariant.police-channel-compels-nobody",
    "invariant.dual-criminality-bars-no-police-cooperation",
    "invariant.keep-before-asking",
    "invariant.preserve-before-produce",
    "invariant.spontaneous-is-unrequested",
    "invariant.what-helps-the-accused-is-told",
    "invariant.restrictions-never-hide-what-helps",
    "invariant.urgency-keeps-preservation",
    "invariant.consent-takes-nothing",
}


def test_the_invariants_that_must_be_claimed_are(real: tuple[Rulebook, Statements]) -> None:
    assert {entry.id for entry in real[1].invariants} >= CLAIMED


def test_every_dead_end_cites_the_law_that_leaves_no_way(real: tuple[Rulebook, Statements]) -> None:
    _rulebook, statements = real
    silent_ones = [entry.id for entry in statements.expected("complete") if not entry.basis]
    assert not silent_ones, "add `basis:` to these entries of rules/expectations.yaml"


def test_the_table_of_the_proof_is_of_these_rules(real: tuple[Rulebook, Statements]) -> None:
    assert stale(real[0]) is None


def test_a_page_of_other_rules_or_with_a_claim_that_falls_is_stale(small_rules: Path) -> None:
    rulebook = read_rulebook(small_rules)
    page = small_rules / "PROOF.md"
    said = stale(rulebook)
    assert said is not None and "there is no PROOF.md" in said
    for verdict_, part in (
        (Verdict("c", "says"), None),
        (Verdict("c", "says", broken=[Broken("x", "falls")]), "a claim that falls"),
    ):
        page.write_text(table_of([verdict_], rulebook))
        said = stale(rulebook)
        assert said is None if part is None else said is not None and part in said
    page.write_text(table_of([Verdict("c", "says")], rulebook))
    top = small_rules / "rulebook.yaml"
    top.write_text(f"{top.read_text()}# another\n")
    said = stale(read_rulebook(small_rules))
    assert said is not None and "`routing rules prove --write`" in said


def test_write_keeps_the_table_beside_the_rules_and_only_a_whole_one(
    small_rules: Path, tmp_path: Path
) -> None:
    words = [
        "--rules",
        str(small_rules),
        "rules",
        "prove",
        "--jobs",
        "1",
        "--cases",
        str(tmp_path / "found"),
        "--write",
    ]
    assert (
        CliRunner().invoke(main, [*words, "--only", "complete"]).exit_code == 2
        and not (small_rules / "PROOF.md").exists()
    )
    CliRunner().invoke(main, words)
    assert proved_hash(read_rulebook(small_rules)) in (small_rules / "PROOF.md").read_text()
