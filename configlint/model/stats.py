"""What a run rests on, for those who ask how much of a repository it saw."""

from configlint.model.record import record


@record
class Read:
    """The files of one format, and the values that are written in them."""

    format: str
    files: int
    values: int


@record
class Members:
    """A stack and its services; a stack without a compose file has none."""

    stack: str
    services: tuple[str, ...]


@record
class Unwatched:
    """The keys of a file whose values no rule looked at, in their order. A key is its names, from the outermost one."""

    path: str
    keys: tuple[tuple[str, ...], ...]


@record
class Stats:
    read: tuple[Read, ...]
    stacks: tuple[Members, ...]
    unwatched: tuple[Unwatched, ...]
