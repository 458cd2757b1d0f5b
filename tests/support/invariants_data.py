"""Invariants of one case: electronic data, the hold before the answer, clocks, and the orders of the European Union."""

from __future__ import annotations

from datetime import date, timedelta

from invariant_tools import Change, Faults, Invariant, Seen, altered, pathway, without
from strategies import DAY, PAIRS, UNION, Theme, ask

from routing.core.conditions import ALWAYS
from routing.core.records import replace
from routing.plan.card_times import days, time_of
from routing.plan.model import Step

LAST = "refer"
HOLDS = (
    "european_preservation_order",
    "budapest_preservation",
    "provider_preservation",
    "g7_preservation",
    "police_preservation",
    "police_to_police",
    "interpol",
    "domestic_order",
)
HELD_BY_OTHERS = (
    "foreign_provider",
    "provider_represented_in_eu",
    "crypto_provider",
    "other_private",
    "bank",
    "domestic_provider",
)
AT_ONCE = (
    LAST,
    "public_material",
    "transborder_public_access",
    "domestic_order",
    "european_production_order",
)
ORDERS = ("european_production_order", "european_preservation_order")
THREAT = ("threat_to_life", "critical_infrastructure")


def ancestors(steps: tuple[Step, ...], step: Step) -> set[str]:
    """The steps that come before a step, near and far."""
    by_id = {item.id: item for item in steps}
    before: set[str] = set()
    left = list(step.after)
    while left:
        name = left.pop()
        if name not in before:
            before.add(name)
            left += by_id[name].after
    return before


def preserve_before_produce(seen: Seen) -> Faults:
    """Exceptions: a production order holds the data on receipt (e-evidence 10(1)); emergency disclosure and answers in
    eight hours run beside the hold; an order at home and a capture need none; where nothing can hold them it is said."""
    if not (
        seen.kind == "request"
        and seen.measure != "data_preservation"
        and seen.surely("electronic_data", "yes")
        and seen.surely("data_volatility", "imminent_loss")
        and seen.surely("data_time", "stored")
        and seen.surely("preserved", "none", "voluntary")
        and seen.surely("data_holder", *HELD_BY_OTHERS)
    ):
        return None
    if seen.primary in (
        LAST,
        "domestic_order",
        "public_material",
        "transborder_public_access",
        "european_production_order",
    ):
        return []
    holds = [step for step in seen.steps if step.role == "preserve" and step.pathway in HOLDS]
    if not holds:
        return (
            [] if "no_preservation_channel" in seen.warned else ["nothing holds the data and nobody says so"]
        )
    faults = []
    order = [step.id for step in seen.steps]
    first = holds[0]
    for step in seen.steps:
        if step.role not in ("deliver", "follow") or step.pathway == "capacity_referral":
            continue  # asking who could help obtains nothing
        beside = (first.id in step.together or step.when == "now") and (
            seen.surely("emergency", *THREAT) or seen.facts.get("emergency") is None
        )
        if not beside and order.index(first.id) > order.index(step.id):
            faults.append(f"{step.id} stands before {first.id}")
        if first.certainty == "confirmed" and not beside and first.id not in ancestors(seen.steps, step):
            faults.append(f"{step.id} does not wait for {first.id}")
    return faults


def no_hold_without_a_sequel(seen: Seen) -> Faults:
    holds = seen.step("budapest_preservation", "european_preservation_order")
    if seen.kind != "request" or not holds:
        return None
    # What is owed is certain only where the hold is.
    intended = {"file_within_sixty_days", "confirm_production_within_sixty_days"}
    faults = []
    for step in holds:
        later = [
            step for step in seen.steps[seen.steps.index(step) + 1 :] if step.role in ("deliver", "follow")
        ]
        if not later and not intended & seen.owed:
            faults.append(f"nothing follows {step.id}")
    return faults


def stored_data_tools_take_no_live_data(seen: Seen) -> Faults:
    if not seen.surely("data_time", "real_time"):
        return None
    return [f"{step.id} for data still to come" for step in seen.step(*ORDERS, "budapest_preservation")]


def traffic_and_content_need_judge_and_threshold(seen: Seen) -> Faults:
    """Exception: traffic data sought only to identify the user. The limb on sentences (e-evidence 5(4)(d)) keeps the list
    of offences. A similar order at home must be possible in every case."""
    steps = [
        step
        for step in seen.step("european_production_order")
        if step.role == "deliver" and step.certainty == "confirmed"
    ]
    if not steps:
        return None
    faults = [] if seen.surely("similar_domestic_order", "yes") else ["no similar order at home is sure"]
    if seen.surely("data_category", "traffic", "content") and not seen.surely(
        "sought_only_to_identify_user", "yes"
    ):
        if not seen.surely("issuing_authority", "judge_or_court", "validated_by_judge"):
            faults.append("no judge issues or validates")
        months = seen.number("max_penalty_months") or 0
        if not (
            months >= 36
            or seen.surely("listed_ict_offence", "information_system", "terrorism")
            or seen.surely("offence", "terrorism")
            or seen.surely("listed_ict_offence", "child_sexual_abuse", "payment_fraud", "non_cash_fraud")
        ):
            faults.append("the threshold is not met")
    return faults


def orders_for_criminal_proceedings_only(seen: Seen) -> Faults:
    out = seen.surely("stage", "pre_investigation", "intelligence", "no_criminal_case") or seen.surely(
        "actor", "regulator", "fiu"
    )
    defence = seen.surely("actor", "defence") and seen.kind == "request"
    reachable = seen.bound("e-evidence") and seen.surely("data_holder", "provider_represented_in_eu")
    if not (reachable and (out or defence or seen.kind != "request")):
        return None
    steps = seen.step(*ORDERS)
    if out or seen.kind != "request":
        return [f"{step.id} outside criminal proceedings of our own" for step in steps]
    if (
        any(step.pathway == "european_production_order" for step in steps)
        and "ask_competent_authority_to_issue" not in seen.owed
    ):
        return ["the defence is not told to ask the authority that issues"]
    return []


def opt_outs_are_kept(seen: Seen) -> Faults:
    sides = {seen.facts.requesting, seen.facts.requested}
    if not sides & {"DNK", "IRL"}:
        return None
    barred = {"european_investigation_order", "eu_freezing_order", "eu_confiscation_order"} | (
        set(ORDERS) if "DNK" in sides else set()
    )
    return [
        f"{step.id} with a State that takes no part"
        for step in seen.steps
        if step.pathway in barred and "/fd-" not in step.route
    ]


def home_first(seen: Seen) -> Faults:
    """Exception: a conflict with foreign law, where assistance stands as an alternative."""
    if seen.kind != "request" or not (seen.primary == "domestic_order" and seen.confirmed):
        return None
    formal = ("mla", "urgent_mla", "letters_rogatory", "eu_uk_assistance", "european_investigation_order")
    return [
        f"{step.id} for a copy that an order at home obtains"
        for step in seen.step(*formal)
        if step.role in ("deliver", "follow")
    ]


def deadlines_fit(seen: Seen) -> Faults:
    """What produces is filed before a hold ends, and data that will be gone first are held or the reader is warned.

    Exceptions: a capture takes no time, an order at home is timed by ourselves, a production order holds the data on
    receipt (e-evidence 10(1)), and the registration of a name lasts as long as the name. Of a request that was sent
    there is no last day to send it, and in danger to life no step has a day weeks away (INV-50)."""
    faults: list[str] = []
    held = False
    since = seen.number("days_since_preservation")
    sent = seen.surely("request_already_sent", "yes")
    danger = seen.surely("emergency", "threat_to_life", "critical_infrastructure")
    if (
        since is not None
        and seen.surely("preserved", "ordered")
        and seen.kind == "request"
        and not (sent or danger)
    ):
        expiry = seen.as_of + timedelta(days=60 - since)
        for step in seen.steps:
            if step.role == "deliver" and seen.primary != LAST and seen.measure in STORED:
                held = True
                limit = max(expiry, seen.as_of)
                if step.deadline is None or step.deadline.date is None or step.deadline.date > limit:
                    faults.append(f"{step.id} has no last day before the hold ends on {expiry}")
    kept = seen.number("days_of_retention")
    if (
        kept is not None
        and seen.kind == "request"
        and seen.measure in (*STORED, "data_preservation")
        and seen.surely("data_time", "stored")
        and seen.surely("preserved", "none", "voluntary")
        and seen.measure != "domain_registration_data"
        and seen.primary not in AT_ONCE
    ):
        held = True
        holds = [step for step in seen.steps if step.role == "preserve"] or seen.step("data_preservation")
        saving = [*holds, *seen.step(seen.primary)]
        fast = [step for step in saving if _latest(seen, step) <= kept]
        late = {"retention_short", "may_be_too_late", "no_preservation_channel"} & seen.warned
        # while it is open whether a quicker hold can be had no rule speaks yet, and each of these has to say it
        at_the_step = not seen.answer.settled and saving and all(map(_says_it_may_be_late, saving))
        if not fast and not late and not at_the_step:
            faults.append(
                f"the data are kept {kept} days and no step is sure to be in time, nor is anyone warned"
            )
    return faults if held else None


def _says_it_may_be_late(step: Step) -> bool:
    return step.deadline is not None and "may come too late" in step.deadline.reason


def _latest(seen: Seen, step: Step) -> int:
    return days(time_of(seen.world.rulebook.pathways[step.pathway]), "most_days") or 0


def never_too_late() -> Change:
    return without("retention.too-short", "retention.may-be-too-short")


APPLIES = (DAY, DAY, date(2027, 9, 1))
STORED = (
    "subscriber_data",
    "user_identification_data",
    "stored_traffic_data",
    "stored_content",
    "domain_registration_data",
)
VANISHING = Theme(
    "about to vanish",
    kinds=("request",),
    measures=(*STORED, "consent_access"),
    days=APPLIES,
    facts={
        "data_volatility": ("imminent_loss",),
        "data_holder": HELD_BY_OTHERS,
        "purpose": ("evidence", None),
    },
    loose=6,
    avoid=("preserved", "data_time"),
)
LIVE = Theme(
    "data still to come",
    kinds=("request", "answer"),
    measures=("interception", "realtime_traffic_data", "remote_access", *STORED),
    facts={"data_time": ("real_time",)},
    loose=5,
)
ORDERED = Theme(
    "orders to providers",
    kinds=("request",),
    measures=("stored_traffic_data", "stored_content", "subscriber_data"),
    days=APPLIES,
    pairs=UNION,
    facts={
        "data_holder": ("provider_represented_in_eu",),
        "max_penalty_months": (36, 120, None),
        "purpose": ("evidence",),
        "stage": ("investigation", None),
        "issuing_authority": ("judge_or_court", None),
    },
    loose=1,
    examples=290,
)
NO_CASE = Theme(
    "orders and who asks",
    kinds=("request", "request", "answer"),
    measures=(*STORED, "data_preservation"),
    days=APPLIES,
    pairs=UNION,
    facts={
        "data_holder": ("provider_represented_in_eu",),
        "stage": ("pre_investigation", "intelligence", "investigation"),
        "actor": ("regulator", "fiu", "defence"),
        "max_penalty_months": (60,),
        "purpose": ("evidence",),
    },
    loose=3,
)
AT_HOME = Theme(
    "at home",
    kinds=("request",),
    measures=STORED,
    facts={
        "data_holder": ("domestic_provider", "domestic_provider", None),
        "copy_at_home": ("yes", "no"),
        "team_measure": ("no",),
    },
    loose=3,
    examples=250,
)
CLOCKS = Theme(
    "clocks",
    kinds=("request",),
    measures=(*STORED, "data_preservation"),
    pairs=PAIRS,
    facts={
        "retention_until": tuple((DAY + timedelta(days=n)).isoformat() for n in (0, 2, 10, 40, 130, 400)),
        "preserved": (None, "none", "ordered"),
        "preserved_on": tuple((DAY - timedelta(days=n)).isoformat() for n in (1, 30, 58, 70)),
    },
    days=(DAY,),
    loose=3,
    avoid=("days_of_retention", "days_since_preservation"),
    examples=420,
)

EVIDENCE = {"data_holder": "provider_represented_in_eu", "purpose": "evidence"}
CASES = (
    Invariant(
        "INV-03",
        "preserve before produce",
        preserve_before_produce,
        (without("preservation.before-production", "preservation.ask-the-provider-too"),),
        lambda: ask("stored_content", "GHA", "CAN", data_volatility="imminent_loss", purpose="evidence"),
        VANISHING,
    ),
    Invariant(
        "INV-04",
        "no hold without a sequel",
        no_hold_without_a_sequel,
        (without("preservation.follow-with-production", "preservation.file-in-time"),),
        lambda: ask("data_preservation", "GHA", "CAN", purpose="evidence"),
    ),
    Invariant(
        "INV-21",
        "the opt-outs are kept",
        opt_outs_are_kept,
        (
            pathway("european_investigation_order", routes=lambda route: replace(route, opens=ALWAYS)),
            without("scope.members-outside-the-investigation-order"),
        ),
        lambda: ask("search", "DNK", "DEU"),
    ),
    Invariant(
        "INV-22",
        "no order for live data under the regulation",
        stored_data_tools_take_no_live_data,
        (without("live-data.no-stored-data-tools"),),
        lambda: ask("subscriber_data", "FRA", "DEU", data_time="real_time", **EVIDENCE),
        LIVE,
    ),
    Invariant(
        "INV-23",
        "traffic and content need a judge and a threshold",
        traffic_and_content_need_judge_and_threshold,
        (without("production-order.judge-for-traffic-and-content"),),
        lambda: ask(
            "stored_content", "FRA", "DEU", issuing_authority="prosecutor", max_penalty_months=60, **EVIDENCE
        ),
        ORDERED,
    ),
    Invariant(
        "INV-24",
        "European orders serve criminal proceedings only",
        orders_for_criminal_proceedings_only,
        (without("european-orders.criminal-proceedings-only"),),
        lambda: ask("subscriber_data", "FRA", "DEU", stage="pre_investigation", **EVIDENCE),
        NO_CASE,
    ),
    Invariant(
        "INV-30",
        "deadlines fit",
        deadlines_fit,
        (never_too_late(),),
        lambda: {**ask("subscriber_data", "KEN", "GHA", retention_until="2026-11-26"), "as_of": "2026-11-24"},
        CLOCKS,
    ),
    Invariant(
        "INV-41",
        "home first",
        home_first,
        (altered("preservation.follow-with-production", when=ALWAYS),),
        lambda: ask("stored_content", "KEN", "GHA", data_holder="domestic_provider", purpose="evidence"),
        AT_HOME,
    ),
)
