"""Variables of the environment: `dotenv.env['K']`, `Platform.environment['K']`, `String.fromEnvironment('K')`."""

from typing import TYPE_CHECKING

from configlint.code.dart import members
from configlint.code.dart.build_variants import BEHIND, UNREAD
from configlint.code.dart.builds import given
from configlint.code.dart.texts import absent
from configlint.code.dart.values import Arm, Where, unknown
from configlint.formats.dart.syntax import Call, Expression, Member, Name
from configlint.model.reason import Reason
from configlint.model.text import Place, Text

if TYPE_CHECKING:
    from configlint.code.dart.app import App

_ENV_NAMES = frozenset({"env", "_env", "environment"})
"""What a map of variables is usually called where it is handed over."""


def environment(app: "App", value: Expression, where: Where, depth: int = 0) -> str:
    """Which variables a map holds: `dotenv` (the app's env files), `process` (the machine's), or empty."""
    if isinstance(value, Member) and value.name == "environment" and _last(value.target) == "Platform":
        return "process"
    if isinstance(value, Member) and value.name == "env" and _last(value.target).lower() == "dotenv":
        return "dotenv"
    if not isinstance(value, Name | Member) or depth > 4:
        return ""
    found = members.constant(app, value, where)
    if found is not None:
        return environment(app, found[0], found[1], depth + 1)
    return "dotenv" if isinstance(value, Name) and value.name in _ENV_NAMES else ""


def _last(value: Expression) -> str:
    if isinstance(value, Call):
        return _last(value.target)
    return value.name if isinstance(value, Name | Member) else ""


def variable(app: "App", key: str, source: str, value: Expression) -> Arm:
    """A variable of the environment. On a phone the machine's own holds none of ours."""
    if not key:
        return unknown(Reason("runtime", "the name of the variable"), value.at)
    text = app.env(key) if source == "dotenv" else None
    if text is None:
        return absent(value, Reason("unset", key), key)
    return Arm(text=text.through(value.at), variable=key, given=True)


def define(app: "App", value: Call, where: Where) -> list[Arm]:
    """`String.fromEnvironment('K', defaultValue: 'd')`: what builds define, else the default, else an empty string."""
    keys = app.known_texts(value.arguments[0], where) if value.arguments else []
    key = keys[0] if keys else ""
    defined, rest = given(app.builds, key)
    arms = [Arm(text=text.through(value.at), worlds=worlds, variable=key, given=True) for text, worlds in defined]
    default = value.named.get("defaultValue")
    if default is None:
        empty = Text.written("", Place(value.at.path, value.at.end, value.at.end))
        return [*arms, Arm(text=empty.defaulting(key) if key else empty, worlds=rest, variable=key)]
    return arms + [_stands_in(arm, "default", key).within(rest) for arm in app.arms(default, where)]


def _stands_in(arm: Arm, role: str, variable: str) -> Arm:
    text = arm.text.defaulting(variable) if variable and not arm.text.depends else arm.text
    return arm.but(text=text, role=arm.role or role, variable=arm.variable or variable)


def get(app: "App", value: Call, receiver: Expression, where: Where) -> list[Arm]:
    """`dotenv.get('K', fallback: 'd')`, or the entry of a map of variables."""
    name = receiver.name if isinstance(receiver, Name | Member) else ""
    is_dotenv = name.lower() == "dotenv" or (isinstance(receiver, Call) and _last(receiver) == "DotEnv")
    source = "dotenv" if is_dotenv else environment(app, receiver, where)
    keys = app.known_texts(value.arguments[0], where) if value.arguments and source else []
    if not keys:
        return [unknown(Reason("runtime"), value.at)]
    found = variable(app, keys[0], source, value)
    fallback = value.named.get("fallback")
    if fallback is None:
        return [found]
    arms = [_stands_in(arm, "fallback", keys[0]) for arm in app.arms(fallback, where)]
    if found.null:
        return arms
    return [found, *(arm.within(BEHIND if found.text.known else UNREAD) for arm in arms)]
