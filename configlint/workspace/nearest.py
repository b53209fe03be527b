"""Which files belong together where no compose file says so: the nearest, and those of the same environment."""

import re
from collections.abc import Sequence

from configlint.formats.dotenv import document as dotenv
from configlint.model.regex import regex
from configlint.workspace.documents import Shelf
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


def promised_names(shelf: Shelf, path: str) -> frozenset[str]:
    """The variables that an env file sets where it is, by the templates that are named for it."""
    beside = (file for file in shelf.tree.files if directory(file) == directory(path) and dotenv.template_name(file))
    templates = (shelf.dotenv(file) for file in beside if dotenv.claims(file) and promised(file) == path)
    return frozenset(binding.name.raw for found in templates if found is not None for binding in found.bindings)


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
