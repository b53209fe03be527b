"""One decorator for every value of the model: slotted, immutable to the type checker, cheap to create."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, eq_default=False, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a slotted class of keyword fields, compared by identity.

    mypy refuses assignment to a field. The running program does not check it again, because a frozen
    dataclass takes four times as long to create. There is no generated `repr`: many records hold secrets.
    """
    return dataclass(slots=True, eq=False, repr=False, kw_only=True)(cls)
