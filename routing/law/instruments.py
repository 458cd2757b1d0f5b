"""Instruments: what each is, when it applies, and what its list of members can prove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from routing.core.kinds import BINDING, TREATY
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.confidence import MEDIUM
from routing.law.partial_dates import PartialDate, parse_partial
from routing.law.tables import read_tree
from routing.yaml import tree as yaml_tree

CIRCLE_MARKS = ("text", "secondary", "unverified")
UNSET = "unknown"


class EligibleStates(Record):
    """Those who alone can be bound: members of groups, of other instruments, or named States."""

    says: str
    groups: tuple[str, ...]
    members_of: tuple[str, ...]
    states: tuple[str, ...]
    mark: str


class BlocAgreement(Record):
    """An agreement of outside States with one side.

    outside: the outside States; None where every State on the list is one and the side is
    the membership of another instrument.
    """

    side: str
    outside: tuple[str, ...] | None


class Span(Record):
    """The days within which a list is complete."""

    first: date
    last: date

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last


class Instrument(Record):
    """A treaty, law, agreement or network, or a source that is only cited.

    horizon_days: after how many days its list is to be looked up again; 0 for what is usual of its kind.
    look_up: the address where the depositary, or who keeps the list, publishes it. text_url: of the official
    text. no_list, no_text: why there is no such address; `lacking` also knows what holds of its whole kind.
    """

    id: str
    short: str
    name: str
    kind: str
    binding: bool
    checked: date
    source: str = "unsourced"
    confidence: str = MEDIUM
    adopted: PartialDate | None = None
    in_force: PartialDate | None = None
    applies_from: PartialDate | None = None
    start_not_set: bool = False
    ended: PartialDate | None = None
    idle_through: date | None = None
    last_seen: date | None = None
    depositary: str = ""
    citation: str = ""
    published_total: str = ""
    rows: int = 0
    reaches: PartialDate | None = None
    complete: Span | None = None
    circle: EligibleStates | None = None
    hub: BlocAgreement | None = None
    deposit_days: int = 0
    horizon_days: int = 0
    look_up: str = ""
    members_called: str = ""
    text_url: str = ""
    no_list: str = ""
    no_text: str = ""
    notes: str = ""
    line: int = 0

    @property
    def starts(self) -> PartialDate | None:
        """The first day on which it applies to anyone."""
        return self.applies_from or self.in_force

    @property
    def status_url(self) -> str | None:
        """The address to quote for who is bound: the official list, else the official text; None where
        neither is known."""
        return self.look_up or self.text_url or None

    def idle(self, on: date) -> bool:
        """Whether it was known, on a day, to be in force for nobody."""
        return self.idle_through is not None and on <= self.idle_through


class KeptInstruments(Mapping[str, Instrument]):
    """Entries that were read and found right before, as `keep` gives them; each is built when it is asked
    for."""

    def __init__(self, kept: bytes) -> None:
        self._data = msgspec.json.decode(kept, type=dict[str, msgspec.Raw])
        self._built: dict[str, Instrument] = {}

    def __getitem__(self, id: str) -> Instrument:
        if id not in self._built:
            self._built[id] = built(id, *msgspec.json.decode(self._data[id]))
        return self._built[id]

    def __contains__(self, id: object) -> bool:
        return id in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


def keep(path: Location) -> bytes:
    """The entries of instruments.yaml in the form that KeptInstruments takes."""
    root = read_tree(path)
    entries = root.get("instruments") if isinstance(root, yaml_tree.Mapping) else None
    assert isinstance(entries, yaml_tree.Mapping)
    return msgspec.json.encode(
        {key.value: (yaml_tree.plain(node), node.line) for key, node in entries.entries}
    )


def built(id: str, data: Mapping[str, Any], line: int) -> Instrument:
    """The instrument of an entry that has the right shape."""
    kind = data.get("kind") or TREATY
    applies = data.get("applies_from")
    binding = data.get("binding")
    return Instrument(
        id=id,
        kind=kind,
        binding=kind in BINDING if not binding else binding == "yes",
        short=data.get("short") or id,
        name=data.get("name") or "",
        checked=_day(data.get("checked")) or date.min,
        source=data.get("source") or "unsourced",
        confidence=data.get("confidence") or MEDIUM,
        adopted=_partial(data.get("adopted")),
        in_force=_partial(data.get("in_force")),
        applies_from=None if applies == UNSET else _partial(applies),
        start_not_set=applies == UNSET,
        ended=_partial(data.get("ended")),
        idle_through=_day(data.get("not_in_force_as_last_seen")),
        last_seen=_day(data.get("last_seen")),
        depositary=data.get("depositary") or "",
        citation=data.get("citation") or "",
        published_total=data.get("published_total") or "",
        rows=int(data.get("rows") or 0),
        reaches=_partial(data.get("reaches")),
        complete=_span(data.get("complete")),
        circle=_circle(data.get("circle")),
        hub=_hub(data.get("hub")),
        deposit_days=int(data.get("force_after_deposit_days") or 0),
        horizon_days=int(data.get("horizon_days") or 0),
        look_up=data.get("look_up") or "",
        members_called=data.get("members_called") or "",
        text_url=data.get("text_url") or "",
        no_list=data.get("no_list") or "",
        no_text=data.get("no_text") or "",
        notes=data.get("notes") or "",
        line=line,
    )


def _circle(data: Mapping[str, Any] | None) -> EligibleStates | None:
    if not data:
        return None
    groups, others, states = (_names(data.get(key)) for key in ("groups", "members_of", "states"))
    return EligibleStates(data.get("says") or "", groups, others, states, data.get("mark") or "unverified")


def _hub(data: Mapping[str, Any] | None) -> BlocAgreement | None:
    return BlocAgreement(data.get("side") or "", _names(data.get("outside")) or None) if data else None


def _span(data: Mapping[str, str] | None) -> Span | None:
    return (
        Span(date.fromisoformat(data["from"]), date.fromisoformat(data["to"]))
        if data and len(data) == 2
        else None
    )


def _names(given: str | list[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())


def _partial(text: str | None) -> PartialDate | None:
    return parse_partial(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
