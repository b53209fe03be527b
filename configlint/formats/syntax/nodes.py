"""The syntax of YAML, JSON and TOML: what stands between the values, and the keys."""

import re
from collections.abc import Iterator

from configlint.formats.secrecy import LONGEST_KEY_NAME, pairs_below
from configlint.formats.syntax.stretch import Stretch, references
from configlint.formats.words import legible
from configlint.formats.yaml.document import YamlDocument
from configlint.formats.yaml.nodes import Mapping, Node, Scalar, Sequence
from configlint.model.regex import regex

_SIGNS = {
    "yaml": regex(r"#[^\n]*+|[&*!](?P<name>[\w.-]*+)|<<|[-:{}\[\],?]++|[^\s]"),
    "toml": regex(r"#[^\n]*+|[\[\]{}=,.\"']++|[^\s]"),
    "json": regex(r"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|[{}\[\]:,]++|[^\s]"),
}
"""What may stand outside of scalars. What is nothing of all that is a single character, and is not shown."""
_KNOWN = regex(r"(?:[&*!][\w.-]*+|<<|[-:{}\[\],?.=\"']++)")
_REMARKS = ("#", "//", "/*")
_ASSIGNED = regex(r"(?P<name>[A-Za-z_][\w.-]*+)=")
_EMBEDDED = regex(r"^[ \t]*+(?:- ++)*+(?P<name>[A-Za-z_][\w.-]*+):(?=\s)", re.MULTILINE)
"""A key of a document that stands in a block scalar, with its colon."""


def stretches(document: YamlDocument) -> Iterator[Stretch]:
    scalars: dict[tuple[int, int], Scalar] = {}
    for root in document.roots:
        yield from _of_node(root, scalars, "", document.content)
    form = next((name for name in ("json", "toml") if document.path.endswith(f".{name}")), "yaml")
    at = 0
    for start, end in [*sorted(scalars), (len(document.content), len(document.content))]:
        if at < start:
            yield from _between(document.content, at, start, form)
        at = max(at, end)


def _between(content: str, start: int, end: int, form: str) -> Iterator[Stretch]:
    for found in _SIGNS[form].finditer(content, start, end):
        if found[0].startswith(_REMARKS):
            yield Stretch(*found.span(), "remark")
        elif _KNOWN.fullmatch(found[0]) and (found[0][0] not in "&*!" or legible(found[0][1:] or "x")):
            yield Stretch(*found.span())


def _of_node(node: Node, scalars: dict[tuple[int, int], Scalar], parent: str, content: str) -> Iterator[Stretch]:
    """The stretches within the scalars of a node, which are added to those that are known; each is looked at once."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if isinstance(key, Scalar) and _new(key, scalars):
                yield from _key(key, parent)
            elif not isinstance(key, Scalar):
                yield from _of_node(key, scalars, "", content)
            yield from _of_node(value, scalars, key.value if isinstance(key, Scalar) else "", content)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Scalar) and (found := _ASSIGNED.match(item.value)) and legible(found["name"]):
                yield from _assigned(item, len(found[0]))
            yield from _of_node(item, scalars, "", content)
    elif _new(node, scalars):
        yield from _value(node, content[node.place.start : node.place.end])


def _new(scalar: Scalar, scalars: dict[tuple[int, int], Scalar]) -> bool:
    span = (scalar.place.start, scalar.place.end)
    return scalars.setdefault(span, scalar) is scalar


def _key(key: Scalar, parent: str) -> Iterator[Stretch]:
    name = key.value
    if len(name) <= LONGEST_KEY_NAME if pairs_below(parent) else legible(name):
        yield Stretch(key.place.start, key.place.end)
    elif key.style in _QUOTED:
        yield from _quotes(key)


_QUOTED = ("single", "double", "json")


def _quotes(scalar: Scalar) -> Iterator[Stretch]:
    start, end = scalar.place.start, scalar.place.end
    if end - start > 1:
        yield Stretch(start, start + 1)
        yield Stretch(end - 1, end)


def _assigned(item: Scalar, size: int) -> Iterator[Stretch]:
    """The name and the sign of `- NAME=value`."""
    text = item.text[:size]
    for run in text.runs:
        if run.place is not None and run.exact and not run.secret:
            yield Stretch(run.place.start, run.place.end)


def _value(scalar: Scalar, written: str) -> Iterator[Stretch]:
    start = scalar.place.start
    if scalar.style in _QUOTED:
        yield from _quotes(scalar)
    elif scalar.type in ("bool", "null"):
        yield Stretch(start, scalar.place.end, "reference")
    if scalar.style in ("literal", "folded"):
        head = len(written.partition("\n")[0])
        yield Stretch(start, start + head)
        for found in _EMBEDDED.finditer(written, head):
            if legible(found["name"]):
                yield Stretch(start + found.start("name"), start + found.end())
    yield from references(written, start)
