"""What git ignores in a repository: said by its ignore files, as far as they are plain, else by git itself.

An answer of git's takes a hundred times as long, and resolving a stack asks for a dozen files that are not there.
"""

import os
from collections.abc import Iterable, Sequence

from configlint.model.document import UnreadableError
from configlint.repo.git import DECIDING, Repository, Settings, is_pipe
from configlint.repo.ignore import MAX_LINES, Ignores, Pattern, parse
from configlint.repo.probe import entries
from configlint.repo.processes import Talk
from configlint.repo.reading import read_text


class Ignoring:
    """`tracked` is known once the files are listed; what git tracks is not ignored, whatever the ignore files say.

    The patterns are held by directory of the work tree, so that those above a root that is a part of it count too.
    """

    def __init__(self, repository: Repository, root: str, settings: Settings) -> None:
        self._git = IgnoreQuestions(repository, root)
        self._prefix = "" if root == repository.top else root[len(repository.top.rstrip("/")) + 1 :] + "/"
        self._patterns: dict[str, tuple[Pattern, ...]] = {}
        self._ignores = Ignores(self._patterns)
        self._of_repository: dict[str, tuple[Pattern, ...]] = {}
        self._plain = not settings.folds_case
        self._tracked: frozenset[str] = frozenset()
        self._holding: set[str] | None = None
        everywhere = (path for path in (settings.excludes, repository.exclude) if path)
        self._patterns[""] = tuple(pattern for path in everywhere for pattern in self._read(path))
        for directory in ("", *_above(self._prefix.rstrip("/"))) if self._prefix else ():
            self._learn(directory, os.path.join(repository.top, directory, ".gitignore"))

    def learn(self, directory: str, path: str) -> None:
        """The ignore file of a directory, given from the root."""
        self._learn(self._prefix + directory if directory else self._prefix.rstrip("/"), path)

    def knows(self, tracked: frozenset[str]) -> None:
        """What git tracks, from the root."""
        self._tracked = tracked

    def ignores(self, path: str) -> bool:
        """Whether git ignores what may stand at a path from the root, be it a file or a directory."""
        if not self._plain:
            return self._git.ignores(path)
        return self._ignores.ignores(self._prefix + path) and not self._holds(path)

    def names(self, path: str) -> bool:
        """Whether the repository's own ignore files name a path from the root, be it tracked or not.

        What one machine ignores besides says nothing of the repository.
        """
        return Ignores(self._of_repository).ignores(self._prefix + path)

    def ignored(self, directories: Sequence[str]) -> set[str]:
        """Those of some directories, from the root, that git ignores."""
        if not self._plain:
            return self._git.ignored(directories)
        return {
            path
            for path in directories
            if self._ignores.ignores_directory(self._prefix + path) and not self._holds(path)
        }

    def _learn(self, directory: str, path: str) -> None:
        if not os.path.islink(path):  # git passes those by
            patterns = self._read(path)
            self._patterns[directory] = (*self._patterns.get(directory, ()), *patterns)
            self._of_repository[directory] = patterns

    def _read(self, path: str) -> tuple[Pattern, ...]:
        """The patterns of an ignore file. What is odd in it is left to git."""
        try:
            content = read_text(path)
        except UnreadableError:
            self._plain = self._plain and not os.path.lexists(path)
            return ()
        patterns = parse(content)
        self._plain = self._plain and content.count("\n") < MAX_LINES and all(pattern.plain for pattern in patterns)
        return patterns

    def _holds(self, path: str) -> bool:
        """Whether git tracks what stands at a path, or below it."""
        if self._holding is None:
            self._holding = set(self._tracked)
            self._holding.update(above for one in self._tracked for above in _above(one))
        return path in self._holding


def _above(path: str) -> Iterable[str]:
    """The directories above a path, without the topmost."""
    return (path[:end] for end, character in enumerate(path) if character == "/")


_MANY = 5
"""Double stars of a pattern: git tries every way in which they could share a path out among them."""


def endless(root: str) -> str:
    """Why git may look at what lies below a directory for ever; empty where nothing shows that."""
    waiting = [root]
    while waiting:
        directory = waiting.pop()
        found = entries(directory)
        if ".git" in found:
            for path in (os.path.join(directory, ".git", name) for name in DECIDING):
                if is_pipe(path):
                    return f"it would wait forever for input from {path}"
        entry = found.get(".gitignore")
        if entry is not None and not entry.is_symlink():
            if not entry.is_file() and not entry.is_dir():
                return f"it would wait forever for input from {entry.path}"
            if any(line.count("**") > _MANY for line in _lines(entry.path)):
                return f"a pattern in {entry.path} would take forever"
        waiting += [one.path for one in found.values() if one.name != ".git" and one.is_dir(follow_symlinks=False)]
    return ""


def _lines(path: str) -> Sequence[str]:
    try:
        return read_text(path).split("\n")
    except UnreadableError:
        return ()


_AT_ONCE = 8
"""Questions that fit into a pipe with their answers, however long the paths are (4096 bytes each, at most)."""


class IgnoreQuestions:
    """Asking `git check-ignore`."""

    def __init__(self, repository: Repository, root: str) -> None:
        arguments = ("check-ignore", "--stdin", "-z", "--verbose", "--non-matching")
        self._talk = Talk(root, arguments, repository.environment)

    def ignores(self, path: str) -> bool:
        """Whether git ignores what may stand at a path from the root, be it a file or a directory."""
        return any(self._ask([f"./{path}", f"./{path}/"]))  # a bare colon would begin a pattern of git's

    def ignored(self, directories: Sequence[str]) -> set[str]:
        """Those of some directories, from the root, that git ignores."""
        found: set[str] = set()
        for start in range(0, len(directories), _AT_ONCE):
            asked = directories[start : start + _AT_ONCE]
            answers = self._ask([f"./{path}/" for path in asked])
            found.update(path for path, ignored in zip(asked, answers, strict=True) if ignored)
        return found

    def close(self) -> None:
        self._talk.close()

    def _ask(self, paths: Sequence[str]) -> list[bool]:
        """Whether each of the paths is ignored; asked together, for each turn of the talk costs two switches."""
        try:
            self._talk.ask(b"".join(os.fsencode(path) + b"\0" for path in paths))
            answer = b""
            while answer.count(b"\0") < 4 * len(paths):
                answer += self._talk.answer()
        except BrokenPipeError:
            # git ends over a path that no pattern can speak of, such as one in a submodule.
            self.close()
            return [False] * len(paths) if len(paths) == 1 else [found for path in paths for found in self._ask([path])]
        patterns = answer.split(b"\0")[2::4]  # of SOURCE, LINE, PATTERN, PATH
        return [bool(pattern) and not pattern.startswith(b"!") for pattern in patterns]
