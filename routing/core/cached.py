"""A property that is worked out once, without a lock.

Python 3.11's own takes one lock for all instances of a class; a process that is forked while another
thread holds it waits for ever. Python 3.12 dropped the lock, and this is what it does instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class cached_property(Generic[T]):  # noqa: N801 - the name of what it stands for
    """Calls the function at the first reading and keeps what it gives in the instance's `__dict__`.

    Two threads may both call it; what came first is kept.
    """

    def __init__(self, function: Callable[[Any], T]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> cached_property[T]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> cached_property[T] | T:
        if instance is None:
            return self
        kept: T = instance.__dict__.setdefault(self.name, self.function(instance))
        return kept
