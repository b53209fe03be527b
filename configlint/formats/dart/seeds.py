"""Where in a file addresses and secrets can grow, so that code without such a place need not be walked."""

import re

from configlint.formats.dart.interest import NAMES_OF_SECRETS, WORDS
from configlint.formats.dart.lexer import CHARS, NAME, STRING, Tokens
from configlint.model.regex import regex

_CALLS = frozenset(
    {"get", "post", "put", "delete", "patch", "head", "connect", "getUrl", "postUrl", "putUrl", "deleteUrl", "openUrl",
     "patchUrl", "headUrl", "parse", "tryParse", "http", "https", "Uri", "fromEnvironment", "maybeGet", "request",
     "Request", "MultipartRequest", "StreamedRequest", "BaseOptions", "WebSocket", "download", "io"}
)  # fmt: skip
_MAPS = frozenset({"env", "environment"})
_HOST = r"[\w-]{1,60}(?:\.[\w-]{1,60})"
_CHARS = regex(
    rf"://|localhost|\d\.\d{{1,3}}\.\d{{1,3}}\.\d|^{_HOST}{{0,5}}:\d|^{_HOST}{{1,5}}$|{'|'.join(NAMES_OF_SECRETS)}",
    re.IGNORECASE,
)
_NAMES = regex("|".join((*WORDS, "ip")), re.IGNORECASE)


def seeds(tokens: Tokens) -> list[int]:
    """The indexes of tokens from which an address or a secret may grow, in order."""
    kind = tokens.kind
    last = len(kind) - 2
    found = []
    for index, word in enumerate(tokens.text):
        if kind[index] == CHARS:
            if _CHARS.search(word) or (word[0] in "/:" and kind[index - 1] != STRING):
                found.append(index)
        elif kind[index] == NAME and index < last:
            found += _after_name(tokens, index, word)
    return found


def _after_name(tokens: Tokens, index: int, word: str) -> tuple[int, ...]:
    """What a name tells of the tokens behind it."""
    following = tokens.text[index + 1]
    if following in ("(", "<"):
        return (index,) if word in _CALLS else ()
    if following == "[":
        return (index,) if word in _MAPS else ()
    if following in ("=", ":", "=>") and word != "key" and _NAMES.search(word):
        return (index + 2,)  # the value that the name is given
    return ()
