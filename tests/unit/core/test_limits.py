"""What an answer may take has limits, which can be set, and each is told in one sentence."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from places import ROOT

import routing
import routing.api
from routing.api import Router
from routing.cli import main
from routing.core import limits
from routing.core.limits import LimitReached, Limits

CASE = ROOT / "examples" / "three-needs-two-states" / "case.yaml"


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        (Limits(needs=2), "the case has 3 needs, more than 2 needs"),
        (Limits(seconds=0), "takes more than 0 seconds"),
        (Limits(megabytes=1), "takes more memory than 1 megabytes"),
    ],
)
def test_a_limit_is_told_in_one_sentence(limit: Limits, told: str) -> None:
    router = routing.Router.open(limits=limit)
    with pytest.raises(LimitReached, match=told):
        router.route(CASE)
    assert limits._current.get() is None
    assert routing.load_rulebook().route(CASE)


def test_limits_are_set_on_the_command_line() -> None:
    for word, told in (
        ("needs=2", "3 needs, more than 2 needs"),
        ("megabytes=1", "more memory than 1 megabytes"),
    ):
        ended = CliRunner().invoke(main, ["--limit", word, "route", str(CASE)])
        assert ended.exit_code == 2 and told in ended.output and len(ended.output.splitlines()) == 1
    for word in ("needs=0", "needs=-1", "hours=1", "needs", "seconds=1e9", "needs=²"):
        ended = CliRunner().invoke(main, ["--limit", word, "route", str(CASE)])
        assert ended.exit_code == 2 and "is not a limit" in ended.output


def test_few_compiled_rules_stay_in_memory_for_a_command() -> None:
    router = Router.open()
    router.judge.engine.most = 2
    router.route(CASE)
    assert len(router.judge.engine._networks) <= 2
    assert router.route(CASE) == routing.api.Router.open().route(CASE)
