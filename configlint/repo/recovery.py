"""After a run that was killed while it wrote: what it left is found, and taken back or finished. One run at a time."""

import os

from configlint.model.document import UnreadableError
from configlint.model.tree import normal
from configlint.repo.durable import remove
from configlint.repo.errors import WriteError
from configlint.repo.journal import PREFIX, Entry, Journal, journal_path
from configlint.repo.location import Location
from configlint.repo.reading import read_bytes, reason

JOURNALS = ("", ".done", ".new")
"""Endings of a journal's name: begun, committed, and being written."""

PATIENCE = 10.0
"""Seconds for which a run waits for another one that is writing."""

_PAUSE = 0.05
"""Seconds between two attempts."""


def lock(location: Location) -> int | None:
    """A descriptor that keeps other runs from writing until it is closed, or until this process ends.

    None if another run still holds it after `PATIENCE` seconds. What is locked is the directory of the journal itself,
    so that no file is left behind. Where the file system has no locks, there is none.
    """
    from fcntl import LOCK_EX, LOCK_NB, flock  # not on every platform, and not needed by a run that only reads
    from time import monotonic, sleep

    descriptor = os.open(os.path.dirname(journal_path(location)), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    end = monotonic() + PATIENCE
    while True:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if monotonic() >= end:
                os.close(descriptor)
                return None
            sleep(_PAUSE)
        except OSError:
            return descriptor
        else:
            return descriptor


def recover(location: Location) -> tuple[str, ...]:
    """Finish, or take back, what a killed run was writing. Returns what there is to tell the user.

    A run that is writing at this moment is waited for.
    """
    path = journal_path(location)
    if not any(os.path.lexists(path + ending) for ending in JOURNALS):
        return ()
    try:
        descriptor = lock(location)
        if descriptor is None:
            return ("another run is writing to these files",)
        try:
            return settle(location)
        finally:
            os.close(descriptor)
    except WriteError as error:
        return (str(error),)
    except OSError as error:
        return (f"an interrupted fix could not be taken back: {error.filename or path}: {reason(error)}",)


def settle(location: Location) -> tuple[str, ...]:
    """What `recover` does, for a caller who holds the lock. Raises `WriteError` over a journal that is none of ours."""
    path = journal_path(location)
    remove(f"{path}.new")
    if os.path.lexists(f"{path}.done"):
        _load(f"{path}.done", location.top).clean()
    if not os.path.lexists(path):
        return ()
    kept = _load(path, location.top).undo()
    notes = [f"{os.path.relpath(target, location.root)} was changed since, and is kept" for target in kept]
    return ("an interrupted fix was taken back", *notes)


def _load(path: str, top: str) -> Journal:
    """A journal from the disk. It may have come with a directory from anywhere, so it is believed only as far as it
    speaks of files below `top` and of names that this program gives.
    """
    import json

    try:
        data = json.loads(read_bytes(path))
        time, files = data["time"], data["files"]
        entries = tuple(_entry(os.path.realpath(top), *names) for names in files)
        if data["version"] == 1 and isinstance(time, int):
            return Journal(path=path.removesuffix(".done"), time=time, entries=entries)
    except (UnreadableError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        pass
    raise WriteError(f"{path} is no journal that configlint can read; remove it")


def _entry(top: str, target: str, new: str, old: str) -> Entry:
    directory = os.path.dirname(os.path.join(top, target))
    ours = all(
        name.startswith(PREFIX) and name.endswith(ending) and "/" not in name
        for name, ending in ((new, ".new"), (old, ".old"))
    )
    if not ours or not target or normal(target) != target or os.path.realpath(directory) != directory:
        raise ValueError(target)
    return Entry(target=os.path.join(top, target), new=os.path.join(directory, new), old=os.path.join(directory, old))
