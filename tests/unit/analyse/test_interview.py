"""The interview asks only what matters, in any order of answers, and ends with the plan."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from explained import DAY
from jsonschema.validators import validator_for
from shipped import router
from sweeps import one_in
from when_changed import WHOLE_PROGRAM

from routing.analyse.interview import Interview, Question
from routing.analyse.interview.most_informative import gain, relevant
from routing.analyse.interview.open_facts import Topics, askable, asked_as, asked_before, may_ask, open_facts
from routing.analyse.interview.opening import more
from routing.case.facts import facts_for
from routing.cli import main
from routing.cli.ask import _value, run_interview
from routing.cli.ask_person import Person as Anybody
from routing.core.domain import UNKNOWN
from routing.core.errors import CaseProblems
from routing.evaluate.reference import Reference
from routing.json_schema import case_schema
from routing.opened import Router
from routing.plan.completions import overlaid
from routing.rulebook.measures_meant import offered

pytestmark = WHOLE_PROGRAM

STATES = ("FRA", "DEU", "KEN", "URY", "CRI", "GBR", "USA", "CHE", UNKNOWN)


def said(dice: random.Random, question: Question, interview: Interview) -> object:
    """Some answer to a question, now and then that it is not known. Nobody asks the own State."""
    if question.fact == "more" and dice.random() < 0.8:
        return "no"
    if question.fact not in ("measure", "kind", "group", "more") and dice.random() < 0.15:
        return UNKNOWN
    if question.type == "state":
        return dice.choice([state for state in STATES if state != interview.data().get("state")])
    if question.type == "number":
        return dice.choice((1, 12, 36, 48, 120))
    if question.type == "date":
        return "2027-01-10"
    word = dice.choice(question.options).value
    return [word] if question.type == "many" else word


def finished(dice: random.Random, most: int = 90) -> tuple[Interview, list[Question]]:
    interview, asked = Interview(router(), as_of=DAY), []
    while (question := interview.next_question()) is not None:
        asked.append(question)
        assert len(asked) < most, [q.fact for q in asked]
        interview.answer(question.fact, said(dice, question, interview), question.need)
    return interview, asked


@pytest.mark.parametrize("seed", one_in(8, range(40), "rules"))
def test_an_interview_ends_with_a_plan_and_asks_nothing_twice(seed: int) -> None:
    interview, asked = finished(random.Random(seed))
    opening = [question.fact for question in asked if question.fact not in ("group", "measure", "keep")]
    assert asked[0].fact == "danger" and opening[:4] == ["danger", "kind", "state", "with"]
    once = Counter((question.fact, question.need) for question in asked if question.fact != "more")
    assert max(once.values()) == 1
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
    names = list(askable(router().rulebook, case, need, reference, targets))
    before, dice = [reference.atom(atom) for atom in targets], random.Random(seed)
    outcomes = set()
    for _ in range(60 if names else 1):
        given = {name: dice.choice(topics.choices(name)) for name in names}
        after = Reference(router().rulebook.heads, overlaid(facts, given))
        outcomes.add(tuple(after.atom(atom) for atom in targets))
    assert len(outcomes) == 1, (names, before)


def always() -> set[str]:
    """What the rules want asked though it is presumed."""
    return {fact.id for fact in router().rulebook.facts.values() if fact.always_asked_in}


def test_what_is_asked_can_change_the_answer() -> None:
    """A question is asked only if two of its answers, all else equal, lead to different answers."""
    checked = 0
    for seed in range(40):
        dice = random.Random(seed)
        interview = Interview(router(), as_of=DAY)
        while (question := interview.next_question()) is not None:
            case = interview.case
            if (
                case is not None
                and question.fact in router().rulebook.facts
                and question.fact not in always()
            ):
                assert _matters(question, interview), question.fact
                checked += 1
            interview.answer(question.fact, said(dice, question, interview), question.need)
    assert checked > 10


def test_a_question_whose_answers_lead_to_one_channel_is_not_asked_for_a_step_beside_it() -> None:
    """Swedish police have a child in Denmark heard by video: what the offence is changes nothing that counts."""
    interview = Interview(router(), as_of=DAY)
    answers = {
        "danger": "no",
        "kind": "we ask",
        "group": "video hearing",
        "state": "Sweden",
        "with": "Denmark",
        "more": "no",
    }
    asked = []
    while (question := interview.next_question()) is not None:
        asked.append(question.fact)
        interview.answer(question.fact, answers[question.fact], question.need)
    assert asked == list(answers)


def test_nobody_is_asked_for_what_could_only_matter_in_another_kind_of_case() -> None:
    """Under which treaty material was given is presumed to tell of a treaty of the two, but only of material that was given."""
    case = {
        "state": "KEN",
        "as_of": "2026-11-29",
        "needs": [
            {"id": "n", "measure": "stored_content", "with": "IRL", "data_volatility": "imminent_loss"}
        ],
    }
    interview = Interview(router(), router().read(case))
    asked = []
    while (question := interview.next_question()) is not None:
        asked.append(question.fact)
        interview.answer(question.fact, UNKNOWN, question.need)
    assert "bilateral_mla_treaty" in asked and "given_under" not in asked


def test_who_answers_is_asked_in_the_end_for_reasons_to_refuse_or_to_answer_later() -> None:
    """Nothing hangs on it, as none is presumed; but who asks is never told of a postponement that nobody asked about."""
    interview = Interview(router(), None, DAY)
    told = {
        "danger": "none",
        "kind": "answer",
        "state": "CHE",
        "with": "GHA",
        "measure": "voluntary_statement",
    }
    told |= {"group": "Hear somebody, or hand over court papers", "more": "no"}
    asked: list[Question] = []
    while question := interview.next_question():
        asked.append(question)
        told_here = (
            ["ongoing_case"] if question.fact == "refusal_reason_raised" else told.get(question.fact, UNKNOWN)
        )
        interview.answer(question.fact, told_here, question.need or None)
    assert asked[-1].fact == "refusal_reason_raised" and asked[-1].why
    assert "answer later" in asked[-1].asks
    assert any("now or later" in step.action for step in interview.plan().steps)


@pytest.mark.parametrize(
    ("kind", "who"), [("answer", "they"), ("share", "want to tell"), ("use", "want to use")]
)
def test_whether_there_is_more_is_asked_in_the_words_of_who_asks_whom(kind: str, who: str) -> None:
    assert who in more(router().rulebook, "n", kind).asks


def _matters(question: Question, interview: Interview) -> bool:
    case, topics = interview.case, Topics(router().rulebook)
    assert case is not None
    need = next(need for need in case.needs if need.id == question.need)
    facts = facts_for(case, need, router().rulebook, router().law, DAY)
    reference = Reference(router().rulebook.heads, facts)
    targets = [atom for atom in topics.targets(need.measure) if reference.atom(atom) == (False, True)]
    names = list(askable(router().rulebook, case, need, reference, targets))
    asked = next(
        name
        for name in names
        if question.fact
        in (asked_as(router().rulebook, name), asked_before(router().rulebook, name, case, need, reference))
    )
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
                small_router.rulebook.heads,
                overlaid(facts, {**dict(zip(others, values, strict=False)), asked: value}),
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
        ("measure", "surrender"),
        ("kind", "request"),
        ("state", "URY"),
        ("with", UNKNOWN),
    ):
        interview.answer(fact, value)
    interview.answer("danger", "none")
    interview.answer("more", "no")
    again = Interview.resumed(router(), interview.data(), DAY)
    one, other = interview.next_question(), again.next_question()
    assert one == other and one is not None and one.fact not in ("state", "with")


def test_a_question_says_why_and_where_its_answers_lead() -> None:
    questions = [question for seed in range(60) for question in finished(random.Random(seed))[1]]
    asked = [question for question in questions if question.fact in router().rulebook.facts]
    assert len(asked) > 12 and sum(bool(question.why) for question in asked) > 0.9 * len(asked)
    assert sum(any(option.leads_to for option in question.options) for question in asked) > 5


# The command


def run(*args: str, given: str = "") -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["ask", "--as-of", "2026-11-24", *args], input=given)
    return found.exit_code, found.stdout, found.stderr


def test_answers_are_taken_from_standard_input(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    code, out, err = run(
        "--save",
        str(saved),
        "--format",
        "json",
        given="no\nrequest\nsearch\nURY\nCRI\n?\nback\nFRA\nno\n",
    )
    assert code in (0, 3, 4) and json.loads(out)["needs"][0]["with"] == "FRA"
    assert "Asked because" in err and saved.stat().st_mode & 0o777 == 0o600
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
    assert "Assumed so far" in err


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


def test_a_note_in_a_case_is_kept() -> None:
    told = {
        "state": "GHA",
        "note": "see file 12",
        "needs": [{"measure": "search", "with": ["CAN", "FRA"], "note": "the shed too"}],
    }
    interview = Interview.resumed(router(), told, DAY)
    interview.answer("max_penalty_months", 60)
    kept = yaml.safe_load(interview.file_text())
    assert kept["note"] == "see file 12" and [need["note"] for need in kept["needs"]] == ["the shed too"] * 2


@pytest.mark.parametrize("word", ["plan", "?", "back", "stop"])
def test_a_word_to_the_interview_is_refused_beside_a_name(word: str, tmp_path: Path) -> None:
    """Asked again, a file would say it for ever."""
    answers = tmp_path / "answers.txt"
    answers.write_text(f"measure: bank_records\nstate: {word}\n")
    code, _, err = run("--answers", str(answers))
    assert code == 2 and f"`state: {word}`: `{word}` asks the interview for something" in err


def test_what_a_correction_opens_is_asked_before_the_end() -> None:
    """Another thing sought waits for facts that no question was about."""
    asked: list[str] = []
    corrections = iter(["measure: stored_content", ""])

    class Person(Anybody):
        def answer(self, question: Question) -> str:
            asked.append(question.fact)
            return "unknown"

        def correction(self) -> str:
            asked.append("corrected")
            return next(corrections)

    interview = Interview.resumed(
        router(), {"state": "GHA", "needs": [{"measure": "public_register_record", "with": "CAN"}]}, DAY
    )
    assert run_interview(interview, Person(), router())
    assert asked.count("corrected") == 2 and asked[-2] != "corrected" and interview.next_question() is None


def test_numbers_choose_from_the_list_and_wrong_words_stop_a_written_interview() -> None:
    for answers, measure in (
        ("1\n1\n1\n1\n", "interpol_files"),  # the first by its name
        (
            "none\nwe need something\nfind or identify somebody\npolice database check\n",
            "police_database_check",
        ),
    ):
        answers = answers.replace("we need something", "request")
        _code, out, _ = run("--format", "json", given=answers + "FRA\nDEU\nno\nstop\n")
        assert json.loads(out)["needs"][0]["measure"] == measure
    assert run(given="no\nrequest\nclairvoyance\n")[0] == 2


def asked_for(interview: Interview) -> str | None:
    question = interview.next_question()
    return question.fact if question else None


@pytest.mark.parametrize("measure", one_in(8, sorted(router().rulebook.measures), "rules"))
def test_who_does_not_know_what_is_sought_is_led_to_it(measure: str) -> None:
    """Whoever answers with what is usual for a measure is offered it, among fewer than all where anything is."""
    interview, usual = Interview(router(), as_of=DAY), router().rulebook.measures[measure].presumes
    kind = (router().rulebook.measures[measure].kinds or ("request",))[0]
    interview.answer("danger", "none")
    interview.answer("kind", kind)
    if len(offered(router().rulebook, kind)) == 1:
        assert interview.case is not None and interview.case.needs[0].measure == measure
        return
    for answer in (UNKNOWN, "KEN", "FRA"):
        interview.answer(asked_for(interview) or "", answer)
    asked = []
    while (question := interview.next_question()) is not None and question.fact != "measure":
        assert interview.case is None
        asked.append(question.fact)
        interview.answer(question.fact, usual.get(question.fact, UNKNOWN), question.need)
    assert question is not None and len(asked) == len(set(asked)) and len(asked) <= 6
    left = [option.value for option in question.options]
    assert measure in left and (len(left) < len(router().rulebook.measures) or not usual.keys() & set(asked))
    interview.answer("measure", measure)
    assert interview.case is not None and interview.case.needs[0].measure == measure


def test_where_nothing_helps_to_tell_what_is_sought_there_is_no_plan_and_it_is_asked_again_later() -> None:
    interview, asked = Interview(router(), as_of=DAY), []
    while (question := interview.next_question()) is not None:
        asked.append(question.fact)
        assert len(asked) < 20
        interview.answer(
            question.fact,
            {"state": "KEN", "kind": "request", "danger": "none"}.get(question.fact, UNKNOWN),
            question.need,
        )
    assert (
        asked[2] == "group"
        and asked[-1] == "measure"
        and interview.case is None
        and "what is sought" in interview.without_plan()
    )
    with pytest.raises(CaseProblems):
        interview.plan()
    assert interview.back() and asked_for(interview) == "measure"
    again = Interview.resumed(router(), interview.data(), DAY)
    assert asked_for(again) == "group"


def test_a_need_of_which_it_stays_unknown_what_is_sought_is_left_out_of_the_plan_and_named() -> None:
    """What is known is not kept back by what is not."""
    interview = Interview(router(), as_of=DAY)
    told = {"danger": "none", "kind": "request", "group": "bank_records", "state": "FRA", "with": "CHE"}
    answers = {"need-1": told, "need-2": {"with": "CHE"}}
    for _ in range(60):
        question = interview.next_question()
        if question is None:
            break
        if question.fact == "more":
            more = question.options[1].value if len(interview.needs) < 2 else "no"
            interview.answer("more", more, question.need)
        else:
            interview.answer(question.fact, answers[question.need].get(question.fact, UNKNOWN), question.need)
    assert question is None and len(interview.needs) == 2
    assert [step.pathway for step in interview.plan().steps]
    assert interview.left_out() == ("the second thing needed: it is not known what is sought",)
    assert not interview.without_plan()


def test_a_wrong_answer_is_refused_while_it_is_not_known_what_is_sought() -> None:
    interview = Interview(router(), as_of=DAY)
    interview.answer("measure", UNKNOWN)
    with pytest.raises(CaseProblems):
        interview.answer("data_holder", "surrender")
    assert "data_holder" not in interview.data()["needs"][0]


def test_it_may_be_unknown_who_asks_whom(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    code, out, err = run("--save", str(saved), given="no\nunknown\nsurrender\nKEN\nFRA\n")
    assert code == 0 and out == "" and "not known who asks whom" in err and "go on with: routing ask" in err
    _, out, err = run(str(saved), "--format", "json", given="request\nno\nstop\n")
    assert "Who asks whom" in err and json.loads(out)["needs"][0]["kind"] == "request"


def test_a_wrong_line_of_answers_loses_none_before_it_and_what_is_left_over_is_told(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    code, _, err = run("--save", str(saved), given="no\nrequest\nsurrender\nKEN\nAtlantis\n")
    assert code == 2 and "Atlantis" in err and "state: KEN" in saved.read_text(encoding="utf-8")
    assert (
        run(given="no\nunknown\nunknown\nKEN\nFRA\n" + "unknown\n" * 9 + "nobody asked\n")[2].count(
            "nobody asked"
        )
        == 1
    )


def test_stopping_before_anything_is_known_gives_no_plan() -> None:
    code, out, err = run(given="stop\n")
    assert code == 0 and out == "" and "no plan yet" in err


# The opening, words, needs in one sitting, the review


def test_the_first_question_is_danger_and_what_it_says_holds_for_every_need() -> None:
    interview = Interview(router(), as_of=DAY)
    question = interview.next_question()
    assert question is not None and question.fact == "danger" and question.options[0].value == "none"
    interview.answer("danger", ["life", "data about to be lost"])
    assert (
        interview.data()["emergency"] == "threat_to_life"
        and interview.data()["data_volatility"] == "imminent_loss"
    )
    with pytest.raises(CaseProblems, match="not a danger that is known"):
        interview.answer("danger", ["boredom"])


def test_danger_goes_before_no_and_the_gravest_before_others() -> None:
    for words in (["none", "threat_to_life"], ["imminent_flight", "threat_to_life", "none"]):
        interview = Interview(router(), as_of=DAY)
        interview.answer("danger", words)
        assert interview.data()["emergency"] == "threat_to_life"
        assert any("the danger is taken" in note for note in interview.notes)
    assert any("somebody is about to escape" in note for note in interview.notes)
    interview.answer("kind", "request")
    assert interview.notes == ()
    interview = Interview(router(), as_of=DAY)
    interview.answer("danger", ["none", "imminent_loss"])
    assert "emergency" not in interview.data() and interview.data()["data_volatility"] == "imminent_loss"


def test_a_need_is_called_by_its_words_and_never_by_its_id() -> None:
    interview = Interview(router(), as_of=DAY)
    for fact, value in (
        ("danger", "none"),
        ("kind", "request"),
        ("group", "bank statement"),
        ("state", "KEN"),
        ("with", "FRA"),
    ):
        interview.answer(fact, value)
    second = interview.next_question()
    assert second is not None and second.fact in ("more", "keep")
    interview.answer("more", "get records, files or objects", second.need)
    heads = []
    while (question := interview.next_question()) is not None and len(heads) < 8:
        heads.append(question.about)
        interview.answer(question.fact, UNKNOWN, question.need)
    assert "Get records, files or objects" in heads and not any("need-" in head for head in heads)


def test_a_murder_tip_is_told_at_once() -> None:
    told = "life\nshare\n1\nGermany\nPoland\nno\n"
    code, out, _ = run("--format", "json", given=told)
    plan = json.loads(out)
    assert code == 0 and plan["needs"][0]["primary"]["pathway"] == "spontaneous_transmission"
    code, out, _ = run(given=told)
    assert "Telephone now" in out


def test_a_number_its_words_and_what_people_say_lead_to_the_same_place() -> None:
    found = []
    for holder in ("1", "foreign provider", "foreign_provider", "Google"):
        interview = Interview(router(), as_of=DAY)
        for fact, value in (
            ("danger", "none"),
            ("kind", "request"),
            ("group", UNKNOWN),
            ("state", "KEN"),
            ("with", "USA"),
        ):
            interview.answer(fact, value)
        while (question := interview.next_question()) is not None and question.fact != "data_holder":
            interview.answer(question.fact, UNKNOWN, question.need)
        assert question is not None
        interview.answer("data_holder", _value(question, holder))
        found.append((interview.data(), interview.may_be_meant("need-1")))
    assert all(other == found[0] for other in found)
    assert found[0][0]["needs"][0]["data_holder"] == "foreign_provider"


def test_that_somebody_would_be_forced_takes_subscriber_data_off_no_list() -> None:
    interview = Interview(router(), as_of=DAY)
    for fact, value in (
        ("danger", "none"),
        ("kind", "request"),
        ("group", UNKNOWN),
        ("state", "KEN"),
        ("with", "USA"),
        ("coercive", "yes"),
    ):
        interview.answer(fact, value)
    assert "subscriber_data" in interview.may_be_meant("need-1")


def test_saving_is_offered_whenever_a_provider_holds_what_is_needed() -> None:
    for measure in ("subscriber_data", "stored_content", "stored_traffic_data"):
        interview = Interview(router(), as_of=DAY)
        for fact, value in (
            ("danger", "none"),
            ("kind", "request"),
            ("group", measure),
            ("state", "BRA"),
            ("with", "USA"),
        ):
            interview.answer(fact, value)
        assert asked_for(interview) == "keep"
        interview.answer("keep", "yes", "need-1")
        assert [(n["measure"], n["with"]) for n in interview.data()["needs"]] == [
            (measure, "USA"),
            ("data_preservation", "USA"),
        ]
        assert asked_for(interview) == "more"


def test_several_needs_in_one_sitting_each_with_its_state() -> None:
    interview = Interview(router(), as_of=DAY)
    for fact, value in (
        ("danger", "none"),
        ("kind", "request"),
        ("group", "bank statement and freeze the account"),
        ("state", "NGA"),
    ):
        interview.answer(fact, value)
    states = iter(("ARE", "GBR, CHE"))
    while (question := interview.next_question()) is not None and question.fact == "with":
        assert question.about
        interview.answer("with", next(states), question.need)
    assert [(n["measure"], n["with"]) for n in interview.data()["needs"]] == [
        ("bank_records", "ARE"), ("asset_freezing", "GBR"), ("asset_freezing", "CHE")]  # fmt: skip
    assert asked_for(interview) == "more"
    interview.answer("more", "take a statement")
    assert asked_for(interview) == "with"
    question = interview.next_question()
    assert question is not None and {option.value for option in question.options} == {"ARE", "GBR", "CHE"}


@pytest.mark.parametrize("fact", ["in_force", "budapest-2ap"])
def test_what_the_law_data_know_is_never_asked(fact: str) -> None:
    """Ties that are looked up, and facts that a profile or a list answers, are no question."""
    for seed in range(12):
        interview = Interview(router(), as_of=DAY)
        dice = random.Random(seed)
        while (question := interview.next_question()) is not None:
            case = interview.case
            if case is not None and question.need in {need.id for need in case.needs}:
                need = next(need for need in case.needs if need.id == question.need)
                facts = facts_for(case, need, router().rulebook, router().law, DAY)
                assert (
                    question.type in ("date",)
                    or facts.get(question.fact) is None
                    or question.fact in ("more", "keep", *always())
                )
                assert fact not in question.fact
            interview.answer(question.fact, said(dice, question, interview), question.need)


def test_the_review_shows_what_keeps_a_channel_shut() -> None:
    case = router().read({"state": "NGA", "needs": [{"measure": "asset_freezing", "with": "ARE"},
                                                    {"id": "b", "measure": "transaction_suspension", "with": "ARE", "transaction_pending": "no"}]})  # fmt: skip
    interview = Interview(router(), case, DAY)
    assert all(item.opens and item.value for item in interview.shut())
    stop = router().read({"state": "NGA", "needs": [{"measure": "stored_content", "with": "USA"}]})
    shut = {item.fact: item.opens for item in Interview(router(), stop, DAY).shut()}
    assert "copy_at_home" in shut and "team_measure" in shut, shut


class Reviewer(Anybody):
    def __init__(self, *words: str) -> None:
        self.words = list(words)

    def answer(self, question: Question) -> str:
        return "unknown"

    def correction(self) -> str:
        return self.words.pop(0) if self.words else ""


def test_at_the_review_question_marks_back_unknown_and_numbers_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = {"state": "GHA", "needs": [{"measure": "public_register_record", "with": "CAN"}]}
    interview = Interview.resumed(router(), data, DAY)
    assert run_interview(
        interview,
        Reviewer("?", "unknown", "nonsense", "1", "no such: yes", "back", "emergency: unknown", ""),
        router(),
    )
    err = capsys.readouterr().err
    assert (
        "fact: unknown" in err
        and "is not a line of this list" in err
        and "not a fact that can be told" in err
    )
    assert interview.data()["needs"][0]["emergency"] == UNKNOWN
    assert not run_interview(Interview.resumed(router(), data, DAY), Reviewer("stop"), router())


@pytest.mark.parametrize("seed", range(10))
def test_what_is_saved_at_any_point_fits_the_schema(seed: int) -> None:
    schema, dice = case_schema(router().rulebook), random.Random(seed)
    validator = validator_for(schema)(schema)
    validator.check_schema(schema)
    interview = Interview(router(), as_of=DAY)
    while True:
        validator.validate(yaml.safe_load(interview.file_text()))
        question = interview.next_question()
        if question is None:
            break
        interview.answer(question.fact, said(dice, question, interview), question.need)
    again = Interview.resumed(router(), yaml.safe_load(interview.file_text()), DAY)
    assert again.next_question() is None and again.plan() == interview.plan()


def test_lines_fit_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    _, _, err = run(given="?\nno\nrequest\n?\nsubscriber data\nBRA\nUSA\nyes\nno\n?\nstop\n")
    assert err and max(map(len, err.splitlines())) <= 60


def test_what_is_true_of_two_states_and_of_what_is_saved_is_asked_once() -> None:
    interview = Interview(router(), as_of=DAY)
    for fact, value in (
        ("danger", "none"),
        ("kind", "request"),
        ("group", "emails"),
        ("state", "NGA"),
        ("with", "ARE"),
        ("keep", "yes"),
    ):
        interview.answer(fact, value)
    interview.answer("more", "bank statement")
    interview.answer("with", "ARE", "need-3")
    interview.answer("bilateral_mla_treaty", "no", "need-1")
    interview.answer("retention_until", "2027-01-10", "need-1")
    first, second, third = interview.data()["needs"]
    assert (
        first["bilateral_mla_treaty"]
        == second["bilateral_mla_treaty"]
        == third["bilateral_mla_treaty"]
        == "no"
    )
    assert first["retention_until"] == second["retention_until"] and "retention_until" not in third
