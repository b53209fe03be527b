"""What looks like a secret in text that is shown as a whole: the lines of a patch, keys in a list.

It errs on the side of hiding.
"""

import re

from configlint.formats.secrecy import secret_name, secret_spans
from configlint.formats.words import thought_of
from configlint.model.regex import regex
from configlint.report.ranges import Range, without

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
_WORD = regex(r"[A-Za-z0-9_.~!-]++")
_DIGEST = regex(r"(?:sha256|sha512):[0-9a-f]{8,}")
_HARMLESS = regex(
    r"\s*[\"']?(?:\$\{?\w+\}?|\$\$?\(.*|\{\{.*|<[^>]*>|true|false|null|none|nil|~|\[|\{|\||>[-+]?|&\w+|\*\w+"
    r"|String|str|int|bool|await|new|const|(?:await |new |const )?[A-Za-z_][\w.]*[(\[](?:.*[)\]])?)[\"',;)\]}]*\s*",
    re.IGNORECASE | re.DOTALL,
)
"""References, calls, types and the marks that open a block: they hold no secret themselves."""


def suspects(line: str) -> list[Range]:
    """The ranges of a line that look like secrets: what is assigned to a secret's name, passwords in URLs, tokens."""
    spans = [Range(*span) for span in secret_spans(line) if not _HARMLESS.fullmatch(line[slice(*span)])]
    leading = _LEADING.match(line)
    named = ([leading] if leading else []) + [*_WITHIN.finditer(line), *_DEFAULT.finditer(line)]
    spans += [_value(one) for one in named if secret_name(one["name"]) and not _HARMLESS.fullmatch(one["value"])]
    digests = [Range(*match.span()) for match in _DIGEST.finditer(line)]
    spans += without([Range(*match.span()) for match in _WORD.finditer(line) if _generated(match[0])], digests)
    return spans


def _value(match: re.Match[str]) -> Range:
    """The value of an assignment, without the quote that opens it."""
    start, end = match.span("value")
    return Range(start + 1, end) if match["value"][0] in "\"'" else Range(start, end)


def _generated(word: str) -> bool:
    """Whether nobody thought of a word: it is neither a number nor made of words."""
    return not word.isdigit() and not thought_of(word)
