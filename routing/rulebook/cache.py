"""The checked rulebook kept in the user's cache folder, so that the next start is quick.

An entry is named after the content of the rules and this copy of the program, carries its own
digest, and is plain JSON. A damaged entry is built again; a folder that cannot be written is
no fault. Conditions are stored once each, however many rules share them; provisions are kept
apart, one a line, and read only when they are cited.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any as Anything

import msgspec

from routing.core.cache_entries import read_entry, write_entry
from routing.core.conditions import All, Any, AtLeast, AtomRef, Clause, Condition, Is, Not
from routing.core.domain import CitedInstrument, Code, Fact, Measure, Pathway, Presumption, Provision, Route
from routing.core.limits import check_room
from routing.core.paths import cache_folder
from routing.core.records import names
from routing.core.unsearched import unsearched
from routing.law import Law
from routing.law.instruments import keep
from routing.rulebook.documents import GoesWith, StepPaper
from routing.rulebook.files import BESIDE, Snapshot, snapshot
from routing.rulebook.kept_words import kept_words, words_from
from routing.rulebook.model import Clocks, PassedOn, Rule, Rulebook, ToldBeside
from routing.rulebook.words import Words
from routing.version import build_id


def open_rulebook(folder: Path, cache: Path | None = None) -> tuple[Rulebook, Law]:
    """The rulebook and the law data in a folder, from the cache when their content has not changed.

    Raises RulebookProblems naming every fault of both.
    """
    check_room()
    opened = snapshot(folder)
    if any((opened.root / name).is_file() for name in BESIDE):  # a user's own data are kept nowhere
        return _loaded(opened)[:2]
    base = (cache or cache_folder()) / f"rulebook-{build_id()}-{opened.digest[:32]}"
    kept = {name: body for name in READ_AT_ONCE if (body := read_entry(base.with_suffix(name))) is not None}
    if len(kept) == len(READ_AT_ONCE):
        with suppress(msgspec.MsgspecError, ValueError, KeyError, TypeError, IndexError):
            return _opened(kept, opened, lambda name: read_entry(base.with_suffix(name)))
    kept = _packed(opened)
    gc.collect()  # gives back what the loading took, before an answer needs room
    for name, body in kept.items():
        write_entry(base.with_suffix(name), body)
    # Read as the next start will read it: as far as a case needs it, which takes less room than all that was
    # loaded.
    return _opened(kept, opened, kept.get)


LAW, PROVISIONS, RULES, LINES, STORIES, TOWNS = ".law", ".provisions", ".json", ".words", ".stories", ".towns"
READ_AT_ONCE = (LAW, PROVISIONS, RULES, LINES)
READ_LATER = (STORIES, TOWNS)
"""The entries that every case needs; words of stories, and towns, are read when the first is needed."""


def _packed(opened: Snapshot) -> dict[str, bytes]:
    """The entries for a snapshot that was loaded and found right, by the ending of the name of each."""
    rulebook, _, kept = _loaded(opened)
    words = kept_words(rulebook.words)
    entries = (kept, _provision_lines(rulebook), dumped(_freeze(rulebook)), *words)
    return dict(zip((*READ_AT_ONCE, *READ_LATER), entries, strict=True))


def _opened(
    kept: Mapping[str, bytes], opened: Snapshot, later: Callable[[str], bytes | None]
) -> tuple[Rulebook, Law]:
    """The rulebook and the law data from their entries. later: gives one that not every case needs."""

    def again(name: str) -> bytes:
        body = later(name)
        if body is not None:
            return body
        stories, towns = kept_words(_loaded(opened)[0].words)[1:]
        return stories if name == STORIES else towns

    with unsearched():  # all that is built stays
        words = words_from(kept[LINES], partial(again, STORIES), partial(again, TOWNS))
        rulebook = _thaw(_decoded(kept[RULES]), words, LazyProvisions(kept[PROVISIONS]), opened)
    return rulebook, Law.load(opened.root, kept[LAW])


def _loaded(opened: Snapshot) -> tuple[Rulebook, Law, bytes]:
    """The rulebook and the law data of a snapshot, and the entries of instruments as they are kept."""
    from routing.rulebook.load import load_checked

    return *load_checked(opened), keep(opened.root / "instruments.yaml")


def dumped(data: object) -> bytes:
    return msgspec.json.encode(data)


class LazyProvisions(Mapping[str, Provision]):
    """Provisions on their lines, each read when it is asked for.

    The first line holds every address once and where the lines of each instrument lie: a search
    through all of them for each provision cited would cost more than the rest.
    """

    def __init__(self, body: bytes) -> None:
        head, self._lines = body.split(b"\n", 1)
        self._addresses, self._spans = msgspec.json.decode(head)
        self._read: dict[str, Provision] = {}

    def __getitem__(self, ref: str) -> Provision:
        if ref not in self._read:
            start, end = self._spans.get(ref.partition(" ")[0], (0, 0))
            at = self._lines.find(b"[" + dumped(ref) + b",", start, end)
            if at < 0:
                raise KeyError(ref)
            row = msgspec.json.decode(self._lines[at : self._lines.find(b"\n", at)])
            row[ADDRESS] = None if row[ADDRESS] is None else self._addresses[row[ADDRESS]]
            self._read[ref] = Provision(*row)
        return self._read[ref]

    def __iter__(self) -> Iterator[str]:
        return iter([msgspec.json.decode(line)[0] for line in self._lines.splitlines() if line])

    def __len__(self) -> int:
        return self._lines.count(b"\n")


ADDRESS = names(Provision).index("read_at")


def _provision_lines(rulebook: Rulebook) -> bytes:
    """The shelf as it is kept: the lines of an instrument together, in the order of the rulebook."""
    addresses: dict[str, int] = {}
    by_instrument: dict[str, list[bytes]] = {}
    for provision in rulebook.provisions.values():
        row = _values(provision)
        if row[ADDRESS] is not None:
            row[ADDRESS] = addresses.setdefault(row[ADDRESS], len(addresses))
        by_instrument.setdefault(provision.instrument, []).append(dumped(row) + b"\n")
    lines, spans, start = [], {}, 0
    for instrument, rows in by_instrument.items():
        lines += rows
        end = start + sum(map(len, rows))
        spans[instrument], start = (start, end), end
    return dumped([list(addresses), spans]) + b"\n" + b"".join(lines)


def _decoded(body: bytes) -> Anything:
    """What an entry holds. Raises MemoryError before the decoder, which takes what it is not given."""
    check_room()
    return msgspec.json.decode(body)


class _Terms:
    """Conditions numbered so that each is stored once, after its parts."""

    def __init__(self) -> None:
        self.rows: list[list[Anything]] = []
        self._number: dict[Condition, int] = {}

    def number(self, condition: Condition) -> int:
        if condition not in self._number:
            row = self._row(condition)
            self._number[condition] = len(self.rows)
            self.rows.append(row)
        return self._number[condition]

    def _row(self, condition: Condition) -> list[Anything]:
        if isinstance(condition, Is):
            return ["i", condition.fact, *sorted(condition.values)]
        if isinstance(condition, AtLeast):
            return ["g", condition.fact, condition.bound]
        if isinstance(condition, AtomRef):
            return ["h", condition.atom]
        if isinstance(condition, Not):
            return ["n", self.number(condition.part)]
        return ["a" if isinstance(condition, All) else "o", *(self.number(part) for part in condition.parts)]


def _terms(rows: list[list[Anything]]) -> list[Condition]:
    conditions: list[Condition] = []
    put = conditions.append
    for row in rows:
        kind: str = row[0]
        first: Anything = row[1] if len(row) > 1 else None
        if kind == "a":
            put(All(tuple([conditions[number] for number in row[1:]])))
        elif kind == "i":
            put(Is(first, frozenset(row[2:])))
        elif kind == "h":
            put(AtomRef(first))
        elif kind == "n":
            put(Not(conditions[first]))
        elif kind == "g":
            put(AtLeast(first, row[2]))
        else:
            put(Any(tuple([conditions[number] for number in row[1:]])))
    return conditions


TAKEN_APART = {
    "folder",
    "source",
    "words",
    "facts",
    "measures",
    "pathways",
    "warnings",
    "duties",
    "limits",
    "instruments",
    "provisions",
    "rules",
    "plain",
    "passed_on",
    "told_beside",
    "clocks",
    "papers",
}
KEPT_AS_THEY_ARE = tuple(name for name in names(Rulebook) if name not in TAKEN_APART)


def _freeze(rulebook: Rulebook) -> dict[str, Anything]:
    terms = _Terms()
    plain: dict[str, Anything] = {key: getattr(rulebook, key) for key in KEPT_AS_THEY_ARE}
    plain["facts"] = [_fact(fact, terms) for fact in rulebook.facts.values()]
    plain["measures"] = [_values(measure) for measure in rulebook.measures.values()]
    plain["pathways"] = [
        [
            *_values(pathway)[:6],
            [
                [*_values(route)[:2], terms.number(route.opens), *_values(route)[3:]]
                for route in pathway.routes
            ],
            pathway.line,
            pathway.file,
        ]
        for pathway in rulebook.pathways.values()
    ]
    for key in ("warnings", "duties", "limits", "instruments"):
        plain[key] = [_values(item) for item in getattr(rulebook, key).values()]
    plain["rules"] = [
        [*_values(rule)[:4], terms.number(rule.when), *_values(rule)[5:]] for rule in rulebook.rules
    ]
    plain["plain"] = [[line.head, terms.number(line.when), line.rule] for line in rulebook.plain]
    plain["passed_on"] = _values(rulebook.passed_on) if rulebook.passed_on else None
    plain["told_beside"] = [_values(it) for it in rulebook.told_beside]
    plain["papers"] = [
        [[_values(steps) for steps in paper.carries], *_values(paper)[1:]] for paper in rulebook.papers
    ]
    plain["clocks"] = [
        terms.number(value) if isinstance(value, Is) else value for value in _values(rulebook.clocks)
    ]
    plain["terms"] = terms.rows
    return plain


def _passed_on(row: list[Anything] | None) -> PassedOn | None:
    """What a kept row says of what is passed on; None where the rules say nothing of it."""
    return PassedOn(tuple(row[0]), tuple(row[1]), *row[2:]) if row else None


def _told_beside(fact: str, by: list[str], of: list[str], *rest: str) -> ToldBeside:
    """A kept row as what needs of a case tell one another."""
    return ToldBeside(fact, tuple(by), tuple(of), *rest)


LISTS_OF_STEPS = names(GoesWith)[:-1]


def _paper(carries: list[list[Anything]], *rest: str) -> StepPaper:
    """A kept row as what plans say of a paper."""
    steps = tuple(
        [
            GoesWith(**dict(zip(LISTS_OF_STEPS, map(tuple, lists), strict=True)), ahead=ahead)
            for *lists, ahead in carries
        ]
    )
    return StepPaper(steps, *rest)


def _clocks(row: list[Anything], terms: list[Condition]) -> Clocks:
    """A kept row as the facts from which days are counted; a condition is kept as its number in `terms`."""
    values: dict[str, Anything] = dict(zip(names(Clocks), row, strict=True))
    for name, kept in values.items():
        values[name] = kept if isinstance(kept, str) else terms[kept]
    return Clocks(**values)


def _values(item: Anything) -> list[Anything]:
    return [getattr(item, name) for name in names(item)]


def _fact(fact: Fact, terms: _Terms) -> list[Anything]:
    row = dict(zip(names(Fact), _values(fact), strict=True))
    if fact.presumed is not None:
        row["presumed"] = [
            fact.presumed.value,
            fact.presumed.because,
            [terms.number(part) for part in fact.presumed.unless],
        ]
    row["usual"] = [
        [usual.value, usual.because, [terms.number(part) for part in usual.when]] for usual in fact.usual
    ]
    return list(row.values())


def _thaw(data: dict[str, Anything], words: Words, provisions: LazyProvisions, opened: Snapshot) -> Rulebook:
    if data["hash"] != opened.digest:
        raise ValueError("the entry is of other rules")
    terms = _terms(data["terms"])
    place, usual = (names(Fact).index(name) for name in ("presumed", "usual"))
    grouped = [names(Fact).index(name) for name in ("groups", "told_by", "tells")]
    received = names(CitedInstrument).index("on_requests_received")
    listed = [names(Fact).index(name) for name in ("asked_in", "always_asked_in", "urgent", "common", "form")]
    facts = {}
    for row in data["facts"]:
        if row[place] is not None:
            value, because, unless = row[place]
            row[place] = Presumption(value, because, tuple(terms[number] for number in unless))
        for index in listed:
            row[index] = tuple(row[index])
        for index in grouped:
            row[index] = {words: tuple(values) for words, values in row[index].items()}
        row[usual] = tuple(
            [
                Presumption(value, because, (), tuple(terms[n] for n in when))
                for value, because, when in row[usual]
            ]
        )
        facts[row[0]] = Fact(*row)
    for row in data["instruments"]:
        row[received] = tuple(row[received])
    pathways = {}
    for row in data["pathways"]:
        row[6] = tuple(
            [
                Route(route[0], route[1], terms[route[2]], tuple(route[3]), tuple(route[4]), *route[5:])
                for route in row[6]
            ]
        )
        pathways[row[0]] = Pathway(*row)
    lists = [
        index
        for index, name in enumerate(names(Rule))
        if name in ("targets", "values", "basis", "paper", "defeats", "over")
    ]
    rules = []
    for row in data["rules"]:
        row[4] = terms[row[4]]
        for index in lists:
            row[index] = tuple(row[index])
        rules.append(Rule(*row))
    lists = [names(Measure).index(name) for name in ("ways", "not_by", "kinds", "offered_with", "follows")]
    for row in data["measures"]:
        for index in lists:
            row[index] = tuple(row[index])
    codes = {
        key: {row[0]: Code(row[0], row[1], row[2], tuple(row[3]), *row[4:]) for row in data[key]}
        for key in ("warnings", "duties", "limits")
    }
    return Rulebook(
        **{
            **{key: data[key] for key in KEPT_AS_THEY_ARE},
            **codes,
            "folder": str(opened.root),
            "source": opened.root,
            "words": words,
            "facts": facts,
            "pathways": pathways,
            "rules": tuple(rules),
            "measures": {row[0]: Measure(*row) for row in data["measures"]},
            **{
                key: {name: tuple(listed) for name, listed in data[key].items()}
                for key in ("groups", "reach", "page")
            },
            "role_order": tuple([(a, b) for a, b in data["role_order"]]),
            "passed_on": _passed_on(data["passed_on"]),
            "told_beside": tuple(_told_beside(*row) for row in data["told_beside"]),
            "clocks": _clocks(data["clocks"], terms),
            "overlays": tuple(data["overlays"]),
            "papers": tuple([_paper(*row) for row in data["papers"]]),
            "proper_names": tuple(data["proper_names"]),
            "provisions": provisions,
            "instruments": {row[0]: CitedInstrument(*row) for row in data["instruments"]},
            "plain": tuple([Clause(head, terms[number], rule) for head, number, rule in data["plain"]]),
        }
    )
