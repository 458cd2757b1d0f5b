"""The tables of offices as they stand in `offices/`; `offices.py` says what follows from them.

`office_rows.py` reads their rows, `office_records.py` has what they become. Files that an overlay lays beside
ours (`authorities.with-NAME.csv`) go before ours, for each State and role.
"""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.cached import cached_property
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.core.snapshot import Location, listed
from routing.law.office_records import (
    AcceptedLanguages,
    CalledOffice,
    Channel,
    CopyTo,
    Counted,
    Narrow,
    Office,
    OfficeRole,
    PartOfOffice,
    RemarkOnOffice,
    TreatyOffice,
    WayBetween,
)
from routing.law.office_rows import (
    AUTHORITIES,
    BETWEEN,
    BY_TREATY,
    CALLED,
    CHANNELS,
    COPIES,
    COUNTED,
    FOLDER,
    LANGUAGES,
    NARROW,
    OFFICIAL,
    PARTS,
    REMARKS,
    ROLES,
    SISTERS,
    SPOKEN,
    WORDING,
    between_of,
    called_of,
    channel_of,
    copy_of,
    counted_of,
    languages_from,
    listed_words,
    narrow_of,
    office_of,
    part_of,
    remark_of,
    role_of,
    treaty_office,
)
from routing.law.tables import Line, read_table


class OfficeTables:
    """The tables of the folder `offices`, each read when it is asked for; all empty where there is no such
    folder.

    Raises RulebookProblems for what is not a table.
    """

    def __init__(self, folder: Location) -> None:
        self.folder = folder / FOLDER
        self._states = folder / "states"

    @cached_property
    def authorities(self) -> tuple[Office, ...]:
        """Every office: a user's own first, then ours, in the order of the files."""
        return tuple(map(self._named, self._lines("authorities", AUTHORITIES)))

    def _named(self, written: tuple[Location, Line]) -> Office:
        """The office on a line of a file, with what is said beside it."""
        path, line = written
        office = office_of(line, path)
        return replace(office, remark=self._remark_on.get(office.key, ""))

    @cached_property
    def _written(self) -> dict[str, list[tuple[Location, Line]]]:
        """The lines on which offices stand, by State: a case needs those of two."""
        at = AUTHORITIES.index("state")
        return grouped((line[1][at], (path, line)) for path, line in self._lines("authorities", AUTHORITIES))

    @cached_property
    def _remark_on(self) -> dict[tuple[str, ...], str]:
        return {remark.of: remark.remark for remark in self.remarks}

    @cached_property
    def remarks(self) -> tuple[RemarkOnOffice, ...]:
        """What is said beside a name: which of several offices it is, and what it does with a request."""
        return tuple(remark_of(line) for line in self._optional("remarks.csv", REMARKS))

    @cached_property
    def accepted(self) -> tuple[AcceptedLanguages, ...]:
        return tuple(languages_from(line, path) for path, line in self._lines("languages", LANGUAGES))

    @cached_property
    def roles(self) -> tuple[OfficeRole, ...]:
        return tuple(role_of(line) for line in self._table("roles.csv", ROLES))

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        return tuple(channel_of(line) for line in self._table("channels.csv", CHANNELS))

    @cached_property
    def copies(self) -> tuple[CopyTo, ...]:
        """Who is written to as well."""
        return tuple(copy_of(line) for line in self._table("copies.csv", COPIES))

    @cached_property
    def by_treaty(self) -> tuple[TreatyOffice, ...]:
        """The offices that treaties themselves name; their `state` is empty."""
        name = "by_treaty.csv"
        return tuple(treaty_office(line, self.folder / name) for line in self._optional(name, BY_TREATY))

    @property
    def every(self) -> tuple[Office, ...]:
        """Every office with its day and source, those that treaties name among them."""
        return (*self.authorities, *(named.office for named in self.by_treaty))

    @cached_property
    def wording(self) -> dict[str, str]:
        return {key: says for _, (key, says) in self._table("wording.csv", WORDING)}

    @cached_property
    def spoken(self) -> dict[str, tuple[str, ...]]:
        """The official languages of each State."""
        path = self._states / "languages.csv"
        table = read_table(path, SPOKEN) if self.folder.is_dir() else []
        return {state: listed_words(languages) for _, (state, languages) in table}

    @cached_property
    def official(self) -> dict[str, tuple[str, ...]]:
        """The languages in which a State conducts its business: where its constitution or law was read, as it
        says; else its official languages."""
        read = self._optional("official.csv", OFFICIAL)
        return {**self.spoken, **{state: listed_words(languages) for _, (state, languages, *_) in read}}

    @cached_property
    def sisters(self) -> dict[str, tuple[str, ...]]:
        """For each instrument those whose rule on language has the same words: what a State notified under
        one is likely under the other."""
        return {
            instrument: tuple(sisters.split())
            for _, (instrument, sisters) in self._optional("sisters.csv", SISTERS)
        }

    @cached_property
    def parts(self) -> tuple[PartOfOffice, ...]:
        """For names that stand for several offices, which applies when."""
        return tuple(part_of(line) for line in self._optional("parts.csv", PARTS))

    @cached_property
    def narrow(self) -> tuple[Narrow, ...]:
        """The instruments on one matter, and the offices that deal with that matter only."""
        return tuple(narrow_of(line) for line in self._optional("narrow.csv", NARROW))

    @cached_property
    def called(self) -> tuple[CalledOffice, ...]:
        """The names by which States call the offices that treaties name."""
        return tuple(called_of(line) for line in self._optional("called.csv", CALLED))

    @cached_property
    def between(self) -> tuple[WayBetween, ...]:
        """The ways that follow from who writes to whom."""
        return tuple(between_of(line) for line in self._optional("between.csv", BETWEEN))

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """The roles that are counted for the States that an instrument binds."""
        return tuple(counted_of(line) for line in self._optional("counted.csv", COUNTED))

    def _table(self, name: str, head: tuple[str, ...]) -> list[Line]:
        return read_table(self.folder / name, head) if self.folder.is_dir() else []

    def _optional(self, name: str, head: tuple[str, ...]) -> list[Line]:
        path = self.folder / name
        return read_table(path, head) if self.folder.is_dir() and path.is_file() else []

    def _lines(self, name: str, head: tuple[str, ...]) -> Iterator[tuple[Location, Line]]:
        """The lines of a table that may stand in several files, `NAME.PART.csv` and `NAME.csv`, each with its
        file."""
        if not self.folder.is_dir():
            return
        for path in (*listed(self.folder, f"{name}.*.csv"), self.folder / f"{name}.csv"):
            yield from ((path, line) for line in read_table(path, head))
