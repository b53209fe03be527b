"""What every output needs of a result: where its places are, and how its files may be quoted."""

from collections.abc import Mapping

from configlint.model.finding import Finding, Label
from configlint.model.quotable import Quotable
from configlint.model.result import Result
from configlint.model.text import Place
from configlint.report.masking import Veil
from configlint.report.source import Sources, Span

MOST_RELATED = 50
"""Other places of one finding that an output for programs lists: each of many findings may have all of the others."""


def listed(finding: Finding) -> tuple[Label, ...]:
    """The other places that are listed."""
    return finding.related[:MOST_RELATED]


def unlisted(finding: Finding) -> int:
    """How many other places are not listed."""
    return max(0, len(finding.related) - MOST_RELATED)


def and_more(finding: Finding) -> list[str]:
    """A word about the places that are not listed."""
    more = unlisted(finding)
    return [f"and {more} more place{'' if more == 1 else 's'}"] * bool(more)


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

    def at(self, place: Place, called: str = "") -> str:
        """`path:line:column`; the file may be `called` by another path than the one from the root."""
        span = self.span(place)
        return f"{called or place.path}:{span.line}:{span.column}"


class View(Quotes):
    """A result as it may be shown."""

    __slots__ = ("result",)

    def __init__(self, result: Result) -> None:
        super().__init__(result.contents, result.secrets, result.quotable)
        self.result = result
