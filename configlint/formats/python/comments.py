"""The comments of a Python file that speak to configlint."""

import re
from collections.abc import Iterator

from configlint.formats.comments import MARK, comment
from configlint.model.document import Comment
from configlint.model.regex import regex

# Strings are skipped so that a `#` inside them is no comment. A string without end runs to the end of its line, or of
# the file if it is triple-quoted; the quantifiers give nothing back, so that the time is linear in any text.
_TOKEN = regex(
    r"""
    (?P<comment>\#[^\r\n]*)
    | \"{3}(?:[^"\\]++|\\.|"(?!""))*+(?:\"{3}|\\?\Z)
    | '{3}(?:[^'\\]++|\\.|'(?!''))*+(?:'{3}|\\?\Z)
    | "(?:[^"\\\r\n]++|\\.)*+"?
    | '(?:[^'\\\r\n]++|\\.)*+'?
    """,
    re.VERBOSE | re.DOTALL,
)


def comments(path: str, content: str) -> Iterator[Comment]:
    if MARK not in content:
        return
    for match in _TOKEN.finditer(content):
        if match.group("comment") is not None:
            found = comment(path, content, match.start(), match.end(), "#")
            if found is not None:
                yield found
