"""The typed tables of a stack: what every service would really use. A rule selects rows of them by column.

A column is a `Cell` if its value comes from a file, and a plain word if `resolve` classified something.
`docs/writing-rules.md` is generated from the docstrings of tables and columns.
"""

from configlint.model.tables.files import (
    EnvironmentFile,
    FactRow,
    PathUse,
    Permission,
    Problem,
    Suppression,
    TemplatePair,
)
from configlint.model.tables.network import HostName, Listener, Port, Route, Url
from configlint.model.tables.row import EVERY_STACK, Reach, Row
from configlint.model.tables.services import (
    Credential,
    Definition,
    Dependency,
    Need,
    Override,
    Read,
    Service,
    Setting,
    Use,
    Variable,
    Workers,
)

__all__ = [
    "EVERY_STACK", "Credential", "Definition", "Dependency", "EnvironmentFile", "FactRow", "HostName", "Listener",
    "Need", "Override", "PathUse", "Permission", "Port", "Problem", "Reach", "Read", "Route", "Row", "Service",
    "Setting", "Suppression", "TemplatePair", "Url", "Use", "Variable", "Workers",
]  # fmt: skip
