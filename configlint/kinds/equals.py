"""equals: a value is what it must be (CHECK), or the values that stand in several places are one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from configlint.kinds.base import Checked, Outcome, Select, Side
from configlint.model.cell import Cell, same
from configlint.model.record import record
from configlint.model.selector import Selector
from configlint.model.tables import Row

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm, SelectorForm


@record
class Equals:
    """With `column`: in each selected row it equals the column `truth`. Without: the values of all selectors are one,
    and `truth` is the index of the selector that is right (None: nobody says who is).
    """

    name: ClassVar[str] = "equals"
    says: ClassVar[Mapping[str, str]] = {"differs": "{title} ({difference})"}
    says_of_files: ClassVar[Mapping[str, str]] = {"differs": "{from.what} is not {to.what} of {to.file} ({difference})"}
    sides: ClassVar[tuple[str, ...]] = ("from", "to")

    from_: tuple[Selector, ...]
    column: str = ""
    truth: str = ""
    right: int | None = None

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            from_=tuple(Selector.load(one) for one in data["from"]),
            column=data.get("column") or "",
            truth=data.get("truth") or "",
            right=data.get("right"),
        )

    @staticmethod
    def form() -> "type[KindForm]":
        # pydantic is imported only where a rule text is new.
        from pydantic import Field

        from configlint.kinds.forms import KindForm, OptionError, SelectorForm

        class EqualsForm(KindForm):
            """Values are the same.

            Of files, `from` lists where the values are, and all of them are compared with the one that `truth` names,
            else with the first. Of a table, the `column` of each row is compared with the column `truth` of that row; a
            row in which `truth` is null is not compared.
            """

            from_: SelectorForm | Annotated[list[SelectorForm], Field(min_length=1)] = Field(
                alias="from", description="the rows to compare, or a list of values that must be equal"
            )
            column: str | None = Field(
                default=None, description="for a table: the column that is compared with `truth`"
            )
            truth: str | None = Field(
                default=None,
                description="the right value: a column of the row, or for listed values the file (or `file:key`)",
            )

            def normal(self) -> dict[str, Any]:
                listed = self.from_ if isinstance(self.from_, list) else [self.from_]
                if not self.column and len(listed) == 1 and not listed[0].several:
                    raise OptionError("from", "'from' selects one value: list a second one that must be the same")
                return {
                    "from": [one.normal() for one in listed],
                    "column": self.column,
                    "truth": self.truth if self.column else None,
                    "right": _right(self.truth, listed) if self.truth and not self.column else None,
                }

        return EqualsForm

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        columns = (self.column, self.truth) if self.column else ("value",)
        for selector in self.from_:
            yield "from", selector, tuple(name for name in columns if name)

    def check(self, select: Select) -> Checked:
        if self.column:
            return self._rows([row for selector in self.from_ for row in select(selector)])
        return self._places([[Side(row, "value") for row in select(selector)] for selector in self.from_])

    def _rows(self, rows: Sequence[Row]) -> Checked:
        outcomes = []
        stated = [row for row in rows if not Side(row, self.truth).cell.null]
        for row in stated:
            wrong, right = Side(row, self.column), Side(row, self.truth)
            agree = same(wrong.cell, right.cell)
            if agree is None and not wrong.cell.null:
                reason = wrong.cell.text.reason or right.cell.text.reason
                outcomes.append(Outcome(word="differs", wrong=wrong, beside=(right,), unverifiable=True, reason=reason))
            elif agree is False:
                outcomes.append(Outcome(word="differs", wrong=wrong, beside=(right,), truth=right))
        return Checked(len(stated), tuple(outcomes))

    def _places(self, groups: Sequence[Sequence[Side]]) -> Checked:
        """Every value is held against the first one of the true selector, or of the first that has any."""
        filled = [group for group in groups if group]
        if len(filled) < min(len(groups), 2) or sum(map(len, filled)) < 2:
            return Checked(0, ())
        index = self.right if self.right is not None else next(i for i, group in enumerate(groups) if group)
        if not groups[index]:
            return Checked(0, ())
        right = groups[index][0]
        others = [one for number, group in enumerate(groups) for one in group if number != index or one is not right]
        outcomes = []
        for wrong in others:
            agree = _alike(wrong.cell, right.cell)
            if agree is None:
                reason = wrong.cell.text.reason or right.cell.text.reason
                outcomes.append(Outcome(word="differs", wrong=wrong, beside=(right,), unverifiable=True, reason=reason))
            elif agree is False:
                truth = right if self.right is not None else None
                outcomes.append(Outcome(word="differs", wrong=wrong, beside=(right,), truth=truth))
        return Checked(len(others), tuple(outcomes))


def _alike(one: Cell, two: Cell) -> bool | None:
    """What is missing is like nothing but what is missing too."""
    return one.null and two.null if one.null or two.null else same(one, two)


def _right(truth: str, selectors: "Sequence[SelectorForm]") -> int:
    """The index of the selector that `truth` names: by its file, or `file:key` where one file is listed twice."""
    for number, selector in enumerate(selectors):
        key = selector.key if isinstance(selector.key, str) else ".".join(selector.key or ())
        if truth in (selector.file, f"{selector.file}:{key}"):
            return number
    files = ", ".join(selector.file or "?" for selector in selectors)
    from configlint.kinds.forms import OptionError  # see `form`

    raise OptionError("truth", f"truth names {truth!r}, which is none of the files listed: {files}")
