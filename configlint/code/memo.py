"""Answers that are worked out once: each is kept on the thing that it is about, and lives as long as that."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Holder(Protocol):
    """A file, or the files of a program together. `kept` belongs to whoever works something out of it."""

    kept: dict[Any, Any]


H = TypeVar("H", bound=Holder)


def kept(question: Callable[Concatenate[H, P], T]) -> Callable[Concatenate[H, P], T]:
    """A function that is run once for each holder and each further argument. An exception is not kept."""

    def asked(holder: H, /, *arguments: P.args, **named: P.kwargs) -> T:
        key = (question, *arguments)
        try:
            answer: T = holder.kept[key]
        except KeyError:
            answer = holder.kept[key] = question(holder, *arguments, **named)
        return answer

    asked.__doc__ = question.__doc__
    return asked
