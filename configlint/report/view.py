"""What every output needs of a result: where its places are, and how its files may be quoted."""

from collections.abc import Mapping

from configlint.model.quotable import Quotable
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report.masking import Veil
from configlint.report.source import Sources, Span


class Quotes:
    """Files as they may be quoted. `secrets` are the places in them that are masked."""

    __slots__ = ("sources", "veil")

    def __init__(
        self,
        contents: Mapping[str, str],
        secrets: Mapping[str, tuple[Place, ...]],
        quotable: Mapping[str, Quotable],
    ) -> None:
        self.sources = Sources(contents)
        self.veil = Veil(contents=contents, secrets=secrets, quotable=quotable)

    def span(self, place: Place) -> Span:
        return self.sources.span(place)

    def at(self, place: Place) -> str:
        """`path:line:column`."""
        span = self.span(place)
        return f"{place.path}:{span.line}:{span.column}"


class View(Quotes):
    """A result as it may be shown."""

    __slots__ = ("result",)

    def __init__(self, result: Result) -> None:
        super().__init__(result.contents, result.secrets, result.quotable)
        self.result = result
