"""What an overlay may not do to a protected rule, however it goes about it.

A protected rule speaks in a case when its condition holds. What the condition comes down to is walked
through every plain rule, with the sense in which it counts: `for`, when its being true makes the rule
speak, or `against`, when it silences it. Plain rules only ever add conclusions. So an overlay makes no
case less restricted if it adds none that counts against a protected rule, and if it changes no list of
members and no entry of a profile that one is looked up in.

A rule that stays is held less: it may rest on channels and on lists, which an overlay may change. What is
walked of it ends at both, and no rule of an overlay may keep it from speaking where they are as they were.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from routing.core import conclusion
from routing.core.conditions import All, Any, AtLeast, AtomRef, Condition, Is, Not, all_of, conjuncts
from routing.core.domain import KINDS_OF_NEED, NO, YES, Fact, Route
from routing.core.errors import Problem
from routing.core.records import Record
from routing.law import Law
from routing.law.standing import IN_FORCE
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.overlay.merge import overlay_of
from routing.rulebook.parse.conditions import TIE

_FIX = {
    True: "leave it as it is; protected rules keep rights and sovereignty",
    False: "leave it as it is; rules that stay keep what a person or a State was promised",
}
OF_ROUTES = conclusion.OF_CHANNELS | {conclusion.STEP, conclusion.NO_STEP}
"""The conclusions at which the walk of a rule that stays ends."""


class Added(Record):
    """What an overlay adds to the law data: a key of a profile, or rows to a list of members.

    facts: those that are looked up in it; with True, the addition can only make a State one that is
    bound or a member, on some day or as a possibility, and change nothing else of the fact.
    file, line: where it stands.
    """

    name: str
    facts: Mapping[str, bool]
    file: str
    line: int


class RestsOn(Record):
    """What a condition comes down to. atoms: (conclusion, whether its being true counts for the condition).
    tests: of facts, likewise.

    derived: the derived facts that it names, directly or by way of others.
    """

    atoms: frozenset[tuple[str, bool]]
    tests: frozenset[tuple[Is | AtLeast, bool]]
    derived: frozenset[str]


def speaks(rule: Rule, rulebook: Rulebook) -> Condition:
    """When a rule speaks: its condition holds, and no rule of ours lifts it."""
    lifting = (conclusion.fired(winner.id) for winner in rulebook.defeaters(rule))
    return all_of(rule.when, *(Not(AtomRef(atom)) for atom in lifting))


def rests_on(condition: Condition, rulebook: Rulebook, ends_at: Container[str] = frozenset()) -> RestsOn:
    """Walk a condition through every plain rule on which it rests. ends_at: kinds of conclusions that are
    taken as they come."""
    atoms: set[tuple[str, bool]] = set()
    tests: set[tuple[Is | AtLeast, bool]] = set()
    derived: set[str] = set()
    left: list[tuple[Condition, bool, bool]] = [(condition, True, True)]
    while left:
        part, counts_for, named = left.pop()
        if isinstance(part, Not):
            left.append((part.part, not counts_for, named))
        elif isinstance(part, (All, Any)):
            left += [(each, counts_for, named) for each in part.parts]
        elif isinstance(part, (Is, AtLeast)):
            if (part, counts_for) not in tests:
                tests.add((part, counts_for))
                fact = rulebook.facts.get(part.fact)
                presumed = fact.presumed if fact else None
                for each in presumed.unless if presumed else ():  # it may make the fact unknown, or known
                    left += [(each, True, False), (each, False, False)]
                left += [(each, sense, False) for each, sense in _usually(part, counts_for, fact)]
        elif conclusion.kind_of(part.atom) not in ends_at:
            named = named and conclusion.kind_of(part.atom) == conclusion.FACT
            if named:
                derived.add(part.atom)
            if (part.atom, counts_for) not in atoms:
                atoms.add((part.atom, counts_for))
                left += [(line.when, counts_for, named) for line in rulebook.heads.get(part.atom, ())]
    return RestsOn(frozenset(atoms), frozenset(tests), frozenset(derived))


def _undone(own: Rule, protected: Rule) -> Iterator[str]:
    """What a rule of an overlay does to a step that a protected one adds, or to the order that it sets."""
    if protected.form == "include" and own.form == "close":
        for way in sorted({target.split("/")[0] for target in own.targets} & set(protected.values)):
            yield f"closes `{way}`, a step that is added"
    if protected.form != "before" or not _kinds(own) & _kinds(protected):
        return
    first, later = set(protected.values), set(protected.over)
    turned = own.form in ("before", "together") and later & set(own.values) and first & set(own.over)
    level = own.form == "together" and first & set(own.values) and later & set(own.over)
    if turned or level or (own.form == "at_once" and (later - first) & set(own.values)):
        yield f"lets something start that waits for `{min(first)}`"


def _kinds(rule: Rule) -> frozenset[str]:
    """The kinds of need in which alone a rule can speak, as its condition says outright."""
    values = [part.values for part in conjuncts(rule.when) if isinstance(part, Is) and part.fact == "kind"]
    return frozenset(KINDS_OF_NEED).intersection(*values)


def _usually(test: Is | AtLeast, counts_for: bool, fact: Fact | None) -> Iterator[tuple[Condition, bool]]:
    """The conditions under which a usual value decides a test where nobody tells it, with the sense of each.

    One that makes no difference is left out: where it fails, what is presumed next decides the test likewise.
    """
    next_ones: set[bool | None] = {None}
    if fact is not None and fact.presumed is not None:
        next_ones = {_decides(test, fact.presumed.value), *((None,) if fact.presumed.unless else ())}
    for usual in reversed(fact.usual if fact else ()):
        decided = _decides(test, usual.value)
        if next_ones != {decided}:
            senses = (True, False) if isinstance(test, AtLeast) else (decided is counts_for,)
            yield from ((condition, sense) for condition in usual.when for sense in senses)
        next_ones.add(decided)


def _decides(test: Is | AtLeast, value: str) -> bool:
    return isinstance(test, Is) and value in test.values


def protected_problems(rulebook: Rulebook, added: Iterable[Added]) -> Iterator[Problem]:
    """What an overlay does to a protected rule: defeat it, silence it, conclude or fill in what it rests on.

    What it does to a rule that stays: defeat or silence it by a rule of its own.
    """
    owned, added = {rule.id: rule for rule in rulebook.rules if overlay_of(rule.file)}, tuple(added)
    routes = {route.id: route for route in rulebook.routes.values() if overlay_of(route.file)}
    held = [rule for rule in rulebook.rules if (rule.protected or rule.stays) and rule.id not in owned]
    yield from _defeated(owned.values(), held)
    seen: set[str] = set()
    for rule in held if owned or routes or added else ():
        silencing: Mapping[str, Rule | Route] = {**owned, **routes} if rule.protected else owned
        rests = what_holds(rule, rulebook)
        if rule.protected:
            for atom in sorted(rests.derived):
                for own in (owned[line.rule] for line in rulebook.heads.get(atom, ()) if line.rule in owned):
                    seen.add(own.id)
                    yield _problem(f"`{own.id}` concludes `{atom[3:]}`, on which", rule, own, " rests")
        for atom, counts_for in sorted(rests.atoms):
            for line in rulebook.heads.get(atom, ()) if not counts_for else ():
                adder = silencing.get(line.rule)
                if adder is not None and adder.id not in seen:
                    seen.add(adder.id)
                    yield _problem(f"`{adder.id}` could silence", rule, adder)
        for own in owned.values():
            for does in _undone(own, rule):
                yield _problem(f"`{own.id}` {does} by", rule, own)
        for item in added if rule.protected else ():
            weakened = {
                test.fact for test, counts_for in rests.tests if _weakens(test, counts_for, item, rulebook)
            }
            for name in sorted(weakened):
                yield _problem(f"`{item.name}` fills in `{name}`, on which", rule, item, " rests")


def what_holds(rule: Rule, rulebook: Rulebook) -> RestsOn:
    """What a rule rests on of which an overlay may change nothing against it."""
    return rests_on(speaks(rule, rulebook), rulebook, frozenset() if rule.protected else OF_ROUTES)


def _defeated(owned: Iterable[Rule], held: Iterable[Rule]) -> Iterator[Problem]:
    """What rules of an overlay say outright that they defeat."""
    named = {name: rule for rule in held for name in (rule.id, rule.parent)}
    for own in owned:
        for target in own.defeats:
            if rule := named.get(target):
                mark = "is protected" if rule.protected else "stays"
                message = f"`{own.id}` defeats `{target}`, which {mark}"
                yield Problem(message, own.file, own.line, _FIX[rule.protected], "overlay.protected")


def _problem(message: str, rule: Rule, by: Rule | Route | Added, after: str = "") -> Problem:
    """A fault of what an overlay adds, told of a rule that is held."""
    named = f"the {'protected rule' if rule.protected else 'rule that stays,'} `{rule.id}`"
    return Problem(f"{message} {named}{after}", by.file, by.line, _FIX[rule.protected], "overlay.protected")


def _weakens(test: Is | AtLeast, counts_for: bool, added: Added, rulebook: Rulebook) -> bool:
    """Whether an addition to the law data can make a test fail that counts for a rule, or hold that counts
    against it."""
    if test.fact not in added.facts:
        return False
    if not added.facts[test.fact] or isinstance(test, AtLeast):
        return True
    fact = rulebook.facts.get(test.fact)
    joined = IN_FORCE if fact is None else NO if "not_member_of" in (fact.looked_up or {}) else YES
    return (joined in test.values) is not counts_for


def looked_up_in(instrument: str, only_joins: bool, facts: Mapping[str, Fact], law: Law) -> dict[str, bool]:
    """The facts and ties that are looked up, also by way of others, in the members of an instrument.

    only_joins: whether what is added to its members only makes States join that were surely none before.
    The value says whether that is all that can become of the fact.
    """
    lists = {instrument: only_joins}
    left = [instrument]
    while left:
        name = left.pop()
        for entry in law.instruments.values():
            circle = name in (entry.circle.members_of if entry.circle else ())
            hub = entry.hub is not None and name == entry.hub.side
            if circle or hub:
                joins = lists[name] and not hub
                if lists.get(entry.id, True) and (entry.id not in lists or not joins):
                    lists[entry.id] = joins
                    left.append(entry.id)
    looked_up = {TIE + name: joins and law.instruments[name].hub is None for name, joins in lists.items()}
    for fact in facts.values():
        how = fact.looked_up or {}
        read = [word for key in ("member_of", "not_member_of", "count") for word in _words(how.get(key))]
        if any(name in lists for name in read):
            looked_up[fact.id] = all(lists.get(name, True) for name in read)
    return looked_up


def _words(value: object) -> tuple[str, ...]:
    return (
        (value,)
        if isinstance(value, str)
        else tuple(map(str, value))
        if isinstance(value, (list, tuple))
        else ()
    )
