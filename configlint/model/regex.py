"""Regular expressions that are compiled when they are first used: a run uses a third of those that there are."""

import re
from typing import Any, cast


class _Regex:
    """Stands for a pattern. The first use of a method compiles it; from then on its methods stand here themselves."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what copying and pickling look for
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__ |= {method: getattr(compiled, method) for method in _METHODS}
        return getattr(compiled, name)


_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split", "groupindex", "groups")


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, for patterns of a module: an error in one shows when it is used."""
    return cast("re.Pattern[str]", _Regex(pattern, flags))
