"""The company to which a step goes that is sent to a service provider, where the case names the service."""

from __future__ import annotations

from collections.abc import Iterable

from routing.case.facts import Facts
from routing.core.domain import ANSWER
from routing.core.records import replace
from routing.law import Law
from routing.law.providers import NAMED_PROVIDER, Provider, provider_of, read_providers
from routing.plan.model import Party, Step
from routing.rulebook.spelling import tidy

PROVIDER = "provider"
"""The party of a step that is a company, as pathways call it."""


def with_provider(step: Step, facts: Iterable[Facts], law: Law) -> Step:
    """The step with the company's name for a party that is a provider: the one that the table of providers
    has for the service in the State of the need, else the name that was written. Several services of several
    companies name none.

    facts: of the needs that the step serves.
    """
    if PROVIDER not in (step.sender.role, step.receiver.role):
        return step
    companies = {
        _company(value.text(), it.own, it.own if it.need.kind == ANSWER else it.partner, law) or value.text()
        for it in facts
        if (value := it.get(NAMED_PROVIDER)) is not None
    }
    if len(companies) != 1:
        return step
    (company,) = companies
    return replace(step, sender=_named(step.sender, company), receiver=_named(step.receiver, company))


def _named(party: Party, company: Provider | str) -> Party:
    if party.role != PROVIDER or party.name:
        return party
    if isinstance(company, str):
        return replace(party, name=company)
    return replace(
        party,
        name=company.company,
        source=company.source,
        confidence=company.confidence,
        checked=company.checked,
    )


def _company(text: str, own: str | None, seat: str | None, law: Law) -> Provider | None:
    """The row for a service of which a text tells, of the company that sits in a State: the one that answers
    us, else any of it there."""
    providers = read_providers(law.folder)
    words = tidy(text).split()
    answering = [provider_of(providers, word, own or "", law.groups) for word in words]
    rows = [*filter(None, answering), *(it for it in providers if not set(words).isdisjoint(it.services))]
    return next((it for it in rows if it.state == seat), None)
