"""The programs that a shell script or a command line starts, in order."""

from collections.abc import Iterator, Sequence

from configlint.formats.comments import hash_comments
from configlint.formats.shell.expansion import Lookup, expand, value
from configlint.formats.shell.launchers import ShellLine, launched
from configlint.formats.shell.shell import Operator, Token, Word, tokens
from configlint.model.document import Document
from configlint.model.reason import Reason
from configlint.model.record import record, replace
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Text

_DEPTH = 5
_MOST_WORDS = 1000
"""Words of a command that are read."""


@record
class Slot:
    """Where a further argument can be written: `separator` comes before it, `quote` around it."""

    place: Place
    style: str
    separator: str = " "
    quote: str = ""

    def literal(self, option: str) -> Literal:
        """The place for a value of that option."""
        before = f"{self.separator}{self.quote}{option}{self.quote}{self.separator}"
        return Literal(place=self.place, inner=self.place, style=self.style, before=before)


@record
class Invocation:
    """A program with its arguments. `environment` is what the script sets for it, by name.

    `conditional`: whether it runs depends on a condition. `background`: what comes next does not wait for its end.
    `directory` is where it is started, relative to where the script is, or None where that cannot be told.
    """

    program: Text
    args: tuple[Text, ...]
    environment: tuple[tuple[str, Text], ...] = ()
    slot: Slot | None = None
    conditional: bool = False
    background: bool = False
    directory: str | None = ""


def read(path: str, content: str) -> Document:
    """A script or unit file: what stands in it is asked for by its text. Comments begin with `#`."""
    return Document(path=path, content=content, comments=tuple(hash_comments(path, content, lambda _: True)))


def from_words(words: Sequence[Text], lookup: Lookup, slot: Slot | None = None, depth: int = 0) -> list[Invocation]:
    """The programs that a list of words starts without a shell; `sh -c` in it is followed."""
    found = launched(words)
    if isinstance(found, ShellLine):
        return from_script(found.script, lookup, found.arguments[1:], slot, depth + 1) if depth < _DEPTH else []
    if not found.words:
        return []
    environment = tuple(_assigned(text) for text in found.assignments)
    return [Invocation(program=found.words[0], args=tuple(found.words[1:]), environment=environment, slot=slot)]


def from_line(line: Text, lookup: Lookup) -> list[Invocation]:
    """The programs of a line that is split as a shell would, but not run by one: its references stay as they are.

    Where `&&` and `;` stand in it nonetheless, what follows is taken for what it is meant to be.
    """
    found: list[Invocation] = []
    segment: list[Word] = []
    for token in (*tokens(line), Operator(sign="\n")):
        if isinstance(token, Word):
            segment.append(token)
            continue
        _, rest = _assignments(segment)
        found += from_words([word.text for word in rest], lookup, _slot(rest)) if rest else []
        segment = []
    return found


def _assigned(text: Text) -> tuple[str, Text]:
    name, _, _ = text.raw.partition("=")
    return name, text[len(name) + 1 :]


def from_script(
    script: Text, lookup: Lookup, arguments: Sequence[Text] | None = None, slot: Slot | None = None, depth: int = 0
) -> list[Invocation]:
    """The programs that a shell starts, with references resolved by what the script and `lookup` set.

    `arguments` are `$1` and so on, and `slot` is where another one can be written. Which branch of a condition is taken
    is not told: the programs of all are listed as conditional, and a variable that a branch sets is unknown behind it.
    """
    return list(_Shell(lookup, arguments, slot, depth).run(tokens(script)))


_ASSIGNMENT = regex(r"[A-Za-z_][A-Za-z0-9_]*=")
_OPENING = frozenset({"if", "for", "while", "until", "case", "select"})
_CLOSING = frozenset({"fi", "done", "esac"})
_CONTINUING = frozenset({"then", "else", "elif", "do", "!", "{", "}", "time", "in"})
_LISTING = frozenset({"for", "select", "case", "function"})
_DECLARING = frozenset({"export", "declare", "typeset", "readonly", "local"})
_TESTING = frozenset({"[", "[[", "test"})
_INNER = _TESTING | {
    "echo", "printf", "set", "shift", "trap", "return", "true", "false", ":", "unset", "cd", "pushd", "popd", "umask",
    "ulimit", "wait", "exit", "sleep", "read", "source", ".",
}  # fmt: skip


class _Shell:
    """Runs through a script's tokens; knows its variables, its directory, and how deep in conditions it is."""

    def __init__(self, lookup: Lookup, arguments: Sequence[Text] | None, slot: Slot | None, depth: int) -> None:
        self._outer = lookup
        self._arguments = arguments
        self._slot = slot
        self._depth = depth
        self._variables: dict[str, Text] = {}
        self._exported: dict[str, Text] = {}
        self._directory: str | None = ""
        self._conditions = 0
        self._alternative = False
        self._functions = 0
        self._over = False

    def run(self, found: Iterator[Token]) -> Iterator[Invocation]:
        words: list[Word] = []
        for token in found:
            if isinstance(token, Word):
                words.append(token)
                continue
            yield from self._between(words, token.sign)
            words = []
            if self._over:
                return
        yield from self._command(words)

    def _between(self, words: list[Word], sign: str) -> Iterator[Invocation]:
        """A command, once the operator behind it is known."""
        if sign == "(" and len(words) == 1:
            return  # a function's name
        if sign == ")" and self._conditions and len(words) == 1:
            return  # a pattern of `case`
        if sign == ";;":
            sign = ";"
        for one in self._command(words):
            yield replace(one, background=True) if sign == "&" else one
        tested = bool(words) and words[0].keyword in _TESTING
        self._alternative = sign == "||" or (sign == "&&" and tested)

    def _command(self, words: list[Word]) -> Iterator[Invocation]:
        words = self._without_keywords(words)
        assigned, rest = _assignments(words)
        if not rest:
            self._set(assigned)
            return
        if rest[0].keyword in _DECLARING:
            self._export(rest[1:])
            return
        fields = [field for word in rest[:_MOST_WORDS] for field in expand(word, self._lookup, self._arguments)]
        if not fields:
            return
        name = fields[0].raw
        if name in ("cd", "pushd") and not self._conditions:
            self._change(fields[1:])
        if name == "exec" and len(fields) > 1 and not (self._conditions or self._functions or self._alternative):
            self._over = True
        if name not in _INNER:
            yield from self._started(fields, rest, assigned)

    def _without_keywords(self, words: list[Word]) -> list[Word]:
        at = 0
        while at < len(words):
            keyword = words[at].keyword
            if keyword in _OPENING:
                self._conditions += 1
            elif keyword in _CLOSING:
                self._conditions = max(self._conditions - 1, 0)
            elif keyword == "{":
                self._functions += 1
            elif keyword == "}":
                self._functions = max(self._functions - 1, 0)
            elif keyword not in _CONTINUING and keyword != "function":
                break
            if keyword in _LISTING:
                return []
            at += 1
        return words[at:]

    def _started(self, fields: list[Text], words: list[Word], assigned: list[Word]) -> Iterator[Invocation]:
        made = {name: self._value(word) for name, word in map(_split, assigned)}
        passes = any(word.text.raw in ("$@", "$*", "${@}") for word in words)
        slot = self._slot if passes else _slot(words)
        for one in from_words(fields, self._lookup, slot, self._depth):
            yield Invocation(
                program=one.program,
                args=one.args,
                environment=tuple({**self._exported, **made, **dict(one.environment)}.items()),
                slot=one.slot,
                conditional=one.conditional or self._alternative or self._conditions > 0,
                background=one.background,
                directory=_inside(self._directory, one.directory),
            )

    def _lookup(self, name: str) -> Text | None:
        found = self._variables.get(name)
        return self._outer(name) if found is None else found

    def _value(self, word: Word) -> Text:
        return value(word, self._lookup, self._arguments)

    def _set(self, assigned: list[Word]) -> None:
        for name, word in map(_split, assigned):
            text = self._value(word)
            if self._conditions or self._alternative:
                text = Text.unknown(Reason("condition"), text.place)
            self._variables[name] = text
            if name in self._exported or self._outer(name) is not None:
                self._exported[name] = text

    def _export(self, words: list[Word]) -> None:
        self._set([word for word in words if _ASSIGNMENT.match(word.text.raw)])
        for word in words:
            name = word.text.raw.partition("=")[0]
            if name in self._variables:
                self._exported[name] = self._variables[name]

    def _change(self, fields: list[Text]) -> None:
        known = len(fields) == 1 and fields[0].value is not None
        self._directory = _inside(self._directory, fields[0].raw) if known else None


def _inside(directory: str | None, path: str | None) -> str | None:
    if directory is None or path is None:
        return None
    return path if path.startswith("/") or not directory else f"{directory}/{path}" if path else directory


def _assignments(words: list[Word]) -> tuple[list[Word], list[Word]]:
    at = 0
    while at < len(words) and _ASSIGNMENT.match(words[at].written.raw):
        at += 1
    return words[:at], words[at:]


def _split(word: Word) -> tuple[str, Word]:
    name, _, _ = word.text.raw.partition("=")
    first, *others = word.pieces
    rest = first._replace(text=first.text[len(name) + 1 :])
    return name, Word(pieces=(rest, *others) if rest.text.raw or not others else tuple(others), written=word.written)


def _slot(words: list[Word]) -> Slot | None:
    """Behind the last word, if it stands where the first one does."""
    first, last = words[0].written, words[-1].written
    if not first.runs or not last.runs or first.place is None or last.runs[-1].place is None:
        return None
    run, literal = last.runs[-1], first.runs[0].literal
    if not run.exact or run.literal is None or literal is None or run.place is None:
        return None
    if run.literal.place != literal.place:
        return None
    end = run.place.end
    return Slot(place=Place(run.place.path, end, end), style="shell/line")
