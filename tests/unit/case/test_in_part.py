"""A file of which some lines are not understood: what can wait is left out and said, a danger never is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from routing.case.model import Case
from routing.cli import main
from routing.core.errors import CaseProblems
from routing.opened import Router

pytestmark = pytest.mark.when_changed("rules", "routing")

DAY = date(2026, 11, 28)
CASE = "our country: Kenya\nother country: France\nwe need: bank records\ncrime: fraud\noffice: police\n"
FORM = "state: KEN\nneeds:\n  - measure: bank_records\n    with: FRA\n"
"""The form of the program, of which every line is checked."""


def in_part(router: Router, text: str) -> tuple[Case, tuple[str, ...]]:
    case, left = router.read_in_part(text, as_of=DAY)
    return case, tuple(problem.message for problem in left)


def facts_of(case: Case) -> tuple[object, ...]:
    return (
        case.state,
        dict(case.facts),
        tuple((it.measure, it.kind, it.partner, dict(it.facts)) for it in case.needs),
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("goods: frozen shrimp\n", "goods: frozen shrimp"),
        ("we think that the owner lies\n", "line 6: we think that the owner lies"),
        ("the long story: first this: then that\n", "the long story: first this: then that"),
    ],
)
def test_a_line_that_is_none_is_left_out_and_said_with_its_number(
    router: Router, lines: str, said: str
) -> None:
    with pytest.raises(CaseProblems):
        router.read(CASE + lines, as_of=DAY)
    case, left = in_part(router, CASE + lines)
    assert facts_of(case) == facts_of(router.read(CASE, as_of=DAY))
    assert case.notes[0].startswith(f"not understood, and not used: `{said}` (line 6)") and len(left) == 1


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("warrant: it was sent by post to our colleague", "arrest_warrant"),
        ("deadline: the charge becomes old next spring", "days_until_needed"),
    ],
)
def test_a_fact_of_which_the_words_are_not_read_is_open_and_neither_yes_nor_no(
    router: Router, line: str, fact: str
) -> None:
    text = CASE.replace("bank records", "arrest") + line + "\n"
    case, _ = in_part(router, text)
    said = {**case.facts, **case.needs[0].facts}
    assert said.get(fact) == "unknown"
    assert f"`{line}`" in case.notes[0]


def test_of_a_list_only_what_is_not_understood_is_left_out(router: Router) -> None:
    text = CASE.replace("bank records", "\n  - bank records\n  - the thing with the thing")
    case, _ = in_part(router, text)
    assert [need.measure for need in case.needs] == ["bank_records"]
    assert "`the thing with the thing` (line 5)" in case.notes[0]
    crimes, _ = in_part(router, CASE.replace("fraud", "fraud, all that they did there"))
    assert crimes.facts["offence"] == ("fraud",)


@pytest.mark.parametrize(
    "line",
    [
        "danger: nobody knows what he does next",
        "emergncy: threat_to_life",
        "max_penalti: 60",
        "second party: Uganda",
        "offence: frodd",
        "urgent: yes",
    ],
)
def test_in_the_form_a_danger_a_state_and_a_slip_of_the_pen_are_never_left_out(
    router: Router, line: str
) -> None:
    with pytest.raises(CaseProblems) as whole:
        router.read(f"{line}\n{FORM}", as_of=DAY)
    with pytest.raises(CaseProblems) as part:
        in_part(router, f"{line}\n{FORM}")
    assert str(part.value) == str(whole.value)


@pytest.mark.parametrize("body", ["International Criminal Court", "the Mechanism for Criminal Tribunals"])
def test_a_court_that_is_no_state_is_never_left_out(router: Router, body: str) -> None:
    with pytest.raises(CaseProblems, match="the ways between States are not its ways"):
        in_part(router, FORM.replace("with: FRA", f"with: {body}"))


@pytest.mark.parametrize(
    "text", ["our country: Kenya\nother country: France\nwe need: the thing with the thing\n"]
)
def test_what_is_sought_cannot_be_left_out(router: Router, text: str) -> None:
    with pytest.raises(CaseProblems, match="is not a measure"):
        in_part(router, text)


def test_every_fault_is_told_where_one_cannot_wait(router: Router) -> None:
    with pytest.raises(CaseProblems) as told:
        in_part(router, "goods: frozen shrimp\nemergncy: threat_to_life\n" + FORM)
    assert [problem.line for problem in told.value.problems] == [1, 2]


def test_a_file_of_which_most_is_not_understood_is_no_case(router: Router) -> None:
    lines = "".join(f"{word} thing: nothing known\n" for word in map(chr, range(ord("a"), ord("a") + 25)))
    with pytest.raises(CaseProblems):
        in_part(router, CASE + lines + lines.replace(" thing", " matter"))


WORDS = st.lists(
    st.sampled_from(["zorble", "quantum", "grune", "flimp", "dast", "mervel", "oplin", "tandu"]),
    min_size=2,
    max_size=6,
)


@given(name=WORDS, says=WORDS)
def test_words_that_mean_nothing_change_nothing_but_the_notes(
    router: Router, name: list[str], says: list[str]
) -> None:
    text = f"{CASE}{' '.join(name)}: {' '.join(says)}\n"
    case, left = router.read_in_part(text, as_of=DAY)
    assert facts_of(case) == facts_of(router.read(CASE, as_of=DAY)) and len(left) == 1


def run(*args: str) -> tuple[int, str, str]:
    told = CliRunner().invoke(main, list(args))
    return told.exit_code, told.stdout, told.stderr


def test_a_page_is_made_of_what_is_understood_and_a_program_gets_all_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(CASE + "goods: frozen shrimp\n")
    code, page, told = run("route", str(file), "--as-of", "2026-11-28")
    assert code != 2 and "Not understood, and not used: `goods: frozen shrimp` (line 6)" in " ".join(
        page.split()
    )
    assert f"not used: {file}:6: `goods` is not part of a case" in told
    for more in (
        ("--format", "json"),
        ("--every-line",),
        ("--receipt", str(tmp_path / "r.json")),
        ("--stage", "facts"),
    ):
        code, page, told = run("route", str(file), "--as-of", "2026-11-28", *more)
        assert (code, page) == (2, "") and f"{file}:6: `goods` is not part of a case" in told
    file.write_text(CASE)
    plain = run("route", str(file), "--as-of", "2026-11-28", "--format", "json")
    assert json.loads(plain[1]) and "not used" not in plain[2]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_what_tells_nothing_stands_by_itself_above_the_other_remarks(tmp_path: Path, form: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(CASE + "goods: frozen shrimp, we think he will not kill the man\n")
    lines = (
        run("route", str(file), "--as-of", "2026-11-28", "--format", form)[1].replace("*", "").splitlines()
    )
    places = [
        next(at for at, line in enumerate(lines) if line.startswith(begins))
        for begins in ("Not understood, and not used", "Note: ")
    ]
    above = " ".join(lines[places[0] : places[1]])
    assert "shrimp" in above and "A danger may be told where none is read" in above and "threat" in above


def test_a_note_that_tells_of_no_danger_or_of_one_that_is_told_is_left_in_peace(router: Router) -> None:
    for text in (
        CASE + "note: the witness is at home\n",
        CASE + "note: he will kill the witness tonight\nemergency: threat_to_life\n",
    ):
        assert not any("danger may be told" in note for note in router.read(text, as_of=DAY).notes)
    for text in (
        CASE + "note: he will kill the witness tonight\n",
        CASE.replace("bank records", "search of the flat of a man who plans to kill people"),
    ):
        told = router.read(text, as_of=DAY).notes
        assert any("write `emergency: threat_to_life` if it is so" in note for note in told)


def test_a_case_that_was_read_in_part_is_not_read_again(router: Router) -> None:
    """The name of what it was read as once told more the second time, on pages and not in receipts."""
    case, _ = in_part(router, f"{FORM.replace('bank_records', 'hearing by video')}stage 2: trial\n")
    assert router.read(case) is case
