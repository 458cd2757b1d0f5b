"""The answer to a channel that somebody proposed: yes, no with its own reason and day, or it depends."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from routing.core import conclusion
from routing.core.conditions import Condition, Is, leaf_tests
from routing.core.domain import CitedInstrument
from routing.core.kinds import NETWORK, TREATY
from routing.core.printable import ended, in_quotes, inside_sentence
from routing.core.records import Record, replace
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.absences import absence
from routing.plan.applicable import applicable, unsettled
from routing.plan.model import Proposed
from routing.plan.primary import lead_route
from routing.rulebook.by_meaning import asked_back, may_mean
from routing.rulebook.instrument_names import treaty_meant
from routing.rulebook.model import Rule, Rulebook
from routing.rulebook.parse.conditions import TIE
from routing.rulebook.pathway_names import pathways_meant, resolve_pathway
from routing.rulebook.spelling import tidy
from routing.rulebook.words import NATIONALITY, NEVER_A_WAY, NO_WAY, ON_TERMS, PATHWAY, STATE, TOWN

MOST_REASONS = 2
LISTED = re.compile(r"\s*(?:[,+]|\band\b|\bor\b)\s*", re.IGNORECASE)


def proposed(findings: Findings, primary: str, law: Law) -> tuple[Proposed, ...]:
    """What to say of each channel that the case proposes, in its order. primary: the main pathway."""
    value = findings.facts.get("proposed_channel")
    if value is None:
        return ()
    words = _each(findings.rulebook, value.text())
    answers: dict[tuple[str, str | None], Proposed] = {}
    for name in words:
        answer = _with_the_rest(findings.rulebook, _proposed(findings, primary, law, name))
        reason = answer.says, answer.pathway
        same = answers.get(reason)
        if same and answer.pathway is None:  # one reason is read once, and a no is never softened
            sterner = answer if answer.answer == "not_as_proposed" else same
            answer = replace(sterner, channel=f"{same.channel}; {answer.channel}")
        elif alike := [way for says, way in answers if says == answer.says and way != answer.pathway and way]:
            name = inside_sentence(findings.rulebook.pathways[alike[0]].name)
            answer = replace(answer, says=f"The same holds of it as of {name}.", basis=(), unsettled=())
        answers[reason] = answer
    pathways = [answer.pathway for answer in answers.values()]
    return tuple(
        answer
        for number, answer in enumerate(answers.values())
        if answer.pathway is None or answer.pathway not in pathways[:number]
    )


def _each(rulebook: Rulebook, text: str) -> list[str]:
    """The channels that a text lists: apart at a semicolon, and at other signs where each part names one."""
    return [name for part in text.split(";") if part.strip() for name in _listed(rulebook, part.strip())]


def _listed(rulebook: Rulebook, text: str) -> list[str]:
    """The parts of a text, where each names a channel and none is cut out of a longer name."""
    phrases = (tidy(text), *(mention.phrase for mention in rulebook.words.mentions(PATHWAY, text)))
    if any(
        LISTED.search(phrase) and phrase in rulebook.words.by_topic.get(PATHWAY, {}) for phrase in phrases
    ):
        return [text]
    parts = [part for part in LISTED.split(text) if part.strip()]
    whole = treaty_meant(rulebook, text)
    if whole and whole not in [treaty_meant(rulebook, part) for part in parts]:
        return [text]
    recognised = [part for part in parts if _is_recognised(rulebook, part)]
    if len(recognised) < 2:
        return [text]
    doubtful = [part for part in parts if rulebook.words.meant_otherwise(PATHWAY, part)]
    strange = ", ".join(part for part in parts if part not in (*recognised, *doubtful))
    return [*recognised, *doubtful, *([strange] if strange else [])]


def _is_recognised(rulebook: Rulebook, text: str) -> bool:
    """Whether a text names a treaty, a channel, or what is none."""
    return bool(
        _never_a_way(rulebook, text)
        or treaty_meant(rulebook, text)
        or _warnings(rulebook, NO_WAY, text)
        or _warnings(rulebook, ON_TERMS, text)
        or resolve_pathway(rulebook, text)
    )


def _with_the_rest(rulebook: Rulebook, answer: Proposed) -> Proposed:
    """An answer that also says what else was proposed: the parts of the text that name nothing known."""
    parts = [part for part in LISTED.split(answer.channel) if part.strip()]
    strange = [part for part in parts if not _is_recognised(rulebook, part)]
    if not strange or strange == parts:
        return answer
    named = ", ".join(in_quotes(part) for part in strange)
    return replace(answer, says=f"{answer.says} Not known here, and not weighed: {named}.")


def _proposed(findings: Findings, primary: str, law: Law, word: str) -> Proposed:
    rulebook = findings.rulebook
    never = _never_a_way(rulebook, word)
    treaty = None if never else treaty_meant(rulebook, word)
    if treaty is not None:
        return _under_treaty(findings, primary, law, treaty, word)
    named = rulebook.words.mentions(PATHWAY, word)  # a channel that is named outright is what is proposed
    refused = never or (() if named else _warnings(rulebook, NO_WAY, word))
    for code in refused[:1] or (() if named else _warnings(rulebook, ON_TERMS, word)[:1]):
        says = " ".join(rulebook.warnings[code].wording(findings.facts.need.kind).split())
        rules = _forbidding(findings, code)
        return Proposed(
            channel=word,
            pathway=None,
            answer="not_as_proposed" if refused else "depends",
            says=says,
            why=tuple(rule.id for rule in rules),
            basis=(basis := _basis(findings, rules)),
            unsettled=unsettled(findings, basis),
        )
    pathway = _meant_for(findings, primary, word)
    if pathway is None:
        near = asked_back(may_mean(rulebook.words, PATHWAY, word, rulebook.pathways))
        several = rulebook.words.meant_otherwise(PATHWAY, word)
        meant = f" {several}." if several else f" Is one of these meant ({near})?" if near else ""
        says = (
            "No channel is known here by these words, so it is neither allowed nor refused: say which is"
            f" meant.{meant} `routing rules list --by pathway` names those that are known. Until then take"
            " the way that stands below."
        )
        return Proposed(channel=word, pathway=None, answer="depends", says=says)
    name = rulebook.pathways[pathway].name
    if pathway == primary and findings.surely(conclusion.primary(pathway)):
        outside = _outside_the_network(findings, law, word)
        if outside:
            says = f"{outside} {name} delivers it by another way."
            return Proposed(channel=word, pathway=pathway, answer="not_as_proposed", says=says)
        says = f"{name} delivers what is asked."
        return Proposed(channel=word, pathway=pathway, answer="as_proposed", says=says)
    if findings.possibly(conclusion.primary(pathway)):
        says = "It may be the way, once what is unknown is known."
        return Proposed(channel=word, pathway=pathway, answer="depends", says=says)
    ways = f"ways.{findings.facts.need.measure}"
    if findings.possibly(conclusion.delivers(pathway)):
        says = f"It could deliver this, but {rulebook.pathways[primary].name} comes first."
        return Proposed(channel=word, pathway=pathway, answer="not_as_proposed", says=says, why=(ways,))
    reasons, rules, serves_from = _refused(findings, pathway, law)
    return Proposed(
        channel=word,
        pathway=pathway,
        answer="not_as_proposed",
        says=" ".join(reasons),
        why=tuple(rule.id for rule in rules) or (ways,),
        basis=(basis := _basis(findings, rules)),
        unsettled=unsettled(findings, basis),
        serves_from=serves_from,
    )


def _meant_for(findings: Findings, primary: str, word: str) -> str | None:
    """The pathway that a proposal means. Of a phrase that stands for several, as a court letter does, the
    one that carries the need under a treaty, else the first."""
    meant = pathways_meant(findings.rulebook, word)
    if primary in findings.rulebook.words.whole(PATHWAY, word):
        lead = lead_route(findings, primary)
        routes = findings.rulebook.pathways[primary].routes
        if any(route.id == lead and route.kind == TREATY for route in routes):
            return primary
    return meant[0] if meant else None


def _basis(findings: Findings, rules: tuple[Rule, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for rule in rules for ref in applicable(findings, rule.basis)))


def _outside_the_network(findings: Findings, law: Law, word: str) -> str:
    """That a network by whose name a channel was proposed does not have both States; nothing where it may."""
    wanted, facts = f" {tidy(word)} ", findings.facts
    for entry in law.instruments.values():
        called = f" {tidy(entry.short)} "
        tie = facts.get(TIE + entry.id)
        if entry.kind != NETWORK or not (called in wanted or called.startswith(wanted)):
            continue
        if tie is not None and "in_force" not in tie.words:
            return f"Not over {entry.short}. {absence(entry.id, facts, law)}".strip()
    return ""


def _never_a_way(rulebook: Rulebook, word: str) -> tuple[str, ...]:
    """The warnings for who, or what, is no way though a channel is named with it: where the text begins with
    it, it is what is proposed, as in `a friend in the police`."""
    if rulebook.words.whole(PATHWAY, word):
        return ()
    for text in (word, _without_places(rulebook, word)):
        channel = min((mention.start for mention in rulebook.words.mentions(PATHWAY, text)), default=None)
        mentions = rulebook.words.mentions(NEVER_A_WAY, text)
        first = [it for it in mentions if channel is None or it.start <= channel]
        if first:
            return tuple(dict.fromkeys(target for mention in first for target in mention.targets))
    return ()


def _warnings(rulebook: Rulebook, topic: str, word: str) -> tuple[str, ...]:
    """The warnings for what a text proposes that is not a channel: said by the text as a whole, or by a
    phrase in it. topic: of what is no way, or of what is one on terms."""
    for text in (word, _without_places(rulebook, word)):
        mentioned = (it for mention in rulebook.words.mentions(topic, text) for it in mention.targets)
        if targets := rulebook.words.whole(topic, text) or tuple(dict.fromkeys(mentioned)):
            return targets
    return ()


def _without_places(rulebook: Rulebook, text: str) -> str:
    """A text, as texts are compared, without the States and towns in it: `the Lisbon bank` is a bank."""
    words = rulebook.words
    mentions = (it for topic in (STATE, TOWN, NATIONALITY) for it in words.mentions(topic, text))
    named = {place for mention in mentions for place in range(mention.start, mention.end)}
    return " ".join(token for place, token in enumerate(tidy(text).split()) if place not in named)


def _forbidding(findings: Findings, code: str) -> tuple[Rule, ...]:
    """The rules that warn of the same in the case, such as one on the law of the State where it would be
    done."""
    warnings = findings.rulebook.warnings
    return tuple(
        rule
        for rule in findings.fired_rules("warn")
        if any(code in warnings[value].conveys for value in rule.values)
    )


def _under_treaty(findings: Findings, primary: str, law: Law, treaty: CitedInstrument, word: str) -> Proposed:
    """The answer to a treaty that somebody proposed: whether it binds the two States, and whether what is
    asked goes under it."""
    rulebook, value = findings.rulebook, findings.facts.get(TIE + treaty.id)
    if value is not None and "in_force" not in value.words:
        why = _unbound(findings, law, treaty.id, value.words)
        return Proposed(
            channel=word, pathway=None, answer="not_as_proposed", says=why.says, serves_from=why.starts
        )
    name = rulebook.pathways[primary].name
    carried = any(
        ref.split(" ")[0] == treaty.id
        for route in rulebook.pathways[primary].routes
        if findings.possibly(conclusion.available(route.id))
        for ref in (*route.lead, *route.support)
    )
    if value is None or value.words != {"in_force"}:
        says = f"Whether {treaty.short} binds the two States is not known for sure; ask there."
        return Proposed(channel=word, pathway=None, answer="depends", says=says)
    if carried:
        says = f"{treaty.short} binds both States: {name} goes under it."
        return Proposed(channel=word, pathway=None, answer="as_proposed", says=says)
    says = f"{treaty.short} binds both States, but this does not go under it. {name} comes first."
    return Proposed(channel=word, pathway=None, answer="not_as_proposed", says=says)


def _refused(findings: Findings, pathway: str, law: Law) -> tuple[list[str], tuple[Rule, ...], date | None]:
    """Why a pathway is not the way: the sentences, the rules that close it, and the day from which it could
    serve."""
    rulebook = findings.rulebook
    name, measure = rulebook.pathways[pathway].name, rulebook.measures[findings.facts.need.measure].name
    rules = findings.blocking_rules(pathway)
    if rules:
        return (
            [_sentence(says) for says in dict.fromkeys(rule.says for rule in rules[:MOST_REASONS])],
            rules,
            None,
        )
    if pathway not in findings.ways:
        use = " ".join(str(rulebook.pathways[pathway].card.get("right_when") or "").split())
        return [f"It does not deliver {measure}. It is for this: {inside_sentence(use)}"], (), None
    routes = rulebook.pathways[pathway].routes
    if not any(findings.based(route.id) for route in routes):
        missing = list(
            dict.fromkeys(reason for route in routes for reason in _missing(findings, route.opens, law))
        )
        if missing:
            days = [item.starts for item in missing if item.starts is not None]
            alike: dict[object, str] = {}
            for item in missing:  # one act that does not bind a State is enough
                alike.setdefault(item.states or item.says, item.says)
            return list(alike.values())[:MOST_REASONS], (), min(days, default=None)
        by_route = [rule for route in routes for rule in findings.blocking_rules(route.id)]
        if not by_route:
            return (
                [f"Nothing in the case opens {inside_sentence(name)}: {_needs(findings, pathway)}"],
                (),
                None,
            )
        return [_sentence(by_route[0].says)], tuple(by_route[:1]), None
    closed = [
        rule for route in routes if findings.based(route.id) for rule in findings.blocking_rules(route.id)
    ]
    if closed and not findings.possibly(conclusion.available(pathway)):
        return [_sentence(closed[0].says)], tuple(closed[:1]), None
    return [f"{name} is held back by what the case says of this need."], (), None


class _Unbound(Record):
    """Why an instrument does not bind the two States; the day it starts, if that is to come; and the States
    that are outside it, where that is why."""

    says: str
    starts: date | None = None
    states: tuple[str, ...] = ()


def _missing(findings: Findings, opens: Condition, law: Law) -> Iterator[_Unbound]:
    """The instruments that would open a route and do not bind."""
    facts = findings.facts
    for leaf in leaf_tests(opens):
        if not isinstance(leaf, Is) or not leaf.fact.startswith(TIE) or "in_force" not in leaf.values:
            continue
        instrument = leaf.fact.removeprefix(TIE)
        value = facts.get(leaf.fact)
        if value is None or "in_force" in value.words or instrument not in law.instruments:
            continue
        yield _unbound(findings, law, instrument, value.words)


def _unbound(findings: Findings, law: Law, instrument: str, words: Collection[str]) -> _Unbound:
    """Why an instrument does not bind. words: what its tie is."""
    facts, entry = findings.facts, law.instruments[instrument]
    starts = entry.starts
    later = (
        facts.own
        and facts.partner
        and starts
        and law.between(instrument, facts.own, facts.partner, starts.last)
    )
    if starts is not None and starts.first > facts.as_of and later and later.status == "in_force":
        return _Unbound(
            f"{entry.short} applies from {starts}; before that day it opens nothing.", starts.first
        )
    if set(words) == {"signed"}:
        return _Unbound(f"{entry.short} is signed and not in force between the two States.")
    if entry.ended is not None and entry.ended.last < facts.as_of:
        return _Unbound(f"{entry.short} ended on {entry.ended}.")
    if not facts.own or not facts.partner:
        return _Unbound(f"{entry.short} is not in force.")
    unbound = tuple(
        law.states.name(state)
        for state in (facts.own, facts.partner)
        if law.standing(instrument, state, facts.as_of).status in ("none", "signed")
    )
    if unbound:
        return _Unbound(f"{entry.short} does not bind {' and '.join(unbound)}.", states=unbound)
    return _Unbound(f"{entry.short} is not in force between the two States.")


def _needs(findings: Findings, pathway: str) -> str:
    return _sentence(findings.rulebook.pathways[pathway].routes[0].says)


def _sentence(words: str) -> str:
    return ended(" ".join(words.split()))
