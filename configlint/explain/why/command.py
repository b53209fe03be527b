"""What a service starts, and which commands that replaces."""

from collections.abc import Iterator

from configlint.engine.reasons import said
from configlint.explain.why.answer import Entry, Part
from configlint.explain.why.stated import spans, stated
from configlint.formats.secrecy import mark
from configlint.formats.shell.script import Invocation
from configlint.model.cell import NULL, cell
from configlint.model.text import Text, joined
from configlint.resolve.stack import Running


def of_service(one: Running) -> Entry:
    """The command of a service: entry point and command as they are given to its container."""
    start = one.start
    whole = _marked(spaced(start.lines))
    parts = [
        part for line in start.lines for part in stated("decides", _marked(line), one.service.name.place, apart=False)
    ]
    if not start.lines:
        parts = [Part(role="decides", text=start.at, place=start.at.place)]
    parts += [part for line in start.beneath for part in stated("overridden", _marked(line), apart=False)]
    parts += _started(one)
    return Entry(
        kind="command", stack=one.stack, service=one.name, name="command",
        uses=cell(whole) if start.lines else NULL, parts=tuple(parts), note=said(start.unknown),
    )  # fmt: skip


def spaced(texts: tuple[Text, ...]) -> Text:
    """The texts as one, apart by spaces."""
    return joined([part for text in texts for part in (Text.assumed(" "), text)][1:])


def _started(one: Running) -> Iterator[Part]:
    """The programs of scripts: what the command itself does not show."""
    shown = [part.place for line in one.start.lines for part in stated("decides", line, apart=False)]
    for invocation in one.start.invocations:
        text = _marked(_line(invocation))
        where = spans(text)
        if where and not any(place is not None and place.holds(where[0]) for place in shown):
            note = "on a condition" if invocation.conditional else ""
            yield Part(role="starts", text=text, place=where[0], note=note)


def _line(invocation: Invocation) -> Text:
    return spaced((invocation.program, *invocation.args))


def _marked(text: Text) -> Text:
    """A command as it may be shown: `--password x` is two words, and tells its secret only as a whole."""
    return mark(text)
