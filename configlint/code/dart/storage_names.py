"""Names under which an app stores something. The name of a stored secret is not a secret."""

from configlint.formats.words import word_set, words
from configlint.model.regex import regex

_IDENTIFIER = regex(r"[@_$]{0,2}[A-Za-z]{1,20}(?:[_.:/-]{1,2}(?:[A-Za-z]{1,20}|v?\d{1,4}))*\d{0,2}")
"""Words as a programmer joins them: `theme_mode`, `auth.role`, `device_id_v2`. Keys that somebody issues have digits
among their letters, or are one long run of letters."""
_LONGEST = 64
_LEAST_LETTERS = 2.5
"""Letters that the words of a name have on average. Random letters of both cases make shorter ones."""
_ISSUED = word_set(
    "api apikey encryption encrypt signing sign secret access master fernet aes hmac cipher subscription license"
)
"""Directly before `key` these say that the value is the key itself."""
_STORED = word_set("storage store stored cache cached prefs pref preference preferences hive box keychain")
"""Words which say that a name is about a place where things are stored."""
_STORES = frozenset(
    {"getString", "setString", "getStringList", "setStringList", "getBool", "setBool", "getInt", "setInt", "getDouble",
     "setDouble", "containsKey", "remove", "read", "write", "delete", "put", "putIfAbsent", "get", "getItem", "setItem",
     "removeItem", "openBox", "box", "PageStorageKey", "ValueKey", "Key"}
)  # fmt: skip
"""Methods of stores, and Flutter's keys of widgets, which are given a name."""


def named_entry(name: str, value: str) -> bool:
    """Whether a name ends with `key` and its value is made of words: the key of an entry, not one that opens anything.

    `_roleKey = 'auth_role'` is one. `apiKey = 'acme-gateway'` may be a weak key, so it counts only where the name
    speaks of a store, too.
    """
    own = words(name.rpartition(".")[2])
    if own[-1:] not in (("key",), ("keys",)):
        return False
    if own[-2:-1] and own[-2] in _ISSUED and _STORED.isdisjoint(own):
        return False
    return made_of_words(value)


def made_of_words(value: str) -> bool:
    """Whether a value is an identifier that a programmer wrote."""
    said = [word for word in words(value) if word.isalpha()]
    if len(value) > _LONGEST or not said or not _IDENTIFIER.fullmatch(value):
        return False
    return sum(map(len, said)) / len(said) >= _LEAST_LETTERS


def stores(callee: str) -> bool:
    """Whether a call takes the name of an entry: `prefs.getString`, `PageStorageKey`."""
    return callee.rpartition(".")[2] in _STORES
