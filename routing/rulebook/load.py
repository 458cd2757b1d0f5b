"""The rules folder into a checked Rulebook; every fault of every file is reported together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from routing.conditions import leaves
from routing.errors import Problem, Problems, RulebookProblems, one_of
from routing.frozen import replace
from routing.law import Law
from routing.law.check import problems
from routing.reading import Items, Mapping, Node, Text, plain, read_file
from routing.rulebook.check import check
from routing.rulebook.expand import expand
from routing.rulebook.files import source_hash
from routing.rulebook.forms import Reader
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.profiles import profile_problems
from routing.vocabulary import (
    KINDS_OF_NEED, LEVELS, MARKS, NATURES, NO, SCOPES, YES, Code, Fact, Instrument, Measure, Pathway, Presumption,
    Provision, Route,
)

TYPES = ("choice", "many", "number", "date", "state", "text")
FACT_KEYS = {
    "asks", "says", "of", "type", "values", "nature", "unit", "derived", "looked_up", "presumed", "because",
    "presumed_unless", "core", "means",
}
LARGEST_FILE = 4_000_000
Built = TypeVar("Built")


def load_rulebook(folder: Path) -> Rulebook:
    """Read, check and expand the rules in a folder.

    Raises RulebookProblems naming every fault with file and line.
    """
    loader = _Loader(folder)
    rulebook = loader.load()
    if loader.problems:
        raise RulebookProblems(loader.problems)
    assert rulebook is not None
    return rulebook


def load_checked(folder: Path) -> tuple[Rulebook, Law]:
    """The rulebook and the law data in a folder.

    Raises RulebookProblems naming every fault of both with file and line.
    """
    loader = _Loader(folder)
    rulebook = loader.load()
    faults = list(loader.problems)
    law = None
    try:
        law = Law.load(folder)
        faults += problems(law)
        if rulebook is not None:
            faults += profile_problems(folder, rulebook, law)
    except RulebookProblems as error:
        faults += error.problems
    if faults:
        raise RulebookProblems(faults)
    assert rulebook is not None and law is not None
    return rulebook, law


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self._unless: dict[str, Node] = {}

    def load(self) -> Rulebook | None:
        top = self._tree(self.folder / "rulebook.yaml")
        if not isinstance(top, Mapping):
            return None
        settings = plain(top)
        facts = self._keyed("facts", "facts", self._fact)
        instruments = self._instruments()
        pathways = self._keyed("pathways", "pathways", self._pathway_text)
        groups = {name: tuple(members) for name, members in settings.get("groups", {}).items()}
        routes = [route_id for _, _, route_ids in pathways.values() for route_id in route_ids]
        measures_raw = self._entries(self.folder / "measures.yaml", "measures")
        reader = Reader(
            facts, (key.value for key, _, _ in measures_raw), KINDS_OF_NEED, instruments, pathways, routes, groups,
            settings.get("roles", {}), self.problems)
        facts = self._presumptions(facts, reader)
        built = {name: self._pathway(name, node, file, reader, settings) for name, (node, file, _) in pathways.items()}
        measures = {key.value: self._measure(key, node, file, reader, built) for key, node, file in measures_raw}
        rules: list[Rule] = []
        for path in self._files("reasoning"):
            tree = self._tree(path)
            if tree is not None:
                reader.file = self._name(path)
                rules.extend(reader.rules(tree))
        warnings, duties, limits = (self._keyed("wording", kind, self._code) for kind in ("warnings", "duties", "limits"))
        provisions = self._provisions(instruments)
        last = [p.id for p in built.values() if p.card.get("last_resort") == YES]
        if len(last) != 1:
            self.problems.append(Problem(f"{len(last)} pathways are the last resort", "pathways", None, "give exactly one `last_resort: yes`"))
        rulebook = Rulebook(
            version=settings.get("version", ""), name=settings.get("name", ""), data_date=settings.get("data_date", ""),
            hash=source_hash(self.folder), folder=str(self.folder), facts=facts, measures=measures, pathways=built,
            roles=settings.get("roles", {}), role_order=tuple((a, b) for a, b in settings.get("role_order", [])),
            families=settings.get("families", {}), parties=settings.get("parties", {}), groups=groups, spoken=settings.get("spoken", {}),
            proper_names=tuple(settings.get("proper_names", [])),
            warnings=warnings, duties=duties, limits=limits, provisions=provisions, instruments=instruments,
            rules=tuple(rules), plain=expand(rules, built, measures, last[0] if last else ""))
        self.problems.extend(check(rulebook))
        return rulebook

    # Files

    def _name(self, path: Path) -> str:
        return f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"

    def _files(self, folder: str) -> list[Path]:
        return sorted((self.folder / folder).glob("**/*.yaml"))

    def _tree(self, path: Path) -> Node | None:
        try:
            return read_file(path, LARGEST_FILE)
        except Problems as error:
            self.problems.extend(Problem(p.said, self._name(path), p.line, p.fix) for p in error.problems)
            return None

    def _entries(self, path: Path, key: str) -> list[tuple[Text, Node, str]]:
        tree = self._tree(path)
        node = tree.get(key) if isinstance(tree, Mapping) else None
        if not isinstance(node, Mapping):
            return []
        return [(name, value, self._name(path)) for name, value in node.entries]

    def _keyed(self, folder: str, key: str, build: Callable[[Text, Node, str], Built | None]) -> dict[str, Built]:
        found: dict[str, Built] = {}
        for path in self._files(folder):
            for name, node, file in self._entries(path, key):
                if name.value in found:
                    self.problems.append(Problem(f"`{name.value}` is defined twice", file, name.line, "keep one"))
                    continue
                item = build(name, node, file)
                if item is not None:
                    found[name.value] = item
        return found

    def _problem(self, said: str, file: str, line: int, fix: str | None = None) -> None:
        self.problems.append(Problem(said, file, line, fix))

    # Facts

    def _fact(self, name: Text, node: Node, file: str) -> Fact | None:
        if not isinstance(node, Mapping):
            self._problem(f"`{name.value}` is not described", file, name.line)
            return None
        data = plain(node)
        for key in data:
            if key not in FACT_KEYS:
                self._problem(f"`{key}` is no part of a fact", file, node.line, one_of(key, FACT_KEYS))
        derived = data.get("derived") == YES
        values = {YES: "", NO: ""} if derived else _values(data.get("values"))
        kind = data.get("type", "choice")
        for word, allowed in ((kind, TYPES), (data.get("of", ""), SCOPES), (data.get("nature", "findable"), NATURES)):
            if word not in allowed:
                self._problem(f"`{word}` in fact `{name.value}` is not allowed", file, node.line, one_of(str(word), allowed))
        if kind in ("choice", "many") and not values:
            self._problem(f"fact `{name.value}` has no values", file, node.line, "add `values: {yes: , no: }`")
        if "presumed" in data and not data.get("because"):
            self._problem(f"fact `{name.value}` is presumed without a reason", file, node.line, "add `because:`")
        if "presumed" in data and kind == "choice" and data["presumed"] not in values:
            self._problem(f"`{data['presumed']}` is no value of `{name.value}`", file, node.line, one_of(str(data["presumed"]), values))
        presumed = Presumption(data["presumed"], data.get("because", "")) if "presumed" in data else None
        unless = node.get("presumed_unless")
        if unless is not None:
            self._unless[name.value] = unless
        return Fact(
            id=name.value, asks=data.get("asks") or data.get("says") or "", of=data.get("of", "need"), type=kind, values=values,
            nature=data.get("nature", "findable"), unit=data.get("unit"), derived=derived, looked_up=data.get("looked_up"),
            presumed=presumed, core=data.get("core") == YES, means=data.get("means"), line=name.line, file=file)

    def _presumptions(self, facts: dict[str, Fact], reader: Reader) -> dict[str, Fact]:
        """Turn the conditions under which nothing is presumed from text into tests."""
        done = {}
        for fact in facts.values():
            if fact.presumed and fact.id in self._unless:
                reader.file = fact.file
                condition = reader.condition(self._unless[fact.id])
                for leaf in leaves(condition):
                    other = facts.get(getattr(leaf, "fact", ""))
                    if other is None or other.derived or (other.presumed and not other.looked_up):
                        self._problem(f"`presumed_unless` of `{fact.id}` asks about something derived or presumed", fact.file, fact.line)
                fact = replace(fact, presumed=replace(fact.presumed, unless=(condition,)))
            done[fact.id] = fact
        return done

    # Measures and pathways

    def _measure(self, key: Text, node: Node, file: str, reader: Reader, pathways: dict[str, Pathway]) -> Measure:
        data = plain(node)
        for way in data.get("ways", []):
            if way not in pathways:
                self._problem(f"`{way}` is no pathway", file, node.line, one_of(way, pathways))
        for part in ("presumes", "has"):
            for fact_id, value in (data.get(part) or {}).items():
                fact = reader.facts.get(fact_id)
                if fact is None:
                    self._problem(f"`{fact_id}` is no fact", file, node.line, one_of(fact_id, reader.facts))
                elif fact.values and value not in fact.values:
                    self._problem(f"`{value}` is no value of `{fact_id}`", file, node.line, one_of(value, fact.values))
        return Measure(
            id=key.value, name=data.get("name", key.value), presumes=data.get("presumes") or {}, has=data.get("has") or {},
            ways=tuple(data.get("ways", [])), because=data.get("because", ""), line=key.line, file=file)

    def _pathway_text(self, name: Text, node: Node, file: str) -> tuple[Node, str, list[str]] | None:
        if not isinstance(node, Mapping):
            self._problem(f"`{name.value}` is not described", file, name.line)
            return None
        routes = node.get("routes")
        ids = [plain(item).get("id", "") for item in routes.values if isinstance(item, Mapping)] if isinstance(routes, Items) else []
        if not ids:
            self._problem(f"pathway `{name.value}` has no route", file, name.line, "add `routes:`, one for each legal basis")
        return node, file, ids

    def _pathway(self, name: str, node: Node, file: str, reader: Reader, settings: dict[str, Any]) -> Pathway:
        assert isinstance(node, Mapping)
        reader.file = file
        card = {key: value for key, value in plain(node).items() if key != "routes"}
        for key, allowed in (("family", settings.get("families", {})), ("role", settings.get("roles", {})),
                             ("sender", settings.get("parties", {})), ("receiver", settings.get("parties", {}))):
            if card.get(key) not in allowed:
                self._problem(f"`{card.get(key)}` is no {key} (pathway `{name}`)", file, node.line, one_of(str(card.get(key)), allowed))
        routes_node = node.get("routes")
        routes = []
        for item in routes_node.values if isinstance(routes_node, Items) else ():
            if not isinstance(item, Mapping):
                self._problem(f"a route of `{name}` is a block of `key: value`", file, item.line)
                continue
            route_id = reader.word(item.get("id"))
            if route_id.split("/")[0] != name or route_id.count("/") != 1:
                self._problem(f"`{route_id}` does not begin with `{name}/`", file, item.line, f"write `{name}/basis`")
            lead = reader.words(item.get("lead"))
            if not lead:
                self._problem(f"route `{route_id}` has no lead provision", file, item.line, "add `lead: [instrument article]`")
            routes.append(Route(
                id=route_id, pathway=name, opens=reader.condition(item.get("opens")), lead=lead,
                support=reader.words(item.get("support")), kind=reader.word(item.get("kind")) or "treaty",
                says=reader.word(item.get("says")), line=item.line, file=file))
        return Pathway(
            id=name, name=card.get("name", name), family=card.get("family", ""), informal=card.get("informal") == YES,
            role=card.get("role", ""), card=card, routes=tuple(routes), line=node.line, file=file)

    # Codes, instruments, provisions

    def _code(self, name: Text, node: Node, file: str) -> Code:
        data = plain(node)
        if isinstance(data, str):
            data = {"says": data}
        level = data.get("level", "caution")
        if level not in LEVELS:
            self._problem(f"`{level}` is no level", file, node.line, one_of(level, LEVELS))
        conveys = data.get("conveys") or []
        return Code(name.value, data.get("says", ""), level, tuple([conveys] if isinstance(conveys, str) else conveys))

    def _instruments(self) -> dict[str, Instrument]:
        found: dict[str, Instrument] = {}
        for key, node, _ in self._entries(self.folder / "instruments.yaml", "instruments"):
            data = plain(node)
            details = {k: v for k, v in data.items() if isinstance(v, str) and k not in ("short", "name", "kind")}
            found[key.value] = Instrument(key.value, data.get("short", key.value), data.get("name", key.value), data.get("kind", "treaty"), details=details)
        for path in self._files("instruments"):
            tree = self._tree(path)
            if isinstance(tree, Mapping):
                name = plain(tree).get("instrument", path.stem)
                article = plain(tree).get("article", "{}")
                base = found.get(name, Instrument(name, plain(tree).get("short", name), plain(tree).get("name", name), plain(tree).get("kind", "practice")))
                found[name] = Instrument(base.id, base.short, base.name, base.kind, article, base.details)
        return found

    def _provisions(self, instruments: Iterable[str]) -> dict[str, Provision]:
        found: dict[str, Provision] = {}
        for path in self._files("instruments"):
            tree = self._tree(path)
            if not isinstance(tree, Mapping):
                continue
            data, file = plain(tree), self._name(path)
            instrument = data.get("instrument", path.stem)
            for article, entry in (data.get("provisions") or {}).items():
                if not isinstance(entry, dict) or entry.get("mark") not in MARKS:
                    self._problem(f"provision `{instrument} {article}` has no mark", file, tree.line, one_of("", MARKS))
                    continue
                found[f"{instrument} {article}"] = Provision(
                    f"{instrument} {article}", instrument, article, entry.get("says") or "", entry["mark"],
                    entry.get("from"), entry.get("until"), entry.get("read_at") or data.get("read_at"),
                    entry.get("checked") or data.get("checked"), entry.get("anchor"))
                words = len(str(entry.get("anchor") or "").split())
                if "anchor" in entry and not 4 <= words <= 8:
                    self._problem(
                        f"the anchor of `{instrument} {article}` has {words} words", file, _line(tree, article),
                        "give four to eight consecutive words of the text")
        return found


def _line(tree: Mapping, article: str) -> int:
    provisions = tree.get("provisions")
    found = provisions.entries if isinstance(provisions, Mapping) else ()
    return next((key.line for key, _ in found if key.value == article), tree.line)


def _values(given: object) -> dict[str, str]:
    if isinstance(given, dict):
        return {key: value or "" for key, value in given.items()}
    return {value: "" for value in given} if isinstance(given, list) else {}
