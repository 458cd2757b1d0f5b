"""For how many States an office of each kind is held, by region."""

from __future__ import annotations

from datetime import date

from routing.core.records import Record
from routing.law.confidence import LOW
from routing.law.office_records import Counted
from routing.law.registry import Law
from routing.law.standing import IN_FORCE
from routing.law.tables import read_table

REGIONS = ("state", "region", "subregion")
NETWORK = "point_24_7"
COUNTED = ("central_authority_mla", "central_authority_extradition", "fiu", "ncb", "languages", NETWORK)
"""What is counted everywhere: roles of offices, and the languages."""


class Coverage(Record):
    """One region, or all of them.

    places: States and territories in it; states: those that are no territory of another. held: by role, and
    for `languages`, the places for which a row of high or medium confidence is held on the day; leads: those
    with a row of low confidence only. one_pair: places of `held` for which only rows for one other State are
    held. through: places without a named 24/7 point that are members of the network, so that our own point
    reaches theirs.
    """

    region: str
    places: int
    states: int
    held: dict[str, tuple[str, ...]]
    leads: dict[str, tuple[str, ...]]
    one_pair: dict[str, tuple[str, ...]]
    through: tuple[str, ...]


class Bound(Record):
    """The offices of one role of the States that an instrument binds.

    kind: the role, with its instrument where that has to name the office, as `--missing` takes it. says: the
    role in words. held, missing: States; leads: those of the missing ones for which there is a lead.
    """

    kind: str
    instrument: str
    says: str
    held: tuple[str, ...]
    leads: tuple[str, ...]
    missing: tuple[str, ...]


def bound(law: Law, on: date) -> tuple[Bound, ...]:
    """What `counted.csv` has counted of the States that an instrument binds, in its order."""
    return tuple(_bound(row, law, on) for row in law.offices().counted)


def _bound(row: Counted, law: Law, on: date) -> Bound:
    places = [place.alpha3 for place in law.states if place.parent is None]
    members = [code for code in places if law.standing(row.instrument, code, on).status == IN_FORCE]

    def has(code: str, sure: bool) -> bool:
        return any(
            office.role == row.role
            and (row.under_any or office.instrument == row.instrument)
            and (office.confidence != LOW) is sure
            for office in law.offices().of_state(code, on)
        )

    held = tuple(code for code in members if has(code, sure=True))
    missing = tuple(code for code in members if code not in held)
    leads = tuple(code for code in missing if has(code, sure=False))
    kind = row.role if row.under_any else f"{row.role}:{row.instrument}"
    return Bound(kind, row.instrument, row.says, held, leads, missing)


def regions(law: Law) -> dict[str, str]:
    """The region of each State and territory. Raises RulebookProblems where the table cannot be read."""
    table = read_table(law.folder / "states" / "regions.csv", REGIONS)
    return {state: region for _, (state, region, _) in table}


def coverage(law: Law, on: date) -> tuple[Coverage, ...]:
    """Every region in alphabetical order, then all of them together under the name `all`."""
    by_state = regions(law)
    codes = [place.alpha3 for place in law.states]
    names = sorted(set(by_state.values()))
    parts = [[code for code in codes if by_state.get(code) == region] for region in names]
    return (
        *(_of(region, part, law, on) for region, part in zip(names, parts, strict=True)),
        _of("all", codes, law, on),
    )


def network_instrument(law: Law) -> str | None:
    """The network whose members a 24/7 point reaches, as roles.csv names it."""
    return next((role.within for role in law.offices().roles if role.role == NETWORK and role.within), None)


def _of(region: str, codes: list[str], law: Law, on: date) -> Coverage:
    held = {kind: tuple(code for code in codes if _has(code, kind, law, on, sure=True)) for kind in COUNTED}
    leads = {
        kind: tuple(
            code for code in codes if code not in held[kind] and _has(code, kind, law, on, sure=False)
        )
        for kind in COUNTED
    }
    network = network_instrument(law)
    through = tuple(
        code
        for code in codes
        if network is not None
        and code not in held[NETWORK]
        and law.standing(network, code, on).status == IN_FORCE
    )
    states = sum(law.states[code].parent is None for code in codes)
    pairs = {
        kind: tuple(code for code in held[kind] if not _has(code, kind, law, on, sure=True, pairs=False))
        for kind in COUNTED
    }
    return Coverage(region, len(codes), states, held, leads, pairs, through)


def _has(code: str, kind: str, law: Law, on: date, sure: bool, pairs: bool = True) -> bool:
    """pairs: whether rows that hold for one other State only count."""
    offices = law.offices()
    there = (
        offices.accepted_by(code, on)
        if kind == "languages"
        else (office for office in offices.of_state(code, on) if office.role == kind)
    )
    return any((row.confidence != LOW) is sure and (pairs or not row.partner) for row in there)
