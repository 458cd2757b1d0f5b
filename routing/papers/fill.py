"""Filling a document for a step: with the officer's answers, else from the plan and the case, else a blank.

`unknown` for an answer leaves a blank, also where the plan or the case has something to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from routing.core.domain import COPY, UNKNOWN
from routing.core.kinds import LAW, TREATY
from routing.core.printable import capital_first, printable
from routing.law.confidence import MEDIUM
from routing.papers.answers import Answers
from routing.papers.model import Choice, Draft, DraftField, DraftSection, MissingItem, Status
from routing.papers.sources import SIDES, Sources, relied_on
from routing.phrasing.of_basis import bare
from routing.phrasing.of_facts import provisions
from routing.phrasing.of_plans import Wording
from routing.phrasing.without_commands import without_commands
from routing.rulebook.documents import Document, DocumentField, DocumentSection, Weight
from routing.rulebook.spelling import tidy

COUNTS: tuple[Weight, ...] = ("required", "if", "expected")
STATED = ("filled", "answered")
NO = ("no", "none")
MEASURES = "measures"
LANGUAGE, TRANSLATION = "step.language", "step.translation"
OFFICER = "the officer"


def filled(document: Document, sources: Sources, answers: Answers) -> Draft:
    """The draft of a document for the step of the sources."""
    sections = tuple(_section(section, sources, answers) for section in document.sections)
    plan, step = sources.plan, sources.step
    senders, receivers = (sources.lines(f"{side}.state") for side in SIDES)
    others = [place for place in receivers if place not in senders]  # an office at home may receive it too
    between = " to ".join(filter(None, (" and ".join(senders), " and ".join(others))))
    notes = (
        ("Signed by", document.signs),
        ("Attach", document.attach),
        ("Often sent back because", document.back),
        ("Form", f"{document.source}{UNREAD[document.mark]}"),
        *(("Note", note) for note in document.notes),
        ("Language", _language(document, sources)),
        ("The case also tells", _told_besides(document, sections, sources)),
    )
    return Draft(
        document=document.id,
        name=document.name,
        title=_clean(f"{document.name}{f': {between}' if between else ''}"),
        as_of=plan.as_of,
        data_date=sources.router.rulebook.data_date,
        step=f"{step.action} ({sources.pathway(step.pathway)})",
        template=document.template,
        missing=tuple(sorted(_missing(sections), key=_order)),
        doubtful=tuple(map(without_commands, _doubtful(sources))),
        notes=tuple((name, says) for name, says in notes if says),
        sections=sections,
    )


def _order(item: MissingItem) -> tuple[bool, int]:
    """What is demanded first; last what is needed only under a condition of which the case says nothing."""
    return item.supposed, COUNTS.index(item.weight)


def _sources_of(document: Document) -> frozenset[str]:
    fields = (each for section in document.sections for each in section.fields)
    return frozenset(source for each in fields for source in (*each.sources, *each.hint))


def _language(document: Document, sources: Sources) -> str:
    """In which language a paper is written that has no place to say it."""
    language = sources.step.language
    if LANGUAGE in _sources_of(document) or language is None or not language.accepted:
        return ""
    return "; ".join((*sources.lines(LANGUAGE), *sources.lines(TRANSLATION)))


def _told_besides(document: Document, sections: tuple[DraftSection, ...], sources: Sources) -> str:
    """What the case tells of the needs of the step and no field of the paper takes up. A note that goes
    beside other papers has no need of it."""
    if not document.carries:
        return ""
    used = {section.id for section in sections if section.used}
    filled_from = {
        source.partition(".")[2]
        for section in document.sections
        if section.id in used
        for each in section.fields
        for source in (*each.sources, *each.hint)
    }
    if "deadline" in filled_from:
        filled_from.add(sources.router.rulebook.clocks.needed)
    besides = (f"fact.{name}" for name in sources.told_of_needs() if name not in filled_from)
    lines = (line for source in besides for line in sources.hints(source))
    return "; ".join(line for line in lines if line.rpartition(": ")[2] not in NO)


UNREAD = {
    "text": "",
    "copy": " (read in a private copy; check it against the text)",
    "secondary": " (known from a handbook or summary; check it against the text)",
    "unverified": " (from practice; no text was read)",
}


def _section(section: DocumentSection, sources: Sources, answers: Answers) -> DraftSection:
    speaking = sources.speaking(section.asked_by)
    weight = _weight(section.weight, section.asked_by, speaking)
    used = _applies(section, sources) and not _owed_to_nobody(section, speaking)
    return DraftSection(
        id=section.id,
        name=section.name,
        weight=weight,
        when=section.when,
        mark=section.mark,
        asked_by=provisions(sources.router.rulebook, speaking, sources.unsettled(speaking)),
        says=section.says,
        used=used,
        fields=tuple(_field(each, section, weight, sources, answers) for each in section.fields)
        if used
        else (),
    )


def _owed_to_nobody(section: DocumentSection, speaking: tuple[str, ...]) -> bool:
    """Whether a section holds only sentences of the form that a provision asks for in certain cases, and none
    of these provisions speaks to the step."""
    fixed = all(each.says for each in section.fields)
    return fixed and section.weight == "if" and bool(section.asked_by) and not speaking


def _weight(weight: Weight, asked_by: tuple[str, ...], speaking: tuple[str, ...]) -> Weight:
    """What is demanded by a provision that does not speak to this step is only usual in it."""
    return "expected" if weight == "required" and asked_by and not speaking else weight


def _applies(section: DocumentSection, sources: Sources) -> bool:
    """Whether nothing that is told speaks against the section; what is not known never does."""
    for key, words in section.applies.items():
        values = sources.measures() if key == MEASURES else sources.values_of(key)
        if values and values.isdisjoint(words):
            return False
    return True


def _field(
    each: DocumentField, section: DocumentSection, weight: Weight, sources: Sources, answers: Answers
) -> DraftField:
    asked_by = each.asked_by or (section.asked_by if each.weight is None else ())
    speaking = sources.speaking(asked_by)
    own = _weight(each.weight, each.asked_by, speaking) if each.weight else weight
    answer = tuple(map(_clean, answers.get(each.id, ())))
    hints = [hint for source in each.hint for hint in sources.hints(source)]
    program, came_from = _of_the_program(each, sources)
    status, lines, source = _status(each, answer, program, came_from)
    return DraftField(
        key=each.id,
        name=each.name,
        status=status,
        lines=lines,
        choices=tuple(Choice(says, _ticked(says, answer)) for says in each.choices),
        source=source,
        program=program,
        program_source=came_from,
        asks=each.ask or each.name,
        hint=_clean("; ".join(hint.rstrip(".") for hint in dict.fromkeys(hints))),
        weight=own,
        when=each.when or section.when,
        asked_by=provisions(sources.router.rulebook, speaking, sources.unsettled(speaking)),
    )


def _of_the_program(each: DocumentField, sources: Sources) -> tuple[tuple[str, ...], str]:
    """What the first source that gives something gives, and where it is from; nothing for what the form fixes
    or the officer ticks."""
    if each.says or each.choices:
        return (), ""
    given = ((source, sources.lines(source)) for source in each.sources)
    first = next(((source, lines) for source, lines in given if lines), None)
    return (tuple(map(_clean, first[1])), sources.came_from(first[0])) if first else ((), "")


def _status(
    each: DocumentField, answer: tuple[str, ...], program: tuple[str, ...], came_from: str
) -> tuple[Status, tuple[str, ...], str]:
    """What stands in a field and where it is from: what the form fixes, else what the officer says, else what
    the program has."""
    if each.says:
        return "fixed", (each.says,), "the form"
    if tuple(map(str.lower, answer)) == (UNKNOWN,):
        return "ticks" if each.choices else "blank", (), ""
    if each.choices:
        written = tuple(line for line in answer if not any(_ticked(says, (line,)) for says in each.choices))
        return "ticks", written, OFFICER if answer else ""
    if answer and answer != program:
        return "answered", answer, OFFICER
    if each.by_hand:
        return "by_hand", (), ""
    return ("filled", program, came_from) if program else ("blank", (), "")


def _ticked(says: str, answer: tuple[str, ...]) -> bool:
    return any(tidy(line) == tidy(says) for line in answer)


def _missing(sections: tuple[DraftSection, ...]) -> Iterator[MissingItem]:
    """Every field that is blank, or has boxes of which none is ticked, unless it is free to be left out."""
    listed: set[str] = set()
    for section in sections:
        filled_in = any(each.status in STATED for each in section.fields)
        for each in section.fields:
            spoken = each.hint or (filled_in and section.weight == "if" and each.when == section.when)
            unticked = each.status == "ticks" and not each.lines and not any(c.ticked for c in each.choices)
            if (each.status == "blank" or unticked) and each.weight in COUNTS and each.key not in listed:
                listed.add(each.key)
                yield MissingItem(
                    key=each.key,
                    section=section.id,
                    name=each.name,
                    weight=each.weight,
                    asks=each.asks,
                    when=each.when,
                    asked_by=each.asked_by,
                    hint=each.hint,
                    choices=tuple(choice.says for choice in each.choices),
                    supposed=each.weight == "if" and not spoken,
                )


def _doubtful(sources: Sources) -> Iterator[str]:
    """What the plan leaves open, so that the paper may not rest on it."""
    step = sources.step
    yield from sources.stops()
    if before := sources.lines("step.after"):
        yield f"First in the plan: {'; '.join(before)}."
    if step.certainty == "conditional":
        words = Wording(sources.router)
        waits = ", ".join(map(words.fact, step.waits_for))
        yield f"It is open whether this step can be taken at all; it depends on: {waits}."
    yield from _law_left_out(sources)
    for side, party in sources.named_parties():
        if party.name is None and party.ask:
            likely = party.likely
            first = "Ask" if likely is not None and likely.only_asked else "Probably"
            probably = f"{first} {likely.name}. {likely.says} " if likely is not None else ""
            nameless = "" if party is step.sender else "not in the law data. "
            yield f"{capital_first(side)}: {nameless}{probably}{party.ask}"
        elif party.name and party.ask:
            yield f"The {side} is the {party.name}. {party.ask}"
        elif party.name and party.confidence == MEDIUM:
            yield f"The {side}, {party.name}, was read in a source that is not the register itself; check it."
    if step.language is not None and not step.language.accepted:
        yield f"Language: {step.language.says}"


def _law_left_out(sources: Sources) -> Iterator[str]:
    """The law of the step on which the paper does not rest, or not without a word, in a sentence for each
    reason."""
    left_out: dict[str, dict[str, list[str]]] = {}
    for basis in sources.step.basis:
        if basis.certainty == "conditional":
            reason = "It is open whether this applies; the paper does not rely on it"
        elif sources.binds_unread(basis):
            reason = "No text of the article was read; the paper names the treaty without it"
        elif basis.mark == "unverified" and basis.kind in (TREATY, LAW):
            reason = "No text was read; the paper does not rely on it"
        elif basis.mark == "secondary" and relied_on(basis):
            reason = "Only a summary was read; check the text"
        elif basis.mark == COPY and relied_on(basis):
            reason = "Only a private copy was read; check the official text"
        else:
            continue
        places = left_out.setdefault(reason, {}).setdefault(basis.instrument, [])
        places.append(basis.article if bare(basis) else f"({basis.article})")
    for reason, law in left_out.items():
        cited = (f"{name} {', '.join(dict.fromkeys(places))}" for name, places in law.items())
        yield f"{reason}: {'; '.join(cited)}."


def _clean(text: str) -> str:
    return printable(text)
