"""Where code of an app runs: sets of worlds, each a platform in a release or in a debug build.

A set is an integer of bits, so that the branches of a condition are cut by `&`. Three more bits say why no world
reaches some code: it waits behind a variable that is set, or that may be set in a file that is not here, or it is not
to be judged.
"""

from configlint.model.tables import Reach
from configlint.model.tables.words import Audience

_PLATFORMS = {"android": 1, "ios": 2, "web": 4, "macos": 8, "windows": 16, "linux": 32, "fuchsia": 64}
_ALL_PLATFORMS = 127
_WIDTH = 7

RELEASE = _ALL_PLATFORMS
DEBUG = _ALL_PLATFORMS << _WIDTH
"""Profile builds count as neither: they are made to measure, and behave like the one or the other."""
EVERYWHERE = RELEASE | DEBUG
NOWHERE = 0
BEHIND = 1 << (2 * _WIDTH)
"""No world, because a variable that is set decides."""
UNREAD = BEHIND << 1
"""No world that anybody can see from here, because a variable decides whose file cannot be read."""
HIDDEN = UNREAD << 1
"""Not to be judged: the very text excludes it."""
_FLAGS = BEHIND | UNREAD | HIDDEN

PHONES = (_PLATFORMS["android"] | _PLATFORMS["ios"]) * (1 | 1 << _WIDTH)
WEB = _PLATFORMS["web"] * (1 | 1 << _WIDTH)


def platform(name: str) -> int | None:
    """The worlds of a platform, by its name in any case; None where there is no such platform."""
    bits = _PLATFORMS.get(name.lower())
    return None if bits is None else bits | bits << _WIDTH


def narrowed(worlds: int, within: int) -> int:
    """The worlds of one set that are in the other too."""
    return worlds & within & EVERYWHERE | (worlds | within) & _FLAGS


def united(one: int, two: int) -> int:
    """The worlds of either set; what keeps them out counts only where there are none."""
    return (one | two) & EVERYWHERE or one | two


def audience(worlds: int) -> Audience:
    """Who calls from there: `mobile` where a phone can, else `browser`, else `host` (a desktop)."""
    if worlds & PHONES or not worlds & EVERYWHERE:
        return "mobile"
    return "browser" if worlds & WEB else "host"


def reach(worlds: int) -> Reach:
    """`always` where a release build gets there, `latent` behind a variable that is set, else `debug`."""
    of_audience = {"mobile": PHONES, "browser": WEB}.get(audience(worlds), EVERYWHERE)
    if worlds & of_audience & RELEASE:
        return "always"
    return "latent" if worlds & BEHIND and not worlds & EVERYWHERE else "debug"
