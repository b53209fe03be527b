"""Paths that compose files name, and whether they are there."""

from collections.abc import Iterator, Mapping

from configlint.compose.discover import Stack
from configlint.compose.running import Running
from configlint.formats.shell.launchers import SHELLS
from configlint.model.cell import cell
from configlint.model.record import replace
from configlint.model.tables import PathUse, Problem
from configlint.model.tables.words import Exists, PathRole
from configlint.model.text import Place, Text
from configlint.programs.livekit import service as livekit
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import basename

EXISTS: dict[str, Exists] = {
    "file": "yes",
    "directory": "yes",
    "other": "yes",
    "ignored": "ignored",
    "missing": "no",
    "outside": "unknown",
}

_LABELS: Mapping[PathRole, str] = {
    "env_file": "env file",
    "context": "build context",
    "dockerfile": "Dockerfile",
    "build target": "build target",
    "COPY source": "source of COPY",
    "script": "script",
    "config": "config file",
    "mount": "bind mount source",
    "include": "included compose file",
    "config, which nothing mounts": "unmounted config file",
}


def rows(store: DocumentStore, stack: Stack) -> Iterator[PathUse]:
    for one in stack.running.values():
        yield from _env_files(store, one)
        yield from _build(store, one)
        yield from _mounts(store, one)
        yield from _configuration(store, one)
    for refusal in stack.project.problems:
        if refusal.what in ("missing", "ignored"):
            yield row(stack.name, refusal.at, "include", EXISTS[refusal.what])


def refused(stack: Stack) -> Iterator[Problem]:
    """What compose refuses in the stack's files: no template, a cycle, a way out of the root, a port mapping."""
    for refusal in stack.project.problems:
        if refusal.what in ("compose", "cycle", "outside"):
            yield Problem(
                stack=stack.name, at=refusal.at, what="unreadable", detail=refusal.message, name=str(refusal.at),
                value=cell(refusal.at),
            )  # fmt: skip
    for one in stack.running.values():
        for port in one.service.ports:
            if port.mismatch:
                yield Problem(
                    stack=stack.name, at=port.at, service=one.name, reach=one.reach, what="unreadable",
                    detail=port.error, name=str(port.at), value=cell(port.at),
                )  # fmt: skip


def row(
    stack: str,
    text: Text,
    what: PathRole,
    exists: Exists,
    *,
    path: str = "",
    one: Running | None = None,
    required: bool = True,
) -> PathUse:
    return PathUse(
        stack=stack, at=text, service=one.name if one else "", reach=one.reach if one else "always", what=what,
        label=_LABELS.get(what, ""), value=cell(text), exists=exists, required=required, path=path,
    )  # fmt: skip


def _env_files(store: DocumentStore, one: Running) -> Iterator[PathUse]:
    for file in one.service.env_files:
        if file.target is not None:
            yield row(
                one.stack,
                file.path,
                "env_file",
                EXISTS[store.state(file.target)],
                path=file.target,
                one=one,
                required=file.required,
            )


def _build(store: DocumentStore, one: Running) -> Iterator[PathUse]:
    build = one.service.build
    if build is None or build.directory is None or build.inline is not None:
        return
    state = store.state(build.directory) if build.directory else "directory"
    yield row(one.stack, build.context, "context", EXISTS[state], path=build.directory, one=one)
    if state == "directory" and build.path is not None:
        exists = EXISTS[store.state(build.path)]
        named = build.dockerfile
        use = row(
            one.stack, named if named is not None else build.context, "dockerfile", exists, path=build.path, one=one
        )
        at = build.context.place or one.service.name.place
        yield use if named is not None or at is None else replace(use, value=cell(Text.written(build.path, at)))
    stage = one.container.absent_stage
    if stage is not None:
        yield row(one.stack, stage, "build target", "no", one=one)


def _mounts(store: DocumentStore, one: Running) -> Iterator[PathUse]:
    """Bind mounts. Docker makes a directory of a source that is absent: wrong only where a file was meant."""
    for mount in one.service.volumes:
        if mount.kind == "bind" and mount.path is not None and mount.source is not None:
            exists = EXISTS[store.state(mount.path)] if mount.path else "yes"
            meant = not mount.makes or (_is_file_name(mount.target.raw) and not mount.source.raw.endswith("/"))
            yield row(one.stack, mount.source, "mount", exists, path=mount.path, one=one, required=meant)


def _configuration(store: DocumentStore, one: Running) -> Iterator[PathUse]:
    """The file that an image of LiveKit's own is told to read: no such image holds one, so it has to be mounted."""
    found = livekit.config(one, store)
    opaque = any(
        not mount.target.known or (mount.kind == "bind" and mount.path is None) for mount in one.service.volumes
    )
    plain = one.container.build is None and one.service.entrypoint is None and not opaque
    words = one.service.command.words if one.service.command is not None else ()
    # A shell may write the file before it starts the program.
    plain = plain and not (words and basename(words[0].raw) in SHELLS)
    if plain and livekit.official(one) and found.found is not None and found.found.how == "unknown":
        yield row(one.stack, found.at, "config, which nothing mounts", "no", one=one)


_FILES = frozenset({"caddyfile", "corefile", "procfile", "crontab", "htpasswd", ".htpasswd", "makefile"})
_NO_ENDINGS = frozenset({"d", "git", "com", "org", "net", "io", "dev", "app", "local", "lan"})
"""What follows the last dot in names of directories: of configuration, of repositories, of domains."""


def _is_file_name(path: str) -> bool:
    """Whether a path looks like a file's: its last part has an ending, and is no hidden or versioned directory."""
    name = basename(path)
    stem, dot, ending = name.rpartition(".")
    ended = bool(dot and stem and ending.isalnum() and not ending.isdigit()) and ending.lower() not in _NO_ENDINGS
    return ended or name.lower() in _FILES


def baked_file(one: Running, path: str) -> PathUse:
    """A configuration file that is copied into the image of a service: an edit needs a build."""
    at = Text.written(path, Place(path, 0, 0))
    return row(one.stack, at, "baked", "yes", one=one, required=False)
