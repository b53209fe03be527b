"""The outputs: pure functions from the result of a run to a string. One module per format."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from configlint.model.finding import Severity
from configlint.model.record import record
from configlint.model.result import Result


@record
class RuleHelp:
    """What an output may tell about a rule, taken from its file.

    `help` and `fix` are sentences that may have holes; `fixable` is true where an example of the rule proves its fix.
    """

    title: str
    why: str
    severity: Severity
    help: str = ""
    fix: str = ""
    fixable: bool = False


@record
class Options:
    """How a result is to be shown.

    `width` is the number of columns of the terminal, None where the output goes elsewhere: prose is then left in one
    line. `encoding` is that of the output stream. `verbose` shows findings of every level, `quiet` errors alone. `root`
    and `here` are the absolute paths of the repository and of the reader, for whom paths are relative to the latter;
    empty where they are relative to the root. `command` is the one that was run; `rules` are those that were in
    force, for the formats that describe them. `code` is the exit code with which the run ends.
    """

    version: str
    color: bool = False
    width: int | None = None
    encoding: str = "utf-8"
    verbose: bool = False
    quiet: bool = False
    root: str = ""
    here: str = ""
    command: Literal["check", "fix"] = "check"
    rules: Mapping[str, RuleHelp] | None = None
    code: int = 0

    def nearby(self, path: str) -> str:
        """A path from the root, as it is called in the directory of the reader."""
        if self.root == self.here:
            return path
        target, start = f"{self.root.rstrip('/')}/{path}".split("/"), self.here.rstrip("/").split("/")
        shared = next((at for at, (one, other) in enumerate(zip(target, start, strict=False)) if one != other), None)
        shared = min(len(target), len(start)) if shared is None else shared
        return "/".join([*[".."] * (len(start) - shared), *target[shared:]])


Renderer = Callable[[Result, Options], str]

_NAMES = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html")
ON_SCREEN = ("text", "concise")
"""The formats that are drawn for the encoding of a terminal. Programs read the others, as UTF-8."""

DRAWING = ("html",)
"""The formats that show the pictures of a result."""


class _Formats(Mapping[str, Renderer]):
    """The renderers by name. Each format's module is imported when it is asked for: a run needs only one."""

    def __getitem__(self, name: str) -> Renderer:
        if name not in _NAMES:
            raise KeyError(name)
        renderer: Renderer = __import__(f"{__name__}.{name}", fromlist=["render"]).render
        return renderer

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES


FORMATS: Mapping[str, Renderer] = _Formats()
