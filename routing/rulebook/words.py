"""Words people use, and what they are read as: measures, values of facts, channels, States, times.

The words stand in `words/` of the rules folder. Reading is exact but for what makes no difference: capitals,
accents, punctuation, plural, and little words. A sentence is searched for the longest phrases it holds.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from routing.core.grouping import grouped
from routing.core.records import Record, field
from routing.core.remembered import MadeOf
from routing.rulebook.denial import DENIALS, denials_in
from routing.rulebook.mentions import Mention, matches, mention_of, weight
from routing.rulebook.patterns import Patterns
from routing.rulebook.spans import days_of
from routing.rulebook.spelling import LITTLE, MOST_KEPT, alike, mended, stem, tidy

MEASURE, PATHWAY, STATE, KIND = "measure", "pathway", "state", "kind"
NATIONALITY = "nationality"
"""The topic of what is of a State, as `Spanish`: read as the State, but not in `in Spanish`, a language."""
TOWN = "town"
"""The topic of towns, each read as its State; one of several targets bears the name in several States."""
ACTOR = "actor"
AGENCY = "agency"
"""The topic of services that are of one State by their name, each read as that State."""
KEY = "key"
"""The topic of what people call the lines of a case: `deadline`. Several targets make it a question."""
LINE_KIND = "line_kind"
"""The topic of names for the lines of a case that tell who asks whom: `they want` is of an answer."""
NAME_LINE = "name_line"
"""The topic of words in the name of a line that tell what it says, where it can: `where the evidence is`."""
THEIR = re.compile(r"\btheirs?\b", re.IGNORECASE)
SIDE_LINE = "side_line"
"""The topic of names for the State that asks and for the one that is asked: `requesting state`."""
YES_LINE, IS = "yes_line", "="
"""The topic of names for lines of which a yes tells a value of a fact, `emergency=threat_to_life`."""
ASIDE = "aside"
"""The topic of names for lines on which no way depends, as an amount: they are kept as a note."""
SAME = "same"
"""The topic of words that are read in a story also as another: `cellphone` as `phone`."""
SIDE = "side"
"""The topic of words for the State of one side, as `ours` for a nationality: `own` or `other`."""
NO_WAY = "no_way"
"""The topic of what is proposed as a channel and is none; its words stand for the warnings that say why."""
NEVER_A_WAY = "never_a_way"
"""As `no_way`, of what is none whatever channel is named after it: a friend in the police, a deportation."""
ON_TERMS = "on_terms"
"""The topic of what is proposed and is neither right nor wrong; its words stand for what says the terms."""
OUTSIDE = "outside"
"""The topic of what people ask for that is not covered; its words stand for the warnings that say so."""
LONGEST = 400  # characters of a text that are searched for phrases
LINKING = LITTLE | {
    *("in", "on", "for", "from", "with", "to", "by", "at", "there", "this", "that", "and", "or", "is", "are"),
    *("we", "i", "get", "obtain", "need", "want", "ask", "he", "she"),
}
"""Words that do not count where phrases are compared whatever the order of their words."""
POINTING = frozenset(
    {"who", "what", "where", "wher", "which", "it", "him", "them", "me", "you", "hav", "has", "do", "doe"}
)
"""What says nothing where its words stand apart: `who is it` is not `who saw it`."""
LED, WHOM = frozenset({"to", "from", "with", "by"}), frozenset({"us", "me", "them", "him", "you"})
MOST_WORDS, KEPT_TABLES = 8, 128  # of a phrase; more tables than there are topics
NO_WORDS: Mapping[str, tuple[str, ...]] = {}
JOINED = re.compile(
    r"(?i)(?<!\s)\s*(?:[,;](?: (?:and )?then\b)?|(?<=\s)&(?=\s)|[+/](?=\s*[a-z])"
    r"|\b(?:and/or|and|as well as|plus)\b)\s*"
)
"""What joins the parts of a text that names several things."""


class Words(Record):
    """Phrases by topic (`measure`, `pathway`, `state`, `kind`, or a fact), each with what it stands for.

    alone: phrases that are read only where nothing else is said: `court order`, not `we need a court order`.
    times: phrases for a time, in days from the day of the plan.
    otherwise: what is said back with a phrase that some people mean otherwise, by topic.
    apart: phrases with APART in them, which are found also with other words between their parts.
    story: the words by which a story is read, by what they do there; see README.md of the rules.
    patterns: phrases with many choices, which are not spelled out.
    clues: groups of words that may tell of a need; may_need: which groups meet where which measures may be
    needed.
    smaller_towns: the State of each town that is read only where a place is told, and with a capital letter.
    """

    by_topic: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    alone: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    otherwise: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    apart: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    story: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: Mapping[str, Patterns] = field(default_factory=dict)
    clues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    may_need: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    smaller_towns: Mapping[str, str] = field(default_factory=dict)

    def read(self, topic: str, text: str) -> tuple[str, ...]:
        """What a text stands for: as a whole, else by the one meaning of the phrases in it; a phrase counts
        also if its words stand apart or in another order, and the one of most words prevails. Empty if there
        is none, or several of different meanings; what only a sentence that asks would say gives way to what
        is said at any rate; what is part of another (`phishing` in `fraud by phishing`) does not count."""
        table = self.by_topic.get(topic, NO_WORDS)
        whole = self.whole(topic, text)
        if whole:
            return whole
        text = self.asked(topic, text)
        denied = self._denials(text)
        mentions = self.mentions(topic, text)
        if denied and _strange(text, mentions):
            # `no` of `no electricity`
            mentions = tuple(m for m in mentions if not set(m.phrase.split()) <= DENIALS)
        mentioned = tuple(m for m in mentions if denied <= set(m.phrase.split()))
        mentioned = tuple(m for m in mentioned if not m.asked) or mentioned
        meanings = dict.fromkeys(mention.targets for mention in mentioned)
        wanted = _core(text)
        most = max((len(_core(mention.phrase)) for mention in mentioned), default=1)
        held = [
            phrase
            for word in wanted
            for phrase in _by_word(table).get(word, ())
            if most < len(_core(phrase)) and _core(phrase) <= wanted and denied <= set(phrase.split())
            if not _core(phrase) <= POINTING and _toward(phrase) <= _toward(text)
        ]
        if held and len(meanings) < 2:
            most = max(len(_core(phrase)) for phrase in held)
            meanings = dict.fromkeys(table[phrase] for phrase in held if len(_core(phrase)) == most)
        if parted := self._parted(topic, text, most if meanings else 0):
            meanings = dict.fromkeys(m.targets for m in parted if denied <= set(m.phrase.split()))
        meanings = {
            meaning: None
            for meaning in meanings
            if not any(set(meaning) < set(fuller) for fuller in meanings)
        }
        if not meanings and topic == MEASURE and (same := self._in_other_words(text)) != tidy(text):
            return self.read(topic, same)
        return next(iter(meanings)) if len(meanings) == 1 else ()

    def halves(self, topic: str, text: str, meant: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The joined parts of a text from which its meaning does not come, each with what it is read as by
        itself, which may be nothing: `chairs` of `seize the phones and chairs`. None of a phrase of the rules
        as it stands, nor of a part that means the same with the first word of the text, as `laptops`."""
        parts = [part for part in JOINED.split(text[:LONGEST].strip()) if part.strip()]
        if len(parts) < 2 or self.whole(topic, text):
            return ()
        used = {word for it in self.mentions(topic, text) for word in it.phrase.split()}
        verb = next(iter(tidy(parts[0]).split()), "")
        read = [(part, set(tidy(part).split()), self.read(topic, part)) for part in parts]
        read = [
            row
            for row in read
            if row[2]
            or row[0] == parts[0]
            or topic != MEASURE
            or self.read(topic, f"{verb} {row[0]}") != tuple(meant)
        ]
        return tuple(
            (part, alone)
            for part, own, alone in read
            if (not set(alone) <= set(meant) and not own <= used) or (not alone and used.isdisjoint(own))
        )

    def sides_of(self, topic: str, lines: Mapping[str, str]) -> tuple[str, ...]:
        """The side (`own`, `other`, `requesting` or `requested`) with whose State one is compared that is
        written for a yes or no, as for a nationality. lines: what the need says, by which some choose."""
        rows = (row.split() for row in self.story.get("by_state", ()))
        return tuple(
            side for fact, side, *when in rows if fact == topic and (not when or self._says(lines, *when))
        )

    def _says(self, lines: Mapping[str, str], topic: str, value: str) -> bool:
        """Whether a need says a value of a fact, by its id or in words that stand for it alone."""
        word = lines.get(topic, "")
        return word == value or self.read(topic, word.replace("_", " ")) == (value,)

    def _in_other_words(self, text: str) -> str:
        """A text with each word that says the same as another as that other: `his bungalow` as `house`."""
        words = tidy(text[:LONGEST]).split()
        inside = (it for it in self.mentions(SAME, text) if it.end - it.start < len(words))
        for mention in reversed(tuple(inside)):
            words[mention.start : mention.end] = tidy(mention.targets[0]).split()
        return " ".join(words)

    def _denials(self, text: str) -> frozenset[str]:
        """The words of a text that turn a meaning round: none in `without delay`."""
        return denials_in(tidy(text[:LONGEST]).split(), self.story.get("denies_not", ()))

    def whole(self, topic: str, text: str) -> tuple[str, ...]:
        """What a text stands for that is a phrase of the rules as it stands; empty where it is none."""
        wanted = tidy(text)
        table = self.by_topic.get(topic, NO_WORDS)
        return self.alone.get(topic, {}).get(wanted) or table.get(wanted) or self._as_pattern(topic, wanted)

    def line(self, key: str) -> tuple[str, ...]:
        """The lines of a case that a name for one stands for, whatever the order and the linking words of it:
        `deadline for the answer`; empty where it is none, or may be several names."""
        spaced = key.replace("_", " ")
        if whole := self.whole(KEY, spaced):
            return whole
        wanted = _core(spaced)
        alike = set(_by_core(self.by_topic.get(KEY, NO_WORDS)).get(wanted, ()))
        return alike.pop() if not wanted <= POINTING and len(alike) == 1 else ()

    def within(self, topic: str, key: str) -> tuple[str, ...]:
        """Everything that the name of a line tells by words of a topic in it. `their` counts as `they`, which
        is left out elsewhere."""
        spaced = THEIR.sub("they", key.replace("_", " "))
        return tuple(dict.fromkeys(it for mention in self.mentions(topic, spaced) for it in mention.targets))

    def side(self, key: str) -> str:
        """The side, `requesting` or `requested`, of whose State a line is the name; empty for others."""
        return next(iter(self.whole(SIDE_LINE, key.replace("_", " "))), "")

    def _as_pattern(self, topic: str, wanted: str) -> tuple[str, ...]:
        words = wanted[:LONGEST].split()
        whole = (m.targets for m in self.patterns_at(topic, words, 0) if m.end == len(words))
        return next(whole, ()) if words else ()

    def patterns_at(
        self, topic: str, words: Sequence[str], start: int, apart: bool = False
    ) -> Iterator[Mention]:
        """The phrases with many choices that begin at a word, each as the one that stands there. apart: those
        of several parts, or those of one."""
        patterns = self.patterns.get(topic)
        for pattern, end, parts in patterns.at(words, start, apart) if patterns else ():
            yield mention_of(pattern, parts, start, end)

    def meant_otherwise(self, topic: str, text: str) -> str:
        """What to write where a text is meant otherwise than it is read; empty where nobody does."""
        hints = self.otherwise.get(topic, {})
        tidied = tidy(text)
        if tidied in hints or not hints:
            return hints.get(tidied, "")
        words = _core(tidied)
        return next(
            (hint for phrase, hint in hints.items() if topic == MEASURE and _core(phrase) <= words), ""
        )

    def outside(self, text: str) -> str | None:
        """The warning for what a text asks for, where that is not covered and the text names no measure."""
        wanted = tidy(text)
        if wanted in self.by_topic.get(MEASURE, {}):
            return None
        if wanted not in self.by_topic.get(OUTSIDE, {}) and self.mentions(MEASURE, self.asked(MEASURE, text)):
            return None
        undone = self._undone(wanted.split())
        return undone.targets[0] if undone else next(iter(self.read(OUTSIDE, text)), None)

    def asked(self, topic: str, text: str) -> str:
        """A text up to what undoes a measure: nothing of `lift the freezing order` asks for one."""
        words = tidy(text[:LONGEST]).split() if topic == MEASURE else []
        undone = self._undone(words)
        return " ".join(words[: undone.start]) if undone else text

    def undoing(self, mention: Mention) -> bool:
        """Whether a phrase for what is not covered undoes the measure that stands after it."""
        return not set(self.story.get("undoes", ())).isdisjoint(mention.targets)

    def _undone(self, words: Sequence[str]) -> Mention | None:
        """The first phrase that undoes a measure, and is not itself in the words for one."""
        undoing = [mention for mention in self._every(OUTSIDE, words) if self.undoing(mention)]
        asked = tuple(self._every(MEASURE, words)) if undoing else ()
        free = (it for it in undoing if not any(at.start <= it.start < at.end for at in asked))
        return min(free, key=lambda mention: mention.start, default=None)

    def _every(self, topic: str, words: Sequence[str]) -> Iterator[Mention]:
        """Every phrase of a topic that a text holds, also one inside another."""
        table = self.by_topic.get(topic, NO_WORDS)
        longest = _longest(table)
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + longest) + 1):
                phrase = " ".join(words[start:end])
                if phrase in table:
                    yield Mention(phrase, table[phrase], start, end)
            yield from self.patterns_at(topic, words, start)
        yield from self._apart(topic, words)

    def across(self, topic: str, text: str, parts: Iterable[str]) -> bool:
        """Whether what a text is read as rests on a phrase that none of its parts holds by itself."""
        meant = self.read(topic, text)
        held = {it.phrase for part in parts for it in self._every(topic, tidy(part).split())}
        mentions = self._every(topic, tidy(text[:LONGEST]).split())
        return bool(meant) and any(it.targets == meant and it.phrase not in held for it in mentions)

    def mentions(self, topic: str, text: str) -> tuple[Mention, ...]:
        """The longest phrases of a topic that a text holds, in its order, none inside another; where it holds
        none, those whose parts it holds with other words between."""
        words = tidy(text[:LONGEST]).split()
        if not words:  # many lines are not written, and a list of phrases takes long to make ready
            return ()
        table = self.by_topic.get(topic, NO_WORDS)
        longest = _longest(table)
        mentions: list[Mention] = []
        start = 0
        while start < len(words):
            here = list(self.patterns_at(topic, words, start))
            for end in range(min(len(words), start + longest), start, -1):
                phrase = " ".join(words[start:end])
                if phrase in table:
                    here.insert(0, Mention(phrase, table[phrase], start, end))
                    break
            if not here:
                start += 1
                continue
            longest_here = max(here, key=lambda mention: mention.end)
            mentions.append(longest_here)
            start = longest_here.end
        return tuple(mentions) or self._parted(topic, text)

    def _parted(self, topic: str, text: str, least: int = 0) -> tuple[Mention, ...]:
        """The phrases of several parts that a text holds, those that rest on most words, and on more than
        `least`."""
        parted = tuple(self._apart(topic, tidy(text[:LONGEST]).split()))
        most = max(map(weight, parted), default=0)
        return tuple(mention for mention in parted if weight(mention) == most > least)

    def _apart(self, topic: str, words: Sequence[str]) -> Iterator[Mention]:
        apart = self.apart.get(topic, NO_WORDS)
        for phrase, start, end in matches(words, apart):
            yield Mention(phrase, apart[phrase], start, end)
        for start in range(len(words)):
            yield from self.patterns_at(topic, words, start, apart=True)

    def closest_spelling(self, topic: str, text: str, words: Iterable[str]) -> str | None:
        """The known word, or the meaning of a phrase, that a text is most like; None below LIKENESS."""
        table = {tidy(word.replace("_", " ")): word for word in words}
        table |= {
            phrase: targets[0]
            for phrase, targets in self.by_topic.get(topic, NO_WORDS).items()
            if phrase not in table and len(targets) == 1
        }
        wanted = tidy(text.replace("_", " ")[:60])
        return alike(wanted, table) or self._mended(topic, wanted)

    def _mended(self, topic: str, wanted: str) -> str | None:
        """The one meaning of a text in which each slip of the pen is mended; None where it has no such."""
        vocabulary = _vocabulary(self.by_topic.get(topic, NO_WORDS))
        right = mended(wanted, vocabulary)
        added = set(right.split()) - LINKING - _vocabulary(self.by_topic.get(SAME, {})).keys()
        meant = self.read(topic, right) if right != wanted and added <= vocabulary.keys() else ()
        return meant[0] if len(meant) == 1 else None

    def days(self, text: str) -> int | None:
        """A time in words as whole days: `tonight`, `in 3 hours`, `within two weeks`; None where it is
        none."""
        return days_of(text, self.times)


_longest: MadeOf[Mapping[str, object], int] = MadeOf(
    KEPT_TABLES, lambda table: 1 + max(map(str.count, table, itertools.repeat(" ")), default=-1)
)
"""How many words the longest phrase of a table has."""
_vocabulary: MadeOf[Mapping[str, object], Counter[str]] = MadeOf(
    16, lambda table: Counter(word for phrase in table for word in phrase.split())
)
"""Every word of the phrases of a table, with how often it stands there."""


def _toward(text: str) -> frozenset[str]:
    """To, from or with whom, in the words for it: `to us` of `give the man to us`, which `give us the name of
    the man` does not say."""
    words = tidy(text[:LONGEST]).split()
    return frozenset(
        f"{led} {whom}" for led, whom in itertools.pairwise(words) if led in LED and whom in WHOM
    )


def _strange(text: str, mentions: Iterable[Mention]) -> bool:
    """Whether a text has a word that counts and is in no phrase that was found in it."""
    understood = {word for mention in mentions for word in mention.phrase.split()} | DENIALS | LINKING
    return not understood.issuperset(tidy(text[:LONGEST]).split())


@lru_cache(maxsize=MOST_KEPT)
def _core(text: str) -> frozenset[str]:
    """The words of a text that say what is meant; empty where it is too long to be one phrase."""
    words = tidy(text[:LONGEST]).split()
    return frozenset(map(stem, set(words) - LINKING)) if len(words) <= MOST_WORDS else frozenset()


_by_core: MadeOf[Mapping[str, tuple[str, ...]], Mapping[frozenset[str], list[tuple[str, ...]]]] = MadeOf(
    KEPT_TABLES, lambda table: grouped((_core(phrase), targets) for phrase, targets in table.items())
)
"""What the phrases of a table stand for, by those of their words that say what is meant."""


_by_word: MadeOf[Mapping[str, object], Mapping[str, list[str]]] = MadeOf(
    KEPT_TABLES, lambda table: grouped((min(core), it) for it in table if len(core := _core(it)) > 1)
)
"""The phrases of a table in which several words say what is meant, each under one of these."""
