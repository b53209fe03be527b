"""Which modules run when one is started."""

import pytest

from configlint.code.python.closure import closure
from configlint.formats.python.document import read

FILES = {
    "api/app/__init__.py": "from . import package\n",
    "api/app/package.py": "",
    "api/app/main.py": "",
    "api/app/routers/__init__.py": "",
    "api/app/routers/users.py": "from ..models import User\n",
    "api/app/models.py": "import api_keys\n",
    "api/app/other.py": "",
    "api/api_keys.py": "",
    "worker/app/models.py": "",
    "broken.py": "def (:\n",
}
ALWAYS = {"api/app/main.py", "api/app/__init__.py", "api/app/package.py"}
MODELS = {"api/app/models.py", "api/api_keys.py"}
USERS = {"api/app/routers/__init__.py", "api/app/routers/users.py", *MODELS}


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("import os, fastapi", set()),
        ("from app.routers import users", USERS),
        ("from .routers.users import router", USERS),
        ("import app.routers.users as users", USERS),
        ("from app.models import *", MODELS),
        ("def f():\n    from app import models", MODELS),
        ("from app import main", set()),
        ("import broken", {"broken.py"}),
        ("name = 'app.models'", set()),
    ],
)
def test_what_is_imported(line: str, more: set[str]) -> None:
    modules = {path: read(path, content) for path, content in (FILES | {"api/app/main.py": line + "\n"}).items()}
    assert set(closure("api/app/main.py", modules)) == ALWAYS | more


def test_a_module_that_is_not_there() -> None:
    assert closure("main.py", {}) == {}
