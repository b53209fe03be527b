"""What the processes of a service find set: the layers of its environment, and what its programs load."""

import pytest
from trees import settings

from configlint.model.memory_tree import MemoryTree
from configlint.model.tables import Variable
from configlint.resolve import resolve

PYTHON = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n"
READS = 'import os\nLEVEL = os.getenv("LEVEL", "debug")\n'
LOADS = f"from dotenv import load_dotenv\nload_dotenv()\n{READS}"


def stack(code: str, compose: str = "    build: .\n", **files: str) -> dict[str, str]:
    return {"compose.yaml": f"services:\n  api:\n{compose}", "Dockerfile": PYTHON, "main.py": code, **files}


def variable(files: dict[str, str], name: str = "LEVEL", ignored: tuple[str, ...] = ()) -> Variable:
    tree = MemoryTree(files, ignored)
    rows = resolve(tree, settings("", tree), ()).tables["variables"]
    (found,) = [row for row in rows if isinstance(row, Variable) and row.name.value == name]
    return found


def stated(row: Variable) -> list[tuple[str, str, object]]:
    """(means, effect, value) of each statement, in order."""
    assert row.decision is not None
    return [(one.means, one.effect, one.value.value) for one in row.decision.statements]


INFO = "LEVEL=info\n"
LOADED = {
    "a file beside the code": (stack(LOADS, **{".env": INFO}), "info"),
    "a reference to another variable": (stack(LOADS, **{".env": "LEVEL=a${B}\n"}), None),
    "a file above the code": (
        {**stack("", **{".env": INFO}), "src/app/main.py": LOADS},
        "info",
    ),
    "the nearest one": (
        {**stack("", **{".env": "LEVEL=far\n"}), "src/app/main.py": LOADS, "src/.env": "LEVEL=near\n"},
        "near",
    ),
    "the last line of it": (stack(LOADS, **{".env": "LEVEL=a\nLEVEL=b\n"}), "b"),
    "by its name": (stack(LOADS.replace("()", "('prod.env')"), **{"prod.env": INFO}), "info"),
    "beside the module": (
        stack(
            f"from pathlib import Path\n{LOADS}".replace("v()", "v(Path(__file__).parent / '.env')"),
            **{".env": INFO},
        ),
        "info",
    ),
    "a mounted one": (
        {
            **stack(LOADS, "    build: .\n    volumes: ['./.env:/app/.env']\n", **{".env": INFO}),
            ".dockerignore": ".env\n",
        },
        "info",
    ),
    "none that the build is not given": (
        stack(LOADS, **{".env": INFO, ".dockerignore": "# not in the image\n*.log\n.env*\n"}),
        "debug",
    ),
    "one that the build is given after all": (
        stack(LOADS, **{".env": INFO, ".dockerignore": ".env*\n!.env\n"}),
        "info",
    ),
    "none that is not copied": (
        {**stack("", **{".env": INFO}), "Dockerfile": "FROM python\nCOPY app/ /app/\n", "app/main.py": LOADS},
        "debug",
    ),
    "none without a call": (stack(READS, **{".env": INFO}), "debug"),
    "the environment wins": (
        stack(LOADS, "    build: .\n    environment: [LEVEL=given]\n", **{".env": INFO}),
        "given",
    ),
    "unless it is overridden": (
        stack(
            LOADS.replace("()\n", "(override=True)\n", 1),
            "    build: .\n    environment: [LEVEL=given]\n",
            **{".env": INFO},
        ),
        "info",
    ),
    "a name without a value is not set": (
        stack(LOADS, "    build: .\n    environment: [LEVEL]\n", **{".env": "OTHER=1\n"}),
        "debug",
    ),
    "the first file wins": (
        stack(
            f"from dotenv import load_dotenv\nload_dotenv('a.env')\nload_dotenv('b.env')\n{READS}",
            **{"a.env": "LEVEL=a\n", "b.env": "LEVEL=b\n"},
        ),
        "a",
    ),
    "of pydantic's the last one": (
        stack(
            "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
            "class Settings(BaseSettings):\n"
            "    model_config = SettingsConfigDict(env_file=('a.env', 'b.env'))\n"
            "    level: str = 'debug'\n",
            **{"a.env": "LEVEL=a\n", "b.env": "LEVEL=b\n"},
        ),
        "b",
    ),
    "the file of an option of the server": (
        {
            **stack(READS, "    build: .\n    command: uvicorn main:app --env-file conf/x.env\n"),
            "conf/x.env": INFO,
        },
        "info",
    ),
}


@pytest.mark.parametrize(("files", "value"), LOADED.values(), ids=LOADED)
def test_what_the_code_finds_set(files: dict[str, str], value: str | None) -> None:
    assert variable(files).value.value == value


def test_what_a_library_reads_is_loaded_too() -> None:
    files = stack("from dotenv import load_dotenv\nload_dotenv()\n", **{".env": "LIVEKIT_URL=ws://x\n"})
    row = variable(files, "LIVEKIT_URL")
    assert (row.value.value, row.reads, row.required) == ("ws://x", (), False)


def test_every_statement_is_kept_in_order() -> None:
    files = stack(LOADS, "    build: .\n    env_file: [a.env]\n    environment: [LEVEL=top]\n", **{".env": INFO})
    files |= {"a.env": "LEVEL=file\n", "Dockerfile": PYTHON + "ENV LEVEL=image\n"}
    assert stated(variable(files)) == [
        ("environment", "wins", "top"),
        ("env_file", "overridden", "file"),
        ("image", "overridden", "image"),
        ("loaded", "overridden", "info"),
        ("code", "overridden", "debug"),
    ]


def test_what_the_winner_is_made_of_only_passes() -> None:
    files = stack(READS, "    build: .\n    env_file: [.env]\n    environment: ['LEVEL=${LEVEL}']\n", **{".env": INFO})
    assert stated(variable(files))[:2] == [("environment", "wins", "info"), ("env_file", "passes", "info")]


def test_a_file_that_is_not_here_leaves_the_default_open() -> None:
    row = variable(stack(LOADS), ignored=(".env",))
    assert row.value.null
    assert stated(row) == []


def test_what_pydantic_does_not_ask_for_is_nobody_s() -> None:
    code = (
        "from pydantic_settings import BaseSettings\n"
        "class Settings(BaseSettings):\n"
        "    class Config:\n"
        "        env_file = '.env'\n"
        "    level: str = 'debug'\n"
    )
    tree = MemoryTree(stack(code, **{".env": "level=low\nOTHER=1\n"}))
    rows = [row for row in resolve(tree, settings("", tree), ()).tables["variables"] if isinstance(row, Variable)]
    assert [(row.name.value, row.value.value) for row in rows] == [("level", "low")]


@pytest.mark.parametrize(
    ("code", "required"),
    [
        ('os.environ["LEVEL"]', True),
        ('os.getenv("LEVEL", "x")', False),
        ('os.getenv("LEVEL", None)', True),
        ('[os.getenv("LEVEL", "x"), os.environ["LEVEL"]]', True),
    ],
)
def test_who_has_no_default_needs_it(code: str, required: bool) -> None:
    assert variable(stack(f"import os\nA = {code}\n")).required is required
