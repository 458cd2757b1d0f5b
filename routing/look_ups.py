"""Law look-ups: what binds two States, what a provision says, and how the authorities of a State are reached.

Each gives plain data, the same that the command line prints as JSON.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from routing.core.errors import Problems
from routing.core.records import asdict
from routing.core.snapshot import Location
from routing.law.addresses import Quotable, quotable
from routing.law.provisions import split_ref

if TYPE_CHECKING:
    from routing.api import Router
    from routing.law import BilateralTreaty, Instrument, Law, Standing, Tie

STATUSES = ("in_force", "signed", "unknown", "none")
MARK = re.compile(
    r"^(?:art|arts|article|articles|para|paras|paragraph|section|recommendation)\.? +(?=[0-9])", re.IGNORECASE
)


def coded_state(law: Law, written: str) -> tuple[str, str] | None:
    """The code of a State that is written as the law data write it, and what it was taken for; else None."""
    place = law.states.find(written)
    return (place.place.alpha3, place.note or "") if place else None


def state_code(router: Router, written: str) -> tuple[str, str]:
    """The code of a State written as a code or as people name it, and a note on what it was taken for. Raises
    Problems for what names no State."""
    from routing.rulebook.state_names import suggest_state
    from routing.rulebook.words import STATE

    states, words = router.law.states, router.rulebook.words
    if known := coded_state(router.law, written):
        return known
    named = states.named(written) or words.read(STATE, written)
    if len(named) == 1:
        return named[0], ""
    raise Problems.of(f"`{written[:60]}` is not a State", fix=suggest_state(written[:60], words, states))


def between(law: Law, states: tuple[str, str], day: date, everything: bool = False) -> dict[str, Any]:
    """What ties two States on a day, by their codes. everything: also what does not bind them."""
    ties = ties_between(law, states, day)
    return between_data(law, states, day, [tie for tie in ties if everything or tie.status != "none"])


def ties_between(law: Law, states: tuple[str, str], day: date) -> list[Tie]:
    """Every instrument with a list of members, as it stands between two States on a day."""
    return [
        law.between(id, *states, day)
        for id, entry in law.instruments.items()
        if entry.reaches or law.members(id)
    ]


def show(law: Law, written: str) -> dict[str, Any] | list[dict[str, Any]]:
    """An instrument as data, or the provisions of an article.

    written: an instrument by id or short name, or that and an article. Raises Problems for what is not known.
    """
    id, article = named_provision(law, written)
    entry = law.instrument(id)
    if article is None:
        return instrument_data(law, entry)
    parts = [provision for key, provision in law.provisions(id).items() if _within(key, article)]
    return [
        filled(asdict(provision) | {"quote": quoted(law, entry, provision.read_at).address})
        for provision in parts or [law.provision(f"{id} {article}")]
    ]


def who(router: Router, state: str, word: str | None, asking: str | None, day: date) -> dict[str, Any]:
    """How the authorities of a State are reached: kinds of help, or the bases of one pathway, with the
    languages.

    word: a pathway by id, name or usual word, or None for all. asking: the State that asks, or None.
    """
    from routing.plan.who import by_route, kinds_of_help, languages_of
    from routing.rulebook.pathway_names import pathway_of

    rulebook, law = router.rulebook, router.law
    data: dict[str, Any] = {
        "state": state,
        "name": law.states.name(state),
        "from": asking,
        "from_name": law.states.name(asking) if asking else None,
        "as_of": day.isoformat(),
    }
    if word is None:
        return {
            **data,
            "kinds": kinds_of_help(state, asking, rulebook, law, day),
            "languages": languages_of(state, asking, rulebook, law, day),
        }
    id = pathway_of(rulebook, word)
    pathway = rulebook.pathways[id]
    rows = by_route(state, pathway, asking, rulebook, law, day)
    once = [row for place, row in enumerate(rows) if row not in rows[:place]]
    return {**data, "pathway": id, "pathway_name": pathway.name, "bases": once}


def named_provision(law: Law, written: str) -> tuple[str, str | None]:
    """The id and the article meant: as the files write them, or by its short name, as answers print them."""
    text = " ".join(written.split())
    names = {
        name.casefold(): entry.id
        for entry in (*law.cited().values(), *law.instruments.values())
        for name in (entry.short, entry.id)
    }
    for name in sorted(names, key=len, reverse=True):
        if text.casefold() == name or text.casefold().startswith(name + " "):
            article = MARK.sub("", text[len(name) :].strip())
            return names[name], article or None
    return split_ref(text)


def _within(key: str, article: str) -> bool:
    """Whether a provision is the article asked for or a part of it: `27(1)` holds `27(1)(b)`, not
    `27(10)`."""
    return key == article or key.startswith(article + "(")


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """The entries that say something."""
    return {key: value for key, value in data.items() if value not in (None, "", (), [])}


def as_text(value: object | None) -> str | None:
    return None if value is None else str(value)


def between_data(law: Law, states: tuple[str, str], day: date, ties: list[Tie]) -> dict[str, Any]:
    return {
        "as_of": day.isoformat(),
        "states": [{"code": code, "name": law.states.name(code)} for code in states],
        "ties": [_tie_data(law, tie) for tie in ties],
        "bilateral": [_treaty_data(treaty, day) for treaty in law.bilateral().of_pair(*states)],
        "asked": [
            {"tie": name.name, "fact": name.asked, "says": name.says}
            for name in law.tie_names().values()
            if name.asked and name.same_as is None
        ],
    }


def _treaty_data(treaty: BilateralTreaty, day: date) -> dict[str, Any]:
    return {
        "kind": treaty.kind,
        "title": treaty.title,
        "status": treaty.status,
        "binds": treaty.binds(day),
        "signed": as_text(treaty.signed),
        "in_force": as_text(treaty.in_force),
        "ended": as_text(treaty.ended),
        "source": treaty.source,
        "confidence": treaty.confidence,
        "checked": treaty.checked.isoformat(),
        "note": treaty.note,
    }


def quoted(law: Law, entry: Instrument, read_at: str | None) -> Quotable:
    return quotable(law.folder, read_at, entry.text_url or None)


def _quote(law: Law, entry: Instrument, source: str | None) -> dict[str, str | None]:
    """The official address of who is bound, and the page that was read."""
    quoted = quotable(law.folder, source, entry.status_url)
    return {"source": quoted.address, "read_at": quoted.read_at}


def side_data(law: Law, entry: Instrument, side: Standing) -> dict[str, Any]:
    """What an instrument is to one State on a day."""
    return {
        "state": side.state,
        "status": side.status,
        "since": as_text(side.since),
        "until": as_text(side.until),
        "reason": side.reason,
        "seen": side.seen,
        **_quote(law, entry, side.source),
        "confidence": side.confidence,
        "checked": as_text(side.checked),
        "note": side.note,
        "as_last_seen": _last(side),
    }


def _tie_data(law: Law, tie: Tie) -> dict[str, Any]:
    entry = law.instruments[tie.instrument]
    return {
        "instrument": tie.instrument,
        "short": entry.short,
        "kind": entry.kind,
        "binding": entry.binding,
        "status": tie.status,
        "since": as_text(tie.since),
        "confidence": tie.confidence,
        "reason": tie.reason,
        "list_reaches": as_text(entry.reaches),
        "as_last_seen": _last(tie),
        "sides": [side_data(law, entry, side) for side in tie.sides],
    }


def _last(status: Standing | Tie) -> dict[str, str] | None:
    """The day and the list from which a status is presumed to go on."""
    last = status.as_last_seen
    return {"day": last.day.isoformat(), "register": last.register} if last else None


def instrument_data(law: Law, entry: Instrument) -> dict[str, Any]:
    """An instrument as data: how it is read, who is listed, its declarations, and the provisions that are
    held."""
    members = law.members(entry.id)
    data: dict[str, Any] = asdict(entry)
    for key in ("line", "rows"):
        data.pop(key)
    for key in ("circle", "hub"):
        data[key] = filled(asdict(data[key])) if data[key] else None
    data["complete"] = f"{entry.complete.first} to {entry.complete.last}" if entry.complete else None
    data = {
        key: value if isinstance(value, (dict, bool, int)) or value is None else str(value)
        for key, value in data.items()
    }
    counted: dict[str, int] = {}
    for place in members.states if members else ():
        for row in members.rows(place) if members else ():
            status = row.status if row.until is None else "ended"
            counted[status] = counted.get(status, 0) + 1
    data["listed"] = counted or None
    data["declarations"] = [
        filled(asdict(made)) for made in law.all_declarations() if made.instrument == entry.id
    ]
    data["provisions"] = list(law.provisions(entry.id))
    return {key: value for key, value in data.items() if value not in (None, "", [], 0) or value is False}


def state(router: Router, code: str, day: date) -> dict[str, Any]:
    """The profile of a State with every key that there is; what is not known is null."""
    from routing.law.profiles import cited, known, profile, profile_keys
    from routing.plan.who import kinds_of_help, languages_of
    from routing.rulebook.validate.profiles import profile_facts

    folder = router.law.folder
    facts, rest = profile(router.law, code), known(router.law, code)
    entries = [
        {
            "key": key,
            "asks": fact.asks,
            "for_rules": True,
            **_entry(folder, facts.get(key)),
            "presumed": fact.presumed.value if fact.presumed else None,
        }
        for key, fact in profile_facts(router.rulebook).items()
    ]
    entries += [
        {"key": key, "asks": asks, "for_rules": False, **_entry(folder, rest.get(key)), "presumed": None}
        for key, asks in profile_keys(folder).items()
    ]
    return {
        "state": code,
        "name": router.law.states.name(code),
        "as_of": day.isoformat(),
        "kinds": kinds_of_help(code, None, router.rulebook, router.law, day),
        "languages": languages_of(code, None, router.rulebook, router.law, day),
        "entries": entries,
        "cites": [{"pathway": pathway, "provision": ref} for pathway, ref in cited(router.law, code)],
        "memberships": _memberships(router.law, code, day),
        "bilateral": _bilateral(router.law, code, day),
    }


def _bilateral(law: Law, code: str, day: date) -> dict[str, list[str]]:
    """By kind of help, the names of the States with which a State has a treaty of its own."""
    from routing.law.bilateral import KINDS

    treaties = law.bilateral()
    return {kind: [law.states.name(other) for other in treaties.of_state(code, kind, day)] for kind in KINDS}


def _entry(folder: Location, entry: dict[str, Any] | None) -> dict[str, Any]:
    parts = {
        part: (entry or {}).get(part)
        for part in ("value", "says", "basis", "source", "anchor", "mark", "checked")
    }
    return {**parts, "quote": str(quotable(folder, parts["source"])) if parts["source"] else None}


def _memberships(law: Law, code: str, day: date) -> dict[str, int]:
    kept = [id for id in law.instruments if law.members(id) is not None]
    counted: Counter[str] = Counter(law.standing(id, code, day).status for id in kept)
    return {status: counted[status] for status in ("in_force", "signed", "none", "unknown")}


def parties(known: Law, entry: Instrument, day: date) -> dict[str, Any]:
    """Every State on the list of an instrument and every territory it was extended to, with its standing on a
    day.

    counts: the States by status, and the territories that are bound beside them. The published total has no
    territories, and may have an organisation as a party.
    """
    listed = known.members(entry.id)
    if listed is None:
        raise Problems.of(f"no list of members is kept for `{entry.id}`")
    on_list = set(listed.states)
    extended = {territory for instrument, territory in known.extensions if instrument == entry.id}
    rows = []
    for code in sorted(on_list | extended, key=known.states.name):
        standing = known.standing(entry.id, code, day)
        rows.append(
            {
                "state": code,
                "name": known.states.name(code),
                "territory": code not in on_list,
                "status": standing.status,
                "since": as_text(standing.since),
                "until": as_text(standing.until),
                "reason": standing.reason,
                "source": entry.status_url or standing.source,
                "read_at": standing.source,
                "confidence": standing.confidence,
                "checked": as_text(standing.checked),
            }
        )
    counted = Counter(row["status"] for row in rows if not row["territory"])
    return {
        "status_list": entry.look_up or None,
        "text": entry.text_url or None,
        "instrument": entry.id,
        "short": entry.short,
        "name": entry.name,
        "as_of": day.isoformat(),
        "counts": {
            **{status: counted[status] for status in STATUSES},
            "territories": sum(row["territory"] and row["status"] == "in_force" for row in rows),
        },
        "published_total": entry.published_total or None,
        "list_reaches": as_text(entry.reaches),
        "complete": [str(entry.complete.first), str(entry.complete.last)] if entry.complete else None,
        "parties": rows,
    }


def instruments(law: Law) -> list[dict[str, Any]]:
    """Every instrument, those that are only cited last, with the number of rows in its list and the day that
    the list reaches."""
    rows = []
    for entry in (*law.instruments.values(), *law.cited().values()):
        members = law.members(entry.id)
        rows.append(
            {
                "id": entry.id,
                "short": entry.short,
                "kind": entry.kind,
                "in_force": as_text(entry.starts),
                "rows": len(members) if members else None,
                "reaches": as_text(entry.reaches),
            }
        )
    return rows


def coverage(law: Law, day: date) -> list[dict[str, Any]]:
    """For how many States offices and languages are held on a day, by region; the last row is of all, and has
    the executing authorities and single points of contact of the States bound."""
    from routing.law.coverage import bound
    from routing.law.coverage import coverage as counted

    rows: list[dict[str, Any]] = [
        {
            "region": row.region,
            "places": row.places,
            "states": row.states,
            "held": {kind: len(codes) for kind, codes in row.held.items()},
            "held_by_territories": {
                kind: sum(law.states[code].parent is not None for code in codes)
                for kind, codes in row.held.items()
            },
            "for_one_pair_only": {kind: len(codes) for kind, codes in row.one_pair.items()},
            "leads_only": {kind: len(codes) for kind, codes in row.leads.items()},
            "24_7_through_our_own_point": len(row.through),
        }
        for row in counted(law, day)
    ]
    rows[-1]["of_states_bound"] = [
        {
            "kind": row.kind,
            "bound": len(row.held) + len(row.missing),
            "held": len(row.held),
            "leads_only": len(row.leads),
            "held_by": list(row.held),
            "missing": list(row.missing),
        }
        for row in bound(law, day)
    ]
    return rows
