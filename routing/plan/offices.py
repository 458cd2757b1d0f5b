"""The right office, the way to it and its language, for a step between two States."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from routing.core.domain import Route
from routing.core.kinds import AGREED, LAW
from routing.core.records import Record, replace
from routing.law import Law
from routing.law.confidence import HIGH, LOW
from routing.law.office_records import ASKED, ASKS, GENERAL, Channel, Office, OfficeRole, OfStep
from routing.law.standing import IN_FORCE, NONE
from routing.plan.language import Languages, declared
from routing.plan.model import LikelyOffice, Party, Step, Via
from routing.plan.of_territories import answered_by_parent_state, naming_territory, written_to_itself
from routing.plan.several_offices import as_one_office
from routing.rulebook.model import Rulebook

MOST_LEADS = 2


class Correspondence(Record):
    """What decides who writes to whom: rules, law data, day, pathway, the instruments whose declarations
    count.

    own: the State of the case, whose own offices are its own business; None where that does not matter.
    stage: of the case; None: not known, or it does not matter. measures: of the needs that the step serves.
    """

    rulebook: Rulebook
    law: Law
    on: date
    pathway: str
    under: tuple[str, ...] = ()
    own: str | None = None
    stage: str | None = None
    measures: frozenset[str] = frozenset()

    def named(
        self, party: Party, side: str, partner: str | None, way: str | None = None, asks: bool | None = None
    ) -> Party:
        """The party with the office that is held for it; where none is, with whom to ask. For a territory
        whose criminal justice is a matter of its State it is that of its State.

        way: that of the step, which may decide between the offices of one name, as the stage does. asks:
        whether the State of the party is the one that asks; None: if it is the sender.
        """
        roles = self.law.offices().roles_for(party.role, self.pathway, side, self.measures)
        private = bool(roles) and all(role.outside for role in roles)
        there = party if private else answered_by_parent_state(party, self.own, self.law)
        asking = side == "sender" if asks is None else asks
        return naming_territory(self._named(there, roles, partner, way, asking), party.state, self.law)

    def _named(
        self, party: Party, roles: Sequence[OfficeRole], partner: str | None, way: str | None, asking: bool
    ) -> Party:
        offices = self.law.offices()
        asked_roles = [role for role in roles if role.ask]
        fitting = (role for role in asked_roles if self._may_be(role, party.state))
        whom = next((role.ask for role in (*fitting, *asked_roles)), None)
        if party.state is None or not roles:
            return replace(party, ask=whom)
        names = [role.role for role in roles]
        state = party.state

        def binding(instrument: str) -> bool:
            return partner is not None and self._binds(instrument, state, partner)

        step = OfStep(binding, self.stage, way, self.pathway, ASKS if asking else ASKED)
        held = offices.in_part(self._held(state, roles, partner, way), step)
        treaty = self._by_treaty(party.state, names, partner)
        if treaty is not None and state != self.own and self._surely_names_another(treaty, held):
            says = offices.wording["ask.by_treaty_other"].format(
                treaty=declared(treaty, self.rulebook), office=treaty.name, state=self.law.states.name(state)
            )
            return replace(party, likely=self._likely_office(held, says), ask=whom)
        if held:
            return replace(party, **as_one_office(held), declared_under=declared(held[0], self.rulebook))
        there = offices.in_part(offices.likely(state, roles, self.on), step)
        if treaty is not None and not there:
            there = offices.as_named(treaty, self._carried(state))
        if treaty is not None and self._is_one(treaty, there):
            return replace(
                party,
                **as_one_office(there),
                declared_under=declared(treaty, self.rulebook),
                ask=self._said_by(treaty, party.state, there),
            )
        if party.state == self.own and not any(role.outside for role in roles):
            whom = offices.wording.get("ask.own", "")
        likely = self._likely(there)
        by_treaty = self._said_by(treaty, party.state, ()) if treaty is not None else ""
        elsewhere: tuple[Office, ...] = () if there else offices.leads(party.state, names, self.on)
        surer = likely is None or (treaty is not None and treaty.confidence == HIGH)
        if treaty is not None and treaty.confidence != LOW and surer:
            likely, by_treaty, elsewhere = self._likely_office((treaty,), by_treaty), "", there or elsewhere
        likely = likely or self._asked_of(roles, state, partner, step)
        leads = _leads(elsewhere, self.rulebook)
        ask = " ".join(
            part for part in (by_treaty, whom, self._for_itself(likely, roles, state), leads) if part
        )
        return replace(party, likely=likely, ask=ask or None)

    def _surely_names_another(self, treaty: Office, held: tuple[Office, ...]) -> bool:
        """Whether the treaty of the step surely names another office than the State's own law alone does."""
        own = bool(held) and all(office.instrument == GENERAL for office in held)
        return own and treaty.confidence == HIGH and not self._is_one(treaty, held)

    def _held(
        self, state: str, roles: Iterable[OfficeRole], partner: str | None, way: str | None
    ) -> tuple[Office, ...]:
        """The offices held.

        One that the State's own law names for a way that the step does not take gives way to the next role,
        unless it is the same on every way.
        """
        offices, left = self.law.offices(), list(roles)
        held = offices.held(state, [role.role for role in left], self.under, partner, self.on)
        own = [office for office in held if office.instrument == GENERAL and office.through not in ("", way)]
        others = [role.role for role in left if role.carries or role.role not in {o.role for o in own}]
        if way and own and len(others) < len(left):
            return offices.held(state, others, self.under, partner, self.on) or held
        return held

    def _asked_of(
        self, roles: Iterable[OfficeRole], state: str, partner: str | None, step: OfStep
    ) -> LikelyOffice | None:
        """The office for another kind of help, which knows who there is competent; None where none is
        held."""
        offices = self.law.offices()
        for role in dict.fromkeys(role.asked_of for role in roles if role.asked_of):
            of_role = [item for item in offices.roles if item.role == role]
            if state == self.own and not any(item.carries for item in of_role):
                continue  # our own people know how they reach it
            held = offices.held(state, (role,), self.under, partner, self.on)
            there = offices.in_part(held or offices.likely(state, of_role, self.on), step)
            if there:
                says = offices.wording.get(f"ask.other_help.{role}") or offices.wording["ask.other_help"]
                help = next((item.title.lower() for item in of_role if item.title), role)
                says = says.format(help=help, state=self.law.states.name(state))
                return replace(self._likely_office(there, says), only_asked=True)
        return None

    def _carried(self, state: str) -> Iterable[Office]:
        """The offices of a State in every role that carries over: how it calls what a treaty names."""
        carrying = {role.role for role in self.law.offices().roles if role.carries}
        there = self.law.offices().of_state(state, self.on)
        return (o for o in there if o.role in carrying and not o.partner and o.confidence != LOW)

    def _for_itself(self, likely: LikelyOffice | None, roles: Iterable[OfficeRole], state: str) -> str:
        """That a territory is written to itself: not of somebody who is no authority, nor of an office that a
        network alone has and that ours reaches."""
        if likely is not None or state == self.own or all(role.outside or role.within for role in roles):
            return ""
        return written_to_itself(state, self.law)

    def _said_by(self, treaty: Office, state: str, confirming: tuple[Office, ...]) -> str:
        """What the treaty itself says of the office, which is the words of the treaty and not yet an office,
        and that a State named the same one elsewhere."""
        key = "_confirmed" if confirming else "_unread" if treaty.confidence == LOW else ""
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

    def _is_one(self, treaty: Office, there: tuple[Office, ...]) -> bool:
        """Whether the office that a treaty names is the one that the State itself named elsewhere."""
        is_one = self.law.offices().is_one
        return bool(there) and treaty.confidence != LOW and all(is_one(treaty, office) for office in there)

    def _by_treaty(self, state: str, roles: list[str], partner: str | None) -> Office | None:
        """The office that the treaty itself names, where the State has one of that name and is not known to
        have declared another."""
        for named in self.law.offices().by_treaty:
            if (
                named.office.instrument in self.under[:1]
                and named.office.role in roles[:1]
                and state not in named.without
                and self._binds(named.office.instrument, state, partner)
                and (not named.needs or self._binds(named.needs, state, partner))
            ):
                return named.office
        return None

    def _may_be(self, role: OfficeRole, state: str | None) -> bool:
        """Whether a State can have an office of a role: one within a treaty or network if it may belong."""
        return (
            not role.within or state is None or self.law.standing(role.within, state, self.on).status != NONE
        )

    def _binds(self, instrument: str, state: str, partner: str | None) -> bool:
        if partner is None:
            return self.law.standing(instrument, state, self.on).status == IN_FORCE
        return self.law.between(instrument, state, partner, self.on).status == IN_FORCE

    def _likely(self, there: tuple[Office, ...]) -> LikelyOffice | None:
        """The office named under other instruments, with all of them; None where there is none."""
        if not there:
            return None
        named = self._declared_under(there)
        says = self.law.offices().wording["ask.confirm"].format(under=named or "no instrument")
        return self._likely_office(there, says)

    def _likely_office(self, offices: tuple[Office, ...], says: str) -> LikelyOffice:
        return LikelyOffice(**as_one_office(offices), declared_under=self._declared_under(offices), says=says)

    def _declared_under(self, offices: tuple[Office, ...]) -> str | None:
        under = (declared(office, self.rulebook) for office in offices)
        return ", ".join(dict.fromkeys(name for name in under if name)) or None

    def via(self, channel: Channel, receiver: Party, sender: str, route: Route | None = None) -> Via | None:
        """The way of the channel, unless the State asked wants another by its own declaration.

        Where a treaty names the way, only a declaration under it counts: the way of a State's own law is for
        requests without a treaty that names one. route: whose leading provision allows the way, where the
        channel names none.
        """
        offices = self.law.offices()
        may_be = offices.roles_for(receiver.role, self.pathway, "receiver", self.measures)
        roles = [role.role for role in may_be]
        held = offices.held(str(receiver.state), roles, self.under, sender, self.on)
        agreed = any(self._between_states(ref.split(" ")[0]) for ref in channel.basis)
        heard = (office for office in held if not agreed or office.instrument in channel.declared_under)
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

    def by_parties(self, sender: str, receiver: str, route: Route) -> Via | None:
        """The way that follows from who writes to whom, by the leading provision of the route."""
        offices = self.law.offices()
        pairs = (pair for pair in offices.between if (pair.sender, pair.receiver) == (sender, receiver))
        return next(
            (
                Via(channel=pair.way, says=offices.wording[f"way.{pair.way}"], basis=route.lead[:1])
                for pair in pairs
            ),
            None,
        )

    def _between_states(self, instrument: str) -> bool:
        """Whether it is agreed between States, as a treaty is, and no State's own law."""
        kind = self.rulebook.instruments[instrument].kind
        return kind in AGREED or (kind == LAW and instrument in self.law.instruments)

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

    @property
    def languages(self) -> Languages:
        """What decides the language of what is written."""
        return Languages(self.rulebook, self.law, self.on, self.under)


def with_offices(
    step: Step,
    own: str | None,
    answering: bool,
    at_home: bool,
    duties: frozenset[str],
    rulebook: Rulebook,
    law: Law,
    on: date,
    stage: str | None = None,
    measures: frozenset[str] = frozenset(),
    partner: str | None = None,
) -> Step:
    """The step with the offices of both sides, the way between them, the language and who is written to as
    well, as far as they are held.

    own: the State of the case. answering: it answers, so that the sender is the State asked. at_home: the
    step stays among its own authorities, so only whom those then write to is told as well. duties: codes of
    those that are due. stage: of the case. measures: of the needs that the step serves. partner: the State
    with which it deals.
    """
    asks, asked = (step.receiver, step.sender) if answering else (step.sender, step.receiver)
    channel = channel_between(step.pathway, step.route, asked.state, asks.state, law, on)
    route = rulebook.routes[step.route]
    between = Correspondence(rulebook, law, on, step.pathway, declaring(channel, route), own, stage, measures)
    if channel is None or at_home or asks.state is None or asked.state is None:
        return replace(
            step,
            sender=between.named(step.sender, "sender", step.receiver.state, asks=not answering),
            receiver=between.named(step.receiver, "receiver", step.sender.state, asks=answering),
            also_to=between.copies(partner, own, None, duties)
            if at_home and partner and not answering
            else (),
            via=None if at_home else between.by_parties(step.sender.role, step.receiver.role, route),
        )
    writes = replace(asks, role=channel.sender_party or asks.role)
    written = replace(asked, role=channel.receiver_party or asked.role)
    via = between.via(channel, written, str(asks.state), route)
    if via is not None and via.declared:
        writes, written = asks, asked  # where it wants another way, the parties are not those of the channel
    way = via.channel if via is not None else None
    sides = (
        between.named(writes, "sender", asked.state, way),
        between.named(written, "receiver", asks.state, way),
    )
    there = str(sides[not answering].state or asked.state)
    if via is None:
        via = between.by_parties(sides[answering].role, sides[not answering].role, route)
    return replace(
        step,
        sender=sides[answering],
        receiver=sides[not answering],
        also_to=() if answering else between.copies(str(asked.state), asks.state, via, duties),
        via=via,
        language=None if answering else between.languages.between(channel, str(asks.state), there),
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


def _leads(leads: Iterable[Office], rulebook: Rulebook) -> str:
    """What is held under other instruments or with low confidence, in a sentence."""
    names = []
    for lead in leads:
        under = declared(lead, rulebook)
        sure = " (not sure)" if lead.confidence == LOW else ""
        names.append(f"{lead.name}{f' for {under}' if under else ''}{sure}")
    shown = list(dict.fromkeys(names))[:MOST_LEADS]
    return f"Held for other cases: {'; '.join(shown)}." if shown else ""
