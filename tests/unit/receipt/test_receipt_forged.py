"""A receipt sealed anew over anything that was not decided is found out, part by part."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from explained import DAY
from hypothesis import given
from hypothesis import strategies as st
from receipt_order import ORDER
from shipped import router
from when_changed import WHOLE_PROGRAM

from routing.cli import main
from routing.core.errors import Problems
from routing.receipt import read_receipt, receipt_text, replay
from routing.receipt.proof_check import check_recorded_proof
from routing.receipt.written import digest_of, text_of

pytestmark = WHOLE_PROGRAM


@pytest.fixture(scope="module")
def receipt() -> str:
    return receipt_text(router().read(ORDER), router(), DAY)[1]


def sealed(data: dict[str, Any]) -> str:
    body = {key: value for key, value in data.items() if key != "digest"}
    return text_of({**body, "digest": digest_of(body)})


def forged(text: str, change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    data = json.loads(text)
    change(data)
    return read_receipt(sealed(data), "r")


def _with_a_fraction(data: Any) -> bool:
    """Make the first whole number in it one with a fraction of nothing."""
    places = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for place, part in places:
        if type(part) is int:
            data[place] = float(part)
            return True
        if _with_a_fraction(part):
            return True
    return False


FORGERIES: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "a fact": ("facts", lambda d: d["facts"]["content"]["coercive"].update(value="no")),
    "every fact": ("facts", lambda d: [fact.update(value="no") for fact in d["facts"]["content"].values()]),
    "where a fact is from": ("facts", lambda d: d["facts"]["content"]["coercive"].update(origin="presumed")),
    "no proof": ("proof", lambda d: d.update(proof=[])),
    "a line of the proof": ("proof", lambda d: d["proof"][0]["lines"].pop()),
    "a goal": ("findings", lambda d: d["proof"][0]["goals"].pop()),
    "a definition": ("proof", lambda d: d["definitions"]["stored_content"].popitem()),
    "the plan": ("plan", lambda d: d["plan"]["needs"][0].update(status="no_lawful_route")),
    "the order of a list": ("plan", lambda d: d["plan"]["obligations"].reverse()),
    "what is not there": ("plan", lambda d: d["plan"]["needs"][0].pop("proposed")),
    "a yes that is a number": ("plan", lambda d: d["plan"].update(strict_dates=0)),
    "a number of a definition": ("proof", lambda d: _with_a_fraction(d["definitions"])),
    "the case": ("plan", lambda d: d["case"].update(title="Another")),
    "a note": ("notes", lambda d: d["plan"].update(notes=["All is well"])),
    "the hash in the plan": ("rulebook", lambda d: d["plan"]["rulebook"].update(hash="0" * 64)),
    "the hash of the receipt": ("rulebook", lambda d: d["rulebook"].update(hash="0" * 64)),
    "an overlay": ("rulebook", lambda d: d["rulebook"].update(overlays=["mine"])),
    "a rule": ("rulebook", lambda d: d["rules"].popitem()),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_each_forged_part_is_named(receipt: str, name: str) -> None:
    part, change = FORGERIES[name]
    found = replay(forged(receipt, change), router())
    assert not found.same and part in found.differs


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(remark="The court agreed"),
        lambda d: d["rulebook"].update(signed_by="somebody"),
        lambda d: d["proof"][0].update(remark="x"),
        lambda d: d["facts"]["content"]["coercive"].update(remark="x"),
    ],
)
def test_a_part_that_receipts_do_not_have_is_refused(
    receipt: str, change: Callable[[dict[str, Any]], Any]
) -> None:
    """Replay compares the parts it knows; whatever else stood there would be called the same."""
    with pytest.raises(Problems, match="unknown field"):
        forged(receipt, change)


def test_a_version_of_the_program_that_is_not_this_one_is_told(receipt: str, tmp_path: Path) -> None:
    """The result is the same all the same: that is what another version replays it for."""
    file = tmp_path / "r.json"
    file.write_text(sealed({**json.loads(receipt), "program": "9.9.9\x1b[2J"}))
    told = CliRunner().invoke(main, ["replay", str(file)])
    assert told.exit_code == 0 and "version 9.9.9" in told.output and "\x1b[2J" not in told.output


def test_a_word_that_was_read_as_another_is_no_forgery() -> None:
    case = {"state": "DEU", "as_of": "2026-11-24", "needs": [{"measure": "search", "with": "UK"}]}
    text = receipt_text(router().read(case), router(), DAY)[1]
    assert json.loads(text)["plan"]["notes"] and replay(read_receipt(text, "r"), router()).same


def test_the_proof_is_checked_from_the_receipt_alone(receipt: str) -> None:
    assert check_recorded_proof(read_receipt(receipt, "r")) > 20
    for name in ("a fact", "no proof", "a line of the proof", "a definition"):
        with pytest.raises(Problems):
            check_recorded_proof(forged(receipt, FORGERIES[name][1]))
    for place in range(0, len(json.loads(receipt)["proof"][0]["lines"]), 7):
        with pytest.raises(Problems):
            check_recorded_proof(
                forged(
                    receipt,
                    lambda d, at=place: d["proof"][0]["lines"][at].update(
                        holds=not d["proof"][0]["lines"][at]["holds"]
                    ),
                )
            )


def _not_proved(data: dict[str, Any]) -> str:
    """A rule on which the receipt rests, and which it does not show to speak."""
    goals = {claim for proof in data["proof"] for claim, _ in proof["goals"]}
    return next(rule for rule in data["rules"] if f"fired:{rule}" not in goals)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: [proof.update(goals=[], lines=[], facts={}) for proof in d["proof"]],
        lambda d: [proof.update(goals=proof["goals"][1:]) for proof in d["proof"]],
        lambda d: [proof.update(goals=proof["goals"][:3]) for proof in d["proof"]],
        lambda d: d["plan"]["warnings"].append({**d["plan"]["warnings"][0], "why": _not_proved(d)}),
        lambda d: d["plan"]["needs"][0].update(
            primary={
                "pathway": "police_to_police",
                "route": "police_to_police/untoc",
                "family": "police",
                "certainty": "confirmed",
            }
        ),
    ],
)
def test_a_proof_of_something_else_than_the_plan_is_none(
    receipt: str, change: Callable[[dict[str, Any]], Any]
) -> None:
    """An empty proof once held beside any plan."""
    with pytest.raises(Problems, match="plan"):
        check_recorded_proof(forged(receipt, change))


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_is_sealed_is_a_receipt_or_is_told(value: Any) -> None:
    for data in (value, {"format": "routing-receipt/2", "plan": value}, {"format": value}):
        text = sealed(data) if isinstance(data, dict) else json.dumps(data)
        with pytest.raises(Problems):
            read_receipt(text, "r")


def test_what_cannot_be_a_receipt_is_told_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    for text in (
        "[" * 100_000,
        '{"a":' * 5000,
        '"\\ud800"',
        '{"format": "routing-receipt/2", "x": "\\ud800"}',
        "",
        "\x1b[2J",
    ):
        file.write_text(text)
        told = CliRunner().invoke(main, ["replay", str(file)])
        assert told.exit_code == 2 and "internal failure" not in told.output and "\x1b" not in told.output, (
            text[:20]
        )
    for path in ("/dev/zero", str(tmp_path)):
        told = CliRunner().invoke(main, ["replay", path])
        assert told.exit_code == 2 and "cannot read" in told.output


def test_a_replay_uses_no_cache(receipt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "r.json"
    file.write_text(receipt)
    assert CliRunner().invoke(main, ["replay", str(file)]).exit_code == 0
    assert not (tmp_path / "cache").exists()
    checked = CliRunner().invoke(main, ["replay", str(file), "--verify-proof"])
    assert checked.exit_code == 0 and "The proof holds" in checked.output


def test_escapes_of_names_of_files_do_not_reach_the_terminal(tmp_path: Path) -> None:
    name = str(tmp_path / "\x1b[31mred\x1b[0m.yaml")
    for words in (
        ("route", name),
        ("ask", name),
        ("replay", name),
        ("route", "-", "--receipt", name + "/x"),
        ("--rules", name, "route", "-"),
    ):
        told = CliRunner().invoke(main, words, input="state: KEN\n")
        assert told.exit_code in (2, 5) and "\x1b" not in told.output, words
