"""The words of which a word may be a form, where nothing but its ending tells."""

from __future__ import annotations


def forms_of(word: str) -> frozenset[str]:
    """A word, and those of which it may be a form: `wiped` and `wiping` of `wipe`, `carried` of `carry`."""
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            forms = {word, stem, f"{stem}e"}
            forms |= {stem[:-1]} if stem[-2:-1] == stem[-1:] else set()
            forms |= {f"{stem[:-1]}y"} if stem.endswith("i") else set()
            return frozenset(forms)
    return frozenset({word})
