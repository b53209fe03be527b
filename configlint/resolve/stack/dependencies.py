"""What the services of a stack wait for, and whether that can be.

Compose refuses a project in which `depends_on` names no service, or one that is not active (compose-go, "depends on
undefined service"), and stops where it waits for the health of a container without a check.
"""

from collections.abc import Iterator

from configlint.compose.discover import Stack
from configlint.compose.load import DEFAULT_NAMES, DEFAULT_OVERRIDES
from configlint.compose.model import Dependency
from configlint.compose.running import Running
from configlint.model import tables
from configlint.model.cell import NULL, Cell, cell, typed, unknown
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.tables.words import DependencyState
from configlint.model.text import Text
from configlint.programs.unchecked_images import unchecked_image
from configlint.resolve.stack.names import distance
from configlint.workspace.workspace import Workspace, basename

_SLIPS = 2
"""Letters in which a name may differ from the one that is meant."""


@record
class _Judged:
    """What a dependency came to; `doubt` is why nobody can know."""

    state: DependencyState
    fault: str = ""
    other: Cell = NULL
    doubt: Reason | None = None


_MET = _Judged(state="met")


def rows(workspace: Workspace, stack: Stack) -> Iterator[tables.Dependency]:
    whole = _whole(workspace, stack)
    absent = next((path for path in stack.project.env_files if workspace.store.state(path) == "ignored"), "")
    for one in stack.running.values():
        for dependency in one.service.depends_on:
            name, other = dependency.name, stack.running.get(dependency.name.raw)
            if not name.known:
                continue
            if other is None:
                yield _row(one, name, _missing(stack, name.raw, whole=whole))
            else:
                yield _row(one, name, _inactive(one, other, dependency, absent) or _healthy(other, dependency))


def _row(one: Running, at: Text, judged: _Judged) -> tables.Dependency:
    name = unknown(judged.doubt, at) if judged.doubt is not None else cell(at)
    return tables.Dependency(
        stack=one.stack, at=at, service=one.name, reach=one.reach, name=name, state=judged.state, fault=judged.fault,
        other=judged.other,
    )  # fmt: skip


def _whole(workspace: Workspace, stack: Stack) -> bool:
    """Whether compose runs these files without being given others: the default ones, or those of the configuration.

    A compose file of another name may be a part of a project.
    """
    if stack.name in workspace.settings.stacks:
        return True
    named = (path for path in stack.project.files if path not in stack.project.parts)
    return all(basename(path) in (*DEFAULT_NAMES, *DEFAULT_OVERRIDES) for path in named)


def _missing(stack: Stack, name: str, *, whole: bool) -> _Judged:
    if name in stack.neighbours:
        return _Judged(state="unknown", doubt=Reason("other-project", name, stack.neighbours[name]))
    if not whole or (stack.unseen is not None and stack.unseen.code != "base-file"):
        return _Judged(state="unknown", doubt=stack.unseen or Reason("base-file", name))
    near = sorted((distance(name, other), other) for other in stack.running)
    meant = f" (did you mean '{near[0][1]}'?)" if near and near[0][0] <= min(_SLIPS, len(name) // 2) else ""
    return _Judged(state="no-such-service", fault=f"no service of this stack is called '{name}'{meant}")


def _inactive(one: Running, other: Running, dependency: Dependency, absent: str) -> _Judged | None:
    """A service is active without profiles, or with one of its own; it needs the other one with each of them.

    `absent` is an environment file that is not here and may switch profiles on.
    """
    if not other.profiles or not dependency.required or any(not text.known for text in other.service.profiles):
        return None
    if one.profiles and one.profiles <= other.profiles:
        return None
    if absent:
        return _Judged(state="unknown", doubt=Reason("may-be-set", "COMPOSE_PROFILES", absent))
    named = ", ".join(str(text) for text in other.service.profiles)
    fault = f"{other.name} starts only with the profile {named}"
    return _Judged(state="inactive", fault=fault, other=typed(named, other.service.profiles[0]))


def _healthy(other: Running, dependency: Dependency) -> _Judged:
    if dependency.condition != "service_healthy":
        return _MET
    own = other.service.healthcheck
    if own is not None and own.test is not None and not own.disabled:
        return _MET
    fault = f"it waits until {other.name} is healthy, and {other.name} has no health check"
    if own is not None and own.disabled:
        return _Judged(state="unchecked", fault=fault, other=typed("off", own.at))
    built = other.image.healthcheck if other.image is not None else None
    if built is not None:
        off = not built.words and not built.script.raw
        at = typed("off", Text.exactly("HEALTHCHECK", built.place))
        return _Judged(state="unchecked", fault=fault, other=at) if off else _MET
    at = cell(other.service.image) if other.service.image is not None else cell(other.service.name)
    if unchecked_image(other):
        return _Judged(state="unchecked", fault=fault, other=at)
    return _Judged(state="unknown", doubt=Reason("image-file", f"a health check of {other.name}"))
