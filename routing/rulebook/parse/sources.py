"""The files of a rules folder as trees that have the shape of their part, before anything is built from them.

A source is one file of one part: `rulebook`, `facts`, `measures`, `pathways`, `routes` (further routes of a
pathway), `reasoning`, `wording`, `words`, `index` (of instruments), `provisions`, `glossary`, `paper` or
`documents`. Whoever adds sources of other files to these has them checked as strictly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from routing.core.errors import Problem, Problems, one_of
from routing.core.records import Record
from routing.core.snapshot import Location, inside, listed
from routing.law.schemas import INSTRUMENTS, PROVISIONS
from routing.rulebook.document_schemas import DOCUMENTS
from routing.rulebook.overlay.merge import LIST, overlays_in
from routing.rulebook.schemas import (
    FACTS,
    FOLDERS,
    GLOSSARY,
    MEASURES,
    PAPER_MAP,
    PATHWAYS,
    ROUTES,
    RULEBOOK,
    RULES,
    WORDING,
    WORDS,
)
from routing.yaml.schema import Schema, Validator
from routing.yaml.tree import Items, Mapping, Node, Text, read_file

LARGEST_FILE = 4_000_000
TOP = "top"
SINGLE = {"rulebook.yaml": "rulebook", "measures.yaml": "measures", "instruments.yaml": "index"}
IF_THERE = {"glossary.yaml": "glossary", "paper-map.yaml": "paper"}
MANY = {
    "facts": "facts",
    "pathways": "pathways",
    "routes": "routes",
    "reasoning": "reasoning",
    "wording": "wording",
    "words": "words",
    "instruments": "provisions",
    "documents": "documents",
}
SHAPES: dict[str, Schema] = {
    "rulebook": RULEBOOK,
    "facts": FACTS,
    "measures": MEASURES,
    "pathways": PATHWAYS,
    "routes": ROUTES,
    "reasoning": RULES,
    "wording": WORDING,
    "words": WORDS,
    "index": INSTRUMENTS,
    "provisions": PROVISIONS,
    "glossary": GLOSSARY,
    "paper": PAPER_MAP,
    "documents": DOCUMENTS,
}


class Source(Record):
    """A file that has the shape of its part. file: its name in faults."""

    part: str
    file: str
    tree: Node

    def block(self, key: str) -> Iterator[tuple[Text, Node]]:
        """The entries of a block at the top of the file."""
        block = self.tree.get(key) if isinstance(self.tree, Mapping) else None
        yield from block.entries if isinstance(block, Mapping) else ()


def read_sources(folder: Location) -> tuple[tuple[Source, ...], list[Problem]]:
    """The sources of a folder, and what is wrong with its files taken one by one."""
    faults: list[Problem] = []
    paths = [(part, folder / name) for name, part in SINGLE.items()]
    paths += [(part, folder / name) for name, part in IF_THERE.items() if (folder / name).exists()]
    paths += [(part, path) for name, part in MANY.items() for path in listed(folder / name, "**/*.yaml")]
    sources: list[Source] = []
    for part, path in paths:
        file = f"{folder.name}/{inside(path, folder)}"
        tree = _tree(path, file, faults)
        fitted = fit_source(part, file, tree, faults) if tree is not None else None
        if fitted is not None:
            sources.append(fitted)
    faults += _expected(folder, sources)
    return tuple(sources), faults


def fit_source(part: str, file: str, tree: Node, faults: list[Problem]) -> Source | None:
    """A tree as a source of a part; None where it has no likeness to it. What does not fit goes to the
    faults."""
    fitting = Validator(file)
    fitted = fitting.fit(tree, SHAPES[part])
    faults += fitting.faults
    return None if fitted is None else Source(part, file, fitted)


def unread(faults: Iterable[Problem]) -> bool:
    """Whether a file is missing or unreadable, so that what other files name of it cannot be judged."""
    return any(fault.id in ("file.missing", "file.unreadable") for fault in faults)


def of_part(sources: Iterable[Source], part: str) -> Iterator[Source]:
    """The sources of one part of the rules: `facts`, `rules`, `pathways`."""
    return (source for source in sources if source.part == part)


def _tree(path: Location, file: str, faults: list[Problem]) -> Node | None:
    if not path.exists():
        faults.append(
            Problem(
                f"there is no file `{path.name}`",
                file,
                1,
                "write it; README.md of the rules says what it holds",
                "file.missing",
            )
        )
        return None
    try:
        return read_file(path, LARGEST_FILE)
    except Problems as error:
        faults.extend(Problem(p.message, file, p.line or 1, p.fix, "file.unreadable") for p in error.problems)
        return None


def _expected(folder: Location, sources: Iterable[Source]) -> Iterator[Problem]:
    """Every file that `files` names is there, and every file that is there is named."""
    top = next(of_part(sources, "rulebook"), None)
    if top is None:
        return
    named: dict[str, list[tuple[str, int]]] = {}
    for key, node in top.block("files"):
        if key.value not in (TOP, *FOLDERS):
            yield Problem(
                f"`{key.value}` is not a folder of rules",
                top.file,
                key.line,
                one_of(key.value, (TOP, *FOLDERS)),
                "file.folder",
            )
        members = node.values if isinstance(node, Items) else (node,)
        named[key.value] = [(item.value, item.line) for item in members if isinstance(item, Text)]
    overlaid = {LIST, *(file for overlay in overlays_in(folder) for file in overlay.files)}
    for where in (TOP, *FOLDERS):
        base = folder if where == TOP else folder / where
        there = {
            inside(path, base).removesuffix(".yaml")
            for path in listed(base, "*.yaml" if where == TOP else "**/*.yaml")
        }
        for name, line in named.get(where, ()):
            if name not in there:
                file = f"{name}.yaml" if where == TOP else f"{where}/{name}.yaml"
                yield Problem(
                    f"there is no file `{file}`, which `files` names",
                    top.file,
                    line,
                    "put it back, or take its name out",
                    "file.missing",
                )
        names = {name for name, _ in named.get(where, ())} | {"rulebook"}
        for name in sorted(there - names):
            file = f"{name}.yaml" if where == TOP else f"{where}/{name}.yaml"
            if file in overlaid:
                continue
            yield Problem(
                f"`{file}` is not named under `files`",
                f"{folder.name}/{file}",
                1,
                f"add `{name}` to `{where}` there",
                "file.unlisted",
            )


def keyed(
    sources: Iterable[Source], part: str, key: str, faults: list[Problem]
) -> Iterator[tuple[Text, Mapping, str]]:
    """The entries of a block in every source of a part, with their files; what is defined twice is told and
    left out."""
    seen: set[str] = set()
    for source in of_part(sources, part):
        for name, node in source.block(key):
            if name.value in seen:
                faults.append(
                    Problem(
                        f"`{name.value}` is defined twice", source.file, name.line, "keep one", "file.twice"
                    )
                )
            elif isinstance(node, Mapping):
                seen.add(name.value)
                yield name, node, source.file
