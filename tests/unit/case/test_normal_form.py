"""The lines of a case as people call them, and a case of one need written without a list of needs."""

from __future__ import annotations

import pytest

from routing.core.errors import CaseProblems
from routing.opened import Router
from routing.rulebook.words import KEY

PLAIN = """\
Our country: Kenya
other country: France
what we need: bank records
crime: corruption
deadline: in 10 days
Confidential: yes
organised crime: yes
"""


def test_a_case_in_everyday_lines_is_the_case_in_ours(router: Router) -> None:
    plain = router.read(PLAIN)
    ours = router.read(
        {
            "state": "KEN",
            "offence": ["corruption"],
            "organised_group": "established",
            "needs": [
                {
                    "measure": "bank_records",
                    "with": "FRA",
                    "days_until_needed": "10",
                    "confidentiality_needed": "yes",
                }
            ],
        }
    )
    said, meant = plain.needs[0], ours.needs[0]
    assert (plain.state, said.measure, said.partner) == (ours.state, meant.measure, meant.partner)
    assert {**plain.facts, **said.facts} == {**ours.facts, **meant.facts}


def test_what_each_line_was_read_as_is_said_back_in_one_sentence(router: Router) -> None:
    note = next(note for note in router.read(PLAIN).notes if note.startswith("lines called"))
    assert "`other country` as `with`" in note and "`deadline` as `days_until_needed`" in note
    assert "`organised crime` as `organised_group`" in note
    capitals = router.read({"State": "KEN", "Needs": [{"Measure": "search", "With": "FRA"}]})
    assert capitals.state == "KEN" and not any("called" in note for note in capitals.notes)


def test_what_stands_above_the_needs_is_said_of_each_that_does_not_say_it(router: Router) -> None:
    case = router.read(
        {"with": "FRA", "needs": [{"measure": "search"}, {"measure": "arrest", "with": "ITA"}]}
    )
    assert [need.partner for need in case.needs] == ["FRA", "ITA"]
    assert "`with` above the needs is read as said of each" in case.notes


def test_what_a_need_left_blank_is_said_above(router: Router) -> None:
    case = router.read("with: France\nneeds:\n- measure: search\n  with:\n")
    assert [need.partner for need in case.needs] == ["FRA"]
    empty = router.read("with: France\nmeasure: search\nneeds:\n")
    assert [(need.partner, need.measure) for need in empty.needs] == [("FRA", "search")]


def test_one_need_needs_no_list(router: Router) -> None:
    case = router.read("needs: {measure: search, with: FRA}\n")
    assert [(need.measure, need.partner) for need in case.needs] == [("search", "FRA")]
    told = router.read("state: KEN\nwith: France\nnote: we need the bank records of a company\n")
    assert [(need.measure, need.partner) for need in told.needs] == [("bank_records", "FRA")]


def faults(router: Router, text: str) -> list[str]:
    with pytest.raises(CaseProblems) as problems:
        router.read(text)
    return [f"{it.line}: {it.message} ({it.fix})" for it in problems.value.problems]


def test_a_word_for_both_states_is_asked_back(router: Router) -> None:
    assert faults(router, "requesting state: Kenya\nmeasure: search\n") == [
        "1: `requesting state` may mean several things (write `state` or `with`)"
    ]


def test_a_line_said_twice_under_two_names_is_no_guess(router: Router) -> None:
    assert faults(router, "offence: fraud\ncrime: murder\nmeasure: search\n") == [
        "2: `crime` says the same as `offence` (keep one of them)"
    ]
    assert faults(router, "crime: fraud\ncharge: murder\nmeasure: search\n") == [
        "2: `charge` says the same as `offence` (keep one of them)"
    ]


def test_a_fault_names_the_line_as_it_was_written(router: Router) -> None:
    (fault,) = faults(router, "state: Kenya\nmeasure: search\nmax penalty: heavy\n")
    assert fault.startswith("3: ") and "`heavy`" in fault


def test_every_word_for_a_line_is_none_of_our_own(router: Router) -> None:
    facts = router.rulebook.facts
    table = router.rulebook.words.by_topic[KEY]
    assert len(table) >= 250
    ours = {word: word.replace(" ", "_") for word in table if word.replace(" ", "_") in facts}
    assert all(table[word] == (fact,) for word, fact in ours.items())  # `offense`, `consents`


@pytest.mark.parametrize(
    ("lines", "state", "partner", "kind"),
    [
        ("country: India\nother country: Hong Kong\nwhat we need: bank records", "IND", "HKG", "request"),
        ("we: Nigeria\nthey: USA\nwhat we need: bank records", "NGA", "USA", "request"),
        ("our country: Germany\nwho asks: France\nwhat they want: bank records", "DEU", "FRA", "answer"),
        ("our country: Turkey\nasking country: Bulgaria\nthey want: criminal record", "TUR", "BGR", "answer"),
        ("our country: Vietnam\ntell whom: Laos\nwhat we tell: names of couriers", "VNM", "LAO", "share"),
        ("our country: Finland\nwho gave it: Estonia\nwhat we got: phone chats", "FIN", "EST", "use"),
    ],
)
def test_a_name_for_several_lines_is_the_one_that_can_say_what_is_written(
    router: Router, lines: str, state: str, partner: str, kind: str
) -> None:
    """`We: police` is who we are, `we: Nigeria` where; and `they want` tells who asks whom."""
    case = router.read(lines)
    (need,) = case.needs
    assert (case.state, need.partner, need.kind) == (state, partner, kind)


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("measure: search\nneeded: in 9 days", "days_until_needed", "9"),
        ("needed: bank records", "measure", "bank_records"),
    ],
)
def test_what_is_needed_is_a_day_or_a_measure(router: Router, line: str, fact: str, value: str) -> None:
    case = router.read(f"state: FRA\nwith: GHA\n{line}")
    (need,) = case.needs
    told = {"measure": need.measure} | {
        name: str(said) for name, said in {**case.facts, **need.facts}.items()
    }
    assert value in told[fact]


def test_who_asks_is_who_has_the_case_where_no_state_is_written(router: Router) -> None:
    case = router.read("who asks: police\nwith: France\nmeasure: search\n")
    assert case.facts["actor"] == "police" and case.needs[0].kind == "request"


def test_a_kind_that_is_written_is_not_overruled_by_the_name_of_a_line(router: Router) -> None:
    (need,) = router.read("kind: request\nwith: France\nthey want: search\n").needs
    assert need.kind == "request"


def test_what_is_told_unasked_is_no_measure_in_words(router: Router) -> None:
    case = router.read("kind: share\nwith: Laos\nwhat we tell: names of drug couriers\n")
    assert case.needs[0].measure == "information_sharing"
    assert any("`names of drug couriers` is read as what is told" in note for note in case.notes)


def test_a_line_that_is_none_is_mended_by_what_it_says(router: Router) -> None:
    (fault,) = faults(router, "with: France\nmeasure: search\nfoo bar: asylum seeker\n")
    assert "write `refugee_status: asked_for`" in fault
    (fault,) = faults(router, "with: France\nmeasure: search\nfoo bar: qwerty\n")
    assert "`routing new --all` shows the lines of a case" in fault


def test_a_part_of_who_somebody_is_that_is_not_read_is_said(router: Router) -> None:
    case = router.read("with: Morocco\nmeasure: sentence transfer\nperson: convicted, national of Morocco\n")
    assert any("not read: `national of Morocco`" in note for note in case.notes)


def test_who_somebody_is_tells_also_a_child(router: Router) -> None:
    case = router.read("with: France\nmeasure: witness hearing\nwho is he: 14 year old boy (victim)\n")
    told = {**case.facts, **case.needs[0].facts}
    assert told["vulnerable_person"] == "child" and told["person_role"] == "victim"


def asked(router: Router, want: str, beside: str = "") -> list[str]:
    case = router.read(f"from: Chile\nother country: Spain\ncrime: murder\nwant: {want}\n{beside}")
    return [need.measure for need in case.needs]


@pytest.mark.parametrize(
    ("want", "measures"),
    [
        ("arrest the man before he flies", ["arrest"]),
        ("extradite him", ["surrender"]),
        ("freeze the money", ["asset_freezing"]),
        ("phone records and bank statements", ["stored_traffic_data", "bank_records"]),
    ],
)
def test_a_line_that_may_name_the_measure_names_it_where_no_other_does(
    router: Router, want: str, measures: list[str]
) -> None:
    assert asked(router, want) == measures
    assert asked(router, "evidence", "measure: bank records\n") == ["bank_records"]


@pytest.mark.parametrize(
    ("want", "days"),
    [
        ("freeze the money tonight", 0),
        ("keep the server logs before they are deleted on Friday", 3),
        ("hear the witness in Madrid within 10 days", 10),
        ("bank statements of the last two weeks", None),
        ("phone records of Monday", None),
        ("traffic data for the next 30 days", None),
        ("interception during the next two weeks", None),
    ],
)
def test_the_words_for_a_measure_tell_by_when_only_where_it_is_still_to_come(
    router: Router, want: str, days: int | None
) -> None:
    case = router.read(f"as_of: 2026-11-24\nfrom: Chile\nother country: Spain\nwant: {want}\n")
    assert [need.facts.get("days_until_needed") for need in case.needs] == [days]
    assert any("also tells `days_until_needed" in note for note in case.notes) == (days is not None)
    told = router.read(f"other country: Spain\nwant: {want}\ndeadline: in 40 days\n")
    assert [{**told.facts, **need.facts}["days_until_needed"] for need in told.needs] == [40]


@pytest.mark.parametrize(
    ("want", "measures"),
    [
        ("his arrest and extradition", ["arrest", "surrender"]),
        ("take the statement of a witness by video", ["video_hearing"]),
        ("use the bank documents they gave us also for a tax case", ["material_held"]),
        ("the documents they sent us to be used in a civil case", ["material_held"]),
    ],
)
def test_what_is_done_with_what_is_held_or_how_is_read_from_the_words_for_a_measure(
    router: Router, want: str, measures: list[str]
) -> None:
    assert asked(router, want) == measures


def test_a_tax_in_the_words_for_the_use_is_told_whether_or_not_the_kind_is_written(router: Router) -> None:
    for kind in ("", "kind: use\n"):
        case = router.read(f"other country: Spain\nwant: use what they gave us for a tax case\n{kind}")
        assert [(need.kind, need.facts.get("use_for_taxes")) for need in case.needs] == [("use", "yes")], kind


def test_a_state_after_the_name_of_an_office_is_the_state(router: Router) -> None:
    case = router.read("we are: asset recovery office of France\nwith: Luxembourg\nwant: trace money\n")
    assert (case.state, case.facts["actor"], case.needs[0].partner) == ("FRA", "police", "LUX")
    asked_by = router.read("we are: FIU of Malta\nrequest from: FIU of Israel\nthey want: bank statements\n")
    assert [(need.kind, need.partner) for need in asked_by.needs] == [("answer", "ISR")]
