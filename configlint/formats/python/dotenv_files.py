"""Which dotenv files a program loads by itself, and with which library."""

import ast
from collections.abc import Iterator, Mapping

from configlint.formats.python.evaluate import Evaluator
from configlint.formats.python.objects import dotted, made_by
from configlint.formats.python.pydantic import SettingsClass
from configlint.formats.python.scope import Scope
from configlint.formats.python.values import Value
from configlint.model.record import record
from configlint.model.text import Place, Text

PYTHON_DOTENV = "python-dotenv"
DJANGO_ENVIRON = "django-environ"
DECOUPLE = "python-decouple"
STARLETTE = "starlette"


@record
class DotenvFile:
    """A dotenv file that a program loads at `place`, and the library that decides how it is read.

    With `searched`, the library looks for a file of that name in the directory of the code and in those above it;
    otherwise a relative path counts from the directory in which the program is started. With `override`, its values
    win over variables that are set already.
    """

    path: Text
    place: Place
    program: str
    searched: bool = False
    override: bool = False


_LOADERS: Mapping[str, str] = {
    "dotenv.load_dotenv": PYTHON_DOTENV,
    "dotenv.main.load_dotenv": PYTHON_DOTENV,
    "dotenv.dotenv_values": PYTHON_DOTENV,
    "dotenv.main.dotenv_values": PYTHON_DOTENV,
    "environs.env.read_env": PYTHON_DOTENV,
    "environs.Env.read_env": PYTHON_DOTENV,
    "environ.Env.read_env": DJANGO_ENVIRON,
    "environ.Env.read_envfile": DJANGO_ENVIRON,
    "starlette.config.Config": STARLETTE,
    "decouple.RepositoryEnv": DECOUPLE,
    "decouple.config": DECOUPLE,
    "decouple.AutoConfig": DECOUPLE,
}
_SEARCHING = ("dotenv.find_dotenv", "dotenv.main.find_dotenv")
_NAMES = ("dotenv_path", "path", "env_file", "source", "filename")
"""What the libraries call the parameter that takes the path."""


def loaded_files(node: ast.Call, scope: Scope, evaluator: Evaluator) -> Iterator[DotenvFile]:
    """The file that a call loads, if it is one of the libraries' loading functions."""
    path = dotted(node.func, scope)
    if isinstance(node.func, ast.Attribute) and path not in _LOADERS:
        path = f"{made_by(node.func.value, scope)}.{node.func.attr}"
    program = _LOADERS.get(path)
    if program is None:
        return
    place = scope.document.source.place(node)
    named = {word.arg: word.value for word in node.keywords if word.arg}
    given = node.args[0] if node.args else next((named[name] for name in _NAMES if name in named), None)
    if path in ("decouple.config", "decouple.AutoConfig"):
        given = None
    if isinstance(given, ast.Call) and dotted(given.func, scope) in _SEARCHING:
        given = given.args[0] if given.args else None
        searched = True
    else:
        searched = given is None
    if searched and program == STARLETTE:
        return
    value = evaluator.value(given, scope) if given is not None else None
    if value is None or value.kind == "none":
        value, searched = Value(kind="str", text=Text.assumed(".env")), True
    override = named.get("override", named.get("overwrite"))
    yield DotenvFile(
        path=value.text,
        place=place,
        program=program,
        searched=searched,
        override=isinstance(override, ast.Constant) and override.value is True,
    )


def settings_files(described: SettingsClass, place: Place, evaluator: Evaluator) -> Iterator[DotenvFile]:
    """The files of pydantic's `env_file`, the later ones winning; each counts from where the program is started."""
    if "env_file" not in described.options:
        return
    node, scope = described.options["env_file"]
    value = evaluator.value(node, scope)
    if value.kind == "none" and value.text.known:
        return
    for item in value.items if value.kind == "list" else (value,):
        yield DotenvFile(path=item.text, place=item.text.place or place, program=PYTHON_DOTENV)
