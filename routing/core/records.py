"""The base of everything the program passes along: records that do not change.

They are msgspec's, which builds a class and an instance in a small part of the time that
frozen dataclasses take; a command builds a hundred such classes before it does anything.
"""

from __future__ import annotations

from typing import dataclass_transform

import msgspec
from msgspec import field
from msgspec.structs import asdict, force_setattr, replace

from routing.core.frozen import frozen

__all__ = ["Record", "asdict", "field", "force_setattr", "freeze_mappings", "names", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class _RecordMeta(msgspec.StructMeta):
    """Tells type checkers that records are frozen; msgspec's own marker does not pass that on."""


class Record(msgspec.Struct, metaclass=_RecordMeta, frozen=True):
    """A record with named fields. Equal where its fields are; `replace` gives a copy with other values."""


def freeze_mappings(record: Record, only: tuple[str, ...] = ()) -> None:
    """Make the dictionaries of a record that was just made refuse to change. only: these fields; else all."""
    for name in only or names(record):
        value = getattr(record, name)
        if type(value) is dict:
            force_setattr(record, name, frozen(value))


def names(record: Record | type[Record]) -> tuple[str, ...]:
    """The fields of a record, in order."""
    return record.__struct_fields__
