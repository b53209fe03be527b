"""The kinds of constraint that a rule may state. A new kind is one class and its name in this list."""

from configlint.kinds.base import Kind
from configlint.kinds.equals import Equals
from configlint.kinds.forbids import Forbids
from configlint.kinds.references import References
from configlint.kinds.requires import Requires
from configlint.kinds.unique import Unique

_KINDS: tuple[type[Kind], ...] = (Equals, Forbids, References, Requires, Unique)

KINDS = {kind.name: kind for kind in _KINDS}
