"""The syntax of a command line: the names of programs, of options and of variables that are set for them."""

from collections.abc import Iterable, Iterator

from configlint.formats.shell.server_commands import APPLICATION_SERVERS
from configlint.formats.shell.shell import Operator, Word, plain, tokens
from configlint.formats.words import legible
from configlint.model.regex import regex
from configlint.model.text import Text

_PROGRAM = regex(r"[\w./+-]{1,80}")
_OPTION = regex(r"--(?P<name>[A-Za-z][\w-]{0,40}+)(?:=|\Z)|-[A-Za-z]")
_SET = regex(r"(?P<name>[A-Za-z_]\w*+)=")
_APP = regex(r"[A-Za-z_][\w.]*+:[A-Za-z_]\w*+(?:\(\))?")
_BEFORE = ("exec", "env", "nohup", "sudo", "CMD", "CMD-SHELL", "then", "else", "do", "if", "while", "!", "{")
"""What stands before the name of a program."""


def of_line(line: Text) -> Iterator[Text]:
    """The parts of a line for a shell that hold no value."""
    yield from _parts(tokens(line))


def of_words(words: Iterable[Text]) -> Iterator[Text]:
    """The same of a list of words; one that a shell reads as a line is looked into."""
    items = list(words)
    shell = next((index for index, word in enumerate(items) if word.raw in ("CMD-SHELL", "-c", "-ec", "-lc")), None)
    if shell is None or shell + 1 >= len(items):
        yield from _parts(map(plain, items))
        return
    yield from _parts(map(plain, items[: shell + 1]))
    yield from of_line(items[shell + 1])


def _parts(found: Iterable[Word | Operator]) -> Iterator[Text]:
    first, program, before = True, "", ""
    for token in found:
        if isinstance(token, Operator):
            first, program = True, ""
            continue
        text = token.text
        last, before = before, text.raw
        if first and (setting := _SET.match(text.raw)):
            if legible(setting["name"]):
                yield text[: setting.end()]
        elif first:
            first = text.raw in _BEFORE
            if _is_program(text.raw):
                program = text.raw.rpartition("/")[2]
                yield text
        elif (option := _OPTION.match(text.raw)) and (option["name"] is None or legible(option["name"])):
            yield text[: option.end()]
        elif (
            program in APPLICATION_SERVERS
            and not last.startswith("-")
            and _APP.fullmatch(text.raw)
            and legible(text.raw)
        ):
            yield text


def _is_program(raw: str) -> bool:
    return _PROGRAM.fullmatch(raw) is not None and all(legible(part) for part in raw.split("/") if part.strip("."))
