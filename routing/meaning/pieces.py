"""What a text means, as a row of numbers: the sum of what the pieces of its words mean."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import IO
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from routing.core.errors import RulebookProblems

Rows = npt.NDArray[np.float32]

WORD = re.compile(r"[a-z0-9]+")
TABLE = "pieces.npz"
INNER = "##"
"""What a piece begins with that goes on with a word."""
LONGEST_WORD = 40
"""Letters of a word that are read: no English word is longer."""


class Pieces:
    """The pieces of words, each with its row."""

    def __init__(self, names: Iterable[str], rows: npt.NDArray[np.int8], scales: Rows) -> None:
        self._place = {name: place for place, name in enumerate(names)}
        self._rows, self._scales = rows, scales

    @property
    def width(self) -> int:
        """How many numbers a row has."""
        return int(self._rows.shape[1])

    def of_word(self, word: str) -> list[int]:
        """The places of the longest pieces that make up a word; none where a part of it is no piece."""
        places: list[int] = []
        start = 0
        while start < len(word):
            begun = INNER if start else ""
            for end in range(len(word), start, -1):
                place = self._place.get(begun + word[start:end])
                if place is not None:
                    places.append(place)
                    start = end
                    break
            else:
                return []
        return places

    def row_of(self, word: str) -> Rows:
        """What a word means: the sum of its pieces, all zero where it is not known."""
        places = self.of_word(word[:LONGEST_WORD])
        rows: Rows = (self._rows[places].astype(np.float32) * self._scales[places, None]).sum(
            0, dtype=np.float32
        )
        return rows


def words_of(text: str) -> list[str]:
    """The words of a text in small letters without accents; what is written in another script is left out."""
    if text.isascii():
        return WORD.findall(text.lower())
    plain = unicodedata.normalize("NFD", text.lower())
    return WORD.findall("".join(it for it in plain if unicodedata.category(it) != "Mn"))


@cache
def pieces() -> Pieces:
    """The pieces that travel with the program, read once. Raises RulebookProblems where their table is not
    there, or is not as it was made."""
    try:
        with files("routing.meaning").joinpath(TABLE).open("rb") as file:
            return _read(file)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        cure = "install the program again"
        raise RulebookProblems.of(
            f"`{TABLE}`, by which words are compared, is damaged or missing", fix=cure
        ) from error


def _read(file: IO[bytes]) -> Pieces:
    with np.load(file, allow_pickle=False) as held:
        names = held["pieces"].tobytes().decode("ascii").split("\n")
        rows, scales = held["rows"], held["scales"]
    if rows.dtype != np.int8 or rows.ndim != 2 or not len(names) == len(rows) == len(scales):
        raise ValueError("the parts of the table do not fit")
    return Pieces(names, rows, scales)
