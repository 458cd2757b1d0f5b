"""The first lines of a plan name no later day for a request that goes out now."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from routing.cli import main

CASE = """
title: Messages
state: EST
as_of: 2026-11-27
actor: prosecutor
stage: investigation
offence: [child_sexual_abuse]
max_penalty_months: 96
needs:
  - {{id: content, measure: stored_content, with: IRL, purpose: evidence, data_holder: provider_represented_in_eu,
     data_volatility: {volatility}, preserved: none, dual_criminality: yes}}
"""


def page(folder: Path, volatility: str) -> str:
    path = folder / "case.yaml"
    path.write_text(CASE.format(volatility=volatility))
    return CliRunner().invoke(main, ["route", str(path)]).stdout


def test_what_goes_out_now_is_sent_today(tmp_path: Path) -> None:
    told = page(tmp_path, "imminent_loss")
    assert "Send the request today." in told
    assert "Send the request by" not in told


def test_where_nothing_is_sent_no_day_is_named(tmp_path: Path) -> None:
    path = tmp_path / "use.yaml"
    path.write_text(
        "title: Records\nstate: BRA\nas_of: 2026-11-27\nactor: prosecutor\nstage: investigation\n"
        "offence: [corruption]\nmax_penalty_months: 144\nneeds:\n"
        "  - {id: records, kind: use, measure: material_held, with: CHE, purpose: administrative,\n"
        "     material_channel: mla, planned_use_differs: yes, use_for_taxes: yes, days_until_needed: 7}\n"
    )
    told = CliRunner().invoke(main, ["route", str(path)]).stdout
    assert "No lawful way." in told
    assert "Send the request" not in told
