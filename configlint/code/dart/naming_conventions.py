"""Answers to conditions as sets of variants, and what names alone tell of the builds that they are for."""

from typing import NamedTuple

from configlint.code.dart.build_variants import DEBUG, EVERYWHERE, NOWHERE, narrowed, united
from configlint.formats.secrecy import words


class Condition(NamedTuple):
    """The variants in which a condition can hold, and those in which it can fail."""

    yes: int
    no: int

    @property
    def opposite(self) -> "Condition":
        return Condition(self.no, self.yes)


OPEN = Condition(EVERYWHERE, EVERYWHERE)
HOLDS = Condition(EVERYWHERE, NOWHERE)
FAILS = HOLDS.opposite

_FOR_RELEASE = frozenset({"prod", "production", "release", "live"})
_FOR_DEBUG = frozenset(
    {"dev", "develop", "development", "debug", "local", "localhost", "emulator", "simulator", "test", "testing", "mock"}
)
_BUILT_FOR = frozenset({"dev", "develop", "development", "debug", "test", "testing", "mock"})
_SETTINGS = frozenset(
    {"config", "configuration", "env", "environment", "flavor", "settings", "app", "api", "constants", "options"}
)
_NEGATES = frozenset({"not", "non", "no"})


def either(one: Condition, two: Condition) -> Condition:
    return Condition(united(one.yes, two.yes), narrowed(one.no, two.no))


def both(one: Condition, two: Condition) -> Condition:
    return either(one.opposite, two.opposite).opposite


def condition_of_platform(platform_variants: int) -> Condition:
    return Condition(platform_variants, EVERYWHERE & ~platform_variants)


def condition_of_name(name: str) -> Condition:
    """What a name alone tells of the builds in which it holds."""
    parts = set(words(name))
    found = Condition(EVERYWHERE, DEBUG) if parts & _FOR_RELEASE else Condition(DEBUG, EVERYWHERE)
    if not parts & (_FOR_RELEASE | _FOR_DEBUG) or (parts & _FOR_RELEASE and parts & _FOR_DEBUG):
        return OPEN
    return found.opposite if parts & _NEGATES else found


def condition_of_holder(name: str) -> Condition:
    """What the name of a class, or of an object, tells of the builds that use it: `DevConfig`, `development`."""
    parts = set(words(name))
    return condition_of_name(name) if parts & _BUILT_FOR and parts <= _BUILT_FOR | _SETTINGS else OPEN


_BEGIN = frozenset({"main", "entry", "entrypoint", "bootstrap", "firebase", "flavors", "run"})
"""Words of files from which an app starts, or that hold its settings, beside those of settings themselves."""


def condition_of_file(path: str) -> Condition:
    """What the path of a file tells of the builds that use it: `lib/main_dev.dart`, `env/dev_env.dart`."""
    *directories, name = path.split("/")
    if not {"dev", "development"}.isdisjoint(directories):
        return Condition(DEBUG, EVERYWHERE)
    parts = set(words(name.removesuffix(".dart")))
    begins = parts & (_BEGIN | {"env", "environment", "flavor"})
    marks = parts & (_BUILT_FOR | {"local", "localhost", "emulator"} if begins else _BUILT_FOR)
    return Condition(DEBUG, EVERYWHERE) if marks and parts - marks <= _BEGIN | _SETTINGS else OPEN
