"""The values of files that rules of the user's own address, by key or by line."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from configlint.formats import facts, format_of
from configlint.formats.line import values
from configlint.model.cell import NULL, cell
from configlint.model.concealing import Secrets
from configlint.model.document import Key
from configlint.model.glob import matches, wild
from configlint.model.reason import Reason
from configlint.model.selector import Selector, described
from configlint.model.tables import EVERY_STACK, FactRow
from configlint.model.text import Place, Text
from configlint.resolve.part import part, without_references
from configlint.workspace.workspace import Workspace, start_of


def rows(seen: Workspace, selector: Selector) -> Iterator[FactRow]:
    """A row for each value that a selector addresses, in the order of the files and in each from top to bottom.

    Where git ignores the file, an absent key may well be there for somebody else: its value is unknown.
    """
    for path in _files(seen, selector.file):
        yield from _of_lines(seen, selector, path) if selector.line else _of_keys(seen, selector, path)


def secrets(seen: Workspace, selectors: Iterable[Selector]) -> Secrets:
    """The places whose characters some selector calls secret."""
    places: dict[str, list[Place]] = {}
    for selector in selectors:
        for row in rows(seen, selector) if selector.secret else ():
            for place in row.value.text.places:
                places.setdefault(place.path, []).append(place)
    return places


def addressed(pattern: Key, key: Key) -> bool:
    """Whether a key fits a pattern, in which `*` is any one name."""
    if len(pattern) == len(key):
        return all(one in ("*", two) for one, two in zip(pattern, key, strict=True))
    return False


def _files(seen: Workspace, file: str) -> Iterator[str]:
    if not wild(file):
        yield file.removeprefix("./")
        return
    yield from (path for path in seen.files if matches(file, path))


def _of_lines(seen: Workspace, selector: Selector, path: str) -> Iterator[FactRow]:
    document = seen.store.lines(path)
    if document is None:
        yield from _elsewhere(seen, selector, path)
        return
    texts = list(values(selector.line, path, document.content))
    yield from (_row(selector, path, selector.line, text) for text in texts)
    yield from _lacking(seen, selector, path, document.content) if not texts else ()


def _of_keys(seen: Workspace, selector: Selector, path: str) -> Iterator[FactRow]:
    document = seen.store.document(path)
    if document is None:
        yield from _elsewhere(seen, selector, path)
        return
    key = selector.key
    found = [fact for fact in facts(document) if addressed(key, fact.key)]
    if not found and selector.presence:
        found = list(islice((fact for fact in facts(document) if addressed(key, fact.key[: len(key)])), 1))
    form = format_of(path)
    for fact in found:
        text = without_references(fact.text) if form is not None and form.name == "yaml" else fact.text
        yield _row(selector, path, ".".join(fact.key), text)
    yield from _lacking(seen, selector, path, document.content) if not found else ()


def _elsewhere(seen: Workspace, selector: Selector, path: str) -> Iterator[FactRow]:
    """A file that is not here, and that git ignores, is there for somebody else."""
    if seen.store.state(path) == "ignored":
        yield _open(selector, path, Text.unknown(Reason("ignored-file", path)))


def _lacking(seen: Workspace, selector: Selector, path: str, content: str) -> Iterator[FactRow]:
    """A file that is here without the key or line."""
    if seen.store.tree.ignores(path):
        yield _open(selector, path, Text.unknown(Reason("ignored-key", path), Place(path, 0, 0)))
    elif selector.presence and content.strip():
        yield FactRow(
            stack=EVERY_STACK, at=start_of(path), file=path, key=_key(selector), what=selector.what, value=NULL,
        )  # fmt: skip


def _row(selector: Selector, path: str, key: str, text: Text) -> FactRow:
    value = cell(text) if selector.part is None else part(without_references(text), selector.part)
    what = described(key, selector)
    return FactRow(stack=EVERY_STACK, at=text, file=path, key=key, what=what, value=value)


def _open(selector: Selector, path: str, text: Text) -> FactRow:
    return FactRow(
        stack=EVERY_STACK, at=text, file=path, key=_key(selector), what=selector.what, value=cell(text),
    )  # fmt: skip


def _key(selector: Selector) -> str:
    return ".".join(selector.key) or selector.line


def read(seen: Workspace, selectors: Sequence[Selector]) -> None:
    """Read the files that the selectors name, so that one which cannot be read is known for it."""
    for selector in selectors:
        for path in _files(seen, selector.file):
            if selector.line:
                seen.store.lines(path)
            else:
                seen.store.document(path)
