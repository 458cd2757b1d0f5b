"""Which words for a child tell of one to whom something happened: not those for young people (`the boys will
carry the money out`), nor for a child that somebody has (`the witness has a small baby`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from routing.case.deeds import BE, DID, HAVE, WAS, Deed
from routing.rulebook.model import Rulebook
from routing.rulebook.pronouns import PERSON
from routing.story.acts import Acts
from routing.story.lines import Line
from routing.story.needs import Want
from routing.story.sentences import Phrase
from routing.story.signatures import MARKS, OFFENCE

OF_AGE = 18  # years
NEAR = 4  # words after a child within which its age stands: `two girls, 16 and 19`
BEGINS = 3  # words at the beginning of a clause, of which one is who does it
WITH, SEVERAL = "with", "s"
HAS = HAVE | {"had", WITH}
FROM_HAVING = 4  # words from `has` to the child that somebody has: `has a wife and a small child`


def children_of_others(
    rulebook: Rulebook, lines: Sequence[Line], acts: Acts, wants: Iterable[Want]
) -> frozenset[tuple[str, str]]:
    """The words of a story, each with its fact, for a child who is not the one of whom something is needed or
    to whom something happened.

    These are: a victim, where something is needed against somebody else and the story does not say that the
    child did it (`a buyer pays to see small children, arrest him`); a grown man (`a drug boy`); `boys` and
    `girls` without an age; a child that somebody has, in a sentence that tells of no danger, and of no crime
    after it.
    """
    words, facts = rulebook.words.story, rulebook.facts
    against = set(words.get("of_who_did_it", ()))
    wanted = any(want.measures and not want.asked and against.issuperset(want.measures) for want in wants)
    dangers = [name for name, fact in facts.items() if fact.urgent]
    children: set[tuple[str, str]] = set()
    for number, line in enumerate(lines):
        danger = bool(line.of(*dangers))
        for phrase in line.of(*words.get("tells_of_children", ())):
            grown = line.sentence.before(phrase.mention.start) in words.get("grown", ())
            only_named = _is_young(words.get("young_people", ()), line, phrase)
            only_named = only_named or (not danger and _is_had(line, phrase))
            if grown or only_named or (wanted and not _did_it(words, acts.deeds[number], line, phrase)):
                children.add((phrase.topic, line.sentence.quoted(phrase.mention)))
    return frozenset(children)


def _did_it(story: Mapping[str, tuple[str, ...]], deeds: Iterable[Deed], line: Line, phrase: Phrase) -> bool:
    """Whether a phrase is who did something, and nothing was done to them; or says of a suspect who that is:
    `a boy of 16 stabbed him`, `the suspect is a minor`, `arrest the suspect, he is 16`; not `the suspects
    drive girls to us`."""
    words, start, end = line.sentence.words, phrase.mention.start, phrase.mention.end
    done_to, says_who = BE.union(WAS, story.get("done_to_people", ())), story.get("says_who_that_is", ())
    does = any(
        deed.start <= start < deed.verb
        and start - deed.start < BEGINS
        and deed.says == DID
        and words[deed.verb] not in done_to
        for deed in deeds
    )
    suspects = [at for at, word in enumerate(words) if word in story.get("suspects", ())]
    he = not PERSON.isdisjoint(words[max(0, start - 2) : start + 1]) and len(line.of(phrase.topic)) == 1
    between = (words[end:at] if at >= end else words[at + 1 : start] for at in suspects)
    return does or bool(suspects and he) or any(map(BE.union(WAS, says_who).issuperset, between))


def _is_young(young: Iterable[str], line: Line, phrase: Phrase) -> bool:
    """Whether a phrase is a word for several young people, as `boys`, and no age of a child stands after it.
    young: such words, of one."""
    sentence, end = line.sentence, phrase.mention.end
    word, written = sentence.words[end - 1], sentence.written[end - 1].strip(MARKS).casefold()
    several = phrase.words == 1 and word in young and written.endswith(SEVERAL)
    return several and not _has_age(line, phrase)


def _has_age(line: Line, phrase: Phrase) -> bool:
    """Whether the age of a child stands after a phrase, or in it."""
    words = line.sentence.words[phrase.mention.start : phrase.mention.end + NEAR]
    return any(word.isdigit() and len(word) < NEAR and int(word) < OF_AGE for word in words)


def _is_had(line: Line, phrase: Phrase) -> bool:
    """Whether a sentence only says that somebody has a child, with no age and no crime after it."""
    start = phrase.mention.start
    crime = any(it.mention.start > start for it in line.of(OFFENCE))
    led = line.sentence.words[max(0, start - FROM_HAVING) : start]
    return not (crime or _has_age(line, phrase) or HAS.isdisjoint(led))
