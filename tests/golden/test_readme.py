"""README.md shows what the program prints, and points at what is there."""

from __future__ import annotations

import re
import sys

import click
import pytest
from places import ROOT

sys.path.insert(0, str(ROOT / "tools"))

from readme import MADE, README, RUN, fresh

from routing.cli import main

TEXT = README.read_text(encoding="utf-8")


def test_every_output_is_what_the_program_prints() -> None:
    assert len(MADE.findall(TEXT)) >= 3 and RUN.search(TEXT)
    assert fresh(TEXT) == TEXT, "write it anew with `python tools/readme.py`"


def test_a_stale_output_is_noticed() -> None:
    stale = MADE.sub(lambda found: found[1] + "nothing\n" + found[5], TEXT, count=1)
    assert stale != TEXT and fresh(stale) != stale


def test_it_reads_in_about_two_minutes() -> None:
    prose = re.sub(r"```.*?```", "", TEXT, flags=re.S)
    assert len(prose.split()) < 750


@pytest.mark.parametrize(
    "page", ["README.md", "docs/installing.md", "docs/style.md", "docs/working-on-it.md"]
)
def test_every_link_leads_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"(?:^|`|; )routing ([a-z]+)", TEXT, re.M))
    assert len(named) >= 9
    assert named <= set(main.list_commands(click.Context(main)))
