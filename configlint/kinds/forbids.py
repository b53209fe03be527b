"""forbids: a row like this must not be, or a key of a file, or a value of it (CHECK)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from configlint.kinds.base import Checked, Outcome, Select, Side, unverifiable
from configlint.model.record import record, replace
from configlint.model.selector import Selector
from configlint.model.tables import Row

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm


@record
class Forbids:
    """Every selected row is wrong in `column`. The column `truth` of the same row holds what should stand there, or is
    the stretch of the file that has to go.

    The last condition of `from` is what is forbidden, those before it say of what: rows that meet these are the ones
    compared. `beside` are further columns whose places help to understand. Rows of `unverifiable` cannot be judged.
    """

    name: ClassVar[str] = "forbids"
    says: ClassVar[Mapping[str, str]] = {"found": "{title}"}
    says_of_files: ClassVar[Mapping[str, str]] = {"found": "{from.what}: {title}"}
    sides: ClassVar[tuple[str, ...]] = ("from",)

    from_: Selector
    column: str
    truth: str = ""
    beside: tuple[str, ...] = ()
    unverifiable: Selector | None = None

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        open_ = data.get("unverifiable")
        return cls(
            from_=Selector.load(data["from"]),
            column=data["column"],
            truth=data.get("truth") or "",
            beside=tuple(data.get("beside", ())),
            unverifiable=Selector.load(open_) if open_ else None,
        )

    @staticmethod
    def form() -> "type[KindForm]":
        # pydantic is imported only where a rule text is new.
        from pydantic import Field

        from configlint.kinds.forms import KindForm, Names, SelectorForm, names

        class ForbidsForm(KindForm):
            """Something must not be there.

            For a table: no row meets the conditions. The last condition says what is forbidden, and those before it for
            which rows; if no row meets these, the rule found nothing to check. For a file: the key, line or part must
            not exist, or with `where: {value: …}` must not have this value.
            """

            from_: SelectorForm = Field(alias="from", description="what must not exist")
            column: str | None = Field(default=None, description="for a table: the column that is reported")
            truth: str | None = Field(
                default=None, description="for a table: the column of the same row with the right value"
            )
            beside: Names | None = Field(default=None, description="further columns whose places are shown")
            unverifiable: SelectorForm | None = Field(default=None, description="rows that cannot be checked")

            def normal(self) -> dict[str, Any]:
                return {
                    "from": self.from_.normal(),
                    "column": self.from_.column(self.column),
                    "truth": self.truth,
                    "beside": names(self.beside),
                    "unverifiable": self.unverifiable.normal() if self.unverifiable else None,
                }

        return ForbidsForm

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        named = tuple(name for name in (self.column, self.truth, *self.beside) if name)
        yield "from", self.from_, named
        if self.unverifiable is not None:
            yield "from", self.unverifiable, named

    def check(self, select: Select) -> Checked:
        return self._values(select) if self.from_.file else self._rows(select)

    def _values(self, select: Select) -> Checked:
        """Without a condition the key must not be there. What is looked at are all files that are here."""
        sides = [Side(row, self.column) for row in select(replace(self.from_, presence=not self.from_.where))]
        population = [Side(row, self.column) for row in select(replace(self.from_, where=(), presence=True))]
        looked = [one for one in population if one.row.at.place is not None]
        wrong = [Outcome(word="found", wrong=one) for one in sides if one.cell.value is not None]
        return Checked(len(looked), (*wrong, *(unverifiable("found", one) for one in looked if one.cell.unknown)))

    def _rows(self, select: Select) -> Checked:
        rows = select(self.from_)
        wrong = [
            Outcome(
                word="found",
                wrong=Side(row, self.column),
                beside=self._beside(row),
                truth=Side(row, self.truth) if self.truth else None,
            )
            for row in rows
        ]
        unseen = select(self.unverifiable) if self.unverifiable is not None else ()
        open_ = [replace(unverifiable("found", Side(row, self.column)), beside=self._beside(row)) for row in unseen]
        population = replace(self.from_, where=self.from_.where[:-1])
        return Checked(len(select(population)), (*wrong, *open_))

    def _beside(self, row: Row) -> tuple[Side, ...]:
        return tuple(Side(row, name) for name in self.beside if not Side(row, name).cell.null)
