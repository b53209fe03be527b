"""Options on a command line, over its words."""

from collections.abc import Iterator, Sequence

from configlint.model.record import record
from configlint.model.text import Text


@record
class Option:
    """A value that is given to an option; `written` precedes it on the command line: `-w `, `--workers=`."""

    value: Text
    written: str


def values(words: Sequence[Text], long: str, short: str = "", abbreviated: str = "") -> list[Text]:
    """The values that are given to an option, in order; see `options`."""
    return [one.value for one in options(words, long, short, abbreviated)]


def options(words: Sequence[Text], long: str, short: str = "", abbreviated: str = "") -> list[Option]:
    """What is given to an option, in order: `--long V`, `--long=V`, `-s V`, `-sV`, `-s=V`.

    `abbreviated` is the shortest prefix of the long form that the program takes for it.
    """
    found: list[Option] = []
    following = ""
    for word in words:
        raw = word.raw
        if following:
            found.append(Option(value=word, written=f"{following} "))
            following = ""
            continue
        if raw == "--":
            break
        name, sign, _ = raw.partition("=")
        if (short and raw == short) or (not sign and _named(name, long, abbreviated)):
            following = raw
        elif sign and _named(name, long, abbreviated):
            found.append(_after(word, len(name) + 1))
        elif short and raw.startswith(short) and not raw.startswith("--"):
            found.append(_after(word, len(short) + (raw[len(short)] == "=")))
    return found


def _after(word: Text, length: int) -> Option:
    return Option(value=word[length:], written=word.raw[:length])


def _named(name: str, long: str, abbreviated: str) -> bool:
    return name == long or bool(abbreviated and name.startswith(abbreviated) and long.startswith(name))


def flag(words: Sequence[Text], name: str) -> Text | None:
    """An option without value, where it stands."""
    return next((word for word in words if word.raw == name), None)


def doubtful(words: Sequence[Text]) -> Iterator[Text]:
    """Words of which nothing is known, and which may thus be options.

    One that holds only variables which nothing here sets is taken for empty, as it is without them.
    """
    for before, word in zip((Text(), *words), words, strict=False):
        if word.value is None and not before.raw.startswith("-") and not (word.reason and word.reason.code == "unset"):
            yield word
