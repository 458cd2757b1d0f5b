"""However the program is installed, it finds its rules; and what it is tested against is pinned.

Nothing here uses the network: distributions are built with the build tools already installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from places import ROOT

pytestmark = pytest.mark.xdist_group("packaging")  # so that the wheel is built once
CHECKOUT = ROOT
LOCKS = sorted((CHECKOUT / "requirements").glob("*.txt"))
OF_THE_TREE = pytest.mark.when_changed(
    *("routing", "rules", "examples", "docs", "devtools", "tools", "tests/support", "tests/packaging"),
    *("Makefile", "README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", ".ci"),
)
"""For what builds and installs all of it: it rests on what is packed."""
WHERE = "from routing.core.paths import rules_folder; print(rules_folder())"


def run(*command: str | Path, cwd: Path, **changes: str) -> str:
    """What a command prints, out of reach of the checkout, of the network and of this run's settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | changes
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, the wheel built out of that sdist, and the sdist unpacked."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=folder)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "tarfile", "-e", sdist, folder, cwd=folder)
    return {"sdist": sdist, "wheel": wheel, "tree": folder / sdist.name.removesuffix(".tar.gz")}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A virtual environment that sees this one's packages, but not the checkout it has installed."""
    environment = tmp_path / "fresh"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=tmp_path)
    # Path files found through a path file are not read, so the checkout stays out of sight.
    Path(packages, "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return python


def install(python: Path, *what: str | Path) -> None:
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-build-isolation")
    run(*pip, "--ignore-installed", *what, cwd=python.parent)


def rules_seen_by(python: Path) -> Path:
    return Path(run(python, "-c", WHERE, cwd=python.parent))


def packaged_copy(python: Path) -> Path:
    where = "import routing; print(routing.__path__[0])"
    return Path(run(python, "-c", where, cwd=python.parent)) / "rules"


def files_below(folder: Path) -> set[str]:
    kept = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in kept}


@OF_THE_TREE
def test_an_installed_wheel_finds_the_rules_inside_the_package(built: dict[str, Path], fresh: Path) -> None:
    install(fresh, built["wheel"])
    assert rules_seen_by(fresh) == packaged_copy(fresh)
    assert fresh.parent.parent in packaged_copy(fresh).parents
    assert files_below(packaged_copy(fresh)) == files_below(built["tree"] / "rules")


@OF_THE_TREE
def test_an_installed_sdist_finds_the_rules_inside_the_package(built: dict[str, Path], fresh: Path) -> None:
    install(fresh, built["sdist"])
    assert rules_seen_by(fresh) == packaged_copy(fresh)
    assert fresh.parent.parent in packaged_copy(fresh).parents


@OF_THE_TREE
def test_an_editable_install_finds_the_rules_of_its_checkout(built: dict[str, Path], fresh: Path) -> None:
    install(fresh, "--editable", built["tree"])
    assert rules_seen_by(fresh) == (built["tree"] / "rules").resolve()
    packages = Path(
        run(fresh, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=fresh.parent)
    )
    assert not (packages / "routing").exists()


@OF_THE_TREE
def test_an_unpacked_sdist_finds_the_rules_beside_its_package(built: dict[str, Path], tmp_path: Path) -> None:
    found = run(sys.executable, "-c", WHERE, cwd=tmp_path, PYTHONPATH=str(built["tree"]))
    assert Path(found) == (built["tree"] / "rules").resolve()


@OF_THE_TREE
def test_the_wheel_brings_one_package_and_every_rule_file(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        names = set(archive.namelist())
    rules = {name.removeprefix("routing/rules/") for name in names if name.startswith("routing/rules/")}
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"routing"}
    assert "routing/py.typed" in names
    assert "rulebook.yaml" in rules
    assert rules == files_below(CHECKOUT / "rules")


@OF_THE_TREE
def test_the_sdist_brings_what_the_two_commands_need(built: dict[str, Path]) -> None:
    needed = {
        "Makefile",
        "LICENSE",
        "README.md",
        "pyproject.toml",
        "tools/setup_check.py",
        "tests/packaging/test_packaging.py",
    }
    needed |= {f"requirements/{lock.name}" for lock in LOCKS} | {
        "requirements/build.in",
        "tools/wheelhouse/install.sh",
    }
    assert needed <= files_below(built["tree"])


@OF_THE_TREE
def test_another_build_elsewhere_gives_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    """Another folder, other times of files, another zone, language and mask, another order of hashing."""
    tree = Path(shutil.copytree(built["tree"], tmp_path / "elsewhere"))
    for file in tree.rglob("*"):
        os.utime(file, (1e9, 1e9))
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    before = os.umask(0o077)
    try:
        run(
            sys.executable,
            "-m",
            "build",
            "--no-isolation",
            "--outdir",
            tmp_path,
            tree,
            cwd=tmp_path,
            **elsewhere,
        )
    finally:
        os.umask(before)
    for kind in ("sdist", "wheel"):
        assert (tmp_path / built[kind].name).read_bytes() == built[kind].read_bytes(), kind


@OF_THE_TREE
def test_the_wheel_says_which_python_and_which_command(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(metadata).decode())
        commands = archive.read(metadata.replace("METADATA", "entry_points.txt")).decode()
    assert set(said["Requires-Python"].split(",")) == {">=3.11", "<3.14"}
    assert "routing = routing.__main__:run" in commands


def entries(lock: Path) -> list[str]:
    """The lines of a lock, each with its marker and its hashes."""
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def pinned(lock: Path) -> dict[str, str]:
    """The versions that this Python takes from a lock."""
    wanted = [Requirement(line.split(" --hash", 1)[0].strip()) for line in entries(lock)]
    here = [item for item in wanted if item.marker is None or item.marker.evaluate()]
    assert len({canonicalize_name(item.name) for item in here}) == len(here)
    return {canonicalize_name(item.name): str(item.specifier).removeprefix("==") for item in here}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_and_hashes_everything_and_names_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    assert pinned(lock)
    for entry in entries(lock):
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


def test_the_locks_meet_the_declared_ranges_and_each_other() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    build, runtime, test = (
        pinned(CHECKOUT / "requirements" / f"{name}.txt") for name in ("build", "runtime", "test")
    )
    extras = [text for texts in project["optional-dependencies"].values() for text in texts]
    for text in project["dependencies"]:
        assert Requirement(text).specifier.contains(runtime[canonicalize_name(Requirement(text).name)]), text
    for text in extras:
        wanted = Requirement(text)
        if wanted.name != project["name"] and (wanted.marker is None or wanted.marker.evaluate()):
            assert wanted.specifier.contains(test[canonicalize_name(wanted.name)]), text
    assert runtime.items() <= test.items()
    assert all(test.get(name, version) == version for name, version in build.items())


def check(*words: str, **changes: str) -> tuple[int, str]:
    """Exit code and words of the check before the setup; it must never end in a traceback."""
    command = [sys.executable, str(CHECKOUT / "tools" / "setup_check.py"), *words]
    done = subprocess.run(command, env=dict(os.environ) | changes, capture_output=True, text=True)
    said = (done.stdout + done.stderr).strip()
    assert "Traceback" not in said
    return done.returncode, said


def test_the_setup_check_passes_here() -> None:
    assert check() == (0, "")
    assert check("--engine") == (0, "")


def test_a_missing_compiler_is_one_sentence() -> None:
    code, said = check(CC="no-such-compiler")
    assert code == 1
    assert len(said.splitlines()) == 1
    assert said.startswith("no C compiler: `no-such-compiler` was not found")


def test_an_engine_that_cannot_be_imported_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "durable"
    broken.mkdir()
    (broken / "__init__.py").write_text(
        "raise ImportError('undefined symbol: PyEval_CallObject')\n", encoding="utf-8"
    )
    code, said = check("--engine", PYTHONPATH=str(tmp_path))
    assert code == 1
    assert len(said.splitlines()) == 1
    assert "undefined symbol: PyEval_CallObject" in said


@pytest.mark.parametrize(
    ("implementation", "version", "supported"),
    [
        ("CPython", (3, 10), False),
        ("CPython", (3, 11), True),
        ("CPython", (3, 13), True),
        ("CPython", (3, 14), False),
        ("PyPy", (3, 11), False),
    ],
)
def test_another_python_is_told_to_choose(
    implementation: str, version: tuple[int, int], supported: bool
) -> None:
    script = f"import setup_check; print(setup_check.unsupported({implementation!r}, {version!r}))"
    said = run(sys.executable, "-c", script, cwd=CHECKOUT / "tools")
    assert (said == "None") is supported
    assert supported or "set PYTHON to a Python 3.11, 3.12 or 3.13" in said
