"""`configlint why` as people and programs see it."""

import json
import string
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from running import contents, run, write
from trees import settings

from configlint.explain.why import Answer, every_variable, why
from configlint.model.memory_tree import MemoryTree
from configlint.report import Options, whytable
from configlint.report.screen import width
from configlint.report.why import FORMATS
from configlint.resolve import resolve
from configlint.rules.errors import InputError

STACK = {
    "docker-compose.yml": (
        "services:\n"
        "  api:\n"
        "    build: .\n"
        "    command: gunicorn -c gunicorn.conf.py --workers 1 app:app\n"
        "    env_file: .env\n"
        "    ports: ['8780:8000']\n"
        "  agent:\n"
        "    image: registry.example/agent:1\n"
        "    env_file: .env\n"
        "    environment: ['API_URL=http://api:8000/rooms']\n"
    ),
    "Dockerfile": "FROM python:3.12\nWORKDIR /app\nCOPY . .\n",
    "gunicorn.conf.py": "workers = 3\nbind = '0.0.0.0:8000'\n",
    ".env": "DB_PASSWORD=made-up-and-quite-long\nLEVEL=info\n",
    ".env.example": "DB_PASSWORD=change-me\nLEVEL=debug\n",
    ".configlint.yaml": "workers: {api: 3}\n",
}


def answer(files: dict[str, str], key: str) -> Answer:
    tree = MemoryTree(files)
    return why(resolve(tree, settings(files.get(".configlint.yaml", ""), tree), ()), key)


def text(files: dict[str, str], key: str, columns: int | None = 80) -> str:
    return FORMATS["text"](answer(files, key), Options(version="1", width=columns))


def test_the_number_of_workers_as_people_see_it() -> None:
    assert text(STACK, "api.workers") == (
        "api: 1 worker, expected 3\n"
        "  ╭─ docker-compose.yml:4:53\n"
        "4 │     command: gunicorn -c gunicorn.conf.py --workers 1 app:app\n"
        "  │                                                     ━ decides\n"
        "  │\n"
        "  ├─ gunicorn.conf.py:1:11\n"
        "1 │ workers = 3\n"
        "  │           ─ overridden\n"
        "  │\n"
        "  ├─ .configlint.yaml:1:16\n"
        "1 │ workers: {api: 3}\n"
        "  │                ─ expected\n"
        "  ╰─ if nothing sets it: 1 (gunicorn)\n"
    )


def test_services_that_get_the_same_are_told_at_once() -> None:
    assert text(STACK, "LEVEL") == (
        "api and agent: LEVEL is info\n"
        "  ╭─ .env:2:7\n"
        "2 │ LEVEL=info\n"
        "  │       ━━━━ decides (env_file)\n"
        "\n"
        "LEVEL elsewhere\n"
        "  ╭─ .env.example:2:7\n"
        "2 │ LEVEL=debug\n"
        "  │       ───── template\n"
    )


def test_secrets_are_letters() -> None:
    shown = text(STACK, "DB_PASSWORD")
    assert "api and agent: DB_PASSWORD is <secret, under 32 characters> (A)\n" in shown
    assert "decides (env_file): A\n" in shown
    assert "template: B\n" in shown
    assert shown.endswith("\nEqual letters are equal secrets.\n")


def test_a_port_as_people_see_it() -> None:
    shown = text(STACK, "8000")
    assert shown.startswith("port 8000: published by api, listened on by api, called by agent\n")
    assert "━━━━━━━━━ api publishes its port 8000 as 8780\n" in shown
    assert "agent calls it (API_URL), reaches api\n" in shown


KEYS = (
    "api.workers",
    "api.command",
    "api",
    "LEVEL",
    "DB_PASSWORD",
    "API_URL",
    "8000",
    "http://api:8000/rooms",
    "workers",
)


@pytest.mark.parametrize("key", KEYS)
def test_it_fits_into_eighty_columns(key: str) -> None:
    assert max(map(width, text(STACK, key).splitlines())) <= 80


@pytest.mark.parametrize("key", KEYS)
def test_the_exported_form_keeps_to_its_schema(key: str) -> None:
    from configlint.report.whyjson import AnswerForm

    document = json.loads(FORMATS["json"](answer(STACK, key), Options(version="1")))
    jsonschema.validate(document, AnswerForm.model_json_schema(by_alias=True))
    assert (document["schema"], document["key"], document["tool"]["name"]) == (1, key, "configlint")
    assert all(entry["places"] for entry in document["entries"])


def test_the_exported_form_says_where_and_by_what() -> None:
    document = json.loads(FORMATS["json"](answer(STACK, "api.workers"), Options(version="1")))
    (entry,) = document["entries"]
    assert (entry["stack"], entry["service"], entry["uses"]["text"]) == ("default", "api", "1")
    first, second, third, fourth = entry["places"]
    assert (first["role"], first["path"], first["line"], first["column"], first["end_column"], first["by"]) == (
        "decides", "docker-compose.yml", 4, 53, 54, "--workers",
    )  # fmt: skip
    assert (second["role"], second["path"], second["value"]["text"]) == ("overridden", "gunicorn.conf.py", "3")
    assert (third["role"], third["path"], third["by"], third["value"]["text"]) == ("default", None, "gunicorn", "1")
    assert fourth["role"] == "expected"


def test_what_acts_on_a_terminal_is_spelled_out() -> None:
    files = {"compose.yaml": 'services:\n  api:\n    image: a\n    environment: {NAME: "a\\e[31m##[error]b\\u202e"}\n'}
    for form in FORMATS:
        shown = FORMATS[form](answer(files, "NAME"), Options(version="1", width=80))
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "##[" not in shown


def test_a_stream_that_knows_only_ascii() -> None:
    shown = FORMATS["text"](answer(STACK, "api.workers"), Options(version="1", width=80, encoding="ascii"))
    assert shown.isascii()
    assert "--> docker-compose.yml:4:53" in shown


def placed(secret: str) -> dict[str, str]:
    """One secret in every place in which a stack may hold one."""
    return {
        "docker-compose.yml": (
            "services:\n"
            "  api:\n"
            "    build: {context: ., args: {BUILD_TOKEN: '%s'}}\n"
            "    env_file: .env\n"
            "    command: gunicorn -w 2 app:app --password %s\n"
            "    environment:\n"
            "      - LIVEKIT_API_SECRET=%s\n"
            "      - DATABASE_URL=postgres://u:${DB_PASSWORD}@db:5432/x\n"
            "      - CACHE_URL=redis://:%s@cache:6379\n"
            "      - JWT_SECRET=${JWT_SECRET:-%s}\n"
            "  livekit:\n"
            "    image: livekit/livekit-server:v1.9\n"
            "    command: --config /livekit.yaml\n"
            "    volumes: ['./livekit.yaml:/livekit.yaml']\n"
            "  cache:\n"
            "    image: redis:7\n"
            "    command: ['redis-server', '--requirepass', '%s']\n"
        ).replace("%s", secret),
        ".env": f"DB_PASSWORD={secret}\nexport API_TOKEN='{secret}'\nPLAIN=1\n",
        "livekit.yaml": f"keys: {{devkey: {secret}}}\n",
        "Dockerfile": f"FROM python:3.12\nENV ADMIN_PASSWORD={secret}\nARG BUILD_TOKEN\nCOPY . .\n",
        "app.py": f'import os\nA = os.getenv("SESSION_SECRET", "{secret}")\nAPI_TOKEN = "{secret}"\n',
        "app/pubspec.yaml": "name: app\ndependencies: {flutter: {sdk: flutter}}\n",
        "app/lib/c.dart": f"class C {{ static const String apiSecret = '{secret}'; }}\n",
        "config.json": json.dumps({"auth": {"client_secret": secret}}),
    }


ASKED = (
    "LIVEKIT_API_SECRET", "DATABASE_URL", "CACHE_URL", "JWT_SECRET", "DB_PASSWORD", "API_TOKEN", "ADMIN_PASSWORD",
    "BUILD_TOKEN", "SESSION_SECRET", "api.command", "cache.command", "api.workers", "keys.devkey", "devkey", "6379",
    "5432", "client_secret", "auth.client_secret", "redis://cache:6379", "C.apiSecret", "cache", "PLAIN", "nonsense",
)  # fmt: skip


@budget(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=string.ascii_letters + string.digits + "-_", min_size=10, max_size=40))
def test_no_output_shows_a_secret(body: str) -> None:
    secret = f"q7Z{body}x9K"
    files = placed(secret)
    tree = MemoryTree(files)
    resolution = resolve(tree, settings("", tree), ())
    for key in ASKED:
        for form, render in FORMATS.items():
            try:
                shown = render(why(resolution, key), Options(version="1", width=80))
            except InputError as error:
                shown = str(error)
            assert secret not in shown, (key, form)
    for render in whytable.FORMATS.values():
        assert secret not in render(every_variable(resolution, ""), Options(version="1", width=80))


def test_every_one_of_these_is_known() -> None:
    """The keys of the test above are found, so that it is not in vain."""
    files = placed("q7Z-made-up-secret-x9K")
    known = []
    for key in ASKED:
        try:
            known.append(answer(files, key).key)
        except InputError:
            continue
    assert set(ASKED) - set(known) <= {"nonsense", "C.apiSecret"}


TABLE = {
    "docker-compose.yml": (
        "services:\n"
        "  api:\n"
        "    build: .\n"
        "    env_file: [a.env, b.env]\n"
        "    environment: ['DB_PASSWORD=${DB_PASSWORD}', EMPTY=]\n"
        "  db:\n"
        "    image: postgres:16\n"
        "    environment: ['DB_PASSWORD=${DB_PASSWORD}']\n"
        "  idle: {image: i}\n"
    ),
    "Dockerfile": "FROM python:3.12\nWORKDIR /app\nCOPY main.py .\n",
    "main.py": (
        "import os\n"
        "LEVEL = os.getenv('LEVEL', 'debug')\n"
        "PACE = os.getenv('PACE', 'slow')\n"
        "KEY = os.environ['KEY_FILE']\n"
    ),
    ".env": "DB_PASSWORD=made-up-and-quite-long\n",
    "a.env": "LEVEL=info\n",
    "b.env": "LEVEL=trace\n",
}


def table(form: str, service: str = "", columns: int | None = None) -> str:
    tree = MemoryTree(TABLE)
    answer = every_variable(resolve(tree, settings("", tree), ()), service)
    return whytable.FORMATS[form](answer, Options(version="1", width=columns))


class TestTable:
    """`why --all`."""

    def test_every_variable_of_every_service(self) -> None:
        assert table("text") == (
            "api\n"
            "  DB_PASSWORD  <secret, under 32 characters> (A)  set by .env:1 (environment)\n"
            "  EMPTY        empty                              set by docker-compose.yml:5 (environment)\n"
            "  KEY_FILE     not set                            required; read by main.py:4\n"
            "  LEVEL        trace                              "
            "default debug; set by b.env:1 (env_file); overrides a.env:1 (env_file); read by main.py:2\n"
            "  PACE         slow                               default; set by main.py:3\n"
            "\n"
            "db\n"
            "  DB_PASSWORD  <secret, under 32 characters> (A)  set by .env:1 (environment)\n"
            "\n"
            "Equal letters are equal secrets.\n"
        )

    def test_a_narrow_terminal(self) -> None:
        lines = table("text", "api", 80).splitlines()
        assert max(map(width, lines)) <= 80
        assert any(line.startswith(" " * 40) and "read by main.py:2" in line for line in lines)

    def test_as_markdown(self) -> None:
        shown = table("markdown", "api")
        assert (
            "| `LEVEL` | `trace` | default debug | b.env:1 (env\\_file) | a.env:1 (env\\_file) | main.py:2 |" in shown
        )
        assert "| `KEY_FILE` | `not set` | required |  |  | main.py:4 |" in shown

    def test_as_json(self) -> None:
        from configlint.report.whyjson import AnswerForm

        document = json.loads(table("json"))
        jsonschema.validate(document, AnswerForm.model_json_schema(by_alias=True))
        needed = {entry["name"]: entry["required"] for entry in document["entries"]}
        assert needed == {"DB_PASSWORD": False, "EMPTY": False, "KEY_FILE": True, "LEVEL": False, "PACE": False}

    def test_a_service_without_variables(self) -> None:
        assert table("text", "idle") == "No variables were found.\n"

    def test_no_such_service(self, tmp_path: Path) -> None:
        ran = run(write(tmp_path, TABLE), "why", "--all", "apj")
        assert (ran.exit, ran.stdout) == (2, "")
        assert "did you mean 'api'?" in ran.stderr

    def test_markdown_is_for_tables(self, tmp_path: Path) -> None:
        assert run(write(tmp_path, TABLE), "why", "LEVEL", "--format", "markdown").exit == 2
        assert run(tmp_path, "why", "--all", "--format", "markdown").exit == 0


class TestCommand:
    def test_text(self, tmp_path: Path) -> None:
        ran = run(write(tmp_path, STACK), "why", "api.workers")
        assert ran.exit == 0
        assert ran.stdout == text(STACK, "api.workers", None)

    def test_json(self, tmp_path: Path) -> None:
        ran = run(write(tmp_path, STACK), "why", "LEVEL", "--format", "json")
        assert ran.exit == 0
        assert [entry["kind"] for entry in json.loads(ran.stdout)["entries"]] == ["variable", "variable", "written"]

    def test_an_unknown_key_is_wrong_usage(self, tmp_path: Path) -> None:
        ran = run(write(tmp_path, STACK), "why", "LEVLE")
        assert (ran.exit, ran.stdout) == (2, "")
        assert "did you mean 'LEVEL'" in ran.stderr

    def test_a_key_has_to_be_named(self, tmp_path: Path) -> None:
        assert run(write(tmp_path, STACK), "why").exit == 2

    def test_a_wrong_configuration_is_told(self, tmp_path: Path) -> None:
        ran = run(write(tmp_path, {**STACK, ".configlint.yaml": "workers: {apj: 3}\n"}), "why", "LEVEL")
        assert ran.exit == 2
        assert "apj" in ran.stderr

    def test_another_root(self, tmp_path: Path) -> None:
        write(tmp_path / "inner", STACK)
        assert run(tmp_path, "why", "LEVEL", "--root", "inner").exit == 0

    def test_nothing_is_written(self, tmp_path: Path) -> None:
        write(tmp_path, STACK)
        before = contents(tmp_path)
        run(tmp_path, "why", "LEVEL", "--format", "json")
        assert contents(tmp_path) == before
