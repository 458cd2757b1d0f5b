"""The check of what is printed: the sentences of a rulebook, and the terms of art in them that have no entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from routing.rulebook.model import Rulebook
from routing.rulebook.parse.glossary import Glossary

ABBREVIATION = re.compile(r"\b(?:[A-Z][a-z]?[A-Z][A-Za-z0-9]*(?:-\d+/\d+)?|\d+/\d+)\b")
NAME = r"[A-Z][\w’'-]+(?:/\d+)?"
NAMES = re.compile(rf"{NAME}(?:\s+(?:(?:of|the|and|on|for|against)\s+)*{NAME})*")


@dataclass
class TermCheck:
    """A glossary and the names that need no entry (known: of instruments and States)."""

    glossary: Glossary
    known: frozenset[str]

    def undefined(self, text: str) -> Iterator[str]:
        """The terms of art in a text that have no entry, as far as `watch`, `heads`, abbreviations and names
        tell."""
        lower = text.lower()
        for phrase in self.glossary.watch:
            inside = re.search(rf"\b{re.escape(phrase.lower())}\b", lower)
            if inside and phrase not in self.glossary.plain and not self._covers(phrase, lower):
                yield phrase
        for match in self._headed.finditer(text):
            phrase = match.group()
            if match.group(1).lower() not in self.glossary.ordinary and not self._named(phrase):
                yield phrase
        for match in ABBREVIATION.finditer(text):
            if not self._named(match.group()):
                yield match.group()
        yield from (name for name in _spoken_names(text) if not self._named(name))

    @cached_property
    def _headed(self) -> re.Pattern[str]:
        return re.compile(
            rf"([\w/-]+)[ ](?:{'|'.join(map(re.escape, self.glossary.heads))})\b"
            if self.glossary.heads
            else r"(?!)"
        )

    def _covers(self, phrase: str, text: str) -> bool:
        """Whether the phrase is a term, or every place where it stands lies inside a longer term."""
        if self.glossary.find(phrase) is not None:
            return True
        longer = [form for form in self.glossary.by_form if phrase.lower() in form]
        for form in sorted(longer, key=len, reverse=True):
            text = text.replace(form, " ")
        return not re.search(rf"\b{re.escape(phrase.lower())}\b", text)

    def _named(self, name: str) -> bool:
        name = re.sub(r"['’]s?$", "", name)
        if (
            self.glossary.find(name) is not None
            or name in self.glossary.names
            or name in self.known
            or name.lower() in self.glossary.plain
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
