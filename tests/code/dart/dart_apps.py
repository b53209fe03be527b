"""Small Flutter apps, and what is found in them, on one line each."""

from collections.abc import Mapping

from configlint.code.dart.app_values import AppValue, app_values
from configlint.formats.dart import DART, DartDocument
from configlint.model.reason import Reason
from configlint.model.text import Literal, Place, Text

Env = Mapping[str, str | None]
"""The variables of the bundled env files; None for one whose file cannot be read."""

ENV_FILE = ".env"


def documents(files: Mapping[str, str]) -> list[DartDocument]:
    found = [DART.read(path, content) for path, content in files.items() if DART.claims(path)]
    return [document for document in found if isinstance(document, DartDocument)]


def values(code: str | Mapping[str, str], env: Env | None = None) -> list[AppValue]:
    files = {"lib/main.dart": code} if isinstance(code, str) else code
    known = env or {}

    def look(name: str) -> Text | None:
        if name not in known:
            return None
        value = known[name]
        if value is None:
            return Text.unknown(Reason("missing-file"))
        place = Place(ENV_FILE, 0, len(value))
        return Text.literal(value, Literal(place=place, inner=place, style="dotenv/bare"))

    return app_values(documents(files), look)


def lines(code: str | Mapping[str, str], env: Env | None = None) -> list[str]:
    """Every address: `name: text`, and what is out of the ordinary in brackets."""
    return sorted(line(value) for value in values(code, env) if value.kind != "secret")


def line(value: AppValue) -> str:
    usual = ("always", "mobile", "")
    kinds = (value.role, value.reach, value.audience, value.method, "unread" if value.unread else "")
    notes = [note for note in kinds if note not in usual]
    return f"{value.name}: {value.text} ({', '.join(notes)})"
