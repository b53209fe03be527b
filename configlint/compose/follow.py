"""Start scripts and process managers of a container, opened to see what they start in turn."""

from collections.abc import Iterator, Sequence

from configlint.compose.container import Container, repository_path
from configlint.formats.compose_template import Lookup
from configlint.formats.dockerfile.image import absolute
from configlint.formats.shell.launchers import SHELLS, program_name
from configlint.formats.shell.script import Invocation, from_script, from_words
from configlint.formats.shell.units import programs
from configlint.model.text import Literal, Place, Text
from configlint.workspace.documents import Shelf

_SCRIPTS = 5
"""How many scripts may start each other."""
_BINARIES = ("/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin")


class Follower:
    """Opens the scripts that one container starts."""

    def __init__(self, here: Container, shelf: Shelf) -> None:
        self._here = here
        self._library = shelf

    def follow(self, invocations: Sequence[Invocation], depth: int = 0) -> Iterator[Invocation]:
        """The programs themselves, in the order in which they are started."""
        for one in invocations:
            inner = self._inside(one, depth)
            if inner is None:
                yield one
            else:
                yield from self.follow([_within(one, each) for each in inner], depth + 1)

    def _inside(self, one: Invocation, depth: int) -> list[Invocation] | None:
        """What a script or a process manager starts in turn; None where the program is neither."""
        if one.program.value is None or depth > _SCRIPTS:
            return None
        name = program_name(one.program.raw)
        if name in ("supervisord", "honcho", "foreman"):
            return self._managed(one, name)
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
            return self._here.environment.lookup(name) if found is None else found

        return find

    def _entered(self, one: Invocation) -> list[Invocation] | None:
        """An entry point that is not here ends, by convention, with the command that it is given."""
        if "entrypoint" not in one.program.raw or not one.args:
            return None
        return from_words(one.args, self._here.environment.lookup, one.slot)

    def _located(self, one: Invocation) -> str | None:
        raw = one.program.raw
        candidates = [absolute(self._directory(one), raw)]
        if "/" not in raw:
            candidates += [f"{directory}/{raw}" for directory in _BINARIES]
        for candidate in candidates:
            found = repository_path(self._here, candidate, self._library).path
            if found is not None and self._library.state(found) == "file":
                return found
        return None

    def _directory(self, one: Invocation) -> str:
        return absolute(self._here.directory, one.directory or ".")

    def _managed(self, one: Invocation, name: str) -> list[Invocation] | None:
        """What supervisor's configuration, or a Procfile, names."""
        default = "Procfile" if name != "supervisord" else "/etc/supervisor/supervisord.conf"
        flags = ("-c", "--configuration") if name == "supervisord" else ("-f", "--procfile")
        named = next((two.raw for flag, two in zip(one.args, one.args[1:], strict=False) if flag.raw in flags), default)
        path = repository_path(self._here, absolute(self._directory(one), named), self._library).path
        document = self._library.script(path) if path is not None else None
        if path is None or document is None:
            return None
        found = programs("supervisor" if name == "supervisord" else "procfile", path, document.content)
        return [each for program in found for each in program.invocations(self._lookup(one))]


def _is_shell(path: str, content: str) -> bool:
    first = content.removeprefix("\ufeff").partition("\n")[0]
    if first.startswith("#!"):
        return first.rstrip().endswith(tuple(SHELLS)) or any(f"/{shell} " in first for shell in SHELLS)
    return path.endswith((".sh", ".bash"))


def _within(outer: Invocation, inner: Invocation) -> Invocation:
    """A program that a script starts, in the environment and place in which the script runs."""
    directory = inner.directory
    if directory is not None and not directory.startswith("/"):
        directory = None if outer.directory is None else "/".join(part for part in (outer.directory, directory) if part)
    return Invocation(
        program=inner.program,
        args=inner.args,
        environment=tuple({**dict(outer.environment), **dict(inner.environment)}.items()),
        slot=inner.slot,
        conditional=outer.conditional or inner.conditional,
        directory=directory,
    )
