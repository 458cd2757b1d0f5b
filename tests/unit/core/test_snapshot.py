"""What was opened is what is answered from: an edit of the folder changes nothing until the rules are opened again."""

from __future__ import annotations

import pickle
import shutil
from datetime import date
from pathlib import Path

import pytest
from places import ROOT
from when_changed import WHOLE_PROGRAM

import routing
from routing.case.facts import facts_for
from routing.core.errors import RulebookProblems
from routing.core.paths import rules_folder
from routing.core.snapshot import Location
from routing.law import Law
from routing.opened import Router, check_same_rules, shared_router
from routing.rulebook import cache as rules_cache
from routing.rulebook.cache import open_rulebook
from routing.rulebook.files import source_hash
from routing.rulebook.parse.glossary import Glossary
from routing.rulebook.validate.style import style_in
from routing.verify.statements import load_statements

pytestmark = WHOLE_PROGRAM

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


def test_terms_and_what_is_claimed_of_the_rules_are_read_from_what_was_hashed(
    opened: tuple[Path, Path, Router],
) -> None:
    folder, _, router = opened
    before = load_statements(router.rulebook)
    shutil.rmtree(folder)
    assert load_statements(router.rulebook) == before
    assert before.invariants and before.constraints and before.expectations
    assert Glossary.load(router.rulebook.source).find("mutual legal assistance")
    assert style_in(router.rulebook.source) == []
    assert Law.load(router.rulebook.source).standing("untoc", "KEN", DAY).status == "in_force"


def test_a_rulebook_given_to_another_process_takes_its_files_with_it(
    opened: tuple[Path, Path, Router],
) -> None:
    folder, _, router = opened
    sent = pickle.loads(pickle.dumps(router.rulebook))
    shutil.rmtree(folder)
    assert load_statements(sent) == load_statements(router.rulebook)


def test_a_template_of_a_paper_is_part_of_what_the_id_covers(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    before = source_hash(folder)
    template = next((folder / "documents" / "templates").glob("*.docx"))
    template.write_bytes(b"broken")
    assert source_hash(folder) != before


def test_only_pages_written_beside_the_rules_look_at_the_folder() -> None:
    """What is asked of a rulebook is in what was read; the command line alone writes and compares its pages."""
    reading = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "routing").rglob("*.py")
        if "Path(rulebook.folder)" in path.read_text() or "Path(router.rulebook.folder)" in path.read_text()
    }
    assert {place for place in reading if not place.startswith("routing/cli/")} <= {
        "routing/verify/cross_check.py",  # whose workers open the folder and refuse other rules
        "routing/verify/proof_page.py",  # PROOF.md, which is written of the rules and is none of them
    }


def test_a_second_load_in_one_process_gives_the_new_answer_after_an_edit(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    first = routing.load_rulebook(folder)
    assert routing.load_rulebook(folder) is first
    path = folder / "membership" / "untoc.csv"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if line[:3] != "KEN") + "\n")
    second = routing.load_rulebook(folder)
    assert second.rulebook.hash == source_hash(folder) != first.rulebook.hash
    assert second.standing("untoc", "KEN", DAY).status == "none"
    assert first.standing("untoc", "KEN", DAY).status == "in_force"


def test_a_worker_that_opened_other_rules_does_not_answer() -> None:
    router = shared_router()
    check_same_rules(router.rulebook, router.rulebook.hash)
    with pytest.raises(RulebookProblems, match="the rules changed"):
        check_same_rules(router.rulebook, "0" * 64)


def test_a_list_that_was_kept_names_the_same_states_as_one_read_anew(
    opened: tuple[Path, Path, Router],
) -> None:
    """What is read only as far as it is asked for once had no member when asked as a whole."""
    folder, _, router = opened
    anew = Law.load(folder)
    for id in anew.instruments:
        ours, theirs = router.law.members(id), anew.members(id)
        assert (ours is None) is (theirs is None), id
        if ours is not None and theirs is not None:
            assert sorted(ours.states) == sorted(theirs.states) and len(ours) == len(theirs), id


@pytest.mark.parametrize("cached", [True, False])
def test_what_was_opened_does_not_change(cached: bool) -> None:
    router = Router.open(cached=cached)
    for mapping in (
        router.rulebook.facts,
        router.rulebook.instruments,
        router.rulebook.pathways,
        router.rulebook.provisions,
        router.law.instruments,
        router.law.groups,
        pickle.loads(pickle.dumps(router.rulebook)).facts,
    ):
        with pytest.raises(TypeError):
            mapping["x"] = 1  # type: ignore[index]
