"""Options on a command line, over its words."""

from collections.abc import Iterator, Sequence

from configlint.model.text import Text


def values(words: Sequence[Text], long: str, short: str = "", abbreviated: str = "") -> list[Text]:
    """The values that are given to an option, in order: `--long V`, `--long=V`, `-s V`, `-sV`, `-s=V`.

    `abbreviated` is the shortest prefix of the long form that the program takes for it.
    """
    found: list[Text] = []
    following = False
    for word in words:
        raw = word.raw
        if following:
            found.append(word)
            following = False
            continue
        if raw == "--":
            break
        name, sign, _ = raw.partition("=")
        if (short and raw == short) or (not sign and _named(name, long, abbreviated)):
            following = True
        elif sign and _named(name, long, abbreviated):
            found.append(word[len(name) + 1 :])
        elif short and raw.startswith(short) and not raw.startswith("--"):
            found.append(word[len(short) + (raw[len(short)] == "=") :])
    return found


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
