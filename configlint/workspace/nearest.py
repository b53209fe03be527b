"""Which files belong together where no compose file says so: the nearest, and those of the same environment."""

import re
from collections.abc import Sequence

from configlint.formats.dotenv import document as dotenv
from configlint.model.regex import regex
from configlint.workspace.documents import DocumentStore
from configlint.workspace.workspace import basename, directory

_ENVIRONMENTS = {
    "prod": "production", "production": "production", "stage": "staging", "staging": "staging",
    "test": "test", "testing": "test", "ci": "ci", "qa": "qa", "dev": "development", "development": "development",
}  # fmt: skip


_TEMPLATE_ENDING = regex(r"[._-](?:example|sample|template|tmpl|dist|defaults?)$", re.IGNORECASE)


def promised(template: str) -> str:
    """The env file that is made from a template: `.env.production` from `.env.production.example`, mostly `.env`."""
    where, name = directory(template), basename(template)
    made = _TEMPLATE_ENDING.sub("", name) if name.startswith(".env") else ".env"
    return f"{where}/{made}" if where else made


def promised_names(store: DocumentStore, path: str) -> frozenset[str]:
    """The variables that an env file sets where it is, by the templates that are named for it."""
    beside = (file for file in store.tree.files if directory(file) == directory(path) and dotenv.template_name(file))
    templates = (store.dotenv(file) for file in beside if dotenv.claims(file) and promised(file) == path)
    return frozenset(binding.name.raw for found in templates if found is not None for binding in found.bindings)


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
