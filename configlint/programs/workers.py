"""The number of worker processes as a decision: helpers for the modules of servers that have one."""

from collections.abc import Sequence

from configlint.formats.shell.script import Invocation
from configlint.model.cell import Cell, typed, unknown
from configlint.model.decision import Decision, Means, Statement, decided
from configlint.model.reason import Reason
from configlint.model.record import replace
from configlint.model.regex import regex
from configlint.model.text import Run, Text
from configlint.programs.options import Option, doubtful
from configlint.programs.process import Process


def decision(
    server: str, statements: Sequence[Statement], absent: Text, file: str = "", *, none_is_one: bool = True
) -> Decision:
    """What a server makes of the statements of its count, below which it has a default of one.

    `absent` is the text of the one worker that runs where there is no statement. With `none_is_one`, one process runs
    where nought are asked for.
    """
    default = Statement(value=typed(1, Text.assumed("1")), means="default", by=server)
    if not statements:
        default = replace(default, value=typed(1, absent))
    elif none_is_one and statements[0].value.value == 0:
        first = statements[0]
        statements = [replace(first, value=typed(1, first.value.text)), *statements[1:]]
    return Decision(subject="workers", name=server, statements=decided([*statements, default]), file=file)


def by_option(given: Sequence[Option], by: str) -> list[Statement]:
    """Statements of one option, of which the last one counts."""
    return [stated(one.value, "option", by, one.written) for one in reversed(given)]


def by_variable(name: str, text: Text) -> list[Statement]:
    """What a variable of that value states."""
    return [stated(text, "variable", name, f"{name}=")]


def by_switch(by: str, written: str, at: Text) -> Statement:
    """A switch with which one process runs, whatever number is given."""
    return Statement(value=typed(1, as_one(at)), means="switch", by=by, written=written)


def stated(text: Text, means: Means, by: str, written: str) -> Statement:
    """What a text states. One that is not a number keeps the server from starting."""
    count = number(text)
    return Statement(value=count, means=means, by=by, written=written, fatal=count.value is None and text.known)


def doubts(arguments: Sequence[Text]) -> list[Statement]:
    return [doubt(word, "command", "the command line") for word in doubtful(arguments)]


def doubt(text: Text, means: Means, by: str) -> Statement:
    return unstated(text.reason, text, means, by)


def unstated(reason: Reason | None, at: Text | None, means: Means, by: str) -> Statement:
    return Statement(value=unknown(reason, at), means=means, by=by)


_NUMBER = regex(r"\s*\+?[0-9]+(?:_[0-9]+)*\s*")


def number(text: Text) -> Cell:
    """A count as Python reads a number; unknown where it is none, or the text is not known."""
    value = text.value
    if value is None:
        return Cell(value=None, text=text)
    if not _NUMBER.fullmatch(value) or len(value) > 100:
        return unknown(Reason("no-worker-count"), text)
    return typed(int(value), text)


def concurrency(here: Process, name: str = "WEB_CONCURRENCY") -> list[Statement]:
    """What a variable states, or the doubt about it."""
    found = here.lookup(name)
    if found is not None:
        return by_variable(name, found)
    if here.missing:
        return [unstated(Reason("may-be-set", name, here.missing), None, "variable", name)]
    return []


def as_one(text: Text) -> Text:
    """The count of one that follows from a word."""
    return Text.assumed("1") if text.place is None else Text.written("1", text.place)


def absent(invocation: Invocation) -> Text:
    """The default of one worker, where another number could be written."""
    slot = invocation.slot
    if slot is None:
        return as_one(invocation.program)
    return Text((Run(text="1", place=slot.place, literal=slot.literal("--workers"), exact=True),))
