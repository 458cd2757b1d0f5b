"""Who does what in a sentence: its clauses, each with who stands before its verb and what that verb says.

`The man cut the tracker, we want him found` is two: what somebody did, and what we wish. Nothing is parsed:
a verb is a helping verb, a word of the rules, or what follows a pronoun; who does it is the first word
before it that the rules know as one who may, and that no `in` or `from` leads to. Where this finds nobody,
the clause before tells, else nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from routing.case.grammar import grammar_of
from routing.core.records import Record
from routing.rulebook.pronouns import PERSON

US, OFFICE, SOMEBODY, NOT_TOLD = "us", "office", "somebody", ""
"""Who does it: we ourselves, an office or another State, anybody else (a suspect, a victim, a bank)."""
WISHES, MUST_BE, DID, PLANS, MAY_BE, IS = "wishes", "must_be", "did", "plans", "may_be", "is"
"""What a verb says: what is wished, what must be, was done, will be done, may be, is so."""
WE, OUR = frozenset({"we", "i"}), frozenset({"our", "my"})
COLLEAGUES = frozenset({"colleague", "partner", "counterpart", "friend", "contact", "embassy", "consul"})
"""Whom we call ours, and who are of another State: `our colleague in Lima`."""
COURTS = frozenset({"court", "judge", "tribunal"})
"""Who decides about what we hold, where only its place is told: what they want is not yet asked of others."""
LONGEST_OFFICE = 3  # words from `our` to what the office is called
HE = PERSON | {"it", "who", "somebody", "someone", "nobody"}
THEY = "they"
IT = frozenset({"it"})
PRONOUNS = HE | WE | {THEY}
BE, HAVE, DO = (
    frozenset({"is", "are", "am", "be"}),
    frozenset({"has", "have"}),
    frozenset({"do", "does"}),
)
WAS = frozenset({"was", "were", "had", "did", "been"})
FORMS = BE | HAVE | DO | WAS
NOT = frozenset({"not", "never"})
HAS_DONE = (["have"], ("have",))  # `and have it blocked`
TO_US = frozenset({"us", "our", "me", "my"})
TO_THEM = frozenset({"him", "them", "us", "me"})
NEED, TO_BE = "need", ("to", "be")
TO, THAT, WHETHER = "to", "that", "whether"
OF_US = {(that, us) for that in ("that", "if", "whether") for us in ("we", "i")}  # `they ask that we`
IT_IS = ("it", "is")
ASKS_IT = frozenset({"if", "whether"})
SHORTEST_PAST = 5  # letters of a word with `-ed` that may be a verb
NEAR_WISH = 5  # words from a wish to the `that` of what is wished


class Deed(Record):
    """A clause of a sentence. start, end: its words; verb: the first of its verb, -1 where it has none; who:
    who does it; says: what its verb says; of_wish: whether it tells what another clause wishes; denied:
    whether its verb is denied; whom: whether it says `us` after its verb; asked: whether who is asked stands
    right after the verb, and is another (`asked the bank`, `asked X`); if_so: whether it tells only of
    what may happen (`if it goes to trial`); named: whether who does it is named, and is not only `he`; of_us:
    whether what follows is what we should do (`ask that we`)."""

    start: int
    end: int
    verb: int
    who: str
    says: str
    of_wish: bool
    denied: bool
    whom: bool
    asked: bool
    if_so: bool
    named: bool
    of_us: bool = False


def deeds_in(
    words: Sequence[str],
    parts: Sequence[int],
    led: Collection[int],
    states: Mapping[int, int],
    story: Mapping[str, Sequence[str]],
) -> tuple[Deed, ...]:
    """The clauses of a sentence, in its order, which together hold each of its words.

    led: the places of words that a little word stands before (`the`, `a`, `his`), which are no verbs; states:
    where names of States begin and end; story: the words of the rules by which a story is read.
    """
    reader = _Reader(words, parts, led, states, story)
    return tuple(reader.clauses())


class _Reader:
    def __init__(
        self,
        words: Sequence[str],
        parts: Sequence[int],
        led: Collection[int],
        states: Mapping[int, int],
        story: Mapping[str, Sequence[str]],
    ) -> None:
        self._words, self._parts, self._led, self._states = words, parts, led, states
        self._grammar = grammar_of(story)
        self._helping = FORMS | self._grammar.will | self._grammar.may | self._grammar.must
        self._wishing = {
            word for phrase in story.get("wishes", ()) for word in phrase.split()
        } - self._grammar.may
        self._wishing |= set(story.get("wishing", ()))
        self._past = set(story.get("past", ())) | set(story.get("did", ()))
        self._acts, self._orders = set(story.get("acts", ())), set(story.get("orders", ()))
        self._between = {*story.get("fill", ()), *NOT, *self._grammar.adverbs}
        self._offices = set(story.get("authorities", ())) - set(story.get("speakers", ()))
        self._firms = {*story.get("firms", ()), *story.get("companies", ())}
        self._anybody = {*story.get("people", ()), *story.get("speakers", ())} - self._offices | self._firms
        self._crew = set(story.get("crew", ()))
        self._asking = set(story.get("asking", ()))
        self._things = set(story.get("things", ()))
        self._knows = set(story.get("knowing", ()))

    def clauses(self) -> Iterator[Deed]:
        words = self._words
        verbs = list(self._verbs())
        if not verbs:
            yield Deed(0, len(words), -1, NOT_TOLD, "", False, False, False, False, False, False)
            return
        first = self._begun(0, verbs[0][0]) or 0
        starts = [0 if self._who(0, first) else first]
        if starts[0]:
            yield Deed(0, first, -1, NOT_TOLD, "", False, False, False, False, False, False)
        for (_, end), (verb, _) in pairwise(verbs):
            starts.append(self._starts(end, verb))
        before: Deed | None = None
        wished = False
        for number, (verb, end) in enumerate(verbs):
            start = starts[number]
            stop = starts[number + 1] if number + 1 < len(starts) else len(words)
            group = words[verb:end]
            who = own = self._who(start, verb)
            if before and before.who == SOMEBODY and self._words[verb - 1] == THEY:
                who = SOMEBODY if self._is_firm(before) else who  # `the company has it, they keep it`
            says = self._says(verb, end)
            order = self._is_order(start, verb) and not (before and self._they_ask(before, verb))
            if not who and before and not order:
                who = before.who
            elif not who and order:
                who, says = US, WISHES
            elif not who and says == DID and verb == start:
                who = US  # `Received a report today`
            if before and not own and says == IS and before.says == WISHES and before.who == US == who:
                says = WISHES  # `check the prints and say if there is a warrant`
            of_wish = before is not None and (
                self._of_wish(before, start)
                or (wished and tuple(words[start : start + 2]) == ("and", THAT))
                or (
                    not own
                    and words[verb] in BE
                    and before.says == WISHES
                    and self._parts[verb] == self._parts[before.verb]
                )
            )
            denied, us = not NOT.isdisjoint(group), not TO_US.isdisjoint(words[end:stop])
            of_us = tuple(words[end : end + 2]) in OF_US
            another = self._asks_another(verb, end)
            if_so = not of_wish and words[start] in self._grammar.conditions
            if before and before.if_so and who == SOMEBODY and says in (MAY_BE, PLANS):
                if_so = True  # `if it is stolen the owner can have it back`
            named = bool(own) and (HE | {THEY}).isdisjoint(words[start:verb])
            before = Deed(start, stop, verb, who, says, of_wish, denied, us, another, if_so, named, of_us)
            wished = wished or (who == US and says == WISHES)
            yield before

    def _verbs(self) -> Iterator[tuple[int, int]]:
        """Where each verb begins and ends, with its helping verbs and `not`."""
        place, verb_end = 0, 0
        while place < len(self._words):
            if not self._is_verb(place) or (verb_end and self._is_wished(verb_end, place)):
                place += 1
                continue
            end = place + 1
            while end < len(self._words) and self._parts[end] == self._parts[place] and self._goes_on(end):
                end += 1
            while self._words[end - 1] in self._between and end - 1 > place:
                end -= 1
            wishes = self._says(place, end) in (WISHES, MUST_BE) or self._words[place:end] in HAS_DONE
            verb_end = end if wishes else 0
            yield place, end
            place = end

    def _is_wished(self, end: int, place: int) -> bool:
        """Whether a word only tells what a wish before it is for: `want him found`, `need it searched`."""
        between = self._words[end:place]
        return (
            self._is_past(place)
            and bool(between)
            and all(self._is_one(at) for at in range(end, place + 1))
            and (PRONOUNS - IT).isdisjoint(between)
            and (self._grammar.joins - self._grammar.goes_on).isdisjoint(between)
        )

    def _is_one(self, place: int) -> bool:
        """Whether a word goes on with the part of a sentence before it, also by `and`."""
        return self._parts[place] == self._parts[place - 1] or self._words[place] in self._grammar.goes_on

    def _is_past(self, place: int) -> bool:
        word = self._words[place]
        return word in self._past - self._helping or (word.endswith("ed") and len(word) >= SHORTEST_PAST)

    def _asks_another(self, verb: int, end: int) -> bool:
        """Whether a verb asks, and who is asked stands right after it and is none of us."""
        if self._asking.isdisjoint(self._words[verb:end]) or end >= len(self._words):
            return False
        word = self._words[end]
        who = self._offices | (self._anybody - self._things)  # `they ask phone records`
        return end in self._states or word in who or word in ("him", "them")

    def _wishes(self, word: str) -> bool:
        """Whether a verb is one by which one wishes, also as what was: `asked`."""
        stems = (word[:-2], word[:-1]) if word.endswith("ed") else ()
        return not self._wishing.isdisjoint((word, *stems))

    def _is_verb(self, place: int) -> bool:
        word, before = self._words[place], self._before(place)
        if place in self._states or place in self._led or (place and self._words[place - 1] == TO):
            return False
        if word in self._helping and word != "going":
            return not (word in self._grammar.may and self._beside_a_number(place))  # `12 May`
        if before in self._grammar.leads:
            return False
        if before in PRONOUNS and (before not in IT or not self._is_past(place) or self._begins(place - 1)):
            return word not in self._grammar.leads | self._grammar.joins | self._between | PRONOUNS
        if self._is_past(place):
            return before not in TO_THEM
        if word in self._wishing or word in self._acts:
            return place == 0 or self._may_do(place) or before in self._grammar.goes_on
        return word in self._orders and (place == 0 or self._parts[place] != self._parts[place - 1])

    def _begins(self, place: int) -> bool:
        """Whether a word begins a sentence, a part of one or what another word joins."""
        if place <= 0 or self._parts[place] != self._parts[place - 1]:
            return True
        return self._words[place - 1] in self._grammar.joins

    def _beside_a_number(self, place: int) -> bool:
        return any(word.isdigit() for word in self._words[max(0, place - 1) : place + 2])

    def _may_do(self, place: int) -> bool:
        at = place - 1
        while at > 0 and self._words[at] in self._between:
            at -= 1
        word = self._words[at]
        ends = any(end == at + 1 for end in self._states.values())
        return ends or word in self._offices or word in self._anybody or word in PRONOUNS

    def _goes_on(self, place: int) -> bool:
        word = self._words[place]
        last = self._before(place)
        return (
            word in self._helping
            or word in self._between
            or word in ("already", "like")
            or word in self._past
            or (word.endswith("ed") and len(word) >= SHORTEST_PAST)
            or (
                last in self._helping | NOT
                and word not in self._grammar.leads | self._grammar.joins | PRONOUNS
                and place not in self._led
            )
            or (word == TO and last in HAVE)
        )

    def _before(self, place: int) -> str:
        """The word before a place, over words that change nothing."""
        at = place - 1
        while at > 0 and self._words[at] in self._between and self._parts[at] == self._parts[place]:
            at -= 1
        return self._words[at] if at >= 0 else ""

    def _starts(self, end: int, verb: int) -> int:
        """Where a clause begins: at the last word that joins, or part, before its verb; else at who does."""
        begun = self._begun(end, verb)
        return max(end, verb - 1) if begun is None else begun

    def _begun(self, end: int, verb: int) -> int | None:
        """Where the last word that joins stands before a verb, or a part begins; None where there is none."""
        for place in range(verb, end - 1, -1):
            if place < verb and self._words[place] in self._grammar.joins:
                return self._joined(place, end)
            if place > 0 and self._parts[place] != self._parts[place - 1]:
                return place
        return None

    def _joined(self, place: int, end: int) -> int:
        while place > end and self._words[place - 1] in self._grammar.joins:
            place -= 1
        return place

    def _who(self, start: int, verb: int) -> str:
        """Who stands first before a verb, and is not led to by a word as `in`; we, where we or ours stand
        right before it (`she lives in X, we would like`, `two of ours would like`)."""
        if verb > start and self._before(verb) in WE | OUR:
            return US
        place = start
        while place < verb:
            word, led = self._words[place], self._words[place - 1] if place > start else ""
            if led in self._grammar.leads:
                place = self._states.get(place, place + 1)
                continue
            if word in WE:
                return US
            if word == THEY:
                return OFFICE
            if word in HE:
                return SOMEBODY
            if place in self._states:
                end = self._states[place]
                after = self._words[end] if end < verb else ""
                return SOMEBODY if after in self._anybody and after not in self._offices else OFFICE
            if word in self._offices or word in self._anybody:
                ours = not OUR.isdisjoint(self._words[max(start, place - LONGEST_OFFICE) : place])
                if ours and word in self._crew and not self._of_state(start, place):
                    return US  # `our people in that town`
                if word in self._anybody and word not in self._offices:
                    return SOMEBODY
                theirs = word in COLLEAGUES | COURTS and self._of_state(place, verb)
                return US if ours and not (theirs or self._of_state(start, place)) else OFFICE
            place += 1
        return NOT_TOLD

    def _is_firm(self, deed: Deed) -> bool:
        return not self._firms.isdisjoint(self._words[deed.start : deed.verb])

    def _of_state(self, place: int, verb: int) -> bool:
        return any(place < start < verb for start in self._states)

    def _they_ask(self, before: Deed, verb: int) -> bool:
        """Whether a clause goes on with what they do: `they send the order and ask for it`."""
        return THEY in self._words[before.start : before.verb] and self._words[verb] in self._asking

    def _is_order(self, start: int, verb: int) -> bool:
        """Whether a clause begins with its verb, as what somebody is told to do: `then freeze it`."""
        lead = self._grammar.goes_on | self._grammar.adverbs
        begins = lead.issuperset(self._words[start:verb])
        return begins and self._words[verb] in self._orders - self._helping

    def _says(self, verb: int, end: int) -> str:
        group = set(self._words[verb:end])
        if group & self._grammar.must or TO in group:
            return MUST_BE
        if (
            self._words[verb] == NEED
            and tuple(self._words[verb + 1 : verb + 3]) == TO_BE
            and not (verb and self._words[verb - 1] in PRONOUNS)
        ):
            return MUST_BE  # `the witness needs to be heard`
        if any(map(self._wishes, group)):
            return WISHES
        if group & self._grammar.will:
            return PLANS
        if group & self._grammar.may:
            return MAY_BE
        if group & BE and not group & (WAS | HAVE):
            return IS  # `when the flat is searched`
        past = group & WAS or group & self._past or any(it.endswith("ed") for it in group - self._helping)
        return DID if past else IS

    def _of_wish(self, before: Deed, start: int) -> bool:
        """Whether a clause tells what the one before it wishes: `that he is arrested`, `whether he is known`;
        or goes on with it."""
        first = self._words[start]
        then = self._words[start + 1] if start + 1 < len(self._words) else ""
        wishes = before.says in (WISHES, MUST_BE) or before.of_wish
        if not wishes:
            return False
        knows = any(
            not self._knows.isdisjoint((word, word[:-2])) for word in self._words[before.verb : start]
        )
        if (first, then) == IT_IS and before.says == WISHES and before.who == US:
            return True  # `we want one more thing, it is the file`
        if first in ASKS_IT and (knows or before.of_wish or first == WHETHER):
            return True
        if first in self._grammar.goes_on and then in ASKS_IT | self._grammar.asks_who | {THAT}:
            return True
        if first in self._grammar.asks_who:
            named = self._offices | self._anybody | self._things
            return knows or before.of_wish or self._words[start - 1] not in named
        if first == THAT and before.of_wish and "and" in self._words[before.verb : start]:
            named = self._offices | self._anybody | self._things  # not `the car and the man that`
            return self._words[start - 1] not in named
        if first == THAT:
            return start - before.verb <= NEAR_WISH
        return before.of_wish and first in self._grammar.goes_on and self._who(start, start + 2) != US
