"""Which of the provisions that a rule or route cites speak to the case at hand."""

from __future__ import annotations

from routing.case.facts import bound_fact
from routing.core import conclusion
from routing.core.conditions import AtomRef
from routing.core.domain import NAMED_ONLY, CitedInstrument
from routing.core.kinds import BINDING, GENERAL, LAW, PRACTICE, TREATY, TYING
from routing.evaluate.findings import Findings
from routing.law.partial_dates import parse_partial
from routing.plan.model import Footing
from routing.rulebook.model import Rule
from routing.rulebook.parse.conditions import TIE

TOLD_AS_PRACTICE = ("practice", "design", "contested")
ASKING = ("request", "use")
"""The kinds of need in which the other State may have to act."""
NO, MAYBE, PERHAPS, COVERS, SURELY = 0, 1, 2, 3, 4
"""Not; where the tie is not known; where it binds and may reach the case; where it covers the case and only
this paragraph may yield to another text; where it binds and reaches the case."""


def applicable(findings: Findings, refs: tuple[str, ...]) -> tuple[str, ...]:
    """The provisions that speak to the case on its day.

    A rule cites every instrument that supports it; a reader needs those of the case. What does not speak to
    it is never named, so that there may be none. What may speak is named only where nothing surely does; what
    binds and may reach the case, only where no text that binds surely reaches it, and a convention that is
    not shown to cover the case, only where none that binds covers it. Practice that is not a State's own
    always speaks; a third State's practice only where nothing else does.
    """
    speaking = {ref: _speaks(findings, ref) for ref in refs}
    kinds = findings.rulebook.instruments
    sure = tuple(ref for ref in refs if speaking[ref] == SURELY)
    if any(kinds[_instrument(ref)].kind in TYING for ref in sure):
        return sure
    for least in (PERHAPS, MAYBE):
        kept = tuple(ref for ref in refs if speaking[ref] >= least)
        if kept:
            return shown(findings, kept)
    return tuple(ref for ref in refs if findings.rulebook.instruments[_instrument(ref)].kind == PRACTICE)


def shown(findings: Findings, refs: tuple[str, ...]) -> tuple[str, ...]:
    """The provisions without those of a convention that is not shown to cover the case, where another that
    binds covers it."""
    instruments = findings.rulebook.instruments
    level = {ref: _speaks(findings, ref) for ref in refs if _is_shared(instruments[_instrument(ref)])}
    if max(level.values(), default=NO) < COVERS:
        return refs
    return tuple(ref for ref in refs if level.get(ref, SURELY) != PERHAPS)


def unsettled(findings: Findings, refs: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some provisions of which the case leaves open whether they apply: of a shared text that binds
    and is not shown to reach it, or of a treaty of which it is not known between the two whether it binds."""
    facts, instruments = findings.facts, findings.rulebook.instruments
    named = facts.own is not None and facts.partner is not None

    def open_(ref: str) -> bool:
        instrument, speaks_ = instruments[_instrument(ref)], _speaks(findings, ref)
        may_bind = speaks_ == MAYBE and named and instrument.kind == TREATY
        return _is_shared(instrument) and (speaks_ == PERHAPS or may_bind)

    return tuple(filter(open_, refs))


def open_facts_of(findings: Findings, ref: str) -> tuple[str, ...]:
    """The facts on which it turns whether a provision reaches the case; else the tie that is not known."""
    places = (AtomRef(conclusion.reach(place)) for place in findings.rulebook.places_of(ref))
    names = dict.fromkeys(name for place in places for name in findings.open_facts(place))
    tie = TIE + _instrument(ref)
    return tuple(names) or ((tie,) if findings.facts.get(tie) is None else ())


def speaks(findings: Findings, ref: str) -> bool:
    """Whether a provision may speak to the case."""
    return _speaks(findings, ref) > NO


def cited(findings: Findings, rule: Rule) -> tuple[str, ...] | None:
    """The provisions with which a rule is told in the case; empty where it is told as practice, None where
    not at all.

    A rule none of whose provisions speaks to the case is told as practice if it is practice, if it protects
    somebody, or if it states what treaties in general want. One that repeats what an Act or an agreement of
    others says is not.
    """
    refs = applicable(findings, rule.basis)
    if refs or not rule.basis or rule.protected or rule.standing in TOLD_AS_PRACTICE:
        return refs
    kinds = {findings.rulebook.instruments[_instrument(ref)].kind for ref in rule.basis}
    return () if kinds & set(GENERAL) else None


def footing_of(rule: Rule, refs: tuple[str, ...]) -> Footing:
    """Whether a rule is told as law, or as practice: because it is, or because no provision of it speaks
    here."""
    return "practice" if not refs or rule.standing in ("practice", "design") else "law"


def _is_shared(instrument: CitedInstrument) -> bool:
    """Whether it is a convention or a law that binds several States, of which it is listed whom: not the law
    of one, nor a treaty of two of which it may not be known whether there is one."""
    return instrument.kind in BINDING and not instrument.belongs_to and NAMED_ONLY not in instrument.details


def _instrument(ref: str) -> str:
    return ref.split(" ")[0]


def _speaks(findings: Findings, ref: str) -> int:
    """Whether a provision speaks to the case: surely, maybe or not. Worked out once for each need."""
    kept = findings.speaking
    if ref not in kept:
        kept[ref] = _worked_out(findings, ref)
    return kept[ref]


def _worked_out(findings: Findings, ref: str) -> int:
    rulebook = findings.rulebook
    reaches = [conclusion.reach(place) for place in rulebook.places_of(ref)]
    if not all(map(findings.possibly, reaches)):
        return NO
    provision, day = rulebook.provisions.get(ref), findings.facts.as_of
    if provision is not None and (
        (provision.in_force_from and parse_partial(provision.in_force_from).first > day)
        or (provision.in_force_until and parse_partial(provision.in_force_until).last < day)
    ):
        return NO
    instrument = rulebook.instruments[_instrument(ref)]
    if provision is not None and _asked_only(findings, instrument, provision.article):
        return NO
    bound = _binds(findings, instrument)
    sure = [findings.surely(reach) for reach in reaches]
    return bound if all(sure) else min(bound, COVERS if any(sure) else PERHAPS)


def _binds(findings: Findings, instrument: CitedInstrument) -> int:
    facts = findings.facts
    if instrument.through:
        return _binds(findings, findings.rulebook.instruments[instrument.through])
    if instrument.belongs_to:
        return SURELY if instrument.belongs_to in _acting(findings) else NO
    if instrument.kind not in TYING or (instrument.kind == LAW and NAMED_ONLY in instrument.details):
        return SURELY
    if instrument.binds == "both":
        return _degree(findings, TIE + instrument.id)
    sides = {"own": ("own",), "either": ("own", "other")}.get(instrument.binds)
    if sides is None:
        sides = ("own", "other") if facts.need.kind in ASKING else ("own",)
    return max(_degree(findings, bound_fact(side, instrument.id)) for side in sides)


def _asked_only(findings: Findings, instrument: CitedInstrument, article: str) -> bool:
    """Whether an article of our own law speaks to requests that we receive, where we are the ones who ask."""
    ours = instrument.belongs_to == findings.facts.own
    return ours and findings.facts.need.kind in ASKING and instrument.of_requests_received(article)


def _acting(findings: Findings) -> set[str | None]:
    """The States whose own law speaks: ours, and where we ask also that of the State that is asked."""
    facts = findings.facts
    return {facts.own, facts.partner} if facts.need.kind in ASKING else {facts.own}


def _degree(findings: Findings, name: str) -> int:
    """What is known of a tie: in force, not known, or none. What the law data do not list is not known."""
    value = findings.facts.get(name)
    return MAYBE if value is None else SURELY if "in_force" in value.words else NO
