"""A rules folder with the user's own files laid over it: a private copy that goes when the process ends.

It is a folder like any other, so everything is read, checked and hashed as with our own rules. What
is made of it is not kept in the cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from routing.core.errors import Problem, RulebookProblems
from routing.core.private_folder import private_folder, remove_private
from routing.core.records import Record, replace
from routing.core.snapshot import Location
from routing.core.writing import put_files
from routing.law.membership import HEAD
from routing.rulebook.files import read_sources
from routing.rulebook.overlay.reader import Overlay, read_overlay

LIST = "overlays.yaml"
HOMES = "overlays.json"  # where the users' files stand, which decides nothing


class AppliedOverlay(Record):
    """An overlay as the folder made with it remembers it.

    files: what is its, by path inside the folder, with the number of lines of ours that go before.
    """

    name: str
    says: str
    digest: str
    files: dict[str, int]


def apply_overlays(folder: Path, paths: Sequence[Path], place: Path | None = None) -> Path:
    """A folder of the rules with a user's own files laid over it, for this process and this user alone.

    place: where to make it; the folder for temporary files by default. Raises RulebookProblems for a file
    that is not an overlay; whether the whole holds together is for the loader.
    """
    overlays = tuple(map(read_overlay, paths))
    names = [overlay.name for overlay in overlays]
    twice = [
        Problem(f"two overlays are called `{o.name}`", str(o.path), 1, "rename one", "overlay.form")
        for o in overlays
        if names.count(o.name) > 1
    ]
    if twice:
        raise RulebookProblems(twice)
    _refuse_clashes(folder, overlays)
    private = private_folder(place)
    made = private / "rules"
    try:
        put_files(made, read_sources(folder))
        applied = [_apply(overlay, made) for overlay in overlays]
        homes = {overlay.name: str(overlay.path) for overlay in overlays}
        put_files(made, [(LIST, msgspec.json.encode(applied)), (HOMES, msgspec.json.encode(homes))])
    except BaseException:
        remove_private(private)
        raise
    return made


def overlays_in(folder: Location) -> tuple[AppliedOverlay, ...]:
    """The overlays that a folder of rules was made with; none for our own."""
    listed = folder / LIST
    if not listed.is_file():
        return ()
    return msgspec.json.decode(listed.read_bytes(), type=tuple[AppliedOverlay, ...])


def relocated(problems: Iterable[Problem], folder: Location) -> list[Problem]:
    """The same problems, each that stands in an overlay at its place in the user's file."""
    overlays = overlays_in(folder)
    homed = (folder / HOMES).is_file()  # rules that travelled as one file do not say where they came from
    paths = msgspec.json.decode((folder / HOMES).read_bytes()) if overlays and homed else {}
    homes = [
        (f"/{file}", before, paths[overlay.name])
        for overlay in overlays
        if overlay.name in paths
        for file, before in overlay.files.items()
    ]

    def placed(problem: Problem) -> Problem:
        for file, before, path in homes:
            if problem.file and f"/{problem.file}".endswith(file):
                line = (problem.line or 0) - before
                if line > 0 or before == 1:  # the head of a table of theirs, which they did not write
                    return replace(problem, file=path, line=max(line, 1))
        return problem

    return list(map(placed, problems))


def overlay_of(file: str) -> str | None:
    """The name of the overlay that a file of the rules comes from; None for ours."""
    match = re.search(r"with-([a-z][a-z0-9]*)", file.rpartition("/")[2])
    return match[1] if match else None


def _refuse_clashes(folder: Path, overlays: Sequence[Overlay]) -> None:
    clashes = [
        Problem(f"`{file}` is ours already", str(overlay.path), 1, "give yours another name", "overlay.form")
        for overlay in overlays
        for file in overlay.files
        if (folder / file).exists()
    ]
    if clashes:
        raise RulebookProblems(clashes)


def _apply(overlay: Overlay, made: Path) -> AppliedOverlay:
    lines = dict.fromkeys(overlay.files, 0)
    put_files(made, [(name, text.encode()) for name, text in overlay.files.items()])
    for name, text in overlay.more.items():
        path = made / name
        ours = path.read_text(encoding="utf-8") if path.is_file() else ",".join(HEAD) + "\n"
        ours = ours if ours.endswith("\n") else ours + "\n"
        put_files(made, [(name, (ours + text).encode())])
        lines[name] = ours.count("\n")
    return AppliedOverlay(overlay.name, overlay.says, overlay.digest, lines)
