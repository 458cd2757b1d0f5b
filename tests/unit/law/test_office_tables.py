"""The tables of offices: how old a row is, what is counted, and which address may be quoted."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core.kinds import AGREED
from routing.core.paths import rules_folder
from routing.law import Law
from routing.law.addresses import quotable
from routing.law.check import problems
from routing.law.coverage import bound, coverage
from routing.look_ups.instruments import instrument_data
from routing.opened import Router
from routing.rulebook.freshness import stale
from routing.rulebook.validate.offices import office_fit

DAY = "2026-11-24"

pytestmark = WHOLE_PROGRAM

RULES = rules_folder()
ON = date(2026, 11, 28)
MOST_WITHOUT_A_PAGE = 4  # treaties; more only with an old treaty of which nobody keeps a page


def told(*words: str) -> Any:
    result = CliRunner().invoke(main, [*words, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def changed(folder: Path, table: str, row: str) -> Law:
    """The law data with a row added to a table of offices."""
    shutil.copytree(RULES, folder / "rules")
    path = folder / "rules" / "offices" / table
    path.write_text(path.read_text() + row + "\n")
    return Law.load(folder / "rules")


# Age


def test_an_office_is_as_old_as_its_text(router: Router) -> None:
    old = {item.name for item in stale(router.rulebook, router.law, 3652, ON) if item.kind == "office"}
    assert "MDA central_authority_extradition budapest" in old
    assert "NOR judicial_authority ets30" in old
    assert len(old) > 20
    assert not any(name.endswith("fiu office") and name.startswith("ALB") for name in old)


def test_nothing_was_notified_before_its_instrument_was_made(tmp_path: Path) -> None:
    """A language under a convention of 2003 cannot be of 1970; nor an office."""
    tables = {
        "languages.csv": "CHE,uncac,46(14),,German,one,,,,https://example.org,,high,1970,2026-11-25,",
        "authorities.csv": "CHE,fiu,uncac,,,A desk,,,2002-12-31,,https://example.org,,high,,2026-11-25,",
    }
    for number, (table, row) in enumerate(tables.items()):
        found = [p for p in problems(changed(tmp_path / str(number), table, row)) if "was made" in p.message]
        assert [Path(p.file or "").name for p in found] == [table]


def test_the_day_of_a_text_is_a_day(tmp_path: Path) -> None:
    row = "CHE,fiu,office,,,A desk,,,,,https://example.org,,high,long ago,2026-11-25,"
    law = changed(tmp_path, "authorities.csv", row)
    assert "table.date" in {problem.id for problem in problems(law)}


# Tables that name what is not there


MISNAMED = [
    ("copies.csv", "no_pathway,,,,copied_authority,"),
    ("copies.csv", ",no-treaty,,,copied_authority,"),
    ("copies.csv", ",,by_pigeon,,copied_authority,"),
    ("copies.csv", ",,,no_duty,copied_authority,"),
    ("copies.csv", ",,,,no_party,"),
    ("parts.csv", "NOR,central_authority_mla,office,A desk; B desk,A desk,no_stage,,,,"),
    ("parts.csv", "NOR,central_authority_mla,office,A desk; B desk,A desk,,by_pigeon,,,"),
    ("parts.csv", "NOR,central_authority_mla,office,A desk; B desk,A desk,,,no-treaty,,"),
    ("channels.csv", "mla,mla/ets30,NOR,,no-treaty,,,ets30,direct,ets30 15(1),,"),
    ("channels.csv", "mla,mla/ets30,NOR,,,,,ets30,direct,ets30 15(1),by_pigeon ets30 15(1),"),
    ("channels.csv", "mla,mla/ets30,NOR,,,,,ets30,direct,ets30 15(1),diplomatic ets30 99,"),
]


@pytest.fixture(scope="module")
def misnamed(tmp_path_factory: pytest.TempPathFactory, router: Router) -> list[tuple[str, str]]:
    """The rows of the tables that are told, of the shipped ones with all that name what is not there."""
    folder = Path(shutil.copytree(RULES, tmp_path_factory.mktemp("misnamed") / "rules"))
    for table, row in MISNAMED:
        with (folder / "offices" / table).open("a") as lines:
            lines.write(row + "\n")
    told = [*office_fit(router.rulebook, Law.load(folder))]
    files = {problem.file: Path(problem.file or "").read_text().splitlines() for problem in told}
    return [(Path(problem.file or "").name, files[problem.file][(problem.line or 0) - 1]) for problem in told]


@pytest.mark.parametrize(("table", "row"), MISNAMED)
def test_a_table_names_what_the_rules_have(misnamed: list[tuple[str, str]], table: str, row: str) -> None:
    assert misnamed.count((table, row)) == 1


def test_nothing_is_told_of_the_rows_that_ship(misnamed: list[tuple[str, str]]) -> None:
    assert sorted(misnamed) == sorted(MISNAMED)


def test_a_part_belongs_to_an_office_that_is_held(tmp_path: Path) -> None:
    for number, row in enumerate(
        (
            "NOR,central_authority_mla,office,No such desk,No such,trial,,",
            "NOR,central_authority_mla,office,Superior Prosecuting Authority; the Ministry of Justice where direct contact"
            " does not apply,Another desk,trial,,",
        )
    ):
        law = changed(tmp_path / str(number), "parts.csv", row)
        assert "parts.csv" in {Path(problem.file or "").name for problem in problems(law)}


# Coverage


def test_coverage_counts_the_executing_authorities_of_each_order(router: Router) -> None:
    every = bound(router.law, ON)
    orders = {row.instrument: row for row in every if row.says.startswith("executing")}
    for row in every:
        assert not set(row.held) & set(row.missing) and set(row.leads) <= set(row.missing)
    assert not orders["eaw"].missing and not orders["eio"].missing
    assert {"ESP", "HRV", "ITA", "NLD", "ROU", "SVN"} <= set(orders["fco"].held)
    assert {"GRC", "POL", "PRT"} <= set(orders["fco"].leads)
    assert (
        "BEL"
        in CliRunner()
        .invoke(main, ["law", "coverage", "--missing", "executing_authority:fco", "--as-of", DAY])
        .output
    )


def test_coverage_tells_pairs_and_territories_apart(router: Router) -> None:
    everywhere = coverage(router.law, ON)[-1]
    assert "HND" in everywhere.one_pair["central_authority_mla"]
    assert "CHE" not in everywhere.one_pair["central_authority_mla"]
    rows = told("law", "coverage", "--as-of", DAY)
    whole = next(row for row in rows if row.get("region") == "all")
    assert whole["held_by_territories"]["central_authority_mla"] >= 8


def test_every_order_of_the_union_has_a_line_by_role_and_by_state(router: Router) -> None:
    """Found by a reader: e-Evidence, the issuing authorities and the certificates for sentences had none."""
    rows = {row.kind: row for row in bound(router.law, ON)}
    for kind in (
        "issuing_authority:eio",
        "enforcing_authority:e-evidence",
        "central_authority:fco",
        "sentence_authority:fd-custodial",
        "fine_authority:fd-fines",
        "probation_authority:fd-probation",
        "asset_recovery_office:eu-aro",
        "single_contact_point",
    ):
        assert kind in rows
    assert "FIN" in rows["enforcing_authority:e-evidence"].held
    by_state = told("law", "coverage", "--by-state", "--as-of", DAY)
    assert {code for row in rows.values() for code in (*row.held, *row.missing)} == set(by_state)
    assert sum(len(place["held"]) for place in by_state.values()) == sum(len(r.held) for r in rows.values())
    assert "FIN" in json.dumps(told("law", "coverage", "--as-of", DAY)[-1]["of_states_bound"])
    assert "e-Evidence" in CliRunner().invoke(main, ["law", "coverage", "--by-state", "--as-of", DAY]).output


@pytest.mark.parametrize("row", ["no-treaty,executing_authority,,x", "eaw,no_role,,x"])
def test_what_is_counted_is_there(tmp_path: Path, row: str) -> None:
    law = changed(tmp_path, "counted.csv", row)
    assert "counted.csv" in {Path(problem.file or "").name for problem in problems(law)}


# Addresses


def test_a_private_page_is_not_an_official_text(router: Router) -> None:
    assert router.law.instruments["bolivarian-1911"].text_url == ""
    text = told("law", "show", "bolivarian-1911", "--parties")
    assert text["status_list"] is None and text["text"] is None


def every(router: Router) -> list[dict[str, Any]]:
    """What is shown of every instrument, those that are only cited too."""
    law = router.law
    return [instrument_data(law, e) for e in (*law.instruments.values(), *law.cited().values())]


@pytest.mark.parametrize(("address", "reason"), [("look_up", "no_list"), ("text_url", "no_text")])
def test_every_instrument_has_its_list_and_its_text_or_says_why_not(
    router: Router, address: str, reason: str
) -> None:
    entries = every(router)
    assert len(entries) > 280
    assert [e["id"] for e in entries if bool(e.get(address)) is bool(e.get(reason))] == []
    assert [e["id"] for e in entries if not str(e.get(reason, ".")).endswith(".")] == []


def test_a_treaty_says_in_its_own_entry_why_an_address_is_missing(router: Router) -> None:
    """No general reason stands in for a search: whoever keeps a treaty publishes it, or was looked for."""
    law = router.law
    agreed = [e for e in law.instruments.values() if e.kind in AGREED]
    assert [e.id for e in agreed if not (e.look_up or e.no_list) or not (e.text_url or e.no_text)] == []
    without = [e.id for e in agreed if not e.look_up and not e.text_url]
    assert len(without) <= MOST_WITHOUT_A_PAGE


def test_a_list_of_parties_says_why_there_is_no_address() -> None:
    assert told("law", "show", "sadc-mla", "--parties")["no_list"].endswith(".")
    shown = CliRunner().invoke(main, ["law", "show", "sadc-mla", "--parties"]).output
    assert "status list: none known" in " ".join(shown.split())
    between = told("law", "show", "eio")
    assert "look_up" not in between and between["no_list"] and "no_text" not in between


def test_what_is_called_official_is_a_page_of_who_publishes_it(router: Router) -> None:
    """No copy and no private page stands as the official list or text, of a treaty or of a national law."""
    called = [
        (e.id, address)
        for e in (*router.law.instruments.values(), *router.law.cited().values())
        for address in (getattr(e, "look_up", ""), e.text_url)
        if address
    ]
    assert len(called) > 250
    unlisted = [one for one in called if quotable(router.law.folder, one[1]).address != one[1]]
    assert unlisted == []


def test_a_text_is_not_called_a_status_list(router: Router) -> None:
    listed = (e for e in router.law.instruments.values() if router.law.members(e.id) is not None)
    only_text = [e.id for e in listed if e.text_url and not e.look_up]
    assert only_text
    shown = told("law", "show", only_text[0], "--parties")
    assert shown["status_list"] is None and shown["text"] == router.law.instruments[only_text[0]].text_url


@pytest.mark.parametrize(
    "id", ["carin", "afripol", "aseanapol", "arin-sa", "wacap", "picp", "caricom-impacs"]
)
def test_a_network_says_where_its_members_are_looked_up(router: Router, id: str) -> None:
    assert router.law.instruments[id].look_up.startswith("http")


def test_what_no_document_shows_is_not_quite_sure(router: Router) -> None:
    import csv

    sure = []
    for path in sorted((RULES / "membership").glob("*.csv")):
        entry = router.law.instruments.get(path.stem)
        with path.open() as table:
            sure += [
                (path.stem, row["state"])
                for row in csv.DictReader(table)
                if row["source"] == "unsourced"
                and row["confidence"] == "high"
                and entry is not None
                and not entry.status_url
            ]
    assert sure == []
