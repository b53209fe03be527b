"""What `.gitignore` files ignore, for directories in which git cannot be asked. Pure; the rules are git's own."""

from collections.abc import Mapping
from typing import NamedTuple

from configlint.repo.names import name_matches


class Pattern(NamedTuple):
    """One line of an ignore file. `segments` stand between slashes.

    `anywhere`: it had no slash, and speaks of a name in any directory below. `directory`: of directories only.
    """

    segments: tuple[str, ...]
    anywhere: bool
    directory: bool
    negated: bool

    @property
    def plain(self) -> bool:
        """Whether it means to us what it means to git. Two stars beside another character depend on an optimisation
        within git, a slash in a set on luck, and nothing between slashes on what else stands there.
        """
        return all(
            segment == "**" or (segment and "**" not in segment and ("[" not in segment or "]" in segment))
            for segment in self.segments
        )

    def matches(self, parts: tuple[str, ...], directory: bool) -> bool:
        """Whether this speaks of a path, given by its names below the directory of the ignore file."""
        if self.directory and not directory:
            return False
        if self.anywhere:
            return name_matches(self.segments[0], parts[-1])
        return _path_matches(self.segments, parts)


MAX_LINES = 2000
"""Each line is compared with each file; ignore files in use have a tenth of this."""


def parse(content: str) -> tuple[Pattern, ...]:
    """The patterns of an ignore file, in its order, from its first `MAX_LINES` lines."""
    lines = content.removeprefix("\ufeff").split("\n", MAX_LINES)[:MAX_LINES]
    return tuple(pattern for line in lines if (pattern := _pattern(line.removesuffix("\r"))) is not None)


def _pattern(line: str) -> Pattern | None:
    if line.startswith("#"):
        return None
    line = _without_trailing_spaces(line)
    negated = line.startswith("!")
    body = line[negated:]
    directory = body.endswith("/")
    body = body[: len(body) - directory]
    if not body and not directory:
        return None
    return Pattern(tuple(body.removeprefix("/").split("/")), "/" not in body, directory, negated)


def _without_trailing_spaces(line: str) -> str:
    """Spaces at the end mean nothing, but for one that a backslash protects."""
    bare = line.rstrip(" ")
    slashes = len(bare) - len(bare.rstrip("\\"))
    return bare + " " if slashes % 2 and len(bare) < len(line) else bare


class Ignores:
    """The ignore files of a tree: patterns by the directory that holds them, "" being the root."""

    def __init__(self, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
        self._patterns = patterns

    def ignores(self, path: str) -> bool:
        """Whether what may stand at a path is ignored, be it a file or a directory, or lies in a directory that is."""
        return self.ignores_directory(path) or self.names(path, False)

    def ignores_directory(self, path: str) -> bool:
        """Whether a directory is ignored, or lies in one that is."""
        above = (path[:end] for end, character in enumerate(path) if character == "/")
        return any(self.names(directory, True) for directory in (*above, path))

    def names(self, path: str, directory: bool) -> bool:
        """Whether the path itself is ignored: the last pattern that speaks of it decides, the nearest file first."""
        parts = tuple(path.split("/"))
        for depth in range(len(parts) - 1, -1, -1):
            for pattern in reversed(self._patterns.get("/".join(parts[:depth]), ())):
                if pattern.matches(parts[depth:], directory):
                    return not pattern.negated
        return False


def _path_matches(segments: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether segments match names one by one; `**` stands for any number of them, at the end for one or more."""
    reached = {0}
    for index, segment in enumerate(segments):
        if segment != "**":
            reached = {at + 1 for at in reached if at < len(parts) and name_matches(segment, parts[at])}
        elif index == len(segments) - 1:
            return bool(reached) and min(reached) < len(parts)
        elif reached:
            reached = set(range(min(reached), len(parts) + 1))
    return len(parts) in reached
