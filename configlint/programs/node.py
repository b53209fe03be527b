"""Servers of JavaScript projects: Vite, Next.js, and programs that Node runs.

Sources: Vite 6, `cli.ts` and `config.ts`: `vite`, `vite dev` and `vite preview` listen on localhost, unless `--host` or
`server.host` (`preview.host`) names another address (without a value, every one); on port 5173, or 4173 for a preview.
Next.js 15, `next-dev.ts` and `next-start.ts`: port 3000, `-p` over PORT; every address, unless `-H` names one.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from configlint.model.cell import Cell, unknown
from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.model.text import Place, Text
from configlint.programs.addresses import EVERYWHERE, Setting, address_cell, assumed, bound, value_of
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Listening, Program

_VERBS = {"": "5173", "dev": "5173", "serve": "5173", "preview": "4173"}
_FILES = tuple(f"vite.config.{ending}" for ending in ("ts", "js", "mts", "mjs", "cts", "cjs"))
_COMMENT = regex(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_PORT = regex(r"\bport\s*:\s*(\d+)\b")
_PORTS = regex(r"\bport\b|\bhmr\b|\bpreview\b")
_HOSTS = regex(r"\bhost\b|\.\.\.|\bmergeConfig\b")
"""Words in a configuration file by which it may say something else than what is read."""


def _verb(here: Process) -> str:
    """The command of Vite. Any other first word is the directory of the project."""
    first = here.args[0].raw if here.args else ""
    return first if first in _VERBS or first in ("build", "optimize") else ""


def _serves_vite(here: Process) -> bool:
    return _verb(here) in _VERBS


def _vite(here: Process) -> Iterator[Listening]:
    configuration = _Configuration(here)
    given = values(here.args, "--port")
    port = given[-1] if given else configuration.port(_VERBS[_verb(here)])
    listening = bound(assumed(here, EVERYWHERE), port, "command" if given else "config")
    yield Listening(port=listening.port, address=_vite_address(here, configuration), source=listening.source)


def _vite_address(here: Process, configuration: "_Configuration") -> Cell:
    for word, after in pairwise((*here.args, Text())):
        if word.raw.startswith("--host="):
            return address_cell(word[len("--host=") :])
        if word.raw == "--host":
            bare = not after.raw or after.raw.startswith("-")
            return address_cell(assumed(here, EVERYWHERE) if bare else after)
    return configuration.address()


class _Configuration:
    """What Vite's configuration file says, a program of which only the plainest settings are understood."""

    def __init__(self, here: Process) -> None:
        self._here = here
        self._path = next((path for name in _FILES if (path := here.file(name))), "")
        content = here.store.text(self._path) if self._path else None
        # What is commented out keeps its length, so that places stay where they are.
        self._content = _COMMENT.sub(lambda found: " " * len(found[0]), content or "")
        self._unseen = not self._path and here.locate(_FILES[0]).how in ("unknown", "hidden")

    def port(self, default: str) -> Text:
        if self._unseen:
            return Text.unknown(Reason("foreign-file", _FILES[0]), self._here.program.place)
        words = list(_PORTS.finditer(self._content))
        found = _PORT.search(self._content)
        if found is not None and len(words) == 1:
            return Text.exactly(found[1], Place(self._path, *found.span(1)))
        if words:
            return Text.unknown(Reason("not-followed", self._path), self._here.program.place)
        return assumed(self._here, default)

    def address(self) -> Cell:
        """localhost, unless the file has a word on the host, or takes its settings from elsewhere."""
        if self._unseen or _HOSTS.search(self._content):
            return unknown(Reason("may-be-set", "host", self._path or _FILES[0]), self._here.program)
        return address_cell(assumed(self._here, "localhost"))


_NEXT_PORT = Setting(option="--port", short="-p", variable="PORT", default="3000")
_NEXT_HOST = Setting(option="--hostname", short="-H", default=EVERYWHERE)


def _serves_next(here: Process) -> bool:
    return bool(here.args) and here.args[0].raw in ("dev", "start")


def _next(here: Process) -> Iterator[Listening]:
    yield bound(value_of(here, _NEXT_HOST), value_of(here, _NEXT_PORT))


PROGRAMS = (
    Program(name="vite", commands=("vite",), serves=_serves_vite, listens=_vite),
    Program(name="next", commands=("next",), serves=_serves_next, listens=_next),
)
