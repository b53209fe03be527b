"""Writing one file that the user asked for."""

import os
from stat import S_IMODE, S_ISREG

from configlint.repo.durable import CREATE, write_all
from configlint.repo.errors import RepoError
from configlint.repo.journal import entry_beside
from configlint.repo.reading import reason
from configlint.repo.writing import writable


def write_output(path: str, text: str) -> None:
    """Write a result to the file that the user named: all of it or nothing. Raises `RepoError` naming it.

    What is no regular file, such as a terminal or a pipe, is written as it is.
    """
    content = text.encode("utf-8", "backslashreplace")
    try:
        if os.path.exists(path) and not S_ISREG(os.stat(path).st_mode):
            _write_into(path, content)
        else:
            _write_anew(os.path.realpath(path), content)
    except OSError as error:
        raise RepoError(f"{path} cannot be written: {reason(error)}") from None


def _write_into(path: str, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
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
