"""A commented case for a person to fill in, made from the rulebook's facts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from routing.core.domain import Fact
from routing.rulebook.model import Rulebook

WIDTH = 100


def blank_case(rulebook: Rulebook, measure: str, everything: bool = False) -> str:
    """A case file whose every line explains itself; facts that are not filled in stay comments."""
    told = [
        f
        for f in rulebook.facts.values()
        if f.told and "from" not in (f.looked_up or {}) and (everything or f.core or f.type == "instruments")
    ]
    lines = [
        "# Fill in what you know. Leave the rest as it is: a line that begins with # says nothing.",
        "# Write `unknown` where you know that you do not know; then nothing is presumed.",
        "title: ",
        "state:                   # our State: its ISO 3166 code of two or three letters",
        "as_of:                   # the day the answer is for, as 2026-11-24; today if empty",
        "",
        *_block(f for f in told if f.of == "case"),
        "needs:",
        "  - id: first",
        "    kind: request        # request: we ask; answer: we are asked; share: nobody asked; use: of material held",
        f"    measure: {measure}",
        *_wrapped("    # ", "one of: " + ", ".join(rulebook.measures)),
        "    with:                # the other State",
        "",
        *(f"    {line}".rstrip() for line in _block(f for f in told if f.of != "case")),
    ]
    return "\n".join(lines) + "\n"


def _block(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        yield from _wrapped("# ", fact.asks)
        if fact.presumed:
            yield from _wrapped("# ", f"taken as given: {fact.presumed.value}")
        listed = [*fact.values][:8] + ["..."] if fact.type == "instruments" else fact.values
        values = ", ".join(listed) or {
            "number": f"whole number of {fact.unit}",
            "date": "year-month-day",
        }.get(fact.type, fact.type)
        example = f"[{values}]" if fact.type in ("many", "instruments") else f"   # {values}"
        yield from _wrapped("# ", f"{fact.id}: {example}", 2)
        yield ""


def _wrapped(lead: str, words: str, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=lead, subsequent_indent=lead + " " * hang, break_long_words=False
    )
