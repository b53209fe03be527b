"""Variables that code cannot do without, and what gives them to a service."""

import pytest
from stacks import Told
from trees import built_in, found, run

COMPOSE = "services:\n  api:\n    build: .\n    command: python main.py\n"
DOCKERFILE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n"
READ = 'import os\nx = os.environ["NEEDED"]\n'


def said(files: dict[str, str], ignored: tuple[str, ...] = (), *, rule: str = "variable-missing") -> Told:
    result = run({"compose.yaml": COMPOSE, "Dockerfile": DOCKERFILE} | files, *built_in(rule), ignored=ignored)
    return [(severity, where) for _, severity, where in found(result)]


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ('x = os.environ["NEEDED"]', "error"),
        ('x = int(os.environ["NEEDED"]) if True else 0', ""),
        ('x = os.getenv("NEEDED")', ""),
        ('x = os.environ.get("NEEDED", "a")', ""),
        ('if __name__ == "__main__": x = os.environ["NEEDED"]', "error"),
        ('if os.getenv("MODE") == "s3": x = os.environ["NEEDED"]', ""),
        ('def f(): return os.environ["NEEDED"]', "warning"),
        ('f = lambda: os.environ["NEEDED"]', "warning"),
        ('class A: x = os.environ["NEEDED"]', "error"),
        ('x = DEBUG or os.environ["NEEDED"]', ""),
        ('x = [os.environ[name] for name in ("NEEDED",)]', "error"),
        ('with open("x"): x = os.environ["NEEDED"]', "error"),
        ('with contextlib.suppress(KeyError): x = os.environ["NEEDED"]', ""),
        ('os.environ["NEEDED"] = "1"; x = os.environ["NEEDED"]', ""),
        ('os.environ.setdefault("NEEDED", "1"); x = os.environ["NEEDED"]', ""),
        ('os.environ.update(NEEDED="1"); x = os.environ["NEEDED"]', ""),
        ('os.environ.update(more()); x = os.environ["NEEDED"]', ""),
    ],
)
def test_when_a_read_fails(code: str, severity: str) -> None:
    told = said({"main.py": f"import os, contextlib\n{code}\n"})
    assert told == ([(severity, "main.py:2")] if severity else [])


@pytest.mark.parametrize(
    ("handler", "severity"),
    [
        ("except KeyError:\n    x = 1", ""),
        ("except Exception:\n    x = 1", ""),
        ("except:\n    x = 1", ""),
        ("except (ValueError, KeyError):\n    x = 1", ""),
        ("except ValueError:\n    x = 1", "error"),
        ("except KeyError:\n    raise SystemExit(1)", "error"),
        ("except KeyError:\n    sys.exit(1)", "error"),
        ("finally:\n    x = 1", "error"),
    ],
)
def test_an_exception_that_is_caught(handler: str, severity: str) -> None:
    told = said({"main.py": f'import os, sys\ntry:\n    x = os.environ["NEEDED"]\n{handler}\n'})
    assert told == ([(severity, "main.py:3")] if severity else [])


def test_a_function_that_returns_where_the_variable_is_not_set() -> None:
    guard = '    if "NEEDED" not in os.environ:\n        return None\n'
    function = f'import os\ndef f():\n{guard}    return os.environ["NEEDED"]\n'
    assert said({"main.py": function}) == []


@pytest.mark.parametrize(
    ("changed", "ignored", "told"),
    [
        ({"compose.yaml": COMPOSE + "    environment: {NEEDED: a}\n"}, (), []),
        ({"compose.yaml": COMPOSE + "    environment: {NEEDED: ''}\n"}, (), []),
        ({"compose.yaml": COMPOSE + "    environment: [NEEDED]\n", ".env": "OTHER=1\n"}, (), ["error"]),
        ({"compose.yaml": COMPOSE + "    env_file: .env\n", ".env": "NEEDED=a\n"}, (), []),
        ({"Dockerfile": DOCKERFILE + "ENV NEEDED=a\n"}, (), []),
        ({".env": "NEEDED=a\n"}, (), ["error"]),
        ({"main.py": f"from dotenv import load_dotenv\nload_dotenv()\n{READ}", ".env": "NEEDED=a\n"}, (), []),
        ({"compose.yaml": COMPOSE.replace("python main.py", "sh -c 'NEEDED=1 python main.py'")}, (), []),
        ({"compose.yaml": COMPOSE + "    env_file: .env\n"}, (".env",), ["unverifiable"]),
        ({"compose.yaml": COMPOSE + "    env_file: .env\n", ".env.example": "NEEDED=\n"}, (".env",), ["unverifiable"]),
        (
            {"compose.yaml": COMPOSE + "    env_file: .env\n", ".env.example": "# NEEDED=\n"},
            (".env",),
            ["unverifiable"],
        ),
        ({"compose.yaml": COMPOSE + "    env_file: .env\n", ".env.example": "OTHER=\n"}, (".env",), ["warning"]),
        ({"compose.yaml": COMPOSE + "    profiles: [full]\n"}, (), ["warning"]),
        ({"compose.yaml": COMPOSE.replace("main.py", "other.py"), "other.py": "x = 1\n"}, (), []),
        ({"compose.yaml": COMPOSE.replace("main.py", "other.py"), "other.py": "import main\n"}, (), ["error"]),
        (
            {"compose.yaml": COMPOSE.replace("main.py", "other.py"), "other.py": "def f():\n    import main\n"},
            (),
            ["warning"],
        ),
        ({"compose.yaml": COMPOSE.replace("python main.py", "uvicorn main:app")}, (), ["error"]),
    ],
)
def test_what_gives_a_variable(changed: dict[str, str], ignored: tuple[str, ...], told: list[str]) -> None:
    assert [severity for severity, _ in said({"main.py": READ} | changed, ignored)] == told


SETTINGS = """\
from typing import Optional
from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    needed: str
    other: str = "a"
    made: list = Field(default_factory=list)
    maybe: Optional[str]


"""


@pytest.mark.parametrize(
    ("use", "severity"),
    [
        ("settings = Settings()", "error"),
        ("def get_settings():\n    return Settings()", "warning"),
        ("settings = Settings(needed='a')", ""),
        ("settings = Settings(**given)", ""),
        ("", ""),
    ],
)
def test_a_settings_class_needs_its_fields_where_an_object_is_made(use: str, severity: str) -> None:
    told = [(severity, "main.py:7")] if severity else []
    assert said({"main.py": f"{SETTINGS}{use}\n"}) == told
    apart = {"config.py": SETTINGS, "main.py": f"from config import Settings\n{use}\n"}
    assert said(apart) == [(severity, "config.py:7") for severity, _ in told]


def test_a_similar_name_is_told_here_and_not_once_more() -> None:
    files = {"main.py": READ, "compose.yaml": COMPOSE + "    environment: {NEEDEED: a}\n"}
    assert said(files) == [("error", "main.py:2")]
    assert said(files, rule="variable-unread") == []
    result = run({"Dockerfile": DOCKERFILE} | files, *built_in("variable-missing"))
    assert "(NEEDEED is set)" in result.findings[0].message
