"""The company to which a step goes that is sent to a service provider, where the case names the service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from routing.case.facts import Facts
from routing.core.domain import ANSWER
from routing.core.records import replace
from routing.law import Law
from routing.law.providers import NAMED_PROVIDER, Provider, answering, read_providers
from routing.plan.model import Party, Step
from routing.rulebook.spelling import tidy

PROVIDER = "provider"
"""The party of a step that is a company, as pathways call it."""


def with_providers(steps: Sequence[Step], facts: Iterable[Facts], law: Law) -> list[Step]:
    """The steps, each with the company's name for a party that is a provider: the one that the table of
    providers has for the service in the State of the need, else the name that was written. Several services
    of several companies name none.

    facts: of all needs that the steps serve.
    """
    served = {id for step in steps if PROVIDER in (step.sender.role, step.receiver.role) for id in step.needs}
    asked = [it for it in facts if it.need.id in served]
    written = [(it, value.text()) for it in asked if (value := it.get(NAMED_PROVIDER)) is not None]
    if not written:
        return list(steps)
    providers = read_providers(law.folder)
    companies = {it.need.id: _company(text, it, providers, law) or text for it, text in written}
    return [_with_company(step, {companies[id] for id in step.needs if id in companies}) for step in steps]


def _with_company(step: Step, companies: Collection[Provider | str]) -> Step:
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


def _company(text: str, facts: Facts, providers: Iterable[Provider], law: Law) -> Provider | None:
    """The row for a service of which a text tells, of the company that sits in the State that gives: the one
    that answers us, else any of it there."""
    words = tidy(text).split()
    seat = facts.own if facts.need.kind == ANSWER else facts.partner
    ours = answering(providers, words, facts.own or "", law.groups)
    rows = (*ours, *(it for it in providers if not set(words).isdisjoint(it.services)))
    return next((it for it in rows if it.state == seat), None)
