"""Words people use lead to what they mean, and what was read differently is said back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from rule_folders import read_rulebook as load_folder
from small_rules import write_rules
from sweeps import each, in_parts
from when_changed import WHOLE_PROGRAM
from word_meanings import FACTS, ROUTER, STATES, WORDS, understood

from routing.cli import main
from routing.core.domain import Measure
from routing.core.errors import CaseProblems, RulebookProblems
from routing.rulebook.mentions import APART
from routing.rulebook.pathway_names import pathways_meant
from routing.rulebook.spelling import LIKENESS, tidy
from routing.rulebook.state_names import find_state, suggest_state
from routing.rulebook.words import Words
from routing.yaml.tree import plain, read_file

MEASURES = {
    "phone records": "stored_traffic_data", "WhatsApp messages": "stored_content", "bank statement": "bank_records",
    "who owns this number": "subscriber_data", "freeze the account": "asset_freezing", "take a statement": "voluntary_statement",
    "wiretap": "interception", "house search": "search", "extradite": "surrender", "Subscriber information": "subscriber_data",
    "IP addresses": "user_identification_data", "fingerprints": "biometric_comparison", "CCTV": "business_records",
    "serve a summons": "service_of_documents", "stop the transfer": "transaction_suspension", "trace the money": "proceeds_tracing",
    "preserve the data": "data_preservation", "who owns this car": "vehicle_data", "previous convictions": "criminal_record",
    "video link": "video_hearing", "controlled deliveries": "controlled_delivery", "JIT": "joint_investigation",
    "emails from a Gmail account": "stored_content", "the call logs of a suspect": "stored_traffic_data",
    "stop a suspicious transaction": "transaction_suspension", "postponement of a transaction": "transaction_suspension",
    "hold the money": "transaction_suspension", "report of a suspicious transaction": "financial_intelligence",
    "witness interview": "voluntary_statement", "owner of a car": "vehicle_data", "who owns a phone number": "subscriber_data",
}  # fmt: skip
OFFENCES = {
    "extortion": ("extortion",), "theft": ("property_crime",), "homicide": ("murder",), "bribery": ("corruption",), "hacking": ("cybercrime",),
    "sextortion": ("extortion", "cybercrime"), "smuggling of cigarettes": ("customs",), "Blackmail": ("extortion",), "burglary": ("property_crime",),
    "human trafficking": ("trafficking_in_persons",), "people smuggling": ("migrant_smuggling",), "insider trading": ("market_abuse",),
    "fake medicines": ("counterfeiting",), "defamation": ("expression",), "rape": ("sexual_violence",), "ransomware": ("extortion", "cybercrime"),
}  # fmt: skip
PLACES = {
    "England": "GBR", "UAE": "ARE", "Holland": "NLD", "Ivory Coast": "CIV", "Türkiye": "TUR", "UK": "GBR", "turkey": "TUR", "Germany": "DEU", "uk": "GBR",
    "the Netherlands": "NLD", "South Korea": "KOR", "Côte d'Ivoire": "CIV", "USA": "USA", "us": "USA", "Russia": "RUS", "kenya": "KEN", "FR": "FRA", "Czechia": "CZE",
}  # fmt: skip
CHANNELS = {
    "red notice": ("interpol_notice",), "MLAT": ("mla",), "Interpol": ("interpol",), "letter rogatory": ("letters_rogatory", "mla"), "24/7": ("budapest_preservation",),
    "SIENA": ("eu_contact_point",), "Interpol and an MLAT": ("interpol", "mla"), "ask the FIU, then a letter of request": ("fiu_exchange", "mla"),
}  # fmt: skip


EVERYDAY = [
    (topic, str(phrase), tuple(meaning.split(", ")))
    for topic, meanings in plain(read_file(Path(__file__).with_name("everyday.yaml"))).items()
    for meaning, phrases in meanings.items()
    for phrase in phrases
]
"""Phrases in the words of those who work on cases, not copied from the rules."""


@pytest.mark.parametrize("measure", ROUTER.rulebook.measures.values(), ids=lambda measure: measure.id)
def test_the_name_of_a_measure_is_read_as_that_measure(measure: Measure) -> None:
    need = {"id": "it", "kind": (measure.kinds or ("request",))[0], "measure": measure.name, "with": "FRA"}
    assert ROUTER.read({"state": "KEN", "needs": [need]}).needs[0].measure == measure.id


def lead_to_what_they_mean(words: tuple[str, str, tuple[str, ...]]) -> None:
    topic, phrase, meaning = words
    assert understood(topic, phrase) == meaning


def test_words_people_use_lead_to_what_they_mean() -> None:
    each(lead_to_what_they_mean, EVERYDAY[::20])


@pytest.mark.when_changed("rules", "tests/unit/rulebook/everyday.yaml")
@in_parts(EVERYDAY)
def test_all_words_people_use_lead_to_what_they_mean(
    part: Sequence[tuple[str, str, tuple[str, ...]]],
) -> None:
    each(lead_to_what_they_mean, part)


def test_the_list_of_everyday_words_is_long_and_its_own() -> None:
    """A good part of its measures is no phrase of the rules as it stands there."""
    told = [(topic, tidy(phrase)) for topic, phrase, _ in EVERYDAY]
    assert len(set(told)) >= 400 and len(told) - len(set(told)) <= 20
    measures = {phrase for topic, phrase in told if topic == "measure"}
    assert len(measures) >= 230 and len(measures - set(WORDS.by_topic["measure"])) >= 100


@pytest.mark.parametrize("word", MEASURES)
def test_a_measure_in_everyday_words(word: str) -> None:
    case = ROUTER.read({"state": "KEN", "needs": [{"measure": word, "with": "FRA"}]})
    assert case.needs[0].measure == MEASURES[word]
    assert any(f"`{word}` is read as" in note for note in case.notes)


@pytest.mark.parametrize("word", OFFENCES)
def test_an_offence_in_everyday_words(word: str) -> None:
    case = ROUTER.read({"state": "KEN", "offence": word, "needs": [{"measure": "search", "with": "FRA"}]})
    assert case.facts["offence"] == OFFENCES[word]


@pytest.mark.parametrize("word", PLACES)
def test_a_state_by_its_usual_names(word: str) -> None:
    found = find_state(word, WORDS, STATES)
    assert found is not None and found.place.alpha3 == PLACES[word]


def test_the_own_name_of_a_state_is_never_another() -> None:
    """`s sudan` among the words once made `Sudan` of it, and a lone `s` makes no difference elsewhere."""
    for place in STATES:
        found = find_state(place.name, WORDS, STATES)
        assert found is not None and found.place.alpha3 == place.alpha3, place.name
    named = {
        text: find_state(text, WORDS, STATES)
        for text in ("Sudan", "Republic of Sudan", "S. Sudan", "S Sudan", "South Sudan")
    }
    codes = {text: found and found.place.alpha3 for text, found in named.items()}
    assert codes == {
        "Sudan": "SDN",
        "Republic of Sudan": "SDN",
        "S. Sudan": "SSD",
        "S Sudan": "SSD",
        "South Sudan": "SSD",
    }


def test_no_word_for_a_state_is_the_own_name_of_another() -> None:
    own = {tidy(place.name): place.alpha3 for place in STATES}
    said = {word: meant[0] for word, meant in WORDS.by_topic["state"].items()}
    assert {word for word, code in said.items() if own.get(word, code) != code} == set()


def test_one_letter_is_no_state() -> None:
    """`K.S.A.` is in the words, of which `K.` is not the name."""
    assert all(find_state(letter, WORDS, STATES) is None for letter in ("K", "u.", "K."))
    named = find_state("K.S.A.", WORDS, STATES)
    assert named is not None and named.place.alpha3 == "SAU"


def test_a_meaning_that_is_part_of_another_is_not_counted_beside_it() -> None:
    assert WORDS.read("offence", "a robbery, and it was an armed robbery") == ("property_crime", "violence")


@pytest.mark.parametrize("word", CHANNELS)
def test_a_channel_in_everyday_words_and_two_in_a_sentence(word: str) -> None:
    assert pathways_meant(ROUTER.rulebook, word) == CHANNELS[word]


@pytest.mark.parametrize(
    ("word", "days"),
    [("tonight", 0), ("in 3 hours", 0), ("tomorrow", 1), ("in two weeks", 14), ("within 36 hours", 1), ("Monday", 5), ("Friday", 2), ("10 days", 10),
     ("within 48 hrs", 2), ("by 15/12/2026", 20), ("15 December", 20), ("Dec 15th", 20), ("before 15 December", 19), ("3 January", 39),
     ("in 10 working days", 14), ("in about three weeks", 21), ("end of the year", 36), ("by the end of next month", 36), ("by the weekend", 2)],
)  # fmt: skip
def test_a_time_in_words_counts_from_the_day_of_the_case(word: str, days: int) -> None:
    """2026-11-25 is a Wednesday."""
    need = {"measure": "search", "with": "FRA", "days_until_needed": word}
    case = ROUTER.read({"state": "KEN", "as_of": "2026-11-25", "needs": [need]})
    assert case.needs[0].facts["days_until_needed"] == days


def test_every_word_of_the_rules_is_read_as_written_there_in_any_dress() -> None:
    """Capitals, plural, accents, articles and punctuation make no difference."""
    dice = random.Random(7)
    seen = 0
    for topic, table in WORDS.by_topic.items():
        for phrase, targets in table.items():
            dressed = "  ".join(dice.choice([word.upper(), word.title(), word]) for word in phrase.split())
            assert WORDS.read(topic, f"the {dressed}!") == targets, (topic, phrase)
            seen += 1
    assert seen >= 1500


@WHOLE_PROGRAM
def test_a_phrase_of_every_pattern_is_read_as_written_there_in_any_dress() -> None:
    """Phrases with many choices are not spelled out: one of each, with another word where one may stand."""
    dice = random.Random(7)
    seen = 0
    for topic, listed in WORDS.patterns.items():
        for pattern in listed.kept:
            parts = [[word for slot in part for word in dice.choice(slot)] for part in pattern.parts]
            said = " ".join(
                dice.choice([word.upper(), word.title(), word])
                for word in APART.join(map(" ".join, parts)).split()
            )
            assert WORDS.read(topic, f"the {said.replace('...', 'zebra')}!") == pattern.targets, (topic, said)
            seen += 1
    assert seen >= 500


@pytest.mark.parametrize(
    "word",
    ["transfer of prisoner", "prisoner transfer", "Transfer of sentenced persons", "repatriate a prisoner"],
)
def test_serving_the_sentence_elsewhere_is_a_measure_of_its_own(word: str) -> None:
    case = ROUTER.read(
        {"state": "ALB", "needs": [{"measure": word, "with": "ITA", "person_role": "convicted"}]}
    )
    assert case.needs[0].measure == "sentence_transfer"
    for lent in ("move a prisoner to testify", "transfer of a prisoner to testify"):
        case = ROUTER.read({"state": "ALB", "needs": [{"measure": lent, "with": "ITA"}]})
        assert case.needs[0].measure == "detainee_transfer", lent


@pytest.mark.parametrize(
    "word", ["suspicious transaction reports", "bank_records", "police intelligence", "information_sharing"]
)
def test_a_need_to_use_something_is_about_material_held_whatever_it_is_called(word: str) -> None:
    case = ROUTER.read({"state": "ALB", "needs": [{"kind": "use", "measure": word, "with": "THA"}]})
    assert case.needs[0].measure == "material_held"
    assert any("is read as material held" in note for note in case.notes)
    assert ROUTER.read({"needs": [{"kind": "use", "with": "THA"}]}).needs[0].measure == "material_held"
    asked = ROUTER.read({"state": "ALB", "needs": [{"kind": "request", "measure": word, "with": "THA"}]})
    assert asked.needs[0].measure != "material_held"


def test_words_for_the_purpose_of_a_use_tell_that_it_is_for_a_tax() -> None:
    need = {"kind": "use", "measure": "material_held", "with": "CHE"}
    for word, told in (
        ("tax assessment", "yes"),
        ("income tax", "yes"),
        ("tax claim", "yes"),
        ("excise", "goods"),
    ):
        case = ROUTER.read({"state": "POL", "needs": [need | {"purpose": word}]})
        assert case.needs[0].facts["use_for_taxes"] == told, word
        assert any(f"also tells `use_for_taxes: {told}`" in note for note in case.notes)
    silent = ROUTER.read({"state": "POL", "needs": [need | {"purpose": "administrative"}]})
    assert "use_for_taxes" not in silent.needs[0].facts
    said = ROUTER.read({"state": "POL", "needs": [need | {"purpose": "tax", "use_for_taxes": "no"}]})
    assert said.needs[0].facts["use_for_taxes"] == "no"
    asked = ROUTER.read(
        {"state": "POL", "needs": [{"measure": "bank records", "with": "CHE", "purpose": "tax"}]}
    )
    assert "use_for_taxes" not in asked.needs[0].facts


SLIPS = {
    "intercepton": "interception", "phon recrods": "stored_traffic_data", "whatsap mesages": "stored_content", "hearng": "witness_hearing",
    "extradiction": "surrender", "exradite": "surrender", "freze the account": "asset_freezing", "seach": "search", "serch warrant": "search",
    "wire tapp": "interception", "arest": "arrest", "jiont team": "joint_investigation", "subscirber data": "subscriber_data",
    "fingerprnts": "biometric_comparison", "perquisicion": "search",
}  # fmt: skip
UNCLEAR = (
    "zebra", "qwertyuiop", "the", "x", "banana split", "lunch", "asdf", "help", "something", "data", "stuff",
    "please help us", "evidence", "bank", "statement", "account", "phone", "computer", "money", "person", "police", "court",
    "car", "house", "ship", "gun", "weapon", "drugs", "telefon", "location", "address", "name", "photo",
    "expert", "money back", "meeting", "visit the country", "training", "seize", "freeze", "trace", "???", "123",
    "owner", "check", "report", "record", "file", "documents", "who is he", "do it", "urgent", "everything you have", "investigate",
    "cooperate", "support", "assistance", "legal aid", "request",
)  # fmt: skip


def _told(word: str) -> str:
    with pytest.raises(CaseProblems) as found:
        ROUTER.read({"state": "KEN", "needs": [{"measure": word, "with": "FRA"}]})
    (problem,) = found.value.problems
    assert problem.message == f"`{word}` is not a measure"
    return str(problem.fix)


@pytest.mark.parametrize("word", SLIPS)
def test_a_slip_in_a_measure_is_asked_about(word: str) -> None:
    assert _told(word) == f"did you mean `{SLIPS[word]}`?"


@WHOLE_PROGRAM
@pytest.mark.parametrize("word", UNCLEAR)
def test_where_nothing_is_near_the_plain_groups_are_named(word: str) -> None:
    fix = _told(word)
    assert "did you mean" not in fix and "could mean" not in fix
    groups = ROUTER.rulebook.measure_groups.values()
    assert (
        all(group[1:] in fix for group in groups)
        and "`routing new` and `routing ask` list the measures" in fix
    )


@pytest.mark.parametrize(
    "word", ["login history", "IP logs", "access logs", "the login history of the account"]
)
def test_logins_are_traffic_data_and_the_other_meaning_is_said_back(word: str, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        f"state: AUT\nas_of: 2026-11-26\noffence: [fraud]\nneeds:\n  - {{measure: {word}, with: IRL, person_role: suspect}}\n"
    )
    text = " ".join(CliRunner().invoke(main, ["route", str(case)]).output.split())
    assert "is read as stored traffic data, unless it is only to tell who the user is" in text
    assert "A judge or court issues or validates the order" in text and "for any offence" not in text


@pytest.mark.parametrize(
    ("word", "either"),
    [
        ("interrogation of the suspect", ("suspect_interview", "compelled_questioning")),
        ("login records", ("stored_traffic_data", "user_identification_data")),
        ("put him under observation", ("surveillance", "local_surveillance")),
        ("tail the suspect", ("surveillance", "local_surveillance")),
        ("logs", ("stored_traffic_data", "user_identification_data")),
        ("log-ins of the last 30 days", ("stored_traffic_data", "user_identification_data")),
        ("Telegram channel", ("stored_content", "public_data")),
        ("alert in SIS", ("publish_notice", "control_hit")),
        ("notification", ("service_of_documents", "interception")),
        ("arrest of the ship", ("asset_freezing", "vessel_boarding")),
        ("seize the painting", ("asset_freezing", "seizure_of_evidence")),
        ("take his money", ("confiscation", "asset_freezing")),
        ("transfer the money back", ("transaction_suspension", "restitution")),
    ],
)  # fmt: skip
def test_words_that_may_mean_either_are_asked_about(word: str, either: tuple[str, str]) -> None:
    assert _told(word).startswith(f"it could mean `{either[0]}` or `{either[1]}`")


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("own_authorisation", ("judge refused", "we may need one")),
        ("organised_group", ("maybe", "perhaps")),
        ("death_penalty_risk", ("yes",)),
        ("stage", ("not charged", "not yet charged", "before trial", "sentence not final")),
        ("emergency", ("not life", "yes")),
        ("data_volatility", ("not soon", "30 days", "a few days")),
        ("max_penalty_months", ("up to 10", "ten", "death")),
        ("own_act_abroad", ("yes",)),
        ("actor", ("judge or prosecutor", "my boss")),
        ("purpose", ("not for court",)),
        ("days_until_needed", ("before Friday", "after the trial", "this weekend")),
    ],
)  # fmt: skip
def test_a_value_that_is_denied_or_has_two_readings_is_refused(topic: str, words: tuple[str, ...]) -> None:
    for word in words:
        with pytest.raises(CaseProblems) as told:
            ROUTER.read({"state": "KEN", **_case_of(topic, word)})
        assert f"`{word}` is not" in told.value.problems[0].message


def _case_of(topic: str, word: str) -> dict[str, object]:
    need: dict[str, object] = {"measure": "search", "with": "FRA"}
    if FACTS[topic].of == "case":
        return {topic: word, "as_of": "2026-11-25", "needs": [need]}
    return {"as_of": "2026-11-25", "needs": [{**need, topic: word}]}


@pytest.mark.parametrize("word", ["do not tap the phone", "no search", "we do not want extradition"])
def test_what_is_denied_is_neither_read_as_wanted_nor_suggested(word: str) -> None:
    assert _told(word).startswith("say in other words what you need")


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("rescue at sea", "rescue coordination centre"),
        ("translation", "what the paper is needed for"),
        ("apostille on the judgment", "what the paper is needed for"),
        ("lift the freezing order", "the authority that has the request"),
        ("unfreeze the account", "the authority that has the request"),
        ("withdraw our extradition request", "the authority that has the request"),
        ("wait with the arrest", "the authority that has the request"),
        ("delete his e-mails", "the authority that has the request"),
    ],
)
def test_what_another_service_does_is_named(word: str, says: str) -> None:
    with pytest.raises(CaseProblems) as told:
        ROUTER.read({"state": "IRL", "needs": [{"measure": word, "with": "ESP"}]})
    assert says in str(told.value.problems[0].fix)


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("do not delete the e-mails", "data_preservation"),
        ("stop the deletion of the data", "data_preservation"),
        ("preserve the mailbox before they delete it", "data_preservation"),
        ("an arrest before he asks the court to lift the ban", "arrest"),
        ("recover the deleted messages", "stored_content"),
        ("search the house without delay", "search"),
        ("arrest the suspect without delay", "arrest"),
        ("without delay search the flat", "search"),
        ("the bank should release the account statements", "bank_records"),
        ("freeze the account until the order is lifted", "asset_freezing"),
    ],
)
def test_what_undoes_a_thing_undoes_only_what_stands_after_it(word: str, meaning: str) -> None:
    assert understood("measure", word) == (meaning,)


@pytest.mark.parametrize("word", ["zebra", "qwertyuiop", "the", "x", "banana split", "lunch"])
def test_nothing_is_suggested_that_is_not_alike(word: str) -> None:
    for topic, known in (
        ("measure", ROUTER.rulebook.measures),
        ("offence", ROUTER.rulebook.facts["offence"].values),
    ):
        assert WORDS.closest_spelling(topic, word, known) is None
    assert "did you mean" not in suggest_state(word, WORDS, STATES)


@pytest.mark.parametrize(
    ("word", "wrong"),
    [("UAR", "USA"), ("Angland", "AGO"), ("bank", "bank_records"), ("statement", "voluntary_statement")],
)
def test_a_wrong_suggestion_is_worse_than_none(word: str, wrong: str) -> None:
    assert wrong not in suggest_state(word, WORDS, STATES)
    assert WORDS.closest_spelling("measure", word, ROUTER.rulebook.measures) != wrong


def test_a_slip_of_the_pen_is_met_with_the_word_that_was_meant() -> None:
    with pytest.raises(CaseProblems, match="did you mean `interception`"):
        ROUTER.read({"needs": [{"measure": "intercepton"}]})
    assert "GBR" in suggest_state("Englnad", WORDS, STATES)


def test_words_of_two_meanings_are_asked_about_not_guessed() -> None:
    with pytest.raises(
        CaseProblems, match="it could mean `interception` or `search`: write one, or one need for each"
    ):
        ROUTER.read({"needs": [{"measure": "a wiretap with a house search"}]})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "words:\n  measure: {find_person: [look for him], search_house: [look for him]}\n",
            "is read both as",
        ),
        ("words:\n  measure: {find_persn: [look for him]}\n", "`find_persn` is not a measure"),
        ("words:\n  colour: {red: [scarlet]}\n", "`colour` is not a topic of words"),
        (
            "words:\n  measure: {find_person: [look for him]}\ntimes: {soon: [shortly]}\n",
            "`soon` is not a number of days",
        ),
        (
            "words:\n  measure: {find_person: [look for him]}\ntimes: {1: [soon], 2: [soon]}\n",
            "`soon` is read both as 1 and as 2 days",
        ),
    ],
)
def test_a_faulty_file_of_words_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RulebookProblems) as found:
        load_folder(write_rules(tmp_path / "rules", {"words/all.yaml": text}))
    assert any(said in str(problem) for problem in found.value.problems), found.value


@pytest.mark.parametrize("first", ["clues", "may_need"])
def test_groups_of_words_and_what_they_may_need_stand_in_any_file_in_any_order(
    tmp_path: Path, first: str
) -> None:
    clues, needs = (
        "clues:\n  house: [flat]\n  goods: [jewels]\n  idle: [nothing]\n",
        "may_need:\n  take_statement: [house goods]\n",
    )
    early, late = (clues, needs) if first == "clues" else (needs, clues)
    with pytest.raises(RulebookProblems) as found:
        load_folder(write_rules(tmp_path / "rules", {"words/a.yaml": early, "words/b.yaml": late}))
    (problem,) = found.value.problems
    assert "no line of `may_need` uses `idle`" in str(problem)


def test_likeness_is_symmetric_enough_to_trust() -> None:
    words = Words({"measure": {tidy("bank statements"): ("bank_records",)}})
    assert words.closest_spelling("measure", "bank statment", ()) == "bank_records" and LIKENESS > 0.8


@pytest.mark.parametrize("written", ["death", "death penalty", "capital punishment"])
def test_death_as_the_highest_term_leads_to_its_own_fact(written: str) -> None:
    (fix,) = understood("max_penalty_months", written)
    assert "`death_penalty_risk: possible`" in fix and "`max_penalty_months: life`" in fix


@pytest.mark.parametrize(
    ("phrase", "warning"),
    [
        ("take the intimate pictures down", "removal_of_content"),
        ("deport him", "deportation"),
        ("status of our request", "request_unanswered"),
    ],
)
def test_what_is_not_planned_says_where_it_goes(phrase: str, warning: str) -> None:
    assert understood("measure", phrase) == (ROUTER.rulebook.warnings[warning].says,)
