"""Where somebody is or comes from, as the words around a State of a story tell it."""

from __future__ import annotations

from collections.abc import Mapping

from routing.case.measure_words import CITIZENS
from routing.rulebook.mentions import Mention, matches
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import ACTED_ON, OTHERS
from routing.rulebook.words import LINKING, STATE, TOWN
from routing.story.lines import Line
from routing.story.sentences import Phrase, Sentence

TOWARD = frozenset({"to", "into"})
ARTICLES = frozenset({"a", "an"})
TOLD_IN = 2  # words before the State where somebody tells something
OF_A_PERSON = CITIZENS | {"nationality", "citizenship"}
BEARS = frozenset({"with", "has", "had", "have", "by", "used", "showed", "on", "is", "was"})
PERSONS_OF = ("chman", "shman", "tsman", "chwoman", "shwoman")  # `a Dutchman`
IS = frozenset({"is", "was", "are", "were"})
ISARE = (("is",), ("are",))
LED = 2  # words of `lives in`
NOUN = 2  # words from where somebody left to the place


def is_inside(story: Mapping[str, tuple[str, ...]], sentence: Sentence, place: int) -> bool:
    """Whether a word before a State says that something is in it."""
    return place >= 0 and sentence.words[place] in story.get("within", ())


def by_papers(sentence: Sentence, mention: Mention) -> bool:
    """Whether it only tells of which State somebody has papers: `with a passport of that State`."""
    start = mention.start
    return (
        sentence.says_of_what(start)
        and sentence.before(start) in OF_A_PERSON
        and sentence.before(start - 1) in BEARS
    )


def who_left(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether it tells where somebody is from who left: `a girl from this town disappeared`, `she left
    her home in this town`."""
    story = rulebook.words.story
    gone = tuple(matches(sentence.words, story.get("left", ())))
    if sentence.before(mention.start) in story.get("sources", ()):
        part = sentence.parts[mention.start]  # `took the children from this town to that one`
        moved = any(end < mention.start and sentence.parts[start] == part for _, start, end in gone)
        onward = [*sentence.written[mention.end : mention.end + 2]]
        to_a_place = onward[:1] == ["to"] and onward[1:] and onward[1][:1].isupper()
        moved = moved and not to_a_place  # what follows says where they are
        return moved or any(start == mention.end for _, start, _ in gone)
    home = is_inside(story, sentence, mention.start - 1) and sentence.before(mention.start - 1) in story.get(
        "left_behind", ()
    )
    return home and any(0 <= mention.start - 2 - end < NOUN for _, _, end in gone)


def a_townsman(story: Mapping[str, tuple[str, ...]], sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a town or State only says of where somebody is: `the Lagos fellow`, no office of it."""
    end = phrase.mention.end
    offices = {word for key in ("authorities", "signs", "units", "crew") for word in story.get(key, ())}
    private = {*story.get("people", ()), *story.get("relatives", ())} - offices
    named = phrase.topic in (STATE, TOWN) and not private.isdisjoint(sentence.words[end : end + 1])
    led = sentence.run[max(0, sentence.raws[phrase.mention.start] - 1)].casefold()
    return named and sentence.follows(end) and led in ARTICLES | {"the", "this", "that", "our"}


def of_a_number(sentence: Sentence, mention: Mention) -> bool:
    """Whether a number tells it, of a telephone or of an account: whoever gives that out is there."""
    return sentence.words[mention.start][-1:].isdigit()


def where_it_is_told(story: Mapping[str, tuple[str, ...]], sentence: Sentence, mention: Mention) -> bool:
    """Whether it is where somebody is who tells what happened: `a father in this town reports`."""
    led = sentence.words[max(0, mention.start - TOLD_IN) : mention.start]
    private = set(story.get("people", ())) - set(story.get("authorities", ()))
    return (
        not set(story.get("within", ())).isdisjoint(led)
        and not private.isdisjoint(sentence.words[: mention.start])
        and not set(story.get("reports", ())).isdisjoint(
            sentence.words[mention.end : mention.end + TOLD_IN + 1]
        )
    )


def of_a_relative(story: Mapping[str, tuple[str, ...]], sentence: Sentence, mention: Mention) -> bool:
    """Whether it is where a relative of somebody lives, which tells nothing of who is sought: `the father of
    the girl is in`."""
    relatives = set(story.get("relatives", ()))
    return any(
        sentence.words[at] in relatives and sentence.raws[at + 1] - sentence.raws[at] > 1
        for at in range(mention.start - 1)
        if sentence.parts[at] == sentence.parts[mention.start]
        and [raw.casefold() for raw in sentence.run[sentence.raws[at] + 1 :][:1]] == ["of"]
    )


def somebody_is(story: Mapping[str, tuple[str, ...]], sentence: Sentence, start: int) -> bool:
    """Whether somebody, and no thing, is there: `the boss of the phone gang is in`."""
    people = {*story.get("people", ()), *story.get("persons", ()), *story.get("relatives", ())}
    things = {*story.get("things", ()), *story.get("firms", ()), *story.get("signs", ())}
    return sentence.before(start) == "in" and is_there(sentence, start, people, things)


def is_there(sentence: Sentence, start: int, who: set[str], others: set[str]) -> bool:
    """Whether the first of some words or others that stands before `is in` and a place, in its part of the
    sentence, is one of the first."""
    first = sentence.parts.index(sentence.parts[start])
    led = sentence.words[first:start]
    of = next((word for word in led[:-2] if word in who | others), "")
    named = OTHERS.isdisjoint(led[-3:-2])  # not `the phones say they are near`
    return named and led[-2:-1] in ISARE and of in who - others


def went_there(story: Mapping[str, tuple[str, ...]], sentence: Sentence, mention: Mention) -> bool:
    """Whether somebody went there, or was brought: `he flew to`, `she took him to`."""
    led = sentence.words[: mention.start]
    whom = len(led) > LED and led[-LED] in ACTED_ON
    led = (*led[-LED - 1 : -LED], *led[-1:]) if whom else led[-LED:]
    goes = {*story.get("left", ()), *story.get("goes", ())}
    return len(led) == LED and led[0] in goes and led[1] in TOWARD


def of_person(rulebook: Rulebook, line: Line, phrase: Phrase) -> bool:
    """Whether it tells where somebody is from: `a Dutch national`, `two Nigerians`, `he is Ukrainian`."""
    story, sentence, mention = rulebook.words.story, line.sentence, phrase.mention
    then = tuple(" ".join(sentence.words[mention.end : mention.end + many]) for many in (1, 2))
    led = (" ".join(sentence.words[max(0, mention.start - many) : mention.start]) for many in (1, 2))
    counted = not set(story.get("counted", ())).isdisjoint(led)
    if sentence.words[mention.end - 1].endswith(PERSONS_OF):
        return True
    called = not set(story.get("persons", ())).isdisjoint(then)
    things = {*story.get("signs", ()), *story.get("things", ())}
    if (
        mention.start > 1
        and sentence.before(mention.start) in IS
        and sentence.words[mention.start - 2] in things
    ):
        return False  # `the number is Spanish, who pays lives here`
    return called or (counted and then[0] not in things)


def a_citizen(sentence: Sentence, mention: Mention) -> bool:
    """Whether it stands as a noun: `a Moldovan at the border`, not `a Moldovan number`."""
    led = sentence.raws[mention.start] - 1
    then, part = mention.end, sentence.part_of(mention)
    ends = then == len(sentence.words) or sentence.parts[then] != part or sentence.words[then] in LINKING
    return led >= 0 and sentence.run[led].casefold() in ARTICLES and ends
