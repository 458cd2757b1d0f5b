"""Overlays written at random: agreements with members, rows in our lists, keys of profiles, routes, facts, and rules
of every form, in one file or in two. What would be refused outright is left out of the menu but for one draw in
`ONE_IN`, so that most of them load."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TypeVar

from hypothesis import strategies as st

from routing.core import conclusion
from routing.core.records import Record
from routing.law.profiles import profile, profiles
from routing.opened import Router
from routing.rulebook.overlay.protected import looked_up_in, what_holds

T = TypeVar("T")
SOURCE = '"https://example.org/x"'
TOLD = f"says: Invented., source: {SOURCE}, mark: unverified, checked: 2026-11-24"
LISTED = f"since_basis: eif, source: {SOURCE}, confidence: high, checked: 2026-11-24"
STATES = ("USA", "DEU", "FRA", "KEN", "NGA", "BRA", "CHE", "GBR", "NOR", "MEX", "JPN", "AUS")
ONE_IN = 24
"""How seldom something is drawn that is refused somewhere."""
DAYS = ("1993-11-01", "2020-02-02", "2026-11-01")


class Menu(Record):
    """What an overlay can be made of. each pair: what loads, and what is refused somewhere.

    lists: of members, with a State that may join. keys: of profiles, with a State that lacks it and a value. open_ways, shut_ways: pathways
    that can take a route, or be closed. lifted: rules that can be defeated. derived: facts that are concluded.
    """

    lists: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]
    keys: tuple[Sequence[tuple[str, str, str]], Sequence[tuple[str, str, str]]]
    open_ways: tuple[Sequence[str], Sequence[str]]
    shut_ways: tuple[Sequence[str], Sequence[str]]
    lifted: tuple[Sequence[str], Sequence[str]]
    derived: Sequence[str]
    measures: Sequence[str]
    offences: Sequence[str]
    codes: Sequence[tuple[str, str]]


def apart(items: Iterator[tuple[T, bool]]) -> tuple[Sequence[T], Sequence[T]]:
    """What loads, and what does not."""
    both = list(items)
    return [item for item, loads in both if loads], [item for item, loads in both if not loads]


def menu(router: Router, closed: Container[str]) -> Menu:
    """What can be laid over these rules. closed: the pathways that take no route of an overlay."""
    rulebook = router.rulebook
    held = [rule for rule in rulebook.rules if rule.protected or rule.stays]
    rests = {rule.id: what_holds(rule, rulebook) for rule in held}
    atoms = {atom for each in rests.values() for atom in each.atoms}
    read = {test.fact for rule in held if rule.protected for test, _ in rests[rule.id].tests}

    return Menu(
        apart(_joining(router, read)),
        apart(_keys(router, read)),
        apart((way, way not in closed) for way in rulebook.pathways),
        apart((way, (conclusion.available(way), True) not in atoms) for way in rulebook.pathways),
        apart(
            (rule.parent, not (rule.protected or rule.stays or (conclusion.fired(rule.id), True) in atoms))
            for rule in rulebook.rules
        ),
        [fact.id for fact in rulebook.facts.values() if fact.derived],
        list(rulebook.measures),
        sorted(rulebook.facts["offence"].values),
        [
            (form, code)
            for form, codes in (
                ("warn", rulebook.warnings),
                ("duty", rulebook.duties),
                ("limit", rulebook.limits),
            )
            for code in codes
        ],
    )


def _joining(router: Router, read: set[str]) -> Iterator[tuple[tuple[str, str], bool]]:
    """States with the lists in which they do not stand, and whether they may, with no protected rule looking."""
    law = router.law
    for name in law.instruments:
        apart_from = read.isdisjoint(looked_up_in(name, False, router.rulebook.facts, law))
        listed = law.members(name)
        for state in STATES:
            if listed is None or not listed.rows(state):
                yield (name, state), apart_from and not law.outside_circle(name, state)


def _keys(router: Router, read: set[str]) -> Iterator[tuple[tuple[str, str, str], bool]]:
    """Keys of profiles that a State lacks, each with a value, and whether no protected rule looks at the fact."""
    kept = [state for state in profiles(router.rulebook.source) if state in STATES]
    for fact in router.rulebook.facts.values():
        key = str((fact.looked_up or {}).get("key", ""))
        for state in kept if key and "state" in (fact.looked_up or {}) else ():
            if key not in profile(router.law, state):
                for value in fact.values:
                    yield (state, key, value), fact.id not in read


@st.composite
def overlays(draw: st.DrawFn, menu: Menu) -> list[str]:
    """One overlay, or two that are laid over one another, as the text of each file."""
    names = draw(st.sampled_from((("mine",), ("zz9",), ("aa",), ("mine", "aa"), ("aa", "zz9"))))
    return [draw(_overlay(menu, name)) for name in names]


@st.composite
def _overlay(draw: st.DrawFn, menu: Menu, name: str) -> str:
    def few(menus: tuple[Sequence[T], Sequence[T]], most: int) -> list[T]:
        return [
            draw(
                st.sampled_from(menus[1] if menus[1] and draw(st.integers(0, ONE_IN - 1)) == 0 else menus[0])
            )
            for _ in range(draw(st.integers(0, most)))
        ]

    def when() -> str:
        return draw(
            st.one_of(
                st.just(f"{{in_force: {name}-treaty}}"),
                st.just("{any: [{coercive: yes}, {not: {coercive: yes}}]}"),
                st.sampled_from(menu.measures).map("{{measure: {}}}".format),
                st.sampled_from(menu.offences).map("{{offence: {}}}".format),
                st.sampled_from(("request", "answer", "share", "use")).map("{{kind: {}}}".format),
                st.just(f"{{{name}_flag: yes}}"),
            )
        )

    pair = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=4, unique=True))
    begins = draw(st.sampled_from(DAYS))
    parts = [
        f"overlay: {name}\nsays: Invented for a test.\ninstruments:\n  {name}-treaty: {{short: Mine, "
        f"name: Invented, kind: agreement, in_force: 1990-01-01, reaches: 2026-11-24, source: {SOURCE}, "
        "confidence: high, checked: 2026-11-24}\n"
        f'provisions:\n  {name}-treaty: {{article: "art. {{}}", checked: 2026-11-24, provisions: '
        '{"1": {says: Invented., mark: unverified}}}\n'
        f"facts:\n  {name}_flag: {{asks: Is it so?, of: need, values: {{yes: , no: }}, nature: findable, "
        "presumed: yes, because: it is invented}\n"
    ]
    rows = {f"{name}-treaty": [(state, "member", begins) for state in pair]}
    for listed, state in few(menu.lists, 1):
        status = draw(st.sampled_from(("member", "party", "suspended")))
        rows[listed] = [(state, status, draw(st.sampled_from(DAYS)))]
    parts += ["membership:\n"]
    for listed, members in rows.items():
        parts += [f"  {listed}:\n"]
        parts += [
            f"    - {{state: {state}, status: {status}, since: {since}, {LISTED}}}\n"
            for state, status, since in members
        ]
    if keys := {(state, key): value for state, key, value in few(menu.keys, 1)}:
        parts += ["states:\n"]
        parts += [
            f"  {state}: {{facts: {{{key}: {{value: {value}, {TOLD}}}}}}}\n"
            for (state, key), value in keys.items()
        ]
    if ways := dict.fromkeys(few(menu.open_ways, 5)):
        parts += ["routes:\n"]
        parts += [
            f"  {way}:\n    - {{id: {way}/{name}-own, opens: {when()}, lead: [{name}-treaty 1], kind: "
            f"{draw(st.sampled_from(('treaty', 'arrangement', 'law', 'practice')))}, says: Mine.}}\n"
            for way in ways
        ]
    rules = [f"warn: late_case_may_be_refused, defeats: {parent}" for parent in few(menu.lifted, 2)]
    rules += [f"close: [{way}]" for way in few(menu.shut_ways, 1)]
    some = st.sampled_from(menu.open_ways[0])
    for form in draw(
        st.lists(st.sampled_from(("prefer", "before", "together", "code", "needs", "include")), max_size=2)
    ):
        first, second = draw(some), draw(some)
        if form == "code":
            kind, code = draw(st.sampled_from(menu.codes))
            rules.append(f"{kind}: [{code}], on: [{first}]")
        elif form == "needs":
            rules.append(f"needs: [{{{name}_flag: yes, how: curable}}], on: [{first}]")
        elif form == "include":
            rules.append(f"include: [{first}], as: support")
        elif first != second:
            rules.append(f"{form}: [{first}], over: [{second}]")
    if draw(st.integers(0, ONE_IN - 1)) == 0:
        rules.append(f"is: {draw(st.sampled_from(menu.derived))}")
    if rules:
        parts += ["rules:\n"]
        parts += [
            f"  - {{id: {name}.r{number}, says: Mine., {does}, when: {when()}, basis: [{name}-treaty 1]}}\n"
            for number, does in enumerate(rules)
        ]
    return "".join(parts)
