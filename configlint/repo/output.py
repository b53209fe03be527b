"""Writing results: to the file that the user named, and to those of a repository whose names are this program's."""

import os
from collections.abc import Mapping
from stat import S_IMODE, S_ISREG

from configlint.repo.durable import CREATE, write_all
from configlint.repo.errors import RepoError, WriteError
from configlint.repo.journal import entry_beside
from configlint.repo.probe import leaves
from configlint.repo.reading import reason
from configlint.repo.tree import DiskTree
from configlint.repo.writing import writable

_AS_IT_IS = sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY"))


def write_output(tree: DiskTree, path: str, text: str) -> None:
    """Write a result to the file that the user named: all of it or nothing. Raises `RepoError` naming it.

    What is not a regular file, such as a terminal or a pipe, is written as it is. The repository cannot lead the result
    elsewhere by a link, and none of the files that were read is replaced.
    """
    content = text.encode("utf-8", "backslashreplace")
    real = os.path.realpath(path)
    if leaves(tree.root, os.path.abspath(path)):
        raise RepoError(f"{path} is outside the repository, through a symbolic link; nothing was written")
    if real in tree.trace.stamps:
        raise RepoError(f"{path} is one of the files that were checked; nothing was written")
    try:
        if os.path.exists(path) and not S_ISREG(os.stat(path).st_mode):
            _write_into(path, content)
        else:
            _write_anew(real, content)
    except OSError as error:
        raise RepoError(f"{path} cannot be written: {reason(error)}") from None


def write_own(tree: DiskTree, files: Mapping[str, str]) -> None:
    """Write files whose names, from the root, are this program's choice. Raises `WriteError`, naming the file.

    They may be there already, but only as regular files: a link of this name has come with the repository.
    """
    paths = {name: os.path.join(tree.root, name) for name in files}
    for name, path in paths.items():
        if os.path.lexists(path) and not S_ISREG(os.lstat(path).st_mode):
            what = "a symbolic link" if os.path.islink(path) else "not a regular file"
            raise WriteError(f"{name} is {what}; nothing was written")
    for name, text in files.items():
        try:
            _write_anew(paths[name], text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise WriteError(f"{name} cannot be written: {reason(error)}") from None


def _write_into(path: str, content: bytes) -> None:
    # Opening a pipe that nobody reads would wait for ever.
    descriptor = os.open(path, os.O_WRONLY | _AS_IT_IS)
    try:
        os.set_blocking(descriptor, True)
        write_all(descriptor, content)
    finally:
        os.close(descriptor)


def _write_anew(path: str, content: bytes) -> None:
    beside = entry_beside(path, os.urandom(6).hex(), 0).new
    descriptor = os.open(beside, CREATE, 0o666)  # less what the user's umask takes away
    try:
        try:
            write_all(descriptor, content)
            if os.path.exists(path):
                os.fchmod(descriptor, S_IMODE(writable(path).st_mode))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
