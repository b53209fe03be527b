"""The Python code that runs in a service: the variables that it reads, and what it takes where they are not set."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from operator import contains

from configlint.code.language import EnvFile, EnvironmentRead, EnvironmentReads
from configlint.code.memo import kept
from configlint.code.python import PYTHON
from configlint.compose.outline import outline
from configlint.compose.running import Running
from configlint.formats.dotenv.document import template_name
from configlint.model.cell import NULL, cell
from configlint.model.record import record
from configlint.model.tables import Credential, Definition, Row
from configlint.programs.livekit import service as livekit
from configlint.programs.livekit.client_variables import KEY, SECRET
from configlint.programs.livekit.files import pair
from configlint.resolve.stack.names import alike
from configlint.workspace.documents import DocumentStore
from configlint.workspace.python_files import PythonFiles
from configlint.workspace.workspace import Workspace, directory

_READ_BY_OTHERS = (
    "PYTHON", "PIP_", "UV_", "HF_", "TRANSFORMERS_", "TORCH_", "CUDA_", "NVIDIA_", "OMP_", "TZ", "LANG", "LC_",
    "GUNICORN_", "WEB_CONCURRENCY", "UVICORN_", "FORWARDED_ALLOW_IPS", "OTEL_", "SENTRY_", "AWS_", "GOOGLE_", "FLASK_",
    "DJANGO_", "LD_", "PATH", "HOME", "USER", "DEBIAN_", "NODE_", "NEXT_", "VITE_", "POSTGRES_", "CELERY_", "LIVEKIT_",
)  # fmt: skip
"""Prefixes of variables that libraries and base images read without any code of ours."""


@record
class Code:
    """The code of a service. `names` are the variables that it reads, `files` the dotenv files that it loads, `paths`
    all files of its container, and `texts` the contents of those that might mention a variable.
    """

    reads: tuple[EnvironmentRead, ...]
    names: "Names"
    files: tuple[EnvFile, ...]
    dynamic: bool
    loaded: frozenset[str]
    paths: frozenset[str]
    texts: "Texts"
    by_module: Mapping[str, EnvironmentReads]


class Names:
    """The variables that code reads, each with its last read."""

    def __init__(self, reads: Iterable[EnvironmentRead]) -> None:
        known = (read for read in reads if read.name.known)
        self.reads = {read.name.raw.upper() if read.folded else read.name.raw: read for read in known}
        self._alike: dict[str, list[str]] = {}

    def alike(self, name: str) -> list[str]:
        """Those that `name` may have been meant for, sorted."""
        if name not in self._alike:
            self._alike[name] = sorted(other for other in self.reads if alike(name, other))
        return self._alike[name]


class Texts:
    """Contents of files, and which names they mention."""

    def __init__(self, contents: Sequence[str]) -> None:
        self._contents = contents
        self._mentioned: dict[str, bool] = {}

    def mention(self, name: str) -> bool:
        if name not in self._mentioned:
            self._mentioned[name] = any(map(contains, self._contents, repeat(name)))
        return self._mentioned[name]


def rows(one: Running, code: Code, missing: Collection[str]) -> Iterator[Row]:
    """`missing` are the variables of which is said already that they are not set."""
    yield from _definitions(one, code, missing)
    if not livekit.program(one):
        yield from _defaults(one, code)


def read(workspace: Workspace, one: Running) -> Code | None:
    """The code of a service that is built or mounted here; None where no Python in it reads or loads a variable."""
    return _code(workspace.store, workspace, _sources(one))


@kept
def _code(_: DocumentStore, workspace: Workspace, sources: frozenset[str]) -> Code | None:
    """The code of every service that holds the same files."""
    paths = _inside(workspace.store, workspace, sources)
    modules = PythonFiles(workspace.store).among(paths)
    if not modules:
        return None
    by_module = {path: PYTHON.reads(document, modules) for path, document in modules.items()}
    files = PYTHON.loads(modules)
    if not files and not any(module.variables for module in by_module.values()):
        return None
    # A field is read where its class stands, and once more in each module that makes an object of it.
    reads = {(read.place, read.name.raw): read for module in by_module.values() for read in module.variables}
    return Code(
        reads=tuple(reads.values()),
        names=Names(reads.values()),
        files=files,
        dynamic=any(module.dynamic for module in by_module.values()),
        loaded=_loaded(workspace, paths) if files else frozenset(),
        paths=frozenset(paths),
        texts=Texts([workspace.store.searched(path) for path in paths if _mentions(workspace, path)]),
        by_module=by_module,
    )


_TEXTS = (".py", ".sh", ".js", ".ts", ".mjs", ".json", ".yaml", ".yml", ".toml", ".conf", ".cfg", ".ini", ".template")


def _mentions(workspace: Workspace, path: str) -> bool:
    """Whether a file could read a variable. A compose file gives it: to find it there again tells nothing."""
    return path.endswith(_TEXTS) and outline(path, workspace.store) is None


def inside(workspace: Workspace, one: Running) -> tuple[str, ...]:
    """The files of the repository that are in the container: mounted there, or copied into its image."""
    return _inside(workspace.store, workspace, _sources(one))


def _sources(one: Running) -> frozenset[str]:
    """The files and directories of which a container holds all that is in them."""
    mounts = (mount.path for mount in one.service.volumes if mount.kind == "bind" and mount.path is not None)
    return frozenset((*mounts, *_copied(one)))


@kept
def _inside(_: DocumentStore, workspace: Workspace, sources: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({path for source in sources for path in workspace.at(source)}))


def _copied(one: Running) -> Iterator[str]:
    build = one.container.build
    if one.image is None or build is None or build.directory is None:
        return
    for copy in one.image.copies:
        if not copy.stage:
            for source in copy.sources:
                plain = source.raw.strip("/").removeprefix("./").strip(".").rstrip("*").rstrip("/")
                yield "/".join(part for part in (build.directory, plain) if part)


def _loaded(workspace: Workspace, paths: Sequence[str]) -> frozenset[str]:
    """Names that dotenv files beside the code set: the code may load them."""
    where = {directory(path) for path in paths} | {""}
    names: set[str] = set()
    for path in (path for place in where for path in workspace.env_files.get(place, ()) if not template_name(path)):
        document = workspace.store.dotenv(path)
        if document is not None:
            names.update(binding.name.raw for binding in document.bindings)
    return frozenset(names)


def _definitions(one: Running, code: Code, missing: Collection[str]) -> Iterator[Definition]:
    """What compose gives to the service by name, and whether its code reads something else in its place."""
    given = one.environment.values
    for name, value in given.items():
        if value.source != "environment" or name.startswith(_READ_BY_OTHERS):
            continue
        known = name in code.names.reads or code.dynamic or code.texts.mention(name)
        others = () if known else code.names.alike(name)
        unset = (other for other in others if not any(other in names for names in (given, code.loaded, missing)))
        near = next((code.names.reads[other] for other in unset), None)
        yield Definition(
            stack=one.stack, at=value.name, service=one.name, reach=one.reach, name=cell(value.name), value=NULL,
            file=one.service.file, file_role="given", mistaken=near is not None,
            lookalike=cell(near.name) if near is not None else NULL,
        )  # fmt: skip


def _defaults(one: Running, code: Code) -> Iterator[Credential]:
    """The LiveKit pair with which the code signs where nothing sets another one."""
    reads = {use.name.raw: use for use in code.reads if use.default is not None}
    secret, key = reads.get(SECRET), reads.get(KEY)
    if secret is None or secret.default is None or not secret.default.raw or SECRET in one.environment.values:
        return
    given = one.environment.lookup(KEY)
    name = given if given is not None else key.default if key is not None else None
    yield pair(
        stack=one.stack, service=one.name, role="client", label=SECRET, at=secret.default,
        key=cell(name) if name is not None and name.raw else NULL, secret=secret.default, length_matters=False,
    )  # fmt: skip
