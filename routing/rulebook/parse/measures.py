"""Measures: what can be asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as AbstractMapping

from routing.core.domain import EVERY, KINDS_OF_NEED, Fact, Measure, Pathway
from routing.core.errors import Problem, one_of
from routing.rulebook.parse.facts import is_value, values_of
from routing.rulebook.parse.sources import Source, keyed
from routing.yaml.schema import words_of
from routing.yaml.tree import Mapping, Text, plain, words_of_text


def read_measures(
    sources: tuple[Source, ...],
    facts: AbstractMapping[str, Fact],
    pathways: AbstractMapping[str, Pathway],
    faults: list[Problem],
) -> dict[str, Measure]:
    measures = {
        name.value: _measure(name, node, file, facts, pathways, faults)
        for name, node, file in keyed(sources, "measures", "measures", faults)
    }
    for measure in measures.values():
        for first in measure.follows:
            if first not in measures:
                message = f"`{first}` in `follows` of `{measure.id}` is not a measure"
                cure = one_of(first, measures)
                faults.append(Problem(message, measure.file, measure.line, cure, "measure.unknown-value"))
        for kind, instead in measure.otherwise.items():
            if kind not in KINDS_OF_NEED or instead not in {*measures, *KINDS_OF_NEED}:
                what = "is not a kind and a measure or kind"
                message = f"`{kind}: {instead}` in `otherwise` of `{measure.id}` {what}"
                cure = one_of(kind, KINDS_OF_NEED) if kind not in KINDS_OF_NEED else one_of(instead, measures)
                faults.append(Problem(message, measure.file, measure.line, cure, "measure.unknown-value"))
    names = {*measures, *KINDS_OF_NEED, EVERY}
    formed = {*measures, *KINDS_OF_NEED} | {measure.group for measure in measures.values()}
    pairs = {f"{fact.id}={value}" for fact in facts.values() if fact.statable for value in fact.values}
    for fact in facts.values():
        faults += _strange(fact, "tells", fact.tells, pairs, "not a fact and a value of it")
        faults += _strange(
            fact, "form", fact.form, formed, "not a measure, a group of measures or a kind of need"
        )
        told_words = (word for words in fact.told_by.values() for word in words)
        faults += _strange(
            fact, "told_by", told_words, names, f"neither a measure, a kind of need nor `{EVERY}`"
        )
    return measures


def _strange(
    fact: Fact, key: str, words: Iterable[str], names: Collection[str], what: str
) -> Iterator[Problem]:
    """The words under a key of a fact that are none of those known there. what: what each then is."""
    for word in words:
        if word not in names:
            message = f"`{word}` in `{key}` of `{fact.id}` is {what}"
            yield Problem(message, fact.file, fact.line, one_of(word, names, 6), "fact.unknown-value")


def _measure(
    name: Text,
    node: Mapping,
    file: str,
    facts: AbstractMapping[str, Fact],
    pathways: AbstractMapping[str, Pathway],
    faults: list[Problem],
) -> Measure:
    def tell(id: str, message: str, line: int, cure: str) -> None:
        faults.append(Problem(message, file, line, cure, id))

    for part in ("presumes", "has"):
        given = node.get(part)
        for key, value in given.entries if isinstance(given, Mapping) else ():
            fact, word = facts.get(key.value), words_of_text(value)
            if fact is None:
                cure = one_of(key.value, facts)
                tell("measure.unknown-fact", f"`{key.value}` is not a fact", key.line, cure)
            elif not is_value(word, fact.type, fact.values):
                cure = values_of(word, fact.type, fact.values)
                tell("measure.unknown-value", f"`{word}` is not a value of `{key.value}`", value.line, cure)
    data, ways, not_by = plain(node), words_of(node.get("ways")), words_of(node.get("not_by"))
    for way in (*ways, *not_by):
        if way not in pathways:
            tell("measure.unknown-way", f"`{way}` is not a pathway", name.line, one_of(way, pathways))
    return Measure(
        id=name.value,
        name=data.get("name", name.value),
        presumes=data.get("presumes") or {},
        has=data.get("has") or {},
        ways=ways,
        not_by=not_by,
        because=data.get("because", ""),
        group=data.get("group", ""),
        kinds=words_of(node.get("kinds")),
        offered_with=words_of(node.get("offered_with")),
        follows=words_of(node.get("follows")),
        otherwise=data.get("otherwise") or {},
        where=data.get("where", "from"),
        line=name.line,
        file=file,
    )
