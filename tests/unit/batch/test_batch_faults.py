"""What a batch is given may be anything, and what it writes replaces nothing by mistake."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from when_changed import WHOLE_PROGRAM

from routing.batch import sources
from routing.cli import main
from routing.core.errors import Problems

pytestmark = WHOLE_PROGRAM

ROW = "measure,state,with\nsearch,KEN,FRA\n"


def run(*words: object, limit: str = "seconds=60") -> Result:
    given = ["--limit", limit, "batch", *map(str, words), "--as-of", "2026-11-24"]
    return CliRunner().invoke(main, given)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "in.csv").write_text(ROW)
    return tmp_path / "in.csv"


def test_nothing_is_replaced_but_by_force(table: Path) -> None:
    out = table.with_name("out.jsonl")
    out.write_text("precious")
    refused = run(table, "-o", out)
    assert refused.exit_code == 2 and "--force" in refused.output and out.read_text() == "precious"
    assert run(table, "-o", out, "--force").exit_code == 0 and json.loads(out.read_text())["row"] == 2


def test_no_output_is_the_input_or_the_other_output(table: Path) -> None:
    other = table.with_name("out.jsonl")
    for words in (
        (table, "-o", table, "--to", "jsonl"),
        (table, "-o", other, "--rejects", table),
        (table, "-o", other, "--rejects", other),
    ):
        refused = run(*words, "--force")
        assert refused.exit_code == 2 and table.read_text() == ROW and not other.exists()


def test_a_folder_that_is_not_there_is_told_and_not_made(table: Path, tmp_path: Path) -> None:
    refused = run(table, "-o", tmp_path / "nowhere" / "out.jsonl")
    assert refused.exit_code == 2 and "no folder" in refused.output and not (tmp_path / "nowhere").exists()


def test_what_is_written_is_the_users_alone(table: Path) -> None:
    table.write_text(ROW + "no such measure,KEN,FRA\n")
    before = os.umask(0)
    try:
        run(table, "-o", table.with_name("out.jsonl"))
        run(table, "-o", table.with_name("out.parquet"))
    finally:
        os.umask(before)
    names = ("out.jsonl", "out.jsonl.rejects.jsonl", "out.parquet", "out.parquet.rejects.jsonl")
    assert [stat.S_IMODE(table.with_name(name).stat().st_mode) for name in names] == [0o600] * 4


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("what", ["/dev/zero", "fifo"])
def test_what_may_never_end_is_told_at_once(tmp_path: Path, kind: str, what: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    told = run(tmp_path / what, "--from", kind, "-o", tmp_path / "out.jsonl")
    assert told.exit_code == 2 and "not a file" in told.output
    assert [file.name for file in tmp_path.iterdir()] == ["fifo"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("in.csv", b"measure\xff,state\nsearch,KEN\n", 2),
        ("in.csv", b"measure,state\nsear\xffch,KEN\n", 2),
        ("in.csv", ROW.encode("utf-16"), 2),
        ("in.csv", b'measure,"' + b"x" * 200_000, 2),
        ("in.csv", b"", 2),
        ("in.csv", b"\0\0\0\0", 2),
        ("in.csv", b",".join(b"c%d" % number for number in range(5000)), 2),
        ("in.csv", b'measure,state\n"search,KEN\nx', 4),
        ("in.csv", b"measure,state\nsearch\n", 4),
        ("in.jsonl", b'{"measure":"search","x":' + b"[" * 200_000, 4),
        ("in.jsonl", b'{"measure":"' + b"x" * 5_000_000 + b'"}\n{"measure":"search","state":"KEN"}\n', 4),
        ("in.jsonl", b"\xff\xfe\n", 4),
        ("in.parquet", b"PAR1" + b"x" * 100 + b"PAR1", 2),
        ("in.parquet", b"", 2),
    ],
)
def test_whatever_is_given_is_told(tmp_path: Path, name: str, data: bytes, code: int) -> None:
    (tmp_path / name).write_bytes(data)
    told = run(tmp_path / name, "-o", tmp_path / "out.jsonl")
    assert told.exit_code == code and "internal failure" not in told.output, told.output
    assert len(told.stderr.splitlines()) <= 60
    if code == 2:
        assert [file.name for file in tmp_path.iterdir()] == [name], "nothing is left lying about"
    else:
        assert (tmp_path / "out.jsonl.rejects.jsonl").stat().st_size


def pieces(path: Path) -> list[sources.Piece]:
    return list(sources.BatchSource.of(path).pieces(lambda names: None))


def test_a_damaged_parquet_file_is_told_as_such(tmp_path: Path) -> None:
    """The library tells damage as if the disk had failed, and the answer was said not to be writable."""
    file = tmp_path / "in.parquet"
    pq.write_table(pa.table({"measure": ["search"] * 2000, "id": [str(at) for at in range(2000)]}), file)
    whole = file.read_bytes()
    for at in range(0, len(whole), max(len(whole) // 60, 1)):
        for damaged in (whole[:at], whole[:at] + b"\xff\x00\xff" + whole[at + 3 :]):
            file.write_bytes(damaged)
            try:
                pieces(file)
            except Problems as error:
                assert "is not a Parquet file, or a damaged one" in str(error)


@pytest.mark.parametrize("name", ["with", "offence", "id"])
@pytest.mark.parametrize(
    "cells",
    [
        pa.array([[1, 2]], pa.list_(pa.int32(), 2)),
        pa.array([{"state": "FRA"}]),
        pa.array([[("state", "FRA")]], pa.map_(pa.string(), pa.string())),
        pa.array([[["FRA"]]]),
        pa.array([b"\xff\xfe"]),
    ],
    ids=lambda cells: str(cells.type)[:12],
)
def test_a_column_of_a_type_that_has_no_words_is_told(tmp_path: Path, name: str, cells: object) -> None:
    """Such a table once ended as an internal failure."""
    file = tmp_path / "in.parquet"
    row = {"measure": ["search"], "state": ["KEN"], "with": ["FRA"]}
    pq.write_table(pa.table({**row, name: cells}), file)
    told = run(file, "-o", tmp_path / "out.jsonl")
    assert told.exit_code == 2, told.output
    assert f"the column `{name}` holds what cannot be read as words" in told.output


def test_lines_of_csv_keep_their_numbers_where_some_are_empty(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("measure,with\n\n\nsearch,FRA\n\nsearch\nsearch,DEU\n\n")
    read = pieces(file)
    assert [list(piece.rows) for piece in read] == [[4, 7]]
    assert [row for piece in read for row, _ in piece.rejects] == [6]
    file.write_text("measure,with")
    assert pieces(file) == []


def test_rows_of_csv_are_told_by_their_lines_where_cells_hold_line_breaks(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text(
        'measure,"with\nwhom"\n"search\r\nof\na house",FRA\nsearch,DEU\n"sea\nrch"\n\nsearch,"I\nTA"\nsearch\n"a\n\nb"\n'
    )
    read = pieces(file)
    lines = file.read_text().split("\n")
    assert [row for piece in read for row in piece.rows] == [3, 6, 10]
    assert [lines[row - 1] for piece in read for row in piece.rows] == ['"search', "search,DEU", 'search,"I']
    rejected = [row for piece in read for row, _ in piece.rejects]
    assert [lines[row - 1] for row in rejected] == ['"sea', "search", '"a']


def test_a_key_that_a_line_gives_twice_is_told(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(
        '{"measure": "search", "measure": "bank_records"}\n{"measure": "search", "id": "id"}\n'
        '{"measure": "search", "m\\u0065asure": "search"}\n{"measure": "search"}\n'
    )
    (piece,) = pieces(file)
    said = "`measure` is given twice (keep one of them)"
    assert list(piece.rows) == [2, 4] and piece.rejects == ((1, said), (3, said))


def test_rejects_go_to_another_disk_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was copied of them so far stood under their name where that disk was full."""
    (tmp_path / "in.csv").write_text(ROW + "nonsense,KEN,FRA\n")
    words = (tmp_path / "in.csv", "-o", tmp_path / "out.jsonl", "--rejects", tmp_path / "set-aside")
    real, copied = os.replace, shutil.copyfileobj

    def of_two_disks(source: Path, target: Path) -> None:
        if Path(source).name == "told":
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(source, target)

    def full(source: IO[bytes], target: IO[bytes], *more: int) -> None:
        if ".set-aside" not in target.name:
            return copied(source, target, *more)
        target.write(source.read(5))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", of_two_disks)
    monkeypatch.setattr(shutil, "copyfileobj", full)
    told = run(*words)
    assert told.exit_code == 2 and "set-aside" in told.output and "make room" in told.output
    assert [file.name for file in tmp_path.glob("*set-aside*")] == []
    monkeypatch.setattr(shutil, "copyfileobj", copied)
    assert run(*words).exit_code == 4
    assert json.loads((tmp_path / "set-aside").read_text())["row"] == 3


def test_stopped_between_rejects_and_answers_it_goes_on_without_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in.csv").write_text(ROW + "nonsense,KEN,FRA\n")
    out, real = tmp_path / "out.jsonl", os.replace

    def stopped(source: Path, target: Path) -> None:
        if Path(target) == out:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", stopped)
    assert run(tmp_path / "in.csv", "-o", out).exit_code == 130 and not out.exists()
    monkeypatch.setattr(os, "replace", real)
    assert (tmp_path / "out.jsonl.rejects.jsonl").exists()
    assert run(tmp_path / "in.csv", "-o", out).exit_code == 4 and json.loads(out.read_text())["row"] == 2


HARM = ("of another user", "open to others", "a link")


@pytest.mark.parametrize("harm", HARM if os.geteuid() == 0 else HARM[1:])
def test_what_others_could_put_beside_the_output_is_not_gone_on_from(
    table: Path, tmp_path: Path, harm: str
) -> None:
    """Answers in a folder of the right name were taken for those of an earlier run."""
    folder, elsewhere = tmp_path / ".out.jsonl.parts", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "given").write_text("")
    if harm == "a link":
        folder.symlink_to(elsewhere)
    else:
        folder.mkdir()
        (folder / "given").write_text("")
        folder.chmod(0o777 if harm == "open to others" else 0o755)
    if harm == "of another user":
        os.chown(folder, 12345, 12345)
    rejects = tmp_path / "out.jsonl.rejects.jsonl"
    rejects.write_text("precious")
    assert "--force" in run(table, "-o", tmp_path / "out.jsonl").output, (
        "it does not say whose rejects these are"
    )
    rejects.unlink()
    told = run(table, "-o", tmp_path / "out.jsonl")
    assert told.exit_code == 2 and "only you can write in" in told.output and (elsewhere / "given").exists()
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_stands_in_the_place_of_the_lock_is_not_written_to_or_waited_for(
    table: Path, tmp_path: Path, kind: str
) -> None:
    """A link there emptied the file to which it led."""
    lock, theirs = tmp_path / ".out.jsonl.parts.lock", tmp_path / "theirs"
    theirs.write_text("precious")
    lock.symlink_to(theirs) if kind == "link" else os.mkfifo(lock)
    told = run(table, "-o", tmp_path / "out.jsonl")
    assert told.exit_code == 2 and ".lock" in told.output and theirs.read_text() == "precious"
    lock.unlink()
    assert run(table, "-o", tmp_path / "out.jsonl").exit_code == 0


def test_a_damaged_note_of_the_work_begins_it_anew(table: Path, tmp_path: Path) -> None:
    folder = tmp_path / ".out.jsonl.parts"
    folder.mkdir(mode=0o700)
    (folder / "job.json").write_bytes(b"\xff\xfe")
    assert run(table, "-o", tmp_path / "out.jsonl").exit_code == 0 and not folder.exists()


def test_a_case_file_may_have_a_name_that_is_not_text(tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    written = b"state: KEN\nneeds: [{id: a, measure: search, with: FRA}]\n"
    (cases / os.fsdecode(b"a\xff.yaml")).write_bytes(written)
    (cases / os.fsdecode(b"b\xff\x1b[2J.yaml")).write_bytes(b"nonsense")
    for form in ("jsonl", "parquet"):
        told = run(cases, "-o", tmp_path / f"out.{form}")
        assert told.exit_code == 4, told.output
        (rejected,) = map(json.loads, (tmp_path / f"out.{form}.rejects.jsonl").read_text().splitlines())
        assert rejected["row"] == 2 and "\\udcff\\x1b[2J.yaml" in rejected["id"]
    assert json.loads((tmp_path / "out.jsonl").read_text())["id"].endswith("a\\udcff.yaml#a")


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.rejects.jsonl"])
def test_what_came_while_it_worked_is_not_replaced(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from routing.batch.parts import Parts

    real = Parts.finish

    def meanwhile(*given: object) -> None:
        (tmp_path / name).write_text("precious")
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Parts, "finish", meanwhile)
    told = run(table, "-o", tmp_path / "out.jsonl")
    assert told.exit_code == 2 and "file exists" in told.output
    assert (tmp_path / name).read_text() == "precious"
    assert run(table, "-o", tmp_path / "out.jsonl", "--force").exit_code == 0, "what was done is kept"


def test_a_name_of_a_row_with_a_sign_that_cannot_be_seen_is_told(tmp_path: Path) -> None:
    """It went to the terminal, or into the answers, as it was."""
    names = ["plain", "\u202eturned", None, "caf\u00e9", "\x9b31m", "a\u3164"]
    rows = [{"measure": "search", "state": "KEN", "with": "FRA", "id": name} for name in names]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    told = run(tmp_path / "in.jsonl", "-o", "-", "--rejects", tmp_path / "set-aside")
    assert [json.loads(line)["id"] for line in told.stdout.splitlines()] == ["plain", None, "caf\u00e9"]
    rejects = [json.loads(line) for line in (tmp_path / "set-aside").read_text().splitlines()]
    assert [(reject["row"], reject["id"]) for reject in rejects] == [
        (2, "\\u202eturned"), (5, "\\x9b31m"), (6, "a\\u3164"),
    ]  # fmt: skip
    assert "U+202E cannot be seen" in rejects[0]["reason"]
