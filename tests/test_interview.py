"""The interview asks only what matters, in any order of answers, and ends with the plan."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from explained import DAY, router

from routing.analyse.interview import Interview, Question
from routing.analyse.interview.most_informative import gain, relevant
from routing.analyse.interview.open_facts import Topics, asked_as, may_ask, open_facts
from routing.api import Router
from routing.case.facts import facts_for
from routing.cli import main
from routing.cli.ask import _Person, _run
from routing.core.domain import UNKNOWN
from routing.core.errors import CaseProblems
from routing.evaluate.reference import Reference
from routing.plan.questions import overlaid

STATES = ("FRA", "DEU", "KEN", "URY", "CRI", "GBR", "USA", "CHE", UNKNOWN)


def said(dice: random.Random, question: Question, interview: Interview) -> object:
    """Some answer to a question, now and then that it is not known. Nobody asks the own State."""
    if question.fact not in ("measure", "kind") and dice.random() < 0.15:
        return UNKNOWN
    if question.type == "state":
        return dice.choice([state for state in STATES if state != interview.data().get("state")])
    if question.type == "number":
        return dice.choice((1, 12, 36, 48, 120))
    if question.type == "date":
        return "2027-01-10"
    word = dice.choice(question.options).value
    return [word] if question.type == "many" else word


def finished(dice: random.Random, most: int = 60) -> tuple[Interview, list[Question]]:
    interview, asked = Interview(router(), as_of=DAY), []
    while (question := interview.next_question()) is not None:
        asked.append(question)
        assert len(asked) < most, [q.fact for q in asked]
        interview.answer(question.fact, said(dice, question, interview), question.need)
    return interview, asked


@pytest.mark.parametrize("seed", range(40))
def test_an_interview_ends_with_a_plan_and_asks_nothing_twice(seed: int) -> None:
    interview, asked = finished(random.Random(seed))
    assert [question.fact for question in asked[:4]] == ["measure", "kind", "state", "with"]
    assert max(Counter(question.fact for question in asked).values()) == 1
    assert interview.plan().needs[0].measure == interview.data()["needs"][0]["measure"]


@pytest.mark.parametrize("seed", range(12))
def test_at_the_end_no_askable_unknown_can_change_the_answer(seed: int) -> None:
    """Each fact that was left out is given every value, one at a time and in random company."""
    interview, _ = finished(random.Random(seed))
    case = interview.case
    assert case is not None
    need, topics = case.needs[0], Topics(router().rulebook)
    facts = facts_for(case, need, router().rulebook, router().law, DAY)
    reference = Reference(router().rulebook.heads, facts)
    targets = topics.targets(need.measure)
    names = [
        name for name in open_facts(reference, targets) if may_ask(router().rulebook, name, case, need, facts)
    ]
    before, dice = [reference.atom(atom) for atom in targets], random.Random(seed)
    outcomes = set()
    for _ in range(60 if names else 1):
        given = {name: dice.choice(topics.choices(name)) for name in names}
        after = Reference(router().rulebook.heads, overlaid(facts, given))
        outcomes.add(tuple(after.atom(atom) for atom in targets))
    assert len(outcomes) == 1, (names, before)


def test_what_is_asked_can_change_the_answer() -> None:
    """A question is asked only if two of its answers, all else equal, lead to different answers."""
    checked = 0
    for seed in range(40):
        dice = random.Random(seed)
        interview = Interview(router(), as_of=DAY)
        while (question := interview.next_question()) is not None:
            case = interview.case
            if case is not None and question.fact in router().rulebook.facts:
                assert _matters(question, interview), question.fact
                checked += 1
            interview.answer(question.fact, said(dice, question, interview), question.need)
    assert checked > 40


def _matters(question: Question, interview: Interview) -> bool:
    case, topics = interview.case, Topics(router().rulebook)
    assert case is not None
    need = next(need for need in case.needs if need.id == question.need)
    facts = facts_for(case, need, router().rulebook, router().law, DAY)
    reference = Reference(router().rulebook.heads, facts)
    targets = [atom for atom in topics.targets(need.measure) if reference.atom(atom) == (False, True)]
    names = [
        name for name in open_facts(reference, targets) if may_ask(router().rulebook, name, case, need, facts)
    ]
    asked = next(name for name in names if asked_as(router().rulebook, name) == question.fact)
    dice = random.Random(0)
    for _ in range(400):
        base = {name: dice.choice(topics.choices(name)) for name in names}
        outcomes = set()
        for value in topics.choices(asked):
            after = Reference(router().rulebook.heads, overlaid(facts, {**base, asked: value}))
            outcomes.add(tuple(after.atom(atom) for atom in targets))
        if len(outcomes) > 1:
            return True
    return False


def test_exact_relevance_is_what_trying_everything_shows(small_router: Router) -> None:
    case = small_router.read({"state": "KEN", "needs": [{"measure": "take_statement", "with": "FRA"}]})
    need, topics = case.needs[0], Topics(small_router.rulebook)
    facts = facts_for(case, need, small_router.rulebook, small_router.law, date(2026, 2, 1))
    targets = topics.targets(need.measure)
    reference = Reference(small_router.rulebook.heads, facts)
    names = [
        name
        for name in open_facts(reference, targets)
        if may_ask(small_router.rulebook, name, case, need, facts)
    ]
    assert len(names) > 2
    assert set(relevant(topics, facts, targets, names)) == {
        name for name in names if _changes(small_router, topics, facts, targets, names, name)
    }


def _changes(
    small_router: Router,
    topics: Topics,
    facts: object,
    targets: tuple[str, ...],
    names: list[str],
    asked: str,
) -> bool:
    from itertools import product

    others = [name for name in names if name != asked]
    for values in product(*(topics.choices(name) for name in others)):
        outcomes = set()
        for value in topics.choices(asked):
            after = Reference(
                small_router.rulebook.heads, overlaid(facts, {**dict(zip(others, values)), asked: value})
            )  # type: ignore[arg-type]
            outcomes.add(tuple(after.atom(atom) for atom in targets))
        if len(outcomes) > 1:
            return True
    return False


def test_gain_is_greatest_for_what_decides(small_router: Router) -> None:
    case = small_router.read(
        {
            "state": "KEN",
            "offence": ["fraud"],
            "needs": [{"measure": "take_statement", "with": "FRA", "dual_criminality": "yes"}],
        }
    )
    need, topics = case.needs[0], Topics(small_router.rulebook)
    facts = facts_for(case, need, small_router.rulebook, small_router.law, date(2026, 2, 1))
    gains = gain(
        topics,
        facts,
        [atom for atom in topics.targets(need.measure) if atom.startswith("primary:")],
        ["max_penalty_months", "coercive"],
    )
    assert gains["max_penalty_months"] > gains["coercive"] + 0.1


def test_back_and_correct() -> None:
    interview = Interview(router(), as_of=DAY)
    assert not interview.back()
    interview.answer("measure", "search")
    before = interview.data()
    interview.answer("kind", "request")
    assert interview.back() and interview.data() == before
    interview.answer("measure", "bank_records")
    assert interview.data()["needs"][0]["measure"] == "bank_records"


def test_a_wrong_answer_is_refused_and_changes_nothing() -> None:
    interview = Interview(router(), as_of=DAY)
    with pytest.raises(CaseProblems):
        interview.answer("measure", "mind reading")
    interview.answer("measure", "search")
    before = interview.data()
    for fact, value in (
        ("purpose", "fun"),
        ("with", "Atlantis"),
        ("no_such_fact", "yes"),
        ("evidential", "yes"),
        ("max_penalty_months", "many"),
    ):
        with pytest.raises(CaseProblems):
            interview.answer(fact, value)
        assert interview.data() == before


def test_an_interview_is_taken_up_where_it_was_left() -> None:
    interview = Interview(router(), as_of=DAY)
    for fact, value in (
        ("measure", "bank_records"),
        ("kind", "request"),
        ("state", "URY"),
        ("with", UNKNOWN),
    ):
        interview.answer(fact, value)
    again = Interview.resumed(router(), interview.data(), DAY)
    one, other = interview.next_question(), again.next_question()
    assert one == other and one is not None and one.fact not in ("state", "with")


def test_a_question_says_why_and_where_its_answers_lead() -> None:
    questions = [question for seed in range(40) for question in finished(random.Random(seed))[1]]
    asked = [question for question in questions if question.fact in router().rulebook.facts]
    assert len(asked) > 50 and sum(bool(question.why) for question in asked) > 0.9 * len(asked)
    assert sum(any(option.leads_to for option in question.options) for question in asked) > 10


# The command


def run(*args: str, given: str = "") -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["ask", "--as-of", "2026-11-24", *args], input=given)
    return found.exit_code, found.stdout, found.stderr


def test_answers_are_taken_from_standard_input(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    code, out, err = run(
        "--save", str(saved), "--format", "json", given="search\nrequest\nURY\nCRI\n?\nback\nFRA\n"
    )
    assert code in (0, 3, 4) and json.loads(out)["needs"][0]["with"] == "FRA"
    assert "It matters to" in err and saved.stat().st_mode & 0o777 == 0o600
    code, out, _ = run(str(saved), "--format", "json", given="stop\n")
    assert json.loads(out)["needs"][0]["measure"] == "search"


def test_answers_are_taken_by_name_from_a_file(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text(
        "measure: bank_records\nkind: request\nstate: Uruguay\nwith: Costa Rica\npurpose: evidence  # for court\noffence: [fraud, corruption]\n"
    )
    code, out, err = run("--answers", str(answers), "--format", "json")
    plan = json.loads(out)
    assert code in (0, 3, 4) and plan["state"] == "URY" and plan["needs"][0]["measure"] == "bank_records"
    assert "Taken as given" in err


def test_an_answer_that_is_not_asked_for_is_taken_all_the_same(tmp_path: Path) -> None:
    """What a plan would presume is never asked; said in the file of answers it counts, and may raise new questions."""
    answers = tmp_path / "answers.txt"
    told = "measure: stored_content\nstate: GHA\nwith: CAN\npurpose: evidence\n"
    mains = {}
    for extra in ("", "actor: defence\n", "need-1.actor: defence\n"):
        answers.write_text(told + extra)
        code, out, err = run("--answers", str(answers), "--format", "json")
        assert code == 0, err
        mains[extra] = json.loads(out)["needs"][0]["primary"]["pathway"]
    assert list(mains.values()) == ["mla", "letters_rogatory", "letters_rogatory"]
    answers.write_text(told + "ofence: fraud\n")
    code, _, err = run("--answers", str(answers))
    assert code == 2 and "`ofence` is not a fact that can be told (did you mean `offence`?" in err


def test_what_a_correction_opens_is_asked_before_the_end() -> None:
    """Another thing sought waits for facts that no question was about."""
    asked: list[str] = []
    corrections = iter(["measure: bank_records", ""])

    class Person(_Person):
        def answer(self, question: Question) -> str:
            asked.append(question.fact)
            return "unknown"

        def correction(self) -> str:
            asked.append("corrected")
            return next(corrections)

    interview = Interview.resumed(
        router(), {"state": "GHA", "needs": [{"measure": "public_register_record", "with": "CAN"}]}, DAY
    )
    assert _run(interview, Person(), router())
    assert asked.count("corrected") == 2 and asked[-2] != "corrected" and interview.next_question() is None


def test_numbers_choose_from_the_list_and_wrong_words_stop_a_written_interview() -> None:
    first = next(iter(router().rulebook.measures))
    code, out, _ = run("--format", "json", given="1\n1\nFRA\nDEU\nstop\n")
    assert json.loads(out)["needs"][0]["measure"] == first
    assert run(given="clairvoyance\n")[0] == 2


def asked_for(interview: Interview) -> str | None:
    question = interview.next_question()
    return question.fact if question else None


@pytest.mark.parametrize("measure", sorted(router().rulebook.measures))
def test_who_does_not_know_what_is_sought_is_led_to_it(measure: str) -> None:
    """Whoever answers with what is usual for a measure is offered it, among fewer than all where anything is."""
    interview, usual = Interview(router(), as_of=DAY), router().rulebook.measures[measure].presumes
    for fact, answer in (("measure", UNKNOWN), ("kind", "request"), ("state", "KEN"), ("with", "FRA")):
        assert asked_for(interview) == fact
        interview.answer(fact, answer)
    asked = []
    while (question := interview.next_question()) is not None and question.fact != "measure":
        assert interview.case is None
        asked.append(question.fact)
        interview.answer(question.fact, usual.get(question.fact, UNKNOWN), question.need)
    assert question is not None and len(asked) == len(set(asked)) and len(asked) <= 6
    offered = [option.value for option in question.options]
    assert measure in offered and (
        len(offered) < len(router().rulebook.measures) or not usual.keys() & set(asked)
    )
    interview.answer("measure", measure)
    assert interview.case is not None and interview.case.needs[0].measure == measure


def test_where_nothing_helps_to_tell_what_is_sought_there_is_no_plan_and_it_is_asked_again_later() -> None:
    interview, asked = Interview(router(), as_of=DAY), []
    while (question := interview.next_question()) is not None:
        asked.append(question.fact)
        assert len(asked) < 20
        interview.answer(
            question.fact,
            "KEN" if question.fact == "state" else "request" if question.fact == "kind" else UNKNOWN,
            question.need,
        )
    assert (
        asked[0] == asked[-1] == "measure"
        and interview.case is None
        and "what is sought" in interview.without_plan()
    )
    with pytest.raises(CaseProblems):
        interview.plan()
    assert interview.back() and asked_for(interview) == "measure"
    again = Interview.resumed(router(), interview.data(), DAY)
    assert asked_for(again) == "measure"


def test_a_wrong_answer_is_refused_while_it_is_not_known_what_is_sought() -> None:
    interview = Interview(router(), as_of=DAY)
    interview.answer("measure", UNKNOWN)
    with pytest.raises(CaseProblems):
        interview.answer("data_holder", "surrender")
    assert "data_holder" not in interview.data()["needs"][0]


def test_it_may_be_unknown_who_asks_whom(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    code, out, err = run("--save", str(saved), given="surrender\nunknown\nKEN\nFRA\n")
    assert code == 0 and out == "" and "not known who asks whom" in err and "go on with: routing ask" in err
    _, out, err = run(str(saved), "--format", "json", given="request\nstop\n")
    assert "Who asks whom" in err and json.loads(out)["needs"][0]["kind"] == "request"


def test_a_wrong_line_of_answers_loses_none_before_it_and_what_is_left_over_is_told(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    code, _, err = run("--save", str(saved), given="surrender\nrequest\nKEN\nAtlantis\n")
    assert code == 2 and "Atlantis" in err and "state: KEN" in saved.read_text(encoding="utf-8")
    assert (
        run(given="unknown\nunknown\nKEN\nFRA\n" + "unknown\n" * 9 + "nobody asked\n")[2].count(
            "nobody asked"
        )
        == 1
    )


def test_stopping_before_anything_is_known_gives_no_plan() -> None:
    code, out, err = run(given="stop\n")
    assert code == 0 and out == "" and "no plan yet" in err
