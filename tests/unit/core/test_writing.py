"""What is written is written whole or not at all, and never over what is there or is read."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import shutil
import signal
import stat
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from heeding import heed_signals
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core.errors import Problems
from routing.core.paths import rules_folder
from routing.core.writing import check_outputs, write_file

pytestmark = WHOLE_PROGRAM

EXAMPLES = ROOT / "examples"
MEMORANDUM = EXAMPLES / "your-own-data" / "memorandum.yaml"
STEPS = ("open", "write", "fchmod", "fsync", "replace", "link")
NAMELESS = hasattr(os, "O_TMPFILE")
TWO_NEEDS = """state: KEN
as_of: '2026-11-24'
needs:
- {id: a, kind: request, measure: surrender, with: FRA}
- {id: b, kind: request, measure: locate_person, with: CRI}
"""


def run(*args: object, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=given)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLES / "early-whereabouts" / "case.yaml", tmp_path / "case.yaml"))


# One file


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_an_error_at_any_step_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int, replace: bool
) -> None:
    target = tmp_path / "file"
    if replace:
        target.write_text("old")
    before = {file.name: file.read_text() for file in tmp_path.iterdir()}

    def fails(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, step, fails)
    used = step not in (("link",) if replace else ("replace",))
    if used:
        with pytest.raises(OSError, match="file"):
            write_file(target, "new", replace=replace)
    monkeypatch.undo()
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new(tmp_path: Path, step: str, after: bool) -> None:
    target = tmp_path / "file"
    target.write_text("old" * 1000)
    child = os.fork()
    if not child:
        try:
            real: Callable[..., object] = getattr(os, step)

            def killed(*args: object, **options: object) -> object:
                if after:
                    real(*args, **options)
                os._exit(9)

            setattr(os, step, killed)
            write_file(target, "new" * 1000, replace=True)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert target.read_text() in ("old" * 1000, "new" * 1000)
    left = [file for file in tmp_path.iterdir() if file != target]
    if (step, after) in (("link", True), ("replace", False)):
        assert [file.read_text() for file in left] == ["new" * 1000], "between its first name and its last"
        os.utime(left[0], (0, 0))
        write_file(target, "newer", replace=True)
        assert list(tmp_path.iterdir()) == [target] and target.read_text() == "newer"
    else:
        assert not left or not NAMELESS, "half a plan stood beside the file and stayed there"


def test_only_what_a_killed_command_left_for_the_same_file_goes(tmp_path: Path) -> None:
    target = tmp_path / "case.yaml"
    kept = [
        ".case.yaml.0123456789ab",
        ".other.yaml.0123456789ab",
        ".case.yaml.0123456789abc",
        ".case.yaml.swp",
    ]
    for name in kept:
        (tmp_path / name).write_text("kept")
        if name != kept[0]:  # which is new: somebody is still writing it
            os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".case.yaml.aaaaaaaaaaaa").symlink_to("case.yaml")
    (tmp_path / ".case.yaml.bbbbbbbbbbbb").mkdir()
    (tmp_path / ".case.yaml.cccccccccccc").write_text("left")
    os.utime(tmp_path / ".case.yaml.cccccccccccc", (0, 0))
    write_file(target, "new", replace=False)
    assert {file.name for file in tmp_path.iterdir()} == {
        "case.yaml", *kept, ".case.yaml.aaaaaaaaaaaa", ".case.yaml.bbbbbbbbbbbb"
    }  # fmt: skip


@pytest.mark.parametrize("code", [errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT])
@pytest.mark.parametrize("step", ["open", "link"])
def test_where_no_file_can_be_without_a_name_one_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    real: Callable[..., Any] = getattr(os, step)

    def fails(path: object, *args: Any, **options: Any) -> Any:
        if str(path).startswith("/proc/") or (
            step == "open" and args[0] & os.O_DIRECTORY and args[0] & os.O_WRONLY
        ):
            raise OSError(code, os.strerror(code))
        return real(path, *args, **options)

    monkeypatch.setattr(os, step, fails)
    for text in ("one", ("t", "w", "o")):
        write_file(tmp_path / "file", text, replace=text != "one")
        assert [file.read_text() for file in tmp_path.iterdir()] == ["".join(text)]


def test_a_write_that_takes_only_a_part_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data[:3])))
    write_file(tmp_path / "file", "0123456789é", replace=False)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "0123456789é"


def test_a_file_that_came_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("somebody's")
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "file", "new", replace=False)
    assert [file.read_text() for file in tmp_path.iterdir()] == ["somebody's"]


@pytest.mark.parametrize("mask", [0o000, 0o077, 0o777])
def test_a_file_is_the_users_alone_under_any_mask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_file(tmp_path / "file", "text", replace=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to("file")
    write_file(tmp_path / "link", "new", replace=True)
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").read_text() == "new"


def test_all_that_prevents_writing_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("")
    (tmp_path / "folder").mkdir()
    (tmp_path / "read").write_text("")
    (tmp_path / "ring").symlink_to("ring")
    with pytest.raises(Problems) as found:
        check_outputs(
            {
                "--a": tmp_path / "there",
                "--b": tmp_path / "folder",
                "--c": tmp_path / "nowhere" / "file",
                "--d": tmp_path / "read",
                "--e": tmp_path / "folder" / ".." / "there",
                "--f": tmp_path / "rules" / "rulebook.yaml",
                "--g": tmp_path / "ring",
            },
            [tmp_path / "read"],
            [tmp_path / "rules"],
        )
    told = [problem.message for problem in found.value.problems]
    for said, expected in zip(
        told,
        (
            "there already",
            "is a folder",
            "no folder",
            "that is read",
            "same file",
            "among the rules",
            "symbolic links",
        ),
        strict=True,
    ):
        assert expected in said
    check_outputs({"--save": Path("/dev/null"), "--receipt": tmp_path / "new"})
    check_outputs({"--save": tmp_path / "there"}, force=True)


def test_two_outputs_that_some_disk_takes_for_one_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    for first, second in (
        ("plan.txt", "Plan.TXT"),
        ("\u00e9.txt", "e\u0301.txt"),
        ("folder/x", "link/X"),
        ("gone/x", "gone/X"),
    ):
        with pytest.raises(Problems, match="same file"):
            check_outputs({"--save": tmp_path / first, "--receipt": tmp_path / second}, force=True)
    check_outputs({"--save": tmp_path / "folder" / "x", "--receipt": tmp_path / "x"})


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_left(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("theirs")
    os.chown(tmp_path / "theirs", 12345, 12345)
    with pytest.raises(Problems, match="belongs to another user"):
        check_outputs({"--save": tmp_path / "theirs"}, force=True)


# Commands


def test_a_plan_replaces_a_file_only_by_force(case: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.txt"
    target.write_text("old")
    for option in ("--save", "--receipt"):
        refused = run("route", case, option, target)
        assert refused.exit_code == 2 and "add --force to replace it" in refused.output
        assert target.read_text() == "old"
    assert run("route", case, "--save", target, "--force").exit_code == 0
    assert "Open: this way can be taken." in target.read_text()


def test_no_output_is_lost_to_another_or_to_what_is_read(case: Path, tmp_path: Path) -> None:
    own = Path(shutil.copy(MEMORANDUM, tmp_path / "own.yaml"))
    rules = Path(shutil.copytree(rules_folder(), tmp_path / "rules"))
    (tmp_path / "link").symlink_to(case)
    before = {path: path.read_bytes() for path in (case, own, rules / "rulebook.yaml")}
    for words in (
        ("route", case, "--save", tmp_path / "x", "--receipt", tmp_path / "x"),
        ("route", case, "--with", own, "--save", own),
        ("route", case, "--save", tmp_path / "link"),
        ("--rules", rules, "route", case, "--save", rules / "rulebook.yaml"),
        ("--rules", rules, "route", case, "--save", rules / "states" / "own.yaml"),
        ("ask", "--answers", case, "--save", case),
        ("--rules", rules, "new", rules / "rulebook.yaml"),
    ):
        refused = run(*words, "--force")
        assert refused.exit_code == 2, words
    assert {path: path.read_bytes() for path in before} == before and not (tmp_path / "x").exists()


# The interview


def test_an_interview_replaces_no_file_but_its_own(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    saved.write_text(TWO_NEEDS)
    refused = run("ask", "--as-of", "2026-11-24", "--save", saved, given="stop\n")
    assert refused.exit_code == 2 and "--force" in refused.output and saved.read_text() == TWO_NEEDS
    assert "1." not in refused.output, "it is told before the first question"
    assert run("ask", saved, "--save", saved, given="stop\n").exit_code in (0, 3, 4)
    assert saved.read_text() == TWO_NEEDS, "nothing was answered, so nothing is written"
    run("ask", saved, "--save", saved, given="yes\nstop\n")
    assert len(yaml.safe_load(saved.read_text())["needs"]) == 2 and saved.read_text() != TWO_NEEDS


def test_a_place_that_cannot_be_written_is_told_before_the_first_question(tmp_path: Path) -> None:
    refused = run("ask", "--save", tmp_path / "nowhere" / "case.yaml", given="search\n")
    assert refused.exit_code == 2 and "no folder" in refused.output and "1." not in refused.output


@pytest.fixture
def saved_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case of two needs, on a disk that takes nothing more."""
    saved = tmp_path / "case.yaml"
    saved.write_text(TWO_NEEDS)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    return saved


def test_a_full_disk_stops_no_interview_and_leaves_the_file(saved_on_a_full_disk: Path) -> None:
    saved = saved_on_a_full_disk
    told = run("ask", saved, "--save", saved, given="yes\nstop\n")
    assert told.exit_code == 2 and "cannot be saved yet" in told.output and saved.read_text() == TWO_NEEDS


def test_what_cannot_be_saved_at_the_end_is_printed(saved_on_a_full_disk: Path) -> None:
    saved = saved_on_a_full_disk
    told = run("ask", saved, "--save", saved, given="yes\nstop\n")
    assert "needs:" in told.stdout and "keep them in a file" in told.output
    assert len(yaml.safe_load(told.stdout)["needs"]) == 2


def test_an_interview_does_not_replace_what_another_answered_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two that went on from one file the last to save took away what the first had."""
    from routing.cli.ask_person import WrittenAnswers

    saved, real = tmp_path / "case.yaml", WrittenAnswers.answer
    saved.write_text(TWO_NEEDS)

    def meanwhile(self: WrittenAnswers, question: Any) -> str | None:
        saved.write_text(TWO_NEEDS + "# more\n")
        return real(self, question)

    monkeypatch.setattr(WrittenAnswers, "answer", meanwhile)
    told = run("ask", saved, "--save", saved, given="yes\nstop\n")
    assert told.exit_code == 2 and "another program changed the file meanwhile" in told.output
    assert saved.read_text() == TWO_NEEDS + "# more\n"
    assert len(yaml.safe_load(told.stdout)["needs"]) == 2, "the answers are printed"


def test_the_paper_and_the_answers_to_its_questions_are_two_files(case: Path, tmp_path: Path) -> None:
    words = ("draft", case, "--ask", "--save", tmp_path / "x.md", "--output", tmp_path / "x.md")
    refused = run(*words, "--force", given="stop\n")
    assert refused.exit_code == 2 and "same file" in refused.output and not (tmp_path / "x.md").exists()


def test_each_answer_for_a_paper_is_kept_when_it_is_given(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the last one none was, so that a kill lost them all."""
    from routing.cli import draft_ask

    kept: list[str] = []
    saved, words = tmp_path / "answers.yaml", iter(["Eins", "Zwei", "stop"])

    def typed_in() -> str:
        kept.append(saved.read_text() if saved.exists() else "")
        return next(words)

    monkeypatch.setattr(draft_ask, "_read", typed_in)
    assert run("draft", case, "--ask", "--save", saved).exit_code == 0
    assert "Eins" not in kept[0] and "Eins" in kept[1] and "Zwei" in kept[2]


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9), (signal.SIGINT, None)],
)
def test_answers_outlive_whatever_ends_the_interview(tmp_path: Path, number: int, code: int | None) -> None:
    saved = tmp_path / "case.yaml"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "routing", "ask", "--as-of", "2026-11-24", "--save", saved],
        stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=EXAMPLES.parent, text=True,
        preexec_fn=heed_signals,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, b"none\nrequest\nsearch\nKEN\n")
        assert process.stderr
        for line in process.stderr:
            if "> 5. " in line:
                break
        process.send_signal(number)
        said = process.stderr.read()
        os.close(ours)
    assert "Traceback" not in said
    assert code in (None, process.returncode)
    kept = yaml.safe_load(saved.read_text())
    assert kept["state"] == "KEN" and kept["needs"][0]["measure"] == "search"


def test_answers_outlive_a_closed_terminal(tmp_path: Path) -> None:
    saved = tmp_path / "case.yaml"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "routing", "ask", "--as-of", "2026-11-24", "--save", saved],
        stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=EXAMPLES.parent, text=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, b"none\nrequest\nsearch\n")
        assert process.stderr
        for line in process.stderr:
            if "> 4. " in line:
                break
        os.close(ours)
        assert "Traceback" not in process.stderr.read()
    assert yaml.safe_load(saved.read_text())["needs"][0]["measure"] == "search"


def in_its_own_terminal() -> None:
    """The process heeds signals, and what stands on its standard input is its controlling terminal."""
    heed_signals()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.parametrize(
    ("words", "typed", "asked", "kept"),
    [
        (("ask", "--as-of", "2026-11-24"), b"none\nrequest\nsearch\n", b"m4. ", "measure: search"),
        (("draft", EXAMPLES / "cloud-mailbox" / "case.yaml", "--ask"), b"A word of mine\n", b"m2/", "A word of mine"),
    ],
)  # fmt: skip
def test_a_terminal_of_its_own_that_is_closed_ends_it_as_such(
    tmp_path: Path, words: tuple[object, ...], typed: bytes, asked: bytes, kept: str
) -> None:
    """Where the answers are was told to a terminal that is no more, which ended as a failure of the program;
    and what was answered for a paper was lost. asked: the next question, in bold."""
    saved = tmp_path / "saved.yaml"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "routing", *map(str, words), "--save", saved],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=EXAMPLES.parent, start_new_session=True,
        preexec_fn=in_its_own_terminal,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, typed)
        told = b""
        while asked not in told:
            told += os.read(ours, 4096)
        os.close(ours)
        assert process.wait() == 129
    assert kept in saved.read_text()


def test_bad_cases_and_answers_of_an_interview_are_told_in_words(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    for text in ("needs: [x]\n", "needs: x\n", "needs: {a: b}\n", "needs: [[x]]\n"):
        case.write_text(text)
        told = run("ask", case, given="stop\n")
        assert told.exit_code == 2 and "internal failure" not in told.output, text
    told = run("ask", "--as-of", "2026-11-24", given="²\n")
    assert told.exit_code == 2 and "internal failure" not in told.output
    told = run("ask", "--answers", "/dev/zero")
    assert told.exit_code == 2 and "it is a device" in told.output
