"""Secrets that stand in the code of an app: constants, fallbacks and arguments whose names say so.

Each is shipped with the app whatever the environment says, so a fallback counts even where its variable is set.
"""

from configlint.code.dart.app import App
from configlint.code.dart.display_sinks import spelled
from configlint.code.dart.sites import Site
from configlint.code.dart.storage_names import made_of_words, named_entry, stores
from configlint.code.dart.values import Arm
from configlint.formats.dart.syntax import Call, Choice, Conditional, Expression, Member, Name, Operation, Written
from configlint.formats.secrecy import secret_name, words
from configlint.model.record import record
from configlint.model.regex import regex

_LABEL = regex(r"[A-Za-z][A-Za-z_.-]*(?:[_.-]v\d{1,2})?")

_SHAPES = (Written, Operation, Call, Conditional, Choice)


@record
class Secret:
    """`name` is the variable for which the literal stands in, else the qualified name that holds it."""

    name: str
    site: Site
    arm: Arm


def secrets(app: App, sites: list[Site]) -> list[Secret]:
    """The secret literals among some sites. `app` is one whose env files hold nothing."""
    found: list[Secret] = []
    taken: set[int] = set()
    pairs = {_holder(site.name) for site in sites if words(site.name)[-1:] == ("secret",)}
    for site in sites:
        if not isinstance(site.value, _SHAPES) or not taken.isdisjoint(site.within):
            continue
        if words(site.name)[-2:] == ("api", "key") and _holder(site.name) in pairs:
            continue  # the name of a pair, whose secret stands beside it
        for arm in _candidates(app, site):
            name = arm.variable if secret_name(arm.variable) else _taker(site)
            if _is_secret(arm, name) and not _names_an_entry(app, site, arm):
                found.append(Secret(name=name, site=site, arm=arm.but(text=arm.text.as_secret())))
                taken.add(id(site.value))
    return found


def _holder(name: str) -> str:
    return name.rpartition(".")[0]


def _candidates(app: App, site: Site) -> list[Arm]:
    if not _says_secret(_taker(site)) and not _stands_in(site.value):
        return []
    return [arm for arm in app.arms(site.value, site.where) if arm.text.value and not arm.null]


def _taker(site: Site) -> str:
    """The name that takes a value; empty where a value without a name is given to a call that asks for a secret.

    `fetchToken('room')` is given what it needs to fetch one. `setApiKey('…')` and `AccessToken('…')` take the secret.
    """
    callee = site.name.rpartition(".")[2]
    before = site.where.document.content[: site.value.at.start].rstrip()
    if site.role != "argument" or before.endswith(":"):
        return site.name
    own = words(callee)
    holds = callee[:1].isupper() and (own[-1] == "key" or secret_name(own[-1]))
    return site.name if holds or own[:1] in _SETTERS else ""


_SETTERS = (("set",), ("with",), ("use",), ("add",), ("configure",))


def _stands_in(value: Expression) -> bool:
    """Whether an expression reads a variable of the environment and holds a literal for it."""
    if isinstance(value, Call):
        return isinstance(value.target, Member) and value.target.name in ("get", "fromEnvironment")
    return isinstance(value, Operation) and value.operator == "??"


def _says_secret(name: str) -> bool:
    """Whether a qualified name says that it holds a secret. LiveKit's key names are none, whatever class holds them."""
    own = name.rpartition(".")[2]
    is_key_name = words(own)[-2:] == ("api", "key") and "livekit" in name.lower()
    return secret_name(own) and not is_key_name


def _is_secret(arm: Arm, name: str) -> bool:
    value = arm.text.raw
    if not _says_secret(name) or any(run.via or run.literal is None for run in arm.text.runs):
        return False
    if named_entry(name, value):
        return False
    if value.startswith(("/", "assets/", "http://", "https://")) or any(sign.isspace() for sign in value):
        return False
    return bool(arm.variable) or not _is_label(value, name)


def _names_an_entry(app: App, site: Site, arm: Arm) -> bool:
    """Whether a constant made of words is handed to a store as the name of an entry: `prefs.getString(accessToken)`."""
    name = site.name.rpartition(".")[2]
    if site.role == "argument":
        return stores(site.name.removesuffix(".key"))
    if site.role != "constant" or arm.variable or not made_of_words(arm.text.raw):
        return False
    users = app.uses.naming(frozenset({name}))
    calls = (call.value for user in users for call in app.body(user).calls)
    return any(isinstance(call, Call) and _is_given_as_key(call, name) for call in calls)


def _is_given_as_key(call: Call, name: str) -> bool:
    given = (*call.arguments[:1], *(call.named[word] for word in ("key",) if word in call.named))
    named = any(isinstance(value, Name | Member) and value.name == name for value in given)
    return named and stores(spelled(call.target))


def _is_label(value: str, name: str) -> bool:
    """Whether a value names a secret instead of being one: the key under which it is stored, or a word on a screen."""
    if not value.isascii():
        return True
    if not _LABEL.fullmatch(value):
        return False
    own, said = words(name.rpartition(".")[2]), words(value)
    return set(said) <= set(own) or (len(said) > 1 and secret_name(value)) or (len(said) == 1 and value[0].isupper())
