"""What must not be shown of a file's lines: the places known to be secret, and what merely looks like one.

The places are the readers' knowledge and are masked first. What follows them is a second line of defence, for comments
and for text that no reader took for a value: it errs on the side of hiding.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from configlint.formats.secrecy import secret_name, secret_spans
from configlint.model.regex import regex
from configlint.model.text import Place, mask

MASK_WIDTH = 8
"""Every mask has this width, so that it tells nothing, not even a length."""


_HEAD = 8
"""A shorter secret is known by its place alone: it may be a word that sentences hold."""


class Range(NamedTuple):
    """Offsets into a string, the end exclusive."""

    start: int
    end: int


class Veil:
    """What is to be hidden in the files of a result. `secrets` are the known places by path."""

    __slots__ = ("_contents", "_secrets", "_values")

    def __init__(self, contents: Mapping[str, str], secrets: Mapping[str, Sequence[Place]]) -> None:
        self._contents = contents
        self._secrets = {path: _merged(Range(place.start, place.end) for place in secrets[path]) for path in secrets}
        self._values: dict[str, set[str]] | None = None

    def hidden(self, path: str, start: int, end: int, marked: Iterable[Place] = ()) -> list[Range]:
        """The ranges to hide between two offsets of a file, in order and apart from each other.

        `marked` are the places that a finding is about: a bare `api_key` there is the name of a LiveKit pair,
        for a secret would be known as one.
        """
        known = self._secrets.get(path, [])
        first = bisect_right(known, start, key=lambda span: span.end)
        last = bisect_right(known, end, key=lambda span: span.start)
        line = self._contents.get(path, "")[start:end]
        names = [Range(place.start - start, place.end - start) for place in marked]
        found = [*suspects(line, names), *self._copies(line)]
        clipped = [Range(max(span.start, start), min(span.end, end)) for span in known[first:last]]
        if clipped:
            found += _remarks(line, clipped[-1].end - start)
        elif _COMMENTED.match(line) and self._near(path, start, end):
            found += _remarks(line, 0)
        moved = (Range(span.start + start, span.end + start) for span in found)
        return _merged([*clipped, *moved])

    def _near(self, path: str, start: int, end: int) -> bool:
        """Whether a known secret stands a few lines above or below."""
        content = self._contents.get(path, "")
        for _ in range(_BESIDE):
            start = content.rfind("\n", 0, max(start - 1, 0)) + 1
            end = content.find("\n", end + 1) if content.find("\n", end + 1) >= 0 else len(content)
        return any(span.start < end and start < span.end for span in self._secrets.get(path, ()))

    def scrub(self, text: str) -> str:
        """Prose without passwords in URLs, and without any known secret long enough to be told from words."""
        spans = _merged([*self._copies(text), *(Range(*span) for span in secret_spans(text) if "://" in text)])
        for span in reversed(spans):
            text = text[: span.start] + mask(text[span.start : span.end]) + text[span.end :]
        return text

    def _copies(self, text: str) -> list[Range]:
        """Where the value of a known secret stands once more."""
        if self._values is None:
            self._values = self._by_head()
        return [
            Range(at, at + len(value))
            for at in range(len(text) - _HEAD + 1)
            for value in self._values.get(text[at : at + _HEAD], ())
            if text.startswith(value, at)
        ]

    def _by_head(self) -> dict[str, set[str]]:
        """The known secrets that no sentence holds by chance, by their first characters."""
        values: dict[str, set[str]] = {}
        for path, spans in self._secrets.items():
            content = self._contents.get(path, "")
            for span in spans:
                value = content[span.start : span.end]
                if _distinctive(value):
                    values.setdefault(value[:_HEAD], set()).add(value)
        return values


def _remarks(line: str, start: int) -> list[Range]:
    """The comments beside a secret: what was there before is often kept in them, without any name."""
    return [Range(*match.span("remark")) for match in _REMARK.finditer(line, start)]


def _merged(spans: Iterable[Range]) -> list[Range]:
    """The ranges in order; those that touch or overlap become one, and empty ones vanish."""
    merged: list[Range] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Range(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _distinctive(value: str) -> bool:
    """Whether a value is no word that a sentence could hold by chance, as LiveKit's default secret, `secret`, is."""
    return len(value) >= 12 or (len(value) >= _HEAD and not value.isalpha())


_NAME = r"(?P<name>[A-Za-z_][\w.-]{0,99})"
_LEADING = regex(
    rf"[\s#/*;-]*(?:(?:export|ENV|ARG|final|const|var|let)\s+)?[\"']?{_NAME}[\"']?\s{{0,9}}(?:[:=]|=>)\s*(?P<value>\S.*)"
)
"""A line that is one assignment, even commented out: all of its rest is the value."""
_WITHIN = regex(
    rf"(?<![\w.-])(?={_NAME}[\"']?\]?\s{{0,9}}(?:=>|:=|[:=])\s{{0,9}}(?P<value>\"[^\"]*|'[^']*|[^\s\"',;)}}\]]+))"
)
_DEFAULT = regex(
    rf"(?<=[\"']){_NAME}[\"']\s{{0,9}}(?:,(?:\s{{0,9}}\w{{1,20}}\s{{0,2}}[:=])?|[\])]?\s{{0,9}}(?:\?\?|\|\||or))"
    r"\s{0,9}(?P<value>\"[^\"]+|'[^']+)"
)
"""A default in code: `getenv("NAME", "value")`, `env['NAME'] ?? 'value'`."""
_REMARK = regex(r"(?:#|//|/\*)(?P<remark>.++)")
_COMMENTED = regex(r"\s*(?:#|//|/\*)")
_BESIDE = 2
"""So many lines from a secret, a comment may still be about it."""
_TOKEN = regex(
    r"(?<![\w-])(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk-|[sr]k_live_|AKIA|ASIA|eyJ|hf_|AIza)[\w.-]{12,}"
    r"|(?<=[Bb]earer )[\w.~+/=-]{8,}"
    r"|(?<=[Bb]asic )[\w+/=-]{12,}"
)
_JUMBLE = regex(r"(?<![A-Za-z0-9])[A-Za-z0-9]{20,}(?![A-Za-z0-9])")
_HARMLESS = regex(
    r"\s*[\"']?(?:\$\{?\w+\}?|\$\$?\(.*|\{\{.*|<[^>]*>|true|false|null|none|nil|~|\[|\{|\||>[-+]?|&\w+|\*\w+"
    r"|String|str|int|bool|await|new|const|(?:await |new |const )?[A-Za-z_][\w.]*[(\[](?:.*[)\]])?)[\"',;)\]}]*\s*",
    re.IGNORECASE | re.DOTALL,
)
"""References, calls, types and the marks that open a block: they hold no secret themselves."""


def suspects(line: str, names: Sequence[Range] = ()) -> list[Range]:
    """The ranges of a line that look like secrets: what is assigned to a secret's name, passwords in URLs, tokens.

    `names` are ranges whose meaning is known: an `api_key` whose value is one of them is left alone.
    """
    spans = [Range(*span) for span in secret_spans(line) if not _HARMLESS.fullmatch(line[slice(*span)])]
    leading = _LEADING.match(line)
    for match in ([leading] if leading else []) + [*_WITHIN.finditer(line), *_DEFAULT.finditer(line)]:
        value = _value(match)
        if secret_name(match["name"]) and not _HARMLESS.fullmatch(match["value"]):
            named = match["name"].lower().endswith("key") and any(
                value.start <= name.start and name.end <= value.end for name in names
            )
            if not named:
                spans.append(value)
    spans += [Range(*match.span()) for match in _TOKEN.finditer(line)]
    spans += [Range(*match.span()) for match in _JUMBLE.finditer(line) if _jumbled(match[0])]
    return spans


def _value(match: re.Match[str]) -> Range:
    """The value of an assignment, without the quote that opens it."""
    start, end = match.span("value")
    return Range(start + 1, end) if match["value"][0] in "\"'" else Range(start, end)


def _jumbled(word: str) -> bool:
    """Whether digits, capitals and small letters are mixed as only a generated value mixes them."""
    return min(sum(map(kind, word)) for kind in (str.isdigit, str.isupper, str.islower)) >= 3
