"""The rules that come with the program."""

import os

from configlint.repo.reading import read_outside
from configlint.repo.trace import Trace

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def builtin_rules(trace: Trace | None = None) -> list[tuple[str, str]]:
    """The built-in rule files, as (absolute path, content), sorted.

    A wheel ships them inside the package; where the package is used from its source, they lie beside it.
    """
    for directory in (os.path.join(_PACKAGE, "rules"), os.path.join(os.path.dirname(_PACKAGE), "rules")):
        names = sorted(name for name in _names(directory, trace) if name.endswith(".yaml"))
        if names:
            return [(path, read_outside(path, trace)) for path in (os.path.join(directory, name) for name in names)]
    return []


def prepared_rules(trace: Trace | None = None) -> str | None:
    """What a wheel holds of its rules in prepared form, without their examples; None in a source tree."""
    path = os.path.join(_PACKAGE, "rules", "prepared.json")
    if trace is not None:
        trace.look(path)
    return read_outside(path, trace) if os.path.exists(path) else None


def _names(directory: str, trace: Trace | None) -> list[str]:
    if trace is not None:
        trace.look(directory)
    try:
        return os.listdir(directory)
    except OSError:
        return []
