"""nginx.

Source: nginx 1.22, `listen` of ngx_http_core_module, and the image's nginx.conf, which includes `conf.d/*.conf`:
`listen address[:port]`, `listen port` or a Unix socket; without any `listen`, port 80. Files that the image holds
itself (its `default.conf` listens on 80) are replaced by those that are mounted or copied over them.
"""

import re
from collections.abc import Iterator

from configlint.model.regex import regex
from configlint.model.text import Place, Text
from configlint.programs.addresses import EVERYWHERE, assumed, bound, by_default, pair
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program

_MAIN, _DEFAULT = "/etc/nginx/nginx.conf", "/etc/nginx/conf.d/default.conf"
_LISTEN = regex(r"^[^#\n]*?\blisten[ \t]+([^\s;]+)[^;]*;", re.MULTILINE)


def _listens(here: Process) -> Iterator[Listening]:
    named = values(here.args, "-c", "-c")
    main = here.file(named[-1].raw if named else _MAIN)
    sites = here.file(_DEFAULT)
    found = [one for path in (main, sites) if path for one in _written(here, path)]
    yield from found
    if not found:
        yield from by_default(here, 80)


def _written(here: Process, path: str) -> Iterator[Listening]:
    content = here.shelf.text(path) or ""
    for match in _LISTEN.finditer(content):
        text = Text.exactly(match[1], Place(path, *match.span(1)))
        if text.raw.isdecimal():
            yield bound(assumed(here, EVERYWHERE), text, "config")
        elif not text.raw.startswith("unix:"):
            yield pair(here, text, "80", source="config")


PROGRAMS = (Program(name="nginx", commands=("nginx",), images=("nginx",), listens=_listens, complete=False),)
