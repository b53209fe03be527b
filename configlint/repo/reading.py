"""Bytes on the disk to decoded text. Nothing but a regular file is ever read, and opening one never blocks."""

import os
from stat import S_ISREG

from configlint.model.document import SealedError, UnreadableError
from configlint.repo.errors import RepoError
from configlint.repo.trace import Trace

MAX_BYTES = 2 * 1024 * 1024
TOO_LARGE = f"is larger than {MAX_BYTES >> 20} MB"

# Flags that some platform lacks are nothing there. Without O_NONBLOCK, opening a FIFO waits for its writer.
_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"))

_SEALS = (
    (b"\0GITCRYPT\0", "is encrypted by git-crypt"),
    (b"age-encryption.org/", "is encrypted by age"),
)

_WIDE_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def read_bytes(path: str, trace: Trace | None = None) -> bytes:
    """The content of a regular file. Raises `UnreadableError` where there is none, or more than `MAX_BYTES`."""
    try:
        descriptor = os.open(path, _READ)
    except OSError as error:
        if trace is not None:
            trace.look(path)
        raise UnreadableError(f"cannot be opened: {reason(error)}") from None
    try:
        status = os.fstat(descriptor)
        if trace is not None:
            trace.saw(path, status)
        if not S_ISREG(status.st_mode):
            raise UnreadableError("is not a regular file")
        return _all_of(descriptor, status.st_size)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {reason(error)}") from None
    finally:
        os.close(descriptor)


def _all_of(descriptor: int, expected: int) -> bytes:
    """The rest of an open file. It may grow while it is read, so its size is counted and not believed.

    Most files come whole in the first part: asking for much more costs more than reading it.
    """
    parts: list[bytes] = []
    size = 0
    wanted = min(expected, MAX_BYTES) + 1
    while part := os.read(descriptor, wanted):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise UnreadableError(TOO_LARGE)
        wanted = 1 << 16
    return parts[0] if len(parts) == 1 else b"".join(parts)


def decode(data: bytes) -> str:
    """UTF-8 to text, byte order mark and line ends kept.

    Raises `UnreadableError` with the offset, in characters, of the first byte that is no text, and `SealedError` for a
    file that somebody encrypted on purpose.
    """
    for seal, message in _SEALS:
        if data.startswith(seal):
            raise SealedError(message)
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            raise UnreadableError(f"is {name} text; every program that reads it here expects UTF-8")
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise UnreadableError("is not UTF-8 text", len(before), before) from None
    if (offset := content.find("\0")) >= 0:
        raise UnreadableError("is binary: it holds a NUL byte", offset, content[:offset])
    return content


def read_text(path: str, trace: Trace | None = None) -> str:
    return decode(read_bytes(path, trace))


def read_outside(path: str, trace: Trace | None = None) -> str:
    """The text of a file that the user named, wherever it lies. Raises `RepoError` naming it."""
    try:
        return read_text(os.path.abspath(path), trace)
    except UnreadableError as error:
        raise RepoError(f"{path} {error.message}") from None


def reason(error: OSError) -> str:
    """Why the system refused, without the path, which the message names already."""
    return (error.strerror or type(error).__name__).lower()
