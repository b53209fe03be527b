"""The few system calls that writing safely is made of."""

import os
from collections.abc import Iterable
from contextlib import suppress

_WHERE_KNOWN = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _WHERE_KNOWN
"""For a file that must not be there yet, not even as a link to somewhere else."""


def write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_directories(paths: Iterable[str]) -> None:
    """Make the names of files durable, as `fsync` of a file does only for its content."""
    for directory in sorted({os.path.dirname(path) for path in paths}):
        try:
            descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except FileNotFoundError:  # gone, and all its names with it
            continue
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)
