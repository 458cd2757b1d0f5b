"""What a detective types at night who has seen neither a treaty nor this program."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from when_changed import WHOLE_PROGRAM

from routing.analyse.interview import opening
from routing.case.doubt import says_unknown
from routing.cli import ask_page, main
from routing.core.errors import Problems
from routing.opened import shared_router
from routing.rulebook.measures_meant import in_plain_groups

WORDS = shared_router().rulebook.words


def run(*args: str, stdin: str | None = None):
    return CliRunner().invoke(main, list(args), input=stdin)


@pytest.mark.parametrize(
    ("said", "measures"),
    [
        ("the man ran away", ("locate_person",)),
        ("a boy ran away", ("find_missing_person",)),
        ("e-mail account with a threat", ("subscriber_data",)),
        ("who is behind an e-mail account", ("subscriber_data",)),
        ("threatening e-mail account", ("subscriber_data",)),
        ("the phone number behind a fraud", ("subscriber_data",)),
        ("caller of a phone number", ("subscriber_data",)),
        ("a phone number", ("subscriber_data", "stored_traffic_data")),
        ("money moved this morning", ("transaction_suspension",)),
        ("money was sent to a wrong account", ("transaction_suspension",)),
        ("tell the neighbour about a gang", ("information_sharing",)),
        ("his bank account", ("bank_account_existence", "bank_records", "asset_freezing")),
        ("a lost child", ("find_missing_person",)),
        ("is he in prison there", ("police_held_data",)),
        ("e-mail account", ("stored_content",)),
    ],
)
def test_a_need_in_the_first_words_that_come(said: str, measures: tuple[str, ...]) -> None:
    assert WORDS.read("measure", said) == measures


@WHOLE_PROGRAM
@pytest.mark.parametrize(
    "said",
    [
        "I do not know",
        "I don't know",
        "dont know yet",
        "no idea",
        "we have no idea",
        "dunno",
        "it is not known",
    ],
)
def test_not_knowing_is_unknown_in_whatever_words(said: str) -> None:
    assert says_unknown(said)
    case = f'state: MLT\nwith: ITA\nas_of: 2026-11-28\nmeasure: bank records\norganised_group: "{said}"\n'
    assert f"`{said}` is read as unknown" in run("route", "-", "--full", stdin=case).output
    asked = run(
        "ask", "--as-of", "2026-11-28", stdin=f"{said}\nrequest\nbank records\n{said}\n{said}\nstop\n"
    )
    assert "`" + said + "` is" not in asked.stderr


@pytest.mark.parametrize("said", ["nobody knows him", "no", "unknown sender", "doubtful", "none"])
def test_what_tells_something_is_not_unknown(said: str) -> None:
    assert not says_unknown(said)


def test_a_name_of_a_state_will_do_everywhere() -> None:
    found = run("law", "between", "Holland", "Togo", "--as-of", "2026-11-28")
    assert found.exit_code == 0 and found.stdout.startswith("Netherlands and Togo")
    for words in (("between", "Malta", "Holand"), ("who", "Holand"), ("state", "Holand")):
        wrong = run("law", *words)
        assert wrong.exit_code == 2 and "`Holand` is not a State" in wrong.stderr
        assert "NLD" in wrong.stderr and "POL" not in wrong.stderr


def test_a_name_that_two_states_share_says_which_is_taken() -> None:
    case = "state: Congo\nwith: ITA\nas_of: 2026-11-28\nmeasure: bank records\n"
    assert "Kinshasa" in run("route", "-", stdin=case).stdout
    assert "Kinshasa" in run("law", "who", "congo").stderr


def test_the_head_says_that_the_way_comes_too_late() -> None:
    case = "state: MDV\nwith: IND\nas_of: 2026-11-28\nmeasure: subscriber data\noffence: fraud\ndays_until_needed: "
    head = "As a rule it comes too late."
    late = run("route", "-", stdin=case + "14\n").stdout
    assert head in late and late.index(head) < late.index("\n 1 ")
    assert head not in run("route", "-", stdin=case + "900\n").stdout


def test_a_network_binds_nobody() -> None:
    case = "state: MDV\nwith: IND\nas_of: 2026-11-28\nmeasure: subscriber data\noffence: fraud\n"
    page = " ".join(run("route", "-", stdin=case).stdout.split())
    assert "whether both take part in G7 24/7" in page and "G7 24/7 binds" not in page


def test_of_two_offices_that_may_be_ours_it_says_or() -> None:
    case = "kind: answer\nstate: GEO\nwith: TUR\nas_of: 2026-11-28\nmeasure: witness hearing\n"
    page = " ".join(run("route", "-", stdin=case).stdout.split())
    assert "probably Ministry of Justice or Prosecutor General's Office" in page


def test_a_paper_says_by_when_where_the_case_does() -> None:
    case = "state: MDV\nwith: IND\nas_of: 2026-11-28\nmeasure: subscriber data\noffence: fraud\ndays_until_needed: 14\n"
    paper = run("draft", "-", stdin=case).stdout
    assert "12 Dec 2026" in paper.partition("**Needed by**")[2][:40]


def test_a_bare_number_of_a_penalty_that_may_be_years_is_said_back() -> None:
    case = "state: MDA\nwith: ITA\nas_of: 2026-11-28\nmeasure: bank records\noffence: fraud\nmax_penalty_months: "
    assert "`10` is read as 10 months" in run("route", "-", stdin=case + "10\n").stdout
    for usual in ("12", "60", "10 years"):
        assert "months" not in run("route", "-", stdin=f"{case}{usual}\n").stdout.partition("\n\n")[0]


def test_a_fault_that_every_measure_of_a_need_has_is_told_once() -> None:
    case = (
        "state: LSO\nwith: ZAF\nneeds:\n- measure: arrest him and bring him back\n  death_penalty_risk: yes\n"
    )
    assert run("route", "-", stdin=case).stderr.count("`yes` is not a value") == 1


def test_a_time_that_is_none_names_words_that_will_do() -> None:
    case = "state: MLT\nwith: ITA\nmeasure: bank records\ndeadline: soon\n"
    assert "`tonight`, `next week`" in run("route", "-", stdin=case).stderr


def test_a_wrong_answer_in_the_interview_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask_page, "say", lambda words, *_: told.append(words))
    rulebook = shared_router().rulebook
    question = opening.group(rulebook, "need-1", "request")
    ask_page.tell(Problems.of("`Malta` is not a measure", fix=in_plain_groups(rulebook)), question)
    assert len(told) == 1 and len(told[0]) < 110 and "number of a group" in told[0]


def test_a_provision_that_is_asked_for_as_a_word_is_pointed_to() -> None:
    assert 'routing law show "UNCAC 46(4)"' in run("term", "UNCAC", "46(4)").stderr
    assert "law show" not in run("term", "zzz").stderr
