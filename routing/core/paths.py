"""Where the rules stand and where compiled rules are kept."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from routing.core.errors import RulebookProblems

MARKER = "rulebook.yaml"
PACKAGE = Path(__file__).resolve().parents[1]
USED = re.compile(r"rules-([0-9a-f]{16})")
USE_AGAIN = (
    "use their file again with `routing rules use`, or go back to ours with `routing rules use --ours`"
)


def rules_folder(explicit: Path | None = None, *, package: Path = PACKAGE) -> Path:
    """The folder of the rules: the one asked for, else a signed one that is in use, else the checkout's, else
    the packaged copy. Raises RulebookProblems where there is none, or the one in use cannot be used."""
    if explicit is not None:
        if (explicit / MARKER).is_file():
            return explicit.resolve()
        fix = f"name the folder that holds {MARKER}"
        raise RulebookProblems.of(f"`{explicit}` is not a folder of rules: it has no {MARKER}", fix=fix)
    used = _used_rules()
    if used is not None:
        return used
    # A checkout and an editable install have the rules beside the package, a wheel inside it.
    candidates = (package.parent / "rules", package / "rules")
    for folder in candidates:
        if (folder / MARKER).is_file():
            return folder
    message = f"no rules found: neither `{candidates[0]}` nor `{candidates[1]}` has a {MARKER}"
    raise RulebookProblems.of(message, fix="install the package again, or name the folder with --rules")


def installed_rules() -> Path:
    """Where the signed rules that the user chose are named. It need not exist."""
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "routing" / "current"
    return _absolute("XDG_DATA_HOME", ".local/share") / "routing" / "current"


def _used_rules() -> Path | None:
    """The signed rules that the user chose to answer by; None where there are none, or another user put them
    there.

    Raises RulebookProblems where they cannot be used: other rules would answer in their place without a word.
    """
    current = installed_rules()
    try:
        seen = os.stat(current.parent)
    except OSError:
        return None
    if seen.st_uid != os.geteuid() or not os.path.lexists(current):
        return None
    folder = Path(os.path.realpath(current))
    if seen.st_mode & 0o022:
        why = f"others may write in `{current.parent}`"
    elif not as_used(folder) or not (folder / MARKER).is_file():
        why = f"`{current}` leads to none"
    else:
        return folder
    raise RulebookProblems.of(f"the signed rules that you use cannot be used: {why}", fix=USE_AGAIN)


def as_used(folder: Path) -> str:
    """How the content id of the signed rules in a folder begins, by the name that `rules use` gave it; empty
    where it is not one of theirs."""
    named = USED.fullmatch(folder.name)
    return named[1] if named and folder.parent == Path(os.path.realpath(installed_rules().parent)) else ""


def cache_folder() -> Path:
    """The user's folder for what can be made again. It need not exist, nor be writable."""
    if sys.platform == "win32":
        return _absolute("LOCALAPPDATA", "AppData/Local") / "routing"
    if sys.platform == "darwin":
        return _home() / "Library" / "Caches" / "routing"
    return _absolute("XDG_CACHE_HOME", ".cache") / "routing"


def _absolute(variable: str, otherwise: str) -> Path:
    """The folder a variable names; a relative one is ignored, as the XDG specification asks."""
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else _home() / otherwise


def _home() -> Path:
    try:
        home = Path.home()
    except RuntimeError:
        home = Path()
    # A user without a home gets a place that cannot be written: no cache, rather than a shared one. A
    # relative one would be wherever the command is called, with rules that somebody else put there.
    return home if home.is_absolute() else Path(os.devnull)
