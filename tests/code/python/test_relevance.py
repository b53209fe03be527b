"""Which lines of a program can have to do with a subject."""

import pytest

from configlint.code.python.modules import Modules
from configlint.code.python.relevance import Subject, wanted
from configlint.formats.python.document import read

SUBJECT = Subject(words=r"\benviron\b")


def lines(files: dict[str, str], path: str) -> list[int]:
    """The lines of the statements at the top of a module that can have to do with the environment."""
    modules = Modules({name: read(name, content) for name, content in files.items()})
    found = wanted(modules[path], modules, SUBJECT)
    return [one.lineno for one in modules[path].tree.body if found is not None and found.within(one)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("import os\nx = 1\n", []),
        ("import os\na = os.environ\nb = a\nc = b['K']\nd = 1\n", [2, 3, 4]),
        ("from os import environ as e, path\ne['K']\npath.join('a')\n", [1, 2]),
        ("def read(key):\n    return environ[key]\nread('K')\nother('K')\n", [1, 3]),
        ("def f():\n    environ['K'] = 1\nf()\n", [1]),
        ("class A:\n    def get(self):\n        return environ\na = A()\na.b\nb.c\n", [1, 4, 5]),
        ("@decorated(\n    environ\n)\ndef f():\n    pass\nx = 1\n", [4]),
        ("with environ as e:\n    pass\ne.get('K')\n", [1, 3]),
        ("count = len(rows)\nenvironment = 1\n", []),
    ],
)
def test_names_lead_on_within_a_module(content: str, expected: list[int]) -> None:
    assert lines({"a.py": content}, "a.py") == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("from settings import env\nenv('K')\nx = 1\n", [1, 2]),
        ("from settings import (  # a comment )\n    other,\n    env as e,\n)\ne('K')\nother('K')\n", [1, 5]),
        ("from settings import other\nother('K')\n", []),
        ("import settings as s\ns.env('K')\nx = 1\n", [1, 2]),
        ("from settings import *\nenv('K')\nother('K')\n", [2]),
        ("from again import env\nenv('K')\n", [1, 2]),
        ("from cycle import env\nenv('K')\n", [1, 2]),
        ("from elsewhere import env\nenv('K')\n# settings\n", []),
        ("from settings import Base\nclass A(Base):\n    x = self.env('K')\n    y = 1\n", [1, 2]),
    ],
)
def test_names_lead_on_from_module_to_module(content: str, expected: list[int]) -> None:
    files = {
        "settings.py": "env = environ\nother = 1\nclass Base:\n    env = environ\n",
        "again.py": "# of settings\nfrom settings import env\n",
        "cycle.py": "# of settings\nfrom back import env\n",
        "back.py": "from cycle import *\nfrom settings import env\n",
        "broken.py": "environ = (\n",
        "main.py": content,
    }
    if "settings" not in content:
        content = files["main.py"] = content + "# settings\n"
    assert lines(files, "main.py") == expected
