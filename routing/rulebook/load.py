"""The rules folder into a checked Rulebook; every fault of every file is reported together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as AbstractMapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from routing.core.conditions import Is
from routing.core.domain import KINDS_OF_NEED, YES, Route
from routing.core.errors import Problem, RulebookProblems, one_of
from routing.core.snapshot import Location, SourcePath
from routing.law import Law
from routing.law.check import read_checked
from routing.rulebook.documents import step_papers
from routing.rulebook.files import Snapshot
from routing.rulebook.files import snapshot as snapshot_of
from routing.rulebook.lower import expand
from routing.rulebook.model import Clocks, PassedOn, Rule, Rulebook, ToldBeside
from routing.rulebook.overlay.additions import aimed_at_additions, with_additions
from routing.rulebook.overlay.merge import overlays_in, relocated
from routing.rulebook.overlay.protected import protected_problems
from routing.rulebook.parse.citations import read_codes, read_instruments, read_provisions
from routing.rulebook.parse.conditions import Reader
from routing.rulebook.parse.documents import document_faults, read_documents
from routing.rulebook.parse.facts import complete_facts, read_facts, with_instruments
from routing.rulebook.parse.glossary import term_problems
from routing.rulebook.parse.measures import read_measures
from routing.rulebook.parse.pathways import Manners, read_pathway, read_routes, route_ids, shared_manners
from routing.rulebook.parse.rules import read_rules
from routing.rulebook.parse.sources import Source, keyed, of_part, read_sources, unread
from routing.rulebook.parse.towns import read_towns
from routing.rulebook.parse.words import read_words
from routing.rulebook.validate.additions import added_keys, added_rows, membership_problems
from routing.rulebook.validate.offices import office_fit
from routing.rulebook.validate.profiles import profile_problems
from routing.rulebook.validate.whole import check
from routing.yaml.schema import words_of
from routing.yaml.tree import Mapping, Node, Text, plain


def load_checked(source: Path | Snapshot) -> tuple[Rulebook, Law]:
    """The rulebook and the law data in a folder, or in a snapshot of one.

    Raises RulebookProblems naming every fault of both with file and line.
    """
    rulebook, law, faults = examined(source if isinstance(source, Snapshot) else _snapshot(source))
    if faults or law is None:
        raise RulebookProblems(faults)
    return rulebook, law


def examine(folder: Path) -> tuple[Rulebook, Law | None, list[Problem]]:
    """The rulebook and the law data in a folder as far as they can be read, and every fault of both.

    Where a file cannot be read the faults are those of files taken one by one: what others name of it is not
    known, and would be told once for each name.
    """
    return examined(_snapshot(folder))


def examined(snapshot: Snapshot) -> tuple[Rulebook, Law | None, list[Problem]]:
    """The rulebook and the law data in a snapshot as far as they can be read, and every fault of both."""
    folder = snapshot.root
    rulebook, faults = rules_in(snapshot)
    law, law_faults = read_checked(folder)
    if unread(faults):
        files = tuple(str(fault.file) for fault in faults)
        faults += (fault for fault in law_faults if unread([fault]) and not str(fault.file).endswith(files))
        return rulebook, None, relocated(dict.fromkeys(faults), folder)
    faults += law_faults
    if law is not None:
        faults += profile_problems(folder, rulebook, law)
        faults += _office_faults(rulebook, law)
        faults += membership_problems(folder, law)
        faults += protected_problems(
            rulebook, (*added_keys(folder, rulebook), *added_rows(folder, rulebook, law))
        )
    return rulebook, law, relocated(dict.fromkeys(faults), folder)


def _office_faults(rulebook: Rulebook, law: Law) -> list[Problem]:
    try:
        return list(office_fit(rulebook, law))
    except RulebookProblems:  # the tables cannot be read, which is told with the law data
        return []


def _snapshot(folder: Path) -> Snapshot:
    return snapshot_of(folder) if folder.is_dir() else Snapshot(SourcePath(folder, {}), "")


def rules_in(snapshot: Snapshot) -> tuple[Rulebook, list[Problem]]:
    """The rulebook of a snapshot, and its faults; those between files only where every file can be read."""
    sources, faults = read_sources(snapshot.root)
    rulebook, between = build(sources, snapshot.root, snapshot.digest)
    return rulebook, faults if unread(faults) else faults + between


def build(sources: tuple[Source, ...], folder: Location, digest: str) -> tuple[Rulebook, list[Problem]]:
    """The rulebook that sources make, as far as they do, and what is wrong with them taken together.

    Entries come from every source of their part, so more sources may be laid over those of a folder.
    """
    faults: list[Problem] = []
    top, settings = _settings(sources)
    facts = read_facts(sources, faults)
    instruments = read_instruments(sources, faults)
    written = list(keyed(sources, "pathways", "pathways", faults))
    groups = {name.value: words_of(node) for name, node in top.block("groups")} if top else {}
    reader = Reader(
        facts,
        (name.value for name, _, _ in keyed(sources, "measures", "measures", [])),
        KINDS_OF_NEED,
        instruments,
        (name.value for name, _, _ in written),
        (
            id
            for listed in (
                *(node.get("routes") for _, node, _ in written),
                *(node for _, _, node in _further(sources)),
            )
            for id in route_ids(listed)
        ),
        groups,
        settings.get("roles", {}),
        faults,
    )
    facts = complete_facts(with_instruments(facts, instruments), sources, reader)
    shared: Manners = {}
    clocks = Clocks()
    if top is not None and isinstance(top.tree, Mapping):
        reader.file = top.file
        shared = shared_manners(top.tree.get("manners"), reader)
        clocks = _clocks(top, reader)
    pathways = {}
    for name, node, reader.file in written:
        pathways[name.value] = read_pathway(name, node, reader, settings, shared)
    added: dict[str, tuple[Route, ...]] = {}
    for name, reader.file, routes in _further(sources):
        if name.value not in pathways:
            reader.problem(
                "condition.unknown-pathway",
                f"`{name.value}` is not a pathway",
                name.line,
                one_of(name.value, pathways),
            )
            continue
        # Routes that somebody adds are closer to the case than those of everybody.
        added[name.value] = (*read_routes(name.value, routes, reader), *added.get(name.value, ()))
    measures = read_measures(sources, facts, pathways, faults)
    pathways = with_additions(pathways, added, measures.values(), facts)
    rules: list[Rule] = []
    for source in of_part(sources, "reasoning"):
        reader.file = source.file
        rules.extend(read_rules(source.tree, reader))
    rules = aimed_at_additions(rules, pathways, instruments)
    warnings, duties, limits = (
        read_codes(sources, kind, faults) for kind in ("warnings", "duties", "limits")
    )
    last = [id for id, pathway in pathways.items() if pathway.card.get("last_resort") == YES]
    if len(last) != 1:
        second = pathways[last[1]] if last else next(iter(pathways.values()), None)
        faults.append(
            Problem(
                f"{len(last)} pathways are the last resort",
                second.file if second else f"{folder.name}/pathways",
                second.line if second else 1,
                "give exactly one `last_resort: yes`",
                "pathway.last-resort",
            )
        )
    if top is not None:
        faults += _setting_problems(top, settings, pathways)
        ruled = {id for rule in rules for id in (rule.id, rule.parent)}
        names = {"practice": set(instruments), "told_in_full": ruled}
        faults += _page_problems(top, {*warnings, *duties, *limits}, names)
    reach = {place.value: words_of(names) for place, names in top.block("reach")} if top else {}
    document_problems: list[Problem] = []
    documents = read_documents(sources, document_problems)
    rulebook = Rulebook(
        version=settings.get("version", ""),
        name=settings.get("name", ""),
        data_date=settings.get("data_date", ""),
        hash=digest,
        folder=str(folder),
        source=folder,
        facts=facts,
        measures=measures,
        measure_groups={
            name.value: node.value
            for source in of_part(sources, "measures")
            for name, node in source.block("groups")
            if isinstance(node, Text)
        },
        pathways=pathways,
        roles=settings.get("roles", {}),
        role_order=_pairs(top),
        families=settings.get("families", {}),
        parties=settings.get("parties", {}),
        lanes=settings.get("lanes", {}),
        horizons={kind: int(number) for kind, number in (settings.get("horizon_days") or {}).items()},
        reach=reach,
        page={name.value: words_of(node) for name, node in top.block("page")} if top else {},
        groups={
            name: tuple(member for member in members if member in pathways)
            for name, members in groups.items()
        },
        words=read_words(sources, facts, measures, pathways, warnings, read_towns(folder, faults), faults),
        proper_names=words_of(top.tree.get("proper_names")) if top and isinstance(top.tree, Mapping) else (),
        warnings=warnings,
        duties=duties,
        limits=limits,
        provisions=read_provisions(sources, faults),
        instruments=instruments,
        rules=tuple(rules),
        passed_on=_passed_on(top),
        told_beside=tuple(_told_beside(settings)),
        graver=settings.get("graver", {}),
        own_of_needs=tuple(settings.get("own_of_needs", ())),
        clocks=clocks,
        overlays=tuple(
            f"{overlay.name} {overlay.digest[:16]}: {overlay.says}" for overlay in overlays_in(folder)
        ),
        papers=step_papers(documents.values()),
        plain=expand(rules, pathways, measures, last[0] if last else "", reach),
    )
    faults += term_problems(sources)
    faults += check(rulebook)
    faults += document_problems
    faults += document_faults(documents, sources, rulebook)
    return rulebook, faults


def _further(sources: Iterable[Source]) -> Iterator[tuple[Text, str, Node]]:
    """Routes that are written apart from their pathway, with their files."""
    for source in of_part(sources, "routes"):
        for name, listed in source.block("routes"):
            yield name, source.file, listed


def _settings(sources: Iterable[Source]) -> tuple[Source | None, dict[str, Any]]:
    top = next(of_part(sources, "rulebook"), None)
    return top, plain(top.tree) if top else {}


def _pairs(top: Source | None) -> tuple[tuple[str, str], ...]:
    pairs = (words_of(pair) for pair in _order(top))
    return tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)


def _passed_on(top: Source | None) -> PassedOn | None:
    block = {name.value: words_of(node) for name, node in top.block("passed_on")} if top else {}
    if not block:
        return None
    facts = {name: words[0] for name, words in block.items() if name not in ("kinds", "measures") and words}
    return PassedOn(block.get("kinds", ()), block.get("measures", ()), **facts)


def _told_beside(settings: AbstractMapping[str, Any]) -> Iterator[ToldBeside]:
    for entry in settings.get("told_beside", ()):
        measures = {name: tuple(entry.get(name, ())) for name in ("by", "of")}
        yield ToldBeside(**{**entry, **measures})


def _clocks(top: Source, reader: Reader) -> Clocks:
    values: dict[str, Any] = {}
    for name, node in top.block("clocks"):
        if isinstance(node, Text):
            values[name.value] = reader.word(node)
        elif isinstance(test := reader.asked(node), Is):
            values[name.value] = test
        else:
            reader.problem(
                "condition.shape", f"`{name.value}` tests one fact", name.line, "write `fact: value`"
            )
    return Clocks(**values)


def _order(top: Source | None) -> tuple[Node, ...]:
    listed = top.tree.get("role_order") if top and isinstance(top.tree, Mapping) else None
    return getattr(listed, "values", ())


PAGE_NAMES = {"practice": "an instrument", "told_in_full": "a rule"}


def _page_problems(top: Source, codes: set[str], names: AbstractMapping[str, set[str]]) -> Iterable[Problem]:
    """The lists of `page` name codes of warnings, duties and limits; some, sources or rules; one, words."""
    for name, node in top.block("page"):
        if name.value == "turning":
            continue
        allowed = names.get(name.value, codes)
        for word in words_of(node):
            if word not in allowed:
                what = PAGE_NAMES.get(name.value, "a code of a warning, duty or limit")
                yield Problem(
                    f"`{word}` under `page` is not {what}",
                    top.file,
                    name.line,
                    one_of(word, allowed),
                    "rule.unknown-code",
                )


def _setting_problems(top: Source, settings: dict[str, Any], pathways: Iterable[str]) -> Iterable[Problem]:
    """Groups name pathways, and the order of roles names roles."""
    allowed = set(pathways)
    for name, node in top.block("groups"):
        for word in words_of(node):
            if word not in allowed:
                yield Problem(
                    f"`{word}` in `{name.value}` is not a pathway",
                    top.file,
                    name.line,
                    one_of(word, allowed),
                    "rulebook.unknown-pathway",
                )
    roles = settings.get("roles") or {}
    for pair in _order(top):
        for word in words_of(pair):
            if word not in roles:
                yield Problem(
                    f"`{word}` in `role_order` is not a role",
                    top.file,
                    pair.line,
                    one_of(word, roles),
                    "rulebook.unknown-role",
                )
    graph: dict[str, set[str]] = {}
    for first, second in _pairs(top):
        graph.setdefault(second, set()).add(first)
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        yield Problem(
            f"`role_order` goes round in a ring: {' before '.join(error.args[1])}",
            top.file,
            _order(top)[0].line,
            "take one pair out",
            "rulebook.role-ring",
        )
