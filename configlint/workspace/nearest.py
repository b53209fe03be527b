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


class Nearest:
    """Candidates to go with a file: of its environment, if any are, and of these the nearest, all of them.

    Nearest is the one that shares the deepest directory with the file, and then lies closest below that.
    """

    def __init__(self, candidates: Sequence[str]) -> None:
        self._candidates = candidates
        self._by_environment: dict[str, list[str]] = {}
        for path in candidates:
            self._by_environment.setdefault(environment(path), []).append(path)
        self._closest: dict[str | None, dict[str, list[str]]] = {}

    def partners(self, path: str) -> tuple[str, ...]:
        """Those that go with a file, in their order."""
        own = environment(path)
        among = next((name for name in (own, "") if name in self._by_environment), None)
        if among is None and own:
            return ()
        closest = self._below(among)
        where = directory(path)
        while where and where not in closest:
            where = directory(where)
        return tuple(closest.get(where, ()))

    def _below(self, among: str | None) -> dict[str, list[str]]:
        """For each directory the candidates closest below it: those of one environment, or all."""
        if among not in self._closest:
            eligible = self._candidates if among is None else self._by_environment[among]
            self._closest[among] = _closest(eligible)
        return self._closest[among]


def _closest(candidates: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, tuple[int, list[str]]] = {}
    for path in candidates:
        where, below = directory(path), 0
        while True:
            depth, best = found.get(where, (below + 1, []))
            if below < depth:
                found[where] = (below, [path])
            elif below == depth:
                best.append(path)
            if not where:
                break
            where, below = directory(where), below + 1
    return {where: best for where, (_, best) in found.items()}
