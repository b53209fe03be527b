"""A stack as a picture: places state values, values are about services, and somebody uses those.

Nothing here knows findings: they belong to a picture by the places that they have in common.
"""

from typing import Literal

from configlint.model.record import record
from configlint.model.text import Place

Role = Literal["states", "overridden", "expected", "template", "refers", "serves"]
"""states: what stands there takes effect, or is believed by whoever reads it. overridden: a higher layer wins.
expected: the configuration asks for it. template: it is only copied. refers: it passes the value on, or needs it.
serves: a route, one of many.
"""

Sort = Literal["address", "workers", "keys", "secret", "variable", "path", "setting", "rule"]
"""rule: whatever a rule of the user's compares."""

MemberKind = Literal["service", "program", "address", "app", "script", "client"]
"""service: one of the stack. program: a server that no compose file starts. address: a host that is no service.
app, script: what calls from outside. client: something that is known by its credentials alone.
"""


@record
class Member:
    """Somebody who runs: a service, or one who uses it. `note` is what there is to know at a glance."""

    name: str
    kind: MemberKind
    note: str = ""
    place: Place | None = None


@record
class Statement:
    """A place that says what a value is, as it may be shown; `by` is the name under which it does.

    `user` is the one whose use of the service rests on it, empty where that is the service itself.
    """

    place: Place
    said: str
    by: str
    role: Role
    user: str = ""


@record
class Value:
    """Something that several places must agree on. `services` are what it is about, `users` who counts on it."""

    sort: Sort
    name: str
    said: str
    statements: tuple[Statement, ...]
    services: tuple[str, ...]
    users: tuple[str, ...]


@record
class Picture:
    """One stack. Members are by name: `services` are its own, and whatever else its values are about."""

    stack: str
    values: tuple[Value, ...]
    services: tuple[Member, ...]
    users: tuple[Member, ...]

    @property
    def paths(self) -> frozenset[str]:
        """The files in which something is stated."""
        return frozenset(one.place.path for value in self.values for one in value.statements)
