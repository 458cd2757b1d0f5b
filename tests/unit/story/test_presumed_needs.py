"""A plan is made of what a letter tells: of what it names without saying that it is needed, and of what is
read beside a wish that is not. Both are said above the plan; the rest of who asks whom is read before it."""

from __future__ import annotations

import pytest
from offers import SUNDAY, dealing, decided, facts, needs, read

from routing.cli.prose import HeadedCase, case_in_prose
from routing.core.errors import CaseProblems
from routing.opened import Router
from routing.rulebook.words import MEASURE


def headed(router: Router, text: str) -> HeadedCase:
    case = case_in_prose(router, text, "letter.txt", SUNDAY)
    assert case is not None
    return case


SUMMONS = (
    "Ministry of Justice of Georgia. From Turkey arrived: a summons for an accused who lives in Batumi."
    " What to tell the man?"
)


def test_what_is_named_and_not_wished_is_taken_and_said(router: Router) -> None:
    case = headed(router, SUMMONS)
    assert [need.measure for need in case.case.needs] == ["service_of_documents"]
    assert "Not surely read: what you need. Taken here: service of judicial documents" in case.head
    assert MEASURE in case.left_open  # the shell is told that something is open


def test_what_only_clues_tell_is_not_taken(router: Router) -> None:
    """Words that meet by chance lead to a question, never to a plan."""
    with pytest.raises(CaseProblems, match="what do you need"):
        headed(
            router,
            "Police of Italy. A car was stolen in November. Now the owner see his car in an annuncio, dealer in"
            " Poznan, Polonia. We want that polish police go to look if is the same car.",
        )


def test_a_wish_that_is_not_surely_read_is_planned_beside_one_that_is(router: Router) -> None:
    """The money that must be held is never left out of the plan for what else is wished."""
    case = headed(
        router,
        "Police of Leeds, UK. The money went to a bank in Riga. I want the money stopped before it moves on. We"
        " also need his bank statements.",
    )
    assert {need.measure for need in case.case.needs} == {"bank_records", "transaction_suspension"}
    assert "Taken here: stopping a suspicious transaction" in " ".join(case.head.split())


def test_money_that_must_not_move_is_no_danger_to_life(router: Router) -> None:
    offer = decided(
        router,
        "Police of Ghana. The money went to Istanbul. We only want that the money does not move tonight.",
    )
    assert ("emergency", "threat_to_life") not in facts(offer)
    assert set(needs(offer)) == {"asset_freezing"}


def test_a_wish_that_is_not_read_stands_above_the_plan_of_the_rest(router: Router) -> None:
    case = headed(
        router,
        "I am a judge in Senegal. He is in Spain. I want him arrested there. I also want that his drum is"
        " tuned in the same hour.",
    )
    assert [need.measure for need in case.case.needs] == ["arrest"]
    assert "Not read, and not in this plan: “I also want that his drum" in " ".join(case.head.split())
    assert MEASURE in case.left_open


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police of Portugal. We did not ask anybody and nobody asked us. I think the Belgian colleagues would"
         " like to know of it, and can they use it in court?", "share"),
        ("Police of Kenya. How to warn the Ugandan colleagues tonight, and can they have the record?", "share"),
        ("Bulgarian police. The Dutch police wrote. They ask us to find the user. Do I need anything formal"
         " from them?", "answer"),
        ("Police of Norway. Can I telephone the police in Malmö to ask whether he owns the boat? I only want to"
         " know the owner.", "request"),
        ("Nigeria police. A man phoned, he is captain with the gendarmerie in Niamey. I do not know him. He asks"
         " us to locate a telephone.", "answer"),
        ("Malaysian anti-corruption office. Our unit has got a report from AUSTRAC. May I use it before the"
         " court?", "use"),
        ("Police of Ghana. WhatsApp from Lomé just in: here is the gendarmerie. The man is in Accra. We ask to you"
         " where is the phone.", "answer"),
        ("Ontario police. Email from a detective in Ohio. I know the man. It is him. He's asking me for the owner"
         " of a truck.", "answer"),
        ("Analyst in Manila. We asked the unit of Qatar, they answered very detailed. May we use it in court?"
         " It says not without prior consent.", "use"),
    ],
)  # fmt: skip
def test_which_way_it_goes(router: Router, text: str, kind: str) -> None:
    assert dealing(decided(router, text)) == (kind, False)


@pytest.mark.parametrize(
    "text",
    [
        "Police of Malta. Fraud from Latvia, no answer of his bank. What do I send and to whom? I want the money"
        " stopped.",
        "Prosecutor of Poland. The witness in Ireland will not come back. Is the form that we send always to"
        " Germany good? He should be heard by video.",
    ],
)
def test_a_question_what_to_send_tells_of_nothing_sent(router: Router, text: str) -> None:
    offer = decided(router, text)
    assert ("request_already_sent", "yes") not in facts(offer)


def test_our_own_capital_is_not_whom_we_tell(router: Router) -> None:
    """Which State is ours is open where it was only the one that was left."""
    offer = decided(
        router,
        "Night shift. He's in a server, another user posts pics of a rifle. User says he's in Tampere, Finland."
        " Boss asleep. Do I send it to Wellington in the morning with a report or what.",
    )
    assert (offer.own, offer.partner) == ("", "")


def test_an_embassy_of_no_named_state_leaves_open_which_is_ours(router: Router) -> None:
    offer = decided(
        router,
        "They sent over through our attaché at the embassy a letter to keep data. They say a server in Markham"
        " attacks hospitals in Ohio, and would the RCMP look at it. Can we share anything?",
    )
    assert (*dealing(offer), offer.own) == ("answer", False, "")


@pytest.mark.parametrize("text", ["63 persons died on the boat.", "One driver has died, the other fled."])
def test_victims_who_died_bar_no_trial(router: Router, text: str) -> None:
    offer = read(router, f"Judge in Senegal. He is in Spain. I want him arrested. {text}")
    assert "dead" not in {value for _, value in facts(offer)}


@pytest.mark.parametrize("year", ["2019", "2021"])
def test_a_year_in_brackets_says_that_the_danger_is_over(router: Router, year: str) -> None:
    """What averts a danger of today may be used without consent; of an old case nothing may."""
    text = f"Prosecutor of Greece. One speaks of a hostage in a car wash in Patras ({year}, one dead)."
    assert not [fact for fact, _ in facts(read(router, text)) if fact == "emergency"]


def test_a_paper_in_hand_is_near_no_danger(router: Router) -> None:
    offer = read(router, "Police of Ghana. We need bank records in Togo. Swift copy in hand.")
    assert offer.near_danger == ""
    offer = read(router, "Police of Ghana. We need bank records in Togo. They broke a hand.")
    assert offer.near_danger
