"""The files that the repository itself gives to compose: `-f a -f deploy/b` in a Makefile, a script, CI or a README.

Docker's documentation ("docker compose", options): `-f` is given once for each file and counts from where the command
is run, relative paths in the files start at `--project-directory`, which is the first file's directory by default, and
COMPOSE_FILE lists the same files with colons between them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate

from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.tree import normal
from configlint.workspace.workspace import Workspace, basename, directory

_CONTINUED = regex(r"\\[ \t]*\r?\n[ \t]*(?:#[ \t]*)?")
_NAMING = regex(r"(?<![\w-])(?:-f|--file|--project-directory)[ \t=]")
_VARIABLE = regex(r"\bCOMPOSE_FILE[ \t]*[=:][ \t]*[\"']?([^\s\"']+)")
_RECIPES = frozenset({
    "makefile", "gnumakefile", "justfile", "procfile", "package.json", "taskfile.yml", "taskfile.yaml",
})  # fmt: skip
_SCRIPTS = (".sh", ".bash", ".mk", ".service", ".ps1", ".bat")
_DOCUMENTS = frozenset({"", "doc", "docs"})
_WITH_VALUE = frozenset({
    "-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory", "--ansi", "--progress",
    "--parallel", "-c", "--context",
})  # fmt: skip


@record
class FileList:
    """`files` in their order, from the root, and `directory`, from which the command is run.

    `project_directory` and `environments` are what its other options name, or None and nothing.
    """

    files: tuple[str, ...]
    directory: str
    project_directory: str | None = None
    environments: tuple[str, ...] = ()

    @property
    def paths_start(self) -> str:
        """The directory from which the relative paths in the files start."""
        return directory(self.files[0]) if self.project_directory is None else self.project_directory


@record
class _Options:
    files: tuple[str, ...]
    project_directory: str = ""
    environments: tuple[str, ...] = ()


def file_lists(workspace: Workspace, composes: Collection[str]) -> tuple[FileList, ...]:
    """Each list of several of the compose files, or of some with another project directory, once."""
    found: dict[tuple[str, ...], FileList] = {}
    if len(composes) < 2 and not any(map(directory, composes)):
        return ()
    for path in _telling(workspace, composes):
        for options in _options(workspace.store.searched(path)):
            listed = _located(options, path, composes)
            if listed is not None:
                found.setdefault(listed.files, listed)
    return tuple(found.values())


def _telling(workspace: Workspace, composes: Collection[str]) -> Iterator[str]:
    """The files in which people write how compose is started."""
    beside = _DOCUMENTS | {directory(path) for path in composes}
    for path in workspace.files:
        name = basename(path).lower()
        pipeline = name in (".gitlab-ci.yml", "azure-pipelines.yml") or path.startswith((".github/", ".circleci/"))
        document = name.endswith((".md", ".rst", ".txt")) and directory(path) in beside
        if name in _RECIPES or name.endswith(_SCRIPTS) or pipeline or document or path in composes:
            yield path


def _options(content: str) -> Iterator[_Options]:
    if "compose" not in content.lower():
        return
    for line in _CONTINUED.sub(" ", content).splitlines():
        if _NAMING.search(line):
            yield from _of_line(line)
    for listed in _VARIABLE.finditer(content):
        yield _Options(files=tuple(listed[1].replace(";", ":").split(":")))


def _of_line(line: str) -> Iterator[_Options]:
    """The options of each command of a line: any other word ends them."""
    values: dict[str, list[str]] = {}
    words = iter(line.replace("=", " ").split())
    for word in words:
        option = word.lstrip("`\"'([")
        if option in _WITH_VALUE:
            values.setdefault(option, []).append(next(words, "").strip("`\"',;)]"))
        elif not option.startswith("-") and values:
            yield _together(values)
            values = {}
    yield _together(values)


def _together(values: Mapping[str, list[str]]) -> _Options:
    return _Options(
        files=(*values.get("-f", ()), *values.get("--file", ())),
        project_directory=next(iter(values.get("--project-directory", ())), ""),
        environments=tuple(values.get("--env-file", ())),
    )


def _located(options: _Options, path: str, composes: Collection[str]) -> FileList | None:
    """The list with its paths from the root; None where it says nothing new, or its files are not all here.

    A command is run where it is written, or in a directory above; else in the only one that has all its files.
    """
    if len(options.files) < 2 and not options.project_directory:
        return None
    above = ["", *accumulate(directory(path).split("/"), lambda head, name: f"{head}/{name}")]
    others = sorted({directory(one) for one in composes} - set(above))
    fitting = [where for where in others if _below(where, options.files, composes)]
    for where in (*reversed(above), *(fitting if len(fitting) == 1 else ())):
        files = _below(where, options.files, composes)
        if files:
            project = normal(f"{where}/{options.project_directory}".lstrip("/")) if options.project_directory else None
            named = (normal(f"{where}/{name}".lstrip("/")) for name in options.environments)
            return FileList(
                files=files, directory=where, project_directory=project,
                environments=tuple(one for one in named if one),
            )  # fmt: skip
    return None


def _below(where: str, names: Sequence[str], composes: Collection[str]) -> tuple[str, ...]:
    """Files from a directory on, each once; nothing where one of them is no compose file."""
    paths = [normal(f"{where}/{name}" if where else name) for name in names]
    known = tuple(dict.fromkeys(path for path in paths if path is not None and path in composes))
    return known if known and len(known) == len(set(names)) else ()
