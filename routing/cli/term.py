"""`routing term`: what a term of art means, and where that is from."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from routing.cli.exit_codes import USAGE, guarded
from routing.cli.options import format_option
from routing.core.errors import Problem
from routing.render.width import terminal_width

if TYPE_CHECKING:
    from routing.rulebook.model import Rulebook
    from routing.rulebook.parse.glossary import Glossary, Term


@click.command()
@click.argument("word", nargs=-1)
@format_option
@click.pass_obj
def term(obj: dict[str, Path], word: tuple[str, ...], form: str) -> None:
    """What WORD means: a term of art, or the name of an instrument. Without it, all terms are listed."""
    with guarded():
        from routing.api import Router
        from routing.rulebook.parse.glossary import Glossary

        rulebook = Router.open(obj["rules"]).rulebook
        glossary = Glossary.load(rulebook.source)
        if not word:
            listed = {name: glossary.terms[name].says for name in sorted(glossary.terms, key=str.lower)}
            click.echo(
                json.dumps(listed, indent=2, ensure_ascii=False)
                if form == "json"
                else "\n".join(_one_line(n, s) for n, s in listed.items())
            )
            return
        said = " ".join(word)
        entry = glossary.find(said)
        data = (
            _term_data(entry, rulebook)
            if entry
            else _instrument_data(said, glossary, rulebook) or _word_data(said, rulebook)
        )
        if data is None:
            near = glossary.near(said)
            fix = f"nearest: {', '.join(near)}" if near else "`routing term` lists all"
            click.echo(
                str(Problem(f"`{said}` is not a word of the plan, the law or a case file", fix=fix)), err=True
            )
            sys.exit(USAGE)
        click.echo(
            json.dumps(data, indent=2, ensure_ascii=False) if form == "json" else "\n".join(_lines(data))
        )


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
    told = list(dict.fromkeys(_meanings(word, rulebook)))
    if not told:
        return None
    return {
        "term": word,
        "says": " ".join(told),
        "also": [],
        "source": [],
        "usage": "this program",
        "mark": None,
        "see": [],
    }


def _meanings(word: str, rulebook: Rulebook) -> Iterator[str]:
    from routing.phrasing.of_facts import in_words
    from routing.rulebook.words import tidy

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
    from routing.phrasing.of_facts import in_words
    from routing.rulebook.words import OUTSIDE

    if topic == "measure" and target in rulebook.measures:
        yield f"In a case file, read as the measure: {rulebook.measures[target].name}."
    elif topic == "pathway" and target in rulebook.pathways:
        pathway = rulebook.pathways[target]
        yield f"Read as the channel: {pathway.name}. {pathway.card.get('is', '')}".strip()
    elif topic in rulebook.facts:
        yield f"In a case file, read as {in_words(rulebook, topic)}: {target.replace('_', ' ')}."
    elif topic == OUTSIDE:
        yield rulebook.warnings[target].says
    elif topic == "state":
        yield f"Read as the State {target}."


def _one_line(name: str, says: str) -> str:
    return (
        textwrap.shorten(f"{name:<34} {says}", 2 * terminal_width())
        if len(name) > 34
        else f"{name:<34} {textwrap.shorten(says, terminal_width() - 35, placeholder=' ...')}"
    )


def _lines(data: dict[str, Any]) -> list[str]:
    lines = [
        click.style(data["term"], bold=True),
        *textwrap.wrap(data["says"], terminal_width(), initial_indent="  ", subsequent_indent="  "),
    ]
    if data["also"]:
        lines += textwrap.wrap(
            f"also: {', '.join(data['also'])}",
            terminal_width(),
            initial_indent="  ",
            subsequent_indent="    ",
        )
    for source in data["source"]:
        told = f"{source['name']} ({source['mark']}): {source['says']}"
        lines += textwrap.wrap(told, terminal_width(), initial_indent="  from ", subsequent_indent="    ")
    if data["usage"]:
        lines.append(f"  from {data['usage']}" + (f" ({data['mark']})" if data["mark"] else ""))
    if data["see"]:
        lines.append(f"  see {', '.join(data['see'])}")
    return lines
