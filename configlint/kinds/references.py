"""references: each row has its counterpart in another table, and the two agree (REFERENCES)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from configlint.kinds.base import Checked, Outcome, Select, Side, side
from configlint.kinds.counterparts import Counterparts
from configlint.model.cell import Cell, PathPattern, same, within
from configlint.model.record import record
from configlint.model.selector import Selector
from configlint.model.tables import Row

if TYPE_CHECKING:
    from configlint.kinds.forms import KindForm

Missing = Literal["fail", "ignore", "strict"]

_SHOWN = 3

_MOST = 50
"""Counterparts that disagree, and are shown: each of many rows may have all of the others."""


@record
class References:
    """For each row of `from` some row of `to` is the same in every pair of `match` and covers it in every pair of
    `within`; then the two agree in each pair of `agree`. A pair names a column of either side.

    Null in a `match` column of `from` matches any row; unknown matches any row too, but then nothing is certain.
    One counterpart that agrees is enough. `truth` names the side that is right, if one is. A row
    whose `match` and `agree` are exchanged is told apart from one without counterpart. A row without counterpart
    is no concern of this rule with `missing: ignore`; with `strict` it is wrong even if nothing at all stands on the
    other side (unless a `match` column of it is unknown), where otherwise nothing would be compared. `column` is the
    one that is wrong then, and the column `supply` of the same row holds what should stand there.
    """

    name: ClassVar[str] = "references"
    says: ClassVar[Mapping[str, str]] = {
        "missing": "{title}",
        "differs": "{title} ({difference})",
        "exchanged": "{title}: what is compared and what it is found by are exchanged",
    }
    says_of_files: ClassVar[Mapping[str, str]] = {}
    sides: ClassVar[tuple[str, ...]] = ("from", "to")

    from_: Selector
    to: Selector
    match: tuple[tuple[str, str], ...]
    within: tuple[tuple[str, str], ...] = ()
    agree: tuple[tuple[str, str], ...] = ()
    column: str = ""
    truth: str = ""
    supply: str = ""
    missing: Missing = "fail"

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            from_=Selector.load(data["from"]),
            to=Selector.load(data["to"]),
            match=tuple((one, two) for one, two in data["match"]),
            within=tuple((one, two) for one, two in data.get("within", ())),
            agree=tuple((one, two) for one, two in data.get("agree", ())),
            column=data.get("column") or "",
            truth=data.get("truth") or "",
            supply=data.get("supply") or "",
            missing=data.get("missing", "fail"),
        )

    @staticmethod
    def form() -> "type[KindForm]":
        # pydantic is imported only where a rule text is new.
        from pydantic import Field

        from configlint.kinds.forms import KindForm, Pairs, SelectorForm, pairs

        class ReferencesForm(KindForm):
            """Each row of `from` has its counterpart among the rows of `to`, and agrees with it.

            The counterpart is found by the columns of `match` and `within`; then both have to be the same in each
            column of `agree`. Null in `match` fits every row. One counterpart that agrees is enough. Rows of different
            stacks are never compared.
            """

            from_: SelectorForm = Field(alias="from", description="the rows that refer to others")
            to: SelectorForm = Field(description="the rows that are referred to")
            match: Pairs = Field(
                description="the columns that identify the counterpart: one, several, or `{column of from: of to}`"
            )
            within: Pairs | None = Field(
                default=None, description="columns whose value must be within a range of the counterpart"
            )
            agree: Pairs | None = Field(default=None, description="columns in which both must then agree")
            column: str | None = Field(
                default=None, description="the column of `from` that is reported if there is no counterpart"
            )
            truth: Literal["from", "to"] | None = Field(default=None, description="the side that is right")
            supply: str | None = Field(
                default=None,
                description="the column of `from` with what `fix` writes into `column` if there is no counterpart",
            )
            missing: Missing = Field(
                default="fail",
                description="a row without counterpart: `fail` reports it unless `to` has no rows; `strict` reports it "
                "even then; `ignore` does not report it",
            )

            def normal(self) -> dict[str, Any]:
                return {
                    "from": self.from_.normal(),
                    "to": self.to.normal(),
                    "match": pairs(self.match),
                    "within": pairs(self.within),
                    "agree": pairs(self.agree),
                    "column": self.column,
                    "truth": self.truth,
                    "supply": self.supply,
                    "missing": self.missing,
                }

        return ReferencesForm

    def selectors(self) -> Iterable[tuple[str, Selector, tuple[str, ...]]]:
        pairs = (*self.match, *self.within, *self.agree)
        own = (*(one for one, _ in pairs), self.column, self.supply)
        yield "from", self.from_, tuple(name for name in own if name)
        yield "to", self.to, tuple(two for _, two in pairs)

    def check(self, select: Select) -> Checked:
        others = Counterparts(select(self.to), self.match)
        compared, outcomes = 0, []
        for row in select(self.from_):
            stacks = others.stacks(row)
            if stacks or self.missing == "strict":
                compared += 1
                outcome = self._outcome(row, others, stacks)
                if outcome is not None:
                    outcomes.append(outcome)
        return Checked(compared, tuple(outcomes))

    def _outcome(self, row: Row, others: Counterparts, stacks: Sequence[str]) -> Outcome | None:
        """The outcome for one row; None where it has its counterpart in some stack.

        Of the outcomes in several stacks, one that cannot be verified speaks for all, since it might hold there. With
        `missing: ignore`, a stack without any counterpart has nothing to compare.
        """
        outcomes: dict[str, Outcome] = {}
        for stack, rows in others.candidates(row, stacks).items():
            if self.missing == "ignore" and not any(self._matches(row, other) for other in rows):
                continue
            verdict = self._verdict(row, rows, partial(others.rows, stack))
            if verdict is None:
                return None
            outcomes[stack] = verdict
        first = stacks[0] if stacks else ""
        if self.missing != "ignore" and first not in outcomes:
            outcomes[first] = self._missing(row, others.rows(first))
        doubt = next((outcome for outcome in outcomes.values() if outcome.unverifiable), None)
        return doubt or outcomes.get(first) or next(iter(outcomes.values()), None)

    def _verdict(self, row: Row, candidates: Sequence[Row], others: Callable[[], Sequence[Row]]) -> Outcome | None:
        """The outcome for one row against the rows of one stack; None where it has its counterpart."""
        hits, maybe, open_ = [], [], []
        for other in candidates:
            matches = self._matches(row, other)
            if matches is None:
                maybe.append(other)
            elif matches:
                agrees = self._agrees(row, other)
                if agrees:
                    return None
                hits.append(other)
                if agrees is None:
                    open_.append(other)
        if hits:
            unsure = open_ + maybe
            return self._unverifiable(row, unsure[0]) if unsure else self._differs(row, hits)
        if maybe:
            return self._unverifiable(row, maybe[0]) if self.missing != "ignore" else None
        return self._missing(row, others()) if self.missing != "ignore" else None

    def _missing(self, row: Row, others: Sequence[Row]) -> Outcome:
        """Nothing over there: what comes nearest is shown, a few rows of the same service or name.

        Where nothing at all stands over there, an unknown name may be that of something outside of the tables.
        """
        doubt = next((cell for name, _ in self.match if (cell := side(row, name)).unknown), None)
        if doubt is not None and not others:
            wrong = Side(row, self.column or self.match[0][0])
            return Outcome(word="missing", wrong=wrong, unverifiable=True, reason=doubt.text.reason)
        swapped = next((other for other in others if self._exchanged(row, other)), None)
        if swapped is not None:
            (one, _), (_, two) = self.match[0], self.agree[0]
            return Outcome(word="exchanged", wrong=Side(row, one), beside=(Side(swapped, two),))
        one, two = (self.within or self.match)[-1]
        pairs = self.match if self.within else self.match[:-1]
        near = [other for other in others if all(_match(side(row, a), side(other, b)) for a, b in pairs)]
        truth = Side(row, self.supply) if self.supply and not Side(row, self.supply).cell.null else None
        wrong = Side(row, self.column or one)
        if isinstance(side(row, one).value, PathPattern):
            nearest = nearest_path(side(row, one), [Side(other, two) for other in near])
            beside: tuple[Side, ...] = (nearest,) if nearest is not None else ()
            return Outcome(word="missing", wrong=wrong, beside=beside, truth=truth, nearest=nearest)
        beside = tuple(Side(other, two) for other in near[:_SHOWN])
        return Outcome(word="missing", wrong=wrong, beside=beside, truth=truth)

    def _exchanged(self, row: Row, other: Row) -> bool:
        """Whether what should match stands where what should agree belongs, or the other way round."""
        if len(self.match) != 1 or len(self.agree) != 1:
            return False
        (found, found_there), (value, value_there) = self.match[0], self.agree[0]
        crossed = ((side(row, found), side(other, value_there)), (side(row, value), side(other, found_there)))
        return any(same(one, two) is True for one, two in crossed)

    def _matches(self, row: Row, other: Row) -> bool | None:
        answers = [_match(side(row, one), side(other, two)) for one, two in self.match]
        answers += [within(side(row, one), side(other, two)) for one, two in self.within]
        return _all(answers)

    def _agrees(self, row: Row, other: Row) -> bool | None:
        """A null cell has nothing to be compared, so it agrees."""
        return _all([_match(side(row, one), side(other, two)) for one, two in self.agree])

    def _differs(self, row: Row, hits: Sequence[Row]) -> Outcome:
        """One counterpart is the truth; several that differ among themselves are none."""
        one, two = next(pair for pair in self.agree if _match(side(row, pair[0]), side(hits[0], pair[1])) is False)
        here, there = Side(row, one), [Side(hit, two) for hit in hits]
        alike = all(same(side(hits[0], two), side(hit, two)) is True for hit in hits)
        there = there[:_MOST]
        if self.truth == "from":
            return Outcome(word="differs", wrong=there[0], beside=(here,), truth=here if len(hits) == 1 else None)
        truth = there[0] if self.truth == "to" and alike else None
        return Outcome(word="differs", wrong=here, beside=tuple(there), truth=truth)

    def _unverifiable(self, row: Row, other: Row) -> Outcome:
        pairs = (*self.agree, *self.within, *self.match)
        texts = [cell.text for one, two in pairs for cell in (side(row, one), side(other, two))]
        reason = next((text.reason for text in texts if text.reason), None)
        one, two = pairs[0]
        wrong = Side(row, self.column or one)
        return Outcome(word="differs", wrong=wrong, beside=(Side(other, two),), unverifiable=True, reason=reason)


_NEAR = 0.6
"""How alike two paths are of which one may be meant for the other, from 0 to 1."""


def nearest_path(path: Cell, others: Sequence[Side]) -> Side | None:
    """The path that is most like another one; None where none is."""
    from difflib import SequenceMatcher  # for what is wrong alone

    alike = [(SequenceMatcher(None, str(path), str(other.cell)).ratio(), other) for other in others if other.cell.value]
    best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _NEAR else None


def _match(one: Cell, other: Cell) -> bool | None:
    return True if one.null or other.null else same(one, other)


def _all(answers: Iterable[bool | None]) -> bool | None:
    """Conjunction in three values: false decides, then unknown."""
    found = list(answers)
    if False in found:
        return False
    return None if None in found else True
