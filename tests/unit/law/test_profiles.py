"""Profiles of States: what is wrong in one is told, and `routing law state` shows what is known and what is not."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from places import ROOT
from small_rules import write_rules
from when_changed import WHOLE_PROGRAM

from routing.cli.law import law
from routing.cli.rules import rules
from routing.core.errors import Problem, RulebookProblems
from routing.law.profiles import national_law, profile_keys, profiles
from routing.opened import shared_router
from routing.rulebook.load import load_checked
from routing.rulebook.validate.profiles import profile_facts, profile_problems

RULES = ROOT / "rules"
ROUTER = shared_router()
GOOD = """\
cites:
  - {pathway: assistance, provision: "alpha 1(2)"}
facts:
  penalty_kept:
    value: yes
    says: It is kept.
    source: https://example.org/register
    mark: text
    checked: 2026-01-01
    anchor: the penalty is kept for
known:
  central_authority:
    value: The Minister
    basis: alpha 2
    mark: secondary
    checked: 2026-01-01
"""
KEYS = "keys:\n  central_authority: Authority that receives requests\n"


def faults(folder: Path, text: str) -> tuple[Problem, ...]:
    """What the check of a small rulebook says of a profile."""
    write_rules(folder, {"states/BEL.yaml": text, "states/keys.yaml": KEYS})
    try:
        load_checked(folder)
    except RulebookProblems as error:
        return error.problems
    return ()


def test_a_good_profile_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path / "rules", GOOD) == ()


@dataclass(frozen=True)
class Fault:
    old: str
    new: str
    line: int
    message: str
    fix: str


FAULTS = {
    "a key that no fact looks up": Fault("  penalty_kept:", "  penalty_kpt:", 4, "`penalty_kpt` is not a key that a fact looks up", "did you mean `penalty_kept`?"),
    "a key that is not known": Fault("central_authority:", "central_authorty:", 12, "`central_authorty` is not a key of states/keys.yaml", "did you mean"),
    "a value that the fact does not have": Fault("value: yes", "value: perhaps", 5, "`perhaps` is not a value of `penalty_kept`", "allowed: no, yes"),
    "no value": Fault("    value: yes\n", "", 4, "`penalty_kept` has no `value`", "add `value:`"),
    "no source": Fault("    source: https://example.org/register\n", "", 4, "`penalty_kept` has no source", "add `source:`"),
    "a source that is not an address": Fault("https://example.org/register", "a register", 4, "`a register` is not a source", "give one address"),
    "no mark": Fault("    mark: text\n", "", 4, "`penalty_kept` has no `mark`", "allowed: copy, secondary, text, unverified"),
    "no day": Fault("    mark: text\n    checked: 2026-01-01\n", "    mark: text\n", 4, "`penalty_kept` has no `checked`", "add `checked:`"),
    "a part that an entry does not have": Fault("    says: It is kept.", "    note: It is kept.", 6, "`note` is not part of an entry of a profile", "allowed"),
    "a part that a profile does not have": Fault("known:", "knwon:", 11, "`knwon` is not part of a profile", "did you mean `known`?"),
    "a basis that leads nowhere": Fault("basis: alpha 2", "basis: alpha 22", 12, "`alpha 22` is not a provision", "alpha"),
    "a mark above that of the provision": Fault("mark: secondary", "mark: text", 12, "`central_authority` is marked `text`, but `alpha 2` is marked `secondary`", "same mark"),
    "a citation for no pathway": Fault("pathway: assistance", "pathway: assistence", 2, "`assistence` is not a pathway", "did you mean `assistance`?"),
    "a citation that leads nowhere": Fault('"alpha 1(2)"', '"alpha 9"', 2, "`alpha 9` is not a provision", "alpha"),
    "half a citation": Fault(', provision: "alpha 1(2)"', "", 2, "a citation has no `provision`", "add `provision:`"),
    "a mark without a source": Fault("https://example.org/register", "unsourced", 4, "`penalty_kept` is marked `text` without a source", "mark it `unverified`"),
    "a text without an anchor": Fault("    anchor: the penalty is kept for\n", "", 4, "`penalty_kept` is marked `text` and has no `anchor`", "mark it `secondary`"),
    "an anchor of three words": Fault("the penalty is kept for", "penalty is kept", 4, "the anchor of `penalty_kept` has 3 words", "four to eight"),
}  # fmt: skip


LAW = ROUTER.law


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_file_line_and_fix(tmp_path: Path, fault: Fault) -> None:
    assert GOOD.count(fault.old) == 1
    told = [
        one
        for one in faults(tmp_path / "rules", GOOD.replace(fault.old, fault.new))
        if one.message == fault.message
    ]
    assert [(one.file, one.line) for one in told] == [("rules/states/BEL.yaml", fault.line)]
    assert fault.fix in (told[0].fix or "")


def test_every_fault_of_a_profile_is_told_at_once_by_the_command(tmp_path: Path) -> None:
    folder = write_rules(
        tmp_path / "rules",
        {
            "states/BEL.yaml": GOOD.replace("yes", "maybe").replace("alpha 2", "alpha 22"),
            "states/keys.yaml": KEYS,
        },
    )
    result = CliRunner().invoke(rules, ["check"], obj={"rules": folder})
    assert result.exit_code == 5
    assert (
        "rules/states/BEL.yaml:5: `maybe` is not a value" in result.output
        and "rules/states/BEL.yaml:12: `alpha 22`" in result.output
    )


def test_a_profile_of_no_state_and_one_that_is_no_tree_are_told(tmp_path: Path) -> None:
    folder = write_rules(
        tmp_path / "rules", {"states/QQQ.yaml": "facts: {}\n", "states/BEL.yaml": "facts: [\n"}
    )
    with pytest.raises(RulebookProblems) as raised:
        load_checked(folder)
    said = {(one.file, one.message.split(":")[0]) for one in raised.value.problems}
    assert said == {
        ("rules/states/QQQ.yaml", "`QQQ` is not a code of a State"),
        ("rules/states/BEL.yaml", "not readable as YAML"),
    }


def test_our_profiles_hold() -> None:
    rulebook, data = ROUTER.rulebook, ROUTER.law
    assert [str(one) for one in profile_problems(RULES, rulebook, data)] == []
    assert len(profiles(RULES)) >= 40
    assert all(not (RULES / "states" / f"{name}.yaml").exists() for name in ("XXX", "abc"))


# A State of the published cases whose own law was found must not lose it.
FOUND = {
    ("CHE", "police_to_police"): "swiss-imac 75a(1)", ("SGP", "mla"): "singapore-macma 22(1)", ("JPN", "mla"): "japan-assistance-act 2(iii)",
    ("HKG", "mla"): "hk-mla-ordinance 8(1)", ("CAN", "extradition"): "canada-extradition-act 12", ("AUS", "budapest_preservation"): "australia-tia 107P(1)",
    ("GBR", "extradition"): "uk-extradition-act 70", ("IRL", "mla"): "irish-mla-act 6(4)", ("GHA", "undercover_operation"): "ghana-mla-act 53(1)",
}  # fmt: skip


@pytest.mark.parametrize(("state", "pathway"), FOUND)
def test_national_law_is_named_for_its_pathway(state: str, pathway: str) -> None:
    assert FOUND[state, pathway] in national_law(LAW, state, pathway)
    assert national_law(LAW, state, "refer") == ()


# The command


def shown(*words: str, folder: Path = RULES) -> Any:
    result = CliRunner().invoke(law, ["state", *words], obj={"rules": folder})
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout) if "json" in words else result.stdout


def test_the_command_shows_every_key_and_says_what_is_not_known() -> None:
    data = shown("CHE", "--as-of", "2026-11-24", "--format", "json")
    facts = {entry["key"]: entry for entry in data["entries"]}
    assert set(facts) == set(profile_facts(ROUTER.rulebook)) | set(profile_keys(RULES))
    assert (
        facts["police_cannot_give"]["basis"] == "swiss-imac 75a(2)"
        and facts["police_cannot_give"]["mark"] == "text"
    )
    assert facts["fiu_may_hold"]["value"] is None
    assert facts["red_notice_founds_arrest"]["presumed"] == "no"
    text = shown("ch", "--as-of", "2026-11-24")
    assert text.startswith("Switzerland (CHE), as of 2026-11-24\n")
    words = " ".join(text.split())
    assert "fiu_may_hold not known" in words
    assert "contact_model not known (a plan presumes `direct_agency`)" in words
    assert "text, checked 2026-11-24, swiss-imac 27(2)" in words
    assert max(map(len, text.splitlines())) <= 140


def test_a_state_without_a_profile_is_all_gaps_and_memberships_are_counted_by_day() -> None:
    text = shown("NRU", "--as-of", "2026-11-24")
    assert "0 of " in text and "entries are known" in text
    now, before = (
        shown("GBR", "--as-of", day, "--format", "json")["memberships"]
        for day in ("2026-11-24", "2018-01-01")
    )
    assert before["in_force"] > now["in_force"] > 0
    assert sum(now.values()) == sum(before.values()) == len(list((RULES / "membership").glob("*.csv")))


def test_a_code_that_is_none_is_told() -> None:
    result = CliRunner().invoke(law, ["state", "QQ"], obj={"rules": RULES})
    assert result.exit_code == 2 and "`QQ` is not a State" in result.output


@WHOLE_PROGRAM
def test_a_changed_profile_shows(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    path = folder / "states" / "KEN.yaml"
    path.write_text(path.read_text().replace("value: no", "value: yes"))
    assert "treaty_required                           yes" in shown("KEN", folder=folder)
    assert "treaty_required                           no" in shown("KEN")


# Whether a key is worth keeping: two values of it must lead to two plans.

DIFFERS = {
    "act_carries_the_london_scheme": ("surrender", "GHA", "NGA", ("yes", "no"), {"kind": "answer"}),
    "nordic_warrant_term": (
        "surrender",
        "NOR",
        "DNK",
        ("three_weeks", "fourteen_days", "not_read"),
        {"kind": "answer"},
    ),
    "payment_waits_for_consent": ("financial_intelligence", "NGA", "GBR", ("no", "yes"), {}),
    "minister_approves_all_evidence": ("witness_hearing", "KEN", "ZAF", ("no", "yes"), {}),
    "police_demand_preservation": (
        "data_preservation",
        "CAN",
        "NLD",
        ("no", "yes"),
        {"kind": "answer"},
    ),
    "penalty_bars_surrender": ("surrender", "IDN", "TLS", ("death_or_life", "not_read"), {}),
    "traces_over_its_own_system": ("firearm_tracing", "MEX", "USA", ("yes", "no"), {"offence": "firearms"}),
    "extradition_decided_by": (
        "surrender",
        "DEU",
        "BRA",
        ("court_admits_then_government", "federal_office", "supreme_court", "not_read"),
        {"kind": "answer", "request_form": "formal_request"},
    ),
    "requests_executed_by": (
        "search",
        "CAN",
        "BRA",
        ("judge_who_also_lets_it_go", "not_read"),
        {"kind": "answer", "coercive": "yes", "purpose": "evidence"},
    ),
    "video_witness_answers_under": (
        "video_hearing",
        "CAN",
        "BRA",
        ("law_of_the_asker", "not_read"),
        {"kind": "answer", "person_role": "witness"},
    ),
    "testimony_law_there": (
        "video_hearing",
        "MYS",
        "PHL",
        ("certified_record", "not_read"),
        {"person_role": "witness", "hearing_by": "video"},
    ),
    "summons_of_accused_before": (
        "service_of_documents",
        "CHE",
        "NOR",
        ("thirty", "one_month", "forty", "fifty", "not_read"),
        {"person_role": "accused", "stage": "trial"},
    ),
    "own_act_returns_cultural_goods": (
        "restitution",
        "EGY",
        "DEU",
        ("no", "yes"),
        {"offence": ["cultural_goods"]},
    ),
    "extradition_wants_reciprocity": ("surrender", "FIN", "THA", ("not_read", "yes"), {}),
    "results_leave_by_final_ruling": (
        "information_sharing",
        "CHE",
        "PER",
        ("no", "yes"),
        {"kind": "share", "secret_evidence_stays": "yes"},
    ),
    "presence_may_not_disclose": (
        "search",
        "CHE",
        "NGA",
        ("no", "yes"),
        {"kind": "answer", "coercive": "yes", "own_act_abroad": "presence"},
    ),
    "own_rule_on_transfers": (
        "information_sharing",
        "CHE",
        "USA",
        ("no", "yes"),
        {"kind": "share", "contains_personal_data": "yes"},
    ),
    "responsible_from": ("surrender", "FRA", "DEU", ("not_read", "fourteen"), {"age_at_the_act": 13}),
    "wants_it_shown_essential": ("bank_records", "KEN", "JPN", ("no", "yes"), {}),
    "evidence_stays_without_leave": ("voluntary_statement", "KEN", "CHN", ("no", "yes"), {}),
    "helps_for_taxes_on_goods": (
        "bank_records",
        "DEU",
        "CHE",
        ("no", "yes"),
        {"offence": ["fiscal"], "fiscal_only": "yes", "tax_offence": "goods"},
    ),
    "no_use_where_help_is_shut": (
        "material_held",
        "CHL",
        "CHE",
        ("no", "yes"),
        {
            "kind": "use",
            "offence": ["other"],
            "material_channel": "mla",
            "military_offence": "yes",
            "planned_use_differs": "yes",
        },
    ),
    "provisional_arrest_ends_by_law": ("arrest", "KEN", "IND", ("not_read", "sixty_days"), {}),
    "dna_databank_opens_on": ("biometric_comparison", "KEN", "NZL", ("police", "attorney_general"), {}),
    "permits_informal_help": ("locate_person", "KEN", "FRA", ("permits", "forbids"), {}),
    "information_control": ("police_held_data", "KEN", "FRA", ("police", "judicial"), {}),
    "contact_model": (
        "locate_person",
        "KEN",
        "FRA",
        ("direct_agency", "single_contact_point", "central_authority_only"),
        {},
    ),
    "treaty_required": ("locate_person", "KEN", "PAK", ("no", "yes"), {}),
    "provider_disclosure_law": ("stored_content", "KEN", "USA", ("us_stored_communications", "other"), {}),
    "reserved_preservation": (
        "data_preservation",
        "GHA",
        "FRA",
        ("no", "yes"),
        {"dual_criminality": "no", "budapest_listed_offence": "no"},
    ),
    "must_refuse_fiscal": (
        "bank_records",
        "KEN",
        "FRA",
        ("no", "yes"),
        {"offence": ["fiscal"], "fiscal_only": "yes", "tax_offence": "evasion"},
    ),
    "undercover_needs_minister": ("undercover_operation", "KEN", "ZAF", ("no", "yes"), {}),
    "must_refuse_political": (
        "compelled_testimony",
        "KEN",
        "FRA",
        ("no", "yes"),
        {"political_offence": "yes"},
    ),
    "must_refuse_double_jeopardy": (
        "compelled_testimony",
        "KEN",
        "FRA",
        ("no", "yes"),
        {"ne_bis_in_idem": "final_elsewhere"},
    ),
    "must_refuse_without_dual_criminality": (
        "search",
        "KEN",
        "FRA",
        ("no", "yes"),
        {"coercive": "yes", "dual_criminality": "no"},
    ),
    "fiu_type": (
        "financial_intelligence",
        "KEN",
        "FRA",
        ("administrative", "law_enforcement", "judicial"),
        {},
    ),
    "fiu_may_hold": ("transaction_suspension", "KEN", "PAK", ("no", "yes"), {}),
    "red_notice_founds_arrest": ("arrest", "KEN", "FRA", ("no", "yes"), {}),
    "outside_un": ("locate_person", "KEN", "PAK", ("no", "yes"), {}),
    "arrangements_suspended": ("surrender", "GBR", "PAK", ("no", "yes"), {}),
    "death_penalty_approval_by": (
        "information_sharing",
        "KEN",
        "PAK",
        ("officer_or_minister", "minister", "other"),
        {"kind": "share", "death_penalty_risk": "possible", "own_state_abolitionist": "yes"},
    ),
    "must_refuse_military": (
        "search",
        "KEN",
        "GHA",
        ("no", "yes"),
        {"military_offence": "yes", "offence": "corruption"},
    ),
    "must_refuse_protected_speech": (
        "search",
        "KEN",
        "GHA",
        ("no", "yes"),
        {"protected_speech": "yes", "offence": "corruption"},
    ),
    "freezes_by_two_courts": ("asset_freezing", "KEN", "GBR", ("no", "yes"), {}),
    "registers_foreign_restraint": ("asset_freezing", "KEN", "ZAF", ("no", "yes"), {}),
    "outside_union_asylum_law": (
        "surrender",
        "DNK",
        "TUR",
        ("no", "yes"),
        {"kind": "answer", "refugee_status": "given_elsewhere", "protection_in_the_union": "stands"},
    ),
    "unit_holds_on_own_suspicion": (
        "asset_freezing",
        "ZAF",
        "KEN",
        ("no", "yes"),
        {"kind": "answer", "emergency": "imminent_dissipation", "property_kind": "money"},
    ),
    "names_a_court_for_evidence": ("bank_records", "GBR", "PAK", ("no", "yes"), {"kind": "answer"}),
    "own_hearing_on_a_consent": ("surrender_consent", "GBR", "PAK", ("no", "yes"), {"kind": "answer"}),
    "backs_warrants_under": ("surrender", "AUS", "NZL", ("of_australia", "of_new_zealand"), {}),
    "names_states_for_extradition": ("surrender", "GBR", "JAM", ("no", "yes"), {"organised_group": "none"}),
    "own_orders_reach_who_serves_here": (
        "stored_content",
        "IRL",
        "ARG",
        ("no", "yes"),
        {"data_holder": "foreign_provider"},
    ),
    "extradition_needs_treaty": ("surrender", "KEN", "PAK", ("no", "yes"), {}),
    "consent_verified_by_judge": (
        "sentence_transfer",
        "BHS",
        "USA",
        ("no", "yes"),
        {"judgment_final": "yes", "sentenced_in": "ours", "organised_group": "none"},
    ),
    "transfer_needs_treaty": ("sentence_transfer", "KEN", "PAK", ("no", "yes"), {"judgment_final": "yes"}),
    "assistance_wants_reciprocity": ("bank_records", "KEN", "TWN", ("yes", "not_read"), {}),
    "letter_follows_urgent_request": ("bank_records", "KEN", "TWN", ("thirty", "not_read"), {}),
    "covert_needs_prosecutor": ("controlled_delivery", "KEN", "FRA", ("no", "yes"), {}),
    "covert_needs_minister": ("controlled_delivery", "KEN", "FRA", ("no", "yes", "told"), {}),
    "act_serves_without_treaty": (
        "compelled_testimony",
        "KEN",
        "IRN",
        ("no", "yes"),
        {
            "organised_group": "none",
            "bilateral_mla_treaty": "no",
            "offence": "property_crime",
            "requested_needs_treaty": "no",
            "max_penalty_months": 12,
            "purpose": "evidence",
        },
    ),
    "direct_requests_there": ("search", "DEU", "UKR", ("plain", "regional_offices"), {"coercive": "yes"}),
    "minister_approves": ("search", "KEN", "CAN", ("no", "yes"), {"coercive": "yes"}),
    "letter_issued_by_judge": ("compelled_testimony", "ZAF", "FRA", ("no", "yes"), {}),
    "treaty_needed_without_dual_criminality": (
        "compelled_testimony",
        "KEN",
        "JPN",
        ("no", "yes"),
        {"dual_criminality": "no"},
    ),
    "eurojust_representative": (
        "transfer_of_proceedings",
        "NOR",
        "DEU",
        ("no", "yes"),
        {"organised_group": "established"},
    ),
    "leave_for_letters_rogatory": (
        "search",
        "KEN",
        "BRA",
        ("superior_court", "not_read"),
        {"purpose": "evidence", "coercive": "yes"},
    ),
    "police_contact_risk": ("locate_person", "KEN", "FRA", ("no", "yes"), {}),
    "rights_risk_noted": ("surrender", "KEN", "PAK", ("no", "yes"), {"kind": "answer"}),
    "secret_evidence_stays": ("information_sharing", "CHE", "FRA", ("no", "yes"), {"kind": "share"}),
    "video_hearing_of_accused_excluded": (
        "video_hearing",
        "NOR",
        "CHE",
        ("no", "yes"),
        {"person_role": "accused"},
    ),
    "own_judgment_bars_extradition": (
        "surrender",
        "IND",
        "GBR",
        ("no", "yes"),
        {
            "person_role": "accused",
            "ne_bis_in_idem": "final_elsewhere",
            "judgment_given_in": "requested",
            "bilateral_extradition_treaty": "yes",
        },
    ),
    "extradition_wants_assurance": (
        "surrender",
        "UGA",
        "GBR",
        ("no", "yes"),
        {"death_penalty_risk": "possible"},
    ),
    "surrenders_own_nationals": ("surrender", "SWE", "ALB", ("no", "yes"), {"own_national": "yes"}),
    "own_nationals_exception": (
        "surrender",
        "SWE",
        "BRA",
        ("naturalised", "not_at_the_act", "consent", "treaty", "returned", "not_read"),
        {"own_national": "yes"},
    ),
    "outside_unclos": ("vessel_boarding", "KEN", "PAK", ("no", "yes"), {}),
    "helps_prescribed_countries": ("bank_records", "KEN", "SGP", ("no", "yes"), {"coercive": "yes"}),
    "spares_what_is_privileged": ("search", "KEN", "SGP", ("no", "yes"), {"privileged_or_press": "yes"}),
    "hears_interested_persons": ("witness_hearing", "KEN", "USA", ("no", "yes"), {"actor": "defence"}),
    "its_act_on_assistance": ("bank_records", "KEN", "SGP", ("not_read", "of_singapore"), {}),
    "wants_certificate_of_criminal_matter": ("bank_records", "KEN", "SGP", ("no", "yes"), {}),
    "punishes_acts_for_foreign_states": (
        "subscriber_data",
        "KEN",
        "CHE",
        ("no", "yes"),
        {"data_holder": "foreign_provider"},
    ),
    "european_form_is_nordic": ("surrender", "SWE", "DNK", ("no", "yes"), {"kind": "answer"}),
    "arrest_on_reasons_in_writing": (
        "arrest",
        "KEN",
        "BRA",
        ("no", "yes"),
        {"emergency": "imminent_flight"},
    ),
    "holds_on_announcement": (
        "asset_freezing",
        "KEN",
        "CHE",
        ("no", "yes"),
        {"emergency": "imminent_dissipation"},
    ),
    "freezing_orders_by_central_authority": (
        "asset_freezing",
        "MLT",
        "IRL",
        ("no", "yes"),
        {"own_freezing_order": "yes"},
    ),
    "tests_risk_before_sharing": (
        "information_sharing",
        "GBR",
        "KEN",
        ("no", "yes"),
        {"kind": "share", "offence": ["murder"]},
    ),
    "refuses_life_imprisonment": (
        "bank_records",
        "PRT",
        "JPN",
        ("no", "yes"),
        {"kind": "answer", "max_penalty_months": 1200, "offence": ["murder"]},
    ),
    "a_part_agrees_to_transfers": (
        "sentence_transfer",
        "GBR",
        "AUS",
        ("no", "yes"),
        {"sentenced_in": "other"},
    ),
    "agreement_excludes_only_who_is_there": (
        "stored_content",
        "USA",
        "GBR",
        ("no", "yes"),
        {"own_national": "yes", "user_in_issuing_state": "no"},
    ),
    "place_of_china": (
        "surrender",
        "HKG",
        "MAC",
        ("no", "macao"),
        {},
    ),
}


def told(plan: Any) -> str:
    """A plan without the facts it names, so that what is left differs only where the advice does."""

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: bare(value)
                for key, value in node.items()
                if key not in ("because", "assumptions", "questions")
            }
        return [bare(item) for item in node] if isinstance(node, list) else node

    return json.dumps(bare(json.loads(plan.json_text())), sort_keys=True)


def test_every_key_of_a_profile_has_a_case_in_which_it_counts() -> None:
    assert set(DIFFERS) == set(profile_facts(ROUTER.rulebook))


@WHOLE_PROGRAM
@pytest.mark.parametrize("key", DIFFERS)
def test_each_value_of_a_key_leads_to_a_plan_of_its_own(key: str) -> None:
    measure, state, other, values, facts = DIFFERS[key]
    fact = profile_facts(ROUTER.rulebook)[key].id
    known = ROUTER.rulebook.facts
    plans = set()
    for value in values:
        facts_now = {**facts, fact: value}
        case = {name: said for name, said in facts_now.items() if name in known and known[name].of == "case"}
        need = {name: said for name, said in facts_now.items() if name not in case}
        plans.add(
            told(
                ROUTER.route(
                    {
                        "as_of": "2026-11-24",
                        "state": state,
                        **case,
                        "needs": [{"measure": measure, "with": other, **need}],
                    }
                )
            )
        )
    assert len(plans) == len(values)


@pytest.mark.parametrize(
    ("given_in", "status", "asked"),
    [
        ("requesting", "no_lawful_route", False),
        ("requested", "routed", False),
        ("third", "routed", False),
        (None, "conditional", True),
    ],
)
def test_a_judgment_bars_help_only_where_the_law_says_it_was_given(
    given_in: str | None, status: str, asked: bool
) -> None:
    """Singapore refuses after a judgment of the requesting State; where that is not known it is asked."""
    need = {"measure": "compelled_testimony", "with": "SGP", "ne_bis_in_idem": "final_elsewhere"} | (
        {"judgment_given_in": given_in} if given_in else {}
    )
    case = {
        "as_of": "2026-11-24",
        "state": "KEN",
        "purpose": "evidence",
        "organised_group": "suspected",
        "offence": ["money_laundering"],
        "needs": [need],
    }
    plan = ROUTER.route(case)
    assert (
        plan.status == status
        and ("judgment_given_in" in {question.fact for question in plan.questions}) is asked
    )
