"""What a kind of constraint is: options, outcomes, and a pure check over rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, Self

from configlint.model.cell import NULL, Cell
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.selector import Selector
from configlint.model.tables import Row

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm


Select = Callable[[Selector], Sequence[Row]]


class Side(NamedTuple):
    """One column of one row, which an outcome points at."""

    row: Row
    column: str

    @property
    def cell(self) -> Cell:
        found = getattr(self.row, self.column) if self.column else NULL
        return found if isinstance(found, Cell) else NULL


@record
class Outcome:
    """What a kind found: which row and column is wrong, beside which others, and which one holds the truth.

    `word` is one of the kind's outcomes and picks the rule's sentence. With `unverifiable` nothing is wrong that can
    be seen, and `reason` says what cannot be known. `nearest` is what comes nearest to the wrong one, where something
    is near.
    """

    word: str
    wrong: Side
    beside: tuple[Side, ...] = ()
    truth: Side | None = None
    nearest: Side | None = None
    unverifiable: bool = False
    reason: Reason | None = None


def unverifiable(word: str, side: Side) -> Outcome:
    """Nobody can know whether a side is wrong, because its own value is not known."""
    return Outcome(word=word, wrong=side, unverifiable=True, reason=side.cell.text.reason)


class Checked(NamedTuple):
    """`compared` counts the rows that had something to be held against; zero means that the rule was vacuous."""

    compared: int
    outcomes: tuple[Outcome, ...]


class Kind(Protocol):
    """A constraint with its options, as a rule file states it. It knows no wording, no severity and no file."""

    name: ClassVar[str]
    """The word by which a rule names it."""
    says: ClassVar[Mapping[str, str]]
    """Its outcomes, each with the sentence of a rule that gives none. `{title}` is the title of the rule."""
    says_of_files: ClassVar[Mapping[str, str]]
    """The same where values of files are selected; without what is said no better there."""
    sides: ClassVar[tuple[str, ...]]
    """The sides that a sentence may name: `from`, `to`."""

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        """From what `form` makes of the options in a rule file."""

    @staticmethod
    def form() -> "type[KindForm]":
        """The pydantic model of the options as they are written."""

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        """Every selector with its side and the columns that the kind reads of it, for validation."""

    def check(self, select: Select) -> Checked:
        """Hold the selected rows against the constraint."""


def side(row: Row, column: str) -> Cell:
    """The cell in a column; a plain word stands for itself at the row's own place."""
    found = getattr(row, column)
    if isinstance(found, Cell):
        return found
    return Cell(value=found, text=row.at)
