"""Which compose files run together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from configlint.compose.command import start
from configlint.compose.container import container
from configlint.compose.load import DEFAULT_NAMES
from configlint.compose.model import Project, Service
from configlint.compose.outline import Outline, outline
from configlint.compose.project import project
from configlint.compose.running import Running
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.settings import StackSetting
from configlint.workspace.documents import Shelf
from configlint.workspace.workspace import Scene, basename, by_directory, directory


@record
class Stack:
    """One compose project under the name that findings give it.

    `unseen` tells why services may belong to it that are not seen here; it is empty where all of them are.
    `neighbours` are services of other compose files beside its own, with their files: unless somebody names the
    project, all of them run in one.
    """

    name: str
    project: Project
    running: Mapping[str, Running]
    unseen: Reason | None = None
    neighbours: Mapping[str, str]

    def networks_of(self, one: Running) -> frozenset[str] | None:
        """The networks of the project that a service joins; None where its network mode hides them.

        Without `networks` it joins the default one, with them it leaves that (compose specification, 05-services.md).
        """
        mode = one.service.network_mode
        if one.network in ("host", "none"):
            return frozenset()
        if one.network == "shared" and mode is not None and mode.raw.startswith("service:"):
            other = self.running.get(mode.raw.removeprefix("service:"))
            return None if other is None or other.network == "shared" else self.networks_of(other)
        if one.network != "bridge":
            return None
        return frozenset(attachment.network for attachment in one.service.networks) or frozenset({"default"})


class _Found(NamedTuple):
    """A project, and the file after which it is called: the one that is laid over the others, else its main file."""

    name: str
    project: Project


def stacks(scene: Scene) -> tuple[Stack, ...]:
    """The stacks that the configuration names, then those that are found, each main file once."""
    configured = [
        _Found(name, _configured(scene.shelf, setting))
        for name, setting in scene.settings.stacks.items()
        if setting.compose
    ]
    met = {path for one in configured for path in one.project.files}
    outlines = {path: one for path in scene.files if path not in met and (one := outline(path, scene.shelf))}
    found = list(_found(scene.shelf, outlines))
    default = _default(found, bool(configured))
    named = [*configured, *(_Found("default", one.project) if one is default else one for one in found)]
    near = by_directory(outlines)
    return tuple(_stack(one, scene.shelf, outlines, near.get(one.project.directory, ())) for one in named)


def _configured(shelf: Shelf, setting: StackSetting) -> Project:
    return project(setting.compose[0], shelf, overlays=setting.compose[1:], environments=setting.env)


def _found(shelf: Shelf, outlines: Mapping[str, Outline]) -> Iterator[_Found]:
    """The default project of each directory, and of every other compose file; what is part of another is none."""
    mains = _mains(outlines)
    projects = [_Found(main, project(main, shelf)) for main in mains.values()]
    met = {path for one in projects for path in one.project.files}
    main_files, near = frozenset(mains.values()), by_directory(outlines)
    for path in (path for path in outlines if path not in met and path not in main_files):
        base = _base(path, mains, {other: outlines[other] for other in near[directory(path)]})
        projects.append(_Found(path, project(base, shelf, overlays=(path,)) if base else project(path, shelf)))
    wholes: dict[str, list[_Found]] = {}
    for one in projects:
        for part in one.project.parts:
            wholes.setdefault(part, []).append(one)
    for one in projects:
        stands = one.project.files and (one.name in main_files or one.project.services)
        if stands and not any(_holds(whole, one) for whole in wholes.get(one.name, ())):
            yield one


def _holds(whole: _Found, one: _Found) -> bool:
    """Whether a project that takes in the file of another holds it; not where each takes in the other."""
    return whole is not one and whole.name not in one.project.parts


def _mains(outlines: Mapping[str, Outline]) -> dict[str, str]:
    """The main file of each directory that has one."""
    found: dict[str, str] = {}
    for name in DEFAULT_NAMES:
        for path in outlines:
            if basename(path) == name:
                found.setdefault(directory(path), path)
    return dict(sorted(found.items()))


def _base(path: str, mains: Mapping[str, str], outlines: Mapping[str, Outline]) -> str | None:
    """The file over which one is laid that cannot run by itself: the main file beside it, or the one that fits.

    `outlines` are those of its directory.
    """
    own = outlines[path]
    if not own.overlay:
        return None
    if directory(path) in mains:
        return mains[directory(path)]
    fitting = [
        other for other, one in outlines.items() if not one.overlay and one.services >= own.needs and one.services
    ]
    return fitting[0] if len(fitting) == 1 else None


def _default(found: Sequence[_Found], among_others: bool) -> _Found | None:
    """The project that needs no name: the one at the root, or the only one."""
    if len(found) == 1 and not among_others:
        return found[0]
    return next((one for one in found if one.name in DEFAULT_NAMES), None)


def _stack(one: _Found, shelf: Shelf, outlines: Mapping[str, Outline], near: Sequence[str]) -> Stack:
    """`near` are the compose files in the directory of the project."""
    running = {key: _running(one.name, service, one.project, shelf) for key, service in one.project.services.items()}
    beside = {name: path for path in near if path not in one.project.files for name in outlines[path].services}
    unseen = _unseen(one.project, outlines)
    return Stack(name=one.name, project=one.project, running=running, unseen=unseen, neighbours=beside)


def _running(stack: str, service: Service, one: Project, shelf: Shelf) -> Running:
    here = container(service, one, shelf)
    named = {text.raw for text in service.profiles}
    requested = bool(named) and ("*" in one.active or not named.isdisjoint(one.active))
    return Running(stack=stack, service=service, container=here, start=start(here, shelf), requested=requested)


_UNFOLLOWED = ("missing", "outside", "ignored", "elsewhere")


def _unseen(one: Project, outlines: Mapping[str, Outline]) -> Reason | None:
    """Why more services may run than these: a file that is included is not here, or services are counted on."""
    for problem in one.problems:
        if problem.what in _UNFOLLOWED:
            return Reason("unseen-include", str(problem.at))
    wanted = {name for path in one.files if path in outlines for name in outlines[path].needs}
    absent = sorted(wanted - set(one.services))
    return Reason("base-file", ", ".join(absent)) if absent else None
