"""What instruments there are, what one says, and who is on its list."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from routing.core.errors import Problems
from routing.core.records import asdict
from routing.law.addresses import Quotable, quotable
from routing.law.standing import IN_FORCE, NONE, SIGNED, UNKNOWN, Status
from routing.look_ups.named import named_provision
from routing.look_ups.plain import as_text, filled

if TYPE_CHECKING:
    from routing.law import Instrument, Law

STATUSES: tuple[Status, ...] = (IN_FORCE, SIGNED, UNKNOWN, NONE)


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
    data |= lacking(law, entry)
    data["declarations"] = [
        filled(asdict(made)) for made in law.all_declarations() if made.instrument == entry.id
    ]
    data["provisions"] = list(law.provisions(entry.id))
    return {key: value for key, value in data.items() if value not in (None, "", [], 0) or value is False}


def parties(law: Law, entry: Instrument, day: date) -> dict[str, Any]:
    """Every State on the list of an instrument and every territory it was extended to, with its standing on a
    day.

    counts: the States by status, and the territories that are bound beside them. The published total has no
    territories, and may have an organisation as a party.
    """
    listed = law.members(entry.id)
    if listed is None:
        raise Problems.of(f"no list of members is kept for `{entry.id}`")
    on_list = set(listed.states)
    extended = {territory for instrument, territory in law.extensions if instrument == entry.id}
    rows = []
    for code in sorted(on_list | extended, key=law.states.name):
        standing = law.standing(entry.id, code, day)
        rows.append(
            {
                "state": code,
                "name": law.states.name(code),
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
        **lacking(law, entry),
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


def lacking(law: Law, entry: Instrument) -> dict[str, str | None]:
    """Why an instrument has no official list, or no official text, to look up: as its entry says, else as it
    is with every one of its kind; None beside an address."""
    general = law.offices().wording
    return {
        reason: None if address else own or general.get(f"{reason}.{entry.kind}")
        for reason, address, own in (
            ("no_list", entry.look_up, entry.no_list),
            ("no_text", entry.text_url, entry.no_text),
        )
    }


def quoted(law: Law, entry: Instrument, read_at: str | None) -> Quotable:
    return quotable(law.folder, read_at, entry.text_url or None)


def _within(key: str, article: str) -> bool:
    """Whether a provision is the article asked for or a part of it: `27(1)` holds `27(1)(b)`, not
    `27(10)`."""
    return key == article or key.startswith(article + "(")
