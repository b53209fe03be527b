"""Which variables a module reads, and which dotenv files it loads."""

import ast

import pytest

from configlint.code.python.evaluate import evaluate
from configlint.code.python.reads import ModuleEnvironment, environment_reads
from configlint.code.python.scopes import module_scope
from configlint.formats.python.document import read
from configlint.model.text import Text


def reads(content: str, **others: str) -> ModuleEnvironment:
    modules = {
        name.replace("__", "/") + ".py": read(name.replace("__", "/") + ".py", text) for name, text in others.items()
    }
    document = read("app/main.py", content)
    return environment_reads(document, modules | {"app/main.py": document})


def names(content: str, **others: str) -> list[tuple[str, str | None]]:
    """Each variable with its default; `?` for a default that is unknown."""
    return [
        (
            found.name.raw,
            None if found.default is None else found.default.value or ("?" if not found.default.known else ""),
        )
        for found in reads(content, **others).reads
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "import os\nos.getenv('A')\nos.getenv('B', 'd')\nos.getenv(key='C', default='e')",
            [("A", None), ("B", "d"), ("C", "e")],
        ),
        (
            "import os\nos.environ['A']\nos.environ.get('B', 1)\nos.environ.pop('C', None)",
            [("A", None), ("B", "1"), ("C", "None")],
        ),
        ("import os\nos.environ.setdefault('A', 'd')", [("A", "d")]),
        ("import os\nos.getenv('A') or 'd'\nos.environ['B'] or 'd'", [("A", "d"), ("B", None)]),
        ("import os\nif 'A' in os.environ and 'B' not in os.environ: pass", [("A", None), ("B", None)]),
        ("from os import environ as e, getenv as g\ng('A')\ne['B']", [("A", None), ("B", None)]),
        ("def f():\n    import os\n    return os.getenv('A')", [("A", None)]),
        ("import os\nos.getenv('A', os.getenv('B', 'd'))", [("A", "d"), ("B", "d")]),
        ("import os\nx = [os.environ[n] for n in ('A', 'B')]", [("A", None), ("B", None)]),
        ("import os\nfor n in ['A', 'B']:\n    os.environ.get(n, '')", [("A", ""), ("B", "")]),
        ("import os\nN = {'A': 1, 'B': 2}\nfor n in N:\n    print(os.getenv(n))", [("A", None), ("B", None)]),
        ("import os\nREQUIRED = ('A', 'B')\nall(n in os.environ for n in REQUIRED)", [("A", None), ("B", None)]),
        ("import os\nP = 'APP_'\nos.getenv(P + 'A')\nos.getenv(f'{P}B')", [("APP_A", None), ("APP_B", None)]),
        (
            "import os\ndef get(name, default=None):\n  return os.getenv(name, default)\n"
            "get('A')\nget('B', 'd')\nget(name='C')",
            [("A", "None"), ("B", "d"), ("C", "None")],
        ),
        (
            "import os\ndef need(n):\n  v = os.environ.get(n)\n  if not v: raise KeyError(n)\n  return v\nneed('A')",
            [("A", None)],
        ),
        ("import os\ndef a(n): return os.getenv(n)\ndef b(n): return int(a(n))\nb('A')", [("A", None)]),
        ("import os\ndef get(n): return os.getenv(f'APP_{n}')\nget('A')", [("APP_A", None)]),
        (
            "import os\nclass C:\n  def g(self, n, d='e'): return os.getenv(n, d)\n  def h(self): self.g('A')",
            [("A", "e")],
        ),
        ("import os\nclass C:\n    @staticmethod\n    def get(n): return os.getenv(n)\nC.get('A')", [("A", None)]),
        ("import os\ndef get(n): return os.getenv(n)\nfor n in ('A', 'B'): get(n)", [("A", None), ("B", None)]),
        (
            "from environs import Env\nenv = Env()\nenv('A')\nenv.int('B', 3)\nenv.list('C', default=[])",
            [("A", None), ("B", "3"), ("C", "?")],
        ),
        ("from environs import env\nenv.str('A', 'd')\nenv('B')", [("A", "d"), ("B", None)]),
        (
            "import environ\nenv = environ.Env(A=(bool, False))\nenv('A')\nenv('B', default='d')\n"
            "env.db()\nenv.bool('C', True)",
            [("A", "False"), ("B", "d"), ("DATABASE_URL", None), ("C", "True")],
        ),
        (
            "from decouple import config\nconfig('A')\nconfig('B', 'd')\nconfig('C', cast=int, default=3)",
            [("A", None), ("B", "d"), ("C", "3")],
        ),
        (
            "from starlette.config import Config\nconfig = Config('.env')\nconfig('A', cast=bool, default=False)",
            [("A", "False")],
        ),
        ("import typer\ndef f(p: int = typer.Option(8000, envvar=['A', 'B'])): ...", [("A", None), ("B", None)]),
        (
            "from dotenv import dotenv_values\nv = dotenv_values('.env')\nv['A']\nv.get('B', 'd')",
            [("A", None), ("B", "d")],
        ),
        ("import os\nos.environ['A'] = '1'\nos.environ.update({'B': '2'})\ndel os.environ['C']", []),
        ("import config\nconfig.get('A')\nx = {}\nx.get('B')\ndef environ(): ...\nenviron()['C']", []),
    ],
)
def test_reads(content: str, expected: list[tuple[str, str | None]]) -> None:
    found = reads(content)
    assert names(content) == expected
    assert not found.dynamic
    for variable in found.reads:
        written = content[variable.place.start : variable.place.end]
        assert variable.place.start < variable.place.end
        assert "\n" not in written


@pytest.mark.parametrize(
    "content",
    [
        "import os\nos.environ[x()]",
        "import os, sys\nos.getenv(sys.argv[1])",
        "import os\ndict(os.environ)",
        "import os\nfor k, v in os.environ.items(): print(k)",
        "import os\nenv = os.environ.copy()",
        "import os\nrun(env={**os.environ, 'A': '1'})",
        "import os\nfor k in os.environ: print(k)",
        "import os\ndef get(n): return os.getenv(n)\nlist(map(get, NAMES))",
        "import os\ndef get(n): return os.getenv(n)\nget(x())",
        "import os\nos.path.expandvars('$A/b')",
        "import os\ne = os.environ\nprint(e)",
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings, env_prefix=prefix()):\n    a: str",
        "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n"
        "    model_config = SettingsConfigDict(env_nested_delimiter='__')\n    a: str",
    ],
)
def test_what_may_read_any_variable_is_said_to(content: str) -> None:
    assert reads(content).dynamic


SETTINGS = """
from typing import Annotated, ClassVar
from pydantic import AliasChoices, BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

class Base(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_", env_file=(".env", ".env.local"))
    host: str = "localhost"

class Settings(Base):
    port: int = 8000
    db_url: str
    token_made_up: str = Field("made-up", alias="API_TOKEN")
    either: str = Field(default=..., validation_alias=AliasChoices("ONE", "two"))
    noted: Annotated[int, Field(alias="NOTED")] = 3
    many: list[str] = Field(default_factory=list)
    constant: ClassVar[str] = "x"
    _private: str = "x"

class Plain(BaseModel):
    other: str = "x"

settings = Settings()
"""


def test_the_fields_of_a_settings_class_are_variables() -> None:
    found = reads(SETTINGS)
    own = [(variable.name.raw, variable.folded) for variable in found.reads]
    assert own == [
        ("APP_HOST", True),
        ("APP_PORT", True),
        ("APP_DB_URL", True),
        ("API_TOKEN", True),
        ("ONE", True),
        ("TWO", True),
        ("NOTED", True),
        ("APP_MANY", True),
    ]
    defaults = {variable.name.raw: variable.default for variable in found.reads}
    assert defaults["APP_PORT"] is not None
    assert defaults["APP_PORT"].value == "8000"
    assert defaults["APP_PORT"].site is not None
    assert defaults["APP_DB_URL"] is None
    assert defaults["ONE"] is None
    assert f"{defaults['API_TOKEN']}" == "<secret, under 32 characters>"
    assert [file.path.raw for file in found.files] == [".env", ".env.local"]
    assert not found.dynamic


def test_older_settings_classes_too() -> None:
    content = (
        "from pydantic import BaseSettings, Field\n"
        "class S(BaseSettings):\n"
        "    url: str = Field('u', env='SERVICE_URL')\n"
        "    name: str = 'n'\n"
        "    class Config:\n"
        "        env_file = 'prod.env'\n"
        "        case_sensitive = True\n"
        "        env_prefix = 'x_'\n"
    )
    found = reads(content)
    assert [(variable.name.raw, variable.folded) for variable in found.reads] == [
        ("SERVICE_URL", False),
        ("x_name", False),
    ]
    assert [file.path.raw for file in found.files] == ["prod.env"]


def test_a_wrapper_in_another_module_reads_for_its_caller() -> None:
    helper = "import os\ndef need(name, default=None):\n    return os.environ.get(name, default)\n"
    assert names("from .env import need\nneed('A', 'd')", app__env=helper) == [("A", "d")]
    assert names("import app.env\napp.env.need('A')", app__env=helper) == [("A", "None")]
    assert not reads(helper).dynamic


@pytest.mark.parametrize(
    ("content", "path", "program", "searched", "override"),
    [
        ("from dotenv import load_dotenv\nload_dotenv()", ".env", "python-dotenv", True, False),
        ("import dotenv\ndotenv.load_dotenv('a.env', override=True)", "a.env", "python-dotenv", False, True),
        ("from dotenv import *\nload_dotenv(find_dotenv('b.env'))", "b.env", "python-dotenv", True, False),
        ("from dotenv import dotenv_values as d\nd(dotenv_path='c.env')", "c.env", "python-dotenv", False, False),
        (
            "from pathlib import Path\nfrom dotenv import load_dotenv\nload_dotenv(Path(__file__).parent / '.env')",
            "\uffff/.env",
            "python-dotenv",
            False,
            False,
        ),
        ("from environs import Env\nenv = Env()\nenv.read_env()", ".env", "python-dotenv", True, False),
        ("import environ\nenviron.Env.read_env('d.env')", "d.env", "django-environ", False, False),
        ("from starlette.config import Config\nConfig('.env')", ".env", "starlette", False, False),
        (
            "from decouple import Config, RepositoryEnv\nConfig(RepositoryEnv('e.env'))",
            "e.env",
            "python-decouple",
            False,
            False,
        ),
        ("from decouple import config\nconfig('A')", ".env", "python-decouple", True, False),
        ("import uvicorn\nuvicorn.run(app, env_file='f.env')", "f.env", "python-dotenv", False, False),
        (
            "from dotenv import find_dotenv as f, load_dotenv\nP = f('g.env')\nload_dotenv(P)",
            "g.env",
            "python-dotenv",
            True,
            False,
        ),
        ("from m import BaseSettings\nsettings = S(_env_file='h.env')", "h.env", "python-dotenv", False, False),
    ],
)
def test_dotenv_files(content: str, path: str, program: str, searched: bool, override: bool) -> None:
    (file,) = reads(content).files
    assert (file.path.raw, file.program, file.searched, file.override) == (path, program, searched, override)


def test_a_settings_object_is_worth_what_its_variable_or_default_is() -> None:
    document = read("a.py", SETTINGS + "\nx = settings.port\n")
    statement = document.tree.body[-1]
    assert isinstance(statement, ast.Assign)
    value = statement.value
    scope = module_scope(document)
    assert evaluate(value, scope, lambda _: None).value == "8000"
    assert evaluate(value, scope, lambda _: None).depends == ("APP_PORT",)
    given = {"app_port": Text.assumed("9000")}
    assert evaluate(value, scope, given.get).value == "9000"
