"""A case file becomes a Case, or every fault of it is told at once with line, words and fix."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from when_changed import WHOLE_PROGRAM

from routing.case.faults import MOST_PROBLEMS
from routing.case.model import Case
from routing.case.reader import MOST_NEEDS, read_case
from routing.core.errors import CaseProblems, Problems
from routing.core.records import replace
from routing.opened import Router, shared_router
from routing.rulebook.words import Words
from routing.yaml.tree import DEEPEST, Items, Mapping, Node, Text, plain, read_bytes, to_tree

Read = Callable[[str | bytes | dict[str, object]], Case]
Told = Callable[[str | bytes | dict[str, object]], list[str]]
MINIMAL = "needs:\n- measure: find_person\n"


@pytest.fixture
def read(small_router: Router) -> Read:
    def reading(text: str | bytes | dict[str, object]) -> Case:
        if isinstance(text, dict):
            return small_router.read(text)
        data = text.encode() if isinstance(text, str) else text
        return read_case(
            read_bytes(data, "case.yaml"), "case.yaml", small_router.rulebook, small_router.law.states
        )

    return reading


def without_lines(case: Case) -> Case:
    return replace(case, needs=tuple(replace(need, line=0) for need in case.needs))


@pytest.fixture
def told(read: Read) -> Told:
    """The problems of a case as they are printed."""

    def telling(text: str | bytes | dict[str, object]) -> list[str]:
        with pytest.raises(Problems) as raised:
            read(text)
        return [str(problem) for problem in raised.value.problems]

    return telling


# What is read


def test_a_whole_case_is_read(read: Read) -> None:
    case = read("""\
title: A case   of
  many words
state: KEN
as_of: 2026-11-24
note: never read
offence: [fraud, Trafficking]
max_penalty_months: 5 years
charged_on: 2026-01-31
assume: {ties: {alpha: in_force, club: unknown}}
needs:
- measure: find_person
  with: FR
- id: second
  kind: answer
  measure: keep data
  with: DEU
  via: {BEL: yes, FRA: requested, GB: no, NOR: unknown}
  coercive: no
  days_left: 12 days
  remark: |
    two
    lines
  third_state: nam
""")
    assert case.title == "A case of many words"
    assert (case.state, case.as_of) == ("KEN", date(2026, 11, 24))
    assert case.facts == {
        "offence": ("fraud", "trafficking"),
        "max_penalty_months": 60,
        "charged_on": date(2026, 1, 31),
    }
    assert case.assume.ties == {"alpha": "in_force", "club": "unknown"}
    first, second = case.needs
    assert (first.id, first.kind, first.measure, first.partner, first.facts) == (
        "need-1",
        "request",
        "find_person",
        "FRA",
        {},
    )
    assert (second.id, second.kind, second.measure, second.partner) == (
        "second",
        "answer",
        "keep_data",
        "DEU",
    )
    assert second.via == {"BEL": "yes", "FRA": "requested", "GBR": "no", "NOR": "unknown"}
    assert second.facts == {"coercive": "no", "days_left": 12, "remark": "two lines", "third_state": "NAM"}
    assert (first.line, second.line) == (11, 13)
    assert case.states() == ("KEN", "BEL", "DEU", "FRA", "GBR", "NOR")


@pytest.mark.parametrize(
    ("written", "code"),
    [("NO", "NOR"), ("no", "NOR"), ("NA", "NAM"), ("na", "NAM"), ("NOR", "NOR"), ("'NO'", "NOR")],
)
def test_norway_and_namibia_are_states_wherever_a_state_is_meant(read: Read, written: str, code: str) -> None:
    assert read(f"state: {written}\nneeds:\n- {{measure: find_person, with: KEN}}\n").state == code
    case = read(
        f"state: KEN\nneeds:\n- measure: find_person\n  with: {written}\n  third_state: {written}\n  via: {{{written}: yes}}\n"
    )
    need = case.needs[0]
    assert (need.partner, need.facts["third_state"], need.via) == (code, code, {code: "yes"})


@pytest.mark.parametrize(
    ("written", "code", "note"),
    [("UK", "GBR", "`UK` is read as GB, United Kingdom"), ("el", "GRC", "`EL` is read as GR, Greece")],
)
def test_other_codes_in_use_are_taken_with_a_note(read: Read, written: str, code: str, note: str) -> None:
    case = read(f"state: {written}\nneeds:\n- {{measure: find_person, with: KEN, third_state: {written}}}\n")
    assert (case.state, case.needs[0].facts["third_state"], case.notes) == (code, code, (note,))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("yes", "yes"), ("no", "no"), ("NO", "no"), ("true", "yes"), ("false", "no"), ("True", "yes"), ("FALSE", "no"), ("y", "yes"), ("n", "no"),
     ("'yes'", "yes"), ("unknown", "unknown"), ("Unknown", "unknown"), ("'?'", "unknown")],
)  # fmt: skip
def test_yes_and_no_are_written_in_many_ways(read: Read, written: str, meant: str) -> None:
    assert read(f"{MINIMAL}  coercive: {written}\n").needs[0].facts == {"coercive": meant}


@pytest.mark.parametrize(
    ("written", "meant"),
    [(True, "yes"), (False, "no"), ("true", "yes"), ("NO", "no"), ("unknown", "unknown")],
)
def test_json_and_programs_may_use_their_own_truth(read: Read, written: object, meant: str) -> None:
    data: dict[str, object] = {"needs": [{"measure": "find_person", "coercive": written}]}
    assert read(data).needs[0].facts == read(json.dumps(data)).needs[0].facts == {"coercive": meant}


def test_yaml_json_and_a_dictionary_say_the_same(read: Read) -> None:
    data = {
        "title": "a/b \u00e9 \U0001f600", "state": "NO", "as_of": "2026-11-24", "offence": ["fraud"], "max_penalty_months": 48,
        "needs": [{"measure": "keep_data", "with": "NA", "coercive": None, "keep_until": "2026-12-01"}],
    }  # fmt: skip
    yaml_text = """\
title: a/b \u00e9 \U0001f600
state: NO
as_of: 2026-11-24
offence: [fraud]
max_penalty_months: 48
needs:
- measure: keep_data
  with: NA
  coercive:
  keep_until: 2026-12-01
"""
    expected = read(data)
    assert expected.needs[0].facts == {"keep_until": date(2026, 12, 1)}
    for other in (
        yaml_text,
        "\ufeff" + yaml_text.replace("\n", "\r\n"),
        json.dumps(data),
        json.dumps(data, indent="\t").replace("/", "\\/"),
    ):
        assert without_lines(read(other)) == expected


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_an_empty_value_says_nothing(read: Read, empty: str) -> None:
    case = read(
        f"title: {empty}\nstate: {empty}\nas_of: {empty}\nstage: {empty}\noffence: {empty}\nneeds:\n"
        f"- measure: find_person\n  id: {empty}\n  kind: {empty}\n  with: {empty}\n  via: {empty}\n  coercive: {empty}\n"
    )
    assert without_lines(case) == without_lines(read(MINIMAL))


@pytest.mark.parametrize(
    ("written", "stated"),
    [
        ("fraud", ("fraud",)),
        ("[fraud, fraud]", ("fraud",)),
        ("[fraud, unknown]", ("fraud", "unknown")),
        ("[]", ()),
        ("unknown", ("unknown",)),
        ("[Corruption, FRAUD]", ("corruption", "fraud")),
    ],
)
def test_a_list_may_be_one_word_open_or_empty(read: Read, written: str, stated: tuple[str, ...]) -> None:
    assert read(f"offence: {written}\n{MINIMAL}").facts == {"offence": stated}


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("48", 48),
        ("48 months", 48),
        ("48m", 48),
        ("4 years", 48),
        ("4y", 48),
        ("0", 0),
        ("unknown", "unknown"),
    ],
)
def test_terms_are_whole_months(read: Read, written: str, months: object) -> None:
    assert read(f"max_penalty_months: {written}\n{MINIMAL}").facts == {"max_penalty_months": months}


def test_a_fact_of_a_need_may_be_said_once_for_all(read: Read) -> None:
    assert read(f"coercive: yes\n{MINIMAL}").facts == {"coercive": "yes"}


# What is refused, in which words


def test_every_fault_is_told_at_once_with_line_words_and_fix(told: Told) -> None:
    problems = told("""\
titel: x
state: ZZZ
as_of: 03/04/2026
offence: [fraud, trafficing]
max_penalty_months: four
stage: apeal
grave: yes
police_can_give: yes
assume: {ties: {alfa: in_force, alpha: binding}}
needs:
- measure: find_persn
  with: Frannce
  via: {BEL: perhaps}
- id: a.b
  kind: reqest
  measure: keep_data
  coercive: maybe
  offence: fraud
  keep_until: 2026-02-30
  days_left: -3
  places: 3 years
- with: KEN
- just words
""")
    expected = [
        (1, "`titel` is not part of a case", "did you mean `title`?"),
        (2, "`ZZZ` is not a State", "write its name or its ISO code"),
        (3, "`03/04/2026` is not a date", "write year-month-day"),
        (
            4,
            "`trafficing` is not a value of `offence`",
            "did you mean `trafficking`? allowed: corruption, fraud, trafficking, unknown",
        ),
        (
            5,
            "`four` is not a number for `max_penalty_months`",
            "write a whole number of months, or `unknown`",
        ),
        (6, "`apeal` is not a value of `stage`", "allowed: investigation, trial, unknown"),
        (7, "`grave` is concluded by rules, not told", "leave it out"),
        (8, "`police_can_give` belongs to the measure", "leave it out"),
        (9, "`alfa` is not an instrument", "did you mean `alpha`?"),
        (9, "`binding` is not a status of an instrument", "allowed: in_force, none, signed, unknown"),
        (11, "`find_persn` is not a measure", "did you mean `find_person`?"),
        (12, "`Frannce` is not a State", "did you mean `FRA`, France?"),
        (13, "`perhaps` is not a consent", "allowed: no, not_asked, requested, unknown, yes"),
        (14, "`a.b` is not an id for a need", "use letters, digits"),
        (15, "`reqest` is not a kind of need", "did you mean `request`?"),
        (17, "`maybe` is not a value of `coercive`", "allowed: no, unknown, yes"),
        (18, "`offence` is one for the whole case, and is said to be", "keep one of them above `needs:`"),
        (19, "`2026-02-30` is not a date", "write year-month-day"),
        (20, "`-3` is not a number for `days_left`", "write a whole number of days"),
        (21, "`3 years` is not in units (`places`)", "write a whole number of units"),
        (22, "need `need-3` does not say what is sought", "add `measure:`"),
        (23, "`just words` is not a measure", "say in other words"),
    ]
    assert len(problems) == len(expected)
    for problem, (line, said, fix) in zip(problems, expected, strict=True):
        assert problem.startswith(f"case.yaml:{line}: {said}"), problem
        assert fix in problem


@pytest.mark.parametrize("text", ["just words", "- a\n- b\n", "[]", "12", "~"])
def test_what_is_no_block_is_no_case(told: Told, text: str) -> None:
    assert told(text) == ["case.yaml:1: a case is a block of `key: value` lines "
                          "(start with `title:` and `needs:`; `routing new` writes one to fill in)"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"), [("title: x\n", 1), ("title: x\nneeds:\n", 1), ("title: x\nneeds: []\n", 2)]
)
def test_a_case_without_needs_is_refused(told: Told, text: str, line: int) -> None:
    assert told(text) == [
        f"case.yaml:{line}: the case has no needs (add `needs:` and under it `- measure: ...`; "
        "or take the `#` away before the need that you mean)"
    ]


def test_needs_that_are_no_list_are_read_as_what_is_needed(told: Told) -> None:
    (fault,) = told("title: x\nneeds: finned_persson\n")
    assert fault.startswith("case.yaml:2: `finned_persson` is not a measure")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("title: [x]", "`title` takes one line of text (write it on the same line)"),
        ("as_of: [2026-11-24]", "`as_of` takes one value (write it on the same line)"),
        ("as_of: ''", "`as_of` is empty (fill it in, or leave it out)"),
        ("stage: ''", "`stage` is empty (fill it in, or leave it out)"),
        ("assume: {ties: {alpha: [none]}}", "`alpha` takes one value (write it on the same line)"),
    ],
)
def test_what_takes_one_value_is_named_with_the_way_to_write_it(told: Told, written: str, said: str) -> None:
    """Such a fault once quoted an empty word: `` is not a date."""
    assert told(f"{written}\n{MINIMAL}") == [f"case.yaml:1: {said}"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("id: [x]", "`id` takes one line of text (write it on the same line)"),
        ("kind: [request]", "`kind` takes one value (write it on the same line)"),
        ("via: {BEL: [yes]}", "`via: BEL` takes one value (write it on the same line)"),
    ],
)
def test_what_takes_one_value_in_a_need_is_named(told: Told, written: str, said: str) -> None:
    assert told(f"{MINIMAL}  {written}\n") == [f"case.yaml:3: {said}"]


def test_what_stands_in_the_wrong_place_is_sent_to_the_right_one(told: Told) -> None:
    """`measure` above the needs was once asked whether it is `team_measure`."""
    assert told(f"measure: search\n{MINIMAL}  state: KEN\n") == [
        "case.yaml:1: `measure` is not part of a case (write it in a need, under `needs:`)",
        "case.yaml:4: `state` is not part of a need (write it above `needs:`, once for the case)",
    ]


def test_two_needs_of_one_name_are_refused(told: Told) -> None:
    assert told("needs:\n- {id: a, measure: find_person}\n- {id: a, measure: keep_data}\n") == [
        "case.yaml:3: two needs are called `a` (give each its own id)"
    ]
    # The second need is called need-2 unless it has a name of its own.
    assert told("needs:\n- {id: need-2, measure: find_person}\n- measure: keep_data\n")[0].startswith(
        "case.yaml:3: two needs"
    )


def test_a_state_has_no_business_with_itself_under_any_name_of_it(told: Told) -> None:
    for other in ("GB", "gbr", "UK"):
        assert told(
            f"state: GBR\nneeds:\n- {{measure: find_person, with: FRA}}\n- {{kind: answer, measure: find_person, with: {other}}}\n"
        ) == [
            "case.yaml:4: need `need-2`: the requesting and the requested State are the same, GBR "
            "(name under `with:` the State whose help, consent or waiver is needed; a territory has a code of its own)"
        ]


def test_a_key_given_twice_is_refused(told: Told) -> None:
    assert told("state: KEN\n" + MINIMAL + "state: FRA\n") == [
        "case.yaml:4: `state` is given twice, first on line 1 (keep one of them)"
    ]


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}", "[]", "{}", "[[x]]"])
@pytest.mark.parametrize(
    "key", ["title", "state", "as_of", "assume", "stage", "max_penalty_months", "charged_on"]
)
def test_a_value_of_the_wrong_shape_at_the_top_is_told_on_its_line(told: Told, key: str, value: str) -> None:
    assert [problem.split(" ")[0] for problem in told(f"{MINIMAL}{key}: {value}\n")] == ["case.yaml:3:"]


@pytest.mark.parametrize("value", ["[{a: b}]", "{a: b}", "[]", "{}", "[[x]]"])
@pytest.mark.parametrize(
    "key", ["id", "kind", "with", "coercive", "keep_until", "days_left", "third_state", "remark"]
)
def test_a_value_of_the_wrong_shape_in_a_need_is_told_on_its_line(told: Told, key: str, value: str) -> None:
    assert {problem.split(" ")[0] for problem in told(f"{MINIMAL}  {key}: {value}\n")} == {"case.yaml:3:"}


@pytest.mark.parametrize("value", ["word", "[BEL]", "{BEL: [yes]}", "{BEL: {yes: no}}", "{XX: yes}"])
def test_a_list_of_crossed_states_of_the_wrong_shape_is_told(told: Told, value: str) -> None:
    assert told(f"{MINIMAL}  via: {value}\n")


def test_a_crossed_state_is_never_dropped_in_silence(told: Told) -> None:
    assert told(f"{MINIMAL}  via: {{unknown: no}}\n") == [
        "case.yaml:3: `unknown` names no State that is crossed (leave it out until the State is known)"
    ]
    assert told(f"{MINIMAL}  via: {{UK: no, GBR: yes}}\n") == [
        "case.yaml:3: `GBR` is crossed twice (keep one of them)"
    ]


@pytest.mark.parametrize("value", ["[[fraud]]", "{fraud: yes}", "[{fraud: yes}]", "[~]", "12", "['']"])
def test_a_list_fact_takes_words(told: Told, value: str) -> None:
    (problem,) = told(f"offence: {value}\n{MINIMAL}")
    assert problem.startswith("case.yaml:1: ") and "`offence`" in problem


@pytest.mark.parametrize(
    "number",
    [
        "9" * 100_000,
        "1e400",
        "NaN",
        "-1",
        "4.5",
        "1_000",
        "0x10",
        "999999",
        "100001",
        ".inf",
        "48 weeks",
        "1 000",
        "²",
    ],
)
def test_a_number_that_is_no_plausible_term_is_refused(told: Told, number: str) -> None:
    for text in (
        f"max_penalty_months: {number}\n{MINIMAL}",
        json.dumps({"max_penalty_months": number, "needs": [{"measure": "find_person"}]}),
    ):
        (problem,) = told(text)
        assert problem.startswith(f"case.yaml:1: `{number[:60]}") and "`max_penalty_months`" in problem
        assert len(problem) < 300


@pytest.mark.parametrize(
    "day",
    [
        "2026-13-01",
        "2026-2-3",
        "20261124",
        "yesterday",
        "2026-11-24T00:00:00",
        "0000-01-01",
        "٢٠٢٦-١١-٢٤",
        "99999-01-01",
    ],
)
def test_a_day_that_does_not_exist_is_refused(told: Told, day: str) -> None:
    (problem,) = told(f"as_of: {day}\n{MINIMAL}")
    assert problem.startswith("case.yaml:1: `") and "is not a date" in problem


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *(("24.11.2026", "2026-11-24"), ("03.04.2027", "2027-04-03"), ("24/11/2026", "2026-11-24")),
        *(("11/24/2026", "2026-11-24"), ("2026/11/24", "2026-11-24"), ("12/12/2026", "2026-12-12")),
        *(("24 Nov 2026", "2026-11-24"), ("24th of November 2026", "2026-11-24")),
        *(("November 24, 2026", "2026-11-24"), ("Sept. 3 2026", "2026-09-03")),
    ],
)
def test_a_day_that_can_be_one_only_is_read_and_said_back(written: str, day: str) -> None:
    need = {"measure": "search", "with": "FRA"}
    case = shared_router().read({"state": "KEN", "as_of": written, "needs": [need]})
    assert case.as_of.isoformat() == day
    assert any(f"`{written}` is read as {day}" in note for note in case.notes)


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2026",
        "11-12-2026",
        "31.11.2026",
        "24 November",
        "November 2026",
        "24 Foo 2026",
        "24 ma 2026",
        "30.02.2026",
    ],
)
def test_a_day_that_may_be_two_is_not_guessed(told: Told, written: str) -> None:
    (problem,) = told(f"as_of: {written}\n{MINIMAL}")
    assert f"`{written}` is not a date" in problem


@pytest.mark.parametrize("key", ["1", "<<", "True", "'[a]'", "1.5", "''", "measure"])
def test_a_key_that_is_no_part_of_a_case_is_told(told: Told, key: str) -> None:
    (problem,) = told(f"{key}: x\n{MINIMAL}")
    assert problem.startswith(f"case.yaml:1: `{key.strip(chr(39))}` is not part of a case")


def test_text_of_any_length_is_bounded(told: Told, read: Read) -> None:
    assert read(f"title: {'x' * 500}\n{MINIMAL}").title == "x" * 500
    assert told(f"title: {'x' * 501}\n{MINIMAL}") == [
        "case.yaml:1: `title` has 501 characters; at most 500 are read (shorten it)"
    ]


def test_words_are_quoted_on_one_line_and_shortened(told: Told) -> None:
    problems = told(f'"forged\\n\\ncase.yaml:9: line": x\nstate: {"y" * 5000}\n{MINIMAL}')
    assert problems[0].startswith("case.yaml:1: `forged case.yaml:9: line` is not part of a case")
    assert problems[1].startswith(f"case.yaml:2: `{'y' * 60}` is not a State")
    assert all("\n" not in problem and len(problem) < 300 for problem in problems)


def test_too_many_needs_are_refused(told: Told, read: Read) -> None:
    need = "- measure: find_person\n"
    assert len(read("needs:\n" + need * MOST_NEEDS).needs) == MOST_NEEDS
    (problem,) = told("needs:\n" + need * (MOST_NEEDS + 1))
    assert problem.startswith("case.yaml:2: the case has 101 needs; at most 100 are read")


@WHOLE_PROGRAM
def test_a_file_of_nothing_but_faults_is_given_up(told: Told) -> None:
    problems = told("".join(f"wrong{number}: x\n" for number in range(40_000)))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == "case.yaml:200: more faults follow and are not listed (correct these first)"


# Programs


@pytest.mark.parametrize(
    "data", [{"a": [1]}, {"a": {"b": None}}, [True, {"x": date(2026, 1, 2)}], "word", 12, None]
)
def test_a_dictionary_is_read_like_a_file(data: object) -> None:
    def meant(value: object) -> object:
        if isinstance(value, dict):
            return {key: meant(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [meant(inner) for inner in value]
        return value if value is None else "yes" if value is True else str(value)

    assert plain(to_tree(data)) == meant(data)


def test_a_set_is_read_in_order() -> None:
    assert plain(to_tree({"x": {"b", "a", 3}})) == {"x": ["3", "a", "b"]}


def test_a_dictionary_that_contains_itself_is_refused(read: Read) -> None:
    ring: dict[str, object] = {}
    ring["needs"] = [ring]
    with pytest.raises(CaseProblems, match="nested more than 24 levels deep"):
        read(ring)
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(CaseProblems, match="nested more than 24 levels deep"):
        read({"title": deep})
    allowed: object = "x"
    for _ in range(DEEPEST):
        allowed = [allowed]
    assert isinstance(to_tree(allowed), Items)


@pytest.mark.parametrize(("data", "said"), [
    ({"title": "\u202ex"}, r"character U\+202E"), ({"title": "\ud800"}, r"character U\+D800"), ({"a\x00": "x"}, r"character U\+0000"),
    ({"max_penalty_months": 10**5000}, "a number is too large"), ({1: "x", "1": "y"}, "`1` is given twice"),
])  # fmt: skip
def test_what_no_file_can_hold_is_refused(read: Read, data: dict[str, object], said: str) -> None:
    with pytest.raises(CaseProblems, match=said):
        read({**data, "needs": [{"measure": "find_person"}]})


@pytest.mark.parametrize("value", [float("nan"), 1e400, 4.0, datetime(2026, 1, 1), b"48", object(), 2**63])
def test_a_value_of_a_foreign_type_is_told_in_words(told: Told, value: object) -> None:
    (problem,) = told({"max_penalty_months": value, "needs": [{"measure": "find_person"}]})
    assert "`max_penalty_months`" in problem


# Whatever is written


KEYS = ["title", "state", "as_of", "assume", "needs", "note", "id", "kind", "measure", "with", "via", "ties", "alpha", "offence", "stage", "coercive",
        "max_penalty_months", "charged_on", "keep_until", "third_state", "remark", "grave", "KEN", "x"]  # fmt: skip
WORDS = [
    "",
    "yes",
    "NO",
    "unknown",
    "?",
    "KEN",
    "UK",
    "fraud",
    "trial",
    "find_person",
    "request",
    "in_force",
    "48",
    "4 years",
    "2026-11-24",
    "[]",
]

texts = st.builds(Text, st.sampled_from(WORDS) | st.text(max_size=10), st.integers(1, 9), st.booleans())
trees: st.SearchStrategy[Node] = st.recursive(
    texts,
    lambda inner: st.builds(Items, st.lists(inner, max_size=3).map(tuple), st.integers(1, 9))
    | st.builds(Mapping, st.lists(st.tuples(st.builds(Text, st.sampled_from(KEYS), st.integers(1, 9)), inner), max_size=6,
                                  unique_by=lambda entry: entry[0].value).map(tuple), st.integers(1, 9)),
    max_leaves=25,
)  # fmt: skip


def said(values: dict[str, list[object]]) -> st.SearchStrategy[dict[str, object]]:
    """Some of these keys, each with one of its good values."""
    return st.fixed_dictionaries({}, optional={key: st.sampled_from(good) for key, good in values.items()})


OF_CASE: dict[str, list[object]] = {
    "title": ["x", "a longer title"], "state": ["NO", "KEN", "UK", None], "as_of": ["2026-11-24"], "stage": ["trial", "unknown"], "note": [["any"], "x"],
    "offence": ["fraud", ["fraud", "unknown"], []], "max_penalty_months": [48, "4 years"], "assume": [{"ties": {"alpha": "signed"}}],
}  # fmt: skip
OF_NEED: dict[str, list[object]] = {
    "kind": ["request", "use"], "with": ["NA", "FRA", "?"], "via": [{"BEL": True}, {"EL": "requested", "DEU": "no"}], "coercive": [True, "no", None],
    "keep_until": ["2026-12-01"], "days_left": [3], "third_state": ["EL", "unknown"], "remark": ["x"], "stage": [None],
}  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> tuple[Node, int]:
    """A good case in which some values are then replaced by anything at all, and how many."""
    case = draw(said(OF_CASE))
    found = draw(
        st.lists(said({key: good for key, good in OF_NEED.items() if key != "stage"}), min_size=1, max_size=3)
    )
    case["needs"] = [{"measure": "find_person", **need} for need in found]
    tree = to_tree(case)
    faults = draw(st.integers(0, 2))
    for _ in range(faults):
        tree = replaced_within(tree, draw(st.lists(st.integers(0, 9), max_size=5)), draw(trees))
    return tree, faults


def replaced_within(tree: Node, path: list[int], new: Node) -> Node:
    """The tree with one of its parts replaced."""
    if isinstance(tree, Items) and path and tree.values:
        place = path[0] % len(tree.values)
        return Items(
            tuple(
                replaced_within(value, path[1:], new) if number == place else value
                for number, value in enumerate(tree.values)
            ),
            tree.line,
        )
    if isinstance(tree, Mapping) and path and tree.entries:
        place = path[0] % len(tree.entries)
        return Mapping(
            tuple(
                (key, replaced_within(value, path[1:], new) if number == place else value)
                for number, (key, value) in enumerate(tree.entries)
            ),
            tree.line,
        )
    return new


@WHOLE_PROGRAM
def test_any_tree_ends_in_a_case_or_in_problems(small_router: Router) -> None:
    seen = {"case": 0, "problems": 0}

    @settings(max_examples=1_000, deadline=None)
    @given(cases() | trees.map(lambda tree: (tree, 9)))
    def check(drawn: tuple[Node, int]) -> None:
        tree, faults = drawn
        try:
            case = read_case(tree, "any", small_router.rulebook, small_router.law.states)
        except CaseProblems as problems:
            assert faults, f"a good case was refused: {problems}"
            assert problems.problems and all(problem.file == "any" for problem in problems.problems)
            seen["problems"] += 1
        else:
            assert isinstance(case, Case) and case.needs
            seen["case"] += 1

    check()
    assert seen["case"] >= 150 and seen["problems"] >= 200, seen


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=4),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.integers() | st.none(), inner, max_size=4)))  # fmt: skip
def test_any_data_of_a_program_end_in_a_case_or_in_problems(small_router: Router, data: object) -> None:
    try:
        small_router.read({"needs": [{"measure": "find_person", "remark": data}], "title": data})
    except CaseProblems as problems:
        assert problems.problems


def test_the_file_is_named_in_every_problem(small_router: Router, tmp_path: Path) -> None:
    path = tmp_path / "a case.yaml"
    path.write_text("state: ZZZ\nneeds: x\n", encoding="utf-8")
    with pytest.raises(CaseProblems) as raised:
        small_router.read(path)
    assert [(problem.file, problem.line) for problem in raised.value.problems] == [
        (str(path), 1),
        (str(path), 2),
    ]


def test_who_does_not_know_what_is_sought_is_told_of_the_interview(small_router: Router) -> None:
    with pytest.raises(CaseProblems) as found:
        small_router.read({"state": "KEN", "needs": [{"measure": "unknown", "with": "FRA"}]})
    (problem,) = found.value.problems
    assert problem.message == "`unknown` is not a measure" and "`routing ask`" in (problem.fix or "")


@pytest.mark.parametrize("repeated", ["before the ", "mon, "])
def test_a_day_or_a_number_of_endless_words_is_refused_at_once(repeated: str) -> None:
    """Each word once called the reader anew: half a minute, a gigabyte and an internal failure."""
    written = repeated * 60_000 + "monday"
    for line in (f"as_of: {written}", f"as_of: 2026-11-24\ndays_until_needed: {written}"):
        with pytest.raises(CaseProblems, match="is not a"):
            shared_router().read(f"{line}\nneeds: [{{measure: search}}]\n")


def test_a_word_that_stands_in_a_list_many_times_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of some hundred thousand words, all the same, once took hours: one fault, and a search for each word."""
    looked: list[str] = []
    monkeypatch.setattr(Words, "closest_spelling", lambda self, topic, text, words: looked.append(text))
    router = shared_router()
    for listed in ("zorvik, " * 50, f"[{'zorvik, ' * 50}]"):
        with pytest.raises(CaseProblems):
            router.read(f"state: KEN\noffence: {listed}\nneeds:\n- {{measure: search, with: FRA}}\n")
    assert looked == ["zorvik", "zorvik"]
