"""Papers: complete against the primary forms, nothing invented, what is missing first, and no text that becomes markup."""

from __future__ import annotations

import html.parser
import io
import os
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from draft_cases import BANK, CASES, CONTENT, DEMANDED, MAILBOX, SECTIONS
from small_rules import write_rules
from when_changed import WHOLE_PROGRAM

import routing
from routing import Router as PublicRouter
from routing.cli import main
from routing.core.errors import Problems, RulebookProblems
from routing.core.paths import rules_folder
from routing.core.records import replace
from routing.opened import Router
from routing.papers import docx_form
from routing.papers.answers import answers_text
from routing.papers.drafting import Desk
from routing.papers.layout import page
from routing.papers.model import HEAD, Draft
from routing.papers.text_forms import html as html_of
from routing.papers.text_forms import markdown
from routing.papers.written import written
from routing.rulebook.documents import Document
from routing.rulebook.files import snapshot
from routing.rulebook.load import load_checked
from routing.rulebook.parse.documents import documents_of

pytestmark = [
    WHOLE_PROGRAM,
    pytest.mark.when_changed("tests/golden/drafts", "tests/scenarios"),
    pytest.mark.xdist_group("papers"),  # so that each paper is drafted once
]
GOLDEN = Path(__file__).parent / "drafts"
HOSTILE = "<script>alert(1)</script> **bold** [x](http://e.example) {{ notice }} {% for %} &amp; ]]> # head"


@pytest.fixture(scope="module")
def drafts(router: Router) -> Mapping[str, Draft]:
    """A draft of every document, with nothing answered."""
    desks: dict[int, Desk] = {}
    made = {}
    for name, case in CASES.items():
        desk = desks.setdefault(id(case), Desk(case, router))
        made[name] = desk.draft(desk.choose(document=name), {})
    return made


def text_of(docx: bytes) -> str:
    """All the text of a DOCX: body with tables, heads and feet of pages."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = [
            name
            for name in archive.namelist()
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
        ]
        xml = "\n".join(archive.read(name).decode() for name in parts)
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))


def test_no_sheet_for_the_officer_names_an_option_of_a_terminal(drafts: Mapping[str, Draft]) -> None:
    """Who saves a letter on the page has none."""
    assert not [name for name, draft in drafts.items() if any("`" in line for line in draft.doubtful)]


# Against the primary forms


def test_every_document_is_drafted_here(documents: Mapping[str, Document]) -> None:
    assert set(CASES) == set(documents)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_form_has_every_section_in_its_order(documents: Mapping[str, Document], name: str) -> None:
    assert [section.id for section in documents[name].sections] == SECTIONS[name].split()


@pytest.mark.parametrize("name", DEMANDED)
def test_each_item_that_a_provision_lists_has_a_section_that_it_demands(
    documents: Mapping[str, Document], name: str
) -> None:
    demanded = {
        ref
        for section in documents[name].sections
        if section.weight in ("required", "if") or section.name == "Persons"  # "where possible"
        for ref in section.asked_by
    }
    assert DEMANDED[name] - demanded == set()


@pytest.mark.parametrize("name", CASES)
def test_a_draft_is_as_it_was_read(drafts: Mapping[str, Draft], name: str) -> None:
    path = GOLDEN / f"{name}.md"
    text = markdown(drafts[name])
    if os.environ.get("ROUTING_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


# What is missing, and what may not be said


@pytest.mark.parametrize("name", CASES)
def test_what_is_missing_comes_first_and_stands_as_a_blank_in_its_place(
    drafts: Mapping[str, Draft], name: str
) -> None:
    draft = drafts[name]
    text = markdown(draft)
    assert text.startswith(f"**{HEAD}**") and draft.missing
    assert text.index("## What is missing") < text.index("\n---\n")
    blanks = {
        each.key
        for section in draft.sections
        for each in section.fields
        if each.status == "blank" or (each.status == "ticks" and not each.lines)
    }
    assert {item.key for item in draft.missing} <= blanks
    assert text.count("to be filled in") + text.count("to be ticked") >= len(draft.missing)
    assert draft.face.startswith("Incomplete")
    order = [(item.supposed, ("required", "if", "expected").index(item.weight)) for item in draft.missing]
    assert order == sorted(order)
    assert all(item.weight == "if" for item in draft.missing if item.supposed)


@pytest.mark.parametrize("name", CASES)
def test_no_box_is_ticked_and_no_provision_named_that_the_step_does_not_rest_on(
    router: Router, drafts: Mapping[str, Draft], name: str
) -> None:
    draft = drafts[name]
    desk = Desk(CASES[name], router)
    step = desk.choose(document=name).step
    shorts = {basis.instrument for basis in step.basis}
    for section in draft.sections:
        assert all(any(cited.startswith(short) for short in shorts) for cited in section.asked_by)
        for each in section.fields:
            assert not any(choice.ticked for choice in each.choices)
            assert each.status != "answered"
            if each.key in ("addressee_office", "sender_office") and each.status == "filled":
                assert each.lines[0] in (step.receiver.name, step.sender.name)
            if each.key == "basis" and each.status == "filled":
                sure = {
                    router.rulebook.instruments[basis.provision.partition(" ")[0]].name
                    for basis in step.basis
                    if basis.certainty == "confirmed"
                }
                assert all(any(line.startswith(name) for name in sure) for line in each.lines)


def test_what_the_plan_assumes_is_not_said_in_a_paper(router: Router) -> None:
    """`data_time` is assumed here; the paper neither says it nor hints at it until the case states it."""
    desk = Desk(MAILBOX, router)
    assert any(given.fact == "data_time" for given in desk.plan.assumptions)
    paper = desk.choose(document="questionnaire")
    asked = {each.key: each for section in desk.draft(paper, {}).sections for each in section.fields}
    assert "stored" not in asked["acts"].hint
    stated = {**MAILBOX, "needs": [{**MAILBOX["needs"][0], "data_time": "stored"}]}  # type: ignore[index]
    desk = Desk(stated, router)
    fields = {
        f.key: f for s in desk.draft(desk.choose(document="questionnaire"), {}).sections for f in s.fields
    }
    assert "stored" in fields["acts"].hint


def test_the_copy_for_the_provider_has_neither_summary_nor_reasons(documents: Mapping[str, Document]) -> None:
    keys = {each.id for section in documents["epoc"].sections for each in section.fields}
    secret = {each.id for section in documents["epoc_section_m"].sections for each in section.fields}
    assert not keys & secret and {"facts_summary", "epoc_necessity", "list_32"} <= secret


def test_an_officer_ticks_and_answers_and_the_list_grows_shorter(router: Router) -> None:
    desk = Desk(CONTENT, router)
    before = desk.draft(desk.choose(), {})
    answers = desk.read_answers(
        {
            "epoc_class": "(d) content data",
            "file_no": "12/26",
            "identifiers": [{"account": "a@b.example", "time": "10:00 UTC"}],
        }
    )
    after = desk.draft(desk.choose(), answers)
    fields = {each.key: each for section in after.sections for each in section.fields}
    assert [c.says for c in fields["epoc_class"].choices if c.ticked] == ["(d) content data"]
    assert fields["identifiers"].lines == ("account: a@b.example; time: 10:00 UTC",)
    assert {item.key for item in before.missing} - {item.key for item in after.missing} == set(answers)
    assert desk.read_answers({key: list(lines) for key, lines in answers.items()}) == answers


def test_answers_that_are_saved_are_read_again(router: Router, tmp_path: Path) -> None:
    desk = Desk(MAILBOX, router)
    answers = {"facts_summary": ('a: "b" # c', "- second"), "file_no": ("007",)}
    path = tmp_path / "answers.yaml"
    path.write_text(answers_text(answers), encoding="utf-8")
    assert desk.read_answers(path) == answers


def test_a_section_for_another_measure_is_marked_as_not_used(router: Router) -> None:
    draft = routing.draft(BANK, document="investigation_order", rulebook=PublicRouter(router))
    used = {section.id: section.used for section in draft.sections}
    assert used["H4"] and not used["H7"] and not used["H1"]
    assert "Not used" in next(
        part.says for part in page(draft).parts if part.heading.startswith("Section H7")
    )


def test_the_step_decides_the_paper_and_the_short_form_goes_before_the_long_one(router: Router) -> None:
    by_step = routing.draft(MAILBOX, step=1, rulebook=PublicRouter(router))
    assert by_step.document == "preservation_request"
    assert routing.draft(MAILBOX, rulebook=PublicRouter(router)).document == "mla_request"
    assert (
        routing.draft(CASES["subscriber_request"], rulebook=PublicRouter(router)).document
        == "subscriber_request"
    )


def test_what_the_plan_says_must_be_settled_first_stands_on_the_first_sheet(router: Router) -> None:
    desk = Desk(CASES["assurance_request"], router)
    stops = [each.says for each in desk.plan.warnings if each.level == "stop"]
    draft = desk.draft(desk.choose(document="assurance_request"), {})
    assert stops and set(stops) <= set(draft.doubtful)
    mla = Desk(MAILBOX, router)
    paper = mla.choose(document="mla_request", step="4")
    assert paper.step.after and any(
        line.startswith("First in the plan") for line in mla.draft(paper, {}).doubtful
    )


# Hostile text


class Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", ["mla_request", "investigation_order"])
def test_hostile_text_becomes_no_markup_in_any_form(router: Router, name: str) -> None:
    desk = Desk(CASES[name], router)
    keys = {each.id for section in desk.documents[name].sections for each in section.fields}
    answers = dict.fromkeys(keys, (HOSTILE,))
    draft = desk.draft(desk.choose(document=name), answers)
    tags = Tags()
    tags.feed(html_of(draft))
    assert "script" not in tags.seen and "a" not in tags.seen and HOSTILE in tags.text
    text = markdown(draft)
    assert re.search(r"(?<!\\)<script", text) is None and re.search(r"(?<!\\)\[x", text) is None
    pytest.importorskip("docxtpl")
    shown = text_of(written(draft, ".docx", router.rulebook.source))
    assert "&lt;script&gt;" in shown and "{{ notice }}" in shown


@pytest.mark.parametrize("name", CASES)
def test_a_docx_opens_and_says_on_every_page_that_it_is_a_draft(
    router: Router, drafts: Mapping[str, Draft], name: str
) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    draft = drafts[name]
    data = written(draft, ".docx", router.rulebook.source)
    opened = docx.Document(io.BytesIO(data))
    for each in opened.sections:
        assert HEAD in each.header.paragraphs[0].text
    text = html.unescape(text_of(data))
    assert "{%" not in text and "{{" not in text
    for part in page(draft).parts:
        assert part.heading in text
        for row in part.rows:
            assert all(line in text for line in row.lines), row


# The command


def case_file(folder: Path) -> str:
    path = folder / "case.yaml"
    path.write_text(routing_yaml(MAILBOX), encoding="utf-8")
    return str(path)


def routing_yaml(case: dict[str, object]) -> str:
    import json

    return json.dumps(case)


def test_the_command_lists_writes_and_never_overwrites(tmp_path: Path) -> None:
    runner, case = CliRunner(), case_file(tmp_path)
    listed = runner.invoke(main, ["draft", case, "--list"])
    assert listed.exit_code == 0 and "preservation_request" in listed.output
    paper = tmp_path / "paper.html"
    first = runner.invoke(main, ["draft", case, "--step", "1", "-o", str(paper)])
    assert first.exit_code == 0, first.output
    assert "Incomplete" in first.output and paper.stat().st_mode & 0o077 == 0
    again = runner.invoke(main, ["draft", case, "--step", "1", "-o", str(paper)])
    assert again.exit_code == 2 and "--force" in again.output
    printed = runner.invoke(main, ["draft", case, "--step", "1"])
    assert printed.exit_code == 0 and printed.output.startswith(f"**{HEAD}**")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "x.pdf"], "no form in which a paper can be written"),
        (["--step", "9"], "`9` is not a step of this plan"),
        (["--document", "letter"], "`letter` is not a paper"),
        (["--document", "epoc"], "papers that do"),
        (["--answers", "wrong.yaml"], "`file_number` is asked for by no paper"),
    ],
)
def test_a_wrong_word_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    case = case_file(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("wrong.yaml").write_text("file_number: 1\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["draft", case, *options])
    assert done.exit_code == 2 and said in done.output and "Traceback" not in done.output


def test_what_is_missing_is_asked_and_kept(tmp_path: Path) -> None:
    case, kept = case_file(tmp_path), tmp_path / "answers.yaml"
    typed = "?\nNational Cybercrime Unit\nThe mailbox holds orders.\nback\nThe mailbox holds the orders of the group.\nstop\n"
    done = CliRunner().invoke(
        main,
        ["draft", case, "--step", "1", "--ask", "--save", str(kept), "-o", str(tmp_path / "p.md")],
        input=typed,
    )
    assert done.exit_code == 0, done.output
    text = (tmp_path / "p.md").read_text(encoding="utf-8")
    assert "National Cybercrime Unit" in text and "orders of the group" in text
    again = CliRunner().invoke(main, ["draft", case, "--step", "1", "--answers", str(kept)])
    assert again.exit_code == 0 and "National Cybercrime Unit" in again.output


def test_a_missing_extra_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_form, "find_spec", lambda name: None)
    done = CliRunner().invoke(main, ["draft", case_file(tmp_path), "-o", str(tmp_path / "p.docx")])
    assert done.exit_code == 2 and "cooperation-routing[papers]" in done.output
    assert len(done.output.strip().splitlines()) == 1


# The rules


def test_a_fault_in_a_document_is_told_with_file_and_line(tmp_path: Path) -> None:
    text = (
        "documents:\n"
        "  letter:\n"
        "    {name: Letter, source: practice, mark: text, signs: the officer, sections: [\n"
        '      {id: "1", name: Head, weight: expected, mark: text, asked_by: [nowhere 1]}]}\n'
    )
    folder = write_rules(tmp_path / "rules", {"documents/all.yaml": text})
    with pytest.raises(RulebookProblems) as told:
        load_checked(folder)
    (problem,) = told.value.problems
    assert (problem.file, problem.line, problem.id) == ("rules/documents/all.yaml", 4, "document.provision")


def test_documents_are_hashed_and_a_change_of_one_is_another_rulebook(tmp_path: Path) -> None:
    text = (
        "documents:\n  letter: {name: Letter, source: practice, mark: text, signs: the officer, sections: "
        '[{id: "1", name: Head, weight: expected, mark: text}]}\n'
    )
    hashes = set()
    for name, written_text in (("a", text), ("b", text.replace("Head", "Foot"))):
        folder = write_rules(tmp_path / name / "rules", {"documents/all.yaml": written_text})
        hashes.add(load_checked(folder)[0].hash)
    assert len(hashes) == 2


def test_a_plan_is_made_without_reading_documents(monkeypatch: pytest.MonkeyPatch, router: Router) -> None:
    monkeypatch.setattr("routing.rulebook.parse.documents.read_bytes", None)
    assert router.route(MAILBOX).steps
    with pytest.raises(TypeError):
        documents_of(router.law)


def test_a_template_that_is_broken_is_told(router: Router, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    folder = tmp_path / "documents" / "templates"
    folder.mkdir(parents=True)
    broken = docx.Document()
    broken.add_paragraph("{{ title ")
    broken.save(str(folder / "letter.docx"))
    draft = routing.draft(MAILBOX, step=1, rulebook=PublicRouter(router))
    with pytest.raises(Problems, match="cannot be filled in"):
        written(draft, ".docx", tmp_path)
    with pytest.raises(Problems, match="no such template"):
        written(draft, ".docx", tmp_path / "elsewhere")


def test_a_docx_is_by_the_template_of_the_rules_as_they_were_opened(router: Router, tmp_path: Path) -> None:
    """The content id covers the templates: neither a later edit nor the rules of the program take their place."""
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    folder = tmp_path / "documents" / "templates"
    shutil.copytree(rules_folder() / "documents" / "templates", folder)
    template = folder / "letter.docx"
    of_ours = docx.Document(str(template))
    of_ours.add_paragraph("Office of the Minister")
    of_ours.save(str(template))
    read = snapshot(tmp_path).root
    template.unlink()
    ours = PublicRouter(Router(replace(router.rulebook, source=read), router.law))
    draft = ours.draft(MAILBOX, step=1)
    assert "Office of the Minister" in text_of(ours.written(draft, "docx"))
    assert HEAD in ours.written(draft).decode() and "<html" in ours.written(draft, "html").decode()
    with pytest.raises(Problems, match="`pdf` is not a form of a draft"):
        ours.written(draft, "pdf")  # type: ignore[arg-type]
