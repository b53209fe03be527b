"""Which files belong together where no compose file says so: the nearest, and those of the same environment."""

from collections.abc import Sequence

from configlint.workspace.workspace import basename, directory

_ENVIRONMENTS = {
    "prod": "production", "production": "production", "stage": "staging", "staging": "staging",
    "test": "test", "testing": "test", "ci": "ci", "qa": "qa", "dev": "development", "development": "development",
}  # fmt: skip


def environment(path: str) -> str:
    """The environment that a file's name speaks of: `.env.production` and `livekit-prod.yaml` are of one."""
    for part in basename(path).lower().replace("-", ".").replace("_", ".").split("."):
        if part in _ENVIRONMENTS:
            return _ENVIRONMENTS[part]
    return ""


def partners(path: str, candidates: Sequence[str]) -> tuple[str, ...]:
    """The candidates that go with a file: of its environment, if any are, and of these the nearest, all of them.

    Nearest is the one that shares the deepest directory with the file, and then lies closest below that.
    """
    own = environment(path)
    alike = [one for one in candidates if environment(one) == own]
    plain = [one for one in candidates if not environment(one)]
    eligible = alike or plain or (list(candidates) if not own else [])
    if not eligible:
        return ()
    distances = {one: _distance(path, one) for one in eligible}
    nearest = min(distances.values())
    return tuple(one for one in eligible if distances[one] == nearest)


def _distance(path: str, other: str) -> tuple[int, int]:
    here, there = _parts(path), _parts(other)
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return -shared, len(there) - shared


def _parts(path: str) -> list[str]:
    where = directory(path)
    return where.split("/") if where else []
