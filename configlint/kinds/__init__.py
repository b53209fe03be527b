"""The kinds of constraint that a rule may state. A new kind is one module and one line here."""

from configlint.kinds.base import Kind
from configlint.kinds.equals import Equals
from configlint.kinds.forbids import Forbids
from configlint.kinds.references import References
from configlint.kinds.requires import Requires
from configlint.kinds.unique import Unique

KINDS: dict[str, type[Kind]] = {
    "equals": Equals,
    "forbids": Forbids,
    "references": References,
    "requires": Requires,
    "unique": Unique,
}
