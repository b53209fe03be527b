"""Which compose files run together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from configlint.compose.bases import Bases, mains
from configlint.compose.command import start
from configlint.compose.container import container
from configlint.compose.file_lists import FileList, file_lists
from configlint.compose.load import DEFAULT_NAMES, default_environment
from configlint.compose.model import Project, Service
from configlint.compose.outline import Outline, outline
from configlint.compose.project import project
from configlint.compose.running import Running
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.settings import StackSetting
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import Workspace, by_directory


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


def stacks(workspace: Workspace) -> tuple[Stack, ...]:
    """The stacks that the configuration names, then those that are found, each main file once."""
    configured = [
        _Found(name, _configured(workspace.store, setting))
        for name, setting in workspace.settings.stacks.items()
        if setting.compose
    ]
    met = {path for one in configured for path in one.project.files}
    outlines = {path: one for path in workspace.files if path not in met and (one := outline(path, workspace.store))}
    found = list(_found(workspace, outlines))
    default = _default(found, bool(configured))
    named = [*configured, *(_Found("default", one.project) if one is default else one for one in found)]
    near = by_directory(outlines)
    return tuple(_stack(one, workspace.store, outlines, near.get(one.project.directory, ())) for one in named)


def _configured(store: DocumentStore, setting: StackSetting) -> Project:
    return project(setting.compose[0], store, overlays=setting.compose[1:], environments=setting.env)


def _found(workspace: Workspace, outlines: Mapping[str, Outline]) -> Iterator[_Found]:
    """The default project of each directory, what the repository lists, and every other compose file over its base.

    What is part of another is none.
    """
    store, main_files = workspace.store, mains(outlines)
    defaults = [_Found(main, project(main, store)) for main in main_files.values()]
    told = _listed(workspace, outlines, [one.project for one in defaults])
    replaced = {one.name for one in told} | {path for one in told for path in _laid(one.project, outlines)}
    projects = [*(one for one in defaults if one.name not in replaced), *told]
    met = {path for one in projects for path in one.project.files}
    bases = Bases(store=store, outlines=outlines, mains=main_files)
    for path in (path for path in outlines if path not in met):
        layers = (*bases.beneath(path), path)
        projects.append(_Found(path, project(layers[0], store, overlays=layers[1:])))
    wholes: dict[str, list[_Found]] = {}
    for one in projects:
        for part in one.project.parts:
            wholes.setdefault(part, []).append(one)
    names = frozenset(main_files.values())
    for one in projects:
        stands = one.project.files and (one.name in names or one.project.services)
        if stands and not any(_holds(whole, one) for whole in wholes.get(one.name, ())):
            yield one


def _listed(workspace: Workspace, outlines: Mapping[str, Outline], defaults: Sequence[Project]) -> list[_Found]:
    """The projects whose files the repository lists; of lists that end with one file, the longest."""
    known = {(one.files, one.directory) for one in defaults}
    lists: dict[str, FileList] = {}
    for one in file_lists(workspace, outlines):
        longest = lists.get(one.files[-1])
        if (one.files, one.paths_start) not in known and (longest is None or len(one.files) > len(longest.files)):
            lists[one.files[-1]] = one
    return [_Found(name, _of_list(one, workspace.store)) for name, one in lists.items()]


def _of_list(one: FileList, store: DocumentStore) -> Project:
    """Without `--env-file` compose reads `.env` where it is run, and for other names that of the project."""
    (main, *others), where = one.files, one.paths_start
    own = (default_environment(where), default_environment(one.directory))
    environments = one.environments or tuple(path for path in dict.fromkeys(own) if store.state(path) == "file")
    return project(main, store, overlays=tuple(others), environments=environments, directory=where)


def _laid(one: Project, outlines: Mapping[str, Outline]) -> Iterator[str]:
    """The files of a project that are laid over its first one, and that compose refuses alone."""
    return (path for path in one.files[1:] if path in outlines and outlines[path].overlay)


def _holds(whole: _Found, one: _Found) -> bool:
    """Whether a project that takes in the file of another holds it; not where each takes in the other."""
    return whole is not one and whole.name not in one.project.parts


def _default(found: Sequence[_Found], among_others: bool) -> _Found | None:
    """The project that needs no name: the one at the root, or the only one."""
    if len(found) == 1 and not among_others:
        return found[0]
    return next((one for one in found if one.name in DEFAULT_NAMES), None)


def _stack(one: _Found, store: DocumentStore, outlines: Mapping[str, Outline], near: Sequence[str]) -> Stack:
    """`near` are the compose files in the directory of the project."""
    running = {key: _running(one.name, service, one.project, store) for key, service in one.project.services.items()}
    beside = {name: path for path in near if path not in one.project.files for name in outlines[path].services}
    unseen = _unseen(one.project, outlines)
    return Stack(name=one.name, project=one.project, running=running, unseen=unseen, neighbours=beside)


def _running(stack: str, service: Service, one: Project, store: DocumentStore) -> Running:
    here = container(service, one, store)
    named = {text.raw for text in service.profiles}
    requested = bool(named) and ("*" in one.active or not named.isdisjoint(one.active))
    return Running(stack=stack, service=service, container=here, start=start(here, store), requested=requested)


_UNFOLLOWED = ("missing", "outside", "ignored", "elsewhere")


def _unseen(one: Project, outlines: Mapping[str, Outline]) -> Reason | None:
    """Why more services may run than these: a file that is included is not here, or services are counted on."""
    for problem in one.problems:
        if problem.what in _UNFOLLOWED:
            return Reason("unseen-include", str(problem.at))
    wanted = {name for path in one.files if path in outlines for name in outlines[path].needs}
    whole = {name for name, each in one.services.items() if each.image is not None or each.build is not None}
    absent = sorted(wanted - whole)
    return Reason("base-file", ", ".join(absent)) if absent else None
