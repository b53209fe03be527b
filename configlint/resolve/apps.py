"""Flutter apps: the addresses that they call."""

from collections.abc import Iterator

from configlint.model.tables import Row
from configlint.resolve.scene import Scene


def rows(scene: Scene) -> Iterator[Row]:
    return iter(())
