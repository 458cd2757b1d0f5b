"""What the program filled into a paper can be corrected: by an answer, in a file, or when asked; what the form fixes cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from draft_cases import CONTENT, MAILBOX, case

from routing.cli import main
from routing.opened import Router, shared_router
from routing.papers.answers import answers_text
from routing.papers.drafting import Desk
from routing.papers.layout import page
from routing.papers.model import Draft, DraftField
from routing.papers.written import written

OFFICE = "addressee_office"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(MAILBOX, shared_router())


def drafted(desk: Desk, answers: dict[str, object]) -> tuple[Draft, dict[str, DraftField]]:
    draft = desk.draft(desk.choose(document="mla_request"), desk.read_answers(answers))
    return draft, {each.key: each for each in draft.fields()}


def test_a_correction_stands_as_the_words_of_the_officer(desk: Desk) -> None:
    _, before = drafted(desk, {})
    assert before[OFFICE].status == "filled" and not before[OFFICE].corrected
    draft, fields = drafted(desk, {OFFICE: "Directorate of Assistance"})
    assert fields[OFFICE].lines == ("Directorate of Assistance",) and fields[OFFICE].corrected
    assert fields[OFFICE].program == before[OFFICE].lines
    told = dict(page(draft).origins)
    place = next(name for name in told if "Authority addressed" in name)
    assert told[place].startswith("the officer's own words, not the program's")
    assert before[OFFICE].lines[0] in told[place]
    row = next(row for part in page(draft).parts for row in part.rows if row.name == "Authority addressed")
    assert row.own == "corrected" and before[OFFICE].lines[0] not in row.lines


def test_every_value_that_the_program_filled_in_can_be_corrected(desk: Desk) -> None:
    _, before = drafted(desk, {})
    filled = [key for key, each in before.items() if each.status == "filled"]
    assert len(filled) > 5
    _, after = drafted(desk, dict.fromkeys(filled, "otherwise"))
    assert all(after[key].lines == ("otherwise",) and after[key].corrected for key in filled)


def test_what_the_program_says_anyhow_is_not_a_correction(desk: Desk) -> None:
    _, before = drafted(desk, {})
    _, same = drafted(desk, {OFFICE: list(before[OFFICE].lines)})
    assert same[OFFICE] == before[OFFICE]


def test_unknown_leaves_blank_what_the_program_filled_in(desk: Desk) -> None:
    draft, fields = drafted(desk, {OFFICE: "unknown"})
    assert fields[OFFICE].status == "blank" and fields[OFFICE].corrected
    assert OFFICE in {item.key for item in draft.missing}
    assert any(told.startswith("left blank by the officer") for _, told in page(draft).origins)
    _, blank = drafted(desk, {"file_no": "Unknown"})
    assert blank["file_no"].status == "blank" and not blank["file_no"].corrected


def test_what_the_form_fixes_stays(router: Router) -> None:
    desk = Desk(CONTENT, router)
    for name, document in desk.documents.items():
        fixed = {each.id: each.says for section in document.sections for each in section.fields if each.says}
        paper = next((paper for paper in desk.papers if paper.document.id == name), None)
        if not fixed or paper is None:
            continue
        draft = desk.draft(paper, dict.fromkeys(fixed, ("otherwise",)))
        assert all(each.lines == (fixed[each.key],) for each in draft.fields() if each.key in fixed)
        assert draft.title.startswith(document.name) and draft.notice == desk.draft(paper, {}).notice


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_a_correction_is_told_on_the_sheet_for_the_officer(desk: Desk, suffix: str) -> None:
    draft, _ = drafted(desk, {OFFICE: "Directorate of Assistance"})
    text = written(draft, suffix, desk.router.rulebook.source).decode().replace("&#x27;", "'")
    assert "Directorate of Assistance" in text and "the officer's own words" in text


def test_the_file_of_answers_names_what_is_missing_and_what_can_be_corrected(
    desk: Desk, tmp_path: Path
) -> None:
    draft, fields = drafted(desk, {"file_no": "12/26"})
    path = tmp_path / "answers.yaml"
    text = answers_text(desk.read_answers({"file_no": "12/26"}), draft)
    path.write_text(text, encoding="utf-8")
    assert desk.read_answers(path) == {"file_no": ("12/26",)}
    line = f"# {OFFICE}: {json.dumps(fields[OFFICE].lines[0])}"
    assert line in text.splitlines() and "# paper_date: " in text
    path.write_text(text.replace(line, f'{OFFICE}: "Another office"'), encoding="utf-8")
    assert desk.read_answers(path)[OFFICE] == ("Another office",)


def test_whoever_is_asked_can_correct_what_was_filled_in(tmp_path: Path) -> None:
    file, paper = tmp_path / "case.yaml", tmp_path / "paper.md"
    file.write_text(json.dumps(MAILBOX), encoding="utf-8")
    desk = Desk(MAILBOX, shared_router())
    draft = desk.draft(desk.choose(document="mla_request"), {})
    place = 1 + [*dict.fromkeys(each.key for each in draft.fields() if each.program)].index(OFFICE)
    blanks = "\n" * len(draft.missing)
    typed = f"{blanks}99\n{place}\nDirectorate of Assistance\n\n"
    command = ["draft", str(file), "--document", "mla_request", "--ask", "-o", str(paper)]
    done = CliRunner().invoke(main, command, input=typed)
    assert done.exit_code == 0, done.output
    assert "`99` is not a number" in done.output and "your own words" in done.output
    text = paper.read_text(encoding="utf-8")
    assert "Directorate of Assistance" in text and "own words" in text
    undone = CliRunner().invoke(main, [*command, "--force"], input=f"{blanks}{place}\nX\n{place}\nback\n\n")
    assert undone.exit_code == 0 and "own words" not in paper.read_text(encoding="utf-8")


# Kinds of authority in words


@pytest.mark.parametrize("name", ["reasoned_reply", "more_information", "acknowledgement"])
def test_a_paper_that_replies_names_the_office_or_says_whose_kind_of_authority_it_is(
    router: Router, name: str
) -> None:
    """A bare `judicial authority` beside a blank reads as if it were the name of an office."""
    kinds = set(router.rulebook.parties.values())
    seen = set()
    for state, partner in (("CHE", "FRA"), ("GBR", "FRA"), ("KEN", "FRA"), ("FRA", "DEU")):
        desk = Desk(case(state, partner, "suspect_interview", "answer"), router)
        for paper in (each for each in desk.papers if each.document.id == name):
            for each in desk.draft(paper, {}).fields():
                if each.key in ("sender_office", "addressee_office"):
                    said = {*each.lines, *each.hint.split("; ")}
                    seen |= said
                    assert not said & kinds and not any("_" in words for words in said)
    assert any("authority of" in words for words in seen)
