"""Lines of env files that the programs which read them here read differently."""

from collections.abc import Iterator, Mapping, Sequence

from configlint.formats.dotenv import document as dotenv
from configlint.formats.dotenv.dialects import Line, Reader, readings
from configlint.model.cell import cell
from configlint.model.tables import EVERY_STACK, Problem
from configlint.resolve.flutter.apps import apps, bundled
from configlint.resolve.stack import Stack
from configlint.resolve.stack.drift import copied_to, real_files
from configlint.workspace.workspace import Scene, directory

_TITLES: dict[Reader, str] = {"compose": "docker compose"}


def rows(scene: Scene, stacks: Sequence[Stack]) -> Iterator[Problem]:
    """A row for each line on which the readers of its file disagree, and for those of its template."""
    readers, real = _readers(scene, stacks), real_files(scene)
    for path in scene.every_env_file:
        judged = path
        if dotenv.template_name(path):
            judged = copied_to(scene, real, path) or _promised(path)
        known = readers.get(judged, ())
        document = scene.shelf.dotenv(path) if len(known) > 1 else None
        for line in readings(document, known) if document is not None else ():
            if line.differs:
                yield Problem(
                    stack=EVERY_STACK, at=line.name, what="dialect", detail=_detail(line), name=str(line.name),
                    value=cell(line.value if line.value.place else line.name),
                )  # fmt: skip


def _promised(template: str) -> str:
    """The env file that a template would be copied to, where it is not here."""
    where = directory(template)
    return f"{where}/.env" if where else ".env"


def _readers(scene: Scene, stacks: Sequence[Stack]) -> dict[str, tuple[Reader, ...]]:
    """Which programs read each env file."""
    found: dict[str, list[Reader]] = {path: ["compose"] for path in _by_compose(stacks)}
    for app in apps(scene):
        for path in bundled(scene, app):
            found.setdefault(path, []).append("flutter_dotenv")
    for reader, directories in _in_python(scene).items():
        for path in (path for where in sorted(directories) for path in scene.env_files.get(where, ())):
            found.setdefault(path, []).append(reader)
    return {path: tuple(dict.fromkeys(readers)) for path, readers in found.items()}


def _by_compose(stacks: Sequence[Stack]) -> set[str]:
    given = (file for one in stacks for service in one.project.services.values() for file in service.env_files)
    paths = {file.target for file in given if file.target is not None and not file.raw}
    return paths | {path for one in stacks for path in one.project.env_files}


def _in_python(scene: Scene) -> Mapping[Reader, set[str]]:
    """The directories from which Python code would take an env file: its own, and those above."""
    found: dict[Reader, set[str]] = {"python-dotenv": set(), "django-environ": set()}
    for path in scene.files:
        if path.endswith(".py"):
            content = scene.shelf.text(path) or ""
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
