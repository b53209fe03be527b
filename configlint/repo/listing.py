"""The files that take part: as git lists them, or found by a walk where git cannot be asked."""

import os
from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from configlint.model.document import UnreadableError
from configlint.model.record import record
from configlint.repo.git import Repository, Settings
from configlint.repo.ignore import Ignores, Pattern, parse
from configlint.repo.ignoring import Ignoring, endless
from configlint.repo.probe import entries, probe
from configlint.repo.reading import read_text
from configlint.repo.trace import Trace

PRUNED = frozenset({
    ".bzr", ".cache", ".dart_tool", ".eggs", ".git", ".gradle", ".hg", ".hypothesis", ".mypy_cache", ".next", ".nox",
    ".nuxt", ".pub-cache", ".pytest_cache", ".ruff_cache", ".svn", ".terraform", ".tox", ".venv", "Pods", "__pycache__",
    "bower_components", "build", "dist", "node_modules", "site-packages", "target", "third_party", "vendor",
})  # fmt: skip
"""Directories that a walk passes by: what tools made, and what others wrote."""

_MARKS = ("pyvenv.cfg", "CACHEDIR.TAG")
"""Files that say of their directory that it is a virtual environment, or a cache."""

_DEEPEST = 64
"""Directories above a file, in a walk."""

Entries = dict[str, "os.DirEntry[str]"]


@record
class Listing:
    """What a root holds. All paths are relative to it and normal.

    `links` are those of `files` that are symbolic links. `held` is all that stands in the directories that hold a file,
    at any depth, by name.
    `tracked` is what git tracks, files or not. `elsewhere` is what it tracks and a sparse checkout leaves out, with the
    directories above; `submodules` are directories that belong to another repository.
    """

    files: tuple[str, ...]
    links: frozenset[str]
    held: Mapping[str, Collection[str]]
    tracked: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    submodules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Asked:
    """What git was asked about a repository, and answers while something else is done. Raises `GitError`."""

    def __init__(self, repository: Repository, root: str, trace: Trace) -> None:
        self.repository = repository
        self.root = root
        self.trace = trace
        trace.looks_into(repository.index)
        self._settings, self._files = repository.ask_settings(root), repository.ask_files(root)

    def settings(self) -> Settings:
        found = self.repository.settings(self._settings.answer())
        for path in (*found.files, self.repository.exclude):
            self.trace.look(path)
        for name in ("objects", "refs"):  # a directory without them is no repository to git
            probe(self.repository.directory, name, self.trace)
        return found

    def files(self) -> bytes:
        self.trace.listing = self._files.answer(lambda: endless(self.root))
        return self.trace.listing


def by_git(asked: Asked) -> tuple[Listing, Ignoring]:
    """What git tracks and what it neither tracks nor ignores, if it is there; and ignored env files beside that.

    Raises `GitError`.
    """
    repository, root, trace = asked.repository, asked.root, asked.trace
    settings, listed = asked.settings(), asked.files()
    tags = {os.fsdecode(entry[2:]): entry[:1] for entry in listed.split(b"\0") if entry}
    plain = {path: tag for path, tag in tags.items() if is_plain(path) and not path.endswith("/")}
    tracked = frozenset(path for path, tag in plain.items() if tag != b"?")
    ignoring = Ignoring(repository, root, settings)
    ignoring.knows(tracked)
    scanned = _scan(root, {"", *directories_above(plain)}, trace)
    for directory, found in scanned.items():
        _learn(root, directory, found, ignoring, trace)
    _look_into_bare(root, scanned, tags, ignoring, trace)
    here = {path: entry for path in plain if (entry := _entry(scanned, path)) is not None}
    here |= _environment_files(scanned, tags)
    files, links = _readable(root, here, trace)
    absent = [path for path, tag in plain.items() if tag == b"S" and path not in here]
    listing = Listing(
        files=files,
        links=links,
        held=scanned,
        tracked=tracked,
        elsewhere=frozenset((*absent, *directories_above(absent))) - scanned.keys(),
        submodules=tuple(sorted(path for path in tracked if path in here and here[path].is_dir(follow_symlinks=False))),
        notes=_odd_names(path for path in tags if not is_plain(path)),
    )
    return listing, ignoring


def _learn(root: str, directory: str, found: Entries, ignoring: Ignoring, trace: Trace) -> None:
    """The ignore file of a directory, be it listed or not."""
    if ".gitignore" in found:
        path = os.path.join(root, directory, ".gitignore")
        trace.look(path)
        ignoring.learn(directory, path)


def _scan(root: str, directories: Iterable[str], trace: Trace) -> dict[str, Entries]:
    """What the directories hold, but for those that are gone, or have become links."""
    scanned: dict[str, Entries] = {}
    for directory in sorted(directories):  # so that each comes after the one that holds it
        if directory:
            entry = _entry(scanned, directory)
            if entry is None or not entry.is_dir(follow_symlinks=False):
                continue
        scanned[directory] = entries(os.path.join(root, directory) if directory else root, trace)
    return scanned


def _look_into_bare(
    root: str, scanned: dict[str, Entries], known: Container[str], ignoring: Ignoring, trace: Trace
) -> None:
    """Directories that hold no file of ours: one may appear there, and no other directory would show it.

    In what git ignores nothing appears, as long as the ignore files stay as they are; nor in another repository.
    """
    waiting = [path for directory, found in scanned.items() for path in _directories(directory, found, scanned)]
    while waiting:
        ignored = ignoring.ignored(waiting)
        here = [path for path in waiting if path not in ignored and f"{path}/" not in known]
        waiting = []
        for path in here:
            found = entries(os.path.join(root, path), trace)
            if ".git" not in found:
                _learn(root, path, found, ignoring, trace)
                waiting += _directories(path, found, scanned)


def _directories(directory: str, found: Entries, scanned: Container[str]) -> list[str]:
    """The directories in a directory that were not scanned, but for git's own."""
    return [
        path
        for path, entry in _below(directory, found)
        if path not in scanned and entry.name != ".git" and entry.is_dir(follow_symlinks=False)
    ]


def _entry(scanned: dict[str, Entries], path: str) -> "os.DirEntry[str] | None":
    directory, _, name = path.rpartition("/")
    return scanned.get(directory, {}).get(name)


def _below(directory: str, found: Entries) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    prefix = f"{directory}/" if directory else ""
    return ((prefix + name, entry) for name, entry in found.items())


def _environment_files(scanned: dict[str, Entries], known: Iterable[str]) -> Entries:
    """Env files that git did not list, because it ignores them: they are read from the disk all the same."""
    seen = frozenset(known)
    return {
        path: entry
        for directory, found in scanned.items()
        for path, entry in _below(directory, found)
        if _is_environment(entry.name) and path not in seen and is_plain(path)
    }


def _is_environment(name: str) -> bool:
    return name.startswith(".env") or name.endswith(".env")


def _readable(root: str, here: Entries, trace: Trace) -> tuple[tuple[str, ...], frozenset[str]]:
    """The regular files, sorted, and which of them are links to one inside the root. Nothing else is ever opened."""
    links = {path for path, entry in here.items() if entry.is_symlink() and probe(root, path, trace).kind == "file"}
    files = (path for path, entry in here.items() if path in links or entry.is_file(follow_symlinks=False))
    return tuple(sorted(files)), frozenset(links)


def by_walk(root: str, trace: Trace) -> tuple[Listing, Ignores]:
    """All that lies below a root, but for what its ignore files name, other repositories, and `PRUNED` directories."""
    patterns: dict[str, tuple[Pattern, ...]] = {}
    ignores = Ignores(patterns)
    here: Entries = {}
    scanned: dict[str, Entries] = {}
    others: list[str] = []
    odd: list[str] = []
    waiting = [""]
    while waiting:
        directory = waiting.pop()
        found = entries(os.path.join(root, directory) if directory else root, trace)
        if directory and ".git" in found:
            others.append(directory)
        if directory and any(mark in found for mark in (".git", *_MARKS)):
            continue
        scanned[directory] = found
        if ".gitignore" in found:
            patterns[directory] = _patterns(found[".gitignore"], trace)
        for path, entry in _below(directory, found):
            if not is_plain(path):
                odd.append(path)
            elif not entry.is_dir(follow_symlinks=False):
                if _is_environment(entry.name) or not ignores.names(path, False):
                    here[path] = entry
            elif entry.name not in PRUNED and path.count("/") < _DEEPEST and not ignores.names(path, True):
                waiting.append(path)
    files, links = _readable(root, here, trace)
    notes = (*_other_repositories(others), *_odd_names(odd))
    return Listing(files=files, links=links, held=scanned, notes=notes), ignores


def _patterns(entry: "os.DirEntry[str]", trace: Trace) -> tuple[Pattern, ...]:
    """The patterns of an ignore file; like git, none if it is a link."""
    if not entry.is_file(follow_symlinks=False):
        return ()
    try:
        return parse(read_text(entry.path, trace))
    except UnreadableError:
        return ()


def directories_above(paths: Iterable[str]) -> set[str]:
    """The directories that hold the paths, at any depth, without the root."""
    found: set[str] = set()
    for path in paths:
        directory = path.rpartition("/")[0]
        while directory and directory not in found:
            found.add(directory)
            directory = directory.rpartition("/")[0]
    return found


def is_plain(path: str) -> bool:
    """Whether every output can show a path: no control characters, and no bytes that are not UTF-8."""
    if path.isascii():
        return path.isprintable()
    return not any(
        character < " " or "\x7f" <= character <= "\x9f" or "\ud800" <= character <= "\udfff" for character in path
    )


def _odd_names(paths: Iterable[str]) -> tuple[str, ...]:
    odd = sorted(paths)
    if not odd:
        return ()
    shown = odd[0].encode("unicode_escape").decode("ascii")
    more = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
    return (f"not read, because the name is not plain text: {shown}{more}",)


def _other_repositories(paths: list[str]) -> tuple[str, ...]:
    if not paths:
        return ()
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return (f"not read, because it is a separate git repository: {min(paths)}{more}",)
