"""A draft in the form that the name of a file asks for."""

from __future__ import annotations

from pathlib import Path

from routing.core.errors import Problems
from routing.core.printable import listing
from routing.core.snapshot import Location
from routing.papers.model import Draft

SUFFIXES = (".md", ".html", ".docx")


def check_suffix(path: Path) -> str:
    """The suffix of a file that a draft can be written to. Raises Problems for others, and where an extra is
    missing."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        message = f"`{path.name}` has no form in which a paper can be written"
        raise Problems.of(message, fix=f"end the name in {listing(SUFFIXES, 'or')}")
    if suffix == ".docx":
        from routing.papers.docx_form import need_extra

        need_extra()
    return suffix


def written(draft: Draft, suffix: str, rules: Location) -> bytes:
    """The draft as `.md`, `.html` or `.docx`. rules: those that it was drafted by, with their templates."""
    if suffix == ".docx":
        from routing.papers.docx_form import docx

        return docx(draft, rules)
    from routing.papers.text_forms import html, markdown

    return (html(draft) if suffix == ".html" else markdown(draft)).encode()
