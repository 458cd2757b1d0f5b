"""How a story is written: its lines as they were meant, and each word as it is compared with others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from routing.core.printable import UNPRINTABLE
from routing.rulebook.spelling import tidy

END = re.compile(r"[.!?;]+[\"')\]]*$")
CLOSES = re.compile(r"[,:()]$|^[-–—+&]+$")
LONGEST_WORD = 60
SHORTEST_BROKEN = 40  # letters of a line that a mail breaks; what is shorter stands on a line of its own
HER, HIM = "her", "him"
LONGEST_STORY = 10_000
"""Letters of a story that are read."""
LAST_PART = 1_000
"""Letters at the end of what is read in which the end of a sentence is looked for."""
SENTENCE_ENDS = re.compile(r"[.!?]\s|\n")
SHORTEST_DONE = 5  # letters of a word with `-ed` that tells what is done
NEGATED = "(ca|do|does|did|is|was|are|were|has|have|had|wo|would|could|should|must|might|need)"
ENDINGS = {"d": "would", "ll": "will", "re": "are", "ve": "have"}
SPELLED = (
    (re.compile(rf"\b{NEGATED}n[\u2019']?t\b", re.I), r"\1 not"),
    (re.compile(r"\bca not\b", re.I), "can not"),
    (re.compile(r"\bwo not\b", re.I), "will not"),
    (re.compile(r"\b(he|she|it|that|there|here|who|what|where)[\u2019']s\b", re.I), r"\1 is"),
    (re.compile(r"\b(he|she|that|there|who|what|where)s\b", re.I), r"\1 is"),
    (re.compile(r"\bi[\u2019']?m\b", re.I), "i am"),
    *((re.compile(rf"[\u2019']{short}\b"), f" {full}") for short, full in ENDINGS.items()),
    (re.compile(r"^(pls|plz)(?=\W*$)", re.I), "please"),
    (re.compile(r"^wanna$", re.I), "want to"),
    (re.compile(r"^gonna$", re.I), "going to"),
)
"""How a word that is drawn together is written out: `don't` and `dont`, `we'd`, `whats`."""


UNSEEN = re.compile(f"{UNPRINTABLE.pattern}|[\ufe0e\ufe0f]")  # also what chooses the picture of a sign


def as_seen(story: str) -> str:
    """A story without what nobody sees, as a hyphen that is not shown, its lines broken in one way."""
    return "\n".join(UNSEEN.sub("", line) for line in story.splitlines())


def as_far_as_read(story: str) -> tuple[str, str]:
    """What is read of a story, as it is seen, and the rest, which is not: a long one is read up to the end of
    a sentence, as half of one may tell the opposite."""
    seen = as_seen(story)
    if len(seen) <= LONGEST_STORY:
        return seen, ""
    ends = [it.end() for it in SENTENCE_ENDS.finditer(seen, LONGEST_STORY - LAST_PART, LONGEST_STORY)]
    end = ends[-1] if ends else LONGEST_STORY
    return seen[:end], seen[end:].strip()


def lines_meant(story: str) -> Iterator[str]:
    """The lines of a story as they were meant: those that a mail or a page broke in the middle of a sentence
    are put together."""

    def goes_on(last: str, line: str) -> bool:
        return len(last) >= SHORTEST_BROKEN and END.sub("", last) == last and line[:1].islower()

    return put_together((line.strip() for line in as_seen(story).split("\n")), goes_on)


def put_together(lines: Iterable[str], goes_on: Callable[[str, str], bool]) -> Iterator[str]:
    """Lines, each with those into which it was only broken. goes_on: whether a line goes on the one before
    it."""
    whole = last = ""
    for line in lines:
        if whole and goes_on(last, line):
            whole = f"{whole} {line}"
        else:
            if whole:
                yield whole
            whole = line
        last = line
    if whole:
        yield whole


def counts_off(raw: str, numbers: Collection[str]) -> bool:
    """Whether a word only counts off what follows: `First: keep the server`."""
    return raw.endswith(":") and tidy(raw) in numbers


def written_out(run: Sequence[str], number: int, after: Collection[str]) -> list[str]:
    """A word of a sentence as it is compared, where it is drawn together as several; `her` as `him` where it
    is a person and owns nothing: `we want her found`. after: what may follow such a word."""
    words = tidy(_spelled(run[number][:LONGEST_WORD])).split()
    return [HIM] if words == [HER] and _is_a_person(run, number, after) else words


def _is_a_person(run: Sequence[str], number: int, after: Collection[str]) -> bool:
    raw = run[number]
    if number + 1 == len(run) or END.search(raw) or CLOSES.search(raw):
        return True
    then = tidy(run[number + 1])
    return then in after or (then.endswith("ed") and len(then) >= SHORTEST_DONE)


def _spelled(word: str) -> str:
    """A word with what is drawn together in it written out."""
    for short, full in SPELLED:
        word = short.sub(full, word)
    return word
