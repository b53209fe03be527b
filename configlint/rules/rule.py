"""A rule file as a typed value."""

from collections.abc import Iterable, Mapping
from typing import Any

from configlint.kinds import KINDS
from configlint.kinds.base import Kind
from configlint.model.finding import Severity
from configlint.model.record import record


@record
class Rule:
    """One constraint and its texts.

    `says` has a sentence for each outcome of the kind; `shows` labels the places of a side; `help` says what to do if
    no fix can be derived; `fix` is the title of the fix. `fixable` is true if an example proves it. `origin` is the
    file that it was read from.
    """

    id: str
    title: str
    why: str
    severity: Severity
    kind: str
    constraint: Kind
    says: Mapping[str, str]
    shows: Mapping[str, str]
    help: str
    fix: str
    fixable: bool
    origin: str


@record
class Example:
    """A small repository in a rule file. `finds` are the places (`path:line`) where the rule must fail, and the only
    ones; `unverifiable` those that it cannot check. `fixed` are the files that `fix` must change, as it
    leaves them.
    """

    files: Mapping[str, str]
    config: str = ""
    ignored: tuple[str, ...] = ()
    tracked: tuple[str, ...] = ()
    finds: tuple[str, ...] = ()
    unverifiable: tuple[str, ...] = ()
    fixed: Mapping[str, str]
    unsafe: bool = False


def load(prepared: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Rules from their prepared form: what `configlint.rules.prepare` makes of a rule file, as JSON holds it."""
    return tuple(
        Rule(
            id=data["id"],
            title=data["title"],
            why=data["why"],
            severity=data["severity"],
            kind=data["kind"],
            constraint=KINDS[data["kind"]].load(data["options"]),
            says=data["says"],
            shows=data["shows"],
            help=data["help"],
            fix=data["fix"],
            fixable=data["fixable"],
            origin=data["origin"],
        )
        for data in prepared
    )


_FOR_READERS = ("examples", "about", "configured_by", "not_for")


def brief(prepared: Mapping[str, Any]) -> dict[str, Any]:
    """The prepared form without what no check needs: `load` takes it, `examples` does not."""
    return {key: value for key, value in prepared.items() if key not in _FOR_READERS}


def examples(prepared: Mapping[str, Any]) -> tuple[Example, ...]:
    """The examples of one rule, from its prepared form."""
    return tuple(
        Example(
            files=data["files"],
            config=data["config"],
            ignored=tuple(data["ignored"]),
            tracked=tuple(data["tracked"]),
            finds=tuple(data["finds"]),
            unverifiable=tuple(data["unverifiable"]),
            fixed=data["fixed"],
            unsafe=data["unsafe"],
        )
        for data in prepared["examples"]
    )
