"""A case in the words and the shape in which people write one, put into the form of the program.

    our country: ...
    other country: ...
    what we need: bank records
    deadline: Friday

is a case of one need; its notes say what each key was read as.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from routing.case.lifted import NEEDS, Wrong
from routing.core.errors import quoted
from routing.rulebook.spelling import as_id
from routing.rulebook.words import KIND, LINE_KIND, LINE_SIDE, MEASURE, STATE, Words
from routing.yaml.tree import Items, Mapping, Node, Text, blank

NOTE, PARTNER = "note", "with"
OF_EVERY_NEED = ("kind", "measure", "with", "via")
"""Keys of a need that may stand above the needs, said of each then; `measure` and `with` make a need."""


AskedOf = Callable[[str, str, str], int]
"""How surely a fact is asked of a need: the fact, and what the need writes as kind and measure. 0: not at
all."""
Reads = Callable[[str, Node], bool]
"""Whether a line can say what is written after it: `with` a State, `measure` something that is sought."""


def in_terms(
    tree: Mapping, words: Words, known: Collection[str], asked_of: AskedOf, reads: Reads, wrong: Wrong
) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with every key that people call otherwise under its own name, what stands above the needs and
    is said of each in each, and notes on both.

    known: the keys of a case and of a need. reads: of the lines that a key may mean, those come into question
    that no other key says and that can say what is written; asked_of: of those the fact that is asked of
    the needs most surely. wrong: is told of a key that means several things, or what another one says
    already; with its line and what to do.
    """
    read: dict[str, str] = {}
    tree, whose = _with_kind(tree, words, known, reads)

    def needs_under(node: Mapping) -> tuple[tuple[str, str], ...]:
        """The kind and the measure of each need to which what a block says applies, as they are written."""
        listed = node.get(NEEDS)
        blocks = listed.values if isinstance(listed, Items) else (listed,)
        needs = [block for block in blocks if isinstance(block, Mapping)] or [node]
        return tuple((written(KIND, need, tree), written(MEASURE, need, tree)) for need in needs)

    def written(topic: str, *blocks: Mapping) -> str:
        """What the first of some blocks that says it writes as kind or measure."""
        for block in blocks:
            for key, value in block.entries:
                names = (key.value, *_meant(key.value, words, known))
                if topic in names and isinstance(value, Text) and not blank(value):
                    return value.value
        return ""

    def renamed(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        told = {key.value for key, _ in node.entries if key.value in known}
        alone = {
            meant[0]
            for key, value in node.entries
            if not blank(value) and len(meant := _meant(key.value, words, known)) == 1
        }
        entries = []
        sides = _sides(node, words, {kind for kind, _ in needs_under(node)})
        for key, value in node.entries:
            meant = (sides[key.value],) if key.value in sides else _meant(key.value, words, known)
            if len(meant) > 1:
                needs = needs_under(node)
                sure = {name: max(asked_of(name, *need) for need in needs) for name in meant}
                meant = _settled(meant, told | alone, sure, [name for name in meant if reads(name, value)])
            if len(meant) > 1:
                either = " or ".join(f"`{name}`" for name in meant)
                wrong(f"{quoted(key.value)} may mean several things", key.line, f"write {either}")
            elif meant and meant[0] in told:
                said = f"{quoted(key.value)} says the same as `{meant[0]}`"
                wrong(said, key.line, "keep one of them")
            elif meant:
                told.add(meant[0])
                if as_id(key.value) != meant[0]:
                    read[quoted(key.value)] = meant[0]
                entries.append((Text(meant[0], key.line), value))
            else:
                entries.append((key, value))
        return Mapping(tuple(entries), node.line)

    top = renamed(tree)
    assert isinstance(top, Mapping)
    entries = tuple(
        (key, Items(tuple(map(renamed, value.values)), value.line))
        if key.value == NEEDS and isinstance(value, Items)
        else (key, value)
        for key, value in top.entries
    )
    spread, said = _in_each_need(Mapping(entries, top.line))
    named = ", ".join(f"{key} as `{name}`" for key, name in read.items())
    return spread, (*whose, *((f"lines called otherwise here: {named}",) if named else ()), *said)


def _settled(
    meant: tuple[str, ...], told: Collection[str], sure: dict[str, int], fitting: Collection[str]
) -> tuple[str, ...]:
    """Of the lines that a name may mean those that are left: not what another name says; then those that can
    say what is written, and of these the fact that is asked of the needs most surely. sure: how surely each
    is asked; 0 also of what is no fact. fitting: those that can say what is written."""
    left = tuple(name for name in meant if name not in told) or meant
    left = tuple(name for name in left if name in fitting) or left
    best = max(sure[name] for name in left)
    surest = tuple(name for name in left if best and sure[name] == best)
    return surest if len(surest) == 1 else left


def _with_kind(
    tree: Mapping, words: Words, known: Collection[str], reads: Reads
) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with the kind of need that the names of its lines tell, where it writes none: `they want` is
    of an answer, and `who asks` where a State is written. It is said back; names that tell several kinds
    tell nothing."""
    listed = tree.get(NEEDS)
    blocks = (tree, *(it for it in (listed.values if isinstance(listed, Items) else ())))
    written = [
        (key.value, _meant(key.value, words, known), value)
        for block in blocks
        if isinstance(block, Mapping)
        for key, value in block.entries
        if not blank(value)
    ]
    if any(KIND in (key, *meant) for key, meant, _ in written):
        return tree, ()
    told = {
        key: kind
        for key, meant, value in written
        if PARTNER not in meant or reads(PARTNER, value)
        for kind in words.whole(LINE_KIND, key.replace("_", " "))
    }
    if len(set(told.values())) != 1:
        return tree, ()
    name, kind = next(iter(told.items()))
    entry = (Text(KIND, tree.line), Text(kind, tree.line))
    said = f"{quoted(name)} is read as `kind: {kind}`; write `kind:` with another if that is wrong"
    return Mapping((*tree.entries, entry), tree.line), (said,)


def _sides(node: Mapping, words: Words, kinds: Collection[str]) -> dict[str, str]:
    """The two lines of a block that together say which State is ours, `from` and `to`, each with the line
    that it stands for; none where the block has another line for one of them, or the needs are of several
    kinds or of none: who asks whom is then not said."""
    meant = {kind for said in kinds for kind in (words.read(KIND, said) or (said.strip().lower(),))}
    if len(meant) != 1:
        return {}
    kind = next(iter(meant))
    read = {
        key.value: side
        for key, value in _said(node)
        for side in words.whole(LINE_SIDE, f"{kind} {key.value}")
    }
    plain = {as_id(key.value) for key, _ in node.entries}
    whole = sorted(read.values()) == sorted((STATE, PARTNER)) and plain.isdisjoint((STATE, PARTNER))
    return read if whole else {}


def _meant(key: str, words: Words, known: Collection[str]) -> tuple[str, ...]:
    """What a key stands for that is not one of ours; empty where it is, or stands for nothing."""
    if key in known:
        return ()
    return (as_id(key),) if as_id(key) in known else words.line(key)


def _in_each_need(tree: Mapping) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with what is said of every need in each that does not say it; one need if none is listed. What
    every need says itself is left above them, where it is a fault."""
    needs = tree.get(NEEDS)
    above = {key.value: (key, value) for key, value in _said(tree) if key.value in OF_EVERY_NEED}
    listed = needs is not None and not blank(needs)
    if isinstance(needs, Mapping):
        needs = Items((needs,), needs.line)
    elif not listed and above.keys() & {KIND, MEASURE, PARTNER}:
        note = tuple(entry for entry in tree.entries if entry[0].value == NOTE)
        line = min(key.line for key, _ in above.values())
        needs = Items((Mapping(note, line),), line)
    if not isinstance(needs, Items):
        return tree, ()
    silent = [
        above.keys() - {key.value for key, _ in _said(need)} if isinstance(need, Mapping) else set()
        for need in needs.values
    ]
    names = [name for name in above if any(name in keys for keys in silent)]
    each = tuple(
        Mapping(
            (
                *(entry for entry in need.entries if entry[0].value not in lacks),
                *(above[n] for n in above if n in lacks),
            ),
            need.line,
        )
        if isinstance(need, Mapping)
        else need
        for need, lacks in zip(needs.values, silent, strict=True)
    )
    kept = tuple(entry for entry in tree.entries if entry[0].value not in (*names, NEEDS))
    verb = "is" if len(names) == 1 else "are"
    note_on_it = f"{', '.join(f'`{name}`' for name in names)} above the needs {verb} read as said of each"
    spread = Mapping((*kept, (Text(NEEDS, needs.line), Items(each, needs.line))), tree.line)
    return spread, (note_on_it,) if names and listed else ()


def _said(node: Mapping) -> Iterator[tuple[Text, Node]]:
    return (entry for entry in node.entries if not blank(entry[1]))
