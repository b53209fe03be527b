"""Lines of env files that the programs which read them here read differently."""

from collections.abc import Iterator, Mapping, Sequence, Set

from configlint.formats.dotenv import document as dotenv
from configlint.formats.dotenv.dialects import Line, Reader, readings
from configlint.model.cell import cell
from configlint.model.record import record
from configlint.model.tables import EVERY_STACK, Problem
from configlint.resolve.flutter.apps import apps, bundled
from configlint.resolve.stack import Stack
from configlint.resolve.stack.drift import copied_to, real_files
from configlint.workspace.nearest import promised
from configlint.workspace.workspace import Workspace, directory

_TITLES: dict[Reader, str] = {"compose": "docker compose"}


def rows(workspace: Workspace, stacks: Sequence[Stack]) -> Iterator[Problem]:
    """A row for each line on which the readers of its file disagree, and for those of its template.

    A template is judged by the readers of the file that is made from it, be that here or not.
    """
    readers = _Readers(compose=_by_compose(stacks), flutter=_by_flutter(workspace), python=_in_python(workspace))
    real = real_files(workspace)
    for path in workspace.every_env_file:
        template = dotenv.template_name(path)
        made = (copied_to(workspace, real, path) or promised(path)) if template else path
        known = readers.of(made)
        document = workspace.store.dotenv(path) if len(known) > 1 else None
        for line in readings(document, known) if document is not None else ():
            if line.differs:
                yield Problem(
                    stack=EVERY_STACK, at=line.name, what="dialect", detail=_detail(line), name=str(line.name),
                    value=cell(line.value if line.value.place else line.name),
                )  # fmt: skip


@record
class _Readers:
    """Who reads which env file: compose and Flutter name files, Python code stands in directories."""

    compose: Set[str]
    flutter: Set[str]
    python: Mapping[Reader, Set[str]]

    def of(self, path: str) -> tuple[Reader, ...]:
        found: list[Reader] = ["compose"] if path in self.compose else []
        found += ["flutter_dotenv"] if path in self.flutter else []
        return (*found, *(reader for reader, directories in self.python.items() if directory(path) in directories))


def _by_compose(stacks: Sequence[Stack]) -> set[str]:
    """The env files that services are given, and those that fill in the variables of compose files."""
    given = (file for one in stacks for service in one.project.services.values() for file in service.env_files)
    paths = {file.target for file in given if file.target is not None and not file.raw}
    return paths | {path for one in stacks for path in one.project.env_files}


def _by_flutter(workspace: Workspace) -> set[str]:
    return {path for app in apps(workspace) for path in bundled(workspace, app)}


def _in_python(workspace: Workspace) -> Mapping[Reader, Set[str]]:
    """The directories from which Python code would take an env file: its own, and those above."""
    found: dict[Reader, set[str]] = {"python-dotenv": set(), "django-environ": set()}
    for path in workspace.files:
        if path.endswith(".py"):
            content = workspace.store.text(path) or ""
            if "dotenv" in content or "env_file" in content:
                found["python-dotenv"].update(_above(path))
            elif "read_env(" in content:
                found["django-environ"].update(_above(path))
    return found


def _above(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(len(parts) + 1)]


def _detail(line: Line) -> str:
    """Who reads what, without a value."""
    groups: dict[tuple[str | None, bool], list[str]] = {}
    for reader, reading in line.readings.items():
        groups.setdefault((reading.value, reading.error), []).append(_TITLES.get(reader, reader))
    told = []
    for number, ((value, error), names) in enumerate(groups.items()):
        who = " and ".join(names)
        if error:
            told.append(f"{who} {_verb(names, 'refuses', 'refuse')} the file here")
        elif value is None:
            told.append(f"{who} {_verb(names, 'sets', 'set')} nothing")
        else:
            told.append(f"{who} {_verb(names, 'reads', 'read')} {'one value' if not number else 'another'}")
    return ", ".join(told)


def _verb(names: Sequence[str], one: str, several: str) -> str:
    return one if len(names) == 1 else several
