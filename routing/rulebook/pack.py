"""A rulebook as one signed file, so that a machine without network gets new law without new code."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from routing.core.errors import Problems
from routing.core.files import read_bounded
from routing.core.paths import MARKER, installed_rules
from routing.core.private_folder import private_folder
from routing.core.signing import sign, verify
from routing.rulebook.files import DECIDING, read_sources, source_hash
from routing.rulebook.load import load_checked

FORMAT = "routing-rules/1"
PURPOSE = "rules"
LARGEST = 100_000_000
NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/){0,3}[A-Za-z0-9][A-Za-z0-9._-]*")


def packed(folder: Path, private: Path) -> str:
    """The rules of a folder, checked, as the text of one signed file."""
    rulebook, _ = load_checked(folder)
    body = {
        "format": FORMAT,
        "version": rulebook.version,
        "data_date": rulebook.data_date,
        "hash": rulebook.hash,
        "files": {name: data.decode("utf-8") for name, data in read_sources(folder)},
    }
    return json.dumps({**body, "signed": sign(_canonical(body), PURPOSE, private)}, ensure_ascii=False) + "\n"


def verified(path: Path, public: Path) -> dict[str, Any]:
    """What a packed rulebook holds. Raises Problems where the signature does not stand, or it is none."""
    try:
        data = json.loads(read_bounded(path, LARGEST).decode("utf-8"))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Problems.of("this is not a packed rulebook", str(path), fix="`routing rules pack` writes one")
    body = {key: value for key, value in data.items() if key != "signed"}
    verify(_canonical(body), PURPOSE, data.get("signed"), public)
    files = body.get("files")
    if not isinstance(files, dict) or MARKER not in files:
        raise Problems.of("the packed rulebook holds no rules", str(path))
    for name, text in files.items():
        if not NAME.fullmatch(name) or not name.endswith(DECIDING) or not isinstance(text, str):
            raise Problems.of(f"`{name[:60]}` cannot be a file of the rules", str(path))
    return body


def use(path: Path, public: Path) -> Path:
    """Verify a packed rulebook, check its rules, and answer by them from now on. Returns their folder.

    Raises Problems, RulebookProblems.
    """
    body = verified(path, public)
    trial = private_folder() / "rules"
    for name, text in body["files"].items():
        (trial / name).parent.mkdir(parents=True, exist_ok=True)
        (trial / name).write_text(text, encoding="utf-8")
    if source_hash(trial) != body["hash"]:
        raise Problems.of("the packed rulebook is not of the hash that it names", str(path))
    load_checked(trial)
    current = installed_rules()
    current.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = current.parent / f"rules-{body['hash'][:16]}"
    if not folder.is_dir():
        whole = current.parent / f".rules-{os.urandom(6).hex()}"
        shutil.copytree(trial, whole)
        os.rename(whole, folder)
    if source_hash(folder) != body["hash"]:
        raise Problems.of(f"`{folder}` was changed", fix="remove it, and use the file again")
    link = current.with_name(f".current-{os.urandom(6).hex()}")
    link.symlink_to(folder.name)
    os.replace(link, current)
    return folder


def use_ours() -> None:
    """Answer by the rules that came with the program again."""
    installed_rules().unlink(missing_ok=True)


def _canonical(body: dict[str, Any]) -> bytes:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
