"""Tables of needs: every row answered as the live path answers it or set aside with a reason, whatever stops the work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.batch import Batch, evaluate_batches, sources
from routing.batch import job as jobs
from routing.batch.job import run
from routing.batch.output import SCHEMA
from routing.batch.sources import BatchSource
from routing.core.domain import KINDS_OF_NEED
from routing.core.errors import Problems
from routing.core.paths import rules_folder
from routing.json_schema import batch_schema
from routing.opened import shared_router

pytestmark = WHOLE_PROGRAM

DAY = date(2026, 11, 1)
STATES = ("FRA", "DEU", "USA", "KEN", "unknown", None, "Switzerland")
MEASURES = ("search", "bank_records", "subscriber_data")


def table(size: int) -> pa.Table:
    """Rows that go round the States and measures, with facts of every type."""

    def pick(words, step):
        return [words[number * step % len(words)] for number in range(size)]

    return pa.table(
        {
            "id": [f"row {number}" for number in range(1, size + 1)],
            "measure": pick(MEASURES, 1),
            "state": pick(STATES, 1),
            "with": pick((*STATES, "BRA"), 3),
            "kind": pick(("request", None, "answer"), 1),
            "offence": pick(("cybercrime", "corruption, drugs", None, "unknown"), 1),
            "max_penalty_months": pa.array(pick((None, 6, 60), 1), pa.int16()),
            "retention_until": pa.array(pick((None, date(2026, 11, 20)), 1), pa.date32()),
            "tie:untoc": pick((None, "in_force", "unknown"), 1),
            "via": pick((None, None, "ITA=yes; ESP=no"), 2),
        }
    )


def live(row: dict[str, object]) -> dict[str, object]:
    """The same row as a case, routed live."""
    need = {"measure": row["measure"]}
    case: dict[str, object] = {"as_of": DAY.isoformat(), "needs": [need]}
    for name, value in row.items():
        if value is None or name in ("id", "measure"):
            continue
        if name in ("kind", "with"):
            need[name] = value
        elif name == "via":
            need["via"] = dict(part.strip().split("=") for part in str(value).split(";"))
        elif name.startswith("tie:"):
            case["assume"] = {"ties": {name[4:]: value}}
        elif name == "offence":
            case[name] = [word.strip() for word in str(value).split(",")]
        else:
            case[name] = value.isoformat() if isinstance(value, date) else value
    plan = shared_router().route(case)
    answer = plan.needs[0]
    return {
        "status": answer.status,
        "primary": answer.primary.pathway,
        "route": answer.primary.route,
        "certainty": answer.primary.certainty,
        "questions": sorted(answer.waits_for),
        "steps": sorted((step.pathway, step.route, step.role, step.certainty) for step in plan.steps),
    }


def test_every_row_is_answered_as_the_live_path_answers_it() -> None:
    given = table(60)
    answers, rejects = Batch.open(day=DAY).evaluate_with_rejects(given)
    assert answers.num_rows + rejects.num_rows == 60 and answers.num_rows > 40
    rows = given.to_pylist()
    for answer in answers.to_pylist():
        expected = live(rows[answer["row"] - 1])
        found = {
            **{name: answer[name] for name in ("status", "primary", "route", "certainty", "questions")},
            "steps": sorted((s["pathway"], s["route"], s["role"], s["certainty"]) for s in answer["steps"]),
        }
        assert found == expected, answer["id"]
        assert answer["id"] == f"row {answer['row']}"
    assert all("are the same" in row["reason"] for row in rejects.to_pylist())


def test_faults_of_a_row_are_told_together_and_unknown_columns_before_anything_is_done() -> None:
    batch = Batch.open(day=DAY)
    bad = pa.table(
        {
            "measure": ["serch", None, "search"],
            "with": ["Atlantis", "FRA", "FRA"],
            "max_penalty_months": [1, 2, -3],
        }
    )
    answers, rejects = batch.evaluate_with_rejects(bad)
    assert answers.num_rows == 0
    reasons = [row["reason"] for row in rejects.to_pylist()]
    assert "`serch`" in reasons[0] and "`Atlantis`" in reasons[0]
    assert "does not say what is sought" in reasons[1] and "`-3`" in reasons[2]
    with pytest.raises(Problems, match="did you mean `measure`"):
        batch.evaluate(pa.table({"measur": ["search"]}))
    with pytest.raises(Problems, match="did you mean `days_until_needed`"):
        batch.evaluate(pa.table({"measure": ["search"], "deadline": ["10"]}))
    with pytest.raises(Problems, match="`serch`"):
        batch.evaluate(bad)


EVERYDAY = {
    "id": [
        "frozen",
        "child",
        "ivory",
        "taxes",
        "held",
        "passed on",
        "or",
        "by",
        "soon",
        "listed",
        "day",
        "hour",
    ],
    "measure": [
        "freeze crypto",
        "missing child",
        "search",
        "material held",
        "police information",
        "financial intelligence",
        "ip or number",
        "search",
        "search",
        "search",
        "search",
        "search",
    ],
    "kind": [None, None, None, "use", "use", "use", "use", None, None, None, None, None],
    "purpose": [None, None, None, "tax assessment", None, None, None, None, None, None, None, None],
    "offence": [
        None,
        None,
        "ivory smuggling",
        None,
        None,
        None,
        None,
        None,
        None,
        "murder and theft",
        None,
        None,
    ],
    "days_until_needed": [*[None] * 7, "2026-12-01", "by 1 December", None, None, None],
    "as_of": [*["2026-11-24"] * 9, "2026-11-24", "24 Nov 2026", "2026-11-24 00:00:00"],
    "state": ["NLD"] * 12,
    "with": ["ESP"] * 12,
}
"""Words that tell a second fact, or mean what they mean beside others or on a day only."""


def test_words_of_a_row_are_read_together_as_in_a_case_file() -> None:
    """What such words tell besides their own column was once lost, and some rows were answered otherwise."""
    rows = [{name: column[at] for name, column in EVERYDAY.items()} for at in range(12)]
    reader = Batch.open(day=DAY).reader
    needs = reader.read(pa.RecordBatch.from_pydict(EVERYDAY))
    assert needs.rejected == []
    for at, row in enumerate(rows):
        own = {name: row[name] for name in ("measure", "kind", "with", "purpose") if row[name]}
        shared = {name: row[name] for name in row if row[name] and name not in (*own, "id")}
        day = {"as_of": str(shared.pop("as_of"))[:11].strip()}
        read = shared_router().read({**shared, **day, "needs": [own]})
        told = {**read.facts, **read.needs[0].facts}
        assert list(shared_router().rulebook.measures)[needs.needs.measure[at]] == read.needs[0].measure
        assert needs.needs.day[at] == read.as_of.toordinal()
        for name, column in needs.needs.stated.items():
            assert column[at] == reader.tables.codings[name].of_stated(told.get(name)), (row["id"], name)
        assert not told.keys() - needs.needs.stated.keys(), row["id"]


def test_a_row_says_what_was_read_as_another_word_as_a_case_does() -> None:
    """Words by themselves, beside others and by their kind; words that are the rules' own are not told."""
    words: dict[str, tuple[str | None, ...]] = {
        "measure": ("phone records", "search", "material held", "surrender_consent", "video_hearing"),
        "kind": (None, "use", "request", "asked of us", "answer", "share"),
        "state": ("Kenya", "KEN", "Holland", None),
        "with": ("England", "USA", "BRA", "Ivory Coast", "DEU", "CHE", "ITA"),
        "offence": ("blackmail", None, "extortion, drugs", "fraud"),
        "max_penalty_months": ("7 years", None, "12"),
        "as_of": ("2026-11-24", "24 Nov 2026", None),
    }
    rows = [{name: some[number % len(some)] for name, some in words.items()} for number in range(420)]
    answers = Batch.open(day=DAY).evaluate(
        pa.Table.from_pylist(rows, pa.schema([(n, pa.string()) for n in words]))
    )
    read, told = shared_router().read, 0
    for row, answer in zip(rows, answers.to_pylist(), strict=True):
        said: dict[str, str | list[str]] = {name: word for name, word in row.items() if word is not None}
        need = {name: said.pop(name) for name in ("measure", "kind", "with") if name in said}
        if row["offence"] is not None:
            said["offence"] = row["offence"].split(", ")
        case = read({"as_of": DAY.isoformat(), **said, "needs": [need]})
        assert sorted(answer["read_as"]) == sorted(case.notes), row
        told += bool(case.notes)
    assert 200 < told < 420


def test_the_kind_that_a_measure_has_goes_before_the_kind_that_is_written() -> None:
    """Consent of the person to surrender is asked of the other State: a row that called it `use` was answered
    as the use of material, and one on material held that named no kind as a request."""
    given = {"measure": ["surrender_consent", "material_held"], "kind": ["use", None], "with": ["KEN", "FRA"]}
    needs = Batch.open(day=DAY).reader.read(pa.RecordBatch.from_pydict(given)).needs
    assert [KINDS_OF_NEED[kind] for kind in needs.kind] == ["request", "use"]


def test_what_a_row_says_itself_goes_before_what_a_word_tells() -> None:
    given = {"measure": [" missing child"] * 2, "vulnerable_person": ["no", None], "with": ["FRA", "FRA"]}
    reader = Batch.open(day=DAY).reader
    told = reader.read(pa.RecordBatch.from_pydict(given)).needs.stated["vulnerable_person"]
    coding = reader.tables.codings["vulnerable_person"]
    assert list(told) == [coding.of_stated("no"), coding.of_stated("child")]


def test_a_row_that_stands_for_several_needs_is_set_aside_and_nothing_of_it_is_dropped() -> None:
    """`FRA and DEU` was once answered for France alone."""
    given = pa.table(
        {
            "measure": ["search", "search and extradition", "search", "search", "search", "search"],
            "with": ["FRA and DEU", "FRA", "FRA", "FRA", "FRA", "FRA"],
            "purpose": [None, None, "evidence and confiscation", None, None, None],
            "via": [None, None, None, "ITA=yes; ITA=no", None, None],
            "as_of": [None, None, None, None, "2026-11-241", None],
        }
    )
    answers, rejects = Batch.open(day=DAY).evaluate_with_rejects(given)
    assert [row["row"] for row in answers.to_pylist()] == [6]
    reasons = [row["reason"] for row in rejects.to_pylist()]
    assert reasons[0] == "`FRA and DEU` stands for several needs (write a row for each)"
    assert "`search and extradition` stands for several" in reasons[1]
    assert "`evidence and confiscation` stands for several" in reasons[2]
    assert reasons[3] == "`ITA` is crossed twice (keep one of them)"
    assert "`2026-11-241` is not a date" in reasons[4]


def test_csv_json_lines_and_parquet_give_the_same(tmp_path: Path) -> None:
    given = table(40)
    pq.write_table(given, tmp_path / "in.parquet")
    pacsv.write_csv(given, tmp_path / "in.csv")
    with (tmp_path / "in.jsonl").open("w") as file:
        for row in given.to_pylist():
            file.write(json.dumps(row, default=str) + "\n")
    found = []
    for name in ("in.parquet", "in.csv", "in.jsonl"):
        out = tmp_path / f"{name}.out.jsonl"
        go(tmp_path / name, out, tmp_path / f"{name}.rejects")
        found.append([{**json.loads(line), "row": 0} for line in out.read_text().splitlines()])
    assert found[0] and found[0] == found[1] == found[2]


def test_a_row_that_is_no_row_is_set_aside_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("measure,with\nsearch,FRA\nsearch\nnonsense,FRA\nsearch,DEU\n")
    done = go(tmp_path / "in.csv", tmp_path / "out.jsonl", tmp_path / "rejects")
    rejects = [json.loads(line) for line in (tmp_path / "rejects").read_text().splitlines()]
    assert (done.answers, [row["row"] for row in rejects]) == (2, [3, 4])
    assert [json.loads(line)["row"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == [2, 5]
    (tmp_path / "in.jsonl").write_text(
        '{"measure": "search"}\n{"measure": \n[1]\n{"measur": "search"}\n{"measure": "search"}\n'
    )
    done = go(tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "rejects")
    rejects = [json.loads(line) for line in (tmp_path / "rejects").read_text().splitlines()]
    assert (done.answers, [row["row"] for row in rejects]) == (2, [2, 3, 4])


def test_a_folder_of_cases_is_answered_need_by_need(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text(
        "needs:\n  - measure: search\n    with: FRA\n  - measure: bank_records\n"
    )
    (tmp_path / "cases" / "b.yaml").write_text("needs:\n  - measure: nonsense\n")
    done = go(tmp_path / "cases", tmp_path / "out.jsonl", tmp_path / "rejects")
    ids = [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert done.answers == 2 and [name.rpartition("#")[2] for name in ids] == ["need-1", "need-2"]
    assert "b.yaml:2" in (tmp_path / "rejects").read_text()


def test_what_was_read_as_another_word_is_in_every_form(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text("offence: blackmail\nneeds:\n  - measure: search\n")
    (tmp_path / "in.csv").write_text("measure,offence\nsearch,blackmail\nsearch,\n")
    answer = batch_schema(shared_router().rulebook)["$defs"]["answer"]
    for source, want in (("cases", [["`blackmail` is read as extortion"]]),
                         ("in.csv", [["`blackmail` is read as extortion"], []])):  # fmt: skip
        go(tmp_path / source, tmp_path / "out.jsonl", tmp_path / "rejects")
        lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
        go(tmp_path / source, tmp_path / "out.parquet", tmp_path / "rejects")
        assert [line["read_as"] for line in lines] == want
        assert pq.read_table(tmp_path / "out.parquet").column("read_as").to_pylist() == want
        for line in lines:
            jsonschema.validate(line, answer)
    assert [*answer["properties"]] == SCHEMA.names, "`routing schema batch` tells every column of an answer"


def go(source: Path, out: Path, rejects: Path, rules: Path | None = None, **more: object) -> jobs.Done:
    form = "parquet" if out.suffix == ".parquet" else "jsonl"
    return run(
        BatchSource.of(source), out, rejects, form, rules=rules_folder(rules), day=DAY, what="whole", **more
    )  # type: ignore[arg-type]


def test_stopped_at_any_moment_it_goes_on_and_no_row_is_lost_or_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_rules: Path
) -> None:
    """Under rules in miniature, for it opens them 27 times."""
    monkeypatch.setattr(sources, "PIECE", 10)
    rows = [
        {"id": f"row {number}", "measure": measure, "state": state, "with": other}
        for number, measure, state, other in zip(
            range(1, 61),
            ("take_statement", "find_person") * 30,
            ("KEN", "FRA", "unknown") * 20,
            ("FRA", None, "KEN", "FRA", "DEU") * 12,
            strict=True,
        )
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet")
    whole = tmp_path / "whole.jsonl"
    first = go(tmp_path / "in.parquet", whole, tmp_path / "rejects", small_rules)
    assert first.answers > 40 and first.rejects and first.answers + first.rejects == 60
    real = os.replace
    for stop in range(1, 14):
        out = tmp_path / f"out{stop}.jsonl"
        left = [stop]

        def dying(source: object, target: object, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
            real(source, target)  # type: ignore[arg-type]

        monkeypatch.setattr(os, "replace", dying)
        with pytest.raises(KeyboardInterrupt):
            go(tmp_path / "in.parquet", out, tmp_path / "rejects2", small_rules)
        monkeypatch.setattr(os, "replace", real)
        assert not out.exists()
        done = go(tmp_path / "in.parquet", out, tmp_path / "rejects2", small_rules)
        assert out.read_bytes() == whole.read_bytes()
        assert (tmp_path / "rejects2").read_bytes() == (tmp_path / "rejects").read_bytes()
        assert done.taken_up == max(stop - 2, 0) // 2
        assert not list(tmp_path.glob(".*.parts"))


def test_pieces_of_another_source_are_not_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PIECE", 10)
    pq.write_table(table(30), tmp_path / "in.parquet")
    monkeypatch.setattr(jobs.Parts, "finish", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        go(tmp_path / "in.parquet", tmp_path / "out.jsonl", tmp_path / "rejects")
    monkeypatch.undo()
    pq.write_table(table(20), tmp_path / "in.parquet")
    done = go(tmp_path / "in.parquet", tmp_path / "out.jsonl", tmp_path / "rejects")
    assert done.taken_up == 0 and done.answers + done.rejects == 20


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    lines = [f'{{"measure": "search", "with": "{state}"}}\n' for state in ("FRA", "DEU", "KEN")]
    (tmp_path / "in.jsonl").write_text("".join(lines))
    script = (
        "import sys, os; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from routing.batch import job, sources\n"
        "sources.PIECE = 1\n"
        "from tests_killer import go\n"
        "if __name__ == '__main__': go(Path(sys.argv[2]))\n"
    )
    (tmp_path / "tests_killer.py").write_text(
        "import os, signal\nfrom datetime import date\nfrom pathlib import Path\n"
        "from routing.batch import job, sources\nfrom routing.core.paths import rules_folder\n"
        "real = job.work\n"
        "def work(batch, piece, parts):\n"
        "    mark = parts.folder.parent / 'killed'\n"
        "    if piece.number == 1 and not mark.exists():\n"
        "        mark.touch(); os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(batch, piece, parts)\n"
        "job.work = work\n"
        "def go(folder):\n"
        "    done = job.run(sources.BatchSource.of(folder / 'in.jsonl'), folder / 'out.jsonl', folder / 'rejects', 'jsonl',\n"
        "        rules=rules_folder(None), day=date(2026, 11, 1), what='main', workers=2)\n"
        "    print(done.answers)\n"
    )
    (tmp_path / "main.py").write_text(script)
    ran = subprocess.run(
        [sys.executable, str(tmp_path / "main.py"), str(ROOT), str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"},
        timeout=300,
    )
    assert ran.stdout.strip() == "3", ran.stderr
    assert (tmp_path / "killed").exists()
    rows = [json.loads(line)["row"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows == [1, 2, 3]


def test_the_function_over_batches_is_what_another_engine_calls() -> None:
    given = table(20)
    rejects: list[object] = []
    answers = list(
        evaluate_batches(given.to_batches(max_chunksize=7), day=DAY, what="main", on_reject=rejects.append)
    )
    assert sum(batch.num_rows for batch in answers) + sum(batch.num_rows for batch in rejects) == 20  # type: ignore[attr-defined]
    assert answers[0].schema.names == ["row", "id", "status", "primary", "certainty"]


def test_the_command_reads_and_writes_standard_streams() -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "routing",
            "batch",
            "-",
            "--from",
            "csv",
            "-o",
            "-",
            "--as-of",
            "2026-11-01",
            "--only",
            "main",
        ],
        input="measure,with,id\nsearch,FRA,a\nserch,FRA,b\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    assert ran.returncode == 4 and [json.loads(line)["id"] for line in ran.stdout.splitlines()] == ["a"]
    assert "1 rows could not be read" in ran.stderr


def test_killed_from_outside_it_goes_on(tmp_path: Path) -> None:
    """A real kill of the whole command, at whatever moment it hits."""
    with (tmp_path / "in.jsonl").open("w") as file:
        for row in table(3000).to_pylist():
            file.write(json.dumps(row, default=str) + "\n")
    command = [
        sys.executable,
        "-m",
        "routing",
        "batch",
        str(tmp_path / "in.jsonl"),
        "-o",
        str(tmp_path / "out.jsonl"),
        "--as-of",
        "2026-11-01",
    ]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        running.wait(1.0)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
    subprocess.run(command, cwd=ROOT, stderr=subprocess.DEVNULL, timeout=300, check=False)
    rows = [json.loads(line)["row"] for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    rejected = [
        json.loads(line)["row"] for line in (tmp_path / "out.jsonl.rejects.jsonl").read_text().splitlines()
    ]
    assert sorted(rows + rejected) == list(range(1, 3001))
