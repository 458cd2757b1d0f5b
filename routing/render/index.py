"""The index of the rules as one page for reading on the web."""

from __future__ import annotations

from collections.abc import Iterator

from routing.render.rules import index
from routing.rulebook.model import Rulebook

NAME = "INDEX.md"
PARTS = (
    ("topic", "By topic"),
    ("paper", "By paragraph of the background paper"),
    ("pathway", "By pathway"),
    ("instrument", "By instrument"),
    ("fact", "By fact"),
)


def index_page(rulebook: Rulebook) -> str:
    """Every rule by topic with what it says, and by paper, pathway, instrument and fact by name."""
    return "\n".join(_lines(rulebook)) + "\n"


def _lines(rulebook: Rulebook) -> Iterator[str]:
    parents = {rule.parent: rule for rule in rulebook.rules}
    yield "# Index of the rules"
    yield ""
    yield (
        f"Written by `routing rules index --write`; do not edit. {len(parents)} rules. `routing rules show"
        " ID` prints one in full."
    )
    yield ""
    yield " | ".join(f"[{heading}](#{_anchor(heading)})" for _, heading in PARTS)
    for by, heading in PARTS:
        yield from ("", f"## {heading}", "")
        for name, entries in index(rulebook, by).items():
            if by == "topic":
                yield from (f"### {name}", "", "| Rule | Says |", "|---|---|")
                for entry in entries:
                    rule = parents[entry["id"]]
                    yield f"| [{entry['id']}]({rule.file.partition('/')[2]}) | {_cell(entry['says'])} |"
                yield ""
            else:
                title = (
                    rulebook.pathways[name].name
                    if by == "pathway" and name in rulebook.pathways
                    else name.replace("_", " ")
                )
                yield f"- **{title}**: " + ", ".join(entry["id"] for entry in entries)


def _anchor(words: str) -> str:
    return "".join(ch for ch in words.lower().replace(" ", "-") if ch.isalnum() or ch in "-_")


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
