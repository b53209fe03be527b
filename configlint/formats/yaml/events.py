"""YAML text to nodes, by libyaml's events: they are read one by one, so that a bad file can be left in the middle."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from configlint.formats.yaml.build import Builder
from configlint.formats.yaml.text import Source
from configlint.model.document import UnreadableError
from configlint.model.regex import regex

if TYPE_CHECKING:
    from yaml.events import CollectionStartEvent, ScalarEvent

SIZE = 2_000_000
"""Characters that a file may have."""

_UNPRINTABLE = regex("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ud800-\udfff]|[\ufffe\uffff]")
_PROPERTY = regex(r"[&!][^\s,\[\]{}]*+|\s++|#[^\r\n]*+")
_STYLES = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_DIRECTIVES = 20


def build(source: Source) -> Builder:
    """Read every document of a file. Raises `UnreadableError` where it is not YAML or passes the bounds."""
    content = source.content
    bad = _UNPRINTABLE.search(content)
    if bad is not None:
        raise UnreadableError("holds a control character", bad.start())
    if len(content) > SIZE:
        raise UnreadableError(f"is longer than {SIZE} characters", SIZE)
    if content.count("\n%") > _DIRECTIVES:
        raise UnreadableError("has too many directives", content.find("\n%") + 1)
    return _build(source)


def _build(source: Source) -> Builder:
    # Imported late: it is a tenth of a short run's time, which a repository without YAML should not pay.
    import yaml

    # libyaml counts a byte order mark as no character; without it every loader counts alike.
    shift = 1 if source.content.startswith("\ufeff") else 0
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = Builder(source)
    try:
        events: Iterator[Any] = yaml.parse(source.content[shift:], Loader=loader)  # its stubs think marks may be None
        for event in events:
            take = _TAKES.get(type(event).__name__)
            if take is not None:
                take(builder, event, event.start_mark.index + shift, event.end_mark.index + shift)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(error.problem or "is not YAML", (mark.index if mark else 0) + shift) from None
    except yaml.YAMLError:
        raise UnreadableError("is not YAML") from None
    return builder


def _scalar(builder: Builder, event: "ScalarEvent", start: int, end: int) -> None:
    content = builder.source.content
    style = _STYLES.get(event.style or "", "plain")
    if event.anchor or event.tag:
        start = _after_properties(content, start, end)
    if style in ("literal", "folded"):
        end = _block_end(content, start, end)
    elif style == "plain" and builder.in_flow:
        style = "plain-flow"
    builder.scalar(start, end, event.value, style, tag=event.tag or "", anchor=event.anchor)


def _mapping(builder: Builder, event: "CollectionStartEvent", start: int, end: int) -> None:
    _open(builder, event, start, mapping=True)


def _sequence(builder: Builder, event: "CollectionStartEvent", start: int, end: int) -> None:
    _open(builder, event, start, mapping=False)


def _open(builder: Builder, event: "CollectionStartEvent", start: int, *, mapping: bool) -> None:
    if event.anchor or event.tag:
        start = _after_properties(builder.source.content, start, len(builder.source.content))
    builder.open(start, mapping=mapping, flow=bool(event.flow_style), tag=event.tag or "", anchor=event.anchor)


_TAKES: dict[str, Callable[[Builder, Any, int, int], None]] = {  # each takes the event that it is named for
    "ScalarEvent": _scalar,
    "MappingStartEvent": _mapping,
    "SequenceStartEvent": _sequence,
    "MappingEndEvent": lambda builder, event, start, end: builder.close(end),
    "SequenceEndEvent": lambda builder, event, start, end: builder.close(end),
    "AliasEvent": lambda builder, event, start, end: builder.alias(start, end, event.anchor),
    "DocumentStartEvent": lambda builder, event, start, end: builder.document(),
}


def _after_properties(content: str, start: int, end: int) -> int:
    """Where a node begins whose event begins with its anchor or tag."""
    at = start
    while at < end and (found := _PROPERTY.match(content, at, end)):
        at = found.end()
    return at


def _block_end(content: str, start: int, end: int) -> int:
    """The end of a block scalar's last line that is not blank; its event runs on to the next token."""
    last = start + len(content[start:end].rstrip())
    stop = min((at for at in (content.find("\n", last, end), content.find("\r", last, end)) if at >= 0), default=end)
    return max(last, stop)
