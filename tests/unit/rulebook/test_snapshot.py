"""What was opened is what is answered from: an edit of the folder changes nothing until the rules are opened again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from routing.api import Router
from routing.case.facts import facts_for
from routing.core.paths import rules_folder
from routing.core.snapshot import Location
from routing.rulebook import cache as rules_cache
from routing.rulebook.cache import open_rulebook
from routing.rulebook.files import source_hash

DAY = date(2026, 11, 24)
CASE = {"as_of": "2026-11-24", "state": "KEN", "needs": [{"measure": "search", "with": "DEU"}]}


@pytest.fixture(params=["cold", "warm"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path, Router]:
    folder, cache = tmp_path / "rules", tmp_path / "cache"
    shutil.copytree(rules_folder(), folder)
    cache.mkdir(mode=0o700)
    router = Router(*open_rulebook(folder, cache))
    if request.param == "warm":
        router = Router(*open_rulebook(folder, cache))
    return folder, cache, router


def needs_treaty(router: Router) -> str | None:
    case = router.read(CASE)
    value = facts_for(case, case.needs[0], router.rulebook, router.law, DAY).get("information_control")
    return value.text() if value else None


def test_an_edited_profile_changes_nothing_before_the_rules_are_opened_again(
    opened: tuple[Path, Path, Router],
) -> None:
    folder, cache, router = opened
    before, content = needs_treaty(router), router.rulebook.hash
    profile = folder / "states" / "DEU.yaml"
    text = profile.read_text()
    assert "information_control" not in text
    entry = "facts:\n  information_control:\n    value: judicial\n    mark: unverified\n    source: unsourced\n    checked: 2026-11-24\n"
    profile.write_text(text.replace("facts:\n", entry, 1))
    assert (needs_treaty(router), router.rulebook.hash) == (before, content)
    again = Router(*open_rulebook(folder, cache))
    assert needs_treaty(again) == "judicial" != before
    assert again.rulebook.hash == source_hash(folder) != content


def test_an_edited_list_changes_nothing_before_the_rules_are_opened_again(
    opened: tuple[Path, Path, Router],
) -> None:
    folder, cache, router = opened
    path = folder / "membership" / "untoc.csv"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if line[:3] != "KEN") + "\n")
    assert router.law.standing("untoc", "KEN", DAY).status == "in_force"
    again = Router(*open_rulebook(folder, cache))
    assert again.law.standing("untoc", "KEN", DAY).status == "none"
    assert again.rulebook.hash != router.rulebook.hash


def test_rules_written_while_they_are_read_are_answered_from_the_bytes_that_were_hashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, cache = tmp_path / "rules", tmp_path / "cache"
    shutil.copytree(rules_folder(), folder)
    cache.mkdir(mode=0o700)
    before, real, path = source_hash(folder), rules_cache.keep, folder / "membership" / "untoc.csv"

    def writing(instruments: Location) -> list[object]:
        lines = path.read_text().splitlines()
        path.write_text("\n".join(line for line in lines if line[:3] != "KEN") + "\n")
        return real(instruments)

    monkeypatch.setattr(rules_cache, "keep", writing)
    router = Router(*open_rulebook(folder, cache))
    assert router.rulebook.hash == before != source_hash(folder)
    assert router.law.standing("untoc", "KEN", DAY).status == "in_force"


def test_nothing_is_read_from_the_folder_after_opening(opened: tuple[Path, Path, Router]) -> None:
    """Offices, declarations, ties, provisions and instruments that are only cited, too: the folder may be gone."""
    folder, _, router = opened
    shutil.rmtree(folder)
    law = router.law
    assert law.offices().of_state("CHE", DAY)
    assert law.all_declarations() and law.tie_names() and law.cited()
    assert law.provision("untoc 18(1)").says
    assert law.standing("untoc", "KEN", DAY).status == "in_force"
    assert router.route(CASE).needs[0].primary.pathway
