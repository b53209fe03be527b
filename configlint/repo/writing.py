"""Writing a set of files: all of them or none, whatever happens in between.

Each target gets its coming content in a file beside it, and a second name for its present content. Then the files are
renamed one by one, so that each of them is old or new at any moment, never half; the journal puts all of them back if
this process does not live to the end. Mode, owner and extended attributes are kept, and a symbolic link is written
through. A hard link is not: the other names of a file keep the old content, as with every editor that saves safely.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from errno import EACCES
from stat import S_IMODE
from typing import NoReturn

from configlint.model.document import UnreadableError
from configlint.model.record import record
from configlint.repo.durable import CREATE, write_all
from configlint.repo.errors import WriteError
from configlint.repo.journal import Entry, Journal, entry_beside, journal_path
from configlint.repo.probe import REFUSALS, probe
from configlint.repo.reading import read_bytes, reason
from configlint.repo.recovery import lock, settle
from configlint.repo.trace import Trace
from configlint.repo.tree import DiskTree

_KEPT_ATTRIBUTES = ("user.", "system.posix_acl_access")


class Change:
    """The content that a file was read with, and the one that it is to have."""

    __slots__ = ("new", "old")

    def __init__(self, old: str, new: str) -> None:
        self.old = old
        self.new = new

    def __reduce__(self) -> NoReturn:
        raise TypeError("a change stays in its process: it may hold a secret")


@record
class _Target:
    """A file that is to be written. `path` is its name for the user, `real` absolute and without links."""

    path: str
    real: str
    status: os.stat_result
    old: bytes
    new: bytes

    def check_unchanged(self) -> None:
        """Raises `WriteError` if somebody wrote to it since it was looked at."""
        now = os.lstat(self.real)
        if _written(now) != _written(self.status):
            raise WriteError(f"{self.path} was changed by somebody else at this moment")


def write(tree: DiskTree, changes: Mapping[str, Change]) -> None:
    """Give every file its new content, or leave every file as it is.

    A file that has its new content already is left alone. Raises `WriteError`, naming the file, if one is no longer as
    it was read, or cannot be written.
    """
    try:
        descriptor = lock(tree.location)
    except (OSError, ImportError) as error:
        raise WriteError(f"{tree.location.top} cannot be locked: {error}") from None
    if descriptor is None:
        raise WriteError("another run is writing to these files")
    try:
        _settle(tree)
        targets = _targets(tree, changes)
        if targets:
            _replace(tree, targets)
    finally:
        os.close(descriptor)


def _settle(tree: DiskTree) -> None:
    try:
        settle(tree.location)
    except OSError as error:
        path = error.filename or journal_path(tree.location.top)
        raise WriteError(f"{path}, left by an interrupted fix, could not be put back: {reason(error)}") from None


def _targets(tree: DiskTree, changes: Mapping[str, Change]) -> list[_Target]:
    """What is left to be done, each file once however many names it has."""
    targets: dict[str, _Target] = {}
    for path, change in sorted(changes.items()):
        target = _target(tree, path, change)
        if target is None:
            continue
        known = targets.setdefault(target.real, target)
        if known.new != target.new:
            raise WriteError(f"{known.path} and {path} are one file, and are to be changed in two ways")
    return list(targets.values())


def _target(tree: DiskTree, path: str, change: Change) -> _Target | None:
    """A file, checked as far as it can be without touching it; None if it has its new content."""
    kind, inside = probe(tree.root, path, Trace())
    if kind != "file":
        raise WriteError(f"{path} {REFUSALS[kind]}")
    real = os.path.join(tree.root, inside)
    try:
        content, new = read_bytes(real), change.new.encode("utf-8")
        status = writable(real)
    except UnreadableError as error:
        raise WriteError(f"{path} {error.message}") from None
    except UnicodeEncodeError:
        raise WriteError(f"{path} cannot be written: its new content is no text") from None
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {reason(error)}") from None
    if content == new:
        return None
    if content != change.old.encode("utf-8", "surrogatepass"):
        raise WriteError(f"{path} was changed by somebody else since it was read")
    return _Target(path=path, real=real, status=status, old=content, new=new)


def writable(path: str) -> os.stat_result:
    """The state of a file that may be written. Raises `OSError` where a program that writes in place would fail.

    Renaming asks for less than that: it replaces files that are read-only or that belong to somebody else.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        status = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if not status.st_mode & 0o222:  # the superuser may open it all the same
        raise PermissionError(EACCES, "it is read-only")
    return status


def _replace(tree: DiskTree, targets: list[_Target]) -> None:
    from time import time_ns

    token = os.urandom(6).hex()
    entries = tuple(entry_beside(target.real, token, number) for number, target in enumerate(targets))
    journal = Journal(path=journal_path(tree.location.top), time=time_ns(), entries=entries)
    current = journal.path
    try:
        journal.begin(tree.location.top)
        for target, entry in zip(targets, entries, strict=True):
            current = target.path
            _prepare(target, entry, journal.time)
        for target, entry in zip(targets, entries, strict=True):
            current = target.path
            target.check_unchanged()
            os.replace(entry.new, entry.target)
        journal.commit()
    except BaseException as error:
        if not journal.committed:
            _take_back(journal)
        if isinstance(error, OSError):
            raise WriteError(f"{current} cannot be written: {reason(error)}") from None
        raise
    with suppress(OSError):  # everything is written: the next run removes what could not be removed now
        journal.clean()


def _take_back(journal: Journal) -> None:
    try:
        journal.undo()
    except OSError as error:
        path = error.filename or journal.path
        raise WriteError(f"{path} could not be put back: {reason(error)}; the next run will try again") from None


def _prepare(target: _Target, entry: Entry, time: int) -> None:
    """Both contents beside the target, first the new one. The old one is the file itself under a second name, or a copy
    where the file system gives no second names.
    """
    _create(entry.new, target.new, target, time)
    try:
        os.link(target.real, entry.old, follow_symlinks=False)
    except OSError:
        _create(entry.old, target.old, target, target.status.st_mtime_ns)


def _create(path: str, content: bytes, like: _Target, time: int) -> None:
    """A durable file, closed to others until it has the mode, owner and attributes of the target."""
    descriptor = os.open(path, CREATE, 0o600)
    try:
        write_all(descriptor, content)
        if _owner(os.fstat(descriptor)) != _owner(like.status):
            os.fchown(descriptor, *_owner(like.status))
        os.fchmod(descriptor, S_IMODE(like.status.st_mode))
        _copy_attributes(like.real, descriptor)
        os.utime(descriptor, ns=(time, time))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_attributes(path: str, descriptor: int) -> None:
    """Those that a user sets: an access list that is lost would open the file to its group."""
    if not hasattr(os, "listxattr"):
        return
    try:
        names = os.listxattr(path)
    except OSError:  # the file system has none
        return
    for name in names:
        if name.startswith(_KEPT_ATTRIBUTES):
            os.setxattr(descriptor, name, os.getxattr(path, name))


def _owner(status: os.stat_result) -> tuple[int, int]:
    return status.st_uid, status.st_gid


def _written(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
