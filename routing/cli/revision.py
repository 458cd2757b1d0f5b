"""A rulebook named on the command line: a folder, or a revision of the git repository that holds the
rules."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from routing.core.errors import RulebookProblems
from routing.core.paths import MARKER, rules_folder


def folder_of(name: str, rules: Path | None, into: Path) -> Path:
    """The folder of rules that a name stands for.

    rules: the folder whose repository is meant; else that of the program. into: where the rules
    of a revision are put, in a folder called after its commit. Raises RulebookProblems.
    """
    path = Path(name)
    if (path / MARKER).is_file():
        return path.resolve()
    if path.exists():
        raise RulebookProblems.of(
            f"`{name}` is not a folder of rules: it has no {MARKER}",
            fix=f"name the folder that holds {MARKER}",
        )
    home = rules_folder(rules)
    top = Path(_git(home, name, "rev-parse", "--show-toplevel").decode().strip())
    commit = (
        _git(home, name, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        .decode()
        .strip()
    )
    inside = home.resolve().relative_to(top.resolve()).as_posix()
    target = into / f"rules-{commit[:12]}"
    if not (target / MARKER).is_file():
        packed = _git(
            home, name, "archive", "--format=tar", f"{commit}:{inside}" if inside != "." else commit, at=top
        )
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(target, filter="data")
    return rules_folder(target)


def _git(home: Path, name: str, *words: str, at: Path | None = None) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(at or home), *words], capture_output=True, check=False)
    except FileNotFoundError:
        fix = f"install git, or name a folder that holds {MARKER}"
        raise RulebookProblems.of(
            f"`{name}` is not a folder, and git, which could find a revision of that name, is not installed",
            fix=fix,
        ) from None
    if done.returncode == 0:
        return done.stdout
    if words[:2] == ("rev-parse", "--show-toplevel"):
        message, fix = (
            f"`{name}` is not a folder, and the rules in `{home}` stand in no git repository",
            f"name a folder that holds {MARKER}",
        )
    elif words[0] == "archive":
        message, fix = (
            f"the revision `{name}` has no rules where they stand now, in `{home.name}`",
            "name a later revision, or a folder",
        )
    else:
        message, fix = (
            f"`{name}` is neither a folder nor a revision of the repository that holds the rules",
            "see `git log`, or name a folder",
        )
    raise RulebookProblems.of(message, fix=fix)
