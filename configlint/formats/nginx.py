"""nginx's configuration: directives with their words, each where it is written.

Source: nginx 1.27, `ngx_conf_read_token`: a word ends at white space, `;` or `{`, unless that follows `$`; quotes count
at its start alone; `#` begins a comment where a word could. A block of Lua is another language, and is left out.
"""

import re
from collections.abc import Iterator

from configlint.formats.comments import hash_comments
from configlint.model.document import Document
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Place, Text

_TOKEN = regex(
    r"""(?P<sign>[{};])|(?P<remark>\#[^\n]*+)|"(?P<double>(?:\\.|[^"\\])*+)"|'(?P<single>(?:\\.|[^'\\])*+)'"""
    r"""|(?P<word>(?:\\.|\$\{|[^\s;{\\])++)""",
    re.DOTALL,
)
_BRACE = regex(r"[{}]")
_LUA = "_by_lua_block"


@record
class Directive:
    """`proxy_pass http://api:8000;`, or one with a `block` of others."""

    name: Text
    args: tuple[Text, ...] = ()
    block: "tuple[Directive, ...]" = ()


@record
class NginxDocument(Document):
    """A configuration file, or a template of one."""


def read(path: str, content: str) -> NginxDocument:
    return NginxDocument(path=path, content=content, comments=tuple(hash_comments(path, content, lambda at: True)))


def whole(document: Document) -> Text:
    """All of a file."""
    return Text.exactly(document.content, Place(document.path, 0, len(document.content)))


def directives(text: Text) -> tuple[Directive, ...]:
    """The directives of a configuration, the blocks inside each other. What is cut off at the end is left out."""
    levels: list[list[Directive]] = [[]]
    heads: list[list[Text]] = []
    words: list[Text] = []
    for token in _tokens(text):
        if not isinstance(token, str):
            words.append(token)
        elif token == ";":
            _add(levels[-1], words, ())
            words = []
        elif token == "{":
            heads.append(words)
            levels.append([])
            words = []
        elif heads:
            block = tuple(levels.pop())
            _add(levels[-1], heads.pop(), block)
            words = []
    return tuple(levels[0])


def _add(level: list[Directive], words: list[Text], block: tuple[Directive, ...]) -> None:
    if words:
        level.append(Directive(name=words[0], args=tuple(words[1:]), block=block))


def _tokens(text: Text) -> Iterator[Text | str]:
    """Words, and the signs `{`, `}` and `;`."""
    raw, at, last = text.raw, 0, ""
    while (found := _TOKEN.search(raw, at)) is not None:
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "sign":
            yield found[0]
            if found[0] == "{" and last.endswith(_LUA):
                at = _behind_block(raw, at)
                yield "}"
            last = ""
        elif kind != "remark":
            last = last or found[kind]
            yield text[slice(*found.span(kind))]


def _behind_block(raw: str, at: int) -> int:
    """Behind the brace that closes a block whose content is not read."""
    depth = 1
    for found in _BRACE.finditer(raw, at):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
    return len(raw)


def every(found: tuple[Directive, ...]) -> Iterator[Directive]:
    """All directives, those of a block behind the one to which it belongs."""
    waiting = list(reversed(found))
    while waiting:
        directive = waiting.pop()
        yield directive
        waiting.extend(reversed(directive.block))
