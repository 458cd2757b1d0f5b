"""A commented case for a person to fill in, made from the rulebook's facts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from routing.core.domain import NO, YES, Fact, Measure, Presumption
from routing.rulebook.model import Rulebook

WIDTH = 118
COLUMN = 24  # where the comments begin
KINDS = "request: we ask; answer: we are asked; share: nobody asked; use: of material held"
Wanted = tuple[str, str | None]
"""A kind of need and a measure; no measure where it is still to be chosen."""


def blank_case(rulebook: Rulebook, needs: Sequence[Wanted], everything: bool = False) -> str:
    """A case file with one need for each that is wanted, every line with its question.

    everything: also the facts that few cases turn on, each with all its values.
    """
    first = needs[0][0]
    told = [fact for fact in rulebook.facts.values() if fact.told and "from" not in (fact.looked_up or {})]
    shared = [fact for fact in told if fact.of == "case"]
    lines = [
        (
            "# Everyday words will do. Fill in what you know and leave the rest. A line that begins with #"
            " says nothing."
        ),
        (
            "# `unknown` may be written everywhere; then nothing is assumed. `assumed` is what holds if you"
            " say nothing."
        ),
        "title:",
        _line("", "state", "our State: its name or code"),
        _line("", "as_of", "the day the answer is for, as 2026-11-24; today if empty"),
        *(
            _block(shared, first, "")
            if everything
            else (_one(fact, first, "") for fact in shared if fact.core)
        ),
        _line(
            "",
            "# both_bound_by",
            f"conventions that you know bind both States, as {_some(rulebook)}; none: no treaty at all",
        ),
        "needs:",
    ]
    for number, (kind, name) in enumerate(needs, 1):
        measure = rulebook.measures[name] if name else None
        lines += [
            _line("  - ", "id", "a short name for this need", f"need-{number}"),
            _line("    ", "kind", KINDS, kind),
            _line(
                "    ",
                "measure",
                measure.name if measure else "what you need, in your words or one of these:",
                name or "",
            ),
            *([] if measure else _groups(rulebook)),
            _line("    ", "with", "the other State; [FRA, ESP] makes one need for each"),
            _line(
                "    ",
                "# via",
                "States that a person or consignment crosses, with their consent, as {NLD: requested}",
            ),
            *(
                _block((fact for fact in told if fact.of != "case"), kind, "    ")
                if everything
                else (
                    _one(fact, kind, "    ")
                    for fact in told
                    if fact.of != "case" and fact.core and _concerns(fact, kind, measure, rulebook)
                )
            ),
        ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _some(rulebook: Rulebook) -> str:
    """Two instruments as a list, to show how they are written."""
    return f"[{', '.join(entry.short for entry in list(rulebook.instruments.values())[:2])}]"


def _groups(rulebook: Rulebook) -> Iterator[str]:
    for words, measures in rulebook.in_groups().items():
        listed = f"{words}: {', '.join(_spoken(measure.id) for measure in measures)}"
        yield "    #   " + textwrap.shorten(listed, WIDTH - 8, placeholder=" ...")


def _concerns(fact: Fact, kind: str, measure: Measure | None, rulebook: Rulebook) -> bool:
    """Whether a fact is worth a line in the short form: not settled by the measure, and usual for its
    like."""
    if kind not in fact.asked_in:
        return False
    usual_for = {each.group for each in rulebook.measures.values() if fact.id in each.presumes}
    if measure is None:
        return not usual_for
    return fact.id not in measure.presumes and (not usual_for or measure.group in usual_for)


def _line(lead: str, key: str, comment: str, value: str = "") -> str:
    return f"{f'{lead}{key}: {value}':<{COLUMN}} # {comment}"


def _one(fact: Fact, kind: str, lead: str) -> str:
    """A fact on one line: its question, its first values, what is assumed."""
    question = fact.question(kind)
    assumed = (
        f" (assumed: {_spoken(fact.presumed.value)})" if fact.presumed and not fact.presumed.unless else ""
    )
    begin = f"{lead}{fact.id}:".ljust(COLUMN)
    values = [_spoken(value) for value in fact.values]
    room = WIDTH - len(begin) - 3 - len(question) - len(assumed)
    if set(fact.values) == {YES, NO}:
        return f"{begin} # {question} yes, no{assumed}"
    shown = textwrap.shorten(", ".join(values), room, placeholder=" ...") if values and room > 24 else ""
    several = "several: [a, b]; " if fact.type == "many" else ""
    return f"{begin} # {question} {several}{shown}{assumed}".rstrip()


def _spoken(value: str) -> str:
    return value.replace("_", " ")


def _block(facts: Iterable[Fact], kind: str, lead: str) -> Iterator[str]:
    """Every fact with its whole question, what is assumed and why, and all its values."""
    for fact in facts:
        yield ""
        yield from _wrapped(lead + "# ", fact.question(kind))
        for presumption in (*fact.usual, *((fact.presumed,) if fact.presumed else ())):
            because = presumption.because.removeprefix("Assumed: ")
            yield from _wrapped(
                lead + "# ",
                f"assumed {_when(fact, presumption)}: {_spoken(presumption.value)} ({because.rstrip('.')})",
                2,
            )
        listed = [*[*fact.values][:8], "..."] if fact.type == "instruments" else fact.values
        values = ", ".join(listed) or {
            "number": f"whole number of {fact.unit}",
            "date": "year-month-day",
        }.get(fact.type, fact.type)
        example = f"[{values}]" if fact.type in ("many", "instruments") else f"   # {values}"
        yield from _wrapped(lead + "# ", f"{fact.id}: {example}", 2)


def _when(fact: Fact, presumption: Presumption) -> str:
    """In which cases something is assumed."""
    if presumption.when:
        return "in some cases"
    return (
        "unless the case speaks against it" if presumption.unless else "otherwise" if fact.usual else "always"
    )


def _wrapped(lead: str, words: str, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=lead, subsequent_indent=lead + " " * hang, break_long_words=False
    )
