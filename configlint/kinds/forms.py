"""The written form of selectors and kinds, for pydantic. Imported only where a rule text is new: pydantic is the
largest cost of a small run.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from configlint.formats.line import HOLE
from configlint.model.database import ROW_TYPES
from configlint.model.glob import wild
from configlint.model.selector import Part

Word = str | bool
Words = Annotated[Word | list[Word], Field(description="one value, or a list of alternatives")]
Names = Annotated[str | Annotated[list[str], Field(min_length=1)], Field(description="one column, or several")]
Pairs = str | Annotated[list[str], Field(min_length=1)] | Annotated[dict[str, str | list[str]], Field(min_length=1)]
"""Columns of the same name on both sides, or a mapping from one side's column to the other's."""


class OptionError(Exception):
    """An option that does not fit the others; `key` is where it is written, or would be."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class Form(BaseModel):
    """A mapping of a rule or configuration file. Unknown keys are errors, and errors never show the input."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, strict=True)


class NotForm(Form):
    """All rows but those with one of these values."""

    not_: Words = Field(alias="not", description="one value, or a list of excluded values")


class SelectorForm(Form):
    """Rows of a table, or values of files."""

    table: str | None = Field(
        default=None,
        description="the rows of this table",
        json_schema_extra={"enum": [*(name for name in ROW_TYPES if name != "values"), None]},
    )
    where: dict[str, Words | NotForm] = Field(
        default={}, description="conditions: columns with the value that each must have (one, several, or `not:` these)"
    )
    file: str | None = Field(
        default=None,
        description="path of the file with the value, from the root; `*` is any part of a name, `**` any directories",
    )
    key: str | list[str] | None = Field(
        default=None, description="the key of the value: names joined by dots, or a list of names; `*` is any one name"
    )
    line: str | None = Field(
        default=None,
        description="the line with the value, in any text file, with `{value}` in its place: `listen {value};`",
    )
    part: Part | None = Field(
        default=None,
        description="the selected part of a URL, of `host:port` or of an image name; `name` of a URL is "
        "the path without its first slash, such as the name of a database",
    )
    secret: bool = Field(default=False, description="the value is never shown")

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        of_file = (self.key, self.line, self.part, self.secret or None)
        if self.file is not None and (self.table is not None or bool(self.key) is bool(self.line)):
            raise ValueError("a `file` needs a `key` or a `line`, and no `table`")
        if self.file is None and (self.table in (None, "values") or any(one is not None for one in of_file)):
            raise ValueError("should be a `table`, or a `file` with a `key` or a `line`")
        if self.line is not None and (self.line.count(HOLE) != 1 or self.line.strip() == HOLE or "\n" in self.line):
            raise ValueError(f"a `line` must be one line with `{HOLE}` exactly once, and with other characters")
        return self

    @property
    def several(self) -> bool:
        """Whether more than one value may be selected."""
        return self.file is None or self.line is not None or wild(self.file) or "*" in (self.key or "")

    def column(self, named: str | None) -> str:
        """The column that a kind looks at: of a table one has to be named, of a file it is the value."""
        if named is None and self.file is None:
            raise OptionError("column", "'column' is missing: a rule on a table needs one")
        return named or "value"

    def normal(self) -> dict[str, Any]:
        """The form that `Selector.load` takes."""
        where = [
            {"column": name, "values": self._words(test.not_), "negated": True}
            if isinstance(test, NotForm)
            else {"column": name, "values": self._words(test), "negated": False}
            for name, test in self.where.items()
        ]
        key = self.key.split(".") if isinstance(self.key, str) else self.key or []
        return {
            "table": self.table or "values", "where": where, "file": self.file or "", "key": key,
            "line": self.line or "", "part": self.part, "secret": self.secret,
        }  # fmt: skip

    def _words(self, words: Word | list[Word]) -> list[Word]:
        """Where a file is looked at, all values are texts; so are the truth values that they are compared with."""
        if self.file is None:
            return listed(words)
        return [str(word).lower() if isinstance(word, bool) else word for word in listed(words)]


class KindForm(Form):
    """The options of a kind. A kind's own form lists them as fields, and `normal` gives what the kind loads."""

    def normal(self) -> dict[str, Any]:
        """Raises `OptionError`."""
        raise NotImplementedError


def listed(value: Word | list[Word]) -> list[Word]:
    return value if isinstance(value, list) else [value]


def names(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def pairs(value: str | list[str] | Mapping[str, str | list[str]] | None) -> list[tuple[str, str]]:
    """(column of `from`, column of `to`) for each pair that was written."""
    if isinstance(value, Mapping):
        return [(one, two) for one, others in value.items() for two in names(others)]
    return [(name, name) for name in names(value)]
