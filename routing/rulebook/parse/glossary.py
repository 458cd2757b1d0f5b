"""The glossary: terms of art, names of instruments as they are spoken, and words that need an entry."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from routing.core.cached import cached_property
from routing.core.errors import Problem, RulebookProblems
from routing.core.records import Record, replace
from routing.core.snapshot import Location
from routing.rulebook.parse.sources import Source, of_part
from routing.yaml.tree import load_plain, plain

FILE = "glossary.yaml"
USES = ("secondary", "unverified")


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

    @classmethod
    def load(cls, folder: Location) -> Glossary:
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
