"""Each section of a primary form stands in the paper that is drafted of it, in its place, under its letter and subject, with
a place for each thing that the form asks there.

The lists are read off the forms: Annexes A and C of Directive 2014/41/EU (the pages of the Official Journal), Annexes I and II of
Regulation (EU) 2023/1543, Annexes I and II of Regulation (EU) 2018/1805. The forms of the European arrest warrant and of the
certificates for custodial sentences, supervision before trial and probation were read only in acts that reproduce them; their lists are
checked against these.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from draft_cases import CASES, SCENARIOS, case

from routing.core.errors import Problems
from routing.opened import Router
from routing.papers.drafting import Desk
from routing.papers.layout import page
from routing.papers.model import Draft
from routing.papers.written import written

pytestmark = pytest.mark.when_changed("rules", "examples", "tests/scenarios")
Form = Mapping[str, tuple[str, str]]

INVESTIGATION: Form = {
    "Certification": ("Certification", "eio_certified"),
    "Section A:": ("Issuing and executing State", "sender_state addressee_state"),
    "Section B:": ("Urgency", "eio_urgency deadline deadline_reason"),
    "Section C:": ("Investigative measures to be carried out", "acts eio_boxes"),
    "Section D:": ("Relation to an earlier EIO", "prior eio_other_states"),
    "Section E:": (
        "Identity of the person concerned",
        "persons legal_persons person_role eio_place other_help",
    ),
    "Section F:": ("Type of proceedings", "eio_proceedings"),
    "Section G:": (
        "Grounds for issuing the EIO",
        "facts_summary stage eio_reasons statute_ref list_32 list_32_which",
    ),
    "Section H1:": ("Transfer of a person held in custody", "transfer_consent"),
    "Section H2:": (
        "Video or telephone conference",
        "hearing_kind hearing_authority why_not_in_person hearing_consent",
    ),
    "Section H3:": ("Provisional measures", "item_next item_until"),
    "Section H4:": (
        "Information on bank and other financial accounts",
        "eio_accounts account_relevance account_grounds",
    ),
    "Section H5:": ("in real time", "realtime_relevance"),
    "Section H6:": ("Covert investigations", "covert_relevance"),
    "Section H7:": (
        "Interception of telecommunications",
        "intercept_relevance intercept_subject intercept_terms intercept_form intercept_extras",
    ),
    "Section I:": ("Formalities and procedures", "formalities attend"),
    "Section J:": ("Legal remedies", "remedy_lodged remedies"),
    "Section K:": (
        "Authority that issued the EIO",
        "issuer_type sender_office official second_contact signed",
    ),
    "Section L:": (
        "Judicial authority that validated the EIO",
        "validator_type validator main_contact validator_signed",
    ),
}

ELECTRONIC = "epoc_class epoc_subscriber epoc_identify epoc_traffic epoc_content epoc_boxes"
PRODUCTION: Form = {
    "Section A:": (
        "Issuing and validating authority",
        "sender_state sender_office validating_authority file_no",
    ),
    "Section B:": ("Addressee", "provider_office provider_kind provider epoc_addressee_more"),
    "Section C:": ("Deadlines", "epoc_deadline deadline_reason"),
    "Section D:": (
        "Relation to a previous production or preservation request",
        "epoc_earlier preservation_ref",
    ),
    "Section E:": ("Information to identify the data", "identifiers data_period"),
    "Section F:": ("Electronic evidence to be produced", ELECTRONIC),
    "Section G:": (
        "Underlying conditions",
        "epoc_proceedings statute_ref epoc_threshold epoc_controller epoc_processor epoc_processor_why"
        " epoc_conditions_more",
    ),
    "Section H:": ("Information to the user", "epoc_no_notice epoc_delay"),
    "Section I:": (
        "Details of the issuing authority",
        "epoc_issuer epoc_unvalidated official second_contact signed",
    ),
    "Section J:": ("Details of the validating authority", "epoc_validator validator validator_signed"),
    "Section K:": ("Notification and notified enforcing authority", "notified"),
    "Section L:": ("Transfer of data", "data_to data_format"),
}
NOT_FOR_THE_PROVIDER: Form = {
    "Section M:": (
        "Further information for the enforcing authority",
        "epoc_necessity facts_summary list_32 list_32_which other_help",
    ),
}
PRESERVATION: Form = {
    "Section A:": PRODUCTION["Section A:"],
    "Section B:": PRODUCTION["Section B:"],
    "Section C:": PRODUCTION["Section E:"],
    "Section D:": ("Electronic evidence to be preserved", ELECTRONIC),
    "Section E:": ("Underlying conditions", "epoc_proceedings statute_ref"),
    "Section F:": PRODUCTION["Section I:"],
    "Section G:": PRODUCTION["Section J:"],
}

FREEZING: Form = {
    "Section A:": (
        "Issuing and executing State",
        "sender_state sender_office validating_authority addressee_state addressee_office",
    ),
    "Section B:": (
        "Urgency and requested date",
        "freeze_urgency freeze_urgency_why freeze_day freeze_day_why",
    ),
    "Section C:": (
        "Affected persons",
        "persons legal_persons freeze_position freeze_place third_parties other_help",
    ),
    "Section D:": (
        "Property to which the order relates",
        "freeze_kind freeze_amount freeze_where property_grounds property",
    ),
    "Section E:": (
        "Grounds for issuing the freezing order",
        "facts_summary stage freeze_grounds statute_ref list_32 list_32_which property_link",
    ),
    "Section F:": ("Confidentiality and formalities", "freeze_secrecy formalities"),
    "Section G:": (
        "Certificates to other executing States",
        "freeze_other_states freeze_several freeze_value_each",
    ),
    "Section H:": ("Relation to an earlier order or request", "freeze_earlier"),
    "Section I:": ("Confiscation", "freeze_next freeze_until"),
    "Section J:": ("Alternative measures", "freeze_alternatives freeze_alternatives_which"),
    "Section K:": (
        "Restitution of frozen property",
        "restitution_decided restitution restitution_pending",
    ),
    "Section L:": ("Legal remedies", "freeze_remedies remedies"),
    "Section M:": ("Details of the issuing authority", "issuer_type official second_contact signed"),
    "Section N:": (
        "Details of the validating authority",
        "freeze_validator validator main_contact validator_signed",
    ),
    "Section O:": ("Central authority", "central_authority"),
    "Section P:": ("Attachments", "enclosures"),
}
CONFISCATION: Form = {
    "Section A:": (
        "Issuing and executing State",
        "sender_state sender_office addressee_state addressee_office",
    ),
    "Section B:": ("Confiscation order", "confiscation_order"),
    "Section C:": FREEZING["Section C:"],
    "Section D:": (
        "Property to which the order relates",
        "confiscation_finding freeze_kind freeze_amount freeze_where property_grounds property money_instead",
    ),
    "Section E:": ("Freezing order", "earlier_freezing_kind earlier_freezing"),
    "Section F:": (
        "Grounds for issuing the confiscation order",
        "facts_summary statute_ref list_32 list_32_which property_link",
    ),
    "Section G:": (
        "Certificates to other executing States",
        "freeze_other_states confiscation_several freeze_value_each",
    ),
    "Section H:": (
        "Proceedings that led to the confiscation order",
        "confiscation_presence confiscation_absence trial_absence",
    ),
    "Section I:": ("Alternative measures", "freeze_alternatives freeze_alternatives_which"),
    "Section J:": ("Restitution or compensation of the victim", "victim_decision restitution"),
    "Section K:": ("Details of the issuing authority", "official second_contact signed"),
    "Section L:": ("Central authority", "central_authority"),
    "Section M:": ("Payment details of the issuing State", "bank_details"),
    "Section N:": ("Attachments", "enclosures"),
}

ARREST: Form = {
    "Opening": ("Opening", "eaw_opening"),
    "(a)": ("Identity of the requested person", "persons description"),
    "(b)": ("Decision on which the warrant is based", "eaw_decision"),
    "(c)": ("Length of the sentence", "max_penalty sentence_imposed sentence_left"),
    "(d)": ("Presence at the trial", "trial_presence eaw_absence trial_absence"),
    "(e)": (
        "Offences",
        "offence_count facts_summary participation statute_ref list_32 list_32_which eaw_full",
    ),
    "(f)": ("Other circumstances", "eaw_other"),
    "(g)": ("Property to be seized and handed over", "eaw_property property"),
    "(h)": ("Life sentence", "life_sentence"),
    "(i)": (
        "Issuing judicial authority",
        "sender_office official second_contact central_authority signed",
    ),
}

CUSTODIAL: Form = {
    "(a)": ("Issuing and executing State", "sender_state addressee_state"),
    "(b)": ("Court and judgment", "judgment"),
    "(c)": ("Authority to be asked", "certificate_office_kind sender_office official_contact"),
    "(d)": ("Sentenced person", "persons place_of_person ties_there"),
    "(e)": ("Request for provisional arrest", "hold_asked"),
    "(f)": ("Relation to an earlier arrest warrant", "earlier_warrant"),
    "(g)": ("Reasons for sending the judgment", "forwarding_ground expulsion_details"),
    "(h)": (
        "Judgment and offences",
        "offence_count facts_summary participation statute_ref list_32 list_32_which offence_full",
    ),
    "(i)": (
        "Presence at the trial and length of the sentence",
        "trial_presence certificate_absence sentence_kind time_served sentence_end",
    ),
    "(j)": ("Early or conditional release", "release_here release_there"),
    "(k)": ("Opinion of the person", "certificate_opinion opinion_reasons"),
    "(l)": ("Other circumstances", "certificate_other"),
    "(m)": ("Signature", "enclosures signed"),
}

OF_THE_OFFENCES = "facts_summary offence_count participation statute_ref list_32 list_32_which offence_full"
SUPERVISION: Form = {
    "(a)": ("Issuing and executing State", "sender_state addressee_state"),
    "(b)": ("Authority that issued the decision", "sender_office certificate_ask official_contact"),
    "(c)": ("Authority to ask about the supervision", "supervision_ask second_contact"),
    "(d)": ("The person", "persons residences residence_permit"),
    "(e)": ("Why it goes to that State", "supervision_reason supervision_why"),
    "(f)": (
        "The decision and the alleged offences",
        f"decision_dates decision_appeal held_before {OF_THE_OFFENCES}",
    ),
    "(g)": (
        "Length and nature of the measures",
        "supervision_length supervision_likely supervision_measures supervision_other supervision_details",
    ),
    "(h)": ("Other circumstances", "certificate_other"),
    "Signature": ("Signature", "decision_enclosed signed"),
}
PROBATION: Form = {
    "(a)": ("Issuing and executing State", "sender_state addressee_state"),
    "(b)": ("Court that gave the judgment", "judgment_court certificate_ask official_contact"),
    "(c)": ("Authority that made the probation decision", "probation_authority"),
    "(d)": ("Authority for the supervision", "supervising_authority supervision_ask second_contact"),
    "(e)": ("The person", "persons residences residence_permit"),
    "(f)": ("Why it goes to that State", "probation_reason probation_why"),
    "(g)": ("Judgment and probation decision", f"judgment probation_decision {OF_THE_OFFENCES}"),
    "(h)": ("Presence at the trial", "trial_presence certificate_absence trial_absence"),
    "(i)": ("Kind of sentence", "probation_kind held_before sentence_kind custody_on_breach"),
    "(j)": (
        "Length and nature of the measures",
        "supervision_length probation_length probation_measures supervision_details probation_reports",
    ),
    "(k)": ("Other circumstances", "certificate_other"),
    "Signature": ("Signature", "decision_enclosed signed"),
}

INTERCEPTION: Form = {
    "Section A:": (
        "The competent authority",
        "sender_state sender_office official addressee_state addressee_office",
    ),
    "Section B:": (
        "Information concerning the interception",
        "intercept_when intercept_duration intercept_target persons legal_persons intercept_purpose",
    ),
    "Section C:": ("Signature and date", "signatory signed"),
}

FORMS: dict[str, Form] = {
    "interception_notice": INTERCEPTION,
    "investigation_order": INVESTIGATION,
    "epoc": PRODUCTION,
    "epoc_section_m": NOT_FOR_THE_PROVIDER,
    "epoc_pr": PRESERVATION,
    "freezing_certificate": FREEZING,
    "confiscation_certificate": CONFISCATION,
    "arrest_warrant": ARREST,
    "custodial_certificate": CUSTODIAL,
    "supervision_order_certificate": SUPERVISION,
    "probation_certificate": PROBATION,
}

ABSENT = {"Sending (not part of the form)"}
"""What the paper has beside the form, and says so."""

H_SECTIONS = {
    "Section H1:": "detainee_transfer",
    "Section H2:": "video_hearing",
    "Section H3:": "seizure_of_evidence",
    "Section H4:": "bank_records",
    "Section H5:": "realtime_traffic_data",
    "Section H6:": "undercover_operation",
    "Section H7:": "interception",
}
"""A measure that needs the section."""


@pytest.fixture(scope="module")
def drafts(router: Router) -> Mapping[str, Draft]:
    made = {}
    for name in FORMS:
        desk = Desk(CASES[name], router)
        made[name] = desk.draft(desk.choose(document=name), {})
    return made


@pytest.mark.parametrize("name", FORMS)
def test_every_section_of_the_form_is_headed_in_its_order_and_no_other(
    drafts: Mapping[str, Draft], name: str
) -> None:
    headings = [part.heading for part in page(drafts[name]).parts if part.heading not in ABSENT]
    assert len(headings) == len(FORMS[name])
    for heading, (letter, (subject, _)) in zip(headings, FORMS[name].items(), strict=True):
        assert heading.startswith(letter) and subject in heading


@pytest.mark.parametrize("name", FORMS)
def test_every_thing_that_a_section_asks_has_its_place_there_and_nowhere_a_value_of_its_own(
    router: Router, drafts: Mapping[str, Draft], name: str
) -> None:
    sections = Desk(CASES[name], router).documents[name].sections
    kept = [section for section in sections if section.name not in ABSENT]
    for section, (letter, (_, asked)) in zip(kept, FORMS[name].items(), strict=True):
        fields = {each.id for each in section.fields}
        assert set(asked.split()) <= fields, letter
        # Beside what the form asks: only what the plan itself says of the measure.
        assert fields - set(asked.split()) <= {"measures", "accounts"}, letter


@pytest.mark.parametrize("name", FORMS)
def test_the_word_processor_file_has_the_sections_too(
    router: Router, drafts: Mapping[str, Draft], name: str
) -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("docxtpl")
    opened = docx.Document(io.BytesIO(written(drafts[name], ".docx", router.rulebook.source)))
    text = [paragraph.text for paragraph in opened.paragraphs]
    for letter in FORMS[name]:
        assert any(line.startswith(letter) for line in text), letter
    assert text[0].startswith("Sheet for the officer") and "What is missing" in text
    assert text.index("What is missing") < text.index("About this paper")


@pytest.mark.parametrize("letter", H_SECTIONS)
def test_a_measure_that_needs_a_section_of_its_own_finds_it(router: Router, letter: str) -> None:
    desk = Desk(case("FRA", "DEU", H_SECTIONS[letter], purpose="evidence"), router)
    orders = [paper for paper in desk.papers if paper.document.id == "investigation_order"]
    if not orders:
        pytest.skip(f"no order is planned for {H_SECTIONS[letter]}")
    (part,) = (part for part in page(desk.draft(orders[0], {})).parts if part.heading.startswith(letter))
    assert part.rows and not part.says.startswith("Not used")


@pytest.mark.parametrize(
    "measure", ["business_records", "evidence_already_held", "object_transfer", "search"]
)
def test_what_may_be_lost_can_be_held_by_the_order_that_asks_for_it(router: Router, measure: str) -> None:
    """The plan says to ask that a recording be held at once; the order had no place for it."""
    desk = Desk(case("FRA", "DEU", measure, purpose="evidence"), router)
    draft = desk.draft(desk.choose(document="investigation_order"), {})
    (part,) = (part for part in page(draft).parts if part.heading.startswith("Section H3:"))
    assert [row.name for row in part.rows] == ["Item", "Until"]


LIMITS = {
    "epoc": {
        "epoc_deadline": "whose disruption or destruction would be an imminent threat to the life",
        "epoc_unvalidated": "issued for subscriber data, or data only to identify the user",
    },
    "epoc_pr": {"epoc_unvalidated": "issued for subscriber data, or data only to identify the user"},
    "confiscation_certificate": {
        "confiscation_finding": "powers of confiscation in Directive 2014/42/EU, extended confiscation included",
    },
}
"""Boxes of Annexes I and II of Regulation (EU) 2023/1543 and of Annex II of Regulation (EU) 2018/1805 that say
less, or more, than the form without these words."""


@pytest.mark.parametrize("name", LIMITS)
def test_a_box_says_the_limits_that_it_has_in_the_form(drafts: Mapping[str, Draft], name: str) -> None:
    fields = {each.key: each for section in drafts[name].sections for each in section.fields}
    for key, words in LIMITS[name].items():
        assert any(words in choice.says for choice in fields[key].choices), key


def test_persons_and_companies_are_asked_for_by_what_the_forms_name(drafts: Mapping[str, Draft]) -> None:
    fields = {each.key: each for part in drafts["confiscation_certificate"].sections for each in part.fields}
    assert "identity and document numbers" in fields["persons"].asks
    assert "trading name" in fields["legal_persons"].asks


def test_a_request_on_a_vessel_rests_care_and_report_on_their_paragraphs(router: Router) -> None:
    sections = {
        part.id: part for part in Desk(CASES["vessel_request"], router).documents["vessel_request"].sections
    }
    assert {"un1988 17(5)", "som 9(1)"} <= set(sections["6"].asked_by)
    assert {"un1988 17(8)", "som 8(3)"} <= set(sections["7"].asked_by)


def test_a_letter_prints_nothing_that_it_does_not_say(router: Router) -> None:
    desk = Desk(CASES["mla_request"], router)
    shown = page(desk.draft(desk.choose(document="mla_request"), {}))
    headings = [part.heading for part in shown.parts]
    assert "Annex: stored data" in headings and "Annex: interception and real-time data" not in headings
    assert not any(part.says.startswith("Not used") for part in shown.parts)


def test_preservation_asks_for_no_data_and_a_unit_for_no_evidence(router: Router) -> None:
    for name, sentence in (
        ("preservation_request", "It does not ask for the data."),
        ("provider_preservation_letter", "It does not ask for the data."),
        ("fiu_request", "It is not asked for as evidence."),
    ):
        desk = Desk(CASES[name], router)
        shown = page(desk.draft(desk.choose(document=name), {}))
        assert any(sentence in line for part in shown.parts for row in part.rows for line in row.lines)


def test_a_treaty_is_named_in_full_to_a_foreign_authority(router: Router) -> None:
    desk = Desk(CASES["preservation_request"], router)
    draft = desk.draft(desk.choose(document="preservation_request"), {})
    (basis,) = (each for section in draft.sections for each in section.fields if each.key == "basis")
    assert basis.lines[0].startswith("Convention on Cybercrime (CETS 185")
    assert "art. 29(1)" in basis.lines[0]


OF_MANY = pytest.mark.when_changed("rules", "tests/scenarios")
ENQUIRIES = (
    "police_enquiry",
    "contact_point_enquiry",
    "interpol_enquiry",
    "fiu_request",
    "contact_point_message",
)


@pytest.fixture(scope="module", params=[60, pytest.param(9, marks=OF_MANY)], ids="every {}th".format)
def many(router: Router, request: pytest.FixtureRequest) -> list[Draft]:
    """The papers of the plans of scenarios of many kinds; of the most only where something changed."""
    made = []
    for path in sorted(SCENARIOS.glob("*/*.yaml"))[:: request.param]:
        try:
            desk = Desk(path, router)
        except Problems:  # the expectations that stand beside the cases
            continue
        made += [
            desk.draft(paper, {}) for paper in desk.papers if paper.main or paper.document.id in ENQUIRIES
        ]
    assert len(made) > 450 / request.param
    return made


def said(draft: Draft, key: str) -> list[str]:
    """What a paper says under a key without being told."""
    return [
        line
        for section in draft.sections
        for each in section.fields
        if each.key == key and each.status == "filled"
        for line in each.lines
    ]


def test_no_paper_rests_on_a_handbook_or_names_an_offence_as_other(many: list[Draft], router: Router) -> None:
    books = [
        each.name
        for each in router.rulebook.instruments.values()
        if each.kind in ("reference", "practice", "policy")
    ]
    for draft in many:
        assert not any(line.startswith(book) for line in said(draft, "basis") for book in books)
        assert "other" not in said(draft, "offence_name")


def test_an_enquiry_never_says_that_it_asks_for_the_measure_itself(many: list[Draft]) -> None:
    for draft in many:
        if draft.document in ENQUIRIES:
            assert not said(draft, "measures") and not said(draft, "subject")


def test_the_request_that_follows_a_preservation_is_a_formal_one(router: Router) -> None:
    wanted = [path for path in sorted(SCENARIOS.glob("*/*.yaml")) if "data_preservation" in path.read_text()]
    planned = [
        line
        for desk in (Desk(path, router) for path in wanted[:: len(wanted) // 12] if path.stem != "expected")
        for paper in desk.papers
        if "preserv" in paper.document.id
        for line in said(desk.draft(paper, {}), "follow_up")
    ]
    assert len(planned) > 3
    assert not any("mergency" in line or "police" in line or "contact point" in line for line in planned)
