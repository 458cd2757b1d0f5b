"""A told story at a terminal: what it leaves open is asked, by `route` before the page and by `ask` in whole."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.cli.ask_person import Terminal

pytestmark = WHOLE_PROGRAM

GONE = "A boy of nine is missing since noon. Find the missing boy."
MONEY = "Prosecutor office of Cluj here. The bank in Portugal can hold it until Wednesday."
OPEN = "It is about Ghana and Peru. We want the bank records of a firm."


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types is taken to sit at a terminal."""
    monkeypatch.setattr("routing.cli.cases.at_terminal", lambda: True)
    monkeypatch.setattr("routing.cli.ask.WrittenAnswers", lambda _: Terminal())


def run(tmp_path: Path, command: str, story: str, *typed: str, options: tuple[str, ...] = ()) -> Result:
    file = tmp_path / "story.txt"
    file.write_text(story)
    words = [command, str(file), "--as-of", "2026-11-30", *options]
    return CliRunner().invoke(main, words, input="".join(f"{line}\n" for line in typed))


def asked(result: Result) -> list[str]:
    """The questions that were put."""
    return [line.partition(". ")[2] for line in result.stderr.splitlines() if line[:1].isdigit()]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("typed", [("1", "1"), ("Ghana", "Peru"), ("GHA", "PER"), ("other", "Ghana", "Peru")])
def test_a_number_and_words_lead_to_the_same_page(tmp_path: Path, typed: tuple[str, ...]) -> None:
    routed = run(tmp_path, "route", OPEN, *typed)
    assert "Ghana -> Peru" in routed.stdout and "we (Ghana, your answer) ask Peru" in " ".join(
        routed.stdout.split()
    ), routed.stderr
    assert "Not said" not in routed.stdout and "1 GHA: Ghana" in routed.stderr


@pytest.mark.usefixtures("terminal")
def test_what_may_be_needed_is_a_numbered_answer_and_the_call_comes_first(tmp_path: Path) -> None:
    routed = run(tmp_path, "route", MONEY, "request", "1")
    assert "It presses" in routed.stderr.splitlines()[0]
    assert "Romania -> Portugal" in routed.stdout
    assert "sought: stopping a suspicious transaction (your answer)" in " ".join(routed.stdout.split())


@pytest.mark.usefixtures("terminal")
def test_back_why_and_unknown_work_as_in_the_interview(tmp_path: Path) -> None:
    routed = run(tmp_path, "route", OPEN, "?", "1", "back", "1", "unknown")
    assert "Asked because" in routed.stderr
    assert len(asked(routed)) == 4  # each of the two again
    assert "Ghana, as of" in routed.stdout and routed.exit_code == 4
    head = " ".join(routed.stdout.partition("Danger:")[0].split())
    assert "Not said: in which State is what you want" in head and "perhaps Peru)" in head


@pytest.mark.usefixtures("terminal")
def test_at_most_four_parts_are_asked_for_and_none_that_is_told(tmp_path: Path) -> None:
    many = run(
        tmp_path,
        "route",
        "A man has an account, his wife told it us.",
        "request",
        "bank records",
        "KEN",
        "PER",
    )
    assert len(asked(many)) == 4 and "Kenya -> Peru" in many.stdout, many.stderr
    none = run(tmp_path, "route", f"We are police in Kenya. {GONE} We ask Norway.", "stop")
    assert asked(none) == [] and "Kenya -> Norway" in none.stdout
    one = run(tmp_path, "route", f"We are police in Kenya. {GONE}", "Norway")
    assert asked(one) == ["Which is the other State?"] and "Kenya -> Norway" in one.stdout


@pytest.mark.usefixtures("terminal")
def test_who_stops_or_does_not_know_gets_what_is_made_without_a_terminal(tmp_path: Path) -> None:
    page = run(tmp_path, "route", GONE, "stop")
    assert page.exit_code == 4 and "Not said: in which State you are" in page.stdout
    refused = run(tmp_path, "route", MONEY, "request", "unknown", "stop")
    assert refused.exit_code == 2 and "what do you need: 1 " in refused.stderr and not refused.stdout


def at_terminal(*words: str, typed: str) -> tuple[int, str]:
    """What a terminal shows of a command, and how it ends."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "routing", *words], stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            shown += part
            if not part:
                break
        code = process.wait()
    os.close(ours)
    return code, shown.decode()


def test_a_real_terminal_is_asked_and_a_pipe_is_not(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(OPEN)
    _, shown = at_terminal("route", str(file), "--as-of", "2026-11-30", typed="1\n1\n\x04\x04")
    assert "Which is our own State?" in shown and "Ghana -> Peru" in shown
    piped = CliRunner().invoke(main, ["route", str(file), "--as-of", "2026-11-30"], input="1\n2\n")
    assert "Which is our own State?" not in piped.output and "Not said: in which State" in piped.stdout


@pytest.mark.parametrize("option", [(), ("--told",)])
def test_an_interview_begins_with_what_was_read(tmp_path: Path, option: tuple[str, ...]) -> None:
    file, kept = tmp_path / "story.txt", tmp_path / "case.yaml"
    file.write_text(f"We are police in Kenya. {GONE} We ask Norway.")
    words = ["ask", *option, str(file), "--as-of", "2026-11-30", "--save", str(kept)]
    result = CliRunner().invoke(main, words, input="none\nstop\n")
    assert "Read from your story." in result.stderr, result.output
    listed = [line.strip() for line in result.stderr.splitlines() if "[" in line]
    for line in (
        "our State [state]: Kenya",
        "[measure]: finding or freeing",
        "the other State [with]: Norway",
    ):
        assert any(line in it for it in listed), listed
    assert "Which is" not in result.stderr and "What do you need" not in result.stderr
    case = yaml.safe_load(kept.read_text())
    assert case["state"] == "KEN" and case["needs"][0]["with"] == "NOR"


@pytest.mark.usefixtures("terminal")
def test_a_reading_is_changed_dropped_or_left_open_before_anything_is_asked(tmp_path: Path) -> None:
    story = f"We are police in Kenya. {GONE} We want his bank records. We ask Norway."
    options = ("--save", str(tmp_path / "case.yaml"))
    result = run(tmp_path, "ask", story, "1: Peru", "need-2.measure: no", "", "none", "stop", options=options)
    case = yaml.safe_load((tmp_path / "case.yaml").read_text())
    assert case["state"] == "PER" and len(case["needs"]) == 1, result.stderr


@pytest.mark.usefixtures("terminal")
def test_what_may_also_be_needed_is_offered_in_the_interview(tmp_path: Path) -> None:
    result = run(tmp_path, "ask", MONEY, "", "request", "2", "stop")
    shown = " ".join(result.stderr.split())
    assert "1 transaction suspension: stopping a suspicious transaction (\u201c" in shown
    assert "3 other: none of these" in shown and "4 unknown" in shown
    assert "Of your story, perhaps also meant" in shown


def test_a_story_and_a_case_are_not_both_begun_from(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(GONE)
    result = CliRunner().invoke(main, ["ask", str(file), "--told", str(file)])
    assert result.exit_code == 2 and "leave CASE out" in result.stderr
