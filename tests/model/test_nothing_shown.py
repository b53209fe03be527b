"""No value of the model shows a secret, whoever asks it: a message, a log, a debugger, a traceback, a copy."""

import copy
import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from trees import built_in, run

from configlint.formats import format_of
from configlint.formats.dotenv import document as dotenv
from configlint.formats.dotenv.dialects import readings
from configlint.model.cell import cell
from configlint.model.finding import Edit, Finding
from configlint.model.memory_tree import MemoryTree
from configlint.model.record import record
from configlint.model.settings import DEFAULTS
from configlint.model.text import Place
from configlint.repo import Change
from configlint.resolve import resolve
from configlint.rules.rule import Rule

SECRET = "c4nary-made-up-c4nary"
FILES = {
    ".env": f"LIVEKIT_API_KEY=k\nLIVEKIT_API_SECRET={SECRET}\nU_URL=redis://:{SECRET}@nobody:1\n",
    "livekit.yaml": f"keys:\n  k: {SECRET}-other\n",
    "docker-compose.yml": f"services: {{a: {{image: x, env_file: .env, environment: [JWT_SECRET={SECRET}]}}}}\n",
}

WAYS: dict[str, Callable[[Any], object]] = {
    "repr": repr,
    "str": str,
    "format": lambda one: f"{one}",
    "format !r": lambda one: f"{one!r} {one!a} {[one]} {{{one!r}: 1}}",
    "percent": lambda one: "%s %r" % (one, one),  # noqa: UP031 # the old way is a way, too
    "JSON": lambda one: json.dumps(one, default=str),
    "JSON of its parts": lambda one: json.dumps({"one": [one]}, default=repr),
    "pickle": lambda one: pickle.dumps(one).decode("latin-1"),
    "copy": lambda one: copy.copy(one),
    "deepcopy": lambda one: copy.deepcopy([one]),
    "vars": lambda one: vars(one),
    "an error": lambda one: str(AttributeError(one)),
}


def values() -> Iterator[Any]:
    """One of each type that can hold a secret, taken from a real run."""
    result = run(FILES, *RULES)
    yield from (result, *result.findings, *(edit for one in result.findings if one.fix for edit in one.fix.edits))
    resolution = resolve(MemoryTree(FILES), DEFAULTS, ())
    yield resolution
    rows = [row for row in resolution.tables if SECRET in _all_of(row)]
    yield from rows
    for path, content in FILES.items():
        form = format_of(path)
        assert form is not None
        document = form.read(path, content)
        yield document
        for fact in form.facts(document):
            if fact.text.secret:
                yield from (fact, fact.text, fact.text[2:], fact.text.runs[0], cell(fact.text))
    document = dotenv.read(".env", FILES[".env"])
    yield from readings(document, ("compose", "python-dotenv"))
    yield from (Edit(Place(".env", 0, 1), SECRET, True), Change(SECRET, SECRET), document.bindings[1])


def _all_of(one: object) -> str:
    """What really stands in a value, taken apart by force."""
    if isinstance(one, str):
        return one
    if isinstance(one, tuple | list):
        return " ".join(map(_all_of, one))
    names = [name for cls in type(one).__mro__ for name in getattr(cls, "__slots__", ())]
    return " ".join(_all_of(getattr(one, name)) for name in names)


RULES: tuple[Rule, ...] = built_in("secret-parity", "service-host")
HELD = list(values())


def test_there_is_something_to_hide() -> None:
    kinds = {type(one).__name__ for one in HELD if SECRET in _all_of(one) or isinstance(one, tuple)}
    assert kinds >= {"Text", "Run", "Cell", "Fact", "Credential", "Definition", "Edit", "Binding", "DotenvDocument"}
    assert any(isinstance(one, Finding) for one in HELD)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_shows(way: str) -> None:
    for one in HELD:
        try:
            shown = str(WAYS[way](one))
        except (TypeError, AttributeError, ValueError) as error:
            shown = f"{error!r} {error}"
        assert "c4nary" not in shown, type(one)
        assert "made-up" not in shown, type(one)


def test_no_record_leaves_its_process() -> None:
    @record
    class Anything:
        value: str

    for leave in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="may hold a secret"):
            leave(Anything(value=SECRET))
