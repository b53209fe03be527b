"""What every part of `resolve` works on."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from configlint.formats.dotenv import document as dotenv
from configlint.model.glob import matches_any
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.settings import Settings
from configlint.model.text import Place, Text
from configlint.workspace.documents import DocumentStore

_BACKUP_ENDINGS = (
    ".bak", ".backup", ".old", ".orig", ".new", ".save", ".disabled", ".swp", ".tmp", "~", "_old", "_backup",
)  # fmt: skip
_SAMPLE_DIRECTORIES = frozenset({"fixtures", "testdata"})
_FOREIGN_DIRECTORIES = frozenset({"node_modules", "vendor", "third_party", ".venv", "venv", "site-packages", "charts"})

_COPIES = regex(r"(?:^|/)(?:\.worktrees|\.[^/]+/worktrees)/")
"""Where git and the assistants of editors keep whole copies of the tree, which somebody has committed."""
_VIRTUAL = "pyvenv.cfg"
"""A file of this name marks a virtual environment, whatever its directory is called (PEP 405)."""


@record
class Workspace:
    """The files that take part, sorted, and what the user says of them.

    `env_files` are those of them that are env files or templates of such, by the directory in which they lie.
    """

    store: DocumentStore
    settings: Settings
    files: tuple[str, ...]
    env_files: Mapping[str, tuple[str, ...]]

    def below(self, directory: str) -> Iterator[str]:
        """The files in a directory and its subdirectories; of the root, all."""
        if not directory:
            return iter(self.files)
        # They are sorted, and "0" is the character after "/".
        first, end = bisect_left(self.files, f"{directory}/"), bisect_left(self.files, f"{directory}0")
        return iter(self.files[first:end])

    @property
    def every_env_file(self) -> list[str]:
        """Sorted."""
        return sorted(path for found in self.env_files.values() for path in found)

    def at(self, path: str) -> Iterator[str]:
        """The file at a path; of a directory, all files in it."""
        first = bisect_left(self.files, path)
        if path and self.files[first : first + 1] == (path,):
            yield path
        yield from self.below(path)


def workspace(store: DocumentStore, settings: Settings) -> Workspace:
    """All files of the tree but backups, fixtures, vendored trees, copies and what the configuration excludes."""
    environments = tuple(path.removesuffix(_VIRTUAL) for path in store.tree.files if path.endswith(f"/{_VIRTUAL}"))
    plain = (path for path in store.tree.files if not path.startswith(environments))
    files = tuple(path for path in plain if not _left_out(path, settings.exclude))
    env_files = by_directory(path for path in files if dotenv.claims(path))
    return Workspace(store=store, settings=settings, files=files, env_files=env_files)


def _left_out(path: str, excluded: tuple[str, ...]) -> bool:
    *directories, name = path.split("/")
    stem = name.rpartition(".")[0]
    if name.endswith(_BACKUP_ENDINGS) or stem.endswith(_BACKUP_ENDINGS):
        return True
    if not _SAMPLE_DIRECTORIES.isdisjoint(directories) or not _FOREIGN_DIRECTORIES.isdisjoint(directories):
        return True
    return _COPIES.search(path) is not None or matches_any(excluded, path)


def directory(path: str) -> str:
    return path.rpartition("/")[0]


def by_directory(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Paths by the directory in which they lie, in their order."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(directory(path), []).append(path)
    return {where: tuple(files) for where, files in found.items()}


def basename(path: str) -> str:
    return path.rpartition("/")[2]


def start_of(path: str) -> Text:
    """A zero-width text at the start of a file, for what is said of the file as a whole."""
    return Text.exactly("", Place(path, 0, 0))
