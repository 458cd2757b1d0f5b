"""What a plan tells of offices: never a treaty's words as one, no side without a word, who is told as well."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core.paths import rules_folder
from routing.law import Law
from routing.law.check import problems
from routing.law.confidence import LOW
from routing.opened import Router
from routing.phrasing.of_offices import BRACKETS, remark_beside, short_name
from routing.plan.model import Plan, Step
from routing.plan.who import by_route
from routing.rulebook.overlay.merge import apply_overlays

RULES = rules_folder()
ON = date(2026, 11, 26)
EARLY = RULES.parent / "examples" / "early-whereabouts" / "case.yaml"
CASE = """
title: A file
state: {asking}
as_of: 2026-11-26
actor: prosecutor
stage: charged
offence: [fraud]
max_penalty_months: 10 years
organised_group: yes
transnational: [several_states]
needs:
  - {{id: n1, measure: {measure}, with: {asked}, purpose: {purpose}{more}}}
"""
DEFINED = (("ets30", "24"), ("ets182", "6"))
"""Where a State says whom it counts among its judicial authorities."""
MEASURES = (
    "bank_records",
    "stored_content",
    "surrender",
    "asset_freezing",
    "witness_hearing",
    "confiscation",
    "data_preservation",
    "subscriber_data",
)


def planned(
    router: Router, folder: Path, asking: str, asked: str, measure: str = "bank_records", more: str = ""
) -> Plan:
    path = folder / "case.yaml"
    purpose = "surrender" if measure == "surrender" else "evidence"
    path.write_text(CASE.format(asking=asking, asked=asked, measure=measure, purpose=purpose, more=more))
    return router.route(path)


def basis(router: Router, asked: str, pathway: str, short: str, asking: str = "NOR") -> dict[str, Any]:
    rows = by_route(asked, router.rulebook.pathways[pathway], asking, router.rulebook, router.law, ON)
    return next(row for row in rows if short in row["basis"])


def wordless(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """The sides of steps that say nothing of who it is."""
    return [
        (step.pathway, party.role)
        for step in steps
        for party in (step.sender, step.receiver, *step.also_to)
        if party.role != "nobody" and not (party.name or party.likely or party.ask)
    ]


@pytest.mark.parametrize(
    ("state", "office"),
    [
        ("CHE", "Federal Office of Justice"),
        ("GBR", "Home Office"),
        ("MCO", "Directorate of Judicial Services"),
        ("PRT", "Prosecutor General's Office"),
        ("LVA", "Prosecutor General's Office"),
        ("CHL", "Ministry of Foreign Affairs"),
        ("DNK", "Director of Public Prosecutions"),
        ("FRA", "Ministry for Foreign Affairs"),
        ("BEL", "Federal Public Service Justice"),
    ],
)
def test_a_treaty_s_words_are_never_an_office_where_the_state_named_another(
    router: Router, state: str, office: str
) -> None:
    receiver = basis(router, state, "extradition", "ETS 24")["receiver"]
    assert receiver["name"] is None
    assert receiver["likely"]["name"].startswith(office)
    assert receiver["likely"]["declared_under"] == "Budapest 24(7)"
    assert "ETS 24 12(1) names the Ministry of Justice" in receiver["ask"]


@pytest.mark.parametrize("state", ["MCO", "SMR", "LIE"])
def test_so_it_is_with_assistance(router: Router, state: str) -> None:
    receiver = basis(router, state, "mla", "ETS 30", "DEU")["receiver"]
    assert receiver["name"] != "Ministry of Justice"
    assert receiver["name"] or "names the Ministry of Justice" in receiver["ask"]


def test_a_treaty_s_words_are_the_addressee_where_the_state_s_own_row_confirms_them(router: Router) -> None:
    said = {
        state: basis(router, state, "extradition", "ETS 24", "CHE")["receiver"]
        for state in ("AZE", "GEO", "TUR")
        if router.law.between("ets98", state, "CHE", ON).status == "in_force"
    }
    confirmed = [receiver for receiver in said.values() if receiver["name"]]
    assert confirmed
    for receiver in confirmed:
        assert receiver["name"].startswith("Ministry of Justice")
        assert receiver["declared_under"] == "ETS 24 12(1)" and "named the same office" in receiver["ask"]


def test_an_office_of_a_treaty_is_not_told_of_a_state_that_has_none_of_that_name(
    router: Router, tmp_path: Path
) -> None:
    """ETS 112 5(2) names the ministry of justice; Mexico has none, and may have declared an office under 5(3)."""
    plan = planned(router, tmp_path, "CRI", "MEX", "sentence_transfer")
    (step,) = [step for step in plan.steps if step.pathway == "sentence_transfer"]
    likely = step.receiver.likely
    assert step.receiver.name is None and step.receiver.ask and (likely is None or likely.only_asked)
    assert step.sender.likely is not None and step.sender.likely.name == "Ministry of Justice"


@pytest.mark.parametrize(
    ("state", "called"),
    [("AUT", "Federal Ministry of Justice"), ("CYP", "Ministry of Justice and Public Order")],
)
def test_a_state_may_call_the_office_of_a_treaty_by_a_name_of_its_own(
    router: Router, state: str, called: str
) -> None:
    """`called.csv` has the name, so that no program compares words of names."""
    receiver = basis(router, state, "extradition", "ETS 24", "CHE")["receiver"]
    assert receiver["name"].startswith(called)
    assert receiver["declared_under"] == "ETS 24 12(1)"


def test_a_name_that_a_state_gives_to_an_office_is_one_that_it_has(tmp_path: Path) -> None:
    for number, row in enumerate(
        ("NOR,Ministry of Justice,Ministry of Law", "NOR,Ministry of Peace,Ministry of Justice")
    ):
        shutil.copytree(RULES, tmp_path / str(number))
        path = tmp_path / str(number) / "offices" / "called.csv"
        path.write_text(path.read_text() + row + "\n")
        found = problems(Law.load(tmp_path / str(number)))
        assert "called.csv" in {Path(problem.file or "").name for problem in found}


@pytest.mark.parametrize(
    ("pathway", "asked", "asking", "short", "way", "provision"),
    [
        ("joint_investigation", "GHA", "KEN", "UNTOC", "competent_authorities", "untoc 19"),
        ("surrender_consent", "TUR", "ALB", "ETS 24", "ministries_of_justice", "ets98 5"),
        (
            "civil_cooperation",
            "TUR",
            "CHE",
            "Hague Evidence Convention",
            "to_central_authority",
            "hague-evidence 2",
        ),
        ("immunity_waiver", "FRA", "CHE", "VCDR", "diplomatic", "vcdr 32(1)"),
        (
            "nordic_warrant",
            "SWE",
            "NOR",
            "Nordic Convention of 2005",
            "executing_authority",
            "nordic-warrant what it replaces",
        ),
    ],
)
def test_every_channel_between_two_states_has_its_way_and_the_provision(
    router: Router, pathway: str, asked: str, asking: str, short: str, way: str, provision: str
) -> None:
    """Found by a reader: 45 channels said who writes to whom and not by which way."""
    via = basis(router, asked, pathway, short, asking)["via"]
    assert (via["channel"], via["basis"]) == (way, [provision])


def test_what_is_only_recalled_of_a_treaty_is_a_lead(router: Router) -> None:
    recalled = [row.office for row in router.law.offices().by_treaty if row.office.instrument == "minsk"]
    assert len(recalled) == 2 and all(office.confidence == LOW for office in recalled)
    named = [row.office.instrument for row in router.law.offices().by_treaty]
    assert "ets182" in named


def test_between_random_pairs_no_side_of_a_step_is_without_a_word(router: Router, tmp_path: Path) -> None:
    draw = random.Random(1313)
    states = sorted(place.alpha3 for place in router.law.states)
    steps = 0
    for number in range(32):
        asking, asked = draw.sample(states, 2)
        plan = planned(router, tmp_path, asking, asked, MEASURES[number % len(MEASURES)])
        steps += len(plan.steps)
        assert not wordless(plan.steps), (asking, asked)
        for step in plan.steps:
            if step.via is not None:
                assert step.via.basis, (step.pathway, step.route)
                assert len(step.via.also) == len(step.via.also_basis) and all(step.via.also_basis)
    assert steps > 60


def test_the_way_that_a_state_s_own_law_wants_does_not_replace_that_of_a_treaty(
    router: Router, tmp_path: Path
) -> None:
    def extradition(asking: str, asked: str) -> Step:
        plan = planned(router, tmp_path, asking, asked, "surrender")
        return next(step for step in plan.steps if step.pathway == "extradition")

    riyadh = extradition("JOR", "ARE")
    assert riyadh.via is not None and (riyadh.via.channel, riyadh.via.basis) == (
        "competent_authorities",
        ("riyadh 42",),
    )
    of_two = extradition("FRA", "ARE")
    assert of_two.via is not None and (of_two.via.channel, of_two.via.also) == ("by_treaty", ("diplomatic",))


@pytest.mark.parametrize(
    ("asked", "asking", "treaty"),
    [("ARG", "BRA", "San Luis Protocol"), ("MYS", "THA", "ASEAN MLAT"), ("ZAF", "GBR", "UNCAC")],
)
def test_a_treaty_that_names_the_central_authorities_goes_before_the_way_of_a_state_s_own_law(
    router: Router, asked: str, asking: str, treaty: str
) -> None:
    by_treaty = basis(router, asked, "mla", treaty, asking)
    assert by_treaty["via"]["channel"] == "central_authorities"
    assert not by_treaty["via"]["declared"]
    by_its_law = basis(router, asked, "mla", "Law of the requested State", asking)
    assert by_its_law["via"]["channel"] == "diplomatic"


def test_a_way_that_was_declared_under_the_treaty_stands_in_place_of_its_own(router: Router) -> None:
    row = basis(router, "KOR", "mla", "UNCAC", "FRA")
    assert (row["via"]["channel"], row["via"]["declared"]) == ("diplomatic", True)


def test_an_office_for_a_direct_way_is_no_addressee_of_another(router: Router) -> None:
    """That the law of Portugal has courts write to each other in urgency does not make them the addressee of what
    goes between central authorities."""
    row = basis(router, "PRT", "urgent_mla", "UNCAC", "AGO")
    assert row["via"]["channel"] == "central_authorities"
    assert row["receiver"]["name"].startswith("Prosecutor General's Office")


def test_whom_to_ask_is_said_in_plain_words(router: Router) -> None:
    plan = router.route(EARLY)
    step = next(step for step in plan.steps if step.pathway == "police_to_police")
    assert step.receiver.ask == (
        "Your national central bureau, single point of contact or liaison officer knows; go through it."
    )
    assert "--with" in str(step.sender.ask)


OWN = """overlay: ourdesk
says: Our own offices.
offices:
  - {{state: FRA, role: {role}, instrument: office, name: Our own desk, source: "https://desk.example", confidence: high,
     checked: 2026-10-01}}
"""


@WHOLE_PROGRAM
@pytest.mark.parametrize(
    ("role", "party"), [("police", "police"), ("judicial_authority", "judicial_authority")]
)
def test_an_overlay_names_one_s_own_police_and_judges(tmp_path: Path, role: str, party: str) -> None:
    own, case = tmp_path / "own.yaml", tmp_path / "case.yaml"
    own.write_text(OWN.format(role=role).replace("FRA", "FJI" if role == "police" else "FRA"))
    case.write_text(
        CASE.format(asking="FRA", asked="GBR", measure="bank_records", purpose="evidence", more="")
    )
    router = Router.open(apply_overlays(rules_folder(), [own], tmp_path / "place"))
    roles = [
        (office.role, office.name)
        for office in router.law.offices().held(
            "FJI" if role == "police" else "FRA", [role], ("ets30",), None, ON
        )
    ]
    assert roles == [(role, "Our own desk")]
    assert [r.role for r in router.law.offices().roles_for(party, "mla", "sender")]
    plan = router.route(EARLY if role == "police" else case)
    senders = {step.sender.role: step.sender.name for step in plan.steps}
    assert senders.get(party, "Our own desk") == "Our own desk"
    assert party in senders


ORDER = """
title: Traffic data of a provider in another Member State
state: AUT
as_of: 2026-11-26
actor: prosecutor
stage: investigation
offence: [fraud]
max_penalty_months: 5 years
listed_32: no
dual_criminality: yes
data_holder: provider_represented_in_eu
data_category: traffic
data_time: stored
own_authorisation: obtained
issuing_authority: judge_or_court
similar_domestic_order: yes
user_in_issuing_state: {here}
offence_in_issuing_state: {here}
needs:
  - {{id: traffic, measure: stored_traffic_data, with: FRA, purpose: evidence}}
"""


# The page


def page(tmp_path: Path, asking: str, asked: str, measure: str = "bank_records", more: str = "") -> str:
    path = tmp_path / "case.yaml"
    path.write_text(
        CASE.format(
            asking=asking,
            asked=asked,
            measure=measure,
            purpose="surrender" if measure == "surrender" else "evidence",
            more=more,
        )
    )
    return " ".join(CliRunner().invoke(main, ["route", str(path)]).output.split())


def test_the_page_says_in_which_language_to_write(tmp_path: Path) -> None:
    assert re.search(r"Language:? German, French or Italian; translation due\.", page(tmp_path, "GHA", "CHE"))


@WHOLE_PROGRAM
@pytest.mark.parametrize(
    ("asking", "asked", "told"),
    [
        ("GHA", "KOR", "probably Korean or English, as under UNCAC 46(14); ask"),
        ("GHA", "JPN", "Language probably Japanese; ask"),
        ("AGO", "ECU", "Language probably Spanish; ask"),
        ("ESP", "MAR", "Language probably French; ask"),  # a constitution names three
        ("KEN", "UGA", "Language probably English; ask"),
        ("GHA", "CAN", "probably English or French, as under UNCAC 46(14); ask"),
        ("GHA", "JAM", "Language English"),
        # what was notified for another treaty goes before a guess from the official languages
        ("JOR", "ISR", "probably Hebrew or English, as under UNCAC 46(14); ask"),
        ("ITA", "DZA", "probably Arabic, as under UNCAC 46(14); ask"),
        ("JPN", "BDI", "probably French; ask"),
    ],
)
def test_where_nothing_was_notified_the_page_says_what_to_do(
    tmp_path: Path, asking: str, asked: str, told: str
) -> None:
    text = page(tmp_path, asking, asked).replace(
        "Language: ", "Language "
    )  # alone on a line, or after another
    assert told in text and "Language unknown" not in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("ISR", "our own or Hebrew; ask"),  # not Arabic, though official: it takes Hebrew elsewhere
        ("BEL", "our own or Dutch, French or German; ask"),
        ("ZAF", "our own or English; ask"),
    ],
)
def test_all_official_languages_are_named_that_a_state_takes_under_some_treaty(
    tmp_path: Path, asked: str, told: str
) -> None:
    assert told in page(tmp_path, "ALB", asked, "surrender_consent", ", consent_wanted_for: other_offence")


@pytest.mark.parametrize(("asking", "asked"), [("KEN", "ZAF"), ("ETH", "JOR"), ("FJI", "MYS")])
def test_a_hearing_by_video_goes_to_the_office_that_takes_requests(
    router: Router, asking: str, asked: str
) -> None:
    """Where a State wants requests by diplomatic channels, that too leads to the office that it named."""
    case = {"state": asking, "as_of": "2026-11-26", "offence": ["property_crime"]}
    needs = [{"measure": "video_hearing", "with": asked, "person_role": "witness"}]
    step = router.route({**case, "needs": needs}).steps[-1]
    assert (step.pathway, step.via and step.via.channel) == ("video_hearing", "diplomatic")
    assert step.sender.role == step.receiver.role == "central_authority" and step.receiver.name


@pytest.mark.parametrize(
    ("asking", "asked", "pathway", "basis_of", "languages", "due"),
    [
        ("ESP", "BEL", "european_investigation_order", "EIO", ["Dutch", "French", "German"], "yes"),
        ("GBR", "DEU", "eu_uk_surrender", "TCA", ["German"], "yes"),
        ("DEU", "BEL", "european_investigation_order", "EIO", ["Dutch", "French", "German"], "no"),
    ],
)
def test_an_instrument_that_makes_every_state_take_its_own_language_answers_for_it(
    router: Router, asking: str, asked: str, pathway: str, basis_of: str, languages: list[str], due: str
) -> None:
    rows = by_route(asked, router.rulebook.pathways[pathway], asking, router.rulebook, router.law, ON)
    spoken = next(row["language"] for row in rows if any(basis_of in basis for basis in row["basis"]))
    assert (list(spoken["accepted"]), spoken["translate"]) == (languages, due)


def test_an_official_language_is_never_told_as_one_that_was_accepted(router: Router) -> None:
    for row in by_route("JPN", router.rulebook.pathways["mla"], "GHA", router.rulebook, router.law, ON):
        spoken = row.get("language")
        if spoken and not spoken.get("declared_under"):
            assert not spoken["accepted"] and spoken["translate"] == "unknown"


def test_what_divides_offices_by_place_is_not_cut() -> None:
    name = (
        "UK Central Authority, Home Office (England, Wales, Northern Ireland); International Co-operation Unit"
        " (Scotland); HM Revenue and Customs (indirect tax)"
    )
    for place in ("(England, Wales, Northern Ireland)", "(Scotland)", "(indirect tax)"):
        assert place in short_name(name)


def test_what_is_said_beside_a_name_is_no_part_of_it(router: Router) -> None:
    offices = router.law.offices().authorities
    (lithuania,) = (o for o in offices if o.key[:3] == ("LTU", "executing_authority", "eaw"))
    assert lithuania.name == "Prosecutor General's Office"
    assert "Vilnius Regional Court" in lithuania.remark
    for office in offices:
        assert ": " not in BRACKETS.sub("", office.name) and " decides" not in office.name, office.name


def test_a_short_remark_stands_on_the_page_and_a_long_one_in_full() -> None:
    assert remark_beside("the court decides (Landgericht)") == "; the court decides"
    assert remark_beside(None) == "" and remark_beside("long " * 40) == ""


def test_whom_a_state_counts_among_its_judicial_authorities_is_no_address(router: Router) -> None:
    defined = [
        office
        for office in router.law.offices().authorities
        if office.role == "judicial_authority" and (office.instrument, office.provision) in DEFINED
    ]
    assert len(defined) > 10
    for office in defined:
        said = short_name(office.name)
        assert said == office.name or "ompetent" in said or said.startswith("Court"), (office.state, said)
        assert "Constitutional" not in said and "Ministry" not in said


def test_a_text_of_more_than_ten_years_is_told_with_its_year(router: Router) -> None:
    old = [office for office in router.law.offices().authorities if office.old]
    assert {office.old for office in old} >= {1970, 2010, 2012}
    receiver = basis(router, "MDA", "extradition", "Budapest")["receiver"]
    assert receiver["text_of"] == 2009


# Who is written to as well


def test_the_enforcing_authority_is_a_party_of_a_production_order(router: Router, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(ORDER.format(here="no"))
    plan = router.route(path)
    step = next(step for step in plan.steps if step.pathway == "european_production_order")
    assert "notify_enforcing_authority" in {duty.code for duty in plan.obligations}
    (party,) = step.also_to
    assert (party.role, party.state) == ("enforcing_authority", "FRA")
    assert "European Judicial Network" in str(party.ask)
    path.write_text(ORDER.format(here="yes"))
    step = next(step for step in router.route(path).steps if step.pathway == "european_production_order")
    assert step.also_to == ()


def test_a_direct_request_goes_in_copy_where_the_state_declared_so(router: Router) -> None:
    row = basis(router, "ARM", "urgent_mla", "ETS 182", "CHE")
    assert row["via"]["channel"] == "direct"
    assert row["receiver"]["role"] == "judicial_authority"
    assert [party["name"] for party in row["also_to"]] == ["Ministry of Justice"]
    assert basis(router, "CHE", "urgent_mla", "ETS 182", "ARM")["also_to"] == []


def test_a_state_that_wants_urgent_requests_at_its_central_authority_gets_them_there(router: Router) -> None:
    row = basis(router, "HUN", "urgent_mla", "Budapest", "JPN")
    assert row["via"]["channel"] == "central_authorities"


@pytest.mark.parametrize(("asked", "office"), [("IRL", "Central Authority"), ("MLT", "Attorney General")])
@pytest.mark.parametrize("pathway", ["eu_uk_assistance", "electronic_surveillance"])
def test_a_request_from_the_united_kingdom_goes_where_that_state_takes_all_requests(
    router: Router, pathway: str, asked: str, office: str
) -> None:
    row = basis(router, asked, pathway, "EU-UK TCA Part Three", "GBR")
    assert row["via"]["channel"] == "central_authorities"
    assert office in row["receiver"]["name"]


# The way


def test_a_heading_names_the_instrument_that_names_the_office(router: Router) -> None:
    rows = by_route("ARM", router.rulebook.pathways["mla"], "CHE", router.rulebook, router.law, ON)
    headed = [name for row in rows for name in row["basis"]]
    assert "ETS 182" in headed and "ETS 30" in headed
    assert all(len(row["basis"]) == len(set(row["basis"])) for row in rows)


def test_the_way_of_extradition_has_its_provision(router: Router) -> None:
    bound = basis(router, "ROU", "extradition", "ETS 24", "CHE")
    assert bound["via"]["basis"] == ["ets98 5"] and bound["via"]["also_basis"] == ["ets24 12(1)"]
    assert basis(router, "AUS", "extradition", "Budapest", "CHE")["via"]["basis"] == ["budapest 24(7)"]


# The rows


def test_no_name_of_an_office_is_a_way_or_a_remark(router: Router) -> None:
    ways = re.compile(
        r"(directly|by telephone|none by|the same authorities|authorities may|central authority$|by treaty:|"
        r".*breaks off|interpol,|.*central authority by e-mail|a criminal judge may)",
        re.IGNORECASE,
    )
    named = [
        (office.state, office.name)
        for office in router.law.offices().authorities
        if office.confidence != LOW and ways.match(office.name)
    ]
    assert named == []


@pytest.mark.parametrize(
    ("state", "role", "instrument", "words"),
    [
        ("ROU", "central_authority", "fco", "Prosecutor's Office at the High Court"),
        ("ROU", "central_authority", "eio", "Public Ministry"),
        ("ROU", "executing_authority", "eaw", "court of appeal"),
        ("ROU", "executing_authority", "fco", "DIICOT"),
        ("DNK", "executing_authority", "fd-freezing", "anklagemyndigheden"),
        ("DNK", "executing_authority", "fd-confiscation", "Minister of Justice"),
        ("LTU", "executing_authority", "eaw", "Vilnius"),
        ("BEL", "executing_authority", "eaw", "federal prosecutor"),
        ("HRV", "executing_authority", "eaw", "County court"),
        ("SVN", "executing_authority", "eaw", "Investigating judge"),
        ("PRT", "executing_authority", "eaw", "tribunal da relação"),
        ("NLD", "executing_authority", "eio", "officier van justitie"),
        ("AUT", "executing_authority", "fco", "Vienna"),
        ("MLT", "executing_authority", "eaw", "Attorney General"),
        ("ITA", "executing_authority", "eaw", "corte d'appello"),
        ("ITA", "executing_authority", "eio", "capoluogo del distretto"),
        ("ITA", "executing_authority", "fco", "preliminary investigations"),
        ("BGR", "executing_authority", "eaw", "окръжен съд"),
        ("EST", "executing_authority", "eaw", "Ministry of Justice"),
        ("FIN", "executing_authority", "eaw", "Helsinki District Court"),
        ("NLD", "executing_authority", "fco", "officier van justitie"),
        ("PRT", "executing_authority", "eio", "Ministério Público"),
        ("DEU", "executing_authority", "eio", "Staatsanwaltschaft"),
        ("EST", "executing_authority", "eio", "Riigiprokuratuur"),
        ("HRV", "executing_authority", "eio", "County State Attorney"),
        ("SVN", "executing_authority", "eio", "okrožno sodišče"),
        ("CZE", "executing_authority", "fco", "krajský soud"),
        ("SVN", "executing_authority", "fco", "okrožno sodišče"),
        ("HRV", "executing_authority", "fco", "County State Attorney"),
        ("NLD", "executing_authority", "fd-freezing", "officier van justitie"),
        ("FRA", "executing_authority", "fd-freezing", "juge d'instruction"),
        ("ESP", "executing_authority", "eu-uk-tca", "Audiencia Nacional"),
        ("DEU", "asset_recovery_office", "eu-aro", "Bundeskriminalamt"),
        ("FRA", "point_24_7", "budapest", "OFAC"),
        ("MEX", "central_authority_mla", "untoc", "Fiscalía General"),
        ("MEX", "central_authority_extradition", "office", "Secretaría de Relaciones Exteriores"),
        ("AUT", "executing_authority", "eu-isl-nor-surrender", "Public prosecutor"),
        ("CZE", "executing_authority", "eu-isl-nor-surrender", "regional court"),
        ("DEU", "executing_authority", "eu-isl-nor-surrender", "Generalstaatsanwaltschaft"),
        ("HUN", "executing_authority", "eu-isl-nor-surrender", "Budapest-Capital"),
        ("IRL", "executing_authority", "eu-isl-nor-surrender", "High Court"),
        ("LTU", "executing_authority", "eu-isl-nor-surrender", "Vilnius Regional Court"),
        ("LVA", "executing_authority", "eu-isl-nor-surrender", "Prosecutor General"),
        ("SWE", "executing_authority", "eu-isl-nor-surrender", "district court decides"),
        ("AUT", "executing_authority", "eu-uk-tca", "Public prosecutor"),
        ("CZE", "executing_authority", "eu-uk-tca", "regional court"),
        ("FIN", "executing_authority", "eu-uk-tca", "Helsinki District Court"),
        ("IRL", "executing_authority", "eu-uk-tca", "High Court"),
        ("LTU", "executing_authority", "eu-uk-tca", "Vilnius Regional Court"),
        ("MLT", "executing_authority", "eu-uk-tca", "Attorney General"),
        ("SVK", "executing_authority", "eu-uk-tca", "Regional prosecutor"),
        ("ETH", "central_authority_mla", "office", "Ministry of Justice"),
        ("DEU", "point_24_7", "budapest", "Bundeskriminalamt"),
        ("DEU", "central_authority_extradition", "budapest", "Foreign Office"),
    ],
)
def test_what_was_found_is_held(router: Router, state: str, role: str, instrument: str, words: str) -> None:
    held = router.law.offices().held(state, (role,), (instrument,), None, ON)
    assert any(
        words in f"{office.name} {office.remark}" and office.instrument == instrument for office in held
    )


@pytest.mark.parametrize(
    ("state", "under", "languages"),
    [
        ("DNK", "fd-freezing", ("Danish",)),
        ("DNK", "fd-confiscation", ("Danish",)),
        ("CHE", "budapest", ("German", "French", "Italian")),
        ("BEL", "eaw", ("Dutch", "French", "German", "English")),
        ("NLD", "eio", ("Dutch", "English")),
        ("EST", "eio", ("Estonian", "English")),
        ("DEU", "fco", ("German",)),
        ("NLD", "fco", ("Dutch", "English")),
        ("HRV", "fco", ("Croatian",)),
        ("LVA", "eu-isl-nor-surrender", ("Latvian",)),
        ("LTU", "eu-isl-nor-surrender", ("Lithuanian", "English")),
        ("HUN", "eu-isl-nor-surrender", ("Hungarian", "English", "French", "German")),
    ],
)
def test_the_languages_that_the_audit_found_are_held(
    router: Router, state: str, under: str, languages: tuple[str, ...]
) -> None:
    held = router.law.offices().languages(state, (under,), None, ON)
    assert held is not None and held.languages == languages


@pytest.mark.parametrize(
    ("state", "role", "former"),
    [
        ("MEX", "central_authority_mla", "Office of the Attorney General"),
        ("AZE", "point_24_7", "National Security"),
        ("MWI", "central_authority_mla", "Home Affairs"),
        ("BWA", "fiu", "Unit"),
        ("ETH", "fiu", "Centre"),
        ("SVK", "fiu", "National Criminal Agency"),
        ("UZB", "fiu", "Currency"),
    ],
)
def test_an_office_has_its_present_name(router: Router, state: str, role: str, former: str) -> None:
    offices = [o for o in router.law.offices().of_state(state, ON) if o.role == role]
    assert offices and not any(former in office.name for office in offices)


@pytest.mark.parametrize(
    ("state", "present"),
    [("ESP", "Ministry of the Presidency"), ("NLD", "Security"), ("NOR", "Public Security")],
)
def test_a_ministry_of_justice_is_told_by_its_present_name_too(
    router: Router, state: str, present: str
) -> None:
    """The name stays the one that a treaty uses, by which a State's office is recognised; the present one is said."""
    held = [
        office
        for office in router.law.offices().of_state(state, ON)
        if office.role == "central_authority_mla" and office.name.startswith("Ministry of Justice")
    ]
    assert held and all(present in (office.remark or "") for office in held)


def test_what_is_only_a_lead_is_not_the_addressee(router: Router) -> None:
    assert router.law.offices().held("PAN", ("central_authority_mla",), ("oas-mla",), None, ON) == ()
