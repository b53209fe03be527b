"""The container of a service: its image, its environment, and which file of the repository stands where in it."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Literal, NamedTuple

from configlint.compose.dockerignore import left_out
from configlint.compose.environment import environment
from configlint.compose.model import Build, Environment, Grant, Project, Service
from configlint.formats.dockerfile.document import DockerfileDocument
from configlint.formats.dockerfile.image import Copy, Image, absolute, image
from configlint.model.record import record
from configlint.model.text import Text
from configlint.model.tree import normal
from configlint.workspace.documents import DocumentStore

How = Literal["mount", "copy", "inline", "hidden", "unknown", "none"]
_STAGES, _STEPS = 10, 200
"""How deep, and how often, stages are searched that copy from each other."""


class Found(NamedTuple):
    """What a path in a container is. `path` is from the root, where a mount or COPY brings a file of the repository.

    inline: the compose file holds its `content`. hidden: a volume lies over it. unknown: an image that is not built
    here may hold it. none: nothing brings it.
    """

    path: str | None
    how: How
    content: Text | None = None


@record
class Container:
    """`image` is None where the service's image is not built here, or its Dockerfile cannot be read.

    `service` is None where an image is looked at that no service of compose runs.
    """

    service: Service | None
    build: Build | None
    dockerfile: DockerfileDocument | None
    image: Image | None
    environment: Environment

    @property
    def absent_stage(self) -> Text | None:
        """The `target` of the build, where its Dockerfile can be read and has no stage of that name."""
        target = self.build.target if self.build is not None else None
        here = self.dockerfile is not None and self.image is None
        return target if here and target is not None and target.value else None

    @property
    def directory(self) -> str:
        """The working directory of its processes."""
        below = self.image.workdir if self.image is not None else ""
        own = self.service.working_dir if self.service is not None else None
        return absolute(below, own.raw).rstrip("/") or "/" if own is not None and own.known else below or "/"


def container(service: Service, project: Project, store: DocumentStore) -> Container:
    """The container of a service, whose image may be built by another service under the same name."""
    return built_container(service, service.build or _built_elsewhere(service, project), store)


def built_container(service: Service | None, build: Build | None, store: DocumentStore) -> Container:
    document = store.dockerfile(build.path) if build is not None and build.path and build.inline is None else None
    built: Image | None = None
    if build is not None and document is not None:
        target = build.target.value if build.target is not None else ""
        built = image(document, target or "", build.args)
    found = environment(service, store, built)
    return Container(service=service, build=build, dockerfile=document, image=built, environment=found)


def _built_elsewhere(service: Service, project: Project) -> Build | None:
    name = service.image.value if service.image is not None else None
    if not name:
        return None
    others = (one for one in project.services.values() if one.build is not None and one.image is not None)
    return next((one.build for one in others if one.image is not None and one.image.value == name), None)


def repository_path(here: Container, path: str, store: DocumentStore) -> Found:
    """The file or directory of the repository that stands at a path of a container, relative ones from where it works.

    Mounts lie over the image; among them the one deepest down counts. Of COPY lines the last one counts.
    """
    path = absolute(here.directory, path).rstrip("/") or "/"
    mounted = _mounted(here.service, path) if here.service is not None else None
    if mounted is not None:
        return mounted
    if here.image is None or here.dockerfile is None or here.build is None:
        return Found(None, "unknown")
    return _Copies(here.dockerfile, here.build, store).find(here.image, path, 0)


def _mounted(service: Service, path: str) -> Found | None:
    deepest, found = -1, None
    for target, candidate in _mounts(service, path):
        if len(target) > deepest:
            deepest, found = len(target), candidate
    return found


def _mounts(service: Service, path: str) -> Iterator[tuple[str, Found]]:
    for grant in (*service.configs, *service.secrets):
        if absolute("", grant.target.raw).rstrip("/") == path:
            yield path, _granted(grant)
    for mount in service.volumes:
        target = absolute("", mount.target.raw).rstrip("/")
        rest = _below(target, path)
        if rest is None:
            continue
        if mount.kind != "bind":
            yield target, Found(None, "hidden")
        elif mount.path is None:
            yield target, Found(None, "unknown")
        else:
            yield target, Found(_joined(mount.path, rest), "mount")


def _granted(grant: Grant) -> Found:
    if grant.content is not None:
        return Found(None, "inline", grant.content)
    return Found(grant.path, "mount") if grant.path is not None else Found(None, "hidden")


def _below(directory: str, path: str) -> str | None:
    """The rest of a path behind a directory; empty for the directory itself."""
    if path == directory:
        return ""
    return path[len(directory) + 1 :] if path.startswith(directory + "/") else None


def _joined(directory: str, rest: str) -> str:
    return f"{directory}/{rest}".strip("/") if rest else directory


class _Copies:
    def __init__(self, document: DockerfileDocument, build: Build, store: DocumentStore) -> None:
        self._document = document
        self._build = build
        self._library = store
        self._steps = 0

    def find(self, built: Image, path: str, depth: int) -> Found:
        unknown = False
        self._steps += 1
        if self._steps > _STEPS:
            return Found(None, "unknown")
        for copy in reversed(built.copies):
            for source in reversed(copy.sources):
                found = self._from(copy, source.raw, path, depth)
                if found.path is not None:
                    return found
                unknown = unknown or found.how == "unknown"
        return Found(None, "unknown" if unknown else "none")

    def _from(self, copy: Copy, source: str, path: str, depth: int) -> Found:
        if copy.stage:
            return self._from_stage(copy, source, path, depth)
        directory = self._build.directory
        if directory is None or "://" in source:
            return Found(None, "unknown" if _below(copy.destination.rstrip("/"), path) is not None else "none")
        for candidate in _candidates(copy, source, path, self._is_directory(_in_context(directory, source))):
            if fnmatchcase(candidate, source.strip("/")) or not _wild(source):
                found = _in_context(directory, candidate)
                if found is not None and self._sent(found):
                    return Found(found, "copy")
        return Found(None, "none")

    def _from_stage(self, copy: Copy, source: str, path: str, depth: int) -> Found:
        rest = _below(copy.destination.rstrip("/"), path)
        if rest is None:
            return Found(None, "none")
        stage = self._document.stage(copy.stage)
        below = image(self._document, copy.stage, self._build.args) if stage is not None and depth < _STAGES else None
        if below is None:
            return Found(None, "unknown")
        base = absolute("/", source).rstrip("/")
        inner = self.find(below, f"{base}/{rest}" if rest else base, depth + 1)
        if inner.path is None and rest and base.rpartition("/")[2] == rest:
            inner = self.find(below, base, depth + 1)
        return inner if inner.path is not None else Found(None, "unknown")

    def _sent(self, path: str) -> bool:
        """Whether the build is sent what stands at a path. Of a directory that is left out, `!` may send files."""
        state = self._library.state(path)
        return state == "directory" or (state == "file" and not left_out(self._library, self._build, path))

    def _is_directory(self, path: str | None) -> bool:
        return path is not None and self._library.state(path) == "directory"


def _wild(source: str) -> bool:
    return any(sign in source for sign in "*?[")


def _in_context(directory: str, path: str) -> str | None:
    """A path of the build context from the root; a leading slash is the context itself."""
    inside = path.lstrip("/")
    return normal(f"{directory}/{inside}" if directory else inside)


def _candidates(copy: Copy, source: str, path: str, is_directory: bool) -> Iterator[str]:
    """Paths in the build context that COPY would bring to `path`."""
    destination = copy.destination.rstrip("/")
    rest = _below(destination, path)
    if rest is None:
        return
    plain = source.strip("/")
    if is_directory:
        yield f"{plain}/{rest}" if plain not in ("", ".") else rest
    elif _wild(source):
        head = plain.rpartition("/")[0]
        first = rest.partition("/")[0]
        if first:
            yield f"{head}/{first}" if head else first
    elif not rest or rest == plain.rpartition("/")[2]:
        yield plain
