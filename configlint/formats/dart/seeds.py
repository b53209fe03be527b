"""Where in a file addresses and secrets can grow, so that code without such a place need not be walked."""

import re

from configlint.formats.dart.interest import WORDS
from configlint.formats.dart.lexer import CHARS, NAME, STRING, Tokens

_CALLS = frozenset(
    {"get", "post", "put", "delete", "patch", "head", "connect", "getUrl", "postUrl", "putUrl", "deleteUrl", "openUrl",
     "patchUrl", "headUrl", "parse", "tryParse", "http", "https", "Uri", "fromEnvironment", "maybeGet", "request",
     "Request", "MultipartRequest", "StreamedRequest", "BaseOptions", "WebSocket", "download", "io"}
)  # fmt: skip
_MAPS = frozenset({"env", "environment"})
_HOSTLIKE = re.compile(
    r"localhost|\d\.\d{1,3}\.\d{1,3}\.\d|^[\w-]{1,60}(?:\.[\w-]{1,60}){0,5}:\d|^[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}$"
)
_NAME_WORDS = re.compile(rf"{'|'.join(WORDS)}|ip", re.IGNORECASE)


def seeds(tokens: Tokens) -> list[int]:
    """Tokens from which an address or a secret may grow: code that holds none of them need not be walked."""
    text, kind = tokens.text, tokens.kind
    found = []
    for index, word in enumerate(text):
        if kind[index] == CHARS:
            if "://" in word or _HOSTLIKE.search(word) or (word[0] in "/:" and kind[index - 1] != STRING):
                found.append(index)
        elif kind[index] == NAME and index + 1 < len(text):
            following = text[index + 1]
            if following in ("(", "<"):
                if word in _CALLS:
                    found.append(index)
            elif following == "[":
                if word in _MAPS:
                    found.append(index)
            elif (
                following in ("=", ":", "=>")
                and kind[min(index + 2, len(text) - 1)] == STRING
                and _NAME_WORDS.search(word)
            ):
                found.append(index)
    return found
