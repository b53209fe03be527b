"""Answers that depend on what is set for a program, each used again wherever its variables are the same."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from configlint.model.text import Text

Environment = Callable[[str], Text | None]
"""What a container sets a variable to; None where it is not set. A text that is not known is a variable that is set."""

T = TypeVar("T")


class Answers(Generic[T]):
    """The answers to one question. A service that sets the same as another one gets the same answer."""

    def __init__(self, question: Callable[[Environment], T]) -> None:
        self._question = question
        self._known: dict[tuple[str, ...], dict[Hashable, tuple[list[Text | None], T]]] = {}
        """By the variables that were asked for, and what they were. The texts are kept: their identity counts."""

    def of(self, environment: Environment) -> T:
        for names, answers in self._known.items():
            kept = answers.get(tuple(_same(environment(name)) for name in names))
            if kept is not None:
                return kept[1]
        asked: dict[str, Text | None] = {}

        def recording(name: str) -> Text | None:
            if name not in asked:
                asked[name] = environment(name)
            return asked[name]

        answer = self._question(recording)
        values = list(asked.values())
        self._known.setdefault(tuple(asked), {})[tuple(map(_same, values))] = values, answer
        return answer


def _same(text: Text | None) -> Hashable:
    """What two texts have in common that stand for one: of a wholly unknown one, why it is so."""
    if text is None or any(run.text is not None for run in text.runs):
        return id(text)
    return tuple((run.reason, run.place, run.depends, run.via) for run in text.runs)
