"""Who signed a receipt or a rulebook is confirmed, and nothing that was changed passes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from places import ROOT
from small_rules import write_rules

from routing.cli import main
from routing.core import signing
from routing.core.errors import Problems, RulebookProblems
from routing.core.paths import installed_rules, rules_folder
from routing.opened import shared_router

pytest.importorskip("cryptography")
CASE = ROOT / "examples" / "early-whereabouts" / "case.yaml"


def run(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def key(tmp_path: Path) -> Path:
    assert run("receipt", "key", tmp_path / "k").exit_code == 0
    assert (tmp_path / "k").stat().st_mode & 0o777 == 0o600
    return tmp_path / "k"


def test_a_receipt_is_signed_and_verified(tmp_path: Path, key: Path) -> None:
    file, other = tmp_path / "r.json", tmp_path / "other"
    assert run("route", CASE, "--receipt", file).exit_code == 0
    assert run("receipt", "sign", file, "--key", key).exit_code == 0
    told = run("receipt", "verify", file, "--key", f"{key}.pub")
    assert told.exit_code == 0 and "The signature holds: ed25519:" in told.output
    run("receipt", "key", other)
    assert run("receipt", "verify", file, "--key", f"{other}.pub").exit_code == 2
    assert run("receipt", "verify", file, "--key", key).exit_code == 2, "a private key verifies nothing"
    assert run("receipt", "sign", file, "--key", f"{key}.pub", "--force").exit_code == 2
    signature = Path(f"{file}.sig")
    whole = json.loads(signature.read_text())
    for spoilt in (
        {**whole, "signature": ""},
        {**whole, "signature": "A" * 88},
        {**whole, "signature": f"{whole['signature'][:-3]}{chr(ord(whole['signature'][-3]) + 1)}=="},
        [],
        {"format": whole["format"]},
        {**whole, "key": "ed25519:" + "0" * 32},
        {**whole, "signed_by": "The Hague"},
    ):
        signature.write_text(json.dumps(spoilt))
        told = run("receipt", "verify", file, "--key", f"{key}.pub")
        assert told.exit_code == 2 and "internal" not in told.output


def test_a_pair_that_was_made_in_half_is_told_and_made_whole(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between its two files once left a key whose signatures the public one beside it never verified."""
    file, before = tmp_path / "r.json", Path(f"{key}.pub").read_text()
    assert run("route", CASE, "--receipt", file).exit_code == 0
    real = signing.write_file

    def killed(path: Path, *args: Any, **options: Any) -> None:
        if path.suffix == ".pub":
            raise KeyboardInterrupt
        real(path, *args, **options)

    with monkeypatch.context() as patched:
        patched.setattr(signing, "write_file", killed)
        run("receipt", "key", key, "--force")
    assert Path(f"{key}.pub").read_text() == before
    told = run("receipt", "sign", file, "--key", key)
    assert told.exit_code == 2 and f"`{key}.pub` is not the public key of `{key}`" in told.output
    assert not Path(f"{file}.sig").exists()
    assert run("receipt", "key", key, "--public").exit_code == 0
    assert Path(f"{key}.pub").read_text() != before
    assert run("receipt", "sign", file, "--key", key).exit_code == 0
    assert run("receipt", "verify", file, "--key", f"{key}.pub").exit_code == 0
    assert run("receipt", "key", f"{key}.pub", "--public").exit_code == 2


def test_older_rules_of_a_signer_do_not_come_back_without_a_word(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A true signature under an old file is as true as ever. Who has the newer rules is to be told."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    rules = write_rules(tmp_path / "rules")
    top = rules / "rulebook.yaml"
    text = top.read_text()
    packs = {
        "first": ("1.2.3", "2026-01-01"),
        "tenth": ("1.10.0", "2026-02-01"),
        "older": ("1.9.0", "2026-02-01"),
        "before": ("1.10.0", "2026-01-31"),
    }
    for name, (version, day) in packs.items():
        top.write_text(text.replace("1.2.3", version).replace("2026-01-01", day))
        told = run("--rules", rules, "rules", "pack", tmp_path / name, "--key", key)
        assert told.exit_code == 0, told.output

    def use(name: str, *options: str) -> Result:
        return run("rules", "use", tmp_path / name, "--key", f"{key}.pub", *options)

    assert use("first").exit_code == 0 and use("tenth").exit_code == 0 and use("tenth").exit_code == 0
    answering = rules_folder()
    for name in ("first", "older", "before"):
        told = use(name)
        assert told.exit_code == 2 and "are older than those of the same key" in told.output, told.output
        assert "after version `1.10.0` of `2026-02-01`" in told.output and rules_folder() == answering
    run("rules", "use", "--ours")
    assert use("first").exit_code == 2, "nor by the way of the rules of the program"
    told = use("first", "--older")
    assert told.exit_code == 0 and "these rules are older" in told.output and rules_folder() != answering
    assert use("older").exit_code == 2, "what was newest stays known"
    newest = installed_rules().parent / "newest.json"
    for spoilt in ("", "[]", '{"a": 1}', "[" * 5000, '{"a": {}, "a": {}}'):
        newest.write_text(spoilt)
        told = use("tenth")
        assert told.exit_code == 2 and "newest.json" in told.output and "internal" not in told.output
    newest.unlink()
    assert use("first").exit_code == 0, "the first is trusted"


def test_a_rulebook_travels_as_one_signed_file_and_answers(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    rules, file = write_rules(tmp_path / "rules"), tmp_path / "new.rules"
    ours = rules_folder()
    assert run("--rules", rules, "rules", "pack", file, "--key", key).exit_code == 0
    assert "The signature holds" in run("rules", "verify", file, "--key", f"{key}.pub").output
    assert run("rules", "use", file, "--key", f"{key}.pub").exit_code == 0
    assert rules_folder() != ours and rules_folder().is_relative_to(tmp_path / "data")
    assert str(rules_folder()) in run("--version").output
    installed_rules().parent.chmod(0o777)
    with pytest.raises(RulebookProblems, match="others may write"):
        rules_folder()
    assert run("rules", "use", file, "--key", f"{key}.pub").exit_code == 0
    assert rules_folder().is_relative_to(tmp_path / "data"), "`use` closes the folder to others"
    assert run("rules", "use", "--ours").exit_code == 0 and rules_folder() == ours
    data = json.loads(file.read_text())
    for change in (
        {"files": {**data["files"], "rulebook.yaml": data["files"]["rulebook.yaml"] + "\n"}},
        {"hash": "0" * 64},
        {"version": "9"},
        {"files": {**data["files"], "../out.yaml": "x"}},
        {"signed": None},
    ):
        file.write_text(json.dumps({**data, **change}))
        for words in (("rules", "verify", file), ("rules", "use", file)):
            told = run(*words, "--key", f"{key}.pub")
            assert told.exit_code == 2 and "internal" not in told.output
    assert rules_folder() == ours


def test_the_rules_of_the_program_travel_whole_with_what_is_no_text(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since templates of papers are files of a word processor, packing our own rules failed."""
    from routing.rulebook import pack

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    rules, file = write_rules(tmp_path / "rules"), tmp_path / "new.rules"
    (rules / "templates").mkdir()
    (rules / "templates" / "form.docx").write_bytes(b"PK\x03\x04\xfa\xff")
    assert run("--rules", rules, "rules", "pack", file, "--key", key).exit_code == 0
    folder, _ = pack.use(file, key.with_name(f"{key.name}.pub"))
    assert (folder / "templates" / "form.docx").read_bytes() == b"PK\x03\x04\xfa\xff"
    body = {name: value for name, value in json.loads(file.read_text()).items() if name != "signed"}
    for wrong in (
        {"binary": {"templates/form.docx": "no base64"}},
        {"binary": {"../form.docx": ""}},
        {"binary": {"rulebook.yaml": ""}},
        {"binary": []},
        {"version": None},
        {"files": {**body["files"], "words.yaml": "\ud800"}},
    ):
        signed = pack.sign(pack._canonical({**body, **wrong}), pack.PURPOSE, key)
        file.write_text(json.dumps({**body, **wrong, "signed": signed}))
        told = run("rules", "use", file, "--key", f"{key}.pub")
        assert told.exit_code == 2 and "internal" not in told.output, wrong


@pytest.fixture
def used(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packed rulebook that is in use."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    rules, file = write_rules(tmp_path / "rules"), tmp_path / "new.rules"
    assert run("--rules", rules, "rules", "pack", file, "--key", key).exit_code == 0
    assert run("rules", "use", file, "--key", f"{key}.pub").exit_code == 0
    return file


@pytest.mark.parametrize(
    "harm", ["changed", "gone", "link elsewhere", "open to others", "a link to a copy", "a file"]
)
def test_signed_rules_that_cannot_be_used_never_give_way_to_others_without_a_word(
    used: Path, key: Path, tmp_path: Path, harm: str
) -> None:
    folder, ours = rules_folder(), tmp_path / "rules"
    if harm == "changed":
        (folder / "rulebook.yaml").write_text((folder / "rulebook.yaml").read_text() + "# later\n")
    elif harm == "gone":
        shutil.rmtree(folder)
    elif harm == "link elsewhere":
        installed_rules().unlink()
        installed_rules().symlink_to(ours)
    elif harm == "a link to a copy":
        folder.rename(tmp_path / folder.name)
        folder.symlink_to(tmp_path / folder.name)
    elif harm == "a file":
        shutil.rmtree(folder)
        folder.write_text("")
    else:
        installed_rules().parent.chmod(0o775)
    for command in (("--version",), ("route", CASE), ("law", "coverage")):
        told = run(*command)
        assert told.exit_code == 5 and "`routing rules use`" in told.output, command
    assert run("rules", "use", used, "--key", f"{key}.pub").exit_code == 0, "the same file mends it"
    assert run("--version").exit_code == 0 and rules_folder() == folder
    assert run("rules", "use", "--ours").exit_code == 0


def test_a_full_disk_leaves_nothing_behind_and_is_told_with_its_place(
    used: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder, real = installed_rules().parent, rules_folder(), Path.write_bytes
    shutil.rmtree(folder)

    def full(path: Path, data: bytes) -> int:
        if path.is_relative_to(home):
            real(path, data[:10])
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    told = run("rules", "use", used, "--key", f"{key}.pub")
    assert told.exit_code == 2 and "no space left on device (make room" in told.output
    assert f"`{home}" in told.output and sorted(file.name for file in home.iterdir()) == [
        "current",
        "newest.json",
    ]


def test_rules_with_own_data_travel_as_one_file(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were packed and signed, and could not be used."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    rules, file, own = write_rules(tmp_path / "rules"), tmp_path / "new.rules", tmp_path / "own.yaml"
    own.write_text("overlay: mine\nsays: Ours.\n")
    assert run("--rules", rules, "rules", "pack", file, "--key", key, "--with", own).exit_code == 0
    assert run("rules", "use", file, "--key", f"{key}.pub").exit_code == 0
    (own_data,) = shared_router(rules_folder()).rulebook.overlays
    assert "mine" in own_data


@pytest.mark.parametrize("name", ["rulebook.yaml/more.yaml", f"{'A' * 300}.yaml"])
def test_names_that_no_folder_can_hold_are_told(tmp_path: Path, key: Path, name: str) -> None:
    from routing.rulebook import pack

    body = {"format": pack.FORMAT, "version": "1", "data_date": "2026-01-01", "hash": "0" * 64,
            "files": {"rulebook.yaml": "x", name: "x"}}  # fmt: skip
    signed = pack.sign(pack._canonical(body), pack.PURPOSE, key)
    (tmp_path / "p").write_text(json.dumps({**body, "signed": signed}))
    with pytest.raises(Problems):
        pack.use(tmp_path / "p", Path(f"{key}.pub"))


def test_a_key_that_cannot_sign_is_told_before_the_rules_are_checked(tmp_path: Path, key: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "rulebook.yaml").write_text("nonsense")
    told = run("--rules", rules, "rules", "pack", tmp_path / "out", "--key", f"{key}.pub")
    assert told.exit_code == 2 and "is not a private Ed25519 key" in told.output


def test_a_name_that_leads_out_of_the_folder_is_refused_even_if_signed(tmp_path: Path, key: Path) -> None:
    from routing.rulebook import pack

    for name in ("../out.yaml", "/etc/out.yaml", "a/../../out.yaml", "out.py", ".hidden.yaml"):
        body = {"format": pack.FORMAT, "version": "1", "data_date": "2026-01-01", "hash": "0" * 64,
                "files": {"rulebook.yaml": "x", name: "x"}}  # fmt: skip
        signed = pack.sign(pack._canonical(body), pack.PURPOSE, key)
        (tmp_path / "p").write_text(json.dumps({**body, "signed": signed}))
        assert (
            "cannot be a file of the rules"
            in run("rules", "use", tmp_path / "p", "--key", f"{key}.pub").output
        )


def test_a_wheelhouse_carries_its_hashes_and_a_bill_of_materials(tmp_path: Path) -> None:
    for name, version in (("durable_rules", "2.0.28"), ("click", "8.3.0")):
        with zipfile.ZipFile(tmp_path / f"{name}-{version}-py3-none-any.whl", "w") as archive:
            archive.writestr(f"{name}-{version}.dist-info/METADATA", f"Name: {name}\nVersion: {version}\n")
    shutil.copy(ROOT / "tools" / "wheelhouse" / "install.sh", tmp_path)
    make = [sys.executable, str(ROOT / "tools" / "bill_of_materials.py"), str(tmp_path)]
    subprocess.run(make, check=True)
    first = (tmp_path / "sbom.cdx.json").read_bytes(), (tmp_path / "SHA256SUMS").read_bytes()
    subprocess.run(make, check=True)
    assert first == ((tmp_path / "sbom.cdx.json").read_bytes(), (tmp_path / "SHA256SUMS").read_bytes())
    bill = json.loads(first[0])
    engine = next(part for part in bill["components"] if part["name"] == "durable-rules")
    assert bill["bomFormat"] == "CycloneDX" and engine["components"][0]["name"] == "durable_rules_engine"
    for spoil in ("changed", "added"):
        target = tmp_path / (
            "click-8.3.0-py3-none-any.whl" if spoil == "changed" else "evil-1-py3-none-any.whl"
        )
        kept = target.read_bytes() if target.exists() else None
        target.write_bytes(b"other")
        ended = subprocess.run(
            ["sh", str(tmp_path / "install.sh"), str(tmp_path / "venv")], capture_output=True, check=False
        )
        assert (
            ended.returncode == 1
            and b"nothing was installed" in ended.stderr
            and not (tmp_path / "venv").exists()
        )
        target.write_bytes(kept) if kept is not None else target.unlink()


@pytest.mark.parametrize("kind", ["unknown", "a curve"])
def test_a_key_of_a_kind_that_the_library_does_not_know_is_told(tmp_path: Path, key: Path, kind: str) -> None:
    """The library says of some that they are not supported, which was an internal failure."""
    import base64

    def length(body: bytes) -> bytes:
        return bytes([len(body)]) + body

    identifier = bytes.fromhex("06032a0304" if kind == "unknown" else "06072a8648ce3d020106052b81040006")
    algorithm = b"\x30" + length(identifier)
    public = b"\x30" + length(algorithm + b"\x03" + length(bytes(33)))
    private = b"\x30" + length(b"\x02\x01\x00" + algorithm + b"\x04" + length(bytes(32)))
    for name, words in (("PUBLIC KEY", public), ("PRIVATE KEY", private)):
        body = base64.encodebytes(words).decode("ascii")
        (tmp_path / name).write_text(f"-----BEGIN {name}-----\n{body}-----END {name}-----\n")
    with pytest.raises(Problems, match="is not a private Ed25519 key"):
        signing.sign(b"", "rules", tmp_path / "PRIVATE KEY")
    with pytest.raises(Problems, match="is not a public Ed25519 key"):
        signing.verify(b"", "rules", {}, tmp_path / "PUBLIC KEY")


def test_a_public_key_is_not_written_over_its_private_one(key: Path) -> None:
    private, public = key.read_text(), key.with_name("k.pub")
    public.unlink()
    public.symlink_to(key)
    told = run("receipt", "key", key, "--public")
    assert told.exit_code == 2 and "is a file that is read" in told.output and key.read_text() == private


def test_packed_rules_are_closed_to_others_whichever_file_comes_first(tmp_path: Path) -> None:
    from routing.core.writing import put_files

    before = os.umask(0)
    try:
        put_files(tmp_path / "rules", [("states/a.yaml", b""), ("b.yaml", b"")])
    finally:
        os.umask(before)
    assert (tmp_path / "rules").stat().st_mode & 0o777 == 0o700
