"""Several needs in one sentence: what one wish governs, part by part (`we want him heard, and the house
searched`).

Words for a need may have others between; where these go over an `and` or a comma, they may take a word of one
need and a word of the next. So each part of a sentence is also read by itself, behind the wish that governs
it, and what is whole in a part stands before what only reaches over it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from routing.case.deeds import BE, US, WAS, WISHES, Deed
from routing.core.records import replace
from routing.rulebook.mentions import Mention
from routing.rulebook.pronouns import SUBJECTS
from routing.rulebook.words import MEASURE
from routing.story.coreference import Tokens
from routing.story.sentences import AND, Phrase, Sentence

WHO_DOES = SUBJECTS | {"has", "have", "had"}
IRREGULAR = ("en", "ed", "wn", "ght", "nd", "ne", "ept", "ard", "eld", "old", "ade")
"""How the participles end by which a wish says what shall be done: `frozen`, `brought`, `kept`, `heard`."""
SHORTEST = 2  # words of a need that is whole in a part
OWN_CLAUSE = "that"
"""The word with which a part begins that says by itself what shall be: `that the account is blocked`."""


def told_apart(
    sentence: Sentence,
    every: Sequence[Phrase],
    tokens: Tokens,
    read: Callable[[Tokens], tuple[Phrase, ...]],
) -> list[Phrase]:
    """What was found in a sentence, with each need where it is whole in a part of it.

    tokens: the words of the sentence as they are read; read: the needs that words tell.
    """
    parts = _parts(sentence, tokens)
    if len(parts) < 2 or not any(sentence.wishes):
        return list(every)
    inner = [phrase for part in parts for phrase in _in_part(sentence, part, read)]
    kept: list[Phrase] = []
    for phrase in every:
        kept += _cut(sentence, phrase, inner) if phrase.topic == MEASURE else [phrase]
    needs = [phrase for phrase in kept if phrase.topic == MEASURE]
    busy = {sentence.parts[place] for phrase in needs for place in phrase.places}
    return [*kept, *(it for it in inner if sentence.part_of(it.mention) not in busy)]


def _parts(sentence: Sentence, tokens: Tokens) -> list[Tokens]:
    """The words of each part of a sentence."""
    numbers = sorted({sentence.parts[start] for _, start, _ in tokens})
    return [tuple(it for it in tokens if sentence.parts[it[1]] == number) for number in numbers]


def _in_part(
    sentence: Sentence, part: Tokens, read: Callable[[Tokens], tuple[Phrase, ...]]
) -> Iterator[Phrase]:
    """The needs that one part tells, behind the last wish before it."""
    first = part[0][1]
    wish = max((at for at in sentence.wishes if at < first), default=-1)
    own = part[1:] if part[0][0] == AND else part
    governed = ((sentence.words[wish], wish, wish + 1), *own) if wish >= 0 else own
    for phrase in read(governed):
        mention = phrase.mention
        start = max(mention.start, own[0][1]) if own else mention.start
        if phrase.words >= SHORTEST and start < mention.end:
            yield Phrase(MEASURE, mention.moved(start, mention.end))


def _cut(sentence: Sentence, phrase: Phrase, inner: Sequence[Phrase]) -> list[Phrase]:
    """A need as it stands, or what is whole in the parts over which it reaches: the same need with another
    beside it; or itself up to a part that says by itself what shall be."""
    mention = phrase.mention
    if sentence.parts[mention.start] == sentence.parts[mention.end - 1] or AND in mention.phrase.split():
        return [phrase]
    within = [it for it in inner if phrase.overlaps(it)]
    if any(set(it.mention.targets) == set(mention.targets) for it in within):
        return within
    apart = [it for it in within if _is_clause(sentence, it) and it.mention.start > mention.start]
    if apart and set(mention.targets).isdisjoint(it for part in apart for it in part.mention.targets):
        return [replace(phrase, mention=_up_to(mention, sentence, apart[0])), *apart]
    return [phrase]


def _is_clause(sentence: Sentence, phrase: Phrase) -> bool:
    first = sentence.parts.index(sentence.part_of(phrase.mention))
    return _says_itself(sentence.words[first:])


def _says_itself(words: Sequence[str]) -> bool:
    """Whether a part says by itself what shall be: `that`, `and that`."""
    return words[words[:1] == (AND,) :][:1] == (OWN_CLAUSE,)


def _up_to(mention: Mention, sentence: Sentence, then: Phrase) -> Mention:
    """A phrase up to the part in which another stands."""
    return mention.moved(mention.start, sentence.parts.index(sentence.part_of(then.mention)))


def wish_over(
    sentence: Sentence, deeds: Sequence[Deed], phrase: Phrase, enumerates: Collection[str]
) -> Deed | None:
    """The wish of ours that goes on to a phrase in a later part of a sentence: one that begins with `second`
    or `also` and has no verb of its own before the phrase, that says by itself what shall be (`that the
    account is blocked`), or that names a thing and what shall be done with it (`and the wallet frozen`)."""
    start = phrase.mention.start
    part = sentence.parts[start]
    places = [place for place, of in enumerate(sentence.parts) if of == part]
    first, words = places[0], sentence.words[places[0] : places[-1] + 1]
    verbs = [deed.verb for deed in deeds if first <= deed.verb <= places[-1]]
    adds = not set(words[:2]).isdisjoint(enumerates) and not any(verb <= start for verb in verbs)
    clause = _says_itself(words)
    if not (adds or clause or _is_result(words, verbs, first)):
        return None
    ours = (it for it in deeds if it.verb < first and it.who == US and it.says == WISHES)
    return next((it for it in ours if not it.denied), None)


def _is_result(words: Sequence[str], verbs: Sequence[int], first: int) -> bool:
    """Whether a part goes on with `and`, a thing and what shall be done with it, and nobody who does it."""
    if words[:1] != (AND,) or not WHO_DOES.isdisjoint(words) or not (BE | WAS).isdisjoint(words):
        return False
    return bool(verbs) and all(words[verb - first].endswith(IRREGULAR) for verb in verbs)
