"""Every step leads to a paper or to what serves in its place, and a complete letter prints no place that may be left out."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from draft_cases import ARREST, CASES, SMALL, case

from routing.cli import main
from routing.core.domain import KINDS_OF_NEED
from routing.core.errors import Problem
from routing.opened import Router
from routing.papers.drafting import Desk
from routing.papers.layout import BY_HAND, FREE_LEFT_OUT, page
from routing.papers.model import FOR_SIGNATURE, HEAD
from routing.papers.text_forms import html, markdown
from routing.papers.written import written
from routing.rulebook.documents import Document
from routing.rulebook.parse.documents import document_faults, read_documents, without_of
from routing.rulebook.parse.sources import Source, fit_source
from routing.yaml.tree import read_bytes

pytestmark = pytest.mark.xdist_group("papers")


def test_each_pathway_has_a_paper_or_a_word_on_what_serves(
    router: Router, documents: Mapping[str, Document]
) -> None:
    """Of a request, and of an answer: one that no paper carries and of which nothing is said leaves an officer alone."""
    without = without_of(router.law)

    def told(pathway: str, kind: str) -> bool:
        goes = [entry for document in documents.values() for entry in document.carries]
        goes += [entry.steps for entry in without]
        return any(
            (not entry.pathways or pathway in entry.pathways) and (not entry.kinds or kind in entry.kinds)
            for entry in goes
        )

    silent = [
        (pathway, kind)
        for pathway in router.rulebook.pathways
        for kind in KINDS_OF_NEED
        if kind in ("request", "answer") and not told(pathway, kind)
    ]
    assert silent == []


def test_no_word_stands_beside_a_paper_that_always_carries_the_step(
    router: Router, documents: Mapping[str, Document]
) -> None:
    always = {
        pathway
        for document in documents.values()
        for entry in document.carries
        if not (entry.measures or entry.kinds or entry.instruments)
        for pathway in entry.pathways
    }
    assert not any(always & set(entry.steps.pathways) for entry in without_of(router.law))


@pytest.mark.parametrize(
    ("told", "pathway", "document"),
    [
        (case("SRB", "MKD", "transfer_of_proceedings"), "transfer_of_proceedings", "proceedings_transfer_request"),
        (case("FRA", "DEU", "conflict_of_jurisdiction", parallel_investigations="yes"), "jurisdiction_consultation", "jurisdiction_letter"),
        (case("FRA", "DEU", "fine_enforcement", judgment_final="yes"), "fine_certificate", "fine_certificate_form"),
        (case("FRA", "DEU", "surveillance"), "cross_border_observation", "observation_request"),
        (case("DNK", "ROU", "judgment_enforcement", judgment_final="yes"), "judgment_enforcement", "enforcement_request"),
    ],
)  # fmt: skip
def test_a_step_has_the_paper_that_an_officer_expects(
    router: Router, told: dict[str, object], pathway: str, document: str
) -> None:
    desk = Desk(told, router)
    carried = [paper.document.id for paper in desk.papers if paper.main and paper.step.pathway == pathway]
    assert carried == [document]


def test_a_step_without_a_paper_says_what_serves(router: Router, tmp_path: Path) -> None:
    desk = Desk(case("ESP", "DEU", "video_hearing", purpose="evidence", person_role="suspect"), router)
    number = next(n for n, step in enumerate(desk.plan.steps, 1) if step.pathway == "personal_consent")
    assert desk.without(number).startswith("The record of the consent is the paper")
    own = next(paper.number for paper in desk.papers if paper.main)
    assert desk.without(own) == ""
    file = tmp_path / "case.yaml"
    file.write_text(
        "state: ESP\nas_of: 2026-11-24\nneeds: [{measure: video_hearing, with: DEU, purpose: evidence, person_role: suspect}]\n"
    )
    listed = CliRunner().invoke(main, ["draft", str(file), "--list"])
    assert desk.without(number) in listed.output


def test_a_complete_letter_has_no_place_that_may_be_left_out(router: Router) -> None:
    """An incomplete one shows them, so that the officer sees what could be said."""
    desk = Desk(ARREST, router)
    paper = desk.choose(document="extradition_request")
    bare = desk.draft(paper, {})
    assert "[if needed:" in markdown(bare)
    answers = {
        field.id: (field.choices[0] if field.choices else "Said.",)
        for section in paper.document.sections
        for field in section.fields
        if (field.weight or section.weight) in ("required", "expected")
    }
    made = desk.draft(paper, answers)
    assert all(item.supposed for item in made.missing)
    text = markdown(made)
    assert "[if needed:" not in text
    assert "Property" not in {part.heading.partition(". ")[2] for part in page(made).parts}
    about = dict(page(made).about)
    assert "Section 1, Their reference" in about[FREE_LEFT_OUT]


def all_but_what_is_written_by_hand(document: Document) -> dict[str, tuple[str, ...]]:
    return {
        field.id: (field.choices[0] if field.choices else "Said.",)
        for section in document.sections
        for field in section.fields
        if not field.by_hand
    }


@pytest.mark.parametrize("document", ["extradition_request", "mla_request", "vessel_request"])
def test_a_complete_paper_can_be_signed_once_one_line_is_deleted(router: Router, document: str) -> None:
    """It waits for the signature, which is no gap, and says once that it is a draft; one with a gap says so on each page."""
    desk = Desk(CASES[document], router)
    paper = desk.choose(document=document)
    answers = all_but_what_is_written_by_hand(paper.document)
    made = desk.draft(paper, answers)
    assert made.complete and not any(item.key == "signed" for item in made.missing)
    for text in (markdown(made).partition("\n---\n")[2], html(made).partition("<article")[2]):
        assert text.count(FOR_SIGNATURE) == 1
        assert made.face not in text and HEAD not in text and "Demanded by" not in text
        assert BY_HAND in text or BY_HAND.replace(".", "\\.") in text
    gap = desk.draft(paper, {**answers, "facts_summary": ("unknown",)})
    assert not gap.complete and gap.notice == HEAD
    assert gap.face in markdown(gap).partition("\n---\n")[2]


def test_a_complete_word_file_has_the_line_once_and_no_head(router: Router) -> None:
    word = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    desk = Desk(ARREST, router)
    paper = desk.choose(document="extradition_request")
    made = desk.draft(paper, all_but_what_is_written_by_hand(paper.document))
    opened = word.Document(io.BytesIO(written(made, ".docx", router.rulebook.source)))
    said = [paragraph.text for paragraph in opened.paragraphs]
    assert said.count(FOR_SIGNATURE) == 1 and made.title in said[said.index(FOR_SIGNATURE) :]
    assert said.count(made.face) == 1  # on the sheet for the officer, which is taken off
    assert not any(section.header.paragraphs[0].text for section in opened.sections)
    assert "Law data" not in opened.sections[-1].footer.paragraphs[0].text


def test_a_complete_form_keeps_every_place(router: Router) -> None:
    desk = Desk(case("FRA", "DEU", "surrender", arrest_warrant="yes", person_role="suspect"), router)
    paper = desk.choose(document="arrest_warrant")
    answers = {
        field.id: (field.choices[0] if field.choices else "Said.",)
        for section in paper.document.sections
        for field in section.fields
        if (field.weight or section.weight) != "optional"
    }
    assert "[if needed:" in markdown(desk.draft(paper, answers))


def test_a_request_to_serve_papers_asks_for_proof_and_the_day(router: Router) -> None:
    desk = Desk(case("GEO", "NOR", "service_of_documents", person_role="accused"), router)
    text = markdown(desk.draft(desk.choose(document="mla_request"), {}))
    assert "Please send the receipt that the addressee dated and signed" in text
    assert "on which day?" in text.partition("**Day of the hearing**")[2]
    assert "threaten no penalty" in text


def test_what_only_the_state_that_takes_over_gives_is_not_demanded_of_the_other(router: Router) -> None:
    told = {**case("UKR", "GEO", "sentence_transfer", person_role="convicted"), **SMALL}
    desk = Desk(told, router)
    demanded = [item.section for item in desk.draft(desk.choose(), {}).missing if item.weight == "required"]
    assert "Nationality" not in demanded


def test_a_word_on_what_serves_names_what_is_there(router: Router) -> None:
    tree = read_bytes(b"without: [{pathways: [carrier_pigeon], says: Feed it.}]\n", "without.yaml")
    source = fit_source("documents", "without.yaml", tree, [])
    assert isinstance(source, Source)
    faults: list[Problem] = []
    faults += document_faults(read_documents([source], faults), [source], router.rulebook)
    assert [fault.message for fault in faults] == ["steps without a paper: `carrier_pigeon` is not a pathway"]
