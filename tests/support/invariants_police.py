"""Invariants of one case: compulsion, police channels, what is sent unasked, and what helps the accused."""

from __future__ import annotations

from dataclasses import replace as dataclass_replace

from invariant_tools import Faults, Invariant, Seen, altered, without
from strategies import Theme, ask

LAST = "refer"


def no_compulsion_by_police_alone(seen: Seen) -> Faults:
    """Exceptions in law. A unit's suspension of a transaction (cets198 47), urgent observation (ets182 17(2)), measures
    inside a team (ets182 20(7)), a hold over the network (budapest 29), orders to a provider, vessel steps and foreign
    results shared later are pathways of their own, none of them informal. To secure data on a voluntary footing may be
    asked of police (data_preservation). What force brought at home may be told unasked (untoc 18(4))."""
    if seen.known("coercive") == "no" or seen.kind == "use":
        return None  # what is in hand compels nobody
    if seen.kind == "share" and seen.primary == "spontaneous_transmission":
        return []
    last = seen.world.rulebook.pathways[seen.primary]
    if not last.informal or seen.measure == "data_preservation":
        return []
    if seen.confirmed:
        return [
            f"{last.id} is the confirmed last step though compulsion is {seen.known('coercive') or 'not ruled out'}"
        ]
    if "coercive" not in seen.answer.waits_for:
        return [f"{last.id} is the conditional last step and does not wait for `coercive`"]
    return []


def unrequested_means_unrequested(seen: Seen) -> Faults:
    """Exception: more than was asked for may go beside the answer; exchange between financial units is one pathway."""
    if not (seen.surely("already_requested", "yes") and seen.known("extra_material") == "no"):
        return None
    return [f"{step.id} sends unasked what was asked for" for step in seen.step("spontaneous_transmission")]


RESTRICTIONS = {
    "sender_restrictions",
    "originator_consent",
    "use_condition_set",
    "third_party_information",
    "confidentiality_needed",
}


def what_clears_is_never_suppressed(seen: Seen) -> Faults:
    """Exceptions: the conventions let only the receiving State disclose, and only in its own proceedings (untoc 18(5),
    18(19)); any other use waits for consent, which is then a step. Where material is to go to another State, came from a
    third one or from a unit, or no convention covers the case, the sender is asked and a person decides; so too where the
    State is a substantial risk. What was taken by ill-treatment is relied on by nobody, whatever its sender says."""
    if seen.kind not in ("use", "share", "answer") or not seen.surely("exculpatory", "yes"):
        return None
    faults = (
        []
        if "disclose_what_helps_the_accused" in seen.owed
        else ["nobody is told to disclose what helps the accused"]
    )
    for item in seen.plan.excluded:
        facts = {fact.fact for fact in item.because}
        if any(rule.startswith("use.nothing-from-ill-treatment") for rule in item.why):
            continue
        hidden = facts & RESTRICTIONS
        if hidden and "ask_sender_and_refer_what_helps" not in seen.owed and not seen.step("consent_request"):
            faults.append(f"{item.pathway} is excluded by {item.why} because of {sorted(hidden)}")
    withheld = seen.primary == LAST and seen.kind in ("share", "answer") and _substantial(seen)
    if withheld and "lean_towards_sending_what_helps" not in seen.owed:
        faults.append("what helps is withheld from a State of substantial risk and nobody is asked to decide")
    return faults


def _substantial(seen: Seen) -> bool:
    return seen.surely("ill_treatment_risk", "substantial") or seen.surely("persecution_risk", "substantial")


def liaison_officers_execute_nothing(seen: Seen) -> Faults:
    steps = seen.step("liaison_officer")
    if not steps:
        return None
    return [
        f"the liaison officer delivers {seen.measure}"
        for step in steps
        if step.role not in ("consult", "support", "inform")
    ] + (["the liaison officer is the last step"] if seen.primary == "liaison_officer" else [])


NO_DANGER = ("none", "imminent_flight", "imminent_dissipation")


def substantial_risk_shuts_every_feeding_route(seen: Seen) -> Faults:
    """Exceptions: what clears the person, which a person decides on (see there); the bare warning of a danger to life,
    which goes by the channels that carry it at once; what we ask for ourselves, which stays open on conditions. An
    answer that is a refusal has nothing left to review."""
    if seen.kind not in ("request", "answer", "share") or not _substantial(seen):
        return None
    if (
        seen.kind == "request"
        and seen.measure == "sentence_transfer"
        and not seen.surely("sentenced_in", "ours")
    ):
        return None
    if seen.kind == "request" and seen.measure not in ("transfer_of_proceedings", "sentence_transfer"):
        return _asks_on_conditions(seen)
    groups = seen.world.rulebook.groups
    feeding = set(groups["channels_that_give"])
    if seen.kind == "share" and seen.surely("emergency", "threat_to_life", "critical_infrastructure"):
        feeding -= set(groups["channels_for_danger"])
        faults = [
            f"{step.pathway} gives that State something" for step in seen.steps if step.pathway in feeding
        ]
        bare = {"bare_warning_and_no_more", "mandatory_ground"} & seen.warned
        return faults if bare else [*faults, "nobody is told that the bare warning goes and no more"]
    # Whether there is danger to a life is asked first where nobody knows; until then no warning is sure to go.
    asked = seen.kind == "share" and not seen.surely("emergency", *NO_DANGER)
    open_still = set(groups["channels_for_danger"]) if asked else set()
    faults = [
        f"{step.pathway} gives that State something"
        for step in seen.steps
        if step.pathway in feeding and not (step.pathway in open_still and step.certainty != "confirmed")
    ]
    # Who only points to what anybody can read gives nothing.
    nothing = seen.primary in (LAST, "public_material") or "rights_leave_no_choice" in seen.warned
    refused = seen.kind == "answer" and nothing
    if not refused and not {"fundamental_rights_review", "refugee_and_torture_first"} & seen.warned:
        faults.append("no review of fundamental rights is asked for")
    ways = set(seen.findings.ways) - {LAST}
    if ways <= feeding and seen.primary != LAST and not asked:
        faults.append("the need is not referred")
    return faults


def _asks_on_conditions(seen: Seen) -> Faults:
    """Our own request goes by no police channel, and none is sure before somebody here has signed."""
    groups = seen.world.rulebook.groups
    police = set(groups["channels_that_are_no_formal_request"])
    faults = [
        f"{step.pathway} asks a force that may torture" for step in seen.steps if step.pathway in police
    ]
    if not seen.surely("risk_cleared", "yes"):
        formal = set(groups["channels_that_ask_formally"])
        faults += [
            f"{step.pathway} is asked before anybody has signed"
            for step in seen.steps
            if step.pathway in formal and step.certainty == "confirmed"
        ]
    return faults


def owner_agrees_to_third_party_information(seen: Seen) -> Faults:
    """Exception: an immediate serious threat, with notice at once (led 35(2)), where anything is given."""
    if seen.kind not in ("share", "answer") or not seen.surely("third_party_information", "yes"):
        return None
    if seen.known("originator_consent") != "no":
        return None
    feeding = set(seen.world.rulebook.groups["channels_that_give"])
    if seen.surely("emergency", "threat_to_life", "critical_infrastructure"):
        given = any(step.pathway in feeding for step in seen.steps)
        told = "tell_the_owner_at_once" in seen.owed
        return ["the owner is not told at once"] if given and not told else []
    faults = []
    if seen.primary in feeding:
        if seen.confirmed:
            faults.append(f"{seen.primary} gives what belongs to others")
        elif not {"originator_consent", "emergency"} & set(seen.answer.waits_for):
            faults.append(f"{seen.primary} does not wait for the owner")
    faults += [
        f"{step.id} is confirmed"
        for step in seen.steps
        if step.pathway in feeding and step.certainty == "confirmed"
    ]
    risks = {seen.known("ill_treatment_risk"), seen.known("persecution_risk")}
    if seen.kind == "answer" and risks & {"substantial", ""}:  # it is refused, or that is decided first
        return faults
    return faults + (
        [] if "prior_consent_of_sender" in seen.warned else ["nobody says that the owner must agree"]
    )


def no_own_acts_abroad(seen: Seen) -> Faults:
    """Exceptions: public data and data given by consent (budapest 32); urgent observation (ets182 17(2)), which say their
    limits. Undercover work rests on an agreement or decision."""
    acting = seen.surely("own_act_abroad", "interview", "surveillance", "purchase", "remote_access")
    crossing = seen.step("cross_border_observation", "undercover_operation", "controlled_delivery")
    if not acting and not crossing:
        return None
    faults = []
    if acting:
        if "ask_leave_of_the_territory" not in seen.owed:
            faults.append("officers act abroad and nobody asks for leave")
        police = {
            "police_to_police",
            "interpol",
            "liaison_officer",
            "eu_contact_point",
            "regional_police_network",
            "anticorruption_network",
        }
        if seen.known("territory_state_consents") == "no":
            if seen.confirmed and seen.primary in police:
                faults.append(f"{seen.primary} delivers what our own officers do abroad without leave")
            observing = (
                seen.case.needs[0].measure == "surveillance"
            )  # a treaty may let officers cross in urgency
            if not observing and "sovereignty" not in seen.warned:
                faults.append("nobody is warned that it offends sovereignty")
    leave = {"prior_authorisation", "five_hour_limit", "agreement_needed", "agreement_or_decision_needed"}
    leave |= {"consent_of_all_states"}
    for step in crossing if seen.kind == "request" else []:
        if step.pathway == "cross_border_observation":
            if not leave & seen.warned and step.certainty == "confirmed" and _urgency_decided(seen):
                faults.append(f"{step.id} has no entry on leave")
        elif step.certainty == "confirmed" and not (
            leave & seen.warned and seen.surely("covert_agreement", "agreement", "case_decision")
        ):
            faults.append(f"{step.id} has no entry on leave")
    return faults


def _urgency_decided(seen: Seen) -> bool:
    """While it is open whether the urgent exception fits, neither entry is sure."""
    rule = seen.findings.truth("fired:observation.leave-beforehand")
    return rule[0] == rule[1]


def linked_to_others(seen: Seen) -> Faults:
    """A protocol is cited only between two States that are both bound by it (or may be, while a State is not named)."""
    cited = [
        (step, basis)
        for step in seen.steps
        for basis in step.basis
        if basis.provision.split(" ")[0] in ("tip", "som", "firearms")
    ]
    if not cited:
        return None
    faults = []
    for step, basis in cited:
        tie = seen.facts.get("tie:" + basis.provision.split(" ")[0])
        if basis.kind == "treaty" and step.pathway == "protocol_exchange":
            if tie is None and basis.certainty == "confirmed":
                faults.append(f"{step.id} cites {basis.provision} though it is not known to bind")
            if tie is not None and tie.words != {"in_force"}:
                faults.append(f"{step.id} cites {basis.provision} which does not bind")
    return faults


def steps_of_a_party(seen: Seen) -> Seen:
    """The steps that go to a Party, shown for a State that is none."""
    party = seen.world.see(ask("methods_and_trends", "KEN", "ZAF", offence=("firearms",)))
    return dataclass_replace(seen, steps=party.steps)


SHARES = Theme(
    "sharing",
    kinds=("share", "share", "answer", "request", "use"),
    measures=("information_sharing", "police_intelligence", "material_held", "asset_freezing"),
    facts={
        "already_requested": ("yes",),
        "extra_material": ("no", None),
        "could_help_other_state": ("yes", None),
    },
    loose=5,
)
CLEARING = Theme(
    "what helps the accused",
    kinds=("use", "share", "answer"),
    measures=("information_sharing", "material_held", "police_intelligence"),
    facts={
        "exculpatory": ("yes",),
        "material_channel": ("spontaneous", "mla", "fiu", "police", None),
        "originator_consent": ("no", None),
        "sender_restrictions": (("use_limit",), ("no_onward",), None),
        "third_party_information": ("yes", None),
        "planned_use_differs": ("yes", None),
        "ill_treatment_risk": (None, None, "substantial"),
    },
    loose=4,
)
OFFICERS = Theme(
    "liaison officers",
    kinds=("request", "answer"),
    facts={"liaison_officer": ("own_post", "regional", "shared")},
    loose=5,
    examples=240,
)
RISKS = Theme(
    "substantial risk",
    kinds=("request", "answer", "share", "answer", "share"),
    facts={
        "ill_treatment_risk": ("substantial", None),
        "persecution_risk": ("substantial",),
        "exculpatory": ("yes", None),
    },
    loose=6,
    examples=340,
)
OTHERS = Theme(
    "information of others",
    kinds=("share", "answer"),
    measures=("information_sharing", "police_intelligence", "court_file", "locate_person"),
    facts={
        "third_party_information": ("yes",),
        "originator_consent": ("no", "no", None),
        "emergency": (None, None, "threat_to_life"),
    },
    loose=4,
)
ABROAD = Theme(
    "acts abroad",
    kinds=("request",),
    measures=(
        "suspect_interview",
        "surveillance",
        "remote_access",
        "undercover_operation",
        "locate_person",
        "voluntary_statement",
    ),
    facts={
        "own_act_abroad": ("interview", "surveillance", "purchase", "remote_access"),
        "territory_state_consents": ("no", "yes", None),
        "shared_border": ("yes", None),
    },
    loose=4,
)
PROTOCOLS = Theme(
    "protocols",
    kinds=("request",),
    measures=(
        "police_held_data",
        "police_database_check",
        "police_intelligence",
        "methods_and_trends",
        "firearm_tracing",
    ),
    facts={"offence": (("trafficking_in_persons",), ("migrant_smuggling",), ("firearms",))},
    loose=4,
    examples=360,
)

CASES = (
    Invariant(
        "INV-01",
        "no compulsion by police channel alone",
        no_compulsion_by_police_alone,
        (without("informal.coercion-needs-formal"),),
        lambda: ask("locate_person", "KEN", "FRA", coercive="yes"),
    ),
    Invariant(
        "INV-05",
        "what was asked for is not sent unasked",
        unrequested_means_unrequested,
        (without("spontaneous.not-after-a-request"),),
        lambda: ask("information_sharing", "KEN", "FRA", kind="share", already_requested="yes"),
        SHARES,
    ),
    Invariant(
        "INV-06",
        "what helps the accused is never suppressed",
        what_clears_is_never_suppressed,
        (without("exculpatory.reaches-the-defence"),),
        lambda: ask(
            "material_held",
            "KEN",
            "GHA",
            kind="use",
            exculpatory="yes",
            material_channel="police",
            planned_use_differs="yes",
            onward_transfer_planned="no",
            offence=("corruption",),
            sender_restrictions=("no_onward",),
        ),
        CLEARING,
    ),
    Invariant(
        "INV-18",
        "liaison officers never execute",
        liaison_officers_execute_nothing,
        (altered("police.liaison-officer-advises", role="deliver"),),
        lambda: ask("search", "KEN", "FRA", liaison_officer="own_post"),
        OFFICERS,
    ),
    Invariant(
        "INV-31",
        "a substantial risk shuts every feeding route",
        substantial_risk_shuts_every_feeding_route,
        (without("rights.substantial-risk-closes"),),
        lambda: ask("locate_person", "KEN", "FRA", kind="answer", persecution_risk="substantial"),
        RISKS,
    ),
    Invariant(
        "INV-33",
        "the owner agrees before its information goes on",
        owner_agrees_to_third_party_information,
        (without("third-party.owner-agrees-first"),),
        lambda: ask("information_sharing", "KEN", "FRA", kind="share", third_party_information="yes"),
        OTHERS,
    ),
    Invariant(
        "INV-43",
        "no acts of our own abroad without leave",
        no_own_acts_abroad,
        (without("acts-abroad.consent-of-the-territory"),),
        lambda: ask("locate_person", "KEN", "FRA", own_act_abroad="interview", purpose="locate"),
        ABROAD,
    ),
    Invariant(
        "INV-47",
        "a protocol is cited only between its Parties",
        linked_to_others,
        on=lambda: ask("methods_and_trends", "KEN", "IRN", offence=("firearms",)),
        theme=PROTOCOLS,
        spoil=steps_of_a_party,
    ),
)
