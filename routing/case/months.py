"""The months as people write them, in the languages of the files that we are sent."""

from __future__ import annotations

ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ABROAD = (
    ("enero", "janeiro", "janvier", "gennaio", "januar", "ianuarie", "ocak"),
    ("febrero", "fevereiro", "fevrier", "février", "febbraio", "februar", "februarie"),
    ("marzo", "março", "marco", "mars", "maerz", "märz", "martie", "maart"),
    ("abril", "avril", "aprile", "aprilie", "nisan"),
    ("mayo", "maio", "mai", "maggio", "mei", "maj"),
    ("junio", "junho", "juin", "giugno", "juni", "iunie"),
    ("julio", "julho", "juillet", "luglio", "juli", "iulie"),
    ("agosto", "août", "aout", "augustus"),
    ("septiembre", "setiembre", "setembro", "septembre", "settembre", "septembrie"),
    ("octubre", "outubro", "octobre", "ottobre", "oktober", "octombrie", "ekim"),
    ("noviembre", "novembro", "novembre", "noiembrie"),
    ("diciembre", "dezembro", "décembre", "decembre", "dicembre", "dezember", "decembrie"),
)
SHORTEST = 3  # letters of a month that is cut short


def number_of(month: str) -> int:
    """The number of a month by its name, also cut short; 0 where it is the name of none, or of several."""
    if len(month) < SHORTEST:
        return 0
    for names in (tuple((name,) for name in ENGLISH), _ABROAD):
        fitting = [at for at, of in enumerate(names, 1) if any(name.startswith(month) for name in of)]
        if len(fitting) == 1:
            return fitting[0]
    return 0
