"""Which compose files run together, and what each service of them runs in."""

from collections.abc import Iterator, Mapping, Sequence

from configlint.formats.dockerfile_image import Image
from configlint.formats.yaml_nodes import Mapping as Branch
from configlint.model.record import record
from configlint.model.settings import StackSetting
from configlint.model.tables import Reach
from configlint.resolve.compose.command import Start, start
from configlint.resolve.compose.container import Container, container
from configlint.resolve.compose.load import DEFAULT_OVERRIDES
from configlint.resolve.compose.model import Environment, Project, Service
from configlint.resolve.compose.project import project
from configlint.resolve.library import Library
from configlint.resolve.scene import Scene, basename, directory

_MAIN_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
"""The names that compose looks for, the first one found wins (compose-go `cli.DefaultFileNames`)."""


@record
class Running:
    """One service of a stack: its container, and what that starts."""

    stack: str
    container: Container
    start: Start

    @property
    def service(self) -> Service:
        return self.container.service

    @property
    def image(self) -> Image | None:
        """The image, if it is built here."""
        return self.container.image

    @property
    def environment(self) -> Environment:
        return self.container.environment

    @property
    def name(self) -> str:
        return self.service.name.raw

    @property
    def reach(self) -> Reach:
        """A service with a profile runs only where somebody asks for it."""
        return "optional" if self.service.profiles else "always"

    @property
    def network(self) -> str:
        """bridge, host, shared (with another container), none, or unknown."""
        mode = self.service.network_mode
        if mode is None:
            return "bridge"
        value = mode.value or "unknown"
        return "shared" if value.startswith(("service:", "container:")) else value if value in _MODES else "unknown"

    @property
    def repository(self) -> str:
        """The image's name without registry, tag and digest: `livekit/livekit-server`."""
        text = self.service.image or (self.image.base if self.image is not None else None)
        name = (text.raw if text is not None else "").partition("@")[0]
        head, _, tail = name.rpartition("/")
        return f"{head}/{tail.partition(':')[0]}" if head else tail.partition(":")[0]


_MODES = ("bridge", "host", "none", "default")


@record
class Stack:
    """One compose project under the name that findings give it."""

    name: str
    project: Project
    running: Mapping[str, Running]


def stacks(scene: Scene) -> tuple[Stack, ...]:
    """The stacks that the configuration names, then those that are found, each main file once."""
    found: list[tuple[str, Project]] = []
    for name, setting in scene.settings.stacks.items():
        if setting.compose:
            found.append((name, _configured(scene.library, setting)))
    met = {path for _, one in found for path in one.files}
    rest = [path for path in scene.files if _is_compose(path) and path not in met]
    projects = list(_found(scene.library, rest))
    default = _default([one for _, one in found], projects)
    found += [("default" if one is default else one.files[0], one) for one in projects]
    return tuple(_stack(name, one, scene.library) for name, one in found)


def _configured(library: Library, setting: StackSetting) -> Project:
    return project(setting.compose[0], library, overlays=setting.compose[1:], environments=setting.env)


def _found(library: Library, paths: Sequence[str]) -> Iterator[Project]:
    """The default project of each directory, and of every other compose file that is no part of one."""
    mains = _mains(paths)
    met: set[str] = set()
    for main in mains.values():
        one = project(main, library)
        if one.files:
            met.update(one.files)
            yield one
    rest = [path for path in paths if path not in met and path not in mains.values()]
    included: set[str] = set()
    alone: list[Project] = []
    for path in rest:
        base = mains.get(directory(path))
        one = project(base, library, overlays=(path,)) if base and _overlays(path, library) else project(path, library)
        if one.files:
            alone.append(one)
            included.update(one.files[1:] if one.files[0] == path else ())
    yield from (one for one in alone if one.files[0] not in included and one.services)


def _mains(paths: Sequence[str]) -> dict[str, str]:
    """The main file of each directory that has one."""
    found: dict[str, str] = {}
    for name in _MAIN_NAMES:
        for path in paths:
            if basename(path) == name:
                found.setdefault(directory(path), path)
    return dict(sorted(found.items()))


def _overlays(path: str, library: Library) -> bool:
    """Whether a file cannot run by itself: one of its services says neither image nor build."""
    if basename(path) in DEFAULT_OVERRIDES:
        return True
    document = library.yaml(path)
    root = document.root if document is not None else None
    services = root.get("services") if isinstance(root, Branch) else None
    if not isinstance(services, Branch):
        return False
    nodes = [node for _, node in services.items() if isinstance(node, Branch)]
    return any(not {"image", "build", "extends"} & set(node.names()) for node in nodes)


def _default(configured: Sequence[Project], found: Sequence[Project]) -> Project | None:
    """The project that needs no name: the one at the root, or the only one."""
    if len(found) == 1 and not configured:
        return found[0]
    return next((one for one in found if one.files[0] in _MAIN_NAMES), None)


def _is_compose(path: str) -> bool:
    name = basename(path).lower()
    if not name.endswith((".yml", ".yaml")):
        return False
    return "compose" in name.replace("-", ".").replace("_", ".").split(".") or name.startswith("docker-compose")


def _stack(name: str, one: Project, library: Library) -> Stack:
    running = {key: _running(name, service, one, library) for key, service in one.services.items()}
    return Stack(name=name, project=one, running=running)


def _running(stack: str, service: Service, one: Project, library: Library) -> Running:
    here = container(service, one, library)
    return Running(stack=stack, container=here, start=start(here, library))
