"""The answers of `why`, for programs. Imported only where they are asked for: pydantic is heavy."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from configlint.engine.reasons import said
from configlint.explain.why import Answer, Entry, Part
from configlint.explain.why.answer import Kind, Role
from configlint.model.cell import Cell
from configlint.report import Options
from configlint.report.jsontext import written
from configlint.report.view import Quotes

_ROLES = """\
decides: the effective value is written here; part: the rest of it. overridden: it would decide if those before it were
not there, in this order. default: what the program does by itself. passes: a reference that only passes the value on.
expected: what the configuration of configlint asks for. starts: a program of a script that the command runs. fills: a
reference that compose fills in. reads: code that reads the variable. written: a value that no service takes from here;
template: the same in a file that is only copied. publishes, listens, exposes, calls, serves: parts of services in a
port or a URL""".replace("\n", " ")


_VERSION = "grows when a field is renamed, removed or given another meaning; not when one is added"


class Form(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True, populate_by_name=True)


class Tool(Form):
    """Who wrote this."""

    name: Literal["configlint"] = "configlint"
    version: str


class Value(Form):
    """A value as it may be shown."""

    text: str = Field(description="the value, a secret as `<secret, N characters>`, an unknown part as `…`")
    known: bool = Field(description="whether all of the value is known")
    secret: bool = Field(description="whether a part of it is masked")
    group: str | None = Field(description="equal letters are equal values; null where no secrets are compared")
    reason: str = Field(default="", description="why a part of it is not known")
    unless: list[str] = Field(default=[], description="variables that would replace a default in it if they were set")


class PlaceForm(Form):
    """A place with a part in an entry: lines and columns from 1, columns count characters, the end is exclusive.

    A program's own default has no place: all of it is null.
    """

    role: Role = Field(description=_ROLES)
    value: Value | None = Field(description="what is stated there; null for a reference or a read without a default")
    by: str = Field(description="the means: an option, a variable, a layer of the environment, a key")
    service: str = Field(description="whose part it is, where the entry is not about one service")
    note: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


class EntryForm(Form):
    """One value, and all that leads to it."""

    kind: Kind = Field(
        description="workers, command, variable: of a service; filling: what compose puts in the place of a variable; "
        "pair: a key pair of LiveKit's server; written: values of a variable that no other entry has named; key: a "
        "value in a file; address: one in the code of an app; port, url: who has to do with it"
    )
    stack: str = Field(description="the stack, as in findings; `*` where it belongs to none")
    service: str = Field(description="empty where it is about a stack or about files alone")
    name: str = Field(description="the variable, the key, the port or the URL")
    uses: Value | None = Field(description="the effective value; null where there is none")
    places: list[PlaceForm] = Field(description="in the order of their say: what decides comes first")
    note: str
    required: bool | None = Field(
        default=None, description="of a variable: whether code of the service reads it and has no default for it"
    )


class AnswerForm(Form):
    """All that is known about a key."""

    schema_: Literal[1] = Field(default=1, alias="schema", description=_VERSION)
    tool: Tool
    key: str
    entries: list[EntryForm]


def render(answer: Answer, options: Options) -> str:
    view = Quotes(answer.contents, answer.secrets, answer.quotable)
    form = AnswerForm(
        tool=Tool(version=options.version),
        key=answer.key,
        entries=[_entry(view, entry) for entry in answer.entries],
    )
    return written(form.model_dump(by_alias=True))


def _entry(view: Quotes, entry: Entry) -> EntryForm:
    return EntryForm(
        kind=entry.kind,
        stack=entry.stack,
        service=entry.service,
        name=entry.name,
        uses=None if entry.uses.null else _value(view, entry.uses, entry.group),
        places=[_place(view, part) for part in entry.parts],
        note=entry.note,
        required=entry.required if entry.kind == "variable" else None,
    )


def _value(view: Quotes, cell: Cell, group: str) -> Value:
    return Value(
        text=str(cell),
        known=cell.text.known,
        secret=cell.text.secret,
        group=group or None,
        reason=said(cell.text.reason),
        unless=list(cell.text.depends),
    )


def _place(view: Quotes, part: Part) -> PlaceForm:
    cell = Cell(value=part.text.value, text=part.text)
    where = view.span(part.place)._asdict() if part.place is not None else {}
    return PlaceForm(
        role=part.role,
        value=_value(view, cell, part.group) if part.text else None,
        by=part.by,
        service=part.service,
        note=part.note,
        path=part.place.path if part.place is not None else None,
        **where,
    )
