"""Which pathways a person means by a word or a sentence."""

from __future__ import annotations

from routing.core.domain import Measure
from routing.core.errors import Problems, one_of
from routing.rulebook.by_meaning import may_mean, surely_meant
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.rulebook.words import MEASURE, PATHWAY


def pathways_meant(rulebook: Rulebook, text: str) -> tuple[str, ...]:
    """The pathways that a text names, in its order: a phrase of the rules that may mean several, an id,
    a name or a family, else every phrase it holds; else a near one, by its letters or by its meaning."""
    wanted = tidy(text.replace("_", " "))
    whole = rulebook.words.whole(PATHWAY, text)
    if whole:
        return whole
    for pathway in rulebook.pathways.values():
        if wanted in (tidy(pathway.id.replace("_", " ")), tidy(pathway.name)):
            return (pathway.id,)
    for pathway in rulebook.pathways.values():
        if wanted == tidy(pathway.family.replace("_", " ")):
            return (pathway.id,)
    mentioned = tuple(
        dict.fromkeys(way for mention in rulebook.words.mentions(PATHWAY, text) for way in mention.targets)
    )
    if mentioned:
        return mentioned
    if near := rulebook.words.closest_spelling(PATHWAY, text, rulebook.pathways):
        return (near,)
    return surely_meant(may_mean(rulebook.words, PATHWAY, text, rulebook.pathways))


def resolve_pathway(rulebook: Rulebook, text: str) -> str | None:
    """The pathway that a text names, the first where it names several; None where it names none."""
    meant = pathways_meant(rulebook, text)
    return meant[0] if meant else None


def measure_meant(rulebook: Rulebook, text: str) -> Measure | None:
    """The measure that a text names as it stands; None where it names a pathway."""
    pathways, words = rulebook.pathways, rulebook.words
    names = {tidy(name) for way in pathways.values() for name in (way.id.replace("_", " "), way.name)}
    if words.whole(PATHWAY, text) or tidy(text.replace("_", " ")) in names:
        return None
    measures = words.whole(MEASURE, text.replace("_", " "))
    return rulebook.measures[measures[0]] if measures else None


def pathway_of(rulebook: Rulebook, text: str) -> str:
    """The pathway that a text names. Raises Problems, with the nearest, where it names none."""
    pathway = resolve_pathway(rulebook, text)
    if pathway is None:
        raise Problems.of(f"`{text}` is not a pathway", fix=one_of(text, rulebook.pathways, 8))
    return pathway
