"""Files, what they name, and what stands in them."""

from configlint.model.cell import NULL, Cell
from configlint.model.record import record
from configlint.model.tables.row import Row
from configlint.model.tables.words import Exists, Fault, PairState, PathRole
from configlint.model.text import Place


@record
class PathUse(Row):
    """A path that a file names."""

    table = "paths"
    what: PathRole
    """What the path is for. `baked`: it is copied into an image; `orphan`: nothing reads this file; `dotenv`: an app
    loads it from its bundle."""
    label: str = ""
    """The same in words: `bind mount source`, `build context`; empty for `baked`, `orphan` and `dotenv`."""
    value: Cell
    """The path, as it is written."""
    exists: Exists = "yes"
    """`ignored`: it is not here, and git ignores it; `unknown`: it is outside of the repository."""
    required: bool = True
    """Whether something fails where it is missing."""
    other: Cell = NULL
    """The place that does not fit."""
    fault: str = ""
    """What is wrong with it."""
    path: str = ""
    """Where it leads, from the root; empty where that is not known."""


@record
class TemplatePair(Row):
    """An environment file compared with the template that it is made from, or the template with the file."""

    table = "templates"
    name: str = ""
    """Every name that is lacking."""
    file: str
    """The path of the file whose names are looked for."""
    other: str
    """The path of the file in which they are looked for."""
    lacking: Cell = NULL
    """The names of `file` that `other` has neither set nor in a comment: a few of them in words, the places of all."""
    state: PairState
    """Whether the names are the `same` or it `differs`; `unknown` where the environment file is missing here."""


@record
class FactRow(Row):
    """Any value of any file. It is selected by `file` and `key` (or `line`), not by `table`."""

    table = "values"
    file: str
    """The path of the file."""
    key: str
    """The key, its names joined by dots; of a line, what is written in the rule."""
    what: str
    """The key with the part that is meant: `the password in DATABASE_URL`."""
    value: Cell
    """The value, or the part of it; null where the key or the part is missing."""


@record
class Problem(Row):
    """Something that a reader could not take, and one row for each file."""

    table = "problems"
    what: Fault
    """`unreadable`: the file cannot be parsed; `duplicate-key`: one key twice with different values; `dialect`: a line
    that the programs which read it read differently; empty in the row for a file as such."""
    detail: str
    """What is wrong."""
    name: str = ""
    """The file or the key."""
    value: Cell = NULL
    """The value that counts."""
    other: Cell = NULL
    """The other one."""


@record
class Suppression(Row):
    """A comment that suppresses a rule. The table is filled after all other rules have run."""

    table = "suppressions"
    rule: Cell
    """The rule that it names."""
    used: bool = True
    """Whether it suppresses anything."""
    fault: str = ""
    """Why it has no effect, where it has none."""
    gone: Place | None = None
    """What has to go from the file when it is stale: all of the comment, or the name where others remain."""
