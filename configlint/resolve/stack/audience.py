"""Who opens an address that a service is given: the service itself, or a browser to which it hands it on."""

import re

from configlint.compose.running import Running
from configlint.formats.words import words
from configlint.model.net.url import Parts
from configlint.model.regex import regex
from configlint.model.text import Place
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import basename

_IN_BUNDLE = regex(r"^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|PUBLIC|VUE_APP|EXPO_PUBLIC|GATSBY)_")
"""Names of variables that a build writes into what browsers are given."""

_BY_NAME = regex(
    r"REDIRECT|CALLBACK|NEXTAUTH_URL|CORS|ORIGIN|ALLOWED_HOSTS|EXTERNAL"
    r"|(?:^|_)(?:RESET|VERIFY|VERIFICATION|CONFIRM|CONFIRMATION|INVITE|INVITATION|ACTIVATION|UNSUBSCRIBE)_(?:URL|URI)$"
    r"|(?:^|_)(?:PUBLIC|BROWSER|SUCCESS|CANCEL|RETURN|LOGOUT|LANDING|WEBSITE|HOMEPAGE)(?:_|$)"
    r"|(?:^|_)(?:FRONTEND|FRONT|CLIENT|WEB|WEBAPP|SITE|APP|ROOT|DASHBOARD|PORTAL|UI|DOMAIN)"
    r"_?(?:BASE_?)?(?:URL|URI|HOST|ADDRESS)?$|^(?:BASE_URL|SERVER_HOST)$"
)
"""Names of variables whose URL is opened by a browser or handed out, not called from inside the container."""

_BY_COMMENT = regex(r"\bbrowsers?\b|\bpublic(?:ly)?\b|\bfrom (?:the )?outside\b|\bexternally\b", re.IGNORECASE)
_COMMENTED = 30
"""Lines above a variable among which the comment that heads it is looked for."""

_HANDING_ON = {"lk-jwt-service": "LIVEKIT_URL"}
"""Images whose program only tells browsers the address in this variable (element-hq/lk-jwt-service, README)."""


_FRONT_ENDS = frozenset({
    "frontend", "front", "ui", "webui", "webapp", "client", "spa", "portal", "landing", "nextjs", "nuxt", "react",
    "vue", "angular", "svelte", "storefront",
})  # fmt: skip


def front_end(one: Running) -> bool:
    """Whether a service serves what runs in browsers, by its name."""
    return not _FRONT_ENDS.isdisjoint(words(one.name))


def for_browsers(name: str) -> bool:
    """Whether a variable of this name holds an address for browsers, or one that is handed out."""
    return in_bundle(name.upper()) or _BY_NAME.search(name.upper()) is not None


def in_bundle(name: str) -> bool:
    """Whether a build writes the variable of this name into what browsers are given."""
    return _IN_BUNDLE.match(name) is not None


def handed_on(store: DocumentStore, one: Running, name: str, place: Place | None, url: Parts) -> bool:
    """Whether a service only hands an address on, by the variable's name, the comment above it, or the address itself.

    A variable that is named after its service (`SEARXNG_BASE_URL` of `searxng`) holds that service's public address. So
    does a plain `http://localhost`, where no port is written: nobody serves port 80 to itself.
    """
    if for_browsers(name) or _HANDING_ON.get(basename(one.repository)) == name:
        return True
    if url.host.value == "localhost" and url.protocol == "http" and not url.written_port:
        return True
    own, mine = words(name), words(one.name)
    if own[: len(mine)] == mine and {"base", "server", "host", "root"} & set(own[len(mine) :]):
        return True
    content = store.text(place.path) if place is not None else None
    return (
        content is not None and place is not None and _BY_COMMENT.search(comment_on(content, place.start)) is not None
    )


def comment_on(content: str, offset: int) -> str:
    """What is remarked on a line: behind it, and in the comment that heads the lines at its depth."""
    start, end = content.rfind("\n", 0, offset) + 1, content.find("\n", offset)
    line = content[start : end if end >= 0 else len(content)]
    told = [line.partition(" #")[2]]
    depth = _depth(line)
    heading = False
    for above in reversed(content[:start].splitlines()[-_COMMENTED:]):
        bare = above.strip()
        if bare.startswith("#"):
            told.append(bare)
            heading = True
        elif heading or not bare or _depth(above) < depth:
            break
    return "\n".join(told)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
