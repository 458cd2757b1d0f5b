"""A commented case for a person to fill in, made from the rulebook's facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from routing.core.domain import Fact, Measure, Presumption
from routing.core.lines import lines_of
from routing.law.bilateral import BILATERAL
from routing.rulebook.measures_meant import only_offered
from routing.rulebook.model import Rulebook

WIDTH = 118
COLUMN = 24  # where the comments begin
KINDS = "request: we ask; answer: we are asked; share: nobody asked; use: of material held"
Wanted = tuple[str, str | None]
"""A kind of need and a measure; no measure where it is still to be chosen."""


FURTHER = "    #   An arrest, a prisoner, held material: `routing new --measure WORD` has the lines for it."


def blank_case(rulebook: Rulebook, needs: Sequence[Wanted], everything: bool = False) -> str:
    """A case file with one need for each that is wanted, every line with its question.

    everything: also the facts that few cases turn on, each with all its values.
    """
    first = needs[0][0]
    stated = [
        fact for fact in rulebook.facts.values() if fact.statable and "from" not in (fact.looked_up or {})
    ]
    shared = [fact for fact in stated if fact.of == "case"]
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
            else [
                line
                for fact in shared
                if any(
                    _concerns(fact, kind, rulebook.measures.get(name or ""), rulebook) for kind, name in needs
                )
                for line in _fact_lines(fact, first, "")
            ]
        ),
        _line(
            "",
            "# both_bound_by",
            f"what you know binds both States, as {_some(rulebook)}; {BILATERAL}: a treaty of their own; "
            "none: no treaty at all",
        ),
        "needs:",
    ]
    for number, (kind, name) in enumerate(needs, 1):
        measure = rulebook.measures.get(name or only_offered(rulebook, kind) or "")
        lines += [
            _line("  - ", "id", "a short name for this need", f"need-{number}"),
            _line("    ", "kind", KINDS, kind),
            _line(
                "    ",
                "measure",
                measure.name if measure else "what you need, in your words or one of these:",
                measure.id if measure else "",
            ),
            *([] if measure else (*_groups(rulebook), FURTHER)),
            _line("    ", "with", "the other State; [FRA, ESP] makes one need for each"),
            _line(
                "    ",
                "# via",
                "States that a person or consignment crosses, with their consent, as "
                "{NLD: requested, BEL: not_asked}",
            ),
            *(
                _block((fact for fact in stated if fact.of != "case"), kind, "    ")
                if everything
                else [
                    line
                    for fact in stated
                    if fact.of != "case" and _concerns(fact, kind, measure, rulebook)
                    for line in _fact_lines(fact, kind, "    ")
                ]
            ),
        ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _some(rulebook: Rulebook) -> str:
    """Two instruments as a list, to show how they are written."""
    return f"[{', '.join(entry.short for entry in list(rulebook.instruments.values())[:2])}]"


def _groups(rulebook: Rulebook) -> Iterator[str]:
    for words, measures in rulebook.in_groups().items():
        listed = f"{words}: {', '.join(spoken(measure.id) for measure in measures)}"
        yield from lines_of(listed, WIDTH, "    #   ", "    #     ")


def _concerns(fact: Fact, kind: str, measure: Measure | None, rulebook: Rulebook) -> bool:
    """Whether a fact is worth a line in the short form: not settled by the measure, and wanted for its
    like."""
    if kind not in fact.asked_in or (measure is not None and fact.id in measure.presumes):
        return False
    if fact.form:
        named = {kind, *((measure.id, measure.group) if measure else rulebook.measure_groups)}
        return bool(named.intersection(fact.form))
    if fact.of == "case" or not fact.core:
        return fact.core
    usual_for = {each.group for each in rulebook.measures.values() if fact.id in each.presumes}
    return not usual_for or (measure is not None and measure.group in usual_for)


def _line(lead: str, key: str, comment: str, value: str = "") -> str:
    return f"{f'{lead}{key}: {value}':<{COLUMN}} # {comment}"


def _fact_lines(fact: Fact, kind: str, lead: str) -> list[str]:
    """A fact on a line of its own: its question, its values or the commonest of them, what is assumed."""
    assumed = (
        f" (assumed: {spoken(fact.presumed.value)})" if fact.presumed and not fact.presumed.unless else ""
    )
    shown = ", ".join(map(spoken, fact.common or fact.values))
    several = "several: [a, b]; " if fact.type == "many" else ""
    others = " and others" if fact.common and len(fact.common) < len(fact.values) else ""
    begin = f"{lead}{fact.id}:".ljust(COLUMN)
    words = f"{fact.question(kind)} {several}{shown}{others}{assumed}"
    return lines_of(" ".join(words.split()), WIDTH, f"{begin} # ", " " * COLUMN + " #   ")


def spoken(value: str) -> str:
    """A name of the rules as a person writes it: `bank records`."""
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
                f"assumed {_when(fact, presumption)}: {spoken(presumption.value)} ({because.rstrip('.')})",
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
    return lines_of(words, WIDTH, lead, lead + " " * hang)
