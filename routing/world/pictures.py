"""What pictures of the world are drawn with."""

from __future__ import annotations

LOW, HIGH = (238, 243, 248), (28, 66, 110)  # red, green and blue of none and of all


def shade(share: float) -> str:
    """From nearly white to a deep blue. share: 0 to 1."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(LOW, HIGH, strict=True))


def ink_on(share: float) -> str:
    """The colour of writing that can be read on it."""
    return "#ffffff" if share > 0.55 else "#1c2733"


def head(width: int, height: int, size: int, title: str, style: str = "") -> list[str]:
    """The first lines of a picture. width, height: in pixels. size: of the letters. style: rules of style."""
    return [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width}'
            f' {height}" font-family="DejaVu Sans, Verdana, sans-serif" font-size="{size}" role="img">'
        ),
        f"<title>{title}</title>",
        *([f"<style>{style}</style>"] if style else []),
        f'<rect class="ground" width="{width}" height="{height}" fill="#ffffff"/>',
    ]
