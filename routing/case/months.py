"""The months as people write them, in the languages of the files that we are sent."""

from __future__ import annotations

from collections.abc import Iterable

ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ABROAD = (
    (
        "enero",
        "janeiro",
        "janvier",
        "gennaio",
        "januar",
        "ianuarie",
        "ocak",
        "января",
        "січня",
        "styczeń",
        "stycznia",
    ),
    (
        "febrero",
        "fevereiro",
        "fevrier",
        "février",
        "febbraio",
        "februar",
        "februarie",
        "февраля",
        "лютого",
        "luty",
        "lutego",
        "şubat",
        "subat",
    ),
    (
        "marzo",
        "março",
        "marco",
        "mars",
        "maerz",
        "märz",
        "martie",
        "maart",
        "марта",
        "березня",
        "marzec",
        "marca",
    ),
    ("abril", "avril", "aprile", "aprilie", "nisan", "апреля", "квітня", "kwiecień", "kwietnia"),
    ("mayo", "maio", "mai", "maggio", "mei", "maj", "мая", "травня", "mayıs", "mayis", "maja"),
    ("junio", "junho", "juin", "giugno", "juni", "iunie", "июня", "червня", "czerwca", "haziran"),
    ("julio", "julho", "juillet", "luglio", "juli", "iulie", "июля", "липня", "lipca", "temmuz"),
    ("agosto", "août", "aout", "augustus", "августа", "серпня", "sierpnia", "ağustos", "agustos"),
    (
        "septiembre",
        "setiembre",
        "setembro",
        "septembre",
        "settembre",
        "septembrie",
        "сентября",
        "вересня",
        "września",
        "wrzesnia",
        "eylül",
        "eylul",
    ),
    (
        "octubre",
        "outubro",
        "octobre",
        "ottobre",
        "oktober",
        "octombrie",
        "ekim",
        "октября",
        "жовтня",
        "października",
        "pazdziernika",
    ),
    ("noviembre", "novembro", "novembre", "noiembrie", "ноября", "листопада", "listopada", "kasım", "kasim"),
    (
        "diciembre",
        "dezembro",
        "décembre",
        "decembre",
        "dicembre",
        "dezember",
        "decembrie",
        "декабря",
        "грудня",
        "grudnia",
        "aralık",
        "aralik",
    ),
)
SHORTEST = 3  # letters of a month that is cut short


def number_of(month: str) -> int:
    """The number of a month by its name, also cut short; 0 where it is the name of none, or of several."""
    return english_number(month) or _number_in(_ABROAD, month)


def english_number(month: str) -> int:
    """The same of its English name alone."""
    return _number_in(tuple((name,) for name in ENGLISH), month)


def _number_in(named: Iterable[tuple[str, ...]], month: str) -> int:
    if len(month) < SHORTEST:
        return 0
    fitting = [at for at, names in enumerate(named, 1) if any(name.startswith(month) for name in names)]
    return fitting[0] if len(fitting) == 1 else 0
