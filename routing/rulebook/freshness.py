"""How far the law data can be trusted: marks, ages and samples for an auditor."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

from routing.core.domain import MARKS, NAMED_ONLY, READ, Provision
from routing.core.grouping import grouped
from routing.core.records import Record
from routing.law import Law
from routing.law.office_records import EVERY_PARTY
from routing.law.profiles import cited, profile, profile_notes, profiles
from routing.law.providers import read_providers
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
    """Something that was seen on a day. kind: provision, list, declaration, bilateral treaty, provider,
    profile, office or language."""

    kind: str
    name: str
    seen: date | None


def cited_provisions(rulebook: Rulebook, law: Law) -> frozenset[str]:
    """Every provision that a rule, a route, a time limit or the profile of a State cites."""
    refs: set[str] = set()
    for rule in rulebook.rules:
        refs.update(rule.basis, (f"paper {paragraph}" for paragraph in rule.paper))
    for pathway in rulebook.pathways.values():
        for route in pathway.routes:
            refs.update(rulebook.citable(route))
        time = pathway.card.get("time")
        if isinstance(time, dict):
            refs.update(time.get("basis") or ())
    for state in profiles(law.folder):
        refs.update(ref for _, ref in cited(law, state))
        entries = (*profile(law, state).values(), *profile_notes(law, state).values())
        refs.update(entry["basis"] for entry in entries if entry.get("basis"))
    return frozenset(refs)


def marks(rulebook: Rulebook, law: Law) -> tuple[Marks, ...]:
    """The marks of every instrument that has provisions, in order of id."""
    cites = cited_provisions(rulebook, law)
    by_instrument = grouped((provision.instrument, provision) for provision in rulebook.provisions.values())
    return tuple(_marks(id, of, cites, _named(rulebook, id)) for id, of in sorted(by_instrument.items()))


def unread(rulebook: Rulebook, law: Law) -> tuple[Provision, ...]:
    """The provisions that are cited and were not read in the text, save those that are only named."""
    cited = (
        rulebook.provisions[ref] for ref in cited_provisions(rulebook, law) if ref in rulebook.provisions
    )
    open_ = (item for item in cited if item.mark not in READ and not _named(rulebook, item.instrument))
    return tuple(sorted(open_, key=lambda item: item.ref))


def _named(rulebook: Rulebook, instrument: str) -> str | None:
    return rulebook.instruments[instrument].details.get(NAMED_ONLY)


def _marks(instrument: str, provisions: list[Provision], cites: frozenset[str], named: str | None) -> Marks:
    counted = Counter(provision.mark for provision in provisions)
    used = [provision for provision in provisions if provision.ref in cites]
    return Marks(
        instrument,
        {mark: counted[mark] for mark in MARKS},
        len(used),
        sum(provision.mark in READ for provision in used),
        sum(bool(provision.anchor) for provision in provisions),
        named,
    )


def seen_items(rulebook: Rulebook, law: Law) -> Iterator[Dated]:
    """Every provision, list, declaration, treaty of two States, entry of a profile, office and language with
    the day on which it was seen.

    A list is as old as the day up to which it speaks, an office as its text; None where that is not recorded.
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
    for treaty in law.bilateral().every:
        yield Dated("bilateral treaty", f"{' '.join(treaty.states)} {treaty.kind}", treaty.checked)
    for row in read_providers(law.folder):
        yield Dated("provider", f"{row.services[0]} {row.state}", row.checked)
    for state in profiles(law.folder):
        for key, stated in {**profile(law, state), **profile_notes(law, state)}.items():
            yield Dated("profile", f"{state} {key}", date.fromisoformat(stated["checked"]))
    for office in law.offices().every:
        yield Dated(
            "office", f"{office.state or EVERY_PARTY} {office.role} {office.instrument}", office.as_of
        )
    for accepted in law.offices().accepted:
        yield Dated("language", f"{accepted.state} {accepted.instrument}", accepted.as_of)


def stale(rulebook: Rulebook, law: Law, days: int, on: date) -> tuple[Dated, ...]:
    """What was last seen more than so many days before a day, oldest first; what has no day goes before."""
    stale = [item for item in seen_items(rulebook, law) if item.seen is None or (on - item.seen).days > days]
    return tuple(sorted(stale, key=lambda item: (item.seen or date.min, item.kind, item.name)))


class Sampled(Record):
    """A provision, an entry of a State's profile that rests on none, a treaty of two States, or an office or
    language, for an auditor.

    mark: how a provision or entry is known; of a treaty, office or language, how far it is trusted.
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
    samples = [
        Sampled(p.ref, p.says, p.mark, p.read_at, p.anchor, p.checked, p.obstacle)
        for _, p in sorted(rulebook.provisions.items())
    ]
    for state in profiles(law.folder):
        for key, entry in {**profile(law, state), **profile_notes(law, state)}.items():
            if not entry.get("basis"):
                says = ": ".join(filter(None, (entry["value"], entry.get("says"))))
                samples.append(
                    Sampled(
                        f"{state} {key}",
                        says,
                        entry["mark"],
                        entry["source"],
                        entry.get("anchor"),
                        entry["checked"],
                    )
                )
    for treaty in law.bilateral().every:
        samples.append(
            Sampled(
                f"{' '.join(treaty.states)} {treaty.kind}",
                ", ".join(
                    filter(None, (treaty.name, treaty.status, str(treaty.in_force or ""), treaty.note))
                ),
                treaty.confidence,
                treaty.source,
                None,
                treaty.checked.isoformat(),
            )
        )
    for row in read_providers(law.folder):
        says = ", ".join(filter(None, (row.company, "; ".join(row.users), row.note)))
        name, seen = f"{row.services[0]} {row.state}", row.checked.isoformat()
        samples.append(Sampled(name, says, row.confidence, row.source, None, seen))
    for office in law.offices().every:
        samples.append(
            Sampled(
                f"{office.state or EVERY_PARTY} {office.role} {office.instrument}",
                ", ".join(filter(None, (office.name, office.unit, office.note))),
                office.confidence,
                office.read_at or office.source,
                office.provision or None,
                office.checked.isoformat(),
            )
        )
    for accepted in law.offices().accepted:
        samples.append(
            Sampled(
                f"{accepted.state} language {accepted.instrument}",
                ", ".join(filter(None, (", ".join(accepted.languages), accepted.says, accepted.note))),
                accepted.confidence,
                accepted.read_at or accepted.source,
                accepted.provision or None,
                accepted.checked.isoformat(),
            )
        )
    return tuple(random.Random(seed).sample(samples, min(size, len(samples))))
