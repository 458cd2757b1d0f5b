"""Every input that fuzzing kept is taken again, and so is each cut and bent a little."""

from __future__ import annotations

import random

import pytest
import targets
from places import TESTS

FUZZ = TESTS / "fuzz"


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_what_was_kept_is_taken_or_told(name: str) -> None:
    kept = [file.read_bytes() for file in sorted((FUZZ / "corpus" / name).iterdir())]
    dice = random.Random(name)
    assert kept
    for data in (*kept, *targets.seeds(name).values()):
        targets.run(name, data)
        for _ in range(5 if data in kept else 1):
            bent = bytearray(data)
            for _ in range(dice.randrange(1, 4)):
                at = dice.randrange(len(bent) + 1)
                bent[at : at + dice.randrange(4)] = dice.randbytes(dice.randrange(4))
            targets.run(name, bytes(bent))


def test_a_fuzzer_is_given_words_that_a_person_could_write() -> None:
    """One entry that a fuzzer cannot read ends it before its first input."""
    assert targets.words("case") == []
    listed = targets.words("story")
    assert len(listed) > 10_000
    odd = [
        it for it in listed if not (it.isprintable() and it == " ".join(it.split())) or set(it) & set('"\\|')
    ]
    assert not odd
