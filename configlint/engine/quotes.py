"""What an output needs in order to quote files: their content, and the places in it that must not be shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from configlint.engine import quotable_values
from configlint.formats import facts, format_of
from configlint.formats.syntax import command, stretches
from configlint.formats.yaml.document import YamlDocument
from configlint.model.document import Document, Key, UnreadableError
from configlint.model.quotable import Quotable, Spans
from configlint.model.regex import regex
from configlint.model.text import Place, Text
from configlint.resolve import Resolution


def contents(resolution: Resolution, paths: Iterable[str]) -> dict[str, str]:
    """The content of each file, or as much of it as could be decoded."""
    return {path: _content(resolution, path) for path in sorted(paths)}


def _content(resolution: Resolution, path: str) -> str:
    document = resolution.documents.get(path)
    return resolution.store.text(path) or (document.content if document is not None else "")


def secrets(resolution: Resolution, paths: Iterable[str]) -> dict[str, tuple[Place, ...]]:
    """The places not to be shown in each file: what its reader marks, and what a row or a rule of the user's does.

    In a file that its reader gave up nothing is marked, and so nothing is shown.
    """
    marked: dict[str, set[Place]] = {path: set() for path in sorted(paths)}
    for path, places in marked.items():
        places.update(_of_file(resolution, path))
    for row in resolution.tables:
        for cell in row.cells():
            for place in secret_places(cell.text):
                if place.path in marked:
                    marked[place.path].add(place)
    return {path: tuple(sorted(places)) for path, places in marked.items()}


def _of_file(resolution: Resolution, path: str) -> Iterator[Place]:
    if path in resolution.store.failures:
        yield Place(path, 0, len(_content(resolution, path)))
    document = resolution.documents.get(path)
    yield from document.hidden if document is not None else ()
    for fact in facts(document) if document is not None else ():
        yield from secret_places(fact.text)
    yield from resolution.secrets.get(path, ())


def secret_places(text: Text) -> Iterator[Place]:
    """The places of the secret parts of a text."""
    return (run.place for run in text.runs if run.secret and run.place is not None)


def quotable(resolution: Resolution, paths: Iterable[str]) -> dict[str, Quotable]:
    """What of each file may be shown beside a labelled place."""
    known: dict[str, set[tuple[int, int]]] = {path: set() for path in sorted(paths)}
    for row in resolution.tables:
        for place in quotable_values.places(row):
            if place.path in known:
                known[place.path].add((place.start, place.end))
    named = _named(resolution, known)
    return {path: _quotable(resolution, path, known[path], named[path]) for path in known}


def _quotable(
    resolution: Resolution, path: str, known: Iterable[tuple[int, int]], named: Iterable[tuple[int, int]]
) -> Quotable:
    content = _content(resolution, path)
    document = _document(resolution, path, content)
    found = list(stretches(document)) if document is not None and path not in resolution.store.failures else []
    remarks = [(one.start, one.end) for one in found if one.kind == "remark"]
    silences = [
        match.span() for start, end in remarks for match in _SILENCE.finditer(content, start, min(end, start + 1000))
    ]
    return Quotable(
        syntax=_ordered([*((one.start, one.end) for one in found if one.kind == "syntax"), *named, *silences]),
        harmless=_ordered(
            [
                *known,
                *(match.span() for match in _EVERY_HOST.finditer(content)),
                *((one.start, one.end) for one in found if one.kind == "reference"),
            ]
        ),
        remarks=_ordered(remarks),
    )


_EVERY_HOST = regex(r"(?<![\w.-])(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\])(?![\w.-])")
"""Addresses that every computer has."""


def _document(resolution: Resolution, path: str, content: str) -> Document | None:
    """A file of the run; one that it did not take for its own, as its configuration, is read for its syntax alone."""
    form = format_of(path)
    if path in resolution.documents or form is None:
        return resolution.documents.get(path)
    try:
        return form.read(path, content)
    except UnreadableError:
        return None


_SILENCE = regex(r"(?:#|//|/\*)[ \t]*configlint:[ \t]*ignore(?:-file)?(?:\[[\w, -]{0,200}\])?")
"""What a comment says to configlint, without the reason that follows."""


def _ordered(spans: Iterable[tuple[int, int]]) -> Spans:
    return tuple(sorted({span for span in spans if span[0] < span[1]}))


def _named(resolution: Resolution, paths: Iterable[str]) -> Mapping[str, set[tuple[int, int]]]:
    """Where the programs and options of commands are named."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for text in _command_parts(resolution, paths):
        for place in quotable_values.written(text):
            found[place.path].add((place.start, place.end))
    return found


def _command_parts(resolution: Resolution, paths: Iterable[str]) -> Iterator[Text]:
    for path in paths:
        document = resolution.documents.get(path)
        if document is not None and path not in resolution.store.failures:
            yield from _of_document(document)
    for stack in resolution.stacks:
        for running in stack.running.values():
            for invocation in running.start.invocations:
                yield invocation.program
                yield from command.of_words((invocation.program, *invocation.args))


_COMMANDS = (("command",), ("entrypoint",), ("healthcheck", "test"))


def _of_document(document: Document) -> Iterator[Text]:
    """The named parts of the commands of a compose file; those of a Dockerfile are its syntax."""
    if not isinstance(document, YamlDocument):
        return
    lists: dict[Key, list[Text]] = defaultdict(list)
    for fact in facts(document):
        if fact.key[-1:] in _COMMANDS or fact.key[-2:] in _COMMANDS:
            yield from command.of_line(fact.text)
        elif fact.key and fact.key[-1].isdecimal() and (fact.key[-2:-1] in _COMMANDS or fact.key[-3:-1] in _COMMANDS):
            lists[fact.key[:-1]].append(fact.text)
    for words in lists.values():
        yield from command.of_words(words)
