"""The files of a repository as documents, each read once and when it is first asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from configlint.formats.secrecy import encrypted
from configlint.formats.yaml.document import TemplateError, YamlDocument
from configlint.model.document import Document, SealedError, UnreadableError
from configlint.model.record import record
from configlint.model.text import Place
from configlint.model.tree import State, Tree

if TYPE_CHECKING:
    from configlint.formats.android_manifest import Manifest
    from configlint.formats.dart import DartDocument
    from configlint.formats.dockerfile.document import DockerfileDocument
    from configlint.formats.dotenv.document import DotenvDocument
    from configlint.formats.python.document import PythonDocument

D = TypeVar("D", bound=Document)


@record
class Failure:
    """Why a file could not be read, and where its reader gave up."""

    message: str
    place: Place


class DocumentStore:
    """Documents by their path from the root. None: the file is absent, unreadable, or locked by encryption.

    `documents` are those that were read so far, `failures` the files that could not be, and `absent` the paths at which
    somebody looked for what git ignores and found nothing.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.documents: dict[str, Document] = {}
        self.failures: dict[str, Failure] = {}
        self.absent: set[str] = set()
        self.kept: dict[Any, Any] = {}
        """What others work out of the files of this run."""
        self._read: dict[tuple[str, str], Document | None] = {}
        self._texts: dict[str, str | None] = {}

    def document(self, path: str) -> Document | None:
        """A file by the format that claims its path."""
        from configlint.formats import format_of

        form = format_of(path)
        return None if form is None else self._document(form.name, path, form.read)

    # The readers are imported when a file needs them: most repositories lack some format.

    def yaml(self, path: str) -> YamlDocument | None:
        """A YAML or JSON file."""
        from configlint.formats import json
        from configlint.formats.yaml import document as yaml

        return self._document("yaml", path, json.read if path.endswith(".json") else yaml.read)

    def toml(self, path: str) -> YamlDocument | None:
        from configlint.formats.toml.nodes import read

        return self._document("toml", path, read)

    def dotenv(self, path: str) -> "DotenvDocument | None":
        from configlint.formats.dotenv.document import read

        return self._document("dotenv", path, read)

    def dockerfile(self, path: str) -> "DockerfileDocument | None":
        from configlint.formats.dockerfile.document import read

        return self._document("dockerfile", path, read)

    def python(self, path: str) -> "PythonDocument | None":
        from configlint.formats.python.document import read

        return self._document("python", path, read)

    def nginx(self, path: str) -> Document | None:
        """nginx's configuration, or a template of it."""
        from configlint.formats.nginx import read

        return self._document("nginx", path, read)

    def caddyfile(self, path: str) -> Document | None:
        from configlint.formats.caddyfile import read

        return self._document("caddyfile", path, read)

    def dart(self, path: str) -> "DartDocument | None":
        from configlint.formats.dart import read

        return self._document("dart", path, read)

    def manifest(self, path: str) -> "Manifest | None":
        """The manifest of an Android app."""
        from configlint.formats.android_manifest import read

        return self._document("manifest", path, read)

    def script(self, path: str) -> Document | None:
        """A shell script, a unit file: anything whose commands are read."""
        from configlint.formats.shell.script import read

        return self._document("script", path, read)

    def lines(self, path: str) -> Document | None:
        """A file of any kind whose lines are looked at, by its own reader too where there is one."""
        from configlint.formats import line

        return self.document(path) or self._document("line", path, line.read)

    def text(self, path: str) -> str | None:
        """The decoded content of a file of any kind."""
        if path not in self._texts:
            self._texts[path] = self._content(path)
        return self._texts[path]

    def searched(self, path: str) -> str:
        """The content of a file in which somebody only looks for a word: one that cannot be read is data, no fault."""
        if path in self._texts:
            return self._texts[path] or ""
        try:
            return self.tree.read(path)
        except (SealedError, UnreadableError):
            return ""

    def state(self, path: str) -> State:
        """What stands at a path."""
        found = self.tree.state(path)
        if found == "ignored":
            self.absent.add(path)
        return found

    def _content(self, path: str) -> str | None:
        if self.state(path) != "file":
            return None
        try:
            content = self.tree.read(path)
        except SealedError:
            return None
        except UnreadableError as error:
            self.fail(path, error)
            return None
        return None if encrypted(content) else content

    def _document(self, form: str, path: str, read: Callable[[str, str], D]) -> D | None:
        key = (form, path)
        if key not in self._read:
            self._read[key] = found = self._built(path, read)
            if found is not None:
                self.documents.setdefault(path, found)
        return self._read[key]  # type: ignore[return-value]  # the form in the key stands for the type

    def _built(self, path: str, read: Callable[[str, str], D]) -> D | None:
        content = self.text(path)
        if content is None:
            return None
        try:
            return read(path, content)
        except TemplateError:
            return None
        except UnreadableError as error:
            self.fail(path, error)
            return None

    def fail(self, path: str, error: UnreadableError) -> None:
        """Remember that a file which takes part cannot be read. It can be quoted all the same."""
        self.documents.setdefault(path, Document(path=path, content=self._texts.get(path) or error.content))
        self.failures[path] = Failure(message=error.message, place=Place(path, error.offset, error.offset))
