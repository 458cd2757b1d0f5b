"""The answer to a channel that somebody proposed: yes, no with its own reason and day, or it depends."""

from __future__ import annotations

import re
from datetime import date

from routing.core import conclusion
from routing.core.domain import CitedInstrument
from routing.core.kinds import NETWORK, TREATY
from routing.core.printable import ended, in_quotes, inside_sentence
from routing.core.records import replace
from routing.evaluate.findings import Findings
from routing.law import Law
from routing.plan.absences import absence
from routing.plan.applicable import applicable, unsettled
from routing.plan.model import Proposed
from routing.plan.primary import lead_route
from routing.plan.unbound import missing, on_acts_named, on_another_act, outside, unbound
from routing.rulebook.by_meaning import asked_back, may_mean
from routing.rulebook.instrument_names import treaty_meant
from routing.rulebook.mentions import Mention
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
    named = _names_a_channel(findings, word)
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
    if pathway is None and (elsewhere := _elsewhere(findings, law, word)):
        return Proposed(channel=word, pathway=None, answer="depends", says=elsewhere)
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
    if findings.possibly(conclusion.available(pathway)) and (
        act := on_another_act(findings, pathway, law, word)
    ):
        return Proposed(channel=word, pathway=pathway, answer="not_as_proposed", says=act)
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


def _names_a_channel(findings: Findings, word: str) -> bool:
    """Whether a proposal names a channel outright. Words that are a warning too, as `arrest warrant`, name
    one only where that channel is open between the two States."""
    words = findings.rulebook.words
    warned = [it for topic in (NO_WAY, ON_TERMS) for it in words.mentions(topic, word)]
    for mention in words.mentions(PATHWAY, word):
        span = mention.start, mention.end
        if any(_within(span, it) for it in words.mentions(ON_TERMS, word)):
            continue
        if span not in [(it.start, it.end) for it in warned] or any(
            _open_here(findings, way) for way in mention.targets
        ):
            return True
    return False


def _within(span: tuple[int, int], mention: Mention) -> bool:
    """Whether words lie inside a longer phrase, as `arrest warrant` in `Mercosur arrest warrant`."""
    start, end = span
    return mention.start <= start and end <= mention.end and end - start < mention.end - mention.start


def _open_here(findings: Findings, pathway: str) -> bool:
    """Whether a pathway is one that people try for what is asked, and one of its routes has a basis between
    the two States."""
    routes = findings.rulebook.pathways[pathway].routes
    measure = findings.rulebook.measures[findings.facts.need.measure]
    return pathway in (*measure.ways, *measure.not_by) and any(findings.based(route.id) for route in routes)


def _meant_for(findings: Findings, primary: str, word: str) -> str | None:
    """The pathway that a proposal means. Of a phrase that stands for several, as a court letter does, the
    one that carries the need under a treaty, else the first that is open between the two States."""
    meant = pathways_meant(findings.rulebook, word)
    mentions = findings.rulebook.words.mentions(PATHWAY, word)
    several = next((it.targets for it in mentions if it.targets[0] == meant[0]), ()) if meant else ()
    if primary in findings.rulebook.words.whole(PATHWAY, word):
        lead = lead_route(findings, primary)
        routes = findings.rulebook.pathways[primary].routes
        if any(route.id == lead and route.kind == TREATY for route in routes):
            return primary
    serving = (way for way in several if findings.possibly(conclusion.delivers(way)))
    based = (way for way in several if _open_here(findings, way))
    return next(iter((*serving, *based, *meant, *on_acts_named(findings, word))), None)


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


def _elsewhere(findings: Findings, law: Law, word: str) -> str:
    """That a text which names no channel names a State that is not the one that is asked; else nothing."""
    words, facts = findings.rulebook.words, findings.facts
    mentions = (it for topic in (STATE, TOWN) for it in words.mentions(topic, word))
    named = tuple(dict.fromkeys(target for mention in mentions for target in mention.targets))
    if len(named) != 1 or not facts.partner or named[0] in (facts.own, facts.partner):
        return ""
    elsewhere, asked = law.states.name(named[0]), law.states.name(facts.partner)
    return (
        f"It names {elsewhere}, which is not the State that is asked. What is to be done in {asked} is done"
        f" by the authorities there: ask them by the way that stands below, unless it goes through"
        f" {elsewhere}."
    )


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
        why = unbound(findings, law, treaty.id, value.words)
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
        apart = outside(findings, pathway, law)
        reasons = [apart] * bool(apart) + [_sentence(rule.says) for rule in rules]
        return (
            list(dict.fromkeys(reasons))[:MOST_REASONS],
            rules,
            None,
        )
    if pathway not in findings.ways:
        use = " ".join(str(rulebook.pathways[pathway].card.get("right_when") or "").split())
        return [f"It does not deliver {measure}. It is for this: {inside_sentence(use)}"], (), None
    routes = rulebook.pathways[pathway].routes
    if not any(findings.based(route.id) for route in routes):
        lacking = list(
            dict.fromkeys(reason for route in routes for reason in missing(findings, route.opens, law))
        )
        if lacking:
            days = [item.starts for item in lacking if item.starts is not None]
            alike: dict[object, str] = {}
            for item in lacking:  # one act that does not bind a State is enough
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


def _needs(findings: Findings, pathway: str) -> str:
    return _sentence(findings.rulebook.pathways[pathway].routes[0].says)


def _sentence(words: str) -> str:
    return ended(" ".join(words.split()))
