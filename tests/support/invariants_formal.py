"""Invariants of one case: the basis and the door of formal requests, money, teams, persons, and what every plan shows."""

from __future__ import annotations

from invariant_tools import Faults, Invariant, Seen, added, altered, pathway, without
from invariants_data import ancestors
from strategies import DAY, PAIRS, UNION, WORLD, Theme, ask, clear

from routing.case.facts import BOUND
from routing.core.conditions import ALWAYS, All, Any, Condition, Is, leaf_tests
from routing.core.records import replace
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

LAST = "refer"
FUTURE = ("un-cybercrime", "budapest-2ap")
UN_TREATIES = ("untoc", "uncac", "un1988")
NAMED_FALLBACKS = ("law", "practice", "policy", "arrangement")
ASSET_MEASURES = ("asset_freezing", "confiscation", "transaction_suspension")


def nothing_without_a_basis(seen: Seen) -> Faults:
    """Exceptions: public data, an order at home, providers asked directly, letters on reciprocity, police help under
    domestic law and referral rest on no treaty between the two; they say so by the kind of basis they name, and a
    referral may rest on a convention that binds our own State (refugee-convention 33)."""
    faults = []
    for step in seen.steps:
        lead = [basis for basis in step.basis if basis.role == "lead"]
        if len(lead) != 1 or not lead[0].instrument or not lead[0].provision:
            faults.append(f"{step.id} has no single leading basis")
            continue
        instrument = lead[0].provision.split(" ")[0]
        if _ties(seen, step.route) and lead[0].certainty == "confirmed":
            if not any(seen.bound(name) for name in _ties(seen, step.route)) and not _own_treaty(
                seen, step.route
            ):
                faults.append(f"{step.id} rests on {lead[0].provision}, not in force between the two States")
        elif (
            lead[0].kind == "treaty"
            and step.pathway != LAST
            and instrument in seen.world.law.instruments
            and not _covered(seen, step.route)
        ):
            faults.append(f"{step.id} rests on {lead[0].provision} and nothing says that it binds")
        elif lead[0].kind not in (*NAMED_FALLBACKS, "treaty"):
            faults.append(f"{step.id} does not say of what kind its basis is")
    return faults


def _own_treaty(seen: Seen, route: str) -> bool:
    """Whether a route also opens by a treaty of the two States alone, and that binds them."""
    facts = seen.world.rulebook.facts
    asked = (getattr(leaf, "fact", "") for leaf in leaf_tests(seen.world.rulebook.routes[route].opens))
    return any(
        name in facts and "bilateral" in (facts[name].looked_up or {}) and seen.surely(name, "yes")
        for name in asked
    )


def _ties(seen: Seen, route: str) -> list[str]:
    return sorted(_wanted(seen.world.rulebook.routes[route].opens))


def _wanted(condition: Condition) -> set[str]:
    """The instruments that a condition wants in force, those it wants absent left out."""
    if isinstance(condition, (All, Any)):
        return set().union(*(_wanted(part) for part in condition.parts))
    if isinstance(condition, Is) and condition.fact.startswith(TIE) and "in_force" in condition.values:
        return {condition.fact.removeprefix(TIE)}
    return set()


def _covered(seen: Seen, route: str) -> bool:
    """A treaty may be asked for by way of a derived fact or as a membership of the own State alone, or say what binds
    every State (the law of the sea; the immunity of missions, posts and the United Nations)."""
    facts, asked = seen.world.rulebook.facts, list(leaf_tests(seen.world.rulebook.routes[route].opens))
    derived = any(getattr(leaf, "atom", "").startswith("is:") for leaf in asked)
    own = any(
        "member_of" in (facts[leaf.fact].looked_up or {})
        for leaf in asked
        if isinstance(leaf, Is) and leaf.fact in facts
    )
    return (
        bool(_ties(seen, route))
        or derived
        or own
        or route.startswith(("vessel_boarding/", "immunity_waiver/"))
    )


def signed_is_not_bound(seen: Seen) -> Faults:
    """Nothing that is signed only, not joined or not yet in force on the day is a basis of a step, whoever is named. While no
    State is named the ties are open, and what may bind is shown as conditional."""
    faults = []
    for step in seen.steps:
        for basis in step.basis:
            instrument = basis.provision.split(" ")[0]
            tie = seen.facts.get(TIE + instrument) if instrument in seen.world.rulebook.instruments else None
            if (
                tie is not None
                and tie.words & {"signed", "none"}
                and _is_membership(seen, instrument)
                and not _cited_beside(seen, step.route, instrument)
                and not _binds_who_acts(seen, instrument)
            ):
                faults.append(f"{step.id} cites {basis.provision}: {tie.source}")
            if instrument in FUTURE and seen.as_of <= DAY:
                faults.append(f"{step.id} cites {basis.provision}, which binds nobody yet")
    return faults


def _is_membership(seen: Seen, instrument: str) -> bool:
    entry = seen.world.law.instruments.get(instrument, None)
    return entry is not None and entry.kind in ("treaty", "agreement")


def _binds_who_acts(seen: Seen, instrument: str) -> bool:
    """Some law speaks to the State that acts, whatever the other is bound by (the Convention on Human Rights)."""
    if seen.world.rulebook.instruments[instrument].binds != "acting":
        return False
    own = seen.facts.get(f"{BOUND}own:{instrument}")
    if own is not None and own.words == {"in_force"}:
        return True
    member = {
        "member_of": instrument,
        "who": "own",
    }  # which a case may tell itself, and that goes before the lists
    facts = seen.world.rulebook.facts.values()
    return any(dict(fact.looked_up or {}) == member and seen.surely(fact.id, "yes") for fact in facts)


def _cited_beside(seen: Seen, route: str, instrument: str) -> bool:
    """A route is opened by one treaty and may quote another that applies on other grounds (a general law of the sea)."""
    return instrument == "unclos"


def bank_secrecy_excludes_nothing(seen: Seen) -> Faults:
    if not seen.surely("refusal_reason_raised", "bank_secrecy"):
        return None
    faults = [
        f"{item.pathway} is excluded because of bank secrecy"
        for item in seen.plan.excluded
        if any(fact.fact == "refusal_reason_raised" for fact in item.because)
    ]
    clause = any(
        seen.findings.surely(f"is:{name}")
        for name in ("untoc_mla_covered", "uncac_covered", "un1988_covered", "cets198_applies")
    )
    if clause and "bank_secrecy_no_ground" not in seen.warned:
        faults.append("the clause against bank secrecy is not cited")
    return faults


def fiscal_character_is_no_bar(seen: Seen) -> Faults:
    """Exception: where another treaty leads its fiscal ground may be raised (ets30 2(a), cets198 28(1)(d)): a warning only."""
    if not seen.surely("fiscal_only", "yes"):
        return None
    return [
        f"{item.pathway} is excluded because the offence is fiscal"
        for item in seen.plan.excluded
        if any(fact.fact == "fiscal_only" for fact in item.because)
    ]


def units_speak_to_units(seen: Seen) -> Faults:
    """Exception: exchange with a body that is not a counterpart goes through the units (soft law, fatf 40). What a
    unit obtained is used at home by the authority that it gives it to."""
    steps = seen.step("fiu_exchange", "fiu_hold")
    if not steps:
        return None
    receivers = ("fiu", "own_authority") if seen.kind == "use" else ("fiu",)
    faults = [
        f"{step.id} goes from {step.sender.role} to {step.receiver.role}"
        for step in steps
        if step.sender.role != "fiu" or step.receiver.role not in receivers
    ]
    actor = seen.known("actor")
    if seen.kind in ("request", "use") and actor and actor != "fiu":
        for step in steps:
            own = seen.step("own_fiu")
            if step.certainty == "confirmed" and not own:
                faults.append(f"{step.id} and the own unit is not asked")
            elif own and own[0].id not in ancestors(seen.steps, step) and own[0].id not in step.together:
                faults.append(f"{step.id} does not follow the own unit")
    return faults


def formal_requests_go_through_the_right_door(seen: Seen) -> Faults:
    """Exceptions: direct contact of judges (ets30 15(1) with ets182), urgent direct contact (budapest 27(9), cets198 34(2)),
    INTERPOL where agreed: these are routes of urgent_mla or of other treaties."""
    steps = [
        step
        for step in seen.step("mla", "asset_freezing", "confiscation", "detainee_transfer")
        if step.route.split("/")[1] in UN_TREATIES
    ]
    if not steps or seen.kind not in ("request", "answer"):
        return None
    return [
        f"{step.id} goes to {step.receiver.role}"
        for step in steps
        if step.receiver.role != "central_authority"
    ]


def exclusions_give_reasons(seen: Seen) -> Faults:
    """A rule without conditions has no facts to name."""
    book = seen.world.rulebook
    faults = []
    for item in seen.plan.excluded:
        if not item.why or not item.says:
            faults.append(f"{item.pathway} is excluded without a rule")
            continue
        rules = [book.rule[name] for name in item.why]
        if not item.because and any(rule.when != ALWAYS for rule in rules):
            faults.append(f"{item.pathway} is excluded by {item.why} and no fact is named")
        faults += [
            f"{rule.id} has no source" for rule in rules if not rule.basis and rule.standing != "design"
        ]
    if seen.primary == LAST:
        for way in seen.findings.ways[:-1]:
            routes = book.pathways[way].routes
            based = any(seen.findings.based(route.id) for route in routes)
            stated = seen.findings.blocking_rules(way) or any(
                seen.findings.blocking_rules(route.id) for route in routes
            )
            if based and not stated and not seen.findings.possibly(f"delivers:{way}"):
                faults.append(f"nothing says why {way} does not serve")
    return faults


def use_limits_are_respected(seen: Seen) -> Faults:
    """Exceptions: the records behind a unit's material asked for anew, its consent sought first; what helps the accused;
    budapest 28 and ets30 with no condition set; ets182 26(1)(a) to (c); what averts a danger to life, of which whoever
    gave it learns at once."""
    other_use = seen.surely("planned_use_differs", "yes") or seen.surely("onward_transfer_planned", "yes")
    if seen.measure != "material_held" or not other_use or not seen.surely("material_channel", "mla", "fiu"):
        return None
    if seen.primary == LAST or not seen.confirmed or seen.surely("exculpatory", "yes"):
        return []
    if seen.kind == "use" and seen.surely("emergency", "threat_to_life", "critical_infrastructure"):
        told = "tell_whoever_gave_it_at_once" in seen.owed or bool(seen.step("consent_request"))
        return [] if told else ["whoever gave it is not told what is used against a danger"]
    if seen.surely("material_channel", "fiu"):
        anew = seen.primary != "fiu_exchange" and bool(seen.step("fiu_exchange", "consent_request"))
        return (
            []
            if anew or seen.surely("fiu_consent_for_use", "yes")
            else ["a unit's material is used for more without its consent"]
        )
    if seen.surely("originator_consent", "yes") or seen.primary == "consent_request":
        return []  # who asks for consent uses nothing yet
    conditions = seen.surely("use_condition_set", "yes") or seen.surely(
        "sender_restrictions", "use_limit", "no_onward"
    )
    way = seen.answer.primary.pathway
    limiting = (
        way in ("mla", "held_material")
        and any(seen.findings.surely(f"available:{way}/{name}") for name in UN_TREATIES)
        and not seen.bound("ets30", "ets182", "eu-mla2000")
    )
    return (
        ["material of mutual assistance is used for more without consent"] if conditions or limiting else []
    )


def teams_need_two_states_and_an_agreement(seen: Seen) -> Faults:
    steps = [step for step in seen.step("joint_investigation") if step.role == "deliver"]
    if not steps or seen.kind not in ("request", "answer"):
        return None
    faults = []
    if seen.confirmed and seen.primary == "joint_investigation":
        if not {"team_agreement"} <= seen.owed or "agreement_needed" not in seen.warned:
            faults.append("a team without an agreement or decision first")
        named = seen.facts.own and seen.facts.partner and seen.facts.own != seen.facts.partner
        number = seen.number("states_in_case")
        if (
            named and number is not None and number < 2
        ):  # the two that are named are two, whatever is not known of others
            faults.append(f"a confirmed team of {number} State")
    return faults


def relocation_is_for_those_who_testify(seen: Seen) -> Faults:
    steps = seen.step("witness_relocation")
    if not steps:
        return None
    faults = []
    for step in steps:
        if seen.known("testifies_on_covered_offence") == "no" or seen.known("witness_at_risk") == "no":
            faults.append(f"{step.id} for somebody who does not testify or is in no danger")
        if step.certainty == "confirmed" and not (
            seen.surely("testifies_on_covered_offence", "yes") and seen.surely("witness_at_risk", "yes")
        ):
            faults.append(f"{step.id} is confirmed while that is open")
    return faults


def detainees_consent(seen: Seen) -> Faults:
    """Exceptions: ets30 11(1) and eio 22(2) make missing consent a ground of refusal, ets182 13(3) asks only where
    required: a warning of its own."""
    steps = seen.step("detainee_transfer")
    if not steps or seen.measure != "detainee_transfer" or seen.kind not in ("request", "answer"):
        return None
    faults = (
        []
        if {"consent_of_prisoner", "refused_if_the_prisoner_does_not_consent"} & seen.warned
        or not seen.confirmed
        else ["nobody is warned that consent is needed"]
    )
    for step in steps:
        lenient = step.route.split("/")[1] in ("ets30", "ets182")
        if step.certainty == "confirmed" and not lenient and not seen.surely("consent", "given_by_person"):
            faults.append(f"{step.id} is confirmed without the person's consent")
        if step.certainty == "confirmed" and "agree_on_custody_and_return" not in seen.owed:
            faults.append(f"{step.id} without agreement of both States")
    return faults


def no_dead_end_in_silence(seen: Seen) -> Faults:
    possible = [way for way in seen.findings.ways[:-1] if seen.findings.possibly(f"delivers:{way}")]
    if possible:
        return None if seen.primary != LAST else ["referred though a way may be open"]
    faults = [] if seen.answer.status == "no_lawful_route" else [f"the status is {seen.answer.status}"]
    if seen.primary != LAST or not any(step.pathway == LAST for step in seen.steps):
        faults.append("the need is not referred")
    return faults


def coordination_is_not_authority(seen: Seen) -> Faults:
    if seen.measure not in ASSET_MEASURES:
        return None
    orders = {
        "eu_freezing_order",
        "asset_freezing",
        "eu_confiscation_order",
        "confiscation",
        "fiu_hold",
        LAST,
    }
    return [] if seen.primary in orders else [f"{seen.primary} is to freeze or confiscate"]


def every_transit_state_consents(seen: Seen) -> Faults:
    steps = seen.step("controlled_delivery")
    if not steps:
        return None
    faults = []
    for step in steps:
        if "no" in seen.facts.need.via.values():
            faults.append(f"{step.id} through a State that said no")
        if step.certainty == "confirmed" and not seen.surely("every_state_crossed_consents", "yes"):
            faults.append(f"{step.id} is confirmed while a State has not agreed")
    asked = "consent_of_all_states" in seen.warned or seen.facts.get("persons_as_goods") is None
    return faults + ([] if asked else ["nobody says that every State on the route must agree"])


FAR = (("KEN", "GHA"), ("NGA", "GHA"), ("KEN", "FRA"), ("SGP", "KEN"), ("USA", "KEN"), ("KEN", "CHN"))
SECRECY = Theme(
    "secrecy and tax",
    kinds=("request", "answer"),
    measures=("bank_records", "search", "business_records", "asset_freezing", "court_file"),
    facts={
        "refusal_reason_raised": ("bank_secrecy",),
        "fiscal_only": ("yes",),
        "offence": (("corruption",), ("drugs",), ("fiscal",), ("money_laundering",)),
        "organised_group": ("established",),
        "transnational": (("several_states",),),
    },
    loose=4,
)
UNITS = Theme(
    "financial units",
    kinds=("request", "request", "use"),
    measures=("financial_intelligence", "transaction_suspension", "bank_account_existence", "bank_records"),
    facts={"actor": ("police", "prosecutor", "fiu", None)},
    loose=4,
    examples=480,
)
DOORS = Theme(
    "United Nations treaties",
    kinds=("request", "answer"),
    pairs=FAR,
    measures=("search", "bank_records", "asset_freezing", "confiscation", "court_file"),
    facts={
        "offence": (("corruption",), ("drugs",), ("money_laundering",)),
        "organised_group": ("established",),
        "transnational": (("several_states",),),
        "bilateral_mla_treaty": ("no",),
    },
    loose=3,
    examples=250,
)
HELD = Theme(
    "material held",
    kinds=("use",),
    measures=("material_held",),
    facts={
        "material_channel": ("mla", "mla", "fiu"),
        "planned_use_differs": ("yes", None),
        "onward_transfer_planned": ("yes",),
        "offence": (("corruption",), ("drugs",), None),
        "originator_consent": (None, "yes"),
        "bilateral_mla_treaty": ("no", None),
    },
    loose=3,
    examples=250,
)
TEAMS = Theme(
    "joint teams",
    kinds=("request", "answer"),
    measures=("joint_investigation", "search", "interception"),
    facts={"team_measure": ("yes",), "joint_team_lawful": ("yes",)},
    loose=3,
    examples=240,
)
WITNESSES = Theme(
    "witnesses in danger",
    kinds=("request", "answer"),
    measures=("witness_relocation",),
    facts={"local_protection_sufficient": ("no",)},
    loose=3,
)
PRISONERS = Theme(
    "prisoners who testify",
    kinds=("request", "answer"),
    measures=("detainee_transfer",),
    pairs=(*WORLD, *UNION, *PAIRS),
    facts={
        "consent": ("given_by_person", None),
        "person_role": ("detained_witness",),
        "measure_lawful_in_requested": ("yes",),
    },
    loose=2,
    examples=300,
)
DELIVERIES = Theme(
    "controlled deliveries",
    kinds=("request", "answer"),
    measures=("controlled_delivery",),
    facts={"persons_as_goods": ("no",), "extraditable_offence": ("yes",)},
    loose=3,
)


def _first_way(book: Rulebook, measure: str, way: str) -> Rulebook:
    old = book.measures[measure]
    return replace(book, measures={**book.measures, measure: replace(old, ways=(way, *old.ways))})


GROUPED = {"offence": ("corruption",), "bilateral_mla_treaty": "no"}

CASES = (
    Invariant(
        "INV-07",
        "nothing without a basis",
        nothing_without_a_basis,
        (
            pathway(
                "mla", routes=lambda route: replace(route, opens=ALWAYS, kind="treaty", lead=("un1988 7(1)",))
            ),
        ),
        lambda: ask("search", "KEN", "IRN"),
    ),
    Invariant(
        "INV-08",
        "what is signed does not bind",
        signed_is_not_bound,
        (
            pathway(
                "mla",
                routes=lambda route: (
                    replace(route, opens=ALWAYS) if route.id == "mla/un-cybercrime" else route
                ),
            ),
        ),
        lambda: ask("stored_content", "KEN", "FRA", purpose="evidence"),
    ),
    Invariant(
        "INV-16",
        "bank secrecy alone excludes nothing",
        bank_secrecy_excludes_nothing,
        (added("close", Is("refusal_reason_raised", frozenset({"bank_secrecy"})), ["mla"]),),
        lambda: ask("bank_records", "KEN", "GHA", refusal_reason_raised="bank_secrecy", **GROUPED),
        SECRECY,
    ),
    Invariant(
        "INV-17",
        "fiscal character alone is not a bar",
        fiscal_character_is_no_bar,
        (added("close", Is("fiscal_only", frozenset({"yes"})), ["mla"]),),
        lambda: ask("bank_records", "KEN", "GHA", fiscal_only="yes", **GROUPED),
    ),
    Invariant(
        "INV-25",
        "units speak to units",
        units_speak_to_units,
        (without("fiu.step-at-home"),),
        lambda: clear("financial_intelligence", fiu_memorandum="yes"),
        UNITS,
    ),
    Invariant(
        "INV-26",
        "formal requests go through the right door",
        formal_requests_go_through_the_right_door,
        (pathway("mla", card={"receiver": "police"}),),
        lambda: ask("search", "KEN", "GHA", **GROUPED),
        DOORS,
    ),
    Invariant(
        "INV-27",
        "every exclusion gives its reasons",
        exclusions_give_reasons,
        (altered("informal.coercion-needs-formal", basis=()),),
        lambda: ask("search", "KEN", "FRA"),
    ),
    Invariant(
        "INV-32",
        "limits on use are respected",
        use_limits_are_respected,
        (without("use.needs-consent"),),
        lambda: clear("material_held", kind="use", material_channel="mla", planned_use_differs="yes"),
        HELD,
    ),
    Invariant(
        "INV-37",
        "a joint investigation needs two States and an agreement",
        teams_need_two_states_and_an_agreement,
        (without("team.agreement-first"),),
        lambda: ask("search", "FRA", "DEU", team_measure="yes", purpose="evidence"),
        TEAMS,
    ),
    Invariant(
        "INV-38",
        "relocation is for people who testify",
        relocation_is_for_those_who_testify,
        (without("relocation.for-witnesses"),),
        lambda: ask("witness_relocation", "KEN", "FRA", testifies_on_covered_offence="no"),
        WITNESSES,
    ),
    Invariant(
        "INV-39",
        "a prisoner is moved with informed consent",
        detainees_consent,
        (without("detainee.must-consent"),),
        lambda: clear("detainee_transfer"),
        PRISONERS,
    ),
    Invariant(
        "INV-40",
        "no dead end in silence",
        no_dead_end_in_silence,
        (
            pathway("refer", card={"last_resort": "no"}),
            pathway("capacity_referral", card={"last_resort": "yes"}),
        ),
        lambda: ask("search", "KEN", "FRA", measure_lawful_in_requested="no"),
    ),
    Invariant(
        "INV-44",
        "coordination is not authority",
        coordination_is_not_authority,
        (
            without(
                "informal.coordination-is-no-order",
                "informal.coercion-needs-formal",
                "informal.not-given-by-police",
                "informal.evidence-needs-formal",
            ),
            lambda book: _first_way(book, "asset_freezing", "early_coordination"),
        ),
        lambda: ask(
            "asset_freezing",
            "KEN",
            "GHA",
            purpose="restrain_assets",
            organised_group="established",
            **GROUPED,
        ),
    ),
    Invariant(
        "INV-46",
        "a controlled delivery needs every State on the route",
        every_transit_state_consents,
        (without("controlled-delivery.every-state-consents"),),
        lambda: clear("controlled_delivery", every_state_crossed_consents="unknown"),
        DELIVERIES,
    ),
)
