"""Providers of services that work in many States: which company answers for whose users, and where its seat
is.

The table is never complete: a service that is not in it may have its seat anywhere, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from routing.core.errors import Problem, Problems, RulebookProblems
from routing.core.records import Record
from routing.core.snapshot import Location
from routing.law.confidence import CONFIDENCES, LOW
from routing.law.office_rows import listed_words
from routing.law.states import States
from routing.law.tables import Line, check_source, check_word, day_of_checking, read_rows

FILE = "providers.csv"
HEAD = ("service", "company", "state", "users", "source", "confidence", "checked", "note")
NAMED_PROVIDER = "named_provider"
"""The fact that holds the name of a service, as somebody wrote it."""


class Provider(Record):
    """A company that answers for a service.

    services: the words for it, as people write them. state: the code of the State of its seat. users: codes
    of States and ids of groups of States for whose users it answers; empty for all of whom no other row
    speaks. source: the address where the company says so; checked: when this was seen. line: in the table.
    """

    services: tuple[str, ...]
    company: str
    state: str
    users: tuple[str, ...]
    source: str
    confidence: str
    checked: date
    note: str
    line: int

    @property
    def is_lead(self) -> bool:
        """Whether nobody has seen it in a text of the company: something to be checked."""
        return self.confidence == LOW


def read_providers(folder: Location) -> tuple[Provider, ...]:
    """The table in a folder of rules. Raises RulebookProblems with every fault of its rows."""
    return read_rows(folder / FILE, HEAD, _provider)


def provider_of(
    providers: Iterable[Provider], service: str, state: str, groups: Mapping[str, frozenset[str]]
) -> Provider | None:
    """Who answers authorities of a State for a service: the company of that State's own users, else the one
    for all others; None where the table has none. groups: States by group."""
    fitting = [it for it in providers if service in it.services]
    own = (it for it in fitting if any(user == state or state in groups.get(user, ()) for user in it.users))
    return next(own, None) or next((it for it in fitting if not it.users), None)


def answering(
    providers: Iterable[Provider], words: Iterable[str], state: str, groups: Mapping[str, frozenset[str]]
) -> Iterator[Provider]:
    """Who answers authorities of a State for each service that stands among words, in their order."""
    rows = (provider_of(providers, word, state, groups) for word in words)
    return (row for row in rows if row is not None)


def provider_problems(folder: Location, states: States, groups: Mapping[str, object]) -> Iterator[Problem]:
    """Everything wrong with the table: its rows, codes that no State has, a service told twice for the same
    users."""
    try:
        rows = read_providers(folder)
    except Problems as faults:
        yield from faults.problems
        return
    file, first = str(folder / FILE), dict[tuple[str, str], int]()
    for row in rows:
        for code in (row.state, *row.users):
            if code not in states and (code == row.state or code not in groups):
                message = f"`{code}` is not a code of a State"
                yield Problem(message, file, row.line, states.suggest(code), "table.state")
        for service in row.services:
            for user in row.users or ("",):
                earlier = first.setdefault((service, user), row.line)
                if earlier != row.line:
                    message = f"`{service}` stands for the same users on line {earlier}"
                    yield Problem(message, file, row.line, "keep one of the two", "table.twice")


def _provider(line: Line, file: str) -> Provider:
    number, (service, company, state, users, source, confidence, checked, note) = line
    problems: list[Problem] = []

    def wrong(finding: str, message: str, fix: str) -> None:
        problems.append(Problem(message, file, number, fix, finding))

    check_word(confidence, CONFIDENCES, "confidence", wrong)
    check_source(source, wrong)
    if not (listed_words(service) and company):
        wrong("table.cells", "a service and its company are needed", "fill in the first two cells")
    if problems:
        raise RulebookProblems(problems)
    seen = day_of_checking(checked, file, number)
    return Provider(
        listed_words(service), company, state, listed_words(users), source, confidence, seen, note, number
    )
