"""What rules cite and say: instruments, provisions, and the codes of warnings, duties and limits."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from pathlib import PurePath
from typing import Any

from routing.core.domain import NAMED_ONLY, READ, CitedInstrument, Code, Provision
from routing.core.errors import Problem
from routing.core.kinds import OF_CITED, TREATY
from routing.law.provisions import provision_of
from routing.rulebook.parse.sources import Source, keyed, of_part
from routing.yaml.schema import words_of
from routing.yaml.tree import Mapping, plain

SPEAKS = ("belongs_to", "binds", "through", "short_in", "on_requests_received")
SHORTEST_ANCHOR, LONGEST_ANCHOR = 4, 8


def read_instruments(sources: tuple[Source, ...], faults: list[Problem]) -> dict[str, CitedInstrument]:
    """Every instrument, from the list of instruments and from the files of what is only cited."""
    instruments: dict[str, CitedInstrument] = {}
    for name, node, _ in keyed(sources, "index", "instruments", faults):
        data = plain(node)
        details = {
            key: value
            for key, value in data.items()
            if isinstance(value, str) and key not in ("short", "name", "kind")
        }
        instruments[name.value] = CitedInstrument(
            name.value,
            data.get("short", name.value),
            data.get("name", name.value),
            data.get("kind", TREATY),
            details=details,
            **_speaks(data),
        )
    for source in of_part(sources, "provisions"):
        data = plain(source.tree)
        id = data.get("instrument", "")
        if id:
            base = instruments.get(
                id,
                CitedInstrument(id, data.get("short", id), data.get("name", id), data.get("kind", OF_CITED)),
            )
            named = {NAMED_ONLY: data[NAMED_ONLY]} if data.get(NAMED_ONLY) else {}
            instruments[id] = CitedInstrument(
                base.id,
                base.short,
                base.name,
                base.kind,
                data.get("article", "{}"),
                {**base.details, **named},
                **{**_speaking(base), **_speaks(data)},
            )
    return instruments


def _speaks(data: AbstractMapping[str, Any]) -> dict[str, Any]:
    """What decides in which cases an instrument speaks, and by which name, as written."""
    return {
        key: tuple(data[key]) if isinstance(data[key], list) else data[key] for key in SPEAKS if data.get(key)
    }


def _speaking(instrument: CitedInstrument) -> dict[str, Any]:
    return {key: getattr(instrument, key) for key in SPEAKS}


def read_provisions(sources: tuple[Source, ...], faults: list[Problem]) -> dict[str, Provision]:
    """Every provision by its reference, as `instrument 18(9)`."""
    provisions: dict[str, Provision] = {}
    for source in of_part(sources, "provisions"):
        data = plain(source.tree)
        id = data.get("instrument", "")
        if id != PurePath(source.file).stem:
            faults.append(
                Problem(
                    f"the file holds the provisions of `{id}`",
                    source.file,
                    source.tree.line,
                    f"name it `{id}.yaml`, or correct `instrument:`",
                    "provision.wrong-file",
                )
            )
        for article, node in source.block("provisions"):
            entry = plain(node) if isinstance(node, Mapping) else {}
            if not {"says", "mark"} <= set(entry):
                continue  # told already
            ref = f"{id} {article.value}"
            if ref in provisions:
                faults.append(
                    Problem(f"`{ref}` is defined twice", source.file, article.line, "keep one", "file.twice")
                )
                continue
            provisions[ref] = provision_of(id, article.value, entry, data)
            if "anchor" in entry and (message := misshapen_anchor(ref, entry["anchor"])):
                faults.append(
                    Problem(
                        message,
                        source.file,
                        article.line,
                        "give four to eight consecutive words of the text",
                        "provision.anchor",
                    )
                )
            for lacks in ("read_at", "checked", "anchor"):
                if entry["mark"] in READ and not getattr(provisions[ref], lacks):
                    faults.append(
                        Problem(
                            f"`{ref}` is marked `{entry['mark']}` and has no `{lacks}`",
                            source.file,
                            article.line,
                            "say where and when it was read and give four to eight consecutive words of it,"
                            " or mark it `secondary`",
                            "provision.anchor",
                        )
                    )
    return provisions


def misshapen_anchor(of: str, anchor: str | None) -> str:
    """What is wrong with the length of an anchor, in words; empty where nothing is."""
    words = len((anchor or "").split())
    return "" if SHORTEST_ANCHOR <= words <= LONGEST_ANCHOR else f"the anchor of `{of}` has {words} words"


def read_codes(sources: tuple[Source, ...], kind: str, faults: list[Problem]) -> dict[str, Code]:
    """The codes of a kind: warnings, duties or limits."""
    return {name.value: _code(name.value, node) for name, node, _ in keyed(sources, "wording", kind, faults)}


def _code(id: str, node: Mapping) -> Code:
    data = plain(node)
    return Code(
        id,
        data.get("says", ""),
        data.get("level", "caution"),
        words_of(node.get("conveys")),
        data.get("says_in", {}),
        data.get("outside", ""),
        data.get("weight", "usual"),
        data.get("finds_out", ""),
    )
