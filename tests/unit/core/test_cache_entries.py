"""The cache is the user's own, tells nothing of a case, and is never believed where somebody else may have written it."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT
from small_rules import write_rules
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core import at_end, cache_entries
from routing.core.cache_entries import KEY, clear, contents, read_entry, write_entry
from routing.core.paths import rules_folder
from routing.opened import Router
from routing.rulebook.overlay.merge import apply_overlays

pytestmark = WHOLE_PROGRAM

MEMORANDUM = ROOT / "examples" / "your-own-data" / "memorandum.yaml"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """An entry that was written, in a cache folder of its own."""
    entry = tmp_path / "cache" / "rulebook-1.json"
    write_entry(entry, b"what was worked out")
    assert read_entry(entry) == b"what was worked out"
    return entry


def _file(folder: Path) -> Path:
    return next(file for file in folder.iterdir() if file.name != KEY)


def test_what_is_kept_is_for_the_user_alone_and_its_name_tells_nothing(kept: Path) -> None:
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    for file in kept.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "rulebook" not in file.name
    assert len(list(kept.parent.iterdir())) == 2, "nothing but the key and the entry"


def test_a_digest_that_anybody_could_work_out_is_not_believed(kept: Path) -> None:
    forged = b"what somebody else wrote"
    name = _file(kept.parent)
    for digest in (hashlib.sha256(forged).hexdigest().encode() + b"\n", hashlib.sha256(forged).digest()):
        name.write_bytes(digest + forged)
        assert read_entry(kept) is None


@given(st.data())
def test_no_changed_byte_and_no_cut_goes_unnoticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    entry = tmp_path_factory.mktemp("cache") / "entry"
    write_entry(entry, b"0123456789" * 5)
    file = _file(entry.parent)
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = data.draw(st.one_of(st.just(whole[:place]), st.binary(max_size=80), st.just(whole + b"x")))
    file.write_bytes(changed)
    assert read_entry(entry) == (whole[32:] if changed == whole else None)
    file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    assert read_entry(entry) is None
    write_entry(entry, b"anew")
    assert read_entry(entry) == b"anew"


def test_an_entry_answers_for_its_own_name_only(kept: Path) -> None:
    other = kept.with_name("rulebook-2.json")
    write_entry(other, b"of other rules")
    first, second = sorted(file for file in kept.parent.iterdir() if file.name != KEY)
    (one, two) = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert read_entry(kept) is None and read_entry(other) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("what", ["folder", "entry", "key"])
def test_what_belongs_to_another_user_is_not_read(kept: Path, what: str) -> None:
    given_away = {"folder": kept.parent, "entry": _file(kept.parent), "key": kept.parent / KEY}[what]
    os.chown(given_away, 12345, 12345)
    assert read_entry(kept) is None
    write_entry(kept, b"anew")
    assert read_entry(kept) == (None if what == "folder" else b"anew")


@pytest.mark.parametrize("what", ["entry", "key"])
@pytest.mark.parametrize(
    "how", ["fifo", "link", "hard link", "folder", "empty", "writable by others", "endless"]
)
def test_what_is_no_file_of_the_users_own_is_made_again_and_never_waited_for(
    kept: Path, what: str, how: str, tmp_path: Path
) -> None:
    place = _file(kept.parent) if what == "entry" else kept.parent / KEY
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(place.read_bytes())
    if how == "writable by others":
        place.chmod(0o622)
    else:
        place.unlink()
    if how == "fifo":
        os.mkfifo(place)
    elif how == "link":
        place.symlink_to(elsewhere)
    elif how == "endless":
        place.symlink_to("/dev/zero")
    elif how == "hard link":
        place.hardlink_to(elsewhere)
    elif how == "folder":
        (place / "inside").mkdir(parents=True)
    elif how == "empty":
        place.write_bytes(b"")
    assert read_entry(kept) is None
    write_entry(kept, b"anew")
    assert read_entry(kept) == b"anew"


def test_a_folder_that_others_may_enter_is_closed_to_them(kept: Path) -> None:
    kept.parent.chmod(0o777)
    assert read_entry(kept) == b"what was worked out"
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_link_in_the_place_of_the_folder_is_not_followed(kept: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(kept.parent)
    assert read_entry(link / kept.name) is None
    write_entry(link / "another", b"through the link")
    assert read_entry(kept.parent / "another") is None


def test_what_is_too_large_is_not_kept_and_what_is_old_goes(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_entries, "LARGEST", 1000)
    monkeypatch.setattr(cache_entries, "MOST_BYTES", 2500)
    write_entry(kept.with_name("large"), b"x" * 1000)
    assert read_entry(kept.with_name("large")) is None
    written = kept.parent.stat().st_mtime
    for number in range(5):
        write_entry(kept.with_name(str(number)), b"x" * 900)
        for file in kept.parent.iterdir():
            os.utime(file, (written - 1000 + number,) * 2 if file.name != KEY else None)
    assert contents(kept.parent).size <= 2500
    for file in kept.parent.iterdir():
        os.utime(file, (1, 1))
    write_entry(kept, b"anew")
    assert contents(kept.parent).entries == 1 and read_entry(kept) == b"anew"


def test_what_earlier_versions_left_goes(kept: Path) -> None:
    (kept.parent / "with-0_1_0-abc" / "rules").mkdir(parents=True)
    (kept.parent / "rulebook-0_1_0.json").write_text("old")
    (kept.parent / "notes of mine").write_text("not the program's")
    write_entry(kept, b"anew")
    assert {file.name for file in kept.parent.iterdir()} == {KEY, _file_of(kept), "notes of mine"}


def _file_of(kept: Path) -> str:
    return next(file.name for file in kept.parent.iterdir() if file.name.endswith(".entry"))


def test_a_failed_write_leaves_nothing_behind(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    write_entry(kept, b"anew")
    assert read_entry(kept) == b"what was worked out"
    assert len(list(kept.parent.iterdir())) == 2


def test_clear_removes_it_all(kept: Path) -> None:
    assert clear(kept.parent).entries == 1
    assert list(kept.parent.iterdir()) == [] and contents(kept.parent).entries == 0


def test_the_command_shows_and_clears(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    write_entry(tmp_path / "routing" / "rulebook-1.json", b"what was worked out")
    shown = CliRunner().invoke(main, ["cache"])
    assert shown.exit_code == 0 and str(tmp_path / "routing") in shown.output and "entries" in shown.output
    cleared = CliRunner().invoke(main, ["cache", "clear"])
    assert cleared.exit_code == 0 and list((tmp_path / "routing").iterdir()) == []
    assert "0 entries" in CliRunner().invoke(main, ["cache", "clear"]).output


def test_a_users_own_data_are_kept_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = apply_overlays(rules_folder(), [MEMORANDUM], tmp_path / "place")
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    router = Router.open(folder)
    router.route(
        {"as_of": "2026-11-24", "state": "KEN", "needs": [{"measure": "locate_person", "with": "FRA"}]}
    )
    assert not (tmp_path / "cache").exists()
    at_end.tidy()
    assert list((tmp_path / "place").iterdir()) == []


def test_a_program_that_opened_own_data_holds_no_copy_of_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """All of it is read when it is opened; the copy stood, with an open file, until the program ended."""
    from routing.library import Router

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = len(os.listdir("/proc/self/fd"))
    router = Router.open(write_rules(tmp_path / "rules"), overlays=[_nothing(tmp_path)])
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("routing-")] == []
    assert len(os.listdir("/proc/self/fd")) == before
    case = {"as_of": "2026-11-24", "state": "KEN", "needs": [{"measure": "find_person", "with": "FRA"}]}
    assert "mine" in str(router.route(case).rulebook.overlays)
    assert "find_person" in router.template(["finding a person"])


def test_own_data_that_cannot_be_laid_over_leave_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("routing.rulebook.overlay.merge.put_files", full)
    with pytest.raises(OSError, match="No space"):
        apply_overlays(write_rules(tmp_path / "rules"), [_nothing(tmp_path)], tmp_path / "place")
    assert list((tmp_path / "place").iterdir()) == []


def _nothing(folder: Path) -> Path:
    own = folder / "own.yaml"
    own.write_text("overlay: mine\nsays: Ours.\n")
    return own


def test_clearing_goes_on_where_another_process_was_quicker(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.unlink

    def quicker(*given: Any, **more: Any) -> None:
        real(*given, **more)
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "unlink", quicker)
    clear(kept.parent)
    assert list(kept.parent.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    from routing.core.private_folder import private_folder

    left = private_folder(tmp_path)
    os.utime(left, (1, 1))
    assert private_folder(tmp_path) != left and left.exists(), "its process still runs"
    child = os.fork()
    if not child:
        abandoned = tmp_path / f"routing-{os.geteuid()}-abandoned"
        abandoned.mkdir()
        os.utime(abandoned, (1, 1))
        os._exit(0)
    os.waitpid(child, 0)
    private_folder(tmp_path)
    assert not (tmp_path / f"routing-{os.geteuid()}-abandoned").exists()
    at_end.tidy()
    assert list(tmp_path.iterdir()) == []


def test_a_private_folder_that_has_passed_leaves_no_open_file(tmp_path: Path) -> None:
    """A program that opens a thousand overlays, or packed rules, once ran out of files that it may open."""
    from routing.core.errors import RulebookProblems
    from routing.core.private_folder import passing_folder, private_folder, remove_private
    from routing.library import Router

    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("overlay: mine\nsays: Invented.\nrules: [{id: mine.a, says: Mine., close: [nowhere]}]\n")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        with passing_folder() as passing:
            assert passing.is_dir()
        folder = private_folder(tmp_path)
        remove_private(folder)
        remove_private(folder)
        assert not passing.exists() and not folder.exists()
    with pytest.raises(RulebookProblems):
        Router.open(overlays=[wrong])
    assert len(os.listdir("/proc/self/fd")) == before
