"""The sentences of `why`."""

from collections.abc import Sequence

from configlint.engine.reasons import said
from configlint.explain.why import Entry, Part
from configlint.model.tables import EVERY_STACK
from configlint.model.text import UNKNOWN
from configlint.report.summary import plural

_LABELS = {
    "decides": "decides",
    "part": "part of it",
    "overridden": "overridden",
    "passes": "passed on",
    "expected": "expected",
    "starts": "started here",
    "fills": "substituted here",
    "reads": "read by the code",
    "written": "",
    "template": "template",
}


def label(entry: Entry, part: Part, turn: int) -> str:
    """The label of a place; `turn` counts the overridden ones from 1."""
    if entry.kind in ("port", "url"):
        return _of_address(part)
    silent = entry.kind in ("pair", "address", "key") and part.role in ("decides", "written")
    said = "" if silent else _LABELS[part.role]
    said += f" for {part.service}" if part.service else ""
    means = part.by if entry.kind == "variable" and part.role in ("decides", "overridden") else ""
    if part.by.endswith("'s default"):
        said = part.by
    said += f" ({means})" if means else ""
    said += f", {_ordinal(turn)} in line" if part.role == "overridden" and turn > 1 else ""
    return ": ".join(filter(None, (_joined(said, part.note), part.group)))


def _ordinal(number: int) -> str:
    return f"{number}{ {2: 'nd', 3: 'rd'}.get(number, 'th') }"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _of_address(part: Part) -> str:
    who = part.service or "this"
    said = {
        "publishes": f"{who} publishes {part.note or 'it'}",
        "listens": f"{who} listens {part.note}".rstrip(),
        "exposes": f"{who} exposes it",
        "calls": _joined(f"{who} calls it ({part.by})", part.note),
        "serves": f"{who} serves it ({part.by})",
    }
    return said[part.role]


def headline(entries: Sequence[Entry], several: bool) -> str:
    """The effective value, in one sentence. With `several` stacks it names the stack."""
    entry = entries[0]
    said = _SENTENCES[entry.kind](entry, _who(entries))
    stack = f" (stack {entry.stack})" if several and entry.stack != EVERY_STACK else ""
    return said + stack


def _who(entries: Sequence[Entry]) -> str:
    names = list(dict.fromkeys(entry.service or entry.name for entry in entries))
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _workers(entry: Entry, who: str) -> str:
    if entry.uses.value is None:
        return f"{who}: the number of workers is not known: {said(entry.uses.text.reason) or entry.note}"
    wanted = next((str(part.text) for part in entry.parts if part.role == "expected"), "")
    count = str(entry.uses)
    held = "as expected" if wanted == count else f"expected {wanted}" if wanted else ""
    return _joined(f"{who}: {_count(count)}", held, entry.note)


def _count(count: str) -> str:
    return plural(int(count), "worker") if count.isdecimal() else f"{count} workers"


def _command(entry: Entry, who: str) -> str:
    return f"{who}: {entry.note}" if entry.uses.null else _joined(f"{who} starts {entry.uses}", entry.note)


def _variable(entry: Entry, who: str) -> str:
    uses = entry.uses
    if uses.null:
        return f"{who}: {entry.name} is not set" + (f": {entry.note}" if entry.note else "")
    if uses.text.raw == UNKNOWN:
        return _joined(f"{who}: {entry.name} is not known: {said(uses.text.reason)}", entry.note)
    value = str(uses.text) or "empty"
    shown = f"{who}: {entry.name} is {value}" + (f" ({entry.group})" if entry.group else "")
    return _joined(shown, _unless(entry), said(uses.text.reason), entry.note)


def _unless(entry: Entry) -> str:
    """Which variables would replace a default."""
    names = entry.uses.text.depends
    if not names:
        return ""
    return "by default" if names == (entry.name,) else f"unless {' or '.join(names)} is set"


def _filling(entry: Entry, who: str) -> str:
    if entry.uses.null:
        return f"{who} has no value for compose: {entry.note}"
    value = f"{entry.uses.text}" + (f" ({entry.group})" if entry.group else "")
    shown = f"compose substitutes {value} for {who}"
    return _joined(shown, _unless(entry), entry.note)


def _pair(entry: Entry, who: str) -> str:
    who = entry.service or "the server"
    return f"{who} accepts {entry.name}: {entry.uses}" + (f" ({entry.group})" if entry.group else "")


def _written(entry: Entry, who: str) -> str:
    return f"{who} {entry.note or 'is found here'}"


def _key(entry: Entry, who: str) -> str:
    return f"{entry.name} is {str(entry.uses) or 'empty'}"


def _address(entry: Entry, who: str) -> str:
    return _joined(f"{entry.name} is {entry.uses}", entry.note)


_FEW = 4
_INVOLVED = {
    "publishes": "published by",
    "listens": "listened on by",
    "exposes": "exposed by",
    "serves": "served by",
    "calls": "called by",
}


def _listed(names: Sequence[str]) -> str:
    """The first of many names: all of them are listed below."""
    left = len(names) - _FEW
    return f"{', '.join(names[:_FEW])} and {left} more" if left > 1 else ", ".join(names)


def _involved(entry: Entry, who: str) -> str:
    """Which services are involved in a port or URL, and how."""
    elsewhere = [part for part in entry.parts if part.role == "listens" and part.note]
    found = []
    for role, words in _INVOLVED.items():
        parts = [part for part in entry.parts if part.role == role and part not in elsewhere]
        names = list(dict.fromkeys(part.service or "an app" for part in parts))
        found += [f"{words} {_listed(names)}"] if names else []
    found += [f"{name} does not listen there" for name in dict.fromkeys(part.service for part in elsewhere)]
    return f"{'port ' if entry.kind == 'port' else ''}{entry.name}: {_joined(*found)}"


_SENTENCES = {
    "workers": _workers,
    "command": _command,
    "variable": _variable,
    "filling": _filling,
    "pair": _pair,
    "written": _written,
    "key": _key,
    "address": _address,
    "port": _involved,
    "url": _involved,
}
