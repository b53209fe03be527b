"""The tables, columns, values and files that the selectors of a rule name: whether they exist."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from configlint.formats import format_of
from configlint.kinds.forms import KindForm, NotForm, SelectorForm, Word
from configlint.model.database import ROW_TYPES, columns, vocabulary
from configlint.model.glob import wild
from configlint.rules.errors import nearest

Path = tuple[str | int, ...]
"""Where something is written, as keys and indices from the root of a rule file."""


class Fault(NamedTuple):
    path: Path
    message: str


def faults(form: KindForm) -> Iterator[Fault]:
    """What is wrong with the selectors of a rule, from the first to the last."""
    for path, selector in _selectors(form):
        if selector.table is not None and selector.table not in ROW_TYPES:
            yield Fault(path, f"there is no table '{selector.table}'{nearest(selector.table, ROW_TYPES)}")
            continue
        if selector.file is not None and selector.key is not None and not _read(selector.file):
            message = f"files like '{selector.file}' have no keys: select the value by its `line`"
            yield Fault((*path, "file"), message)
        yield from _conditions((*path, "where"), selector)


def _selectors(form: KindForm) -> Iterator[tuple[Path, SelectorForm]]:
    for name, field in type(form).model_fields.items():
        option, key = getattr(form, name), field.alias or name
        if isinstance(option, SelectorForm):
            yield (key,), option
        for index, one in enumerate(option if isinstance(option, list) else ()):
            if isinstance(one, SelectorForm):
                yield (key, index), one


def _conditions(path: Path, selector: SelectorForm) -> Iterator[Fault]:
    table = selector.table or "values"
    known = columns(table)
    for column, test in selector.where.items():
        if column not in known:
            yield Fault((*path, column), f"table {table} has no column '{column}'{nearest(column, known)}")
            continue
        words, below = (test.not_, (column, "not")) if isinstance(test, NotForm) else (test, (column,))
        for index, word in enumerate(words if isinstance(words, list) else [words]):
            wrong = _value(table, column, word) if selector.file is None else ""
            if wrong:
                yield Fault((*path, *below, index) if isinstance(words, list) else (*path, *below), wrong)


def _value(table: str, column: str, word: Word) -> str:
    """What is wrong with a value of a condition; empty if nothing is."""
    valid = vocabulary(table, column)
    if valid is str:
        return f"column {column} of table {table} is a string: write it in quotes" if isinstance(word, bool) else ""
    if not isinstance(valid, tuple) or (word in valid and isinstance(word, bool) is isinstance(valid[0], bool)):
        return ""
    if isinstance(valid[0], bool):
        return f"column {column} of table {table} is true or false, without quotes"
    known = [str(one) for one in valid if one]
    shown = str(word).lower() if isinstance(word, bool) else word
    return f"column {column} of table {table} has no value '{shown}'{nearest(shown, known)}"


def _read(file: str) -> bool:
    """Whether some reader takes the files of a path or pattern. One that tells no ending may fit any file."""
    *_, ending = re.split(r"[*?]", file.rpartition("/")[2])
    if wild(file) and "." not in ending:
        return True
    return format_of(file.replace("*", "x").replace("?", "x")) is not None
