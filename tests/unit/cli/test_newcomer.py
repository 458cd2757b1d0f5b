"""What a newcomer types and an attacker tries: one sentence and the right exit code each time."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from when_changed import WHOLE_PROGRAM

from routing import route
from routing.cli import main
from routing.core.errors import CaseProblems

CASE = """state: KEN
as_of: 2026-11-24
needs:
  - {measure: locate_person, with: FRA, purpose: locate}
"""


def run(*args: str, stdin: str | None = None):
    return CliRunner().invoke(main, list(args), input=stdin)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "case.yaml"
    file.write_text(CASE)
    return file


def refusal(text: str) -> str:
    """What is said of a case that is refused, on one line."""
    result = run("route", "-", stdin=text)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_refused(case: Path, day: str) -> None:
    assert f"standard input:2: `{day}` lies outside 1900 to 2199" in refusal(CASE.replace("2026-11-24", day))
    given = run("route", str(case), "--as-of", day)
    assert given.exit_code == 2 and f"`{day}` lies outside 1900 to 2199" in given.stderr
    with pytest.raises(CaseProblems, match="lies outside 1900 to 2199"):
        route(case, as_of=date.fromisoformat(day))


@pytest.mark.parametrize("day", ["1900-01-01", "1950-01-01", "2090-01-01", "2199-12-31"])
def test_a_far_day_gets_an_answer(case: Path, day: str) -> None:
    assert run("route", str(case), "--as-of", day, "--full").exit_code in (0, 3, 4)


def test_an_option_takes_a_day_in_one_form_only(case: Path) -> None:
    for word in ("20261124", "2026-W48-2", "24/11/2026", ""):
        assert run("route", str(case), "--as-of", word).exit_code == 2


def test_a_tab_is_called_a_tab() -> None:
    assert "standard input:3: not readable as YAML: the line begins with a tab (use spaces)" in refusal(
        "state: KEN\nneeds:\n\t- measure: locate_person\n"
    )


def test_several_words_on_a_line_are_a_list_and_a_faulty_one_is_named_alone() -> None:
    assert run("route", "-", stdin="offence: fraud, drugs\n" + CASE).exit_code != 2
    assert "`frodd` is not a value of `offence`" in refusal("offence: frodd and drugs\n" + CASE)


@pytest.mark.parametrize("args", [
    ("new", "{missing}"), ("route", "{case}", "--save", "{missing}"), ("route", "{case}", "--receipt", "{missing}"), ("route", "{case}", "--save", "{folder}"),
    ("ask", "{case}", "--answers", "{missing}"), ("ask", "{case}", "--answers", "{folder}"),
])  # fmt: skip
def test_a_place_that_cannot_be_used_is_named(case: Path, args: tuple[str, ...]) -> None:
    places = {"case": case, "missing": case.parent / "nowhere" / "file", "folder": case.parent}
    result = run(*[arg.format(**places) for arg in args])
    assert result.exit_code == 2
    assert "internal failure" not in result.stderr
    assert str(places["missing"]) in result.stderr or str(places["folder"]) in result.stderr


def test_answers_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "answers").write_bytes(b"\xff\xfe1")
    result = run("ask", "--answers", str(tmp_path / "answers"))
    assert result.exit_code == 2 and "the answers are not UTF-8 text" in result.stderr


@pytest.mark.parametrize("command", ["route", "explain", "ask"])
def test_a_closed_standard_input_is_said_to_be_closed(command: str) -> None:
    args = [sys.executable, "-m", "routing", command, *(["-"] if command != "ask" else [])]
    result = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *args], capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 2
    assert "standard input is closed" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_no_internal_failure(case: Path) -> None:
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "routing", "route", str(case)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
    assert result.returncode == 1
    assert (
        result.stderr
        == f"the answer cannot be written: {os.strerror(errno.ENOSPC).lower()} (make room, or write it elsewhere)\n"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_what_is_no_file_keeps_its_permissions(case: Path) -> None:
    pipe = case.parent / "pipe"
    os.mkfifo(pipe)
    os.chmod(pipe, 0o666)
    reader = threading.Thread(target=pipe.read_bytes, daemon=True)
    reader.start()
    assert run("route", str(case), "--save", str(pipe)).exit_code == 0
    reader.join(30)
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o666


@pytest.mark.parametrize("option", ["--save", "--receipt"])
def test_the_answer_does_not_replace_the_case(case: Path, option: str) -> None:
    result = run("route", str(case), option, str(case.parent / "." / "case.yaml"))
    assert result.exit_code == 2 and "is a file that is read (name another file)" in result.stderr
    assert case.read_text() == CASE


@pytest.mark.parametrize("form", ["svg", "ics", "mermaid", "markdown"])
def test_facts_are_shown_in_no_form_that_they_do_not_have(case: Path, form: str) -> None:
    result = run("route", str(case), "--stage", "facts", "--format", form)
    assert result.exit_code == 2 and f"the facts are shown as text or json, not as {form}" in result.stderr


@pytest.mark.parametrize(
    "written", ["untoc 27(1)", "UNTOC 27(1)", "Untoc art. 27(1)", "  UNTOC   article  27(1) "]
)
def test_a_provision_is_found_as_answers_print_it(written: str) -> None:
    shown = run("law", "show", written)
    assert shown.exit_code == 0
    assert shown.stdout == run("law", "show", "untoc 27(1)").stdout


def test_an_instrument_is_found_by_its_short_name() -> None:
    assert run("law", "show", "ETS", "30").stdout == run("law", "show", "ets30").stdout
    assert run("law", "show", "ETS 30 15(1)").stdout == run("law", "show", "ets30 15(1)").stdout
    assert run("law", "show", "ETS 999").exit_code == 2


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("check", "routing route CASE"),
        ("why-not", "routing explain CASE --why-not PATHWAY"),
        ("papers", "routing draft CASE"),
        ("tell", "routing serve"),
        ("explian", "routing explain"),
        ("my-case.yaml", "routing route my-case.yaml"),
    ],
)
def test_a_word_that_is_no_command_is_met_with_the_one_that_is_meant(word: str, meant: str) -> None:
    told = run(word)
    assert told.exit_code == 2
    assert f"`{word}` is not a command; write `{meant}`" in told.stderr


def test_a_word_that_is_like_no_command_is_told_where_they_are_listed() -> None:
    assert "`zzzz` is not a command; `routing --help` lists all" in run("zzzz").stderr


EVERYDAY = "today: 24 Nov 2026\nour country: Kenya\nother country: France\nwhat we need: bank records\ncrime: fraud\n"


def test_an_interview_takes_up_a_case_in_everyday_lines(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(EVERYDAY)
    asked = run("ask", str(file), "--save", str(tmp_path / "kept.yaml"), stdin="stop\n")
    assert "lines called otherwise here" in asked.stderr
    assert "What do you need" not in asked.stderr
    kept = (tmp_path / "kept.yaml").read_text()
    assert "measure: bank_records" in kept and "state: KEN" in kept and "2026-11-24" in kept


@pytest.mark.parametrize("day", ["{a: b}", "[2026-11-24, 2026-11-25]", "yesterday evening or so"])
def test_a_day_that_is_none_in_a_case_to_take_up_is_told_with_its_line(tmp_path: Path, day: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(f"state: KEN\nas_of: {day}\n")
    told = run("ask", str(file), stdin="stop\n")
    assert told.exit_code == 2 and f"{file}:2: " in told.stderr and "--as-of" not in told.stderr


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        (("new", "my", "case.yaml"), "a name of several words in quotes"),
        (("compare", "x.yaml", "--set", "stage=trial"), "`routing whatif` has it"),
        (("batch", "."), "Write `-o answers.jsonl`"),
        (("route", "nowhere.yaml"), "`routing new FILE` writes one to fill in"),
        (("ask", "nowhere.yaml"), "`routing new FILE` writes one to fill in"),
    ],
)
def test_a_line_that_is_refused_says_what_to_write(line: tuple[str, ...], cure: str) -> None:
    told = run(*line)
    assert told.exit_code == 2 and cure in told.stderr


@WHOLE_PROGRAM
def test_a_file_of_thousands_of_lines_that_are_none_is_told_without_looking_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from routing.case import fitting_lines

    looked: list[str] = []
    monkeypatch.setattr(fitting_lines, "lines_for", lambda *args: looked.append(args[-1]) or ())
    told = run("route", "-", stdin="".join(f"k{number}: v\n" for number in range(5000)))
    assert (told.exit_code == 2 and "correct these first" in told.stderr) or "more" in told.stderr
    assert len(looked) <= 60


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("option", ["--save", "--receipt"])
def test_a_file_for_which_there_is_no_room_is_told_to_make_room(case: Path, option: str) -> None:
    told = run("route", str(case), option, "/dev/full")
    assert told.exit_code == 2 and "(make room, or write it elsewhere)" in told.stderr
