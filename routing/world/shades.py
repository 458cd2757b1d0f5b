"""How a share is coloured in pictures of the world."""

from __future__ import annotations

LOW, HIGH = (238, 243, 248), (28, 66, 110)  # red, green and blue of none and of all


def shade(share: float) -> str:
    """From nearly white to a deep blue. share: 0 to 1."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(LOW, HIGH, strict=True))


def ink_on(share: float) -> str:
    """The colour of writing that can be read on it."""
    return "#ffffff" if share > 0.55 else "#1c2733"
