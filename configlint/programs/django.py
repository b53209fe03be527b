"""Django's `manage.py` and `django-admin`.

Source: Django 5, `core/management/commands/runserver.py`: `runserver [[address:]port]`, by default 127.0.0.1:8000; with
a port alone on 127.0.0.1, with `--ipv6` on ::1, and `0` means 0.0.0.0. Daphne's command of the same name keeps this.
"""

from collections.abc import Iterator

from configlint.model.text import Text
from configlint.programs.addresses import EVERYWHERE, LOOPBACK, assumed, bound, pair
from configlint.programs.applications import located
from configlint.programs.options import flag
from configlint.programs.process import Process
from configlint.programs.program import Application, Listening, Program


def _serves(here: Process) -> bool:
    return any(word.raw == "runserver" for word in here.args)


def _listens(here: Process) -> Iterator[Listening]:
    verb = next(number for number, word in enumerate(here.args) if word.raw == "runserver")
    rest = [word for word in here.args[verb + 1 :] if not word.raw.startswith("-")]
    default = "::1" if flag(here.args, "--ipv6") or flag(here.args, "-6") else LOOPBACK
    if not rest:
        yield bound(assumed(here, default), assumed(here, "8000"))
    elif ":" not in rest[0].raw:
        yield bound(assumed(here, default), rest[0])
    else:
        yield pair(here, _without_nought(rest[0]), "8000", default)


def _without_nought(text: Text) -> Text:
    """`0:8000`, where the address is every one."""
    return Text.assumed(EVERYWHERE) + text[1:] if text.raw.startswith("0:") else text


def _application(here: Process) -> Application | None:
    if here.name != "manage.py":
        return None
    entry = located(here, here.program.raw)
    return Application(entry=entry, root=entry.rpartition("/")[0], serves=_serves(here)) if entry else None


PROGRAMS = (
    Program(
        name="django", commands=("manage.py", "django-admin"), serves=_serves, listens=_listens,
        application=_application,
    ),
)  # fmt: skip
