"""Which folder of rules is used, and where the cache goes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from places import ROOT

from routing.core.errors import RulebookProblems
from routing.core.paths import cache_folder, installed_rules, rules_folder

CHECKOUT = ROOT


def rulebook(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "rulebook.yaml").write_text("version: 0.1.0\n", encoding="utf-8")
    return folder


def test_the_folder_asked_for_comes_first(tmp_path: Path) -> None:
    mine = rulebook(tmp_path / "mine")
    rulebook(tmp_path / "rules")
    assert rules_folder(mine, package=tmp_path / "routing") == mine.resolve()


def test_then_the_rules_beside_the_package(tmp_path: Path) -> None:
    beside = rulebook(tmp_path / "rules")
    rulebook(tmp_path / "routing" / "rules")
    assert rules_folder(package=tmp_path / "routing") == beside


def test_a_folder_called_rules_without_a_rulebook_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    packaged = rulebook(tmp_path / "routing" / "rules")
    assert rules_folder(package=tmp_path / "routing") == packaged


def test_a_folder_asked_for_that_holds_no_rules_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RulebookProblems, match=r"is not a folder of rules: it has no rulebook.yaml") as told:
        rules_folder(tmp_path)
    assert f"`{tmp_path}`" in str(told.value)


def test_no_rules_at_all_names_both_places(tmp_path: Path) -> None:
    with pytest.raises(RulebookProblems, match="no rules found") as told:
        rules_folder(package=tmp_path / "routing")
    assert str(tmp_path / "rules") in str(told.value)
    assert str(tmp_path / "routing" / "rules") in str(told.value)


def test_this_checkout_uses_its_own_rules() -> None:
    assert rules_folder() == CHECKOUT / "rules"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_cache_follows_the_habit_of_each_system(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for system in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", system)
        found[system] = cache_folder().relative_to(home).as_posix()
    assert found == {
        "linux": ".cache/routing",
        "darwin": "Library/Caches/routing",
        "win32": "AppData/Local/routing",
    }


def test_a_cache_variable_is_followed_when_absolute(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "elsewhere"))
    assert cache_folder() == home / "elsewhere" / "routing"
    monkeypatch.setenv("XDG_CACHE_HOME", "elsewhere")
    assert cache_folder() == home / ".cache" / "routing"


def test_a_user_without_a_home_gets_a_place_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("could not determine home directory")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "home", homeless)
    folder = cache_folder()
    assert folder.is_relative_to(os.devnull)
    with pytest.raises(OSError):
        folder.mkdir(parents=True)


def test_a_home_that_is_relative_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Else rules that lie where the command is called would be answered by."""
    monkeypatch.chdir(tmp_path)
    for variable in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", "relative")
    assert cache_folder().is_absolute() and installed_rules().is_absolute()
