"""Reading files from git's objects, without a checkout."""

from configlint.model.document import UnreadableError
from configlint.repo.errors import RepoError
from configlint.repo.git import Repository
from configlint.repo.processes import Talk
from configlint.repo.reading import MAX_BYTES, TOO_LARGE


class MissingError(RepoError):
    """An object that this clone does not hold."""


class Objects:
    """Asking `git cat-file`, which neither converts nor filters what it prints."""

    def __init__(self, repository: Repository, root: str) -> None:
        self._talk = Talk(root, ("cat-file", "--batch"), repository.environment)

    def read(self, name: str) -> bytes:
        """The content of an object. Raises `UnreadableError` if it is too large, `MissingError` if it is not here."""
        try:
            self._talk.ask(f"{name}\n".encode("ascii"))
            answer = self._talk.answer()
            while b"\n" not in answer:
                answer += self._talk.answer()
            head, _, content = answer.partition(b"\n")
            size = head.rpartition(b" ")[2]
            if not size.isdigit():
                raise MissingError(f"object {name[:12]} is missing")
            if int(size) > MAX_BYTES:
                self.close()  # the next question starts anew, instead of waiting for all of this
                raise UnreadableError(TOO_LARGE)
            return self._rest(content, int(size))
        except BrokenPipeError:
            raise MissingError(f"object {name[:12]} cannot be read") from None

    def _rest(self, content: bytes, size: int) -> bytes:
        """`size` bytes, of which some are there, and a line feed that ends the answer."""
        parts = [content]
        here = len(content)
        while here <= size:
            parts.append(self._talk.answer())
            here += len(parts[-1])
        return b"".join(parts)[:size]

    def close(self) -> None:
        self._talk.close()
