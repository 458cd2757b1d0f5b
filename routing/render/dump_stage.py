"""How far a case has come: the facts, or the findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from routing.case.facts import facts_for
from routing.case.model import Case, Need
from routing.core import conclusion
from routing.evaluate.findings import Findings
from routing.plan.build import findings_of
from routing.rulebook.model import TERM_FORMS

if TYPE_CHECKING:
    from routing.opened import Router


def staged(case: Case, router: Router, as_of: date, stage: str, form: str) -> str:
    """The facts or findings of every need, as text or JSON."""
    data = stage_data(case, router, as_of, stage)
    if form == "json":
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    lines = []
    for need_id, entries in data.items():
        lines.append(need_id)
        lines += [
            (
                f"  {name:<44} {entry}"
                if isinstance(entry, str)
                else (
                    f"  {name:<44} {entry['value']} "
                    f" ({entry['origin']}{': ' + entry['source'] if entry['source'] else ''})"
                )
            )
            for name, entry in entries.items()
        ]
    return "\n".join(lines) + "\n"


def stage_data(
    case: Case, router: Router, as_of: date, stage: str
) -> dict[str, Mapping[str, str | dict[str, str]]]:
    """By need, the facts (each with value, origin and source) or the findings (surely or possibly)."""
    return {
        need.id: (
            _facts(case, need, router, as_of)
            if stage == "facts"
            else _findings(findings_of(case, need, router.judge, router.law, as_of)[0])
        )
        for need in case.needs
    }


def _facts(case: Case, need: Need, router: Router, as_of: date) -> dict[str, dict[str, str]]:
    facts = facts_for(case, need, router.rulebook, router.law, as_of)
    names = (
        "kind",
        "measure",
        *router.rulebook.facts,
        *(f"tie:{i}" for i in router.rulebook.instruments if i in router.law.instruments),
    )
    return {
        name: {"value": value.text(), "origin": value.origin, "source": value.source}
        for name in sorted(names)
        if (value := facts.get(name)) is not None
    }


def _findings(findings: Findings) -> dict[str, str]:
    shown = (
        conclusion.FACT,
        conclusion.AVAILABLE,
        conclusion.DELIVERS,
        conclusion.PRIMARY,
        conclusion.CHOSEN,
        conclusion.FIRED,
    )
    skipped = {rule.id for rule in findings.rulebook.rules if rule.form in TERM_FORMS}
    return {
        atom: "surely" if surely else "possibly"
        for atom, (surely, _) in sorted(findings.truths.items())
        if conclusion.kind_of(atom) in shown
        and conclusion.name_of(atom) not in (skipped if not surely else ())
    }
