"""A mapping that does not change, as fast to read as a dictionary."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise TypeError("what was opened does not change; open the rules again after an edit")


REFUSE: Any = _refuse


class FrozenMap(dict[K, V]):
    """A dictionary that refuses to change; whole in another process too, which a mapping proxy is not."""

    __slots__ = ()

    __setitem__ = __delitem__ = __ior__ = REFUSE
    clear = pop = popitem = setdefault = update = REFUSE

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        return type(self), (dict(self),)


def frozen(value: Any) -> Any:
    """A dictionary as one that does not change; anything else as it is."""
    return FrozenMap(value) if type(value) is dict else value
