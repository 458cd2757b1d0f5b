"""Whether a rules folder still says the same: quick to see, and never wrong about an edit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from routing.rulebook import files
from routing.rulebook.files import source_hash, still_says


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read from end to end."""
    seen: list[Path] = []

    def reading(folder: Path) -> str:
        seen.append(folder)
        return source_hash(folder)

    monkeypatch.setattr(files, "source_hash", reading)
    return seen


def test_what_did_not_change_is_not_read_again(
    small_rules: Path, read: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "TICK", 0)
    digest = source_hash(small_rules)
    assert [still_says(small_rules, digest) for _ in range(3)] == [True] * 3
    assert read == [small_rules]
    assert not still_says(small_rules, "another") and read == [small_rules]


def test_what_changed_a_moment_ago_is_read_each_time(small_rules: Path, read: list[Path]) -> None:
    (small_rules / "rulebook.yaml").touch()
    digest = source_hash(small_rules)
    assert still_says(small_rules, digest) and still_says(small_rules, digest)
    assert read == [small_rules] * 2


@pytest.mark.parametrize("how", ["same size and time", "another file in its place", "one more", "one less"])
def test_an_edit_is_seen_however_it_is_made(
    small_rules: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "TICK", 0)
    digest = source_hash(small_rules)
    assert still_says(small_rules, digest)
    file = next(path for path in sorted(small_rules.rglob("*.yaml")) if b"a" in path.read_bytes())
    before = file.stat()
    edited = file.read_bytes().replace(b"a", b"b", 1)
    if how == "one less":
        file.unlink()
    elif how == "one more":
        (small_rules / "more.yaml").write_bytes(edited)
    else:
        if how == "another file in its place":
            file.unlink()
        file.write_bytes(edited)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size and file.stat().st_mtime_ns == before.st_mtime_ns
    assert not still_says(small_rules, digest)
    assert still_says(small_rules, source_hash(small_rules))
