"""The boxes of a paper on the page: what they show, what was typed into them, and which words hold.

A box shows what the officer wrote, else what the program has. Only what was changed in it is taken, so that
two tabs do not undo each other. A correction holds as long as the program says what was corrected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from starlette.datastructures import FormData

from routing.core.domain import UNKNOWN
from routing.core.records import Record
from routing.papers.choose import Paper
from routing.papers.model import Draft, DraftField
from routing.serve.store import WHOLE_CASE, FieldWords, Place

SHOWN = "shown."
"""Before the key of a field: what its box showed, in short; empty where it was changed for sure."""
KEPT = "kept"
"""Stands for what a box showed, where the words in it were sent and kept before."""
OF_THE_STEP = ("sender.", "receiver.", "step.")
"""Sources whose values are those of one step, and not of all papers of a need."""
Lines = tuple[str, ...]


class Box(Record, kw_only=True):
    """A field to write in. text: what the box shows. shown: that in short. filled: whether the program has
    something for it. earlier: what the officer wrote when the program said otherwise. tells_story: whether it
    shows the story that the case began with."""

    field: DraftField
    text: str
    shown: str
    filled: bool
    earlier: str
    tells_story: bool


def boxes(
    made: Draft,
    written: Mapping[str, FieldWords],
    typed: Mapping[str, Lines],
    story: Mapping[str, FieldWords],
) -> tuple[Box, ...]:
    """A box for each field of a draft that is not fixed. typed: what could not be taken, shown again. story:
    the story, by the keys of the fields in which it may stand."""
    fields = _fields(made).items()
    return tuple(
        _box(each, written.get(key), typed.get(key), key in story and written.get(key) == story[key])
        for key, each in fields
    )


def _fields(made: Draft) -> dict[str, DraftField]:
    """The fields to write in by their key: where one stands in several places, the one without the program's
    words."""
    fields: dict[str, DraftField] = {}
    for each in made.fields():
        if each.status not in ("fixed", "by_hand") and not (each.key in fields and each.program):
            fields[each.key] = each
    return fields


def _box(each: DraftField, written: FieldWords | None, typed: Lines | None, tells_story: bool) -> Box:
    lines = tuple(choice.says for choice in each.choices if choice.ticked) if each.choices else each.lines
    of_officer = each.corrected or each.status in ("answered", "ticks")
    earlier = written.lines if written and not of_officer and written.lines not in ((UNKNOWN,), lines) else ()
    return Box(
        field=each,
        text="\n".join(lines if typed is None else typed),
        shown=_short(lines) if typed is None else "",
        filled=bool(each.program),
        earlier="; ".join(earlier),
        tells_story=tells_story and typed is None,
    )


def typed_in(form: FormData) -> dict[str, Lines]:
    """What was changed, by the key of its field."""
    keys = dict.fromkeys(name.removeprefix(SHOWN) for name in form if name != "do")
    typed: dict[str, Lines] = {}
    for key in keys:
        texts = [item for item in form.getlist(key) if isinstance(item, str)]
        lines = tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())
        shown = form.get(SHOWN + key, "" if lines else KEPT)
        if shown not in (KEPT, _short(lines)):
            typed[key] = lines
    return typed


def to_keep(
    paper: Paper, bare: Draft, typed: Mapping[str, Lines], story: Mapping[str, FieldWords]
) -> Iterator[tuple[Place, FieldWords | None]]:
    """What was typed, to be kept for each need of the step. bare: the draft without any answer. story: the
    story, which an emptied box keeps out."""
    fields = _fields(bare)
    for key, lines in typed.items():
        program = fields[key].program if key in fields else ()
        written = None if lines == tuple(map(str.strip, program)) else _written(paper, key, lines, program)
        if written is None and key in story:
            written = FieldWords((UNKNOWN,))
        yield from (((need, key), written) for need in paper.step.needs)


def _written(paper: Paper, key: str, lines: Lines, program: Lines) -> FieldWords | None:
    if not lines and not program:
        return None
    return FieldWords(lines or (UNKNOWN,), _instead(paper, key, program))


def written_for(
    paper: Paper, kept: Mapping[Place, FieldWords], needs: Iterable[str]
) -> dict[str, FieldWords]:
    """What is written for the needs of a step, by the key of its field.

    needs: the ids of all needs now; what was written for one that was since split, as it names several
    States, holds for each of its parts.
    """
    now = frozenset(needs)
    gone = [need for need, _ in kept if need and need not in now]
    texts: dict[str, FieldWords] = {}
    for need in paper.step.needs:
        for place in (need, *(old for old in gone if need.startswith(f"{old}-")), WHOLE_CASE):
            for (of, key), written in kept.items():
                if of == place:
                    texts.setdefault(key, written)
    return texts


def story_of(kept: Mapping[Place, FieldWords]) -> dict[str, FieldWords]:
    """What holds for the whole case: the story, by the keys of the fields in which it may stand."""
    return {key: written for (need, key), written in kept.items() if need == WHOLE_CASE}


def holding(paper: Paper, bare: Draft, written: Mapping[str, FieldWords]) -> dict[str, Lines]:
    """The words that hold: what the program says there is what it said when they were written."""
    program = {key: each.program for key, each in _fields(bare).items()}
    return {
        key: each.lines
        for key, each in written.items()
        if each.instead == _instead(paper, key, program.get(key, ()))
    }


def _instead(paper: Paper, key: str, program: Lines) -> Lines:
    """What words stand in place of: what the program says; for what belongs to a step also to which State it
    goes, and where the program has nothing, by which channel."""
    sources = {
        source
        for section in paper.document.sections
        for field in section.fields
        if field.id == key
        for source in field.sources
    }
    if any(source.startswith(OF_THE_STEP) for source in sources):
        return (*(program or (paper.step.pathway,)), paper.step.receiver.state or "")
    return program


def _short(lines: Lines) -> str:
    return hashlib.sha256("\n".join(map(str.strip, lines)).encode()).hexdigest()[:16]
