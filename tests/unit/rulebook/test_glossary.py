"""Every term of art that can be printed has an entry, and every entry says where its meaning is from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from click.testing import CliRunner
from term_check import TermCheck, known_names, printed
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core.domain import LEVELS, MARKS, STANDINGS
from routing.core.errors import RulebookProblems
from routing.core.records import replace
from routing.opened import shared_router
from routing.phrasing.of_dates import DUE
from routing.phrasing.of_plans import STATUS
from routing.plan.model import Certainty, DerivedDate
from routing.rulebook.parse.glossary import Glossary

pytestmark = WHOLE_PROGRAM

ROUTER = shared_router()
BOOK = ROUTER.rulebook
FOLDER = Path(BOOK.folder)
GLOSSARY = Glossary.load(BOOK.source)
KNOWN = frozenset(known_names(BOOK, (place.name for place in ROUTER.law.states)))
CHECK = TermCheck(GLOSSARY, KNOWN)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["term", *words])
    return result.exit_code, result.stdout, result.stderr


def test_no_sentence_that_can_be_printed_uses_a_term_without_an_entry() -> None:
    missing: dict[str, list[str]] = {}
    for place, text in printed(BOOK):
        for term in CHECK.undefined(text):
            missing.setdefault(term, []).append(place)
    told = [f"  {term}: {', '.join(places[:3])}" for term, places in sorted(missing.items())]
    assert not told, (
        "define these in rules/glossary.yaml, or list them there as plain English:\n" + "\n".join(told)
    )


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Ask for the exequatur of the judgment.", "exequatur"),
        ("A purple notice may help.", "purple notice"),
        ("Write to the supervisory authority of that State.", "supervisory authority"),
        ("The shadow bureau answers.", "shadow bureau"),
        ("Send it over QWIX at once.", "QWIX"),
        ("This rests on the Ruritanian Convention alone.", "Ruritanian Convention"),
        ("It goes ex officio.", "ex officio"),
        ("The beneficial owner is asked.", "beneficial owner"),
    ],
)
def test_a_term_nobody_defined_is_found(text: str, term: str) -> None:
    assert term in list(CHECK.undefined(text))


@pytest.mark.parametrize(
    "text",
    [
        "The central authority of the requested State decides.",
        "Dual criminality is judged by the conduct.",
        "Send a red notice beside the request.",
        "Both States are Parties to the Budapest Convention.",
        "The other State answers.",
    ],
)
def test_what_is_defined_or_plain_is_left_alone(text: str) -> None:
    assert not list(CHECK.undefined(text))


@pytest.mark.parametrize(
    "gone",
    [
        "dual criminality",
        "central authority",
        "National Central Bureau",
        "speciality",
        "safe conduct",
        "partial disclosure",
    ],
)
def test_striking_an_entry_is_noticed(gone: str) -> None:
    kept = {name: term for name, term in GLOSSARY.terms.items() if name != gone}
    less = TermCheck(replace(GLOSSARY, terms=kept), KNOWN)
    assert any(
        gone in {found.lower() for found in less.undefined(text)} or gone in less.undefined(text)
        for _, text in printed(BOOK)
    )


@pytest.mark.parametrize(
    "word",
    [
        *STATUS.values(),
        *get_args(Certainty),
        *MARKS,
        *STANDINGS,
        *LEVELS,
        "closed",
        "not the last step",
        "curable",
        "taken as given",
        "file by",
    ],
)
def test_every_word_a_plan_uses_of_itself_is_defined(word: str) -> None:
    assert GLOSSARY.find(word) is not None


@pytest.mark.parametrize(
    "party",
    [
        name
        for key, name in BOOK.parties.items()
        if key
        not in (
            "police",
            "prosecutor",
            "own_authority",
            "records_office",
            "private_party",
            "data_owner",
            "secretariat",
            "copied_authority",
            "nobody",
            "anticorruption_body",
            "transit_authority",
        )
    ],
)
def test_every_party_is_a_term_or_holds_one(party: str) -> None:
    assert any(form in f" {party.lower()} " for form in GLOSSARY.by_form)


@pytest.mark.parametrize("name", GLOSSARY.terms)
def test_an_entry_cites_provisions_that_exist_and_terms_that_exist(name: str) -> None:
    term = GLOSSARY.terms[name]
    assert all(ref in BOOK.provisions for ref in term.source)
    assert all(other in GLOSSARY.terms for other in term.see)
    assert bool(term.source) != bool(term.usage)


def test_no_two_terms_share_a_form_and_every_name_is_an_instrument() -> None:
    forms = [
        form.lower()
        for term in GLOSSARY.terms.values()
        for form in dict.fromkeys(form.lower() for form in term.forms)
    ]
    assert len(forms) == len(set(forms)), sorted({form for form in forms if forms.count(form) > 1})
    assert not [name for name, instrument in GLOSSARY.names.items() if instrument not in BOOK.instruments]


def test_nothing_on_the_plain_list_is_left_over() -> None:
    texts = " ".join(text for _, text in printed(BOOK)).lower()
    assert not [phrase for phrase in GLOSSARY.plain if phrase not in texts]


def test_an_entry_without_a_source_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text(
        "terms:\n  comity: {says: courtesy}\n  usus: {says: use, usage: laws}\n"
    )
    with pytest.raises(RulebookProblems) as caught:
        Glossary.load(tmp_path)
    assert len(caught.value.problems) == 2


def test_term_prints_meaning_source_and_mark() -> None:
    code, out, _ = run("dual", "criminality")
    assert code == 0 and "offence in both States" in out and "UNCAC 43(2) (text)" in out
    data = json.loads(run("double criminality", "--format", "json")[1])
    assert data["term"] == "dual criminality" and {source["mark"] for source in data["source"]} <= set(MARKS)


def test_term_knows_names_of_instruments_and_forms_of_words() -> None:
    assert (
        "United Nations Convention against Transnational Organized Crime"
        in run("Organized Crime Convention")[1]
    )
    assert json.loads(run("central_authorities", "--format", "json")[1])["term"] == "central authority"


def test_a_word_that_is_no_term_is_answered_with_the_nearest() -> None:
    code, out, err = run("dual criminalty")
    assert code == 2 and not out and "nearest: dual criminality" in err


def test_without_a_word_all_terms_are_listed() -> None:
    assert len(run()[1].splitlines()) == len(GLOSSARY.terms)
    assert json.loads(run("--format", "json")[1]).keys() == GLOSSARY.terms.keys()


def test_dates_that_run_from_a_step_have_words() -> None:
    assert DUE.keys() == set(get_args(get_type_hints(DerivedDate)["what"])) and all(
        "{}" in words for words in DUE.values()
    )


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("life", "may die or be badly hurt"),
        ("threat", "may die or be badly hurt"),
        ("murder", "In a case file"),
        ("warning", "STOP, Watch and Note"),
        ("SIENA", "Europol's network"),
        ("SPOC", "The one office of a State"),
        ("measure", "The kind of help"),
        ("compel", "To force somebody"),
        ("volatility", "How soon"),
        ("assumed", "Presumed because"),
        ("tip", "without being asked"),
        ("phone records", "read as the measure"),
        ("direct police cooperation", "channel"),
    ],
)
def test_the_words_of_the_plan_and_of_a_case_file_are_known(word: str, says: str) -> None:
    result = CliRunner().invoke(main, ["term", *word.split()])
    assert result.exit_code == 0
    assert says in " ".join(result.stdout.split())


def test_a_word_that_nobody_uses_is_refused_with_the_nearest() -> None:
    result = CliRunner().invoke(main, ["term", "blorbification"])
    assert result.exit_code == 2 and "is not a word of the plan" in result.stderr
