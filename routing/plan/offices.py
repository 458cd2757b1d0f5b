"""The right office, the way to it and its language, for a step between two States."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from routing.core.domain import Route
from routing.core.records import Record, replace
from routing.law import Law
from routing.law.office_rows import GENERAL, LEAD, AcceptedLanguages, Channel, Office
from routing.law.standing import IN_FORCE
from routing.plan.model import CodedTerm, LikelyOffice, Party, RequestLanguage, Step, Via
from routing.rulebook.model import Rulebook
from routing.rulebook.validate.offices import DUTY_CODE, DUTY_RULE

MOST_LEADS = 2


class Correspondence(Record):
    """What decides who writes to whom: rules, law data, day, pathway, the instruments whose declarations
    count.

    own: the State of the case, whose own offices are its own business; None where that does not matter.
    """

    rulebook: Rulebook
    law: Law
    on: date
    pathway: str
    under: tuple[str, ...] = ()
    own: str | None = None

    def named(self, party: Party, side: str, partner: str | None) -> Party:
        """The party with the office that is held for it; where none is, with whom to ask."""
        offices = self.law.offices()
        roles = offices.roles_for(party.role, self.pathway, side)
        whom = next((role.ask for role in roles if role.ask), None)
        if party.state is None or not roles:
            return replace(party, ask=whom)
        names = [role.role for role in roles]
        held = offices.held(party.state, names, self.under, partner, self.on)
        if held:
            return replace(party, **_together(held), declared_under=declared(held[0], self.rulebook))
        there = offices.likely(party.state, roles, self.on)
        treaty = self._by_treaty(party.state, names, partner)
        if treaty is not None and _is_one(treaty, there):
            return replace(
                party,
                **_together(there),
                declared_under=declared(treaty, self.rulebook),
                ask=self._said_by(treaty, party.state, there),
            )
        if party.state == self.own and not any(role.outside for role in roles):
            whom = offices.wording.get("ask.own", "")
        said = self._said_by(treaty, party.state, ()) if treaty is not None else ""
        leads = _leads(() if there else offices.leads(party.state, names, self.on), self.rulebook)
        ask = " ".join(part for part in (said, whom, leads) if part)
        return replace(party, likely=self._likely(there), ask=ask or None)

    def _said_by(self, treaty: Office, state: str, confirming: tuple[Office, ...]) -> str:
        """What the treaty itself says of the office, which is the words of the treaty and not yet an office,
        and that a State named the same one elsewhere."""
        key = "_confirmed" if confirming else "_unread" if treaty.confidence == LEAD else ""
        under = dict.fromkeys(name for office in confirming if (name := declared(office, self.rulebook)))
        return (
            self.law.offices()
            .wording[f"ask.by_treaty{key}"]
            .format(
                treaty=declared(treaty, self.rulebook),
                office=treaty.name,
                state=self.law.states.name(state),
                under=", ".join(under) or "its own law",
            )
        )

    def _by_treaty(self, state: str, roles: list[str], partner: str | None) -> Office | None:
        """The office that the treaty itself names, where the State is not known to have declared another."""
        for named in self.law.offices().by_treaty:
            if (
                named.office.instrument in self.under[:1]
                and named.office.role in roles[:1]
                and self._binds(named.office.instrument, state, partner)
                and (not named.needs or self._binds(named.needs, state, partner))
            ):
                return named.office
        return None

    def _binds(self, instrument: str, state: str, partner: str | None) -> bool:
        if partner is None:
            return self.law.standing(instrument, state, self.on).status == IN_FORCE
        return self.law.between(instrument, state, partner, self.on).status == IN_FORCE

    def _likely(self, there: tuple[Office, ...]) -> LikelyOffice | None:
        """The office named under other instruments, with all of them; None where there is none."""
        if not there:
            return None
        under = [declared(office, self.rulebook) for office in there]
        named = ", ".join(dict.fromkeys(name for name in under if name)) or None
        says = self.law.offices().wording["ask.confirm"].format(under=named or "no instrument")
        return LikelyOffice(**_together(there), declared_under=named, says=says)

    def via(self, channel: Channel, receiver: Party, sender: str, route: Route | None = None) -> Via | None:
        """The way of the channel, unless the State asked wants another by its own declaration.

        route: whose leading provision allows the way, where the channel names none.
        """
        offices = self.law.offices()
        roles = [role.role for role in offices.roles_for(receiver.role, self.pathway, "receiver")]
        held = offices.held(str(receiver.state), roles, self.under, sender, self.on)
        heard = [office for office in held if not channel.firm or office.instrument in channel.declared_under]
        asked_for = next((office.through for office in heard if office.through), "")
        # a State wants its requests by a way; a draft or another informal word is no request
        wanted = "" if self.rulebook.pathways[self.pathway].informal else asked_for
        way = wanted or channel.via
        if not way:
            return None
        redirected = bool(wanted) and wanted != channel.via
        also = () if redirected else channel.also
        return Via(
            channel=way,
            says=offices.wording[f"way.{way}"],
            basis=channel.basis or (route.lead[:1] if route is not None else ()),
            also=tuple(way for way, _ in also),
            also_basis=tuple(ref for _, ref in also),
            declared=redirected,
        )

    def copies(
        self, state: str, partner: str | None, via: Via | None, duties: frozenset[str]
    ) -> tuple[Party, ...]:
        """Who is written to as well in the State asked."""
        due = [
            copy
            for copy in self.law.offices().copies
            if copy.pathway in (self.pathway, "")
            and (not copy.instruments or set(copy.instruments) & set(self.under))
            and (not copy.way or (via is not None and copy.way == via.channel))
            and (not copy.duty or copy.duty in duties)
        ]
        named = [(copy, self.named(Party(role=copy.party, state=state), "receiver", partner)) for copy in due]
        return tuple(party for copy, party in named if party.name or copy.always)

    def language(self, channel: Channel, sender: str, receiver: str) -> RequestLanguage | None:
        """The language of a request from one State to another; None for a channel on which none is
        written."""
        if not channel.languages and not channel.declared_under:
            return None
        offices, wording = self.law.offices(), self.law.offices().wording
        basis = (channel.languages,) if channel.languages else ()
        asked = (*self.under, *(ref.split(" ")[0] for ref in basis))
        accepted = offices.languages(receiver, asked, sender, self.on, general=bool(basis))
        if accepted is not None:
            return language_of(accepted, offices.spoken.get(sender, ()), basis, self.rulebook, self.law)
        if not basis:
            return None
        official, spoken = offices.official.get(receiver, ()), offices.spoken.get(sender, ())
        taken = wording.get(f"language.official.{channel.languages}")
        if taken and official:
            return self._by_the_instrument(taken, official, spoken, receiver, basis)
        return self._to_be_asked(channel.languages, official, spoken, receiver, basis)

    def _by_the_instrument(
        self,
        taken: str,
        official: tuple[str, ...],
        spoken: tuple[str, ...],
        receiver: str,
        basis: tuple[str, ...],
    ) -> RequestLanguage:
        """The language of a request where the instrument itself makes every State take its own."""
        shared = bool(set(spoken) & set(official))
        named = _joined(official, "or")
        says = f"{taken.format(state=self.law.states.name(receiver), languages=named)}."
        elsewhere = self._elsewhere(receiver)
        return RequestLanguage(
            accepted=official,
            translate="no" if shared else "yes",
            into=() if shared else official,
            short=self.law.offices()
            .wording[f"language.short{'' if shared else '.due'}"]
            .format(languages=named),
            says=f"{says} {elsewhere}" if elsewhere else says,
            basis=basis,
        )

    def _to_be_asked(
        self,
        provision: str,
        official: tuple[str, ...],
        spoken: tuple[str, ...],
        receiver: str,
        basis: tuple[str, ...],
    ) -> RequestLanguage:
        """The language of a request where what the State notified is not held: what to do meanwhile."""
        wording = self.law.offices().wording
        name = self.law.states.name(receiver)
        reserved = f"language.unknown.{provision}" in wording
        says = wording.get(f"language.unknown.{provision}", wording["language.unknown"]).format(state=name)
        probable = () if reserved else self._under_a_sister(provision, receiver)
        shared = tuple(language for language in official if language in spoken)
        kind = "unread" if reserved else "probably" if probable else "unknown"
        key = (
            kind if kind == "probably" or not official else f"{kind}.shared" if shared else f"{kind}.official"
        )
        lead = probable[0] if probable else None
        languages = lead.languages if lead else shared or official
        short = wording[f"language.short.{key}"].format(
            languages=_joined(languages, "or") if languages else "",
            under=", ".join(filter(None, (declared(row, self.rulebook) for row in probable[:1]))),
            state=name,
        )
        beside = wording["language.official"].format(languages=_joined(official, "or")) if official else ""
        told = (f"{says}.", self._elsewhere(receiver) or (short if lead else ""), beside)
        return RequestLanguage(
            translate="unknown", short=short, says=" ".join(filter(None, told)), basis=basis
        )

    def _under_a_sister(self, provision: str, state: str) -> tuple[AcceptedLanguages, ...]:
        """What a State takes under an instrument whose rule on language has the same words."""
        offices = self.law.offices()
        there = [a for a in offices.accepted_by(state, self.on) if a.confidence != LEAD and not a.partner]
        under = dict.fromkeys((provision.split(" ")[0], *self.under[:1]))
        sisters = [sister for one in under for sister in offices.sisters.get(one, ())]
        return tuple(a for sister in sisters for a in there if a.instrument == sister)

    def _elsewhere(self, state: str) -> str:
        """What a State takes under other instruments, where that is one answer: a lead, not a rule."""
        there = [
            a
            for a in self.law.offices().accepted_by(state, self.on)
            if a.confidence != LEAD and not a.partner and a.needed == "one"
        ]
        if len({frozenset(a.languages) for a in there}) != 1:
            return ""
        under = ", ".join(dict.fromkeys(name for a in there if (name := declared(a, self.rulebook))))
        said = self.law.offices().wording["language.elsewhere"]
        return said.format(languages=_joined(there[0].languages, "or"), under=under or "its practice")


def with_offices(
    step: Step,
    own: str | None,
    answering: bool,
    at_home: bool,
    duties: frozenset[str],
    rulebook: Rulebook,
    law: Law,
    on: date,
) -> Step:
    """The step with the offices of both sides, the way between them, the language and who is written to as
    well, as far as they are held.

    own: the State of the case. answering: it answers, so that the sender is the State asked. at_home: the
    step stays among its own authorities, so nobody else is written to. duties: codes of those that are due.
    """
    asks, asked = (step.receiver, step.sender) if answering else (step.sender, step.receiver)
    channel = channel_between(step.pathway, step.route, asked.state, asks.state, law, on)
    route = rulebook.routes[step.route]
    between = Correspondence(rulebook, law, on, step.pathway, declaring(channel, route), own)
    if channel is None or at_home or asks.state is None or asked.state is None:
        return replace(
            step,
            sender=between.named(step.sender, "sender", step.receiver.state),
            receiver=between.named(step.receiver, "receiver", step.sender.state),
        )
    writes = replace(asks, role=channel.sender_party or asks.role)
    written = replace(asked, role=channel.receiver_party or asked.role)
    via = between.via(channel, written, str(asks.state), route)
    if via is not None and via.declared:
        writes, written = asks, asked  # where it wants another way, the parties are not those of the channel
    sides = between.named(writes, "sender", asked.state), between.named(written, "receiver", asks.state)
    return replace(
        step,
        sender=sides[answering],
        receiver=sides[not answering],
        also_to=() if answering else between.copies(str(asked.state), asks.state, via, duties),
        via=via,
        language=None if answering else between.language(channel, str(asks.state), str(asked.state)),
    )


def channel_between(
    pathway: str, route: str, asked: str | None, asking: str | None, law: Law, on: date
) -> Channel | None:
    """The channel between two States on a day; where one of them is not named, what holds for the other."""

    def binds(instrument: str) -> bool:
        if asked and asking:
            return law.between(instrument, asked, asking, on).status == IN_FORCE
        return bool(asked) and law.standing(instrument, str(asked), on).status == IN_FORCE

    return law.offices().channel(pathway, route, asked, asking, binds)


def declaring(channel: Channel | None, route: Route | None) -> tuple[str, ...]:
    """The instruments whose declarations name the offices of a route, the most particular first."""
    if channel is not None and channel.declared_under:
        return channel.declared_under
    return (route.lead[0].split(" ")[0],) if route is not None else ()


def _is_one(treaty: Office, there: tuple[Office, ...]) -> bool:
    """Whether the office that a treaty names is the one that the State itself named elsewhere."""
    return (
        bool(there)
        and treaty.confidence != LEAD
        and all(office.name == treaty.name or office.name.startswith(f"{treaty.name}, ") for office in there)
    )


def _together(offices: tuple[Office, ...]) -> dict[str, Any]:
    """Several offices as one: every name and unit, the first source, the least that is sure."""
    first = offices[0]
    return {
        "name": "; ".join(dict.fromkeys(office.name for office in offices)),
        "unit": "; ".join(dict.fromkeys(office.unit for office in offices if office.unit)) or None,
        "source": first.source or None,
        "read_at": first.read_at or None,
        "confidence": min((office.confidence for office in offices), key=("low", "medium", "high").index),
        "text_of": _year(offices),
        "checked": min(office.checked for office in offices),
    }


def _year(offices: tuple[Office, ...]) -> int | None:
    """The year of the newest text, where each of them is old."""
    years = [office.old for office in offices]
    known = [year for year in years if year is not None]
    return max(known) if known and len(known) == len(years) else None


def declared(row: Office | AcceptedLanguages, rulebook: Rulebook) -> str | None:
    """Where a row was declared, as it is cited, instrument and article; for what rests on no treaty, the law
    or page."""
    if row.instrument == GENERAL:
        ref = rulebook.provisions.get(row.provision) if row.provision else None
        if ref is not None:
            return f"{rulebook.instruments[ref.instrument].short} {ref.article}"
        return row.provision or None
    short = rulebook.instruments[row.instrument].short
    return f"{short} {row.provision}".strip()


def _leads(leads: Iterable[Office], rulebook: Rulebook) -> str:
    """What is held under other instruments or with low confidence, in a sentence."""
    told = []
    for lead in leads:
        under = declared(lead, rulebook)
        sure = " (not sure)" if lead.confidence == "low" else ""
        told.append(f"{lead.name}{f' for {under}' if under else ''}{sure}")
    shown = list(dict.fromkeys(told))[:MOST_LEADS]
    return f"Held for other cases: {'; '.join(shown)}." if shown else ""


def language_of(
    accepted: AcceptedLanguages, spoken: tuple[str, ...], basis: tuple[str, ...], rulebook: Rulebook, law: Law
) -> RequestLanguage:
    """What a State's languages mean for a sender who writes in its own official ones."""
    wording = law.offices().wording
    every = accepted.needed == "all"
    own = set(spoken) & set(accepted.languages)
    due = bool(set(accepted.languages) - own) if every else not own
    into = (
        tuple(language for language in accepted.languages if not every or language not in own) if due else ()
    )
    key = (
        "no_translation"
        if not due
        else "translate_all"
        if every
        else "translate"
        if into[1:]
        else "translate_one"
    )
    languages = _joined(into or accepted.languages, "and" if every else "or")
    says = wording[f"language.{key}"].format(state=law.states.name(accepted.state), languages=languages)
    return RequestLanguage(
        accepted=accepted.languages,
        needed="all" if every else "one",
        translate="yes" if due else "no",
        into=into,
        short=wording[f"language.short{'.due' if due else ''}"].format(languages=languages),
        says=f"{says}.",
        condition=accepted.says,
        basis=basis,
        declared_under=declared(accepted, rulebook),
        source=accepted.source or None,
        read_at=accepted.read_at or None,
    )


def _joined(words: tuple[str, ...], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def language_duties(
    steps: Iterable[Step], duties: tuple[CodedTerm, ...], own: str | None, law: Law
) -> tuple[CodedTerm, ...]:
    """The duties with one that names the languages into which our requests are to be translated.

    It stands in the place of the general duty, where that is among them. There is none where no translation
    is due, nor for what another State writes to us.
    """
    due = [
        step
        for step in steps
        if step.language is not None and step.language.translate == "yes" and step.sender.state == own
    ]
    wording = law.offices().wording
    code = wording.get(DUTY_CODE)
    if not due or code is None:
        return duties
    told = [step.language for step in due if step.language is not None]
    says = [f"{said.says} {said.condition}." if said.condition else said.says for said in told]
    term = CodedTerm(
        code=code,
        says=" ".join(dict.fromkeys(says)),
        basis=tuple(dict.fromkeys(ref for said in told for ref in said.basis)),
        why=wording.get(DUTY_RULE, ""),
        needs=tuple(dict.fromkeys(need for step in due for need in step.needs)),
    )
    kept = [term if duty.code == code else duty for duty in duties]
    return tuple(kept if term in kept else [term, *kept])
