"""The cost of a check, in calls of functions: their number is the same on every machine, as seconds are not."""

import gc
import sys
from collections.abc import Callable
from types import FrameType

from trees import BUILT_IN

from configlint.engine.check import check
from configlint.model.memory_tree import MemoryTree
from configlint.model.settings import DEFAULTS, Settings

MOST = 4.4
Files = dict[str, str]


def grows_in_proportion(make: Callable[[int], Files], size: int, settings: Settings = DEFAULTS) -> None:
    """Fails if four times as much costs much more than four times as many calls."""
    counted(make(2), settings)  # what is made once in a process is no part of the growth
    small, large = counted(make(size), settings), counted(make(4 * size), settings)
    assert large <= MOST * small, f"{small} and {large}: {large / small:.2f}"


def counted(files: Files, settings: Settings = DEFAULTS) -> int:
    """How many functions of Python a check of some files calls."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    tree = MemoryTree(files)
    gc.disable()
    sys.setprofile(count)
    try:
        check(tree, settings, BUILT_IN)
    finally:
        sys.setprofile(None)
        gc.enable()
    return calls
