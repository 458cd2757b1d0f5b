"""What is wished in the passive, read as if it were told in the active: `we want his phone seized`, `the
flat must be searched`, `we ask that he be arrested` as `seize phone`, `search flat`, `arrest him`.

The tables of the rules know what is done in the active. So the words of such a wish are only set in another
order, and what the tables find in them stands where the wish stands. What was done, what somebody else wishes
or says, and what is only told of a thing (`the gun found in May`) is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from routing.case.deeds import BE, FORMS, NOT, TO
from routing.case.months import ENGLISH
from routing.rulebook.pronouns import OTHERS, PERSON, SPEAKERS
from routing.story.coordinated import IRREGULAR
from routing.story.coreference import HIM, Tokens, words_of
from routing.story.sentences import AND, Sentence
from routing.story.word_forms import forms_of

WHO_IT_IS = frozenset({"country", "national", "citizen", "aged", "born", "year", "old"})
"""Words of a part that only says who somebody is."""
LONGEST = 9  # words for what is acted on
MUST = frozenset({"must", "should", "shall", "ought"})
NEEDS = frozenset({"need", "needs", "have", "has", "ought"})
"""What stands before `to be`: a word that says that something has to be."""
THAT, FOR, LIKE, WOULD, BY = "that", "for", "like", "would", "by"
HOPE = frozenset({"insist", "demand", "prefer", "beg"})
TIME = frozenset({"whether", "because", "before", "until", "till", "when", "while", "after", "as", "since"})
"""Words with which a part begins that tells only when, why or whether."""
MAKE = frozenset({"have", "get"})
CAN = frozenset({"can", "could", "would", "will"})
RELATIVE = frozenset({"who", "which"})
OVER = frozenset({"over", "back", "up", "out", "down", "away", "off"})
"""Little words that belong to a verb: `handed over`."""
OF_A_THING = frozenset({"of", "from", "about", "against", "with", "by", "on"})
BEFORE = frozenset(
    {"already", "earlier", "yesterday", "last", "ago", "before", "during", "since", "previously"}
)
"""Words after a participle by which it tells what was done: `the phone seized last week`."""
STAYS = frozenset({"hold", "keep", "store", "find", "see", "know", "place", "locate", "register", "base"})
"""What may only be supposed to be so: `the file should be held by the bank`."""
WHERE = frozenset({"by", "in", "at", "with", "for", "near"})
JUDGED = frozenset({"guilty", "innocent", "liable", "responsible", "dead", "fit", "unfit", "alive"})
"""What follows where something is not done but held to be so: `should be found guilty`."""
SET_FREE = frozenset({"release", "free"})
WHO_IT_WAS = frozenset({"identify", "find", "locate", "trace", "name"})
LIGHT = frozenset({"give", "take", "make", "do", "see", "know", "put", "get", "tell", "show", "meet", "buy"})
"""Verbs that say little by themselves: of these more words must tell what is meant."""
OF_LIGHT, OF_OTHERS = 3, 2  # words that tell a need
FEWEST = 4  # letters of a word in `-ed`


def says_shall_be(words: tuple[str, ...]) -> bool:
    """Whether words say what must be done, or has to be: `must be heard`, `has to be seized`."""
    firsts = [at + 2 for at, word in enumerate(words) if word in MUST and words[at + 1 : at + 2] == ("be",)]
    firsts += [at + 3 for at in _needing(words)]
    return any(it.endswith(IRREGULAR) for first in firsts for it in words[first : first + 2])


def needs_to_be(words: tuple[str, ...]) -> bool:
    """Whether words say that something needs to be, or has to: `the boy needs to be taken to hospital`."""
    return any(True for _ in _needing(words))


def _needing(words: tuple[str, ...]) -> Iterator[int]:
    return (at for at, word in enumerate(words) if word in NEEDS and words[at + 1 : at + 3] == (TO, "be"))


class _Words:
    """The words of a sentence in which a passive wish is looked for."""

    def __init__(self, story: Mapping[str, Sequence[str]], sentence: Sentence, tokens: Tokens) -> None:
        self.tokens = _without_apposition(sentence, tokens)
        self.words = words_of(self.tokens)
        self._sentence = sentence
        self._parts = tuple(_joined(sentence, tokens, self.tokens))
        self._bases = dict(row.split() for row in story.get("participles", ()))
        self._between = frozenset(story.get("fill", ()))
        offices = {*story.get("authorities", ()), *story.get("persons_in_office", ())}
        self._somebody = {*story.get("people", ()), *OTHERS, "who"} - offices
        says = {it for key in ("says", "reports", "writes", "fearing") for it in story.get(key, ())}
        joins, wishes = story.get("joins", ()), {"want", "wish", "ask", "request", "would", "like"}
        self._breaks = {*FORMS, *MUST, *CAN, *says, *joins, *wishes, *NOT, *SPEAKERS, TO, THAT} - {AND}
        self._conditions = {*story.get("conditions", ()), *story.get("only_if", ()), *TIME} - MUST
        self._wishes = {at for at, token in enumerate(self.tokens) if token[1] in sentence.wishes}

    def turned(self) -> Iterator[tuple[int, Tokens]]:
        """The words of each such wish in the order of the active, with the place of its participle."""
        for at in range(len(self.words)):
            if self._conditional(at):
                continue
            if first := self._after_wish(at):
                yield from self._of_wish(first)
            elif self._must_be(at):
                yield from self._of_must(at)

    def _conditional(self, at: int) -> bool:
        """Whether what stands there hangs on what may be: `if it must be searched`."""
        begun = (it for it in range(at + 1) if self._parts[it] == self._parts[at])
        return not self._sentence.asks and any(self.words[it] in self._conditions for it in begun)

    def _after_wish(self, at: int) -> int:
        """Where what we wish begins, of which a word says that we do; 0 where it does not."""
        word, led = self.words[at], self.words[max(0, at - 3) : at]
        then = self.words[at + 1 : at + 2]
        if word in MAKE:
            asked = (self._sentence.pleads and not at) or (bool(led) and led[-1] in (TO, "please"))
            asked = asked or (led[-1:] == ("you",) and not CAN.isdisjoint(led))
            ours = not self._of_others(at)
            return at + 1 if asked and ours and then != (TO,) else 0
        wish = at in self._wishes or (word in HOPE and not SPEAKERS.isdisjoint(led))
        if word == WOULD and then == (LIKE,):
            at, wish = at + 1, at in self._wishes
            then = self.words[at + 1 : at + 2]
        if not wish or then == (TO,) or self._of_others(at):
            return 0
        return at + 1 + (then in ((THAT,), (FOR,)))

    def _of_others(self, at: int) -> bool:
        """Whether somebody else wishes it than we or an office: `his wife wants him arrested`."""
        before = self._before(at)
        if not SPEAKERS.isdisjoint(before[-4:]):
            return False
        return not self._somebody.isdisjoint(before)

    def _before(self, at: int) -> list[str]:
        return [self.words[it] for it in range(at) if self._parts[it] == self._parts[at]]

    def _of_wish(self, first: int) -> Iterator[tuple[int, Tokens]]:
        """What is wished behind a word for a wish: each thing with what shall be done with it."""
        named: tuple[int, int] | None = None
        while (verb := self._verb(first)) is not None:
            end, is_said = self._thing(first, verb)
            if end > first:
                named = (first, end)
            if named is None or (not is_said and self._is_told(named, verb)):
                return
            yield from self._active(named, verb)
            then = self._behind(verb)
            if self.words[then : then + 1] != (AND,):
                goes_on = then < len(self.words) and self._parts[then] != self._parts[verb]
                if not (goes_on and self.words[then] not in self._breaks):
                    return
                first = then
            else:
                first = then + 1
            if self.words[first : first + 1] == (THAT,):
                first += 1

    def _verb(self, first: int) -> int | None:
        """The first participle behind a place, where only a thing and a form of `be` stand between."""
        for at in range(first, min(len(self.words), first + LONGEST)):
            if at > first and self._parts[at] != self._parts[at - 1]:
                return None
            word, led = self.words[at], self.words[at - 1 : at]
            if self._base(word) and (at > first or led == (AND,)):
                return at
            is_be = word in BE | MUST | {TO, "need"} or word in self._between
            if word in self._breaks and not (word in PERSON and at == first) and not is_be:
                return None
        return None

    def _thing(self, first: int, verb: int) -> tuple[int, bool]:
        """Where the words for a thing end before what shall be done with it, and whether a form of `be` says
        that it shall."""
        end = verb
        while end > first and self.words[end - 1] in self._between:
            end -= 1
        led = self.words[end - 2 : end], self.words[end - 1 : end]
        if end - first > 1 and led[0] == (TO, "be"):
            end -= 2
            end -= end > first and self.words[end - 1] in NEEDS
        elif end > first and self.words[end - 1] in BE | {"get", "gets"}:
            end -= 1
            end -= end > first and self.words[end - 1] in MUST
        else:
            return (end if self._is_thing(first, end) else first), False
        return (end if self._is_thing(first, end) else first), True

    def _is_thing(self, first: int, end: int) -> bool:
        words = self.words[first:end]
        if not words or self._breaks.intersection(words[1:] if words[0] in PERSON else words):
            return False
        return words[-1] not in OF_A_THING

    def _is_told(self, named: tuple[int, int], verb: int) -> bool:
        """Whether a participle only tells which thing it is: `the data of a phone seized in Rome`, `the gun
        found yesterday`."""
        words, then = self.words[named[0] : named[1]], self.words[verb + 1 : verb + 3]
        if self._names_of(*named) or not OF_A_THING.isdisjoint(words) or self._base(words[-1]):
            return True
        if not BEFORE.isdisjoint(then):
            return True
        if then[:1] in (("in",), ("on",)) and (then[1:] and (then[1] in ENGLISH or then[1].isdigit())):
            return True
        return then[:1] == (BY,) and not {"us", "we", "our", "police", HIM, "them"}.isdisjoint(then)

    def _names_of(self, first: int, end: int) -> bool:
        """Whether `of` stands between words: `the data of a phone`."""
        start, last = (self._sentence.raws[self.tokens[at][1]] for at in (first, end - 1))
        return any(raw.casefold() == "of" for raw in self._sentence.run[start:last])

    def _must_be(self, at: int) -> bool:
        """Whether `must be`, `needs to be` or `has to be` begins at a word."""
        then = self.words[at + 1 : at + 3]
        word = self.words[at]
        return (word in MUST and then[:1] == ("be",)) or (word in NEEDS and then == (TO, "be"))

    def _of_must(self, at: int) -> Iterator[tuple[int, Tokens]]:
        """What must be done with what a clause begins with: `the witness needs to be heard`."""
        first = at
        while first and self._parts[first - 1] == self._parts[at] and self.words[first - 1] != THAT:
            first -= 1
        if self.words[first : first + 1] == (AND,):
            first += 1
        led = self._before(first) if first and self._parts[first - 1] == self._parts[at] else []
        if led and not self._is_our_wish(led):
            return
        relative = next((it for it in range(first + 1, at) if self.words[it] in RELATIVE), at)
        end = relative
        while end > first and self.words[end - 1] in self._between:
            end -= 1
        verb = at + (2 if self.words[at + 1] == "be" else 3)
        while verb < len(self.words) and self.words[verb] in self._between:
            verb += 1
        if not self._is_thing(first, end) or end - first > LONGEST or verb >= len(self.words):
            return
        while verb < len(self.words) and self._base(self.words[verb]):
            base = self._base(self.words[verb])
            then = self.words[verb + 1 : verb + 2]
            supposed = not STAYS.isdisjoint(base) and not WHERE.isdisjoint(then)
            supposed = supposed or not JUDGED.isdisjoint(then) or not SET_FREE.isdisjoint(base)
            which = relative < at and not WHO_IT_WAS.isdisjoint(base)  # `who opened it has to be identified`
            if not (supposed or which):
                yield from self._active((first, end), verb)
            behind = self._behind(verb)
            if self.words[behind : behind + 1] != (AND,):
                return
            verb = behind + 1
        if verb < len(self.words) and self.words[verb - 1] == AND:
            yield from self._of_wish(verb)  # `and his phone seized`

    def _is_our_wish(self, led: Sequence[str]) -> bool:
        """Whether what stands before `that` says that we wish it."""
        wishes = {"want", "wish", "ask", "request", "require", "need", "like"} | HOPE
        ours = not SPEAKERS.isdisjoint(led) and self._somebody.isdisjoint(led)
        return ours and not wishes.isdisjoint(led[-3:])

    def _behind(self, verb: int) -> int:
        then = verb + 1
        return then + (self.words[then : then + 1] != () and self.words[then] in OVER)

    def _base(self, word: str) -> frozenset[str]:
        """The verbs of which a word may be the participle; none where it is none."""
        if word in self._bases:
            return frozenset({self._bases[word]})
        if word.endswith("ed") and len(word) > FEWEST:
            return forms_of(word) - {word}
        return frozenset()

    def _active(self, named: tuple[int, int], verb: int) -> Iterator[tuple[int, Tokens]]:
        """The verb before its thing, and what follows, all of it where the wish stands."""
        first, end = named
        then = self._behind(verb)
        start, last = self.tokens[first][1], self.tokens[then - 1][2]
        thing = [ACTIVE.get(word, word) for word in self.words[first:end]]
        rest = self.tokens[then:]
        ends = (self._breaks - {TO}) | {AND}
        stop = next((at for at, (word, _, _) in enumerate(rest) if word in ends), len(rest))
        for base in sorted(self._base(self.words[verb])):
            order = [base, *self.words[verb + 1 : then], *thing]
            yield self.tokens[verb][1], (*((word, start, last) for word in order), *rest[:stop])


def _without_apposition(sentence: Sentence, tokens: Tokens) -> Tokens:
    """The words of a sentence without the parts that only say who somebody is, as `an Italian`."""
    parts = sentence.parts
    return tuple(it for it in tokens if not _is_apposition(sentence, tokens, parts[it[1]]))


def _is_apposition(sentence: Sentence, tokens: Tokens, part: int) -> bool:
    words = [word for word, start, _ in tokens if sentence.parts[start] == part]
    inside = sentence.parts[0] < part < sentence.parts[-1]
    return inside and all(word in WHO_IT_IS or word.isdigit() for word in words)


def _joined(sentence: Sentence, every: Tokens, tokens: Tokens) -> Iterator[int]:
    """The part of each word, where what stands before and behind an apposition is one."""
    gone = {part for part in set(sentence.parts) if _is_apposition(sentence, every, part)}
    for _, start, _ in tokens:
        part = sentence.parts[start]
        while part - 1 in gone:
            part -= 2
        yield part


ACTIVE = {"he": HIM, "she": HIM, "they": "them"}


def turned(story: Mapping[str, Sequence[str]], sentence: Sentence, tokens: Tokens) -> Iterator[Tokens]:
    """The words of each wish of ours that a sentence tells in the passive, in the order of the active.

    tokens: its words, with `country` for each State.
    """
    for _, reworded in _Words(story, sentence, tokens).turned():
        yield reworded


def fewest_words(verb: str) -> int:
    """How many words tell a need that begins with a verb."""
    return OF_LIGHT if verb in LIGHT else OF_OTHERS


def wished_done(story: Mapping[str, Sequence[str]], sentence: Sentence, tokens: Tokens) -> frozenset[int]:
    """Where the participles stand by which a sentence says what shall be done."""
    return frozenset(place for place, _ in _Words(story, sentence, tokens).turned())
