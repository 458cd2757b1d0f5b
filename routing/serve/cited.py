"""Citations in a sentence as links: from it one comes to the provision, and from there to its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup, escape

from routing.rulebook.model import Rulebook

ARTICLE = r"\d[\w.\-/]*(?:\(\w+\)[\w.\-/]*)*(?<![.\-/])"
ADDRESS = r"https?://[^\s()<>\"]*[^\s()<>\".,;]"
MOST = 5000  # sentences that are kept


class Citations:
    """The citations of a rulebook: the short name of an instrument, and articles of it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.provisions = rulebook.provisions
        self.named = {
            name: instrument.id
            for instrument in rulebook.instruments.values()
            for name in (instrument.short, *instrument.short_in.values())
        }
        names = "|".join(map(re.escape, sorted(self.named, key=len, reverse=True)))
        articles = rf"(?: {ARTICLE}(?:, {ARTICLE})*)?"
        self._citation = re.compile(
            rf"(?<!\w)(?:(?P<url>{ADDRESS})|(?P<name>{names})(?P<articles>{articles})(?!\w))"
        )
        self.linked = lru_cache(MOST)(self._linked)

    def _linked(self, text: str, bare: bool = False) -> Markup:
        """A sentence with its citations as links. bare: also those of an instrument without an article, as in
        a list of what is cited; in a sentence its name may be an ordinary word."""
        return Markup("").join(self._parts(str(text), bare))

    def _parts(self, text: str, bare: bool) -> Iterator[Markup]:
        place = 0
        for match in self._citation.finditer(text):
            yield escape(text[place : match.start()])
            place = match.end()
            yield (
                address(match["url"]) if match["url"] else self._cited(match["name"], match["articles"], bare)
            )
        yield escape(text[place:])

    def _cited(self, name: str, articles: str, bare: bool) -> Markup:
        """An instrument with its articles: each that is held leads to its provision."""
        id = self.named[name]
        listed = [article for article in articles.strip().split(", ") if article]
        linked = [
            _link("/law/provision?" + urlencode({"ref": f"{id} {article}"}), words)
            if f"{id} {article}" in self.provisions
            else escape(words)
            for place, article in enumerate(listed)
            for words in [article if place else f"{name} {article}"]
        ]
        if linked and f"{id} {listed[0]}" in self.provisions:
            return Markup(", ").join(linked)
        instrument = _link(f"/law/instrument/{id}", name) if bare or listed else escape(name)
        return instrument + Markup(", ").join([escape(articles.partition(",")[0]), *linked[1:]])


def address(url: str) -> Markup:
    """An address on the web, opened beside the page, which is not told from where."""
    return Markup('<a href="{0}" rel="noreferrer noopener" target="_blank">{0}</a>').format(url)


def _link(path: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(path, words)
