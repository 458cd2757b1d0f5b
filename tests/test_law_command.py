"""`routing law`: what a reader sees, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from routing.cli.law import law

RULES = Path(__file__).resolve().parents[1] / "rules"


def run(*words: str) -> Result:
    return CliRunner().invoke(law, list(words), obj={"rules": RULES})


def data(*words: str) -> Any:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_between_shows_what_binds_what_does_not_yet_and_what_is_not_known() -> None:
    text = run("between", "KEN", "FRA", "--as-of", "2026-11-24").output
    assert text.startswith("Kenya and France, as of 2026-11-24\n")
    binds, unknown = text.index("Binds both"), text.index("Not known")
    assert binds < text.index("UNTOC") < unknown < text.index("Budapest")
    assert "since 2004-07-16" in text and "list to 2024-05-04" in text
    assert "a bilateral treaty on mutual assistance" in text
    assert "--all lists them" in text
    assert "Signed, not in force" in run("between", "GBR", "IRL", "--as-of", "2026-11-24").output
    assert max(map(len, text.splitlines())) <= 110


def test_all_shows_the_rest_with_reasons() -> None:
    text = run("between", "KEN", "FRA", "--as-of", "2026-11-24", "--all").output
    assert "Does not bind them" in text
    assert "outside the circle" in text
    assert "--all lists them" not in text


def test_between_as_json_carries_every_source() -> None:
    found = data("between", "FRA", "IRL", "--as-of", "2026-11-24", "--all")
    assert found["as_of"] == "2026-11-24"
    ties = {tie["instrument"]: tie for tie in found["ties"]}
    assert ties["eio"]["status"] == "none"
    ireland = next(side for side in ties["eio"]["sides"] if side["state"] == "IRL")
    assert ireland["source"].startswith("https://") and ireland["checked"] == "2026-11-24"
    assert {one["fact"] for one in found["asked"]} >= {"bilateral_mla", "fiu_mou"}
    assert "practice-cps" not in ties


def test_codes_are_read_with_a_note_and_wrong_ones_with_help() -> None:
    result = run("between", "UK", "EL", "--as-of", "2026-11-24")
    assert "United Kingdom and Greece" in result.stdout
    assert "`UK` is read as GB" in result.stderr
    wrong = run("between", "KEN", "Frnce")
    assert wrong.exit_code == 2
    assert "`Frnce` is no code of a State" in wrong.stderr and "FRA" in wrong.stderr
    assert run("between", "KEN", "FRA", "--as-of", "tomorrow").exit_code == 2


def test_show_gives_a_provision_with_its_parts_and_its_mark() -> None:
    text = run("show", "untoc 27(1)(b)").output
    assert text.startswith("UNTOC 27(1)(b)")
    assert "27(1)(b)(i)" in text and "the provision was read" in text
    found = data("show", "untoc", "18(9)")
    assert [provision["ref"] for provision in found] == ["untoc 18(9)"]
    assert found[0]["mark"] == "text"
    wrong = run("show", "untoc 99")
    assert wrong.exit_code == 2 and "`untoc 99` is no provision" in wrong.stderr


def test_show_gives_an_instrument_with_its_list_declarations_and_provisions() -> None:
    found = data("show", "eio")
    assert found["listed"] == {"participant": 25, "opted_out": 2, "ended": 1}
    assert found["applies_from"] == "2017-05-22"
    assert "1(1)" in found["provisions"] or found["provisions"]
    text = run("show", "budapest").output
    assert "81 party, 2 signatory" in text and "who can join" in text and "Declarations" in text
    assert "did you mean `untoc`" in run("show", "untok").stderr


def test_list_names_every_instrument_once() -> None:
    found = data("list")
    ids = [row["id"] for row in found]
    assert len(ids) == len(set(ids)) >= 127
    row = next(row for row in found if row["id"] == "untoc")
    assert (row["rows"], row["reaches"], row["in_force"]) == (193, "2024-05-04", "2003-09-29")
    assert "untoc" in run("list").output
