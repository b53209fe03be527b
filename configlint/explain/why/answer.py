"""What `why` has to say about a key: entries, each with the places that have a part in it."""

from collections.abc import Mapping
from typing import Literal

from configlint.model.cell import NULL, Cell
from configlint.model.quotable import Quotable
from configlint.model.record import record
from configlint.model.text import Place, Text

Kind = Literal["workers", "command", "variable", "filling", "pair", "written", "key", "address", "port", "url"]
"""What an entry tells. workers: how many a service runs; command: what it starts; variable: what it gets for one.
filling: what compose puts in the place of a variable; pair: a key pair that LiveKit's server accepts; written: values
of a variable that no other entry has named. key: a value in a file; address: one in the code of an app. port, url: who
has to do with it.
"""

Role = Literal[
    "decides", "part", "overridden", "default", "passes", "expected", "starts", "fills", "reads", "written",
    "template", "publishes", "listens", "exposes", "calls", "serves",
]  # fmt: skip
"""decides: the effective value is written here; part: and here is the rest of it. overridden: it would decide if what
stands above it were not there; several follow each other in that order. default: what the program does by itself.
passes: a reference that only passes the value on. expected: what the configuration of configlint asks for. starts: a
program of a script that the command runs. fills: a reference that compose fills in. reads: code that reads the
variable. written: a value that no service takes from here; template: the same in a file that is only copied. publishes,
listens, exposes, calls, serves: parts of services in a port or a URL.
"""


@record
class Part:
    """A place with a part in an entry. `place` is None for what stands nowhere, as a program's own default.

    `text` is what is stated there, empty where nothing is; `by` is the means: an option, a variable, a layer of the
    environment, a key. `service` is whose part it is, where the entry is not about one service. Of secrets that are
    compared with each other, those of one `group` are the same.
    """

    role: Role
    text: Text
    place: Place | None = None
    by: str = ""
    service: str = ""
    note: str = ""
    group: str = ""


@record
class Entry:
    """One value and all that leads to it. `service` is empty where it is about a stack, or about files alone.

    `name` is that of the variable, the key, the port or the URL. `uses` is the effective value, null where there is
    none; `note` says what else has to be known. A `required` variable is read by code that has no default for it.
    """

    kind: Kind
    stack: str
    service: str = ""
    name: str
    uses: Cell = NULL
    parts: tuple[Part, ...]
    note: str = ""
    group: str = ""
    required: bool = False


@record
class Answer:
    """All entries about a key. `contents`, `secrets` and `quotable` are for quoting files, as those of a result are."""

    key: str
    entries: tuple[Entry, ...]
    contents: Mapping[str, str]
    secrets: Mapping[str, tuple[Place, ...]]
    quotable: Mapping[str, Quotable]
