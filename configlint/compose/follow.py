"""Start scripts, scripts of package.json and process managers, opened to see what they start in turn."""

from collections.abc import Iterator, Sequence

from configlint.compose.package_scripts import package_script
from configlint.compose.surroundings import Surroundings
from configlint.formats.compose_template import Lookup
from configlint.formats.shell.launchers import SHELLS, program_name
from configlint.formats.shell.script import Invocation, from_script, from_words
from configlint.formats.shell.units import programs
from configlint.model.record import replace
from configlint.model.text import Literal, Place, Text

_SCRIPTS = 5
"""How many scripts may start each other."""
_BINARIES = ("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin")


class Follower:
    """Opens the scripts that are started in certain surroundings."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._library = around.store

    def follow(self, invocations: Sequence[Invocation], depth: int = 0) -> Iterator[Invocation]:
        """The programs themselves, in the order in which they are started."""
        for one in invocations:
            inner = self._inside(one, depth)
            if inner is None:
                yield one
            else:
                yield from self.follow([within(one, each) for each in inner], depth + 1)

    def _inside(self, one: Invocation, depth: int) -> list[Invocation] | None:
        """What a script or a process manager starts in turn; None where the program is neither."""
        if one.program.value is None or depth > _SCRIPTS:
            return None
        name = program_name(one.program.raw)
        if name in ("supervisord", "honcho", "foreman"):
            return self._managed(one, name)
        packaged = package_script(one, lambda path: self._file(one, path), self._library)
        if packaged is not None:
            found = from_script(packaged.script, self._lookup(one), ())
            return [replace(each, directory=_inside(packaged.directory, each.directory)) for each in found]
        path = self._located(one)
        content = self._library.text(path) if path is not None else None
        if path is None or content is None:
            return self._entered(one)
        if not _is_shell(path, content) or self._library.script(path) is None:
            return None
        place = Place(path, 0, len(content))
        text = Text.literal(content, Literal(place=place, inner=place, style="shell/script"))
        return from_script(text, self._lookup(one), one.args, one.slot)

    def _lookup(self, one: Invocation) -> Lookup:
        made = dict(one.environment)

        def find(name: str) -> Text | None:
            found = made.get(name)
            return self._around.lookup(name) if found is None else found

        return find

    def _entered(self, one: Invocation) -> list[Invocation] | None:
        """An entry point that is not here ends, by convention, with the command that it is given."""
        if "entrypoint" not in one.program.raw or not one.args:
            return None
        return from_words(one.args, self._around.lookup, one.slot)

    def _located(self, one: Invocation) -> str | None:
        raw = one.program.raw
        candidates = [raw]
        if "/" not in raw:
            candidates += [f"{directory}/{raw}" for directory in _BINARIES]
        return next((found for path in candidates if (found := self._file(one, path)) is not None), None)

    def _file(self, one: Invocation, path: str) -> str | None:
        """The file of the repository at a path, relative ones from where the program is started."""
        found = self._around.locate(_inside(one.directory or "", path) or path).path
        return found if found is not None and self._library.state(found) == "file" else None

    def _managed(self, one: Invocation, name: str) -> list[Invocation] | None:
        """What supervisor's configuration, or a Procfile, names."""
        default = "Procfile" if name != "supervisord" else "/etc/supervisor/supervisord.conf"
        flags = ("-c", "--configuration") if name == "supervisord" else ("-f", "--procfile")
        named = next((two.raw for flag, two in zip(one.args, one.args[1:], strict=False) if flag.raw in flags), default)
        path = self._file(one, named)
        document = self._library.script(path) if path is not None else None
        if path is None or document is None:
            return None
        found = programs("supervisor" if name == "supervisord" else "procfile", path, document.content)
        started = [each for program in found for each in program.invocations(self._lookup(one))]
        return [replace(each, background=True) for each in started]


def _is_shell(path: str, content: str) -> bool:
    first = content.removeprefix("\ufeff").partition("\n")[0]
    if first.startswith("#!"):
        return first.rstrip().endswith(tuple(SHELLS)) or any(f"/{shell} " in first for shell in SHELLS)
    return path.endswith((".sh", ".bash"))


def within(outer: Invocation, inner: Invocation) -> Invocation:
    """A program that another one starts, in the environment and place in which that one runs."""
    return replace(
        inner,
        environment=tuple({**dict(outer.environment), **dict(inner.environment)}.items()),
        conditional=outer.conditional or inner.conditional,
        background=outer.background or inner.background,
        directory=_inside(outer.directory, inner.directory),
    )


def _inside(directory: str | None, path: str | None) -> str | None:
    """A path that starts at a directory; None where either is not known."""
    if path is None or path.startswith("/"):
        return path
    return None if directory is None else "/".join(part for part in (directory, path) if part)
