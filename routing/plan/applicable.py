"""Which of the provisions that a rule cites speak to the case at hand."""

from __future__ import annotations

from routing.evaluate.findings import Findings
from routing.rulebook.parse.conditions import TIE
from routing.rulebook.provision_ranges import within

BINDING = ("treaty", "law", "agreement")


def applicable(findings: Findings, refs: tuple[str, ...]) -> tuple[str, ...]:
    """The provisions that reach the case, without those of instruments that surely do not bind the two States.

    A rule cites every instrument that supports it; a reader needs those of the case. What does not reach the
    case is never named, so that there may be none. What surely binds goes before what may. Where none of the rest
    binds both, they stay: a law may bind one side alone.
    """
    reaching = tuple(ref for ref in refs if _reaches(findings, ref))
    binds = {ref: _binds(findings, ref.split(" ")[0]) for ref in reaching}
    for rail in (0, 1):
        kept = tuple(ref for ref in reaching if binds[ref][rail])
        if kept:
            return kept
    return reaching


def _reaches(findings: Findings, ref: str) -> bool:
    return all(findings.possibly(f"reach:{place}") for place in findings.rulebook.reach if within(ref, place))


def _binds(findings: Findings, instrument: str) -> tuple[bool, bool]:
    """Whether an instrument surely, and possibly, speaks between the two States; what ties no States together does."""
    kind = findings.rulebook.instruments[instrument].kind
    value = findings.facts.get(TIE + instrument)
    if kind not in BINDING or (value is None and kind == "law"):
        return True, True
    return (False, True) if value is None else ("in_force" in value.words,) * 2
