"""Notes at night, and what a text names without asking for it: each in words of ordinary cases."""

from __future__ import annotations

import pytest
from offers import SUNDAY, decided, facts, needs

from routing.cli.prose import case_in_prose, is_prose
from routing.opened import Router
from routing.story.open_parts import kinds_told
from routing.story.sides import OWN

NOTES = (
    "- Lima, duty desk of the police of Peru\n"
    "- boy 4 y. mother took him from the kindergarten at noon, the judge gave custody to the father in March\n"
    '- she wrote to the father: "if I cannot have him nobody will"\n'
    "- the bus company says: both are in the coach to Santiago de Chile, it arrives tomorrow at about ten\n"
    "\n"
    "whom do we call, and can the Chileans take the boy off the coach at the border?"
)


def test_notes_with_dashes_are_sentences() -> None:
    assert is_prose(NOTES)
    assert not is_prose(
        "state: Peru\nneeds:\n- find the boy, who is in the coach from Lima to Santiago de Chile\n"
    )
    assert not is_prose(
        "- state: Peru\n- with: Chile\n- measure: bank records of the suspect at a bank there\n"
    )


def test_notes_tell_the_child_and_the_danger_and_no_arrest(router: Router) -> None:
    offer = decided(router, NOTES)
    assert set(needs(offer)) == {"find_missing_person"}
    assert ("emergency", "threat_to_life") in facts(offer)
    assert {days for name, days in facts(offer) if name == "days_until_needed"} <= {"1"}  # not March


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        (
            "Prosecutor in Riga, Latvia. Stolen bicycles go to Vilnius, Lithuania. They have a file there too. A"
            " colleague spoke of a joint investigation team. Is that worth it, and how do we start?",
            "joint_investigation",
        ),
        (
            "Police of Kisumu, Kenya. A white van with plates of Uganda stands in our yard. How do I check the van"
            " properly with Uganda?",
            "stolen_vehicle_check",
        ),
    ],
)
def test_the_one_thing_that_is_named_is_taken_and_said(router: Router, text: str, measure: str) -> None:
    case = case_in_prose(router, text, "letter.txt", SUNDAY)
    assert case is not None
    assert measure in [need.measure for need in case.case.needs]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "FIU of Samoa. We hold an analysis of transfers. Nobody in Australia has asked us anything. We want to"
            " hand the finding to Australia today.",
            "share",
        ),
        (
            "Prosecutor of Kraków, Poland. In 2023 we asked Canada for papers of a firm, and they sent a thick bundle"
            " with translations. Now the tax office wants the same papers. Are we allowed to hand them over?",
            "use",
        ),
        (
            "Police of Ljubljana, Slovenia. I need from Google in Ireland who opened an address. Does Ireland have to"
            " be informed?",
            "request",
        ),
        (
            "Prosecutor's office of Mombasa, Kenya. The accused lives in Dubai. The warrant of the Nairobi court was"
            " issued in May. We want him arrested and handed over.",
            "request",
        ),
        (
            "Police of Recife, Brazil. We have an order for the interception of a phone, and he crossed to Paraguay."
            " Which is the lawful way to have it listened to there?",
            "request",
        ),
        (
            "FIU analyst in Amman. A charity sends money to Antwerp. Nobody in Belgium asked. May I send it?",
            "share",
        ),
        (
            "A lawyer of an NGO in Beirut. We recorded survivors of torture in Syria, a guard lives in Hamburg. Can we"
            " give it to the prosecutor there?",
            "share",
        ),
        (
            "Court of appeal, Bucharest. Italy has an EAW for mafia offences, and the US embassy handed an extradition"
            " request. Which goes first?",
            "answer",
        ),
        (
            "Prosecutor in Montevideo. Paraguay answered our exhorto and sent bank papers, only for that case. The tax"
            " office and Argentina want a copy. Can I give to both?",
            "use",
        ),
    ],
)
def test_who_deals_with_whom(router: Router, text: str, kind: str) -> None:
    assert set(kinds_told(decided(router, text))) == {kind}


def test_a_person_who_came_is_no_material(router: Router) -> None:
    """What is wanted is the consent of the State that gave him up."""
    case = case_in_prose(
        router,
        "We are police of Pune, India. We got back a man from Dubai in May, extradited for fraud. Now we found a"
        " forgery. Can we charge him with these other matters, or must the Emirates agree first?",
        "letter.txt",
        SUNDAY,
    )
    assert case is not None
    assert [need.measure for need in case.case.needs] == ["surrender_consent"]


def test_arrest_and_surrender_are_two_needs(router: Router) -> None:
    offer = decided(
        router, "We are prosecutors in Ghana. He hides in Lomé, Togo. We need him detained and extradited."
    )
    assert set(needs(offer)) == {"arrest", "surrender"}


def test_what_is_here_tells_nothing_of_the_other_state(router: Router) -> None:
    ours = decided(
        router, "We are prosecutors in Ghana. He is charged here. He is in Togo. We need him extradited."
    )
    theirs = decided(
        router,
        "We are prosecutors in Ghana. Togo asks us for the extradition of a man. He is charged here with theft.",
    )
    assert ("held_for_other_act", "on_trial") not in facts(ours)
    assert ("held_for_other_act", "on_trial") in facts(theirs)


def test_victims_who_are_counted_are_not_the_person_sought(router: Router) -> None:
    offer = decided(
        router,
        "Prosecutor of Rotterdam, Netherlands. Seoul asked for provisional arrest of a man: fraud, 43 victims.",
    )
    assert ("person_role", "victim") not in facts(offer)


def test_no_crime_committed_here_is_no_lack_of_dual_criminality(router: Router) -> None:
    offer = decided(
        router,
        "Attorney General's Chambers of Malaysia. Manila asks us for a DNA sample of a man. He is suspected of murder"
        " there and has committed no offence in Malaysia.",
    )
    assert ("dual_criminality", "no") not in facts(offer)


def test_a_lawyer_is_of_the_state_where_he_practises(router: Router) -> None:
    offer = decided(
        router,
        "My client fled from Egypt. I practise in Graz, Austria. Is there a red notice, and how do we learn of it?",
    )
    assert [it.state for it in offer.sides if it.side == OWN] == ["AUT"]


def test_what_goes_in_a_file_is_not_about_to_be_lost(router: Router) -> None:
    offer = decided(
        router,
        "I am a prosecutor in Utrecht, Netherlands. I want to transfer the proceedings to Germany. Tell me the basis"
        " that counts today, to which office I send it and what goes in the file.",
    )
    assert not {"data_volatility", "days_until_needed", "request_already_sent"} & {
        name for name, _ in facts(offer)
    }


def test_a_threat_of_a_man_on_the_way_is_a_warning(router: Router) -> None:
    offer = decided(
        router,
        'Police of Metz, France. Her ex husband lives in Trier, Germany. He sent audios: "I come for you and your'
        ' mother". The mother lives in Saarbrücken and her phone is not answered. What do we do with Germany now?',
    )
    assert set(kinds_told(offer)) == {"share"}
    assert ("emergency", "threat_to_life") in facts(offer)
