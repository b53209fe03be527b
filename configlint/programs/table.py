"""The one table of programs. A new one is its module, and one line here."""

from collections.abc import Callable, Mapping

from configlint.compose.running import Running
from configlint.formats.shell.launchers import program_name
from configlint.model.decision import Statement
from configlint.model.text import Text
from configlint.programs import (
    caddy,
    celery,
    daphne,
    databases,
    django,
    flask,
    granian,
    gunicorn,
    http_server,
    hypercorn,
    images,
    nginx,
    node,
    rabbitmq,
    redis,
    streamlit,
    uvicorn,
    waitress,
)  # fmt: skip
from configlint.programs.livekit import programs as livekit
from configlint.programs.livekit.service import program as livekit_program
from configlint.programs.program import Program

_PROGRAMS: tuple[Program, ...] = (
    *gunicorn.PROGRAMS,
    *uvicorn.PROGRAMS,
    *hypercorn.PROGRAMS,
    *daphne.PROGRAMS,
    *granian.PROGRAMS,
    *waitress.PROGRAMS,
    *flask.PROGRAMS,
    *django.PROGRAMS,
    *celery.PROGRAMS,
    *streamlit.PROGRAMS,
    *http_server.PROGRAMS,
    *node.PROGRAMS,
    *redis.PROGRAMS,
    *databases.PROGRAMS,
    *rabbitmq.PROGRAMS,
    *nginx.PROGRAMS,
    *caddy.PROGRAMS,
    *livekit.PROGRAMS,
    *images.PROGRAMS,
)
_BY_NAME = {one.name: one for one in _PROGRAMS}
_BY_COMMAND = {name: one for one in _PROGRAMS for name in one.commands}
_BY_IMAGE = {name: one for one in _PROGRAMS for name in one.images}


def counting(name: str) -> Mapping[str, Callable[[str, Text], list[Statement]]]:
    """The variables that state the workers of a program of the table; see `Program`."""
    return _BY_NAME[name].counting if name in _BY_NAME else {}


def by_command(name: str) -> Program | None:
    """The program that is started under a name, which may be a path."""
    return _BY_COMMAND.get(program_name(name))


def by_image(one: Running) -> Program | None:
    """The program that the image of a service starts; None where the image is built here, or not known."""
    return _started_by(one.repository) if one.image is None else None


def by_base(one: Running) -> Program | None:
    """The program that the base of an image which is built here starts, where nothing here says what starts."""
    unsaid = one.image is not None and one.start.unknown is not None and one.start.unknown.code == "base-image"
    return _started_by(one.repository) if unsaid else None


def _started_by(image: str) -> Program | None:
    repository, _, name = image.rpartition("/")
    return _BY_IMAGE.get(f"{repository.rpartition('/')[2]}/{name}") or _BY_IMAGE.get(name)


def runs_known_image(one: Running) -> bool:
    """Whether a service runs somebody else's program, which knows nothing of the variables in an env file of ours."""
    return by_image(one) is not None or bool(livekit_program(one))
