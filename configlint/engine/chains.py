"""How a decision is told: which place wins over which, each quoted as it is written."""

from collections.abc import Callable

from configlint.model.cell import Cell
from configlint.model.decision import Decision, Statement
from configlint.model.document import Lines
from configlint.model.tables import Override, Row, Workers
from configlint.model.text import Place

Contents = Callable[[str], str | None]
"""The content of the file at a path, None where there is none."""

_MOST = 3
"""Statements that a message tells."""


def words(row: Row, contents: Contents) -> dict[str, str]:
    """What the words of a rule stand for: `chain` is who decides a row's value, `runs` a count of workers with its
    noun; of a setting without effect, `lost` is what it says, and `won` what wins over it.
    """
    if row.decision is None:
        return {}
    found = {"chain": chain(row.decision, contents)}
    if isinstance(row, Workers):
        found["runs"] = counted(row.count)
    if isinstance(row, Override):
        found |= {"lost": lost(row), "won": told(row.decision.statements[0], contents)}
    return found


def chain(decision: Decision, contents: Contents) -> str:
    """`docker-compose.yml:14 --workers 1 wins over gunicorn.conf.py:3 workers = 3`, each statement in backticks."""
    winner, *_ = decision.statements
    parts = [told(one, contents) for one in (winner, *decision.in_vain)]
    return " wins over ".join(parts[:_MOST]) if len(parts) > 1 else f"{parts[0]} decides"


def lost(row: Override) -> str:
    """What the setting without effect says."""
    statements = row.decision.statements if row.decision is not None else ()
    return next((quoted(one) for one in statements if one.value.text.place == row.loser.text.place), "")


def told(statement: Statement, contents: Contents) -> str:
    """Where a statement stands, and what it says there, if that can be quoted."""
    place = statement.value.text.place
    content = contents(place.path) if place is not None else None
    if place is None or content is None:
        return quoted(statement)
    where = f"{place.path}:{Lines(content).position(place.start).line}"
    if statement.means == "default":
        return f"{where} ({quoted(statement)})"
    return f"{where} `{quoted(statement)}`" if _literal(statement, place, content) else where


def _literal(statement: Statement, place: Place, content: str) -> bool:
    """Whether a value of code stands right behind the name that it is given, and is not computed from more."""
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
