"""The variables that compose knows when it reads its files: those of `.env` files, never the machine's own.

What a shell or compose itself supplies is known to be set, but not to what.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from configlint.formats.compose_template import Lookup, Use, blank, interpolate
from configlint.formats.dotenv.document import Binding, DotenvDocument
from configlint.formats.secrecy import mark
from configlint.model.reason import Reason
from configlint.model.text import Place, Run, Text
from configlint.workspace.documents import DocumentStore
from configlint.workspace.nearest import promised_names

_SUPPLIED = frozenset({
    "HOME", "PWD", "OLDPWD", "PATH", "USER", "USERNAME", "LOGNAME", "UID", "EUID", "GID", "SHELL", "HOSTNAME",
    "HOST", "LANG", "LANGUAGE", "TERM", "TMPDIR", "TEMP", "TMP", "DISPLAY", "SHLVL", "EDITOR", "CI", "SSH_AUTH_SOCK",
    "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "USERPROFILE", "APPDATA",
})  # fmt: skip
_SUPPLIED_PREFIXES = ("COMPOSE_", "DOCKER_", "BUILDKIT_", "LC_", "XDG_", "GITHUB_", "CI_", "GITLAB_")


def supplied(name: str) -> bool:
    """Whether a shell, a build server or compose sets this variable, so that no file has to."""
    return name in _SUPPLIED or name.startswith(_SUPPLIED_PREFIXES)


class Variables:
    """What one project, or one included project, sets. `missing` tells why not all of it may be known, or is empty.

    An including project's variables win over those of the project that it includes.
    """

    def __init__(self, own: Mapping[str, Text], missing: str = "", outer: "Variables | None" = None) -> None:
        self._own = own
        self._missing = missing
        self._outer = outer

    def lookup(self, name: str) -> Text | None:
        found = self._outer.lookup(name) if self._outer is not None else None
        return self._own.get(name) if found is None else found

    @property
    def missing(self) -> str:
        return self._missing or (self._outer.missing if self._outer is not None else "")

    def unset(self, use: Use) -> Text:
        """What stands for a reference to a variable that is not set here."""
        place = use.reference.place
        if supplied(use.name.raw):
            reason = Reason("host-environment", str(use.name))
            return Text((Run(text=None, place=place, reason=reason, depends=use.name.raw),))
        if self.missing:
            return Text.unknown(Reason("may-be-set", str(use.name), self.missing), place)
        return blank(use)

    def names(self) -> frozenset[str]:
        inherited = self._outer.names() if self._outer is not None else frozenset()
        return inherited | frozenset(self._own)


class Given(NamedTuple):
    """One line of an environment file as compose takes it. `value` is None where it sets nothing."""

    name: Text
    value: Text | None


def read(store: DocumentStore, paths: tuple[str, ...], outer: Variables | None = None) -> Variables:
    """The variables of `.env` files, of which a later one wins."""
    found: dict[str, Text] = {}
    missing = ""
    for path in paths:
        document = store.dotenv(path)
        if document is None:
            missing = missing or f"{path}, which is missing"
            found.update(_promised(store, path))
            continue

        def lookup(name: str) -> Text | None:
            inherited = outer.lookup(name) if outer is not None else None
            return found.get(name) if inherited is None else inherited

        for given in given_by(document, lookup):
            if given.value is not None:
                found[given.name.raw] = given.value
    return Variables(found, missing, outer)


def _promised(store: DocumentStore, path: str) -> Iterator[tuple[str, Text]]:
    """What an environment file that git ignores sets elsewhere: the names of its template, to values unknown here."""
    if store.state(path) == "ignored":
        for name in sorted(promised_names(store, path)):
            yield name, Text.unknown(Reason("ignored-file", path))


def given_by(
    document: DotenvDocument, lookup: Lookup, unset: Callable[[Use], Text] = blank, *, raw: bool = False
) -> Iterator[Given]:
    """The lines of an environment file with their references resolved, as compose's `dotenv` package does.

    A reference is looked up outside first, then among the lines above; `unset` stands for one that neither has. A name
    alone takes its value from outside.
    With `raw`, values stand as they are written (`format: raw`).
    """
    above: dict[str, Text] = {}

    def known(name: str) -> Text | None:
        found = lookup(name)
        return above.get(name) if found is None else found

    for binding in document.bindings:
        value = lookup(binding.name.raw) if binding.value is None else _value(document, binding, known, unset, raw=raw)
        if value is not None:
            above[binding.name.raw] = value
        yield Given(binding.name, value)


def _value(
    document: DotenvDocument, binding: Binding, lookup: Lookup, unset: Callable[[Use], Text], *, raw: bool
) -> Text:
    value = binding.value or Text()
    if raw:
        literal = value.runs[0].literal if value.runs else None
        if not binding.quote.startswith(("single", "double")) or literal is None:
            return value
        return Text.written(document.content[literal.place.start : literal.place.end], literal.place)
    if binding.quote == "bare":
        value = _bare(document, value, binding.name.raw)
    if binding.quote == "single" or "$" not in value.raw:
        return value
    return mark(interpolate(value, lookup, unset).text, binding.name.raw)


def _bare(document: DotenvDocument, value: Text, name: str) -> Text:
    """A value without quotes, which compose ends at a space and `#`: what follows blanks alone is no comment for it."""
    start = value.place.start if value.place is not None else len(document.content)
    end = document.content.find("\n", start)
    line = document.content[start : end if end >= 0 else len(document.content)]
    text = line.lstrip(" \t").partition(" #")[0].rstrip()
    if text == value.raw:
        return value
    at = start + len(line) - len(line.lstrip(" \t"))
    return mark(Text.exactly(text, Place(document.path, at, at + len(text))), name)
