"""The duties and limits that the rules of a plan set, and the limits at each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from routing.core.domain import DELIVER, Code
from routing.evaluate.findings import Findings
from routing.plan.applicable import cited, footing_of, unsettled
from routing.plan.model import LAW, CodedTerm
from routing.rulebook.model import Rule


def terms(findings: Findings, rule: Rule, needs: tuple[str, ...] = ()) -> Iterator[CodedTerm]:
    """The duties or limits of a rule, with the provisions of it that speak to the case."""
    basis = cited(findings, rule)
    codes = findings.rulebook.duties if rule.form == "duty" else findings.rulebook.limits
    for name in rule.values if basis is not None else ():
        if is_settled(findings, codes[name]):
            continue
        yield CodedTerm(
            code=name,
            says=codes[name].wording(findings.facts.need.kind),
            basis=basis or (),
            unsettled=unsettled(findings, basis or ()),
            why=rule.id,
            standing=footing_of(rule, basis or ()),
            needs=needs,
        )


def is_settled(findings: Findings, code: Code) -> bool:
    """Whether the case itself states the fact that a sentence has one find out."""
    value = findings.facts.get(code.finds_out) if code.finds_out else None
    return value is not None and value.origin == "told"


def limits_of_steps(findings: Findings, steps: Sequence[tuple[str, str]]) -> dict[str, tuple[CodedTerm, ...]]:
    """The limits by pathway, each said once. steps: the pathway and the role of each."""
    codes = findings.rulebook.limits
    return {
        pathway: tuple(_said_once(_by_law(set_on_it), codes))
        for pathway, set_on_it in limits_of_rules(findings, steps).items()
    }


def limits_of_rules(findings: Findings, steps: Sequence[tuple[str, str]]) -> dict[str, list[CodedTerm]]:
    """The limits by pathway that rules set, also where two say the same. steps: as above."""
    limits: dict[str, list[CodedTerm]] = {}
    for rule in findings.fired_rules("limit"):
        targets = {target.split("/")[0] for target in rule.targets}
        for pathway, role in steps:
            on_it = pathway in targets if targets else role == DELIVER
            if on_it:
                limits.setdefault(pathway, []).extend(terms(findings, rule))
    return limits


def _by_law(limits: Iterable[CodedTerm]) -> dict[str, CodedTerm]:
    """The limits by code; one that law and practice set is told by the law."""
    by_code: dict[str, CodedTerm] = {}
    for limit in limits:
        earlier = by_code.get(limit.code)
        if earlier is None or earlier.standing != LAW or limit.standing == LAW:
            by_code[limit.code] = limit
    return by_code


def _said_once(limits: Mapping[str, CodedTerm], codes: Mapping[str, Code]) -> Iterator[CodedTerm]:
    """The limits but those of practice all of whose meaning others set by law."""
    by_law = {
        meaning for limit in limits.values() if limit.standing == LAW for meaning in codes[limit.code].conveys
    }
    for limit in limits.values():
        meanings = codes[limit.code].conveys
        if limit.standing == LAW or not meanings or not by_law.issuperset(meanings):
            yield limit
