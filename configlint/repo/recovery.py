"""After a run that was killed while it wrote: what it left is found, and taken back or finished. One run at a time."""

import os

from configlint.model.document import UnreadableError
from configlint.model.tree import normal
from configlint.repo.durable import remove
from configlint.repo.errors import WriteError
from configlint.repo.journal import PREFIX, Entry, Journal, journals
from configlint.repo.location import Location
from configlint.repo.private import is_private
from configlint.repo.reading import read_bytes, reason

PATIENCE = 10.0
"""Seconds for which a run waits for another one that is writing."""

_PAUSE = 0.05
"""Seconds between two attempts."""


def lock(location: Location) -> int | None:
    """A descriptor that keeps other runs from writing until it is closed, or until this process ends.

    None if another run still holds it after `PATIENCE` seconds. What is locked is the directory that holds all that a
    run may write, so that no file is left behind. Where the file system has no locks, there is none.
    """
    from fcntl import LOCK_EX, LOCK_NB, flock  # not on every platform, and not needed by a run that only reads
    from time import monotonic, sleep

    descriptor = os.open(location.top, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
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


def unfinished(location: Location) -> tuple[str, ...]:
    """What there is to tell the user of a run that only reads: it must not write, not even to take a fix back."""
    if not journals(location.top):
        return ()
    return ("a fix was interrupted here, or is writing at this moment; `configlint fix` takes back an interrupted one",)


def recover(location: Location) -> tuple[str, ...]:
    """Finish, or take back, what a killed run was writing. Returns what there is to tell the user.

    A run that is writing at this moment is waited for.
    """
    if not journals(location.top):
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
        return (f"an interrupted fix could not be taken back: {error.filename or location.top}: {reason(error)}",)


def settle(location: Location) -> tuple[str, ...]:
    """What `recover` does, for a caller who holds the lock. Raises `WriteError` over a journal that cannot be read."""
    return tuple(note for path in journals(location.top) for note in _settle(path, location))


def _settle(path: str, location: Location) -> list[str]:
    remove(f"{path}.new")
    if os.path.lexists(f"{path}.done"):
        _load(f"{path}.done", location.top).clean()
    if not os.path.lexists(path):
        return []
    kept = _load(path, location.top).undo()
    notes = [f"{os.path.relpath(target, location.root)} was changed since, and is kept" for target in kept]
    return ["an interrupted fix was taken back", *notes]


def _load(path: str, top: str) -> Journal:
    """A journal from the disk. It is believed only if nobody else can have written it, and only as far as it speaks of
    files below `top` and of names that this program gives.
    """
    import json

    try:
        if not is_private(path):
            raise ValueError(path)
        data = json.loads(read_bytes(path))
        time, files = data["time"], data["files"]
        entries = tuple(_entry(os.path.realpath(top), *names) for names in files)
        if data["version"] == 1 and isinstance(time, int):
            return Journal(path=path.removesuffix(".done"), time=time, entries=entries)
    except (UnreadableError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        pass
    raise WriteError(f"{path} is not a journal that configlint can read; remove it")


def _entry(top: str, target: str, new: str, old: str) -> Entry:
    directory = os.path.dirname(os.path.join(top, target))
    ours = all(
        name.startswith(PREFIX) and name.endswith(ending) and "/" not in name
        for name, ending in ((new, ".new"), (old, ".old"))
    )
    if not ours or not target or normal(target) != target or os.path.realpath(directory) != directory:
        raise ValueError(target)
    return Entry(target=os.path.join(top, target), new=os.path.join(directory, new), old=os.path.join(directory, old))
