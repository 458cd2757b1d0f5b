"""A case in the words and the shape in which people write one, put into the form of the program.

    our country: ...
    other country: ...
    what we need: bank records
    deadline: Friday

is a case of one need; its notes say what each key was read as.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from routing.case.denied_lines import with_denials
from routing.case.lifted import NEEDS, Wrong
from routing.case.line_names import (
    NOTE,
    PARTNER,
    Lines,
    in_each_block,
    with_asides,
    with_both,
    with_kind,
    with_yes,
)
from routing.case.line_sides import with_sides, with_us
from routing.case.narrated_lines import with_narrative
from routing.case.narrative import (
    NOTHING,
    Narrative,
    is_sentence,
    with_direction,
    with_names,
    with_our_answer,
    with_state_of_office,
)
from routing.case.sought_lines import with_needs
from routing.core.domain import ANSWER
from routing.core.errors import quoted
from routing.core.printable import either_of
from routing.rulebook.spelling import as_id
from routing.rulebook.words import KIND, MEASURE, NAME_LINE, STATE
from routing.yaml.tree import Items, Mapping, Node, Text, blank, each_of, words_of_text

ANYTHING = ("title", NOTE)
"""Lines that say any text, and are meant where what is written says nothing of another."""
CHANNEL = "proposed_channel"
OF_EVERY_NEED = ("kind", "measure", "with", "via")
"""Keys of a need that may stand above the needs, said of each then; `measure` and `with` make a need."""


AskedOf = Callable[[str, str, str], int]
"""How surely a fact is asked of a need: the fact, and what the need writes as kind and measure. 0: not at
all."""


def normalised(
    tree: Mapping, lines: Lines, asked_of: AskedOf, wrong: Wrong, words: Narrative = NOTHING
) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with every key that people call otherwise under its own name, what stands above the needs and
    is said of each in each, and notes on both.

    lines: of those that a key may mean, they come into question that no other key says and that can say what
    is written; asked_of: of those the fact that is asked of the needs most surely. wrong: is told of a key
    that means several things, or what another one says already; with its line and what to do. words: what
    the sentences of the lines tell as a story.
    """
    read: dict[str, str] = {}
    said_already: dict[str, str] = {}
    own_keys, reads = lines.own_keys, lines.reads
    typed = not any(isinstance(block, Mapping) for block in each_of(tree.get(NEEDS)))
    tree, denied = with_denials(with_us(tree, lines), lines)
    tree, affirmed = with_yes(with_needs(tree, lines, words.needed_in), lines)
    tree = with_state_of_office(with_names(tree, lines), lines, words)
    tree, directed = with_direction(tree, lines, words)
    tree, sides = with_sides(tree, lines)
    tree, whose = with_kind(tree, lines)
    tree, answer = with_our_answer(tree, lines)
    tree, both = with_both(tree, lines)
    tree, aside = with_asides(tree, lines)
    whose = (*denied, *affirmed, *directed, *sides, *whose, *answer, *both, *aside)

    def needs_under(node: Mapping) -> tuple[tuple[str, str], ...]:
        """The kind and the measure of each need to which what a block says applies, as they are written."""
        listed = node.get(NEEDS)
        blocks = each_of(listed)
        needs = [block for block in blocks if isinstance(block, Mapping)] or [node]
        return tuple((written(KIND, need, tree), written(MEASURE, need, tree)) for need in needs)

    def written(topic: str, *blocks: Mapping) -> str:
        """What the first of some blocks that says it writes as kind or measure."""
        for block in blocks:
            for key, value in block.entries:
                names = (key.value, *lines.meant(key.value))
                if topic in names and isinstance(value, Text) and not blank(value):
                    return value.value
        return ""

    def sure_names(node: Mapping) -> set[str]:
        """What the lines of a block say whose names can mean one thing alone."""
        return {
            meant[0]
            for key, value in node.entries
            if not blank(value) and len(meant := lines.meant(key.value)) == 1
        }

    listed = [block for block in each_of(tree.get(NEEDS)) if isinstance(block, Mapping)]
    sought = bool(listed) and all(block.get(MEASURE) for block in listed)
    decides = {STATE, *OF_EVERY_NEED}
    ours = {STATE} & (sure_names(tree) | {key.value for key, _ in tree.entries})

    def renamed(node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        stated = {key.value for key, _ in node.entries if key.value in own_keys}
        alone = sure_names(node) | ours
        within = {
            key.value: lines.told_within(key.value, value, stated | alone)
            for key, value in node.entries
            if key.value not in own_keys and not any(reads(name, value) for name in lines.meant(key.value))
        }
        alone |= {name for names in within.values() for name in names}
        entries: list[tuple[Text, Node]] = []
        again: list[Node] = []
        for key, value in node.entries:
            meant = within.get(key.value) or lines.meant(key.value)
            several = len(meant) > 1
            if {STATE, PARTNER} <= set(meant) and lines.kinds(key.value, value) == (ANSWER,):
                meant = (PARTNER,)
            if len(meant) > 1:
                needs = needs_under(node)
                sure = {name: max(asked_of(name, *need) for need in needs) for name in meant}
                meant = _settled(meant, stated | alone, sure, [name for name in meant if reads(name, value)])
            if several and meant == (CHANNEL,) and not reads(CHANNEL, value):
                entries.append((key, value))  # it says nothing of the only one that is left
                continue
            place = ""
            if any(before.value in (STATE, PARTNER) for before, _ in entries):
                named = meant or lines.words.within(NAME_LINE, key.value)
                place = next((name for name in named if lines.same_place(name, value, entries)), "")
            if place and set(meant) <= stated | alone:
                again.append(Text(f"{key.value}: {words_of_text(value)}", key.line))
                said_already[quoted(key.value)] = place
            elif len(meant) > 1:
                message = f"{quoted(key.value)} may mean several things"
                wrong(
                    message,
                    key.line,
                    f"write {either_of(meant)}",
                    aside="" if set(meant) & decides else key.value,
                )
            elif meant and (
                (node is tree and sought and meant[0] == MEASURE)
                or (
                    not reads(meant[0], value)
                    and (meant[0] in stated or lines.said_elsewhere(meant[0], value, node.entries))
                )
            ):
                time = lines.needed not in stated | alone and lines.tells_time(value)
                if time:  # `papers: must go in 40 days`
                    stated.add(lines.needed)
                    read[quoted(key.value)] = lines.needed
                entries.append((Text(lines.needed, key.line) if time else key, value))
            elif meant and meant[0] in stated:
                message = f"{quoted(key.value)} says the same as `{meant[0]}`"
                aside = "" if meant[0] in decides or not is_sentence(value) else key.value
                wrong(message, key.line, "keep one of them", aside=aside)
            elif meant:
                stated.add(meant[0])
                if as_id(key.value) != meant[0]:
                    read[quoted(key.value)] = meant[0]
                entries.append((Text(meant[0], key.line), value))
            else:
                entries.append((key, value))
        return Mapping(_with_notes(entries, again), node.line)

    tree, in_words = with_narrative(in_each_block(tree, renamed), lines, words, typed)
    spread, spread_notes = _in_each_need(tree)
    named = ", ".join(f"{key} as `{name}`" for key, name in read.items())
    same = ", ".join(f"{key} as `{name}`" for key, name in said_already.items())
    notes = (
        *((f"lines called otherwise here: {named}",) if named else ()),
        *((f"lines that name the same State again, kept as a note: {same}",) if same else ()),
    )
    return spread, (*whose, *notes, *in_words, *spread_notes)


def _with_notes(entries: list[tuple[Text, Node]], notes: list[Node]) -> tuple[tuple[Text, Node], ...]:
    """The lines of a block with more notes after its own."""
    if not notes:
        return tuple(entries)
    own = next((value for key, value in entries if key.value == NOTE), None)
    own_notes = () if own is None or blank(own) else each_of(own)
    rest = (entry for entry in entries if entry[0].value != NOTE)
    return (*rest, (Text(NOTE, notes[0].line), Items((*own_notes, *notes), notes[0].line)))


def _settled(
    meant: tuple[str, ...], stated: Collection[str], sure: dict[str, int], fitting: Collection[str]
) -> tuple[str, ...]:
    """Of the lines that a name may mean those that are left: not what another name says; then those that can
    say what is written; of these the measure, without which there is no need, or else the fact that is asked
    of the needs most surely. sure: how surely each
    is asked; 0 also of what is no fact. fitting: those that can say what is written."""
    left = tuple(name for name in meant if name not in stated) or meant
    left = tuple(name for name in left if name in fitting) or left
    left = tuple(name for name in left if name not in ANYTHING) or left
    if MEASURE in left and MEASURE not in stated:
        return (MEASURE,)
    best = max(sure[name] for name in left)
    surest = tuple(name for name in left if best and sure[name] == best)
    return surest if len(surest) == 1 else left


def _in_each_need(tree: Mapping) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with what is said of every need in each that does not say it; one need if none is listed. What
    every need says itself is left above them, where it is a fault."""
    needs = tree.get(NEEDS)
    above = {key.value: (key, value) for key, value in _filled_lines(tree) if key.value in OF_EVERY_NEED}
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
        above.keys() - {key.value for key, _ in _filled_lines(need)} if isinstance(need, Mapping) else set()
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


def _filled_lines(node: Mapping) -> Iterator[tuple[Text, Node]]:
    return (entry for entry in node.entries if not blank(entry[1]))
