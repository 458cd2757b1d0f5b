"""Steps over all needs: joined where one act serves several, ordered as a strict partial order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from itertools import chain, count

from routing.case.facts import Facts
from routing.core import conclusion
from routing.core.domain import DELIVER, YES, Pathway
from routing.core.grouping import grouped
from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.applicable import applicable, unsettled
from routing.plan.basis import basis_of, basis_of_all, names_measure
from routing.plan.bundles import Bundle, Key
from routing.plan.card_times import days, limit_of, time_of
from routing.plan.deadlines import dated
from routing.plan.manner import manner
from routing.plan.model import Act, Basis, CodedTerm, Party, Step
from routing.plan.named_provider import with_providers
from routing.plan.need import DraftStep, NeedPlan
from routing.plan.offices import with_offices
from routing.plan.order import in_order, started
from routing.rulebook.model import Rulebook

OWN = "own_authority"
Member = tuple[NeedPlan, DraftStep]
TRANSIT = "transit_authority"
"""The role of who receives for a State that is crossed."""
ANY_AUTHORITY = "competent_authority"  # an answer on a request goes between the offices of that request


def join(plans: tuple[NeedPlan, ...], rulebook: Rulebook, law: Law, as_of: date) -> tuple[Step, ...]:
    """Every step of every need, bundled by authority, ordered, and sorted for reading."""
    plans = tuple(sorted(plans, key=lambda plan: plan.answer.id))
    bundle = Bundle(plans, by_role=False)
    if not bundle.ordered:
        bundle = Bundle(plans, by_role=True)  # one request cannot come both before and after another step
        bundle.cut_rings()
    ids = _ids(bundle.groups)
    ancestors = _ancestors(bundle.order)
    reduced = _reduced(bundle.order, ancestors)
    steps, least, urgency, in_danger = [], {}, {}, set()
    for key, members in bundle.groups.items():
        after = tuple(sorted(ids[before] for before in reduced[key]))
        mates = (mate for mate in bundle.together(key) if ancestors[mate] == ancestors[key])
        together = tuple(sorted(ids[mate] for mate in mates))
        steps.append(_step(ids[key], members, rulebook, law, as_of, after, together))
        least[ids[key]] = max(
            days(time_of(rulebook.pathways[key[0]], plan.findings.facts), "least_days") or 0
            for plan, _ in members
        )
        urgency[ids[key]] = min((draft.urgency for _, draft in members if draft.urgency), default=0)
        if any(plan.findings.surely(conclusion.DANGER) for plan, _ in members):
            in_danger.add(ids[key])
    steps = with_providers(steps, (plan.findings.facts for plan in plans), law)
    ranks = {pathway: number for number, pathway in enumerate(rulebook.pathways)}
    named = tuple(_as_the_request(step, steps, rulebook) for step in steps)
    timed = dated(started(named, least, as_of), plans, rulebook, as_of)
    return in_order(timed, urgency, list(rulebook.roles), ranks, in_danger)


def _as_the_request(step: Step, steps: Iterable[Step], rulebook: Rulebook) -> Step:
    """A step that prepares a request, with the offices between which that request goes."""
    if rulebook.pathways[step.pathway].card.get("as_main") != "yes":
        return step
    roles, states = _two_ends(step)
    for request in steps:
        their_roles, their_states = _two_ends(request)
        alike = their_states == states and (their_roles == roles or set(roles) == {ANY_AUTHORITY})
        if request.role == DELIVER and alike and set(request.needs) & set(step.needs):
            return replace(step, sender=request.sender, receiver=request.receiver)
    return step


def _two_ends(step: Step) -> tuple[tuple[str, str], tuple[str, str]]:
    """The roles of both ends of a step, and their States."""
    return (step.sender.role, step.receiver.role), (step.sender.state or "", step.receiver.state or "")


def _ids(groups: Iterable[Key]) -> dict[Key, str]:
    ids: dict[Key, str] = {}
    for key in groups:
        pathway, state, kind, role, _ = key
        base = "-".join(part for part in (pathway, state.lower() if state != "?" else "") if part)
        longer = "-".join(part for part in (base, kind, role) if part)
        used = set(ids.values())
        names = chain((base, longer), (f"{longer}-{number}" for number in count(2)))
        ids[key] = next(name for name in names if name not in used)
    return ids


def _ancestors(order: Mapping[Key, set[Key]]) -> dict[Key, set[Key]]:
    """For each step every one that comes before it, at whatever distance."""
    reach: dict[Key, set[Key]] = {}

    def all_before(key: Key) -> set[Key]:
        if key not in reach:
            reach[key] = set()
            for before in order[key]:
                reach[key] |= {before} | all_before(before)
        return reach[key]

    return {key: all_before(key) for key in order}


def _reduced(order: Mapping[Key, set[Key]], ancestors: Mapping[Key, set[Key]]) -> dict[Key, set[Key]]:
    """The order without what follows from it."""
    return {
        key: {
            earlier
            for earlier in before
            if not any(earlier in ancestors[third] for third in before if third != earlier)
        }
        for key, before in order.items()
    }


def _step(
    step_id: str,
    members: list[Member],
    rulebook: Rulebook,
    law: Law,
    as_of: date,
    after: tuple[str, ...],
    together: tuple[str, ...],
) -> Step:
    at = next((n for n, (_, member) in enumerate(members) if member.role == DELIVER), 0)
    plan, draft = members[at]
    findings = plan.findings
    pathway = rulebook.pathways[draft.pathway]
    ways = [manner(pathway, need_plan.findings.facts) for need_plan, _ in members]
    # where some of the needs cannot wait, the step reads as it does for the one that can wait least
    urgent = (n for n, (_, member) in enumerate(members) if member.urgency)
    pressing = min(urgent, key=lambda n: _longest(ways[n]), default=at)
    how = next((way for way in ways if way.get("over_others") == "yes"), ways[pressing])
    leading, time = str(how.get("tells", "")), how.get("time")
    acts = _acts(leading, how, list(zip(ways, members, strict=True)))
    sender, receiver = _parties(pathway, how, findings.facts)
    surely = [plan.findings.facts.need.id for plan, draft in members if draft.certainty == "confirmed"]
    sure = len(surely) == len(members)
    step = Step(
        id=step_id,
        needs=tuple(need_plan.findings.facts.need.id for need_plan, _ in members),
        pathway=draft.pathway,
        route=draft.route,
        family=pathway.family,
        role=draft.role,
        called=str(how.get("called", "")),
        action=_title(pathway, how, ways),
        tells=" ".join(f"For {', '.join(act.needs)}: {act.says}" for act in acts) or leading,
        acts=acts,
        sender=sender,
        receiver=receiver,
        basis=_basis_of_needs(members, findings, pathway, law, as_of),
        why=tuple(dict.fromkeys(rule for _, member in members for rule in member.why)),
        because=tuple(dict.fromkeys(fact for _, member in members for fact in member.because)),
        limits=_limits(members, draft.pathway),
        when="now" if any(member.urgency for _, member in members) else "after" if after else "today",
        deadline=limit_of(time if isinstance(time, dict) else {}, partial(applicable, findings)),
        after=after,
        together=together,
        certainty="confirmed" if sure else "conditional",
        sure_for=() if sure else tuple(dict.fromkeys(surely)),
        waits_for=tuple(dict.fromkeys(fact for _, member in members for fact in member.waits_for)),
        put_in=_contents(how, zip(ways, members, strict=True)),
    )
    answering, at_home = findings.facts.need.kind == "answer", how.get("at_home") == "yes"
    duties = frozenset(duty.code for need_plan, _ in members for duty in need_plan.duties)
    measures = frozenset(need_plan.findings.facts.need.measure for need_plan, _ in members)
    sides = (
        findings.facts.own,
        answering,
        at_home,
        duties,
        rulebook,
        law,
        as_of,
        _stage(findings.facts),
        measures,
    )
    if receiver.role == TRANSIT and (crossed := _still_to_agree(members)):
        each = [
            with_offices(replace(step, receiver=replace(receiver, state=state)), *sides) for state in crossed
        ]
        return replace(each[0], also_to=tuple(item.receiver for item in each[1:]))
    step = _with_open_ways(with_offices(step, *sides, findings.facts.partner), findings)
    named = {plan.findings.facts.partner: plan for plan, _ in members}
    further = [plan for partner, plan in named.items() if partner != findings.facts.partner]
    if not further:
        return step
    sent = [
        with_offices(
            replace(step, receiver=_receiver(pathway, plan.findings.facts)),
            *sides,
            plan.findings.facts.partner,
        )
        for plan in further
    ]
    others = (party for item in sent for party in (*(() if at_home else (item.receiver,)), *item.also_to))
    by_state = {plan.findings.facts.partner: basis_of(plan.findings, pathway, law, as_of) for plan in further}
    return replace(
        step,
        also_to=tuple(dict.fromkeys((*step.also_to, *others))),
        basis=basis_of_all({findings.facts.partner: step.basis, **by_state}),
    )


def _basis_of_needs(
    members: Iterable[Member], leading: Findings, pathway: Pathway, law: Law, as_of: date
) -> tuple[Basis, ...]:
    """What leads for the need that leads; what names the measure of this and each other need with its State;
    what leads for those; the rest."""
    first, *rest = basis_of(leading, pathway, law, as_of)
    naming, cited = names_measure(leading, pathway), [*rest]
    for plan, _ in members:
        if plan.findings is not leading and plan.findings.facts.partner == leading.facts.partner:
            cited += basis_of(plan.findings, pathway, law, as_of)
            naming |= names_measure(plan.findings, pathway)
    named = sorted((item for item in cited if item.provision in naming), key=lambda item: item.provision)
    leads = (item for item in cited if item.role == "lead")
    once: dict[str, Basis] = {first.provision: first}
    for item in (*named, *leads, *rest):
        once.setdefault(item.provision, replace(item, role="support"))
    return tuple(once.values())


def _with_open_ways(step: Step, findings: Findings) -> Step:
    """The step, with those provisions of its way of which the case leaves open whether they apply."""
    if step.via is None:
        return step
    refs = tuple(ref for ref in (*step.via.basis, *step.via.also_basis) if ref)
    return replace(step, via=replace(step.via, unsettled=unsettled(findings, refs)))


def _limits(members: list[Member], pathway: str) -> tuple[CodedTerm, ...]:
    """The limits of a step that serves several needs; what is set for some of them names those."""
    limits: dict[str, CodedTerm] = {}
    of: dict[str, list[str]] = {}
    for plan, _ in members:
        for limit in plan.limits.get(pathway, ()):
            limits[limit.code] = limit
            of.setdefault(limit.code, []).append(plan.findings.facts.need.id)
    every = {plan.findings.facts.need.id for plan, _ in members}
    return tuple(
        limit if set(of[code]) == every else replace(limit, needs=tuple(dict.fromkeys(of[code])))
        for code, limit in limits.items()
    )


def _acts(
    leading: str, how: Mapping[str, object], ways: list[tuple[Mapping[str, object], Member]]
) -> tuple[Act, ...]:
    """What to do where the needs that a step carries ask for different things: each of them in turn, what
    leads first; none where they ask for the same. What presses for one need is done for those that could
    wait for the same."""
    if how.get("over_others") == "yes":
        return ()
    presses = any(way is how and draft.urgency for way, (_, draft) in ways)

    def words(way: Mapping[str, object], draft: DraftStep) -> str:
        carried = presses and not draft.urgency and way.get("action") == how.get("action")
        return leading if carried else str(way.get("tells", ""))

    for_each = grouped((words(way, draft), plan.findings.facts.need.id) for way, (plan, draft) in ways)
    if len(for_each) == 1:
        return ()
    listed = sorted(for_each.items(), key=lambda item: item[0] != leading)
    return tuple(Act(needs=tuple(ids), says=says) for says, ids in listed if says)


def _title(pathway: Pathway, how: Mapping[str, object], ways: Iterable[Mapping[str, object]]) -> str:
    """What is done in a few words. Where the needs ask for different things that is what the card says of
    several, so that no act of one reads as that of another."""
    of_several = pathway.card.get("action_of_several")
    if of_several and len({way.get("action") for way in ways}) > 1:
        return str(of_several)
    return str(how.get("action", pathway.name))


def _still_to_agree(members: Iterable[Member]) -> tuple[str, ...]:
    """The States crossed that have not agreed."""
    needs = (plan.findings.facts.need for plan, _ in members)
    return tuple(
        dict.fromkeys(state for need in needs for state, agrees in need.via.items() if agrees != YES)
    )


def _stage(facts: Facts) -> str | None:
    """The stage of the case, where it was told; an assumed one chooses no office."""
    stage = facts.get("stage")
    return stage.text() if stage is not None and stage.origin in ("told", "stipulated") else None


def _receiver(pathway: Pathway, facts: Facts) -> Party:
    """Who receives a step in one of several States: as the card reads for that State."""
    return _parties(pathway, manner(pathway, facts), facts)[1]


def _longest(way: Mapping[str, object]) -> int:
    """The most days that a step takes as its card reads in a case; none where the card does not say."""
    time = way.get("time")
    return (days(time, "most_days") if isinstance(time, dict) else None) or 0


def _contents(
    how: Mapping[str, object], ways: Iterable[tuple[Mapping[str, object], Member]]
) -> tuple[str, ...]:
    """What the request contains: what the leading need asks for, then what others ask for besides, each with
    its needs."""
    leading = _listed(how.get("put_in"))
    items = (
        (item, plan.findings.facts.need.id) for way, (plan, _) in ways for item in _listed(way.get("put_in"))
    )
    besides = {item: tuple(dict.fromkeys(ids)) for item, ids in grouped(items).items() if item not in leading}
    by_needs = grouped((ids, item) for item, ids in besides.items())
    return (*leading, *(f"for {', '.join(ids)}: {'; '.join(same)}" for ids, same in by_needs.items()))


def _listed(items: object) -> tuple[str, ...]:
    return tuple(str(item) for item in items) if isinstance(items, (list, tuple)) else ()


def _parties(pathway: Pathway, how: Mapping[str, object], facts: Facts) -> tuple[Party, Party]:
    """Who sends and who receives a step: our authorities send, those of the other State receive.

    Where we answer, the answering side of the card names its own parts, such as the authority that executes.
    A step taken at home stays among our own authorities.
    """
    sender = str(how.get("sender", pathway.sender))
    receiver = str(how.get("receiver", pathway.receiver))
    home = how.get("at_home") == "yes" or receiver == OWN
    nowhere = receiver == "nobody" or how.get("elsewhere") == "yes"
    return (
        Party(role=sender, state=facts.own),
        Party(role=receiver, state=None if nowhere else facts.own if home else facts.partner),
    )
