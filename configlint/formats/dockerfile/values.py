"""What stands in an instruction of a Dockerfile: assignments, and the words of the exec form."""

from collections.abc import Iterator

from configlint.formats.dockerfile.lines import Instruction
from configlint.formats.secrecy import mark
from configlint.formats.shell.expansion import Lookup, value
from configlint.formats.shell.shell import Piece, Word, words
from configlint.model.record import record
from configlint.model.regex import regex
from configlint.model.text import Literal, Place, Run, Text


@record
class Assignment:
    """One `NAME=value` of ENV or ARG. `word` is None where an ARG only declares its name."""

    name: Text
    word: Word | None

    def resolved(self, lookup: Lookup) -> Text:
        """The value with its references resolved, marked where it is secret."""
        return mark(value(self.word, lookup), self.name.raw) if self.word is not None else Text()


def assignments(instruction: Instruction) -> Iterator[Assignment]:
    """The assignments of ENV (`ENV k v` too) and ARG, in order."""
    parts = words(instruction.body)
    if instruction.name == "ENV" and len(parts) > 1 and "=" not in parts[0].written.raw:
        yield Assignment(name=parts[0].text, word=_rest(instruction.body, parts[0]))
        return
    for part in parts:
        name, sign, _ = part.written.raw.partition("=")
        if sign:
            yield Assignment(name=part.written[: len(name)], word=_word(part.written[len(name) + 1 :]))
        elif instruction.name == "ARG":
            yield Assignment(name=part.text, word=None)


def _rest(body: Text, name: Word) -> Word:
    """The value of `ENV name value`, blanks and all."""
    rest = body[len(name.written) :].strip()
    return (
        _word(rest) if rest.raw[:1] in ("'", '"') else Word(pieces=(Piece(_literal(rest), True, False),), written=rest)
    )


def _word(written: Text) -> Word:
    literal = _literal(written)
    found = words(literal)
    return found[0] if found else Word(pieces=(Piece(literal, True, False),), written=written)


_STYLES = {"'": "single", '"': "double"}


def _literal(written: Text) -> Text:
    """The characters of a value as a literal of their own, where they stand in one piece."""
    if len(written.runs) != 1 or (place := written.runs[0].place) is None:
        return written
    raw = written.raw
    quoted = len(raw) > 1 and raw[0] in _STYLES and raw.find(raw[0], 1) == len(raw) - 1
    inner = Place(place.path, place.start + 1, place.end - 1) if quoted else place
    style = _STYLES[raw[0]] if quoted else "mixed" if _QUOTE.search(raw) else "bare"
    return Text((written.runs[0].but(literal=Literal(place=place, inner=inner, style=f"dockerfile/{style}")),))


_QUOTE = regex(r"[\\'\"]")
_ITEM = regex(r'\s*"((?:[^"\\]|\\.)*+)"\s*([,\]])')
_ESCAPE = regex(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[0-9a-fA-F]{4}|\\.")
_DECODED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def exec_words(body: Text) -> tuple[Text, ...] | None:
    """The items of a JSON list of strings; None where it is no such list, and so a line for the shell."""
    raw = body.raw.rstrip()
    if not raw.startswith("["):
        return None
    if not raw[1:-1].strip():
        return () if raw.endswith("]") else None
    found: list[Text] = []
    at, sign = 1, ","
    while sign == ",":
        item = _ITEM.match(raw, at)
        if item is None:
            return None
        found.append(_item(body[item.start(1) - 1 : item.end(1) + 1]))
        at, sign = item.end(), item[2]
    return tuple(found) if at == len(raw) else None


def _item(written: Text) -> Text:
    """One string of a list, given with its quotes."""
    if len(written.runs) == 1 and (place := written.runs[0].place) is not None:
        literal = Literal(place=place, inner=Place(place.path, place.start + 1, place.end - 1), style="dockerfile/json")
        written = Text((written.runs[0].but(literal=literal),))
    runs: list[Run] = []
    at = 1
    for escape in _ESCAPE.finditer(written.raw, 1, len(written.raw) - 1):
        if at < escape.start():
            runs.extend(written[at : escape.start()].runs)
        place = written[escape.start() : escape.end()].place
        runs.append(Run(text=_decoded(escape[0]), place=place))
        at = escape.end()
    if at < len(written) - 1 or not runs:
        runs.extend(written[at:-1].runs)
    return Text(runs)


def _decoded(escape: str) -> str:
    if len(escape) == 2:
        return _DECODED.get(escape[1], escape[1])
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in escape.split("\\u")[1:])
    return units.decode("utf-16-be", "surrogatepass")
