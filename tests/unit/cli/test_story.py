"""A told case that leaves something open: what is done meanwhile, and what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from routing.cli import main

pytestmark = pytest.mark.when_changed("rules", "routing")


def told(folder: Path, text: str) -> str:
    file = folder / "told.txt"
    file.write_text(text, encoding="utf-8")
    output = CliRunner().invoke(main, ["route", str(file), "--as-of", "2026-12-01"]).output
    return " ".join(output.split())


def test_in_danger_the_provider_that_is_named_is_asked_at_once(tmp_path: Path) -> None:
    page = told(
        tmp_path,
        "Cyber unit, São Paulo. Somebody on Discord announces that he will shoot at a school tomorrow morning in"
        " Curitiba. We only have his user name and server id.",
    )
    now, _, read = page.partition("Now, whatever else you need:")[2].partition("Read as: ")
    assert "Ask for emergency disclosure: Use the provider's emergency form now" in now
    assert now.count("Telephone the foreign police:") == 1 and "we: Brazil" in read


def test_no_provider_is_asked_where_none_is_named(tmp_path: Path) -> None:
    page = told(
        tmp_path,
        "Police in São Paulo. A man announces that he will shoot at a school tomorrow morning in Curitiba.",
    )
    now = page.partition("Now, whatever else you need:")[2]
    assert "Telephone the foreign police:" in now and "emergency disclosure" not in now


def test_who_asks_what_to_do_first_is_asked_what_is_needed_and_not_who_asks_whom(tmp_path: Path) -> None:
    page = told(
        tmp_path,
        "Police Pune, India. A firm lost money by a false invoice yesterday. Half of it went to an account in Hong"
        " Kong this morning. What do we do first?",
    )
    assert "what do you need: 1 stopping a suspicious transaction; 2 freezing or seizing assets?" in page
    assert "who deals with whom" not in page


TOLD = (
    "We are the police in Nairobi. He stole 30 cars. Nobody is in danger."
    " We want the bank statements of his firm from Uganda.\n"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain",),
        ("draft", "--list"),
        ("whatif", "--set", "dual_criminality=no"),
        ("change", "--to", "police_channel"),
    ],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("told", [TOLD, f"story: {TOLD}"], ids=["bare", "under a name"])
def test_a_story_is_read_by_each_command_that_reads_a_case(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (file := tmp_path / "story.txt").write_text(told)
    command, *options = arguments
    for source, text in ((str(file), None), ("-", told)):
        shown = CliRunner().invoke(main, [command, source, *options], input=text)
        assert shown.exit_code in (0, 3), shown.stderr
        assert "we (Kenya) ask Uganda for: " in " ".join(shown.stderr.split()) and shown.stdout
        assert "we (Kenya)" not in shown.stdout


def test_what_a_story_lacks_is_asked_by_each_command(tmp_path: Path) -> None:
    (file := tmp_path / "story.txt").write_text("We are the police in Nairobi. He stole 30 cars there.\n")
    shown = CliRunner().invoke(main, ["explain", str(file)])
    assert shown.exit_code == 2 and "we need some" in shown.stderr and not shown.stdout
