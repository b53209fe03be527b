"""What a run saw of a repository (`--stats`): for people as lines, for programs as a part of the JSON. No value."""

from collections.abc import Iterator

from configlint.formats.secret_shapes import shape_spans
from configlint.formats.words import legible
from configlint.model.result import Result
from configlint.model.stats import Stats, Unwatched
from configlint.report import Options
from configlint.report.screen import Screen, screen, wrapped
from configlint.report.summary import plural, reasons
from configlint.report.view import View

Object = dict[str, object]

_SHOWN = 12
"""So many keys of a file are named unless all are asked for."""
_DIGITS = 5


def lines(result: Result, stats: Stats, options: Options) -> list[str]:
    """The stats for people, in lines that fit the terminal."""
    output, view = screen(options.encoding), View(result)
    parts = (_read(stats), _stacks(stats), _vacuous(result), _unverifiable(view), _unwatched(stats, options))
    return [
        line
        for part in parts
        for number, text in enumerate(part)
        for line in _indented(output, text, 2 * bool(number), options.width)
    ]


def _indented(output: Screen, text: str, depth: int, width: int | None) -> list[str]:
    first, *rest = wrapped(output.show(text), width and width - depth, hang=2)
    return [f"{' ' * depth}{first}", *(f"{' ' * depth}  {line}" for line in rest)]


def _read(stats: Stats) -> Iterator[str]:
    files, values = sum(one.files for one in stats.read), sum(one.values for one in stats.read)
    yield f"read: {plural(files, 'file')} with {plural(values, 'value')}"
    for one in stats.read:
        yield f"{one.format}: {plural(one.files, 'file')}, {plural(one.values, 'value')}"


def _stacks(stats: Stats) -> Iterator[str]:
    yield plural(len(stats.stacks), "stack")
    for one in stats.stacks:
        yield f"{one.stack}: {', '.join(one.services) or 'no services'}"


def _vacuous(result: Result) -> Iterator[str]:
    rules = result.summary.vacuous
    yield f"{plural(len(rules), 'rule')} found nothing to check"
    if rules:
        yield ", ".join(rules)


def _unverifiable(view: View) -> Iterator[str]:
    found = reasons(view.result)
    yield f"{plural(len(found), 'rule')} could not be checked"
    for rule, why in found.items():
        yield f"{rule}: {'; '.join(why)}"


def _unwatched(stats: Stats, options: Options) -> Iterator[str]:
    count = sum(len(one.keys) for one in stats.unwatched)
    yield f"{plural(count, 'value')} watched by no rule"
    for one in stats.unwatched:
        keys = _keys(one)
        shown = keys if options.verbose or len(keys) <= _SHOWN else keys[:_SHOWN]
        more = [f"and {len(keys) - len(shown)} more"] if len(shown) < len(keys) else []
        yield f"{one.path}: {', '.join([*shown, *more])}"


def _keys(one: Unwatched) -> list[str]:
    return list(dict.fromkeys(".".join(map(_name, key)) for key in one.keys))


def _name(part: str) -> str:
    """A name within a key. What is none may be a value that stands where a name should: it is not shown."""
    named = legible(part) and not any(shape_spans(part))
    return part if named or (part.isdecimal() and len(part) <= _DIGITS) else "…"


def members(result: Result, stats: Stats) -> Object:
    """The stats for programs; the vacuous rules stand in the summary."""
    return {
        "read": [{"format": one.format, "files": one.files, "values": one.values} for one in stats.read],
        "stacks": [{"name": one.stack, "services": list(one.services)} for one in stats.stacks],
        "unverifiable": [{"rule": rule, "reasons": list(why)} for rule, why in reasons(result).items()],
        "unwatched": [{"path": one.path, "keys": _keys(one)} for one in stats.unwatched],
    }
