"""How the authorities of a State are reached, for each kind of help or for one pathway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from routing.core.conditions import NEVER, Is, leaf_tests, specialise
from routing.core.domain import Pathway, Route
from routing.law import Law
from routing.law.addresses import Quotable
from routing.law.bilateral import BILATERAL
from routing.law.confidence import LOW
from routing.law.office_records import GENERAL, Office, OfficeRole
from routing.law.standing import IN_FORCE, NONE, UNKNOWN
from routing.plan.language import declared, language_of
from routing.plan.model import Party, as_json
from routing.plan.offices import Correspondence, channel_between, declaring
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE


def kinds_of_help(
    state: str, asking: str | None, rulebook: Rulebook, law: Law, on: date
) -> list[dict[str, Any]]:
    """Each role an office can have, with the offices of the State that are held for it on a day; none: whom
    to ask.

    asking: the State that asks; then only designations that count between the two are told.
    """
    offices = law.offices()
    there = [o for o in offices.of_state(state, on) if _counts(o, asking, law, on)]
    return [
        {
            "role": role.role,
            "title": role.title,
            "offices": _offices((o for o in there if o.role == role.role and o.confidence != LOW), rulebook),
            "leads": _offices((o for o in there if o.role == role.role and o.confidence == LOW), rulebook),
            "ask": role.ask or None,
        }
        for role in _titled(offices.roles)
        if any(o.role == role.role for o in there) or _may_have(role, state, law, on)
    ]


def languages_of(
    state: str, asking: str | None, rulebook: Rulebook, law: Law, on: date
) -> list[dict[str, Any]]:
    """The languages in which a State takes requests, by instrument; what a translation would be due for
    `asking`."""
    offices = law.offices()
    spoken = offices.spoken.get(asking or "", ())
    return [
        as_json(language_of(accepted, spoken, (), rulebook, law))
        for accepted in offices.accepted_by(state, on)
        if accepted.confidence != LOW
        and _binds(accepted.instrument, accepted.partner, state, asking, law, on)
    ]


def by_route(
    state: str, pathway: Pathway, asking: str | None, rulebook: Rulebook, law: Law, on: date
) -> list[dict[str, Any]]:
    """For each basis of a pathway: the office of the State asked, the way to it, the language.

    asking: the State that asks; then only bases that surely bind both, or bind no States at all, are told.
    Without it, those that surely do not bind the State asked are left out.
    """
    rows: dict[tuple[object, ...], dict[str, Any]] = {}
    every = frozenset(copy.duty for copy in law.offices().copies)
    for route in pathway.routes:
        lead = route.lead[0].split(" ")[0]
        if not _may_serve(lead, state, asking, law, on) or _shut(route, state, asking, law, on):
            continue
        channel = channel_between(pathway.id, route.id, state, asking, law, on)
        under = declaring(channel, route)
        instrument = under[0] if under[0] in rulebook.instruments else lead
        if not _may_serve(instrument, state, asking, law, on):
            continue
        between = Correspondence(rulebook, law, on, pathway.id, under)
        role = (channel.receiver_party if channel else "") or str(pathway.receiver)
        asked = Party(role=role, state=state)
        via = between.via(channel, asked, asking or "", route) if channel else None
        way = via.channel if via is not None else None
        if via is None:
            via = between.by_parties((channel and channel.sender_party) or str(pathway.sender), role, route)
        receiver = between.named(asked, "receiver", asking, way)
        copied = (party for party in between.copies(state, asking, via, every) if party != receiver)
        row = {
            "basis": [rulebook.instruments[instrument].short],
            "receiver": as_json(receiver),
            "also_to": [as_json(party) for party in copied],
            "via": as_json(via),
            "language": as_json(between.languages.between(channel, asking or "", state)) if channel else None,
        }
        same = (repr(row["receiver"]), repr(row["also_to"]), repr(row["via"]), repr(row["language"]))
        if same in rows:
            rows[same]["basis"] = [*dict.fromkeys((*rows[same]["basis"], *row["basis"]))]
        else:
            rows[same] = row
    return list(rows.values())


def why_none(pathway: Pathway, state: str, asking: str | None, law: Law, on: date) -> list[str]:
    """Of each treaty or law that a pathway may rest on, why it does not serve: what its list shows."""
    leads = dict.fromkeys(route.lead[0].split(" ")[0] for route in pathway.routes)
    listed = (law.instruments[id] for id in leads if id in law.instruments and law.members(id) is not None)
    reasons = (
        (
            entry.short,
            law.between(entry.id, state, asking, on) if asking else law.standing(entry.id, state, on),
        )
        for entry in listed
    )
    return [f"{short}: {standing.reason}." for short, standing in reasons if standing.status != IN_FORCE]


def _shut(route: Route, state: str, asking: str | None, law: Law, on: date) -> bool:
    """Whether what the lists show between the two States shuts a route, whatever else a case brings."""
    if asking is None:
        return False
    names = {leaf.fact for leaf in leaf_tests(route.opens) if isinstance(leaf, Is)}
    listed = {name: name.removeprefix(TIE) for name in names if name.startswith(TIE)}
    ties = {
        name: law.between(id, state, asking, on).status
        for name, id in listed.items()
        if id in law.instruments and law.members(id) is not None
    }
    return specialise(route.opens, {n: status for n, status in ties.items() if status != UNKNOWN}) == NEVER


def _may_serve(instrument: str, state: str, asking: str | None, law: Law, on: date) -> bool:
    """Whether a basis can bring a request to a State: from `asking`, or from any State if none is named."""
    if asking is not None:
        return _binds(instrument, asking, state, asking, law, on)
    if instrument not in law.instruments or law.members(instrument) is None:
        return True
    return law.standing(instrument, state, on).status != NONE


def _titled(roles: Iterable[OfficeRole]) -> Iterator[OfficeRole]:
    seen = set()
    for role in roles:
        if role.title and role.role not in seen:
            seen.add(role.role)
            yield role


def _may_have(role: OfficeRole, state: str, law: Law, on: date) -> bool:
    return not role.within or law.standing(role.within, state, on).status != NONE


def _offices(offices: Iterable[Office], rulebook: Rulebook) -> list[dict[str, Any]]:
    """Offices of one name and unit together, with every declaration that names them."""
    together: dict[tuple[str, str, str], dict[str, Any]] = {}
    for office in offices:
        quoted = Quotable(office.source or None, office.read_at or None)
        named = {
            "under": declared(office, rulebook),
            "instrument": office.instrument,
            "provision": office.provision or None,
            "partner": office.partner or None,
            "since": str(office.since) if office.since else None,
            "source": quoted.address,
            "read_at": quoted.read_at,
            "confidence": office.confidence,
            "text_of": office.old,
            "checked": office.checked.isoformat(),
            "note": office.note or None,
        }
        key = (office.name, office.unit, office.through)
        if key not in together:
            together[key] = {
                "name": office.name,
                "remark": office.remark or None,
                "unit": office.unit or None,
                "through": office.through or None,
                "named_by": [],
            }
        together[key]["named_by"].append(named)
    return list(together.values())


def _counts(office: Office, asking: str | None, law: Law, on: date) -> bool:
    return _binds(office.instrument, office.partner, office.state, asking, law, on)


def _binds(instrument: str, partner: str, state: str, asking: str | None, law: Law, on: date) -> bool:
    """Whether a designation under an instrument can count for the State that asks; every one, where none is
    named."""
    if asking is None or instrument == GENERAL:
        return True
    if instrument == BILATERAL:
        return partner == asking
    if instrument not in law.instruments or law.members(instrument) is None:
        return True
    return law.between(instrument, state, asking, on).status == IN_FORCE
