"""Who deals with whom is read from marks before anything else; where it is open, no plan is made and it is
asked."""

from __future__ import annotations

from datetime import date

import pytest
from offers import read

from routing.cli.prose import case_in_prose
from routing.core.errors import CaseProblems
from routing.opened import Router
from routing.story.dealing_sentences import DEALING_SENTENCES
from routing.story.open_parts import completed, open_parts

DAY = date(2026, 12, 1)
OPEN = "A warehouse in Tartu, police of Latvia. A search there, the judge is on leave."


def kinds(router: Router, text: str) -> set[str]:
    offer = completed(router, read(router, text))
    dealing = offer.dealing
    assert dealing is not None
    if dealing.is_open:
        return set(dealing.marks)
    return {it.value for it in offer.facts if it.fact == "kind"} if dealing.kind != "chase" else {"chase"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Prosecutor in Riga. A commissioner from Norway has e-mailed a scanned request for a search.",
            "answer",
        ),
        (
            "Ministry of justice, Quito. Spain wants to give us a prisoner of ours who serves nine years.",
            "answer",
        ),
        ("Police of Chile. A request came from Peru to hear a witness. Must we answer?", "answer"),
        (
            "Customs of Ghana. We would like Togo to know of a container. We have no request from them.",
            "share",
        ),
        ("Judge in Vaduz. I would like to send them the statements so they can start. Honduras.", "share"),
        ("We are Germany. We received a letter from Turkey. They want that we give them K.", "answer"),
        ("Prosecutor, Gdansk. From Norway we received bank papers. The tax office wants copies.", "use"),
        ("Prosecutor in Malmo. I got chats from Norway. I want to give his chats to Oman police.", "use"),
        ("State counsel, Banjul. We sent a request to Norway in May, since then silence.", "chase"),
        ("Police of Kenya. We need the bank records of a firm in Norway.", "request"),
        (
            "Parquet, Dakar. We have send commission rogatoire to Spain in March. 8 months, no answer.",
            "chase",
        ),
        ("Prosecutor in Sarajevo. Austria give us recordings. Can I use them in other case?", "use"),
        ("Unit of Paraguay. A firm of Uruguay got stolen money. Want give it to them quickly.", "share"),
        ("Customs of Italy. Who owns the boat Luna in Split, Croatia?", "request"),
        (
            "They wrote us from Zagreb: please hear the witness. We are police in Lyon. Whom do we call?",
            "answer",
        ),
    ],
)
def test_marks_tell_who_deals_with_whom(text: str, kind: str, router: Router) -> None:
    assert kinds(router, text) == {kind}


def test_a_request_that_waits_is_not_asked_for_again(router: Router) -> None:
    text = "State counsel, Banjul. We sent a request for bank records to Norway in May, since then silence."
    facts = {(it.fact, it.value) for it in completed(router, read(router, text)).facts}
    assert {("kind", "request"), ("request_already_sent", "yes")} <= facts


def test_what_asks_us_is_the_other_state(router: Router) -> None:
    text = (
        "Desk in New Delhi. A commissioner from Mauritius has e-mailed a request to search an office in Pune."
    )
    offer = completed(router, read(router, text))
    assert (offer.own, offer.partner) == ("IND", "MUS")


def test_without_a_mark_there_is_no_plan_and_one_question_with_each_kind(router: Router) -> None:
    with pytest.raises(CaseProblems) as caught:
        case_in_prose(router, OPEN, "t.txt", DAY)
    (problem,) = caught.value.problems
    assert "who deals with whom" in problem.message
    assert all(sentence in (problem.fix or "") for sentence in DEALING_SENTENCES.values())


@pytest.mark.parametrize("kind", ["request", "answer", "share", "use", "chase"])
def test_the_line_that_is_offered_settles_it(kind: str, router: Router) -> None:
    assert kinds(router, f"{OPEN} {DEALING_SENTENCES[kind]}") == {kind}
    parts = open_parts(router, completed(router, read(router, f"{OPEN} {DEALING_SENTENCES[kind]}")))
    assert "kind" not in {part.part for part in parts}


@pytest.mark.parametrize("line", DEALING_SENTENCES.values())
def test_the_line_that_is_offered_says_nothing_else(line: str, router: Router) -> None:
    without, offer = read(router, OPEN), read(router, f"{OPEN} {line}")
    assert {it.measures for it in offer.wants} <= {it.measures for it in without.wants}
    kept = {(it.fact, it.value) for it in without.facts} | {("request_already_sent", "yes")}
    assert {(it.fact, it.value) for it in offer.facts if it.fact != "kind"} <= kept


def test_what_is_asked_of_us_is_offered_as_what_they_want(router: Router) -> None:
    text = "Portuguese colleagues ask us (Cabo Verde) about a man in Praia because of cocaine."
    (part,) = (it for it in open_parts(router, completed(router, read(router, text))) if it.part == "measure")
    assert part.sentence() == "They want ..."
    said = completed(router, read(router, f"{text} They want interception of content."))
    assert not {it.part for it in open_parts(router, said)} & {"kind", "measure"}


@pytest.mark.parametrize(
    "text",
    [
        "A girl of 14 writes they do not let me out, he says tomorrow he will sell me. Police in Kutaisi.",
        "Live clips, man says tomorrow again same time, that kid is there now. Police in Brisbane.",
        "A boat with 40 people drifts, no water left. Analyst in Colombo.",
        "A boy says he goes to his school tomorrow with a gun. Cyber unit, Amman.",
    ],
)
def test_a_danger_is_told_first_also_where_nothing_else_is_settled(text: str, router: Router) -> None:
    with pytest.raises(CaseProblems) as caught:
        case_in_prose(router, text, "t.txt", DAY)
    assert "telephone" in caught.value.problems[0].message


def test_a_day_that_is_denied_is_no_limit(router: Router) -> None:
    offer = read(router, "Police of Romania. We need the address in Hungary by minutes, not by friday.")
    assert not {it.value for it in offer.facts if it.fact == router.rulebook.clocks.needed} & {"3", "5"}


def test_each_wish_that_is_not_read_is_named(router: Router) -> None:
    text = "Police of South Africa. We want 1 the bakkie back, 2 his statement, 3 vehicle owner data from Zambia."
    assert any("statement" in words for words in read(router, text).unread)


def test_a_question_that_no_plan_answers_is_said(router: Router) -> None:
    text = "Police of Kenya. We need bank records from Norway. Is the consul allowed to swear her in?"
    assert read(router, text).asked or read(router, text).questions


def test_who_may_do_it_is_no_fact_of_the_person_concerned(router: Router) -> None:
    text = "Police of Kenya. We need bank records from Norway. Is the consul allowed to swear her in?"
    offer = completed(router, read(router, text))
    assert "immunity" not in {it.fact for it in offer.facts}
    assert {it.measures[0] for it in offer.needed} == {"bank_records"}


def test_a_channel_tells_no_fact(router: Router) -> None:
    need = {"measure": "bank_records", "with": "BRA", "proposed_channel": "the attaché at the embassy"}
    case = router.read({"state": "ESP", "needs": [need]}, "c", DAY)
    assert not any("immunity" in note or "liaison_officer" in note for note in case.notes)


@pytest.mark.parametrize("word", ["muling", "hawala", "pangas at night"])
def test_an_offence_with_two_meanings_is_asked_back(word: str, router: Router) -> None:
    data = {"state": "ESP", "offence": word, "needs": [{"measure": "bank_records", "with": "BRA"}]}
    with pytest.raises(CaseProblems) as caught:
        router.read(data, "c", DAY)
    assert "`drugs`" in str(caught.value) or "`money_laundering`" in str(caught.value)
