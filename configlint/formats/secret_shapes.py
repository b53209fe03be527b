"""Values that are secret by their shape, whatever they are called: tokens, keys, headers, what a URL lets in with.

Prefixes: GitHub, GitLab, Slack, OpenAI, Stripe, AWS, Google, Hugging Face, SendGrid, npm, PyPI, DigitalOcean, Docker,
each as its vendor documents the form for scanners of secrets.
"""

import re
from collections.abc import Iterator

from configlint.formats.words import legible, thought_of
from configlint.model.regex import regex

Span = tuple[int, int]

_TOKEN = regex(
    r"(?<![\w-])(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-|xapp-|sk-|sk_|rk_|pk_live_|whsec_|AKIA|ASIA|hf_|AIza|SG\.|npm_"
    r"|pypi-|dop_v1_|dckr_pat_|ya29\.)[\w.-]{12,}+"
    r"|(?<![\w-])eyJ[\w-]{8,}+\.[\w-]++(?:\.[\w-]*+)?"
    r"|-----BEGIN[ A-Z0-9]{1,40}?PRIVATE KEY(?: BLOCK)?-----(?:(?!-----END)[\s\S])*+(?:-----END[ A-Z0-9]*+-----)?"
)
_SCHEME = regex(
    r"(?<![\w-])(?P<scheme>[Bb]asic|[Bb]earer|BEARER|BASIC|[Tt]oken|TOKEN)[ \t]++(?P<secret>[\w.~+/=-]{6,}+)"
)
_HEADER = regex(
    r"(?<![\w-])(?i:(?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}(?:auth|token|key|secret)[\w-]{0,20}|x-auth|api-?key)"
    r"[ \t]*+:[ \t]*+(?P<secret>[^\"'\n]++)"
)
_WEBHOOK = regex(
    r"(?:hooks\.slack\.com/(?:services|workflows|triggers)|(?:discord|discordapp)\.com/api/webhooks/\d++"
    r"|[\w.-]*+webhook\.office\.com/\w++|outlook\.office\.com/webhook)/(?P<secret>[^\s\"'?#]++)"
    r"|api\.telegram\.org/bot(?P<bot>[^\s\"'/?#]++)"
)
_USERINFO = regex(r"://[^\s/?#:@]*+:(?P<secret>[^\s/?#]+)@")
_RAW_USERINFO = regex(
    r"://[^\s/?#:@\"']{0,200}+:(?!\d{1,5}[/?#])(?!\$?\{[^}]{0,200}+\}[/?#])(?P<secret>[^\s@\"']{1,500}+)@(?=[\w.\[$-])"
)
"""A password in which the signs that end a host stand as they are: no program reads it, and it is one all the same."""
_BARE_USERINFO = regex(r"(?P<scheme>[a-z][a-z0-9+.-]*+)://(?P<secret>[^\s/?#:@\"']++)@")
_NAMED_USERS = ("ssh", "git", "sftp", "postgres", "postgresql", "mysql", "mariadb", "amqp", "mongodb")
"""Schemes whose user may stand alone and be a mere name; everywhere else it is a token."""
_SEGMENT = regex(r"(?<=[/=#])[A-Za-z0-9_.~!-]{16,}+(?=[/?#&\s\"']|\Z)")
_QUERY = regex(r"[?&](?:sig|signature|key|code|auth|hash|pw|pwd|pass|sas|hmac)=(?P<secret>[^\s&\"'#]++)", re.IGNORECASE)
_OPTION = regex(
    r"(?<!\S)[\"']?(?:-[A-Za-z]{0,6}u[ =]?|--user(?:[ =]|[\"'],\s*[\"']))[\"']?[^\s:\"'/]++:"
    r"(?P<user>(?!\d+\b)[^\s\"']++)"
)
_CLIENT = regex(
    r"(?<![\w-])(?:(?P<mysql>mysql|mariadb)[\w-]*+|(?P<redis>redis-(?:cli|server))|(?P<mongo>mongo(?:sh)?))(?=\s)"
)
_CLIENT_OPTIONS = {
    "mysql": regex(r"(?<!\S)-p(?P<secret>[^\s\"';&|]++)"),
    "redis": regex(r"(?<!\S)-a[ ]++(?P<secret>[^\s;&|]++)"),
    "mongo": regex(r"(?<!\S)-p[ =]?(?P<secret>[^\s;&|]++)"),
}
"""Options with a password that is named by a letter alone."""
_CONNECTION = regex(r"(?:^|;)\s*+(?:pwd|pw)\s*+=\s*+(?P<secret>[^;\"']++)", re.IGNORECASE)


def shape_spans(raw: str) -> Iterator[Span]:
    """Where something stands that only a secret looks like. In no order; they may overlap."""
    if len(raw) >= 12:
        yield from (found.span() for found in _TOKEN.finditer(raw))
    if " " in raw:
        yield from (found.span("secret") for found in _SCHEME.finditer(raw) if _is_credential(found["secret"]))
        yield from _options(raw)
    if ":" in raw:
        yield from (found.span("secret") for found in _HEADER.finditer(raw))
    if "://" in raw:
        yield from _of_urls(raw)
    if ";" in raw and "=" in raw:
        yield from (found.span("secret") for found in _CONNECTION.finditer(raw))


def _is_credential(word: str) -> bool:
    """Whether what follows `Token` is no word of a sentence."""
    return not (word.isalpha() and (word.islower() or word.istitle()))


def _options(raw: str) -> Iterator[Span]:
    if "-" not in raw:
        return
    yield from (found.span("user") for found in _OPTION.finditer(raw))
    for client in _CLIENT.finditer(raw):
        end = next((at for at in range(client.end(), len(raw)) if raw[at] in ";|&\n"), len(raw))
        for found in _CLIENT_OPTIONS[client.lastgroup or ""].finditer(raw, client.end(), end):
            yield found.span("secret")


def _of_urls(raw: str) -> Iterator[Span]:
    """Passwords and tokens in URLs: before the host, in the path of a webhook, in a query."""
    whole = [found.span("secret") for found in _USERINFO.finditer(raw)]
    if not whole and "@" in raw:
        yield from (found.span("secret") for found in _RAW_USERINFO.finditer(raw))
    yield from whole
    for found in _BARE_USERINFO.finditer(raw):
        if found["scheme"] not in _NAMED_USERS or not legible(found["secret"]):
            yield found.span("secret")
    yield from (found.span(found.lastgroup or "secret") for found in _WEBHOOK.finditer(raw))
    yield from (found.span("secret") for found in _QUERY.finditer(raw))
    yield from (found.span() for found in _SEGMENT.finditer(raw) if not _words_of_a_path(found[0]))


def _words_of_a_path(segment: str) -> bool:
    return segment.isdigit() or thought_of(segment)
