"""Values that a template put where a secret belongs, in English and in French."""

import re
from itertools import pairwise

from configlint.formats.words import word_set, words
from configlint.model.regex import regex

_TEMPLATE = regex(
    r"change(?:me|it|this|in)|replace(?:me|this|with)|your.{0,24}?(?:key|secret|token|pass|credential)"
    r"|yourvaluehere|secret(?:goes)?here|keyhere|tokenhere|passwordhere|putyour|enteryour|insertyour|fillme|fillin|setme"
    r"|votre|changezmoi|achanger|remplace[rz]|(?:cle|secret|jeton|motdepasse)ici|cambiame"
)
_WHOLE = word_set("insert todo fixme example dummy placeholder sample secret password admin test")
_TELLING = word_set("insert todo fixme example dummy placeholder sample fill put enter goes here")
_FILLER = _TELLING | word_set("secret password admin test api key token value my the a some user db livekit")


_BRACKETED = regex(r"<[^<>]*>|\[[\w .-]*[A-Za-z][\w .-]*\]")


def bracketed(text: str) -> bool:
    """Whether a value only says what belongs there: `<your-secret>`, `[YOUR-PASSWORD]`. A list has quotes or commas."""
    return _BRACKETED.fullmatch(text) is not None


def placeholder(text: str, key_name: str) -> bool:
    """Whether a secret is a template's words that nobody replaced; `key_name` is the name that holds it.

    Entropy tells less than words do: `REPLACE_ME_WITH_32_CHARS_MINIMUM!` has more of it than many a password.
    """
    lower = text.lower()
    bare = re.sub(r"[-_ ]", "", lower)
    pieces = words(text)
    return (
        bracketed(text)
        or _repeats(lower)
        or _TEMPLATE.search(_ascii(bare)) is not None
        or bare in _WHOLE
        or (bool(pieces) and set(pieces) <= _FILLER and not _TELLING.isdisjoint(pieces))
        or _names_itself(pieces, words(key_name))
        or _counts(lower)
    )


def _names_itself(pieces: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a value repeats its own name, or at least two of its last words: `API_SECRET=api-secret`."""
    return bool(pieces) and (pieces == name or (len(pieces) > 1 and pieces == name[-len(pieces) :]))


def _ascii(text: str) -> str:
    return text.translate(str.maketrans("éèêàâùûîïôç", "eeeaauuiioc"))


def _repeats(text: str) -> bool:
    """One character over and over, or a prefix and then such a row, as in `sk-xxxxxxxx`; or cut short by dots."""
    if len(set(text)) == 1:
        return len(text) > 3 or text[0] in "x*0.-_#?"
    return text.endswith(("...", "…")) or re.search(r"(?:^|[-_])(?:x{3,}|\*{3,}|0{6,})$", text) is not None


def _counts(text: str) -> bool:
    """Whether the value is only runs that go up by one, such as `abcdef` and `123`, six characters or more."""
    if len(text) < 4 or not text.isalnum():
        return False
    run, shortest = 1, len(text)
    for one, two in pairwise(text):
        if ord(two) == ord(one) + 1 or (one, two) == ("9", "0"):
            run += 1
        else:
            shortest, run = min(shortest, run), 1
    return min(shortest, run) >= 3 and (len(text) >= 6 or min(shortest, run) == len(text))
