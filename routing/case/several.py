"""A need that names several States, measures or purposes, read as one need for each of them.

    needs: [{id: accounts, measure: bank records and asset freezing, with: [FRA, ESP]}]

are four needs, and the notes of the case say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice, product

from routing.case.line_names import PARTNER, PURPOSE
from routing.core.domain import LEFT_OUT, USE, Fact
from routing.core.errors import quoted
from routing.core.printable import either_of
from routing.rulebook.denial import without_denials
from routing.rulebook.measures_meant import only_offered
from routing.rulebook.model import Rulebook
from routing.rulebook.spelling import tidy
from routing.rulebook.words import JOINED, KIND, MEASURE, Words
from routing.yaml.tree import Items, Mapping, Node, Text, words_of_text

ACTIONS = re.compile(
    r"(?:\s*(?:[,;+&]|(?<=[a-z]{3})\.(?=\s+[A-Z])"
    r"|\b(?:[Aa]nd|then|plus|[Aa]s well as|along with|together with)\b)\s*)+"
)
"""What stands between two things that are asked for in one line."""
OF_THE_SAME = re.compile(
    r"(?:to|so|because|for|as|since|if|when|before|after|in|at|on|from|by|with|which)\b", re.I
)
"""What a part begins with that says of a thing why, where or when it is wanted."""
ALSO = re.compile(r"\balso\b", re.I)
NOT = "not"
WAS = frozenset({"was", "were"})
SUBJECTS = frozenset({"a", "an", "the", "one", "our", "my", "his", "her", "he", "she", "they", "it", "we"})
ASKING = frozenset({"who", "what", "which", "where", "when", "whether", "how", "that", "whose"})
LONGEST_NAME = 3  # words of a State as one writes it among others
LONGEST_CODE = 3  # letters of the code of a State
LONGEST_ID = 40
MOST = 101  # one more than a case may have, so that too many are noticed


def parts(node: Node, whole: Callable[[str], bool]) -> tuple[Node, ...]:
    """What a list or a text names, one by one. whole: whether a text means one thing as it stands."""
    if isinstance(node, Items):
        return tuple(part for value in node.values for part in parts(value, whole))
    if not isinstance(node, Text) or whole(node.value):
        return (node,)
    named = tuple(Text(part, node.line) for part in JOINED.split(node.value.strip()) if part)
    return named if len(named) > 1 else (node,)


def separated(
    node: Mapping,
    number: int,
    rulebook: Rulebook,
    state_of: Callable[[str], str],
    weighs: Callable[[str], bool] = bool,
    is_like: Callable[[str], bool] = bool,
) -> tuple[tuple[Mapping, ...], tuple[str, ...]]:
    """The needs that one entry stands for, each naming one State, one measure and one purpose, and notes on
    it.

    number: the place of the entry in its file, from 1. state_of: the State that a word names, or none;
    weighs: whether words that are not read may change the plan; is_like: whether they are almost a State.
    There is no note where the entry is one need already, and every word of its measure was used.
    """
    notes: list[str] = []
    choices = {
        key: named
        for key, written in ((name.value, value) for name, value in node.entries)
        if key in (PARTNER, MEASURE, PURPOSE)
        for named in [_named(key, written, rulebook, state_of, weighs, is_like, notes)]
        if named and named != (written,)
    }
    if not choices:
        return (node,), tuple(notes)
    written_id = node.get("id")
    begin = written_id.value.strip() if isinstance(written_id, Text) else f"need-{number}"
    needs: list[Mapping] = []
    ids: list[str] = []
    for chosen in islice(product(*choices.values()), MOST):
        given = dict(zip(choices, chosen, strict=True))
        ending = [_ending(given[key]) for key, named in choices.items() if len(named) > 1]
        ids.append("-".join([begin, *ending])[:LONGEST_ID] if ending else begin)
        entries = tuple(
            (key, given.get(key.value, value)) for key, value in node.entries if key.value != "id"
        )
        needs.append(Mapping(((Text("id", node.line), Text(ids[-1], node.line)), *entries), node.line))
    if len(needs) == 1:
        return tuple(needs), tuple(notes)
    listed = ", ".join(f"`{id}`" for id in ids)
    what = " and ".join(
        {PARTNER: "State", MEASURE: "measure", PURPOSE: "purpose"}[key]
        for key, named in choices.items()
        if len(named) > 1
    )
    return tuple(needs), (f"need `{begin}` is read as one need for each {what}: {listed}", *notes)


def _named(
    key: str,
    written: Node,
    rulebook: Rulebook,
    state_of: Callable[[str], str],
    weighs: Callable[[str], bool],
    is_like: Callable[[str], bool],
    notes: list[str],
) -> tuple[Node, ...]:
    if key == PARTNER:
        split = parts(written, lambda text: bool(state_of(text)))
        named = tuple(it for it in split if not _is_place(it, written, state_of, is_like))
        in_sentence = any(
            len(words_of_text(it).split()) > LONGEST_NAME and not state_of(words_of_text(it)) for it in named
        )
        if len(named) > 1 and _is_shortened(named[0], state_of) and state_of(words_of_text(named[1])):
            named = named[1:]  # an office by its letters, and its State
        states = [state_of(words_of_text(it)) for it in named]
        if len(named) > 1 and states[0] and len(set(states)) == 1:
            return named[:1]  # an office and its State
        return (written,) if in_sentence else named  # a sentence that names a State
    fact: Fact | None = rulebook.facts.get(key)
    entries = rulebook.measures if key == MEASURE else fact.values if fact else {}

    def phrase(text: str) -> tuple[str, ...]:
        name = text.strip().replace(" ", "_")
        return (name,) if name in entries else rulebook.words.whole(key, text)

    def is_whole(text: str) -> bool:
        """Whether a text stands for one thing, as a phrase or a sentence does, phrases side by side not."""
        beside = [part for part in JOINED.split(text.strip()) if part]
        meant = {phrase(part) for part in beside}
        side_by_side = len(meant) > 1 and all(len(meaning) == 1 for meaning in meant)
        return bool(phrase(text)) or (bool(rulebook.words.read(key, text)) and not side_by_side)

    if key == MEASURE and isinstance(written, Text) and not phrase(written.value):
        if used := _used(written.value, rulebook):
            return (Text(used, written.line),)
        asked, unread = _actions(written.value, rulebook.words, state_of)
        notes += [_not_used(part, rulebook, weighs) for part in unread]
        if asked:
            return tuple(Text(part, written.line) for part in asked)
    named = parts(written, is_whole)
    if len(named) > 1:
        together = " and ".join(part.value for part in named if isinstance(part, Text))
        meant = rulebook.words.by_topic.get(key, {}).get(tidy(together))
        if meant is not None and len(meant) == 1:
            return (Text(meant[0], written.line),)
    if isinstance(written, Text) and not all(
        isinstance(part, Text) and (part.value in entries or rulebook.words.read(key, part.value))
        for part in named
    ):
        return (written,)  # a sentence, of which only its parts were understood or none
    return named


def _is_shortened(part: Node, state_of: Callable[[str], str]) -> bool:
    """Whether a part is the letters of an office in capitals, longer than the code of a State."""
    text = words_of_text(part)
    return text.isalpha() and text.isupper() and len(text) > LONGEST_CODE and not state_of(text)


def _is_place(
    part: Node, written: Node, state_of: Callable[[str], str], is_like: Callable[[str], bool]
) -> bool:
    """Whether what stands after the name of a State is a place or an office there: `X police, Harbour`."""
    text = words_of_text(part)
    first = JOINED.split(words_of_text(written).strip())[0]
    beside = isinstance(written, Text) and part is not written and bool(first and state_of(first))
    return beside and not state_of(text) and not is_like(text)


def _used(text: str, rulebook: Rulebook) -> str:
    """The part of a text that says that what we hold is used, where the rest tells how it came: `they gave us
    a report and we want to use it in court`. Empty where it says no such thing."""
    only = only_offered(rulebook, USE)
    if rulebook.words.read(KIND, text) != (USE,):
        return ""
    named = [part for part in JOINED.split(text.strip()) if part]
    used = [part for part in named if rulebook.words.read(MEASURE, part) == (only,)]
    about_others = all(part.split()[0].lower() in SUBJECTS for part in named if part not in used)
    return used[0] if used and about_others else ""


def _not_used(part: str, rulebook: Rulebook, weighs: Callable[[str], bool]) -> str:
    """What is said of a part of a line that is not read, or may mean several things."""
    words = rulebook.words
    beyond = words.outside(part)
    if beyond and beyond not in words.story.get("told_always", ()):
        return f"{LEFT_OUT}{quoted(part)}: {rulebook.warnings[beyond].says}"
    begins = LEFT_OUT if weighs(part) else "not read: "
    if not _is_wish(part, words):
        return f"{begins}{quoted(part)}{'' if begins == LEFT_OUT else ', as nothing that is asked for'}"
    meant = words.read(MEASURE, part)
    either = f" ({either_of(meant).replace('_', ' ')}: write one, as a need of its own)" if meant else ""
    return f"{begins}{quoted(part)}{either}"


def _actions(
    text: str, words: Words, state_of: Callable[[str], str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The things that a line asks for where it asks for several, and its parts of which nothing was read."""
    beside, aside = _wishes(_beside(text, words, state_of), words)
    if (len(beside) < 2 and not aside) or words.across(MEASURE, text, beside):
        return (), ()
    completed = [_completed(place, beside, words) for place in range(len(beside))]
    meant = [words.read(MEASURE, part) for part in completed]
    of_accounts = words.story.get("of_accounts", ())  # whose account it is, the rest of the case tells
    clear = [len(meaning) == 1 or not set(meaning).isdisjoint(of_accounts) for meaning in meant]
    unambiguous = dict.fromkeys(meaning for meaning, is_clear in zip(meant, clear, strict=True) if is_clear)
    unread = (*aside, *(part for part, is_clear in zip(completed, clear, strict=True) if not is_clear))
    if len(unambiguous) > (0 if aside else 1):
        asked = {meaning: part for part, meaning in reversed(tuple(zip(completed, meant, strict=True)))}
        return tuple(asked[meaning] for meaning in unambiguous), unread
    whole = words.read(MEASURE, text)
    if whole not in unambiguous:
        return (), ()
    read_parts = {part for part, _ in words.halves(MEASURE, text, whole)}  # where the measure itself is read
    return (), tuple(part for part in unread if part not in read_parts)


def _wishes(beside: Sequence[str], words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of a line that are asked for, and those that are not. All are where none would be left."""
    asked = tuple(part for part in beside if _is_wish(part, words))
    return (asked, tuple(part for part in beside if part not in asked)) if asked else (tuple(beside), ())


def _is_wish(part: str, words: Words) -> bool:
    """Whether a part of a line may be asked for: not what is denied (`not arrest`, `he won't be extradited`;
    but `don't delete it` is asked for), nor a sentence on what was (`a company was cheated`; but `who was the
    owner`)."""
    tokens = part.lower().split()
    until_was = next((tokens[:at] for at, word in enumerate(tokens) if word in WAS), [])
    tells = until_was[:1] and until_was[0] in SUBJECTS and ASKING.isdisjoint(until_was)
    rest = without_denials(part)
    meant = words.read(MEASURE, part) if len(rest) < len(part) else ()
    denied = bool(meant) and words.read(MEASURE, rest) == meant
    return tokens[:1] != [NOT] and not tells and not denied


def _beside(text: str, words: Words, state_of: Callable[[str], str]) -> tuple[str, ...]:
    """The parts of a line that stand side by side. What one phrase or the name of one State holds, as `search
    and seizure`, is one, and what says of a thing why, where or when it is wanted."""
    beside: list[str] = []
    for part in filter(None, ACTIONS.split(text.strip())):
        together = f"{beside[-1]} and {part}" if beside else part
        of_one = beside and (
            (OF_THE_SAME.match(part) and not ALSO.search(part))
            or words.across(MEASURE, together, (beside[-1], part))
            or bool(state_of(f"{beside[-1].split()[-1]} and {part.split()[0]}"))
        )
        if of_one:
            beside[-1] = together
        else:
            beside.append(part)
    return tuple(beside)


def _completed(place: int, beside: Sequence[str], words: Words) -> str:
    """A part of one word with what the part beside it says for both: `trace and freeze the money`, `seize the
    phone and the computer`."""
    part = beside[place]
    if (
        len(tidy(part).split()) > 1
        or tidy(part) in words.by_topic.get(MEASURE, {})
        or words.mentions(MEASURE, part)
    ):
        return part  # a word that is read only where it stands alone may be half of what is said
    if place + 1 < len(beside):
        longer = f"{part} {' '.join(beside[place + 1].split()[1:])}"
        if len(words.read(MEASURE, longer)) == 1:
            return longer
    if place:
        verb = beside[place - 1].split()[0]
        longer = f"{verb} {part}"
        meant = words.read(MEASURE, longer)
        is_verb = verb.lower() in words.story.get("orders", ())  # not `passport photo and application`
        if meant == words.read(MEASURE, beside[place - 1]) or (is_verb and len(meant) == 1):
            return longer
    return part


def _ending(node: Node) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", words_of_text(node)).strip("-").lower() or "x"
