"""Who deals with whom in a told case, read before anything that is needed: we ask, they ask us, we tell them,
we use what they gave us, or we wait for what we asked for.

It is read from marks: words with who does it in them, as the rules list them. With several kinds, or none
that is sure, it is open, and asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from routing.case.deeds import HE
from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.core.records import Record, replace
from routing.rulebook.mentions import Mention, matches, stands_in
from routing.rulebook.words import KIND
from routing.story.analysis import Analysis
from routing.story.coreference import COUNTRY, naming_states, offices_as_states, words_of
from routing.story.dealing_sentences import CHASE, kind_said
from routing.story.sent_to_firms import sent_to_a_firm
from routing.story.signatures import OWNERS
from routing.story.way_questions import way_questions

ASKED, THEY_ASK, TELLS, CAME, SENT, SILENCE, SINCE, WISHED = (
    f"deal_{it}"
    for it in ("answer", "they_ask", "share", "came", "sent", "silence", "waiting_since", "request")
)
USES = ("deal_use", "wants_use")
LEADS_TO_SENDING = frozenset({"who", "whom", "what", "where", "which", "how", "when"})
TO_HELP = ("to", "help")  # `I want to help him` asks nothing of them
HABIT = frozenset({"always", "alway", "usually", "normally", "often"})
ASKS_FOR, ASKS_ELSE = "deal_request_asked", "deal_request_else"
BACK = 2  # sentences before `they`, in which who they are is named
OFFICE_BACK = 4  # sentences before `he`, in which he is named as of an office there
OF_MONEY = 2  # words after `they ask` in which a sum is named
TELLING = 4  # words from a wish of ours to the telling that is wished
AUXILIARY = frozenset({"do", "does", "doe", "did", "should", "shall", "can", "could", "may", "must", "might"})
"""Before `we` or `I` in a question: `what do I send` tells of nothing done and of no wish."""
TO, ASK, OF_US = "to", frozenset({"ask", "request"}), frozenset({"i", "we"})
THEIR_WORDS = (("they", "say"), ("they", "ask"), ("they", "asked"), ("asks",), ("asked", "us"))
"""Before a question that is theirs: `they say it attacks hospitals, and would our police look`."""
THEY_OF_A_STATE = frozenset({"they"})
"""Who may be a State; `he`, and whoever is left out (`and asks whether`), is somebody of an office of it."""
SO_THAT, SUPPOSES = ("so", "that"), frozenset({"so", "if", "until", "before", "once", "unless"})
FROM, OF_WHOM = "from", frozenset({"of", "from", "by"})
UNITS = frozenset({"day", "week", "month", "year", "days", "weeks", "months", "years"})
BESIDE = 2  # words between what leads to a question, and us
NOTHING = frozenset({"nothing", "nobody", "none", "not"})
NOBODY, NO_ONE, OF_NOBODY = frozenset({"nobody", "none", "noone"}), ["no", "one"], 4
"""Who asked nothing, and within how many words before the State that stands there."""
NOTHING_OF_US = frozenset({"nothing"})
OUTWEIGHS = {CHASE: {ANSWER, REQUEST, USE}, USE: {ANSWER, SHARE, REQUEST}}
"""Beside which kind the marks of which others tell nothing of their own."""


class DealingMark(Record):
    """Words that tell who deals with whom. line: the sentence; start, end: the words of it, as they are
    compared; phrase: as they are written; state: the one that is named in them, if one is; of several not the
    one that is taken as ours."""

    phrase: str
    line: int
    start: int
    end: int
    state: str = ""


class Dealing(Record):
    """What a text tells of who deals with whom. kind: which it surely is; empty where that is not told by one
    sort of marks alone. marks: the words for each kind that comes into question. is_open: whether it is
    asked, as what else the text tells does not settle it; silence: the words that no answer came; since: the
    words for when we asked, or for how long we wait, where it is told; not_asked: whether all that marks the
    telling of something is that nobody asked us, and nothing is told of what they should have;
    only_by_question: whether that we ask is told by no more than what we wonder (`what must I send`)."""

    kind: str = ""
    marks: Mapping[str, tuple[DealingMark, ...]] = {}
    is_open: bool = False
    silence: tuple[DealingMark, ...] = ()
    since: str = ""
    not_asked: bool = False
    only_by_question: bool = False

    def mark(self, kind: str) -> DealingMark | None:
        """The first words for a kind, those with a State before others."""
        marks = self.marks.get(kind, ())
        return next((it for it in marks if it.state), marks[0] if marks else None)


def dealing_of(story: Mapping[str, tuple[str, ...]], analysis: Analysis, own: str, in_words: bool) -> Dealing:
    """What a story tells of who deals with whom. own: our own State, where it is told. in_words: whether
    words say that it is ours."""
    every = _Text(story, analysis, own, in_words)
    if alone := every.kind_in_words():
        return Dealing(alone, {alone: ()})
    sent = tuple(it for it in every.marks(SENT) if not every.tells_of_none_sent(it))
    silence = every.marks(SILENCE)
    came = tuple(it for it in every.marks(CAME) if not every.names_somebody(it.line, it.start, it.end))
    asked = tuple(it for it in (*every.marks(ASKED), *every.they_ask()) if not every.asks_nothing(it))
    uses = tuple(
        mark
        for key in (USES if came else ())
        for mark in every.marks(key)
        if not any(it.line == mark.line and it.start < mark.start for it in asked)
    )  # `they want that we give them` is no use of ours
    by_kind = {
        CHASE: (*sent, *silence) if sent and silence else (),
        USE: (*came, *uses) if uses else (),
        SHARE: every.marks(TELLS),
        ANSWER: asked,
        REQUEST: every.wishes(),
    }
    if not any(its for kind, its in by_kind.items() if kind != REQUEST):
        by_kind = {**by_kind, **{kind: every.by_grammar(kind) for kind in (USE, SHARE, ANSWER)}}
    marks = {kind: its for kind, its in every.sifted(by_kind).items() if its}
    if ANSWER in marks and all(every.asks(it) for it in marks.get(SHARE, ())):
        marks.pop(SHARE, None)  # `they ask who it is. Can we tell them tonight?`
    for strong, weaker in OUTWEIGHS.items():
        if strong in marks:
            marks = {kind: its for kind, its in marks.items() if kind not in weaker}
    wondered = () if marks else every.marks(ASKS_ELSE)
    if wondered:
        marks = {REQUEST: wondered}
    since = every.since((*sent, *silence)) if CHASE in marks else ""
    kind = next(iter(marks)) if len(marks) == 1 else ""
    return Dealing(
        kind,
        marks,
        silence=silence,
        since=since,
        not_asked=every.is_only_not_asked(marks),
        only_by_question=bool(wondered),
    )


class _Text:
    """The sentences of a story with `country` for each State and its offices."""

    def __init__(
        self, story: Mapping[str, tuple[str, ...]], analysis: Analysis, own: str, in_words: bool
    ) -> None:
        self._story, self._lines, self._own = story, analysis.lines, own
        self._in_words = in_words
        self._tokens = [
            offices_as_states(story, naming_states(line.sentence, places))
            for line, places in zip(analysis.lines, analysis.places, strict=True)
        ]
        self._words = [words_of(tokens) for tokens in self._tokens]
        self._states = [
            {
                at: next((it.state for it in places if start <= it.start < end), "")
                for at, (word, start, end) in enumerate(tokens)
                if word == COUNTRY
            }
            for tokens, places in zip(self._tokens, analysis.places, strict=True)
        ]

    def kind_in_words(self) -> str:
        """The kind that a sentence alone says, in the words that are offered for it."""
        return next(filter(None, (kind_said(line.sentence) for line in self._lines)), "")

    def marks(self, key: str) -> tuple[DealingMark, ...]:
        """Where words of a list stand and no State of ours does it."""
        papers = frozenset(self._story.get("asking_papers", ())) if key == TELLS else frozenset()
        return tuple(
            self._mark(number, start, end)
            for number in range(len(self._tokens))
            for _, start, end in matches(self._words[number], self._story.get(key, ()))
            if not (self._is_ours(number, start) or self._is_of_ours(number, start, end))
            if papers.isdisjoint(self._words[number][end : end + TELLING])  # `we want to send them a request`
        )

    def since(self, waiting: Collection[DealingMark]) -> str:
        """The words for since when we wait, with a number before them; empty where none is told beside the
        words for that."""
        lines = {it.line for it in waiting}
        beside = (it for it in self.marks(SINCE) if it.line in lines)
        for mark in sorted(beside, key=lambda it: it.end - it.start)[:1]:
            sentence = self._lines[mark.line].sentence
            counted = sentence.words[mark.start] in UNITS and mark.start > 0  # `two months ago`
            return sentence.quoted(Mention("", (), mark.start - counted, mark.end))
        return ""

    def is_only_not_asked(self, marks: Mapping[str, Collection[DealingMark]]) -> bool:
        """Whether telling another State something is marked only by that it did not ask us."""
        tells = marks.get(SHARE, ())
        gives = any(stands_in(words, self._story.get("for_them", ())) for words in self._words)
        denied = (self._lines[it.line].sentence.words[it.start : it.end] for it in tells)
        return bool(tells) and not gives and all(_is_not_asked(words) for words in denied)

    def asks_nothing(self, mark: DealingMark) -> bool:
        """Whether nobody there asked, or they asked for nothing: `nobody in Lima asked us`."""
        sentence = self._lines[mark.line].sentence
        led = [
            sentence.words[at]
            for at in range(max(0, mark.start - OF_NOBODY), mark.start)
            if sentence.parts[at] == sentence.parts[mark.start]
        ]
        none = NOBODY.intersection(led) or led[-len(NO_ONE) - 1 : -1] == NO_ONE
        return bool(none) or NOTHING_OF_US.intersection(sentence.words[mark.end - 1 : mark.end + 2]) != set()

    def sifted(self, by_kind: Mapping[str, Collection[DealingMark]]) -> dict[str, tuple[DealingMark, ...]]:
        """The marks of each kind, without those that what stands beside them takes back."""
        asked = tuple(it for it in by_kind[ANSWER] if not (self._is_asked_of(it) or self._is_purpose(it)))
        tells, wishes = tuple(by_kind[SHARE]), tuple(by_kind[REQUEST])
        if wishes:  # `does that State have to be told` of what we ask it for
            tells = tuple(it for it in tells if not self._is_wondered(it))
        if any(self._nobody_asked_us(it) for it in tells):
            asked = ()  # `nobody asked us. They would like to know`
        if tells or any(it.state for it in asked):  # `warn them. Can they use it`
            wishes = tuple(it for it in wishes if not self._asks_of_them(it))
        if asked:
            wishes = tuple(
                it for it in wishes if not (self._is_reported(it) or self.is_in_question(it))
            )  # `what do we ask them to promise`
        kept = {ANSWER: asked, SHARE: tells, REQUEST: wishes}
        return {kind: kept.get(kind, tuple(its)) for kind, its in by_kind.items()}

    def is_in_question(self, mark: DealingMark) -> bool:
        """Whether a question asks whether we do it, or what we do: `what do I send`."""
        return self._is_wondered(mark) and self._lines[mark.line].sentence.words[mark.start] in OF_US

    def names_somebody(self, number: int, start: int, end: int) -> bool:
        """Whether what came is a person: `we got back a man from that State`."""
        words = self._lines[number].sentence.words[start:end]
        what = words[: words.index(FROM)] if FROM in words else ()
        return not set(self._story.get("people", ())).isdisjoint(what)

    def tells_of_none_sent(self, mark: DealingMark) -> bool:
        """Whether no State was sent anything: a question what to send, what we send always, or to a firm."""
        words = self._lines[mark.line].sentence.words
        habit = not HABIT.isdisjoint(words[mark.start : mark.end + 1])
        led = words[max(0, mark.start - BESIDE) : mark.start]  # `to which office I send it`
        asks = words[mark.start] in OF_US and (habit or not LEADS_TO_SENDING.isdisjoint(led))
        return asks or self.is_in_question(mark) or sent_to_a_firm(self._story, self._lines, mark.line)

    def _is_asked_of(self, mark: DealingMark) -> bool:
        """Whether it is we who go to an office there to ask: `telephone their police to ask whether`."""
        sentence = self._lines[mark.line].sentence
        words, part = sentence.words, sentence.parts[mark.start]
        led = [words[at] for at in range(mark.start) if sentence.parts[at] == part]
        asks = any(
            it in ASK and words[at - 1] == TO for at, it in enumerate(words[: mark.end]) if at > mark.start
        )
        return asks and not OF_US.isdisjoint(led)

    def _is_purpose(self, mark: DealingMark) -> bool:
        """Whether it is what shall come of something else, or may: `so that they can open a case and ask us`,
        `if they ask us`."""
        led = self._lines[mark.line].sentence.words[max(0, mark.start - 2) : mark.start]
        return led == SO_THAT or not SUPPOSES.isdisjoint(led[-1:])

    def _nobody_asked_us(self, mark: DealingMark) -> bool:
        """Whether words say that nobody there asked us."""
        words = self._lines[mark.line].sentence.words[mark.start : mark.end + 1]
        return _is_not_asked(words) and not {"us", "me"}.isdisjoint(words)

    def _asks_of_them(self, mark: DealingMark) -> bool:
        """Whether a question begins with what `they` can or will do."""
        words = self._lines[mark.line].sentence.words[mark.start : mark.end]
        return words[:1] != () and words[0] in AUXILIARY | {"will", "would"} and "they" in words

    def _is_reported(self, mark: DealingMark) -> bool:
        """Whether it is what they said: `they say it is urgent, and would our police look`."""
        words = self._lines[mark.line].sentence.words
        begins = words[mark.start : mark.start + 1] and words[mark.start] in AUXILIARY | {"will", "would"}
        return bool(begins) and any(stands_in(words[: mark.start], (" ".join(it),)) for it in THEIR_WORDS)

    def asks(self, mark: DealingMark) -> bool:
        """Whether a mark stands in a question."""
        return self._lines[mark.line].sentence.asks

    def they_ask(self) -> tuple[DealingMark, ...]:
        """Where `they` ask, who are an office of another State that was named before, or somebody of it does;
        whoever asks for money is none."""
        return tuple(
            it
            for it in self.marks(THEY_ASK)
            if self._named_before(it) and not self._asks_for_money_or_papers(it) and not self._is_wondered(it)
            if not self._is_of_a_family(it)
        )

    def _is_of_a_family(self, mark: DealingMark) -> bool:
        """Whether it is a relative who asks, named in the same sentence: `the mother cries, she asks if`."""
        led = self._lines[mark.line].sentence.words[: mark.start + 1]
        return led[-1] in HE and not set(self._story.get("relatives", ())).isdisjoint(led)

    def _is_wondered(self, mark: DealingMark) -> bool:
        """Whether a question is about it: `what do they want to see`, `does that State have to be told`."""
        sentence = self._lines[mark.line].sentence
        return sentence.asks and mark.start > 0 and sentence.words[mark.start - 1] in AUXILIARY

    def _asks_for_money_or_papers(self, mark: DealingMark) -> bool:
        """Whether a sum follows, or papers that we lack: `they ask 5000 dollars`, `they need a warrant`."""
        words = self._lines[mark.line].sentence.words[mark.end : mark.end + OF_MONEY]
        key = "of_money" if words and words[0][:1].isdigit() else "papers_we_lack"
        return not set(words).isdisjoint(self._story.get(key, ()))

    def wishes(self) -> tuple[DealingMark, ...]:
        """Where we wish something, and not that another State is told, or nothing; a question of the way
        (`what paper do I need`) wishes nothing."""
        tellings = [(it.line, it.start) for it in self.marks(TELLS)]
        return tuple(
            it
            for it in (*self.marks(WISHED), *filter(self._begins, self.marks(ASKS_FOR)))
            if not any(line == it.line and it.start <= at <= it.end + TELLING for line, at in tellings)
            and NOTHING.isdisjoint(self._lines[it.line].sentence.words[it.start : it.end + 1])
            and self._lines[it.line].sentence.words[it.end : it.end + 2] != TO_HELP
            and not self._asks_the_way(it.line, it.start)
            and not self._doubts(it)
        )

    def _doubts(self, mark: DealingMark) -> bool:
        """Whether a question asks whether we need something at all: `do I need anything formal`."""
        return self.is_in_question(mark) and self._begins(replace(mark, start=mark.start - 1))

    def by_grammar(self, kind: str) -> tuple[DealingMark, ...]:
        """Where a sentence that names another State is read as of a kind by who does what in it."""
        return tuple(
            DealingMark(
                line.sentence.quoted(it.mention),
                number,
                it.mention.start,
                it.mention.end,
                states[0] if len(states) == 1 else "",
            )
            for number, line in enumerate(self._lines)
            for it in line.of(KIND)
            if it.mention.targets == (kind,) and line.sentence.words[it.mention.start] not in HE
            if kind != USE or not self.names_somebody(number, it.mention.start, it.mention.end)
            if kind != ANSWER or not self._asks_the_way(number, it.mention.start)
            if (states := self._foreign(number))
        )

    def _mark(self, number: int, start: int, end: int) -> DealingMark:
        tokens = self._tokens[number]
        first, last = tokens[start][1], tokens[end - 1][2]
        states = (self._states[number].get(at, "") for at in range(start, end))
        sentence = self._lines[number].sentence
        phrase = sentence.quoted(Mention("", (), first, last))
        named = sorted(filter(None, states), key=self._own.__eq__)
        return DealingMark(phrase, number, first, last, named[0] if named else "")

    def _is_ours(self, number: int, start: int) -> bool:
        """Whether the State that words begin with is our own, or signs."""
        line, (word, first, _) = self._lines[number], self._tokens[number][start]
        signs = line.sentence.parts[first] in line.signed
        return word == COUNTRY and (signs or self._states[number][start] in ("", self._own))

    def _is_of_ours(self, number: int, start: int, end: int) -> bool:
        """Whether the one State in some words is our own, and what they name is of it: `a warrant of our
        court` is no paper that came."""
        named = [at for at in self._states[number] if start < at < end]
        return (
            bool(named and self._in_words)
            and all(self._states[number][at] == self._own != "" for at in named)
            and any(
                self._words[number][at - 1] in {*OF_WHOM, *self._story.get("asking_papers", ())}
                for at in named
            )
        )

    def _begins(self, mark: DealingMark) -> bool:
        """Whether a part of a sentence begins with a mark."""
        parts = self._lines[mark.line].sentence.parts
        return not mark.start or parts[mark.start - 1] != parts[mark.start]

    def _asks_the_way(self, number: int, place: int) -> bool:
        """Whether a word stands in a question of the way."""
        return any(place in it for it in way_questions(self._story, self._lines[number].sentence))

    def _foreign(self, number: int) -> tuple[str, ...]:
        """The States, not our own, that a sentence names, in their order."""
        named = (it for _, it in sorted(self._states[number].items()) if it and it != self._own)
        return tuple(dict.fromkeys(named))

    def _named_before(self, mark: DealingMark) -> bool:
        by_name = self._lines[mark.line].sentence.words[mark.start] in THEY_OF_A_STATE
        return (
            by_name
            and any(
                state != self._own and (number < mark.line or self._tokens[number][at][1] < mark.start)
                for number in range(max(0, mark.line - BACK), mark.line + 1)
                for at, state in self._states[number].items()
            )
        ) or any(
            self._names_their_office(number)
            for number in range(max(0, mark.line - OFFICE_BACK), mark.line + 1)
            if by_name or self._foreign(number)  # `my prosecutor phoned. He asks whether` is ours
        )

    def _names_their_office(self, number: int) -> bool:
        """Whether a sentence tells of somebody in office who turned to us, and is none of ours."""
        words, offices = self._lines[number].sentence.words, self._story.get("deal_their_office", ())
        return any(OWNERS.isdisjoint(words[start - 1 : start]) for _, start, _ in matches(words, offices))


def _is_not_asked(words: Collection[str]) -> bool:
    """Whether words say that nobody asked."""
    denies = NOBODY | NOTHING | {"no", "never"}
    return not denies.isdisjoint(words) and any(word.startswith("ask") for word in words)
