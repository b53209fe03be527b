"""In which worlds a condition holds.

A release build knows `kDebugMode`, the platforms, and constants. What is not known is judged by its name where that
speaks of builds (`isProduction`, `useEmulator`), else it may hold everywhere and may fail everywhere.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from configlint.code.dart import members
from configlint.code.dart.build_variants import (
    BEHIND,
    DEBUG,
    EVERYWHERE,
    HIDDEN,
    NOWHERE,
    RELEASE,
    UNREAD,
    WEB,
    platform,
)
from configlint.code.dart.conditions_by_name import FAILS, HOLDS, OPEN, Test, both, by_name, either, worlds_of
from configlint.code.dart.values import Arm, Where
from configlint.formats.dart.syntax import Call, Expression, Index, Member, Name, Operation, Word
from configlint.model.net import url
from configlint.model.text import UNKNOWN

if TYPE_CHECKING:
    from configlint.code.dart.app import App

_BUILDS = {
    "kDebugMode": Test(DEBUG, RELEASE),
    "kReleaseMode": Test(RELEASE, DEBUG),
    "kProfileMode": Test(DEBUG, EVERYWHERE),
    "kIsWeb": Test(WEB, EVERYWHERE & ~WEB),
    "kIsWasm": Test(WEB, EVERYWHERE),
}
_DEFINES = {"dart.vm.product": Test(RELEASE, DEBUG), "dart.vm.profile": Test(DEBUG, EVERYWHERE)}


def condition(app: "App", value: Expression, where: Where) -> Test:
    match value:
        case Word(word=word) if word != "null":
            return HOLDS if word == "true" else FAILS
        case Operation(operator="!", operands=(operand,)):
            return app.condition(operand, where).opposite
        case Operation(operator="&&" | "||" as operator, operands=operands):
            found = app.condition(operands[0], where)
            for operand in operands[1:]:
                found = (both if operator == "&&" else either)(found, app.condition(operand, where))
            return found
        case Operation(operator="==" | "!=" as operator, operands=(left, right)):
            found = _equality(app, left, right, where)
            return found if operator == "==" else found.opposite
        case Operation(operator="??", operands=(first, *_)):
            return app.condition(first, where)
        case Call():
            return _asked(app, value, where)
        case Name() | Member():
            return _named(app, value, where)
        case _:
            return OPEN


def _named(app: "App", value: Name | Member, where: Where) -> Test:
    if value.name in _BUILDS:
        return _BUILDS[value.name]
    if isinstance(value, Member):
        if value.name in ("isEmpty", "isNotEmpty", "isNullOrEmpty"):
            found = _over(app.arms(value.target, where), _is_empty)
            return found.opposite if value.name == "isNotEmpty" else found
        if value.name == "hasPort":
            return _over(app.arms(value.target, where), _has_port)
        is_platform = isinstance(value.target, Name | Member) and value.target.name in ("Platform", "UniversalPlatform")
        if is_platform and value.name.startswith("is"):
            worlds = platform(value.name[2:].removesuffix("OS") if value.name != "isMacOS" else "macos")
            worlds = platform("ios") if value.name == "isIOS" else WEB if value.name == "isWeb" else worlds
            return OPEN if worlds is None else worlds_of(worlds)
    declared = members.constant(app, value, where)
    found = app.condition(declared[0], declared[1]) if declared else OPEN
    return by_name(value.name) if found == OPEN else found


def _asked(app: "App", value: Call, where: Where) -> Test:
    """A call that tells yes or no."""
    name = value.target.name if isinstance(value.target, Name | Member) else ""
    if name == "hasEnvironment":
        return FAILS
    if name == "fromEnvironment" and value.arguments:
        for text in app.known_texts(value.arguments[0], where):
            if text in _DEFINES:
                return _DEFINES[text]
        default = value.named.get("defaultValue")
        return app.condition(default, where) if default else FAILS
    if isinstance(value.target, Member) and value.arguments and name in ("contains", "startsWith", "endsWith"):
        return _searched(app, value, value.target.target, where)
    if name == "containsKey" and isinstance(value.target, Member) and value.arguments:
        read = Index(target=value.target.target, key=value.arguments[0], at=value.at)
        return _over(app.arms(read, where), _is_null).opposite
    return by_name(name)


def _searched(app: "App", value: Call, target: Expression, where: Where) -> Test:
    patterns = app.known_texts(value.arguments[0], where)
    name = value.target.name if isinstance(value.target, Member) else ""
    if len(patterns) != 1:
        return OPEN
    how = {"contains": str.__contains__, "startsWith": str.startswith, "endsWith": str.endswith}[name]
    found = _over(
        app.arms(target, where),
        lambda arm: None if arm.null else how(arm.text.raw, patterns[0]) or (False if arm.text.known else None),
    )
    # The text itself rules the other answer out: no build gets there.
    return Test(found.yes or HIDDEN, found.no or HIDDEN)


def _equality(app: "App", left: Expression, right: Expression, where: Where) -> Test:
    for one, two in ((left, right), (right, left)):
        if isinstance(two, Word) and two.word == "null":
            return _over(app.arms(one, where), _is_null)
        if isinstance(two, Word):
            found = app.condition(one, where)
            return found if two.word == "true" else found.opposite
    return equal(app, app.arms(left, where), right, where)


def equal(app: "App", subject: tuple[Arm, ...], label: Expression, where: Where) -> Test:
    """Where the subject of a comparison or of a switch is what a label says."""
    if isinstance(label, Operation) and label.operator == "||":
        found = FAILS
        for operand in label.operands:
            found = either(found, equal(app, subject, operand, where))
        return found
    if isinstance(label, Member) and isinstance(label.target, Name | Member) and label.target.name == "TargetPlatform":
        worlds = platform(label.name)
        return OPEN if worlds is None else worlds_of(worlds)
    labels = app.known_texts(label, where)
    if len(labels) == 1 and all(arm.text.known or arm.null for arm in subject):
        return _over(subject, lambda arm: not arm.null and arm.text.value == labels[0])
    return by_name(label.name if isinstance(label, Name | Member) else labels[0] if labels else "")


def _over(arms: tuple[Arm, ...], holds: Callable[[Arm], bool | None]) -> Test:
    """Where a question about a value is answered yes and no. A variable that is set keeps the
    other answer behind it."""
    yes = no = NOWHERE
    for arm in arms:
        answer = holds(arm)
        yes |= NOWHERE if answer is False else arm.worlds & EVERYWHERE
        no |= NOWHERE if answer is True else arm.worlds & EVERYWHERE
    given = [arm for arm in arms if arm.given]
    if given:
        flag = BEHIND if all(arm.text.known for arm in given) else UNREAD
        return Test(yes or flag, no or flag)
    return Test(yes, no)


def _has_port(arm: Arm) -> bool | None:
    parts = url.parts(arm.text)
    return parts.written_port if parts else None


def _is_null(arm: Arm) -> bool | None:
    return arm.null or (None if not arm.text.raw.strip(UNKNOWN) and not arm.given else False)


def _is_empty(arm: Arm) -> bool | None:
    if arm.null or arm.text.value == "":
        return True
    return None if not arm.text.raw.strip(UNKNOWN) and not arm.given else False
