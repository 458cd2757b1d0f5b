"""How the authorities of a State are reached, and what is held of it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from routing.core.snapshot import Location
from routing.law.addresses import quotable
from routing.law.standing import Status

if TYPE_CHECKING:
    from routing.core.domain import Measure
    from routing.law import Law
    from routing.opened import Router
    from routing.rulebook.model import Rulebook


def who(router: Router, state: str, word: str | None, asking: str | None, day: date) -> dict[str, Any]:
    """How the authorities of a State are reached: kinds of help, or the bases of one pathway, with the
    languages.

    word: a pathway by id, name or usual word; or a measure, of whose pathways the best is told that binds and
    that a case which tells nothing else leaves open; None for all. asking: the State that asks, or None.
    """
    from routing.plan.who import by_route, kinds_of_help, languages_of, why_none
    from routing.rulebook.pathway_names import measure_meant, pathway_of

    rulebook, law = router.rulebook, router.law
    data: dict[str, Any] = {
        "state": state,
        "name": law.states.name(state),
        "from": asking,
        "from_name": law.states.name(asking) if asking else None,
        "as_of": day.isoformat(),
    }
    if word is None:
        return {
            **data,
            "kinds": kinds_of_help(state, asking, rulebook, law, day),
            "languages": languages_of(state, asking, rulebook, law, day),
        }
    measure = measure_meant(rulebook, word)
    ways = measure.ways if measure else (pathway_of(rulebook, word),)
    meant = {id: rulebook.pathways[id] for id in ways}
    bases = {id: by_route(state, pathway, asking, rulebook, law, day) for id, pathway in meant.items()}
    serving = [id for id, rows in bases.items() if rows] or list(meant)
    open_to = _ordinarily_open(measure, state, asking, rulebook, law, day) if measure else meant
    id = next((id for id in serving if id in open_to), serving[0])
    return {
        **data,
        "pathway": id,
        "pathway_name": meant[id].name,
        "also_by": {
            pathway: meant[pathway].name for pathway, rows in bases.items() if rows and pathway != id
        },
        "bases": [row for place, row in enumerate(bases[id]) if row not in bases[id][:place]],
        "why_none": [] if bases[id] else why_none(meant[id], state, asking, law, day),
    }


def _ordinarily_open(
    measure: Measure, state: str, asking: str | None, rulebook: Rulebook, law: Law, day: date
) -> list[str]:
    """The pathways of a measure that can be open in a case that tells nothing else."""
    from routing.case.facts import facts_for, possible
    from routing.case.model import Case, Need

    need = Need(id="need", measure=measure.id, partner=state)
    facts = facts_for(Case(state=asking, needs=(need,)), need, rulebook, law, day)
    return [
        id
        for id in measure.ways
        if any(possible(route.opens, facts) for route in rulebook.pathways[id].routes)
    ]


def state(router: Router, code: str, day: date) -> dict[str, Any]:
    """The profile of a State with every key that there is; what is not known is null."""
    from routing.law.profiles import cited, profile, profile_keys, profile_notes
    from routing.plan.who import kinds_of_help, languages_of
    from routing.rulebook.validate.profiles import profile_facts

    folder = router.law.folder
    facts, rest = profile(router.law, code), profile_notes(router.law, code)
    entries = [
        {
            "key": key,
            "asks": fact.asks,
            "for_rules": True,
            **_entry(folder, facts.get(key)),
            "presumed": fact.presumed.value if fact.presumed else None,
        }
        for key, fact in profile_facts(router.rulebook).items()
    ]
    entries += [
        {"key": key, "asks": asks, "for_rules": False, **_entry(folder, rest.get(key)), "presumed": None}
        for key, asks in profile_keys(folder).items()
    ]
    return {
        "state": code,
        "name": router.law.states.name(code),
        "as_of": day.isoformat(),
        "kinds": kinds_of_help(code, None, router.rulebook, router.law, day),
        "languages": languages_of(code, None, router.rulebook, router.law, day),
        "entries": entries,
        "cites": [{"pathway": pathway, "provision": ref} for pathway, ref in cited(router.law, code)],
        "memberships": _memberships(router.law, code, day),
        "bilateral": _bilateral(router.law, code, day),
    }


def _bilateral(law: Law, code: str, day: date) -> dict[str, list[str]]:
    """By kind of help, the names of the States with which a State has a treaty of its own."""
    from routing.law.bilateral import KINDS

    treaties = law.bilateral()
    return {
        kind: [law.states.name(partner) for partner in treaties.of_state(code, kind, day)] for kind in KINDS
    }


def _entry(folder: Location, entry: dict[str, Any] | None) -> dict[str, Any]:
    parts = {
        part: (entry or {}).get(part)
        for part in ("value", "says", "basis", "source", "anchor", "mark", "checked")
    }
    return {**parts, "quote": str(quotable(folder, parts["source"])) if parts["source"] else None}


def _memberships(law: Law, code: str, day: date) -> dict[str, int]:
    kept = [id for id in law.instruments if law.members(id) is not None]
    counted: Counter[str] = Counter(law.standing(id, code, day).status for id in kept)
    return {status: counted[status] for status in get_args(Status)}
