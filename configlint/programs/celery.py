"""Celery, whose workers serve nobody and call others all the same.

Source: Celery 5.4, `bin/celery.py`: `celery -A package.module[:app] worker`, or `package.module.app`.
"""

from configlint.programs.applications import module_application
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Application, Program


def _application(here: Process) -> Application | None:
    for word in values(here.args, "--app", "-A"):
        parts = word.raw.replace(":", ".").split(".")
        for length in range(len(parts), 0, -1):
            found = module_application(here, ".".join(parts[:length]), "")
            if found.entry:
                return Application(entry=found.entry, root=found.root, serves=False)
    return None


PROGRAMS = (Program(name="celery", commands=("celery",), application=_application),)
