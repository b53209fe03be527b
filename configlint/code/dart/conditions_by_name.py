"""Answers to conditions as sets of worlds, and what names alone tell of the builds that they are for."""

from typing import NamedTuple

from configlint.code.dart.build_variants import DEBUG, EVERYWHERE, NOWHERE, narrowed, united
from configlint.formats.secrecy import words


class Test(NamedTuple):
    """The worlds in which a condition can hold, and those in which it can fail."""

    yes: int
    no: int

    @property
    def opposite(self) -> "Test":
        return Test(self.no, self.yes)


OPEN = Test(EVERYWHERE, EVERYWHERE)
HOLDS = Test(EVERYWHERE, NOWHERE)
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


def either(one: Test, two: Test) -> Test:
    return Test(united(one.yes, two.yes), narrowed(one.no, two.no))


def both(one: Test, two: Test) -> Test:
    return either(one.opposite, two.opposite).opposite


def worlds_of(platform_worlds: int) -> Test:
    return Test(platform_worlds, EVERYWHERE & ~platform_worlds)


def by_name(name: str) -> Test:
    """What a name alone tells of the builds in which it holds."""
    parts = set(words(name))
    found = Test(EVERYWHERE, DEBUG) if parts & _FOR_RELEASE else Test(DEBUG, EVERYWHERE)
    if not parts & (_FOR_RELEASE | _FOR_DEBUG) or (parts & _FOR_RELEASE and parts & _FOR_DEBUG):
        return OPEN
    return found.opposite if parts & _NEGATES else found


def holder(name: str) -> Test:
    """What the name of a class, or of an object, tells of the builds that use it: `DevConfig`, `development`."""
    parts = set(words(name))
    return by_name(name) if parts & _BUILT_FOR and parts <= _BUILT_FOR | _SETTINGS else OPEN


_BEGIN = frozenset({"main", "entry", "entrypoint", "bootstrap", "firebase", "flavors", "run"})
"""Words of files from which an app starts, or that hold its settings, beside those of settings themselves."""


def file_for(path: str) -> Test:
    """What the path of a file tells of the builds that use it: `lib/main_dev.dart`, `env/dev_env.dart`."""
    *directories, name = path.split("/")
    if not {"dev", "development"}.isdisjoint(directories):
        return Test(DEBUG, EVERYWHERE)
    parts = set(words(name.removesuffix(".dart")))
    begins = parts & (_BEGIN | {"env", "environment", "flavor"})
    marks = parts & (_BUILT_FOR | {"local", "localhost", "emulator"} if begins else _BUILT_FOR)
    return Test(DEBUG, EVERYWHERE) if marks and parts - marks <= _BEGIN | _SETTINGS else OPEN
