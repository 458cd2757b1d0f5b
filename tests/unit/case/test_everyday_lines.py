"""Lines of a case as somebody writes them who has never seen one: whose State, what is beside the point, needs as a
list of words."""

from __future__ import annotations

from datetime import date

import pytest

from routing.core.errors import CaseProblems
from routing.opened import Router

pytestmark = pytest.mark.when_changed("rules", "routing")

DAY = date(2026, 11, 28)


def read(router: Router, text: str):
    return router.read(text, as_of=DAY)


@pytest.mark.parametrize(
    ("lines", "state", "partner"),
    [
        ("from: Spain\nto: France", "ESP", "FRA"),
        ("requesting state: Philippines\nreceiving state: Japan", "PHL", "JPN"),
        ("sender: Nigeria\nrecipient: South Africa", "NGA", "ZAF"),
        ("country that asks: Morocco\ncountry asked: Belgium", "MAR", "BEL"),
        ("kind: answer\nrequesting country: Peru\nrequested country: Chile", "CHL", "PER"),
        ("kind: answer\nfrom: Peru\nour country: Chile", "CHL", "PER"),
        ("my country: Brazil\ntheir country: Portugal", "BRA", "PRT"),
        ("my country: Vietnam\ncountry of the provider: Singapore", "VNM", "SGP"),
        ("investigating country: France\ncountry where the evidence is: Morocco", "FRA", "MAR"),
        ("our police are in: Chile\nthe foreign authority: Peru", "CHL", "PER"),
    ],
)
def test_whose_a_state_is_follows_from_the_name_of_its_line(
    router: Router, lines: str, state: str, partner: str
) -> None:
    case = read(router, f"{lines}\nwhat we need: bank records\n")
    assert (case.state, case.needs[0].partner) == (state, partner)


def test_what_two_names_for_both_sides_are_read_as_is_said_back(router: Router) -> None:
    notes = read(router, "from: Spain\nto: France\nwhat we need: bank records\n").notes
    assert any("`from` as `state`, `to` as `with`" in note and "`kind: answer`" in note for note in notes)


@pytest.mark.parametrize(
    "lines",
    [
        "country of the victim: Spain\nour country: France",  # who is where is not what is asked of whom
        "requesting state: Kenya",
        "from: Kenya\nsender: France",
    ],
)
def test_a_state_of_which_the_name_tells_nothing_is_asked_back(router: Router, lines: str) -> None:
    with pytest.raises(CaseProblems) as told:
        read(router, f"{lines}\nwhat we need: bank records\n")
    assert any(
        {"`state", "`with:"} & {it[:6] for it in (fault.fix or "").split()} for fault in told.value.problems
    )


def test_a_side_that_is_told_twice_is_no_guess(router: Router) -> None:
    with pytest.raises(CaseProblems):
        read(router, "state: Kenya\nfrom: Peru\nto: France\nwhat we need: bank records\n")


def test_needs_may_be_words(router: Router) -> None:
    text = "our country: Romania\nother country: United Kingdom\nneeds:\n  - bank records\n  - search\n"
    assert [(it.measure, it.partner) for it in read(router, text).needs] == [
        ("bank_records", "GBR"),
        ("search", "GBR"),
    ]
    one = read(router, "our country: Romania\nother country: United Kingdom\nNeeds: bank records\n")
    assert [it.measure for it in one.needs] == ["bank_records"]


def test_what_no_way_depends_on_is_kept_as_a_note_and_said(router: Router) -> None:
    case = read(
        router,
        "our country: Italy\nother country: Spain\nwhat we need: bank records\namount: 250000 euros\n"
        "case number: 12/26\ncomments: in a hurry\n",
    )
    assert any("kept as a note and not read: `amount`, `case number`" in it for it in case.notes)
    assert case.needs[0].measure == "bank_records"


def test_a_subject_is_what_is_sought_where_nothing_else_says_it(router: Router) -> None:
    lines = "our country: Senegal\nother country: France\n"
    assert read(router, f"{lines}subject: search of a house\n").needs[0].measure == "search"
    case = read(router, f"{lines}subject: Operation Rain\nwhat we need: search of a house\n")
    assert (case.title, case.needs[0].measure) == ("Operation Rain", "search")


def test_a_sentence_is_the_highest_term_unless_it_is_to_be_served_there(router: Router) -> None:
    lines = "our country: Spain\nother country: France\nsentence: 20 years\n"
    assert read(router, f"{lines}what we need: arrest\n").facts["max_penalty_months"] == 240


@pytest.mark.parametrize(
    ("written", "code"),
    [("Africa do Sul", "ZAF"), ("Nueva Zelanda", "NZL"), ("Казахстан", "KAZ"), ("Coreia do Sul", "KOR")],
)
def test_a_state_has_its_name_in_other_languages(router: Router, written: str, code: str) -> None:
    assert read(router, f"state: France\nwith: {written}\nmeasure: search\n").needs[0].partner == code


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        ("life in danger: yes", {"emergency": "threat_to_life"}),
        ("money can disappear: yes", {"emergency": "imminent_dissipation"}),
        ("witness agrees: yes", {"consent": "given_by_person"}),
        ("victim: minor", {"vulnerable_person": "child"}),
        ("offence there: drug trafficking", {"offence": ("drugs",)}),
        ("suspect: Kenyan citizen", {"own_national": "no"}),
        ("suspect: murder", {"offence": ("murder",)}),
        ("service: Snapchat", {"data_holder": "foreign_provider"}),
    ],
)
def test_a_name_and_what_is_written_tell_a_fact_together(
    router: Router, lines: str, facts: dict[str, object]
) -> None:
    case = read(router, f"our country: Kenya\nother country: France\nwhat we need: hear a witness\n{lines}\n")
    said = {**case.facts, **case.needs[0].facts}
    assert {name: said.get(name) for name in facts} == facts


def test_a_no_to_a_name_that_tells_something_tells_nothing_and_says_so(router: Router) -> None:
    case = read(
        router, "our country: Kenya\nother country: France\nmeasure: search\nmoney can disappear: no\n"
    )
    assert "emergency" not in {**case.facts, **case.needs[0].facts}
    assert "a no tells nothing: `money can disappear`" in case.notes


def test_what_is_unasked_is_told(router: Router) -> None:
    (need,) = read(
        router, "we: Sweden\nother party: Denmark\nspontaneous: yes\ninformation: a delivery of drugs\n"
    ).needs
    assert (need.kind, need.measure) == ("share", "information_sharing")


def test_a_service_of_a_state_tells_both_the_service_and_the_state(router: Router) -> None:
    case = read(router, "we are: police of Colombia\nthey are: Ecuador\nwe need: criminal records\n")
    assert (case.state, case.facts["actor"]) == ("COL", "police")


def test_a_pressing_case_without_a_danger_is_asked_what_is_in_danger(router: Router) -> None:
    with pytest.raises(CaseProblems) as told:
        read(router, "our country: Kenya\nother country: France\nmeasure: search\nurgent: yes\n")
    assert "write what is in danger" in (told.value.problems[0].fix or "")


@pytest.mark.parametrize("ours", ["our country: Nigeria", "state: Nigeria", "my country: nigeria"])
def test_an_office_with_its_state_may_stand_beside_a_line_with_the_same_state(
    router: Router, ours: str
) -> None:
    case = read(router, f"{ours}\nwe are: police of Nigeria\nwith: USA\nwhat we need: bank records\n")
    assert (case.state, case.facts["actor"]) == ("NGA", "police")


def test_an_office_of_another_state_than_the_line_beside_it_is_asked_back(router: Router) -> None:
    with pytest.raises(CaseProblems, match="says the same as `state`"):
        read(router, "our country: Ghana\nwe are: police of Nigeria\nwith: USA\nwhat we need: bank records\n")


def test_in_a_need_from_is_the_other_state_where_the_case_names_ours(router: Router) -> None:
    case = read(
        router,
        "our country: Estonia\nneeds:\n  - kind: answer\n    what they need: bank records\n    from: USA\n",
    )
    assert (case.state, case.needs[0].partner) == ("EST", "USA")


def test_a_danger_under_a_name_that_is_none_is_told_as_its_line(router: Router) -> None:
    """`Note the following` was once taken for `note`, where a danger tells nothing."""
    text = "our country: Ghana\nother country: Canada\nwhat we need: emails\nNote the following: the girl is in danger"
    with pytest.raises(CaseProblems) as raised:
        read(router, text)
    assert [it.fix for it in raised.value.problems] == ["write `emergency: threat_to_life`"]


@pytest.mark.parametrize("line", ["in: Togo", "where: Lomé", "located in: Togo"])
def test_where_a_thing_is_names_the_other_state(router: Router, line: str) -> None:
    case = read(router, f"our country: Ghana\nwant: find the stolen car\n{line}\n")
    assert case.needs[0].partner == "TGO"


@pytest.mark.parametrize(
    "needs",
    [
        "need:\n  - want: who owns this number\n    from: USA\n  - want: bank records\n    from: USA\n",
        "we need:\n  - what: who owns this number\n    in: USA\n  - what: bank records\n    in: USA\n",
    ],
)
def test_blocks_under_a_line_for_what_is_needed_are_needs(router: Router, needs: str) -> None:
    case = read(router, f"our country: Kenya\n{needs}")
    assert [(it.measure, it.partner) for it in case.needs] == [
        ("subscriber_data", "USA"),
        ("bank_records", "USA"),
    ]


def test_one_block_under_a_line_for_what_is_needed_is_a_need(router: Router) -> None:
    (need,) = read(router, "our country: Kenya\nwe need:\n  what: bank records\n  from: USA\n").needs
    assert (need.measure, need.partner) == ("bank_records", "USA")


def test_what_we_have_is_used_only_where_nothing_else_is_sought(router: Router) -> None:
    """A warrant in hand once turned an arrest into material that another State gave us."""
    text = "our country: Denmark\nwant: arrest the suspect\nfrom: Spain\nwe have: an arrest warrant\n"
    case = read(router, text)
    assert [(it.kind, it.measure) for it in case.needs] == [("request", "arrest")]
    assert "yes" in (case.facts.get("arrest_warrant"), case.needs[0].facts.get("arrest_warrant"))
    (use,) = read(router, "our country: Denmark\nwe have: a police report from them\nfrom: Spain\n").needs
    assert use.kind == "use"


def test_a_tap_that_needs_no_help_is_one_need(router: Router) -> None:
    text = "our country: Germany\nwant: listen to his phone while he is there, no technical help needed\nwith: Italy\n"
    assert [it.measure for it in read(router, text).needs] == ["interception_without_help"]


@pytest.mark.parametrize(
    ("want", "partner"),
    [
        ("a search of an office in Luxembourg", "LUX"),
        ("bank records from Switzerland", "CHE"),
        ("interview of a witness in Cape Town", "ZAF"),
        ("let the drugs run to the Netherlands", "NLD"),
        ("find the man in Bosnia and Herzegovina", "BIH"),
        ("freeze the account in the UAE", "ARE"),
        ("criminal record of a French citizen", None),
        ("arrest a citizen of Nigeria", None),
        ("give it to us", None),
        ("the statement of a witness in Polish", None),
        ("bank records from Kenya", None),
        ("bank records from Malta and from Cyprus", None),
    ],
)
def test_the_words_for_a_measure_name_the_state_that_no_line_names(
    router: Router, want: str, partner: str | None
) -> None:
    case = read(router, f"our country: Kenya\nneeds:\n  - {{measure: {want}}}\n")
    assert {need.partner for need in case.needs} == {partner}


def test_a_line_for_the_other_state_is_not_overruled_by_the_words_for_a_measure(router: Router) -> None:
    (need,) = read(router, "our country: Kenya\nwith: USA\nwant: records of the flight to Qatar\n").needs
    assert need.partner == "USA"


def test_a_danger_in_the_line_for_the_time_is_no_less_a_danger(router: Router) -> None:
    text = "our country: Spain\nwith: Italy\nwant: freeze the account\nhow urgent: money can leave today\n"
    case = read(router, text)
    told = {**case.facts, **case.needs[0].facts}
    assert (told["emergency"], told["days_until_needed"]) == ("imminent_dissipation", 0)


def test_a_word_that_is_half_of_what_is_said_is_completed_by_what_stands_beside_it(router: Router) -> None:
    case = read(router, "our country: Indonesia\nwith: Singapore\nwant: find and return money\n")
    assert [it.measure for it in case.needs] == ["proceeds_tracing", "restitution"]


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("role: police", "actor", "police"),
        ("role: witness", "person_role", "witness"),
        ("agency: NBI cybercrime division", "actor", "police"),
        ("for: investigation only", "purpose", "intelligence"),
    ],
)
def test_a_short_name_of_a_line_is_the_one_that_can_say_what_is_written(
    router: Router, line: str, fact: str, value: str
) -> None:
    case = read(router, f"our country: Kenya\nwith: USA\nwant: bank records\n{line}\n")
    assert {**case.facts, **case.needs[0].facts}.get(fact) == value


def test_what_came_from_another_state_is_used_and_named_once(router: Router) -> None:
    text = (
        "our country: Sweden\nwe got from: Turkey\nwhat we got: chat messages\nwe want: use them in court\n"
    )
    (need,) = read(router, text).needs
    assert (need.kind, need.measure, need.partner) == ("use", "material_held", "TUR")


@pytest.mark.parametrize(
    ("want", "measure"),
    [
        ("return of a painting", "restitution"),
        ("is the suspect in your country", "locate_person"),
        ("warn about a suspect who travels", "information_sharing"),
    ],
)
def test_everyday_words_for_what_is_wanted(router: Router, want: str, measure: str) -> None:
    assert [it.measure for it in read(router, f"our country: Chile\nwith: USA\nwant: {want}\n").needs] == [
        measure
    ]


def test_what_we_have_and_what_we_want_to_do_with_it_is_a_use(router: Router) -> None:
    text = "our country: Belgium\nwe have: phone data from French police\nwant: use it in our court\n"
    case = read(router, text)
    (need,) = case.needs
    assert (need.kind, need.partner, case.facts["use_wanted"]) == ("use", "FRA", "court")


@pytest.mark.parametrize(
    ("want", "partner"),
    [
        ("owner of a car with Hungarian plates", "HUN"),
        ("records of a Swiss bank account", "CHE"),
        ("board a ship under the flag of Panama", "PAN"),
        ("arrest a Swiss citizen", None),
    ],
)
def test_a_thing_of_a_state_is_in_that_state(router: Router, want: str, partner: str | None) -> None:
    assert read(router, f"our country: Austria\nwant: {want}\n").needs[0].partner == partner


def test_a_name_in_words_leaves_the_short_ones_their_other_meaning(router: Router) -> None:
    case = read(router, "country: Bangladesh\nthey hold victims in: Libya\nwant: find our citizens\n")
    assert (case.state, case.needs[0].partner, case.needs[0].measure) == ("BGD", "LBY", "locate_person")


@pytest.mark.parametrize(("line", "days"), [("in: 2 days", 2), ("in: Chile", None)])
def test_in_tells_a_time_or_a_state(router: Router, line: str, days: int | None) -> None:
    case = read(router, f"our country: Bolivia\nwant: bank records\n{line}\n")
    told = {**case.facts, **case.needs[0].facts}
    assert (told.get("days_until_needed"), case.needs[0].partner) == (days, None if days else "CHL")


def test_a_state_under_a_name_that_is_none_is_offered_as_the_side_that_is_not_told(router: Router) -> None:
    with pytest.raises(CaseProblems) as raised:
        read(router, "our country: Germany\nwant: bank records\nunheard of: Thailand\n")
    assert [it.fix for it in raised.value.problems] == ["write `with: Thailand`"]


def test_what_happens_now_may_be_a_danger(router: Router) -> None:
    case = read(router, "our country: Greece\nwith: Panama\nwant: board the ship\nnow: the ship is sinking\n")
    assert {**case.facts, **case.needs[0].facts}["emergency"] == "threat_to_life"


@pytest.mark.parametrize(
    ("lines", "fact", "value"),
    [
        ("other country: Peru\nhe is: our citizen", "own_national", "no"),
        ("other country: Peru\nshe is: their citizen", "own_national", "yes"),
        ("other country: Peru\nhe is: the accused", "person_role", "accused"),
        ("he is: in Lima", "with", "PER"),
        ("other country: Peru\nhe wants to flee: yes", "emergency", "imminent_flight"),
    ],
)
def test_what_somebody_is_and_a_sentence_with_a_yes_are_read(
    router: Router, lines: str, fact: str, value: str
) -> None:
    """`he is` says the role, the nationality or the place, whichever what is written can be; a sentence under
    which a yes stands says what it says in a story."""
    case = read(router, f"our country: Kenya\nwhat we need: extradition\n{lines}\n")
    told = {**case.facts, **case.needs[0].facts, "with": case.needs[0].partner}
    assert told[fact] in (value, (value,))


def test_a_sentence_with_a_yes_tells_who_asks_whom(router: Router) -> None:
    text = "our country: Kenya\nother country: Peru\nwhat: a ship with cocaine\nnobody asked us: yes\n"
    assert read(router, text).needs[0].kind == "share"


def test_a_sentence_with_a_no_turns_round_what_is_yes_or_no_and_else_tells_nothing(router: Router) -> None:
    text = (
        "our country: Kenya\nother country: Peru\nwhat we need: extradition\nhe will be killed tomorrow: no\n"
    )
    assert "emergency" not in read(router, text).facts


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("prosecutor: yes", "actor", "prosecutor"),
        ("we are police: yes", "actor", "police"),
        ("we do not know where he is: yes", "whereabouts_known", "no"),
    ],
)
def test_who_we_are_and_what_we_do_not_know_may_be_said_with_a_yes(
    router: Router, line: str, fact: str, value: str
) -> None:
    case = read(router, f"our country: Lebanon\nwith: France\nwant: red notice for the suspect\n{line}\n")
    assert {**case.facts, **case.needs[0].facts}[fact] == value


@pytest.mark.parametrize(
    ("line", "partner"),
    [
        ("who has it: a bank in Panama", "PAN"),
        ("who has it: Google in USA", "USA"),
        ("he is: in Dubai", "ARE"),
        ("he is: in Spain, living in Malaga", "ESP"),
        ("where: Lyon in France", "FRA"),
        ("witness: now in Poland as refugee", "POL"),
        ("note: his cousin lives in Germany", None),
    ],
)
def test_a_state_in_a_line_for_something_else_is_the_other_state(
    router: Router, line: str, partner: str | None
) -> None:
    (need,) = read(router, f"my country: Peru\nwe need: bank statements\n{line}\n").needs
    assert need.partner == partner


@pytest.mark.parametrize(
    ("line", "state", "actor"),
    [
        ("we are: detective in Nairobi, Kenya", "KEN", "police"),
        ("my office: Prosecutor of Milan, Italy", "ITA", "prosecutor"),
        ("us: Estonia", "EST", None),
    ],
)
def test_an_office_in_a_town_tells_our_state(
    router: Router, line: str, state: str, actor: str | None
) -> None:
    case = read(router, f"{line}\nthem: France\nwe need: bank statements\n")
    assert (case.state, case.facts.get("actor"), case.needs[0].partner) == (state, actor, "FRA")


def test_us_beside_the_name_of_a_state_is_our_side(router: Router) -> None:
    case = read(router, "from: Turkey\nto: us, Germany\nasks: phone records\ncrime: terrorism\n")
    assert (case.state, case.needs[0].partner, case.needs[0].kind) == ("DEU", "TUR", "answer")


def test_what_they_sent_is_answered(router: Router) -> None:
    case = read(router, "us: Estonia\nthem: Russia\nthey sent: request for bank data of a company\n")
    assert (case.state, case.needs[0].kind, case.needs[0].measure) == ("EST", "answer", "bank_records")


def test_wishes_with_numbers_are_needs(router: Router) -> None:
    text = "we: Senegal\nwith: Switzerland\nwant 1: freeze the accounts\nwant 2: bank records\nwant (3): a house search\n"
    assert [it.measure for it in read(router, text).needs] == ["asset_freezing", "bank_records", "search"]


@pytest.mark.parametrize(
    ("line", "offence"),
    [
        ("for what: bribery of a mayor", "corruption"),
        ("what he did: killed his business partner", "murder"),
        ("reason: smuggling of cigarettes", "customs"),
        ("about: VAT fraud", "vat_fraud"),
        ("our problem: a girl of 14 is sold for sex on a webcam, the site is new", "child_sexual_abuse"),
    ],
)
def test_what_it_is_about_tells_the_offence(router: Router, line: str, offence: str) -> None:
    case = read(router, f"my country: Peru\nwith: Spain\nwe need: bank statements\n{line}\n")
    assert case.facts["offence"] == (offence,)


def test_a_purpose_is_still_a_purpose(router: Router) -> None:
    case = read(router, "my country: Peru\nwith: Spain\nwe need: bank statements\nwhat for: for court\n")
    assert {**case.facts, **case.needs[0].facts}["purpose"] == "evidence" and "offence" not in case.facts


def test_a_doubt_about_a_political_case_is_no_note(router: Router) -> None:
    text = "us: Germany\nthey: Turkey\nthey want: phone records\ndoubt: we think it is political\n"
    assert read(router, text).facts["political_offence"] == "claimed"


@pytest.mark.parametrize(
    ("lines", "state", "partner"),
    [
        ("country: Kenya\nfrom: France", "KEN", "FRA"),
        ("from: USA\ncountry: Philippines", "PHL", "USA"),
        ("country: Ghana\nasking country: United Kingdom\nthey ask: bank records", "GHA", "GBR"),
        ("our country: India\nsuspect is in: Nepal", "IND", "NPL"),
        ("state: Italy\nhe is in: Romania", "ITA", "ROU"),
        (
            "we are: Financial intelligence unit of Nigeria\npartner: FIU of United Arab Emirates",
            "NGA",
            "ARE",
        ),
    ],
)
def test_a_bare_country_is_ours_beside_a_line_for_the_other(
    router: Router, lines: str, state: str, partner: str
) -> None:
    need = "" if "they ask" in lines else "need: bank records\n"
    case = read(router, f"{lines}\n{need}")
    assert (case.state, case.needs[0].partner) == (state, partner)


def test_years_of_prison_are_no_age(router: Router) -> None:
    """A convict with six years left was once taken for a child, whom nobody may arrest."""
    text = (
        "state: Italy\nwith: Romania\nneed: arrest him\nperson: convicted man, 6 years of prison remaining\n"
    )
    case = read(router, text)
    assert "vulnerable_person" not in {**case.facts, **case.needs[0].facts}


def test_a_no_is_offered_as_no_state(router: Router) -> None:
    case = read(router, "our country: Kenya\nwith: France\nneed: bank records\nis it settled there: no\n")
    assert case.needs[0].partner == "FRA"
    assert any("denied" in note and "is it settled there" in note for note in case.notes)


def test_what_we_share_with_a_state_is_shared(router: Router) -> None:
    text = "our country: Netherlands\nshare with: Colombia\ninformation: names of traffickers\n"
    (need,) = read(router, text).needs
    assert (need.kind, need.partner) == ("share", "COL")


def test_who_will_move_may_flee(router: Router) -> None:
    case = read(router, "our country: India\nwith: Nepal\nneed: find him\nurgent: he will move tomorrow\n")
    assert {**case.facts, **case.needs[0].facts}["emergency"] == "imminent_flight"


@pytest.mark.parametrize(
    ("time", "days"),
    [
        ("normal, two months is ok", 60),
        ("not in a hurry", None),
        ("no", None),
        ("as soon as possible, it is big", 0),
        ("urgent, logs are deleted after 7 days", None),
        ("need it in 3 weeks please", 21),
        ("routine", None),
    ],
)
def test_how_urgent_it_is_may_be_said_in_any_words(router: Router, time: str, days: int | None) -> None:
    case = read(
        router, f"our country: Kenya\nother country: France\nneed: subscriber data\nurgency: {time}\n"
    )
    assert {**case.facts, **case.needs[0].facts}.get("days_until_needed") == days


def test_what_is_lost_in_a_week_is_not_needed_in_a_week(router: Router) -> None:
    lines = "our country: Kenya\nother country: France\nneed: subscriber data\nurgency: logs are deleted in 7 days"
    case = read(router, lines)
    assert {**case.facts, **case.needs[0].facts}["data_volatility"] == "imminent_loss"


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        ("our country: Portugal\nwe are: public prosecutor in Lisbon", {"actor": "prosecutor"}),
        ("our country: Portugal\nby: police investigator", {"actor": "police"}),
        ("our country: Portugal\nasking office: district court", {"actor": "judge"}),
        ("our country: Portugal\ncase: rhino horn smuggling", {"offence": ("environmental_crime",)}),
        ("our country: Portugal\ncase: Green Horn", {}),
    ],
)
def test_a_line_says_what_its_words_can_say(router: Router, lines: str, facts: dict[str, object]) -> None:
    case = read(router, f"{lines}\nother country: Brazil\nneed: bank records\n")
    told = {**case.facts, **case.needs[0].facts}
    assert case.state == "PRT" and facts.items() <= told.items()


@pytest.mark.parametrize(
    "lines",
    [
        "requesting: Canada\nrequested: Mexico",
        "country asking: Canada\ncountry asked: Mexico",
        "the asker: Canada\nthe asked: Mexico",
        "we are in: Canada\nhelp from: Mexico",
        "from: Canada\nto: Mexico\nwho asks: Director of Public Prosecutions",
    ],
)
def test_who_asks_and_who_is_asked_by_more_names(router: Router, lines: str) -> None:
    case = read(router, f"{lines}\nneed: bank records\n")
    assert (case.state, case.needs[0].partner) == ("CAN", "MEX")


@pytest.mark.parametrize("name", ["goal", "plan", "idea", "aim"])
def test_what_is_planned_may_be_what_is_sought(router: Router, name: str) -> None:
    case = read(router, f"our country: Kenya\nother country: France\n{name}: joint investigation team\n")
    assert case.needs[0].measure == "joint_investigation"


def test_what_came_and_is_to_be_used_is_not_asked_for(router: Router) -> None:
    task = "we got a report from Jakarta police and want to use it as evidence in court"
    case = read(router, f"home: Australia\nabroad: Indonesia\ntask: {task}\n")
    assert [(need.kind, need.measure) for need in case.needs] == [("use", "material_held")]


def test_what_we_send_to_them_is_asked_by_them(router: Router) -> None:
    lines = "our side: Switzerland\ntheir side: Nigeria\nneed: give back the money\ndirection: we send the assets to them"
    assert read(router, lines).needs[0].kind == "answer"


def test_what_is_not_wanted_is_no_need(router: Router) -> None:
    lines = "our country: Peru\nother country: Chile\nhelp needed: find where a suspect is, not arrest\n"
    case = read(router, lines)
    assert [need.measure for need in case.needs] == ["locate_person"]
    assert any("not read: `not arrest`, as nothing that is asked for" in note for note in case.notes)


@pytest.mark.parametrize(
    ("wanted", "measures"),
    [
        ("stop the money, a company was cheated by fake email", ["transaction_suspension"]),
        ("bank records and who was the owner of the company", ["bank_records", "restricted_register_record"]),
    ],
)
def test_what_was_is_no_need_beside_what_is_wanted(router: Router, wanted: str, measures: list[str]) -> None:
    case = read(router, f"our country: Peru\nother country: Chile\nwanted: {wanted}\n")
    assert [need.measure for need in case.needs] == measures


def test_whose_citizen_somebody_is_may_stand_in_what_is_sought(router: Router) -> None:
    lines = (
        "our country: Sweden\nother country: Türkiye\nthey ask: extradition of a {} citizen\ncrime: murder\n"
    )
    assert read(router, lines.format("Swedish")).needs[0].facts["own_national"] == "yes"
    assert read(router, lines.format("Norwegian")).needs[0].facts["own_national"] == "no"


def test_what_is_denied_is_not_suggested(router: Router) -> None:
    with pytest.raises(CaseProblems) as told:
        read(router, "our country: Peru\nother country: Chile\nmeasure: something else, no arrest please\n")
    assert "`arrest`" not in str(told.value)
