"""Directories of this user alone, for what a program keeps between its runs."""

import os
from errno import EACCES
from stat import S_ISDIR

from configlint.repo.durable import remove
from configlint.repo.errors import RepoError
from configlint.repo.reading import reason


def state_directory() -> str:
    """Where this user's runs keep what must survive them. It need not exist."""
    base = os.environ.get("XDG_STATE_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.local/state"), "configlint")


def make_private(directory: str) -> None:
    """Make a directory of this user alone, if it is not there. Raises `OSError` if what is there is another's."""
    os.makedirs(os.path.dirname(directory), exist_ok=True)
    try:
        os.mkdir(directory, 0o700)
    except FileExistsError:
        if not is_private(directory):
            raise PermissionError(EACCES, "it does not belong to this user alone", directory) from None


def is_private(path: str) -> bool:
    """Whether a file or directory is this user's and closed to all others. A link is not, nor anything on Windows."""
    if not hasattr(os, "geteuid"):
        return False
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & 0o077


def remove_kept(directory: str, endings: tuple[str, ...]) -> None:
    """Remove the files with these endings from a directory of this user, and the directory if nothing is left.

    Raises `RepoError` where they cannot be removed, or where the directory is a link: it may lead to other files.
    """
    try:
        if not S_ISDIR(os.lstat(directory).st_mode):
            raise RepoError(f"{directory} is not a directory; nothing was removed")
        with os.scandir(directory) as found:
            kept = [entry for entry in found if entry.name.endswith(endings) and entry.is_file(follow_symlinks=False)]
        for entry in kept:
            remove(entry.path)
        if not os.listdir(directory):
            os.rmdir(directory)
    except FileNotFoundError:
        return
    except OSError as error:
        raise RepoError(f"{error.filename or directory} cannot be removed: {reason(error)}") from None
