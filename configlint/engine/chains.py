"""A decision in words: which place overrides which, each quoted as it is written."""

from collections.abc import Callable

from configlint.model.cell import Cell
from configlint.model.decision import Decision, Statement
from configlint.model.document import Lines
from configlint.model.tables import Override, Row, Workers
from configlint.model.text import Place

Contents = Callable[[str], str | None]
"""The content of the file at a path, None where there is none."""

_MOST = 3
"""The most statements that a message names."""


def words(row: Row, contents: Contents) -> dict[str, str]:
    """The words for the sentences of a rule: `chain` says where a row's value is set, `runs` is a count of workers with
    its noun. For a setting without effect, `lost` quotes it, and `won` names what overrides it.
    """
    if row.decision is None:
        return {}
    found = {"chain": chain(row.decision, contents)}
    if isinstance(row, Workers):
        found["runs"] = counted(row.count)
    if isinstance(row, Override):
        found |= {"lost": lost(row), "won": located(row.decision.statements[0], contents)}
    return found


def chain(decision: Decision, contents: Contents) -> str:
    """`docker-compose.yml:14 --workers 1 overrides gunicorn.conf.py:3 workers = 3`, each statement in backticks.

    Where nothing is overridden: `set at gunicorn.conf.py:3`.
    """
    winner, *_ = decision.statements
    parts = [located(statement, contents) for statement in (winner, *decision.in_vain)]
    if len(parts) > 1:
        return " overrides ".join(parts[:_MOST])
    return parts[0] if winner.means == "default" else f"set at {parts[0]}"


def lost(row: Override) -> str:
    """The setting without effect, quoted."""
    statements = row.decision.statements if row.decision is not None else ()
    return next((quoted(each) for each in statements if each.value.text.place == row.loser.text.place), "")


def located(statement: Statement, contents: Contents) -> str:
    """The place of a statement, and its text if that can be quoted."""
    place = statement.value.text.place
    content = contents(place.path) if place is not None else None
    if place is None or content is None:
        return quoted(statement)
    where = f"{place.path}:{Lines(content).position(place.start).line}"
    if statement.means == "default":
        return f"{where} ({quoted(statement)})"
    return f"{where} `{quoted(statement)}`" if _literal(statement, place, content) else where


def _literal(statement: Statement, place: Place, content: str) -> bool:
    """Whether a value in code directly follows the name that it sets, and is not computed from more."""
    if statement.means not in ("setting", "argument"):
        return True
    name = statement.written.replace(" ", "")
    before = content[max(place.start - 2 * len(statement.written) - 2, 0) : place.start]
    return before.replace(" ", "").rstrip("\"'").endswith(name)


def quoted(statement: Statement) -> str:
    """`--workers 1`, `-w2`, `--reload`, `workers = 3`, `WEB_CONCURRENCY=2`; `gunicorn's default, 1`."""
    if statement.means == "switch":
        return statement.written
    value = str(statement.value) if statement.value.value is not None else "…"
    return f"{statement.by}'s default, {value}" if statement.means == "default" else f"{statement.written}{value}"


def counted(count: Cell) -> str:
    """`1 worker`, `3 workers`."""
    return f"{count} worker{'' if count.value == 1 else 's'}"
