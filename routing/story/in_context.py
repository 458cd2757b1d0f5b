"""Whether a phrase tells something where it stands in its sentence, whatever the rest of the story says."""

from __future__ import annotations

from collections.abc import Mapping

from routing.case.deeds import COLLEAGUES
from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.rulebook.mentions import Mention, matches, stands_in
from routing.rulebook.model import Rulebook
from routing.rulebook.words import AGENCY, KIND, MEASURE, NATIONALITY, STATE, TOWN
from routing.story.coreference import COUNTRY
from routing.story.phrases_in import is_idle, is_letter, is_named, is_town
from routing.story.sentences import Phrase, Sentence
from routing.story.signatures import MARKS, OTHERS, WE

KNOWS = "knows"
THAT, US_TOO = "that", frozenset({"we", "i"})
NOTHING, US_AFTER = (("nothing",), ("nobody",)), (("us",), ("me",))
ASKS, HAVE = frozenset({"ask", "asked", "want", "wanted"}), frozenset({"have", "had", "already"})
LIKENED = 3  # words of `similar to`, before an office
OWN_OFFICE = 3  # words of `our court in`
OWN, MINE = 2, frozenset({"my", "our"})  # words of `my boss`
YOU = (("you",),)
IF_WE = tuple((word, we) for word in ("if", "whether") for we in ("we", "i"))
PER = "per"
THEY, HERE = "they", "here"
DONE_BY = frozenset({"by", "to"})
LEADS_OFFICES = MINE | {"the", "el", "his", "your"}  # `the fiscal`, never `the fiscal offence`
THROUGH = frozenset({"by", "through", "via", "from", "to"})
NEAR_BY = 4  # words from `by` to who brings something, and from that to what he does
PARTICLES = frozenset({"up", "in", "off", "over", "out", "down", "by", "away"})
LEADS = frozenset({"in", "and", "on", "at", "by", "for", "to"})
"""What ends the name of a thing that is put together with hyphens (`break-in`), and what it has inside."""
ANEW = frozenset({"and", "but"})


def tells_something(rulebook: Rulebook, sentence: Sentence, phrase: Phrase, signed: frozenset[int]) -> bool:
    """Whether a phrase tells something where it stands."""
    story, mention = rulebook.words.story, phrase.mention
    written = sentence.quoted(mention)
    if phrase.topic == KIND and mention.phrase.startswith(COUNTRY) and _not_who(rulebook, sentence, mention):
        return False
    breaks = set(story.get("parts", ())).isdisjoint(mention.phrase.split())
    if phrase.topic == KIND and breaks and sentence.parts[mention.start] != sentence.parts[mention.end - 1]:
        return False  # one part says who, and another what
    if phrase.topic == KIND and ANSWER in mention.targets and _asks_at_home(sentence, mention):
        return False
    asks_if = sentence.words[max(0, mention.start - OWN) : mention.start]
    if phrase.topic == KIND and mention.targets == (REQUEST,) and asks_if in IF_WE:
        return False  # `he asks if we need a paper from there`
    if phrase.topic == KIND and mention.targets == (REQUEST,) and _of_a_third(sentence, mention):
        return False
    if phrase.topic == KIND and ANSWER in mention.targets and _one_of_ours(rulebook, sentence, mention):
        return False
    if phrase.topic == KIND and USE in mention.targets and _at_ours(sentence, mention):
        return False  # `our court in Tirana gave him seven years`
    of_us = [sentence.before(mention.start)] in WE and mention.phrase.startswith(COUNTRY)
    if phrase.topic == KIND and ANSWER in mention.targets and of_us:
        return False  # `we Lima police need`
    after = mention.end + (sentence.words[mention.end : mention.end + 1] in US_AFTER)
    if phrase.topic == KIND and sentence.words[after : after + 1] in NOTHING:
        return False  # `they ask nothing`, `they asked us nothing`
    if phrase.topic == KIND and SHARE in mention.targets and sentence.words[mention.end :][:1] in YOU:
        return False  # `I must tell you`
    if phrase.topic == KIND and ANSWER in mention.targets and _as_we_wish(sentence, mention):
        return False
    if phrase.topic == MEASURE and (
        is_letter(rulebook, sentence, phrase) or _of_two(rulebook, sentence, mention)
    ):
        return False
    if phrase.topic in (KIND, MEASURE) and _of_theirs(rulebook, sentence, mention):
        return False
    if phrase.topic == MEASURE and sentence.written[mention.start].casefold() == KNOWS:
        return False  # `a man there, who knows who they are`
    if phrase.topic == STATE and not is_named(phrase, sentence):
        return False
    if phrase.topic == AGENCY and (not written[:1].isupper() or _is_likened(story, sentence, mention)):
        return False
    if phrase.topic == TOWN and not is_town(rulebook, sentence, phrase):
        return False
    if phrase.topic == TOWN and sentence.before(mention.start) == PER:
        return False  # `as per Minsk` is what was signed there
    if mention.phrase in story.get("capital", ()) and not written[:1].isupper():
        return False  # `turkey` is a bird
    if mention.phrase in story.get("also_offices", ()) and _is_an_office(sentence, mention):
        return False
    if phrase.topic in _acts_and_dangers(rulebook) and is_compound_name(sentence, mention):
        return False
    spoken = sentence.follows(mention.start) and sentence.before(mention.start) in story.get("languages", ())
    if phrase.topic == NATIONALITY and spoken:
        return False  # `in Spanish`, not `in the Spanish files`
    if phrase.topic in story.get("in_phrases", ()) and phrase.words < 2:
        return False
    if is_idle(sentence, mention):
        return False
    if set(mention.phrase.split()) <= set(story.get("denies", ())):
        return False  # `no` answers a question that nobody asked
    if phrase.topic in story.get("person_concerned", ()) and _only_brings(rulebook, sentence, mention):
        return False
    who = sentence.says_who(mention.start) and not _by_another(sentence, mention)
    who = who or sentence.part_of(mention) in signed
    who = who or _says_more(rulebook, sentence, mention) or _we_want(sentence, mention)
    return who or phrase.topic not in story.get("only_ours", ())


def _is_an_office(sentence: Sentence, mention: Mention) -> bool:
    """Whether a word that names a matter too is an office here, as an article or an owner leads it: `the
    fiscal refuses`."""
    raw = sentence.raws[mention.start]
    led = {word.casefold() for word in sentence.run[max(0, raw - 1) : raw]}
    return not led.isdisjoint(LEADS_OFFICES)


def _acts_and_dangers(rulebook: Rulebook) -> frozenset[str]:
    return frozenset({MEASURE, *(fact.id for fact in rulebook.facts.values() if fact.urgent)})


def is_compound_name(sentence: Sentence, mention: Mention) -> bool:
    """Whether words are only the name of a thing, put together with hyphens: `a lock-up` is a garage, and
    `cash-in-transit` a trade; `the hand-over of the man` is what is done with him."""
    raws = {sentence.raws[at] for at in range(mention.start, mention.end)}
    raw = sentence.run[min(raws)].strip(MARKS).casefold()
    pieces = raw.split("-")
    then = [word.casefold() for word in sentence.run[min(raws) + 1 : min(raws) + 2]]
    named = pieces[-1] in PARTICLES or (len(pieces) > 2 and not LEADS.isdisjoint(pieces[1:-1]))
    return len(raws) == 1 and len(pieces) > 1 and named and then != ["of"]


def _of_a_third(sentence: Sentence, mention: Mention) -> bool:
    """Whether words begin with what somebody else does, though that is compared as an order is: `their police
    tells us`."""
    written = sentence.written[mention.start].strip(MARKS).casefold()
    verb = not mention.phrase.startswith(COUNTRY)
    return verb and mention.start > 0 and written == f"{sentence.words[mention.start]}s"


def _is_likened(story: Mapping[str, tuple[str, ...]], sentence: Sentence, mention: Mention) -> bool:
    """Whether another office is only likened to one that is named: `an office of that type`."""
    then = sentence.words[mention.end : mention.end + 1]
    led = sentence.words[max(0, mention.start - LIKENED) : mention.start]
    ends = {end for _, _, end in matches(led, story.get("likened_to", ()))}
    return not set(then).isdisjoint(story.get("likened", ())) or len(led) in ends


def _of_two(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether the words of a phrase stand in two parts of which the second begins with somebody else: `nude
    pictures, the seller uses Snapchat`."""
    story = rulebook.words.story
    people = {*story.get("people", ()), *story.get("companies", ())} - OTHERS
    begins = (
        sentence.words[place]
        for place in range(mention.start + 1, mention.end)
        if sentence.parts[place] != sentence.parts[place - 1]
    )
    own = mention.phrase.split()
    return not people.isdisjoint(word for word in begins if word not in own) or any(
        sentence.words[place - 1] in ANEW
        and sentence.words[place] in OTHERS
        and sentence.words[place] not in own
        for place in range(mention.start + 2, mention.end)
    )  # `is in a hotel and he has a ticket`


def _of_theirs(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a phrase begins with what somebody else wishes, who is no office: `the owner wants it`."""
    private = {*rulebook.words.story.get("people", ()), *rulebook.words.story.get("of_things", ())}
    private -= {*rulebook.words.story.get("authorities", ()), *rulebook.words.story.get("signs", ()), *OTHERS}
    return mention.start in sentence.wishes and sentence.before(mention.start) in private


def _asks_at_home(sentence: Sentence, mention: Mention) -> bool:
    """Whether who asks is one of us: `my boss asks if we may`, but not `our colleague in Lima asks`."""
    words = mention.phrase.split()
    if COUNTRY in words and (words[0] == COUNTRY or words[0] in COLLEAGUES):
        return False  # `our colleague in Lima asks`, but not `our judge in Lima asked`
    led = [word for word in sentence.words[max(0, mention.start - OWN) : mention.start] if word not in HAVE]
    if words[0] in ASKS and led[-1:] and (led[-1],) in (("we",), ("i",)):
        return True  # `we have asked our own bank`
    part, before = sentence.part_of(mention), range(max(0, mention.start - OWN), mention.start)
    return any(sentence.words[at] in MINE and sentence.parts[at] == part for at in before)


def _one_of_ours(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether somebody above us wishes that we do something, or those who are before a court here need it:
    `the minister wants that we send`, `two men are on trial here, they need`."""
    before = sentence.words[: mention.start]
    superiors = rulebook.words.story.get("superiors", ())
    led = mention.start == 1 or sentence.parts[mention.start - 1] == sentence.part_of(mention)
    here = mention.phrase.split()[:1] == [THEY] and HERE in before
    return here or bool(before[-1:] and led and before[-1] in superiors and len(before) <= OWN)


def _at_ours(sentence: Sentence, mention: Mention) -> bool:
    """Whether the State that a phrase begins with is only where an office of our own is."""
    start, part = mention.start, sentence.part_of(mention)
    led = [at for at in range(max(0, start - OWN_OFFICE), start) if sentence.parts[at] == part]
    ours = [at for at in led if sentence.words[at] in MINE]
    named = {sentence.words[at] for at in led if ours and at > ours[-1]}
    return bool(ours) and mention.phrase.startswith(COUNTRY) and COLLEAGUES.isdisjoint(named)


def _as_we_wish(sentence: Sentence, mention: Mention) -> bool:
    """Whether another State does it as we wish: `we want that the Swedes ask him`."""
    before = sentence.words[: mention.start]
    wished = [wish for wish in sentence.wishes if wish < mention.start]
    return before[-1:] == (THAT,) and bool(wished) and not US_TOO.isdisjoint(before[: wished[-1]])


def _says_more(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a part names an office and nothing else, after one that says who we are: `I am from Dakar,
    gendarmerie`."""
    part, offices = sentence.part_of(mention), rulebook.words.story.get("signs", ())
    words = {place: word for place, word in enumerate(sentence.words) if sentence.parts[place] == part}
    openings = {sentence.parts[place] for place in sentence.selves}
    return part - 1 in openings and all(
        word in offices or place in range(mention.start, mention.end) for place, word in words.items()
    )


def _by_another(sentence: Sentence, mention: Mention) -> bool:
    """Whether an office is the one by which, or to which, something is done with us: `we were asked by the
    police`, `we are sold to another company`."""
    start, part = mention.start, sentence.part_of(mention)
    led = [sentence.words[at] for at in range(max(0, start - OWN), start) if sentence.parts[at] == part]
    return not DONE_BY.isdisjoint(led)


def _only_brings(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether somebody only brings or says something, and is not the one with whom anything is to be done:
    `a letter brought by an attache of the embassy`, `the attache told us`, `is the consul allowed to`."""
    part, start = sentence.part_of(mention), mention.start
    led = [at for at in range(max(0, start - NEAR_BY), start) if sentence.parts[at] == part]
    brings = rulebook.words.story.get("brings", ())
    relatives = rulebook.words.story.get("relatives", ())
    if any(sentence.words[at] in relatives for at in led):
        return True  # `his uncle is consul`
    by = any(sentence.words[at] in THROUGH for at in led)
    then = sentence.words[mention.end : mention.end + NEAR_BY]
    does = any(start < 2 for _, start, _ in matches(then, brings))
    leave = matches(sentence.words, rulebook.words.story.get("asks_if_allowed", ()))
    may = any(begins <= start < end for _, begins, end in leave)
    return does or may or (by and stands_in(sentence.words[:start], brings))


def _we_want(sentence: Sentence, mention: Mention) -> bool:
    """Whether an office of our own wants something: `our financial unit asks for`."""
    return sentence.before(mention.start) in MINE and mention.end in sentence.wishes


def _not_who(rulebook: Rulebook, sentence: Sentence, mention: Mention) -> bool:
    """Whether a State is not who does something: `could one ask`, or where somebody is who does it, and no
    office there: `a victim in one gave us`."""
    story, before = rulebook.words.story, mention.start - 1
    within = before > 0 and sentence.words[before] in story.get("within", ())
    wished = sentence.before(mention.start) in story.get("wished_of", ())
    private = set(story.get("people", ())) - set(story.get("authorities", ()))
    office = set(story.get("signs", ())) - private  # not `the family in that town asks`
    return wished or (within and sentence.before(before) not in office)
