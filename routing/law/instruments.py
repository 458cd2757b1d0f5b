"""Instruments: what each is, when it applies, and what its list of members can prove."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from routing import reading
from routing.errors import Problem, RulebookProblems, one_of
from routing.frozen import Frozen
from routing.law.dates import PartialDate, parse_partial
from routing.law.tables import read_tree

KINDS = ("treaty", "law", "agreement", "network", "practice", "policy", "reference")
BINDING = frozenset({"treaty", "law", "agreement"})
# These are read, cited or counted; they tie no State to another.
TIELESS = frozenset({"practice", "policy", "reference"})
CONFIDENCES = ("high", "medium", "low")
CIRCLE_MARKS = ("text", "secondary", "unverified")
UNSET = "unknown"

_TEXTS = ("short", "name", "depositary", "citation", "published_total", "notes", "source")
_KEYS = frozenset(_TEXTS) | {
    "kind",
    "binding",
    "adopted",
    "in_force",
    "applies_from",
    "ended",
    "not_in_force_as_last_seen",
    "last_seen",
    "hub",
    "circle",
    "force_after_deposit_days",
    "rows",
    "reaches",
    "complete",
    "confidence",
    "checked",
}
T = TypeVar("T")


class Circle(Frozen):
    """Those who alone can be bound: members of groups, of other instruments, or named States."""

    says: str
    groups: tuple[str, ...]
    members_of: tuple[str, ...]
    states: tuple[str, ...]
    mark: str


class Hub(Frozen):
    """An agreement of outside States with one side.

    outside: the outside States; None where every State on the list is one and the side is
    the membership of another instrument.
    """

    side: str
    outside: tuple[str, ...] | None


class Span(Frozen):
    """The days within which a list is complete."""

    first: date
    last: date

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last


class Instrument(Frozen):
    """A treaty, law, agreement or network, or a source that is only cited."""

    id: str
    short: str
    name: str
    kind: str
    binding: bool
    checked: date
    source: str = "unsourced"
    confidence: str = "medium"
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
    circle: Circle | None = None
    hub: Hub | None = None
    deposit_days: int = 0
    notes: str = ""
    line: int = 0

    @property
    def starts(self) -> PartialDate | None:
        """The first day on which it applies to anyone."""
        return self.applies_from or self.in_force

    def idle(self, on: date) -> bool:
        """Whether it was known, on a day, to be in force for nobody."""
        return self.idle_through is not None and on <= self.idle_through


def read_instruments(path: Path) -> dict[str, Instrument]:
    """The entries of instruments.yaml by id. Raises RulebookProblems, all of them, with their lines."""
    root = read_tree(path)
    entries = root.get("instruments") if isinstance(root, reading.Mapping) else None
    if not isinstance(entries, reading.Mapping):
        raise RulebookProblems([Problem("there is no list of `instruments`", str(path), 1)])
    problems: list[Problem] = []
    found: dict[str, Instrument] = {}
    for key, node in entries.entries:
        if not isinstance(node, reading.Mapping):
            problems.append(Problem(f"`{key.value}` is no entry", str(path), key.line))
            continue
        found[key.value] = _Entry(key.value, node, str(path), problems).instrument()
    for instrument in found.values():
        needed = list(instrument.circle.members_of) if instrument.circle else []
        needed += [instrument.hub.side] if instrument.hub else []
        for other in needed:
            if other not in found:
                said = f"`{instrument.id}` names the instrument `{other}`, which has no entry"
                problems.append(Problem(said, str(path), instrument.line, one_of(other, found, 3)))
    problems += _cycles(found, str(path))
    if problems:
        raise RulebookProblems(problems)
    return found


class KeptInstruments(Mapping[str, Instrument]):
    """Entries that were read and found right before; each is built when it is asked for."""

    def __init__(self, data: list[Any], file: str) -> None:
        self._data = {key: (line, node) for key, line, node in data}
        self._file = file
        self._built: dict[str, Instrument] = {}

    def __getitem__(self, id: str) -> Instrument:
        if id not in self._built:
            node = reading.thawed(self._data[id][1])
            assert isinstance(node, reading.Mapping)
            self._built[id] = _Entry(id, node, self._file, []).instrument()
        return self._built[id]

    def __contains__(self, id: object) -> bool:
        return id in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


def keep(path: Path) -> list[Any]:
    """The entries of instruments.yaml in the form that KeptInstruments takes."""
    root = read_tree(path)
    entries = root.get("instruments") if isinstance(root, reading.Mapping) else None
    assert isinstance(entries, reading.Mapping)
    return [[key.value, key.line, reading.frozen(node)] for key, node in entries.entries]


def _cycles(found: Mapping[str, Instrument], file: str) -> list[Problem]:
    problems = []
    for start in found.values():
        seen: set[str] = set()
        open_ = list(start.circle.members_of) if start.circle else []
        while open_:
            name = open_.pop()
            if name == start.id:
                problems.append(Problem(f"the circle of `{start.id}` leads back to itself", file, start.line))
                break
            if name in seen or name not in found:
                continue
            seen.add(name)
            circle = found[name].circle
            open_ += circle.members_of if circle else ()
    return problems


class _Entry:
    """One entry being read; what is wrong with it goes to the list of problems."""

    def __init__(self, name: str, node: reading.Mapping, file: str, problems: list[Problem]) -> None:
        self.name, self.node, self.file, self.problems = name, node, file, problems

    def instrument(self) -> Instrument:
        for key, _ in self.node.entries:
            if key.value not in _KEYS:
                self._wrong(f"`{key.value}` is no part of an instrument", key.line, one_of(key.value, _KEYS, 4))
        kind = self._choice("kind", KINDS, "treaty")
        applies = self._text("applies_from")
        binding = self._text("binding")
        return Instrument(
            id=self.name,
            kind=kind,
            binding=kind in BINDING if not binding else binding == "yes",
            short=self._text("short") or self.name,
            name=self._needed("name"),
            checked=self._day("checked") or date.min,
            source=self._text("source") or "unsourced",
            confidence=self._choice("confidence", CONFIDENCES, "medium"),
            adopted=self._partial("adopted"),
            in_force=self._partial("in_force"),
            applies_from=None if applies == UNSET else self._partial("applies_from"),
            start_not_set=applies == UNSET,
            ended=self._partial("ended"),
            idle_through=self._day("not_in_force_as_last_seen"),
            last_seen=self._day("last_seen"),
            depositary=self._text("depositary"),
            citation=self._text("citation"),
            published_total=self._text("published_total"),
            rows=self._number("rows"),
            reaches=self._partial("reaches"),
            complete=self._span(),
            circle=self._circle(),
            hub=self._hub(),
            deposit_days=self._number("force_after_deposit_days"),
            notes=self._text("notes"),
            line=self.node.line,
        )

    def _circle(self) -> Circle | None:
        node = self.node.get("circle")
        if not isinstance(node, reading.Mapping):
            return None
        inner = _Entry(f"{self.name}, circle", node, self.file, self.problems)
        return Circle(
            inner._needed("says"),
            inner._names("groups"),
            inner._names("members_of"),
            inner._names("states"),
            inner._choice("mark", CIRCLE_MARKS, "unverified"),
        )

    def _hub(self) -> Hub | None:
        node = self.node.get("hub")
        if not isinstance(node, reading.Mapping):
            return None
        inner = _Entry(f"{self.name}, hub", node, self.file, self.problems)
        return Hub(inner._needed("side"), inner._names("outside") or None)

    def _span(self) -> Span | None:
        node = self.node.get("complete")
        if not isinstance(node, reading.Mapping):
            return None
        inner = _Entry(f"{self.name}, complete", node, self.file, self.problems)
        first, last = inner._day("from"), inner._day("to")
        if first is None or last is None or first > last:
            self._wrong(f"`{self.name}`: `complete` needs `from` and a later `to`", node.line)
            return None
        return Span(first, last)

    def _wrong(self, said: str, line: int, fix: str | None = None) -> None:
        self.problems.append(Problem(said, self.file, line, fix))

    def _text(self, key: str) -> str:
        node = self.node.get(key)
        if node is None:
            return ""
        if not isinstance(node, reading.Text):
            self._wrong(f"`{self.name}`: `{key}` must be text", node.line)
            return ""
        return "" if node.absent else node.value

    def _needed(self, key: str) -> str:
        text = self._text(key)
        if not text:
            self._wrong(f"`{self.name}` has no `{key}`", self.node.line)
        return text

    def _names(self, key: str) -> tuple[str, ...]:
        node = self.node.get(key)
        if node is None:
            return ()
        if not isinstance(node, reading.Items):
            self._wrong(f"`{self.name}`: `{key}` must be a list", node.line)
            return ()
        return tuple(item.value for item in node.values if isinstance(item, reading.Text))

    def _choice(self, key: str, allowed: tuple[str, ...], otherwise: str) -> str:
        text = self._text(key) or otherwise
        if text not in allowed:
            self._wrong(f"`{self.name}`: `{text}` is no `{key}`", self.node.line, one_of(text, allowed))
            return otherwise
        return text

    def _as(self, key: str, read: Callable[[str], T], what: str) -> T | None:
        text = self._text(key)
        if not text:
            return None
        try:
            return read(text)
        except ValueError:
            self._wrong(f"`{self.name}`: `{key}` is `{text}`", self.node.line, f"write {what}")
            return None

    def _partial(self, key: str) -> PartialDate | None:
        return self._as(key, parse_partial, "a year, a month or a day, as 2013-05-17")

    def _day(self, key: str) -> date | None:
        return self._as(key, date.fromisoformat, "a day, as 2013-05-17")

    def _number(self, key: str) -> int:
        return self._as(key, int, "a whole number") or 0
