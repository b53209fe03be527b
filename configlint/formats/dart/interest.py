"""Which Dart files can hold an address, a secret, or a part of one. The others are not read further."""

import re

_TELLING = (
    "http", "ws:", "wss:", "localhost", "Uri", "env[", ".env", "environment", "fromEnvironment", "://", "WebSocket",
    "Socket.", "Dio", "isProduction", "isProd", "isRelease", "isDebug", "isDev", "kDebugMode", "kReleaseMode",
)  # fmt: skip
"""Any of these makes a file worth reading."""

WORDS = ("host", "url", "server", "address", "domain", "endpoint", "port", "secret", "password", "token", "key")
"""Parts of names that hold a part of an address, or a secret, when a literal follows."""

_NAMED = re.compile(
    rf"(?:{'|'.join(WORDS)}|ip|scheme|protocol)\w{{0,30}}\s{{0,3}}(?:=>?|:|\?\?)\s{{0,20}}[r'\"\d]", re.IGNORECASE
)
_IP = re.compile(r"\d\.\d{1,3}\.\d{1,3}\.\d")
_PATH = re.compile(r"['\"]/\w")
_EXPORT = re.compile(r"^(?:export|part)\s", re.MULTILINE)


def interesting(content: str) -> bool:
    """Whether a file can hold anything of interest. Errs on the side of reading."""
    return (
        any(word in content for word in _TELLING)
        or _PATH.search(content) is not None
        or _NAMED.search(content) is not None
        or _IP.search(content) is not None
        or _EXPORT.search(content) is not None
    )
