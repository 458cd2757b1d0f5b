"""Words of a user's own data do not become tags, links or pictures in Markdown."""

from __future__ import annotations

from pathlib import Path

from places import ROOT
from when_changed import WHOLE_PROGRAM

from routing.core.paths import rules_folder
from routing.opened import Router
from routing.render.markdown import _inert, markdown
from routing.rulebook.overlay.merge import apply_overlays

EXAMPLE = ROOT / "examples" / "your-own-data"


def test_a_mark_that_is_escaped_twice_is_a_mark() -> None:
    """`\\\\<` is a backslash and the beginning of a tag."""
    said = ["\\\\<img src=x>", "\\<b", "<b", "\\\\\\<b", "[x]: http://example.org"]
    assert [_inert(line) for line in said] == [
        "\\\\&lt;img src=x>",
        "\\<b",
        "&lt;b",
        "\\\\\\<b",
        "[x]\\: http://example.org",
    ]


@WHOLE_PROGRAM
def test_markup_in_an_overlay_stays_words(tmp_path: Path) -> None:
    own = (EXAMPLE / "memorandum.yaml").read_text()
    says = "crews are of age as a rule"
    assert says in own
    file = tmp_path / "own.yaml"
    evil = '"<img src=x onerror=alert(1)> [click](javascript:alert(1)) ![p](http://example.org/x)"'
    file.write_text(
        own.replace(says, evil).replace("Records of a person under eighteen", "<script>x</script> Records")
    )
    router = Router.open(apply_overlays(rules_folder(), [file], tmp_path / "place"))
    page = markdown(router.route(EXAMPLE / "case.yaml", as_of="2026-11-24"), router)
    assert "&lt;" in page, "the words are shown"
    assert "<img" not in page and "<script" not in page and "](" not in page
