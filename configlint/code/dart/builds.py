"""How an app is built: for which platform, from which file, and which variables that defines for its code."""

from collections.abc import Mapping, Sequence

from configlint.code.dart.build_variants import BEHIND, DEBUG, EVERYWHERE, PHONES, RELEASE, UNREAD, platform
from configlint.model.reason import Reason
from configlint.model.record import record
from configlint.model.text import Text

_PLATFORMS = {
    "apk": "android", "appbundle": "android", "aar": "android", "ios": "ios", "ipa": "ios", "ios-framework": "ios",
    "web": "web", "macos": "macos", "windows": "windows", "linux": "linux",
}  # fmt: skip
"""What follows `flutter build`, and where that runs."""


@record
class Build:
    """One `flutter build`. `worlds` are those in which its result runs (see `build_variants`).

    `target` is the file of `main`, relative to the package. `missing` is a file with definitions that is not here.
    """

    worlds: int
    target: str
    defined: Mapping[str, Text]
    missing: Reason | None = None

    @property
    def released(self) -> bool:
        """Whether it makes what phones get."""
        return bool(self.worlds & RELEASE & PHONES)


def worlds_of(kind: str, *, debug: bool) -> int | None:
    """The worlds of `flutter build KIND`; None where there is no such kind."""
    found = platform(_PLATFORMS.get(kind, ""))
    return None if found is None else found & (DEBUG if debug else RELEASE)


def given(builds: Sequence[Build], name: str) -> tuple[list[tuple[Text, int]], int]:
    """The values that builds define for a name, each with its worlds; then the worlds in which its default counts."""
    values = [(build.defined[name], build.worlds) for build in builds if name in build.defined]
    values += [
        (Text.unknown(build.missing), build.worlds) for build in builds if build.missing and name not in build.defined
    ]
    released = [build for build in builds if build.released]
    if not released or any(name not in build.defined and not build.missing for build in released):
        return values, EVERYWHERE
    return values, BEHIND if all(name in build.defined for build in released) else UNREAD


def targets(builds: Sequence[Build]) -> frozenset[str]:
    """The files from which the released builds start; without any build, that of a build without target."""
    return frozenset(build.target for build in builds if build.released) or frozenset({DEFAULT_TARGET})


DEFAULT_TARGET = "lib/main.dart"
