"""Who is bound by what with whom, on real States: the answers a lawyer would check first."""

from __future__ import annotations

from datetime import date

import pytest
from places import ROOT

from routing.core.errors import Problems
from routing.law import LastSeen, Law, Tie
from routing.law.blocs import bloc_sides
from routing.law.membership import KeptList

LAW = Law.load(ROOT / "rules")
STRICT = LAW.strictly()
TODAY = date(2026, 11, 24)
MEMBERS_OF_THE_UNION = LAW.members("eu")
assert MEMBERS_OF_THE_UNION is not None
UNION = [
    state for state in MEMBERS_OF_THE_UNION.states if LAW.standing("eu", state, TODAY).status == "in_force"
]


def between(instrument: str, one: str, other: str, on: date = TODAY) -> Tie:
    return LAW.between(instrument, one, other, on)


def test_two_parties_are_bound_from_the_later_of_their_starts() -> None:
    tie = between("untoc", "KEN", "FRA")
    assert (tie.status, str(tie.since), tie.confidence) == ("in_force", "2004-07-16", "high")
    assert between("untoc", "KEN", "FRA", date(2004, 7, 16)).status == "in_force"
    assert between("untoc", "KEN", "FRA", date(2004, 7, 15)).status == "none"


@pytest.mark.parametrize(("instrument", "state"), [("eio", "DNK"), ("eio", "IRL"), ("fco", "DNK"), ("fco", "IRL"), ("e-evidence", "DNK"), ("prum2", "DNK"), ("eu-top", "DNK")])  # fmt: skip
def test_an_opt_out_is_a_no_with_a_source(instrument: str, state: str) -> None:
    standing = LAW.standing(instrument, state, max(TODAY, date(2027, 2, 1)))
    assert standing.status == "none"
    assert standing.source is not None and standing.source.startswith("https://")


def test_who_opted_in_is_bound() -> None:
    assert between("e-evidence", "IRL", "FRA").status == "in_force"
    assert between("lex", "DNK", "FRA").status == "in_force"
    assert LAW.standing("lex", "DNK", TODAY).source != "unsourced"


def test_closed_lists_have_their_size() -> None:
    def bound(instrument: str, on: date = TODAY) -> int:
        listed = LAW.members(instrument)
        assert listed is not None
        return sum(LAW.standing(instrument, state, on).status == "in_force" for state in listed.states)

    assert bound("eu") == 27
    assert bound("eio") == bound("fco") == 25
    assert bound("e-evidence") == 26
    assert bound("eaw") == 27
    assert bound("eio", date(2020, 12, 31)) == 26
    assert bound("ets24") == 51


def test_a_law_binds_nobody_before_it_applies_nor_after_it_ended() -> None:
    assert between("e-evidence", "FRA", "DEU", date(2026, 8, 17)).status == "none"
    assert between("e-evidence", "FRA", "DEU", date(2026, 8, 18)).status == "in_force"
    assert between("eu-top", "FRA", "DEU").status == "none"
    assert between("eu-top", "FRA", "DEU", date(2027, 2, 1)).status == "in_force"
    assert between("swedish-fd", "FRA", "DEU", date(2024, 12, 11)).status == "in_force"
    assert between("swedish-fd", "FRA", "DEU", date(2024, 12, 12)).status == "none"
    assert between("lex", "FRA", "DEU", date(2024, 12, 12)).status == "in_force"
    assert between("amld6", "FRA", "DEU").status == "none"
    assert between("prum2", "FRA", "DEU").status == "unknown"


def test_a_state_that_left_is_bound_until_its_last_day_and_not_after() -> None:
    for instrument in ("eio", "eaw", "eu-mla2000", "europol", "eurojust", "sis", "eu-aro", "fco"):
        assert between(instrument, "GBR", "FRA", date(2021, 1, 1)).status == "none", instrument
    assert between("eio", "GBR", "FRA", date(2020, 12, 31)).status == "in_force"
    assert between("eu", "GBR", "FRA", date(2020, 1, 31)).status == "in_force"
    assert between("eu", "GBR", "FRA", date(2020, 2, 1)).status == "none"
    assert between("eu-uk-tca", "GBR", "FRA").status == "in_force"


def test_executive_agreements_bind_the_two_that_made_them_alone() -> None:
    assert between("cloud-us-uk", "GBR", "USA").status == "in_force"
    assert between("cloud-us-uk", "GBR", "USA", date(2022, 10, 2)).status == "none"
    assert between("cloud-us-uk", "GBR", "CAN").status == "none"


@pytest.mark.parametrize("instrument", ["un-cybercrime", "budapest-2ap"])
def test_what_is_in_force_for_nobody_binds_no_pair(instrument: str) -> None:
    listed = LAW.members(instrument)
    assert listed is not None
    states = [*listed.states, "KEN", "RUS", "IRL", "GIB"]
    for day in (date(2025, 1, 1), TODAY):
        seen = {between(instrument, one, other, day).status for one in states for other in states[::7]}
        assert seen <= {"signed", "none"}
    day = date(2027, 6, 1)
    later = [between(instrument, one, other, day) for one in states for other in states[::7]]
    assert {tie.status for tie in later} <= {"signed", "none"}
    strictly = {STRICT.between(instrument, one, other, day).status for one in states for other in states[::7]}
    assert "in_force" not in strictly and "unknown" in strictly
    assert "2026" in LAW.standing(instrument, listed.states[0], TODAY).reason


@pytest.mark.parametrize(("instrument", "outside"), [("eu-us-mla", "USA"), ("eu-japan-mla", "JPN"), ("eu-uk-tca", "GBR"), ("europol-operational", "USA"), ("eurojust-agreements", "USA")])  # fmt: skip
def test_a_hub_ties_the_outside_state_and_never_two_of_the_same_side(instrument: str, outside: str) -> None:
    for state in UNION:
        apart = {("eu-japan-mla", "DNK"), ("europol-operational", "DNK")}  # Denmark stands outside both
        expected = "none" if (instrument, state) in apart else "in_force"
        assert between(instrument, outside, state).status == expected, state
    inner = [state for state in UNION if (instrument, state) != ("europol-operational", "DNK")]
    assert {between(instrument, one, other).status for one in inner for other in inner} == {"none"}


def test_two_outside_states_are_not_tied_by_a_hub() -> None:
    assert between("europol-operational", "USA", "CAN").status == "none"
    assert between("eurojust-agreements", "USA", "UKR").status == "none"
    assert between("europol-operational", "BRA", "FRA").status == "signed"
    assert STRICT.between("europol-operational", "BRA", "FRA", TODAY).status == "unknown"


def test_a_tie_of_a_hub_reads_the_lines_of_its_two_states_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = LAW.instruments["europol-operational"]
    assert entry.hub is not None
    listed = KeptList(ROOT / "rules" / "membership" / "europol-operational.csv")
    whole = bloc_sides(entry, entry.hub, ("USA", "FRA"), TODAY, LAW.standing, LAW.members(entry.id))
    monkeypatch.setattr(KeptList, "_every_line", lambda _: pytest.fail("all of the list was read"))
    assert bloc_sides(entry, entry.hub, ("USA", "FRA"), TODAY, LAW.standing, listed) == whole


def test_absence_from_an_open_list_is_unknown_and_from_a_closed_one_a_no() -> None:
    assert STRICT.between("egmont", "FRA", "PRK", TODAY).status == "unknown"
    assert between("egmont", "FRA", "PRK").status == "none"
    assert between("globe", "KEN", "FRA").status == "unknown"
    assert between("ets30", "KEN", "FRA").status == "none"
    assert between("asean-mlat", "KEN", "FRA").status == "none"
    assert LAW.standing("interpol", "PRK", TODAY).status == "none"
    assert LAW.standing("uncac", "PRK", date(2024, 1, 1)).status == "none"
    later = LAW.standing("uncac", "PRK", TODAY)
    assert (later.status, later.seen) == ("none", None)
    assert later.as_last_seen is not None and later.as_last_seen.day == date(2024, 4, 20)
    strictly = STRICT.standing("uncac", "PRK", TODAY)
    assert (strictly.status, strictly.seen) == ("unknown", "none")


def test_a_member_and_a_signatory_stay_what_they_were_when_last_seen() -> None:
    member = LAW.standing("budapest", "FRA", date(2030, 1, 1))
    assert (member.status, member.as_last_seen) == ("in_force", LastSeen(date(2026, 4, 25), "budapest"))
    assert LAW.standing("budapest", "IRL", date(2026, 4, 25)).as_last_seen is None
    later = LAW.standing("budapest", "IRL", TODAY)
    assert (later.status, later.as_last_seen) == ("signed", LastSeen(date(2026, 4, 25), "budapest"))
    strictly = STRICT.standing("budapest", "IRL", TODAY)
    assert (strictly.status, strictly.seen) == ("unknown", "signed")


def test_who_was_invited_may_have_joined_by_a_strict_reading_and_who_was_not_has_not() -> None:
    assert LAW.standing("budapest", "KEN", TODAY).status == "none"
    assert STRICT.standing("budapest", "KEN", TODAY).status == "unknown"
    assert STRICT.standing("budapest", "RUS", TODAY).status == "none"
    assert LAW.standing("som", "PRK", date(2024, 1, 1)).status == "unknown"


def test_a_month_or_a_year_leaves_its_days_open() -> None:
    assert str(LAW.standing("egmont", "PSE", date(2019, 8, 1)).since) == "2019-07"
    assert [LAW.standing("egmont", "PSE", date(2019, *day)).status for day in ((7, 1), (7, 30), (7, 31), (8, 1))] == [
        "unknown", "unknown", "in_force", "in_force",
    ]  # fmt: skip
    assert LAW.standing("ets90", "RUS", date(2001, 6, 1)).status == "unknown"
    assert LAW.standing("ets90", "RUS", date(2002, 1, 1)).status == "in_force"
    assert LAW.standing("ets90", "RUS", date(2000, 12, 31)).status == "none"


def test_without_a_start_a_member_is_known_from_the_day_it_was_seen_and_never_before() -> None:
    days = [date(1985, 12, 31), date(2010, 1, 1), date(2026, 11, 23), TODAY]
    assert [LAW.standing("harare", "KEN", day).status for day in days] == [
        "none",
        "unknown",
        "unknown",
        "in_force",
    ]
    assert between("harare", "KEN", "GHA").since is None


def test_a_dated_list_tells_of_its_day_and_those_after_and_of_no_day_before() -> None:
    days = [date(1950, 1, 1), date(1960, 1, 1), date(1968, 6, 1), date(1968, 12, 31), TODAY]
    assert [LAW.standing("interpol", "KEN", day).status for day in days] == [
        "none",
        "unknown",
        "unknown",
        "in_force",
        "in_force",
    ]
    assert between("interpol", "KEN", "FRA", date(2010, 1, 1)).status == "in_force"
    assert between("interpol", "KEN", "FRA").since is None
    assert "as seen on 1968-12-31" in LAW.standing("interpol", "KEN", TODAY).reason


@pytest.mark.parametrize(("instrument", "one", "other"), [
    ("interpol", "KEN", "FRA"), ("schengen", "FRA", "POL"), ("cisa", "AUT", "DEU"), ("prum-convention", "NLD", "DEU"), ("prum", "NLD", "FRA"),
    ("eu-mla2000", "FRA", "DEU"), ("europol", "FRA", "DEU"), ("sis", "FRA", "DEU"),
])  # fmt: skip
def test_the_channels_of_past_days_are_known(instrument: str, one: str, other: str) -> None:
    assert between(instrument, one, other, date(2012, 5, 1)).status == "in_force"
    assert between(instrument, one, other, date(1950, 1, 1)).status == "none"


def test_a_deposit_counts_from_the_day_the_treaty_adds_to_it() -> None:
    listed = LAW.members("oas-mla")
    assert listed is not None
    late = [row for state in listed.states for row in listed.rows(state) if row.since_basis == "deposit" and row.since and row.since.first > date(1996, 4, 14)]  # fmt: skip
    assert len(late) > 10
    for row in late:
        standing = LAW.standing("oas-mla", row.state, TODAY)
        assert row.since is not None and standing.since is not None
        assert (standing.since.first - row.since.first).days == 30
        assert LAW.standing("oas-mla", row.state, row.since.first).status == "none"


def test_a_row_of_low_confidence_is_no_finding() -> None:
    standing = LAW.standing("ecowas-mla", "GHA", TODAY)
    assert (standing.status, standing.seen, standing.confidence) == ("unknown", "in_force", "low")


def test_a_suspended_member_is_not_bound() -> None:
    assert LAW.standing("egmont", "RUS", TODAY).status == "none"
    assert LAW.standing("egmont", "RUS", date(2023, 1, 1)).status == "unknown"


def test_a_territory_inherits_only_by_declaration() -> None:
    assert LAW.standing("untoc", "HKG", TODAY).status == "in_force"
    assert LAW.standing("untoc", "HKG", date(2006, 9, 26)).status == "none"
    assert LAW.standing("budapest", "CUW", TODAY).status == "in_force"
    assert LAW.standing("budapest", "CUW", date(2024, 9, 30)).status == "none"
    assert LAW.standing("budapest", "ABW", TODAY).status == "none"
    open_ = LAW.standing("untoc", "MSR", TODAY)
    assert open_.status == "unknown" and "United Kingdom" in open_.reason
    assert LAW.standing("egmont", "GIB", TODAY).status == "in_force"
    assert LAW.standing("eio", "GRL", TODAY).status == "none"
    assert LAW.standing("interpol", "GIB", TODAY).status == "unknown"


def test_two_parties_without_relations_are_not_tied() -> None:
    assert (
        LAW.standing("uncac", "AZE", TODAY).status == LAW.standing("uncac", "ARM", TODAY).status == "in_force"
    )
    assert between("uncac", "AZE", "ARM").status == between("uncac", "ARM", "AZE").status == "none"
    assert between("untoc", "DZA", "ISR").status == "none"
    assert between("untoc", "DZA", "FRA").status == "in_force"


def test_a_source_that_is_only_read_ties_nobody() -> None:
    assert between("practice-cps", "GBR", "FRA").status == "none"
    assert between("death-penalty-retained", "USA", "JPN").status == "none"
    assert LAW.standing("death-penalty-retained", "USA", TODAY).status == "in_force"
    assert LAW.standing("death-penalty-retained", "FRA", TODAY).status == "none"
    assert LAW.standing("death-penalty-retained", "ISR", TODAY).status == "unknown"


def test_a_name_of_a_tie_stands_for_the_best_of_its_instruments() -> None:
    assert LAW.tie("regional_mla", "ARG", "BRA", TODAY).status == "in_force"
    assert LAW.tie("cloud", "GBR", "USA", TODAY).status == "in_force"
    assert LAW.tie("bud", "FRA", "DEU", TODAY).instrument == "budapest"
    assert LAW.tie("untoc", "FRA", "DEU", TODAY).status == "in_force"
    asked = LAW.tie("bilateral_mla", "FRA", "DEU", TODAY)
    assert asked.status == "unknown" and "bilateral_mla" in asked.reason


def test_a_state_has_no_tie_with_itself() -> None:
    assert between("untoc", "FRA", "FRA").status == "none"


def test_codes_are_read_in_both_forms_and_either_case() -> None:
    assert [LAW.states.code(word) for word in ("NO", "NA", "xk", "ken", " FR ")] == [
        "NOR",
        "NAM",
        "XKX",
        "KEN",
        "FRA",
    ]
    found = LAW.states.find("UK")
    assert found is not None and found.place.alpha3 == "GBR" and found.note
    assert LAW.states.code("EL") == "GRC"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Kenya", "KEN"), ("Frnce", "FRA"), ("türkiye", "TUR"), ("Turkiye", "TUR"), ("GERM", "DEU")],
)
def test_a_wrong_code_gets_the_nearest(written: str, meant: str) -> None:
    with pytest.raises(Problems) as raised:
        LAW.states.code(written)
    said = str(raised.value)
    assert f"`{written}`" in said
    assert meant in said


def test_an_unknown_instrument_or_provision_gets_the_nearest() -> None:
    with pytest.raises(Problems, match="did you mean `untoc`"):
        LAW.between("untocc", "FRA", "DEU", TODAY)
    with pytest.raises(Problems, match="is not a provision"):
        LAW.provision("untoc 99(9)")
    assert LAW.provision("untoc 27(1)(b)").mark == "text"


@pytest.mark.parametrize(("instrument", "outside"), [("eio", "USA"), ("eaw", "UKR"), ("e-evidence", "GBR"), ("fco", "KEN")])  # fmt: skip
def test_an_act_of_the_union_binds_no_state_outside_it_on_any_day(instrument: str, outside: str) -> None:
    for day in (TODAY, date(2026, 11, 25), date(2040, 1, 1)):
        assert between(instrument, outside, "DEU", day).status == "none"


def test_what_follows_from_structure_has_no_age() -> None:
    assert LAW.standing("eio", "USA", date(2040, 1, 1)).as_last_seen is None
    joinable = LAW.standing("eio", "UKR", date(2040, 1, 1)).as_last_seen
    assert joinable == LastSeen(date(2026, 11, 24), "eu")


def test_an_ended_act_has_no_age_and_a_known_start_acts_on_its_day() -> None:
    assert LAW.standing("swedish-fd", "FRA", date(2030, 1, 1)).as_last_seen is None
    assert between("amld6", "FRA", "DEU", date(2027, 7, 9)).status == "none"
    assert between("amld6", "FRA", "DEU", date(2027, 7, 10)).status == "in_force"


def test_the_age_of_a_tie_is_that_of_what_decides() -> None:
    tie = between("untoc", "KEN", "FRA", date(2030, 1, 1))
    assert tie.as_last_seen == LastSeen(date(2026, 9, 11), "untoc")
    never = between("eio", "USA", "UKR", date(2030, 1, 1))
    assert (never.status, never.as_last_seen) == ("none", None)
