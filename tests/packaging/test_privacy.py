"""No word of a case is left in any file, name or folder that was not asked for, whatever becomes of the command."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.core.paths import cache_folder
from routing.opened import shared_router

pytestmark = WHOLE_PROGRAM

SECRET = ("Quillfeather", "zz-need-77")
CASE = """title: {0} affair
state: DEU
as_of: 2026-11-24
needs:
  - {{id: {1}, measure: stored_content, with: USA, death_penalty_risk: possible}}
"""
OVERLAY = "overlay: mine\nsays: The {0} agreement, told to nobody.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "temporary").mkdir()
    (tmp_path / "work" / "case.yaml").write_text(CASE.format(*SECRET))
    (tmp_path / "work" / "bad.yaml").write_text(CASE.format(*SECRET).replace("USA", "Atlantis"))
    (tmp_path / "work" / "story.txt").write_text(
        f"Our police look for {SECRET[0]} of {SECRET[1]} in France, by Friday.\n"
    )
    (tmp_path / "work" / "own.yaml").write_text(OVERLAY.format(*SECRET))
    return tmp_path


@pytest.fixture
def settled_home(home: Path) -> Path:
    """A home where the program has answered before: its compiled rules are there, and nothing else."""
    shared_router().route(home / "work" / "case.yaml")
    kept = home / "home" / ".cache" / "routing"
    kept.mkdir(mode=0o700, parents=True)
    for entry in cache_folder().iterdir():
        with suppress(FileNotFoundError):  # a test beside this one writes there
            shutil.copy(entry, kept)
    return home


def environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"], "HOME": str(home / "home"), "TMPDIR": str(home / "temporary"),
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


def run(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "routing", *words],
        cwd=home / "work", env=environment(home), input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


@contextmanager
def started(home: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on; it is killed where it has not ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "routing", *words],
        cwd=home / "work", env=environment(home), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def holds_nothing_of_the_case(home: Path) -> None:
    for name, data in left(home).items():
        for word in (*SECRET, "DEU", "case.yaml", "stored_content"):
            assert word not in name
        for word in SECRET:
            assert word.encode() not in data, name


def left(home: Path) -> dict[str, bytes]:
    """Every file beside those of the user, with what it holds; folders too."""
    return {
        str(path.relative_to(home)): path.read_bytes() if path.is_file() else b""
        for part in ("home", "temporary")
        for path in (home / part).rglob("*")
    }


def test_no_word_of_a_case_is_left_behind(home: Path) -> None:
    before = sorted((home / "work").iterdir())
    for words in (
        ("route", "case.yaml"),
        ("route", "case.yaml", "--format", "json", "--stage", "facts"),
        ("route", "bad.yaml"),
        ("route", "case.yaml", "--with", "own.yaml"),
        ("explain", "case.yaml", "--why-not", "mla"),
        ("ask", "case.yaml"),
        ("whatif", "case.yaml", "--set", "offence=fraud"),
        ("compare", "case.yaml", "--as-of", "2020-01-01", "--as-of", "2026-11-24"),
        ("draft", "case.yaml"),
        ("new", "-", "--told", "story.txt"),
        ("route", "story.txt"),
        ("batch", "case.yaml", "-o", "-"),
    ):
        ended = run(home, *words, given="stop\n")
        assert ended.returncode != 1, ended.stderr
    assert sorted((home / "work").iterdir()) == before, "nothing was written beside the case"
    assert left(home), "the compiled rules are kept"
    holds_nothing_of_the_case(home)
    assert not list((home / "temporary").iterdir()), "the private copy of the overlay went"


def test_what_cannot_be_kept_leaves_nothing(home: Path) -> None:
    (home / "home" / ".cache").write_text("in the way")
    assert run(home, "route", "case.yaml").returncode in (0, 3, 4)
    assert run(home, "route", "case.yaml", "--with", "own.yaml").returncode in (0, 3, 4)
    assert list(left(home)) == [os.path.join("home", ".cache")]


def test_an_error_quotes_what_was_written_on_standard_error_alone(settled_home: Path) -> None:
    ended = run(settled_home, "route", "bad.yaml")
    assert ended.returncode == 2 and "`Atlantis`" in ended.stderr and ended.stdout == ""
    assert SECRET[0] not in ended.stderr, "only the words at fault"


def test_what_is_asked_for_is_written_there_alone(settled_home: Path) -> None:
    assert run(settled_home, "route", "case.yaml", "--receipt", "receipt.json").returncode in (0, 3, 4)
    assert SECRET[0] in (settled_home / "work" / "receipt.json").read_text()
    assert run(settled_home, "replay", "receipt.json").returncode == 0
    holds_nothing_of_the_case(settled_home)


def test_the_interface_keeps_and_says_nothing_of_a_case(settled_home: Path) -> None:
    case = {
        "title": f"{SECRET[0]} affair", "state": "DEU", "as_of": "2026-11-24",
        "needs": [{"id": SECRET[1], "measure": "stored_content", "with": "USA"}],
    }  # fmt: skip
    with started(settled_home, "serve", "--api") as server:
        assert server.stdout
        address, header = server.stdout.readline().strip(), server.stdout.readline().strip()
        headers = {"Authorization": header.partition(": ")[2], "Content-Type": "application/json"}
        for path, word, more in (
            ("route", SECRET[1], {}), ("document", SECRET[0], {}), ("draft", "", {}),
            ("route", "", {"wrong": SECRET[0]}),
        ):  # fmt: skip
            asked = urllib.request.Request(
                address.replace("openapi.json", path), json.dumps({"case": case, **more}).encode(), headers
            )
            try:
                with urllib.request.urlopen(asked) as answer:
                    assert word in answer.read().decode()
            except urllib.error.HTTPError as error:
                assert error.code == 422 and more
        holds_nothing_of_the_case(settled_home)
        server.send_signal(signal.SIGINT)
        said = "".join(server.communicate(timeout=60))
    assert not [word for word in SECRET if word in said], "no word of it in what the server says"
    holds_nothing_of_the_case(settled_home)
    assert not list((settled_home / "temporary").iterdir())


def test_the_page_keeps_and_says_nothing_of_a_case(settled_home: Path) -> None:
    with started(settled_home, "serve") as server:
        assert server.stdout
        address = next(line.strip() for line in server.stdout if "http://" in line)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        browser.open(address).read()
        body = (
            '--x\r\nContent-Disposition: form-data; name="file"; filename="case.yaml"\r\n\r\n'
            f"{(settled_home / 'work' / 'case.yaml').read_text()}\r\n--x--\r\n"
        )
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        opened = urllib.request.Request(urllib.parse.urljoin(address, "/open"), body.encode(), kind)
        with browser.open(opened) as answer:
            assert SECRET[0] in answer.read().decode()
        holds_nothing_of_the_case(settled_home)
        server.send_signal(signal.SIGINT)
        said = "".join(server.communicate(timeout=60))
    assert not [word for word in SECRET if word in said]
    holds_nothing_of_the_case(settled_home)
    assert not list((settled_home / "temporary").iterdir())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_batch_through_a_pipe_leaves_nothing_however_it_ends(
    settled_home: Path, number: signal.Signals
) -> None:
    """What was piped in is copied to a private folder, which goes with the process, or with the next after a kill."""
    words = ("batch", "-", "-o", "-", "--from", "csv", "--to", "jsonl")
    rows = "id,measure,state,with,as_of\n" + f"{SECRET[1]},stored_content,DEU,USA,2026-11-24\n" * 20_000
    with started(settled_home, *words) as process:
        assert process.stdin
        process.stdin.write(rows)
        process.stdin.close()
        process.stdin = None
        end = time.monotonic() + 60
        while not any(SECRET[1].encode() in data for data in left(settled_home).values()):
            assert process.poll() is None and time.monotonic() < end
            time.sleep(0.02)
        process.send_signal(number)
        process.communicate(timeout=60)
    if number == signal.SIGKILL:
        for folder in (settled_home / "temporary").iterdir():
            assert folder.stat().st_mode & 0o077 == 0
            os.utime(folder, (1, 1))
        assert run(settled_home, *words, given=rows[:200].rpartition("\n")[0]).returncode == 0
    holds_nothing_of_the_case(settled_home)
    assert not list((settled_home / "temporary").iterdir())
