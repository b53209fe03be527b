"""What an output needs in order to quote files: their content, and the places in it that must not be shown."""

from collections.abc import Iterable, Iterator

from configlint.formats import facts
from configlint.model.text import Place, Text
from configlint.resolve import Resolution


def contents(resolution: Resolution, paths: Iterable[str]) -> dict[str, str]:
    """The content of each file, or as much of it as could be decoded."""
    return {path: _content(resolution, path) for path in sorted(paths)}


def _content(resolution: Resolution, path: str) -> str:
    document = resolution.documents.get(path)
    return resolution.shelf.text(path) or (document.content if document is not None else "")


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
    if path in resolution.shelf.failures:
        yield Place(path, 0, len(_content(resolution, path)))
    document = resolution.documents.get(path)
    yield from document.hidden if document is not None else ()
    for fact in facts(document) if document is not None else ():
        yield from secret_places(fact.text)
    yield from resolution.secrets.get(path, ())


def secret_places(text: Text) -> Iterator[Place]:
    """The places of the secret parts of a text."""
    return (run.place for run in text.runs if run.secret and run.place is not None)
