"""Rules as a lawyer would write them, and indexes of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any as Anything

from routing.core import conclusion
from routing.core.conditions import All, Any, AtLeast, AtomRef, Condition, Is, Not, leaf_tests
from routing.core.domain import Measure
from routing.core.lines import USUAL, lines_of
from routing.phrasing.of_facts import CHANNEL_WORDS, in_words
from routing.rulebook.model import CLOSING_FORMS, STEP_FORMS, Rule, Rulebook
from routing.rulebook.parse.conditions import TIE

CONCLUSION = {
    "is": "then it holds that",
    "close": "then excluded",
    "bar": "then not the last step",
    "first_open": "then a step, the first that is open of",
    "include": "then steps",
    "prefer": "then preferred",
    "before": "then first",
    "together": "then at the same time",
    "at_once": "then at once, waiting for nothing",
    "duty": "then a duty",
    "warn": "then a warning",
    "limit": "then a limit on use",
    "never": "never excluded because of",
}


def spoken(condition: Condition, rulebook: Rulebook) -> str:
    """A condition in words."""
    if isinstance(condition, Is):
        values = " or ".join(value.replace("_", " ") for value in sorted(condition.values))
        if condition.fact.startswith(TIE):
            short = rulebook.instruments[condition.fact.removeprefix(TIE)].short
            return f"{short} {'is in force between the States' if values == 'in force' else 'is ' + values}"
        return f"{in_words(rulebook, condition.fact)} is {values}"
    if isinstance(condition, AtLeast):
        return f"{in_words(rulebook, condition.fact)} is at least {condition.bound}"
    if isinstance(condition, AtomRef):
        return _atom(condition.atom, rulebook)
    if isinstance(condition, Not):
        return f"not ({spoken(condition.part, rulebook)})"
    if not condition.parts:
        return "always" if isinstance(condition, All) else "never"
    join = " and " if isinstance(condition, All) else " or "
    parts = [spoken(part, rulebook) for part in condition.parts]
    return join.join(
        f"({part})" if isinstance(inner, (All, Any)) and len(inner.parts) > 1 else part
        for part, inner in zip(parts, condition.parts, strict=False)
    )


def _atom(atom: str, rulebook: Rulebook) -> str:
    kind, name = conclusion.kind_of(atom), conclusion.name_of(atom)
    if kind == conclusion.FACT:
        return in_words(rulebook, name)
    if kind == conclusion.FIRED:
        return f"rule {name} applies"
    pathway = rulebook.pathways.get(name)
    return f"{pathway.name if pathway else name} {CHANNEL_WORDS.get(kind, kind)}"


def rule_text(rulebook: Rulebook, rules: list[Rule]) -> str:
    """A rule, or every row of it, with all that a reader needs to judge it."""
    return "\n".join(line for rule in rules for line in (*_lines(rulebook, rule), "")) + ""


def _lines(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    yield rule.id
    yield from _wrap("  ", rule.says)
    yield from _wrap("  if      ", spoken(rule.when, rulebook))
    concluded = ", ".join((*rule.values, *(rule.targets if rule.form in (*CLOSING_FORMS, "never") else ())))
    yield from _wrap(
        "  ",
        f"{CONCLUSION[rule.form]}: {concluded.replace('_', ' ')}"
        + (f" (over {', '.join(rule.over)})" if rule.over else ""),
    )
    if rule.targets and rule.form not in (*CLOSING_FORMS, "never"):
        yield from _wrap("  on      ", ", ".join(rule.targets))
    if rule.form == "close":
        yield f"  nature  {rule.how}"
    for ref in rule.basis:
        provision = rulebook.provisions[ref]
        dates = "".join(
            f", {word} {value}"
            for word, value in (("from", provision.in_force_from), ("until", provision.in_force_until))
            if value
        )
        yield from _wrap(
            "  basis   ",
            f"{ref} ({provision.mark}, checked {provision.checked or 'never'}{dates}): {provision.says}",
        )
    if rule.paper:
        yield f"  paper   paragraph {', '.join(rule.paper)}"
    yield f"  law     {rule.standing}"
    for view in ("a", "b", "default"):
        if rule.views.get(view):
            yield from _wrap(f"  {'followed' if view == 'default' else 'view ' + view:<8}", rule.views[view])
    if rule.defeats:
        yield from _wrap("  lifts   ", ", ".join(rule.defeats))
    lifted = [winner.id for winner in rulebook.defeaters(rule)]
    if lifted:
        yield from _wrap("  lifted by ", ", ".join(dict.fromkeys(lifted)))
    yield f"  stands in {rule.file}:{rule.line}"


def cases_text(cases: list[str]) -> str:
    """The cases that exercise a rule."""
    if not cases:
        return "No case of this checkout exercises it.\n"
    return (
        "\n".join(
            [
                f"Exercised by {len(cases)} case{'s' if len(cases) > 1 else ''}",
                *(f"  {case}" for case in cases),
            ]
        )
        + "\n"
    )


def _wrap(lead: str, words: str) -> list[str]:
    return lines_of(words, USUAL, lead)


def rule_data(rulebook: Rulebook, rule: Rule) -> dict[str, Anything]:
    """A rule for machines."""
    return {
        "id": rule.id,
        "parent": rule.parent,
        "says": rule.says,
        "when": spoken(rule.when, rulebook),
        "form": rule.form,
        "values": rule.values,
        "targets": rule.targets,
        "over": rule.over,
        "basis": rule.basis,
        "paper": rule.paper,
        "standing": rule.standing,
        "views": dict(rule.views),
        "defeats": rule.defeats,
        "defeated_by": [winner.id for winner in rulebook.defeaters(rule)],
        "file": rule.file,
        "line": rule.line,
    }


def compiled_lines(rulebook: Rulebook, rules: list[Rule]) -> list[str]:
    """The plain rules that come of a rule."""
    ids = {rule.id for rule in rules}
    return [f"{line.head}  <-  {_formula(line.when)}" for line in rulebook.plain if line.rule in ids]


def _formula(condition: Condition) -> str:
    if isinstance(condition, Is):
        return f"{condition.fact} in {{{', '.join(sorted(condition.values))}}}"
    if isinstance(condition, AtLeast):
        return f"{condition.fact} >= {condition.bound}"
    if isinstance(condition, AtomRef):
        return condition.atom
    if isinstance(condition, Not):
        return f"not {_formula(condition.part)}"
    if not condition.parts:
        return "true" if isinstance(condition, All) else "false"
    return (
        "("
        + (" and " if isinstance(condition, All) else " or ").join(_formula(part) for part in condition.parts)
        + ")"
    )


def index(rulebook: Rulebook, by: str) -> dict[str, list[dict[str, str]]]:
    """Rules grouped by topic, by paragraph of the paper, by pathway, by instrument or by fact."""
    headings: dict[str, dict[str, dict[str, str]]] = {}
    for rule in rulebook.rules:
        for heading in _headings(rulebook, rule, by):
            headings.setdefault(heading, {}).setdefault(rule.parent, {"id": rule.parent, "says": rule.says})
    return {heading: list(headings[heading].values()) for heading in sorted(headings, key=_natural)}


def _headings(rulebook: Rulebook, rule: Rule, by: str) -> tuple[str, ...]:
    if by == "paper":
        return tuple(f"paragraph {paragraph}" for paragraph in rule.paper)
    if by == "pathway":
        values = rule.values if rule.form in (*STEP_FORMS, "prefer", "before", "together", "at_once") else ()
        return tuple(dict.fromkeys(target.split("/")[0] for target in (*rule.targets, *values, *rule.over)))
    if by == "instrument":
        return tuple(dict.fromkeys(rulebook.instruments[ref.split(" ")[0]].short for ref in rule.basis))
    if by == "fact":
        names = (
            (
                (
                    conclusion.name_of(leaf.atom)
                    if conclusion.kind_of(leaf.atom) == conclusion.FACT
                    else leaf.atom
                )
                if isinstance(leaf, AtomRef)
                else leaf.fact
            )
            for leaf in leaf_tests(rule.when)
        )
        return tuple(dict.fromkeys(name for name in names if ":" not in name))
    return (rule.parent.split(".")[0],)


def _natural(heading: str) -> tuple[str, int, str]:
    word, _, rest = heading.partition(" ")
    digits = "".join(ch for ch in rest if ch.isdigit())
    return (word, int(digits) if digits else 0, rest)


WAYS = "ways."
"""How a plan names the order of channels of a measure: `ways.` and its id."""


def ways_data(rulebook: Rulebook, measure: Measure) -> dict[str, object]:
    """The channels that can deliver a measure, best first, and where that stands."""
    return {
        "id": WAYS + measure.id,
        "measure": measure.name,
        "ways": [{"pathway": way, "name": rulebook.pathways[way].name} for way in measure.ways],
        "because": measure.because,
        "file": measure.file,
        "line": measure.line,
    }


def ways_text(rulebook: Rulebook, measure: Measure) -> str:
    """The same in words."""
    listed = [f"  {place}. {rulebook.pathways[way].name}" for place, way in enumerate(measure.ways, 1)]
    because = [f"  because: {measure.because}"] if measure.because else []
    return "\n".join(
        [
            f"{WAYS}{measure.id}",
            (
                f"  The channels that can deliver {measure.name}, best first. The plan takes the first that"
                " is available:"
            ),
            *listed,
            *because,
            f"  {measure.file}:{measure.line}",
        ]
    )
