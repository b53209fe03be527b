"""The syntax of a proxy's configuration: the directives that say where requests come from and go to.

Others, and the entries of a `map`, may be named by anything.
"""

from collections.abc import Iterator

from configlint.formats import caddyfile, nginx
from configlint.formats.syntax.stretch import Stretch, references
from configlint.model.document import Document

_DIRECTIVES = frozenset({
    "http", "stream", "server", "location", "listen", "upstream", "set", "include", "proxy_pass", "grpc_pass",
    "fastcgi_pass", "uwsgi_pass", "scgi_pass", "memcached_pass", "reverse_proxy", "php_fastcgi", "forward_auth", "to",
    "handle", "handle_path", "route",
})  # fmt: skip


def stretches(document: Document) -> Iterator[Stretch]:
    read = caddyfile.directives if isinstance(document, caddyfile.CaddyDocument) else nginx.directives
    for directive in nginx.every(read(nginx.whole(document))):
        place = directive.name.place
        if place is not None and directive.name.raw in _DIRECTIVES:
            yield Stretch(place.start, place.end)
    yield from references(document.content, 0)
