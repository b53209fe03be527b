"""What every output needs of a result: where its places are, and its prose without secrets."""

from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report.masking import Veil
from configlint.report.source import Sources, Span


class View:
    """A result as it may be shown."""

    __slots__ = ("result", "sources", "veil")

    def __init__(self, result: Result) -> None:
        self.result = result
        self.sources = Sources(result.contents)
        self.veil = Veil(result.contents, result.secrets)

    def say(self, text: str) -> str:
        """Prose as it may be shown. What acts on a terminal still stands in it."""
        return self.veil.scrub(text)

    def span(self, place: Place) -> Span:
        return self.sources.span(place)

    def at(self, place: Place) -> str:
        """`path:line:column`."""
        span = self.span(place)
        return f"{place.path}:{span.line}:{span.column}"
