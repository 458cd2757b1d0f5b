"""How far the law data can be trusted: marks, stale data, samples, and the page that says how to bring them up to date."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from places import ROOT
from rule_folders import read_rulebook
from small_rules import replaced, write_rules
from when_changed import WHOLE_PROGRAM

from routing.cli.law import law
from routing.law import Law
from routing.opened import Router
from routing.opened import shared_router as open_rules
from routing.rulebook.freshness import cited_provisions, marks, sample, stale, unread
from routing.rulebook.load import load_checked

pytestmark = WHOLE_PROGRAM

RULES = ROOT / "rules"
PAGE = RULES / "CURRENCY.md"
TODAY = date(2026, 11, 24)


def run(*words: str, folder: Path = RULES) -> Result:
    return CliRunner().invoke(law, list(words), obj={"rules": folder})


def data(*words: str, folder: Path = RULES) -> Any:
    result = run(*words, "--format", "json", folder=folder)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_marks_are_counted_by_instrument_with_what_is_cited(tmp_path: Path) -> None:
    folder = write_rules(tmp_path / "rules")
    found = {one.instrument: one for one in marks(read_rulebook(folder), Law.load(folder))}
    assert found["alpha"].counts == {"text": 4, "copy": 0, "secondary": 1, "unverified": 1}
    cites = cited_provisions(read_rulebook(folder), Law.load(folder))
    assert found["alpha"].cited == sum(ref.startswith("alpha ") for ref in cites) > 0
    assert found["alpha"].cited_text < found["alpha"].cited
    assert found["alpha"].anchored == 4


def test_a_profile_s_citations_count_as_cited(tmp_path: Path) -> None:
    profiled = 'cites: [{pathway: police, provision: "alpha 5"}]\n'
    plain = write_rules(tmp_path / "a" / "rules", {"reasoning/rules.yaml": "[]\n"})
    told = write_rules(
        tmp_path / "b" / "rules", {"reasoning/rules.yaml": "[]\n", "states/BEL.yaml": profiled}
    )
    assert "alpha 5" in cited_provisions(read_rulebook(told), Law.load(told))
    assert "alpha 5" not in cited_provisions(read_rulebook(plain), Law.load(plain))


def test_the_command_counts_every_provision_once() -> None:
    rows = data("marks")
    assert sum(row[mark] for row in rows for mark in ("text", "copy", "secondary", "unverified")) == len(
        open_rules().rulebook.provisions
    )
    assert [row["instrument"] for row in rows] == sorted(row["instrument"] for row in rows)
    text = run("marks").output
    assert re.search(r"\d+ of \d+ that rules, routes or profiles cite were \(\d+ %\)\.", text)


def test_what_is_cited_and_was_not_read_says_what_stands_in_the_way() -> None:
    router = open_rules()
    open_ = unread(router.rulebook, router.law)
    assert open_ and all(one.mark != "text" for one in open_)
    assert [one.ref for one in open_ if not (one.obstacle or "").strip()] == []
    counted = [one for one in marks(router.rulebook, router.law) if not one.named]
    assert len(open_) == sum(one.cited - one.cited_text for one in counted)


def test_the_command_lists_what_was_not_read_with_its_reason(tmp_path: Path) -> None:
    folder = write_rules(tmp_path / "rules")
    path = folder / "instruments" / "alpha.yaml"
    path.write_text(
        path.read_text().replace(
            "mark: unverified}", "mark: unverified, stands_in_the_way: The gazette is closed.}"
        )
    )
    found = {row["ref"]: row for row in data("marks", "--open", folder=folder)}
    cited = cited_provisions(read_rulebook(folder), Law.load(folder))
    assert set(found) == {
        ref for ref, one in read_rulebook(folder).provisions.items() if ref in cited and one.mark != "text"
    }
    assert found["alpha 5"]["stands_in_the_way"] == "The gazette is closed."
    shown = run("marks", "--open", folder=folder).output
    assert "5 (unverified)" in shown and "The gazette is closed." in shown and "nothing is recorded" in shown
    assert Law.load(folder).provision("alpha 5").obstacle == "The gazette is closed."


def test_what_is_only_named_is_counted_apart(tmp_path: Path) -> None:
    folder = write_rules(tmp_path / "rules")
    path = folder / "instruments" / "alpha.yaml"
    whole = run("marks", folder=folder).output
    path.write_text("named_only: It is theirs.\n" + path.read_text())
    shown = run("marks", folder=folder).output
    cited = next(
        one.cited for one in marks(read_rulebook(folder), Law.load(folder)) if one.instrument == "alpha"
    )
    assert (
        f"Cited by name only, with no text to read: alpha ({cited})." in shown and "by name only" not in whole
    )
    before, after = (int(re.search(r"of (\d+) that rules", text)[1]) for text in (whole, shown))
    assert before - after == cited
    assert (
        "It is theirs." in run("marks", "--open", folder=folder).output
        and "alpha 5" not in run("marks", "--open", folder=folder).output
    )


def test_stale_lists_what_is_older_oldest_first() -> None:
    router = open_rules()
    names = [(item.kind, item.name) for item in stale(router.rulebook, router.law, 180, TODAY)]
    assert ("list", "arab-it") in names and ("list", "budapest") in names
    assert ("list", "eu") not in names and not [name for kind, name in names if kind == "provision"]
    seen = [item.seen for item in stale(router.rulebook, router.law, 180, TODAY)]
    assert seen == sorted(seen, key=lambda day: day or date.min)


@pytest.mark.parametrize(("days", "expected"), [(100, True), (101, False)])
def test_the_bound_is_kept_to_the_day(days: int, expected: bool) -> None:
    router = open_rules()
    on = date(2027, 3, 5)  # 101 days after everything was last checked
    assert (
        ("provision", "untoc 18(1)")
        in [(item.kind, item.name) for item in stale(router.rulebook, router.law, days, on)]
    ) is expected
    assert ("profile", "CHE central_authority") in [
        (item.kind, item.name) for item in stale(router.rulebook, router.law, 100, on)
    ]


def test_the_stale_command_takes_days_and_refuses_other_words() -> None:
    assert "Older than 180 days on 2026-11-24" in run("stale", "--as-of", "2026-11-24").output
    old = [row["name"] for row in data("stale", "--older-than", "6000d", "--as-of", "2026-11-24")]
    assert "capcco" in old and "ITA ets30" in old and "untoc" not in old, "lists, and offices by their texts"
    refused = run("stale", "--older-than", "half a year")
    assert refused.exit_code == 2 and "write 180d" in refused.output


def test_an_audit_can_be_drawn_again_and_says_what_is_missing() -> None:
    router = open_rules()
    first, again, other = (sample(router.rulebook, router.law, 30, seed) for seed in (7, 7, 8))
    assert first == again != other and len({one.ref for one in first}) == 30
    text = run("audit", "--sample", "30", "--seed", "7").output
    assert text.startswith("30 provisions, drawn with --seed 7")
    assert all(one.ref in text for one in first) and "no anchor" in text
    every = sample(router.rulebook, router.law, 10_000, 7)
    assert {"untoc 27(1)(b)", "NOR central_authority"} <= {one.ref for one in every}
    assert all(one.anchor and one.read_at for one in every if one.mark == "text")
    drawn = data("audit", "--sample", "2")
    assert [one["ref"] for one in drawn["provisions"]] == [
        one.ref for one in sample(router.rulebook, router.law, 2, drawn["seed"])
    ]


def test_an_anchor_is_shown_and_its_length_is_checked(tmp_path: Path) -> None:
    def written(anchor: str) -> Path:
        text = f'instrument: alpha\nread_at: here\nchecked: 2026-01-01\nprovisions:\n  "1(1)": {{says: States assist., mark: text, anchor: {anchor}}}\n'
        folder = tmp_path / re.sub(r"\W", "", anchor) / "rules"
        write_rules(folder)
        path = folder / "instruments" / "alpha.yaml"
        path.write_text(text + "".join(line + "\n" for line in path.read_text().splitlines()[5:]))
        return folder

    good = written("afford one another the widest measure")
    assert (
        "anchor    afford one another the widest measure"
        in run("audit", "--sample", "50", "--seed", "1", folder=good).output
    )
    assert Law.load(good).provision("alpha 1(1)").anchor == "afford one another the widest measure"
    assert (
        "anchor              afford one another the widest measure"
        in run("show", "alpha 1(1)", folder=good).output
    )
    for words in ("one another", "one two three four five six seven eight nine"):
        with pytest.raises(Exception, match="the anchor of `alpha 1\\(1\\)` has") as raised:
            read_rulebook(written(words))
        assert "rules/instruments/alpha.yaml:5: " in str(raised.value)


@pytest.mark.parametrize(
    ("lacks", "old", "new", "line"),
    [
        ("read_at", "read_at: https://example.org/alpha\n", "", 4),
        ("checked", "checked: 2026-01-01\n", "", 4),
        ("anchor", ", anchor: shall assist each other always", "", 5),
    ],
)
def test_what_is_said_to_be_read_names_where_and_when_and_its_words(
    tmp_path: Path, lacks: str, old: str, new: str, line: int
) -> None:
    folder = write_rules(tmp_path / "rules", replaced("instruments/alpha.yaml", old, new))
    with pytest.raises(Exception, match=f"`alpha 1\\(1\\)` is marked `text` and has no `{lacks}`") as raised:
        read_rulebook(folder)
    assert f"rules/instruments/alpha.yaml:{line}: " in str(raised.value)
    unread = write_rules(
        tmp_path / "other" / "rules",
        replaced(
            "instruments/alpha.yaml", "mark: text, anchor: shall assist each other always", "mark: secondary"
        ),
    )
    assert read_rulebook(unread).provisions["alpha 1(1)"].anchor is None


def test_every_provision_said_to_be_read_can_be_found_again() -> None:
    for one in open_rules().rulebook.provisions.values():
        if one.mark == "text":
            assert one.read_at and one.checked and one.anchor and 4 <= len(one.anchor.split()) <= 8, one.ref
            assert not re.match(r"(?:Art(?:icle|ikel|\.)?|Section|§)\s*\d", one.anchor), (
                f"{one.ref}: a heading fixes no place"
            )


# The page


def test_every_file_and_command_that_the_page_names_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in re.findall(
        r"`((?:states|membership|instruments|pathways|reasoning)/[a-z0-9./-]*|[a-z]+\.(?:yaml|csv))`", page
    ):
        assert (RULES / name).exists(), name
    for words in set(re.findall(r"`routing law (marks|stale|audit|list|state|between)", page)):
        assert run(words, "--help").exit_code == 0
    assert set(re.findall(r"routing law (\w+)", page)) >= {
        "marks",
        "stale",
        "audit",
        "between",
        "list",
        "state",
    }
    assert (ROOT / "tests" / "unit" / "law" / "test_check.py").exists()


def followed(folder: Path) -> list[str]:
    """A copy of the rules in which the example of the page was carried out; the lists it changed."""
    shutil.copytree(RULES, folder)
    rows = re.findall(r"```csv membership/([a-z0-9-]+)\.csv\n\s*(.+)\n", PAGE.read_text(encoding="utf-8"))
    for instrument, row in rows:
        path = folder / "membership" / f"{instrument}.csv"
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if line[:3] == row[:3]]
        path.write_text("\n".join([head, *sorted([*lines, row])]) + "\n", encoding="utf-8")
    return [instrument for instrument, _ in rows]


def plan(router: Router, own: str, other: str, on: str = "2026-11-24") -> dict[str, Any]:
    """A plan without the digest of the rules, which is another for any other byte."""
    case = {
        "state": own,
        "as_of": on,
        "actor": "police",
        "stage": "investigation",
        "offence": ["cybercrime"],
        "needs": [{"id": "hold", "with": other, "measure": "data_preservation", "purpose": "evidence"}],
    }
    found = json.loads(router.route(json.dumps(case).encode()).json_text())
    found["rulebook"]["hash"] = ""
    return found  # type: ignore[no-any-return]


def test_following_the_page_for_an_accession_changes_its_plans_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    assert followed(folder) == ["budapest", "budapest-247"]
    before, after = open_rules(), open_rules(folder)
    old, new = plan(before, "FRA", "KEN"), plan(after, "FRA", "KEN")
    assert old != new
    assert not any(
        step["pathway"] == "budapest_preservation" and step["certainty"] == "confirmed"
        for step in old["steps"]
    )
    step = next(step for step in new["steps"] if step["pathway"] == "budapest_preservation")
    assert step["certainty"] == "confirmed"
    lead = step["basis"][0]
    assert (lead["provision"], lead["in_force_since"]) == ("budapest 29(1)", "2026-09-01")
    # The day before, it is now known that nothing binds them.
    eve = plan(after, "FRA", "KEN", "2026-08-31")
    assert "budapest_preservation" not in [step["pathway"] for step in eve["steps"]]
    for own, other in (("FRA", "GHA"), ("DEU", "USA"), ("TZA", "UGA")):
        assert plan(before, own, other) == plan(after, own, other), (own, other)


def test_the_law_data_change_for_the_new_party_alone(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    changed = followed(folder)
    before, after = open_rules().law, Law.load(folder)
    # Who joins may now join what is open to its parties alone.
    changed += [
        entry.id
        for entry in before.instruments.values()
        if entry.circle and set(entry.circle.members_of) & set(changed)
    ]
    for place in before.states:
        for instrument in before.instruments:
            same = before.standing(instrument, place.alpha3, TODAY) == after.standing(
                instrument, place.alpha3, TODAY
            )
            assert same == (place.alpha3 != "KEN" or instrument not in changed), (place.alpha3, instrument)


def test_a_slip_in_the_row_is_told_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    followed(folder)
    path = folder / "membership" / "budapest.csv"
    path.write_text(path.read_text().replace("KEN,party,2026-09-01", "KEX,party,2026-09-01"))
    line = next(n for n, row in enumerate(path.read_text().splitlines(), 1) if row.startswith("KEX"))
    with pytest.raises(Exception, match=f"budapest.csv:{line}: `KEX` is not a code of a State"):
        load_checked(folder)
