"""What the images of databases and brokers set up when they start with an empty volume, out of their variables."""

from collections.abc import Iterator, Sequence

from configlint.compose.running import Running
from configlint.formats.words import legible
from configlint.model.cell import NULL, Cell, cell, unknown
from configlint.model.reason import Reason
from configlint.model.tables.words import CredentialPart
from configlint.model.text import Text
from configlint.programs.process import Process
from configlint.programs.program import Accepted

_REGISTRIES = ("docker.io/", "index.docker.io/", "registry-1.docker.io/", "public.ecr.aws/docker/", "mirror.gcr.io/")


def official(here: Process, *repositories: str) -> bool:
    """Whether a process runs in one of these images, pulled as it is. Others read other variables."""
    one = here.service
    if one is None or one.image is not None or one.service.build is not None:
        return False
    name = one.repository
    for registry in _REGISTRIES:
        name = name.removeprefix(registry)
    return name.removeprefix("library/") in repositories


def configured(here: Process, *prefixes: str) -> bool:
    """Whether any variable with one of these prefixes is set, or may be.

    A database without them does not start with an empty volume: somebody set it up elsewhere.
    """
    names = here.service.environment.values if here.service is not None else ()
    return bool(here.missing) or any(name.startswith(prefixes) for name in names)


def variable(here: Process, *names: str) -> tuple[str, Text | None]:
    """The first of several variables that is set to something, with its name; unknown where a file holds its value."""
    for name in names:
        text = here.lookup(name)
        if text is not None and (text.raw or not text.known):
            return name, text
        file = here.lookup(f"{name}_FILE")
        if file is not None and file.raw:
            return f"{name}_FILE", Text.unknown(Reason("not-followed", f"{name}_FILE"), file.place)
    if here.missing:
        return names[0], Text.unknown(Reason("may-be-set", names[0], here.missing), here.program.place)
    return names[0], None


DEFAULT = "the image's default"
"""The name of what nobody states. A password of this kind has no place: what is there is not secret."""


def user(name: str, text: Text) -> Accepted:
    return Accepted(part="user", name=name, value=cell(named(text)))


def password(name: str, text: Text, of: Cell = NULL) -> Accepted:
    """The password of a user, or of all."""
    return Accepted(part="password", name=name, value=cell(text.as_secret()), user=of)


def database(name: str, text: Text) -> Accepted:
    return Accepted(part="database", name=name, value=cell(named(text)))


def named(text: Text) -> Text:
    """The name of a user or database; one that looks generated may be a secret."""
    return text if legible(text.raw) else text.as_secret()


def anything(parts: Sequence[CredentialPart], name: str, reason: Reason | None, at: Text) -> Iterator[Accepted]:
    """What stands for users, passwords or databases of which nobody here knows.

    Where there may be more users, it is not known whose password that is; otherwise it is that of all.
    """
    doubt = unknown(reason, at)
    for part in parts:
        yield Accepted(
            part=part, name=name, value=doubt, user=doubt if part == "password" and "user" in parts else NULL
        )


def brought(here: Process, *targets: str) -> Text | None:
    """What compose brings to one of some paths in the container, or to somewhere below it."""
    return next((text for text in _targets(here.service) if _below(text.raw, targets)), None) if here.service else None


def _targets(one: Running | None) -> Iterator[Text]:
    if one is not None:
        yield from (mount.target for mount in one.service.volumes)
        yield from (grant.target for grant in (*one.service.configs, *one.service.secrets))


def _below(path: str, targets: Sequence[str]) -> bool:
    return any(path.rstrip("/") == target or path.startswith(f"{target}/") for target in targets)
