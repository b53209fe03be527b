"""The options of every command that reads a repository."""

from typing import NamedTuple

from configlint.repo import Opening


class Wanted(NamedTuple):
    """The shared options. `opening` is the repository, whose files git is already listing."""

    opening: Opening
    paths: tuple[str, ...] = ()
    config: str | None = None
    root: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
