"""The requested State's own law among the provisions a step rests on."""

from __future__ import annotations

from routing.core.domain import Pathway
from routing.core.kinds import LAW
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.law.profiles import national_law
from routing.plan.model import Basis


def with_national_law(
    cited: tuple[Basis, ...], findings: Findings, pathway: Pathway, law: Law, most: int
) -> tuple[Basis, ...]:
    """The basis of a step with what the profile of the State that acts names for its pathway.

    It stands after what surely supports and before what may, and at most `most` provisions support; one place
    is its own where it is named.
    """
    facts = findings.facts
    state = facts.own if facts.need.kind == "share" else facts.requested
    refs = national_law(law, state, pathway.id, facts.need.measure) if state else ()
    have = {basis.provision for basis in cited}
    own = tuple(_basis(findings, ref) for ref in refs if ref not in have)
    first_open = next(
        (n for n, basis in enumerate(cited[:most]) if n and basis.certainty != "confirmed"),
        min(len(cited), most),
    )
    return (*cited[:first_open], *own, *cited[first_open:])[: most + 1] if own else cited


def _basis(findings: Findings, ref: str) -> Basis:
    provision = findings.rulebook.provisions[ref]
    instrument = findings.rulebook.instruments[provision.instrument]
    article = (
        instrument.article.format(provision.article) if provision.article[:1].isdigit() else provision.article
    )
    return Basis(
        provision=ref,
        instrument=instrument.short,
        article=article,
        role="support",
        kind=LAW,
        mark=provision.mark,
    )
