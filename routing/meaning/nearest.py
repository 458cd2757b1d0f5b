"""The phrases that are nearest to a text in meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from routing.core.records import Record
from routing.meaning.pieces import Rows, pieces, words_of

Meaning = tuple[str, ...]
LEAST_LENGTH = 1e-6


class Near(Record):
    """What a text may mean. meaning: what the nearest phrase stands for; phrase: that phrase; likeness: how
    near it is, at most 1, for the same words in any order."""

    meaning: Meaning
    phrase: str
    likeness: float


def least_shared(words: Sequence[str], others: Sequence[str]) -> float:
    """How near that word is to one of some others which is least near to any: 1 where all are among them."""
    if not words or not others:
        return 0.0
    rows, of_others = rows_of_words(words), rows_of_words(others)
    return float((rows @ of_others.T).max(1).min())


class Phrasebook:
    """Phrases with what each stands for, as rows of numbers of length 1."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        kept = [(phrase, meaning, words) for phrase, meaning in phrases if (words := words_of(phrase))]
        self._phrases = [(phrase, meaning) for phrase, meaning, _ in kept]
        self._rows = _rows_of([words for _, _, words in kept])

    def nearest(self, text: str, least: float) -> tuple[Near, ...]:
        """The meanings that are nearest to a text, the nearest first, each once.

        least: the likeness below which nothing counts, above 0.
        """
        (row,) = _rows_of([words_of(text)])
        likeness = self._rows @ row
        near: dict[Meaning, Near] = {}
        for place in np.argsort(-likeness, kind="stable").tolist():
            phrase, meaning = self._phrases[place]
            if likeness[place] < least:
                break
            if meaning not in near:
                near[meaning] = Near(meaning, phrase, min(1.0, float(likeness[place])))
        return tuple(near.values())


def _rows_of(texts: Sequence[Sequence[str]]) -> Rows:
    """A row of length 1 for each text; all zero for one of which no word is known."""
    table = pieces()
    places = {word: place for place, word in enumerate(dict.fromkeys(_every(texts)))}
    rows = np.zeros((len(texts), table.width), np.float32)
    if not places:
        return rows
    of_words = np.stack([table.row_of(word) for word in places])
    filled = [number for number, words in enumerate(texts) if words]
    starts = np.cumsum([0, *(len(texts[number]) for number in filled[:-1])])
    rows[filled] = np.add.reduceat(of_words[[places[word] for word in _every(texts)]], starts)
    return of_length_1(rows)


def rows_of_words(words: Sequence[str]) -> Rows:
    """A row of length 1 for each word; all zero for one that is not known."""
    table = pieces()
    rows = np.zeros((len(words), table.width), np.float32)
    for place, word in enumerate(words):
        rows[place] = table.row_of(word)
    return of_length_1(rows)


def of_length_1(rows: Rows) -> Rows:
    """Rows, each of length 1; all zero where it was."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    made: Rows = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > LEAST_LENGTH)
    return made


def _every(texts: Iterable[Iterable[str]]) -> Iterator[str]:
    return (word for words in texts for word in words)
