"""Words that somebody else wrote are said back in every place without a sign that moves the cursor, reorders or hides."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_rules import write_rules

from routing.cli import main
from routing.core.printable import UNPRINTABLE, printable

SIGNS = (
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x9b31m",
    "\x08",
    "\r",
    "\x7f",
    "\u202e",
    "\u200b",
    "\x85",
    "\u206b",
    "\u061c",
    "\u3164",
    "\U000e0101",
    "\ufe0f\ufe0e",
)
CASE = "state: KEN\nas_of: 2026-11-24\nneeds:\n- {id: a, measure: locate_person, with: FRA}\n"

# The words of a command in which `@` is odd, and what is given to it in answers.txt or at its questions.
PLACES: dict[str, tuple[list[str], str]] = {
    "an answer from a file": (["ask", "--as-of", "2026-11-24", "--answers", "answers.txt"], "no@ne\n"),
    "a named answer": (["ask", "case.yaml", "--answers", "answers.txt"], "@x: yes\ny@: yes\n"),
    "an answer for another need": (["ask", "case.yaml", "--answers", "answers.txt"], "zz@.coercive: yes\n"),
    "a word of the interview beside a fact": (["ask", "case.yaml", "--answers", "answers.txt"], "x@: back\n"),
    "an answer too many": (["ask", "case.yaml", "--answers", "answers.txt"], "unknown\n" * 40 + "le@ft\n"),
    "a term": (["term", "SIENA@"], ""),
    "a measure": (["new", "-", "--measure", "search@"], ""),
    "a kind": (["new", "-", "--kind", "re@quest"], ""),
    "a day": (["route", "case.yaml", "--as-of", "20@26"], ""),
    "a form": (["route", "case.yaml", "--format", "te@xt"], ""),
    "a limit": (["--limit", "needs@=1", "route", "case.yaml"], ""),
    "an option": (["route", "case.yaml", "--o@dd"], ""),
    "a command": (["ro@ute"], ""),
    "a file": (["route", "od@d.yaml"], ""),
    "a pathway": (["explain", "case.yaml", "--why-not", "m@la"], ""),
    "a fact": (["whatif", "case.yaml", "--set", "co@ercive=yes"], ""),
    "a State": (["law", "who", "K@EN"], ""),
    "a provision": (["law", "show", "alpha 1@"], ""),
    "a story": (["new", "-", "--told", "answers.txt"], "We in Ke@nya look for a man in Fr@ance by Fri@day.\n"),
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown")
    write_rules(folder / "rules")
    (folder / "case.yaml").write_text(CASE)
    return folder


def shown(place: Path, name: str, sign: str) -> str:
    words, given = PLACES[name]
    files = {word: str(place / word) for word in ("case.yaml", "answers.txt")}
    (place / "answers.txt").write_text(given.replace("@", sign), encoding="utf-8")
    told = CliRunner().invoke(
        main, ["--rules", str(place / "rules"), *(files.get(word, word.replace("@", sign)) for word in words)]
    )
    assert told.exit_code != 1 and isinstance(told.exception, SystemExit | None), told.output
    return told.output


@pytest.mark.parametrize("name", PLACES)
def test_no_sign_that_somebody_wrote_moves_the_cursor(place: Path, name: str) -> None:
    for sign in SIGNS:
        out = shown(place, name, sign)
        assert not UNPRINTABLE.search(out) and "\r" not in out and "\x85" not in out, repr(out)
        assert max(map(len, out.splitlines()), default=0) < 500


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(PLACES)),
    st.text(st.characters(blacklist_characters="\0\n"), min_size=1, max_size=80),
)
def test_whatever_is_written_is_said_back_as_text(place: Path, name: str, sign: str) -> None:
    out = shown(place, name, sign)
    assert not UNPRINTABLE.search(out) and "\r" not in out and "\x85" not in out, repr(out)


def test_what_is_shown_on_several_lines_goes_back_to_no_beginning() -> None:
    assert printable("a\r\x85b\nc", one_line=False) == "a\\r\\x85b\nc"


def test_nothing_without_a_form_of_its_own_is_shown_as_it_is() -> None:
    """Letters can be hidden in signs that no screen shows; the two that choose a picture stand alone."""
    assert printable("a\u034f\u115f\u2063\u3164\ufe00\uffa0\U000e0101b").isascii()
    assert printable("\ufe0f\ufe0e\ufe0f") == "\\ufe0f\\ufe0e\ufe0f"
    assert printable("\u26a0\ufe0f") == "\u26a0\ufe0f"
