"""A rulebook as one signed file, so that a machine without network gets new law without new code."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from routing.core.errors import Problems, quoted
from routing.core.files import read_bounded
from routing.core.paths import MARKER, installed_rules
from routing.core.private_folder import passing_folder
from routing.core.signing import sign, verify
from routing.core.strict_json import read_json
from routing.core.writing import put_files
from routing.rulebook.files import DECIDING, read_sources, source_hash
from routing.rulebook.load import load_checked
from routing.rulebook.newest import goes_back, remember

FORMAT = "routing-rules/1"
PURPOSE = "rules"
LARGEST = 50_000_000  # seven times what the rules take
ABANDONED = 3600  # seconds after which what a stopped `use` left behind goes
NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]{0,99}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


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
    """What a packed rulebook holds, and the name of the key that signed it.

    Raises Problems where the signature does not stand, or it is none.
    """
    try:
        data = read_json(read_bounded(path, LARGEST).decode("utf-8"), str(path))
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Problems.of("this is not a packed rulebook", str(path), fix="`routing rules pack` writes one")
    body = {key: value for key, value in data.items() if key != "signed"}
    body["key"] = verify(_canonical(body), PURPOSE, data.get("signed"), public)
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
    for name in body["files"]:
        if any(str(folder) in body["files"] for folder in PurePosixPath(name).parents):
            raise Problems.of(f"{quoted(name)} stands in a folder that is a file too", str(path))
    return body


def _from_base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _data(text: object, bytes_of: Callable[[str], bytes], name: str, path: Path) -> bytes:
    """The bytes of a file. Raises Problems for what cannot be one of the rules."""
    with suppress(ValueError):  # also for letters that no file can hold
        if NAME.fullmatch(name) and name.endswith(DECIDING) and isinstance(text, str):
            return bytes_of(text)
    raise Problems.of(f"{quoted(name)} cannot be a file of the rules", str(path))


def use(path: Path, public: Path, older: bool = False) -> tuple[Path, bool]:
    """Verify a packed rulebook, check its rules, and answer by them from now on. older: even if newer ones of
    the same key were in use.

    Returns their folder, and whether they are older. Raises Problems, RulebookProblems.
    """
    body = verified(path, public)
    with passing_folder() as place:
        trial = place / "rules"
        put_files(trial, body["files"].items())
        if source_hash(trial) != body["hash"]:
            raise Problems.of("the packed rulebook is not of the hash that it names", str(path))
        load_checked(trial)
    current = installed_rules()
    home = _own_home(current.parent)
    gone_back = goes_back(home, body, older)
    folder = home / f"rules-{body['hash'][:16]}"
    if not _holds(folder, body["hash"]):
        whole = home / f".rules-{os.urandom(6).hex()}"
        try:
            put_files(whole, body["files"].items())
            _remove(folder)
            os.rename(whole, folder)
        except BaseException:
            shutil.rmtree(whole, ignore_errors=True)
            raise
    if not gone_back:
        remember(home, body)
    link = current.with_name(f".current-{os.urandom(6).hex()}")
    link.symlink_to(folder.name)
    try:
        os.replace(link, current)
    except BaseException:
        link.unlink(missing_ok=True)
        raise
    return folder, gone_back


def _own_home(home: Path) -> Path:
    """The folder of rules in use, the user's own and closed to the writing of others; what a stopped `use`
    left there goes. Raises Problems for one of somebody else's."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    seen = home.stat()
    if seen.st_uid != os.geteuid():
        raise Problems.of(f"`{home}` belongs to another user", fix="set XDG_DATA_HOME to a folder of yours")
    if seen.st_mode & 0o022:
        home.chmod(seen.st_mode & 0o755)
    for left in (*home.glob(".rules-*"), *home.glob(".current-*")):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > ABANDONED:
                _remove(left)
    return home.resolve()


def _holds(folder: Path, content: str) -> bool:
    """Whether a folder is there with the rules of a content id, whole."""
    try:
        return not folder.is_symlink() and source_hash(folder) == content
    except Problems:
        return False


def _remove(path: Path) -> None:
    """Remove what stands in the place of rules in use, whatever it is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def use_ours() -> None:
    """Answer by the rules that came with the program again."""
    installed_rules().unlink(missing_ok=True)


def _canonical(body: dict[str, Any]) -> bytes:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
