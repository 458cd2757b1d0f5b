"""What the picture is drawn with: its colours by day and by night, and lines of text that fit a width."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

LINE, SIZE = 16, 12.5
INK, SOFT, PAPER = "#1c2733", "#56626f", "#ffffff"
ALARM, LINK, MISSED = "#a3341f", "#8fa1b3", "#b98a80"
SHADES = (  # the ground and the line of each lane, in their order
    ("#eef3f8", "#3f5f80"),
    ("#eaf4ee", "#2d6843"),
    ("#eef1e4", "#545f1e"),
    ("#f6f0e6", "#7c5314"),
    ("#f5ecf4", "#83437a"),
    ("#eff0f2", "#57606b"),
)
NIGHT = {
    INK: "#e7edf3",
    SOFT: "#b2bdc8",
    PAPER: "#1b232c",
    ALARM: "#f6aaaa",
    LINK: "#7f93a7",
    MISSED: "#b07a70",
    "#eef3f8": "#1f2d3b",
    "#3f5f80": "#a3c3e3",
    "#eaf4ee": "#1d3127",
    "#2d6843": "#93dfae",
    "#eef1e4": "#2b301b",
    "#545f1e": "#cbd98a",
    "#f6f0e6": "#352b1a",
    "#7c5314": "#f0cb8b",
    "#f5ecf4": "#33222f",
    "#83437a": "#e3b1da",
    "#eff0f2": "#272d34",
    "#57606b": "#bcc5cf",
}
"""Each colour where the reader's screen is dark."""


def night() -> str:
    """The style that turns the picture dark where the screen is; else the colours of day stay."""
    swaps = "".join(
        f'[fill="{day}"]{{fill:{dark}}}[stroke="{day}"]{{stroke:{dark}}}' for day, dark in NIGHT.items()
    )
    return f"<style>@media screen and (prefers-color-scheme:dark){{{swaps}}}</style>"


WIDE, NARROW, SLIM = "mwMW@%\u2192", "ijl|!.,:;' I", 'ftr()[]-/"'


def _advance(letter: str) -> float:
    """About how wide a letter is in the widest of the fonts asked for, in its size."""
    if letter in WIDE:
        return 0.98
    if letter in NARROW:
        return 0.34
    if letter in SLIM:
        return 0.42
    return 0.66 if letter.islower() or letter.isdigit() else 0.75 if letter < "\u2e80" else 1.0


def width_of(text: str, size: float = SIZE, bold: bool = False) -> float:
    """About how wide a text is."""
    return sum(map(_advance, text)) * size * (1.1 if bold else 1.0)


def wrapped(text: str, width: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """A text in lines that are no wider; a word that is too long is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        together = f"{line} {word}" if line else word
        if width_of(together, size, bold) <= width:
            line = together
            continue
        if line:
            lines.append(line)
        while width_of(word, size, bold) > width:
            fits = next(
                n for n in range(len(word), 0, -1) if n == 1 or width_of(word[:n], size, bold) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def text(
    x: float,
    y: float,
    lines: list[str],
    weight: str = "normal",
    fill: str = INK,
    size: float = SIZE,
    step: float = LINE,
) -> Iterator[str]:
    """Lines of text, the first with its foot at y."""
    for number, line in enumerate(lines):
        yield (
            f'<text x="{x}" y="{y + number * step}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
            f"{escape(line)}</text>"
        )
