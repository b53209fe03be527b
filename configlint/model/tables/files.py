"""Files, their values, and the paths that they name."""

from configlint.model.cell import NULL, Cell
from configlint.model.record import record
from configlint.model.tables.row import Row
from configlint.model.tables.words import Exists, Fault, PairState, PathRole, PermissionState
from configlint.model.text import Place


@record
class PathUse(Row):
    """A path that a file names."""

    table = "paths"
    what: PathRole
    """What the path is for. `baked`: the file is copied into an image; `orphan`: nothing reads the file; `dotenv`: an
    app loads the file from its bundle."""
    label: str = ""
    """The same in words: `bind mount source`, `build context`; empty for `baked`, `orphan` and `dotenv`."""
    value: Cell
    """The path, as written."""
    exists: Exists = "yes"
    """`ignored`: the path is missing, and git ignores it; `unknown`: it is outside the repository."""
    required: bool = True
    """Whether something fails if the path is missing."""
    other: Cell = NULL
    """The place that contradicts the path."""
    fault: str = ""
    """What is wrong with the path."""
    path: str = ""
    """The path from the root of the repository; empty if not known."""


@record
class EnvironmentFile(Row):
    """An environment file that is not a template."""

    table = "env_files"
    file: str
    """Its path."""
    secrets: Cell = NULL
    """The names of the real secrets in it: a few of them in words, the places of all; null where it has none."""
    exposed: bool = False
    """Whether it has real secrets, and git tracks it though an ignore file of the repository names it."""


@record
class Permission(Row):
    """A permission of Android that the code of an app needs."""

    table = "permissions"
    name: str
    """Its name, `android.permission.INTERNET`."""
    state: PermissionState
    """Whether the manifest for release builds asks for it: `asked`, `missing`; `unknown` where a plugin may do so."""
    manifest: Cell
    """Where it would be asked for; unknown where the state is."""
    need: Cell
    """What needs it."""


@record
class TemplatePair(Row):
    """An env file compared with its template, or the template with the env file."""

    table = "templates"
    name: str = ""
    """All missing names."""
    file: str
    """The path of the file that has the names."""
    other: str
    """The path of the file that lacks them."""
    lacking: Cell = NULL
    """The names of `file` that `other` neither sets nor has in a comment: a few in the text, the places of all."""
    state: PairState
    """Whether the names are the `same`, or the file `differs`; `unknown` if the env file is missing."""


@record
class FactRow(Row):
    """Any value in any file. It is selected by `file` and `key` (or `line`), not by `table`."""

    table = "values"
    file: str
    """The path of the file."""
    key: str
    """The key, its names joined by dots; for a line, the line as written in the rule."""
    what: str
    """The key with the selected part: `the password in DATABASE_URL`."""
    value: Cell
    """The value, or the selected part; null if the key or the part is missing."""


@record
class Problem(Row):
    """A problem that a reader found, and one row for each file."""

    table = "problems"
    what: Fault
    """`unreadable`: the file cannot be parsed; `duplicate-key`: one key twice with different values; `dialect`: a line
    that the programs which use the file read differently; empty in the row for the file as such."""
    detail: str
    """What is wrong."""
    name: str = ""
    """The file or the key."""
    value: Cell = NULL
    """The value that takes effect."""
    other: Cell = NULL
    """The other value."""


@record
class Suppression(Row):
    """A comment that suppresses a rule. The table is filled after all other rules have run."""

    table = "suppressions"
    rule: Cell
    """The rule that the comment names."""
    used: bool = True
    """Whether the comment suppresses a finding."""
    fault: str = ""
    """Why the comment has no effect; empty if it has one."""
    gone: Place | None = None
    """What a fix removes if the suppression is stale: the comment, or only the name if others remain."""
