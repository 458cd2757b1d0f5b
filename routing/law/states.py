"""States and territories: codes, names, and who is part of whom."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from routing.core.errors import Problem, Problems, RulebookProblems, closest_spelling
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.tables import read_table, read_tree
from routing.yaml import tree as yaml_tree

NAMES = ("alpha2", "alpha3", "name", "parent")
ALIASES = ("written", "alpha3", "note")


class StateEntry(Record):
    """A State, or a territory with the State it belongs to."""

    alpha2: str
    alpha3: str
    name: str
    parent: str | None = None


class StateMatch(Record):
    """A place that was named, with what the reader should be told about the way it was written."""

    place: StateEntry
    note: str | None = None


class States:
    """Every State and territory that the data know."""

    def __init__(self, places: Mapping[str, StateEntry], aliases: Mapping[str, tuple[str, str]]) -> None:
        self._places = places
        self._two = {place.alpha2: place.alpha3 for place in places.values()}
        self._aliases = aliases

    @classmethod
    def load(cls, folder: Location) -> States:
        """The places listed in the folder `states` of the rules."""
        path = folder / "states" / "names.csv"
        problems: list[Problem] = []
        places: dict[str, StateEntry] = {}
        lines: dict[str, int] = {}
        for line, (two, three, name, parent) in read_table(path, NAMES):
            if len(two) != 2 or len(three) != 3 or not (two + three).isascii() or not (two + three).isupper():
                problems.append(
                    Problem(
                        f"`{two}`, `{three}` are not codes of two and three letters",
                        str(path),
                        line,
                        "write the ISO 3166 codes",
                        "table.state",
                    )
                )
            if three in places:
                problems.append(
                    Problem(f"`{three}` is listed twice", str(path), line, "keep one of them", "table.twice")
                )
            lines[three] = line
            places[three] = StateEntry(two, three, name, parent or None)
        for place in places.values():
            if place.parent is not None and place.parent not in places:
                message = f"`{place.alpha3}` belongs to `{place.parent}`, which is not listed"
                problems.append(
                    Problem(
                        message,
                        str(path),
                        lines[place.alpha3],
                        suggestion(place.parent, places),
                        "table.state",
                    )
                )
        aliases: dict[str, tuple[str, str]] = {}
        path = folder / "states" / "aliases.csv"
        for line, (written, three, note) in read_table(path, ALIASES):
            if three not in places:
                problems.append(
                    Problem(
                        f"`{three}` is not a code of a State",
                        str(path),
                        line,
                        suggestion(three, places),
                        "table.state",
                    )
                )
            aliases[written] = (three, note)
        if problems:
            raise RulebookProblems(problems)
        return cls(places, aliases)

    def __iter__(self) -> Iterator[StateEntry]:
        return iter(self._places.values())

    def __contains__(self, code: str) -> bool:
        return code in self._places

    def __getitem__(self, code: str) -> StateEntry:
        return self._places[code]

    def name(self, code: str) -> str:
        return self._places[code].name

    def find(self, written: str) -> StateMatch | None:
        """The place written as a code of two or three letters, in either case; None if there is none."""
        given = written.strip()
        # The capitals of a letter beyond ASCII may be two others.
        code = given.upper() if given.isascii() else given
        if code in self._places:
            return StateMatch(self._places[code])
        if code in self._two:
            place = self._places[self._two[code]]
            # Two small letters may be a word: `us`, `no`, `it`.
            note = f"`{given}` is read as {place.name} ({place.alpha3})" if given != code else None
            return StateMatch(place, note)
        if code in self._aliases:
            three, note = self._aliases[code]
            return StateMatch(self._places[three], note)
        return None

    def named(self, written: str) -> tuple[str, ...]:
        """The codes of the places that have this name, whatever its case and accents; empty if there is
        none."""
        wanted = _plain(written)
        return tuple(code for code, place in self._places.items() if _plain(place.name) == wanted)

    def code(self, written: str) -> str:
        """The code of three letters. Raises Problems, with the nearest match, for what is not a State."""
        if written in self._places:
            return written
        match = self.find(written)
        if match is None:
            raise Problems.of(f"`{written}` is not a code of a State", None, None, self.suggest(written))
        return match.place.alpha3

    def suggest(self, written: str) -> str:
        """What may have been meant, as the fix of a problem."""
        return suggestion(written, self._places)


def read_groups(path: Location) -> dict[str, frozenset[str]]:
    """The groups of States that circles name, from a file that was found right before."""
    plain = yaml_tree.plain(read_tree(path))
    return {name: frozenset(group["states"]) for name, group in plain["groups"].items()}


def suggestion(written: str, places: Mapping[str, StateEntry]) -> str:
    import difflib  # only a fault needs it

    wanted = _plain(written)
    by_name = {_plain(place.name): place for place in places.values()}
    close = difflib.get_close_matches(wanted, by_name, n=1, cutoff=0.7)
    place = by_name[close[0]] if close else None
    if place is None:
        begins = [named for name, named in by_name.items() if len(wanted) > 3 and wanted in name]
        place = begins[0] if len(begins) == 1 else None
    if place is None and 1 < len(wanted) < 5:
        code = closest_spelling(written.upper(), places)
        place = places[code] if code else None
    meant = f"did you mean `{place.alpha3}`, {place.name}? " if place else ""
    return meant + "write the ISO 3166 code of two or three letters"


def _plain(text: str) -> str:
    """A name without case and accents, to compare by."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().strip())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
