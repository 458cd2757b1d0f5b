"""A story in its sentences, their words as they are compared, and what in them is denied or is about us."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from routing.core.records import Record
from routing.rulebook.mentions import Mention, matches, weight, words_of_parts
from routing.rulebook.patterns import APART
from routing.rulebook.spelling import LITTLE, tidy
from routing.story.frames import Token, with_frames
from routing.story.written import CLOSES, END, HIM, counts_off, lines_meant, written_out

OPENS = re.compile(r"^[(]|^[-–—]+$")
INITIAL = re.compile(r"[A-HJ-Z][.]")
"""A letter for a name: `Mrs. R. has an account`. `So did I.` ends a sentence."""
NAMED = re.compile(r"^[(][A-Z][^()]*[)]$")
PLEASE, AND, HOW_TO = frozenset({"please", "pls", "plz"}), "and", ("how", "to")
SPEAKERS, SPOKEN_OF = frozenset({"we", "i"}), frozenset({"they", "us", "who"})
NAMED_AFTER, OUR = (["we"], ["us"]), ["our"]
VERBS = frozenset(
    {"must", "shall", "should", "will", "want", "wants", "ask", "asks", "need", "needs", "say", "says"}
)
NEW = frozenset({"a", "an"})
AM = "am"
CLOSING = "\"')”’»"
"""May stand behind the mark of a question."""
ON_WISH, OWNERS, NOUN = (["on"], ["at"], ["upon"], ["by"]), (["our"], ["my"], ["own"]), 2
WE_ARE = (["we", "are"], ["i", "am"])
STAYING = frozenset({"living", "staying", "residing", "sitting", "calling", "speaking"})
LONGEST_NAME = 4  # words of the name of a State in brackets
SIGNED = 3  # words of `Turkish river police`
ADDRESSED = 3  # words of `hola, Buenos Aires police`, who are written to
NEAR_BY = 2  # words from `we` to what denies: `we do not`
CLOSE = 4  # words from `our court` to the State of that court


class Phrase(Record):
    """A phrase in a sentence. topic: what it tells of; mention: where it stands and what it is read as."""

    topic: str
    mention: Mention

    @property
    def words(self) -> int:
        """How many words of the sentence it rests on."""
        return weight(self.mention)

    @property
    def places(self) -> range:
        """The places of its words in the sentence."""
        return range(self.mention.start, self.mention.end)

    def within(self, longer: Phrase) -> bool:
        """Whether another phrase, which says more, holds this one as a part of its name."""
        own, its = self.mention, longer.mention
        inside = its.start <= own.start and own.end <= its.end and self.words < longer.words
        return inside and APART not in its.phrase

    def overlaps(self, twin: Phrase) -> bool:
        """Whether it tells of the same topic in some of the same words."""
        own, its = self.mention, twin.mention
        return self.topic == twin.topic and own.start < its.end and its.start < own.end

    def cut_by(self, cutting: Phrase) -> bool:
        """Whether another phrase takes a word of this one: `for tax` in `for tax fraud`."""
        own, its = self.mention, cutting.mention
        return (own.start < its.start < own.end < its.end or its.start < own.start < its.end < own.end) and (
            self.words <= cutting.words and APART not in its.phrase
        )


class Sentence(Record):
    """A sentence, word by word.

    words: as they are compared; run: every word as it was written; written: those that are compared, raws:
    in which word of the text each stood (`e-mail` is compared as two); parts: in which part of the sentence;
    denials, ours, selves: the places of what denies, of what speaks of us, and of what says who we are;
    beside: of what speaks of us only where it stands close by; own: of `our`; idle, done: where a phrase
    stands that says nothing, or what was done already; wishes, prevents: the places of what says that
    something is wanted, or must not happen; tells: the parts with a verb of what was; asks, pleads: whether
    it ends as a question, and says `please`.
    """

    words: tuple[str, ...]
    run: tuple[str, ...]
    written: tuple[str, ...]
    raws: tuple[int, ...]
    parts: tuple[int, ...]
    denials: tuple[int, ...]
    ours: tuple[int, ...]
    selves: tuple[int, ...]
    beside: tuple[int, ...]
    own: tuple[int, ...]
    idle: frozenset[int]
    done: frozenset[int]
    wishes: tuple[int, ...]
    prevents: tuple[int, ...]
    tells: frozenset[int]
    asks: bool
    pleads: bool

    def quoted(self, mention: Mention) -> str:
        """A phrase in the words of the story."""
        first, last = self.raws[mention.start], self.raws[mention.end - 1]
        return " ".join(self.run[first : last + 1]).strip(".,;:!?()\"'")

    def begins(self, place: int) -> int:
        """The word of the text with which a word begins, as those right before it that are not compared."""
        return self.raws[place - 1] + 1 if place else 0

    def denied(self, phrase: Phrase, since: int = 0) -> bool:
        """Whether a phrase stands in a part of the sentence after a word that denies it, around one, or
        before a wish that is denied (`chats we do not need`). since: before it nothing denies."""
        mention = phrase.mention
        if any(self._ends_in_wish(place) for place in self.denials if place >= mention.end and not since):
            return self.parts[mention.start] in {self.parts[at] for at in self.denials}
        own = {word for part in words_of_parts(mention.phrase) for word in part}
        return any(
            self.parts[place] == self.parts[mention.start] and since <= place < mention.end
            for place in self.denials
            if place < mention.start or self.words[place] not in own
        )

    def _ends_in_wish(self, denial: int) -> bool:
        """Whether a part of the sentence ends with a wish of ours that is denied."""
        if SPEAKERS.isdisjoint(self.words[max(0, denial - NEAR_BY) : denial]):
            return False
        last = max(at for at, part in enumerate(self.parts) if part == self.parts[denial])
        return last in self.wishes and last > denial

    def leads_to(self, first: Mention, then: Mention) -> bool:
        """Whether a phrase stands before another in the same part of the sentence."""
        return self.parts[first.start] == self.parts[then.start] and first.start < then.start

    def about_us(self, place: int, since: int = 0) -> bool:
        """Whether a word stands in a part of the sentence after one that speaks of us, before any wish.
        since: where what is said of another place ends."""
        close = tuple(cue for cue in self.beside if place - cue <= CLOSE)
        wanted = max((wish for wish in self.wishes if wish < place), default=-1)
        return self._after(tuple(cue for cue in (*self.ours, *close) if cue >= max(wanted, since)), place)

    def says_who(self, place: int) -> bool:
        """The same after one that says who we are."""
        return self._after(self.selves, place)

    def _after(self, cues: tuple[int, ...], place: int) -> bool:
        return any(self.parts[cue] == self.parts[place] and cue <= place for cue in cues)

    def before(self, place: int) -> str:
        """The word before a place; empty at the beginning."""
        return self.words[place - 1] if place else ""

    def as_written(self, place: int) -> bool:
        """Whether a word stands in the text, and not for others as the words of a frame do."""
        return self.words[place] in tidy(self.written[place].replace("'", " ")) or self.words[place] == HIM

    def follows(self, place: int) -> bool:
        """Whether a word stands right after the one before it, with no little word as `the` between."""
        return bool(place) and self.raws[place] - self.raws[place - 1] < 2

    def begins_anew(self, place: int) -> bool:
        """Whether a part of the sentence begins with something new: `two accounts, a cousin has one`."""
        raw = self.raws[place]
        led = raw - self.raws[place - 1] > 1 if place else False
        return led and self.parts[place] != self.parts[place - 1] and self.run[raw - 1].casefold() in NEW

    def says_of_what(self, place: int) -> bool:
        """Whether `of` stands before a word: what is named there only tells which thing it is."""
        return self.raws[place] > 0 and self.run[self.raws[place] - 1].casefold() == "of"

    def of_town(self, place: int) -> bool:
        """Whether a word follows a name and a comma, or stands in brackets after one, as a State follows its
        town."""
        before = self.written[place - 1] if place else ""
        return (
            not self.does(place)
            and before[:1].isupper()
            and (before.endswith(",") or self.written[place].startswith("("))
        )

    def of_an_office(self, place: int) -> bool:
        """Whether a word follows the short name of an office and a comma: `counsel with EFCC, Lagos`."""
        before = self.written[place - 1] if place else ""
        short = before.rstrip(",")
        return short != before and short.isupper() and short.isalpha() and len(short) > 1

    def does(self, place: int) -> bool:
        """Whether a verb follows a name: `in custody in this town, that State must send`."""
        return not VERBS.isdisjoint(self.words[place + 1 : place + 2])

    def was_done(self, mention: Mention) -> bool:
        """Whether a phrase tells what was done already: `was frozen`."""
        return not self.done.isdisjoint(range(mention.start, mention.end))

    def prevented(self, mention: Mention) -> bool:
        """Whether a phrase is what is to be kept from happening: `the bank must not let it go`."""
        return self._after(self.prevents, mention.end - 1)

    def part_of(self, mention: Mention) -> int:
        return self.parts[mention.start]


def sentences(story: str, cues: Mapping[str, tuple[str, ...]]) -> Iterator[Sentence]:
    """The sentences of a story, a greeting with which it begins by itself (`good morning, I am ...`). cues:
    the words by which a story is read."""
    runs = _runs(story, set(cues.get("shortened", ())))
    first = next(runs, [])
    greeting = _greeting(first, set(cues.get("greetings", ())))
    if len(first) - greeting > ADDRESSED:
        yield from (_sentence(run, cues) for run in (first[:greeting], first[greeting:]) if run)
    elif first:
        yield _sentence(first, cues)
    yield from (_sentence(run, cues) for run in runs)


def _runs(story: str, short: Collection[str]) -> Iterator[list[str]]:
    """The words of each sentence. short: what ends with a full stop and no sentence."""
    run: list[str] = []
    for line in lines_meant(story):
        for word in line.split():
            run.append(word)
            bare = END.sub("", word)
            initial = bool(INITIAL.fullmatch(word)) and len(run) > 1
            if bare != word and bare.casefold() not in short and "." not in bare and not initial:
                yield run
                run = []
        if run:
            yield run
            run = []


def _greeting(run: Sequence[str], greetings: Collection[str]) -> int:
    """How many words at the beginning only greet, up to a comma."""
    end = 0
    for number, word in enumerate(run, 1):
        if not set(tidy(word.replace("/", " ")).split()).issubset(greetings):
            break
        end = number if CLOSES.search(word) else end
    return end


def _sentence(run: Sequence[str], cues: Mapping[str, tuple[str, ...]]) -> Sentence:
    words: list[str] = []
    written: list[str] = []
    raws: list[int] = []
    parts: list[int] = []
    breaks, part = set(cues.get("parts", ())), 0
    unsaid, later = set(cues.get("unsaid", ())), set(cues.get("unsaid_later", ()))
    theirs = {*cues.get("spoke_to_us", ()), *cues.get("asking", ()), *SPOKEN_OF}
    adverbs, after = set(cues.get("adverbs", ())), frozenset(cues.get("after_person", ()))
    for number, raw in enumerate(run):
        if not words and counts_off(raw, cues.get("counts_off", ())):
            continue
        anew = bool(words) and part > parts[-1]
        spoke = anew and SPEAKERS.isdisjoint(words) and not theirs.isdisjoint(words)
        goes_on = words[-1:] == [AND] and len(words) <= SIGNED and SPEAKERS.isdisjoint(words)
        begins = not words or goes_on or (anew and (len(words) <= SIGNED or raw.casefold() in later))
        if begins and raw.casefold() in unsaid:  # `Need the owner`, `Turkish police, need the owner`: we need
            who = "they" if spoke else "i" if raw.casefold() == AM else "we"  # `the Swiss phoned, need it`
            words, written, raws, parts = [*words, who], [*written, raw], [*raws, number], [*parts, part]
        bracket = " ".join(run[number : number + LONGEST_NAME]).partition(")")
        named = (words[-1:] in NAMED_AFTER or words[-2:-1] == OUR) and bool(
            NAMED.match(bracket[0] + bracket[1])
        )
        if named:  # a State in brackets after `we` or `our police`: we in that State
            words, written, raws, parts = [*words, "in"], [*written, raw], [*raws, number], [*parts, part]
        part += bool(OPENS.match(raw)) and not named
        for word in written_out(run, number, after):
            if word in LITTLE:
                continue
            part += word in breaks and (word not in adverbs or SPEAKERS.isdisjoint(words[-1:]))
            words.append(word)
            written.append(raw)
            raws.append(number)
            parts.append(part)
        part += bool(CLOSES.search(raw)) and not named
    by_side = {
        place
        for _, start, end in matches(words, cues.get("by_side", ()))
        for place in range(start, end)
        if start and words[start - 1] in SPEAKERS | {"us"}
    }  # `we on our side need`
    if by_side:
        kept = [place for place in range(len(words)) if place not in by_side]
        words, written = [words[place] for place in kept], [written[place] for place in kept]
        raws, parts = [raws[place] for place in kept], [parts[place] for place in kept]
    framed = with_frames([*map(Token, words, written, raws, parts)], cues)
    words, written = [it.word for it in framed], [it.written for it in framed]
    raws, parts = [it.raw for it in framed], [it.part for it in framed]
    denials = _places(words, cues.get("denies", ()), 0)
    was = set(cues.get("past", ()))
    harmless = _places(words, cues.get("denies_not", ()), 1)
    busy = _places(words, cues.get("we_do", ()), 0) | set(_doing(words))
    return Sentence(
        tuple(words),
        tuple(run),
        tuple(written),
        tuple(raws),
        tuple(parts),
        tuple(sorted(denials - harmless)),
        tuple(sorted(_places(words, cues.get("ours", ()), 0) - busy)),
        tuple(sorted(_places(words, cues.get("we_are", ()), 0) - busy)),
        tuple(sorted(_places(words, cues.get("ours_beside", ()), 0))),
        tuple(sorted(_places(words, cues.get("own", ()), 0))),
        frozenset(_places(words, cues.get("idle", ()), 1) | set(_together(words, raws, cues))),
        frozenset(_places(words, cues.get("done", ()), 1)),
        tuple(
            sorted(place for place in _places(words, cues.get("wishes", ()), 0) if not _at_wish(words, place))
        ),
        tuple(sorted(_places(words, cues.get("prevents", ()), 0))),
        frozenset(part for part, word in zip(parts, words, strict=True) if word in was),
        bool(words) and (run[-1].rstrip(CLOSING).endswith("?") or tuple(words[: len(HOW_TO)]) == HOW_TO),
        any(tidy(raw) in PLEASE for raw in run),
    )


def _at_wish(words: Sequence[str], place: int) -> bool:
    """Whether a word only tells on whose wish something was done: `at our request`."""
    led = words[place - 1 : place]
    return led in ON_WISH or (led in OWNERS and words[max(0, place - NOUN) : place - 1] in ON_WISH)


def _together(
    words: Sequence[str], raws: Sequence[int], cues: Mapping[str, tuple[str, ...]]
) -> Iterator[int]:
    """Where words are one name, as nothing stands between: `the search office`, not `search the office`."""
    for _, start, end in matches(words, cues.get("idle_together", ())):
        if raws[end - 1] - raws[start] < end - start:
            yield from range(start, end)


def _doing(words: Sequence[str]) -> Iterator[int]:
    """Where `we are` tells what we are doing, and not who we are: `we are listening to a phone`."""
    for place in range(len(words) - 2):
        doing = words[place + 2]
        if words[place : place + 2] in WE_ARE and doing.endswith("ing") and doing not in STAYING:
            yield place


def _places(words: Sequence[str], phrases: Iterable[str], whole: int) -> set[int]:
    """Where phrases begin; with `whole`, every word of theirs."""
    return {
        place
        for _, start, end in matches(words, phrases)
        for place in range(start, end if whole else start + 1)
    }
