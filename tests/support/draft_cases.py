"""For each document, a case whose plan has a step that it goes with."""

from __future__ import annotations

from pathlib import Path

from places import ROOT

SCENARIOS = ROOT / "tests" / "scenarios"
Case = dict[str, object] | Path


def case(state: str, partner: str, measure: str, kind: str = "request", **facts: object) -> dict[str, object]:
    """A case of fraud by an organised group with one need. facts: of the need."""
    return {
        "title": f"{measure.replace('_', ' ').capitalize()}",
        "state": state, "as_of": "2026-11-24", "actor": "prosecutor", "stage": "investigation", "offence": ["fraud"],
        "max_penalty_months": 120, "organised_group": "established", "transnational": ["several_states"],
        **({"arrest_warrant": facts.pop("arrest_warrant")} if "arrest_warrant" in facts else {}),
        "needs": [{"id": "n", "kind": kind, "measure": measure, "with": partner, **facts}],
    }  # fmt: skip


MAILBOX = case("GHA", "CAN", "stored_content", purpose="evidence", data_volatility="imminent_loss")
SUBSCRIBER = case("GHA", "CAN", "subscriber_data", purpose="evidence")
CONTENT = case("FRA", "DEU", "stored_content", purpose="evidence", data_holder="foreign_provider")
DANGER = case("GHA", "USA", "subscriber_data", emergency="threat_to_life", data_holder="foreign_provider")
BANK = case("FRA", "DEU", "bank_records", purpose="evidence")
UNITS = case("FRA", "DEU", "financial_intelligence", laundering_suspected="yes")
HOLD = case("FRA", "DEU", "transaction_suspension", laundering_suspected="yes", transaction_pending="yes")
ARREST = case("FRA", "CHE", "arrest", arrest_warrant="yes", person_role="suspect", whereabouts_known="yes")
ANSWER = case(
    "FRA", "GHA", "bank_records", "answer", refusal_reason_raised="ongoing_case", prejudice_to_own_case="yes"
)

SMALL: dict[str, object] = {
    "offence": ["other"],
    "max_penalty_months": 12,
    "organised_group": "none",
    "transnational": "unknown",
}

CASES: dict[str, Case] = {
    "mla_request": MAILBOX,
    "subscriber_request": SUBSCRIBER,
    "questionnaire": MAILBOX,
    "letter_rogatory": {**case("KEN", "PRK", "compelled_testimony", purpose="evidence", bilateral_mla_treaty="no"), **SMALL},
    "joint_team_request": case("FRA", "DEU", "joint_investigation", parallel_investigations="yes"),
    "preservation_request": MAILBOX,
    "preservation_follow_up": MAILBOX,
    "contact_point_message": MAILBOX,
    "emergency_disclosure": DANGER,
    "voluntary_disclosure": case("GHA", "CAN", "subscriber_data", purpose="evidence", provider_policy="answers_foreign_requests"),
    "provider_preservation_letter": case("KEN", "USA", "data_preservation", provider_keeps_on_request="yes", data_holder="foreign_provider"),
    "investigation_order": BANK,
    "epoc": CONTENT,
    "epoc_section_m": CONTENT,
    "epoc_pr": case("FRA", "DEU", "data_preservation", data_holder="foreign_provider"),
    "arrest_warrant": case("FRA", "DEU", "surrender", arrest_warrant="yes", whereabouts_known="yes", person_role="suspect"),
    "custodial_certificate": SCENARIOS / "serving-the-sentence-at-home" / "frenchman-in-berlin.yaml",
    "sentence_transfer_request": SCENARIOS / "serving-the-sentence-at-home" / "dutch-driver-in-london.yaml",
    "supervision_order_certificate": case("EST", "POL", "pretrial_supervision", person_role="accused"),
    "probation_certificate": case("FRA", "DEU", "probation_supervision", sentenced_in="ours", judgment_final="yes", lives_where_served="yes"),
    "notice_request": case("NAM", "ZAF", "publish_notice", arrest_warrant="yes", person_role="accused", purpose="surrender"),
    "joint_team_agreement": case("FRA", "DEU", "joint_investigation", parallel_investigations="yes"),
    "interception_notice": SCENARIOS / "channels-the-stories-leave-out" / "phone-that-drove-over-the-border.yaml",
    "fiu_request": UNITS,
    "own_unit_note": UNITS,
    "fiu_hold_request": HOLD,
    "freezing_certificate": case("FRA", "DEU", "asset_freezing", own_freezing_order="yes", asset_located="yes"),
    "confiscation_certificate": case("FRA", "DEU", "confiscation", confiscation_order_final="yes", asset_located="yes"),
    "provisional_arrest_request": ARREST,
    "extradition_request": ARREST,
    "contact_point_enquiry": case("FRA", "DEU", "police_database_check", purpose="lead"),
    "interpol_enquiry": case("KEN", "PER", "police_database_check", purpose="lead"),
    "police_enquiry": case("KEN", "FRA", "locate_person", purpose="lead"),
    "spontaneous_letter": case("FRA", "GHA", "information_sharing", "share"),
    "handling_note": case("FRA", "GHA", "information_sharing", "share", sender_restrictions=["no_onward"]),
    "consent_request": case("FRA", "GHA", "material_held", "use", material_channel="mla", planned_use_differs="yes", sender_restrictions=["no_onward"]),
    "assurance_request": case("FRA", "USA", "stored_content", "answer", death_penalty_risk="possible"),
    "acknowledgement": case("FRA", "DEU", "bank_records", "answer"),
    "result_letter": ANSWER,
    "more_information": ANSWER,
    "proceedings_transfer_request": case("SRB", "MKD", "transfer_of_proceedings", person_role="accused"),
    "jurisdiction_letter": case("FRA", "DEU", "conflict_of_jurisdiction", parallel_investigations="yes"),
    "enforcement_request": case("DNK", "ROU", "judgment_enforcement", judgment_final="yes"),
    "supervision_request": case("ALB", "UKR", "probation_supervision", sentenced_in="ours", judgment_final="yes"),
    "surrender_consent_request": case("ALB", "CHE", "surrender_consent", consent_wanted_for="other_offence"),
    "transit_request": SCENARIOS / "through-a-member-state" / "over-lisbon.yaml",
    "goods_leave_request": SCENARIOS / "claims-risks-and-deadlines" / "guns-through-narita.yaml",
    "fine_certificate_form": case("FRA", "DEU", "fine_enforcement", judgment_final="yes"),
    "observation_request": case("FRA", "DEU", "surveillance"),
    "crossing_report": case("FRA", "DEU", "hot_pursuit"),
    "administrative_request": SCENARIOS / "a-hundred-drawn" / "undeclared-income-in-panama.yaml",
    "alert_request": SCENARIOS / "a-second-audit-of-the-rules" / "child-in-zurich.yaml",
    "decision_note": SCENARIOS / "a-hundred-and-twenty-read" / "stolen-herd-wanted-as-proof.yaml",
    "status_letter": SCENARIOS / "twelve-from-outside" / "nine-months-without-answer.yaml",
    "word_letter": SCENARIOS / "a-notice-of-a-feared-state" / "asked-for.yaml",
    "waiver_request": SCENARIOS / "horn-and-handed-over-cases" / "diplomat-of-a-third-state.yaml",
    "eurojust_request": SCENARIOS / "a-hundred-drawn" / "two-cases-copenhagen.yaml",
    "sharing_letter": case("KEN", "CHE", "asset_sharing"),
    "reasoned_reply": ANSWER,
    "records_request": SCENARIOS / "asked-before-told" / "record-of-a-frenchman.yaml",
    "service_cover": SCENARIOS / "channels-the-stories-leave-out" / "summons-by-post.yaml",
    "capture_record": SCENARIOS / "channels-the-stories-leave-out" / "public-posts-abroad.yaml",
    "consent_record": SCENARIOS / "owner-consents-place-unknown" / "place-known.yaml",
    "vessel_request": SCENARIOS / "a-hundred-drawn" / "boat-of-one-fisherman.yaml",
    "protocol_enquiry": SCENARIOS / "a-hundred-drawn" / "trafficking-by-one-man.yaml",
    "warrant_data": SCENARIOS / "a-hundred-drawn" / "held-in-aarhus-for-malmo.yaml",
    "genuineness_question": SCENARIOS / "who-is-it-that-asks" / "mail-from-lagos.yaml",
    "hearing_consent": SCENARIOS / "warned-asked-and-answered" / "accused-heard-by-video.yaml",
    "hit_sheet": SCENARIOS / "persons-on-the-move" / "stolen-passport-at-the-gate.yaml",
}  # fmt: skip

SECTIONS = {
    "investigation_order": "Opening A B C D E F G H1 H2 H3 H4 H5 H6 H7 I J K L Sending",
    "epoc": "A B C D E F G H I J K L",
    "epoc_section_m": "M",
    "epoc_pr": "A B C D E F G",
    "interception_notice": "A B C",
    "freezing_certificate": "A B C D E F G H I J K L M N O P",
    "confiscation_certificate": "A B C D E F G H I J K L M N",
    "arrest_warrant": "Opening a b c d e f g h i",
    "custodial_certificate": "a b c d e f g h i j k l m",
    "supervision_order_certificate": "a b c d e f g h Signature Sending",
    "probation_certificate": "a b c d e f g h i j k Signature Sending",
    "subscriber_request": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
    "provisional_arrest_request": "Head 1 2 Sentence 3 4 5 6 7 8",
    "preservation_request": "1 2 3 4 5 6 7 8 9 10 Chain 11",
    "contact_point_enquiry": "1 2 3 4 5 6 7 8 9 10 11 12",
    "questionnaire": " ".join(map(str, range(1, 25))),
}
"""The sections of the primary forms, counted off the forms and not off our files."""

DEMANDED = {
    "preservation_request": {f"budapest 29(2)({letter})" for letter in "abcdef"},
    "mla_request": {f"{treaty}(15)({letter})" for treaty in ("untoc 18", "uncac 46") for letter in "abcdef"},
    "epoc": {f"e-evidence 5(5)({letter})" for letter in "abcdefh"},
    "epoc_section_m": {"e-evidence 5(5)(i)", "e-evidence 5(5)(j)"},
    "epoc_pr": {f"e-evidence 6(4)({letter})" for letter in "abcdef"},
    "provisional_arrest_request": {"ets24 16(2)"},
    "sentence_transfer_request": {"ets112 4(3)", "ets112 6(1)", "ets112 6(2)"},
    "reasoned_reply": {
        "untoc 18(23)",
        "uncac 46(23)",
        "budapest 27(7)",
        "ets30 19",
        "cets198 40",
        "eio 16(3)",
    },
}
"""Provisions that list contents; each of their items has a section that is demanded by it."""
