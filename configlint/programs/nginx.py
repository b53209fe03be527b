"""nginx.

Source: nginx 1.27, `listen` of ngx_http_core_module, `proxy_pass` of ngx_http_proxy_module and its likes, `upstream`
and `set`; the image's nginx.conf, which includes `conf.d/*.conf`. Without any `listen`, port 80. Files that the image
holds itself (its `default.conf` listens on 80) are replaced by those that are mounted or copied over them. The image's
`20-envsubst-on-templates.sh` makes `conf.d/NAME` of `templates/NAME.template`, in which it replaces the variables of
the environment that are set, and no others.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from configlint.formats.compose_template import Lookup
from configlint.formats.nginx import Directive, directives, every
from configlint.formats.words import thought_of
from configlint.model.cell import NULL, Interval, typed, unknown
from configlint.model.glob import matches
from configlint.model.net.url import Parts, authority, parts
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.regex import regex
from configlint.model.text import Text, joined
from configlint.programs.addresses import EVERYWHERE, assumed, bound, by_default, pair
from configlint.programs.container_files import content, names
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Called, Listening, Program

_HOME, _SITES, _TEMPLATES = "/etc/nginx", "/etc/nginx/conf.d", "/etc/nginx/templates"
_TEMPLATE = ".template"
_ELSEWHERE = ("NGINX_ENVSUBST_TEMPLATE_DIR", "NGINX_ENVSUBST_TEMPLATE_SUFFIX", "NGINX_ENVSUBST_OUTPUT_DIR")
_PASSING = frozenset({"proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "memcached_pass"})
_REFERENCE = regex(r"\$(?:\{(?P<braced>\w+)\}|(?P<plain>\w+))")
_DEEPEST = 5
"""How many files may include each other."""


def _listens(default: int, here: Process) -> Iterator[Listening]:
    found = [each for each in every(_configuration(here)) if each.name.raw == "listen" and each.args]
    listening = [one for each in found if (one := _listening(here, each.args[0])) is not None]
    yield from listening
    if not found or (_own_site(here) and listening):
        yield from by_default(here, default)


def _own_site(here: Process) -> bool:
    """Whether the site that the image holds itself is served beside what the repository brings."""
    named = values(here.args, "-c", "-c")
    brought = (named[-1].raw if named else f"{_HOME}/nginx.conf", _SITES, f"{_SITES}/default.conf")
    template = f"{_TEMPLATES}/default.conf{_TEMPLATE}"
    return all(here.locate(path).how in ("none", "unknown") for path in (*brought, template))


def _listening(here: Process, text: Text) -> Listening | None:
    if "$" in text.raw:
        return bound(assumed(here, EVERYWHERE), Text.unknown(Reason("unset", _shown(text.raw)), text.place), "config")
    if text.raw.isdecimal() or (not text.known and ":" not in text.raw):
        return bound(assumed(here, EVERYWHERE), text, "config")
    return None if text.raw.startswith("unix:") else pair(here, text, "80", source="config")


def _configuration(here: Process) -> tuple[Directive, ...]:
    """All directives of the files that the repository brings; the image's own main file includes those of `conf.d`."""
    named = values(here.args, "-c", "-c")
    main = content(here, named[-1].raw if named else f"{_HOME}/nginx.conf", "nginx")
    if main is not None:
        return _included(here, directives(main), 0)
    return _included(here, _sites(here, f"{_SITES}/*.conf"), 1)


def _included(here: Process, found: tuple[Directive, ...], depth: int) -> tuple[Directive, ...]:
    every_one: list[Directive] = []
    for each in found:
        if each.name.raw == "include" and each.args and depth < _DEEPEST:
            sites = _sites(here, each.args[0].raw)
            # One of which nothing is here stays, and says that there may be more.
            every_one += _included(here, sites, depth + 1) if sites else [each]
        elif each.block:
            every_one.append(replace(each, block=_included(here, each.block, depth)))
        else:
            every_one.append(each)
    return tuple(every_one)


def _sites(here: Process, pattern: str) -> tuple[Directive, ...]:
    """The directives of the files that an `include` names."""
    path = pattern if pattern.startswith("/") else f"{_HOME}/{pattern}"
    directory, _, name = path.rpartition("/")
    made = _made(here) if directory == _SITES else {}
    brought = [each for each in names(here, directory) if each not in made]
    texts = {each: content(here, f"{directory}/{each}", "nginx") for each in brought if matches(name, each)}
    texts |= {each: text for each, text in made.items() if matches(name, each)}
    return tuple(each for _, text in sorted(texts.items()) if text is not None for each in directives(text))


def _made(here: Process) -> dict[str, Text]:
    """What the image makes of templates, by the name of the file in `conf.d`."""
    if any(here.lookup(name) is not None for name in _ELSEWHERE):
        return {}
    found = (name for name in names(here, _TEMPLATES) if name.endswith(_TEMPLATE))
    texts = ((name.removesuffix(_TEMPLATE), content(here, f"{_TEMPLATES}/{name}", "nginx")) for name in found)
    return {name: _replaced(text, here.lookup) for name, text in texts if text is not None}


def _replaced(text: Text, lookup: Lookup) -> Text:
    """A text in which each reference that `lookup` knows is replaced, and passed on where it stands."""
    pieces, at = [], 0
    for found in _REFERENCE.finditer(text.raw):
        value = lookup(found["braced"] or found["plain"])
        if value is not None:
            place = text[found.start() : found.end()].place
            pieces += [text[at : found.start()], value if place is None else value.through(place)]
            at = found.end()
    return joined((*pieces, text[at:])) if pieces else text


def _calls(here: Process) -> Iterator[Called]:
    """The servers to which requests are passed: of `proxy_pass` and its likes, and those of upstreams."""
    found = list(every(_configuration(here)))
    upstreams = {each.args[0].raw: each for each in found if each.name.raw == "upstream" and each.args}
    variables = _variables(found)
    unseen = _unseen(_configuration(here))
    for each in found:
        if each.name.raw in _PASSING and each.args:
            text = _replaced(each.args[0], variables)
            called = _called(each.name.raw, text)
            if called is not None and str(called.parts.host.value) not in upstreams:
                yield called if unseen is None else _doubted(called, unseen)
    for name, upstream in upstreams.items():
        for each in upstream.block:
            if each.name.raw == "server" and each.args and not any(word.raw == "down" for word in each.args):
                called = _called(f"upstream {_shown(name)}".rstrip(), each.args[0], 80)
                if called is not None:
                    yield called


_OF_THE_IMAGE = ("mime.types", "_params", "fastcgi.conf", "modules/*.conf", "modules-enabled/*.conf", "conf.d/*.conf")
"""Ends of what files of the image are included by, none of which has an upstream."""


def _unseen(found: tuple[Directive, ...]) -> Text | None:
    """An include whose files are not here, where an upstream may be defined."""
    outer = [*found, *(inner for each in found if each.name.raw in ("http", "stream") for inner in each.block)]
    included = (each.args[0] for each in outer if each.name.raw == "include" and each.args)
    return next((text for text in included if not text.raw.endswith(_OF_THE_IMAGE)), None)


def _doubted(called: Called, include: Text) -> Called:
    """A host that may be the name of an upstream in a file that is not here."""
    doubt = unknown(Reason("missing-file", _shown(include.raw)), called.parts.host.text)
    return replace(called, parts=replace(called.parts, host=doubt))


def _variables(found: list[Directive]) -> Lookup:
    """What `set` makes of a variable; unknown where several do, and for those of nginx itself."""
    made: dict[str, list[Text]] = defaultdict(list)
    for each in found:
        if each.name.raw == "set" and len(each.args) > 1:
            made[each.args[0].raw.removeprefix("$")].append(each.args[1])

    def lookup(name: str) -> Text | None:
        texts = made.get(name, [])
        if len(texts) == 1 and "$" not in texts[0].raw:
            return texts[0]
        return Text.unknown(Reason("runtime", _shown(f"${name}")))

    return lookup


def _shown(name: str) -> str:
    """A name of the user's, unless it may be a value that was pasted there."""
    return name if thought_of(name) else ""


def _called(name: str, text: Text, usual: int = 0) -> Called | None:
    """What is called, without its path: that may hold anything. `usual` is the port where none is written, or 0."""
    scheme = text.raw.find("://")
    end = text.raw.find("/", scheme + 3 if scheme >= 0 else 0)
    base = text[:end] if end >= 0 else text
    if base.raw.startswith("unix:") or base.raw.endswith("unix:"):
        return None
    if scheme >= 0:
        found = parts(base)
        return Called(name=name, text=base, parts=found) if found is not None else None
    address = authority(base)
    if address is None:
        return None
    host, port = address
    if port.null and not usual:
        return None
    used = typed(Interval(usual, usual), host.text) if port.null else port
    made = Parts(scheme=NULL, host=host, port=used, path=NULL, protocol="tcp", written_port=not port.null)
    return Called(name=name, text=base, parts=made)


def _program(image: str, default: int) -> Program:
    return Program(
        name="nginx", commands=("nginx",), images=(image,), listens=partial(_listens, default), calls=_calls,
        complete=False,
    )  # fmt: skip


PROGRAMS = (_program("nginx-unprivileged", 8080), _program("nginx", 80))
