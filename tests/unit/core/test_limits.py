"""What an answer may take has limits, which can be set, and each is told in one sentence."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from places import ROOT
from when_changed import WHOLE_PROGRAM

import routing
import routing.opened
from routing.analyse.whatif import counterfactual
from routing.cli import main
from routing.core import limits
from routing.core.limits import LimitReached, Limits

pytestmark = WHOLE_PROGRAM

CASE = ROOT / "examples" / "three-needs-two-states" / "case.yaml"
REACHED = [
    (Limits(needs=2), "the case has 3 needs, more than 2 needs"),
    (Limits(seconds=0), "takes more than 0 seconds"),
    (Limits(megabytes=1), "takes more memory than 1 megabytes"),
]


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look finds more of it used than the last: what a warm process would really take is left to chance."""
    used = count(5000, 2)
    monkeypatch.setattr(limits, "_megabytes", lambda: next(used))


@pytest.mark.parametrize(("limit", "told"), REACHED)
def test_a_limit_is_told_in_one_sentence(limit: Limits, told: str) -> None:
    router = routing.Router.open(limits=limit)
    with pytest.raises(LimitReached, match=told):
        router.route(CASE)
    assert limits._current.get() is None
    assert routing.load_rulebook().route(CASE)


@pytest.mark.parametrize("read", ["read", "read_in_part"])
def test_reading_a_case_is_held_to_the_limits_too(read: str) -> None:
    """A program's file of sentences once took what it took: only the decision of a case was held to them."""
    router = routing.opened.Router.open()
    router.limits = Limits(seconds=0)
    text = "state: KEN\nwhat happened: He will be killed tonight in Lima.\nneeds:\n- {measure: search, with: FRA}\n"
    with pytest.raises(LimitReached, match="takes more than 0 seconds"):
        getattr(router, read)(text)


def test_limits_are_set_on_the_command_line() -> None:
    for word, told in (
        ("needs=2", "3 needs, more than 2 needs"),
        ("megabytes=1", "more memory than 1 megabytes"),
    ):
        ended = CliRunner().invoke(main, ["--limit", word, "route", str(CASE)])
        assert ended.exit_code == 2 and told in ended.output and len(ended.output.splitlines()) == 1
    for word in ("needs=0", "needs=-1", "hours=1", "needs", "seconds=1e9", "needs=²"):
        ended = CliRunner().invoke(main, ["--limit", word, "route", str(CASE)])
        assert ended.exit_code == 2 and "is not a limit" in ended.output


COMMANDS = {
    "route": (),
    "explain": (),
    "explain --why-not": ("--why-not", "mla"),
    "whatif": ("--set", "as_of=2026-01-01"),
    "compare": ("--as-of", "2025-11-24", "--as-of", "2026-11-24"),
    "change": ("--to", "mla"),
    "ask": (),
    "draft": (),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("limit", "told"),
    [("needs=2", "3 needs, more than 2 needs"), ("megabytes=1", "more memory than 1 megabytes")],
)
def test_every_command_that_decides_obeys(command: str, limit: str, told: str) -> None:
    words = [command.split()[0], str(CASE), *COMMANDS[command]]
    ended = CliRunner().invoke(main, ["--limit", limit, *words], input="stop\n")
    assert ended.exit_code == 2 and told in ended.stderr
    assert len([line for line in ended.stderr.splitlines() if "--limit" in line]) == 1


def test_time_is_up_in_the_midst_of_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no evaluator is asked: among the combinations of changes."""
    router = routing.Router.open(limits=Limits(seconds=50))
    clock, real = [0.0], counterfactual._leading

    def slow(*arguments: Any) -> Any:
        clock[0] += 100
        return real(*arguments)

    monkeypatch.setattr(limits.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(counterfactual, "_leading", slow)
    with pytest.raises(LimitReached, match="more than 50 seconds"):
        router.change(CASE, "mla", router.read(CASE).needs[0].id)


@pytest.mark.parametrize(
    ("given", "told"),
    REACHED,
)
def test_every_method_of_a_router_that_decides_obeys(given: Limits, told: str) -> None:
    router, free = routing.Router.open(limits=given), routing.load_rulebook()
    need = free.read(CASE).needs[0].id
    for ask in (
        lambda: router.route(CASE),
        lambda: router.draft(CASE),
        lambda: router.why(CASE, need=need),
        lambda: router.why_not(CASE, "mla", need),
        lambda: router.change(CASE, "mla", need),
        lambda: router.what_if(CASE, ["as_of=2026-01-01"]),
        lambda: router.compare(CASE, "2025-11-24", "2026-11-24"),
        lambda: router.interview(CASE).plan(),
    ):
        with pytest.raises(LimitReached, match=told):
            ask()
    assert limits._current.get() is None


def test_a_receipt_is_made_and_replayed_within_limits(tmp_path: Path) -> None:
    receipt = tmp_path / "receipt"
    refused = CliRunner().invoke(
        main, ["--limit", "megabytes=1", "route", str(CASE), "--receipt", str(receipt)]
    )
    assert refused.exit_code == 2 and "more memory than" in refused.output and not receipt.exists()
    CliRunner().invoke(main, ["route", str(CASE), "--receipt", str(receipt)])
    refused = CliRunner().invoke(main, ["--limit", "needs=2", "replay", str(receipt)])
    assert refused.exit_code == 2 and "3 needs, more than 2 needs" in refused.output


def test_limits_hold_for_one_answer_of_an_interview_and_not_for_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A person may think for longer than an answer may take."""
    interview = routing.Router.open(limits=Limits(seconds=50)).interview(CASE)
    clock = [0.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: clock[0])
    for _ in range(3):
        interview.next_question()
        clock[0] += 1000
    assert interview.plan()


def test_a_batch_obeys_what_is_written(tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "three.yaml").write_bytes(CASE.read_bytes())
    out = tmp_path / "out.jsonl"
    words = ["batch", str(cases), "-o", str(out)]
    told = CliRunner().invoke(main, ["--limit", "megabytes=1", *words])
    assert told.exit_code == 2 and "more memory than 1 megabytes" in told.output and not out.exists()
    told = CliRunner().invoke(main, ["--limit", "needs=2", *words])
    assert told.exit_code == 4 and "3 needs, more than 2 needs" in Path(f"{out}.rejects.jsonl").read_text()
    assert CliRunner().invoke(main, ["batch", str(cases), "-o", str(tmp_path / "all.jsonl")]).exit_code == 0
