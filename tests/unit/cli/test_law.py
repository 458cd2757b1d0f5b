"""`routing law`: what a reader sees, as text and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from places import ROOT

from routing.cli import main
from routing.cli.law import law

RULES = ROOT / "rules"


def run(*words: str) -> Result:
    return CliRunner().invoke(law, list(words), obj={"rules": RULES})


def data(*words: str) -> Any:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_between_shows_what_binds_what_does_not_yet_and_what_is_not_known() -> None:
    given = ["--rules", str(RULES), "law", "between", "KEN", "FRA", "--as-of", "2026-11-24"]
    text = CliRunner().invoke(main, [*given, "--strict-dates"]).output
    assert text.startswith("Kenya and France, as of 2026-11-24\n")
    assert "Budapest " not in run("between", "KEN", "FRA", "--as-of", "2026-11-24").output
    binds, unknown = text.index("Binds both"), text.index("Not known")
    assert binds < text.index("UNTOC") < unknown < text.index("Budapest")
    assert "since 2004-07-16" in text and "list to 2026-09-11" in text
    assert "a bilateral treaty on mutual assistance" in text
    assert "--all lists them" in text
    assert "Signed, not in force" in run("between", "GBR", "IRL", "--as-of", "2026-11-24").output
    addresses = {line for line in text.splitlines() if line.strip().startswith("https://")}  # never broken
    assert max(map(len, set(text.splitlines()) - addresses)) <= 110


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
    assert "`Frnce` is not a State" in wrong.stderr and "FRA" in wrong.stderr
    assert run("between", "KEN", "FRA", "--as-of", "tomorrow").exit_code == 2


def test_show_gives_a_provision_with_its_parts_and_its_mark() -> None:
    text = run("show", "untoc 27(1)(b)").output
    assert text.startswith("UNTOC 27(1)(b)")
    assert "27(1)(b)(i)" in text and "the provision was read" in text
    found = data("show", "untoc", "18(9)")
    assert [provision["ref"] for provision in found] == ["untoc 18(9)"]
    assert found[0]["mark"] == "text"
    wrong = run("show", "untoc 99")
    assert wrong.exit_code == 2 and "`untoc 99` is not a provision" in wrong.stderr


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
    assert (row["rows"], row["reaches"], row["in_force"]) == (195, "2026-09-11", "2003-09-29")
    assert "untoc" in run("list").output


def test_parties_are_counted_for_a_day_beside_the_published_total() -> None:
    found = data("show", "UNTOC", "--parties", "--as-of", "2024-05-04")
    # The depositary's page of that day says 192, the European Union among them.
    assert found["counts"] == {"in_force": 191, "signed": 1, "unknown": 0, "none": 3, "territories": 16}
    assert found["published_total"].startswith("195 incl. EU") and found["list_reaches"] == "2026-09-11"
    rows = {row["state"]: row for row in found["parties"]}
    assert (
        rows["IRN"]["status"] == "none"
        and rows["FRA"]["since"] == "2003-09-29"
        and rows["FRA"]["source"].startswith("http")
    )
    assert rows["ABW"]["territory"] and rows["ABW"]["status"] == "in_force"
    later = data("show", "untoc", "--parties", "--as-of", "2025-09-05")["counts"]
    assert (later["in_force"], later["none"]) == (193, 1)


def test_parties_as_text_group_the_states_and_say_what_is_not_known() -> None:
    text = run("show", "UNTOC", "--parties", "--as-of", "2024-05-04").output
    assert text.startswith("UNTOC (untoc), as of 2024-05-04\n")
    assert "191; signed only 1, not known 0" in text and "195 incl. EU" in text
    assert (
        text.index("Bound (207)")
        < text.index("FRA  France: since 2003-09-29")
        < text.index("Signed only (1)")
        < text.index("Not bound (3)")
    )
    assert max(map(len, text.splitlines())) <= 110
    early = run("show", "egmont", "--parties", "--as-of", "1950-01-01").output
    assert "States bound        0" in early and "it came into being only in 1995-06" in early


@pytest.mark.parametrize(("words", "said"), [
    (("untoc 18", "--parties"), "not with an article"), (("fatf", "--parties"), "no list of members is kept"),
    (("untoc", "--as-of", "2024-05-04"), "goes with --parties"), (("untoc", "--parties", "--as-of", "soon"), "`soon`"),
])  # fmt: skip
def test_parties_asked_wrongly_are_told(words: tuple[str, ...], said: str) -> None:
    wrong = run("show", *words)
    assert wrong.exit_code == 2 and said in wrong.stderr
