"""The glossary: terms of art, names of instruments as they are spoken, and words that need an entry."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from routing.core.cached import cached_property
from routing.core.errors import Problem, RulebookProblems
from routing.core.records import Record, field, replace
from routing.core.snapshot import Location
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.sources import Source, of_part
from routing.yaml.tree import load_plain, plain

FILE = "glossary.yaml"
USES = ("secondary", "unverified")
ABBREVIATION = re.compile(r"\b(?:[A-Z][a-z]?[A-Z][A-Za-z0-9]*(?:-\d+/\d+)?|\d+/\d+)\b")
NAME = r"[A-Z][\w’'-]+(?:/\d+)?"
NAMES = re.compile(rf"{NAME}(?:\s+(?:(?:of|the|and|on|for|against)\s+)*{NAME})*")


class Term(Record):
    """source: provisions that fix the meaning; usage: who uses it so, where none does, with its mark."""

    name: str
    says: str
    also: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    usage: str = ""
    mark: str = ""
    see: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.also)


class Glossary(Record, dict=True):
    terms: Mapping[str, Term]
    names: Mapping[str, str]
    watch: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    ordinary: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    known: frozenset[str] = field(default=frozenset())  # short and full names of instruments, names of States

    @classmethod
    def load(cls, folder: Location, known: Iterable[str] = ()) -> Glossary:
        """The glossary in a rules folder.

        Raises RulebookProblems where an entry is not whole.
        """
        data = load_plain(folder / FILE)
        problems: list[Problem] = []
        terms = {name: _term(name, entry, problems) for name, entry in data["terms"].items()}
        if problems:
            raise RulebookProblems(problems)
        return cls(
            terms,
            data.get("names") or {},
            tuple(data.get("watch") or ()),
            tuple(data.get("heads") or ()),
            frozenset(data.get("ordinary") or ()),
            frozenset(data.get("plain") or ()),
            frozenset(known),
        )

    @cached_property
    def by_form(self) -> dict[str, Term]:
        return {form.lower(): term for term in self.terms.values() for form in term.forms}

    def find(self, word: str) -> Term | None:
        """The term a word means, in any of its forms."""
        tidy = " ".join(word.replace("_", " ").lower().split())
        return self.by_form.get(tidy) or self.by_form.get(tidy.removesuffix("s"))

    def near(self, word: str, most: int = 5) -> list[str]:
        """The terms most like a word, or that have it in them."""
        tidy = word.lower()
        inside = [form for form in self.by_form if tidy in form or all(part in form for part in tidy.split())]
        like = difflib.get_close_matches(tidy, self.by_form, n=most, cutoff=0.8)
        return list(dict.fromkeys(self.by_form[form].name for form in (*inside, *like)))[:most]

    def undefined(self, text: str) -> Iterator[str]:
        """The terms of art in a text that have no entry, as far as `watch`, `heads`, abbreviations and names
        tell."""
        lower = text.lower()
        for phrase in self.watch:
            inside = re.search(rf"\b{re.escape(phrase.lower())}\b", lower)
            if inside and phrase not in self.plain and not self._covers(phrase, lower):
                yield phrase
        for match in self._headed.finditer(text):
            phrase = match.group()
            if match.group(1).lower() not in self.ordinary and not self._named(phrase):
                yield phrase
        for match in ABBREVIATION.finditer(text):
            if not self._named(match.group()):
                yield match.group()
        yield from (name for name in _spoken_names(text) if not self._named(name))

    @cached_property
    def _headed(self) -> re.Pattern[str]:
        return re.compile(
            rf"([\w/-]+)[ ](?:{'|'.join(map(re.escape, self.heads))})\b" if self.heads else r"(?!)"
        )

    def _covers(self, phrase: str, text: str) -> bool:
        """Whether the phrase is a term, or every place where it stands lies inside a longer term."""
        if self.find(phrase) is not None:
            return True
        longer = [form for form in self.by_form if phrase.lower() in form]
        for form in sorted(longer, key=len, reverse=True):
            text = text.replace(form, " ")
        return not re.search(rf"\b{re.escape(phrase.lower())}\b", text)

    def _named(self, name: str) -> bool:
        name = re.sub(r"['’]s?$", "", name)
        if (
            self.find(name) is not None
            or name in self.names
            or name in self.known
            or name.lower() in self.plain
        ):
            return True
        if not name.strip():
            return True
        cuts = [
            (m.start(), m.end())
            for m in re.finditer(r"['’]s?\s+|\s+(?:(?:and|of|on|for|with|the)\s+)+", name)
        ]
        return any(self._named(name[:start]) and self._named(name[end:]) for start, end in cuts)


def _spoken_names(text: str) -> Iterator[str]:
    """Capitalised words inside a sentence; the word that begins one says nothing."""
    for sentence in re.split(r"(?<=[.;:?!])\s+|: ", text):
        rest = sentence.partition(" ")[2]
        yield from (match.group() for match in NAMES.finditer(rest))


def _term(name: str, entry: Any, problems: list[Problem]) -> Term:
    if (
        not isinstance(entry, dict)
        or not entry.get("says")
        or not (entry.get("source") or entry.get("usage"))
    ):
        problems.append(
            Problem(
                f"term `{name}` does not say what it means and where that is from",
                FILE,
                1,
                "add `says`, and `source` or `usage`",
                "glossary.no-source",
            )
        )
        return Term(name, "")
    usage, mark = entry.get("usage") or "", entry.get("mark") or ""
    if usage and usage != "this program" and mark not in USES:
        problems.append(
            Problem(
                f"the usage of term `{name}` has no mark",
                FILE,
                1,
                f"add `mark:`, one of {', '.join(USES)}",
                "glossary.no-mark",
            )
        )
    return Term(
        name,
        entry["says"],
        tuple(entry.get("also") or ()),
        tuple(entry.get("source") or ()),
        usage,
        mark,
        tuple(entry.get("see") or ()),
    )


def term_problems(sources: Iterable[Source]) -> list[Problem]:
    """What is wrong with terms that have the right shape."""
    problems: list[Problem] = []
    for source in of_part(sources, "glossary"):
        for name, node in source.block("terms"):
            faults: list[Problem] = []
            _term(name.value, plain(node), faults)
            problems += [replace(problem, file=source.file, line=name.line) for problem in faults]
    return problems


def known_names(rulebook: Rulebook, states: Iterable[str] = ()) -> set[str]:
    """Short and full names of instruments, and names of States."""
    return {name for i in rulebook.instruments.values() for name in (i.short, i.name)} | set(states)


def printed(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Every sentence of the rulebook that can be printed, with the place it is from."""
    for kind in ("warnings", "duties", "limits"):
        for code in getattr(rulebook, kind).values():
            yield f"{kind} {code.id}", code.says
    for pathway in rulebook.pathways.values():
        card = pathway.card
        manners, listed = card.get("manners"), card.get("not_for")
        sides: list[object] = [card.get("answering"), card.get("sharing")]
        sides += manners if isinstance(manners, list) else []
        parts: list[object] = [
            card.get(key) for key in ("name", "action", "tells", "is", "right_when", "put_in", "safeguards")
        ]
        parts += [
            [text for key, text in side.items() if key not in ("when", "sender", "receiver")]
            for side in sides
            if isinstance(side, dict)
        ]
        parts += [[item.get("what") for item in listed] if isinstance(listed, list) else []]
        parts += [[route.says for route in pathway.routes]]
        yield from ((f"pathway {pathway.id}", text) for text in _flat(parts))
    for fact in rulebook.facts.values():
        values = [] if fact.type == "instruments" else list(fact.values.values())
        yield from ((f"fact {fact.id}", text) for text in _flat([fact.asks, *fact.asks_in.values(), *values]))
    for measure in rulebook.measures.values():
        yield f"measure {measure.id}", measure.name
    for group in ("families", "parties", "roles"):
        yield from ((f"{group} {key}", str(text)) for key, text in getattr(rulebook, group).items())
    for rule in rulebook.rules:
        yield from ((f"rule {rule.id}", text) for text in _flat([rule.says, *rule.views.values()]))


def _flat(parts: Iterable[Any]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            if part.strip():
                yield " ".join(part.split())
        elif isinstance(part, (list, tuple)):
            yield from _flat(part)
