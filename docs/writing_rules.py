"""The page on rules of one's own, made from the code: kinds, options, tables and columns tell what they are.

The rules on it are the files in `docs/writing-rules`, which are named after their kinds.
"""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from configlint.cli.tables import VALUES, Column, common, tables
from configlint.kinds import KINDS
from configlint.kinds.base import Kind
from configlint.kinds.forms import SelectorForm
from configlint.model.cell import Cell
from configlint.rules.forms import ExampleForm, RuleForm

PAGE = Path(__file__).parent / "writing-rules.md"
EXAMPLES = Path(__file__).parent / "writing-rules"
PROSE = EXAMPLES / "page.txt"
"""What no class says, with a line `{name}` where the generated part of that name goes."""

_WIDTH = 120
_PARTS = {
    "scheme": "`postgresql+psycopg` of a URL",
    "user": "the user in a URL, percent signs decoded",
    "password": "the password in a URL, percent signs decoded",
    "host": "the host of a URL or of `host:port`",
    "port": "the port of a URL (else the usual one of its scheme), of `host:port`, or a bare port",
    "path": "the path of a URL with its first slash, percent signs decoded",
    "name": "the name of an image with its registry, without tag and digest; of a URL the path without its first slash",
    "tag": "the tag of an image; `latest` where none is written",
}


def page() -> str:
    """The content of `docs/writing-rules.md`."""
    made = {
        "rule": _keys(RuleForm, {}),
        "selector": _keys(SelectorForm, _used("from")),
        "parts": _table(("part", "is"), ((f"`{part}`", _PARTS[part]) for part in _words("part"))),
        "kinds": "\n\n".join(_kind(kind) for kind in KINDS.values()),
        "example": _keys(ExampleForm, {}),
        "common": _columns(common()),
        "values": _columns(next(table.columns for table in tables() if table.name == VALUES)),
        "tables": "\n\n".join(
            f"### `{table.name}`\n\n{fill(table.sentence, _WIDTH)}\n\n{_columns(table.columns)}"
            for table in tables()
            if table.name != VALUES
        ),
    }
    text = PROSE.read_text(encoding="utf-8")
    for name, content in made.items():
        text = text.replace(f"\n{{{name}}}\n", f"\n{content}\n")
    return "<!-- Made from the code by `make docs`. -->\n\n" + text


def examples(kind: str) -> list[str]:
    """The rules that show a kind at work."""
    return [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob(f"{kind}-*.yaml"))]


def _kind(kind: type[Kind]) -> str:
    form = kind.form()
    outcomes = _table(("outcome", "said where the rule says nothing else"), _outcomes(kind))
    written = (f"```yaml\n{text}```" for text in examples(kind.name))
    options = _keys(form, _used(kind=kind.name))
    return "\n\n".join([f"### `{kind.name}`", _prose(form), options, outcomes, *written])


def _outcomes(kind: type[Kind]) -> Iterator[tuple[str, str]]:
    for word, sentence in kind.says.items():
        of_files = kind.says_of_files.get(word)
        yield f"`{word}`", f"`{sentence}`" + (f"; of files `{of_files}`" if of_files else "")


def _used(option: str = "", kind: str = "") -> dict[str, str]:
    """An example for each option of a kind, or for each key of the selectors that stand under an option."""
    found: dict[str, str] = {}
    for text in examples(kind or "*"):
        rule = yaml.safe_load(text)
        selectors = rule[option] if option else rule
        for one in selectors if isinstance(selectors, list) else [selectors]:
            for key, value in one.items():
                found.setdefault(key, f"`{key}: {_flow(value)}`")
    return found


def _flow(value: object) -> str:
    """A value as one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f'"{text}"' if any(sign in text for sign in "{}[]*: ") or text in ("yes", "no") else text


def _keys(form: type[BaseModel], used: Mapping[str, str]) -> str:
    rows = []
    for name, field in form.model_fields.items():
        key = field.alias or name
        needed = " (required)" if field.is_required() else ""
        rows.append((f"`{key}`{needed}", str(field.description), *([used.get(key, "")] if used else [])))
    return _table(("key", "is", *(["for example"] if used else [])), rows)


def _columns(columns: Iterable[Column]) -> str:
    return _table(("column", "holds", "is"), ((f"`{one.name}`", _type(one), one.sentence) for one in columns))


def _type(column: Column) -> str:
    if column.words == (True, False):
        return "`true` or `false`"
    if column.words:
        words = ", ".join(f"`{word}`" if word else "empty" for word in column.words)
        return f"a value: {words}" if column.type is Cell else words
    return "a value" if column.type is Cell else "text" if column.type is str else "a place"


def _words(field: str) -> tuple[Any, ...]:
    literal, _ = get_args(SelectorForm.model_fields[field].annotation)
    return get_args(literal)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def _prose(form: type[BaseModel]) -> str:
    paragraphs = (inspect.getdoc(form) or "").split("\n\n")
    return "\n\n".join(fill(" ".join(paragraph.split()), _WIDTH) for paragraph in paragraphs)
