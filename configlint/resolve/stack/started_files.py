"""Files without which an image is not built or its program does not start: what COPY takes, what a command names."""

from collections.abc import Iterator

from configlint.compose.running import Running
from configlint.formats.dockerfile.image import absolute
from configlint.model.regex import regex
from configlint.model.tables import PathUse
from configlint.model.tables.words import Exists
from configlint.model.text import Text
from configlint.model.tree import normal
from configlint.programs.options import values
from configlint.programs.services import Programs
from configlint.programs.started import Started
from configlint.resolve.stack.paths import EXISTS, row
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import basename

_CONFIGURED = ("gunicorn", "hypercorn")
_FETCHES = regex(r"\bgit clone\b|\btar\b|\bunzip\b|\b(?:curl|wget)\s+[-\"'h]")
_WRITES = regex(r">|\b(?:tee|cp|mv|ln|install)\b")
"""Commands with which a build makes files of its own."""
_SCRIPTS = (".py", ".sh")


def rows(store: DocumentStore, one: Running, programs: Programs) -> Iterator[PathUse]:
    yield from _copied(store, one)
    for each in programs.of(one):
        invocation = each.process.invocation
        if not invocation.conditional and invocation.directory is not None:
            yield from _named(store, one, each)


def _copied(store: DocumentStore, one: Running) -> Iterator[PathUse]:
    """What COPY takes from the context, without patterns: docker refuses to build without it."""
    build = one.container.build
    if one.image is None or build is None or build is not one.service.build or build.directory is None:
        return
    for copy in one.image.copies:
        for source in copy.sources if not copy.stage else ():
            raw = source.value
            if raw is None or any(sign in raw for sign in "*?[$<:\\"):
                continue
            path = normal(f"{build.directory}/{raw.lstrip('/')}".lstrip("/"))
            if path:
                yield row(one.stack, source, "COPY source", EXISTS[store.state(path)], path=path, one=one)


def _named(store: DocumentStore, one: Running, each: Started) -> Iterator[PathUse]:
    """The script that is started, and the configuration file of a server."""
    for text in _scripts(each):
        yield row(one.stack, text, "script", _exists(store, one, each, text), one=one)
    if each.name in _CONFIGURED:
        for text in values(each.process.args, "--config", "-c")[-1:]:
            if text.known and ":" not in text.raw:
                yield row(one.stack, text, "config", _exists(store, one, each, text), one=one)


def _scripts(each: Started) -> Iterator[Text]:
    here = each.process
    words = [here.program]
    if here.name.startswith(("python", "pypy")):
        words = [word for word in here.args if not word.raw.startswith("-")][:1]
    yield from (word for word in words if word.value is not None and word.raw.endswith(_SCRIPTS))


def _exists(store: DocumentStore, one: Running, each: Started, text: Text) -> Exists:
    """Unknown where the image may hold the file: only in a directory that is copied or mounted all is seen."""
    found = each.process.locate(text.raw)
    if found.path is not None:
        return EXISTS[store.state(found.path)]
    relative = not text.raw.startswith("/")
    where = one.service.working_dir is not None or (one.image is not None and bool(one.image.workdir))
    if found.how != "none" or (relative and not where) or _is_made(one, basename(text.raw)):
        return "unknown"
    return "no" if _is_copied_into(store, one, absolute(one.container.directory, text.raw)) else "unknown"


def _is_copied_into(store: DocumentStore, one: Running, path: str) -> bool:
    """Whether a directory of the repository is copied to where a path leads."""
    build = one.container.build
    if one.image is None or build is None or build.directory is None:
        return False
    for copy in one.image.copies:
        below = path.startswith(f"{copy.destination.rstrip('/')}/")
        for source in copy.sources if below and not copy.stage else ():
            inside = normal(f"{build.directory}/{source.raw.lstrip('/')}".lstrip("/"))
            if inside is not None and store.state(inside) == "directory":
                return True
    return False


def _is_made(one: Running, name: str) -> bool:
    """Whether a build step fetches files, or writes one of this name."""
    document = one.container.dockerfile
    every = (each for stage in (document.stages if document is not None else ()) for each in stage.instructions)
    steps = (each.body.raw for each in every if each.name == "RUN")
    return any(_FETCHES.search(step) or (name in step and _WRITES.search(step)) for step in steps)
