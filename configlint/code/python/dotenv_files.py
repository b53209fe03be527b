"""Which dotenv files a program loads by itself, and with which library."""

import ast
from collections.abc import Iterator, Mapping

from configlint.code.language import EnvFile
from configlint.code.python.evaluate import Evaluator
from configlint.code.python.objects import dotted, follow, made_by
from configlint.code.python.pydantic import SettingsClass
from configlint.code.python.scope import Scope
from configlint.code.python.values import Value
from configlint.model.text import Place, Text

PYTHON_DOTENV = "python-dotenv"
DJANGO_ENVIRON = "django-environ"
DECOUPLE = "python-decouple"
STARLETTE = "starlette"
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
_WITHOUT_PATH = ("decouple.config", "decouple.AutoConfig")
"""These look for their file by themselves; their argument is something else."""
_NAMES = ("dotenv_path", "path", "env_file", "source", "filename")
"""What the libraries call the parameter that takes the path."""
_OPTIONS = {"uvicorn.run": "env_file", "uvicorn.Config": "env_file"}
"""Functions that load a file only if this option names one; so does `_env_file` of any settings class."""


def loaded_files(node: ast.Call, scope: Scope, evaluator: Evaluator) -> Iterator[EnvFile]:
    """The file that a call loads, if it is one of the libraries' loading functions."""
    named = {word.arg: word.value for word in node.keywords if word.arg}
    place = scope.document.source.place(node)
    path = dotted(node.func, scope)
    option = named.get(_OPTIONS.get(path, "_env_file"))
    if option is not None:
        yield from _files(evaluator.value(option, scope), place)
        return
    if isinstance(node.func, ast.Attribute) and path not in _LOADERS:
        path = f"{made_by(node.func.value, scope)}.{node.func.attr}"
    if path not in _LOADERS:
        return
    given = node.args[0] if node.args else next((named[name] for name in _NAMES if name in named), None)
    file, searched = _path(None if path in _WITHOUT_PATH else given, scope, evaluator)
    override = named.get("override", named.get("overwrite"))
    if path != "starlette.config.Config" or file is not None:
        yield EnvFile(
            path=file or Text.assumed(".env"),
            place=place,
            program=_LOADERS[path],
            searched=searched,
            override=isinstance(override, ast.Constant) and override.value is True,
        )


def _path(node: ast.expr | None, scope: Scope, evaluator: Evaluator) -> tuple[Text | None, bool]:
    """The path that a loader is given, if any, and whether it is searched for."""
    if node is None:
        return None, True
    referent = follow(node, scope)
    if isinstance(referent.node, ast.Call) and dotted(referent.node.func, referent.scope) in _SEARCHING:
        arguments = referent.node.args
        return (evaluator.text(arguments[0], referent.scope) if arguments else None), True
    value = evaluator.value(node, scope)
    return (None, True) if value.kind == "none" else (value.text, False)


def _files(value: Value, place: Place) -> Iterator[EnvFile]:
    """One file or a list of them, the later ones winning; each counts from where the program is started."""
    if value.kind == "none" and value.text.known:
        return
    for item in value.items if value.kind == "list" else (value,):
        yield EnvFile(path=item.text, place=item.text.place or place, program=PYTHON_DOTENV, listed=True)


def settings_files(described: SettingsClass, place: Place, evaluator: Evaluator) -> Iterator[EnvFile]:
    """The files of pydantic's `env_file`."""
    if "env_file" in described.options:
        yield from _files(evaluator.value(*described.options["env_file"]), place)
