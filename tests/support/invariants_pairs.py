"""Invariants that compare two runs: a case and the same case with one thing changed, and the order of a plan."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

from invariant_tools import Faults, Invariant, World, added, pathway, planted, without
from invariants_data import STORED, ancestors
from invariants_listed import reviewed
from strategies import DAY, Theme, Tree, ask, clear, state

from routing.case.facts import Facts
from routing.core.conditions import AtLeast, Is, Not
from routing.core.domain import UNKNOWN
from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.plan.card_times import days, time_of
from routing.plan.model import Step
from routing.rulebook.model import Rulebook

LAST = "refer"
YES = frozenset({"yes"})


def with_fact(tree: Tree, name: str, value: Any) -> Tree:
    return state(deepcopy(tree), name, value)


def with_tie(tree: Tree, instrument: str, status: str) -> Tree:
    changed = deepcopy(tree)
    changed["assume"] = {"ties": {**changed.get("assume", {}).get("ties", {}), instrument: status}}
    return changed


def told(tree: Tree, name: str) -> Any:
    return tree.get(name, tree["needs"][0].get(name))


def ways(findings: Findings, surely: bool) -> set[str]:
    return {way for way in findings.ways[:-1] if findings.truth(f"delivers:{way}")[0 if surely else 1]}


def dual_criminality_never_bars_police(world: World, tree: Tree) -> Faults:
    """Exceptions: a State whose law wants it says so in another fact; the contact point may warn (lex 6(1)(g)), beside
    which INTERPOL is shown."""
    channels = [*world.rulebook.groups["informal_channels"], "fiu_exchange"]
    seen = {value: world.see(with_fact(tree, "dual_criminality", value)) for value in ("yes", "no", UNKNOWN)}
    faults = []
    for name in channels:
        for part in ("available", "delivers"):
            truths = {value: item.findings.truth(f"{part}:{name}") for value, item in seen.items()}
            if len(set(truths.values())) > 1:
                faults.append(f"{part}:{name} is {truths}")
    met, rest = seen["yes"], (seen["no"], seen[UNKNOWN])
    for item in rest:
        lost = {step.pathway for step in met.steps} - {step.pathway for step in item.steps}
        gained = {step.pathway for step in item.steps} - {step.pathway for step in met.steps}
        if item.primary == met.primary and (lost | gained - {"interpol"}) & set(channels):
            faults.append(f"steps lost {sorted(lost)}, gained {sorted(gained)}")
    return faults


def restrictions_never_hide_what_clears(world: World, tree: Tree) -> Faults:
    """The conventions let the receiving State disclose in its own proceedings (untoc 18(5), 18(19), uncac 46(5), 46(19)),
    and open no other use: a restriction may take a way of use, and then its sender is asked for consent. Exceptions: no
    such convention covers the case, a financial unit gave it (cets198 46 has no such clause)."""
    if tree["needs"][0]["kind"] != "use" or told(tree, "material_channel") in ("fiu", UNKNOWN, None):
        return None
    tree = with_fact(with_fact(tree, "exculpatory", "yes"), "onward_transfer_planned", "no")
    tree = with_fact(tree, "third_party_information", "no")
    free = world.findings(
        with_fact(with_fact(tree, "originator_consent", "yes"), "sender_restrictions", ("none",))
    )
    if not (free.surely("is:untoc_mla_covered") or free.surely("is:uncac_covered")):
        return None
    restricted = with_fact(
        with_fact(tree, "originator_consent", "no"), "sender_restrictions", ("no_onward", "use_limit")
    )
    bound = world.findings(restricted)
    if any(step.pathway == "consent_request" for step in world.steps(restricted)):
        return []
    return [
        f"delivers:{way} goes from {free.truth(f'delivers:{way}')} to {bound.truth(f'delivers:{way}')}"
        for way in free.ways[:-1]
        if free.truth(f"delivers:{way}") != bound.truth(f"delivers:{way}")
    ]


def _outside(world: World, instrument: str, state: str | None) -> bool:
    """Whether a State is outside those who alone can be bound, or has left them."""
    if state is None or instrument not in world.law.instruments:
        return False
    standing = world.law.standing(instrument, state, DAY)
    return standing.status == "none" and (
        standing.until is not None or "outside the circle" in standing.reason
    )


def another_tie_takes_no_goal(world: World, tree: Tree) -> Faults:
    """Exceptions: military offences lie outside ets30 (1(2)) and ets24 (4), curable by agreeing on untoc 18(9) to (29);
    an order that takes the place of a request is lost where home law knows no such order or no remedy (eio 6(1)(b), 14),
    and an arrest warrant below its own threshold (eaw 2(1), eu-uk-tca 599). A tie that cannot be, as an act of the Union
    and a State outside it, is not asked about."""
    instrument = tree["assume"]["ties"]["chosen"]
    if any(_outside(world, instrument, state) for state in (tree.get("state"), tree["needs"][0].get("with"))):
        return None
    bare = {**tree, "assume": {"ties": {}}}
    before, after = (world.findings(with_tie(bare, instrument, status)) for status in ("none", "in_force"))
    if not ways(before, surely=True):
        return None
    if ways(after, surely=False):
        return []
    military = told(tree, "military_offence") in ("yes", UNKNOWN)
    no_order = told(tree, "similar_domestic_order") == "no" or told(tree, "legal_remedy_at_home") == "no"
    short = (told(tree, "max_penalty_months") or 12) in range(12)
    if (
        (instrument in ("ets30", "ets182", "ets24", "eu-mla2000") and military)
        or (instrument in ("eio", "e-evidence") and no_order)
        or (instrument in ("eaw", "eu-uk-tca") and short)
    ):
        return []
    return [f"with {instrument} in force {sorted(ways(before, surely=True))} are lost and nothing is left"]


def a_higher_penalty_takes_nothing(world: World, tree: Tree) -> Faults:
    low, high = sorted(random.Random(str(tree)).sample((6, 11, 12, 35, 36, 47, 48, 60, 120, 600), 2))
    before, after = (world.see(with_fact(tree, "max_penalty_months", months)) for months in (low, high))
    if not ways(before.findings, surely=False):
        return None
    faults = []
    if not ways(after.findings, surely=False):
        faults.append(
            f"nothing is left at {high} months of {sorted(ways(before.findings, surely=False))} at {low}"
        )
    if before.confirmed and before.primary != after.primary and before.primary != LAST:
        order = after.findings.ways
        lower = order.index(after.primary) > order.index(before.primary)
        preferred = any(
            rule.form == "prefer" and after.primary in rule.values and before.primary in rule.over
            for rule in after.findings.fired_rules("prefer", surely=False)
        )
        if lower and not preferred:
            faults.append(f"{before.primary} at {low} months gives way to {after.primary} at {high}")
    return faults


def soonest(seen: Any) -> int:
    """The longest usual time of the useful step that is done first and surely can be. A draft obtains nothing."""
    useful = [
        step.pathway
        for step in seen.steps
        if step.pathway not in (LAST, "draft_consultation") and step.certainty == "confirmed"
    ]
    times = [days(time_of(seen.world.rulebook.pathways[pathway]), "most_days") for pathway in useful]
    return min((number for number in times if number is not None), default=10_000)


def urgency_never_slows(world: World, tree: Tree) -> Faults:
    """Exception: a production order in an emergency holds the data itself (e-evidence 10(1)), as an order at home does."""
    before = world.see(with_fact(tree, "emergency", "none"))
    kind = random.Random(str(tree)).choice(
        ("threat_to_life", "critical_infrastructure", "imminent_flight", "imminent_dissipation")
    )
    after = world.see(with_fact(tree, "emergency", kind))
    if before.primary == LAST:
        return None
    faults = []
    if soonest(after) > soonest(before):
        faults.append(f"{kind}: the first useful step takes {soonest(after)} days, not {soonest(before)}")
    held, holds = (any(step.role == "preserve" for step in item.steps) for item in (before, after))
    if held and not holds and after.primary not in ("european_production_order", "domestic_order"):
        faults.append(f"{kind}: no step holds the data any more")
    return faults


def volatility_keeps_the_hold(world: World, tree: Tree) -> Faults:
    held: set[str] = set()
    faults = []
    for value in ("stable", "within_retention", "imminent_loss"):
        seen = world.see(with_fact(tree, "data_volatility", value))
        now = {"a step" for step in seen.steps if step.role == "preserve"} | (
            {"a step"} if seen.primary in ("domestic_order", "european_production_order") else set()
        )
        if held - now:
            faults.append(f"{value} takes the hold away")
        held = now
    return faults


def evidence_never_lowers_formality(world: World, tree: Tree) -> Faults:
    before = world.see(with_fact(tree, "purpose", "intelligence"))
    book = world.rulebook.pathways
    if not before.confirmed or before.primary == LAST or book[before.primary].informal:
        return None
    faults = []
    for purpose in ("evidence", "both"):
        after = world.see(with_fact(tree, "purpose", purpose))
        if book[after.primary].informal:
            faults.append(f"{before.primary} becomes {after.primary} for {purpose}")
    return faults


def consent_never_hurts(world: World, tree: Tree) -> Faults:
    """Exception: consent of the person heard or moved is another consent, and its absence is the mirror case."""
    given = world.findings(with_fact(tree, "consent", "given_by_lawful_holder"))
    faults = []
    for value in ("not_sought", "refused", "given_by_other"):
        before = world.findings(with_fact(tree, "consent", value))
        for name in world.rulebook.pathways:
            if before.surely(f"available:{name}") and not given.surely(f"available:{name}"):
                faults.append(f"{name} is lost where the person entitled consents ({value} before)")
    return faults


def presumed(facts: Facts, world: World) -> dict[str, frozenset[str]]:
    """What is presumed, and not told, looked up or unknown."""
    values = {name: facts.get(name) for name in world.rulebook.facts}
    return {name: value.words for name, value in values.items() if value and value.origin == "presumed"}


def learning_opens_no_bar(world: World, tree: Tree) -> Faults:
    """Exception: what is learnt makes another thing be presumed than before; a presumption is told, and may be wrong."""
    names = [
        name
        for name in (*tree, *tree["needs"][0])
        if name in world.rulebook.facts
        and told(tree, name) != UNKNOWN
        and world.rulebook.facts[name].type != "date"
        # a risk that is not known is read as one that is open
        and not world.rulebook.words.read(name, UNKNOWN)
    ]
    if not names:
        return None
    faults = []
    after = world.findings(tree)
    for name in random.Random(str(tree)).sample(names, min(2, len(names))):
        before = world.findings(with_fact(tree, name, UNKNOWN))
        if presumed(before.facts, world) != presumed(after.facts, world):
            continue
        heads = [f"{part}:{way}" for way in world.rulebook.pathways for part in ("available", "delivers")]
        heads += [f"fired:{rule.id}" for rule in world.rulebook.rules if rule.form in ("close", "bar")]
        for head in heads:
            old, new = before.truth(head), after.truth(head)
            if (old[0] and not new[0]) or (new[1] and not old[1]):
                faults.append(f"{head} is {old} while {name} is unknown and {new} once it is known")
        for way in after.ways[:-1]:
            if before.possibly(f"delivers:{way}") and not after.possibly(f"delivers:{way}"):
                based = any(after.based(route.id) for route in world.rulebook.pathways[way].routes)
                stated = after.blocking_rules(way) or any(
                    after.blocking_rules(route.id) for route in world.rulebook.pathways[way].routes
                )
                if based and not stated:
                    faults.append(f"{way} is lost without a reason")
    return faults


def shape(steps: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return [
        (
            step.id,
            step.pathway,
            step.route,
            step.role,
            step.certainty,
            tuple(sorted(step.needs)),
            step.after,
            step.together,
        )
        for step in steps
    ]


def turned(value: Any) -> Any:
    """The same with every list and every mapping the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(list(value))}
    return [turned(item) for item in reversed(value)] if isinstance(value, list) else value


_turned_rules: list[World] = []


def turned_world(world: World) -> World:
    """The same rules in the opposite order."""

    def change(book: Rulebook) -> Rulebook:
        return replace(book, rules=tuple(reversed(book.rules)))

    if not _turned_rules:
        _turned_rules.append(planted(change))
    return _turned_rules[0]


def order_decides_nothing(world: World, tree: Tree) -> Faults:
    first = shape(world.steps(tree))
    faults = [] if shape(world.steps(deepcopy(tree))) == first else ["a second run differs"]
    if shape(world.steps(turned(tree))) != first:
        faults.append("the order of lists and needs decides")
    if shape(turned_world(world).steps(tree)) != first:
        faults.append("the order of the rules decides")
    return faults


def plan_is_a_strict_partial_order(world: World, tree: Tree) -> Faults:
    return order_faults(world.steps(tree))


def order_faults(steps: tuple[Step, ...]) -> list[str]:
    order = [step.id for step in steps]
    faults = [] if len(set(order)) == len(order) else ["two steps share an id"]
    far = {step.id: ancestors(steps, step) for step in steps}
    for step in steps:
        if step.id in far[step.id]:
            faults.append(f"{step.id} comes before itself")
        faults += [
            f"{step.id} is read before {name}"
            for name in step.after
            if order.index(name) > order.index(step.id)
        ]
        faults += [
            f"{step.id} and {name} start together and one after the other"
            for name in step.together
            if name in far[step.id] or step.id in far[name]
        ]
        faults += [
            f"{name} before {step.id} follows from the rest"
            for name in step.after
            if any(name in far[earlier] for earlier in step.after if earlier != name)
        ]
    return faults


def other_channels_stay(world: World, tree: Tree) -> Faults:
    formal = (
        "police_to_police",
        "interpol",
        "mla",
        "urgent_mla",
        "letters_rogatory",
        "european_investigation_order",
    )
    base = with_tie(
        with_tie(
            with_fact(with_fact(tree, "fiu_memorandum", "no"), "administrative_agreement", "no"),
            "egmont",
            "none",
        ),
        "naples2",
        "none",
    )
    more = with_tie(
        with_tie(
            with_fact(with_fact(tree, "fiu_memorandum", "yes"), "administrative_agreement", "yes"),
            "egmont",
            "in_force",
        ),
        "naples2",
        "in_force",
    )
    before, after = world.findings(base), world.findings(more)
    return [
        f"{part}:{name} goes from {before.truth(f'{part}:{name}')} to {after.truth(f'{part}:{name}')}"
        for name in formal
        for part in ("available", "delivers")
        if before.truth(f"{part}:{name}") != after.truth(f"{part}:{name}")
    ]


def linked_crime_widens_nothing(world: World, tree: Tree) -> Faults:
    formal = (
        "mla",
        "urgent_mla",
        "letters_rogatory",
        *world.rulebook.groups["surrender_pathways"],
        *world.rulebook.groups["covert_pathways"],
    )
    before, after = (world.findings(with_fact(tree, "linked_other_crime", value)) for value in ("no", "yes"))
    return [
        f"{name} is added for a linked offence"
        for name in formal
        if (after.surely(f"available:{name}") and not before.surely(f"available:{name}"))
        or (after.possibly(f"available:{name}") and not before.possibly(f"available:{name}"))
    ]


def one_sided(world: World, tree: Tree) -> set[str]:
    """The closing rules that fire for one of the two sides of the same request only."""
    answer = deepcopy(tree)
    need = answer["needs"][0]
    need["kind"] = "answer"
    own, partner = answer.pop("state", None), need.pop("with", None)
    if partner:
        answer["state"] = partner
    if own:
        need["with"] = own
    closing: list[set[str]] = []
    for side in (tree, answer):
        findings = world.findings(side)
        closing.append({rule.parent for rule in findings.fired_rules("close")})
    return closing[0] ^ closing[1]


def asking_and_being_asked_agree(world: World, tree: Tree) -> Faults:
    """Exceptions: rules that name one side, each reviewed and listed with the reason."""
    return [
        f"{name} closes for one side only and is not on the reviewed list"
        for name in sorted(one_sided(world, tree) - reviewed())
    ]


TIES = (
    "untoc",
    "uncac",
    "un1988",
    "budapest",
    "ets30",
    "ets182",
    "ets24",
    "eu-mla2000",
    "eu-uk-tca",
    "eio",
    "e-evidence",
    "fco",
    "lex",
    "eaw",
    "cets198",
    "oas-mla",
    "asean-mlat",
    "riyadh",
    "egmont",
    "interpol",
    "cisa",
    "cloud-us-uk",
    "tip",
    "firearms",
)
ASKED = Theme("asked", kinds=("request",), loose=10)
BOTH = Theme("asked and answered", kinds=("request", "answer"), loose=10)
PURPOSEFUL = Theme(
    "with a purpose",
    kinds=("request", "answer"),
    facts={
        "purpose": ("evidence", "evidence", "intelligence"),
        "bilateral_mla_treaty": ("no",),
        "police_agreement": ("none", "operational"),
    },
    loose=6,
)
DATA = Theme(
    "electronic data",
    kinds=("request",),
    measures=(
        *STORED,
        "data_preservation",
        "consent_access",
        "interception",
        "asset_freezing",
        "arrest",
        "search",
    ),
    loose=8,
)
FORMAL = Theme(
    "formal",
    kinds=("request", "answer"),
    measures=(
        "search",
        "court_file",
        "bank_records",
        "compelled_testimony",
        "stored_content",
        "service_of_documents",
        "government_record",
        "suspect_interview",
    ),
    facts={"purpose": ("intelligence",), "offence": (("corruption",), None)},
    loose=5,
)
CLEARING = Theme(
    "what clears",
    kinds=("use",),
    measures=("material_held",),
    facts={
        "material_channel": ("mla", "police", "spontaneous", "eio"),
        "planned_use_differs": ("yes", None),
        "offence": (("corruption",),),
    },
    loose=4,
)

PAIRS_OF_CASES = (
    Invariant(
        "INV-02",
        "dual criminality never bars police cooperation",
        dual_criminality_never_bars_police,
        (added("close", Is("dual_criminality", frozenset({"no"})), ["police_to_police"]),),
        lambda: ask("locate_person"),
        BOTH,
    ),
    Invariant(
        "INV-06",
        "restrictions never hide what clears",
        restrictions_never_hide_what_clears,
        (added("close", Is("originator_consent", frozenset({"no"})), ["consent_request"]),),
        lambda: {
            **clear(
                "material_held",
                kind="use",
                material_channel="spontaneous",
                planned_use_differs="yes",
                offence=("corruption",),
            ),
            "assume": {"ties": {"uncac": "in_force"}},
        },
        CLEARING,
    ),
    Invariant(
        "INV-09",
        "another tie never shrinks what can be reached",
        another_tie_takes_no_goal,
        (
            added(
                "close",
                Is("tie:uncac", frozenset({"in_force"})),
                ["mla", "letters_rogatory", "police_to_police"],
            ),
        ),
        lambda: {**clear("search"), "assume": {"ties": {"chosen": "uncac"}}},
        PURPOSEFUL,
    ),
    Invariant(
        "INV-10",
        "a higher penalty removes nothing",
        a_higher_penalty_takes_nothing,
        (
            added(
                "close",
                AtLeast("max_penalty_months", 12),
                ["mla", "letters_rogatory", "european_investigation_order"],
            ),
        ),
        lambda: ask("search", "KEN", "GHA"),
        BOTH,
    ),
    Invariant(
        "INV-11",
        "more urgency never slows",
        urgency_never_slows,
        (
            added(
                "close",
                Not(Is("emergency", frozenset({"none"}))),
                ["police_to_police", "interpol", "regional_police_network", "urgent_mla"],
            ),
        ),
        lambda: clear("search"),
        DATA,
    ),
    Invariant(
        "INV-12",
        "more volatility never removes the hold",
        volatility_keeps_the_hold,
        (without("preservation.before-production"),),
        lambda: clear("stored_content", "GHA", "CAN"),
        DATA,
    ),
    Invariant(
        "INV-13",
        "the need for evidence never lowers formality",
        evidence_never_lowers_formality,
        (
            added("close", Is("purpose", frozenset({"evidence"})), ["mla", "letters_rogatory"]),
            without(
                "informal.not-given-by-police",
                "informal.evidence-needs-formal",
                "informal.coercion-needs-formal",
            ),
            lambda book: _last_way(book, "court_file", "police_to_police"),
        ),
        lambda: clear("court_file", coercive="no", information_control="police", judicial_release="given"),
        FORMAL,
    ),
    Invariant(
        "INV-14",
        "consent never hurts",
        consent_never_hurts,
        (added("close", Is("consent", frozenset({"given_by_lawful_holder"})), ["mla"]),),
        lambda: clear("stored_content"),
        BOTH,
    ),
    Invariant("INV-15", "learning a fact opens no bar", learning_opens_no_bar, (), None, Theme()),
    Invariant(
        "INV-28",
        "a plan is a strict partial order",
        plan_is_a_strict_partial_order,
        (),
        None,
        Theme("several needs", loose=6),
    ),
    Invariant(
        "INV-29",
        "the order of input and rules decides nothing",
        order_decides_nothing,
        (),
        None,
        Theme("several needs", loose=6),
    ),
    Invariant(
        "INV-34",
        "asking and being asked agree",
        asking_and_being_asked_agree,
        (added("close", Is("kind", frozenset({"answer"})), ["mla"]),),
        lambda: ask("search", "KEN", "GHA"),
        ASKED,
    ),
    Invariant(
        "INV-42",
        "financial and administrative routes displace nothing",
        other_channels_stay,
        (added("close", Is("fiu_memorandum", YES), ["mla"]),),
        lambda: ask("bank_records", "KEN", "GHA"),
        BOTH,
    ),
    Invariant(
        "INV-45",
        "a linked crime widens nothing",
        linked_crime_widens_nothing,
        (pathway("mla", routes=lambda route: replace(route, opens=Is("linked_other_crime", YES))),),
        lambda: ask("search", "KEN", "GHA"),
        BOTH,
    ),
)


def _last_way(book: Rulebook, measure: str, way: str) -> Rulebook:
    old = book.measures[measure]
    return replace(book, measures={**book.measures, measure: replace(old, ways=(*old.ways, way))})
