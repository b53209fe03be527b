"""Which Dart files can hold an address, a secret, or a part of one. The others are not read further."""

import re

from configlint.model.regex import regex

_TELLING = (
    "http", "ws:", "wss:", "localhost", "127.", "192.168.", "10.0.", "0.0.0.0", "Uri", "env[", "dotenv", "://", "'/",
    '"/', "}/", "environment", "fromEnvironment", "WebSocket", "Socket.", "Dio", "isProd", "isRelease", "isDebug",
    "isDev", "kDebugMode", "kReleaseMode", " ip =", "Ip =", "ecret", "SECRET", "\nexport '", '\nexport "',
    "\npart '", '\npart "',
)  # fmt: skip
"""Any of these makes a file worth reading."""

NAMES_OF_SECRETS = ("secret", "password", "token", "key")
WORDS = (
    "host", "url", "server", "address", "domain", "endpoint", "port", "scheme", "protocol", *NAMES_OF_SECRETS
)  # fmt: skip
"""Parts of names that hold a part of an address, or a secret, when a literal follows."""

_PATH = regex(r"\$\w{1,40}/", re.ASCII)
_GIVEN = regex(r"\w{0,30}['\"]?\s{0,3}(?:=>?|:|\?\?)\s{0,20}(?:const\s)?r?['\"\d]", re.ASCII)


def interesting(content: str) -> bool:
    """Whether a file can hold anything of interest. Errs on the side of reading."""
    return (
        any(word in content for word in _TELLING)
        or content.startswith("export ")
        or _PATH.search(content) is not None
        or _names_a_part(content)
    )


def _names_a_part(content: str) -> bool:
    """Whether a literal is given to a name with one of `WORDS` in it."""
    lower = content.lower()
    for word in WORDS:
        at = lower.find(word)
        while at >= 0:
            at += len(word)
            if _GIVEN.match(lower, at):
                return True
            at = lower.find(word, at)
    return False
