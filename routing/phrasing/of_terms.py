"""What a word means: a term of art, the name of an instrument, or a word of a case file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from routing.phrasing.of_facts import in_words
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.glossary import Glossary, Term
from routing.rulebook.spelling import tidy
from routing.rulebook.words import NEVER_A_WAY, NO_WAY, ON_TERMS, OUTSIDE


def term_data(rulebook: Rulebook, word: str) -> dict[str, Any] | None:
    """What a word means and where that is from; None where it is not a word of the plan, the law or a case
    file."""
    glossary = Glossary.load(rulebook.source)
    entry = glossary.find(word)
    if entry is not None:
        return _term_data(entry, rulebook)
    return _instrument_data(word, glossary, rulebook) or _word_data(word, rulebook)


def terms_in_short(rulebook: Rulebook) -> dict[str, Any]:
    """Every term of the glossary, by the alphabet, with what it means."""
    terms = Glossary.load(rulebook.source).terms
    return {name: terms[name].says for name in sorted(terms, key=str.lower)}


def _term_data(term: Term, rulebook: Rulebook) -> dict[str, Any]:
    """A term with its sources; the mark of a provision is the provision's own."""
    sources: list[dict[str, str]] = []
    for ref in term.source:
        provision = rulebook.provisions[ref]
        name = f"{rulebook.instruments[provision.instrument].short} {provision.article}"
        sources.append({"provision": ref, "name": name, "says": provision.says, "mark": provision.mark})
    return {
        "term": term.name,
        "says": term.says,
        "also": list(term.also),
        "source": sources,
        "usage": term.usage or None,
        "mark": term.mark or None,
        "see": list(term.see),
    }


def _instrument_data(word: str, glossary: Glossary, rulebook: Rulebook) -> dict[str, Any] | None:
    spoken = {name.lower(): instrument for name, instrument in glossary.names.items()}
    spoken |= {name.lower(): i.id for i in rulebook.instruments.values() for name in (i.id, i.short, i.name)}
    id = spoken.get(word.lower())
    if id is None:
        return None
    instrument = rulebook.instruments[id]
    return {
        "term": word,
        "says": f"{instrument.name} ({instrument.short}; {instrument.kind}).",
        "also": [],
        "source": [],
        "usage": None,
        "mark": None,
        "see": [id],
    }


def _word_data(word: str, rulebook: Rulebook) -> dict[str, Any] | None:
    """What a word means in a case file: a measure, a channel, a fact, or a value of a fact; None where it is
    none."""
    meanings = list(dict.fromkeys(_meanings(word, rulebook)))
    if not meanings:
        return None
    return {
        "term": word,
        "says": " ".join(meanings),
        "also": [],
        "source": [],
        "usage": "this program",
        "mark": None,
        "see": [],
    }


def _meanings(word: str, rulebook: Rulebook) -> Iterator[str]:
    wanted = tidy(word.replace("_", " "))
    for topic, phrases in rulebook.words.by_topic.items():
        for target in phrases.get(wanted, ()):
            yield from _meaning(topic, target, rulebook)
    for id, measure in rulebook.measures.items():
        if wanted in (tidy(id.replace("_", " ")), tidy(measure.name)):
            yield f"In a case file, a measure: {measure.name}."
    for id, pathway in rulebook.pathways.items():
        if wanted in (tidy(id.replace("_", " ")), tidy(pathway.name)):
            yield f"A channel: {pathway.name}. {pathway.card.get('is', '')}".strip()
    for fact in rulebook.facts.values():
        if wanted == tidy(fact.id.replace("_", " ")):
            yield f"In a case file, the answer to: {fact.asks}"
        for value, says in fact.values.items():
            if wanted == tidy(value.replace("_", " ")) and value not in ("yes", "no"):
                yield (
                    f"In a case file, a value of {in_words(rulebook, fact.id)}{f': {says}' if says else ''}."
                )


def _meaning(topic: str, target: str, rulebook: Rulebook) -> Iterator[str]:
    """What a phrase of the lists of words is read as."""
    if topic == "measure" and target in rulebook.measures:
        yield f"In a case file, read as the measure: {rulebook.measures[target].name}."
    elif topic == "pathway" and target in rulebook.pathways:
        pathway = rulebook.pathways[target]
        yield f"Read as the channel: {pathway.name}. {pathway.card.get('is', '')}".strip()
    elif topic in rulebook.facts:
        yield f"In a case file, read as {in_words(rulebook, topic)}: {target.replace('_', ' ')}."
    elif topic in (OUTSIDE, NO_WAY, NEVER_A_WAY, ON_TERMS):
        yield rulebook.warnings[target].says
    elif topic == "state":
        yield f"Read as the State {target}."
