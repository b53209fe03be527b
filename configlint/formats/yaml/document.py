"""YAML files: nodes with their places, facts, and plain values for configuration and rules."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Sequence as Keys

from configlint.formats.comments import MARK, hash_comments
from configlint.formats.format import Format
from configlint.formats.yaml.build import Builder
from configlint.formats.yaml.events import build
from configlint.formats.yaml.nodes import Mapping, Node, Scalar, Sequence, assigns, core_type
from configlint.formats.yaml.render import render
from configlint.formats.yaml.text import Source
from configlint.model.document import Comment, Document, Fact, Key, UnreadableError
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Text

__all__ = ["YAML", "Mapping", "Node", "Scalar", "Sequence", "TemplateError", "YamlDocument", "at", "facts", "plain",
           "read", "render"]  # fmt: skip


class TemplateError(UnreadableError):
    """A file that is no YAML because another tool's template (Jinja, Helm) stands in it: not ours to judge."""


@record
class YamlDocument(Document):
    """`roots` are the documents of the file, in order; none where it is empty or holds comments only."""

    roots: tuple[Node, ...] = ()

    @property
    def root(self) -> Node | None:
        """The first document, which is the one that most programs read."""
        return self.roots[0] if self.roots else None


_TEMPLATE_LINE = regex(r"^[ \t]*+(?:-[ \t]++)?+(?:[\w.-]++:[ \t]++)?+\{[{%#]", re.MULTILINE)


def read(path: str, content: str) -> YamlDocument:
    """Every document of a YAML file.

    Raises `UnreadableError`, with the offset at which libyaml gave up, where the file is not YAML, nests too deep,
    expands without bound or is too large; `TemplateError` where that is because it is a template of another tool.
    """
    source = Source(path, content, "yaml")
    try:
        builder = build(source)
    except UnreadableError as error:
        if _TEMPLATE_LINE.search(content):
            raise TemplateError(error.message, error.offset) from None
        raise
    return document(source, builder, tuple(_comments(source, builder)))


def document(source: Source, builder: Builder, comments: tuple[Comment, ...]) -> YamlDocument:
    """What a reader hands on; a file that holds no value but null has no root."""
    roots = builder.roots
    if all(isinstance(root, Scalar) and root.null and not root.value for root in roots):
        roots = []
    return YamlDocument(
        path=source.path,
        content=source.content,
        comments=comments,
        duplicates=tuple(builder.duplicates),
        roots=tuple(roots),
    )


def _comments(source: Source, builder: Builder) -> Iterator[Comment]:
    if MARK not in source.content:
        return
    strings = sorted(builder.strings)
    starts = [start for start, _ in strings]

    def outside(offset: int) -> bool:
        before = bisect_right(starts, offset) - 1
        return before < 0 or strings[before][1] <= offset

    yield from hash_comments(source.path, source.content, outside)


def facts(document: Document) -> Iterator[Fact]:
    """Every value by its dotted key; an item of a list by its number, and by K too where compose reads it as `K=V`."""
    assert isinstance(document, YamlDocument)
    for root in document.roots:
        yield from _facts(root, ())


def _facts(node: Node, key: Key) -> Iterator[Fact]:
    if isinstance(node, Scalar):
        yield Fact(key=key, text=node.text)
    elif isinstance(node, Mapping):
        for name, value in node.items():
            yield from _facts(value, (*key, name))
    else:
        for number, item in enumerate(node.items):
            yield from _facts(item, (*key, str(number)))
            if assigns(key) and isinstance(item, Scalar):
                yield from _assignment(item.text, key)


def _assignment(text: Text, key: Key) -> Iterator[Fact]:
    name, sign, _ = text.raw.partition("=")
    if sign:
        yield Fact(key=(*key, name.strip()), text=text[len(name) + 1 :])


def plain(node: Node | None) -> object:
    """The value in Python's types, by the core schema of YAML 1.2: `off`, `yes`, `22:22` and dates are texts.

    Keys are always texts. Raises `UnreadableError` for a key that is no scalar.
    """
    if node is None:
        return None
    if isinstance(node, Scalar):
        return _constructed(node)
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    for key, _ in node.entries:
        if not isinstance(key, Scalar):
            raise UnreadableError("a key must be a text", key.place.start)
    return {name: plain(value) for name, value in node.items()}


_DIGITS = 4000
"""Python refuses to read longer integers."""


def _constructed(scalar: Scalar) -> object:
    value, kind, written = scalar.value, scalar.type, core_type(scalar.value)
    if kind == "null":
        return None
    if kind == "bool" and written == "bool":
        return value.lower() == "true"
    if kind == "int" and written == "int" and len(value) < _DIGITS:
        return int(value, 16 if value.startswith("0x") else 8 if value.startswith("0o") else 10)
    if kind == "float" and written in ("int", "float"):
        return float(value.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return value


def at(node: Node | None, path: Keys[str | int]) -> Node | None:
    """The node at a path of keys and list numbers, or None where there is no such."""
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(str(step))
        elif isinstance(node, Sequence) and str(step).isdecimal() and int(step) < len(node.items):
            node = node.items[int(step)]
        else:
            return None
    return node


def claims(path: str) -> bool:
    return path.lower().endswith((".yml", ".yaml"))


YAML = Format(name="yaml", claims=claims, read=read, facts=facts, render=render)
