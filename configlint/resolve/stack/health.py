"""What health checks probe. Localhost is right in them: they run inside the container."""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.model.cell import cell
from configlint.model.net.hosts import host_class
from configlint.model.net.url import parts
from configlint.model.regex import regex
from configlint.model.tables import Url
from configlint.model.text import Text

_URL = regex(r"https?://[^\s'\"|;&)>]+")


def rows(one: Running) -> Iterator[Url]:
    """A row for each URL of the container itself that its check asks for, with a port that is written."""
    for text in _texts(one):
        for match in _URL.finditer(text.raw):
            url = text[match.start() : match.end()]
            found = parts(url)
            if found is None or not found.written_port or found.host.value is None:
                continue
            if host_class(str(found.host.value)) in ("loopback", "unspecified"):
                yield Url(
                    stack=one.stack, at=url, service=one.name, reach=one.reach, name="healthcheck", url=cell(url),
                    audience="health", scheme=found.scheme, host=found.host, port=found.port, path=found.path,
                    protocol=found.protocol, host_class="loopback", target_state="self",
                )  # fmt: skip


def _texts(one: Running) -> list[Text]:
    check = one.service.healthcheck
    if check is not None:
        words = check.test
        if words is None or check.disabled:
            return []
        return [*words.words, *([words.script] if words.script is not None else [])]
    built = one.image.healthcheck if one.image is not None else None
    if built is None:
        return []
    return list(built.words) if built.words is not None else [built.script]
