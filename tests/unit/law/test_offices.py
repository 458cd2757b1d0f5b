"""The right office, its language, and a source that can be quoted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core.errors import RulebookProblems
from routing.core.paths import rules_folder
from routing.law import Law
from routing.law.addresses import quotable
from routing.law.check import problems
from routing.law.confidence import LOW
from routing.law.offices import Offices
from routing.opened import Router
from routing.phrasing.of_offices import short_name
from routing.rulebook.overlay.merge import apply_overlays
from routing.yaml.tree import read_bytes

pytestmark = WHOLE_PROGRAM

RULES = rules_folder()
ON = date(2026, 11, 25)
CASE = """
title: A file
state: {asking}
as_of: 2026-11-25
actor: prosecutor
stage: investigation
offence: [fraud]
max_penalty_months: 10 years
organised_group: established
transnational: [several_states]
needs:
  - {{id: bank, measure: bank_records, with: {asked}, purpose: evidence, dual_criminality: yes}}
"""
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def law() -> Law:
    return Law.load(RULES)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The plan between two States, as JSON."""
    folder, kept = tmp_path_factory.mktemp("cases"), {}

    def asked(asking: str, asked: str, *more: str) -> dict[str, Any]:
        if (asking, asked, more) not in kept:
            path = folder / "case.yaml"
            path.write_text(CASE.format(asking=asking, asked=asked))
            result = run("route", str(path), "--format", "json", *more)
            kept[asking, asked, more] = json.loads(result.stdout)
        found: dict[str, Any] = kept[asking, asked, more]
        return found

    return asked


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def told(*words: str) -> Any:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def step(plan: dict[str, Any], pathway: str) -> dict[str, Any]:
    return next(one for one in plan["steps"] if one["pathway"] == pathway)


# The tables


def changed(folder: Path, table: str, *rows: str) -> list[tuple[str, int, str]]:
    """The faults of the tables with rows added to one of them: file, line counted from the first row added, id."""
    for name in ("offices", "states", "membership", "instruments"):
        shutil.copytree(RULES / name, folder / name)
    for path in RULES.glob("*.*"):
        shutil.copy(path, folder / path.name)
    path = folder / "offices" / table
    ours = path.read_text()
    path.write_text(ours + "".join(f"{row}\n" for row in rows))
    before = ours.count("\n")
    try:
        found = [*problems(Law.load(folder))]
    except RulebookProblems as error:
        found = [*error.problems]
    return [(Path(p.file or "").name, (p.line or 0) - before, p.id) for p in found]


GOOD = "CHE,fiu,office,,,A desk,,,,,https://example.org,,high,,2026-11-25,"
SPOKEN = "CHE,uncac,46(14),,Romansh,one,,,,https://example.org,,high,,2026-11-25,"


@pytest.mark.parametrize(
    ("row", "id"),
    [
        (GOOD.replace("CHE", "CHX"), "table.state"),
        (GOOD.replace("fiu", "bureau"), "table.choice"),
        (GOOD.replace("office", "uncacc"), "instrument.unknown"),
        (GOOD.replace("office", "bilateral"), "table.choice"),
        (GOOD.replace("A desk", ""), "table.choice"),
        (GOOD.replace("A desk,,,", "A desk,,by_pigeon,"), "table.choice"),
        (GOOD.replace("https://example.org", ""), "table.source"),
        (GOOD.replace("https://example.org", "a book"), "table.source"),
        (GOOD.replace("high", "sure"), "table.choice"),
        (GOOD.replace("2026-11-25", "yesterday"), "table.date"),
        (GOOD.replace(",,,https", ",2020,2019,https"), "table.date"),
    ],
)
def test_a_fault_in_an_office_is_told_with_file_and_line(tmp_path: Path, row: str, id: str) -> None:
    assert changed(tmp_path, "authorities.csv", row) == [("authorities.csv", 1, id)]


@pytest.mark.parametrize(
    ("row", "id"),
    [
        (SPOKEN.replace("Romansh", ""), "table.choice"),
        (SPOKEN.replace(",one", ",some"), "table.choice"),
        (SPOKEN.replace("CHE", "CHX"), "table.state"),
    ],
)
def test_a_fault_in_a_language_is_told_with_file_and_line(tmp_path: Path, row: str, id: str) -> None:
    assert changed(tmp_path, "languages.csv", row) == [("languages.csv", 1, id)]


def test_an_office_stands_once(tmp_path: Path) -> None:
    assert changed(tmp_path, "authorities.csv", GOOD, GOOD) == [("authorities.csv", 2, "table.twice")]


def test_what_was_gathered_is_there(law: Law) -> None:
    """The shared lists held 377 and 88 rows, the profiles named central authorities of 84 States; nothing was lost."""
    sure: dict[str, set[str]] = {}
    for office in law.offices().authorities:
        if office.confidence != LOW:
            sure.setdefault(office.role, set()).add(office.state)
    least = {
        "central_authority_mla": 110,
        "central_authority_extradition": 45,
        "point_24_7": 33,
        "fiu": 160,
        "ncb": 13,
    }
    short = {role: len(sure.get(role, ())) for role, n in least.items() if len(sure.get(role, ())) < n}
    assert not short
    assert len({a.state for a in law.offices().accepted if a.confidence != LOW}) >= 54


def test_a_profile_s_central_authority_is_in_the_table(law: Law) -> None:
    named = {
        o.state for o in law.offices().authorities if o.role.startswith(("central_authority", "copy_of"))
    }
    for path in sorted((RULES / "states").glob("*.yaml")):
        tree = read_bytes(path.read_bytes(), str(path))
        known = tree.get("known") if hasattr(tree, "get") else None
        if known is not None and hasattr(known, "get") and known.get("central_authority") is not None:
            assert path.stem in named, path.name


def test_no_row_of_another_treaty_is_an_addressee(law: Law) -> None:
    offices: Offices = law.offices()
    assert not offices.held("ALB", ("central_authority_mla",), ("no-treaty",), None, ON) or all(
        o.instrument == "office"
        for o in offices.held("ALB", ("central_authority_mla",), ("no-treaty",), None, ON)
    )


def test_a_row_counts_from_its_first_day_to_its_last(law: Law) -> None:
    dated = [o for o in law.offices().authorities if o.since and o.since.first.year > 1990]
    assert dated
    for office in dated:
        assert office.since is not None
        assert office not in law.offices().of_state(office.state, date(1950, 1, 1))


def test_each_kind_of_step_asks_for_its_own_office(law: Law) -> None:
    roles = law.offices().roles_for
    assert [r.role for r in roles("central_authority", "provisional_arrest", "receiver")] == [
        "central_authority_extradition",
        "requests_for_surrender",
    ]
    assert roles("central_authority", "mla", "receiver")[0].role == "central_authority_mla"
    assert roles("police", "cross_border_observation", "receiver")[0].role == "observation_authority"
    assert {r.role for r in roles("police", "police_to_police", "receiver")} == {"police"}


# The plan


def test_a_request_of_ghana_to_switzerland_names_office_way_and_language(ask: Ask) -> None:
    plan = ask("GHA", "CHE")
    mla = step(plan, "mla")
    assert "Federal Office of Justice" in mla["receiver"]["name"]
    assert mla["receiver"]["declared_under"] == "UNTOC 18(13)"
    assert mla["receiver"]["source"].startswith("https://treaties.un.org/")
    assert mla["sender"]["name"]
    assert mla["via"]["channel"] == "central_authorities"
    assert mla["via"]["basis"] == ["untoc 18(13)"]
    assert mla["language"]["accepted"] == ["German", "French", "Italian"]
    assert mla["language"]["translate"] == "yes"
    duty = next(one for one in plan["obligations"] if one["code"] == "use_an_accepted_language")
    assert "German, French or Italian" in duty["says"]
    assert duty["basis"] == ["untoc 18(14)"]


def test_the_text_names_the_office_that_receives(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.format(asking="GHA", asked="CHE"))
    for form in ("text", "markdown"):
        assert "Federal Office of Justice" in " ".join(
            run("route", str(path), "--format", form).output.split()
        )


def test_inside_the_union_judges_and_prosecutors_write_to_each_other(ask: Ask) -> None:
    for asking, asked in (("DEU", "DNK"), ("DNK", "IRL")):
        mla = step(ask(asking, asked), "mla")
        if mla["route"].startswith("mla/eu-mla2000"):
            assert mla["via"]["channel"] == "direct"
            assert mla["via"]["basis"] == ["eu-mla2000 6(1)"]
            break
    else:
        pytest.fail("no route of the convention of 2000")


def test_the_united_kingdom_is_asked_through_its_central_authority(ask: Ask) -> None:
    mla = step(ask("FRA", "GBR"), "eu_uk_assistance")
    assert mla["receiver"]["role"] == "central_authority"
    assert mla["receiver"]["name"]
    assert mla["via"]["channel"] == "central_authorities"


def test_a_state_may_have_a_way_of_its_own_as_the_one_that_asks(law: Law) -> None:
    offices, route = law.offices(), "eu_freezing_order/fd-freezing"
    leaves = offices.channel("eu_freezing_order", route, "MLT", "IRL")
    arrives = offices.channel("eu_freezing_order", route, "IRL", "MLT")
    others = offices.channel("eu_freezing_order", route, "MLT", "DNK")
    assert leaves and (leaves.sender_party, leaves.basis) == ("central_authority", ("irish-mla-act 33(4)",))
    assert arrives and (arrives.receiver_party, arrives.basis) == (
        "central_authority",
        ("irish-mla-act 34(1)",),
    )
    assert others and (others.via, others.basis) == ("executing_authority", ("fd-freezing 4(1)",))
    assert all(channel.declared_under == ("fd-freezing",) for channel in (leaves, arrives, others))


def test_an_office_that_is_not_held_is_unknown_and_says_whom_to_ask(ask: Ask) -> None:
    parties = [
        party
        for one in ask("GHA", "SOM")["steps"]
        for party in (one["sender"], one["receiver"])
        if party and not party.get("name")
    ]
    assert parties
    assert any(party.get("ask") for party in parties)


@pytest.mark.parametrize("state", ["UGA", "CRI"])
def test_an_office_at_which_requests_arrive_sends_none(tmp_path: Path, state: str) -> None:
    """Section 8(1) of the Ugandan Act says how a request reaches Uganda, not who asks for a person abroad."""
    path = tmp_path / "case.yaml"
    sides = {}
    for own, other, side in ((state, "GBR", "sender"), ("GBR", state, "receiver")):
        case = CASE.format(asking=own, asked=other).replace("bank_records", "surrender")
        path.write_text(case.replace("purpose: evidence, ", ""))
        plan = json.loads(run("route", str(path), "--format", "json").stdout)
        sides[side] = step(plan, "extradition")[side].get("name")
    assert not sides["sender"]
    assert sides["receiver"]


# who, coverage, stale


def test_an_office_named_under_another_treaty_is_likely_and_to_be_confirmed(ask: Ask) -> None:
    plan = ask("GHA", "KOR")
    step = next(step for step in plan["steps"] if step["pathway"] == "mla")
    receiver = step["receiver"]
    assert receiver["name"] is None and receiver["ask"]
    assert receiver["likely"]["name"] == "Minister of Justice"
    assert receiver["likely"]["declared_under"] == "UNCAC 46(13)"
    assert "confirm before sending" in receiver["likely"]["says"]
    assert "Korean or English under UNCAC 46(14)" in step["language"]["says"]
    assert step["language"]["accepted"] == [] and step["language"]["translate"] == "unknown"


def test_offices_of_one_treaty_only_are_never_likely_under_another(law: Law) -> None:
    carried = {role.role for role in law.offices().roles if role.carries}
    assert carried == {"central_authority_mla", "central_authority_extradition"}
    roles = law.offices().roles_for("executing_authority", "european_investigation_order", "receiver")
    assert law.offices().likely("DEU", roles, ON) == ()


def test_a_treaty_names_the_office_itself_where_none_was_declared(law: Law) -> None:
    named = {(row.office.instrument, row.office.role) for row in law.offices().by_treaty}
    assert ("ets24", "central_authority_extradition") in named and (
        "riyadh",
        "central_authority_mla",
    ) in named

    def receiver(state: str) -> dict[str, Any]:
        result = run("law", "who", state, "--from", "CHE", "--for", "extradition", "--format", "json")
        bases = {basis: row for row in json.loads(result.stdout)["bases"] for basis in row["basis"]}
        return bases["ETS 24"]["receiver"]

    assert receiver("ARM")["name"] is None
    assert "ETS 24 12(1) names the Ministry of Justice" in receiver("ARM")["likely"]["says"]
    assert receiver("NOR")["name"] == "Ministry of Justice"  # it named that very office under another


def test_offices_of_several_stages_are_not_cut_to_the_first() -> None:
    name = "Ministry of Justice (trial); Prosecutor General's Office (pre-trial investigation)"
    assert (
        short_name(name)
        == "Ministry of Justice (trial) or Prosecutor General's Office (pre-trial investigation)"
    )


def test_who_answers_alone_in_text_and_json() -> None:
    text = run("law", "who", "Switzerland", "--from", "Ghana").output
    for word in ("Federal Office of Justice", "fedpol", "MROS", "German, French, Italian"):
        assert word in text
    found = told("law", "who", "CHE", "--for", "mla", "--from", "GHA")
    assert "Federal Office of Justice" in json.dumps(found)


def test_who_leaves_out_treaties_that_do_not_bind_the_state() -> None:
    headed = {basis for row in told("law", "who", "CHE", "--for", "mla")["bases"] for basis in row["basis"]}
    assert {"ETS 30", "Budapest"} <= headed
    assert not headed & {"ASEAN MLAT", "San Luis Protocol", "EU MLA Convention 2000", "ECOWAS MLA"}
    assert "known to bind Ireland" in run("law", "who", "IRL", "--for", "european_investigation_order").output


def test_who_tells_a_state_and_a_pathway_that_it_does_not_know() -> None:
    assert run("law", "who", "Switzerlandia").exit_code == 2
    assert run("law", "who", "CHE", "--for", "zzzz").exit_code == 2


def test_what_has_no_official_address_is_not_quite_sure(law: Law) -> None:
    assert not [
        (row.state, row.provision)
        for row in (*law.offices().authorities, *law.offices().accepted)
        if not row.source and row.confidence == "high"
    ]


def test_the_page_of_a_state_opens_with_how_to_reach_it() -> None:
    lines = run("law", "state", "Switzerland").output.splitlines()
    first = next(number for number, line in enumerate(lines) if "Federal Office of Justice" in line)
    assert first < 12


def test_coverage_counts_by_region_and_lists_who_is_missing() -> None:
    found = told("law", "coverage")
    assert found
    assert "Africa" in run("law", "coverage").output
    assert "GAB" in run("law", "coverage", "--missing", "central_authority_mla").output


def test_stale_and_audit_cover_offices() -> None:
    assert "office" in run("law", "stale", "--older-than", "0d", "--as-of", "2027-11-25").output
    assert "language" in run("law", "audit", "--sample", "600", "--seed", "1").output


# Sources


@pytest.mark.parametrize(
    ("read", "official"),
    [
        ("https://www.fedlex.admin.ch/eli/cc/1982/846_846_846", True),
        ("https://zaki.ru/pagesnew.php?id=1", False),
        ("https://github.com/someone/laws/blob/main/a.md", False),
    ],
)
def test_a_page_is_quoted_only_if_it_is_official(law: Law, read: str, official: bool) -> None:
    assert bool(quotable(RULES, read).address) is official


def test_every_instrument_of_the_treaty_collections_has_its_official_page(law: Law) -> None:
    for id, start in (
        ("untoc", "https://treaties.un.org/"),
        ("uncac", "https://treaties.un.org/"),
        ("budapest", "https://www.coe.int/"),
        ("ets182", "https://www.coe.int/"),
    ):
        entry = law.instruments[id]
        assert (entry.status_url or "").startswith(start), id
        assert entry.text_url, id
    unquoted = [e.id for e in law.instruments.values() if e.text_url and not e.text_url.startswith("http")]
    assert not unquoted


def test_between_shows_the_official_address() -> None:
    assert "treaties.un.org" in run("law", "between", "GHA", "CHE").output


# A user's own


OWN = """overlay: mydesk
says: Our own list of offices.
offices:
  - {state: CHE, role: central_authority_mla, instrument: untoc, provision: "18(13)", name: Another Office,
     source: "https://desk.example/che", confidence: high, checked: 2026-10-01}
languages:
  - {state: CHE, instrument: office, languages: English, needed: one, source: "https://desk.example/che",
     confidence: high, checked: 2026-10-01}
"""


def test_an_overlay_corrects_an_office_and_its_languages(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN)
    mla = step(ask("GHA", "CHE", "--with", str(path)), "mla")
    assert mla["receiver"]["name"] == "Another Office"
    assert mla["language"]["accepted"] == ["English"]
    assert "Federal Office of Justice" in step(ask("GHA", "CHE"), "mla")["receiver"]["name"]
    general = Law.load(apply_overlays(RULES, [path])).offices()
    assert [a.languages for a in general.accepted_by("CHE", ON) if not a.partner] == [("English",)]


def test_a_fault_in_an_overlay_is_told_at_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        OWN.replace("state: CHE, role", "state: CHX, role").replace("needed: one", "needed: some")
    )
    found = run("rules", "check", "--with", str(path)).output
    assert f"{path}:4" in found
    assert f"{path}:7" in found
    path.write_text(OWN.replace("provision:", "article:"))
    assert f"{path}:4" in run("rules", "check", "--with", str(path)).output


def test_offices_are_hashed_with_the_rules(tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    before = Router.open(tmp_path / "rules").rulebook.hash
    with (tmp_path / "rules" / "offices" / "authorities.csv").open("a") as table:
        table.write(GOOD + "\n")
    assert Router.open(tmp_path / "rules").rulebook.hash != before
