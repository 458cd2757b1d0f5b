"""What is known for one need: told, looked up, presumed or unknown, each with its origin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from routing.case.model import Case, Need, Stated
from routing.core.conditions import All, Any, AtLeast, Condition, Is, Not
from routing.core.domain import ASSUMED_MAIN_STEP, NO, NO_STEP_ASSUMED, SAID_OF_MARK, UNKNOWN, YES, Fact
from routing.core.records import Record, field, replace
from routing.core.truth import FALSE, TRUE, UNDECIDED, Truth
from routing.law.bilateral import BILATERAL
from routing.law.profiles import profile
from routing.law.standing import NONE, SIGNED, Dormant, LastSeen, Standing, Tie
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.conditions import TIE

if TYPE_CHECKING:
    from routing.law import Law


BOUND = "bound:"
"""Begins the name of what one side alone is bound by: `bound:own:INSTRUMENT` or `bound:other:INSTRUMENT`."""


def bound_fact(side: str, instrument: str) -> str:
    """The name of the fact whether one side alone is bound by an instrument. side: `own` or `other`."""
    return f"{BOUND}{side}:{instrument}"


def bound_side(name: str) -> tuple[str, str]:
    """The side and the instrument that such a name is about."""
    side, _, instrument = name.removeprefix(BOUND).partition(":")
    return side, instrument


ORIGINS = ("case", "told", "measure", "looked_up", "presumed", "stipulated")
"""Where a value comes from: what the need itself is; the case; what the measure is; the law data;
the rules, where nothing is said; what is assumed for one question."""


class Value(Record, gc=False):
    """A known value.

    words: the value, or the values of a list fact; number: for counts, terms and days.
    closed: whether a list is complete. origin: one of ORIGINS.
    source: where it comes from, in words. as_last_seen: where it is looked up and presumed to go on since it
    was last seen, the day, and the list or the profile that showed it.
    """

    words: frozenset[str] = frozenset()
    number: int | None = None
    closed: bool = True
    origin: str = "told"
    source: str = ""
    as_last_seen: LastSeen | None = None

    def text(self) -> str:
        return str(self.number) if self.number is not None else ", ".join(sorted(self.words))


class Facts(Record):
    """Everything known for one need. What is not known is not in it."""

    need: Need
    requesting: str | None
    requested: str | None
    own: str | None
    partner: str | None
    as_of: date
    _values: dict[str, Value | None] = field(default_factory=dict)
    _look_up: Callable[[str, Facts], Value | None] = lambda name, facts: None
    manners: dict[str, Mapping[str, object]] = field(default_factory=dict)
    """How the card of each pathway reads in the case, as far as it was read."""

    def get(self, name: str) -> Value | None:
        """The value of a fact or of a tie (`tie:INSTRUMENT`), or None while it is unknown."""
        if name not in self._values:
            self._values[name] = self._look_up(name, self)
        return self._values[name]

    @property
    def read(self) -> tuple[str, ...]:
        """What was read so far, known or not."""
        return tuple(self._values)

    def taking(self, pathway: str) -> Facts:
        """The same facts with a pathway treated as the main step, while the primary is undecided."""
        return replace(
            self,
            _values={**self._values, ASSUMED_MAIN_STEP: Value(frozenset({pathway}), origin="case")},
            manners={},
        )

    def truth(self, test: Is | AtLeast) -> Truth:
        """Whether a test holds whatever is still unknown, and whether it can still hold."""
        name = test.fact
        value = self._values[name] if name in self._values else self.get(name)
        if value is None:
            return UNDECIDED
        if type(test) is Is:
            if not value.words.isdisjoint(test.values):
                return TRUE
        else:
            assert isinstance(test, AtLeast)
            if value.number is not None and value.number >= test.bound:
                return TRUE
        return FALSE if value.closed else UNDECIDED

    def surely(self, test: Is | AtLeast) -> bool:
        """Whether a test holds whatever is still unknown."""
        return self.truth(test)[0]

    def possibly(self, test: Is | AtLeast) -> bool:
        """Whether a test can still hold."""
        return self.truth(test)[1]


def facts_for(case: Case, need: Need, rulebook: Rulebook, law: Law, as_of: date) -> Facts:
    """Gather what is known for a need on a day.

    What the case states goes first, then what the law data say, then what the measure and
    the facts themselves let one presume: the usual value for the measure, kind and stage, then the one
    that is presumed always. A fact stated as `unknown` is never presumed.
    """
    answering = need.kind == "answer"
    requesting, requested = (need.partner, case.state) if answering else (case.state, need.partner)
    stated = (need.facts.get(name, case.facts.get(name)) for name in rulebook.naming_instruments)
    named = tuple(words for words in stated if isinstance(words, tuple))
    gatherer = _FactSources(case, need, rulebook, law, as_of, requesting, requested, named)
    return Facts(
        need,
        requesting,
        requested,
        case.state,
        need.partner,
        as_of,
        {
            name: Value(frozenset({word}), origin="case")
            for name, word in (
                ("measure", need.measure),
                ("kind", need.kind),
                (ASSUMED_MAIN_STEP, NO_STEP_ASSUMED),
            )
        },
        gatherer.value,
    )


class _FactSources(Record):
    case: Case
    need: Need
    rulebook: Rulebook
    law: Law
    as_of: date
    requesting: str | None
    requested: str | None
    named: tuple[tuple[str, ...], ...]  # what the case tells in facts that name instruments

    def value(self, name: str, facts: Facts) -> Value | None:
        if name.startswith(TIE):
            return self._tie(name.removeprefix(TIE))
        if name.startswith(BOUND):
            who, instrument = bound_side(name)
            return self._bound(instrument, self._state(who))
        fact = self.rulebook.facts.get(name)
        if fact is None or fact.derived:
            return None
        stated = self.need.facts.get(name, self.case.facts.get(name))
        if stated is not None:
            return _value_of(stated)
        looked_up = self._looked_up(fact, facts) if fact.looked_up else None
        if looked_up is not None:
            return looked_up
        measure = self.rulebook.measures[self.need.measure]
        if name in measure.presumes:
            return _word(measure.presumes[name], "presumed", f"usual for {measure.name}", fact.type)
        for usual in fact.usual:
            if all(_holds(condition, facts) for condition in usual.when):
                return _word(usual.value, "presumed", usual.because, fact.type)
        presumed = fact.presumed
        if presumed is None or (presumed.unless and possible(presumed.unless[0], facts)):
            return None
        return _word(presumed.value, "presumed", presumed.because, fact.type)

    def _tie(self, instrument: str) -> Value | None:
        stipulated = self.case.assume.ties.get(instrument)
        if stipulated is not None:
            return (
                None
                if stipulated == UNKNOWN
                else _word(stipulated, "stipulated", "assumed for this question")
            )
        if instrument not in self.law.instruments:
            return None
        stipulation = self._told_to_bind(instrument)
        if stipulation is not None:
            return stipulation
        if not self.requesting or not self.requested:
            return self._while_open(instrument, self.requesting or self.requested)
        tie = self.law.between(instrument, self.requesting, self.requested, self.as_of)
        return None if tie.status == UNKNOWN else _seen(tie.status, tie)

    def _bound(self, instrument: str, state: str | None) -> Value | None:
        """Whether an instrument binds one State, whatever ties it to the other; None while that is not
        known."""
        stipulated = self.case.assume.ties.get(instrument)
        if stipulated is not None and stipulated != UNKNOWN:
            return _word(stipulated, "stipulated", "assumed for this question")
        if state is None or instrument not in self.law.instruments:
            return None
        standing = self.law.standing(instrument, state, self.as_of)
        return None if standing.status == UNKNOWN else _seen(standing.status, standing)

    def _told_to_bind(self, instrument: str) -> Value | None:
        """What the case tells of an instrument between the two States: that it binds both, or that nothing
        does."""
        for words in self.named:
            if instrument in words:
                return _word("in_force", "told", "the case says that it binds both States")
            if words == (NONE,) and self.law.instruments[instrument].binding:
                return _word(NONE, "told", "the case says that no treaty or agreement binds the two States")
        return None

    def _while_open(self, instrument: str, state: str | None) -> Value | None:
        """With a State still open: what binds nobody binds no pair, and what surely does not bind one State
        binds no pair with it."""
        if state is None:
            dormant = self.law.dormant(instrument, self.as_of)
            return _seen(NONE, dormant) if dormant else None
        standing = self.law.standing(instrument, state, self.as_of)
        return _seen(standing.status, standing) if standing.status in (NONE, SIGNED) else None

    def _state(self, who: str) -> str | None:
        return {
            "requesting": self.requesting,
            "requested": self.requested,
            "own": self.case.state,
            "other": self.need.partner,
        }[who]

    def _looked_up(self, fact: Fact, facts: Facts) -> Value | None:
        how = fact.looked_up or {}
        if "from" in how:
            measure = self.rulebook.measures[self.need.measure]
            word = measure.has.get(fact.id, how.get("otherwise"))
            return _word(word, "measure", measure.name, fact.type) if word else None
        if "states" in how:
            return _word(
                YES if self.requesting and self.requested else NO, "looked_up", "the States given in the case"
            )
        for key, sense in (("member_of", True), ("not_member_of", False)):
            if key in how:
                return self._member(how[key], self._state(how["who"]), sense)
        if "bilateral" in how:
            return self._bilateral(how["bilateral"])
        if "state" in how:
            return self._profile(self._state(how["state"]), how["key"], fact)
        if "count" in how:
            return self._count(how["count"])
        if "via" in how:
            return self._missing_leave() if how["via"] == "missing" else self._via()
        for key, sign in (("days_until", 1), ("days_since", -1)):
            if key in how:
                day = self.need.facts.get(how[key], self.case.facts.get(how[key]))
                if isinstance(day, date):
                    return Value(
                        number=sign * (day - self.as_of).days,
                        origin="looked_up",
                        source=f"{how[key]}: {day.isoformat()}",
                    )
        return None

    def _member(self, lists: str | list[str], state: str | None, sense: bool) -> Value | None:
        if state is None:
            return None
        names = [lists] if isinstance(lists, str) else lists
        standings = [self.law.standing(name, state, self.as_of) for name in names]
        hit = next((s for s in standings if s.status == "in_force"), None)
        if hit is not None:
            return _seen(YES if sense else NO, hit)
        if all(s.status in (NONE, SIGNED) for s in standings):
            oldest = min(
                standings, key=lambda s: (s.as_last_seen is None, s.as_last_seen and s.as_last_seen.day)
            )
            return replace(_seen(NO if sense else YES, standings[0]), as_last_seen=oldest.as_last_seen)
        return None

    def _bilateral(self, kind: str) -> Value | None:
        """Whether a treaty of the two States on a kind of help binds them; None where none is held, which
        says nothing, unless the case says that there is one, or no treaty at all."""
        instruments = [word for words in self.named for word in words]
        if BILATERAL in instruments or instruments == [NONE]:
            word = YES if BILATERAL in instruments else NO
            return _word(word, "looked_up", "the treaties that the case says bind both States")
        if not self.requesting or not self.requested:
            return None
        own = self.law.own_treaty(kind, self.requesting, self.requested, self.as_of)
        if own is None:
            return None
        treaty = own.treaty
        value = _word(own.answer, "looked_up", treaty.name if own.binds else f"{treaty.name} (ended)")
        checked = LastSeen(treaty.checked, BILATERAL)
        return replace(value, as_last_seen=checked) if self.as_of > treaty.checked else value

    def _profile(self, state: str | None, key: str, fact: Fact) -> Value | None:
        if state is None:
            return None
        entry = profile(self.law, state).get(key)
        if not entry:
            return None
        source = f"profile of {self.law.states.name(state)}{SAID_OF_MARK[entry['mark']]}"
        value = _word(entry["value"], "looked_up", source, fact.type)
        checked = date.fromisoformat(entry["checked"])
        return replace(value, as_last_seen=LastSeen(checked, state)) if self.as_of > checked else value

    def _count(self, what: str) -> Value | None:
        states = self.case.states()
        if what == "states":
            number = len(states)
        elif what == "asked":
            number = len(self.case.partners(self.need.kind, self.need.measure))
        else:
            standings = [self.law.standing(what, state, self.as_of) for state in states]
            if any(standing.status == UNKNOWN for standing in standings):
                return None
            number = sum(standing.status == "in_force" for standing in standings)
            days = [standing.as_last_seen for standing in standings if standing.as_last_seen]
            return Value(
                number=number,
                origin="looked_up",
                source="the States named in the case",
                as_last_seen=min(days, default=None),
            )
        return Value(number=number, origin="looked_up", source="the States named in the case")

    def _via(self) -> Value | None:
        answers = set(self.need.via.values())
        if NO in answers:
            word = NO
        elif answers and answers <= {YES}:
            word = YES
        else:
            return None
        return _word(word, "looked_up", "consent of each State in `via`")

    def _missing_leave(self) -> Value:
        """Whether a State is told to be crossed whose consent is not there."""
        missing = any(answer != YES for answer in self.need.via.values())
        return _word(YES if missing else NO, "looked_up", "consent of each State in `via`")


def _value_of(stated: Stated) -> Value | None:
    """What a case states of a fact as a value; None for `unknown`."""
    if stated == UNKNOWN:
        return None
    if isinstance(stated, tuple):
        words = frozenset(stated)
        return Value(words - {UNKNOWN}, closed=UNKNOWN not in words)
    if isinstance(stated, int):
        return Value(number=stated)
    return Value(frozenset({str(stated)}))


@lru_cache(maxsize=4_096)  # needs have most words in common; some 300 bytes each
def _word(word: str, origin: str, source: str, of_type: str = "") -> Value:
    if of_type == "number":
        return Value(number=int(word), origin=origin, source=source)
    return Value(frozenset({word}), origin=origin, source=source)


def _seen(word: str, seen: Standing | Tie | Dormant) -> Value:
    """A word that the law data show, with the day it was last seen."""
    return Value(frozenset({word}), None, True, "looked_up", seen.reason, seen.as_last_seen)


def _holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition over facts surely holds."""
    return _bound(condition, facts, surely=True)


def possible(condition: Condition, facts: Facts) -> bool:
    """Whether a condition over facts can still hold."""
    return _bound(condition, facts, surely=False)


def _bound(condition: Condition, facts: Facts, surely: bool) -> bool:
    """One of the two bounds of a condition over facts; what denies a part takes the opposite bound of it."""
    if type(condition) is All:
        return all(_bound(part, facts, surely) for part in condition.parts)
    if type(condition) is Any:
        return any(_bound(part, facts, surely) for part in condition.parts)
    if type(condition) is Not:
        return not _bound(condition.part, facts, not surely)
    if type(condition) is Is or type(condition) is AtLeast:
        return facts.surely(condition) if surely else facts.possibly(condition)
    return False
