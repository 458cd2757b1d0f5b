"""How far the law data can be trusted: marks, ages and samples for an auditor."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

from routing.core.domain import MARKS, NAMED_ONLY, Provision
from routing.core.records import Record
from routing.law import Law
from routing.law.profiles import cited, known, profile, profiles
from routing.rulebook.model import Rulebook


class Marks(Record):
    """How the provisions of one instrument are known. cited: how many of them rules, routes or profiles rest
    on.

    cited_text: how many of those were read in the text. anchored: how many of all carry an anchor.
    named: why the entries have no text that could be read (they name law that the user looks up), else None.
    """

    instrument: str
    counts: dict[str, int]
    cited: int
    cited_text: int
    anchored: int
    named: str | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class Dated(Record):
    """Something that was seen on a day. kind: provision, list, declaration, profile, office or language."""

    kind: str
    name: str
    seen: date | None


def cited_provisions(rulebook: Rulebook, law: Law) -> frozenset[str]:
    """Every provision that a rule, a route, a time limit or the profile of a State cites."""
    found: set[str] = set()
    for rule in rulebook.rules:
        found.update(rule.basis, (f"paper {paragraph}" for paragraph in rule.paper))
    for pathway in rulebook.pathways.values():
        for route in pathway.routes:
            found.update(route.lead, route.support)
        time = pathway.card.get("time")
        if isinstance(time, dict):
            found.update(time.get("basis") or ())
    for state in profiles(law.folder):
        found.update(ref for _, ref in cited(law, state))
        entries = (*profile(law, state).values(), *known(law, state).values())
        found.update(entry["basis"] for entry in entries if entry.get("basis"))
    return frozenset(found)


def marks(rulebook: Rulebook, law: Law) -> tuple[Marks, ...]:
    """The marks of every instrument that has provisions, in order of id."""
    cites = cited_provisions(rulebook, law)
    by_instrument: dict[str, list[Provision]] = {}
    for provision in rulebook.provisions.values():
        by_instrument.setdefault(provision.instrument, []).append(provision)
    return tuple(_marks(id, of, cites, _named(rulebook, id)) for id, of in sorted(by_instrument.items()))


def unread(rulebook: Rulebook, law: Law) -> tuple[Provision, ...]:
    """The provisions that are cited and were not read in the text, save those that are only named."""
    found = (
        rulebook.provisions[ref] for ref in cited_provisions(rulebook, law) if ref in rulebook.provisions
    )
    open_ = (one for one in found if one.mark != "text" and not _named(rulebook, one.instrument))
    return tuple(sorted(open_, key=lambda one: one.ref))


def _named(rulebook: Rulebook, instrument: str) -> str | None:
    return rulebook.instruments[instrument].details.get(NAMED_ONLY)


def _marks(instrument: str, provisions: list[Provision], cites: frozenset[str], named: str | None) -> Marks:
    counted = Counter(provision.mark for provision in provisions)
    used = [provision for provision in provisions if provision.ref in cites]
    return Marks(
        instrument,
        {mark: counted[mark] for mark in MARKS},
        len(used),
        sum(provision.mark == "text" for provision in used),
        sum(bool(provision.anchor) for provision in provisions),
        named,
    )


def dated(rulebook: Rulebook, law: Law) -> Iterator[Dated]:
    """Every provision, list, declaration, entry of a profile, office and language with the day on which it
    was seen.

    A list is as old as the day up to which it speaks; None where that is not recorded.
    """
    for provision in rulebook.provisions.values():
        yield Dated(
            "provision", provision.ref, date.fromisoformat(provision.checked) if provision.checked else None
        )
    for entry in law.instruments.values():
        if entry.reaches is not None:
            yield Dated("list", entry.id, entry.reaches.last)
    for made in law.all_declarations():
        yield Dated("declaration", f"{made.instrument} {made.state} {made.article}", made.checked)
    for state in profiles(law.folder):
        for key, found in {**profile(law, state), **known(law, state)}.items():
            yield Dated("profile", f"{state} {key}", date.fromisoformat(found["checked"]))
    for office in law.offices().authorities:
        yield Dated("office", f"{office.state} {office.role} {office.instrument}", office.checked)
    for accepted in law.offices().accepted:
        yield Dated("language", f"{accepted.state} {accepted.instrument}", accepted.checked)


def stale(rulebook: Rulebook, law: Law, days: int, on: date) -> tuple[Dated, ...]:
    """What was last seen more than so many days before a day, oldest first; what has no day goes before."""
    found = [item for item in dated(rulebook, law) if item.seen is None or (on - item.seen).days > days]
    return tuple(sorted(found, key=lambda item: (item.seen or date.min, item.kind, item.name)))


class Sampled(Record):
    """A provision, an entry of a State's profile that rests on none, or an office or language, for an
    auditor.

    mark: how a provision or entry is known; of an office or language, how far it is trusted.
    """

    ref: str
    says: str
    mark: str
    read_at: str | None
    anchor: str | None
    checked: str | None
    obstacle: str | None = None


def sample(rulebook: Rulebook, law: Law, size: int, seed: int) -> tuple[Sampled, ...]:
    """Random provisions and entries for an auditor; the same seed draws the same ones from the same rules."""
    found = [
        Sampled(one.ref, one.says, one.mark, one.read_at, one.anchor, one.checked, one.obstacle)
        for _, one in sorted(rulebook.provisions.items())
    ]
    for state in profiles(law.folder):
        for key, entry in {**profile(law, state), **known(law, state)}.items():
            if not entry.get("basis"):
                says = ": ".join(filter(None, (entry["value"], entry.get("says"))))
                found.append(
                    Sampled(
                        f"{state} {key}",
                        says,
                        entry["mark"],
                        entry["source"],
                        entry.get("anchor"),
                        entry["checked"],
                    )
                )
    for office in law.offices().authorities:
        found.append(
            Sampled(
                f"{office.state} {office.role} {office.instrument}",
                ", ".join(filter(None, (office.name, office.unit, office.note))),
                office.confidence,
                office.read_at or office.source,
                office.provision or None,
                office.checked.isoformat(),
            )
        )
    for accepted in law.offices().accepted:
        found.append(
            Sampled(
                f"{accepted.state} language {accepted.instrument}",
                ", ".join(filter(None, (", ".join(accepted.languages), accepted.says, accepted.note))),
                accepted.confidence,
                accepted.read_at or accepted.source,
                accepted.provision or None,
                accepted.checked.isoformat(),
            )
        )
    return tuple(random.Random(seed).sample(found, min(size, len(found))))
