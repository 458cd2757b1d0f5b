"""What `install.sh` installs from a folder that was carried over: what was packed, and nothing that lies beside it."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from places import ROOT

# A python that makes a folder with itself in it, and tells what it is asked; what it installs it reads from its input.
STUB = """#!/bin/sh
echo "$@" >> "{log}"
if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; fi
case "$*" in *install*) cat >> "{log}" ;; esac
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "a house"
    folder.mkdir()
    for name in ("click-8.123.4-py3-none-any.whl", "cooperation_routing-0.1.0-py3-none-any.whl"):
        project, version, *_ = name.split("-")
        with zipfile.ZipFile(folder / name, "w") as archive:
            said = f"Name: {project}\nVersion: {version}\n"
            archive.writestr(f"{project}-{version}.dist-info/METADATA", said)
    shutil.copy(ROOT / "tools" / "wheelhouse" / "install.sh", folder)
    make = [sys.executable, str(ROOT / "tools" / "bill_of_materials.py"), str(folder)]
    subprocess.run(make, check=True)
    return folder


def install(house: Path, place: str = "venv") -> tuple[subprocess.CompletedProcess[str], str]:
    """What came of it, and what the python was asked."""
    stub, log = house.parent / "python", house.parent / "asked"
    stub.write_text(STUB.format(log=log))
    stub.chmod(0o755)
    ended = subprocess.run(
        ["sh", str(house / "install.sh"), place],
        cwd=house.parent, env={"PATH": "/usr/bin:/bin", "PYTHON": str(stub)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ended, log.read_text() if log.exists() else ""


def test_each_wheel_is_installed_with_its_own_hash_and_no_setting_of_pip_is_heeded(house: Path) -> None:
    ended, asked = install(house)
    assert ended.returncode == 0, ended.stderr
    wheels = dict(line.split("  ") for line in (house / "SHA256SUMS").read_text().splitlines())
    for digest, name in wheels.items():
        assert (f"./{name} --hash=sha256:{digest}\n" in asked) is name.endswith(".whl")
    pip = next(line for line in asked.splitlines() if " install " in line)
    assert {"-I", "--isolated", "--no-index", "--no-deps", "--require-hashes"} <= set(pip.split())
    assert (house.parent / "venv" / "bin" / "python").exists(), "it stands where it was asked for"


def test_a_source_that_lies_beside_the_wheels_is_not_built(house: Path) -> None:
    """Its version was the newer one, so pip ran it; only wheels were looked at."""
    with tarfile.open(house / "cooperation_routing-99.tar.gz", "w:gz") as archive:
        text = b'open("owned", "w")\n'
        entry = tarfile.TarInfo("cooperation_routing-99/setup.py")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    ended, asked = install(house)
    assert ended.returncode == 1 and "nothing was installed" in ended.stderr and not asked


@pytest.mark.parametrize(
    "name",
    [
        "cooperation_routing-99.zip",
        ".hidden.whl",
        "-r.whl",
        "click-8.1.3.4-py3-none-any.whl",  # a name whose dots stand for any letter
        "any.whl",  # the end of a name that is there
        "a folder.whl/",
        "dangling.whl@",
        "two\nlines.whl",
    ],
)
def test_whatever_lies_beside_is_told(house: Path, name: str) -> None:
    odd = house / name.rstrip("/@")
    if name.endswith("/"):
        odd.mkdir()
    elif name.endswith("@"):
        odd.symlink_to("nowhere")
    else:
        odd.write_bytes(b"x")
    ended, asked = install(house)
    assert ended.returncode == 1 and "is not in SHA256SUMS: nothing was installed" in ended.stderr
    assert not asked


@pytest.mark.parametrize("sums", ["", "no sums\n", None])
def test_sums_that_are_gone_or_say_nothing_install_nothing(house: Path, sums: str | None) -> None:
    file = house / "SHA256SUMS"
    if sums is None:
        file.unlink()
    else:
        file.write_text(sums)
    ended, asked = install(house)
    assert ended.returncode == 1 and "nothing was installed" in ended.stderr and not asked
