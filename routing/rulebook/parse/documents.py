"""Reading documents: `documents/*.yaml`, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Any, TypeVar, cast

from routing.core.domain import KINDS_OF_NEED, MARKS
from routing.core.errors import Problem, one_of
from routing.core.records import Record
from routing.core.snapshot import listed
from routing.law import Law
from routing.rulebook.documents import (
    SOURCES,
    TEMPLATES,
    WEIGHTS,
    Document,
    DocumentField,
    DocumentSection,
    GoesWith,
    Without,
)
from routing.rulebook.model import Rulebook
from routing.rulebook.parse.sources import Source, fit_source, of_part
from routing.yaml.schema import words_of
from routing.yaml.tree import Items, Mapping, Node, Text, read_bytes

FOLDER = "documents"
ID = re.compile(r"[a-z][a-z0-9_]{0,49}")
MEASURES = "measures"  # under `applies`, beside facts
KNOWN_AS = {"use": "block of fields", "choices_of": "list of boxes"}
Kept = TypeVar("Kept")


def documents_of(law: Law) -> dict[str, Document]:
    """Every document of the law data, by id, from the bytes that were hashed."""
    return read_documents(_sources_of(law), [])


def without_of(law: Law) -> tuple[Without, ...]:
    """What the law data say of the steps that no paper carries."""
    return read_without(_sources_of(law))


def _sources_of(law: Law) -> list[Source]:
    sources: list[Source] = []
    for path in listed(law.folder / FOLDER, "**/*.yaml"):
        source = fit_source(FOLDER, path.name, read_bytes(path.read_bytes(), path.name), [])
        if source is not None:
            sources.append(source)
    return sources


def read_without(sources: Iterable[Source]) -> tuple[Without, ...]:
    """What every source says of the steps that no paper carries."""
    return tuple(
        Without(steps=_steps(each), says=_text(each, "says"), file=source.file, line=each.line)
        for source in of_part(sources, FOLDER)
        if isinstance(source.tree, Mapping)
        for each in _items(source.tree.get("without"))
    )


def read_documents(sources: Iterable[Source], faults: list[Problem]) -> dict[str, Document]:
    """The documents of every source, by id; blocks of fields may stand in another file."""
    sources = tuple(of_part(sources, FOLDER))
    shared = _Shared({}, {}, faults)
    for source in sources:
        for name, node in source.block("lists"):
            shared.keep(shared.lists, name, words_of(node), source.file)
    for source in sources:
        for name, node in source.block("blocks"):
            fields = tuple(shared.field(each, source.file) for each in _items(node))
            shared.keep(shared.blocks, name, fields, source.file)
    documents: dict[str, Document] = {}
    for source in sources:
        for name, node in source.block("documents"):
            if name.value in documents:
                faults.append(_twice(name.value, source.file, name.line))
            elif isinstance(node, Mapping):
                documents[name.value] = _document(name, node, source.file, shared)
    return documents


def document_faults(
    documents: dict[str, Document], sources: Iterable[Source], rulebook: Rulebook
) -> list[Problem]:
    """What is wrong with documents that were read: names that are not there, and sections or fields of one
    name."""
    faults: list[Problem] = []
    for document in documents.values():
        at_lines = [(document.line, fault) for fault in _of_document(document, rulebook)]
        for section in document.sections:
            at_lines += [(section.line, fault) for fault in _of_section(section, rulebook)]
        faults += [
            Problem(f"document `{document.id}`: {message}", document.file, line, fix, id)
            for line, (message, fix, id) in at_lines
        ]
    for without in read_without(sources):
        faults += [
            Problem(f"steps without a paper: {message}", without.file, without.line, fix, id)
            for message, fix, id in _of_steps(without.steps, rulebook)
        ]
    return faults


def _of_document(document: Document, rulebook: Rulebook) -> Iterator[tuple[str, str, str]]:
    if not ID.fullmatch(document.id):
        yield f"`{document.id}` is not an id", "use small letters, digits and `_`", "document.id"
    for entry in (*document.carries, *document.beside):
        yield from _of_steps(entry, rulebook)
    for id, count in Counter(section.id for section in document.sections).items():
        if count > 1:
            yield f"section `{id}` stands {count} times", "give each section its own id", "document.twice"


def _of_steps(steps: GoesWith, rulebook: Rulebook) -> Iterator[tuple[str, str, str]]:
    yield from _unknown(steps.pathways, rulebook.pathways, "pathway")
    yield from _unknown(steps.measures, rulebook.measures, "measure")
    yield from _unknown(steps.kinds, KINDS_OF_NEED, "kind of need")
    yield from _unknown(steps.instruments, rulebook.instruments, "instrument")


def _of_section(section: DocumentSection, rulebook: Rulebook) -> Iterator[tuple[str, str, str]]:
    yield from _unresolved(section.asked_by, rulebook, section.id)
    for key, words in section.applies.items():
        if key == MEASURES:
            yield from _unknown(words, rulebook.measures, "measure")
        elif key not in rulebook.facts:
            yield (
                f"section `{section.id}`: `{key}` is not a fact",
                one_of(key, rulebook.facts, 6),
                "document.name",
            )
        elif rulebook.facts[key].values:
            yield from _unknown(words, rulebook.facts[key].values, f"value of `{key}`")
    for id, count in Counter(each.id for each in section.fields).items():
        if count > 1:
            yield (
                f"section `{section.id}`: field `{id}` stands {count} times",
                "give each field its own id",
                "document.twice",
            )
    for each in section.fields:
        if not ID.fullmatch(each.id):
            yield f"`{each.id}` is not an id of a field", "use small letters, digits and `_`", "document.id"
        if not (each.says or each.sources or each.ask or each.choices):
            yield (
                f"field `{each.id}` has no value: no `says`, `from`, `ask` or `choices`",
                "add one",
                "document.empty",
            )
        yield from _unresolved(each.asked_by, rulebook, f"{section.id}, {each.id}")
        for source in (*each.sources, *each.hint):
            if not known_source(source, rulebook.facts):
                place, _, name = source.partition(".")
                allowed = rulebook.facts if place == "fact" else SOURCES.get(place, (*SOURCES, "fact"))
                yield (
                    f"field `{each.id}`: `{source}` is not a source",
                    one_of(name if place in SOURCES or place == "fact" else place, allowed, 8),
                    "document.source",
                )


def known_source(source: str, facts: Container[str]) -> bool:
    """Whether a source is one of the closed list, or a fact."""
    place, _, name = source.partition(".")
    return name in facts if place == "fact" else name in SOURCES.get(place, ())


def _unknown(words: Iterable[str], allowed: Iterable[str], what: str) -> Iterator[tuple[str, str, str]]:
    allowed = tuple(allowed)
    for word in words:
        if word not in allowed:
            yield f"`{word}` is not a {what}", one_of(word, allowed, 6), "document.name"


def _unresolved(refs: Iterable[str], rulebook: Rulebook, where: str) -> Iterator[tuple[str, str, str]]:
    for ref in refs:
        if ref not in rulebook.provisions:
            yield (
                f"section `{where}`: `{ref}` is not a provision",
                "add it to its file under `instruments/`, or cite one that is there",
                "document.provision",
            )


def _twice(name: str, file: str, line: int) -> Problem:
    return Problem(f"`{name}` is defined twice", file, line, "keep one", "file.twice")


def _items(node: Node | None) -> tuple[Mapping, ...]:
    values = node.values if isinstance(node, Items) else ()
    return tuple(each for each in values if isinstance(each, Mapping))


def _text(node: Mapping, key: str) -> str:
    text = node.get(key)
    return " ".join(text.value.split()) if isinstance(text, Text) and not text.absent else ""


class _Shared(Record):
    """What several papers share: lists of boxes, and blocks of fields. faults: what is wrong with them."""

    lists: dict[str, tuple[str, ...]]
    blocks: dict[str, tuple[DocumentField, ...]]
    faults: list[Problem]

    def keep(self, among: dict[str, Kept], name: Text, kept: Kept, file: str) -> None:
        if name.value in among:
            self.faults.append(_twice(name.value, file, name.line))
        among[name.value] = kept

    def field(self, node: Mapping, file: str) -> DocumentField:
        weight = _text(node, "weight")
        of_lists = (box for each in self.kept(node, "choices_of", self.lists, file) for box in each)
        return DocumentField(
            id=_text(node, "id"),
            name=_text(node, "name"),
            says=_text(node, "says"),
            sources=words_of(node.get("from")),
            ask=_text(node, "ask"),
            hint=words_of(node.get("hint")),
            choices=(*words_of(node.get("choices")), *of_lists),
            story=bool(_text(node, "story")),
            by_hand=bool(_text(node, "by_hand")),
            weight=cast(Any, weight) if weight in WEIGHTS else None,
            when=_text(node, "when"),
            asked_by=words_of(node.get("asked_by")),
        )

    def kept(self, node: Mapping, key: str, among: dict[str, Kept], file: str) -> Iterator[Kept]:
        """What the words under a key name; each that names nothing is a fault."""
        used = node.get(key)
        for word in words_of(used):
            if word in among:
                yield among[word]
            else:
                message = f"`{word}` is not a {KNOWN_AS[key]}"
                line = used.line if used else node.line
                self.faults.append(Problem(message, file, line, one_of(word, among), "document.name"))


def _goes_with(node: Node | None) -> tuple[GoesWith, ...]:
    return tuple(_steps(each) for each in _items(node))


def _steps(node: Mapping) -> GoesWith:
    return GoesWith(
        **{key: words_of(node.get(key)) for key in ("pathways", "measures", "kinds", "instruments")},
        ahead=_text(node, "ahead"),
    )


def _document(name: Text, node: Mapping, file: str, shared: _Shared) -> Document:
    sections = []
    for each in _items(node.get("sections")):
        fields = [field for block in shared.kept(each, "use", shared.blocks, file) for field in block]
        fields += (shared.field(item, file) for item in _items(each.get("fields")))
        applies = each.get("applies")
        weight, mark = _text(each, "weight"), _text(each, "mark")
        sections.append(
            DocumentSection(
                id=_text(each, "id"),
                name=_text(each, "name"),
                weight=cast(Any, weight if weight in WEIGHTS else "expected"),
                mark=mark if mark in MARKS else "unverified",
                fields=tuple(fields),
                when=_text(each, "when"),
                asked_by=words_of(each.get("asked_by")),
                applies={key.value: words_of(value) for key, value in applies.entries}
                if isinstance(applies, Mapping)
                else {},
                says=_text(each, "says"),
                line=each.line,
            )
        )
    template = _text(node, "template")
    return Document(
        id=name.value,
        name=_text(node, "name"),
        carries=_goes_with(node.get("for")),
        beside=_goes_with(node.get("beside")),
        template=template if template in TEMPLATES else TEMPLATES[0],
        source=_text(node, "source"),
        mark=_text(node, "mark") or "unverified",
        signs=_text(node, "signs"),
        attach=_text(node, "attach"),
        back=_text(node, "back"),
        notes=words_of(node.get("notes")),
        sections=tuple(sections),
        file=file,
        line=name.line,
    )
