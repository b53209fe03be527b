"""Which module of the repository a program runs, by the name that its command line gives it."""

from collections.abc import Sequence

from configlint.model.reason import Reason
from configlint.model.regex import regex
from configlint.programs.options import values
from configlint.programs.process import Process
from configlint.programs.program import Application

NAMED = regex(r"(?P<module>[A-Za-z_][\w.]*):(?P<app>[A-Za-z_][^\s]*)")
"""`package.module:app`."""
MODULE = regex(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_DIRECTORIES = ("--app-dir", "--chdir", "--working-dir")


def named_application(here: Process, server: str, default: str = "") -> Application:
    """The application of `server package.module:app`. With a `default`, the module alone is enough."""
    found = next((match for word in here.args if (match := NAMED.fullmatch(word.raw))), None)
    last = here.args[-1].raw if here.args else ""
    if found is not None:
        module, app = found["module"], found["app"]
    elif default and MODULE.fullmatch(last):
        module, app = last, default
    else:
        return Application(reason=Reason("unknown-application", server))
    where = [word.raw for option in _DIRECTORIES for word in values(here.args, option)]
    return module_application(here, module, app, where[-1] if where else "")


def module_application(here: Process, module: str, app: str, where: str = "") -> Application:
    """An application of a module, which is looked for in a directory, then where PYTHONPATH says."""
    parts = module.split(".")
    for base in (where, *_python_path(here)):
        for name in (f"{'/'.join(parts)}.py", f"{'/'.join(parts)}/__init__.py"):
            path = located(here, f"{base}/{name}" if base else name)
            if path:
                return Application(entry=path, app=app, root=path.removesuffix(name).rstrip("/"))
    return Application(reason=Reason("foreign-file", module))


def first_application(here: Process, names: Sequence[str]) -> Application:
    """The first of some files that is there; all of its applications are served."""
    path = next((path for name in names if (path := located(here, name))), "")
    reason = None if path else Reason("no-entry-point", ", ".join(names))
    return Application(entry=path, root=path.rpartition("/")[0], reason=reason)


def located(here: Process, path: str) -> str:
    """The Python file at a path; empty where there is none of ours."""
    found = here.locate(path).path
    return found if found is not None and found in here.files else ""


def _python_path(here: Process) -> list[str]:
    given = here.lookup("PYTHONPATH")
    return [part for part in (given.value or "").split(":") if part] if given is not None else []
