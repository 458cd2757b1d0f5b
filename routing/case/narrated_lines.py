"""The lines of a case, filled in with what its sentences tell and no line says: the two States, what is
needed, a danger."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from routing.case.as_notes import as_notes
from routing.case.danger_words import tells_none
from routing.case.doubt import in_doubt
from routing.case.lifted import NEEDS
from routing.case.line_names import LONGEST_NAME, NOTE, PARTNER, PURPOSE, Lines, in_each_block, written_lines
from routing.case.narrative import NarratedNeed, Narrative, is_sentence
from routing.case.sentence_lines import TITLE
from routing.case.sought_lines import is_counted
from routing.case.times import GONE
from routing.core.domain import LEFT_OUT, OFFENCE, SHARE
from routing.core.errors import quoted
from routing.rulebook.mentions import stands_in
from routing.rulebook.spelling import tidy
from routing.rulebook.words import JOINED, KIND, MEASURE, STATE
from routing.yaml.tree import Items, Mapping, Node, Text, each_of, words_of_text

SPANS = frozenset({"week", "month", "year"})


def with_narrative(
    tree: Mapping, lines: Lines, narrative: Narrative, typed: bool
) -> tuple[Mapping, tuple[str, ...]]:
    """The tree with what its sentences tell and no line says, or says in words that it cannot say: the two
    States, what is needed, a danger. tree: its lines under our own names; typed: whether somebody typed them
    in a shape of their own."""
    notes: list[str] = []
    if narrative.read or typed:
        tree = _with_time(tree, lines, notes)
    if not narrative.read:
        return tree, tuple(notes)
    tree = _with_states(_with_needs(tree, lines, narrative, notes), lines, narrative, notes)
    names = {key.value for key, value in written_lines(tree)}
    facts = [it for it in narrative.facts if it[0] not in names]
    notes += (f"{quoted(phrase)} also tells `{name}: {', '.join(values)}`" for name, values, phrase in facts)
    notes += (
        f"{quoted(phrase)} is told as over, and read as no danger; write `emergency:` if it goes on"
        for phrase in narrative.over
    )
    covered = [*(phrase for _, _, phrase in facts), *_planned(tree, lines, narrative)]
    used = [*covered, *(need.phrase for need in narrative.needs)]
    used += [narrative.kind_words] if narrative.kind else []
    beside = [(key, value) for key, value in tree.entries if _is_used(key, value, lines, used)]
    notes += (
        f"{LEFT_OUT}{quoted(words_of_text(value))}"
        for key, value in beside
        if is_counted(key.value, lines) and not narrative.needed_in(words_of_text(value))
    )
    notes += (
        f"{LEFT_OUT}{quoted(part)}"
        for key, value in beside
        if narrative.needed_in(words_of_text(value))
        for part in _not_planned(key, value, covered)
    )
    tree = as_notes(tree, [key for key, _ in beside])
    lines_told = ((name, [Text(value, tree.line) for value in values]) for name, values, _ in facts)
    entries = (
        (Text(name, tree.line), Items(tuple(values), tree.line) if len(values) > 1 else values[0])
        for name, values in lines_told
    )
    return Mapping((*tree.entries, *entries), tree.line), tuple(notes)


def _with_time(tree: Mapping, lines: Lines, notes: list[str]) -> Mapping:
    """The tree with the one time to come at which something ends, told in a line of another name, as when an
    answer is needed: `flight: has a ticket for 6 December`."""
    written = tuple(written_lines(tree))
    needed = [(key, value) for key, value in written if key.value == lines.needed]
    if any(
        lines.reads(lines.needed, value) or not (is_sentence(value) or _is_gone(value)) for _, value in needed
    ):
        return tree
    cues = lines.words.story.get("ends_then", ())
    dangers = {row.split()[0] for row in lines.words.story.get("danger_of_persons", ())}
    times = [
        (key, value)
        for key, value in written
        if key.value not in (MEASURE, OFFENCE, STATE, PARTNER, TITLE, lines.needed)
        and isinstance(value, Text)
        if lines.tells_time(value)
        if (key.value in dangers and _on_a_day(value.value) and not tells_none(lines.words, value.value))
        or (key.value not in dangers and stands_in(tidy(f"{key.value} {value.value}").split(), cues))
    ]
    if len(times) != 1:
        return tree
    ((name, value),) = times
    notes.append(f"the time in {quoted(value.value)} is read as when an answer is needed (`{lines.needed}`)")
    notes += (f"{LEFT_OUT}{quoted(words_of_text(value))}" for _, value in needed)
    says_more = name.value in lines.own_keys and lines.reads(name.value, value)
    beside = [] if says_more or name.value in dangers else [name]
    tree = as_notes(tree, [*(key for key, _ in needed), *beside])
    return Mapping((*tree.entries, (Text(lines.needed, value.line), value)), tree.line)


def _is_gone(value: Node) -> bool:
    """Whether a line for a time names a day that has passed: `when: yesterday afternoon`."""
    return GONE.get(tidy(words_of_text(value)), 0) > 0


def _on_a_day(text: str) -> bool:
    """Whether the time in words for a danger may be a day to come: no week in which it goes on, and no time
    of today that has passed."""
    compared = tidy(text)
    return SPANS.isdisjoint(compared.split()) and not any(
        f" {it}" in f" {compared}" for it in GONE if " " in it
    )


def _planned(tree: Mapping, lines: Lines, narrative: Narrative) -> Iterator[str]:
    """The words of those needs that the lines for what is sought say as well."""
    sought = [
        words_of_text(it)
        for key, value in written_lines(tree)
        if key.value == MEASURE
        for it in each_of(value)
    ]
    sought += [
        words_of_text(need.get(MEASURE)) for need in each_of(tree.get(NEEDS)) if isinstance(need, Mapping)
    ]
    parts = {part for text in sought for part in (text, *JOINED.split(text)) if part}
    measures = parts.union(*(lines.words.read(MEASURE, part) for part in parts))
    yield from (need.phrase for need in narrative.needs if need.measure in measures)


def _not_planned(key: Text, value: Node, covered: Collection[str]) -> list[str]:
    """The parts of a line of needs from which nothing was read; the line as a whole where nothing was."""
    text = words_of_text(value)
    parts = [part for part in JOINED.split(text) if part]
    left = [part for part in parts if not any(it.casefold() in part.casefold() for it in covered)]
    return [f"{key.value}: {text}"] if left == parts else left


def _is_used(key: Text, value: Node, lines: Lines, used: Collection[str]) -> bool:
    """Whether a line is none of a case, and something was read in what it says."""
    if key.value in (*lines.own_keys, NEEDS):
        return False
    text, name = words_of_text(value).casefold(), key.value.casefold()
    return any(it in text or (" " in it and it in name) for it in map(str.casefold, used))


def _with_states(tree: Mapping, lines: Lines, narrative: Narrative, notes: list[str]) -> Mapping:
    """The tree with the State of each side that its sentences tell, where no line names it; a line that
    names none, as `where: not sure where he is`, is kept as a note."""
    for name, state in ((STATE, narrative.own), (PARTNER, narrative.partner)):
        written = [(key, value) for key, value in written_lines(tree) if key.value == name]
        if any(lines.reads(name, value) or not is_sentence(value) for _, value in written):
            continue
        if not state:
            tree = _with_several(tree, lines, notes) if name == PARTNER and not written else tree
            continue
        others = {lines.code(value) for key, value in written_lines(tree) if key.value in (STATE, PARTNER)}
        if state in others:
            continue
        several = next((value for _, value in written if len(lines.codes(value)) > 1), None)
        if several is not None and name == PARTNER:  # `where: a flat in A and an account in B`
            codes = lines.codes(several)
            notes.append(f"{quoted(words_of_text(several))} is read as {' and '.join(codes)}")
            each = Items(tuple(Text(code, several.line) for code in codes), several.line)
            entries = ((key, each if value is several else value) for key, value in tree.entries)
            tree = Mapping(tuple(entries), tree.line)
            continue
        notes += (
            f"{LEFT_OUT}{quoted(f'{key.value}: {words_of_text(value)}')}"
            for key, value in written
            if not in_doubt(words_of_text(value))
        )
        tree = as_notes(tree, [key for key, _ in written])
        tree = Mapping((*tree.entries, (Text(name, tree.line), Text(state, tree.line))), tree.line)
        notes.append(f"as the sentences tell it, `{name}` is {state}")
    return tree


def _with_several(tree: Mapping, lines: Lines, notes: list[str]) -> Mapping:
    """The tree with the several States with which the words for what is sought begin: `A and B to let it
    pass`, where no line names the other one."""
    if any(PARTNER in lines.names(key.value) for key, _ in written_lines(tree)):
        return tree
    for key, value in written_lines(tree):
        if key.value != MEASURE or not isinstance(value, Text):
            continue
        named: list[Text] = []
        for part in filter(None, JOINED.split(value.value.strip())):
            tokens = part.split()
            names = [" ".join(tokens[:end]) for end in range(min(len(tokens), LONGEST_NAME), 0, -1)]
            written = (it for it in names if all(word[:1].isupper() or len(word) < 4 for word in it.split()))
            written = (it for it in written if it[:1].isupper() and it.split()[-1][:1].isupper())
            first = next((it for it in written if lines.is_state(Text(it, value.line))), "")
            if not first:
                break
            named.append(Text(first, value.line))
            if first != part.strip():
                break
        if len({lines.code(it) for it in named}) > 1:
            notes.append(f"{' and '.join(quoted(it.value) for it in named)} are read as those who are asked")
            return Mapping(
                (*tree.entries, (Text(PARTNER, value.line), Items(tuple(named), value.line))), tree.line
            )
    return tree


def _with_needs(tree: Mapping, lines: Lines, narrative: Narrative, notes: list[str]) -> Mapping:
    """The tree with the needs that its sentences tell, where no line says what is sought in words that can
    be read for it."""
    listed = tree.get(NEEDS)
    blocks = [it for it in each_of(listed) if isinstance(it, Mapping)]
    if len(blocks) > 1:
        kind = words_of_text(tree.get(KIND))
        return in_each_block(tree, lambda node: _of_block(node, lines, narrative, notes, kind))
    sought = [(key, value) for key, value in written_lines(tree) if key.value == MEASURE]
    text = " ".join(words_of_text(value) for _, value in sought)
    if any(lines.reads(MEASURE, it) for _, value in sought for it in each_of(value)):
        read = {
            name for part in (text, *JOINED.split(text)) for name in lines.words.read(MEASURE, part or "")
        }
        narrated = {need.measure for need in narrative.needs_in(text)}
        if not narrated or not read.isdisjoint(narrated) or lines.words.whole(MEASURE, text) or not read:
            return tree  # else the sentence tells its words as what was, or as what somebody else does
    if words_of_text(tree.get(KIND)) == SHARE and not sought:
        return tree  # what we tell asks for nothing
    if not narrative.needs:
        return tree if sought else _with_the_only(tree, lines, notes)
    kind = words_of_text(tree.get(KIND))
    needs = narrative.needs_in(text) or narrative.needs
    needs = tuple(need for need in needs if not kind or need.kind in ("", kind)) or needs
    notes += (
        f"{LEFT_OUT}{quoted(f'{key.value}: {words_of_text(value)}')}"
        for key, value in sought
        if is_sentence(value) and not narrative.needs_in(words_of_text(value))
    )
    tree = as_notes(tree, [key for key, _ in sought])
    notes += (f"{quoted(need.phrase)} is read as {need.measure.replace('_', ' ')}" for need in needs)
    line = sought[0][0].line if sought else tree.line
    if len(needs) == 1 and not blocks:
        names = {key.value for key, _ in tree.entries}
        return Mapping((*tree.entries, *_entries(needs[0], names, line)), tree.line)
    rest = blocks[0].entries if blocks else ()
    kept = tuple(entry for entry in tree.entries if entry[0].value != NEEDS)
    names = {key.value for key, _ in (*rest, *kept)}
    each = tuple(Mapping((*rest, *_entries(need, names, line)), line) for need in needs)
    return Mapping((*kept, (Text(NEEDS, line), Items(each, line))), tree.line)


def _with_the_only(tree: Mapping, lines: Lines, notes: list[str]) -> Mapping:
    """The tree with the one measure that a line tells which is for something else, as the title or the
    purpose, where no line is for what is sought."""
    measures = {
        measure[0]: value
        for key, value in written_lines(tree)
        if key.value in (TITLE, NOTE, PURPOSE, OFFENCE, PARTNER)
        for measure in [lines.words.read(MEASURE, words_of_text(value))]
        if len(measure) == 1
    }
    if len(measures) != 1:
        return tree
    ((measure, value),) = measures.items()
    notes.append(f"{quoted(words_of_text(value))} is read as {measure.replace('_', ' ')}")
    return Mapping((*tree.entries, (Text(MEASURE, value.line), Text(measure, value.line))), tree.line)


def _of_block(node: Node, lines: Lines, narrative: Narrative, notes: list[str], kind: str) -> Node:
    """A need of a list with the one measure that the words for it tell, where no line can read them."""
    written = node.get(MEASURE) if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or written is None:
        return node
    needs = narrative.needs_in(words_of_text(written))
    if lines.reads(MEASURE, written):
        return _directed(node, {need.kind for need in needs} - {"", kind}, written.line)
    if len(needs) != 1:
        return node
    notes.append(f"{quoted(needs[0].phrase)} is read as {needs[0].measure.replace('_', ' ')}")
    node = _directed(node, {needs[0].kind} - {"", kind}, written.line)
    block = as_notes(node, [key for key, _ in node.entries if key.value == MEASURE])
    return Mapping(
        (*block.entries, (Text(MEASURE, written.line), Text(needs[0].measure, written.line))), node.line
    )


def _directed(node: Mapping, kinds: set[str], line: int) -> Mapping:
    """A need with the direction that its own sentence tells: `2: they ask us to hear his wife`."""
    if len(kinds) != 1 or node.get(KIND) is not None:
        return node
    return Mapping((*node.entries, (Text(KIND, line), Text(kinds.pop(), line))), node.line)


def _entries(need: NarratedNeed, names: Collection[str], line: int) -> Iterator[tuple[Text, Node]]:
    yield Text(MEASURE, line), Text(need.measure, line)
    for name, value in ((PARTNER, need.state), (KIND, need.kind)):
        if value and name not in names:
            yield Text(name, line), Text(value, line)
