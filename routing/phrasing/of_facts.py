"""Facts, conditions and provisions in words a lawyer would use; nothing of how they are evaluated."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from routing.case.facts import Facts, Value
from routing.core import conclusion
from routing.core.domain import SAID_OF_MARK
from routing.core.printable import day, small_first, with_written_days
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

if TYPE_CHECKING:
    from routing.law import Law

IF_IT_APPLIES = " (if it applies)"


def provisions(rulebook: Rulebook, refs: tuple[str, ...], unsettled: Collection[str] = ()) -> tuple[str, ...]:
    """References as a lawyer cites them, with a remark where the text was not read. unsettled: those of which
    the case leaves open whether they apply."""
    return tuple(_provision(rulebook, ref) + (IF_IT_APPLIES if ref in unsettled else "") for ref in refs)


def _provision(rulebook: Rulebook, ref: str) -> str:
    instrument_id, _, article = ref.partition(" ")
    instrument = rulebook.instruments[instrument_id]
    if article[:1].isdigit():
        article = instrument.article.format(article)
    provision = rulebook.provisions.get(ref)
    return f"{instrument.short} {article}".strip() + (SAID_OF_MARK[provision.mark] if provision else "")


def tie_name(rulebook: Rulebook, name: str) -> str:
    return rulebook.instruments[name.removeprefix(TIE)].short


def in_words(rulebook: Rulebook, code: str) -> str:
    """The words of a code, names with their capitals: `fiu_type` is `FIU type`."""
    names = {name.lower(): name for name in rulebook.proper_names}
    return " ".join(names.get(word, word) for word in code.split("_"))


def fact_name(rulebook: Rulebook, name: str) -> str:
    """A fact as a noun: by its name, where the rules give it one."""
    if name.startswith(TIE):
        return f"{tie_name(rulebook, name)} between the States"
    fact = rulebook.facts.get(name)
    return fact.name if fact and fact.name else in_words(rulebook, name)


def value_words(value: Value | None) -> str:
    if value is None:
        return "not known"
    if value.number is not None:
        return str(value.number)
    words = ", ".join(word.replace("_", " ") for word in sorted(value.words)) or "none"
    return words if value.closed else f"{words}, perhaps more"


def is_words(rulebook: Rulebook, name: str, value: Value | None) -> str:
    """What is known of a fact, as `dual criminality: yes`."""
    if name.startswith(TIE):
        status = {
            "in_force": "is in force between the two States",
            "signed": "is signed but not in force between the two States",
            "none": "does not bind the two States",
        }
        word = next(iter(value.words), "") if value is not None else ""
        return f"{tie_name(rulebook, name)} {status.get(word, 'may or may not bind the two States')}"
    fact = rulebook.facts.get(name)
    unit = f" {fact.unit}" if fact and fact.unit and value is not None else ""
    return f"{fact_name(rulebook, name)}: {value_words(value)}{unit}"


def origin_words(name: str, value: Value | None, facts: Facts, law: Law) -> str:
    """How a fact is known."""
    if value is None:
        return "not known"
    if value.origin == "told":
        return "as the case says"
    if value.origin == "presumed":
        return f"assumed: {_bare(value.source)}"
    if value.origin == "stipulated":
        return "assumed for this question"
    if value.origin == "looked_up":
        return f"looked up: {_bare(value.source)}{_checked(name, facts, law)}"
    return f"goes with {_bare(value.source)}" if value.source else "as asked"


def _checked(name: str, facts: Facts, law: Law) -> str:
    """The register behind a tie, and the day it was read."""
    if not name.startswith(TIE) or not facts.requesting or not facts.requested:
        return ""
    sides = law.between(name.removeprefix(TIE), facts.requesting, facts.requested, facts.as_of).sides
    checks = sorted(
        {
            (
                f"{side.source}, seen {day(side.checked)}"
                if side.source not in (None, "", "unsourced")
                else f"seen {day(side.checked)}"
            )
            for side in sides
            if side.checked
        }
    )
    return f" ({'; '.join(checks)})" if checks else ""


CHANNEL_WORDS = {
    conclusion.AVAILABLE: "is open",
    conclusion.CHOSEN: "is in the plan",
    conclusion.MAIN: "is the main step",
    conclusion.PRIMARY: "is the main step",
    conclusion.DELIVERS: "delivers what is asked",
    conclusion.LEAD: "is the leading basis",
}
"""What a conclusion says of a channel."""


def claim_words(rulebook: Rulebook, atom: str, holds: bool = True) -> str:
    """A conclusion of the rules as a sentence part."""
    parsed = conclusion.parse(atom)
    kind, name = parsed.kind, parsed.name
    if kind == conclusion.FACT:
        says = rulebook.facts[name].asks.rstrip(".")
        return says if holds else f"not so: {small_first(says)}"
    if kind == conclusion.FIRED:
        says = rulebook.rule[name].says.rstrip(".") if name in rulebook.rule else name
        return f"{says}: {'this applies' if holds else 'this does not apply'}"
    if kind in (conclusion.STEP, conclusion.NO_STEP):
        says = rulebook.rule[name].says.rstrip(".")
        way = parsed.pathway
        return (
            f"{says}: {rulebook.pathways[way].name} is the step" if way else f"{says}: no such step is open"
        )
    words = CHANNEL_WORDS[kind]
    if not holds:
        negated = words.replace("is ", "is not ", 1)
        words = negated if negated != words else "does not deliver what is asked"
    return f"{target_name(rulebook, name)} {words}"


def target_name(rulebook: Rulebook, target: str) -> str:
    """A pathway by its name; a route with its leading provision."""
    if "/" not in target:
        return rulebook.pathways[target].name
    route = rulebook.routes[target]
    return f"{rulebook.pathways[route.pathway].name} under {_provision(rulebook, route.lead[0])}"


def _bare(words: str) -> str:
    return with_written_days(words.rstrip(".").replace("_", " "))
