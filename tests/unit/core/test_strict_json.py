"""No JSON passes in which an object gives one name twice: of two the last would win without a word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from routing.core.errors import Problems
from routing.core.signing import read_signature
from routing.core.strict_json import read_json
from routing.papers.answers import read_answers
from routing.receipt import read_receipt
from routing.yaml.tree import read_bytes

SAID = "`state` is given twice"
TWICE = '{"format": "routing-receipt/1", "case": {"needs": [{"state": "DEU", "state": "FRA"}]}}'


def signature(text: str, folder: Path) -> object:
    file = folder / "r.json.sig"
    file.write_text(text)
    return read_signature(file)


def answers(text: str, folder: Path) -> object:
    file = folder / "answers.json"
    file.write_text(text)
    return read_answers(file, ())


@pytest.mark.parametrize(
    "read",
    [
        lambda text, folder: read_json(text),
        lambda text, folder: read_receipt(text, "r.json"),
        lambda text, folder: read_bytes(text.encode(), "case.json"),
        signature,
        answers,
    ],
    ids=["any", "receipt", "case", "signature", "answers"],
)
def test_a_name_that_is_given_twice_is_told(read: Callable[[str, Path], object], tmp_path: Path) -> None:
    for text in (TWICE, TWICE.replace('"state": "FRA"', '"st\\u0061te": "FRA"')):
        with pytest.raises(Problems, match=SAID) as found:
            read(text, tmp_path)
        assert len(found.value.problems) == 1


def test_a_long_name_is_told_in_short() -> None:
    name = json.dumps("a\n" * 100_000)
    with pytest.raises(Problems) as found:
        read_json(f"{{{name}: 1, {name}: 2}}")
    assert len(str(found.value)) < 200 and "\n" not in str(found.value)


def test_what_gives_every_name_once_is_read() -> None:
    assert read_json('{"a": {"a": [1, {"a": null}]}}') == {"a": {"a": [1, {"a": None}]}}
