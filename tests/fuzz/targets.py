"""What is fuzzed: every way by which bytes of others come in. Whatever the bytes, a target returns, or raises Problems.

Each target takes the bytes and fails with any other error. The small rulebook keeps a run fast.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from itertools import chain
from pathlib import Path
from shutil import rmtree
from zlib import crc32

import yaml
from rule_folders import read_rulebook

from routing.analyse.interview import Interview
from routing.case.danger_lines import tells_no_danger
from routing.cli.ask import run_interview
from routing.cli.ask_person import WrittenAnswers
from routing.cli.prose import case_in_prose
from routing.core.cache_entries import KEY, read_entry, write_entry
from routing.core.errors import Problems
from routing.core.printable import UNPRINTABLE, printable
from routing.evaluate.engine.cache import kept_networks
from routing.law import Law
from routing.opened import Router, shared_router
from routing.papers.drafting import Desk
from routing.papers.text_forms import markdown as text_of_paper
from routing.receipt import read_receipt, replay
from routing.receipt.proof_check import check_recorded_proof
from routing.receipt.written import digest_of, receipt_text, text_of
from routing.render import FORMS, rendered
from routing.render.case_told import case_of
from routing.render.told_head import told_head
from routing.rulebook.load import examine
from routing.rulebook.overlay.reader import read_overlay
from routing.rulebook.patterns import APART, BESIDE, OR
from routing.rulebook.validate.style import style_in
from routing.story.lined_story import story_of_lines
from routing.story.offered import Offered, offered_by
from routing.story.open_parts import completed, open_parts
from routing.story.written import as_far_as_read, as_seen
from routing.verify.statements import read_statements

DAY = date(2026, 11, 24)
PAIRS = (("KEN", "FRA"), ("FRA", "NOR"), ("NAM", "KEN"))


@cache
def router() -> Router:
    from small_rules import write_rules

    folder = write_rules(place() / "rules")
    return Router(read_rulebook(folder), Law.load(folder))


@cache
def place() -> Path:
    return Path(tempfile.mkdtemp(prefix="routing-fuzz-"))


def case(data: bytes) -> None:
    """A case file; what can be read is routed, and reads the same again. What cannot is read in part."""
    try:
        read = router().read(data)
    except Problems:
        read, left = router().read_in_part(data)
        assert left or read.notes
    again = router().read(read)
    assert again == read
    router().route(read, DAY)


def overlay(data: bytes) -> None:
    file = place() / "overlay.yaml"
    file.write_bytes(data)
    read_overlay(file)


def receipt(data: bytes) -> None:
    """A receipt as it is, and its content sealed anew."""
    import json

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    texts = [text]
    try:
        found = json.loads(text)
        if isinstance(found, dict):
            body = {key: value for key, value in found.items() if key != "digest"}
            texts.append(text_of({**body, "digest": digest_of(body)}))
    except (ValueError, RecursionError):
        pass
    for each in texts:
        try:
            read = read_receipt(each, "receipt")
        except Problems:
            continue
        for step in (partial(check_recorded_proof, read), partial(replay, read, router())):
            try:
                step()
            except Problems:
                continue


def answers(data: bytes) -> None:
    import contextlib
    import io

    import click

    file = place() / "answers.txt"
    file.write_bytes(data)
    try:
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            run_interview(Interview(router(), as_of=DAY), WrittenAnswers(file), router())
    except click.UsageError:
        return


def cache_entry(data: bytes) -> None:
    """Bytes in the place of an entry, and bytes that were sealed by the program itself.

    The key is a new one each time: a fuzzer that watches comparisons learns a seal that it has seen made, and it would
    forge the next entry with it.
    """
    entry = place() / "cache" / "entry"
    rmtree(entry.parent, ignore_errors=True)
    write_entry(entry, data)
    assert read_entry(entry) == data
    kept_networks(entry)
    for file in entry.parent.iterdir():
        if file.name != KEY:
            file.write_bytes(data)
    assert read_entry(entry) is None


def words(name: str) -> list[str]:
    """The words with which a fuzzer makes inputs of a target; none where bytes do."""
    if name != "story":
        return []
    router = shipped()
    listed = (
        *chain(*router.rulebook.words.story.values()),
        *(it.name for it in router.rulebook.measures.values()),
    )
    spoken = (phrase for it in listed for phrase in as_spoken(str(it)))
    return sorted({phrase for phrase in spoken if phrase.isascii() and len(phrase) > 1})


def as_spoken(pattern: str) -> set[str]:
    """A phrase with the first of its choices and with the last, as somebody would write it."""
    slots = [slot.split(OR) for slot in pattern.replace(APART, " ").split(" ")]
    return {" ".join(" ".join(slot[at] for slot in slots).replace(BESIDE, " ").split()) for at in (0, -1)}


@cache
def whole_rules() -> tuple[Path, dict[str, bytes]]:
    """A rulebook in which every kind of file has its place, and its files by name."""
    from small_rules import FILES, write_rules
    from small_rules_more import MORE, TABLES

    more = {**MORE, **TABLES}
    folder = write_rules(place() / "whole", more)
    return folder, {name: (folder / name).read_bytes() for name in sorted({**FILES, **more})}


def seeds(name: str) -> dict[str, bytes]:
    """What is fuzzed from beside the corpus, by name: for receipts one of today, for the rules every file of the
    whole rulebook, for stories some of those that are kept."""
    if name == "story":
        kept = yaml.safe_load((Path(__file__).parents[1] / "unit/story/stories.yaml").read_bytes())["stories"]
        return {f"{number:04}": it["story"].encode() for number, it in enumerate(kept) if number % 150 == 0}
    if name == "receipt":
        case = router().read(
            {"state": "KEN", "as_of": DAY, "needs": [{"measure": "find_person", "with": "FRA"}]}
        )
        return {"of-today": receipt_text(case, router(), DAY)[1].encode()}
    if name != "rules":
        return {}
    files = whole_rules()[1]
    return {file.replace("/", "-"): file.encode() + b"\n" + text for file, text in files.items()}


def rules(data: bytes) -> None:
    """A file of the rules: the first line says which, else the bytes choose one. What loads answers cases."""
    folder, files = whole_rules()
    first, _, rest = data.partition(b"\n")
    name = first.decode("utf-8", "replace")
    if name not in files:
        name, rest = sorted(files)[crc32(data) % len(files)], data
    file = folder / name
    file.write_bytes(rest)
    try:
        answered(folder, crc32(data))
    finally:
        file.write_bytes(files[name])


def answered(folder: Path, number: int) -> None:
    """Every fault told; where there is none, a case answered, and its pages and papers written.

    number: chooses the case.
    """
    rulebook, law, faults = examine(folder)
    faults += read_statements(rulebook)[1]
    assert all(fault.file and fault.line and fault.id for fault in faults)
    if faults or law is None:
        return
    style_in(folder)
    router, measures = Router(rulebook, law), sorted(rulebook.measures)
    asking, asked = PAIRS[number % len(PAIRS)]
    need = {"id": "a", "measure": measures[number % len(measures)], "with": asked}
    desk = Desk(router.read({"state": asking, "as_of": DAY, "needs": [need]}), router, DAY)
    for form in FORMS:
        rendered(desk.plan, router, form, full=True)
    for paper in desk.papers:
        text_of_paper(desk.draft(paper, {}))


@cache
def shipped() -> Router:
    """The rulebook that is shipped, whose words stories are read by."""
    return shared_router()


def story(data: bytes) -> None:
    """What somebody tells: what is read of it stands in its own words, on the page above a plan and in the case file
    that is written of it, without a sign that moves the cursor; a sentence in words that nobody knows is said back as
    not used; and where no question stops it, a plan is made."""
    router, text = shipped(), data.decode("utf-8", "replace")
    offer = completed(router, offered_by(router, text, DAY))
    parts = [part for part in open_parts(router, offer) if not part.stops]
    head, file = told_head(router, offer, "FILE", parts), case_of(router, offer)
    for shown in (head, file):
        assert not UNPRINTABLE.search(shown.replace("\n", "")), "a sign that moves the cursor"
    in_sentences = story_of_lines(
        as_far_as_read(text)[0],
        router.rulebook.words,
        router.law.states,
        partial(tells_no_danger, router.rulebook),
        router.rulebook.clocks.needed,
    )
    for phrase in quoted(offer):
        own = solid(as_seen(text)) + solid(in_sentences.text)
        assert solid(phrase) in own, f"not of the story: {phrase!r}"
        assert solid(printable(phrase)) in solid(head + file), f"not said back: {phrase!r}"
    if not offer.rest:
        more = offered_by(router, f"{text}\n\n{NONSENSE}", DAY)
        left = (*more.unread, *more.passed_over, more.rest)
        assert any(NONSENSE.strip(".") in it for it in left), f"not said to be unread: {left}"
    headed = case_in_prose(router, text, "FILE", DAY)
    if headed is not None and crc32(data) % ROUTED == 0:
        plan = router.route(headed.case, DAY)
        assert not UNPRINTABLE.search(rendered(plan, router, "text", styled=False).replace("\n", ""))


NONSENSE = "Zorvik plamquat dreln snorbish tandelo."
ROUTED = 10  # of so many stories of which a plan can be made, it is made of one


def quoted(offer: Offered) -> Iterator[str]:
    """The words of a story that what is read of it rests on."""
    readings = (*offer.facts, *offer.people, *offer.mentioned, *offer.needed, *offer.perhaps)
    yield from (it.phrase for it in readings)
    yield from (*offer.unread, *offer.passed_over)


def solid(text: str) -> str:
    """The letters of a text, wherever its lines are broken and whatever marks stand between them."""
    return "".join(filter(str.isalnum, text))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "case": case,
    "overlay": overlay,
    "receipt": receipt,
    "answers": answers,
    "cache_entry": cache_entry,
    "rules": rules,
    "story": story,
}

GATE = {
    "case": 15_000,
    "overlay": 30_000,
    "receipt": 6_000,
    "answers": 3_000,
    "cache_entry": 15_000,
    "rules": 300,
    "story": 20,
}
"""How many inputs of each the gate tries: about ten seconds of each, half a minute of stories, and the same ones on every
machine."""


def run(name: str, data: bytes) -> None:
    """One input; Problems are what is expected of bytes that are nothing."""
    try:
        TARGETS[name](data)
    except Problems:
        return
