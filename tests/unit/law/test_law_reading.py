"""Faults in the law data are found together, each with its file, its line and a way out; the rest is read as written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from routing.core.errors import RulebookProblems
from routing.law import LastSeen, Law
from routing.law.bilateral import HEAD as BILATERAL
from routing.law.check import problems
from routing.law.partial_dates import covers, parse_partial
from routing.law.providers import HEAD as PROVIDERS

NAMES = "alpha2,alpha3,name,parent\nNO,NOR,Norland,\nNA,NAM,Namland,\nZZ,ZZZ,Zedland,\nQQ,QQQ,Queue,\nTT,TTT,Territory,ZZZ\n"
HEAD = "state,status,since,until,since_basis,source,confidence,checked,note\n"
PACT = "  pact: {name: The Pact, kind: treaty, in_force: 2000-01-01, reaches: 2020-06-30, checked: 2020-06-30%s}\n"


def folder(tmp_path: Path, instruments: str = PACT % "", **files: str) -> Path:
    """A small folder of law data; `files` replaces or adds tables by name."""
    tables = {
        "states/names.csv": NAMES,
        "states/aliases.csv": "written,alpha3,note\n",
        "states/groups.yaml": "groups:\n  north: {says: north, states: [NOR, ZZZ]}\n",
        "declarations.csv": "instrument,state,article,effect,source,checked\n",
        "territories.csv": "instrument,territory,status,since,until,source,confidence,checked,note\n",
        "objections.csv": "instrument,state,other,source,confidence,checked,note\n",
        "bilateral.csv": ",".join(BILATERAL) + "\n",
        "providers.csv": ",".join(PROVIDERS) + "\n",
        "ties.yaml": "ties:\n  any_pact: {any_of: [pact]}\n",
        "instruments.yaml": f"instruments:\n{instruments}",
        "membership/pact.csv": HEAD,
    }
    tables.update(
        {
            name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml"): text
            for name, text in files.items()
        }
    )
    for name, text in tables.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def row(
    state: str,
    status: str = "party",
    since: str = "",
    until: str = "",
    confidence: str = "high",
    checked: str = "2020-06-30",
    basis: str = "",
) -> str:
    return f"{state},{status},{since},{until},{basis},unsourced,{confidence},{checked},\n"


def status(law: Law, state: str, on: str) -> str:
    return law.standing("pact", state, date.fromisoformat(on)).status


def test_every_fault_of_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    lines = [
        row("XYZ"), row("NOR", "partty"), row("NAM", since="2020-13-01"), row("ZZZ", since="2010", until="2009"),
        row("QQQ", confidence="sure"), "TTT,party,,,,a book,high,2020-06-30,\n", row("TTT", checked="2020"),
    ]  # fmt: skip
    law = Law.load(folder(tmp_path, membership__pact_csv=HEAD + "".join(lines)))
    found = sorted((problem.line or 0, problem.message) for problem in problems(law))
    assert found == [
        (2, "`XYZ` is not a code of a State"),
        (3, "`partty` is not a status"),
        (4, "`2020-13-01` is not a date"),
        (5, "it ends on `2009`, before it begins on `2010`"),
        (6, "`sure` is not a degree of confidence"),
        (7, "`a book` is not a source"),
        (8, "`2020` is not a day of checking"),
    ]
    assert all(problem.file and problem.file.endswith("pact.csv") for problem in problems(law))


def test_a_dated_list_needs_its_day(tmp_path: Path) -> None:
    law = Law.load(folder(tmp_path, membership__pact_csv=HEAD + row("NOR", basis="listed")))
    assert [f"{problem.message}: {problem.fix}" for problem in problems(law)] == [
        "`listed` needs the day of the list: write it as `since`"
    ]


def test_two_rows_for_one_time_are_a_fault_and_for_two_times_are_not(tmp_path: Path) -> None:
    for until in ("", "2002-01-01", "2002"):
        twice = HEAD + row("NOR", since="2001-01-01", until=until) + row("NOR", since="2002-01-01")
        assert [
            problem.message for problem in problems(Law.load(folder(tmp_path, membership__pact_csv=twice)))
        ] == ["`NOR` is listed twice for the same time, first on line 2"]
    again = HEAD + row("NOR", since="2001-01-01", until="2003-12-31") + row("NOR", since="2005-01-01")
    law = Law.load(folder(tmp_path, membership__pact_csv=again))
    assert list(problems(law)) == []
    assert [status(law, "NOR", f"{year}-06-01") for year in (1999, 2002, 2004, 2006)] == [
        "none",
        "in_force",
        "none",
        "in_force",
    ]


def test_a_bad_row_of_the_state_asked_for_is_refused_and_others_do_not_matter(tmp_path: Path) -> None:
    law = Law.load(
        folder(
            tmp_path, membership__pact_csv=HEAD + row("NOR", since="soon") + row("ZZZ", since="2001-01-01")
        )
    )
    assert status(law, "ZZZ", "2010-01-01") == "in_force"
    with pytest.raises(RulebookProblems, match="`soon` is not a date"):
        status(law, "NOR", "2010-01-01")


def test_a_list_is_read_only_when_it_is_needed(tmp_path: Path) -> None:
    law = Law.load(folder(tmp_path, membership__other_csv="not a table"))
    assert status(law, "NOR", "2010-01-01") == "unknown"
    assert any("`other` is not an instrument" in problem.message for problem in problems(law))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("membership__pact_csv", "state,status\n", "the head is `state,status`"),
        ("membership__pact_csv", HEAD + "NOR,party\n", "2 cells where 9 are needed"),
        ("membership__pact_csv", HEAD + 'NOR,"party\n', "not readable as a table"),
        ("states__names_csv", NAMES + "no,NOR,Again,\n", "`NOR` is listed twice"),
        ("states__names_csv", NAMES + "SS,SSS,Small,XXX\n", "belongs to `XXX`, which is not listed"),
        ("territories_csv", "instrument,territory,status,since,until,source,confidence,checked,note\npact,TTT,given,,,unsourced,high,2020-01-01,\n", "`given` is not a status"),
        ("objections_csv", "instrument,state,other,source,confidence,checked,note\npact,NOR,ZZZ,unsourced,high,never,\n", "`never` is not a day"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_ours_is_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(RulebookProblems, match=said):
        law = Law.load(folder(tmp_path, **{name: text}))
        law.members("pact")


def test_every_fault_of_the_entries_is_told_at_once(tmp_path: Path) -> None:
    bad = (
        "  one: {kind: treaty, checked: 2020-06-30}\n"
        "  two: {name: Two, kind: pact, in_force: soon, checked: 2020-06-30, colour: red}\n"
        "  three: {name: Three, checked: 2020-06-30, circle: {says: who, members_of: [four], mark: text}}\n"
        "  five: {name: Five, checked: 2020-06-30, complete: {from: 2020-01-01, to: 2019-01-01}}\n"
        "  six: {name: Six, checked: 2020-06-30, circle: {says: who, members_of: [six], mark: text}}\n"
    )
    with pytest.raises(RulebookProblems) as raised:
        Law.load(folder(tmp_path, bad))
    said = "\n".join(problem.message for problem in raised.value.problems)
    for part in (
        "`one` has no `name`", "`pact` is not a `kind`", "`in_force` is `soon`", "`colour` is not part", "`four`, which has no entry",
        "`complete` needs `from`", "leads back to itself",
    ):  # fmt: skip
        assert part in said
    assert all(problem.line for problem in raised.value.problems)


def test_wrong_names_elsewhere_are_found(tmp_path: Path) -> None:
    law = Law.load(folder(
        tmp_path, PACT % ", circle: {says: who, groups: [nrth], states: [NRO], mark: text}",
        declarations_csv="instrument,state,article,effect,source,checked\npakt,NOR,1,says so,unsourced,2020-06-30\n",
        territories_csv="instrument,territory,status,since,until,source,confidence,checked,note\npact,NOR,extended,,,unsourced,high,2020-01-01,\n",
        ties_yaml="ties:\n  pact: {any_of: [pact]}\n",
    ))  # fmt: skip
    said = "\n".join(str(problem) for problem in problems(law))
    for part in (
        "`pakt` is not an instrument",
        "`NOR` is not a territory",
        "the group `nrth`",
        "names `NRO`",
        "has the name of an instrument",
    ):
        assert part in said


def test_a_tie_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    law = Law.load(folder(tmp_path, ties_yaml="ties:\n  one: {any_of: [pakt]}\n  two: {says: nothing}\n"))
    with pytest.raises(RulebookProblems) as raised:
        law.tie_names()
    assert len(raised.value.problems) == 2


def test_norway_and_namibia_stay_what_they_are(tmp_path: Path) -> None:
    law = Law.load(
        folder(
            tmp_path,
            membership__pact_csv=HEAD + row("NOR", since="2001-01-01") + row("NAM", since="2001-01-01"),
        )
    )
    assert law.between("pact", "NO", "NA", date(2010, 1, 1)).status == "in_force"


@pytest.mark.parametrize(
    ("text", "before", "within", "last", "after"),
    [
        ("2013", "2012-12-31", "2013-06-15", "2013-12-31", "2014-01-01"),
        ("2013-02", "2013-01-31", "2013-02-10", "2013-02-28", "2013-03-01"),
    ],
)
def test_partial_dates(text: str, before: str, within: str, last: str, after: str) -> None:
    partial, known = parse_partial(text), date(2020, 1, 1)
    days = [date.fromisoformat(day) for day in (before, within, last, after)]
    assert [covers(partial, None, known, day) for day in days] == [False, None, True, True]
    assert [covers(None, partial, date(2000, 1, 1), day) for day in days] == [True, None, None, False]


@pytest.mark.parametrize(
    "text", ["", "13", "2013-1", "2013-13", "2013-02-30", "2013-02-01T00:00", "20130201", "²013"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_partial(text)


def test_rows_without_a_start_signatures_and_low_rows(tmp_path: Path) -> None:
    lines = [
        row("NOR"),
        row("ZZZ", "signatory", "2010-05-01"),
        row("QQQ", since="2001-01-01", confidence="low"),
        row("NAM", "opted_out", "2005-01-01"),
    ]
    law = Law.load(folder(tmp_path, membership__pact_csv=HEAD + "".join(lines)))
    assert [status(law, "NOR", day) for day in ("2020-06-29", "2020-06-30", "2031-01-01")] == [
        "unknown",
        "in_force",
        "in_force",
    ]
    assert [status(law, "ZZZ", day) for day in ("2010-04-30", "2010-05-01", "2020-06-30", "2020-07-01")] == [
        "none",
        "signed",
        "signed",
        "signed",
    ]
    assert status(law.strictly(), "ZZZ", "2020-07-01") == "unknown"
    assert status(law, "QQQ", "2010-01-01") == "unknown"
    assert [status(law, "NAM", day) for day in ("2004-01-01", "2010-01-01", "2031-01-01")] == [
        "unknown",
        "none",
        "none",
    ]


def test_a_row_read_off_a_dated_list(tmp_path: Path) -> None:
    lines = [
        row("NOR", since="2010-05", basis="listed"),
        row("NAM", since="2010-05-01", until="2012-12-31", basis="listed"),
    ]
    law = Law.load(folder(tmp_path, membership__pact_csv=HEAD + "".join(lines)))
    days = ("2005-01-01", "2010-05-30", "2010-05-31", "2031-01-01")
    assert [status(law, "NOR", day) for day in days] == ["unknown", "unknown", "in_force", "in_force"]
    assert [status(law, "NAM", day) for day in ("2010-04-30", "2010-05-01", "2013-01-01")] == [
        "unknown",
        "in_force",
        "none",
    ]


def test_nothing_binds_before_it_came_into_being(tmp_path: Path) -> None:
    pact = (PACT % ", adopted: 2001-03").replace("in_force: 2000-01-01, ", "")
    law = Law.load(
        folder(tmp_path, pact, membership__pact_csv=HEAD + row("NOR") + row("QQQ", confidence="low"))
    )
    assert [status(law, state, "2001-02-28") for state in ("NOR", "QQQ", "NAM")] == ["none", "none", "none"]
    assert [status(law, state, "2001-03-01") for state in ("NOR", "QQQ", "NAM")] == [
        "unknown",
        "unknown",
        "unknown",
    ]


def test_what_a_missing_row_means(tmp_path: Path) -> None:
    spans = ", complete: {from: 2005-01-01, to: 2015-12-31}, circle: {says: the north, groups: [north], mark: text}"
    law = Law.load(folder(tmp_path, PACT % spans))
    assert [status(law, "NOR", f"{year}-06-01") for year in (2003, 2010, 2018)] == [
        "unknown",
        "none",
        "none",
    ]
    assert law.standing("pact", "NOR", date(2018, 6, 1)).as_last_seen == LastSeen(date(2015, 12, 31), "pact")
    law = law.strictly()
    assert status(law, "NOR", "2018-06-01") == "unknown"
    assert [status(law, "QQQ", f"{year}-06-01") for year in (2003, 2010, 2018)] == ["none", "none", "none"]
    assert law.standing("pact", "NOR", date(2018, 6, 1)).seen == "none"


def test_an_instrument_bounds_its_members_in_time(tmp_path: Path) -> None:
    members = HEAD + row("NOR", since="1990-01-01") + row("ZZZ", since="1990-01-01")
    law = Law.load(
        folder(tmp_path, PACT % ", applies_from: 2002-03, ended: 2010-12-31", membership__pact_csv=members)
    )
    days = ["2001-12-31", "2002-03-15", "2002-03-31", "2010-12-31", "2011-01-01"]
    assert [status(law, "NOR", day) for day in days] == ["none", "unknown", "in_force", "in_force", "none"]
    assert str(law.standing("pact", "NOR", date(2005, 1, 1)).since) == "2002-03"
    law = Law.load(folder(tmp_path, PACT % ", applies_from: unknown", membership__pact_csv=members))
    assert status(law, "NOR", "2005-01-01") == "unknown"


def test_a_territory_follows_what_was_declared_and_its_state(tmp_path: Path) -> None:
    head = "instrument,territory,status,since,until,source,confidence,checked,note\n"
    members = HEAD + row("ZZZ", since="2001-01-01", until="2012-12-31")
    law = Law.load(
        folder(
            tmp_path,
            membership__pact_csv=members,
            territories_csv=head + "pact,TTT,extended,2005-01-01,2010-12-31,unsourced,high,2020-01-01,\n",
        )
    )
    assert [status(law, "TTT", f"{year}-06-01") for year in (2003, 2007, 2011, 2014)] == [
        "none",
        "in_force",
        "none",
        "none",
    ]
    assert str(law.standing("pact", "TTT", date(2007, 1, 1)).since) == "2005-01-01"
    law = Law.load(
        folder(
            tmp_path,
            membership__pact_csv=members,
            territories_csv=head + "pact,TTT,excluded,,,unsourced,high,2010-01-01,\n",
        )
    )
    assert [status(law, "TTT", day) for day in ("2009-01-01", "2011-01-01")] == ["unknown", "none"]
    law = Law.load(
        folder(
            tmp_path,
            membership__pact_csv=members,
            territories_csv=head + "pact,TTT,extended,2005-01-01,,unsourced,low,2020-01-01,\n",
        )
    )
    assert status(law, "TTT", "2007-06-01") == "unknown"
    law = Law.load(folder(tmp_path, membership__pact_csv=members))
    assert [status(law, "TTT", f"{year}-06-01") for year in (2007, 2014)] == ["unknown", "none"]
