"""The phrases of which a sentence has the words, or words near to them, wherever they stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log

import numpy as np

from routing.core.records import Record
from routing.meaning.nearest import Meaning, rows_of_words
from routing.meaning.pieces import words_of

NEAR_WORD = 0.55
"""How near a word must be to one of a phrase to stand for it."""
FEWEST = 2
"""Words of a phrase: one alone may stand in a sentence by chance."""
MOST_LOOKED_AT = 200
"""Phrases of a sentence that are looked at, those that tell most."""


class Held(Record):
    """What a sentence may mean. tells: how much the words speak for it that it has of a phrase, less those
    that it has not; a word speaks the more, the fewer meanings have it. place: of the word that speaks most;
    places: of all words that speak, two or more, as one alone may stand there by chance.
    """

    meaning: Meaning
    tells: float
    place: int
    places: tuple[int, ...]


class WordsOfPhrases:
    """Phrases as the words that each has."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        kept = {
            tuple(words): meaning
            for phrase, meaning in phrases
            if len(words := words_of(phrase)) >= FEWEST and len(set(words)) == len(words)
        }
        of_word: dict[str, set[str]] = defaultdict(set)
        for phrase, meaning in kept.items():
            for word in phrase:
                of_word[word].update(meaning)
        meanings = len(set().union(*kept.values())) + 1
        numbers = {word: number for number, word in enumerate(of_word)}
        self._meanings = list(kept.values())
        self._rows = rows_of_words(list(of_word))
        self._speaks = np.array([log(meanings / len(those)) for those in of_word.values()], np.float32)
        self._words = np.array([numbers[word] for words in kept for word in words], int)
        self._starts = np.cumsum([0, *map(len, kept)])[:-1]

    def in_words(self, words: Sequence[str], least: float) -> tuple[Held, ...]:
        """What words may mean that stand in a sentence, what tells most first, each meaning once. least: what
        they must tell."""
        if not words or not self._meanings:
            return ()
        near = rows_of_words(words) @ self._rows.T
        likeness = near.max(0)
        has = np.where(likeness > NEAR_WORD, 2 * likeness - 1, -1) * self._speaks
        tells = np.add.reduceat(has[self._words], self._starts)
        held: dict[Meaning, Held] = {}
        enough = np.flatnonzero(tells >= least)
        for phrase in enough[np.argsort(-tells[enough], kind="stable")][:MOST_LOOKED_AT].tolist():
            meaning = self._meanings[phrase]
            if meaning not in held:
                end = self._starts[phrase + 1] if phrase + 1 < len(self._starts) else None
                own = self._words[self._starts[phrase] : end]
                spoken = own[likeness[own] > NEAR_WORD]
                places = tuple(sorted(set(near[:, spoken].argmax(0).tolist())))
                if len(places) < FEWEST:
                    continue
                most = own[has[own].argmax()]
                held[meaning] = Held(meaning, float(tells[phrase]), int(near[:, most].argmax()), places)
        return tuple(held.values())
