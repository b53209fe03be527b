"""The options of every command that reads a repository."""

from typing import NamedTuple

from configlint.repo import Opening


class Wanted(NamedTuple):
    """The options that all commands share. `opening` is the repository, whose files git lists in the meantime.

    `staged`: what the next commit would hold is meant, and not what is on the disk.
    """

    opening: Opening
    paths: tuple[str, ...] = ()
    config: str | None = None
    root: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    staged: bool = False
