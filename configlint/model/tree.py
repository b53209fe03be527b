"""What the layers above the disk see of it."""

from collections.abc import Sequence
from typing import Literal, Protocol

State = Literal["file", "directory", "ignored", "missing", "outside", "other"]
"""Of a path: `ignored` is absent and ignored by git, `outside` leaves the root, `other` is a socket, a loop…"""


class Tree(Protocol):
    """A repository, seen from its root. Paths are relative, with `/`. Every answer is the same for one run."""

    @property
    def files(self) -> Sequence[str]:
        """Every file that takes part, sorted: tracked, untracked, and `.env*` files beside them."""

    def state(self, path: str) -> State:
        """What stands at a normalised path."""

    def ignores(self, path: str) -> bool:
        """Whether git ignores a path, be something there or not."""

    def read(self, path: str) -> str:
        """The decoded content of a file, byte order mark and line ends kept.

        Raises `UnreadableError` where it is no UTF-8 text, too large, or cannot be opened.
        """

    def tracked(self, path: str) -> bool:
        """Whether the file's content is shared with others through git; outside git, whether it is no `.env` file."""

    def tracked_though_ignored(self, path: str) -> bool:
        """Whether git tracks a file that an ignore file of the repository names all the same."""


TEMPLATE_ENDINGS = ("example", "sample", "template", "tmpl", "dist", "defaults")


def private(path: str) -> bool:
    """Whether a file is one of those that nobody shares: `.env` and its kin, but not their templates."""
    name = path.rpartition("/")[2].lower()
    return (name == ".env" or name.startswith((".env.", ".env-", ".env_"))) and not name.endswith(TEMPLATE_ENDINGS)


def normal(path: str) -> str | None:
    """A relative path without `.`, `..`, and doubled slashes; "" is the root, None leaves it."""
    if path.startswith("/"):
        return None
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
