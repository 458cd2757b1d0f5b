"""What is wished in the passive is a need, as in the active; what was done, and what others wish, is none."""

from __future__ import annotations

import pytest
from offers import needs, read

from routing.core.domain import ANSWER
from routing.opened import Router
from routing.story.open_parts import completed
from routing.story.passive import turned
from routing.story.phrases_in import phrases_of
from routing.story.sentences import sentences

pytestmark = pytest.mark.when_changed("rules", "routing")

US = "Police of Chile."


def needed(router: Router, text: str) -> set[str]:
    """The measures that a story says are needed."""
    offer = completed(router, read(router, text))
    return {name for want in offer.needed for name in want.measures}


@pytest.mark.parametrize(
    ("wish", "measure"),
    [
        # a wish of ours with a thing and what shall be done with it
        ("The suspect sits in Lisbon. We want his laptop seized.", "seizure_of_evidence"),
        ("We want a barn in Ghent searched for cocaine.", "search"),
        ("We would like the mailbox at a provider in Norway preserved.", "data_preservation"),
        ("We want the suspect in Oslo arrested.", "arrest"),
        ("She is in Oslo. We want her arrested.", "arrest"),
        ("We want the account in Riga monitored.", "account_monitoring"),
        ("We want him followed in Denmark.", "surveillance"),
        ("We want the emails at a provider in Ireland saved.", "data_preservation"),
        ("We would like to have the villa in Nice searched.", "search"),
        ("Could you have him arrested in Nice?", "arrest"),
        ("Please have the villa in Nice searched.", "search"),
        ("We want the suspect, a Pole, arrested in Warsaw.", "arrest"),
        # with `to be`
        ("We need a flat in Prague to be searched.", "search"),
        ("We wish the accused in Athens to be questioned.", "suspect_interview"),
        ("We ask for the house of the suspect in Graz to be searched.", "search"),
        # with `that ... be`
        ("We ask that he be arrested in Peru.", "arrest"),
        ("We request that the witness in Peru be heard.", "witness_hearing"),
        ("We insist that the money in Peru be returned.", "restitution"),
        ("It is necessary that the computer in Peru be seized.", "seizure_of_evidence"),
        ("It is essential that the data at a host in Peru be preserved.", "data_preservation"),
        # what must, should, has to and needs to be done
        ("His apartment in Warsaw must be searched.", "search"),
        ("The bank account in Malta should be frozen.", "asset_freezing"),
        ("The witness in Zagreb needs to be heard.", "witness_hearing"),
        ("The bank records in Panama need to be handed over.", "bank_records"),
        ("The suspect's car in Togo has to be seized.", "seizure_of_evidence"),
        ("Two witnesses in Turin have to be heard.", "witness_hearing"),
        ("The money in Cyprus must be confiscated.", "confiscation"),
        ("The line in Lyon should be intercepted.", "interception"),
        ("He is in Milan. He must be arrested today.", "arrest"),
        ("The man who stole the car must be arrested in Turin.", "arrest"),
        ("The log files at a host in Finland should be kept.", "data_preservation"),
        ("The account in Malta must urgently be frozen.", "asset_freezing"),
        ("The suspect in Denmark should be put under surveillance.", "surveillance"),
    ],
)
def test_a_wish_in_the_passive_is_a_need(router: Router, wish: str, measure: str) -> None:
    assert measure in needed(router, f"{US} {wish}")


@pytest.mark.parametrize(
    ("wish", "both"),
    [
        ("We want his laptop in Vienna seized and his flat searched.", {"seizure_of_evidence", "search"}),
        ("We want the flat in Vienna searched and the cars frozen.", {"search", "asset_freezing"}),
        ("The flat in Vienna must be searched and his phone seized.", {"search", "seizure_of_evidence"}),
    ],
)
def test_one_wish_may_say_several_things_in_the_passive(router: Router, wish: str, both: set[str]) -> None:
    assert needed(router, f"{US} {wish}") == both


@pytest.mark.parametrize(
    "told",
    [
        # what was done, or should have been
        "His phone was seized in Warsaw in May.",
        "The flat in Warsaw has been searched.",
        "The flat in Warsaw had to be searched twice.",
        "The account in Malta should have been frozen by the bank.",
        "The account in Malta must have been frozen.",
        "The man was to be arrested in Turin.",
        "We want to know why the flat in Turin was searched.",
        # what is not wished
        "We do not want his phone in Malta seized.",
        "We want nobody arrested in Malta.",
        "We do not ask that he be arrested in Malta.",
        "He must not be arrested in Malta.",
        "The witness in Malta need not be heard.",
        "Nothing must be seized in Malta.",
        # what somebody else wishes, says or fears
        "His wife wants him arrested in Malta.",
        "The kidnappers want the account in Malta unfrozen.",
        "The witness in Malta said that he must be arrested.",
        "The suspect was afraid that he be arrested in Malta.",
        # what only tells which thing it is
        "We want the gun found in Malta last week.",
        "We want the data of a phone seized in Malta.",
        # what is only supposed, or hangs on something
        "The log should be held by the provider in Malta.",
        "The account in Malta must be his.",
        "He should be in Malta.",
        "The costs must be paid by Malta.",
        # what is no measure of ours, though the words are near to those for it
        "The man in Malta must be released.",
        "The suspect in Malta should be found guilty.",
        "The boy needs to be taken to hospital in Malta.",
        "He must be given a lawyer in Malta.",
        "We want justice done in Malta.",
    ],
)
def test_what_is_no_wish_of_ours_is_no_need(router: Router, told: str) -> None:
    assert not needed(router, f"{US} {told}")


@pytest.mark.parametrize(
    "told",
    [
        "If the flat in Malta must be searched, we tell you.",
        "Before the flat in Malta must be searched we tell you.",
    ],
)
def test_what_hangs_on_something_is_not_searched(router: Router, told: str) -> None:
    assert "search" not in needed(router, f"{US} {told}")


def test_what_they_ask_of_us_stays_an_answer(router: Router) -> None:
    offer = completed(router, read(router, "Austria asks us in Brno that a witness be heard."))
    assert needs(offer) == {"witness_hearing": ANSWER}


@pytest.mark.parametrize(
    ("sentence", "active"),
    [
        ("We want his phone seized.", "seize phone"),
        ("The records have to be handed over to us.", "hand over record to us"),
        ("We ask that she be heard.", "hear him"),
        ("She was heard.", ""),
        ("If she must be heard, we come.", ""),
    ],
)
def test_only_the_order_of_words_is_another(router: Router, sentence: str, active: str) -> None:
    story = router.rulebook.words.story
    (parsed,) = sentences(sentence, story)
    tokens = tuple((word, at, at + 1) for at, word in enumerate(parsed.words))
    read_as = {" ".join(word for word, _, _ in it) for it in turned(story, parsed, tokens)}
    assert active in read_as if active else not read_as
    assert phrases_of(router)  # the tables in which such words are looked up


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("He is in Milan. Can somebody stop him?", "arrest"),
        ("The transfer went to a bank in Latvia. Can somebody stop it?", "transaction_suspension"),
        ("Could someone arrest the fugitive in Porto?", "arrest"),
    ],
)
def test_a_question_whether_somebody_can_is_a_wish(router: Router, question: str, measure: str) -> None:
    assert measure in needed(router, f"{US} {question}")


def test_that_nobody_can_is_none(router: Router) -> None:
    assert not needed(router, f"{US} Nobody can stop him in Milan.")
