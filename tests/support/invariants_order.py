"""Invariants of one case: what cannot wait, order in time, direction, and only law that applies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as dataclass_replace
from datetime import timedelta
from functools import cache

import yaml
from invariant_tools import Change, Faults, Invariant, Seen, added, pathway, without
from places import ROOT
from strategies import PAIRS, Theme, ask

from routing.core.conditions import ALWAYS
from routing.core.records import replace
from routing.rulebook.model import Rulebook

RULES = ROOT / "rules"
THREAT = ("threat_to_life", "critical_infrastructure")
FINDERS = (
    "eu_contact_point",
    "police_to_police",
    "regional_police_network",
    "interpol",
    "anticorruption_network",
    "fiu_exchange",
    "asset_tracing_network",
)
"""Those who find out who holds something or where somebody is."""
TALKS = ("jurisdiction_consultation", "eurojust", "draft_consultation")
HOLDS_MONEY = ("fiu_hold", "asset_freezing", "eu_freezing_order")
SOON = timedelta(days=7)


def _words(seen: Seen) -> set[str]:
    return {item.id for item in seen.step("word_on_the_request")}


def danger_rules_the_order(seen: Seen) -> Faults:
    """Nobody waits for what is slow, nothing has a last day weeks away, and what is done at once is read first."""
    if not seen.surely("emergency", *THREAT) or seen.kind == "use":
        return None
    quick = {step.id for step in seen.steps if step.when == "now"}
    faults = [
        f"{step.id} waits for {earlier}"
        for step in seen.steps
        for earlier in step.after
        if step.role != "follow"
        and earlier not in quick
        and seen.primary != "refer"
        and not any(item.id == earlier and item.role == "consult" for item in seen.steps)
        # what was asked only as a question is executed once the request has come
        and not (seen.surely("request_form", "only_a_question") and earlier in _words(seen))
        and not (step.pathway in TALKS and earlier in {item.id for item in seen.step(*HOLDS_MONEY)})
        # a laboratory finds nothing before it has the item; what cannot wait is asked for by the urgent request
        and not (earlier in {item.id for item in seen.step("item_transfer")} and "urgent_mla" in quick)
    ]
    faults += [
        f"{step.id} has {step.deadline.date} as its last day"
        for step in seen.steps
        if step.deadline and step.deadline.date and step.deadline.date > seen.as_of + SOON
    ]
    slow = [number for number, step in enumerate(seen.steps) if step.when != "now"]
    faults += [
        f"{step.id} stands after what can wait"
        for number, step in enumerate(seen.steps)
        if step.when == "now" and slow and number > slow[0]
    ]
    given = [step for step in seen.steps if step.pathway in FINDERS]
    if seen.kind in ("request", "share") and given and not seen.answer.first:
        faults.append("nobody is told to telephone")
    return faults


def nobody_waits_for_what_is_known(seen: Seen) -> Faults:
    """Exceptions: laboratory and covert measures, and information that a judge controls, where the result is used.
    What starts now stands after a call and waits for nobody."""
    if (
        seen.kind != "request"
        or not seen.surely("whereabouts_known", "yes")
        or not seen.surely("asset_located", "yes")
        or seen.surely("counterpart_known", "no")
        or seen.surely("information_control", "judicial")
        or seen.measure in ("laboratory_analysis", "controlled_delivery", "undercover_operation")
    ):
        return None
    finders = {step.id for step in seen.steps if step.pathway in FINDERS and step.role == "inform"}
    return [
        f"{step.id} waits for {finder}"
        for step in seen.steps
        if step.role == "deliver" and step.pathway not in FINDERS and step.when != "now"
        for finder in sorted(finders & set(step.after))
    ]


def steps_are_read_as_they_start(seen: Seen) -> Faults:
    """Every step stands after those it waits for, and no later start before an earlier one."""
    faults = []
    done: set[str] = set()
    for step in seen.steps:
        faults += [f"{step.id} stands before {earlier}" for earlier in step.after if earlier not in done]
        done.add(step.id)
        if (step.when == "after") != (bool(step.after) and step.when != "now"):
            faults.append(f"{step.id} says {step.when}")
    starts = [step.start for step in seen.steps if step.start]
    if starts != sorted(starts):
        faults.append(f"the steps start on {starts}")
    return faults


def no_talks_before_money_is_held(seen: Seen) -> Faults:
    on_one_day = seen.known("action_day") == "yes"  # which is agreed first
    talks = seen.step(*(it for it in TALKS if not (on_one_day and it == "eurojust")))
    holds = seen.step(*HOLDS_MONEY)
    if not holds or seen.kind == "use":
        return None
    order = [step.id for step in seen.steps]
    first = min(order.index(step.id) for step in holds)
    return [f"{step.id} comes before the hold" for step in talks if order.index(step.id) < first]


def we_act_and_they_receive(seen: Seen) -> Faults:
    """In every kind of need our State sends; where we answer no step issues, and what nobody asked for is not answered."""
    own, partner = seen.facts.own, seen.facts.partner
    if own is None or partner is None:
        return None
    faults = [f"{step.id} is sent by {step.sender.state}" for step in seen.steps if step.sender.state != own]
    faults += [
        f"{step.id} goes to {step.receiver.state}"
        for step in seen.steps
        if step.receiver.state not in (own, partner, None)
    ]
    if seen.kind == "answer":
        issued = seen.measure == "information_for_surrender"  # whoever issued the warrant is asked for more
        faults += [
            f"{step.id} issues"
            for step in seen.steps
            if step.sender.role == "issuing_authority" and not issued
        ]
        faults += [
            f"{step.id} has a last day to file" for step in seen.steps if step.deadline and step.deadline.date
        ]
    if seen.kind == "share":
        faults += [
            f"{step.id} answers"
            for step in seen.steps
            if step.action.startswith(("Answer", "Ask "))
            and step.pathway not in ("consent_request", "assurance_request")
        ]
    return faults


def nothing_borrowed(seen: Seen) -> Faults:
    """Consent to use what another State gave is asked for by a step of its own, and what needs it waits for it."""
    if seen.measure != "material_held" or not seen.step("consent_request"):
        return None
    averted = seen.surely("emergency", "threat_to_life", "critical_infrastructure")
    faults = [
        f"{step.id} is how consent is asked for"
        for step in seen.steps
        if step.role == "consult" and step.pathway in ("spontaneous_transmission", "mla", "police_to_police")
    ]
    consent = {step.id for step in seen.step("consent_request")}
    faults += [
        f"{step.id} does not wait for consent"
        for step in seen.steps
        if step.role == "deliver"
        and step.pathway not in ("refer", "consent_request")
        and not consent & set(step.after)
        and not averted
    ]
    return faults


@cache
def instruments() -> dict[str, dict[str, object]]:
    """Every instrument as it is written, read without the rulebook."""
    entries = dict(
        yaml.load((RULES / "instruments.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)["instruments"]
    )
    for path in (RULES / "instruments").glob("*.yaml"):
        entry = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
        if path.stem not in entries and "kind" in entry:
            entries[path.stem] = entry
    return entries


def cited(seen: Seen) -> Iterator[tuple[str, str]]:
    """What a plan cites, with where it stands."""
    for step in seen.steps:
        yield from ((step.id, item.provision) for item in step.basis)
        yield from ((step.id, ref) for limit in step.limits for ref in limit.basis)
        yield from ((step.id, ref) for date in step.dates for ref in date.source.split(", ") if " " in ref)
    for said in (*seen.plan.warnings, *seen.plan.duties):
        yield from ((said.code, ref) for ref in said.basis)
    for excluded in seen.plan.excluded:
        yield from ((excluded.pathway, ref) for ref in excluded.basis)


def only_law_that_applies(seen: Seen) -> Faults:
    """Exceptions: practice, and what a case stipulates; while a tie is open a text may be named. What is public a Party
    may look at wherever it is (budapest 32(a))."""
    own, partner = seen.facts.own, seen.facts.partner
    if own is None or partner is None or seen.case.assume.ties:
        return None
    faults = []
    for where, ref in cited(seen):
        if ref == "budapest 32(a)":
            continue
        name = ref.split(" ")[0]
        entry = instruments().get(name, {})
        kind = entry.get("kind", "treaty")
        acting = {own, partner} if seen.kind in ("request", "use") else {own}
        if entry.get("belongs_to"):
            if kind != "practice" and entry["belongs_to"] not in acting:
                faults.append(f"{ref} of {entry['belongs_to']} in {where}")
            continue
        if kind not in ("treaty", "law", "agreement", "network") or name not in seen.world.law.instruments:
            continue
        binds = entry.get("binds", "both")
        if binds == "both" and not entry.get("through"):
            if seen.world.law.between(name, own, partner, seen.as_of).status in ("none", "signed"):
                faults.append(f"{ref}, which does not bind {own} and {partner}, in {where}")
        elif binds == "own" and seen.world.law.standing(name, own, seen.as_of).status in ("none", "signed"):
            faults.append(f"{ref}, which does not bind {own}, in {where}")
    return faults


def says_one_thing(seen: Seen) -> Faults:
    """What a headline closes no step uses, and nothing is told twice."""
    closed = [(item.pathway, item.route, item.how) for item in seen.plan.excluded]
    steps = {step.pathway for step in seen.steps}
    faults = [
        f"{name} is closed and used"
        for name, route, how in closed
        if how == "closed" and not route and name in steps
    ]
    return faults + [f"{item[0]} is told twice" for item in set(closed) if closed.count(item) > 1]


def roles_in_a_row(book: Rulebook) -> Rulebook:
    return replace(book, role_order=(*book.role_order, ("inform", "deliver")))


def belongs_to_nobody(name: str) -> Change:
    """An Act of one State, as if it were everybody's practice."""

    def change(book: Rulebook) -> Rulebook:
        free = replace(book.instruments[name], belongs_to="", kind="practice")
        return replace(book, instruments={**book.instruments, name: free})

    return change


def turned_round(seen: Seen) -> Seen:
    return dataclass_replace(seen, steps=tuple(reversed(seen.steps)))


def used_beside_consent(seen: Seen) -> Seen:
    """A plan in which the material is used while consent is still asked for."""
    use = replace(seen.steps[0], id="use", pathway="held_material", role="deliver", after=())
    return dataclass_replace(seen, steps=(*seen.steps, use))


def told_twice(seen: Seen) -> Seen:
    return dataclass_replace(
        seen, plan=replace(seen.plan, excluded=(*seen.plan.excluded, *seen.plan.excluded))
    )


EMERGENCY = Theme(
    "danger to life",
    kinds=("request", "share", "answer"),
    pairs=PAIRS,
    facts={"emergency": THREAT, "purpose": ("evidence", "intelligence", None)},
    loose=4,
    avoid=("whereabouts_known",),
)
MONEY = Theme(
    "money",
    kinds=("request",),
    measures=("asset_freezing", "transaction_suspension"),
    pairs=PAIRS,
    facts={
        "parallel_investigations": ("yes", None),
        "coercive": ("yes",),
        "emergency": ("imminent_dissipation", None),
    },
    loose=3,
    examples=300,
)
HELD = Theme(
    "material held",
    kinds=("use",),
    measures=("material_held",),
    pairs=PAIRS,
    facts={
        "material_channel": ("spontaneous", "mla", "police", "fiu"),
        "originator_consent": ("no",),
        "fiu_consent_for_use": ("no",),
        "planned_use_differs": ("yes",),
    },
    loose=2,
    examples=250,
)

CASES = (
    Invariant(
        "INV-50",
        "danger rules the order",
        danger_rules_the_order,
        (without("danger.every-fast-channel-at-once"),),
        lambda: ask("subscriber_data", "GHA", "CAN", emergency="threat_to_life", purpose="evidence"),
        EMERGENCY,
    ),
    Invariant(
        "INV-51",
        "nobody waits for police to find what is known",
        nobody_waits_for_what_is_known,
        (roles_in_a_row,),
        lambda: ask("business_records", "GHA", "CAN", purpose="evidence"),
    ),
    Invariant(
        "INV-52",
        "steps are read in the order in which they start",
        steps_are_read_as_they_start,
        on=lambda: ask("stored_content", "GHA", "CAN", data_volatility="imminent_loss", purpose="evidence"),
        spoil=turned_round,
    ),
    Invariant(
        "INV-53",
        "no talks before money is held",
        no_talks_before_money_is_held,
        (without("danger.hold-before-talks"),),
        lambda: ask("asset_freezing", "GHA", "CAN", coercive="yes", parallel_investigations="yes"),
        MONEY,
    ),
    Invariant(
        "INV-54",
        "our State acts, theirs receives, and what nobody asked for is not answered",
        we_act_and_they_receive,
        (pathway("european_investigation_order", card={"answering": {"action": "Recognise the order"}}),),
        lambda: ask("search", "DEU", "POL", kind="answer", purpose="evidence"),
    ),
    Invariant(
        "INV-55",
        "consent is a step of its own",
        nothing_borrowed,
        on=lambda: ask(
            "material_held",
            "KEN",
            "FRA",
            kind="use",
            material_channel="mla",
            originator_consent="no",
            planned_use_differs="yes",
            purpose="administrative",
        ),
        theme=HELD,
        spoil=used_beside_consent,
    ),
    Invariant(
        "INV-56",
        "only law that applies",
        only_law_that_applies,
        (
            belongs_to_nobody("swiss-imac"),
            added("duty", ALWAYS, values=("telephone_and_confirm",), basis=("swiss-imac 67a(6)",)),
        ),
        lambda: ask("information_sharing", "DEU", "POL", kind="share"),
    ),
    Invariant(
        "INV-57",
        "a plan never says two things",
        says_one_thing,
        on=lambda: ask("bank_records", "FRA", "DEU", purpose="evidence"),
        spoil=told_twice,
    ),
)
