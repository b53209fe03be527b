"""Which constants of an app hold one address for one purpose."""

from collections import Counter
from collections.abc import Iterable

from configlint.code.dart.app_values import AppValue
from configlint.formats.words import word_set, words

_BUILDS = word_set(
    "dev develop development prod production staging stage stg test testing tests qa uat local debug release"
    " sandbox demo preview beta mock fake ci emulator simulator android ios desktop macos windows linux"
    " legacy old fallback"
)
"""Words that say for which build, stage or platform a constant is."""
_GENERAL = word_set(
    "base url urls uri api host hostname ip endpoint endpoints server address addr http https ws wss socket"
    " websocket root default the my k service backend port path prefix domain origin"
)
"""Words of an address's name that do not say whose it is."""
_HOLDERS = _GENERAL | word_set(
    "app application config configuration configs constant constants consts const setting settings env"
    " environment environments network networking client services repository repo provider data source remote util"
    " utils helper manager global globals main core common shared http dio values lib index"
)
"""Words of classes and files that hold addresses of many purposes."""


def purposes(values: Iterable[AppValue]) -> dict[tuple[str, str], str]:
    """By file and qualified name, a word for what a public constant is about, the same for all that should agree.

    Left out are constants that say for which build they are, and those that a condition gives different values.
    """
    held = [value for value in values if value.role == "constant" and value.reach == "always"]
    counted = Counter((value.place.path, value.name) for value in held)
    return {key: word for key, count in counted.items() if count == 1 and (word := _purpose(*key))}


def _purpose(path: str, name: str) -> str:
    """The name itself with its subject: what it says of it, else what its class does, else its file."""
    holder, _, bare = name.rpartition(".")
    stem = path.rpartition("/")[2].partition(".")[0]
    every = {*words(bare), *words(holder), *words(stem)}
    if not bare or bare.startswith("_") or holder.startswith("_") or not _BUILDS.isdisjoint(every):
        return ""
    subject = set(words(bare)) - _GENERAL or set(words(holder or stem)) - _HOLDERS
    return " ".join([bare, *sorted(subject)])
