"""Whatever stands in a table of the law data, reading it ends in faults that say where, or in rules that answer."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from small_rules import FILES, write_rules
from small_rules_more import MORE, TABLES

from routing.core.errors import Problem
from routing.law import Law
from routing.law.instruments import KeptInstruments, keep
from routing.opened import Router
from routing.rulebook.load import examine, load_checked

ALL = {**FILES, **MORE, **TABLES}
HOW_MUCH = os.environ.get("ROUTING_FUZZ", "sample")
SAMPLE, SEED = 150, 20261128
ODD = ("", "zzz", "-7", "{", "{zzz}", "a; b", ";", "2026-13-45", "[", "*", "yes", "é" * 300, "9" * 5000)
DAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rules(tmp_path / "rules", {**MORE, **TABLES})


def faults(folder: Path) -> list[Problem]:
    return examine(folder)[2]


def told(folder: Path, file: str, text: str) -> list[Problem]:
    """The faults with another text in the place of a file, which each say what and where."""
    (folder / file).write_text(text, encoding="utf-8", newline="")
    found = faults(folder)
    assert all(fault.id and fault.file and fault.line for fault in found), found
    return found


def written(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def variants() -> Iterator[tuple[str, str]]:
    """Every cell of every table in turn with every odd word, and every line left out, doubled and cut."""
    for file in sorted(name for name in ALL if name.endswith(".csv")):
        rows = list(csv.reader(io.StringIO(ALL[file])))
        for number, row in enumerate(rows):
            before, after = rows[:number], rows[number + 1 :]
            for place in range(len(row)):
                for odd in ODD:
                    yield file, written([*before, [*row[:place], odd, *row[place + 1 :]], *after])
            yield file, written([*before, *after])
            yield file, written([*before, row, row, *after])
            yield file, written([*before, row[:-1], *after])


def answered(folder: Path) -> None:
    """What is without a fault answers cases."""
    router = Router(*load_checked(folder))
    for asking, asked in (("KEN", "FRA"), ("FRA", "NOR")):
        for measure in ("find_person", "take_statement"):
            need = {"id": "a", "measure": measure, "with": asked}
            router.route(router.read({"state": asking, "as_of": DAY, "needs": [need]}), DAY)


def test_whatever_stands_in_a_table_is_told_or_answers(folder: Path) -> None:
    assert faults(folder) == [], "what is varied must be right as it stands"
    answered(folder)
    drawn = list(variants())
    assert len(drawn) > 5000
    if HOW_MUCH == "sample":
        drawn = random.Random(SEED).sample(drawn, SAMPLE)
    for file, text in drawn:
        if not told(folder, file, text):
            answered(folder)
        (folder / file).write_text(ALL[file], encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ask.confirm,Held under {under}: confirm.\n", "", "there are no words for `ask.confirm`"),
        ("{languages}; translation due", "{tongues}; translation due", "nothing fills `{tongues}`"),
        ("{languages}; translation due", "{languages; translation due", "nothing fills"),
        ("{languages}; translation due", "{languages:>9999999}", "nothing fills `{languages}`"),
        ("{languages}; translation due", "{languages.__class__}", "nothing fills `{languages.__class__}`"),
        ("language.official.alpha 4,Write to {state}", "language.official.alpha 4,Write to {other}", "fills"),
        ("ask.own,", "ask.ours,", "`ask.ours` is not a key of wording"),
        ("ask.own,", "way.direct,", "`way.direct` stands twice, first on line 2"),
    ],
)
def test_a_sentence_about_offices_is_there_and_can_be_filled(
    folder: Path, old: str, new: str, said: str
) -> None:
    file = "offices/wording.csv"
    assert ALL[file].count(old) == 1
    assert any(said in str(fault) for fault in told(folder, file, ALL[file].replace(old, new)))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("membership/alpha.csv", "\nNAM,", '\n"NAM",'),
        ("membership/alpha.csv", "\nNAM,", "\n NAM,"),
        ("membership/alpha.csv", "\nNAM,", "\nNAM ,"),
        ("bilateral.csv", "assistance,FRA,KEN", 'assistance,"FRA",KEN'),
        ("bilateral.csv", "assistance,FRA,KEN", "assistance,FRA ,KEN"),
    ],
)
def test_a_line_that_would_not_be_found_again_is_told(folder: Path, file: str, old: str, new: str) -> None:
    """Lines are looked for by how they begin where the rules were read before: a State must not be lost by that."""
    assert ALL[file].count(old) == 1
    found = told(folder, file, ALL[file].replace(old, new))
    assert [fault.id for fault in found] == ["table.cells"]
    assert "the line does not begin with" in found[0].message


def test_a_list_says_the_same_when_it_was_read_before(folder: Path) -> None:
    """As long as no fault is told, the list read line by line is the list read as a whole."""
    for end in ("\n", "\r\n"):
        text = ALL["membership/alpha.csv"].replace("\n", end)
        assert told(folder, "membership/alpha.csv", text) == []
        whole, kept = Law.load(folder), Law.load(folder, keep(folder / "instruments.yaml"))
        assert isinstance(kept.instruments, KeptInstruments)
        for state in (place.alpha3 for place in whole.states):
            assert whole.standing("alpha", state, DAY) == kept.standing("alpha", state, DAY)


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\x9b", "\u202e", "\ufeff", "\0"])
@pytest.mark.parametrize(
    "file", ["offices/authorities.csv", "membership/alpha.csv", "bilateral.csv", "providers.csv"]
)
def test_a_sign_that_cannot_be_seen_is_told(folder: Path, file: str, sign: str) -> None:
    text = ALL[file].rstrip("\n") + f"x{sign}y\n"
    assert any("cannot be seen and is not allowed" in fault.message for fault in told(folder, file, text))


@pytest.mark.parametrize("break_", ["\n", "\r", "\x85"])
def test_a_line_that_breaks_inside_a_cell_is_told(folder: Path, break_: str) -> None:
    file = "membership/alpha.csv"
    text = ALL[file].replace("high,2026-01-01,\nFRA", f'high,2026-01-01,"a{break_}NAM,party"\nFRA')
    assert text != ALL[file]
    assert any("a line breaks inside the cell" in fault.message for fault in told(folder, file, text))


def test_faults_of_one_table_do_not_hide_those_of_others(folder: Path) -> None:
    (folder / "offices/narrow.csv").write_text("a head\n")
    (folder / "offices/addresses.csv").write_text("another head\n")
    (folder / "territories.csv").write_text(
        ALL["territories.csv"] + "nothing,NOR,extended,,,unsourced,high,2026-01-01,\n"
    )
    files = {Path(str(fault.file)).name for fault in faults(folder)}
    assert {"narrow.csv", "addresses.csv", "territories.csv"} <= files
