"""`routing new --told`: a case written from what somebody tells, and a file that is no case read as a story."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from when_changed import WHOLE_PROGRAM

from routing.cli import main

STORY = "I am a prosecutor in Quito. We need the bank statements of a firm in Panama, for bribery."
NO_CASE = (
    "our house: police of Togo\nbad thing: a shop owner was robbed\nplan: police in Ghana find the thief\n"
)

pytestmark = WHOLE_PROGRAM


def run(*words: object, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=text)


def test_what_is_told_is_written_and_can_be_routed(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    written = run("new", case, "--told", "-", text=STORY)
    assert written.exit_code == 0 and "read it through" in written.stderr
    assert "state: Ecuador" in case.read_text() and "“bank statements”" in case.read_text()
    routed = run("route", case, "--as-of", "2026-11-24")
    assert routed.exit_code == 0 and "Ecuador -> Panama" in routed.stdout


def test_a_file_that_is_no_case_says_what_it_tells_as_a_story_and_how_to_have_it_written(
    tmp_path: Path,
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(NO_CASE)
    refused = run("route", "--every-line", file)
    *faults, last = refused.stderr.splitlines()
    assert refused.exit_code == 2 and any("`bad thing`" in line for line in faults)
    assert "our State Togo; the other State Ghana" in last
    case = tmp_path / "case.yaml"
    assert last.endswith(f"routing new case.yaml --told {file}")
    assert run("new", case, "--told", file).exit_code == 0 and "with: Ghana" in case.read_text()


def test_a_sentence_that_stands_alone_is_read_too() -> None:
    text = f"title: A firm in Panama and its bribes\nnote: the case is of this spring, as a colleague has it\n{STORY}\n"
    routed = run("route", "-", text=text)
    assert routed.exit_code == 0 and "Ecuador -> Panama" in routed.stdout
    assert "`bank statements` is read as bank records" in " ".join(routed.stdout.split())
    refused = run("route", "--every-line", "-", text=text)
    assert refused.exit_code == 2 and "our State Ecuador; the other State Panama" in refused.stderr


def test_a_case_with_a_slip_is_not_called_a_story(tmp_path: Path) -> None:
    refused = run("route", "-", text="state: GHA\nneeds:\n  - measure: arrest\n    with: Frnace\n")
    assert refused.exit_code == 2 and "story" not in refused.stderr


@pytest.mark.parametrize("option", [("--kind", "answer"), ("--measure", "arrest"), ("--all",)])
def test_a_story_says_all_by_itself(option: tuple[str, ...]) -> None:
    refused = run("new", "--told", "-", *option, text=STORY)
    assert refused.exit_code == 2 and "leave the other options out" in refused.stderr


def test_the_story_is_never_written_over(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(STORY)
    assert run("new", story, "--told", story, "--force").exit_code == 2
    assert story.read_text() == STORY


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(b"\xff\xfeW\x00e")
    refused = run("new", "--told", file)
    assert refused.exit_code == 2 and "UTF-8" in refused.stderr


def test_sentences_give_a_page_that_begins_with_what_was_read_of_them(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    routed = run("route", file, "--as-of", "2026-11-24")
    assert routed.exit_code == 0, routed.stderr
    head, _, page = routed.stdout.partition("\n\n")
    read = " ".join(head.split())
    assert read.startswith("Read as: we (Ecuador) ask Panama for:")
    assert "Danger: not said" in read and f"routing new case.yaml --told {file}" in read
    case = tmp_path / "case.yaml"
    run("new", case, "--told", file)
    assert run("route", case, "--as-of", "2026-11-24").stdout == page  # one reading, one plan


@pytest.mark.parametrize(
    ("story", "question"),
    [
        ("He will kill her tonight. He is in Panama.", "who deals with whom"),
        ("We are police in Quito. A man has an account in Panama.", "who deals with whom"),
        ("The judge in Oslo asks me to find the bank records of a firm.", "who deals with whom"),
    ],
)
def test_what_a_plan_hangs_on_is_asked_in_one_question(story: str, question: str) -> None:
    refused = run("route", "-", text=story)
    assert refused.exit_code == 2 and not refused.stdout
    assert question in refused.stderr and "routing ask FILE" in refused.stderr
    assert "Read as: " in refused.stderr
    danger = "kill" in story
    assert (CALL in refused.stderr) is danger
    assert ("Telephone the foreign police" in refused.stderr) is danger


def test_what_may_be_needed_is_numbered() -> None:
    refused = run(
        "route", "-", text="Cluj prosecutor. We ask them. The bank in Portugal can hold it until Wednesday."
    )
    assert refused.exit_code == 2
    assert "what do you need: 1 stopping a suspicious transaction" in refused.stderr


@pytest.mark.parametrize(
    ("story", "left_open", "route"),
    [
        (
            "He will kill her tonight. We want the phone located in Panama now.",
            "in which State you are",
            "-> Panama",
        ),
        (
            "We are police in Quito. We want the bank records of a firm.",
            "in which State is what you want",
            "Ecuador",
        ),
        ("We want the bank records of a firm.", "in which State you are", "a State not named"),
    ],
)
def test_a_page_leaves_a_state_open_that_is_not_said_and_says_so_first(
    story: str, left_open: str, route: str
) -> None:
    routed = run("route", "-", "--as-of", "2026-11-30", text=story)
    assert routed.exit_code == 4, routed.stderr
    head, _, page = routed.stdout.partition("\n\n")
    called, first = "It presses" in head, " ".join(head.split()).partition("Read from")[0]
    assert f"Not said: {left_open}" in first and "Add a sentence:" in first
    assert route in page and called is ("kill" in story) and (not called or head.startswith("It presses"))


def test_who_asks_whom_is_never_presumed() -> None:
    routed = run(
        "route", "-", text="We are police in Quito. Bank records of a firm, held in Panama, are needed."
    )
    assert "direction:" in routed.stdout or routed.exit_code == 2


def test_the_sentence_that_is_asked_for_answers_the_question() -> None:
    answered = run(
        "route", "-", text="We are police in Ecuador. We want the bank records of a firm in Panama."
    )
    assert answered.exit_code == 0 and "Ecuador -> Panama" in answered.stdout


CALL = "telephone your own duty desk now"
FILE = "us: police of Ghana\nother: Togo, Benin\ncontent: 46 names of firms\nneed: the thing with the thing\n"


@pytest.mark.parametrize(
    "line",
    [
        "danger: children died in August; new boxes are on sale this week",
        "danger: yes, patients, now",
        "danger = LIFE, TONIGHT",
        "situation: he will kill her tonight",
    ],
)
def test_a_file_that_is_refused_begins_with_the_call_where_a_danger_is_told(line: str) -> None:
    refused = run("route", "-", text=f"{FILE}{line}\n")
    assert refused.exit_code == 2 and CALL in refused.stderr.splitlines()[0], refused.output


@pytest.mark.parametrize(
    "line",
    [
        "danger: no",
        "danger: not any more, the second bomb was made safe",
        "danger: none",
        "danger: n/a",
        "danger: ?",
    ],
)
def test_no_refusal_calls_for_a_danger_that_is_denied_or_past(line: str) -> None:
    refused = run("route", "-", "--as-of", "2026-11-30", text=f"{FILE}{line}\n")
    assert refused.exit_code == 2 and CALL not in refused.stderr, refused.stderr


def test_what_is_over_or_denied_in_sentences_calls_for_nothing() -> None:
    for text in (
        "The girl was kidnapped in 2019 and is safe. We want the call records of two numbers in Panama.",
        "We ask Peru for his extradition.\ndanger = he is locked in, so no",
    ):
        told = run("route", "-", "--as-of", "2026-11-30", text=text)
        assert "Not said: in which State you are" in told.output and CALL not in told.output
    still = run("route", "-", text="The girl was kidnapped on Friday. We want the call records in Panama.")
    assert CALL in still.stdout.splitlines()[0], still.output


def test_the_call_stands_before_the_question_and_before_the_fault_of_any_file() -> None:
    asked = run("route", "-", text="He will kill her tonight. We want the phone located in Panama now.")
    assert CALL in asked.stdout.splitlines()[0] and "in which State you are" in asked.stdout
    broken = run("route", "-", "--every-line", text="state: Ghana\nemergency: threat_to_life\nneeds: {\n")
    assert broken.exit_code == 2 and CALL in broken.stderr.splitlines()[0], broken.stderr


RANSOM = """Ransom at the hospital of Ostrava
we are: Policie \u010cR, NCTEKK, Ostrava branch
other country: Netherlands (server rented at hoster in Naaldwijk)
need: KEEP the server data, do not lose it
need 2: later a copy of disk for court
danger: yes, patients, now
deadline: hoster deletes after 72 h, rental ends 1.12.2026 23:59
"""


def test_a_file_that_tells_enough_as_a_story_gets_its_page_and_says_what_was_read() -> None:
    routed = run("route", "-", "--as-of", "2026-11-30", text=RANSOM)
    assert routed.exit_code in (0, 4), routed.stderr
    head, _, page = routed.stdout.partition("\n\n")
    read = " ".join(head.split())
    assert "we (Czechia) ask Netherlands for: keeping stored data" in read
    assert "by when: in 1 day (\u201c1.12.2026 23:59\u201d)" in read and "Czechia -> Netherlands" in page
    assert "not read as a case" in routed.stderr and CALL not in routed.stderr
    assert run("route", "--every-line", "-", text=RANSOM).exit_code == 2


@pytest.mark.parametrize("line", ["he has run to Uganda, bring him back", "please do not warn anybody there"])
@pytest.mark.parametrize("form", ["kind: request\n", "as_of: 2026-11-25\n", ""])
def test_a_sentence_in_a_form_is_a_fault_and_no_reason_to_read_the_form_as_a_story(
    line: str, form: str
) -> None:
    text = f"state: KEN\n{form}needs:\n  - measure: bank statements\n    with: Vietnam\n{line}\n"
    routed = run("route", "-", text=f"{text}  - measure: freeze\n    with: Vietnam\n")
    assert routed.exit_code == 2 and not routed.stdout, routed.stdout
    assert line in routed.stderr and "Read as a story" not in routed.stderr


def test_stars_before_the_lines_of_a_list_are_no_fault_and_what_is_denied_is_not_asked() -> None:
    text = (
        "* Villa in Marbella\n* Who: NABU Kyiv, detective\n* Crime = bribe of a minister\n"
        "* Where = Spain\n* Want = find what else he has there (houses, boats), not freeze yet\n* Danger = no\n"
    )
    routed = run("route", "-", "--as-of", "2026-11-30", text=text)
    assert "Ukraine -> Spain" in routed.stdout, routed.stderr
    assert "Request the freeze" not in routed.stdout


@pytest.mark.parametrize(
    ("danger", "first"),
    [
        ("HE IS THERE SOON", "It presses (danger: HE IS THERE SOON): telephone your own duty desk now"),
        ("none", ""),
        ("unknown", ""),
    ],
)
def test_a_page_begins_with_the_call_where_a_line_for_a_danger_is_not_read(
    tmp_path: Path, danger: str, first: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"we: Sweden\nthey: Denmark\nneed: bank records\ndanger: {danger}\n")
    page = run("route", file, "--as-of", "2026-11-30")
    assert page.exit_code != 2 and ("It presses" in page.stdout) is bool(first)
    assert page.stdout.startswith(first)


PAID = (
    "I speak from the cyber unit of the police in Accra. The accountant of a cocoa firm paid a false invoice.\n"
    "The money has gone to a bank in Istanbul, and the manager there says that he still sees it.\n"
    "We did so far: a statement of her, the header of the mail (it came from a server in Lithuania).\n"
    "We only want that the money does not move tonight, and to know who opened that account.\n"
)


@pytest.mark.parametrize("sign", [":", ","])
def test_one_colon_makes_no_form_of_a_story(sign: str) -> None:
    routed = run("route", "-", "--as-of", "2026-11-30", text=PAID.replace("so far:", f"so far{sign}"))
    read = " ".join(routed.output.split())
    assert "freezing or seizing assets (“that the money does not move”)" in read
    assert "we (Ghana) ask T\u00fcrkiye for:" in read and "by when: today" in read


def test_a_form_of_which_half_is_not_understood_is_read_as_a_story() -> None:
    text = (
        "Juzgado: Fiscal\u00eda de Buenos Aires, Argentina\n"
        "Papel: report of our unit, with what the unit of Uruguay gave us\n"
        "Idea del colega: copy the page and say that it comes from a reserved source\n"
        "Sello al pie: not for the file\n"
        "Tema raro: we want to use the report of Uruguay in the trial on Wednesday\n"
        "Otra cosa: the printer is broken\n"
    )
    routed = run("route", "-", "--as-of", "2026-11-30", text=text)
    read = " ".join(routed.stdout.partition("\n\n")[0].split())
    assert "we (Argentina) use what Uruguay gave us: use of material that another State gave us" in read


def test_what_a_line_is_called_may_begin_its_sentence() -> None:
    text = (
        "Service: narcotics office of Dakar, Senegal\n"
        "Source: a man on board, nobody may know how we know\n"
        "Ce que nous voulons: we tell Spain that the ship comes, nobody asked us\n"
    )
    routed = run("route", "-", "--as-of", "2026-11-30", text=text)
    assert "Senegal -> Spain" in routed.stdout, routed.stderr


@pytest.mark.parametrize(
    "form",
    [
        f"us: Ghana\nother: Togo\nneed: bank records\nnote: |\n  {' '.join(['He wrote that it is his.'] * 9)}\n",
        f"us: Ghana\nother: Togo\nneed: bank records\n# {' '.join(['He wrote that it is his.'] * 9)}\n",
    ],
)
def test_a_long_note_or_remark_makes_no_story_of_a_form(form: str) -> None:
    routed = run("route", "-", "--as-of", "2026-11-30", text=form)
    assert "Ghana -> Togo" in routed.stdout and "Read as: " not in routed.stdout
