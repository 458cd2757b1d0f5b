"""What somebody says in a few sentences: who asks whom, where we are, what is in danger, what is needed and by
when; and what must not be read into it."""

from __future__ import annotations

import pytest
from offers import SUNDAY, facts, needs, read

from routing.core.domain import ANSWER, REQUEST, SHARE, USE
from routing.opened import Router
from routing.render.case_told import case_told
from routing.rulebook.words import KIND
from routing.story.deadline import due
from routing.story.lined_story import story_of_lines
from routing.story.lines import lines

pytestmark = pytest.mark.when_changed("rules", "routing")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Lima police. From police in Quito we have a letter: they want him.", True),  # no name of a line
        ("They ask us two things: hear the driver, and stop the money.", True),
        ("Can we use it in court?", True),  # a question stays one
        ("we want: the bank statements", False),
    ],
)
def test_what_stands_before_a_colon_may_be_a_sentence(router: Router, text: str, same: bool) -> None:
    told = story_of_lines(text, router.rulebook.words, router.law.states).text
    assert (told.rstrip(".") == text.rstrip(".")) is same


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        (  # an e-mail of theirs before a colon: we are not they
            "Inspector Thapa, Kathmandu. From police in Doha we have received e-mail: an accountant took money "
            "and flew home. They ask us to arrest him.",
            "NPL",
            "QAT",
        ),
        (  # what needs more is no wish of ours
            "Accra CID. They ask us two things: stop the money and hear the man. The mail is from Glasgow.\n"
            "What can I do on an e-mail and what needs more?",
            "GHA",
            "GBR",
        ),
        (
            "The boss of the phone gang is in Manila, in Tokyo we have his men. We need him here.",
            "JPN",
            "PHL",
        ),
        (
            "Tomorrow the car takes the ferry to Tallinn. May our people from Helsinki follow it?",
            "FIN",
            "EST",
        ),
        ("We hear in Mombasa that men drive to Dar es Salaam to put a bomb. Who do I tell?", "KEN", "TZA"),
        ("Heredia, OIJ. The company is in San Francisco. We need the user data.", "CRI", "USA"),
    ],
)
def test_who_we_are_and_who_they_are(router: Router, text: str, own: str, other: str) -> None:
    offer = read(router, text)
    assert (offer.own, offer.partner) == (own, other)


def test_a_state_that_the_text_takes_back_is_no_part_of_it(router: Router) -> None:
    offer = read(router, "Accra CID. I took it for Australia, sorry. Police in Glasgow ask us to hear a man.")
    assert {it.value for it in offer.states} == {"GHA", "GBR"}


def test_a_state_where_somebody_fled_is_not_offered_as_ours(router: Router) -> None:
    text = case_told(router, "Our suspect fled to Dubai last night, we have a warrant.", SUNDAY)
    assert "own State: United Arab Emirates" not in text


def test_where_a_company_is_nobody_is_sought(router: Router) -> None:
    offer = read(router, "Heredia, OIJ. The company is in San Francisco. We need where she is.")
    assert [(it.measures, it.state) for it in offer.needed] == [(("locate_person",), "")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("She writes that she takes the pills tonight.", ("emergency", "threat_to_life")),
        ("He wrote that at midnight it is over.", ("emergency", "threat_to_life")),
        ("A witness gets shots at his door in Kampala.", ("emergency", "threat_to_life")),
        ("A man is hurting a small child in a live stream.", ("emergency", "threat_to_life")),
        ("Over there they can execute for this.", ("death_penalty_risk", "possible")),
        ("Our man is to be executed in Riyadh on Thursday.", ("death_penalty_risk", "possible")),
        ("He says now he wants asylum.", ("persecution_risk", "possible")),
    ],
)
def test_a_danger_in_passing_is_read(router: Router, text: str, told: tuple[str, str]) -> None:
    assert told in facts(read(router, f"We are police in Lima. {text}"))


def test_a_danger_stands_in_the_file_whatever_a_measure_presumes(router: Router) -> None:
    story = "They shot at us and drove over the border into Mozambique. Can we go after them?"
    assert "emergency: threat to life" in case_told(router, story, SUNDAY)


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("She wants to serve the rest here, her boy is six.", False),
        ("Three of the boys who were arrested sent money home.", False),
        ("The father took the girl to Tangier.", True),
        ("We want to hear her boy, he saw it.", True),
    ],
)
def test_a_child_is_read_where_it_is_the_person_concerned(router: Router, text: str, child: bool) -> None:
    told = facts(read(router, f"We are police in Lima. {text}"))
    assert (("vulnerable_person", "child") in told) is child


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("We must serve her the summons.", ("offence", "trafficking_in_persons")),
        ("A car was taken here with a gun.", ("offence", "firearms")),
        ("He is from the other political party.", ("offence", "political")),
        ("We want him back. It may be a trick but I must tell you.", (KIND, SHARE)),
        ("They say they can hold for 4 hours only.", ("emergency", "imminent_dissipation")),
    ],
)
def test_a_crime_or_a_need_is_not_invented(router: Router, text: str, never: tuple[str, str]) -> None:
    assert never not in facts(read(router, f"We are police in Lima. {text}"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (  # the letter by which they ask is not sought
            "I got an e-mail from a prosecutor in Novi Sad. She asks that we hear a woman in Malmö. Is more "
            "needed than the e-mail? Stockholm, police.",
            {"witness_hearing": ANSWER},
        ),
        (  # to answer is not to tell unasked
            "Lusaka police. Harare wrote us, they want to know who has a phone number. Can I just tell them?",
            {"subscriber_data": ANSWER},
        ),
        (  # what everybody may come to know is no wish
            "FIU in Port Vila. Nobody asked us, but Nouméa should know. Please not in court with our name, "
            "everybody will know who she is.",
            {},
        ),
        (  # what hangs on a condition is asked about, beside what does not
            "Police in Cuenca, Ecuador. In Piura, Peru stands a car. We need to know: is it our car? If it is "
            "ours we want it back.",
            {"stolen_vehicle_check": REQUEST},
        ),
        (  # whom to call says nothing of who asks whom
            "Parket Gent. A team follows a van to Utrecht. May they keep following it over the border, and who "
            "do we call?",
            {"surveillance": REQUEST},
        ),
        (
            "Kingstown coast guard. The French navy is on the phone. They ask: is she ours, and can they go on "
            "board?",
            {"vessel_registry_check": ANSWER, "vessel_boarding": ANSWER},
        ),
        (
            "Customs Aqaba. In the lorry are tablets for Jeddah. We would like that it goes on.",
            {"controlled_delivery": REQUEST},
        ),
        (
            "The Australians gave us chats for a drug case. Can we use them for another case?",
            {"material_held": USE},
        ),
        (
            "Dakar. The witness lives in Lyon now, can she speak by video?",
            {"video_hearing": REQUEST},
        ),
    ],
)
def test_the_main_question_is_read(router: Router, text: str, told: dict[str, str]) -> None:
    assert needs(read(router, text)) == told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I want to hear her before 20 January because he is free then.", 51),
        ("Committal date 2 Feb.", 65),
        ('They write "within 14 days of receipt", received Wednesday 25 Nov.', 10),
        ("Yesterday they stopped him. They telephoned: we can keep 72 hours.", 2),
        ("They say they can hold for 4 hours only.", 0),
        ("They would like it by the end of next week.", 5),
        ("Tomorrow morning it goes probably to Utrecht.", 1),
        ("She takes the pills tonight.", 0),
        ("We will knock at his door on Tuesday.", 2),
    ],
)
def test_a_time_presses_that_ends_what_is_wished_planned_or_feared(
    router: Router, text: str, days: int
) -> None:
    (time,) = due(router.rulebook, lines(router, text), SUNDAY)
    assert time.value == str(days)


@pytest.mark.parametrize(
    "text",
    [
        "They want it within 14 days of receipt.",  # and nothing says when it came
        "Should I just go there on Saturday?",
        "The grandmother wants to know if Christmas, I told her nothing.",
        "The phone should be tapped from next week on.",
    ],
)
def test_a_time_of_something_else_presses_nobody(router: Router, text: str) -> None:
    assert due(router.rulebook, lines(router, text), SUNDAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "We need the mails from June until now.",
        "We need the bank records from January 2025 until today.",
        "The judgment is final since March. Now we want that they execute it.",
    ],
)
def test_what_lies_behind_and_what_goes_on_set_no_day(router: Router, text: str) -> None:
    assert not [
        value for fact, value in facts(read(router, f"We are police in Lima. {text}")) if "days" in fact
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The rent is finished on Wednesday and then they clean the disk. We want a copy of the disk.", "3"),
        ("The next show is on Tuesday night. We must know which house.", "2"),
        ("The money went to an account there and the bank opens tomorrow morning. How do we stop it?", "1"),
    ],
)
def test_a_day_in_a_clause_is_one(router: Router, text: str, days: str) -> None:
    assert ("days_until_needed", days) in facts(read(router, f"We are police in Lima. {text}"))


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("CPS Leeds, extradition desk. A man charged with rape lives near Alicante in Spain.", "GBR", "ESP"),
        ("Procura di Napoli, buonasera. The judge signed the seizure of a flat in Marbella.", "ITA", "ESP"),
        ("PNP women and children, Cebu, Philippines. A customer in Japan pays for shows here.", "PHL", "JPN"),
        ("Landesgericht Graz, Austria, good evening. We have a Romanian here.", "AUT", "ROU"),
        ("State law adviser, Pretoria. Botswana wants a man. What can South Africa give?", "ZAF", "BWA"),
        (
            "Cyberpolice Ukraine, Kharkiv office. The server stands in the Netherlands. We want it.",
            "UKR",
            "NLD",
        ),
        ("Uganda Police, Kampala, vehicle squad. A car robbed here stands in Goma, Congo.", "UGA", "COD"),
        ("Dear colleagues of the police in Zagreb. A driver was here.", "", ""),  # whom we write to
    ],
)
def test_an_opening_settles_who_we_are(router: Router, text: str, own: str, other: str) -> None:
    offer = read(router, text)
    assert (offer.own, offer.partner) == (own, other)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("The tap works alone.", ("organised_group", "none")),
        ("The trial is not even started.", ("stage", "trial")),
        ("The officer wants me to write a European arrest warrant.", ("both_bound_by", "eaw")),
        ("The officer wants me to write a European arrest warrant.", (KIND, ANSWER)),
        ("Can we log in from here or must we wait for letters?", (KIND, ANSWER)),
        ("The office says he must leave Austria anyway.", ("emergency", "imminent_flight")),
        ("A lady lost money to a fake visa agent.", ("offence", "forgery")),
        ("The stolen coins, about 3 bitcoin, arrived there.", ("offence", "cultural_goods")),
    ],
)
def test_an_idiom_tells_no_fact(router: Router, text: str, never: tuple[str, str]) -> None:
    assert never not in facts(read(router, f"We are police in Lima. {text}"))


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        (
            "She is locked in a house in Johor. Someone must look for her and get her out.",
            "find_missing_person",
        ),
        ("We want who registered this name.", "domain_registration_data"),
        ("The tap works alone, do we have to say it to the other side?", "interception_without_help"),
        ("We'd like it locked there before he turns it over, the coins.", "asset_freezing"),
        ("He must be held there, his bus leaves tomorrow.", "arrest"),
        ("Mirror the box for us please.", "seizure_of_evidence"),
    ],
)
def test_a_need_in_everyday_words_is_read(router: Router, text: str, measure: str) -> None:
    offer = read(router, f"We are police in Lima. {text}")
    told = {name for want in offer.wants for name in want.measures}
    assert measure in told and ("arrest" not in told or measure == "arrest")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        (
            "We need the movements of an account in Uruguay. Please not freeze nothing, he empties all.",
            "asset_freezing",
        ),
        ("They are seen in Gabon. We do not want to arrest papa for now, only find the child.", "arrest"),
    ],
)
def test_what_is_not_wanted_is_no_guess(router: Router, text: str, measure: str) -> None:
    offer = read(router, f"We are police in Lima. {text}")
    assert not any(measure in want.measures for want in offer.wants)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A customer is paying for live shows with a small boy.", ("emergency", "threat_to_life")),
        ("Two men speak about shooting an importer.", ("emergency", "threat_to_life")),
        ("A gunman is already there.", ("emergency", "threat_to_life")),
        ("We want that he serves the rest there, but he doesn't agree.", ("prisoner_agrees", "no")),
        ("Google already confirmed that they keep the box.", ("preserved", "voluntary")),
        ("An inspector in Malawi sent me WhatsApp asking for the bank statements.", (KIND, ANSWER)),
        ("In a phone is a list of places in Estonia. I'd want them to have it.", (KIND, SHARE)),
    ],
)
def test_a_fact_that_decides_is_read(router: Router, text: str, told: tuple[str, str]) -> None:
    assert told in facts(read(router, f"We are police in Lima. {text}"))
