"""A case told in sentences is read as well under one name in a case file as in a file of its own."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from shipped import router

from routing.case.under_a_name import told_under_a_name
from routing.cli import main

TOLD = """We are prosecutors in Samoa. We asked New Zealand in March for the bank statements.
Until today nobody answered, and the hearing is in three weeks.
"""


def shown(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["route", str(file), "--as-of", "2026-12-01"])
    return result.output.replace(name, "FILE").replace("case.yaml --told", "FILE --told")


@pytest.mark.parametrize(
    "opening", ["story: |\n", "note: >\n", "\n# told by telephone\nWhat happened:\n", "STORY: |-\n\n"]
)
def test_sentences_under_one_name_are_read_as_in_a_file_of_their_own(tmp_path: Path, opening: str) -> None:
    plain = shown(tmp_path, "told.txt", TOLD)
    assert "we (Samoa) ask New Zealand" in plain and "New Zealand" in plain
    assert shown(tmp_path, "case.yaml", opening + indent(TOLD, "  ")) == plain


@pytest.mark.parametrize(
    "options", [["ask", "--answers", "ANSWERS"], ["explain"], ["draft"], ["new", "-", "--told"]]
)
def test_every_command_reads_them_so(tmp_path: Path, options: list[str]) -> None:
    (answers := tmp_path / "answers.txt").write_text("stop\n", encoding="utf-8")
    shown = []
    for name, text in (("told.txt", TOLD), ("case.yaml", "story: |\n" + indent(TOLD, "  "))):
        (file := tmp_path / name).write_text(text, encoding="utf-8")
        words = [str(answers) if it == "ANSWERS" else it for it in options]
        output = CliRunner().invoke(main, [*words, str(file)]).output.replace(str(file), "FILE")
        shown.append("\n".join(it for it in output.splitlines() if not it.startswith("FILE:")))
    assert "Samoa" in shown[0] and shown[1] == shown[0]


@pytest.mark.parametrize(
    "text",
    [
        CASE := "state: KEN\nneeds:\n  - measure: locate person\n    with: FRA\n",
        "story: |\n  " + TOLD.replace("\n", "\n  ") + "\n" + CASE,
        "state: |\n  We are prosecutors in Samoa and need the bank statements.\n",
        TOLD,
    ],
)
def test_a_file_that_says_more_is_left_as_it_is(text: str) -> None:
    assert told_under_a_name(router().rulebook.words, text) == text


@given(st.lists(st.sampled_from(["We ask Peru.", "", "Why?", "a: b", "- c", "# d"]), min_size=1, max_size=6))
def test_each_sentence_keeps_its_line(lines: list[str]) -> None:
    text = "story: |\n" + "".join(f"  {line}\n" for line in lines)
    told = told_under_a_name(router().rulebook.words, text).split("\n")
    assert [line.strip() for line in told[1 : len(lines) + 1]] == lines
