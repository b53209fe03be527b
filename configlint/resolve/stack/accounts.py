"""With what services log in to the databases and brokers of their stack, and with what those are set up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from configlint.compose.discover import Stack
from configlint.compose.running import Running
from configlint.formats.words import words
from configlint.model.cell import NULL, Cell, cell, typed, unknown
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.tables import Credential, Url
from configlint.model.tables.words import CredentialPart
from configlint.model.text import Text
from configlint.programs.accepted import named
from configlint.programs.database_images import ALWAYS_THERE
from configlint.programs.program import Accepted
from configlint.programs.services import Programs
from configlint.resolve.part import part
from configlint.resolve.stack.code import inside
from configlint.resolve.stack.host_variables import beside
from configlint.workspace.workspace import Workspace

_SCHEMES = {
    "postgres": ("postgres", "postgresql"),
    "mysql": ("mysql", "mariadb"),
    "mongo": ("mongodb",),
    "redis": ("redis", "rediss", "valkey"),
    "rabbitmq": ("amqp", "amqps"),
}
_PARTS: tuple[CredentialPart, ...] = ("user", "password", "database")
_VARIABLES: Mapping[CredentialPart, tuple[str, ...]] = {
    "user": ("USER", "USERNAME"),
    "password": ("PASSWORD", "PASS", "PASSWD", "PWD"),
    "database": ("NAME", "DATABASE", "DB", "DBNAME", "DB_NAME"),
}
_VARIABLES_OF: Mapping[str, Mapping[CredentialPart, tuple[str, ...]]] = {
    "rabbitmq": {"database": ("VHOST",)},
    "redis": {"database": ("DB",)},
}
"""What follows the stem of `DB_HOST` in the variables that go with it."""
_NO_DATABASES = ("mongo",)
"""Systems that make a database when something is first written to it."""
_ASSUMED = {"rabbitmq": ("guest", "guest"), "redis": ("default", None)}
"""User and password that clients of a system take by themselves: pika and kombu; redis-py and ioredis."""
_OTHER_PURPOSE = frozenset({"test", "tests", "testing", "shadow"})
"""With one of these words a variable is about a database that a tool makes and drops."""
_PASSES = frozenset({"password", "pass", "passwd", "pwd", "pw", "secret", "auth", "credentials", "token", "key"})
_CREATES = regex(r"(?i)\bcreate\s+database\b|\bcreatedb\b|\bcreate_database\b|\bdb:(?:create|prepare|setup)\b")
_CREATING_FILES = ("schema.prisma", "Gemfile", "config.ru")
_CREATING_ENDINGS = (".csproj", ".fsproj")
"""Files of projects whose migrations make the database that is missing: Prisma, Rails, Entity Framework."""
_SCRIPTS = (".sh", ".py", ".sql", ".js", ".ts", ".mjs", ".rb", ".json", ".php")


def rows(workspace: Workspace, stack: Stack, programs: Programs, urls: Iterable[Url]) -> Iterator[Credential]:
    """A row for each thing that a database or broker accepts, and for each with which a service comes to one."""
    systems: dict[str, str] = {}
    for one in stack.running.values():
        for started in programs.of(one):
            if started.accepts:
                systems[one.name] = started.name
                yield from _accepted(one, started.name, started.accepts)
    for url in urls:
        known = url.target_state == "known" and url.audience == "network"
        system = systems.get(str(url.target.value), "") if known else ""
        if system and _OTHER_PURPOSE.isdisjoint(words(url.name)):
            yield from _Client(workspace, stack.running[url.service], url, system).rows()


def _accepted(one: Running, system: str, accepted: Sequence[Accepted]) -> Iterator[Credential]:
    for each in accepted:
        yield Credential(
            stack=one.stack, at=each.value.text if each.value.text.place else one.service.name, service=one.name,
            reach=one.reach, name=each.name, system=system, role="server", part=each.part, key=each.user,
            value=each.value, shape="unknown" if each.value.unknown else "real",
        )  # fmt: skip


class _Client:
    """What a service has for logging in at one address."""

    def __init__(self, workspace: Workspace, one: Running, url: Url, system: str) -> None:
        self._scene, self._one, self._url, self._system = workspace, one, url, system

    def rows(self) -> Iterator[Credential]:
        if self._url.scheme.null:
            yield from self._of_variables()
        elif self._url.protocol in _SCHEMES.get(self._system, ()):
            yield from self._of_url()

    def _of_url(self) -> Iterator[Credential]:
        text, name = self._url.url.text, self._url.name
        user, password, database = _named(part(text, "user")), part(text, "password"), _named(part(text, "name"))
        if self._system == "redis" and user.null and not password.null:
            user = typed("default", user.text)
        usual = _ASSUMED.get(self._system)
        if user.null and password.null and usual is not None:
            user = typed(usual[0], user.text)
            password = typed(usual[1], password.text) if usual[1] is not None else password
        if not user.null:
            yield self._row("user", f"the user in {name}", user)
        if not password.null:
            yield self._row("password", f"the password in {name}", _secret(password), user)
        elif text.known and not self._has_password_elsewhere():
            yield self._row("password", f"the empty password in {name}", typed("", password.text), user)
        if not database.null:
            yield from self._database(f"the database in {name}", database)

    def _of_variables(self) -> Iterator[Credential]:
        found = {kind: self._variable(kind) for kind in _PARTS}
        user = cell(found["user"][1]) if found["user"] is not None else NULL
        if self._system == "redis" and user.null:
            user = typed("default", Text())
        for kind, variable in found.items():
            if variable is None:
                continue
            name, text = variable
            if kind == "database":
                yield from self._database(name, cell(named(text)))
            elif kind == "user":
                yield self._row("user", name, cell(named(text)))
            elif not user.null:
                yield self._row("password", name, _secret(cell(text)), user)

    def _variable(self, kind: CredentialPart) -> tuple[str, Text] | None:
        """The variable that goes with the one for the host. An empty one means that the code has its own way."""
        endings = _VARIABLES_OF.get(self._system, {}).get(kind, _VARIABLES[kind])
        found = beside(self._one, self._url.name, endings)
        return found if found is not None and (found[1].raw or not found[1].known) else None

    def _database(self, name: str, database: Cell) -> Iterator[Credential]:
        if self._system in _NO_DATABASES or database.value in ALWAYS_THERE.get(self._system, ()):
            return
        if self._system == "redis" and not str(database.value or 0).isdecimal():
            return
        if self._system != "rabbitmq" and not database.unknown and (file := self._creating()):
            database = unknown(Reason("may-create", file), database.text)
        yield self._row("database", name, database)

    def _creating(self) -> str:
        """A file of the service that may make the database which it calls."""
        if self._system == "redis":
            return ""
        for path in inside(self._scene, self._one):
            name = path.rpartition("/")[2]
            if name in _CREATING_FILES or name.endswith(_CREATING_ENDINGS):
                return path
            if name.endswith(_SCRIPTS) and _CREATES.search(self._scene.store.text(path) or ""):
                return path
        return ""

    def _has_password_elsewhere(self) -> bool:
        """Whether the service may take its password from somewhere else than the URL."""
        names = (name for name in self._one.environment.values if name != self._url.name)
        given = any(not _PASSES.isdisjoint(words(name)) or "PASSWORD" in name.upper() for name in names)
        return given or bool(self._one.environment.missing or self._one.service.secrets)

    def _row(self, kind: CredentialPart, name: str, value: Cell, key: Cell = NULL) -> Credential:
        url = self._url
        at = value.text if value.text.place else url.at
        return Credential(
            stack=url.stack, at=at, service=url.service, reach=url.reach, name=name, system=self._system,
            role="client", part=kind, key=key, value=value, target=url.target,
            shape="unknown" if value.unknown else "real",
        )  # fmt: skip


def _named(value: Cell) -> Cell:
    return Cell(value=value.value, text=named(value.text)) if value.value is not None else value


def _secret(value: Cell) -> Cell:
    return Cell(value=value.value, text=value.text.as_secret())
