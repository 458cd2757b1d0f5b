"""The program as a process: signals, forks, encodings, closed streams, and folders that hold what is not a file."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from heeding import heed_signals
from places import ROOT
from when_changed import WHOLE_PROGRAM

import routing
from routing.cli import main
from routing.core.errors import Problems, RulebookProblems
from routing.core.files import read_bounded
from routing.core.paths import rules_folder
from routing.rulebook.files import source_hash

CASE = str(ROOT / "examples" / "early-whereabouts" / "case.yaml")
ROUTE = [sys.executable, "-m", "routing", "route", CASE]


def test_a_child_forked_while_another_thread_routes_can_route() -> None:
    router = routing.load_rulebook()
    plan = router.route(Path(CASE))
    done = threading.Event()

    def busy() -> None:
        while not done.is_set():
            router.route(Path(CASE))

    threads = [threading.Thread(target=busy) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(8):
            child = os.fork()
            if not child:
                signal.alarm(60)  # a child that hangs is ended, and told by its status
                os._exit(0 if router.route(Path(CASE)) == plan else 1)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_an_interrupt_while_the_command_loads_is_quiet(tmp_path: Path) -> None:
    """The module that takes long to load is one that interrupts."""
    (tmp_path / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from routing.__main__ import run; run()"],
        cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=heed_signals,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (130, "")


FROM_OURS = """
import os, signal, sys
left = int(sys.argv[1])
def interrupt(event, args):
    global left
    if event == "import" and (left < int(sys.argv[1]) or args[0] != "routing"):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGINT)
import routing
sys.addaudithook(interrupt)
from routing.__main__ import run
run()
"""


@pytest.mark.parametrize("number", [2, 3, 4, 5, 8, 20])
def test_an_interrupt_is_quiet_from_the_first_thing_that_we_load(number: int) -> None:
    """The first import is that of `routing.__main__` itself; whatever is loaded after it may be interrupted."""
    line = [sys.executable, "-c", FROM_OURS, str(number)]
    ended = subprocess.run(
        line, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=heed_signals
    )
    assert (ended.returncode, ended.stderr) == (130, "")


def test_the_package_loads_nothing_before_an_interrupt_is_heeded() -> None:
    said = "import sys; had = set(sys.modules); import routing; print(*sorted(set(sys.modules) - had))"
    assert subprocess.check_output([sys.executable, "-c", said], cwd=ROOT, text=True).split() == ["routing"]


def test_a_plain_case_loads_nothing_that_reads_stories_or_makes_anything_else() -> None:
    said = (
        "import sys; from routing.cli import main\n"
        f"try: main(['route', {CASE!r}])\n"
        "except SystemExit: print('\\nloaded', *sorted(sys.modules))"
    )
    command = [sys.executable, "-c", said]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # the rules are kept from here on
    loaded = subprocess.check_output(command, cwd=ROOT, text=True).splitlines()[-1].split()
    assert loaded[0] == "loaded" and "routing.render.text" in loaded
    unneeded = (
        "story",
        "meaning",
        "papers",
        "serve",
        "library",
        "model",
        "rulebook.overlay",
        "rulebook.load",
        "batch",
    )
    rooms = tuple(f"routing.{room}" for room in unneeded)
    assert not [name for name in loaded if name in rooms or name.startswith(tuple(f"{it}." for it in rooms))]
    assert not {"pydantic", "numpy", "tempfile", "shutil", "difflib"} & set(loaded)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_later_is_quiet_too(number: int, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "routing", "route", "-"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"}, preexec_fn=heed_signals,
    ) as process:  # fmt: skip
        assert process.stdin
        process.stdin.write(
            "#" * 500_000
        )  # more than a pipe holds: this ends once the command reads its input
        process.send_signal(number)
        out, err = process.communicate()
    assert process.returncode == code and out == "" and "Traceback" not in err


@WHOLE_PROGRAM
@pytest.mark.parametrize(
    ("encoding", "form"),
    [
        *(("ascii", form) for form in ("text", "markdown", "json", "svg", "mermaid", "ics")),
        *((encoding, "text") for encoding in ("latin-1", "cp1252", "utf-16", "koi8-r")),
    ],
)
def test_any_encoding_of_the_output_will_do(encoding: str, form: str) -> None:
    """Each form in the narrowest encoding, and text, which has letters of every kind, in each of the others."""
    ended = subprocess.run(
        [*ROUTE, "--format", form], cwd=ROOT, capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert ended.returncode == 0 and b"failure" not in ended.stderr and ended.stdout


@pytest.mark.parametrize("words", [(), ("route",), ("law", "who")], ids=" ".join)
def test_the_help_is_there_where_docstrings_are_left_out(words: tuple[str, ...]) -> None:
    plain, bare = (
        subprocess.run(
            [sys.executable, *flags, "-m", "routing", *words, "--help"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for flags in ((), ("-OO",))
    )
    assert bare == plain


def test_closed_output_is_an_error_and_takes_no_file_for_itself(tmp_path: Path) -> None:
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *ROUTE], cwd=ROOT, capture_output=True, check=False
    )
    assert ended.returncode == 1 and b"standard output is closed" in ended.stderr
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *ROUTE, "--save", str(tmp_path / "plan")], cwd=ROOT, check=False
    )
    assert ended.returncode == 0 and "written to" not in (tmp_path / "plan").read_text()


def test_long_work_needs_no_standard_error() -> None:
    words = [sys.executable, "-m", "routing", "rules", "compare", "--cases", "1", "--jobs", "1"]
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *words], cwd=ROOT, capture_output=True, check=False
    )
    assert ended.returncode == 0 and b"1 cases, 0 differ" in ended.stdout


@pytest.mark.parametrize("what", ["fifo", "ring", "dangling", "device", "folder link"])
def test_what_is_no_file_among_the_rules_is_told(tmp_path: Path, what: str) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(rules_folder(), rules)
    odd = rules / "reasoning" / "odd.yaml"
    if what == "fifo":
        os.mkfifo(odd)
    else:
        odd.symlink_to(
            {"ring": "odd.yaml", "dangling": "nowhere", "device": "/dev/zero", "folder link": "."}[what]
        )
    with pytest.raises(RulebookProblems, match=r"odd.yaml"):
        source_hash(rules)
    for words in (
        ("--rules", str(rules), "route", CASE),
        ("--rules", str(rules), "rules", "check"),
        ("--rules", str(rules), "--version"),
    ):
        told = CliRunner().invoke(main, words)
        assert told.exit_code == 5 and "odd.yaml" in told.output and "internal" not in told.output, words


def test_an_overlay_through_a_pipe_is_recorded_with_its_own_digest() -> None:
    memorandum = ROOT / "examples" / "your-own-data" / "memorandum.yaml"
    out, into = os.pipe()
    os.write(into, memorandum.read_bytes())
    os.close(into)
    from routing.rulebook.overlay.reader import read_overlay

    assert read_overlay(Path(f"/dev/fd/{out}")).digest == read_overlay(memorandum).digest
    os.close(out)


def test_a_file_that_has_nothing_to_read_yet_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system shows its log as a plain file; reading that waited for the next line of it."""
    (tmp_path / "log").write_text("x")
    read = os.read

    def waits(handle: int, most: int) -> bytes:
        if not os.get_blocking(handle):
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return read(handle, most)

    monkeypatch.setattr(os, "read", waits)
    with pytest.raises(Problems, match="temporarily unavailable"):
        read_bounded(tmp_path / "log")
