"""The law as data: who is bound by what with whom, on which day, and how that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from routing.core.domain import TEXT, Provision
from routing.core.errors import Problems, one_of
from routing.core.kinds import NETWORK, TIELESS, TREATY
from routing.core.records import Record, field, freeze_mappings, replace
from routing.core.snapshot import Location, listed
from routing.law.bilateral import FILE, BilateralTreaties, OwnTreaty
from routing.law.blocs import bloc_sides
from routing.law.confidence import HIGH, MEDIUM, weaker
from routing.law.declarations import EVERY, Declaration, read_declarations
from routing.law.instruments import Instrument, KeptInstruments
from routing.law.membership import KeptList, MembershipList
from routing.law.objections import Objection, read_objections
from routing.law.offices import Offices
from routing.law.partial_dates import later
from routing.law.profiles import read_profile
from routing.law.provisions import read_cited, read_provisions, split_ref
from routing.law.relation_names import TieName, read_tie_names
from routing.law.standing import (
    BEST,
    IN_FORCE,
    NONE,
    UNKNOWN,
    Dormant,
    LastSeen,
    Standing,
    Tie,
    clipped_to_applicability,
    combine,
    dormancy,
    oldest,
    standing_from_rows,
)
from routing.law.states import States, read_groups
from routing.law.territories import Extension, by_territory, declared_standing, read_extensions

_MOST_KEPT = 20_000  # standings and ties, so that a long run does not grow


class Law(Record, eq=False):
    """Instruments, their lists of members, and what States declared. Lists are read when they are needed.

    strict_dates: whether what a list showed on its last day is not known of the days after it. Otherwise it
    goes on holding, as a presumption with its age.
    folder: where everything is read from: a snapshot, so that an edit after opening changes nothing.
    """

    folder: Location
    states: States
    instruments: Mapping[str, Instrument]
    groups: Mapping[str, frozenset[str]]
    extensions: Mapping[tuple[str, str], tuple[Extension, ...]]
    objections: tuple[Objection, ...]
    _lists: dict[str, MembershipList | None] = field(default_factory=dict)
    _standings: dict[tuple[str, str, date], Standing] = field(default_factory=dict)
    _pairs: dict[tuple[str, str, str, date], Tie] = field(default_factory=dict)
    _declarations: list[tuple[Declaration, ...]] = field(default_factory=list)
    _ties: list[dict[str, TieName]] = field(default_factory=list)
    _cited: list[dict[str, Instrument]] = field(default_factory=list)
    _provisions: dict[str, dict[str, Provision]] = field(default_factory=dict)

    _offices: list[Offices] = field(default_factory=list)
    _bilateral: list[BilateralTreaties] = field(default_factory=list)
    _kept: bool = False
    strict_dates: bool = False
    _profiles: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        freeze_mappings(self, ("instruments", "groups", "extensions"))

    @classmethod
    def load(cls, folder: Location, kept: bytes | None = None) -> Law:
        """The law data in a folder of rules.

        kept: entries of instruments from `instruments.keep`, when this very content was found right
        before; then entries and rows are read only as far as they are asked for.
        Raises RulebookProblems for what cannot be read, every file together.
        """
        if kept is None:
            from routing.law.reader import read_law

            return read_law(folder)
        return cls(
            folder,
            States.load(folder),
            KeptInstruments(kept),
            read_groups(folder / "states" / "groups.yaml"),
            by_territory(read_extensions(folder / "territories.csv")),
            read_objections(folder / "objections.csv"),
            _kept=True,
        )

    def strictly(self) -> Law:
        """The same data, of which nothing is presumed to go on after the day it was last seen."""
        return self if self.strict_dates else replace(self, strict_dates=True, _standings={}, _pairs={})

    def instrument(self, id: str) -> Instrument:
        """The entry of an instrument. Raises Problems, with the nearest match, for an id that has none."""
        instrument = self.instruments.get(id) or self.cited().get(id)
        if instrument is None:
            raise Problems.of(f"`{id}` is not an instrument", None, None, one_of(id, self.instruments, 6))
        return instrument

    def cited(self) -> Mapping[str, Instrument]:
        """Instruments that are only cited: they have provisions, but no list of members."""
        if not self._cited:
            files = listed(self.folder / "instruments", "*.yaml")
            read = (read_cited(path) for path in files if path.stem not in self.instruments)
            self._cited.append({entry.id: entry for entry in read if entry})
        return self._cited[0]

    def members(self, id: str) -> MembershipList | None:
        """The list of an instrument; None where none is kept."""
        if id not in self._lists:
            path = self.folder / "membership" / f"{self.instrument(id).id}.csv"
            read = KeptList if self._kept else MembershipList.read
            self._lists[id] = read(path) if path.is_file() else None
        return self._lists[id]

    def profile(self, state: str) -> Mapping[str, Any]:
        """The profile of a State by block (`facts`, `known`, `cites`), what was laid over it included."""
        if state not in self._profiles:
            self._profiles[state] = read_profile(self, state)
        return self._profiles[state]

    def reach(self, id: str) -> date | None:
        """The day up to which the list of an instrument speaks; None where no list is kept."""
        reaches = self.instrument(id).reaches
        return reaches.last if reaches else None

    def standing(self, instrument: str, state: str, on: date) -> Standing:
        """What an instrument is to one State on a day.

        in_force: bound. signed: signed and surely not bound. none: surely not bound.
        unknown: the data do not tell; `reason` says why and `seen` what they last showed.
        """
        code = self.states.code(state)
        key = (instrument, code, on)
        if key not in self._standings:
            if len(self._standings) >= _MOST_KEPT:
                self._standings.clear()
            self._standings[key] = self._standing(self.instrument(instrument), code, on)
        return self._standings[key]

    member = standing

    def between(self, instrument: str, state: str, partner: str, on: date) -> Tie:
        """What an instrument is between two States on a day: in force only where it surely binds both."""
        pair = (self.states.code(state), self.states.code(partner))
        key = (instrument, *pair, on)
        if key not in self._pairs:
            if len(self._pairs) >= _MOST_KEPT:
                self._pairs.clear()
            self._pairs[key] = self._between(self.instrument(instrument), *pair, on)
        return self._pairs[key]

    def _between(self, entry: Instrument, a: str, b: str, on: date) -> Tie:
        instrument = entry.id
        sides = (self.standing(instrument, a, on), self.standing(instrument, b, on))
        if a == b:
            return Tie(instrument, (a, b), on, NONE, "one State alone has no tie with itself", sides)
        if entry.kind == TREATY and self.of_one_state(a, b):
            reason = "a State has no treaty with a part of itself, nor its parts with each other"
            return Tie(instrument, (a, b), on, NONE, reason, sides)
        if entry.kind in TIELESS:
            return Tie(instrument, (a, b), on, NONE, "it ties no State to another", sides)
        for objection in self.objections:
            if objection.concerns(instrument, a, b):
                return Tie(
                    instrument,
                    (a, b),
                    on,
                    NONE,
                    f"no relations under it: {objection.note}",
                    sides,
                    confidence=objection.confidence,
                    as_last_seen=LastSeen(objection.checked, instrument) if on > objection.checked else None,
                )
        if entry.hub is not None:
            sides = bloc_sides(entry, entry.hub, (a, b), on, self.standing, self.members(entry.id))
        return self._tie(entry, (a, b), sides, on)

    def of_one_state(self, a: str, b: str) -> bool:
        """Whether two places are one State and a territory of it, or two of its territories."""
        return (self.states[a].parent or a) == (self.states[b].parent or b)

    def dormant(self, instrument: str, on: date) -> Dormant | None:
        """Why an instrument binds nobody at all on a day; None where it may bind somebody."""
        return dormancy(self.instrument(instrument), on, self.strict_dates)

    def tie_names(self) -> Mapping[str, TieName]:
        """The names of ties that rules may use beside the instruments."""
        if not self._ties:
            self._ties.append(read_tie_names(self.folder / "ties.yaml", self.instruments))
        return self._ties[0]

    def tie(self, name: str, state: str, partner: str, on: date) -> Tie:
        """The tie of a name: of the instrument, or the best of the several that the name stands for.

        A name that is asked of the user has no data: its status is unknown.
        """
        entry = self.tie_names().get(name)
        if entry is None:
            return self.between(name, state, partner, on)
        if entry.asked is not None:
            states = (self.states.code(state), self.states.code(partner))
            own, theirs = (Standing(name, id, on, UNKNOWN, "no data are kept; it is asked") for id in states)
            return Tie(
                name, states, on, UNKNOWN, f"no data are kept; `{entry.asked}` is asked", (own, theirs)
            )
        return min(
            (self.between(id, state, partner, on) for id in entry.instruments),
            key=lambda tie: BEST.index(tie.status),
        )

    def declarations(self, instrument: str, state: str) -> tuple[Declaration, ...]:
        """What a State declared on an instrument, with what concerns every party."""
        code = self.states.code(state)
        concerned = {code, self.states[code].parent, EVERY}
        return tuple(
            made
            for made in self.all_declarations()
            if made.instrument == instrument and made.state in concerned
        )

    def all_declarations(self) -> tuple[Declaration, ...]:
        """Every declaration there is."""
        if not self._declarations:
            self._declarations.append(read_declarations(self.folder / "declarations.csv"))
        return self._declarations[0]

    def offices(self) -> Offices:
        """The offices of States, the languages they take and the ways between them."""
        if not self._offices:
            self._offices.append(Offices(self.folder))
        return self._offices[0]

    def bilateral(self) -> BilateralTreaties:
        """The treaties of two States that are held."""
        if not self._bilateral:
            self._bilateral.append(BilateralTreaties(self.folder / FILE))
        return self._bilateral[0]

    def own_treaty(self, kind: str, state: str, partner: str, on: date) -> OwnTreaty | None:
        """The treaty of two States on a kind of help, and whether it binds them on a day; None where that is
        not known."""
        own = self.bilateral().between(kind, state, partner, on)
        return None if own is None or (self.strict_dates and on > own.treaty.checked) else own

    def provisions(self, instrument: str) -> Mapping[str, Provision]:
        """The provisions of an instrument by article."""
        if instrument not in self._provisions:
            self._provisions[instrument] = read_provisions(self.folder, self.instrument(instrument).id)
        return self._provisions[instrument]

    def provision(self, ref: str) -> Provision:
        """The provision of a reference, as `instrument article`. Raises Problems, with the nearest match."""
        instrument, article = split_ref(ref)
        listed = self.provisions(self.instrument(instrument).id)
        if article is None or article not in listed:
            message = f"`{ref}` is not a provision"
            fix = (
                one_of(article or "", listed, 8) if listed else "no provision of this instrument is recorded"
            )
            raise Problems.of(message, None, None, fix)
        return listed[article]

    def _standing(self, entry: Instrument, code: str, on: date) -> Standing:
        listed = self.members(entry.id)
        if listed is None:
            return Standing(entry.id, code, on, UNKNOWN, "no list of members is kept")
        standing = standing_from_rows(entry, code, listed.rows(code), on, self.strict_dates)
        if standing is None:
            standing = (
                self._of_territory(entry, code, on)
                if self.states[code].parent
                else self._absent(entry, code, on)
            )
        return clipped_to_applicability(entry, standing, on, self.dormant(entry.id, on))

    def _absent(self, entry: Instrument, code: str, on: date) -> Standing:
        """What it means that a State is not on the list."""
        standing = partial(Standing, entry.id, code, on)
        circle = entry.circle
        outside = self._outside_circle(entry, code, on) if circle is not None else None
        if circle is not None and outside is not None:
            return standing(
                NONE,
                f"outside the circle: {circle.says.rstrip('.')}",
                confidence=HIGH if circle.mark == TEXT else MEDIUM,
                source=entry.source,
                checked=entry.checked,
                as_last_seen=outside.as_last_seen,
            )
        complete = entry.complete
        if complete is None:
            return standing(UNKNOWN, "not listed, but the list is incomplete: unknown")
        if complete.includes(on):
            return standing(
                NONE,
                f"not on the list, which is complete to {complete.last}",
                confidence=entry.confidence,
                checked=entry.checked,
            )
        if on < complete.first:
            return standing(UNKNOWN, f"not on the list, which is complete only from {complete.first}")
        reason = f"not on the list when last seen on {complete.last}"
        if self.strict_dates:
            reason += "; whether it has joined since is not known"
            return standing(UNKNOWN, reason, seen=NONE)
        return standing(
            NONE,
            reason,
            confidence=entry.confidence,
            source=entry.source,
            checked=entry.checked,
            as_last_seen=LastSeen(complete.last, entry.id),
        )

    def outside_circle(self, instrument: str, state: str) -> bool:
        """Whether a State surely cannot be bound by an instrument, as its entry and the lists that it names
        show."""
        entry = self.instruments[instrument]
        code = self.states.code(state)
        return entry.circle is not None and self._outside_circle(entry, code, entry.checked) is not None

    def _outside_circle(self, entry: Instrument, code: str, on: date) -> Outside | None:
        """That a State is outside the States that alone can be bound; None where it is not, or may be among
        them.

        What a list of eligible States is made of decides: a group needs no list and ends on no day;
        membership of another instrument is as that instrument's list was last seen.
        """
        circle = entry.circle
        assert circle is not None
        places = {code, self.states[code].parent}
        if places & set(circle.states) or any(
            places & self.groups.get(group, frozenset()) for group in circle.groups
        ):
            return None
        others = [self.standing(instrument, code, on) for instrument in circle.members_of]
        if any(standing.status in (IN_FORCE, UNKNOWN) for standing in others):
            return None
        days = [standing.as_last_seen for standing in others if standing.as_last_seen is not None]
        return Outside(min(days, default=None))

    def _of_territory(self, entry: Instrument, code: str, on: date) -> Standing:
        """A territory is bound with its State only where that was declared."""
        parent = self.states[code].parent
        assert parent is not None
        whole, name = self.standing(entry.id, parent, on), self.states.name(parent)
        for extension in self.extensions.get((entry.id, code), ()):
            declared = declared_standing(extension, whole, name, on)
            if declared is not None:
                return declared
        absent = self._absent(entry, code, on)
        if whole.status in (IN_FORCE, UNKNOWN) and entry.circle and self._outside_circle(entry, code, on):
            return absent
        if whole.status == IN_FORCE:
            reason = f"{name} is bound; whether this extends to the territory is not recorded"
            return Standing(entry.id, code, on, UNKNOWN, reason, note=whole.reason)
        if whole.status == UNKNOWN:
            return replace(whole, state=code, reason=f"for {name}: {whole.reason}")
        if entry.kind == NETWORK:
            return absent
        return replace(
            whole, state=code, status=NONE, reason=f"{name} is not bound: {whole.reason}", since=None
        )

    def _tie(
        self, entry: Instrument, states: tuple[str, str], sides: tuple[Standing, Standing], on: date
    ) -> Tie:
        status = combine(*sides)
        # What decides: the sides that have the status, or where only signatures stand in the way, those.
        reasons = [
            f"{self.states.name(state)}: {side.reason}"
            for state, side in zip(states, sides, strict=True)
            if side.status == status
        ]
        dated = status == IN_FORCE and None not in (sides[0].since, sides[1].since)
        since = later(sides[0].since, sides[1].since) if dated else None
        confidence = weaker(*(side.confidence for side in sides if side.status == status))
        return Tie(entry.id, states, on, status, "; ".join(reasons), sides, since, confidence, oldest(*sides))


class Outside(Record):
    """That a State is outside a circle. as_last_seen: the oldest day of the lists that show it; None where
    none does."""

    as_last_seen: LastSeen | None
