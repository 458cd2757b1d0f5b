"""A rulebook as one signed file, so that a machine without network gets new law without new code."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from routing.core.errors import Problems, quoted
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
    sign(b"", PURPOSE, private)  # so that a key that cannot sign is told before the rules are checked
    rulebook, _ = load_checked(folder)
    files, binary = dict[str, str](), dict[str, str]()
    for name, data in read_sources(folder):
        try:
            files[name] = data.decode("utf-8")
        except UnicodeDecodeError:  # a template of a paper
            binary[name] = base64.b64encode(data).decode("ascii")
    body = {
        "format": FORMAT,
        "version": rulebook.version,
        "data_date": rulebook.data_date,
        "hash": rulebook.hash,
        "files": files,
        "binary": binary,
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
    if not all(isinstance(body.get(name), str) for name in ("version", "data_date", "hash")):
        raise Problems.of("the packed rulebook does not say what it is", str(path))
    if not isinstance(files, dict) or MARKER not in files:
        raise Problems.of("the packed rulebook holds no rules", str(path))
    body["files"] = {name: _data(text, str.encode, name, path) for name, text in files.items()}
    binary = body.get("binary", {})
    if not isinstance(binary, dict) or binary.keys() & files.keys():
        raise Problems.of("the packed rulebook holds a file twice", str(path))
    body["files"] |= {name: _data(text, _from_base64, name, path) for name, text in binary.items()}
    return body


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _data(text: object, bytes_of: Callable[[str], bytes], name: str, path: Path) -> bytes:
    """The bytes of a file. Raises Problems for what cannot be one of the rules."""
    with suppress(ValueError):  # also for letters that no file can hold
        if NAME.fullmatch(name) and name.endswith(DECIDING) and isinstance(text, str):
            return bytes_of(text)
    raise Problems.of(f"{quoted(name)} cannot be a file of the rules", str(path))


def use(path: Path, public: Path) -> Path:
    """Verify a packed rulebook, check its rules, and answer by them from now on. Returns their folder.

    Raises Problems, RulebookProblems.
    """
    body = verified(path, public)
    trial = private_folder() / "rules"
    for name, data in body["files"].items():
        (trial / name).parent.mkdir(parents=True, exist_ok=True)
        (trial / name).write_bytes(data)
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
