"""Which names hold secrets, what shape a secret has, and which files are locked away.

A value is secret by its role, whatever file it stands in. Names are read as words, so that `DB_PASSWORD`,
`dbPassword` and `db-password` are one name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from configlint.formats.placeholders import bracketed, placeholder
from configlint.formats.secret_shapes import shape_spans
from configlint.formats.words import legible, thought_of, word_set, words
from configlint.model.regex import regex
from configlint.model.text import Text, joined

__all__ = ["Shape", "conceal", "encrypted", "mark", "secret_name", "secret_spans", "shape", "words"]

Shape = Literal["real", "placeholder", "reference", "empty"]


_NOUNS = word_set(
    "secret secrets password passwords passwd passphrase pwd pw token apikey credential credentials psk mnemonic"
    " authorization requirepass masterauth salt kennwort passwort motdepasse contrasena wachtwoord senha"
)
"""A name with one of these words is secret, unless a word of the two sets below makes it speak about the secret."""

_JOINED = (
    "password",
    "passwd",
    "passwort",
    "kennwort",
    "passphrase",
    "secret",
    "apikey",
    "authtoken",
    "accesstoken",
    "secretkey",
    "privatekey",
)
"""Endings of names that run words together, such as `rootpassword`."""

_KEYS = word_set(
    "api secret private access encryption encrypt signing sign master auth service jwt account storage shared preshared"
    " license licence app fernet aes hmac cipher session cookie subscription role ssh deploy rsa"
)
_VENDORS = word_set(
    "openai mistral anthropic azure stripe sendgrid groq deepgram elevenlabs gemini cohere mailgun twilio huggingface"
)
"""A name is secret with one of the first words directly before `key`, or one of the second anywhere before it."""

_ABOUT = word_set(
    "file path dir directory url uri endpoint host port name names id ids length len min max size expire expires"
    " expiry expired expiration exp minutes minute mins seconds second secs hours hour days day ttl lifetime lifespan"
    " age timeout interval algorithm alg algo type kind header prefix suffix field param policy enabled enable"
    " required count limit budget version issuer audience arn ref env var user username rotation hint provider method"
    " format encoding rounds cost strength regex pattern location manager backend class model hasher hashers validator"
    " validators validation label placeholder description per cache scope scopes mode store price usage"
    " topic route screen page event request response interceptor"
)
"""After the secret's own word these make the name one about the secret: `PASSWORD_MIN_LENGTH`, `TOKEN_URL`."""

_FLAGS = word_set(
    "max min num total use uses has require requires required enable enabled disable disabled allow allows skip show"
    " hide random is generate public"
)
"""Before the secret's own word these make the name a switch or a number: `ALLOW_EMPTY_PASSWORD`, `MAX_TOKENS`."""

_HOLDERS = frozenset({("livekit", "keys"), ("livekit", "config")})
"""Variables that hold whole pairs, or the whole configuration, of a LiveKit server."""


LONGEST_KEY_NAME = 20
"""Characters of the name of a key pair that may be shown: what is longer may be its secret."""
_LONGEST_NAME = 200


def pairs_below(name: str) -> bool:
    """Whether what stands below this key are the names and secrets of key pairs, be it misspelt."""
    return name.casefold() in ("keys", "api_keys", "apikeys", "livekit_keys")


@lru_cache(maxsize=4096)
def secret_name(name: str) -> bool:
    """Whether a variable or key of this name holds a secret.

    LiveKit's `LIVEKIT_API_KEY` is the name of a pair, not a secret; every other program's `API_KEY` is one. Google's
    `APPLICATION_CREDENTIALS` is a path. What follows a `=` is no part of the name: `- NAME=key: value` without quotes
    is a mapping in YAML.
    """
    parts = words(name.partition("=")[0][-_LONGEST_NAME:])
    if parts in _HOLDERS or parts[-2:] == ("config", "body"):
        return True
    if not parts or parts in (("pwd",), ("secrets",)) or parts[-2:] == ("application", "credentials"):
        return False
    if "livekit" in parts and parts[-2:] == ("api", "key"):
        return False
    if parts[-3:] == ("mot", "de", "passe"):
        return True
    return any(_is_secret(parts, index) for index in range(len(parts)))


def _is_secret(parts: tuple[str, ...], index: int) -> bool:
    """Whether the word at `index` makes the name that of a secret."""
    word, before, after = parts[index], parts[:index], parts[index + 1 :]
    if word == "key":
        named = bool(before) and (before[-1] in _KEYS or not _VENDORS.isdisjoint(before))
    elif word == "pass":
        named = not after
    elif word == "tokens":
        named = bool(before) and before[-1] in ("api", "auth", "access", "bot", "bearer", "refresh")
    else:
        named = word in _NOUNS or word.endswith(_JOINED)
    return named and _FLAGS.isdisjoint(before) and _ABOUT.isdisjoint(after)


_LOCKED = (
    "\x00GITCRYPT\x00",
    "$ANSIBLE_VAULT;",
    "version https://git-lfs.github.com/spec/",
    "age-encryption.org/v1",
    "-----BEGIN AGE ENCRYPTED FILE-----",
    "-----BEGIN PGP MESSAGE-----",
)


def encrypted(content: str) -> bool:
    """Whether a file is locked by git-crypt, Ansible Vault, age, PGP or SOPS, or is a Git LFS pointer."""
    if content.startswith(_LOCKED):
        return True
    return "ENC[AES256_GCM," in content and "sops" in content


_REFERENCE = regex(
    r"\$\{.*\}|\$\w+|\$\(.*\)|\{\{.*\}\}|\[.*\]|%.*%|#\{.*\}#?|__[A-Z0-9_]+__|ENC\[.*|encrypted:.*"
    r"|(?:op|vault|ssm|secretsmanager|awssm|gcpsm|keyvault)://.*|arn:aws:.*|vault:.*|/run/secrets/.*",
    re.DOTALL,
)


def shape(value: str, key_name: str) -> Shape:
    """What kind of value a secret has; `key_name` is the name that holds it.

    `reference`: another program fills it in. `placeholder`: a template's words that nobody replaced.
    """
    text = value.strip()
    if not text:
        return "empty"
    referring = _REFERENCE.fullmatch(text) or _holds(text, "${", "}") or _holds(text, "{{", "}}")
    if referring and not bracketed(text):
        return "reference"
    return "placeholder" if placeholder(text, key_name) else "real"


def _holds(text: str, start: str, end: str) -> bool:
    at = text.find(start)
    return at >= 0 and text.find(end, at) >= 0


_ASSIGNMENT = regex(r"\s*+(?P<name>[A-Za-z_][\w.-]*+)\s?=")
"""A value that is itself an assignment, as in a list form of `environment`: all of the rest is the value."""
_NAMED = (
    (regex(r"\$\{(?P<name>\w++):?[-+]"), regex(r"[^{}]++")),
    (regex(r"(?<!\S)--?(?P<name>[A-Za-z][\w-]*+)[= ]"), regex(r"[^\s\"']++")),
    (regex(r"(?<![\w-])(?P<name>[A-Za-z_]\w*+)="), regex(r"[^\s&\"';]++")),
)
"""What names a value within a text, and the value that follows."""
_MAPPED = (
    (
        regex(r"""(?:^|\n)[ \t]*+(?:-[ \t]++)?+["']?(?P<name>[\w.-]++)["']?[ \t]*+:[ \t]++"""),
        regex(r"[^\n]++"),
    ),
    (
        regex(r"""(?<!\$)[{,]\s*+["']?(?P<name>[\w.-]++)["']?\s*+:\s*+"""),
        regex(r""""(?:[^"\\]|\\.)*+"|'[^']*+'|[^\s,}]++"""),
    ),
)
"""The same in a text that is YAML or JSON, as whole configurations stand in variables."""
_ONLY_REFERENCE = regex(r"\$\{\w++(?::?(?:[-+](?P<right>.*)|\?.*))?\}", re.DOTALL)


_REFERRED = r"\$\{[^{}\n]{0,200}\}"
_PAIR = regex(
    rf"""(?:^|[\n{{,])\s*+['"]?(?P<name>(?:{_REFERRED}|[\w.-])++)['"]?\s*+:\s++['"]?(?P<secret>(?:{_REFERRED}|[^\s'",}}])++)"""
)
"""One pair of `LIVEKIT_KEYS`, whose value is YAML: the name of a key, and its secret."""


def mark(text: Text, name: str = "") -> Text:
    """The text with its secret characters flagged: all of it where `name` holds a secret, else the parts that are.

    Parts are the password of a URL, a secret default in `${NAME:-default}`, a secret assignment or option
    (`--password x`), a secret parameter of a query, and what `LIVEKIT_KEYS` holds beside the names of its keys.
    A lone `${NAME}` is nobody's secret.
    """
    raw = text.raw
    if not secret_name(name):
        return conceal(text, secret_spans(raw))
    return conceal(text, _without_references(raw, _held(name, raw, 0)))


def _held(name: str, raw: str, start: int) -> list[tuple[int, int]]:
    """The secret characters from `start` on in the value of a secret name."""
    parts = words(name)
    if parts == ("livekit", "keys"):
        found = _pairs(raw, start)
    elif parts == ("livekit", "config") or parts[-2:] == ("config", "body"):
        found = _of_configuration(raw, start)
    else:
        found = []
    return found or [(start, len(raw))]


_SETTING = regex(r"(?:^|[\n{,])[ \t]*+[\"']?[A-Za-z_][\w.-]*+[\"']?[ \t]*+:(?=\s|\Z)")
_PAIRS_BELOW = regex(
    r"(?:^|(?<=[\n{,]))(?P<indent>[ \t]*+)[\"']?(?:keys|api_keys|apikeys)[\"']?[ \t]*+:[ \t]*+"
    r"(?P<pairs>\{[^}]*+\}?|[^\n]*+(?:\n(?:(?P=indent)[ \t]++[^\n]*+|[ \t]*+(?=\n|\Z)))*+)",
    re.IGNORECASE,
)


_LONG = regex(r"[A-Za-z0-9_.~!-]{16,}+")
"""Nothing that a program is configured with is so long and yet no name, but a secret."""


def _of_configuration(raw: str, start: int) -> list[tuple[int, int]]:
    """The secrets of a LiveKit configuration that stands in a variable: none where it is not one."""
    body = raw[start:]
    if not _SETTING.search(body):
        return []
    spans = [(start + first, start + last) for first, last in secret_spans(body)]
    spans += [found.span() for found in _LONG.finditer(raw, start) if not thought_of(found[0])]
    for found in _PAIRS_BELOW.finditer(body):
        spans += _pairs(raw[: start + found.end("pairs")], start + found.start("pairs"))
    return sorted(spans) or [(len(raw), len(raw))]


def key_name(name: Text) -> Text:
    """The name of a key pair, masked where it may be the secret of one: a long one that nobody thought of."""
    return name if not name.known or len(name.raw) <= LONGEST_KEY_NAME or legible(name.raw) else name.as_secret()


def mark_pairs(text: Text) -> Text:
    """The value of a key such as `keys`, as far as it holds pairs or anything that is secret by itself."""
    return conceal(text, sorted([*_pairs(text.raw, 0), *secret_spans(text.raw)]))


def _pairs(raw: str, start: int) -> list[tuple[int, int]]:
    """The secrets of the pairs from `start` on, and the names that are too long for one."""
    found = list(_PAIR.finditer(raw[start:]))
    names = [pair.span("name") for pair in found if len(pair["name"]) > LONGEST_KEY_NAME and "${" not in pair["name"]]
    spans = sorted([*names, *(pair.span("secret") for pair in found)])
    return [(start + first, start + last) for first, last in spans]


def conceal(text: Text, spans: list[tuple[int, int]]) -> Text:
    """The text with the characters in `spans` flagged as secret."""
    if not spans:
        return text
    parts, at = [], 0
    for start, end in spans:
        if start < at:
            continue
        if at < start:
            parts.append(text[at:start])
        parts.append(text[start:end].as_secret())
        at = end
    return joined([*parts, text[at:]] if at < len(text) else parts)


def secret_spans(raw: str) -> list[tuple[int, int]]:
    """Where secrets stand in a value whose own name tells nothing. In order; they may overlap."""
    spans = []
    if "=" in raw and (found := _ASSIGNMENT.match(raw)) and secret_name(found["name"]):
        spans += _held(found["name"], raw, found.end())
    elif "=" in raw or "-" in raw:
        for name, value in _NAMED:
            spans += _named(raw, name, value)
    if ":" in raw and ("\n" in raw or "{" in raw):
        for name, value in _MAPPED:
            spans += _named(raw, name, value)
    spans += shape_spans(raw)
    return sorted(_without_references(raw, spans))


def _without_references(raw: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that are one `${NAME}`; of `${NAME:-default}` the default is left."""
    left = []
    for start, end in spans:
        while found := _ONLY_REFERENCE.fullmatch(raw, start, end):
            start, end = found.span("right") if found["right"] else (end, end)
        if start < end:
            left.append((start, end))
    return left


def _named(raw: str, name: re.Pattern[str], value: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The values that follow a secret name."""
    at = 0
    for found in name.finditer(raw):
        if found.start() >= at and secret_name(found["name"]) and (held := value.match(raw, found.end())):
            at = held.end()
            yield held.span()
